//! Whom to remind: for VNG the municipalities that something waits for, for the ministry the owners
//! of actions that nobody reported on.

use maud::html;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    frame::Body,
    view::{self, Text},
};

#[derive(Debug, Deserialize)]
struct Answer {
    reminders: Option<Reminders>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reminders {
    total_count: usize,
    nodes: Vec<Reminder>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reminder {
    label: String,
    title: Text,
    due: Option<String>,
    is_overdue: bool,
    organisation: Option<Organisation>,
}

#[derive(Debug, Deserialize)]
struct Organisation {
    code: String,
    name: Text,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/reminders.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

fn body(_: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let all = answer.reminders.ok_or(Unmade::NotThere)?;
    let content = html! {
        @if all.nodes.is_empty() { p.utrecht-paragraph { "Er hoeft nu niemand te worden herinnerd." } }
        @else {
            p.utrecht-paragraph {
                @if all.total_count > all.nodes.len() { "De eerste " (all.nodes.len()) " van " (all.total_count) "." }
                @else { (all.total_count) " in totaal." }
                " Wat het eerst moet gebeuren, staat vooraan."
            }
            ul {
                @for one in &all.nodes {
                    li {
                        strong {
                            @match &one.organisation {
                                Some(organisation) => { (organisation.name.nl) " (" (organisation.code) ")" }
                                None => { "Zonder eigenaar" }
                            }
                        }
                        ": " (one.label)
                        p.stm-source {
                            (one.title.nl)
                            @if let Some(due) = &one.due { "; uiterlijk " (view::day(due)) }
                            @if one.is_overdue { " " strong { "(te laat)" } }
                        }
                    }
                }
            }
        }
    };
    Ok(Body {
        title: "Wie u kunt herinneren".to_owned(),
        content,
    })
}
