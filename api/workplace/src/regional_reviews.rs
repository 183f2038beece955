//! What regions gave and VNG has not decided on: their answers, and their half-year reports.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    frame::Body,
    view::{self, Text},
};

#[derive(Debug, Deserialize)]
struct Answer {
    viewer: Viewer,
    answers: Option<Tasks>,
    reports: Option<Tasks>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Tasks {
    nodes: Vec<Task>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    subject_key: String,
    title: Text,
    since: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/regional_reviews.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

fn body(_: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "VNG" {
        return Err(Unmade::NotThere);
    }
    let content = html! {
        h2.utrecht-heading-2 { "Antwoorden" }
        (waiting(answer.answers.as_ref()))
        h2.utrecht-heading-2 { "Halfjaarrapportages" }
        (waiting(answer.reports.as_ref()))
    };
    Ok(Body {
        title: "Antwoorden en rapportages van regio’s".to_owned(),
        content,
    })
}

fn waiting(tasks: Option<&Tasks>) -> Markup {
    let Some(tasks) = tasks.filter(|tasks| !tasks.nodes.is_empty()) else {
        return html! { p.utrecht-paragraph { "Er wacht niets op VNG." } };
    };
    html! {
        ul {
            @for task in &tasks.nodes {
                @let (area, about) = task.subject_key.split_once('/').unwrap_or((task.subject_key.as_str(), ""));
                @let place = about.rsplit('/').next().unwrap_or_default();
                li {
                    a.utrecht-link href={ (HOME) "/regios/" (area) "#" (place) } { (task.title.nl) }
                    p.stm-source { "Sinds " (view::day(&task.since)) }
                }
            }
        }
    }
}
