//! What several pages show in the same way.

use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Language, Page,
    address::PLAN,
    language::Text,
    picture::{class_of, has_pattern},
};

/// The document that says something, and where in it.
#[derive(Debug, Deserialize)]
pub(crate) struct Citation {
    citation: Option<String>,
    document: Option<Key>,
    #[serde(default)]
    lines: String,
}

#[derive(Debug, Deserialize)]
struct Key {
    key: String,
}

impl Citation {
    /// Where these lines stand on the page of their document; none where no document is named.
    fn address(&self, language: Language) -> Option<String> {
        let document = self.document.as_ref()?;
        Some(address_of_lines(language, &document.key, &self.lines))
    }
}

/// Where lines stand on the page of their document.
pub(crate) fn address_of_lines(language: Language, document: &str, lines: &str) -> String {
    let page = language.address(&format!("/bronnen/{document}"));
    format!("{page}#{}", anchor(lines))
}

/// The fragment of lines on the page of their document.
pub(crate) fn anchor(lines: &str) -> String {
    let parts = lines.replace(';', "_");
    let plain = parts.replace(
        |sign: char| !sign.is_ascii_alphanumeric() && sign != '_',
        "-",
    );
    format!("regel-{}", plain.to_ascii_lowercase())
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
    key: String,
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

    /// The same as a part of a page, with a link to the lines.
    pub(crate) fn line(&self, language: Language) -> Markup {
        let source = self.source.as_ref();
        let address = source.and_then(|source| {
            let document = source.document.as_ref()?;
            Some(address_of_lines(language, &document.key, &source.lines))
        });
        html! {
            p.stm-source {
                (self.words(language))
                @if let Some(address) = address {
                    " " a.utrecht-link href=(address) { (language.pick("Naar de regels van de bron", "To the lines of the source")) }
                }
            }
        }
    }
}

/// The source of something, where there is one, with a link to its lines.
pub(crate) fn source(language: Language, source: Option<&Citation>) -> Markup {
    let Some(source) = source else {
        return html! {};
    };
    let Some(citation) = &source.citation else {
        return html! {};
    };
    html! {
        p.stm-source {
            (language.pick("Bron: ", "Source: "))
            @match source.address(language) {
                Some(address) => a.utrecht-link href=(address) { (citation) },
                None => (citation),
            }
            "."
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

/// All codes of some kinds, with what people call them.
pub(crate) fn codes(language: Language, lists: &[CodeList]) -> impl Iterator<Item = (&str, &str)> {
    let codes = lists.iter().flat_map(|list| &list.values);
    codes.map(move |one| (one.code.as_str(), language.of(&one.label)))
}

/// The fragment of a thing with a key, as in `2024/2/1`.
pub(crate) fn fragment(key: &str) -> String {
    let plain = key.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
    format!("n-{plain}")
}

/// A table that scrolls by itself on a narrow screen: its caption, the heads of its columns, and its rows. The heads from
/// `numbers` on stand above numbers.
pub(crate) fn table(caption: &str, heads: &[&str], numbers: usize, rows: &Markup) -> Markup {
    html! {
        div.stm-scroll tabindex="0" role="region" aria-label=(caption) {
            table.utrecht-table {
                caption.utrecht-table__caption { (caption) }
                thead.utrecht-table__header { tr {
                    @for (index, head) in heads.iter().enumerate() {
                        th.utrecht-table__header-cell.stm-number[index >= numbers] scope="col" { (head) }
                    }
                } }
                tbody.utrecht-table__body { (rows) }
            }
        }
    }
}

/// The square of a status, as in every picture.
pub(crate) fn mark(status: &str) -> Markup {
    let class = class_of(status);
    html! {
        svg.stm-mark aria-hidden="true" focusable="false" viewBox="0 0 16 16" {
            rect class=(format!("stm-fill-{class}")) width="16" height="16" {}
            @if has_pattern(class) { rect fill=(format!("url(#lines-{class})")) width="16" height="16" {} }
        }
    }
}

/// A heading of a part of a page.
pub(crate) fn heading(text: &str) -> Markup {
    html! { h2.utrecht-heading-2 { (text) } }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_source_leads_to_its_lines() {
        let citation = json!({
            "citation": "Overzicht, regel 411-412;414", "document": { "key": "monitoring-2025" }, "lines": "411-412;414",
        });
        let citation: Citation = serde_json::from_value(citation).unwrap();
        assert_eq!(
            source(Language::English, Some(&citation)).into_string(),
            "<p class=\"stm-source\">Source: <a class=\"utrecht-link\" href=\"/en/bronnen/monitoring-2025#regel-411-412_414\">\
             Overzicht, regel 411-412;414</a>.</p>"
        );
        let nowhere = json!({ "citation": "Opgave van VNG", "document": null, "lines": "" });
        let nowhere: Citation = serde_json::from_value(nowhere).unwrap();
        assert_eq!(
            source(Language::Dutch, Some(&nowhere)).into_string(),
            "<p class=\"stm-source\">Bron: Opgave van VNG.</p>"
        );
        assert_eq!(source(Language::Dutch, None).into_string(), "");
    }
}
