//! What the archives want to know of a publication: MDTO 1.0, the metadata standard of the Dutch
//! government (Metagegevens voor duurzaam toegankelijke overheidsinformatie). NL: MDTO.
//!
//! A document of MDTO tells of one thing, so there is one of the publication (informatieobject) and
//! one of each of its two files (bestand). That of the publication names the files by their
//! checksums; those of the files tell algorithm, value and day. What the operator did not set is
//! called unknown, because the standard wants it.

use chrono::{DateTime, SecondsFormat, Utc};

use super::{
    colophon::Colophon,
    files::{File, Manifest},
};
use domain::publication::codes::PublicationKind;

/// The name of the algorithm of checksums.
const ALGORITHM: &str = "SHA-256";
const UNKNOWN: &str = "onbekend";
/// What identifiers of the register of government organisations begin with.
const TOOI: &str = "https://identifier.overheid.nl/tooi/";

/// An element of XML.
struct Element {
    name: &'static str,
    content: Content,
}

enum Content {
    Text(String),
    Elements(Vec<Element>),
}

fn text(name: &'static str, text: impl Into<String>) -> Element {
    Element {
        name,
        content: Content::Text(text.into()),
    }
}

fn group(name: &'static str, elements: Vec<Element>) -> Element {
    Element {
        name,
        content: Content::Elements(elements),
    }
}

impl Element {
    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        out.push_str(&format!("{indent}<{}>", self.name));
        match &self.content {
            Content::Text(text) => out.push_str(&escaped(text)),
            Content::Elements(elements) => {
                out.push('\n');
                for element in elements {
                    element.write(depth + 1, out);
                }
                out.push_str(&indent);
            }
        }
        out.push_str(&format!("</{}>\n", self.name));
    }
}

/// A text as it stands between tags; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

fn document(root: &Element) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MDTO \
         xmlns=\"https://www.nationaalarchief.nl/mdto\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"https://www.nationaalarchief.nl/mdto \
         https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd\">\n",
    );
    root.write(1, &mut out);
    out.push_str("</MDTO>\n");
    out
}

fn identification(mark: impl Into<String>, origin: impl Into<String>) -> Vec<Element> {
    vec![
        text("identificatieKenmerk", mark),
        text("identificatieBron", origin),
    ]
}

/// A term of a list of terms.
fn term(name: &'static str, label: &str, code: Option<&str>, list: &str) -> Element {
    let mut elements = vec![text("begripLabel", label)];
    elements.extend(code.map(|code| text("begripCode", code)));
    elements.push(group(
        "begripBegrippenlijst",
        vec![text("verwijzingNaam", list)],
    ));
    group(name, elements)
}

/// What points at something else, with its identification where that is known.
fn reference(name: &'static str, to: &str, identified: Option<Vec<Element>>) -> Element {
    let mut elements = vec![text("verwijzingNaam", to)];
    elements.extend(identified.map(|identified| group("verwijzingIdentificatie", identified)));
    group(name, elements)
}

/// A publication with its files, to be told to the archives.
pub(super) struct Archived<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) colophon: &'a Colophon,
    /// The files, JSON and CSV.
    pub(super) files: &'a [File],
    /// When the files were written.
    pub(super) written_at: DateTime<Utc>,
}

