//! The page of the effects that the plan intends: what the sources name to count each by, and the national figures that
//! they print. No effect is computed, and none is counted as progress.

use std::collections::BTreeMap;

use domain::plan::CURRENT_PLAN;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, CodeList, fragment, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/effects.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    intended_effects: Option<Vec<Effect>>,
    national_figures: Option<Figures>,
}

#[derive(Debug, Deserialize)]
struct Effect {
    key: String,
    text: String,
    translation: String,
    line: Option<Line>,
    indicators: Vec<Indicator>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Indicator {
    text: Text,
    counted_by: Vec<Partner>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Partner {
    key: String,
    name: Text,
}

#[derive(Debug, Deserialize)]
struct Figures {
    figures: Vec<Figure>,
}

#[derive(Debug, Deserialize)]
struct Figure {
    key: String,
    statement: String,
    source: Option<Citation>,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let language = page.language;
    let effects = answer.intended_effects.unwrap_or_default();
    let figures = answer
        .national_figures
        .map_or_else(Vec::new, |found| found.figures);
    let unknown = shared::label(language, &answer.code_lists, Some("NOT_COMPUTABLE"));
    let unknown = unknown.unwrap_or(language.pick("Niet te berekenen", "Not computable"));
    let title = language.pick("Beoogde effecten", "Intended effects");
    let description = language.pick(
        "Wat het plan uiteindelijk teweeg wil brengen. Een effect is geen doel en telt niet mee als voortgang.",
        "What the plan wants to bring about in the end. An effect is no goal and is not counted as progress.",
    );
    let mut by_line: BTreeMap<u16, (&Text, Vec<&Effect>)> = BTreeMap::new();
    for effect in &effects {
        if let Some(line) = &effect.line {
            let place = by_line
                .entry(line.number)
                .or_insert((&line.title, Vec::new()));
            place.1.push(effect);
        }
    }
    let content = html! {
        p.stm-lead { (description) }
        p.utrecht-paragraph {
            (language.pick(
                "Van geen enkel effect zijn hier een nulmeting en een latere meting bekend. Of een effect is bereikt, is daarom niet te berekenen, ook niet uit de stand van de acties.",
                "No baseline with a later measurement is known here of any effect. So whether an effect was reached cannot be computed, not even from the status of the actions.",
            ))
        }
        @for (number, (title, effects)) in &by_line {
            h2.utrecht-heading-2 {
                a.utrecht-link href=(page.to(&format!("/plannen/{CURRENT_PLAN}/lijnen/{number}"))) { (number) ". " (language.of(title)) }
            }
            ul.utrecht-unordered-list {
                @for effect in effects { (shown(page, effect, unknown)) }
            }
        }
        (national(language, &figures))
    };
    Ok(Body {
        title: title.to_owned(),
        description: description.to_owned(),
        content,
    })
}

fn shown(page: &Page, effect: &Effect, unknown: &str) -> Markup {
    let language = page.language;
    html! {
        li.utrecht-unordered-list__item id=(fragment(&effect.key)) {
            (language.pick(&effect.text, &effect.translation)) " " strong { (unknown) } "."
            @if effect.indicators.is_empty() {
                p.stm-source { (language.pick("De bronnen noemen niets waaraan dit effect is af te meten.", "The sources name nothing to measure this effect by.")) }
            }
            @for indicator in &effect.indicators {
                p.utrecht-paragraph {
                    (language.pick("Af te meten aan: ", "Measured by: ")) (language.of(&indicator.text))
                    @if !indicator.counted_by.is_empty() {
                        (language.pick("; geteld door ", "; counted by "))
                        @for (index, partner) in indicator.counted_by.iter().enumerate() {
                            @if index > 0 { ", " }
                            a.utrecht-link href=(page.to(&format!("/partners/{}", partner.key))) { (language.of(&partner.name)) }
                        }
                    }
                    "."
                }
                @if indicator.source != effect.source { (shared::source(language, indicator.source.as_ref())) }
            }
            (shared::source(language, effect.source.as_ref()))
        }
    }
}

fn national(language: Language, figures: &[Figure]) -> Markup {
    html! {
        @if !figures.is_empty() {
            (heading(language.pick("Landelijke cijfers die de bronnen noemen", "National figures that the sources name")))
            p.utrecht-paragraph {
                (language.pick(
                    "Zij gaan over mensenhandel, niet over de uitvoering van het plan; een stijging van meldingen kan een goed teken zijn.",
                    "They are about human trafficking and not about carrying out the plan; a rise of reports can be a good sign.",
                ))
            }
            ul.utrecht-unordered-list {
                @for figure in figures {
                    li.utrecht-unordered-list__item id=(fragment(&figure.key)) {
                        (figure.statement)
                        (shared::source(language, figure.source.as_ref()))
                    }
                }
            }
        }
    }
}
