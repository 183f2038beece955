//! The content of a publication as it was frozen, made of its lines and of nothing else: an overview as the annex, what is of
//! another kind as tables.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use super::{Action, Annex, Counts, Line, STATUSES, tables};
use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, CodeList},
};

pub(crate) const DOCUMENT: &str = include_str!("../../documents/annex_frozen.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    code_lists: Vec<CodeList>,
    publication: Option<Publication>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publication {
    key: String,
    kind: String,
    reference_date: String,
    colophon: Option<Colophon>,
    manifest: Manifest,
    notes: Vec<Note>,
    lines: Vec<FrozenLine>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Colophon {
    title: Text,
    publisher: Option<String>,
    published_on: Option<String>,
    licence: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    ledger: u64,
    ledger_hash: String,
}

#[derive(Debug, Deserialize)]
struct Note {
    text: Text,
}

/// A line of the publication, as it stands in its files.
#[derive(Debug, Deserialize)]
pub(super) struct FrozenLine {
    part: String,
    key: String,
    name: String,
    withheld: Option<String>,
    values: Vec<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    column: String,
    text: String,
}

impl FrozenLine {
    pub(super) fn part(&self) -> &str {
        &self.part
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn is_withheld(&self) -> bool {
        self.withheld.is_some()
    }

    /// What a column says in words; a label by the column of its language.
    pub(super) fn words(&self, language: Language, column: &str) -> String {
        let translated = format!("{column}_{}", language.tag());
        let cell = self.cell(column).or_else(|| self.cell(&translated));
        let cell = cell.unwrap_or_default();
        if column == "since" {
            language.day(cell)
        } else {
            cell.to_owned()
        }
    }

    pub(super) fn cell(&self, column: &str) -> Option<&str> {
        let mut cells = self.values.iter();
        let found = cells.find(|cell| cell.column == column)?;
        Some(found.text.as_str())
    }

    fn number(&self, column: &str) -> Option<u64> {
        self.cell(column)?.parse().ok()
    }

    /// Its title in a language: in Dutch as printed, in English as translated.
    fn title(&self, language: Language) -> String {
        let translated = self.cell("title_en").filter(|text| !text.is_empty());
        let dutch = self.cell("title_nl").unwrap_or(&self.name);
        let english = translated.unwrap_or(dutch);
        language.pick(dutch, english).to_owned()
    }

    fn counts(&self) -> Option<Counts> {
        let count = |status: &str| {
            let column = status.to_ascii_lowercase();
            self.number(&column).unwrap_or_default()
        };
        Some(Counts {
            actions: self.number("actions")?,
            statuses: STATUSES.map(count),
        })
    }

    fn action(&self, language: Language) -> Option<Action> {
        let text = |column: &str| {
            let text = self.cell(column).filter(|text| !text.is_empty());
            text.map(str::to_owned)
        };
        let years = self.cell("years").unwrap_or_default().split(';');
        Some(Action {
            number: self.key.rsplit('/').next()?.parse().ok()?,
            title: self.title(language),
            is_reported: self.cell("monitoring") == Some("REPORTED"),
            status: text("status"),
            explanation: text("explanation"),
            period: text("period"),
            years: years.filter_map(|year| year.trim().parse().ok()).collect(),
        })
    }
}

impl Publication {
    fn part<'a>(&'a self, part: &'a str) -> impl Iterator<Item = &'a FrozenLine> {
        self.lines.iter().filter(move |line| line.part == part)
    }

    fn annex(&self, language: Language, lists: &[CodeList]) -> Annex {
        let of_line = |part: &'static str, number: u64| {
            let lines = self.part(part);
            lines.filter(move |line| line.number("line") == Some(number))
        };
        let titles = |part, number| -> Vec<String> {
            of_line(part, number)
                .map(|line| line.title(language))
                .collect()
        };
        let lines = self.part("ACTION_LINE").filter_map(|line| {
            let number = line.number("line")?;
            let actions = of_line("ACTION", number);
            Some(Line {
                number,
                title: line.title(language),
                counts: line.counts(),
                goals: titles("GOAL", number),
                effects: titles("EFFECT", number),
                actions: actions
                    .filter_map(|action| action.action(language))
                    .collect(),
            })
        });
        let label = |status: &str| {
            let label = shared::label(language, lists, Some(status));
            label.unwrap_or(status).to_owned()
        };
        let total = self.part("TOTAL").next();
        Annex {
            plan: total.map_or_else(String::new, |line| line.key.clone()),
            labels: STATUSES.map(label),
            total: total.and_then(FrozenLine::counts),
            lines: lines.collect(),
        }
    }

    fn colophon(&self, page: &Page) -> Markup {
        let language = page.language;
        html! {
            p.stm-source {
                (language.pick("Publicatie ", "Publication "))
                a.utrecht-link href=(page.to(&format!("/publicaties/{}", self.key))) { (self.key) }
                @if let Some(colophon) = &self.colophon {
                    @if let Some(publisher) = &colophon.publisher { ", " (publisher) }
                    @if let Some(day) = &colophon.published_on { (language.pick(", gepubliceerd op ", ", published on ")) (language.day(day)) }
                    (language.pick("; licentie ", "; licence ")) (colophon.licence)
                }
                (language.pick("; stand van het grootboek ", "; state of the ledger ")) (self.manifest.ledger) ", "
                code { (self.manifest.ledger_hash) } "."
            }
        }
    }
}

pub(crate) fn frozen(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let publication = answer.publication.as_ref().ok_or(Unmade::NotThere)?;
    let language = page.language;
    let colophon = publication.colophon.as_ref();
    let title = colophon.map_or(publication.key.as_str(), |colophon| {
        language.of(&colophon.title)
    });
    let content = html! {
        p.stm-lead {
            (language.pick("Zoals gepubliceerd. Peildatum: ", "As published. Reference date: "))
            (language.day(&publication.reference_date)) "."
        }
        @for note in &publication.notes { p.utrecht-paragraph { (language.of(&note.text)) } }
        @if publication.lines.is_empty() {
            p.utrecht-paragraph { (language.pick("De inhoud van deze publicatie is niet openbaar.", "The content of this publication is not public.")) }
        } @else if publication.kind == "MONITORING_OVERVIEW" {
            (publication.annex(language, &answer.code_lists).lay_out(page))
        } @else if publication.kind == "BUDGET" {
            (tables::budget(language, &publication.lines))
        } @else {
            (tables::picture(language, &publication.lines))
        }
        (publication.colophon(page))
    };
    Ok(Body {
        title: title.to_owned(),
        description: title.to_owned(),
        content,
    })
}
