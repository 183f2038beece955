//! The colophon of a publication: its title, who publishes it, when, under which licence, and what
//! it takes the place of. It is frozen with the rest. NL: colofon.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use database::DatabaseKind;
use domain::{
    publication::{
        codes::{PublicationKind, PublicationLevel},
        publisher::Publisher,
    },
    text::Text,
};
use graphql::{date::Date, text::LocalizedText};

use super::schema::{Publication, find_publication};

/// The language of what is printed; labels stand in English beside it.
const LANGUAGE: &str = "nl";

/// The title of a picture.
pub(super) fn title_of_picture(period: &str, level: PublicationLevel) -> Text {
    let (nl, en) = PublicationKind::CompliancePicture.label();
    let (level_nl, level_en) = level.label();
    Text::new(
        format!("{nl}, periode {period}, {}", level_nl.to_lowercase()),
        format!("{en}, period {period}, {}", level_en.to_lowercase()),
    )
}

/// The title of a budget.
pub(super) fn title_of_budget(plan: &str) -> Text {
    Text::new(
        format!("Begroting van het actieplan Samen tegen mensenhandel, versie {plan}"),
        format!("Budget of the action plan Together against Human Trafficking, version {plan}"),
    )
}

/// The colophon as it stands in the manifest. What the operator did not set is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Colophon {
    /// The title in Dutch.
    pub title_nl: String,
    /// The title in English.
    pub title_en: String,
    /// `REAL`, or `DEMO` where everything about municipalities is invented.
    pub database: String,
    /// The name of the publisher.
    pub publisher: Option<String>,
    /// The identifier of the publisher.
    pub publisher_identifier: Option<String>,
    /// The day on which it was prepared.
    pub prepared_on: String,
    /// The day of publication; null until it is published.
    pub published_on: Option<String>,
    /// The language of its texts, by its code in ISO 639-1.
    pub language: String,
    /// The licence of the data, by its code in SPDX.
    pub licence: String,
    /// The address for questions by e-mail.
    pub email: Option<String>,
    /// The telephone number for questions.
    pub telephone: Option<String>,
    /// Where the accessibility statement stands.
    pub accessibility_statement: Option<String>,
    /// Where the privacy statement stands.
    pub privacy_statement: Option<String>,
    /// The address of the publication, to which the ending of a file is added; null where the
    /// service does not know its own.
    pub permalink: Option<String>,
    /// The key of the publication that it takes the place of; null when there is none.
    pub replaces: Option<String>,
}

impl Colophon {
    /// The colophon of a publication that is prepared.
    pub(super) fn of(
        publisher: &Publisher,
        database: DatabaseKind,
        title: &Text,
        prepared_on: NaiveDate,
    ) -> Self {
        let titled = |title: &str| match database {
            DatabaseKind::Real => title.to_owned(),
            DatabaseKind::Demo => format!("DEMO: {title}"),
        };
        Self {
            title_nl: titled(&title.nl),
            title_en: titled(&title.en),
            database: database.code().to_owned(),
            publisher: publisher.name.clone(),
            publisher_identifier: publisher.identifier.clone(),
            prepared_on: prepared_on.to_string(),
            published_on: None,
            language: LANGUAGE.to_owned(),
            licence: publisher.licence.clone(),
            email: publisher.email.clone(),
            telephone: publisher.telephone.clone(),
            accessibility_statement: publisher.accessibility.clone(),
            privacy_statement: publisher.privacy.clone(),
            permalink: publisher.service.clone(),
            replaces: None,
        }
    }

    /// The same for a publication of this key: its address is below that of the service.
    pub(super) fn at_key(self, key: &str) -> Self {
        let permalink = self
            .permalink
            .map(|service| format!("{service}/v1/publications/{key}"));
        Self { permalink, ..self }
    }
}

/// The colophon of a publication: frozen with the rest. What the operator did not set is null. NL:
/// colofon.
#[derive(Debug, Clone)]
pub(crate) struct PublicationColophon {
    pub(super) colophon: Colophon,
}

/// The colophon of a publication: frozen with the rest. What the operator did not set is null. NL:
/// colofon.
#[Object]
impl PublicationColophon {
    /// The title; of a demo it begins with `DEMO`. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.colophon.title_nl, &self.colophon.title_en)
    }

    /// `REAL`, or `DEMO` where everything about municipalities is invented. NL: soort database.
    async fn database(&self) -> &str {
        &self.colophon.database
    }

    /// The name of the publisher; null when the operator did not set it. NL: uitgever.
    async fn publisher(&self) -> Option<&str> {
        self.colophon.publisher.as_deref()
    }

    /// The identifier of the publisher; null when the operator did not set it. NL: identificatie
    /// van de uitgever.
    async fn publisher_identifier(&self) -> Option<&str> {
        self.colophon.publisher_identifier.as_deref()
    }

    /// The day on which it was prepared, in Europe/Amsterdam. NL: voorbereid op.
    async fn prepared_on(&self) -> Option<Date> {
        self.colophon.prepared_on.parse().ok().map(Date)
    }

    /// The day of publication, in Europe/Amsterdam; null until it is published. NL: gepubliceerd
    /// op.
    async fn published_on(&self) -> Option<Date> {
        self.colophon
            .published_on
            .as_deref()?
            .parse()
            .ok()
            .map(Date)
    }

    /// The language of its texts, by its code in ISO 639-1; labels stand in English beside them.
    /// NL: taal.
    async fn language(&self) -> &str {
        &self.colophon.language
    }

    /// The licence of the data, by its code in SPDX. NL: licentie.
    async fn licence(&self) -> &str {
        &self.colophon.licence
    }

    /// The address for questions by e-mail; null when the operator did not set it. NL: e-mailadres.
    async fn email(&self) -> Option<&str> {
        self.colophon.email.as_deref()
    }

    /// The telephone number for questions; null when the operator did not set it. NL:
    /// telefoonnummer.
    async fn telephone(&self) -> Option<&str> {
        self.colophon.telephone.as_deref()
    }

    /// The address of the accessibility statement; null when the operator did not set it. NL:
    /// toegankelijkheidsverklaring.
    async fn accessibility_statement(&self) -> Option<&str> {
        self.colophon.accessibility_statement.as_deref()
    }

    /// The address of the privacy statement; null when the operator did not set it. NL:
    /// privacyverklaring.
    async fn privacy_statement(&self) -> Option<&str> {
        self.colophon.privacy_statement.as_deref()
    }

    /// The address of its files without their endings; null where the service does not know its
    /// own. NL: vaste verwijzing.
    async fn permalink(&self) -> Option<&str> {
        self.colophon.permalink.as_deref()
    }

    /// The publication that it takes the place of, of the same kind, subject and level; null when
    /// there is none, and until it is published. NL: vervangt.
    async fn replaces(&self, ctx: &Context<'_>) -> Result<Option<Publication>> {
        find_publication(ctx, self.colophon.replaces.as_deref().unwrap_or_default()).await
    }
}