impl Archived<'_> {
    /// The documents: of the publication, and of each file.
    pub(super) fn documents(&self) -> Vec<File> {
        let mut documents = vec![File::new("MDTO", document(&self.publication()))];
        documents.extend(self.files.iter().map(|file| {
            let format = match file.format {
                "JSON" => "MDTO_JSON",
                _ => "MDTO_CSV",
            };
            File::new(format, document(&self.file(file)))
        }));
        documents
    }

    /// The kind of publication in words.
    fn kind(&self) -> &str {
        let kind = PublicationKind::from_code(&self.manifest.kind);
        kind.map_or(self.manifest.kind.as_str(), |kind| kind.label().0)
    }

    fn key(&self) -> &str {
        &self.manifest.publication
    }

    /// Who gives out the keys: the service by its address, else the publisher.
    fn origin(&self) -> &str {
        let colophon = self.colophon;
        let service = colophon.permalink.as_deref().map(|permalink| {
            let below = permalink.find("/v1/publications/");
            below.map_or(permalink, |at| &permalink[..at])
        });
        let publisher = colophon.publisher.as_deref();
        service.or(publisher).unwrap_or(UNKNOWN)
    }

    fn publisher(&self, name: &'static str) -> Element {
        let colophon = self.colophon;
        let publisher = colophon.publisher.as_deref().unwrap_or(UNKNOWN);
        let identified = colophon.publisher_identifier.as_deref().map(|identifier| {
            let is_tooi = identifier.starts_with(TOOI);
            identification(identifier, if is_tooi { "TOOI" } else { publisher })
        });
        reference(name, publisher, identified)
    }

    fn event(&self, label: &str, day: &str) -> Element {
        group(
            "event",
            vec![
                term(
                    "eventType",
                    label,
                    None,
                    "Begrippenlijst EventTypeLijst MDTO",
                ),
                text("eventTijd", day),
                self.publisher("eventVerantwoordelijkeActor"),
            ],
        )
    }

    fn publication(&self) -> Element {
        let (manifest, colophon) = (self.manifest, self.colophon);
        let mut elements = vec![
            group("identificatie", identification(self.key(), self.origin())),
            text("naam", &colophon.title_nl),
            term(
                "aggregatieniveau",
                "Archiefstuk",
                None,
                "Begrippenlijst Aggregatieniveaus MDTO",
            ),
            text(
                "omschrijving",
                format!(
                    "{}. Peildatum {}; nummer in het grootboek {}.",
                    self.kind(),
                    manifest.reference_date,
                    manifest.ledger_number
                ),
            ),
        ];
        if let Some(permalink) = &colophon.permalink {
            elements.push(group(
                "raadpleeglocatie",
                vec![text("raadpleeglocatieOnline", format!("{permalink}.json"))],
            ));
        }
        elements.push(text("taal", &colophon.language));
        elements.push(self.event("Creatie", &colophon.prepared_on));
        elements.extend(
            colophon
                .published_on
                .as_ref()
                .map(|day| self.event("Publicatie", day)),
        );
        elements.push(term(
            "waardering",
            "Nader te bepalen",
            Some("N"),
            "Begrippenlijst Waarderingen MDTO",
        ));
        elements.extend(self.files.iter().map(|file| {
            let identified = identification(&file.sha256, ALGORITHM);
            reference("heeftRepresentatie", &self.name_of(file), Some(identified))
        }));
        elements.extend(colophon.replaces.as_ref().map(|replaced| {
            group(
                "gerelateerdInformatieobject",
                vec![
                    reference(
                        "gerelateerdInformatieobjectVerwijzing",
                        replaced,
                        Some(identification(replaced, self.origin())),
                    ),
                    term(
                        "gerelateerdInformatieobjectTypeRelatie",
                        "Vervangt",
                        None,
                        "Begrippenlijst Relatietypen (informatieobject) MDTO",
                    ),
                ],
            )
        }));
        elements.push(self.publisher("archiefvormer"));
        elements.push(group(
            "beperkingGebruik",
            vec![
                term(
                    "beperkingGebruikType",
                    &colophon.licence,
                    None,
                    "SPDX License List",
                ),
                text(
                    "beperkingGebruikNadereBeschrijving",
                    format!("Licentie van de gegevens: {}.", colophon.licence),
                ),
            ],
        ));
        group("informatieobject", elements)
    }

    fn name_of(&self, file: &File) -> String {
        format!("{}.{}", self.key(), file.format.to_lowercase())
    }

    fn file(&self, file: &File) -> Element {
        let name = self.name_of(file);
        let (label, code) = match file.format {
            "JSON" => ("JSON Data Interchange Format", "fmt/817"),
            _ => ("Comma Separated Values", "x-fmt/18"),
        };
        let mut elements = vec![
            group("identificatie", identification(&name, self.origin())),
            text("naam", &name),
            text("omvang", file.body.len().to_string()),
            term("bestandsformaat", label, Some(code), "PRONOM-register"),
            group(
                "checksum",
                vec![
                    term(
                        "checksumAlgoritme",
                        ALGORITHM,
                        None,
                        "Begrippenlijst ChecksumAlgoritme MDTO",
                    ),
                    text("checksumWaarde", &file.sha256),
                    text(
                        "checksumDatum",
                        self.written_at.to_rfc3339_opts(SecondsFormat::Secs, true),
                    ),
                ],
            ),
        ];
        if let Some(permalink) = &self.colophon.permalink {
            let extension = file.format.to_lowercase();
            elements.push(text("URLBestand", format!("{permalink}.{extension}")));
        }
        elements.push(reference(
            "isRepresentatieVan",
            &self.colophon.title_nl,
            Some(identification(self.key(), self.origin())),
        ));
        group("bestand", elements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_and_holds_no_control() {
        let mut out = String::new();
        text("naam", "R&D <b> \u{1}x").write(0, &mut out);
        assert_eq!(out, "<naam>R&amp;D &lt;b&gt; x</naam>\n");
    }
}
