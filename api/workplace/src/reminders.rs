//! Whom to remind: for VNG the municipalities that something waits for, for the ministry the owners
//! of actions that nobody reported on.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    frame::Body,
    narrow::{self, PageInfo},
    view::{self, Text},
};

/// Whether what is late alone is shown: as it stands in the address, and what people call it.
const LATE: [(&str, &str); 2] = [("ja", "Wat te laat is"), ("nee", "Wat nog op tijd kan")];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    reporting_periods: Option<Vec<Period>>,
    regions: Option<Vec<Region>>,
    reminders: Option<Reminders>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
}

#[derive(Debug, Deserialize)]
struct Region {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reminders {
    total_count: usize,
    page_info: PageInfo,
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

/// What the address of this page says.
pub(crate) fn narrow(name: &str, value: &str, variables: &mut Map<String, Value>) -> bool {
    let (name, value): (&str, Value) = match (name, value) {
        ("periode", key) => ("period", key.into()),
        ("regio", code) => ("area", code.into()),
        ("laat", "ja") => ("overdue", true.into()),
        ("laat", "nee") => ("overdue", false.into()),
        _ => return narrow::after(name, value, variables),
    };
    variables.insert(name.to_owned(), value);
    true
}

fn body(page: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let all = answer.reminders.as_ref().ok_or(Unmade::NotThere)?;
    let content = html! {
        (narrowing(page, &answer))
        @if all.nodes.is_empty() {
            p.utrecht-paragraph {
                (if page.path.contains('?') { "Niemand die hieraan voldoet, hoeft nu te worden herinnerd." } else { "Er hoeft nu niemand te worden herinnerd." })
            }
        }
        @else {
            p.utrecht-paragraph {
                @match page.part(all.nodes.len(), all.total_count) {
                    Some(part) => { (part) }
                    None => { (all.total_count) " in totaal." }
                }
                " Wat het eerst moet gebeuren, staat vooraan."
            }
            ul {
                @for one in &all.nodes {
                    li {
                        strong {
                            @match &one.organisation {
                                Some(organisation) => { (organisation.name.nl) " (" (organisation.code) ")" }
                                None => { "Zonder actiehouder" }
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
        (page.paging(&all.page_info, "Volgende"))
    };
    Ok(Body {
        title: "Wie u kunt herinneren".to_owned(),
        content,
    })
}

/// Narrows whom to remind: a form that is sent by GET, so that its address can be kept. The ministry has
/// no periods and no regions to narrow by.
fn narrowing(page: &Page, answer: &Answer) -> Markup {
    let periods = answer.reporting_periods.iter().flatten();
    let periods: Vec<(&str, &str)> = periods
        .map(|period| (period.key.as_str(), period.key.as_str()))
        .collect();
    let regions = answer.regions.iter().flatten();
    let regions: Vec<(&str, &str)> = regions
        .map(|region| (region.code.as_str(), region.name.as_str()))
        .collect();
    let late = match page.variables.get("overdue").and_then(Value::as_bool) {
        Some(true) => "ja",
        Some(false) => "nee",
        None => "",
    };
    html! {
        form.stm-form method="get" action={ (HOME) "/herinneren" } {
            @if answer.viewer.role == "VNG" {
                (view::chosen(("periode", "Periode"), &periods, page.variable("period")))
                (view::chosen(("regio", "Regio"), &regions, page.variable("area")))
            }
            (view::chosen(("laat", "Termijn"), &LATE, late))
            button.stm-button type="submit" { "Toon" }
        }
    }
}
