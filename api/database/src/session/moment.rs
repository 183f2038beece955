//! The moment of a transaction: the ledger number, the day and the instant.

use chrono::{DateTime, NaiveDate, Utc};

use domain::{clock::day_of, ledger::position::Position};

/// The moment of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The ledger number up to which facts are known.
    pub ledger: i64,
    /// The last ledger number when the transaction began.
    pub head: i64,
    /// The state of the ledger when the transaction began. A database that was restored may reach
    /// the same number with other content, and never the same hash.
    pub state: Position,
    /// The day that is told of, in Europe/Amsterdam: the present one unless another was named.
    pub day: NaiveDate,
    /// The present instant.
    pub instant: DateTime<Utc>,
    /// The instant at which the next embargo ends: no answer is good for longer. Nothing tells it
    /// to a client.
    pub next_release: Option<DateTime<Utc>>,
}

impl Moment {
    /// Whether an embargo has ended and is not lifted yet.
    #[must_use]
    pub(crate) fn is_release_due(&self) -> bool {
        self.next_release.is_some_and(|at| at <= self.instant)
    }

    /// The present day in Europe/Amsterdam, whatever day is told of.
    #[must_use]
    pub fn present_day(&self) -> NaiveDate {
        day_of(self.instant)
    }
}
