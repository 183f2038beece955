//! `publish`: writes the files and sets the instant from which everybody may read them.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::{
    errors::{PublicationError, PublicationErrorCode as Code},
    files::{self, File},
    may, release, repo,
    schema::Publication,
};
use crate::release::Decision;
use database::{DbError, Session};
use domain::{mistake::Mistake, policy};
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
    /// The instant, UTC, from which everybody may read it; without it at once. NL: einde van het
    /// embargo.
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
        .is_some_and(|until| until <= now || until > latest)
    {
        mistakes.push(Mistake::at(
            Code::InvalidEmbargo,
            &["embargoUntil"],
            "Het embargo eindigt na nu en binnen een jaar; laat het weg om meteen te publiceren.",
            "The embargo ends after now and within a year; leave it out to publish at once.",
        ));
    }
    stop_at(mistakes)?;
    let files = written(session, &row).await?;
    match input.embargo_until {
        None => release::release(&mut change.writer, &change.permit, &row, &files).await?,
        Some(until) => {
            repo::append_embargo(&mut change.writer, &change.permit, &row, &files, until).await?;
            let decision = Decision::Publication {
                publication: row.key.clone(),
            };
            crate::release::keep(change.session(), &decision, until).await?;
        }
    }
    Ok(change.seal(request, row.key).await?)
}

/// The files, with the responses beside the verdicts.
async fn written(session: &Session, row: &repo::Row) -> Result<[File; 2], DbError> {
    let lines = release::with_responses(
        repo::lines(session, &row.key).await?.unwrap_or_default(),
        &repo::responses(session, &row.key).await?,
    );
    files::write(&repo::manifest(row)?, &lines)
        .map_err(|error| DbError::doing("writing a publication")(DbErr::Json(error)))
}
