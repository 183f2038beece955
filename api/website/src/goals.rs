//! The page of the goals: by line what is to be reached and when, how far that is, and what a goal lacks to be measured;
//! apart from them the effects that the plan intends.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    address::PLAN,
    frame::Body,
    language::Text,
    shared::{self, Citation, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/goals.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    action_lines: Option<Vec<Line>>,
    intended_effects: Option<Vec<Effect>>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    title: Text,
    goals: Vec<Goal>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Goal {
    text: String,
    translation: String,
    deadline: Option<Deadline>,
    progress_label: String,
    missing_part_labels: Vec<String>,
    targets: Vec<Target>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Deadline {
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    statement: String,
    progress_label: String,
}

#[derive(Debug, Deserialize)]
struct Effect {
    text: String,
    translation: String,
    source: Option<Citation>,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let language = page.language;
    let lines = answer.action_lines.unwrap_or_default();
    let effects = answer.intended_effects.unwrap_or_default();
    let title = language.pick("Doelen en voortgang", "Goals and progress");
    let description = language.pick(
        "Wat het plan wil bereiken, wanneer, en wat daarover is gerapporteerd.",
        "What the plan wants to reach, when, and what was reported about it.",
    );
    let content = html! {
        p.stm-lead { (description) }
        @for line in lines.iter().filter(|line| !line.goals.is_empty()) {
            h2.utrecht-heading-2 {
                a.utrecht-link href=(page.to(&format!("/plannen/{PLAN}/lijnen/{}", line.number))) {
                    (line.number) ". " (language.of(&line.title))
                }
            }
            (goals(language, &line.goals))
        }
        @if !effects.is_empty() {
            (heading(language.pick("Beoogde effecten", "Intended effects")))
            p.utrecht-paragraph {
                (language.pick(
                    "Een effect is wat het plan uiteindelijk teweeg wil brengen. Het is geen doel en wordt hier niet als voortgang geteld.",
                    "An effect is what the plan wants to bring about in the end. It is no goal and is not counted as progress here.",
                ))
            }
            ul.utrecht-unordered-list {
                @for effect in &effects {
                    li.utrecht-unordered-list__item {
                        (language.pick(&effect.text, &effect.translation))
                        (shared::source(language, effect.source.as_ref()))
                    }
                }
            }
        }
    };
    Ok(Body {
        title: title.to_owned(),
        description: description.to_owned(),
        content,
    })
}

fn goals(language: Language, goals: &[Goal]) -> Markup {
    html! {
        ul.utrecht-unordered-list {
            @for goal in goals {
                li.utrecht-unordered-list__item {
                    (language.pick(&goal.text, &goal.translation)) " " strong { (goal.progress_label) } "."
                    @if let Some(text) = goal.deadline.as_ref().and_then(|deadline| deadline.text.as_deref()) {
                        " " (language.pick("Termijn: ", "Term: ")) span lang="nl" { (text) } "."
                    }
                    @for target in &goal.targets {
                        p.utrecht-paragraph { (language.pick("Streefwaarde: ", "Target: ")) (target.statement) ". " (target.progress_label) "." }
                    }
                    @if !goal.missing_part_labels.is_empty() {
                        p.stm-source { (language.pick("Ontbreekt in de bron: ", "Not in the source: ")) (goal.missing_part_labels.join(", ")) "." }
                    }
                    (shared::source(language, goal.source.as_ref()))
                }
            }
        }
    }
}
