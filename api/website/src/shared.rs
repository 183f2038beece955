//! What several pages show in the same way.

use maud::{Markup, html};
use serde::Deserialize;

use crate::{Language, Page, address::PLAN, language::Text};

/// The document that says something.
#[derive(Debug, Deserialize)]
pub(crate) struct Citation {
    citation: String,
}

/// A monitoring round, as far as a page names it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Round {
    title: Text,
    #[serde(default)]
    age_in_months: Option<u16>,
    #[serde(default)]
    source: Option<RoundSource>,
}

#[derive(Debug, Deserialize)]
struct RoundSource {
    document: Option<Document>,
    lines: String,
}

#[derive(Debug, Deserialize)]
struct Document {
    title: Text,
}

impl Round {
    pub(crate) fn title(&self, language: Language) -> &str {
        language.of(&self.title)
    }

    /// Which round a figure is of, how old it is, and according to which document.
    pub(crate) fn words(&self, language: Language) -> String {
        let age = self.age_in_months.map(|months| match language {
            Language::Dutch => format!(", {months} maanden oud"),
            Language::English => format!(", {months} months old"),
        });
        let source = self.source.as_ref().and_then(|source| {
            let document = language.of(&source.document.as_ref()?.title);
            let lines = &source.lines;
            Some(match language {
                Language::Dutch => format!(". Bron: {document}, regel {lines}"),
                Language::English => format!(". Source: {document}, line {lines}"),
            })
        });
        format!(
            "{}{}{}{}.",
            language.pick("Stand volgens: ", "Status according to: "),
            self.title(language),
            age.unwrap_or_default(),
            source.unwrap_or_default()
        )
    }

    /// The same as a part of a page.
    pub(crate) fn line(&self, language: Language) -> Markup {
        html! { p.stm-source { (self.words(language)) } }
    }
}

/// The source of something, where there is one.
pub(crate) fn source(language: Language, source: Option<&Citation>) -> Markup {
    html! {
        @if let Some(source) = source {
            p.stm-source { (language.pick("Bron: ", "Source: ")) (source.citation) "." }
        }
    }
}

/// A link to a picture as a file for pages of others.
pub(crate) fn picture_link(language: Language, file: &str) -> Markup {
    let address = match language {
        Language::Dutch => format!("/v1/pictures/{file}"),
        Language::English => format!("/v1/pictures/{file}?language=en"),
    };
    html! {
        p.stm-source {
            a.utrecht-link href=(address) { (language.pick("Deze afbeelding als bestand (SVG)", "This picture as a file (SVG)")) }
        }
    }
}

/// A link to an action of a plan, with its number and title.
pub(crate) fn action_link(page: &Page, plan: &str, number: u16, title: &Text) -> Markup {
    let address = page.to(&format!("/plannen/{plan}/acties/{number}"));
    html! {
        a.utrecht-link href=(address) { (number) ". " (page.language.of(title)) }
    }
}

/// The same for the plan that is in force.
pub(crate) fn action_of_plan(page: &Page, number: u16, title: &Text) -> Markup {
    action_link(page, PLAN, number, title)
}

/// The codes of one kind, with what people call them.
#[derive(Debug, Deserialize)]
pub(crate) struct CodeList {
    values: Vec<Code>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
    label: Text,
}

/// What people call a code; none of no code.
pub(crate) fn label<'a>(
    language: Language,
    lists: &'a [CodeList],
    code: Option<&str>,
) -> Option<&'a str> {
    let mut codes = lists.iter().flat_map(|list| &list.values);
    let found = codes.find(|one| Some(one.code.as_str()) == code)?;
    Some(language.of(&found.label))
}

/// A heading of a part of a page.
pub(crate) fn heading(text: &str) -> Markup {
    html! { h2.utrecht-heading-2 { (text) } }
}
