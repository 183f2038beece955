//! One publication as it was prepared: what it would tell, line by line, before it is published.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    frame::Body,
    publications::{publishing, withdrawing},
    view::{self, Code, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    publication: Option<Publication>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publication {
    key: String,
    kind_label: String,
    state_label: String,
    level: String,
    may: Vec<String>,
    reference_date: String,
    last_response_day: Option<String>,
    embargo_until: Option<String>,
    withdrawal_reason: Option<String>,
    incomplete_because: Option<String>,
    colophon: Option<Colophon>,
    notes: Vec<Note>,
    manifest: Manifest,
    lines: Vec<Line>,
    verdicts: Vec<Verdict>,
}

#[derive(Debug, Deserialize)]
struct Colophon {
    title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Note {
    noted_on: String,
    text: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    ledger: i64,
    rule_set: Option<String>,
    label: Option<Text>,
    edition: Option<Code>,
}

#[derive(Debug, Deserialize)]
struct Line {
    part: String,
    key: String,
    name: String,
    withheld: Option<String>,
    values: Vec<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    column: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Verdict {
    status: String,
    since: Option<String>,
    response: Option<String>,
    submission_label: Option<String>,
    municipality: Option<Municipality>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/publication.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![publishing(), withdrawing()],
        layout: body,
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if !["VNG", "MINISTRY"].contains(&answer.viewer.role.as_str()) {
        return Err(Unmade::NotThere);
    }
    let lists = &answer.code_lists;
    let one = answer.publication.as_ref().ok_or(Unmade::NotThere)?;
    let title = one
        .colophon
        .as_ref()
        .map(|colophon| colophon.title.nl.as_str());
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/publicaties" } { "Terug naar de publicaties" } }
        p.stm-lead { (one.state_label) ": " (title.unwrap_or(&one.kind_label)) "." }
        (about(lists, one))
        @for note in &one.notes { p.utrecht-paragraph { "Kanttekening van " (view::day(&note.noted_on)) ": " (note.text.nl) } }
        (decisions((page, visit), one))
        (verdicts(lists, &one.verdicts))
        (lines(lists, &one.lines))
    };
    Ok(Body {
        title: format!("Publicatie {}", one.key),
        content,
    })
}

/// What it is made of.
fn about(lists: &[CodeList], one: &Publication) -> Markup {
    let manifest = &one.manifest;
    html! {
        p.utrecht-paragraph {
            (view::capitalised(view::label(lists, &one.level))) "; peildatum " (view::day(&one.reference_date))
            @if let Some(edition) = &manifest.edition { "; editie " (edition.code) }
            @if let Some(rules) = &manifest.rule_set { "; rekenregels " (rules) }
            "; gegevens tot en met wijziging " (manifest.ledger) "."
        }
        @if let Some(label) = &manifest.label { p.utrecht-paragraph { strong { (label.nl) } } }
        @if let Some(day) = &one.last_response_day { p.utrecht-paragraph { "Gemeenten reageren tot en met " (view::day(day)) "." } }
        @if let Some(until) = &one.embargo_until { p.utrecht-paragraph { "Embargo tot " (view::moment(until)) "." } }
        @if let Some(why) = &one.incomplete_because { p.utrecht-paragraph { "Nog niet volledig: " (why) } }
        @if let Some(why) = &one.withdrawal_reason { p.utrecht-paragraph { "Ingetrokken: " (why) } }
    }
}

fn decisions(on: (&Page, &Visit<'_>), one: &Publication) -> Markup {
    let (_, visit) = on;
    let fixed = [("publication", one.key.as_str())];
    let may = |operation: &str| one.may.iter().any(|own| own == operation);
    html! {
        @if may("publish") { (publishing().view(on, "", &fixed, &html! {})) }
        @if may("withdrawPublication") {
            details open[visit.tries(&withdrawing(), "")] {
                summary { "Intrekken" }
                (withdrawing().view(on, "", &fixed, &html! {}))
            }
        }
    }
}

fn verdicts(lists: &[CodeList], all: &[Verdict]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2.utrecht-heading-2 { "Per gemeente" }
            dl {
                @for one in all {
                    @if let Some(municipality) = &one.municipality {
                        dt { (municipality.name) " (" (municipality.code) "): " strong { (view::label(lists, &one.status)) } }
                        dd {
                            @if let Some(since) = &one.since { p.stm-source { "Sinds " (view::day(since)) } }
                            @if let Some(submission) = &one.submission_label { p.stm-source { (submission) } }
                            @if let Some(response) = &one.response { p.utrecht-paragraph { "Reactie van de gemeente: " (response) } }
                        }
                    }
                }
            }
        }
    }
}

/// A column of the files in words; its name where there are none.
fn heading(column: &str) -> &str {
    match column {
        "members" => "Gemeenten",
        "not_assessed" => "Niet beoordeeld",
        "not_compliant" => "Voldoet niet",
        "partly_compliant" => "Voldoet deels",
        "compliant" => "Voldoet",
        "on_time" => "Op tijd ingediend",
        "late" => "Te laat ingediend",
        "missing" => "Niet ingediend",
        "exempt" => "Vrijgesteld",
        "met" => "Voldaan",
        "partly_met" => "Deels voldaan",
        "not_met" => "Niet voldaan",
        "not_applicable" => "Niet van toepassing",
        "unknown" => "Onbekend",
        "actions" => "Acties",
        "completed" => "Afgerond",
        "in_progress" => "In uitvoering",
        "in_progress_delayed" => "In uitvoering, vertraging",
        "ongoing" => "Doorlopend",
        "not_started" => "Nog niet gestart",
        other => other,
    }
}

/// The lines as they will stand in the files.
fn lines(lists: &[CodeList], all: &[Line]) -> Markup {
    html! {
        h2.utrecht-heading-2 { "Regels" }
        @if all.is_empty() { p.utrecht-paragraph { "De regels zijn niet te lezen: de publicatie is ingetrokken, of u mag ze nog niet zien." } }
        @for line in all {
            details id=(line.key) {
                summary { (view::capitalised(view::label(lists, &line.part))) ": " (line.name) }
                @match &line.withheld {
                    Some(reason) => { p.utrecht-paragraph { "Niet getoond: " (view::label(lists, reason)) "." } }
                    None => {
                        dl {
                            @for cell in &line.values {
                                dt { (heading(&cell.column)) }
                                dd { (if cell.text.is_empty() { "(leeg)" } else { cell.text.as_str() }) }
                            }
                        }
                    }
                }
            }
        }
    }
}
