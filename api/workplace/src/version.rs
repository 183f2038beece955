//! A version that was submitted: its answers, and what differs from the version before it.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit, evidence,
    frame::Body,
    view::{self, Code, Text},
};

#[derive(Debug, Deserialize)]
struct Answer {
    assessment: Option<Assessment>,
}

#[derive(Debug, Deserialize)]
struct Assessment {
    municipality: Municipality,
    period: Period,
    versions: Vec<Version>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    number: u32,
    submitted_at: String,
    on_time: bool,
    approved_by_function: Option<String>,
    approved_on: Option<String>,
    reason: Option<String>,
    edition: Option<Edition>,
    answers: Option<Vec<Given>>,
}

#[derive(Debug, Deserialize)]
struct Edition {
    code: String,
    themes: Vec<Theme>,
}

#[derive(Debug, Deserialize)]
struct Theme {
    title: Text,
    criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
struct Criterion {
    code: String,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Given {
    criterion: Option<Code>,
    answer: String,
    explanation: Option<String>,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
struct Evidence {
    kind: String,
    title: Option<String>,
    address: Option<String>,
    reference: Option<String>,
    effective_on: String,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/version.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

fn body(page: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let one = answer.assessment.ok_or(Unmade::NotThere)?;
    let wanted = page.variable("version");
    let mut versions = one.versions.iter();
    let version = versions.find(|version| version.number.to_string() == wanted);
    // Whoever may not read the answers is shown nothing.
    let version = version.filter(|version| version.is_readable());
    let version = version.ok_or(Unmade::NotThere)?;
    let edition = version.edition.as_ref().ok_or(Unmade::NotThere)?;
    let before = one.versions.iter();
    let before = before
        .filter(|other| other.number < version.number && other.is_readable())
        .max_by_key(|other| other.number);
    let up = page.path.split("/versies").next().unwrap_or_default();
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href=(up) { "Terug naar de beoordeling" } }
        p.utrecht-paragraph {
            "Ingediend op " (view::day(&version.submitted_at))
            (if version.on_time { ", op tijd" } else { ", te laat" })
            @if let Some(by) = &version.approved_by_function { "; akkoord: " (by) }
            @if let Some(on) = &version.approved_on { ", " (view::day(on)) }
            "; editie " (edition.code) "."
        }
        @if let Some(reason) = &version.reason { p.utrecht-paragraph { "Reden: " (reason) } }
        (others(up, &one.versions, version))
        @if let Some(before) = before { (differences(edition, before, version)) }
        @for theme in &edition.themes {
            h2.utrecht-heading-2 { (theme.title.nl) }
            dl { @for criterion in &theme.criteria { (row(criterion, version.given(&criterion.code))) } }
        }
    };
    Ok(Body {
        title: format!(
            "Versie {} van {} {}",
            version.number, one.municipality.name, one.period.key
        ),
        content,
    })
}

impl Version {
    /// Whether whoever looks may read its answers.
    fn is_readable(&self) -> bool {
        self.answers.is_some()
    }

    /// What was answered to a criterion.
    fn given(&self, code: &str) -> Option<&Given> {
        let mut given = self.answers.iter().flatten();
        given.find(|one| one.criterion.as_ref().is_some_and(|own| own.code == code))
    }
}

impl Given {
    fn is_as(&self, other: &Self) -> bool {
        self.answer == other.answer
            && self.explanation == other.explanation
            && self.evidence == other.evidence
    }
}

/// The other versions that can be read.
fn others(up: &str, all: &[Version], shown: &Version) -> Markup {
    let others = all.iter();
    let others: Vec<&Version> = others
        .filter(|other| other.number != shown.number && other.is_readable())
        .collect();
    html! {
        @if !others.is_empty() {
            p.utrecht-paragraph {
                "Andere versies: "
                @for (at, other) in others.into_iter().enumerate() {
                    @if at > 0 { ", " }
                    a.utrecht-link href={ (up) "/versies/" (other.number) } { "versie " (other.number) }
                }
                "."
            }
        }
    }
}

/// What a version answers otherwise than the one before it.
fn differences(edition: &Edition, before: &Version, after: &Version) -> Markup {
    let criteria = edition.themes.iter().flat_map(|theme| &theme.criteria);
    let changed: Vec<(&Criterion, Option<&Given>, Option<&Given>)> = criteria
        .map(|one| (one, before.given(&one.code), after.given(&one.code)))
        .filter(|(_, before, after)| match (before, after) {
            (Some(before), Some(after)) => !before.is_as(after),
            (None, None) => false,
            (Some(_), None) | (None, Some(_)) => true,
        })
        .collect();
    let text = |given: Option<&Given>| {
        let answer = given.map(|given| view::answer(&given.answer).to_owned());
        answer.unwrap_or_else(|| "niet beantwoord".to_owned())
    };
    html! {
        h2.utrecht-heading-2 { "Wat verschilt van versie " (before.number) }
        @if changed.is_empty() { p.utrecht-paragraph { "Geen antwoord verschilt." } }
        @else {
            ul {
                @for (criterion, before, after) in changed {
                    @let (was, is) = (text(before), text(after));
                    li {
                        (criterion.code) " " (criterion.title.nl) ": "
                        @if was == is { strong { (is) } ", met een andere toelichting of ander bewijs" }
                        @else { (was) " werd " strong { (is) } }
                    }
                }
            }
        }
    }
}

fn row(criterion: &Criterion, given: Option<&Given>) -> Markup {
    html! {
        dt { (criterion.code) " " (criterion.title.nl) ": " strong { (given.map_or("niet beantwoord", |given| view::answer(&given.answer))) } }
        dd {
            @if let Some(given) = given {
                @if let Some(explanation) = &given.explanation { p.utrecht-paragraph { (explanation) } }
                @for piece in &given.evidence {
                    p.utrecht-paragraph {
                        "Bewijs: " (piece.title.as_deref().unwrap_or_else(|| evidence::label(&piece.kind)))
                        @if let Some(reference) = &piece.reference { ", " (reference) }
                        ", " (view::day(&piece.effective_on))
                        @if let Some(address) = &piece.address {
                            " " a.utrecht-link href=(address) rel="noopener noreferrer" { (address) }
                        }
                    }
                }
            }
        }
    }
}
