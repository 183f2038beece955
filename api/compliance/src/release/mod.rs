//! Embargoes: a decision of today that becomes known at an instant to come.
//!
//! A decision is kept in a working table until its instant. Whoever opens a session then carries it
//! out first, under the ledger's lock and in the name of whoever decided, and so does a timer where
//! nobody asks: so a read before the instant does not see it, a read at the instant does, and of
//! several instances one appends the entries. What a decision does when it is carried out is told
//! by the feature that it belongs to; this module knows when and only once.

mod repo;

use database::{Database, DbError, Session, document};
use domain::{
    actor::{Actor, Role},
    document::Document,
    error::chain,
    monitoring::rules::CLOSING,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::monitoring::close;
use ledger::Writer;

/// How long the timer sleeps at most: an embargo set meanwhile by another instance ends on time.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);

/// A decision that waits for its instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Decision {
    /// A monitoring round is closed: what it accepts and what it leaves out.
    MonitoringRound(close::Decided),
    /// A publication is released to everybody.
    Publication {
        /// The key of the publication.
        publication: String,
    },
}

impl Document for Decision {
    const NAME: &'static str = "a decision that waits";
}

impl Decision {
    /// The code of its kind.
    fn kind(&self) -> &'static str {
        match self {
            Self::MonitoringRound(_) => CLOSING,
            Self::Publication { .. } => "PUBLICATION",
        }
    }

    /// The natural key of what it is about: one thing waits for one instant.
    fn key(&self) -> &str {
        match self {
            Self::MonitoringRound(decided) => &decided.round,
            Self::Publication { publication } => publication,
        }
    }

    /// Appends what was decided, as the ministry that decided it.
    async fn run(&self, writer: &mut Writer) -> Result<(), DbError> {
        match self {
            Self::MonitoringRound(decided) => close::run_release(writer, decided).await,
            Self::Publication { publication } => {
                crate::publication::release::run_release(writer, publication).await
            }
        }
    }
}

/// Keeps a decision until its instant, in the transaction of whoever decides and has the permit to
/// do it now. Another one on the same thing is replaced.
pub(crate) async fn keep(
    session: &Session,
    decision: &Decision,
    release_at: DateTime<Utc>,
) -> Result<(), DbError> {
    forget(session, decision).await?;
    repo::keep(session, decision, release_at).await
}

/// Forgets what was decided on a thing, if it waits.
pub(crate) async fn forget(session: &Session, decision: &Decision) -> Result<(), DbError> {
    repo::forget(session, decision.kind(), decision.key()).await
}

/// What was decided on a monitoring round, and from when on it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DecidedRound {
    pub(crate) decided: close::Decided,
    pub(crate) until: DateTime<Utc>,
}

/// The decision on a monitoring round that waits; none when nothing does.
pub(crate) async fn decided_round(
    session: &Session,
    key: &str,
) -> Result<Option<DecidedRound>, DbError> {
    let Some(row) = repo::find(session, CLOSING, key).await? else {
        return Ok(None);
    };
    match document::read(row.decision)? {
        Decision::MonitoringRound(decided) => Ok(Some(DecidedRound {
            decided,
            until: row.release_at,
        })),
        Decision::Publication { .. } => Ok(None),
    }
}

/// When a monitoring round is closed as was decided; none when nothing waits.
pub(crate) async fn round_kept_until(
    session: &Session,
    key: &str,
) -> Result<Option<DateTime<Utc>>, DbError> {
    Ok(repo::find(session, CLOSING, key)
        .await?
        .map(|row| row.release_at))
}

/// Carries out everything that is due. One that cannot be carried out is logged and tried again by
/// the next reader: it does not close the service for the others.
pub fn run_due_releases(db: &Database) -> BoxFuture<'_, Result<(), DbError>> {
    Box::pin(async move {
        let session = db.release(&Actor::public()).await?;
        let due = repo::due(&session).await?;
        session.close().await?;
        for waiting in due {
            match carry_out_one(db, &waiting).await {
                Ok(()) => {}
                Err(error) if error.is_unavailable() => return Err(error),
                Err(error) => {
                    tracing::error!(
                        release.kind = waiting.kind,
                        release.key = waiting.key,
                        error = chain(&error),
                        "a decision could not be carried out"
                    );
                }
            }
        }
        Ok(())
    })
}

