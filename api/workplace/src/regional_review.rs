//! What a region gave, as VNG sees it: each answer with a question, a return or a confirmation, and its
//! half-year reports to confirm.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    review::{self, Evidence},
    view::{self, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    area: Option<Area>,
    regional_answers: Option<Answers>,
    regional_duties: Option<Duties>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Area {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Answers {
    nodes: Vec<Given>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Given {
    number: u32,
    answer: String,
    explanation: Option<String>,
    from: String,
    until: Option<String>,
    state: String,
    submitted_at: String,
    criterion: Option<Criterion>,
    evidence: Vec<Evidence>,
    remarks: Vec<Remark>,
}

#[derive(Debug, Deserialize)]
struct Criterion {
    code: String,
    key: String,
    title: Text,
    text: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark {
    state: String,
    text: Option<String>,
    decided_at: String,
}

#[derive(Debug, Deserialize)]
struct Duties {
    reports: Vec<Report>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    half: String,
    number: u32,
    progress: Option<String>,
    particulars: Option<String>,
    bottlenecks: Option<String>,
    submitted_at: String,
    confirmed_at: Option<String>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/regional_review.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || {
            vec![
                questioning(),
                returning(),
                confirming(),
                confirming_report(),
            ]
        },
        layout: body,
    }
}

/// What the forms on an answer have in common.
fn about() -> [Part; 3] {
    [Part::fixed("area"), Part::fixed("criterion"), version()]
}

fn version() -> Part {
    Part {
        kind: Kind::FixedNumber,
        ..Part::fixed("version")
    }
}

fn questioning() -> Form {
    Form::new(
        "questionRegionalAnswer",
        "Vraag stellen",
        "De vraag is gesteld; de regio antwoordt met een nieuwe versie.",
    )
    .with(about())
    .with([Part::required("text", Kind::Text, "Vraag").hinted("Schrijf niet over personen.")])
}

fn returning() -> Form {
    Form::new(
        "returnRegionalAnswer",
        "Terugsturen",
        "Het antwoord is teruggestuurd.",
    )
    .with(about())
    .with([Part::required("text", Kind::Text, "Reden").hinted("Schrijf niet over personen.")])
}

fn confirming() -> Form {
    Form::new(
        "confirmRegionalAnswer",
        "Bevestigen",
        "Het antwoord is bevestigd.",
    )
    .with(about())
}

fn confirming_report() -> Form {
    Form::new(
        "confirmRegionalReport",
        "Rapportage bevestigen",
        "De halfjaarrapportage is bevestigd.",
    )
    .with([Part::fixed("area"), Part::fixed("half"), version()])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let (Some(area), "VNG") = (answer.area.as_ref(), answer.viewer.role.as_str()) else {
        return Err(Unmade::NotThere);
    };
    let given = answer.regional_answers.iter();
    let given: Vec<&Given> = given.flat_map(|all| &all.nodes).collect();
    let duties = answer.regional_duties.as_ref();
    let reports = duties.map(|duties| duties.reports.as_slice());
    let reports = reports.unwrap_or_default();
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/regios" } { "Terug naar alle regio’s" } }
        h2.utrecht-heading-2 { "Antwoorden" }
        @if given.is_empty() { p.utrecht-paragraph { "Deze regio heeft nog niets geantwoord." } }
        @for one in given { (answered((page, visit), &answer.code_lists, one)) }
        h2.utrecht-heading-2 { "Halfjaarrapportages" }
        @if reports.is_empty() { p.utrecht-paragraph { "Deze regio heeft nog geen rapportage ingediend." } }
        @for (at, one) in reports.iter().enumerate() {
            // Of a half year the latest version stands first.
            @let is_latest = reports.iter().take(at).all(|before| before.half != one.half);
            (report((page, visit), one, is_latest))
        }
    };
    Ok(Body {
        title: format!("Regio {} ({})", area.name, area.code),
        content,
    })
}

/// An answer, with what VNG can do with it while it has not decided.
fn answered(on: (&Page, &Visit<'_>), lists: &[CodeList], one: &Given) -> Markup {
    let Some(criterion) = &one.criterion else {
        return html! {};
    };
    let code = criterion.code.as_str();
    let is_undecided = ["SUBMITTED", "QUESTIONED"].contains(&one.state.as_str());
    html! {
        // A criterion may stand here of two editions; what waits for a decision is linked by its code.
        section id=[is_undecided.then_some(code)] aria-labelledby={ (criterion.key) "-titel" } {
            h3.utrecht-heading-3 id={ (criterion.key) "-titel" } { (code) " " (criterion.title.nl) ": " (view::answer(&one.answer)) }
            p.stm-source { (criterion.text.nl) }
            p.utrecht-paragraph {
                (view::capitalised(view::label(lists, &one.state))) ", versie " (one.number)
                "; ingediend op " (view::day(&one.submitted_at))
                "; geldt vanaf " (view::day(&one.from))
                @if let Some(until) = &one.until { " tot " (view::day(until)) }
                @if let Some((edition, _)) = criterion.key.split_once('/') { "; editie " (edition) }
                "."
            }
            @if let Some(explanation) = &one.explanation { p.utrecht-paragraph { (explanation) } }
            @for piece in &one.evidence { (review::evidence(piece)) }
            @for remark in &one.remarks {
                p.utrecht-paragraph {
                    (view::capitalised(view::label(lists, &remark.state))) ", " (view::day(&remark.decided_at)) ": "
                    (remark.text.as_deref().unwrap_or("deze tekst is verwijderd"))
                }
            }
            @if is_undecided { (decisions(on, criterion, one.number)) }
        }
    }
}

fn decisions(on: (&Page, &Visit<'_>), criterion: &Criterion, number: u32) -> Markup {
    let (page, visit) = on;
    let number = number.to_string();
    let fixed = [
        ("area", page.variable("area")),
        ("criterion", criterion.key.as_str()),
        ("version", number.as_str()),
    ];
    let about = criterion.code.as_str();
    let forms = [
        ("Een vraag stellen", questioning()),
        ("Terugsturen", returning()),
    ];
    html! {
        (confirming().view(on, about, &fixed, &html! {}))
        @for (title, form) in &forms {
            @let is_tried = visit.attempt.is_some_and(|attempt| attempt.form == form.id(about));
            details open[is_tried] {
                summary { (title) }
                (form.view(on, about, &fixed, &html! {}))
            }
        }
    }
}

/// A version of a half-year report.
fn report(on: (&Page, &Visit<'_>), one: &Report, is_latest: bool) -> Markup {
    let (page, _) = on;
    let number = one.number.to_string();
    let fixed = [
        ("area", page.variable("area")),
        ("half", one.half.as_str()),
        ("version", number.as_str()),
    ];
    let texts = [
        ("Voortgang", &one.progress),
        ("Bijzonderheden", &one.particulars),
        ("Knelpunten", &one.bottlenecks),
    ];
    html! {
        section id=[is_latest.then_some(&one.half)] {
            h3.utrecht-heading-3 { (one.half) ", versie " (one.number) }
            p.stm-source {
                "Ingediend op " (view::day(&one.submitted_at))
                @if let Some(at) = &one.confirmed_at { "; bevestigd op " (view::day(at)) }
                "."
            }
            dl {
                @for (title, text) in texts {
                    dt { (title) }
                    dd { p.utrecht-paragraph { (text.as_deref().unwrap_or("Deze tekst is verwijderd.")) } }
                }
            }
            @if is_latest && one.confirmed_at.is_none() {
                (confirming_report().view(on, &one.half, &fixed, &html! {}))
            }
        }
    }
}
