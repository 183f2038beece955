//! `publish`: writes the files and sets the instant from which everybody may read them.

use async_graphql::InputObject;
use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::DbErr;

use super::{
    append,
    errors::{PublicationError, PublicationErrorCode as Code},
    files::{self, File},
    may, monitoring, release, repetition, repo,
    schema::Publication,
};
use crate::release::Decision;
use database::{DbError, Session, document};
use domain::{
    clock::{self, day_of},
    mistake::Mistake,
    policy,
    publication::codes::PublicationKind,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// A prepared publication to publish. NL: te publiceren.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct PublishInput {
    /// The key of the publication. NL: publicatie.
    publication: String,
    /// The instant, UTC, from which everybody may read it, on a whole minute; without it at once.
    /// From 2018-01-01 to 2099-12-31. NL: einde van het embargo.
    embargo_until: Option<DateTime<Utc>>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of publishing. NL: resultaat.
    PublishPayload {
        /// The publication; null when it was not published. NL: publicatie.
        publication: Publication,
        /// What to repair; empty when it was published. NL: fouten.
        errors: PublicationError,
    }
}

/// Days that an embargo may last.
const LONGEST_EMBARGO_DAYS: i64 = 366;

/// Publishes, now or at an instant to come; gives the key.
pub(super) async fn publish(
    request: &RequestContext,
    input: &PublishInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("publish", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_publish).await?;
    let session = change.session();
    let scope = policy::publications(session.mandate());
    let Some(row) = repo::find(session, &scope, &input.publication).await? else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownPublication,
            &["publication"],
            format!("Er is geen publicatie {:?}.", input.publication),
            format!("There is no publication {:?}.", input.publication),
        )]));
    };
    let now = session.moment().instant;
    let mut mistakes = Vec::new();
    if !may::is_prepared(&row) {
        mistakes.push(Mistake::at(
            Code::NotPrepared,
            &["publication"],
            "Deze publicatie is al gepubliceerd of ingetrokken.",
            "This publication is published already or was withdrawn.",
        ));
    }
    if let Some(until) = may::response_term(&row, session.today()) {
        mistakes.push(Mistake::at(
            Code::ResponseTermRuns,
            &["publication"],
            format!("Gemeenten kunnen tot en met {until} reageren."),
            format!("Municipalities may respond until {until}, inclusive."),
        ));
    }
    let latest = now + chrono::TimeDelta::days(LONGEST_EMBARGO_DAYS);
    if input
        .embargo_until
        .is_some_and(|until| until <= now || until > latest || !clock::is_whole_minute(until))
    {
        mistakes.push(Mistake::at(
            Code::InvalidEmbargo,
            &["embargoUntil"],
            "Het embargo eindigt op een hele minuut, na nu en binnen een jaar; laat het weg om \
             meteen te publiceren.",
            "The embargo ends on a whole minute, after now and within a year; leave it out to \
             publish at once.",
        ));
    }
    mistakes.extend(round_mistakes(session, &row, input.embargo_until).await?);
    if may::is_prepared(&row) {
        mistakes.extend(repetition::publish_mistakes(session, &row).await?);
    }
    stop_at(mistakes)?;
    let row = dated(session, row, input.embargo_until.unwrap_or(now)).await?;
    let files = written(session, &row).await?;
    match input.embargo_until {
        None => release::release(&mut change.writer, &change.permit, &row, &files).await?,
        Some(until) => {
            append::append_embargo(&mut change.writer, &change.permit, &row, &files, until).await?;
            let decision = Decision::Publication {
                publication: row.key.clone(),
            };
            crate::release::keep(change.session(), &decision, until).await?;
        }
    }
    Ok(change.seal(request, row.key).await?)
}

/// What speaks against publishing the overview of a round: nothing of a round may be known before
/// its embargo ends, and an overview that was prepared before it was closed tells what was decided.
async fn round_mistakes(
    session: &Session,
    row: &repo::Row,
    embargo_until: Option<DateTime<Utc>>,
) -> Result<Vec<Mistake<Code>>, DbError> {
    let mut mistakes = Vec::new();
    if row.kind != PublicationKind::MonitoringOverview.code() {
        return Ok(mistakes);
    }
    let round = monitoring::find_round(session, &row.about).await?;
    let outdated = || {
        Mistake::at(
            Code::Outdated,
            &["publication"],
            "Sinds dit overzicht is voorbereid, is anders over de ronde besloten; bereid het \
             opnieuw voor.",
            "The round was decided otherwise since this overview was prepared; prepare it anew.",
        )
    };
    let Some(round) = round else {
        mistakes.push(outdated());
        return Ok(mistakes);
    };
    if let Some(until) = round.decided.as_ref().map(|decided| decided.until)
        && embargo_until.is_none_or(|release| release < until)
    {
        let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
        mistakes.push(Mistake::at(
            Code::InvalidEmbargo,
            &["embargoUntil"],
            format!("De ronde zelf staat onder embargo tot {until}; kies dat tijdstip of later."),
            format!(
                "The round itself is under embargo until {until}; choose that instant or later."
            ),
        ));
    }
    let was_open = round.row.ledger_no > repo::manifest(row)?.ledger_number;
    if (was_open || round.decided.is_some())
        && !repo::is_content(
            session,
            &row.key,
            &monitoring::compose(session, round).await?,
        )
        .await?
    {
        mistakes.push(outdated());
    }
    Ok(mistakes)
}

/// The publication with its day and with what it takes the place of.
async fn dated(
    session: &Session,
    row: repo::Row,
    release_at: DateTime<Utc>,
) -> Result<repo::Row, DbError> {
    let mut manifest = repo::manifest(&row)?;
    let Some(colophon) = &mut manifest.colophon else {
        return Ok(row);
    };
    colophon.published_on = Some(day_of(release_at).to_string());
    colophon.replaces = repo::replaced_by(session, &row).await?;
    Ok(repo::Row {
        manifest: document::write(&manifest)?,
        ..row
    })
}

/// The files, with the responses beside the verdicts.
async fn written(session: &Session, row: &repo::Row) -> Result<Vec<File>, DbError> {
    let lines = release::with_responses(
        repo::lines(session, &row.key).await?.unwrap_or_default(),
        &repo::responses(session, &row.key).await?,
    );
    let manifest = repo::printed_manifest(session, row).await?;
    files::write(&manifest, &lines, session.moment().instant)
        .map_err(|error| DbError::doing("writing a publication")(DbErr::Json(error)))
}
