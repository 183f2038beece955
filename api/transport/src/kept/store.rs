//! Where answers are kept: those of one state of the ledger and one day, bounded in bytes, each
//! role with a share of its own.
//!
//! Another state or another day empties all shares, whichever number the answers are about. So a
//! text that the law wanted gone, a ledger that went back to a backup and a day that is over leave
//! nothing behind. A request that is late may empty what is newer, and costs a little work then; it
//! is never given an answer of another state than its own, because whoever looks names the state.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{http::header::ContentEncoding, web::Bytes};
use chrono::NaiveDate;

use crate::version::Question;
use database::{Moment, PrivilegedReads};
use domain::{actor::RoleKind, ledger::position::Position};

/// Bytes that an answer takes beside its body.
const OVERHEAD: usize = 400;

/// An answer as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptAnswer {
    pub(crate) body: Bytes,
    /// What it tells of others by privilege: logged again whenever it is given.
    pub(crate) privileged: PrivilegedReads,
}

impl KeptAnswer {
    fn bytes(&self) -> usize {
        self.body.len() + self.privileged.bytes() + OVERHEAD
    }
}

/// What an answer is found by, among those of its role.
pub(crate) type Place = (Question, ContentEncoding);

/// The answers that an instance keeps.
#[derive(Debug)]
pub(crate) struct KeptAnswers {
    /// Bytes of one role.
    most: usize,
    shelves: Mutex<Shelves>,
    /// Answers that were given as they were kept.
    pub(crate) hits: AtomicU64,
    /// Answers that were computed although they may be kept.
    pub(crate) misses: AtomicU64,
}

#[derive(Debug, Default)]
struct Shelves {
    state: Option<State>,
    of: HashMap<RoleKind, Shelf>,
}

/// What all answers that are kept have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    head: Position,
    day: NaiveDate,
}

impl State {
    fn of(moment: &Moment) -> Self {
        Self {
            head: moment.state,
            day: moment.present_day(),
        }
    }
}

/// The answers of one role.
#[derive(Debug, Default)]
struct Shelf {
    answers: HashMap<Place, (u64, KeptAnswer)>,
    /// By the turn at which each was given last.
    turns: BTreeMap<u64, Place>,
    turn: u64,
    bytes: usize,
}

impl KeptAnswers {
    /// Room for so many bytes in all; none keeps nothing.
    pub(crate) fn new(bytes: usize) -> Self {
        Self {
            most: bytes / RoleKind::ALL.len(),
            shelves: Mutex::default(),
            hits: AtomicU64::default(),
            misses: AtomicU64::default(),
        }
    }

    /// Whether there is an answer to a question, of whatever state.
    pub(super) fn holds(&self, role: RoleKind, question: Question) -> bool {
        let shelves = self.shelves();
        let place = (question, ContentEncoding::Identity);
        let shelf = shelves.of.get(&role);
        shelf.is_some_and(|shelf| shelf.answers.contains_key(&place))
    }

    /// The answer to a question at this moment; lets go of all that is of another state.
    pub(crate) fn find(
        &self,
        moment: &Moment,
        role: RoleKind,
        place: &Place,
    ) -> Option<KeptAnswer> {
        self.shelves_of(moment).of.get_mut(&role)?.find(place)
    }

    /// Keeps an answer that was computed at this moment, and lets go of all that is of another
    /// state, and of others of the role where there is no room.
    pub(crate) fn keep(&self, moment: &Moment, role: RoleKind, place: Place, answer: KeptAnswer) {
        if answer.bytes() > self.most {
            return;
        }
        let mut shelves = self.shelves_of(moment);
        let shelf = shelves.of.entry(role).or_default();
        shelf.keep(place, answer, self.most);
    }

    /// Bytes of all answers.
    pub(crate) fn bytes(&self) -> usize {
        let shelves = self.shelves();
        shelves.of.values().map(|shelf| shelf.bytes).sum()
    }

    /// Counts an answer that was given as it was kept.
    pub(crate) fn count_hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an answer that was computed.
    pub(crate) fn count_miss(&self) {
        self.misses.fetch_add(1, Ordering::Relaxed);
    }

