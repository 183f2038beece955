//! Subscriptions: what happens, told to whoever may see it, as it is entered in the ledger.
//!
//! A stream is a walk along the ledger. Opening it checks the arguments and says what it waits for
//! ([`Interest`]); then each entry that fits is a request of its own, read at the number of that
//! entry within the subscriber's scope of that moment. So a stream says exactly what a query at
//! that number would have said, which is read at the end of its transaction; and going on from its
//! position misses nothing and repeats nothing.

use std::sync::{Arc, OnceLock};

use async_graphql::{ComplexObject, Context, Result, SimpleObject, Subscription};
use chrono::{DateTime, Utc};
use futures_util::{Stream, stream};
use sea_orm::{FromQueryResult, Value};

use super::{
    key_part::KeyPart,
    repo::{self, ChangeFilter, Since},
};
use crate::{
    assessment::schema::{Assessment, find_by_key},
    publication::schema::{Publication, find_publication},
};
use database::{DbError, Session};
use domain::{ledger::position, policy, territory::MunicipalityCode};
use graphql::{context::request, error::Failure, position::Position};
use register::{
    nodes::find_round,
    plan::schema::{Action, MonitoringRound, find_action},
};

/// Entries that are read at a time.
const PAGE: i64 = 100;

/// What a stream waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interest {
    /// Go on after this position; from the present head when none.
    pub since: Option<position::Position>,
    watched: Watched,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Watched {
    /// That the ledger grew.
    Head,
    /// Entries of a kind, perhaps only those whose key fits, or of one operation.
    Entries {
        kind: &'static str,
        key: KeyPart,
        operation: Option<&'static str>,
    },
}

/// Something that happened: an entry of the ledger, or that it grew.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Occurrence {
    number: i64,
    hash: i64,
    recorded_at: DateTime<Utc>,
    operation: String,
    subject_key: String,
}

impl Occurrence {
    /// The position of the entry.
    pub fn position(&self) -> position::Position {
        position::Position::of_stored(self.number, Some(self.hash))
    }
}

/// Why a subscription is executed: to open a stream, or to tell one event.
#[derive(Debug)]
pub enum Occasion {
    /// To check it, and to learn what it waits for.
    Opening(OnceLock<Interest>),
    /// To tell this.
    Event(Occurrence),
}

impl Occasion {
    /// Opens a stream.
    pub fn opening() -> Self {
        Self::Opening(OnceLock::new())
    }

    /// What the stream waits for, once it was opened.
    pub fn interest(&self) -> Option<&Interest> {
        match self {
            Self::Opening(interest) => interest.get(),
            Self::Event(_) => None,
        }
    }
}

/// What happened after a position, as far as the session reaches and may see: at most a page, the
/// earliest first, and the position up to which nothing is left to tell.
///
/// # Errors
/// When the database fails.
pub async fn after(
    session: &Session,
    interest: &Interest,
    seen: position::Position,
) -> Result<(Vec<Occurrence>, position::Position), DbError> {
    let seen = seen.number;
    let mut found = match &interest.watched {
        Watched::Head => instants(session, seen).await?,
        Watched::Entries { kind, .. } => entries(session, kind, seen).await?,
    };
    let whole_page = i64::try_from(found.len()).is_ok_and(|length| length >= PAGE);
    let upto = match found.last() {
        Some(last) if whole_page => last.position(),
        Some(_) | None => session.moment().state,
    };
    if let Watched::Entries { key, operation, .. } = &interest.watched {
        found.retain(|occurrence| {
            key.fits(&occurrence.subject_key)
                && operation.is_none_or(|operation| operation == occurrence.operation)
        });
    }
    Ok((found, upto))
}

async fn entries(session: &Session, kind: &str, seen: i64) -> Result<Vec<Occurrence>, DbError> {
    let scope = policy::ledger(session.mandate());
    let requested = ChangeFilter {
        since: Since::Number(seen),
        after: None,
        subject_kind: Some(kind.to_owned()),
        limit: PAGE,
    };
    let rows = repo::changes(session, &scope, &requested).await?;
    let occurrences = rows.into_iter().map(|row| Occurrence {
        number: row.number,
        hash: row.state_hash,
        recorded_at: row.recorded_at,
        operation: row.operation,
        subject_key: row.subject_key,
    });
    Ok(occurrences.collect())
}

