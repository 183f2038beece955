//! An answer as it stands: one of the municipality itself, or that of its region.

use maud::{Markup, html};

use super::shape::{Drafted, Regional};
use crate::{evidence, view};

/// Whence an answer is, and when it was saved last.
pub(super) fn status(drafted: &Drafted) -> Markup {
    let by = match drafted.changed_by_role.as_str() {
        "REGION" => "de regio",
        _ => "de gemeente",
    };
    html! {
        @if drafted.is_to_confirm {
            p.utrecht-paragraph {
                strong { "Overgenomen" }
                @if let Some(from) = &drafted.carried_from { " uit " (from.key) }
                ": telt pas als u het opslaat."
            }
        } @else {
            p.stm-source { "Opgeslagen door " (by) " op " (view::day(&drafted.changed_at)) "." }
        }
    }
}

/// What the region answers, and since when.
pub(super) fn of_region(one: &Regional) -> Markup {
    let area = one
        .area
        .as_ref()
        .map_or("de regio", |area| area.name.as_str());
    html! {
        p.utrecht-paragraph { "Antwoord van " (area) ": " strong { (view::answer(&one.answer)) } "." }
        @if let Some(explanation) = &one.explanation { p.utrecht-paragraph { (explanation) } }
        p.stm-source {
            "Ingediend op " (view::day(&one.submitted_at)) "; geldt vanaf " (view::day(&one.from))
            @if let Some(until) = &one.until { " tot " (view::day(until)) }
            "."
        }
    }
}

/// An answer as it stands.
pub(super) fn shown(drafted: &Drafted) -> Markup {
    html! {
        dl {
            dt { "Antwoord" } dd { (view::answer(&drafted.answer)) }
            @if let Some(explanation) = &drafted.explanation { dt { "Toelichting" } dd { (explanation) } }
            @for piece in &drafted.evidence {
                dt { "Bewijs" }
                dd {
                    @if let Some(title) = &piece.title { (title) ", " }
                    (evidence::label(&piece.kind).to_lowercase())
                    @if let Some(reference) = &piece.reference { ", " (reference) }
                    ", " (view::day(&piece.effective_on))
                    @if piece.is_stale { " (verouderd)" }
                    @if let Some(address) = &piece.address {
                        " " a.utrecht-link href=(address) rel="noopener noreferrer" { (address) }
                    }
                }
            }
        }
        (status(drafted))
    }
}
