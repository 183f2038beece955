//! The life of an assessment as a state machine: for a state and an event, what follows or which
//! mistake it is.
//!
//! ```text
//! ABSENT, DRAFT ──→ SUBMITTED ⇄ CLAIMED ⇄ QUESTIONED
//!                      │           ├──→ RETURNED  ──(submit)──→ SUBMITTED
//!                      │           ├──→ CONFIRMED ──(submit with a reason)──→ SUBMITTED
//!                      └───────────┴──→ WITHDRAWN ──(submit)──→ SUBMITTED
//! ```
//!
//! The state is that of the latest version. A version that was confirmed stays so whatever follows:
//! a later version stands beside it until it is confirmed in turn. Who may cause an event is not
//! asked here (that is the policy's), only whether it fits; a claim and a filling on behalf are the
//! exceptions, because they are facts about this very assessment.

use crate::mistake::Mistake;

/// Hours for which a claim holds.
pub const CLAIM_HOURS: i64 = 2;

/// How far an assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// There is nothing yet.
    Absent,
    /// Answers were filled in and nothing was submitted.
    Draft,
    /// A version was submitted and nobody has it in hand.
    Submitted,
    /// A reviewer has the latest version in hand.
    Claimed,
    /// A question about the latest version is open.
    Questioned,
    /// The latest version was returned.
    Returned,
    /// The latest version was confirmed.
    Confirmed,
    /// The latest version was withdrawn.
    Withdrawn,
}

/// In whose hands a version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimant {
    /// Nobody's, or a claim that has ended.
    Nobody,
    /// The caller's.
    Own,
    /// A colleague's.
    Another,
}

/// What happens to an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The answers are submitted as the next version.
    Submit {
        /// Whether there is an answer to submit.
        has_answers: bool,
        /// Whether a reason is given.
        has_reason: bool,
    },
    /// The latest version is withdrawn.
    Withdraw,
    /// A reviewer takes the latest version in hand.
    Claim(Claimant),
    /// The reviewer asks questions.
    Ask(Claimant),
    /// A question is replied to.
    Reply {
        /// Open questions that are left after it.
        left: usize,
        /// Whether a claim still holds.
        in_hand: bool,
    },
    /// The reviewer returns the latest version.
    Return(Claimant),
    /// The reviewer confirms the latest version.
    Confirm {
        /// In whose hands it is.
        claimant: Claimant,
        /// Whether this reviewer filled in answers on behalf of the municipality.
        has_filled_in: bool,
    },
}

/// Why an event does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// There is no answer to submit.
    NothingToSubmit,
    /// The latest version is confirmed, and no reason is given for correcting it.
    ReasonMissing,
    /// There is no version yet, at most a draft.
    NothingSubmitted,
    /// The latest version is returned or confirmed.
    AlreadyDecided,
    /// The latest version is withdrawn.
    Withdrawn,
    /// The claim of another reviewer holds.
    ClaimedByAnother,
    /// No claim holds: the reviewer has to claim the version first.
    NotClaimed,
    /// A question about the latest version is open, so it cannot be confirmed.
    QuestionsOpen,
    /// No question about the latest version is open.
    NoOpenQuestion,
    /// The reviewer filled in answers on behalf of the municipality and may not confirm them.
    FilledInByYou,
}

/// What follows an event.
pub fn next(state: State, event: Event) -> Result<State, Refused> {
    match event {
        Event::Submit {
            has_answers: false, ..
        } => Err(Refused::NothingToSubmit),
        Event::Submit {
            has_reason: false, ..
        } if state == State::Confirmed => Err(Refused::ReasonMissing),
        Event::Submit { .. } => Ok(State::Submitted),
        Event::Withdraw => undecided(state)
            .map(|_| State::Withdrawn)
            .or_else(|refused| {
                if state == State::Returned {
                    Ok(State::Withdrawn)
                } else {
                    Err(refused)
                }
            }),
        Event::Claim(claimant) => {
            let state = undecided(state)?;
            match claimant {
                Claimant::Another => Err(Refused::ClaimedByAnother),
                Claimant::Nobody | Claimant::Own if state == State::Questioned => {
                    Ok(State::Questioned)
                }
                Claimant::Nobody | Claimant::Own => Ok(State::Claimed),
            }
        }
        Event::Ask(claimant) => held(state, claimant).map(|_| State::Questioned),
        Event::Reply { left, in_hand } => match undecided(state)? {
            State::Questioned if left > 0 => Ok(State::Questioned),
            State::Questioned if in_hand => Ok(State::Claimed),
            State::Questioned => Ok(State::Submitted),
            State::Absent
            | State::Draft
            | State::Submitted
            | State::Claimed
            | State::Returned
            | State::Confirmed
            | State::Withdrawn => Err(Refused::NoOpenQuestion),
        },
        Event::Return(claimant) => held(state, claimant).map(|_| State::Returned),
        Event::Confirm {
            claimant,
            has_filled_in,
        } => match held(state, claimant)? {
            _ if has_filled_in => Err(Refused::FilledInByYou),
            State::Questioned => Err(Refused::QuestionsOpen),
            State::Absent
            | State::Draft
            | State::Submitted
            | State::Claimed
            | State::Returned
            | State::Confirmed
            | State::Withdrawn => Ok(State::Confirmed),
        },
    }
}

