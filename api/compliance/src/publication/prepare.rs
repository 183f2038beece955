//! `preparePublication`: freezes the content, with the ledger number that it was read at.

use async_graphql::InputObject;
use chrono::NaiveDate;

use super::{
    append, budget,
    colophon::{self, Colophon},
    columns,
    compliance::VerdictByName,
    errors::{PublicationError, PublicationErrorCode as Code},
    files::{Correction, Manifest, withheld},
    incomplete, monitoring, picture, repetition, repo,
    schema::Publication,
};
use domain::{
    mistake::Mistake,
    picture::{codes::PictureGrouping, rules::CountingRule},
    policy::{self, Mandate, MayPrepare},
    publication::{
        codes::{CorrectionReason, PublicationKind, PublicationLevel},
        lines::Line,
        publisher::Publisher,
    },
    text::Text,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};

/// A publication to prepare. NL: voor te bereiden publicatie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct PreparePublicationInput {
    /// What it is of. NL: soort.
    kind: Coded<PublicationKind>,
    /// The key of what it tells of: a reporting period, as in `2026-2`; a round, as in `2025-1`,
    /// that is closed or was decided to close at the end of an embargo; a plan version, as in
    /// `2024`. NL: onderwerp.
    pub(super) about: String,
    /// How far it goes into detail; by default AREA for a compliance picture, and COUNTRY for the
    /// others. NL: niveau.
    pub(super) level: Option<Coded<PublicationLevel>>,
    /// The kind of area to count by; by default safety regions. NL: indeling.
    pub(super) by: Option<Coded<PictureGrouping>>,
    /// What counts as meeting the framework. NL: telregel.
    #[graphql(default_with = "Coded(CountingRule::EveryMunicipality)")]
    pub(super) counting_rule: Coded<CountingRule>,
    /// The day that it tells of. By name by default today, of a closed period its last day; a
    /// picture without names is always of the last day. From 2018-01-01 to 2099-12-31. NL:
    /// peildatum.
    pub(super) reference_date: Option<Date>,
    /// The last day on which municipalities may respond to a publication by name; by default the
    /// tenth working day from tomorrow, by the holidays of the General Act on Time Limits. From
    /// 2018-01-01 to 2099-12-31. NL: reactietermijn.
    pub(super) last_response_day: Option<Date>,
    /// Why a publication by name is prepared while the period is open or reviews wait, in Dutch, at
    /// most 1,000 characters; it is printed in the publication. Needed then, and refused otherwise.
    /// NL: reden van onvolledigheid.
    pub(super) incomplete_because: Option<String>,
    /// The errors that it puts right in the picture without names that was withdrawn, cell by cell;
    /// all other cells are as they were. NL: correcties.
    corrections: Option<Vec<PublicationCorrectionInput>>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// A cell of the publication that was withdrawn, in which it was wrong. NL: correctie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct PublicationCorrectionInput {
    /// The key of the line, as in `VR14`, `NL` or `SV-01`. NL: sleutel van de regel.
    line: String,
    /// The column, as in the CSV file: `not_compliant`. NL: kolom.
    column: String,
    /// What was wrong. NL: reden.
    reason: Coded<CorrectionReason>,
}

impl PreparePublicationInput {
    /// The errors that are named.
    pub(super) fn corrections(&self) -> Vec<Correction> {
        let named = self.corrections.iter().flatten();
        named
            .map(|one| Correction {
                key: one.line.clone(),
                column: one.column.clone(),
                reason: one.reason.0,
            })
            .collect()
    }
}

payload! {
    /// What became of preparing. NL: resultaat.
    PreparePublicationPayload {
        /// The publication; null when it was not prepared. NL: publicatie.
        publication: Publication,
        /// What to repair; empty when it was prepared. NL: fouten.
        errors: PublicationError,
    }
}

pub(super) type Prepared = Change<MayPrepare>;

/// Prepares a publication; gives its key.
pub(super) async fn prepare(
    request: &RequestContext,
    publisher: &Publisher,
    input: &PreparePublicationInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("preparePublication", &input.idempotency_key, input);
    let is_compliance = input.kind.0 == PublicationKind::CompliancePicture;
    let may = |mandate: &Mandate| policy::may_prepare(mandate, is_compliance);
    let mut change = Change::begin(request, call, may).await?;
    let stem = format!(
        "{}-{}",
        match input.kind.0 {
            PublicationKind::CompliancePicture => "compliance",
            PublicationKind::MonitoringOverview => "monitoring",
            PublicationKind::Budget => "budget",
        },
        input.about
    );
    let content = match input.kind.0 {
        PublicationKind::CompliancePicture => picture::prepare(&change, input).await?,
        PublicationKind::MonitoringOverview => of_monitoring(&change, input).await?,
        PublicationKind::Budget => of_budget(&change, input).await?,
    };
    let number = repo::count_of(change.session(), &stem).await? + 1;
    let key = format!("{stem}-{number}");
    let new = append::New {
        kind: input.kind.code(),
        level: content.level.code(),
        reference_date: content.reference_date,
        response_until: content.response_until,
        manifest: Manifest {
            publication: key.clone(),
            withheld: withheld(&content.lines),
            colophon: Some(
                Colophon::of(
                    publisher,
                    change.session().kind(),
                    &content.title,
                    change.session().today(),
                )
                .at_key(&key),
            ),
            ..content.manifest
        },
        lines: content.lines,
        verdicts: content.verdicts,
        incomplete_because: input.incomplete_because.clone(),
    };
    append::append_prepared(&mut change.writer, new).await?;
    Ok(change.seal(request, key).await?)
}

