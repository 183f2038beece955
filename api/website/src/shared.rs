//! What several pages show in the same way.

use domain::plan::CURRENT_PLAN;
use maud::{Markup, html};
use serde::Deserialize;

use crate::{
    Language, Page,
    language::Text,
    picture::{class_of, has_pattern},
};

/// The document that says something, and where in it.
#[derive(Debug, PartialEq, Deserialize)]
pub(crate) struct Citation {
    #[serde(default)]
    citation: Option<String>,
    document: Option<Key>,
    #[serde(default)]
    lines: String,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Key {
    key: String,
}

impl Citation {
    /// The key of the document; none where none is named.
    pub(crate) fn document(&self) -> Option<&str> {
        Some(self.document.as_ref()?.key.as_str())
    }

    /// Where these lines stand on the page of their document; none where no document is named.
    pub(crate) fn address(&self, language: Language) -> Option<String> {
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
    #[serde(default)]
    key: Option<String>,
    title: Text,
    #[serde(default)]
    age_in_months: Option<u16>,
    #[serde(default)]
    source: Option<Citation>,
}

impl Round {
    pub(crate) fn title(&self, language: Language) -> &str {
        language.of(&self.title)
    }

    /// Which round a figure is of, and how old it is.
    fn name(&self, language: Language) -> String {
        let age = self.age_in_months.map(|months| match (language, months) {
            (Language::Dutch, 0) => ", minder dan een maand oud".to_owned(),
            (Language::Dutch, 1) => ", 1 maand oud".to_owned(),
            (Language::Dutch, _) => format!(", {months} maanden oud"),
            (Language::English, 0) => ", less than a month old".to_owned(),
            (Language::English, 1) => ", 1 month old".to_owned(),
            (Language::English, _) => format!(", {months} months old"),
        });
        format!(
            "{}{}{}.",
            language.pick("Stand volgens: ", "Status according to: "),
            self.title(language),
            age.unwrap_or_default()
        )
    }

    /// The same with the lines of its document, as a sentence for a picture.
    pub(crate) fn words(&self, language: Language) -> String {
        let source = self.source.as_ref();
        let citation = source.and_then(|source| source.citation.as_deref());
        let name = self.name(language);
        citation.map_or_else(
            || name.clone(),
            |citation| format!("{name} {}{citation}.", language.pick("Bron: ", "Source: ")),
        )
    }

