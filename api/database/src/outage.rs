//! That a server cannot be read, and when somebody tries again.
//!
//! Whoever asks while it lasts is answered at once that nothing can be read there, and goes the
//! ordinary way. One of them, at most once in a while, sees to a read that nobody waits for; when
//! that succeeds the outage is over.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How long after a read that failed nobody tries another.
const PAUSE: Duration = Duration::from_secs(1);

/// Whether a server could not be read, and from when on somebody may try again.
#[derive(Debug, Default)]
pub(super) struct Outage(Mutex<Option<Instant>>);

/// What whoever wants to read there finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// The last read succeeded.
    Over,
    /// The last read failed, and another is not due.
    Lasts,
    /// The last read failed, and whoever finds this tries again; nobody else does meanwhile.
    IsDue,
}

impl Outage {
    /// The last read failed; says whether the one before had not.
    pub(super) fn start(&self) -> bool {
        self.next().replace(Instant::now() + PAUSE).is_none()
    }

    /// The last read succeeded; says whether the one before had not.
    pub(super) fn end(&self) -> bool {
        self.next().take().is_some()
    }

    /// Whether it lasts.
    pub(super) fn lasts(&self) -> bool {
        self.next().is_some()
    }

    /// Whether it lasts, and whether it is time to try again by a read that takes at most this
    /// long.
    pub(super) fn find(&self, longest: Duration) -> State {
        let now = Instant::now();
        match &mut *self.next() {
            None => State::Over,
            Some(next) if *next > now => State::Lasts,
            Some(next) => {
                *next = now + longest + PAUSE;
                State::IsDue
            }
        }
    }

    fn next(&self) -> MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_those_who_ask_tries_again_when_it_is_time() {
        let outage = Outage::default();
        assert_eq!(outage.find(PAUSE), State::Over);
        assert!(!outage.lasts());
        assert!(outage.start());
        assert!(!outage.start(), "it lasts already");
        assert!(outage.lasts());
        assert_eq!(outage.find(PAUSE), State::Lasts);
        *outage.next() = Some(Instant::now());
        assert_eq!(outage.find(PAUSE), State::IsDue);
        assert_eq!(outage.find(PAUSE), State::Lasts);
        assert!(outage.lasts());
        assert!(outage.end());
        assert!(!outage.end(), "it is over already");
        assert_eq!(outage.find(PAUSE), State::Over);
    }
}