/// The state, when the latest version is there and waits for a decision.
fn undecided(state: State) -> Result<State, Refused> {
    match state {
        State::Absent | State::Draft => Err(Refused::NothingSubmitted),
        State::Submitted | State::Claimed | State::Questioned => Ok(state),
        State::Returned | State::Confirmed => Err(Refused::AlreadyDecided),
        State::Withdrawn => Err(Refused::Withdrawn),
    }
}

/// The state, when the latest version waits for a decision of the caller.
fn held(state: State, claimant: Claimant) -> Result<State, Refused> {
    let state = undecided(state)?;
    match claimant {
        Claimant::Own => Ok(state),
        Claimant::Nobody => Err(Refused::NotClaimed),
        Claimant::Another => Err(Refused::ClaimedByAnother),
    }
}

impl Refused {
    /// Why, in Dutch and in English; of a colleague it says that there is one and no more.
    pub fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::NothingToSubmit => ("Er is nog niets ingevuld.", "Nothing was filled in yet."),
            Self::ReasonMissing => (
                "De vorige versie is bevestigd; geef de reden van de correctie.",
                "The version before is confirmed; give the reason of the correction.",
            ),
            Self::NothingSubmitted => ("Er is nog niets ingediend.", "Nothing was submitted yet."),
            Self::AlreadyDecided => (
                "Over de laatste versie is al beslist.",
                "The latest version is decided already.",
            ),
            Self::Withdrawn => (
                "De laatste versie is ingetrokken.",
                "The latest version was withdrawn.",
            ),
            Self::ClaimedByAnother => (
                "Een collega heeft deze beoordeling in behandeling.",
                "A colleague has this assessment in hand.",
            ),
            Self::NotClaimed => (
                "Neem de beoordeling eerst in behandeling.",
                "Claim the assessment first.",
            ),
            Self::QuestionsOpen => (
                "Er staan nog vragen open; wacht op antwoord, of geef de beoordeling terug.",
                "Questions are still open; wait for the replies, or return the assessment.",
            ),
            Self::NoOpenQuestion => (
                "Er staat geen vraag met dit nummer open.",
                "No question of this number is open.",
            ),
            Self::FilledInByYou => (
                "U hebt voor deze gemeente ingevuld; een collega moet bevestigen.",
                "You filled in for this municipality; a colleague must confirm.",
            ),
        }
    }

    /// The mistake under a code of a mutation, at a place of its input.
    pub fn at<C>(self, code: C, field: &[&str]) -> Mistake<C> {
        let (nl, en) = self.message();
        Mistake::at(code, field, nl, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STATES: [State; 8] = [
        State::Absent,
        State::Draft,
        State::Submitted,
        State::Claimed,
        State::Questioned,
        State::Returned,
        State::Confirmed,
        State::Withdrawn,
    ];

    fn submit(has_reason: bool) -> Event {
        Event::Submit {
            has_answers: true,
            has_reason,
        }
    }

    fn confirm(claimant: Claimant) -> Event {
        Event::Confirm {
            claimant,
            has_filled_in: false,
        }
    }

    /// For each event the states in the order of [`STATES`] that follow, or why not.
    #[test]
    fn the_whole_table() {
        use Refused as R;
        use State as S;
        let [
            submitted,
            claimed,
            questioned,
            returned,
            confirmed,
            recalled,
        ] = [
            S::Submitted,
            S::Claimed,
            S::Questioned,
            S::Returned,
            S::Confirmed,
            S::Withdrawn,
        ]
        .map(Ok);
        let [empty, no_reason, nothing, decided, withdrawn] = [
            R::NothingToSubmit,
            R::ReasonMissing,
            R::NothingSubmitted,
            R::AlreadyDecided,
            R::Withdrawn,
        ]
        .map(Err);
        let [unclaimed, open, none_open] =
            [R::NotClaimed, R::QuestionsOpen, R::NoOpenQuestion].map(Err);
        let without_answers = Event::Submit {
            has_answers: false,
            has_reason: true,
        };
        let reply = |left, in_hand| Event::Reply { left, in_hand };
        let table: [(Event, [Result<State, Refused>; 8]); 11] = [
            (submit(true), [submitted; 8]),
            (
                submit(false),
                [
                    submitted, submitted, submitted, submitted, submitted, submitted, no_reason,
                    submitted,
                ],
            ),
            (without_answers, [empty; 8]),
            (
                Event::Withdraw,
                [
                    nothing, nothing, recalled, recalled, recalled, recalled, decided, withdrawn,
                ],
            ),
            (
                Event::Claim(Claimant::Nobody),
                [
                    nothing, nothing, claimed, claimed, questioned, decided, decided, withdrawn,
                ],
            ),
            (
                Event::Ask(Claimant::Own),
                [
                    nothing, nothing, questioned, questioned, questioned, decided, decided,
                    withdrawn,
                ],
            ),
            (
                reply(0, true),
                [
                    nothing, nothing, none_open, none_open, claimed, decided, decided, withdrawn,
                ],
            ),
            (
                reply(1, false),
                [
                    nothing, nothing, none_open, none_open, questioned, decided, decided, withdrawn,
                ],
            ),
            (
                Event::Return(Claimant::Own),
                [
                    nothing, nothing, returned, returned, returned, decided, decided, withdrawn,
                ],
            ),
            (
                confirm(Claimant::Own),
                [
                    nothing, nothing, confirmed, confirmed, open, decided, decided, withdrawn,
                ],
            ),
            (
                confirm(Claimant::Nobody),
                [
                    nothing, nothing, unclaimed, unclaimed, unclaimed, decided, decided, withdrawn,
                ],
            ),
        ];
        for (event, outcomes) in table {
            for (state, outcome) in STATES.into_iter().zip(outcomes) {
                assert_eq!(next(state, event), outcome, "{state:?}, {event:?}");
            }
        }
    }

    #[test]
    fn the_filler_never_confirms_and_two_never_hold_one() {
        let filled = Event::Confirm {
            claimant: Claimant::Own,
            has_filled_in: true,
        };
        assert_eq!(next(State::Claimed, filled), Err(Refused::FilledInByYou));
        for event in [
            Event::Claim(Claimant::Another),
            Event::Ask(Claimant::Another),
            Event::Return(Claimant::Another),
            confirm(Claimant::Another),
        ] {
            assert_eq!(next(State::Claimed, event), Err(Refused::ClaimedByAnother));
        }
    }

    fn hands() -> impl Strategy<Value = Claimant> {
        prop_oneof![
            Just(Claimant::Nobody),
            Just(Claimant::Own),
            Just(Claimant::Another)
        ]
    }

    fn events() -> impl Strategy<Value = Event> {
        prop_oneof![
            any::<(bool, bool)>().prop_map(|(has_answers, has_reason)| Event::Submit {
                has_answers,
                has_reason
            }),
            Just(Event::Withdraw),
            hands().prop_map(Event::Claim),
            hands().prop_map(Event::Ask),
            (0_usize..3, any::<bool>()).prop_map(|(left, in_hand)| Event::Reply { left, in_hand }),
            hands().prop_map(Event::Return),
            (hands(), any::<bool>()).prop_map(|(claimant, has_filled_in)| Event::Confirm {
                claimant,
                has_filled_in
            }),
        ]
    }

    proptest! {
        /// Whatever happens in whatever order: nothing is decided that was not submitted, and a
        /// confirmed version is left only by a new version with a reason.
        #[test]
        fn no_sequence_leads_out_of_the_table(
            events in proptest::collection::vec(events(), 0..60),
        ) {
            let mut state = State::Absent;
            let mut versions = 0;
            for event in events {
                let Ok(after) = next(state, event) else {
                    continue;
                };
                versions += usize::from(matches!(event, Event::Submit { .. }));
                prop_assert!(versions > 0 || after <= State::Draft, "{:?}", after);
                prop_assert!(after > State::Absent);
                if state == State::Confirmed && after != State::Confirmed {
                    let corrects = event == submit(true);
                    prop_assert!(corrects, "{:?} after {:?}", event, state);
                }
                if after == State::Confirmed && state != State::Confirmed {
                    let decides = event == confirm(Claimant::Own);
                    prop_assert!(decides, "{:?} after {:?}", event, state);
                }
                state = after;
            }
        }
    }
}
