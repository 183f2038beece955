//! Admission: who may work with the database now, and who waits for it.
//!
//! There are as many permits as the pool has connections, and whoever holds one uses one connection
//! at a time. So a request that has begun never starves for want of a second connection: above all
//! a mutation, which commits on one and reads its payload on the next, answers after its commit
//! however many others are waiting. Were requests to compete for bare connections, each that has
//! committed would queue up behind all that have not begun, and be told "try again" of what was
//! kept.
//!
//! Who waits is served by turns: the role that was served longest ago, of it the person or address
//! that was served longest ago, of that the request that came first. So whoever asks a lot waits
//! for itself, and nobody else for it. Whoever writes waits for the ledger with a connection in
//! hand, and so holds at most half of them: the others are there for readers, however long the
//! ledger is locked.
//!
//! The ledger has one writer at a time, and the database sees to that for all instances. The
//! writers of one instance wait for each other here, for its one writer permit: a wait in the
//! database counts as a slow statement, and is cut off in a rush.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sea_orm::{DbErr, error::ConnAcquireErr};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::DbError;
use domain::actor::{Actor, RoleKind};

/// How long a request waits for its turn before it is told to come back, nothing of it having been
/// begun: as long as proxies wait.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Of how many parties it is remembered when they were served last.
const MOST_PARTIES: usize = 10_000;

/// Who shares the connections with others: a role, and in it a person or an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Party {
    role: RoleKind,
    name: Arc<str>,
}

impl Party {
    /// Whoever asks: the person of a token, and of who has none the address.
    pub(super) fn of(actor: &Actor, address: &Arc<str>) -> Self {
        Self {
            role: actor.role.kind(),
            name: match &actor.pseudonym {
                Some(pseudonym) => pseudonym.as_str().into(),
                None => Arc::clone(address),
            },
        }
    }
}

/// What somebody is admitted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To read.
    Read,
    /// To write, and to read what was written.
    Write,
}

/// What goes on where permits are given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turns {
    /// Requests that wait for a permit.
    pub waiting: usize,
    /// Permits that nobody holds.
    pub free: usize,
    /// Permits that were given out since the start.
    pub served: u64,
    /// Requests whose turn did not come in time.
    pub in_vain: u64,
}

/// The permits of an instance.
#[derive(Debug, Clone)]
pub(super) struct Admission {
    desk: Arc<Desk>,
    longest_wait: Duration,
    writer_permit: Arc<Semaphore>,
}

/// The right to write in the ledger, of one on this instance at a time.
#[derive(Debug)]
pub struct WriterPermit {
    _held: OwnedSemaphorePermit,
}

/// One permit; it is free again when the last that holds it lets go.
#[derive(Debug, Clone)]
pub(super) struct AdmissionPermit {
    _held: Arc<Held>,
}

/// Where permits are given out.
#[derive(Debug)]
struct Desk(Mutex<Line>);

/// The permits that are free, and who waits for one.
#[derive(Debug)]
struct Line {
    free: usize,
    free_to_write: usize,
    waiting: Vec<Waiting>,
    /// Counts what was given out.
    served: u64,
    /// Counts who waited in vain.
    in_vain: u64,
    role_served: HashMap<RoleKind, u64>,
    party_served: HashMap<Party, u64>,
}

#[derive(Debug)]
struct Waiting {
    party: Party,
    access: Access,
    permit: oneshot::Sender<Held>,
}

/// A permit in somebody's hands.
#[derive(Debug)]
struct Held {
    access: Access,
    desk: Option<Arc<Desk>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.take() {
            desk.take_back(self.access);
        }
    }
}

impl Desk {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts somebody in line, and gives out what is free.
    fn queue(self: &Arc<Self>, party: Party, access: Access) -> oneshot::Receiver<Held> {
        let (permit, receiver) = oneshot::channel();
        let mut line = self.line();
        line.waiting.push(Waiting {
            party,
            access,
            permit,
        });
        self.give_out(&mut line);
        receiver
    }

    fn take_back(self: &Arc<Self>, access: Access) {
        let mut line = self.line();
        line.put_back(access);
        self.give_out(&mut line);
    }

