//! An assessment on paper, for the municipal executive and the council: all criteria with their
//! answers, and the verdict; of the draft where there is one, and else as it was submitted.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Page, Unmade, Visit,
    assessment::Preview,
    frame::Body,
    view::{self, Text},
};

#[derive(Debug, Deserialize)]
struct Answer {
    viewer: Viewer,
    assessment: Option<Assessment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Viewer {
    acts_for: Vec<Code>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assessment {
    municipality: Municipality,
    period: Period,
    draft: Option<Draft>,
    latest_version: Option<Version>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Period {
    key: String,
    edition: Option<Edition>,
}

#[derive(Debug, Deserialize)]
struct Edition {
    code: String,
    title: Text,
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
struct Draft {
    answers: Vec<Given>,
    preview: Option<Preview>,
}

#[derive(Debug, Deserialize)]
struct Given {
    criterion: Option<Code>,
    answer: String,
    explanation: Option<String>,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Evidence {
    title: Option<String>,
    effective_on: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    number: u32,
    submitted_at: String,
    approved_by_function: Option<String>,
    approved_on: Option<String>,
    receipt: Option<String>,
    answers: Option<Vec<Given>>,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/print.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: Vec::new,
        layout: body,
    }
}

fn body(page: &Page, data: Value, _: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let one = answer.assessment.ok_or(Unmade::NotThere)?;
    let mut own = answer.viewer.acts_for.iter();
    if !own.any(|own| own.code == one.municipality.code) {
        return Err(Unmade::NotThere);
    }
    let edition = one.period.edition.as_ref().ok_or(Unmade::NotThere)?;
    let up = page.path.trim_end_matches("/afdruk");
    let drafted = one.draft.as_ref().map(|draft| draft.answers.as_slice());
    let submitted = one.latest_version.as_ref();
    let submitted = submitted.and_then(|version| version.answers.as_deref());
    let given = drafted.or(submitted).unwrap_or_default();
    let content = html! {
        p.stm-query { a.utrecht-link href=(up) { "Terug naar de beoordeling" } ". Druk deze pagina af met uw browser." }
        p.stm-lead { (edition.title.nl) " (" (edition.code) ")" }
        (status(&one))
        @for theme in &edition.themes {
            h2.utrecht-heading-2 { (theme.title.nl) }
            ul { @for criterion in &theme.criteria { (row(criterion, given)) } }
        }
    };
    Ok(Body {
        title: format!("Beoordeling {} {}", one.municipality.name, one.period.key),
        content,
    })
}

/// Of what the answers are, and the verdict.
fn status(one: &Assessment) -> Markup {
    let preview = one.draft.as_ref().and_then(|draft| draft.preview.as_ref());
    html! {
        @match (&one.draft, &one.latest_version) {
            (Some(_), _) => { p.utrecht-paragraph { "Concept: nog niet ingediend, of gewijzigd na het indienen." } }
            (None, Some(version)) => {
                p.utrecht-paragraph {
                    "Versie " (version.number) ", ingediend op " (view::day(&version.submitted_at))
                    @if let Some(by) = &version.approved_by_function { "; akkoord: " (by) }
                    @if let Some(on) = &version.approved_on { ", " (view::day(on)) }
                    "."
                    @if let Some(receipt) = &version.receipt { " Ontvangstbewijs: " (receipt) }
                }
            }
            (None, None) => {}
        }
        @if let Some(preview) = preview {
            p.utrecht-paragraph { "Oordeel bij indienen: " strong { (preview.label) } }
            p.utrecht-paragraph { (preview.grounds.rule.nl) }
            @if let Some(next) = &preview.grounds.next { p.utrecht-paragraph { (next.sentence.nl) } }
        }
    }
}

fn row(criterion: &Criterion, given: &[Given]) -> Markup {
    let own = given.iter().find(|given| {
        let of = given.criterion.as_ref();
        of.is_some_and(|of| of.code == criterion.code)
    });
    html! {
        li {
            (criterion.code) " " (criterion.title.nl) ": " strong { (own.map_or("niet beantwoord", |own| view::answer(&own.answer))) }
            @if let Some(own) = own {
                @if let Some(explanation) = &own.explanation { p.utrecht-paragraph { (explanation) } }
                @for piece in &own.evidence {
                    p.utrecht-paragraph {
                        "Bewijs: " (piece.title.as_deref().unwrap_or("deze tekst is verwijderd")) ", " (view::day(&piece.effective_on))
                    }
                }
            }
        }
    }
}
