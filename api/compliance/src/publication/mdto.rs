//! What the archives want to know of a publication: MDTO 1.0, the metadata standard of the Dutch
//! government (Metagegevens voor duurzaam toegankelijke overheidsinformatie). NL: MDTO.
//!
//! A document of MDTO tells of one thing, so there is one of the publication (informatieobject) and
//! one of each of its two files (bestand). That of the publication names the files by their
//! checksums; those of the files tell algorithm, value and day. What the operator did not set is
//! called unknown, because the standard wants it.

use chrono::{DateTime, Utc};

use super::{
    colophon::Colophon,
    files::{File, Manifest},
};
use crate::mdto::{
    ALGORITHM, Described, Element, TOOI, UNKNOWN, document, group, identification, reference, term,
    text,
};
use domain::publication::codes::PublicationKind;

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
            File::new(format, self.file(file))
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

    /// The document of a file.
    fn file(&self, file: &File) -> String {
        let permalink = self.colophon.permalink.as_ref();
        let extension = file.format.to_lowercase();
        let described = Described {
            name: &self.name_of(file),
            origin: self.origin(),
            format: match file.format {
                "JSON" => ("JSON Data Interchange Format", "fmt/817"),
                _ => ("Comma Separated Values", "x-fmt/18"),
            },
            bytes: file.body.len(),
            sha256: &file.sha256,
            written_at: self.written_at,
            address: permalink.map(|permalink| format!("{permalink}.{extension}")),
            represents: reference(
                "isRepresentatieVan",
                &self.colophon.title_nl,
                Some(identification(self.key(), self.origin())),
            ),
        };
        described.document()
    }
}
