//! `preparePublication`: freezes the content, with the ledger number that it was read at.

use async_graphql::InputObject;
use chrono::NaiveDate;

use super::{
    budget,
    colophon::{self, Colophon},
    columns,
    compliance::{self, VerdictByName},
    errors::{PublicationError, PublicationErrorCode as Code},
    files::{Manifest, withheld},
    incomplete::{self, Incomplete},
    monitoring, repo,
    schema::Publication,
};
use crate::framework;
use domain::{
    mistake::Mistake,
    picture::{codes::PictureGrouping, rules::CountingRule},
    policy::{self, Mandate, MayPrepare},
    publication::{
        codes::{PublicationKind, PublicationLevel},
        lines::Line,
        publisher::Publisher,
        rules,
    },
    text::Text,
    verdict::rules::Basis,
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
    about: String,
    /// How far it goes into detail; by default AREA for a compliance picture, and COUNTRY for the
    /// others. NL: niveau.
    level: Option<Coded<PublicationLevel>>,
    /// The kind of area to count by; by default safety regions. NL: indeling.
    by: Option<Coded<PictureGrouping>>,
    /// What counts as meeting the framework. NL: telregel.
    #[graphql(default_with = "Coded(CountingRule::EveryMunicipality)")]
    counting_rule: Coded<CountingRule>,
    /// The day that it tells of; by default today, of a closed period its last day. NL: peildatum.
    reference_date: Option<Date>,
    /// The last day on which municipalities may respond to a publication by name; by default the
    /// tenth working day from tomorrow, by the holidays of the General Act on Time Limits. NL:
    /// reactietermijn.
    last_response_day: Option<Date>,
    /// Why a publication by name is prepared while the period is open or reviews wait, in Dutch, at
    /// most 1,000 characters; it is printed in the publication. Needed then, and refused otherwise.
    /// NL: reden van onvolledigheid.
    incomplete_because: Option<String>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
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

type Prepared = Change<MayPrepare>;

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
        PublicationKind::CompliancePicture => of_compliance(&change, input).await?,
        PublicationKind::MonitoringOverview => of_monitoring(&change, input).await?,
        PublicationKind::Budget => of_budget(&change, input).await?,
    };
    let number = repo::count_of(change.session(), &stem).await? + 1;
    let key = format!("{stem}-{number}");
    let new = repo::New {
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
    repo::append_prepared(&mut change.writer, new).await?;
    Ok(change.seal(request, key).await?)
}

/// What a publication will hold.
struct Content {
    level: PublicationLevel,
    reference_date: NaiveDate,
    response_until: Option<NaiveDate>,
    title: Text,
    manifest: Manifest,
    lines: Vec<Line>,
    verdicts: Vec<VerdictByName>,
}

/// The part of the manifest that every kind has.
fn manifest(
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
        colophon: None,
    }
}

fn unknown(input: &PreparePublicationInput) -> Mistake<Code> {
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
    mistakes
}

fn grouping_not_for_level() -> Mistake<Code> {
    Mistake::at(
        Code::GroupingNotForLevel,
        &["by"],
        "Een indeling hoort bij een publicatie per gebied of met naam, en is een soort gebied.",
        "A grouping belongs to a publication by area or by name, and is a kind of area.",
    )
}

fn response_term() -> Mistake<Code> {
    Mistake::at(
        Code::InvalidResponseTerm,
        &["lastResponseDay"],
        "Een reactietermijn hoort bij een publicatie met naam en eindigt na vandaag.",
        "A term to respond belongs to a publication by name and ends after today.",
    )
}

fn wrong_day() -> Mistake<Code> {
    Mistake::at(
        Code::InvalidReferenceDate,
        &["referenceDate"],
        "De peildatum ligt vóór de opening van de periode of in de toekomst.",
        "The reference date is before the opening of the period or in the future.",
    )
}

/// The kind of area to count by; none for the country.
fn area_kind(
    input: &PreparePublicationInput,
    level: PublicationLevel,
) -> Result<Option<&'static str>, Mistake<Code>> {
    let by = input.by.map(|by| by.0);
    match level {
        PublicationLevel::Country if by.is_none() => Ok(None),
        PublicationLevel::Country => Err(grouping_not_for_level()),
        PublicationLevel::Area | PublicationLevel::ByName => by
            .unwrap_or(PictureGrouping::SafetyRegion)
            .area_kind()
            .map(Some)
            .ok_or_else(grouping_not_for_level),
    }
}

