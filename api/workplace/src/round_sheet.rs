//! The sheet of an open monitoring round: to fetch, and to send back with every mistake beside its
//! row.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Outcome, Page, Unmade, Visit,
    form::{Form, Part},
    frame::Body,
    upload::{self, FileKind, Upload},
    view::{self, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    open_rounds: Option<Rounds>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Rounds {
    nodes: Vec<Round>,
}

#[derive(Debug, Deserialize)]
struct Round {
    key: String,
    title: Text,
    closing: Option<Closing>,
}

#[derive(Debug, Deserialize)]
struct Closing {
    state: String,
}

/// What a sheet would report.
#[derive(Debug, Deserialize)]
struct Read {
    reported: Option<u32>,
    unchanged: Option<u32>,
    changes: Vec<Change>,
}

#[derive(Debug, Deserialize)]
struct Change {
    action: u32,
    cell: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/round_sheet.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![importing()],
        layout: body,
    }
}

fn importing() -> Form {
    Form::new(
        "importStatusReports",
        "Rapporteren",
        "De standen van het blad zijn gerapporteerd.",
    )
    .with([Part::fixed("round")])
}

pub(crate) fn upload() -> Upload {
    Upload {
        form: importing(),
        kind: FileKind::StatusSheet,
        selection: "reported unchanged changes { action cell before after } \
                    errors { message { nl } row column cell } warnings { message { nl } }",
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let key = page.variable("round");
    let rounds = answer.open_rounds.iter().flat_map(|rounds| &rounds.nodes);
    let mut rounds = rounds.filter(|round| round.key == key);
    let round = rounds.next().ok_or(Unmade::NotThere)?;
    let takes_reports = round.closing.as_ref();
    let takes_reports = takes_reports.is_some_and(|closing| closing.state == "TAKING_REPORTS");
    if answer.viewer.role != "MINISTRY" || !takes_reports {
        return Err(Unmade::NotThere);
    }
    let outcome = upload::outcome(visit, |outcome| would_report(&answer.code_lists, outcome))?;
    let file = format!("{HOME}/statusbladen/{key}");
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/rondes/" (key) } { "Terug naar de ronde" } }
        (outcome)
        h2.utrecht-heading-2 { "Ophalen" }
        ul {
            li { a.utrecht-link href={ (file) ".xlsx" } { "Voor Excel (.xlsx)" } }
            li { a.utrecht-link href={ (file) ".csv" } { "Als CSV, voor Nederlandstalig Excel" } }
        }
        h2.utrecht-heading-2 { "Terugsturen" }
        p.utrecht-paragraph {
            "Een regel die u wijzigt, wordt gerapporteerd zoals die er dan staat. Een regel die u niet wijzigt, wordt alleen gerapporteerd als in de kolom “Rapporteren” “ja” staat. Een proef laat eerst zien wat er zou veranderen en bewaart niets. Zolang er een fout in staat, wordt niets gerapporteerd."
        }
        (upload().view((page, visit), &[("round", key)]))
    };
    Ok(Body {
        title: format!("Statusblad {}", round.title.nl),
        content,
    })
}

fn would_report(lists: &[CodeList], outcome: &Outcome) -> Result<Markup, Unmade> {
    let read = Read::deserialize(&outcome.payload)?;
    let text = |value: &Option<String>| {
        let value = value.as_deref();
        value.map_or_else(
            || "(leeg)".to_owned(),
            |value| match value {
                "yes" => "ja".to_owned(),
                "no" => "nee".to_owned(),
                code => view::label(lists, code).to_owned(),
            },
        )
    };
    Ok(html! {
        h2.utrecht-heading-2 { "Proef: er is niets gerapporteerd" }
        p.utrecht-paragraph {
            "Acties die dit blad zou rapporteren: " (read.reported.unwrap_or_default())
            "; ongewijzigde regels: " (read.unchanged.unwrap_or_default()) "."
        }
        @if !read.changes.is_empty() {
            ul {
                @for change in &read.changes {
                    li {
                        strong { "Actie " (change.action) }
                        @if let Some(cell) = &change.cell { " (" (cell) ")" }
                        ": " (text(&change.before)) " wordt " (text(&change.after))
                    }
                }
            }
        }
    })
}
