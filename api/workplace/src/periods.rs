//! The reporting periods: opened and moved by VNG.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, CodeList},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    reporting_periods: Option<Vec<Period>>,
    framework: Option<Edition>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
struct Edition {
    code: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    key: String,
    state: String,
    opens_on: String,
    deadline_on: String,
    last_day: String,
    rescheduled_because: Option<String>,
    may: Vec<String>,
    edition: Option<Edition>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/periods.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![opening(), moving()],
        layout: body,
    }
}

fn opening() -> Form {
    Form::new(
        "openReportingPeriod",
        "Periode openen",
        "De periode is vastgelegd.",
    )
    .with([
        Part::required("key", Kind::Line, "Naam").hinted("Zoals 2027-1"),
        Part::required("edition", Kind::Line, "Editie van het kader"),
        Part::required("opensOn", Kind::Day, "Opent op"),
        Part::required("deadlineOn", Kind::Day, "Op tijd tot en met"),
        Part::required("lastDay", Kind::Day, "Laatste dag"),
    ])
}

fn moving() -> Form {
    Form::new(
        "rescheduleReportingPeriod",
        "Verplaatsen",
        "De dagen van de periode zijn gewijzigd.",
    )
    .with([
        Part::fixed("period"),
        Part::optional("opensOn", Kind::Day, "Opent op"),
        Part::optional("deadlineOn", Kind::Day, "Op tijd tot en met"),
        Part::optional("lastDay", Kind::Day, "Laatste dag"),
        Part::required("reason", Kind::Text, "Reden"),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "VNG" {
        return Err(Unmade::NotThere);
    }
    let edition = answer.framework.as_ref();
    let edition = edition.map_or("", |edition| edition.code.as_str());
    let content = html! {
        @for period in answer.reporting_periods.iter().flatten() {
            (shown((page, visit), &answer.code_lists, period))
        }
        h2.utrecht-heading-2 { "Een periode openen" }
        (opening().view((page, visit), "", &[("edition", edition)], &html! {}))
    };
    Ok(Body {
        title: "Rapportageperioden".to_owned(),
        content,
    })
}

fn shown(on: (&Page, &Visit<'_>), lists: &[CodeList], period: &Period) -> Markup {
    let (_, visit) = on;
    let fixed = [("period", period.key.as_str())];
    html! {
        section id=(period.key) aria-labelledby={ (period.key) "-titel" } {
            h2.utrecht-heading-2 id={ (period.key) "-titel" } { "Periode " (period.key) }
            p.utrecht-paragraph {
                (view::label(lists, &period.state))
                @if let Some(edition) = &period.edition { "; editie " (edition.code) }
                "; open vanaf " (view::day(&period.opens_on))
                ", op tijd tot en met " (view::day(&period.deadline_on))
                ", laatste dag " (view::day(&period.last_day)) "."
            }
            @if let Some(why) = &period.rescheduled_because { p.utrecht-paragraph { "Verplaatst: " (why) } }
            @if period.may.iter().any(|one| one == "rescheduleReportingPeriod") {
                details open[visit.tries(&moving(), &period.key)] {
                    summary { "Verplaatsen" }
                    (moving().view(on, &period.key, &fixed, &html! {}))
                }
            }
        }
    }
}
