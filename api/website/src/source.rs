//! The pages of the sources: all documents, and one with the lines that something was taken from, each under an address
//! of its own. What is quoted stands as the data have it; the document as a whole is not kept here.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    paging::PageInfo,
    shared::{anchor, capital, heading},
};

pub(crate) const LIST: &str = include_str!("../documents/sources.graphql");
pub(crate) const DOCUMENT: &str = include_str!("../documents/source.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    source_documents: Option<Documents>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Documents {
    page_info: PageInfo,
    nodes: Vec<Document>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    key: String,
    kind_label: String,
    title: Text,
    date_text: Text,
    reference: Option<String>,
    #[serde(default)]
    note: Option<Text>,
}

pub(crate) fn list(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Listed = serde_json::from_value(data)?;
    let language = page.language;
    let documents = answer.source_documents.ok_or(Unmade::NotThere)?;
    let title = language.pick("Bronnen", "Sources");
    let description = language.pick(
        "De documenten waarop deze monitor is gebaseerd, elk met de regels waaruit iets is overgenomen.",
        "The documents of which this monitor is made, each with the lines from which something was taken.",
    );
    let content = html! {
        p.stm-lead { (description) }
        ul.utrecht-unordered-list {
            @for document in &documents.nodes {
                li.utrecht-unordered-list__item {
                    a.utrecht-link href=(page.to(&format!("/bronnen/{}", document.key))) { (language.of(&document.title)) }
                    " (" (facts(language, document)) ")"
                }
            }
        }
        (page.paging(&documents.page_info))
    };
    Ok(Body {
        title: title.to_owned(),
        description: description.to_owned(),
        content,
    })
}

/// Kind, reference and date of a document, as it prints them.
fn facts(language: Language, document: &Document) -> String {
    let date = language.of(&document.date_text);
    let date = format!("{}{date}", language.pick("datum: ", "date: "));
    let parts = [
        Some(document.kind_label.as_str()),
        document.reference.as_deref(),
        Some(date.as_str()),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.join("; ")
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let found = data.get("sourceDocument").cloned();
    let document: Option<Document> = serde_json::from_value(found.unwrap_or_default())?;
    let document = document.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let mut reader = Reader {
        language,
        document: &document.key,
        places: BTreeMap::new(),
    };
    reader.read("", &data, Subject::default());
    let title = language.of(&document.title);
    let content = html! {
        p.stm-lead { (facts(language, &document)) "." }
        @if let Some(note) = &document.note { p.utrecht-paragraph { (language.of(note)) } }
        (heading(language.pick("Wat uit dit document is overgenomen", "What was taken from this document")))
        p.utrecht-paragraph {
            (language.pick(
                "Op volgorde van de regels. Elke regel heeft een eigen adres, waarnaar andere pagina’s verwijzen.",
                "In the order of the lines. Each has an address of its own, to which references on other pages lead.",
            ))
        }
        @if reader.places.is_empty() {
            p.utrecht-paragraph { (language.pick("Uit dit document worden hier geen regels aangehaald.", "No lines of this document are quoted here.")) }
        }
        ul.utrecht-unordered-list.stm-lines {
            @for ((_, fragment), place) in &reader.places {
                li.utrecht-unordered-list__item id=(fragment) {
                    a.utrecht-link href=(format!("#{fragment}")) { (name_of(language, place.lines)) }
                    @for quote in &place.quotes { (quoted(page, quote)) }
                }
            }
        }
    };
    Ok(Body {
        title: title.to_owned(),
        description: facts(language, &document),
        content,
    })
}

/// What people call a place in a document.
fn name_of(language: Language, lines: &str) -> String {
    let is_number = lines.starts_with(|sign: char| sign.is_ascii_digit());
    if is_number {
        format!("{}{lines}", language.pick("Regel ", "Line "))
    } else {
        lines.to_owned()
    }
}

fn quoted(page: &Page, quote: &Quote<'_>) -> Markup {
    let Subject { plan, line, action } = quote.subject;
    let address = match (action, line) {
        (Some(action), _) => Some(format!("/plannen/{plan}/acties/{action}")),
        (None, Some(line)) => Some(format!("/plannen/{plan}/lijnen/{line}")),
        (None, None) => None,
    };
    html! {
        p.utrecht-paragraph {
            @match address {
                Some(address) => a.utrecht-link href=(page.to(&address)) { (quote.label) },
                None => (quote.label),
            }
            ": " q lang=[quote.is_dutch.then_some("nl")] { (quote.words) }
        }
    }
}

/// What is told of: the plan version, and the line or the action in it.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Subject<'a> {
    plan: &'a str,
    line: Option<u64>,
    action: Option<u64>,
}