/// One per transaction that wrote, which everybody may know.
async fn instants(session: &Session, seen: i64) -> Result<Vec<Occurrence>, DbError> {
    session
        .rows(
            "reading how the ledger grew",
            "select number, hash_start(hash) as hash, recorded_at,
                '' as operation, '' as subject_key from ledger_instant
             where number > $1 and number <= $2 order by number limit $3",
            [seen, session.moment().ledger, PAGE].map(Value::from),
        )
        .await
}

/// The ledger grew. NL: nieuwe stand van het grootboek.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct LedgerAdvanced {
    /// The last number. NL: nummer in het grootboek.
    ledger: i64,
    /// Go on with it as `since`. NL: positie in het grootboek.
    position: Position,
    /// When it was recorded, UTC. NL: vastgelegd op.
    recorded_at: DateTime<Utc>,
}

/// A status of an action became known: a round was closed, or a status was corrected or withdrawn.
/// NL: nieuwe stand van zaken.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct StatusReported {
    /// The number of the entry. NL: nummer in het grootboek.
    ledger: i64,
    /// Go on with it as `since`. NL: positie in het grootboek.
    position: Position,
    /// When it was recorded, UTC. NL: vastgelegd op.
    recorded_at: DateTime<Utc>,
    /// What was done, as in `statusReport.accepted`. NL: handeling.
    operation: String,
    #[graphql(skip)]
    round: String,
    #[graphql(skip)]
    action: String,
}

#[ComplexObject]
impl StatusReported {
    /// The round that the report belongs to, as known at this entry. NL: monitoringsronde.
    async fn round(&self, ctx: &Context<'_>) -> Result<Option<MonitoringRound>> {
        find_round(ctx, &self.round).await
    }

    /// The action with its status, as known at this entry. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        find_action(ctx, &self.action).await
    }
}

/// An assessment was submitted, reviewed or confirmed. NL: gewijzigde beoordeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct AssessmentChanged {
    /// The number of the entry. NL: nummer in het grootboek.
    ledger: i64,
    /// Go on with it as `since`. NL: positie in het grootboek.
    position: Position,
    /// When it was recorded, UTC. NL: vastgelegd op.
    recorded_at: DateTime<Utc>,
    /// What was done, as in `assessment.submitted`. NL: handeling.
    operation: String,
    #[graphql(skip)]
    key: String,
}

#[ComplexObject]
impl AssessmentChanged {
    /// The assessment, as known at this entry. NL: beoordeling.
    async fn assessment(&self, ctx: &Context<'_>) -> Result<Option<Assessment>> {
        find_by_key(ctx, &self.key).await
    }
}

/// A publication came out. NL: vrijgegeven publicatie.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct PublicationReleased {
    /// The number of the entry. NL: nummer in het grootboek.
    ledger: i64,
    /// Go on with it as `since`. NL: positie in het grootboek.
    position: Position,
    /// When it was recorded, UTC. NL: vastgelegd op.
    recorded_at: DateTime<Utc>,
    #[graphql(skip)]
    key: String,
}

#[ComplexObject]
impl PublicationReleased {
    /// The publication, as known at this entry. NL: publicatie.
    async fn publication(&self, ctx: &Context<'_>) -> Result<Option<Publication>> {
        find_publication(ctx, &self.key).await
    }
}

/// What can be followed as it happens.
#[derive(Debug, Default)]
pub struct Subscription;

