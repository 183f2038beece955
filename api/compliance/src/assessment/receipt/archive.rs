//! What the archives want to know of a receipt (MDTO 1.0): of the version as an object of
//! information, and of the file with its checksum.
//!
//! Who keeps it, for how long, and who may use it, is the archive's to say, so the documents say
//! that it is still to be decided. The municipality is the one whose archive it is, also where its
//! region submitted.

use chrono::{DateTime, SecondsFormat, Utc};

use super::repo::HeldVersion;
use crate::mdto::{
    ALGORITHM, Described, Element, TOOI, UNKNOWN, document, group, identification, reference, term,
    text,
};
use ledger::sha256;

/// A receipt, to be described.
pub(super) struct Archived<'a> {
    pub(super) version: &'a HeldVersion,
    /// The name of the receipt.
    pub(super) name: &'a str,
    /// The text of the file.
    pub(super) file: &'a str,
    /// The name of the municipality.
    pub(super) municipality: &'a str,
    /// The address of the service; none where it is not set.
    pub(super) service: Option<&'a str>,
}

impl Archived<'_> {
    /// The document of the object of information.
    pub(super) fn object(&self) -> String {
        let version = self.version;
        let elements = vec![
            group("identificatie", identification(self.name, self.origin())),
            text("naam", self.title()),
            term(
                "aggregatieniveau",
                "Archiefstuk",
                None,
                "Begrippenlijst Aggregatieniveaus MDTO",
            ),
            text(
                "omschrijving",
                format!(
                    "De antwoorden op het kader, editie {}, zoals ingediend. Nummer in het grootboek: \
                     {}.",
                    version.edition, version.ledger
                ),
            ),
            text("taal", "nl"),
            self.event(
                "Accordering",
                version.approved_on.to_string(),
                Some(format!("Akkoord door: {}", version.approved_by_function)),
            ),
            self.event("Creatie", seconds(version.submitted_at), None),
            term(
                "waardering",
                "Nader te bepalen",
                Some("N"),
                "Begrippenlijst Waarderingen MDTO",
            ),
            reference(
                "heeftRepresentatie",
                &self.file_name(),
                Some(identification(self.sha256(), ALGORITHM)),
            ),
            self.keeper("archiefvormer"),
            group(
                "beperkingGebruik",
                vec![
                    term(
                        "beperkingGebruikType",
                        "Nader te bepalen",
                        None,
                        "Begrippenlijst BeperkingGebruikTypeLijst MDTO",
                    ),
                    text(
                        "beperkingGebruikNadereBeschrijving",
                        "De antwoorden zijn niet openbaar gemaakt; de archiefvormer bepaalt wie ze \
                         mag inzien.",
                    ),
                ],
            ),
        ];
        document(&group("informatieobject", elements))
    }

    /// The document of the file.
    pub(super) fn file(&self) -> String {
        let described = Described {
            name: &self.file_name(),
            origin: self.origin(),
            format: ("JSON Data Interchange Format", "fmt/817"),
            bytes: self.file.len(),
            sha256: &self.sha256(),
            written_at: self.version.submitted_at,
            address: None,
            represents: reference(
                "isRepresentatieVan",
                &self.title(),
                Some(identification(self.name, self.origin())),
            ),
        };
        described.document()
    }

    fn title(&self) -> String {
        format!(
            "Ontvangstbewijs beoordeling {}, periode {}, versie {}",
            self.municipality, self.version.period, self.version.number
        )
    }

    fn file_name(&self) -> String {
        format!("{}.json", self.name)
    }

    fn sha256(&self) -> String {
        hex::encode(sha256(&[self.file.as_bytes()]))
    }

    /// What happened, for which the municipality answers.
    fn event(&self, label: &str, at: String, outcome: Option<String>) -> Element {
        let list = "Begrippenlijst EventTypeLijst MDTO";
        let mut elements = vec![
            term("eventType", label, None, list),
            text("eventTijd", at),
            self.keeper("eventVerantwoordelijkeActor"),
        ];
        elements.extend(outcome.map(|outcome| text("eventResultaat", outcome)));
        group("event", elements)
    }

    /// Who gives out the names: the service by its address.
    fn origin(&self) -> &str {
        self.service.unwrap_or(UNKNOWN)
    }

    /// The municipality, by its identifier in the register of government organisations.
    fn keeper(&self, name: &'static str) -> Element {
        let code = self.version.municipality.to_lowercase();
        let identified = identification(format!("{TOOI}id/gemeente/{code}"), "TOOI");
        reference(
            name,
            &format!("Gemeente {}", self.municipality),
            Some(identified),
        )
    }
}

fn seconds(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