impl<'a> Subject<'a> {
    /// The subject of a member of this one.
    fn within(self, name: &str, members: &'a Map<String, Value>) -> Self {
        let number = || members.get("number").and_then(Value::as_u64);
        match name {
            "planVersions" => Self {
                plan: members
                    .get("key")
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
                ..self
            },
            "lines" => Self {
                line: number(),
                ..self
            },
            "actions" => Self {
                action: number(),
                ..self
            },
            _ => self,
        }
    }
}

/// Words that were taken from a document, and of what they are.
#[derive(Debug, PartialEq)]
struct Quote<'a> {
    label: String,
    words: String,
    is_dutch: bool,
    subject: Subject<'a>,
}

/// A place in a document, with what was taken from it.
#[derive(Debug)]
struct Place<'a> {
    lines: &'a str,
    quotes: Vec<Quote<'a>>,
}

/// What an answer takes from one document, by the first line of each place.
struct Reader<'a> {
    language: Language,
    document: &'a str,
    places: BTreeMap<(u32, String), Place<'a>>,
}

impl<'a> Reader<'a> {
    /// Everything in a part of the answer, under the name of its member.
    fn read(&mut self, name: &str, value: &'a Value, subject: Subject<'a>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.read(name, item, subject)),
            Value::Object(members) => {
                let subject = subject.within(name, members);
                self.take(name, members, subject);
                for (member, value) in members {
                    let name = if member == "nodes" {
                        name
                    } else {
                        member.as_str()
                    };
                    self.read(name, value, subject);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The words of one thing, when they are of the document.
    fn take(&mut self, name: &str, members: &'a Map<String, Value>, subject: Subject<'a>) {
        let source = members.get("source");
        let key = source.and_then(|source| source.get("document")?.get("key")?.as_str());
        if key != Some(self.document) {
            return;
        }
        let Some(lines) = source.and_then(|source| source.get("lines")?.as_str()) else {
            return;
        };
        let digits = lines.split(|sign: char| !sign.is_ascii_digit()).next();
        let first = digits.and_then(|digits| digits.parse().ok());
        let place = (first.unwrap_or(u32::MAX), anchor(lines));
        let place = self.places.entry(place).or_insert(Place {
            lines,
            quotes: Vec::new(),
        });
        let Some((words, is_dutch)) = words(self.language, members) else {
            return;
        };
        let quote = Quote {
            label: label(self.language, name, subject),
            words,
            is_dutch,
            subject,
        };
        if !place.quotes.contains(&quote) {
            place.quotes.push(quote);
        }
    }
}

/// The words of a thing, and whether they are Dutch whatever the page is.
fn words(language: Language, members: &Map<String, Value>) -> Option<(String, bool)> {
    const NAMES: [&str; 8] = [
        "explanation",
        "text",
        "narrative",
        "organisation",
        "printed",
        "reason",
        "title",
        "name",
    ];
    if let (Some(year), Some(title)) = (members.get("year"), members.get("title")) {
        let printed = members.get("printed").and_then(Value::as_str);
        let title = title.as_str().unwrap_or_default();
        return Some((format!("{title}, {year}: {}", printed.unwrap_or("–")), true));
    }
    let value = NAMES.into_iter().find_map(|name| {
        let value = members.get(name)?;
        Some(value).filter(|value| !value.is_null())
    });
    let Some(value) = value else {
        let policy = members.get("policy")?.get("title")?.as_str()?;
        return Some((policy.to_owned(), true));
    };
    if let Some(text) = value.as_str() {
        return Some((text.to_owned(), true));
    }
    let text = value.get(language.tag())?.as_str()?;
    Some((text.to_owned(), false))
}

/// Of what words are, by the member in which they stand.
fn label(language: Language, name: &str, subject: Subject<'_>) -> String {
    let (dutch, english) = match name {
        "titles" => ("titel", "title"),
        "statusHistory" => ("toelichting bij de stand", "explanation of the status"),
        "relations" => ("samenhang", "relation"),
        "milestones" => ("mijlpaal", "milestone"),
        "results" => ("resultaat", "result"),
        "obligations" => ("verplichting", "obligation"),
        "activities" => ("activiteit", "activity"),
        "references" | "citations" => ("verwijzing", "reference"),
        "partners" if subject.action.is_some() => ("rol van een partij", "role of a party"),
        "partners" => ("partij", "party"),
        "plannedReorganisations" => (
            "voorgenomen herindeling van gemeente",
            "planned reorganisation of municipality",
        ),
        "proposals" => ("voorstel", "proposal"),
        "events" => ("bijeenkomst", "meeting"),
        "blocks" => ("bouwsteen", "building block"),
        "reportingPoints" => ("meldpunt", "reporting point"),
        "motions" => ("motie of toezegging", "motion or commitment"),
        "chains" => ("genoemd in de keten", "named in the chain"),
        "differences" => ("verschil tussen bedragen", "difference of amounts"),
        "adoptionsWithoutMunicipality" => ("vaststelling van beleid", "adoption of policy"),
        "mentions" => ("genoemde partij", "party named"),
        "unnamedParties" => ("niet nader genoemde partij", "party left unnamed"),
        "goals" => ("doel", "goal"),
        "effects" => ("beoogd effect", "intended effect"),
        "indicators" => ("effectindicator", "effect indicator"),
        "cells" => ("begroting", "budget"),
        "funding" | "otherMoney" => ("middelen", "money"),
        "figures" => ("landelijk cijfer", "national figure"),
        "policies" => ("beleid", "policy"),
        "adoptions" => ("vaststelling van beleid", "adoption of policy"),
        "functions" => ("functie", "function"),
        "assignments" => ("invulling van een functie", "who fills a function"),
        "decisions" => ("zoals gedrukt", "as printed"),
        "monitoringRounds" => ("monitoringsronde", "monitoring round"),
        "framework" => ("kader", "framework"),
        "regions" => ("veiligheidsregio", "safety region"),
        "municipalities" => ("gemeente", "municipality"),
        _ => ("overgenomen", "taken over"),
    };
    let of = language.pick(dutch, english);
    match (subject.action, subject.line) {
        (Some(action), _) => format!("{} {action}, {of}", language.pick("Actie", "Action")),
        (None, Some(line)) => format!("{} {line}, {of}", language.pick("Actielijn", "Action line")),
        (None, None) => capital(of),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_words_of_the_document_are_quoted_by_line() {
        let of = |document: &str, lines: &str| json!({ "document": { "key": document }, "lines": lines });
        let data = json!({
            "planVersions": [{ "key": "2024", "lines": [{
                "number": 4, "title": { "nl": "Samenwerking", "en": "Cooperation" }, "source": of("letter", "9"),
                "goals": [{ "text": "Een doel.", "source": of("overview", "100") }],
                "actions": [{ "number": 32, "statusHistory": [
                    { "explanation": "Loopt.", "source": of("overview", "11;12") },
                    { "explanation": "Loopt.", "source": of("overview", "11;12") },
                ] }],
            }] }],
            "budget": { "cells": [
                { "title": "Onderzoek", "year": 2025, "printed": "0,4", "source": of("overview", "101") },
            ] },
            "partners": { "nodes": [{ "name": { "nl": "Politie", "en": "Police" }, "source": of("overview", "p. 3") }] },
        });
        let mut reader = Reader {
            language: Language::Dutch,
            document: "overview",
            places: BTreeMap::new(),
        };
        reader.read("", &data, Subject::default());
        let quotes: Vec<String> = reader
            .places
            .values()
            .flat_map(|place| {
                let quotes = place.quotes.iter();
                quotes.map(|quote| format!("{}: {}: {}", place.lines, quote.label, quote.words))
            })
            .collect();
        assert_eq!(
            quotes,
            [
                "11;12: Actie 32, toelichting bij de stand: Loopt.",
                "100: Actielijn 4, doel: Een doel.",
                "101: Begroting: Onderzoek, 2025: 0,4",
                "p. 3: Partij: Politie",
            ]
        );
    }
}
