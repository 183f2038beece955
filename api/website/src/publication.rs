//! The pages of publications: all of them, and one as it was frozen, with its colophon, its notes, its verdicts, what
//! differs from the one before, and its files.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    budget::grouped,
    frame::Body,
    frozen,
    language::Text,
    paging::PageInfo,
    shared::{self, CodeList, heading},
};

pub(crate) const LIST: &str = include_str!("../documents/publications.graphql");
pub(crate) const DOCUMENT: &str = include_str!("../documents/publication.graphql");

#[derive(Debug, Deserialize)]
struct Listed {
    publications: Option<Publications>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publications {
    page_info: PageInfo,
    nodes: Vec<Line>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    key: String,
    state: String,
    state_label: String,
    reference_date: String,
    released_at: Option<String>,
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
#[serde(rename_all = "camelCase")]
struct Note {
    noted_on: String,
    text: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Colophon {
    title: Text,
    publisher: Option<String>,
    published_on: Option<String>,
    licence: String,
    permalink: Option<String>,
    replaces: Option<Replaced>,
}

/// The publication that it takes the place of.
#[derive(Debug, Deserialize)]
struct Replaced {
    key: String,
    colophon: Option<Title>,
    /// None where the content of one of the two may not be seen.
    difference: Option<Vec<Change>>,
}

/// A cell that differs: seen from the earlier publication, `before` is what the later one says.
#[derive(Debug, Deserialize)]
struct Change {
    name: String,
    column: String,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    ledger: u64,
    ledger_hash: String,
    rule_set: Option<String>,
    label: Option<Text>,
    files: Vec<File>,
}

#[derive(Debug, Deserialize)]
struct File {
    format: String,
    path: String,
    bytes: i64,
    sha256: String,
}

impl File {
    /// Its name, without where it stands.
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// What it is for.
    fn words(&self, language: Language) -> &'static str {
        match self.format.as_str() {
            "CSV" => language.pick("tabel", "table"),
            "JSON" => language.pick("alles, voor programma’s", "all of it, for programs"),
            _ => language.pick(
                "metagegevens voor het archief (MDTO)",
                "metadata for the archive (MDTO)",
            ),
        }
    }
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
    let publications = answer.publications.ok_or(Unmade::NotThere)?;
    let title = language.pick("Publicaties", "Publications");
    let content = html! {
        @if publications.nodes.is_empty() {
            p.utrecht-paragraph { (language.pick("Er is nog niets gepubliceerd.", "Nothing was published yet.")) }
        }
        ul.utrecht-unordered-list {
            @for one in &publications.nodes {
                @let name = one.colophon.as_ref().map_or(one.key.as_str(), |colophon| language.of(&colophon.title));
                li.utrecht-unordered-list__item {
                    a.utrecht-link href=(page.to(&format!("/publicaties/{}", one.key))) { (name) }
                    @if one.state != "RELEASED" { " (" (one.state_label.to_lowercase()) ")" }
                    p.stm-source {
                        (language.pick("Peildatum: ", "Reference date: ")) (language.day(&one.reference_date)) "."
                        @if let Some(day) = &one.released_at { (language.pick(" Gepubliceerd op ", " Published on ")) (language.day(day)) "." }
                    }
                }
            }
        }
        (page.paging(&publications.page_info))
    };
    Ok(Body {
        title: title.to_owned(),
        description: title.to_owned(),
        content,
    })
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data.clone())?;
    let publication = answer.publication.as_ref().ok_or(Unmade::NotThere)?;
    let picture = frozen::on_page(page, data)?;
    let language = page.language;
    let colophon = publication.colophon.as_ref();
    let title = colophon.map_or(publication.key.as_str(), |colophon| {
        language.of(&colophon.title)
    });
    let content = html! {
        p.stm-lead {
            (publication.kind_label) ", " (publication.state_label.to_lowercase()) ". "
            (language.pick("Peildatum: ", "Reference date: ")) (language.day(&publication.reference_date)) "."
        }
        @if let Some(reason) = &publication.withdrawal_reason {
            p.utrecht-paragraph { (language.pick("Ingetrokken, omdat: ", "Withdrawn because: ")) span lang="nl" { (reason) } }
        }
        @if let Some(reason) = &publication.incomplete_because {
            p.utrecht-paragraph { (language.pick("Uitgegeven voordat alles was gecontroleerd, omdat: ", "Published before all was reviewed because: ")) span lang="nl" { (reason) } }
        }
        @if publication.released_at.is_some() {
            p.utrecht-paragraph {
                (language.pick("Deze publicatie is bevroren: wat hier staat, verandert niet meer. ", "This publication is frozen: what is here does not change any more. "))
                a.utrecht-link href=(page.to(&format!("/publicaties/{}/overzicht", publication.key))) { (language.pick("De hele inhoud, om te lezen of af te drukken", "The whole content, to read or to print")) } "."
            }
        }
        @if let Some(label) = &publication.manifest.label { p.utrecht-paragraph { strong { (language.of(label)) } } }
        @for note in &publication.notes {
            p.utrecht-paragraph { (language.pick("Kanttekening van ", "Note of ")) (language.day(&note.noted_on)) ": " (language.of(&note.text)) }
        }
        (picture)
        (verdicts(page, publication, &answer.code_lists))
        (difference(page, publication))
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

/// What differs from the publication before.
fn difference(page: &Page, publication: &Publication) -> Markup {
    let language = page.language;
    let replaced = publication
        .colophon
        .as_ref()
        .and_then(|colophon| colophon.replaces.as_ref());
    let Some(replaced) = replaced else {
        return html! {};
    };
    let name = replaced
        .colophon
        .as_ref()
        .map_or(replaced.key.as_str(), |colophon| {
            language.of(&colophon.title)
        });
    let heads = [
        language.pick("Regel", "Line"),
        language.pick("Kolom", "Column"),
        language.pick("Eerder", "Before"),
        language.pick("Nu", "Now"),
    ];
    let caption = language.pick(
        "Wat anders is dan in de vorige publicatie",
        "What differs from the publication before",
    );
    let changes = replaced.difference.as_deref();
    let rows = html! {
        @for change in changes.unwrap_or_default() {
            tr {
                th.utrecht-table__cell scope="row" { (change.name) }
                td.utrecht-table__cell { code { (change.column) } }
                td.utrecht-table__cell { (change.after.as_deref().unwrap_or("–")) }
                td.utrecht-table__cell { (change.before.as_deref().unwrap_or("–")) }
            }
        }
    };
    html! {
        (heading(language.pick("Verschil met de vorige publicatie", "Difference with the publication before")))
        p.utrecht-paragraph {
            (language.pick("Deze publicatie vervangt ", "This publication takes the place of "))
            a.utrecht-link href=(page.to(&format!("/publicaties/{}", replaced.key))) { (name) } ". "
            @match changes {
                None => (language.pick("Het verschil is niet te zien: de inhoud van een van de twee is niet openbaar.", "The difference cannot be seen: the content of one of the two is not public.")),
                Some([]) => (language.pick("De inhoud is gelijk.", "The content is the same.")),
                Some(_) => {},
            }
        }
        @if changes.is_some_and(|changes| !changes.is_empty()) { (shared::table(caption, &heads, heads.len(), &rows)) }
    }
}

fn files(language: Language, publication: &Publication) -> Markup {
    html! {
        @if !publication.manifest.files.is_empty() {
            (heading(language.pick("Bestanden", "Files")))
            ul.utrecht-unordered-list {
                @for file in &publication.manifest.files {
                    li.utrecht-unordered-list__item {
                        a.utrecht-link href=(file.path) { (file.name()) }
                        ": " (file.words(language)) ", " (grouped(language, file.bytes)) " bytes"
                        p.stm-source { (language.pick("Controlegetal (SHA-256): ", "Checksum (SHA-256): ")) code { (file.sha256) } }
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
                @if let Some(permalink) = &colophon.permalink {
                    li.utrecht-unordered-list__item { (language.pick("Vaste verwijzing naar de bestanden: ", "Permalink of the files: ")) code { (permalink) } }
                }
            }
            @if let Some(rules) = &publication.manifest.rule_set {
                li.utrecht-unordered-list__item { (language.pick("Regelset: ", "Rule set: ")) (rules) }
            }
            @if publication.released_at.is_some() {
                li.utrecht-unordered-list__item {
                    (language.pick("Stand van het grootboek: ", "State of the ledger: ")) (publication.manifest.ledger) ", " code { (publication.manifest.ledger_hash) }
                }
            }
        }
    }
}
