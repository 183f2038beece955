//! The page of the goals: how many are how far, and by line what is to be reached and when, how far that is, and what a
//! goal lacks to be measured. The effects that the plan intends have a page of their own.

use domain::plan::CURRENT_PLAN;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, CodeList, fragment},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/goals.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    action_lines: Option<Vec<Line>>,
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
    key: String,
    text: String,
    translation: String,
    deadline: Option<Deadline>,
    progress: String,
    progress_label: String,
    missing_part_labels: Vec<String>,
    targets: Vec<Target>,
    actions: Vec<ActionOfGoal>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct ActionOfGoal {
    action: Action,
}

#[derive(Debug, Deserialize)]
struct Action {
    number: u16,
    title: Text,
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

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let language = page.language;
    let lines = answer.action_lines.unwrap_or_default();
    let title = language.pick("Doelen en voortgang", "Goals and progress");
    let description = language.pick(
        "Wat het plan wil bereiken, wanneer, en wat daarover is gerapporteerd.",
        "What the plan wants to reach, when, and what was reported about it.",
    );
    let content = html! {
        p.stm-lead { (description) }
        (summary(language, &answer.code_lists, &lines))
        @for line in lines.iter().filter(|line| !line.goals.is_empty()) {
            h2.utrecht-heading-2 {
                a.utrecht-link href=(page.to(&format!("/plannen/{CURRENT_PLAN}/lijnen/{}", line.number))) {
                    (line.number) ". " (language.of(&line.title))
                }
            }
            (goals(page, &line.goals))
        }
        p.utrecht-paragraph {
            (language.pick("De beoogde effecten zijn geen doelen en staan apart: ", "The intended effects are no goals and stand apart: "))
            a.utrecht-link href=(page.to("/effecten")) { (language.pick("beoogde effecten", "intended effects")) } "."
        }
    };
    Ok(Body {
        title: title.to_owned(),
        description: description.to_owned(),
        content,
    })
}

/// How many goals are how far, in one table: every kind of progress, those that occur nowhere included.
fn summary(language: Language, lists: &[CodeList], lines: &[Line]) -> Markup {
    let goals = || lines.iter().flat_map(|line| &line.goals);
    let rows = html! {
        @for (code, label) in shared::codes(language, lists) {
            tr {
                th.utrecht-table__cell scope="row" { (label) }
                td.utrecht-table__cell.stm-number { (goals().filter(|goal| goal.progress == code).count()) }
            }
        }
        tr {
            th.utrecht-table__cell scope="row" { (language.pick("Alle doelen", "All goals")) }
            td.utrecht-table__cell.stm-number { (goals().count()) }
        }
    };
    let heads = [
        language.pick("Voortgang", "Progress"),
        language.pick("Aantal doelen", "Number of goals"),
    ];
    let caption = language.pick("Voortgang van alle doelen", "Progress of all goals");
    html! {
        (shared::table(caption, &heads, 1, &rows))
        p.utrecht-paragraph {
            (language.pick(
                "Gehaald of niet gehaald volgt alleen uit een gerapporteerde meting. Niet gerapporteerd zegt niets over het werk zelf.",
                "Met or not met follows from a reported measurement alone. Not reported says nothing of the work itself.",
            ))
        }
    }
}

fn goals(page: &Page, goals: &[Goal]) -> Markup {
    let language = page.language;
    html! {
        ul.utrecht-unordered-list {
            @for goal in goals {
                li.utrecht-unordered-list__item id=(fragment(&goal.key)) {
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
                    @if !goal.actions.is_empty() {
                        p.utrecht-paragraph {
                            (language.pick("Acties die volgens een bron bijdragen: ", "Actions that serve it by a source: "))
                            @for (index, ActionOfGoal { action }) in goal.actions.iter().enumerate() {
                                @if index > 0 { "; " }
                                (shared::action_of_plan(page, action.number, &action.title))
                            }
                            "."
                        }
                    }
                    (shared::source(language, goal.source.as_ref()))
                }
            }
        }
    }
}
