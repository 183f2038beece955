//! What everybody may read, in memory: read once for all who ask at one ledger number.
//!
//! A snapshot holds tables that no wall guards, and what is derived from them. It belongs to the
//! state that the ledger had when a transaction opened, number and hash, and to the number that the
//! transaction reads at. What is known at a number stays as it was, so a snapshot is good as long
//! as whoever opens a transaction finds the ledger in its state. Each does find out: the statement
//! that opens a transaction reads the head. So nobody reads what is older than the head was then,
//! whichever instance wrote.
//!
//! The snapshots of one state are held: that of its head, and those of the few past numbers that
//! were last read. Whoever opens after them and finds another state ends them all: something was
//! recorded, a text was blanked by law (which is an entry as well), or another database stands
//! there. Tables without a row since go over to the snapshot that follows, where the ledger found
//! has the old state in its past; one statement says which these are, as it does for a past number.
//! Free texts are behind walls, so none of them is ever here.
//!
//! A transaction that writes has a snapshot until it locks the ledger, and none from then on: what
//! it appends is known to it alone.

mod cells;
mod tables;
mod unguarded;

use std::{
    collections::VecDeque,
    fmt,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::sync::OnceCell;

pub use self::{
    cells::Once,
    tables::Tables,
    unguarded::{PUBLIC_TEXT, UNGUARDED, Unguarded},
};
pub(super) use self::{
    cells::{Cells, Names},
    unguarded::name_of,
};
use super::{DbError, Session};
use domain::ledger::position::Position;

/// Past numbers that are held beside the head.
const PAST_NUMBERS: usize = 4;
/// Rows that a snapshot reads: some ten times those of today.
const MOST_ROWS: usize = 50_000;
/// Tables, and things derived from them, that a snapshot holds.
const MOST_CELLS: usize = 512;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What everybody may read at one ledger number, as far as it was asked for.
#[derive(Default)]
pub(super) struct Snapshot {
    /// The state of the ledger, of which the number is part of the past.
    state: Position,
    number: i64,
    pub(super) cells: Cells,
    rows: AtomicUsize,
    /// Whose tables it takes over, until it did.
    before: Mutex<Option<Arc<Self>>>,
    has_taken_over: OnceCell<()>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Snapshot({} of {})", self.number, self.state)
    }
}

impl Snapshot {
    fn new(state: Position, number: i64, before: Option<Arc<Self>>) -> Arc<Self> {
        Arc::new(Self {
            state,
            number,
            before: Mutex::new(before),
            ..Self::default()
        })
    }

    /// Whether more may be put in.
    pub(super) fn has_room(&self) -> bool {
        self.rows.load(Ordering::Relaxed) < MOST_ROWS && self.cells.len() < MOST_CELLS
    }

    /// Notes that rows were read into it.
    pub(super) fn note_rows(&self, rows: usize) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    /// Whose tables a snapshot that follows takes over.
    fn to_take_over(self: &Arc<Self>) -> Option<Arc<Self>> {
        let before = lock(&self.before).clone();
        before.or_else(|| (self.cells.len() > 0).then(|| Arc::clone(self)))
    }

    /// Takes over what did not change, once, from the snapshot that was there before. Where it
    /// cannot be found out, nothing is taken over, and whoever tried is told why.
    pub(super) async fn take_over(&self, session: &Session) -> Result<(), DbError> {
        let mut failed = None;
        let taking_over = async {
            let before = lock(&self.before).clone();
            if let Some(before) = before {
                let earlier = before.number.min(self.number);
                match unguarded::changed_after(session, earlier, before.state).await {
                    Ok(Some(changed)) => {
                        let is_same =
                            |table: &str| table != PUBLIC_TEXT && !changed.contains(table);
                        self.cells.take_over(&before.cells, is_same);
                    }
                    Ok(None) => {}
                    Err(error) => failed = Some(error),
                }
                *lock(&self.before) = None;
            }
        };
        self.has_taken_over.get_or_init(|| taking_over).await;
        failed.map_or(Ok(()), Err)
    }
}

/// The snapshots of one state of the ledger.
#[derive(Debug)]
struct Held {
    head: Arc<Snapshot>,
    /// Those of past numbers; the one that was read last is the last.
    past: VecDeque<Arc<Snapshot>>,
}

impl Held {
    fn at(&mut self, number: i64) -> Arc<Snapshot> {
        if number == self.head.number {
            return Arc::clone(&self.head);
        }
        let found = self.past.iter().position(|one| one.number == number);
        let snapshot = found
            .and_then(|at| self.past.remove(at))
            .unwrap_or_else(|| Snapshot::new(self.head.state, number, self.head.to_take_over()));
        self.past.push_back(Arc::clone(&snapshot));
        if self.past.len() > PAST_NUMBERS {
            self.past.pop_front();
        }
        snapshot
    }
}

/// How often another state had been found when a transaction was about to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival(u64);

/// The snapshots that the handles of one database share.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshots(Arc<Mutex<Found>>);

#[derive(Debug, Default)]
struct Found {
    /// How often another state was found.
    times: u64,
    held: Option<Held>,
}

impl Snapshots {
    /// Notes that a transaction is about to open, and will read the head from now on.
    pub(super) fn arrive(&self) -> Arrival {
        Arrival(lock(&self.0).times)
    }

    /// How many snapshots are held, and of how many rows together.
    pub(super) fn size(&self) -> (usize, usize) {
        let found = lock(&self.0);
        let held = found.held.iter();
        let snapshots = held.flat_map(|held| held.past.iter().chain([&held.head]));
        snapshots.fold((0, 0), |(many, rows), one| {
            (many + 1, rows + one.rows.load(Ordering::Relaxed))
        })
    }

    /// The snapshot of a transaction, which found the ledger in a state after it arrived and reads
    /// at a number of it. There is none of an empty ledger, nor for whoever found a lower head than
    /// others who opened meanwhile: no other will come that finds it.
    pub(super) fn at(
        &self,
        arrival: Arrival,
        state: Position,
        number: i64,
    ) -> Option<Arc<Snapshot>> {
        if state.number == 0 || state.hash.is_none() {
            return None;
        }
        let mut found = lock(&self.0);
        let held = found.held.as_ref().map(|held| &held.head);
        let is_held = held.is_some_and(|head| head.state == state);
        if !is_held {
            let is_last = found.times == arrival.0;
            if !is_last && held.is_some_and(|head| state.number <= head.number) {
                return None;
            }
            let before = held.and_then(Snapshot::to_take_over);
            found.times += 1;
            found.held = Some(Held {
                head: Snapshot::new(state, state.number, before),
                past: VecDeque::new(),
            });
        }
        found.held.as_mut().map(|held| held.at(number))
    }
}

#[cfg(test)]
mod tests;
