//! One assessment as VNG sees it: the answers of its latest version, and questions, confirmation or
//! return.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    HOME, Page, Unmade, Visit,
    assessment::about,
    form::{Form, Kind, Part},
    frame::Body,
    view::{self, Code, CodeList, Text},
};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    viewer: Viewer,
    code_lists: Vec<CodeList>,
    assessment: Option<Assessment>,
}

#[derive(Debug, Deserialize)]
struct Viewer {
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assessment {
    state: String,
    may: Vec<String>,
    municipality: Municipality,
    period: Period,
    questions: Option<Vec<Question>>,
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
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    number: u32,
    version_number: u32,
    question: Option<String>,
    asked_at: String,
    reply: Option<String>,
    replied_at: Option<String>,
    criterion: Option<Code>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Version {
    number: u32,
    submitted_at: String,
    on_time: bool,
    approved_by_function: Option<String>,
    approved_on: Option<String>,
    answers: Option<Vec<Submitted>>,
}

#[derive(Debug, Deserialize)]
struct Submitted {
    criterion: Option<Criterion>,
    answer: String,
    explanation: Option<String>,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
struct Criterion {
    code: String,
    title: Text,
    text: Text,
}

/// What shows that an answer is so.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Evidence {
    title: Option<String>,
    reference: Option<String>,
    address: Option<String>,
    effective_on: String,
    is_stale: bool,
}

pub(crate) fn page() -> Page {
    Page {
        document: include_str!("../documents/review.graphql"),
        variables: Map::new(),
        path: String::new(),
        forms: || vec![claiming(), questioning(), confirming(), returning()],
        layout: body,
    }
}

fn version() -> Part {
    Part {
        kind: Kind::FixedNumber,
        ..Part::fixed("version")
    }
}

fn claiming() -> Form {
    Form::new(
        "claimReview",
        "In behandeling nemen",
        "De beoordeling is bij u in behandeling.",
    )
    .with(about())
}

fn questioning() -> Form {
    let form = Form::new("askQuestions", "Vraag stellen", "De vraag is gesteld.")
        .with(about())
        .with([
            version(),
            Part::optional("questions.0.criterion", Kind::Pick, "Criterium"),
            Part::required("questions.0.question", Kind::Text, "Vraag")
                .hinted("Schrijf niet over personen."),
        ]);
    Form {
        complete: |_, input| {
            if let Some(Value::Object(questions)) = input.remove("questions") {
                let all: Vec<Value> = questions.into_iter().map(|(_, one)| one).collect();
                input.insert("questions".to_owned(), json!(all));
            }
        },
        ..form
    }
}

fn confirming() -> Form {
    Form::new(
        "confirmAssessment",
        "Bevestigen",
        "De beoordeling is bevestigd.",
    )
    .with(about())
    .with([version()])
}

fn returning() -> Form {
    Form::new(
        "returnAssessment",
        "Teruggeven",
        "De beoordeling is teruggegeven.",
    )
    .with(about())
    .with([
        version(),
        Part::required("reason", Kind::Text, "Reden van teruggave"),
    ])
}

fn body(page: &Page, data: Value, visit: &Visit<'_>) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    if answer.viewer.role != "VNG" {
        return Err(Unmade::NotThere);
    }
    let one = answer.assessment.ok_or(Unmade::NotThere)?;
    let content = html! {
        p.utrecht-paragraph { a.utrecht-link href={ (HOME) "/controle" } { "Terug naar de wachtrij" } }
        // Both can be done while the period is open, and the page says so.
        @if one.may("fillOnBehalf") {
            p.utrecht-paragraph {
                a.utrecht-link href={ (HOME) "/namens/" (one.period.key) "/" (one.municipality.code) } { "Uitstel verlenen of invullen namens de gemeente" }
            }
        }
        p.stm-lead { "Stand: " (view::label(&answer.code_lists, &one.state)) "." }
        @if let Some(version) = &one.latest_version {
            (decisions((page, visit), &one, version))
            (questions(&one))
            (submitted(version))
        } @else {
            p.utrecht-paragraph { "Er is nog niets ingediend." }
        }
    };
    Ok(Body {
        title: format!("Controle {} {}", one.municipality.name, one.period.key),
        content,
    })
}

impl Assessment {
    fn may(&self, operation: &str) -> bool {
        self.may.iter().any(|own| own == operation)
    }
}

impl Question {
    /// What was replied. A reply may be there without its text.
    fn reply(&self) -> &str {
        match (&self.reply, &self.replied_at) {
            (Some(reply), _) => reply,
            (None, Some(_)) => "deze tekst is verwijderd",
            (None, None) => "nog niet",
        }
    }
}

/// What VNG can do with it now.
fn decisions(on: (&Page, &Visit<'_>), one: &Assessment, version: &Version) -> Markup {
    let (_, visit) = on;
    let number = version.number.to_string();
    let fixed = [
        ("municipality", one.municipality.code.as_str()),
        ("period", one.period.key.as_str()),
        ("version", number.as_str()),
    ];
    // Only whoever has it in hand can put questions, and then claims it for longer.
    let claim = if one.may("askQuestions") {
        Form {
            button: "Langer in behandeling houden",
            ..claiming()
        }
    } else {
        claiming()
    };
    let answers = version.answers.iter().flatten();
    let criteria = answers.filter_map(|answer| answer.criterion.as_ref());
    let choices = criteria
        .map(|one| (one.code.clone(), format!("{} {}", one.code, one.title.nl)))
        .collect();
    html! {
        @if one.may("claimReview") { (claim.view(on, "", &fixed, &html! {})) }
        @if one.may("askQuestions") {
            details open[visit.tries(&questioning(), "")] {
                summary { "Een vraag stellen" }
                (questioning().choosing("questions.0.criterion", choices).view(on, "", &fixed, &html! {}))
            }
        }
        @if one.may("confirmAssessment") { (confirming().view(on, "", &fixed, &html! {})) }
        @if one.may("returnAssessment") {
            details open[visit.tries(&returning(), "")] {
                summary { "Teruggeven" }
                (returning().view(on, "", &fixed, &html! {}))
            }
        }
    }
}

fn questions(one: &Assessment) -> Markup {
    let all = one.questions.as_deref().unwrap_or_default();
    html! {
        @if !all.is_empty() {
            h2.utrecht-heading-2 { "Vragen" }
            dl {
                @for question in all {
                    dt {
                        "Vraag " (question.number) " over versie " (question.version_number)
                        @if let Some(criterion) = &question.criterion { ", " (criterion.code) }
                        ", " (view::day(&question.asked_at))
                    }
                    dd {
                        p.utrecht-paragraph { (question.question.as_deref().unwrap_or("Deze tekst is verwijderd.")) }
                        p.utrecht-paragraph { strong { "Antwoord: " } (question.reply()) }
                    }
                }
            }
        }
    }
}

fn submitted(version: &Version) -> Markup {
    html! {
        h2.utrecht-heading-2 { "Versie " (version.number) }
        p.utrecht-paragraph {
            "Ingediend op " (view::day(&version.submitted_at))
            (if version.on_time { ", op tijd" } else { ", te laat" })
            @if let Some(by) = &version.approved_by_function { "; akkoord: " (by) }
            @if let Some(on) = &version.approved_on { ", " (view::day(on)) }
            "."
        }
        dl {
            @for answer in version.answers.iter().flatten() {
                @if let Some(criterion) = &answer.criterion {
                    dt { strong { (criterion.code) " " (criterion.title.nl) ": " (view::answer(&answer.answer)) } }
                    dd {
                        p.stm-source { (criterion.text.nl) }
                        @if let Some(explanation) = &answer.explanation { p.utrecht-paragraph { (explanation) } }
                        @for piece in &answer.evidence { (evidence(piece)) }
                    }
                }
            }
        }
    }
}

/// A piece of evidence, with where it stands.
pub(crate) fn evidence(piece: &Evidence) -> Markup {
    html! {
        p.utrecht-paragraph {
            "Bewijs: " (piece.title.as_deref().unwrap_or("deze tekst is verwijderd"))
            @if let Some(reference) = &piece.reference { ", " (reference) }
            ", " (view::day(&piece.effective_on))
            @if piece.is_stale { " (verouderd)" }
            @if let Some(address) = &piece.address {
                " " a.utrecht-link href=(address) rel="noopener noreferrer" { (address) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_that_was_removed_is_none_that_is_still_to_come() {
        let reply = |reply: Option<&str>, at: Option<&str>| {
            let question = json!({
                "number": 1, "versionNumber": 1, "question": null, "criterion": null,
                "askedAt": "2026-11-22T12:00:00Z", "reply": reply, "repliedAt": at,
            });
            let question: Question = serde_json::from_value(question).unwrap();
            question.reply().to_owned()
        };
        let at = Some("2026-11-23T12:00:00Z");
        assert_eq!(reply(None, None), "nog niet");
        assert_eq!(reply(None, at), "deze tekst is verwijderd");
        assert_eq!(reply(Some("Sinds maart."), at), "Sinds maart.");
    }
}