    fn shelves_of(&self, moment: &Moment) -> MutexGuard<'_, Shelves> {
        let mut shelves = self.shelves();
        let state = Some(State::of(moment));
        if shelves.state != state {
            *shelves = Shelves {
                state,
                of: HashMap::new(),
            };
        }
        shelves
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn next_turn(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    fn find(&mut self, place: &Place) -> Option<KeptAnswer> {
        let turn = self.next_turn();
        let (last, answer) = self.answers.get_mut(place)?;
        let last = std::mem::replace(last, turn);
        let answer = answer.clone();
        self.turns.remove(&last);
        self.turns.insert(turn, *place);
        Some(answer)
    }

    fn keep(&mut self, place: Place, answer: KeptAnswer, most: usize) {
        self.remove(&place);
        let turn = self.next_turn();
        self.bytes += answer.bytes();
        self.answers.insert(place, (turn, answer));
        self.turns.insert(turn, place);
        while self.bytes > most {
            let Some((_, oldest)) = self.turns.first_key_value() else {
                break;
            };
            let oldest = *oldest;
            self.remove(&oldest);
        }
    }

    fn remove(&mut self, place: &Place) {
        if let Some((turn, answer)) = self.answers.remove(place) {
            self.turns.remove(&turn);
            self.bytes -= answer.bytes();
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    /// Room for a thousand bytes of each role, besides what two answers take.
    const ROOM: usize = 6 * (1_000 + 2 * OVERHEAD);

    fn moment(number: i64, hash: i64, hours: i64) -> Moment {
        let noon = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let instant = noon + TimeDelta::hours(hours);
        Moment {
            ledger: number,
            head: number,
            state: Position::of_stored(number, Some(hash)),
            day: domain::clock::day_of(instant),
            instant,
            next_release: None,
        }
    }

    fn place(name: &str) -> Place {
        (Question::named(name), ContentEncoding::Identity)
    }

    fn answer(bytes: usize) -> KeptAnswer {
        KeptAnswer {
            body: Bytes::from(vec![b' '; bytes]),
            privileged: PrivilegedReads::default(),
        }
    }

    #[test]
    fn an_answer_is_of_one_role_one_state_and_one_day() {
        let store = KeptAnswers::new(ROOM);
        let now = moment(7, 1, 0);
        let find = |moment, role| store.find(&moment, role, &place("a"));
        store.keep(&now, RoleKind::Vng, place("a"), answer(9));
        assert!(store.holds(RoleKind::Vng, Question::named("a")));
        assert!(!store.holds(RoleKind::Public, Question::named("a")));
        assert_eq!(find(now, RoleKind::Vng), Some(answer(9)));
        assert_eq!(find(now, RoleKind::Public), None);
        // The same number with another hash, another number, a number before it, and another day:
        // each lets go of everything.
        for other in [
            moment(7, 2, 0),
            moment(8, 1, 0),
            moment(6, 1, 0),
            moment(7, 1, 24),
        ] {
            store.keep(&now, RoleKind::Vng, place("a"), answer(9));
            assert_eq!(find(other, RoleKind::Vng), None);
            assert_eq!(store.bytes(), 0);
            assert_eq!(find(now, RoleKind::Vng), None);
        }
    }

    #[test]
    fn no_role_drives_out_another_and_the_oldest_goes_first() {
        let store = KeptAnswers::new(ROOM);
        let now = moment(7, 1, 0);
        let is_there = |role, name| store.find(&now, role, &place(name)).is_some();
        store.keep(&now, RoleKind::Ministry, place("a"), answer(900));
        store.keep(&now, RoleKind::Public, place("a"), answer(500));
        store.keep(&now, RoleKind::Public, place("b"), answer(500));
        assert!(is_there(RoleKind::Public, "a"));
        store.keep(&now, RoleKind::Public, place("c"), answer(500));
        assert!(is_there(RoleKind::Public, "a") && is_there(RoleKind::Public, "c"));
        assert!(!is_there(RoleKind::Public, "b"));
        assert!(is_there(RoleKind::Ministry, "a"));
        assert_eq!(store.bytes(), 900 + 2 * 500 + 3 * OVERHEAD);
        // What is larger than the share of a role is not kept, and drives nothing out.
        store.keep(&now, RoleKind::Public, place("d"), answer(5_000));
        assert!(!is_there(RoleKind::Public, "d") && is_there(RoleKind::Public, "a"));
        // The same answer anew takes no more room.
        store.keep(&now, RoleKind::Public, place("a"), answer(500));
        assert_eq!(store.bytes(), 900 + 2 * 500 + 3 * OVERHEAD);
    }

    #[test]
    fn without_room_nothing_is_kept() {
        let store = KeptAnswers::new(0);
        store.keep(&moment(7, 1, 0), RoleKind::Vng, place("a"), answer(0));
        assert!(!store.holds(RoleKind::Vng, Question::named("a")));
    }
}
