//! Which actions have another status than in the round before the latest.

use maud::{Markup, html};
use serde::Deserialize;

use super::Home;
use crate::{
    Language, Page,
    language::Text,
    shared::{self, CodeList, heading, mark},
};

/// A closed round.
#[derive(Debug, Deserialize)]
pub(super) struct Round {
    key: String,
    title: Text,
}

/// A line, for the history of its actions.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    actions: Vec<Action>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    number: u16,
    title: Text,
    status_history: Vec<Status>,
}

#[derive(Debug, Deserialize)]
struct Status {
    round: Key,
    status: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Key {
    key: String,
}

impl Action {
    /// What a round says of it; none where it says nothing.
    fn status(&self, round: &Round) -> Option<&str> {
        let mut history = self.status_history.iter();
        let found = history.find(|one| one.round.key == round.key)?;
        found.status.as_deref()
    }
}

/// What changed between the two latest rounds, or why that cannot be said.
pub(super) fn since_last_round(page: &Page, home: &Home) -> Markup {
    let language = page.language;
    let rounds = home.monitoring_rounds.as_deref().unwrap_or_default();
    let (earlier, later) = match rounds {
        [.., earlier, later] => (earlier, later),
        _ => return alone(language, rounds),
    };
    let lines = home.action_lines.iter().flatten();
    let actions = lines.flat_map(|line| &line.actions);
    let changed: Vec<&Action> = actions
        .filter(|action| action.status(earlier) != action.status(later))
        .collect();
    let compared = format!(
        "{} → {}",
        language.of(&earlier.title),
        language.of(&later.title)
    );
    html! {
        (heading(language.pick("Veranderd sinds de vorige ronde", "Changed since the previous round")))
        p.utrecht-paragraph { (compared) ": " (count(language, changed.len())) }
        ul.utrecht-unordered-list {
            @for action in changed {
                li.utrecht-unordered-list__item {
                    (shared::action_of_plan(page, action.number, &action.title)) ": "
                    (named(language, &home.known.code_lists, action.status(earlier)))
                    " → "
                    (named(language, &home.known.code_lists, action.status(later)))
                }
            }
        }
    }
}

fn count(language: Language, changed: usize) -> String {
    match (language, changed) {
        (Language::Dutch, 0) => "geen actie heeft een andere stand.".to_owned(),
        (Language::Dutch, 1) => "1 actie heeft een andere stand.".to_owned(),
        (Language::Dutch, _) => format!("{changed} acties hebben een andere stand."),
        (Language::English, 0) => "no action has another status.".to_owned(),
        (Language::English, 1) => "1 action has another status.".to_owned(),
        (Language::English, _) => format!("{changed} actions have another status."),
    }
}

/// A status with its square, or that the round tells none.
fn named(language: Language, lists: &[CodeList], status: Option<&str>) -> Markup {
    let none = language.pick("geen stand", "no status");
    html! {
        @if let Some(status) = status { (mark(status)) }
        (shared::label(language, lists, status).unwrap_or(none))
    }
}

/// What is said where there are no two rounds to compare.
fn alone(language: Language, rounds: &[Round]) -> Markup {
    html! {
        @if let [round] = rounds {
            (heading(language.pick("Veranderd sinds de vorige ronde", "Changed since the previous round")))
            p.utrecht-paragraph {
                (language.of(&round.title))
                (language.pick(
                    " is de eerste ronde van deze planversie. Er is nog geen tweede om mee te vergelijken.",
                    " is the first round of this plan version. There is no second one yet to compare it with.",
                ))
            }
        }
    }
}
