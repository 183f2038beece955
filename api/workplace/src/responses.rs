//! Publications that name a municipality, to which it may respond before they are public.

use maud::html;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view,
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    open_tasks: Option<Tasks>,
}

#[derive(Debug, Deserialize)]
struct Tasks {
    nodes: Vec<Task>,
}

#[derive(Debug, Deserialize)]
struct Task {
    publication: Option<Publication>,
    municipality: Option<Municipality>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publication {
    key: String,
    kind_label: String,
    last_response_day: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/responses.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![responding()],
        layout: body,
    }
}

fn responding() -> Form {
    Form::new(
        "respondToVerdict",
        "Reactie versturen",
        "Uw reactie komt woordelijk naast het oordeel te staan.",
    )
    .with([
        Part::fixed("publication"),
        Part::fixed("municipality"),
        Part::required("text", Kind::Text, "Uw reactie")
            .hinted("Komt woordelijk naast het oordeel. Schrijf niet over personen."),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let tasks = answer.open_tasks.ok_or(Unmade::NotThere)?;
    let content = html! {
        @if tasks.nodes.is_empty() { p.utrecht-paragraph { "Er wacht geen publicatie op uw reactie." } }
        @for task in &tasks.nodes {
            @if let (Some(publication), Some(municipality)) = (&task.publication, &task.municipality) {
                @let about = format!("{}-{}", municipality.code, publication.key);
                @let fixed = [("publication", publication.key.as_str()), ("municipality", municipality.code.as_str())];
                h2.utrecht-heading-2 { (publication.kind_label) " " (publication.key) ": " (municipality.name) }
                @if let Some(day) = &publication.last_response_day {
                    p.utrecht-paragraph { "U kunt reageren tot en met " (view::day(day)) "." }
                }
                (responding().view((page, visit), &about, &fixed, &html! {}))
            }
        }
    };
    Ok(Body {
        title: "Reageren op publicaties".to_owned(),
        content,
    })
}