/// What a publication will hold.
pub(super) struct Content {
    pub(super) level: PublicationLevel,
    pub(super) reference_date: NaiveDate,
    pub(super) response_until: Option<NaiveDate>,
    pub(super) title: Text,
    pub(super) manifest: Manifest,
    pub(super) lines: Vec<Line>,
    pub(super) verdicts: Vec<VerdictByName>,
}

/// The part of the manifest that every kind has.
pub(super) fn manifest(
    change: &Prepared,
    input: &PreparePublicationInput,
    level: PublicationLevel,
    reference_date: NaiveDate,
) -> Manifest {
    Manifest {
        publication: String::new(),
        kind: input.kind.code().to_owned(),
        level: level.code().to_owned(),
        subject: input.about.clone(),
        reference_date: reference_date.to_string(),
        ledger_number: change.writer.head(),
        ledger_hash: hex::encode(change.writer.head_hash()),
        edition: None,
        edition_state: None,
        rule_set: None,
        basis: None,
        counting_rule: None,
        grouping: None,
        label_nl: None,
        label_en: None,
        withheld: Vec::new(),
        columns: Some(columns::of(input.kind.0)),
        incomplete_because: None,
        corrections: Vec::new(),
        colophon: None,
    }
}

pub(super) fn unknown(input: &PreparePublicationInput) -> Mistake<Code> {
    let what = match input.kind.0 {
        PublicationKind::CompliancePicture => ("rapportageperiode", "reporting period"),
        PublicationKind::MonitoringOverview => (
            "ronde die is gesloten, of aan het einde van een embargo sluit, met de sleutel",
            "round that is closed, or closes at the end of an embargo, with the key",
        ),
        PublicationKind::Budget => ("planversie", "plan version"),
    };
    Mistake::at(
        Code::UnknownSubject,
        &["about"],
        format!("Er is geen {} {:?}.", what.0, input.about),
        format!("There is no {} {:?}.", what.1, input.about),
    )
}

/// What only a compliance picture has, asked of another kind.
fn not_for_kind(input: &PreparePublicationInput) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if input
        .level
        .is_some_and(|level| level.0 != PublicationLevel::Country)
    {
        mistakes.push(Mistake::at(
            Code::LevelNotForKind,
            &["level"],
            "Alleen het beeld van gemeenten kan per gebied of met naam.",
            "Only the picture of municipalities can be by area or by name.",
        ));
    }
    if input.by.is_some() {
        mistakes.push(grouping_not_for_level());
    }
    if input.last_response_day.is_some() {
        mistakes.push(response_term());
    }
    let reason = input.incomplete_because.as_deref();
    mistakes.extend(incomplete::mistakes(reason, None));
    mistakes.extend(repetition::nothing_to_repeat(&input.corrections()));
    mistakes
}

pub(super) fn grouping_not_for_level() -> Mistake<Code> {
    Mistake::at(
        Code::GroupingNotForLevel,
        &["by"],
        "Een indeling hoort bij een publicatie per gebied of met naam, en is een soort gebied.",
        "A grouping belongs to a publication by area or by name, and is a kind of area.",
    )
}

pub(super) fn response_term() -> Mistake<Code> {
    Mistake::at(
        Code::InvalidResponseTerm,
        &["lastResponseDay"],
        "Een reactietermijn hoort bij een publicatie met naam en eindigt na vandaag.",
        "A term to respond belongs to a publication by name and ends after today.",
    )
}

pub(super) fn wrong_day() -> Mistake<Code> {
    Mistake::at(
        Code::InvalidReferenceDate,
        &["referenceDate"],
        "De peildatum ligt vóór de opening van de periode of in de toekomst.",
        "The reference date is before the opening of the period or in the future.",
    )
}

async fn of_monitoring(
    change: &Prepared,
    input: &PreparePublicationInput,
) -> Result<Content, Stopped<Code>> {
    let mut mistakes = not_for_kind(input);
    let Some(round) = monitoring::find_round(change.session(), &input.about).await? else {
        mistakes.push(unknown(input));
        return Err(Stopped::Wrong(mistakes));
    };
    let reference_date = round.row.date_latest;
    let title = Text::new(&round.row.title_nl, &round.row.title_en);
    if input
        .reference_date
        .is_some_and(|day| day != reference_date)
    {
        mistakes.push(Mistake::at(
            Code::InvalidReferenceDate,
            &["referenceDate"],
            format!(
                "De peildatum van een overzicht is de laatste dag van de ronde: \
             {reference_date}."
            ),
            format!("An overview is of the last day of its round: {reference_date}."),
        ));
    }
    stop_at(mistakes)?;
    let lines = monitoring::compose(change.session(), round).await?;
    Ok(whole(change, input, reference_date, title, lines))
}

async fn of_budget(
    change: &Prepared,
    input: &PreparePublicationInput,
) -> Result<Content, Stopped<Code>> {
    let session = change.session();
    let mut mistakes = not_for_kind(input);
    if budget::plan(session, &input.about).await?.is_none() {
        mistakes.push(unknown(input));
    }
    let reference_date = input
        .reference_date
        .map_or(session.today(), NaiveDate::from);
    if reference_date > session.today() {
        mistakes.push(wrong_day());
    }
    stop_at(mistakes)?;
    let lines = budget::compose(session, &input.about).await?;
    let title = colophon::title_of_budget(&input.about);
    Ok(whole(change, input, reference_date, title, lines))
}

/// A publication about the plan: whole, without names and without a term.
fn whole(
    change: &Prepared,
    input: &PreparePublicationInput,
    reference_date: NaiveDate,
    title: Text,
    lines: Vec<Line>,
) -> Content {
    let level = PublicationLevel::Country;
    Content {
        level,
        reference_date,
        response_until: None,
        title,
        manifest: manifest(change, input, level, reference_date),
        lines,
        verdicts: Vec::new(),
    }
}