/// The last day on which municipalities may respond; none when nobody is named.
fn response_until(
    input: &PreparePublicationInput,
    level: PublicationLevel,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Mistake<Code>> {
    let by_name = level == PublicationLevel::ByName;
    match input.last_response_day.map(NaiveDate::from) {
        None if by_name => {
            let days = rules::RESPONSE_WORKING_DAYS;
            Ok(Some(rules::working_days_after(today, days)))
        }
        None => Ok(None),
        Some(day) if by_name && day > today => Ok(Some(day)),
        Some(_) => Err(response_term()),
    }
}

/// What speaks against publishing a picture once it is composed.
fn composed_mistakes(
    composed: &compliance::Composed,
    by_name_too_early: bool,
) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    if composed.overlap {
        mistakes.push(Mistake::at(
            Code::AreasOverlap,
            &["by"],
            "Een gemeente ligt in twee van deze gebieden; ze tellen niet op tot het land.",
            "A municipality is in two of these areas; they do not add up to the country.",
        ));
    }
    if by_name_too_early {
        mistakes.push(Mistake::at(
            Code::ProvisionalCriteria,
            &["level"],
            "Met naam publiceren kan pas als VNG de editie heeft vastgesteld en de oordelen \
             daaronder zijn gegeven.",
            "Publishing by name waits until VNG has endorsed the edition and the verdicts are \
             given under it.",
        ));
    }
    mistakes
}

async fn of_compliance(
    change: &Prepared,
    input: &PreparePublicationInput,
) -> Result<Content, Stopped<Code>> {
    let session = change.session();
    let today = session.today();
    let level = input.level.map_or(PublicationLevel::Area, |level| level.0);
    let by_name = level == PublicationLevel::ByName;
    let mut mistakes = Vec::new();
    let area_kind = area_kind(input, level).unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        None
    });
    let response_until = response_until(input, level, today).unwrap_or_else(|mistake| {
        mistakes.push(mistake);
        None
    });
    let Some(period) = framework::repo::find_period_by_text(session, &input.about).await? else {
        mistakes.push(unknown(input));
        return Err(Stopped::Wrong(mistakes));
    };
    let reference_date = input
        .reference_date
        .map_or(today.min(period.closes_on), NaiveDate::from);
    if reference_date < period.opens_on || reference_date > today {
        mistakes.push(wrong_day());
    }
    let edition = framework::repo::find_edition(session, &period.edition).await?;
    let is_endorsed = edition
        .as_ref()
        .is_some_and(|edition| edition.state == "ENDORSED");
    let rule = input.counting_rule.0;
    let known = compliance::known(session, &period.key).await?;
    let wanted = compliance::Wanted {
        known: &known,
        period: &period.key,
        edition: &period.edition,
        day: reference_date,
        rule,
        area_kind,
        by_name,
    };
    let composed = compliance::compose(session, &wanted).await?;
    let is_provisional = !is_endorsed || composed.provisional;
    mistakes.extend(composed_mistakes(&composed, by_name && is_provisional));
    let reason = input.incomplete_because.as_deref();
    let incomplete = Incomplete::of(period.closes_on, today, composed.waiting);
    let incomplete = incomplete.filter(|_| by_name);
    mistakes.extend(incomplete::mistakes(reason, incomplete.as_ref()));
    stop_at(mistakes)?;
    let label = |text: &str| is_provisional.then(|| text.to_owned());
    Ok(Content {
        level,
        reference_date,
        response_until,
        title: colophon::title_of_picture(&period.key, level),
        manifest: Manifest {
            edition: Some(period.edition.clone()),
            edition_state: edition.map(|edition| edition.state),
            rule_set: Some(composed.rule_set()),
            basis: Some(Basis::Confirmed.code().to_owned()),
            counting_rule: Some(rule.code().to_owned()),
            grouping: area_kind.map(str::to_owned),
            label_nl: label("volgens voorlopige criteria"),
            label_en: label("by provisional criteria"),
            ..manifest(change, input, level, reference_date)
        },
        lines: composed.lines,
        verdicts: composed.verdicts,
    })
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
