//! The monitoring rounds: those that are open, to fill in, and those that are closed, to correct.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    open_rounds: Option<Rounds>,
    monitoring_rounds: Option<Vec<Closed>>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Rounds {
    nodes: Vec<Open>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Open {
    key: String,
    title: Text,
    date_latest: String,
    closing: Option<Closing>,
    unreported: Option<Vec<Unreported>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Closing {
    state: String,
    embargo_until: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Unreported {}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Closed {
    key: String,
    title: Text,
    date_latest: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/rounds.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![opening()],
        layout: body,
    }
}

fn opening() -> Form {
    Form::new(
        "openMonitoringRound",
        "Ronde openen",
        "De ronde is geopend; actiehouders kunnen rapporteren.",
    )
    .with([
        Part::required("key", Kind::Line, "Nummer").hinted("Jaar en volgnummer, zoals 2026-1"),
        Part::required("titleNl", Kind::Line, "Titel"),
        Part::required("titleEn", Kind::Line, "Titel in het Engels"),
        Part::required("dateEarliest", Kind::Day, "Eerste dag")
            .hinted("De eerste dag waarover de ronde gaat."),
        Part::required("dateLatest", Kind::Day, "Laatste dag").hinted(
            "De laatste dag waarover de ronde gaat; de standen van de ronde tellen vanaf dan.",
        ),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "MINISTRY" {
        return Err(Unmade::NotThere);
    }
    let open = answer.open_rounds.iter().flat_map(|rounds| &rounds.nodes);
    let open: Vec<&Open> = open.collect();
    let closed = answer.monitoring_rounds.iter().flatten();
    let content = html! {
        h2.utrecht-heading-2 { "Open rondes" }
        @if open.is_empty() { p.utrecht-paragraph { "Er is nu geen ronde open." } }
        ul { @for round in &open { (shown(round)) } }
        details open[visit.attempt.is_some()] {
            summary { "Een ronde openen" }
            (opening().view((page, visit), "", &[], &html! {}))
        }
        h2.utrecht-heading-2 { "Gesloten rondes" }
        ul {
            @for round in closed {
                li {
                    (round.title.nl) ", stand tot en met " (view::day(&round.date_latest)) ": "
                    a.utrecht-link href={ (HOME) "/rondes/" (round.key) "/correcties" } { "standen corrigeren" }
                }
            }
        }
    };
    Ok(Body {
        title: "Monitoringsrondes".to_owned(),
        content,
    })
}

fn shown(round: &Open) -> Markup {
    let closing = round.closing.as_ref();
    let decided = closing.filter(|closing| closing.state == "CLOSING_DECIDED");
    html! {
        li {
            a.utrecht-link href={ (HOME) "/rondes/" (round.key) } { (round.title.nl) }
            @match decided {
                Some(closing) => {
                    ": gesloten"
                    @if let Some(until) = &closing.embargo_until { ", wordt bekend op " (view::moment(until)) }
                }
                None => {
                    ", stand tot en met " (view::day(&round.date_latest))
                    @if let Some(unreported) = &round.unreported { "; nog niet gerapporteerde acties: " (unreported.len()) }
                    ". "
                    a.utrecht-link href={ (HOME) "/rondes/" (round.key) "/blad" } { "Als tabel invullen" }
                }
            }
        }
    }
}
