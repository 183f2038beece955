//! The pages of publications: all of them, and one as it was frozen, with its colophon, its notes, its verdicts and its
//! files.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, CodeList, heading},
};

pub(crate) const LIST: &str = include_str!("../documents/publications.graphql");
pub(crate) const DOCUMENT: &str = include_str!("../documents/publication.graphql");

#[derive(Debug, Deserialize)]
struct Listed {
    publications: Option<Publications>,
}

#[derive(Debug, Deserialize)]
struct Publications {
    nodes: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    key: String,
    kind_label: String,
    state_label: String,
    reference_date: String,
    colophon: Option<Title>,
}

#[derive(Debug, Deserialize)]
struct Title {
    title: Text,
}

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
    kind_label: String,
    state_label: String,
    reference_date: String,
    released_at: Option<String>,
    withdrawal_reason: Option<String>,
    incomplete_because: Option<String>,
    notes: Vec<Note>,
    colophon: Option<Colophon>,
    manifest: Manifest,
    verdicts: Vec<Verdict>,
}

#[derive(Debug, Deserialize)]
struct Note {
    text: Text,
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
    files: Vec<File>,
}

#[derive(Debug, Deserialize)]
struct File {
    format: String,
    path: String,
    bytes: u64,
    sha256: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Verdict {
    municipality: Option<Municipality>,
    status: String,
    since: Option<String>,
    response: Option<String>,
    submission_label: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Municipality {
    code: String,
    name: String,
}

pub(crate) fn list(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Listed = serde_json::from_value(data)?;
    let language = page.language;
    let publications = answer
        .publications
        .map_or_else(Vec::new, |found| found.nodes);
    let title = language.pick("Publicaties", "Publications");
    let content = html! {
        @if publications.is_empty() {
            p.utrecht-paragraph { (language.pick("Er is nog niets gepubliceerd.", "Nothing was published yet.")) }
        }
        ul.utrecht-unordered-list {
            @for one in &publications {
                @let name = one.colophon.as_ref().map_or(one.key.as_str(), |colophon| language.of(&colophon.title));
                li.utrecht-unordered-list__item {
                    a.utrecht-link href=(page.to(&format!("/publicaties/{}", one.key))) { (name) }
                    ": " (one.kind_label) ", " (language.day(&one.reference_date)) " (" (one.state_label.to_lowercase()) ")"
                }
            }
        }
    };
    Ok(Body {
        title: title.to_owned(),
        description: title.to_owned(),
        content,
    })
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let publication = answer.publication.as_ref().ok_or(Unmade::NotThere)?;
    let language = page.language;
    let colophon = publication.colophon.as_ref();
    let title = colophon.map_or(publication.key.as_str(), |colophon| {
        language.of(&colophon.title)
    });
    let content = html! {
        p.stm-lead { (publication.kind_label) ", " (publication.state_label.to_lowercase()) }
        p.utrecht-paragraph { (language.pick("Peildatum: ", "Reference date: ")) (language.day(&publication.reference_date)) "." }
        @if let Some(reason) = &publication.withdrawal_reason {
            p.utrecht-paragraph { (language.pick("Ingetrokken, omdat: ", "Withdrawn because: ")) span lang="nl" { (reason) } }
        }
        @if let Some(reason) = &publication.incomplete_because {
            p.utrecht-paragraph { (language.pick("Uitgegeven voordat alles was gecontroleerd, omdat: ", "Published before all was reviewed because: ")) span lang="nl" { (reason) } }
        }
        @for note in &publication.notes { p.utrecht-paragraph { (language.of(&note.text)) } }
        (verdicts(page, publication, &answer.code_lists))
        (files(language, publication))
        (colophon_of(language, publication))
    };
    Ok(Body {
        title: title.to_owned(),
        description: format!("{}, {}", publication.kind_label, publication.state_label),
        content,
    })
}

fn verdicts(page: &Page, publication: &Publication, lists: &[CodeList]) -> Markup {
    let language = page.language;
    html! {
        @if !publication.verdicts.is_empty() {
            (heading(language.pick("Per gemeente", "By municipality")))
            div.stm-scroll tabindex="0" role="region" aria-label=(language.pick("Tabel: per gemeente", "Table: by municipality")) {
                table.utrecht-table {
                    caption.utrecht-table__caption { (language.pick("Oordeel per gemeente", "Verdict by municipality")) }
                    thead.utrecht-table__header { tr {
                        th.utrecht-table__header-cell scope="col" { (language.pick("Gemeente", "Municipality")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Oordeel", "Verdict")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Sinds", "Since")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Ingediend", "Submitted")) }
                        th.utrecht-table__header-cell scope="col" { (language.pick("Reactie", "Response")) }
                    } }
                    tbody.utrecht-table__body {
                        @for verdict in &publication.verdicts {
                            tr {
                                th.utrecht-table__cell scope="row" {
                                    @if let Some(municipality) = &verdict.municipality {
                                        a.utrecht-link href=(page.to(&format!("/gemeenten/{}", municipality.code))) { (municipality.name) }
                                    }
                                }
                                td.utrecht-table__cell { (shared::label(language, lists, Some(&verdict.status)).unwrap_or(&verdict.status)) }
                                td.utrecht-table__cell { (verdict.since.as_deref().map(|day| language.day(day)).unwrap_or_default()) }
                                td.utrecht-table__cell { (verdict.submission_label.as_deref().unwrap_or_default()) }
                                td.utrecht-table__cell lang="nl" { (verdict.response.as_deref().unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn files(language: Language, publication: &Publication) -> Markup {
    html! {
        @if !publication.manifest.files.is_empty() {
            (heading(language.pick("Bestanden", "Files")))
            ul.utrecht-unordered-list {
                @for file in &publication.manifest.files {
                    li.utrecht-unordered-list__item {
                        a.utrecht-link href=(file.path) { (publication.key) "." (file.format.to_lowercase()) }
                        ", " (file.bytes) (language.pick(" bytes, controlegetal ", " bytes, checksum ")) code { (file.sha256) }
                    }
                }
            }
        }
    }
}

fn colophon_of(language: Language, publication: &Publication) -> Markup {
    html! {
        (heading(language.pick("Colofon", "Colophon")))
        ul.utrecht-unordered-list {
            @if let Some(colophon) = &publication.colophon {
                @if let Some(publisher) = &colophon.publisher { li.utrecht-unordered-list__item { (language.pick("Uitgever: ", "Publisher: ")) (publisher) } }
                @if let Some(day) = &colophon.published_on { li.utrecht-unordered-list__item { (language.pick("Gepubliceerd op ", "Published on ")) (language.day(day)) } }
                li.utrecht-unordered-list__item { (language.pick("Licentie: ", "Licence: ")) (colophon.licence) }
            }
            @if publication.released_at.is_some() {
                li.utrecht-unordered-list__item {
                    (language.pick("Stand van het grootboek: ", "State of the ledger: ")) (publication.manifest.ledger) ", " code { (publication.manifest.ledger_hash) }
                }
            }
        }
    }
}
