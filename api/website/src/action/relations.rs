//! How an action hangs together with others, as a small graph and as the list behind it.

use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Language, Page,
    language::Text,
    shared::{self, Citation, heading},
};

/// A tie to another action, seen from this one.
#[derive(Debug, Deserialize)]
pub(super) struct Relation {
    kind: String,
    side: String,
    action: Other,
    text: Option<String>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Other {
    number: u16,
    title: Text,
    status_label: Option<String>,
}

/// On which side of this action another one is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    /// The other comes first, or its outcome is used here.
    Before,
    /// This one comes first, or its outcome is used there.
    After,
    /// Neither.
    Beside,
}

impl Relation {
    fn direction(&self) -> Direction {
        match (self.kind.as_str(), self.side.as_str()) {
            ("STARTS_AFTER", "OUTGOING") | ("INFORMS", "INCOMING") => Direction::Before,
            ("STARTS_AFTER" | "INFORMS", _) => Direction::After,
            (_, _) => Direction::Beside,
        }
    }

    /// How this action hangs together with the other, in words.
    fn words(&self, language: Language) -> &'static str {
        match (self.kind.as_str(), self.side.as_str()) {
            ("STARTS_AFTER", "INCOMING") => language.pick("Gaat vooraf aan", "Comes before"),
            ("STARTS_AFTER", _) => language.pick("Begint na", "Starts after"),
            ("COINCIDES_WITH", _) => language.pick("Loopt samen met", "Coincides with"),
            ("INFORMS", "INCOMING") => language.pick("Gebruikt", "Uses"),
            ("INFORMS", _) => language.pick("Levert aan", "Informs"),
            (_, _) => language.pick("Hangt samen met", "Is related to"),
        }
    }
}

/// The graph and the list of the ties of an action of a plan.
pub(super) fn related(page: &Page, (plan, own): (&str, u16), relations: &[Relation]) -> Markup {
    let language = page.language;
    html! {
        @if !relations.is_empty() {
            (heading(language.pick("Samenhang", "Related actions")))
            (graph(language, own, relations))
            ul.utrecht-unordered-list {
                @for relation in relations {
                    li.utrecht-unordered-list__item {
                        (relation.words(language)) " "
                        (shared::action_link(page, plan, relation.action.number, &relation.action.title))
                        @if let Some(status) = &relation.action.status_label { " (" (status.to_lowercase()) ")" }
                        @if let Some(text) = &relation.text { ": " q lang="nl" { (text) } }
                        (shared::source(language, relation.source.as_ref()))
                    }
                }
            }
        }
    }
}

/// Width and height of a box, and the room of a row.
const BOX: (i32, i32) = (150, 32);
const ROW: i32 = 44;
/// Where the boxes of before, of this action, and of after begin.
const COLUMNS: [i32; 3] = [2, 227, 452];
const WIDTH: i32 = 604;

/// Boxes from left to right: what comes before, this action, what comes after. An arrow leads from the earlier one to the
/// later; a line without one ties what goes together.
fn graph(language: Language, own: u16, relations: &[Relation]) -> Markup {
    let is_left = |relation: &&Relation| relation.direction() == Direction::Before;
    let left: Vec<&Relation> = relations.iter().filter(is_left).collect();
    let right: Vec<&Relation> = relations.iter().filter(|one| !is_left(one)).collect();
    let rows = i32::try_from(left.len().max(right.len())).unwrap_or(1);
    let middle = rows * ROW / 2;
    let words: Vec<String> = relations
        .iter()
        .map(|one| {
            format!(
                "{} {}",
                one.words(language).to_lowercase(),
                one.action.number
            )
        })
        .collect();
    let action = language.pick("Actie", "Action");
    let title = format!("{action} {own}: {}", words.join("; "));
    html! {
        svg.stm-graph role="img" aria-label=(title) viewBox=(format!("0 0 {WIDTH} {}", rows * ROW)) {
            @for (place, relation) in places(&left).zip(&left) {
                (tie((COLUMNS[0] + BOX.0, place), (COLUMNS[1], middle), relation.direction()))
                (node(&format!("{action} {}", relation.action.number), (COLUMNS[0], place), false))
            }
            @for (place, relation) in places(&right).zip(&right) {
                (tie((COLUMNS[1] + BOX.0, middle), (COLUMNS[2], place), relation.direction()))
                (node(&format!("{action} {}", relation.action.number), (COLUMNS[2], place), false))
            }
            (node(&format!("{action} {own}"), (COLUMNS[1], middle), true))
        }
    }
}

/// The middles of the rows of a column.
fn places(column: &[&Relation]) -> impl Iterator<Item = i32> + use<> {
    let rows = i32::try_from(column.len()).unwrap_or(i32::MAX);
    (0..rows).map(|row| row * ROW + ROW / 2)
}

fn node(name: &str, (x, middle): (i32, i32), is_own: bool) -> Markup {
    html! {
        rect class=[is_own.then_some("stm-own")] x=(x) y=(middle - BOX.1 / 2) width=(BOX.0) height=(BOX.1) rx="4" {}
        text x=(x + BOX.0 / 2) y=(middle + 5) { (name) }
    }
}

/// A line between two boxes, with an arrow at its end where the one comes before the other.
fn tie((x, y): (i32, i32), (to_x, to_y): (i32, i32), direction: Direction) -> Markup {
    html! {
        line x1=(x) y1=(y) x2=(to_x) y2=(to_y) {}
        @if direction != Direction::Beside {
            polygon points=(format!("{to_x},{to_y} {},{} {},{}", to_x - 10, to_y - 5, to_x - 10, to_y + 5)) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(kind: &str, side: &str, number: u16) -> Relation {
        let value = serde_json::json!({
            "kind": kind, "side": side, "text": null, "source": null,
            "action": { "number": number, "title": { "nl": "t", "en": "t" }, "statusLabel": null },
        });
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_comes_first_stands_left_and_the_arrow_leads_from_it() {
        let relations = [
            relation("STARTS_AFTER", "OUTGOING", 11),
            relation("STARTS_AFTER", "INCOMING", 15),
            relation("RELATED_TO", "OUTGOING", 14),
        ];
        let directions = relations.each_ref().map(Relation::direction);
        assert_eq!(
            directions,
            [Direction::Before, Direction::After, Direction::Beside]
        );
        let svg = graph(Language::Dutch, 13, &relations).into_string();
        for part in [
            "aria-label=\"Actie 13: begint na 11; gaat vooraf aan 15; hangt samen met 14\"",
            "viewBox=\"0 0 604 88\"",
            "<rect x=\"2\" y=\"6\"",
            "<text x=\"77\" y=\"27\">Actie 11</text>",
            "<rect class=\"stm-own\" x=\"227\" y=\"28\"",
            "<text x=\"527\" y=\"71\">Actie 14</text>",
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        // Of the three lines two have an arrow.
        assert_eq!(svg.matches("<line").count(), 3);
        assert_eq!(svg.matches("<polygon").count(), 2);
    }
}
