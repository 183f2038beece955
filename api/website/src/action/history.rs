//! What became of an action: its status by each round, what it was in other versions of the plan, its end, and what the
//! ledger has of it.

use maud::{Markup, html};
use serde::Deserialize;

use super::Origin;
use crate::{
    Language, Page,
    language::Text,
    shared::{self, Citation, CodeList, heading, mark},
};

/// What a round said of the action.
#[derive(Debug, Deserialize)]
pub(super) struct Status {
    round: Named,
    status: Option<String>,
    explanation: Option<String>,
    origin: Option<Origin>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Named {
    title: Text,
}

/// When and why the action ends.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ending {
    last_day: String,
    reason: Text,
    source: Option<Citation>,
}

/// What the action is in another version of the plan.
#[derive(Debug, Deserialize)]
pub(super) struct Link {
    confidence: String,
    action: Counterpart,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Counterpart {
    number: u16,
    plan: Plan,
    title: Text,
}

#[derive(Debug, Deserialize)]
struct Plan {
    key: String,
}

/// What the ledger has of the action, the latest first.
#[derive(Debug, Deserialize)]
pub(super) struct Entries {
    nodes: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    number: u64,
    recorded_at: String,
    operation: String,
}

/// The status by round, the latest first.
pub(super) fn statuses(language: Language, statuses: &[Status], lists: &[CodeList]) -> Markup {
    let none = language.pick("Geen stand", "No status");
    html! {
        @if !statuses.is_empty() {
            (heading(language.pick("Verloop van de stand", "Status over time")))
            ol.stm-timeline {
                @for status in statuses {
                    li {
                        strong { (language.of(&status.round.title)) } ": "
                        @if let Some(code) = &status.status { (mark(code)) }
                        (shared::label(language, lists, status.status.as_deref()).unwrap_or(none)) ". "
                        @if let Some(explanation) = &status.explanation { span lang="nl" { (explanation) } " " }
                        @if let Some(origin) = &status.origin { (language.of(&origin.statement)) }
                        (shared::source(language, status.source.as_ref()))
                    }
                }
            }
        }
    }
}

pub(super) fn ending(language: Language, ending: &Ending) -> Markup {
    html! {
        p.utrecht-paragraph {
            (language.pick("Laatste dag: ", "Last day: ")) (language.day(&ending.last_day)) ". " (language.of(&ending.reason))
        }
        (shared::source(language, ending.source.as_ref()))
    }
}

/// What the action was before and became after.
pub(super) fn lineage(page: &Page, before: &[Link], after: &[Link]) -> Markup {
    let language = page.language;
    let links = before
        .iter()
        .map(|link| (language.pick("Was eerder", "Was before"), link))
        .chain(
            after
                .iter()
                .map(|link| (language.pick("Werd later", "Became later"), link)),
        );
    html! {
        @if !before.is_empty() || !after.is_empty() {
            (heading(language.pick("In andere versies van het plan", "In other versions of the plan")))
            ul.utrecht-unordered-list {
                @for (words, link) in links {
                    li.utrecht-unordered-list__item {
                        (words) ": " (shared::action_link(page, &link.action.plan.key, link.action.number, &link.action.title))
                        " (plan " (link.action.plan.key)
                        @if link.confidence == "LIKELY" { (language.pick("; waarschijnlijk, de woorden verschillen", "; likely, the words differ")) }
                        ")"
                        (shared::source(language, link.source.as_ref()))
                    }
                }
            }
        }
    }
}

/// What was recorded of the action, and when.
pub(super) fn entries(language: Language, entries: Option<&Entries>) -> Markup {
    let entries = entries.map_or(&[][..], |entries| entries.nodes.as_slice());
    html! {
        @if !entries.is_empty() {
            (heading(language.pick("Wijzigingen", "Changes")))
            ul.utrecht-unordered-list {
                @for entry in entries {
                    li.utrecht-unordered-list__item {
                        (language.day(&entry.recorded_at)) ": "
                        @match words(language, &entry.operation) {
                            Some(words) => (words),
                            None => code { (entry.operation) },
                        }
                        (language.pick(" (grootboek, regel ", " (ledger, line ")) (entry.number) ")"
                    }
                }
            }
        }
    }
}

/// What was done, in words; none of what is new to the page.
fn words(language: Language, operation: &str) -> Option<&'static str> {
    Some(match operation {
        "data.imported" => language.pick("toegevoegd uit een bron", "added from a source"),
        "data.corrected" | "statusReport.corrected" => language.pick("gecorrigeerd", "corrected"),
        "data.withdrawn" => language.pick("ingetrokken", "withdrawn"),
        "action.planned" => language.pick("gepland", "planned"),
        "action.changed" => language.pick("opnieuw gepland", "planned anew"),
        "action.ended" => language.pick("beëindigd", "ended"),
        "text.redacted" => language.pick(
            "een tekst is om wettelijke redenen geschrapt",
            "a text was blanked by law",
        ),
        _ => return None,
    })
}