/// What can be followed as it happens. NL: abonnementen.
#[Subscription]
impl Subscription {
    /// Each time that something was recorded, whoever may see it: the number alone.
    /// `POSITION_LOST` for a `since` that the ledger does not have. NL: het grootboek is gegroeid.
    async fn ledger_advanced(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Go on after this position; by default from now. NL: na positie in het \
                grootboek."
        )]
        since: Option<Position>,
    ) -> Result<impl Stream<Item = LedgerAdvanced> + use<>> {
        events(ctx, since, Watched::Head, |occurred| LedgerAdvanced {
            ledger: occurred.number,
            position: occurred.position().into(),
            recorded_at: occurred.recorded_at,
        })
        .await
    }

    /// Each status of an action that becomes known. What is reported in an open round comes when
    /// the round is closed. `POSITION_LOST` for a `since` that the ledger does not have, `NOT_FOUND`
    /// for an unknown action. NL: stand van zaken gerapporteerd.
    async fn status_reported(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only this action of the plan of 2024, by number; by default all. NL: actie."
        )]
        action: Option<i32>,
        #[graphql(
            desc = "Go on after this position; by default from now. NL: na positie in het \
                grootboek."
        )]
        since: Option<Position>,
    ) -> Result<impl Stream<Item = StatusReported> + use<>> {
        let key = match action {
            None => KeyPart::Any,
            Some(number) => {
                let key = format!("2024/{number}");
                if find_action(ctx, &key).await?.is_none() {
                    return Err(unknown("actie", "action", key).into());
                }
                KeyPart::Ends(format!("/{key}"))
            }
        };
        let watched = Watched::Entries {
            kind: "StatusReport",
            key,
            operation: None,
        };
        events(ctx, since, watched, |occurred| {
            let (round, action) = occurred.subject_key.split_once('/').unwrap_or_default();
            StatusReported {
                ledger: occurred.number,
                position: occurred.position().into(),
                recorded_at: occurred.recorded_at,
                operation: occurred.operation.clone(),
                round: round.to_owned(),
                action: action.to_owned(),
            }
        })
        .await
    }

    /// Each change of an assessment that you may see: a municipality its own, a region those of its
    /// members, VNG all. For others nothing comes. `POSITION_LOST` for a `since` that the ledger
    /// does not have, `NOT_FOUND` for what is no code of a municipality. NL: beoordeling
    /// gewijzigd.
    async fn assessment_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this municipality, by CBS code; by default all. NL: gemeente.")]
        municipality: Option<String>,
        #[graphql(desc = "Only in this reporting period, by key; by default all. NL: periode.")]
        period: Option<String>,
        #[graphql(
            desc = "Go on after this position; by default from now. NL: na positie in het \
                grootboek."
        )]
        since: Option<Position>,
    ) -> Result<impl Stream<Item = AssessmentChanged> + use<>> {
        let municipality = match municipality {
            None => None,
            Some(code) => Some(
                MunicipalityCode::parse(&code)
                    .ok_or_else(|| unknown("gemeente", "municipality", code))?,
            ),
        };
        let key = match (municipality, period) {
            (None, None) => KeyPart::Any,
            (Some(code), None) => KeyPart::Begins(format!("{}/", code.as_str())),
            (None, Some(period)) => KeyPart::Ends(format!("/{period}")),
            (Some(code), Some(period)) => KeyPart::Is(format!("{}/{period}", code.as_str())),
        };
        let watched = Watched::Entries {
            kind: "Assessment",
            key,
            operation: None,
        };
        events(ctx, since, watched, |occurred| AssessmentChanged {
            ledger: occurred.number,
            position: occurred.position().into(),
            recorded_at: occurred.recorded_at,
            operation: occurred.operation.clone(),
            key: occurred.subject_key.clone(),
        })
        .await
    }

    /// Each publication that comes out, at its release. `POSITION_LOST` for a `since` that the
    /// ledger does not have. NL: publicatie vrijgegeven.
    async fn publication_released(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Go on after this position; by default from now. NL: na positie in het \
                grootboek."
        )]
        since: Option<Position>,
    ) -> Result<impl Stream<Item = PublicationReleased> + use<>> {
        let watched = Watched::Entries {
            kind: "Publication",
            key: KeyPart::Any,
            operation: Some("publication.released"),
        };
        events(ctx, since, watched, |occurred| PublicationReleased {
            ledger: occurred.number,
            position: occurred.position().into(),
            recorded_at: occurred.recorded_at,
            key: occurred.subject_key.clone(),
        })
        .await
    }
}

/// Opens a stream, which then holds nothing yet, or tells the one event that the request was made
/// for.
async fn events<T: Send>(
    ctx: &Context<'_>,
    since: Option<Position>,
    watched: Watched,
    write_to: impl FnOnce(&Occurrence) -> T,
) -> Result<stream::Iter<std::option::IntoIter<T>>> {
    let event = match ctx.data::<Arc<Occasion>>()?.as_ref() {
        Occasion::Event(occurred) => Some(write_to(occurred)),
        Occasion::Opening(interest) => {
            let since = since.map(|since| since.0);
            if let Some(position) = since {
                let session = request(ctx)?.session().await.map_err(Failure::from)?;
                session
                    .check_position(position)
                    .await
                    .map_err(Failure::from)?;
            }
            interest.set(Interest { since, watched }).ok();
            None
        }
    };
    Ok(stream::iter(event))
}

/// That there is no such thing, by its Dutch and its English name.
fn unknown(nl: &'static str, en: &'static str, code: String) -> Failure {
    Failure::Unknown {
        what: (nl, en),
        code: code.chars().take(64).collect(),
        did_you_mean: Vec::new(),
    }
}