    /// The same as a part of a page, with a link to the lines.
    pub(crate) fn line(&self, language: Language) -> Markup {
        let words = format!(
            "{} {}",
            self.name(language),
            language.pick("Bron: ", "Source: ")
        );
        html! {
            @if self.source.as_ref().is_some_and(|source| source.citation.is_some()) {
                (source_of(language, &words, self.source.as_ref()))
            } @else {
                p.stm-source { (self.name(language)) }
            }
        }
    }
}

/// The source of something, where there is one, with a link to its lines.
pub(crate) fn source(language: Language, source: Option<&Citation>) -> Markup {
    source_of(language, language.pick("Bron: ", "Source: "), source)
}

/// The same with words before it: the source of what a page is about is not that of the part above it.
pub(crate) fn source_of(language: Language, words: &str, source: Option<&Citation>) -> Markup {
    let Some(source) = source else {
        return html! {};
    };
    let Some(citation) = &source.citation else {
        return html! {};
    };
    html! {
        p.stm-source {
            (words)
            @match source.address(language) {
                Some(address) => a.utrecht-link href=(address) { (citation) },
                None => (citation),
            }
            "."
        }
    }
}

/// The source of one of many things in a table, as a word that leads to its lines: whoever listens hears the whole reference.
pub(crate) fn source_in_table(language: Language, source: Option<&Citation>) -> Markup {
    let address = source.and_then(|source| source.address(language));
    let citation = source.and_then(|source| source.citation.as_deref());
    let word = language.pick("bron", "source");
    html! {
        @if let (Some(address), Some(citation)) = (address, citation) {
            " (" a.utrecht-link href=(address) title=(citation) aria-label=(format!("{word}: {citation}")) { (word) } ")"
        }
    }
}

/// What stands where a source prints no amount is told apart, for none of it is 0.
pub(crate) fn unprinted(language: Language) -> &'static str {
    language.pick(
        "Een streepje, een lege cel en “niet in de bron” staan er zoals de bron het heeft; zij betekenen niet 0 euro.",
        "A dash, a blank cell and “not in the source” stand as the source has them; they do not mean 0 euros.",
    )
}

/// The overviews of rounds that were published, the latest first.
#[derive(Debug, Deserialize)]
pub(crate) struct Overviews {
    nodes: Vec<Overview>,
}

#[derive(Debug, Deserialize)]
struct Overview {
    key: String,
    state: String,
}

impl Overviews {
    /// The key of the latest one of a round; none of one that was withdrawn.
    pub(crate) fn of(&self, round: Option<&Round>) -> Option<&str> {
        let of_round = format!("monitoring-{}-", round?.key.as_deref()?);
        let mut released = self.nodes.iter().filter(|one| one.state == "RELEASED");
        let found = released.find(|one| {
            let number = one.key.strip_prefix(&of_round);
            number.is_some_and(|number| number.parse::<u16>().is_ok())
        })?;
        Some(&found.key)
    }
}

/// Links to a picture as a file for pages of others, and to the table behind it. What is copied is the one that was frozen
/// with a publication, where there is one: it stays as it is.
pub(crate) fn picture_links(language: Language, file: &str, frozen: Option<&str>) -> Markup {
    let address = |ending: &str, publication: Option<&str>| {
        let parameters = [
            publication.map(|key| format!("publication={key}")),
            (language == Language::English).then(|| "language=en".to_owned()),
        ];
        let parameters: Vec<String> = parameters.into_iter().flatten().collect();
        let mark = if parameters.is_empty() { "" } else { "?" };
        format!("/v1/pictures/{file}.{ending}{mark}{}", parameters.join("&"))
    };
    html! {
        p.stm-source {
            @if frozen.is_some() {
                a.utrecht-link href=(address("svg", frozen)) { (language.pick("Deze afbeelding overnemen: zoals gepubliceerd, verandert nooit (SVG)", "Copy this picture: as published, never changes (SVG)")) }
                "; "
                a.utrecht-link href=(address("svg", None)) { (language.pick("altijd de laatste stand (SVG)", "always the latest (SVG)")) }
            } @else {
                a.utrecht-link href=(address("svg", None)) { (language.pick("Deze afbeelding als bestand, altijd de laatste stand (SVG)", "This picture as a file, always the latest (SVG)")) }
            }
            (language.pick(". De tabel erachter: ", ". The table behind it: "))
            a.utrecht-link href=(address("csv", frozen)) { "CSV" } ", "
            a.utrecht-link href=(address("xlsx", frozen)) { "Excel" } "."
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
    action_link(page, CURRENT_PLAN, number, title)
}

/// The line of something.
#[derive(Debug, Deserialize)]
pub(crate) struct LineNumber {
    number: u16,
}

/// How many of these lines are the one of a number.
pub(crate) fn of_line<'a>(lines: impl Iterator<Item = &'a LineNumber>, number: u16) -> u32 {
    let found = lines.filter(|line| line.number == number).count();
    u32::try_from(found).unwrap_or(u32::MAX)
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

/// Where a goal or an effect of a key is shown, in Dutch: on the page of all of the plan in force, or on that of its line of
/// an older plan.
pub(crate) fn address_of_part(page: &str, key: &str) -> String {
    let mut parts = key.split('/');
    match (parts.next(), parts.next()) {
        (Some(plan), Some(line)) if plan != CURRENT_PLAN => {
            format!("/plannen/{plan}/lijnen/{line}")
        }
        _ => format!("{page}#{}", fragment(key)),
    }
}

/// The fragment of a thing with a key, as in `2024/2/1`.
pub(crate) fn fragment(key: &str) -> String {
    let plain = key.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
    format!("n-{plain}")
}

/// A sentence that begins with a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next().map(|sign| sign.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), signs.as_str())
}

/// A table below a heading that names it; its caption is for whoever listens.
pub(crate) fn headed_table(caption: &str, heads: &[&str], numbers: usize, rows: &Markup) -> Markup {
    html! {
        (heading(caption))
        (captioned("stm-hidden", caption, heads, numbers, rows))
    }
}

/// A table that scrolls by itself on a narrow screen: its caption, the heads of its columns, and its rows. The heads from
/// `numbers` on stand above numbers.
pub(crate) fn table(caption: &str, heads: &[&str], numbers: usize, rows: &Markup) -> Markup {
    captioned("utrecht-table__caption", caption, heads, numbers, rows)
}

fn captioned(class: &str, caption: &str, heads: &[&str], numbers: usize, rows: &Markup) -> Markup {
    html! {
        div.stm-scroll tabindex="0" role="region" aria-label=(caption) {
            table.utrecht-table {
                caption class=(class) { (caption) }
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

    fn overviews() -> Overviews {
        let nodes = json!({ "nodes": [
            { "key": "monitoring-2025-1-3", "state": "WITHDRAWN" },
            { "key": "monitoring-2025-1-2", "state": "RELEASED" },
            { "key": "monitoring-2025-1-1", "state": "RELEASED" },
            { "key": "monitoring-2025-12-1", "state": "RELEASED" },
        ] });
        serde_json::from_value(nodes).unwrap()
    }

    #[test]
    fn what_is_copied_is_the_latest_overview_of_the_round() {
        let of = |key: &str| {
            let round = json!({ "key": key, "title": { "nl": "Ronde", "en": "Round" } });
            let round: Round = serde_json::from_value(round).unwrap();
            overviews().of(Some(&round)).map(str::to_owned)
        };
        assert_eq!(of("2025-1").as_deref(), Some("monitoring-2025-1-2"));
        assert_eq!(of("2025-12").as_deref(), Some("monitoring-2025-12-1"));
        assert_eq!(of("2025"), None);
        assert_eq!(of("2026-1"), None);
        assert_eq!(overviews().of(None), None);
    }

    #[test]
    fn links_to_a_picture_name_the_publication() {
        let links =
            picture_links(Language::English, "map", Some("compliance-2026-2-1")).into_string();
        for address in [
            "/v1/pictures/map.svg?publication=compliance-2026-2-1&amp;language=en",
            "/v1/pictures/map.svg?language=en",
            "/v1/pictures/map.xlsx?publication=compliance-2026-2-1&amp;language=en",
        ] {
            assert!(links.contains(&format!("href=\"{address}\"")), "{links}");
        }
        let links = picture_links(Language::Dutch, "dashboard", None).into_string();
        assert!(
            links.contains("href=\"/v1/pictures/dashboard.svg\""),
            "{links}"
        );
        assert!(!links.contains("overnemen"), "{links}");
    }
}
