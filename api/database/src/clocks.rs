//! Whether the clock of this instance is to be trusted.
//!
//! Every transaction reads the clock of the database in the statement that opens it. Beyond two
//! seconds one of the two is wrong, and an instance cannot tell which: then it writes nothing, ends
//! no embargo and is not ready, until they agree again. The clock of the database is read for this
//! comparison and for nothing else.
//!
//! Entries never go back in time: a head that an instance with a fast clock stamped in the future
//! stamps whatever follows later still, until that instant has passed.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::TimeDelta;

/// Milliseconds by which two clocks may differ, and by which the head may be ahead.
const TOLERANCE_MS: i64 = 2000;

/// What a transaction found of the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clocks {
    ahead_ms: i64,
    head_ahead_ms: i64,
}

impl Clocks {
    /// How far this instance is ahead of the database (behind it when negative), and the last
    /// entry ahead of this instance.
    pub(super) fn new(ahead: TimeDelta, head_ahead: TimeDelta) -> Self {
        Self {
            ahead_ms: ahead.num_milliseconds(),
            head_ahead_ms: head_ahead.num_milliseconds(),
        }
    }

    /// Whether the clocks of this instance and of the database are at most two seconds apart.
    #[must_use]
    pub fn agree(&self) -> bool {
        self.ahead_ms.abs() <= TOLERANCE_MS
    }

    /// Milliseconds by which this instance is ahead of the database; behind it when negative.
    #[must_use]
    pub fn ahead_ms(&self) -> i64 {
        self.ahead_ms
    }

    /// Milliseconds by which the last entry lies in the future; 0 when it does not.
    #[must_use]
    pub fn head_ahead_ms(&self) -> i64 {
        if self.is_head_ahead() {
            self.head_ahead_ms
        } else {
            0
        }
    }

    /// Whether the last entry of the ledger lies in the future.
    #[must_use]
    pub fn is_head_ahead(&self) -> bool {
        self.head_ahead_ms > TOLERANCE_MS
    }
}

/// What the last transaction of this instance found; the log tells each turn once.
#[derive(Debug, Clone, Default)]
pub(super) struct Watch(Arc<Last>);

#[derive(Debug, Default)]
struct Last {
    ahead_ms: AtomicI64,
    head_ahead_ms: AtomicI64,
}

impl Watch {
    pub(super) fn last(&self) -> Clocks {
        Clocks {
            ahead_ms: self.0.ahead_ms.load(Ordering::Relaxed),
            head_ahead_ms: self.0.head_ahead_ms.load(Ordering::Relaxed),
        }
    }

    /// Takes in what a transaction found.
    pub(super) fn note(&self, found: Clocks) {
        let before = Clocks {
            ahead_ms: self.0.ahead_ms.swap(found.ahead_ms, Ordering::Relaxed),
            head_ahead_ms: self
                .0
                .head_ahead_ms
                .swap(found.head_ahead_ms, Ordering::Relaxed),
        };
        match (before.agree(), found.agree()) {
            (true, false) => tracing::error!(
                clock.ahead_ms = found.ahead_ms,
                "the clocks of this instance and of the database differ by more than two seconds: \
                 it is not ready, writes nothing and ends no embargo until they agree"
            ),
            (false, true) => tracing::info!(
                clock.ahead_ms = found.ahead_ms,
                "the clocks of this instance and of the database agree again"
            ),
            (true, true) | (false, false) => {}
        }
        if found.agree() && found.is_head_ahead() && !before.is_head_ahead() {
            tracing::error!(
                head.ahead_ms = found.head_ahead_ms,
                "the last entry of the ledger lies in the future: whatever is recorded until then \
                 is stamped after it; the operator's guide tells the way out"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_seconds_are_tolerated_and_no_more() {
        let found = |ahead, head| {
            Clocks::new(
                TimeDelta::milliseconds(ahead),
                TimeDelta::milliseconds(head),
            )
        };
        for (ahead, agree) in [
            (0, true),
            (2000, true),
            (-2000, true),
            (2001, false),
            (-2001, false),
        ] {
            assert_eq!(found(ahead, 0).agree(), agree, "{ahead}");
        }
        for (head, ahead) in [(-9000, 0), (0, 0), (2000, 0), (2001, 2001)] {
            let clocks = found(0, head);
            assert_eq!(clocks.head_ahead_ms(), ahead, "{head}");
            assert_eq!(clocks.is_head_ahead(), ahead > 0, "{head}");
        }
        let watch = Watch::default();
        assert!(watch.last().agree());
        watch.note(found(5000, 0));
        assert_eq!(watch.last(), found(5000, 0));
    }
}