async fn carry_out_one(db: &Database, waiting: &repo::Waiting) -> Result<(), DbError> {
    let decider = Actor {
        role: Role::Ministry,
        pseudonym: waiting.decided_by.clone(),
        former_pseudonym: None,
    };
    let mut writer = Writer::lock(db.release(&decider).await?).await?;
    // Another instance may have done it while we waited for the lock, or the decision was changed.
    let still = repo::find(writer.session(), &waiting.kind, &waiting.key).await?;
    if still.as_ref() != Some(waiting) {
        return writer.abandon().await;
    }
    let decision: Decision = document::read(waiting.decision.clone())?;
    decision.run(&mut writer).await?;
    repo::forget(writer.session(), &waiting.kind, &waiting.key).await?;
    let ledger = writer.commit().await?;
    tracing::info!(
        release.kind = waiting.kind,
        release.key = waiting.key,
        ledger.number = ledger,
        "a decision is carried out"
    );
    Ok(())
}

/// When the timer last looked at the embargoes, and when the next one ends; for whoever watches.
#[derive(Debug, Clone, Default)]
pub struct Timer(Arc<Looked>);

#[derive(Debug, Default)]
struct Looked {
    /// Seconds since 1970; 0 before the first look.
    at: AtomicI64,
    /// Seconds since 1970; 0 where no embargo runs.
    next: AtomicI64,
}

impl Timer {
    fn note(&self, now: DateTime<Utc>, next: Option<DateTime<Utc>>) {
        self.0.at.store(now.timestamp(), Ordering::Relaxed);
        let next = next.map_or(0, |next| next.timestamp());
        self.0.next.store(next, Ordering::Relaxed);
    }

    /// The second, since 1970, of the last look that found out what is due; 0 before the first.
    pub fn looked_at(&self) -> i64 {
        self.0.at.load(Ordering::Relaxed)
    }

    /// The second, since 1970, at which the next embargo ends, by the last look; 0 where none runs.
    pub fn next_release(&self) -> i64 {
        self.0.next.load(Ordering::Relaxed)
    }
}

/// Carries out what becomes due on an instance that nobody asks anything; never ends.
pub async fn keep_time(db: Database, timer: Timer) {
    loop {
        let next = async {
            // Opening a session carries out what is due.
            let session = db
                .read(&Actor::public(), database::RequestedMoment::HEAD)
                .await?;
            let moment = session.moment();
            session.close().await?;
            timer.note(moment.instant, moment.next_release);
            Ok::<_, DbError>(sleep_before(moment.instant, moment.next_release))
        };
        let sleep = next.await.unwrap_or_else(|error| {
            tracing::warn!(error = chain(&error), "no look at the embargoes this time");
            LONGEST_SLEEP
        });
        tokio::time::sleep(sleep).await;
    }
}

/// How long the timer may sleep.
fn sleep_before(now: DateTime<Utc>, next: Option<DateTime<Utc>>) -> Duration {
    next.and_then(|at| (at - now).to_std().ok())
        .map_or(LONGEST_SLEEP, |wait| wait.min(LONGEST_SLEEP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_of_the_first_form_is_read() {
        let stored = serde_json::json!({ "kind": "PUBLICATION", "publication": "plan-2024-1" });
        let decision = Decision::Publication {
            publication: "plan-2024-1".to_owned(),
        };
        assert_eq!(document::write(&decision).unwrap(), stored);
        assert_eq!(document::read::<Decision>(stored).unwrap(), decision);
    }

    #[test]
    fn the_timer_wakes_at_the_instant_and_at_least_every_ten_seconds() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let after = |seconds| Some(now + chrono::TimeDelta::seconds(seconds));
        assert_eq!(sleep_before(now, None), LONGEST_SLEEP);
        assert_eq!(sleep_before(now, after(3)), Duration::from_secs(3));
        assert_eq!(sleep_before(now, after(60)), LONGEST_SLEEP);
        // Due, and it could not be carried out: the timer does not spin.
        assert_eq!(sleep_before(now, after(-1)), LONGEST_SLEEP);
    }

    #[test]
    fn the_timer_remembers_its_last_look() {
        let timer = Timer::default();
        assert_eq!((timer.looked_at(), timer.next_release()), (0, 0));
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        timer.note(now, Some(now + chrono::TimeDelta::seconds(60)));
        let seen = timer.clone();
        assert_eq!(
            (seen.looked_at(), seen.next_release()),
            (1_800_000_000, 1_800_000_060)
        );
        timer.note(now, None);
        assert_eq!(seen.next_release(), 0);
    }
}
