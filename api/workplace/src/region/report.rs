//! The report of a region on a half year: composed from what it recorded, edited here, and handed
//! in. Every version that was handed in stays.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Viewer, menu};
use crate::{
    HOME, Page, Unmade, Visit,
    form::{Form, Kind, Part},
    frame::Body,
    view,
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    regional_duties: Option<Duties>,
}

#[derive(Debug, Deserialize)]
struct Duties {
    draft: Option<Draft>,
    reports: Vec<Report>,
}

#[derive(Debug, Deserialize)]
struct Draft {
    progress: String,
    particulars: String,
    bottlenecks: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    half: String,
    number: i32,
    progress: Option<String>,
    particulars: Option<String>,
    bottlenecks: Option<String>,
    submitted_at: String,
    confirmed_at: Option<String>,
    ledger: i64,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../../documents/regional_report.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![submitting()],
        layout: body,
    }
}

fn submitting() -> Form {
    Form {
        // Who saw no version says so; left out, what a colleague handed in meanwhile would be
        // replaced.
        emptied: &["expectedVersion"],
        ..Form::new(
            "submitRegionalReport",
            "Rapportage indienen",
            "De halfjaarrapportage is ingediend; VNG bevestigt haar.",
        )
        .with([
            Part::fixed("area"),
            Part::fixed("half"),
            // None of a half year that nobody reported on yet.
            Part::optional("expectedVersion", Kind::FixedNumber, ""),
            Part::required("progress", Kind::Text, "Voortgang")
                .hinted("Schrijf niet over personen of zaken."),
            Part::required("particulars", Kind::Text, "Bijzonderheden"),
            Part::required("bottlenecks", Kind::Text, "Knelpunten"),
        ])
    }
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let area = answer.viewer.own_area(page)?;
    let half = page.variable("half");
    let duties = answer.regional_duties.as_ref().ok_or(Unmade::NotThere)?;
    let draft = duties.draft.as_ref().ok_or(Unmade::NotThere)?;
    let reports = duties.reports.iter();
    let mut versions: Vec<&Report> = reports.filter(|report| report.half == half).collect();
    versions.sort_by_key(|report| -report.number);
    let latest = versions.first().copied();
    let version = latest.map(|report| report.ledger.to_string());
    let [progress, particulars, bottlenecks] = texts(draft, latest);
    let fixed = [
        ("area", area),
        ("half", half),
        ("expectedVersion", version.as_deref().unwrap_or_default()),
        ("progress", progress),
        ("particulars", particulars),
        ("bottlenecks", bottlenecks),
    ];
    let content = html! {
        (menu(page, area))
        p.utrecht-paragraph {
            a.utrecht-link href={ (HOME) "/regio/" (area) "/taken#rapportages" } { "Alle halfjaarrapportages" }
        }
        @if latest.is_none() {
            p.utrecht-paragraph {
                "Dit concept is samengesteld uit de overleggen, besluiten en knelpunten die u vastlegde. Pas het aan en dien het in."
            }
        } @else {
            p.utrecht-paragraph {
                "Hieronder staat de versie die u het laatst indiende. Dient u een nieuwe in, dan telt die."
            }
            details {
                summary { "Het concept uit wat nu is vastgelegd" }
                (in_lines([Some(&draft.progress), Some(&draft.particulars), Some(&draft.bottlenecks)]))
            }
        }
        (submitting().view((page, visit), "", &fixed, &html! {}))
        @if !versions.is_empty() { h2.utrecht-heading-2 { "Ingediende versies" } }
        @for report in versions { (shown(report)) }
    };
    Ok(Body {
        title: format!("Halfjaarrapportage {half} van {}", answer.viewer.region()),
        content,
    })
}

/// What stands in the form: the latest version, else what is composed.
fn texts<'a>(draft: &'a Draft, latest: Option<&'a Report>) -> [&'a str; 3] {
    match latest {
        Some(report) => [&report.progress, &report.particulars, &report.bottlenecks]
            .map(|text| text.as_deref().unwrap_or_default()),
        None => [&draft.progress, &draft.particulars, &draft.bottlenecks].map(String::as_str),
    }
}

fn shown(report: &Report) -> Markup {
    html! {
        details {
            summary {
                "Versie " (report.number) ", ingediend op " (view::day(&report.submitted_at))
                @match &report.confirmed_at {
                    Some(at) => { "; bevestigd op " (view::day(at)) }
                    None => { "; VNG heeft haar nog niet bevestigd" }
                }
            }
            (in_lines([report.progress.as_ref(), report.particulars.as_ref(), report.bottlenecks.as_ref()]))
        }
    }
}

/// The three texts of a report, a line at a time.
fn in_lines(texts: [Option<&String>; 3]) -> Markup {
    let titles = ["Voortgang", "Bijzonderheden", "Knelpunten"];
    html! {
        dl {
            @for (title, text) in titles.into_iter().zip(texts) {
                dt { (title) }
                @match text {
                    Some(text) => { @for line in text.lines() { dd { (line) } } }
                    None => { dd { "Deze tekst is verwijderd." } }
                }
            }
        }
    }
}