    fn give_out(self: &Arc<Self>, line: &mut Line) {
        while let Some(Waiting {
            party,
            access,
            permit,
        }) = line.next()
        {
            let held = Held {
                access,
                desk: Some(Arc::clone(self)),
            };
            match permit.send(held) {
                Ok(()) => line.note_served(party),
                // Nobody waits there any more. Dropped with its desk it would wait for this lock.
                Err(mut held) => {
                    held.desk = None;
                    line.put_back(access);
                }
            }
        }
    }
}

impl Line {
    fn new(permits: usize) -> Self {
        Self {
            free: permits,
            free_to_write: permits.div_ceil(2),
            waiting: Vec::new(),
            served: 0,
            in_vain: 0,
            role_served: HashMap::new(),
            party_served: HashMap::new(),
        }
    }

    /// Takes out whoever is next and for whom there is a permit, with the permit.
    fn next(&mut self) -> Option<Waiting> {
        self.waiting.retain(|waiting| !waiting.permit.is_closed());
        if self.free == 0 {
            return None;
        }
        let can_write = self.free_to_write > 0;
        let last = |waiting: &Waiting| {
            let role = self.role_served.get(&waiting.party.role);
            let party = self.party_served.get(&waiting.party);
            (role.copied(), party.copied())
        };
        // Of equals the first one is found, and they stand in the order of coming.
        let (at, _) = self
            .waiting
            .iter()
            .enumerate()
            .filter(|(_, waiting)| can_write || waiting.access == Access::Read)
            .min_by_key(|(_, waiting)| last(waiting))?;
        let waiting = self.waiting.remove(at);
        self.free -= 1;
        if waiting.access == Access::Write {
            self.free_to_write -= 1;
        }
        Some(waiting)
    }

    fn put_back(&mut self, access: Access) {
        self.free += 1;
        if access == Access::Write {
            self.free_to_write += 1;
        }
    }

    fn note_served(&mut self, party: Party) {
        self.served += 1;
        self.role_served.insert(party.role, self.served);
        if self.party_served.len() >= MOST_PARTIES {
            // Who was served long ago and who never was are served alike.
            self.party_served.clear();
        }
        self.party_served.insert(party, self.served);
    }
}

impl Admission {
    /// A permit for each connection.
    pub(super) fn new(connections: u32) -> Self {
        let permits = usize::try_from(connections).unwrap_or(usize::MAX);
        Self {
            desk: Arc::new(Desk(Mutex::new(Line::new(permits)))),
            longest_wait: LONGEST_WAIT,
            writer_permit: Arc::new(Semaphore::new(1)),
        }
    }

    /// What goes on in the line.
    pub(super) fn turns(&self) -> Turns {
        let line = self.desk.line();
        let is_there = |waiting: &&Waiting| !waiting.permit.is_closed();
        Turns {
            waiting: line.waiting.iter().filter(is_there).count(),
            free: line.free,
            served: line.served,
            in_vain: line.in_vain,
        }
    }

