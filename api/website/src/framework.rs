//! The page of the framework of VNG: its criteria by theme, whether VNG has endorsed them, and what each rests on.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, CodeList},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/framework.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    framework: Option<Framework>,
}

#[derive(Debug, Deserialize)]
struct Framework {
    code: String,
    title: Text,
    state: String,
    themes: Vec<Theme>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Theme {
    title: Text,
    criteria: Vec<Criterion>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Criterion {
    code: String,
    title: Text,
    text: Text,
    level: String,
    required: bool,
    answered_by: String,
    basis_note: Option<Text>,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let framework = answer.framework.as_ref().ok_or(Unmade::NotThere)?;
    let lists = &answer.code_lists;
    let language = page.language;
    let title = language.of(&framework.title);
    let state = shared::label(language, lists, Some(&framework.state)).unwrap_or(&framework.state);
    let content = html! {
        p.stm-lead { (framework.code) ": " (state) "." }
        @if framework.state == "PROPOSED" {
            p.utrecht-paragraph {
                (language.pick(
                    "VNG heeft deze criteria nog niet vastgesteld. Een oordeel op grond daarvan is voorlopig en wordt niet met naam gepubliceerd.",
                    "VNG has not endorsed these criteria yet. A verdict by them is provisional and is not published by name.",
                ))
            }
        }
        @for theme in &framework.themes {
            h2.utrecht-heading-2 { (language.of(&theme.title)) }
            (criteria(language, lists, &theme.criteria))
        }
        (shared::source(language, framework.source.as_ref()))
    };
    Ok(Body {
        title: title.to_owned(),
        description: language
            .pick(
                "De criteria van het kader voor gemeenten, per thema.",
                "The criteria of the framework for municipalities, by theme.",
            )
            .to_owned(),
        content,
    })
}

fn criteria(language: Language, lists: &[CodeList], criteria: &[Criterion]) -> Markup {
    let label = |code: &str| shared::label(language, lists, Some(code)).map(str::to_lowercase);
    html! {
        dl {
            @for one in criteria {
                dt id=(one.code) { strong { (one.code) " " (language.of(&one.title)) } }
                dd {
                    p.utrecht-paragraph { (language.of(&one.text)) }
                    p.stm-source {
                        (if one.required { language.pick("Verplicht", "Required") } else { language.pick("Niet verplicht", "Not required") })
                        @if let Some(level) = label(&one.level) { (language.pick("; niveau: ", "; level: ")) (level) }
                        @if one.answered_by == "COMPUTED" {
                            (language.pick("; volgt uit wat van het beleid is vastgelegd", "; follows from what was recorded of the policy"))
                        } @else if let Some(by) = label(&one.answered_by) {
                            (language.pick("; beantwoord door: ", "; answered by: ")) (by)
                        }
                        "."
                        @if let Some(note) = &one.basis_note { " " (language.of(note)) }
                    }
                }
            }
        }
    }
}