    /// Waits for the writer permit, behind everybody who asked for it earlier. Whoever waits has
    /// been admitted already, so its time is bounded elsewhere.
    pub(super) async fn writer_permit(&self) -> Result<WriterPermit, DbError> {
        let held = Arc::clone(&self.writer_permit).acquire_owned().await;
        let held = held
            .map_err(|_closed| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
            .map_err(DbError::doing("waiting for the writer permit"))?;
        Ok(WriterPermit { _held: held })
    }

    /// Waits for a permit until it is this party's turn.
    pub(super) async fn take(
        &self,
        party: Party,
        access: Access,
    ) -> Result<AdmissionPermit, DbError> {
        let turn = self.desk.queue(party, access);
        let held = match tokio::time::timeout(self.longest_wait, turn).await {
            Ok(held) => held.map_err(|_closed| ConnAcquireErr::ConnectionClosed),
            Err(_too_long) => {
                self.desk.line().in_vain += 1;
                Err(ConnAcquireErr::Timeout)
            }
        };
        let held = held
            .map_err(DbErr::ConnectionAcquire)
            .map_err(DbError::doing("waiting for a turn"))?;
        Ok(AdmissionPermit {
            _held: Arc::new(held),
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn party(role: RoleKind, name: &str) -> Party {
        Party {
            role,
            name: name.into(),
        }
    }

    fn public(name: &str) -> Party {
        party(RoleKind::Public, name)
    }

    #[tokio::test]
    async fn whoever_came_first_is_admitted_first_and_a_permit_is_free_when_the_last_lets_go() {
        let admission = Admission::new(1);
        let take = || Box::pin(admission.take(public("a"), Access::Read));
        let permit = take().await.unwrap();
        let mut first = take();
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = take();
        assert!(second.as_mut().now_or_never().is_none());
        let same = permit.clone();
        drop(permit);
        assert!(first.as_mut().now_or_never().is_none());
        drop(same);
        assert!(second.as_mut().now_or_never().is_none());
        let permit = first.as_mut().now_or_never().unwrap().unwrap();
        drop(permit);
        assert!(second.as_mut().now_or_never().unwrap().is_ok());
    }

    #[tokio::test]
    async fn who_waits_is_counted_until_it_leaves() {
        let admission = Admission::new(1);
        let turns = |waiting, free, served| Turns {
            waiting,
            free,
            served,
            in_vain: 0,
        };
        assert_eq!(admission.turns(), turns(0, 1, 0));
        let permit = admission.take(public("a"), Access::Read).await.unwrap();
        let mut next = Box::pin(admission.take(public("b"), Access::Read));
        assert!(next.as_mut().now_or_never().is_none());
        assert_eq!(admission.turns(), turns(1, 0, 1));
        drop(next);
        assert_eq!(admission.turns(), turns(0, 0, 1));
        drop(permit);
        assert_eq!(admission.turns(), turns(0, 1, 1));
        let hasty = Admission {
            longest_wait: Duration::ZERO,
            ..Admission::new(0)
        };
        assert!(hasty.take(public("a"), Access::Read).await.is_err());
        assert_eq!(hasty.turns().in_vain, 1);
    }

    #[tokio::test]
    async fn roles_and_in_them_persons_and_addresses_take_turns() {
        let admission = Admission::new(1);
        let mut held = admission.take(public("a"), Access::Read).await.ok();
        let parties = [
            public("a"),
            public("a"),
            public("b"),
            party(RoleKind::Vng, "v"),
            party(RoleKind::Vng, "v"),
        ];
        let mut waiting: Vec<_> = parties
            .into_iter()
            .map(|party| Box::pin(admission.take(party, Access::Read)))
            .collect();
        for one in &mut waiting {
            assert!(one.as_mut().now_or_never().is_none());
        }
        let mut order = Vec::new();
        while held.take().is_some() {
            for (at, one) in waiting.iter_mut().enumerate() {
                if !order.contains(&at)
                    && let Some(admitted) = one.as_mut().now_or_never()
                {
                    order.push(at);
                    held = admitted.ok();
                    break;
                }
            }
        }
        assert_eq!(order, [3, 2, 4, 0, 1]);
    }

    #[tokio::test]
    async fn writers_leave_half_of_the_permits_to_readers() {
        let admission = Admission::new(3);
        let write = || Box::pin(admission.take(party(RoleKind::Vng, "v"), Access::Write));
        let writers = [write().await.unwrap(), write().await.unwrap()];
        let mut waits = write();
        assert!(waits.as_mut().now_or_never().is_none());
        let reader = admission.take(public("a"), Access::Read).now_or_never();
        drop(reader.unwrap().unwrap());
        assert!(waits.as_mut().now_or_never().is_none());
        drop(writers);
        assert!(waits.as_mut().now_or_never().unwrap().is_ok());
        // With one connection whoever writes has it.
        let one = Admission::new(1);
        let writer = one.take(public("a"), Access::Write).now_or_never();
        assert!(writer.unwrap().is_ok());
    }

    #[tokio::test]
    async fn whoever_left_is_passed_over() {
        let admission = Admission::new(1);
        let take = || Box::pin(admission.take(public("a"), Access::Read));
        let permit = take().await.unwrap();
        let mut left = take();
        assert!(left.as_mut().now_or_never().is_none());
        let mut stays = take();
        assert!(stays.as_mut().now_or_never().is_none());
        drop(left);
        drop(permit);
        // Whoever leaves with a permit on its way gives it on as well.
        drop(stays);
        assert!(take().as_mut().now_or_never().unwrap().is_ok());
    }

    #[tokio::test]
    async fn whoever_waits_too_long_must_come_back() {
        let admission = Admission {
            longest_wait: Duration::ZERO,
            ..Admission::new(1)
        };
        let take = || admission.take(public("a"), Access::Read);
        let _permit = take().await.unwrap();
        assert!(take().await.unwrap_err().is_unavailable());
    }
}
