//! What follows from the dates of adoptions: the state of a municipality's policy.
//!
//! Where the verdict (`verdict::adoption`, BB-01) wants the day of the decision, the state is
//! content with whichever day proves that there was one: the decision, the entry into force, or the
//! publication. A policy in force was adopted, even where the source does not say when. Inheritance
//! from a predecessor and the review norm of an edition are matters of the verdict and no part of
//! the state. An end that the document itself prints makes a policy overdue and ends no decision:
//! until it is withdrawn, or somebody says otherwise after that end, it is adopted policy.
//!
//! Three states need somebody's word (that there is none, the municipality's own): no rule here
//! infers them. A decision that is taken after the word, or on its day, takes its place; that a
//! policy is renewed says nothing any more once it was withdrawn.
//!
//! BB-01 reads the same two functions, [`state`] and [`ended_on`], so that the state and the
//! verdict never contradict each other.

use crate::code_list::code_list;
use chrono::NaiveDate;

code_list! {
    /// What is registered of a municipality's policy on a day. NL: stand van het beleid.
    pub enum PolicyState {
        /// No adoption that holds on the day is registered. It means only that we have no document
        /// that holds then, not that there is no policy. NL: niet geregistreerd.
        NotRegistered = "NOT_REGISTERED", "Niet geregistreerd", "Not registered",
            "Er is geen vaststelling geregistreerd die op die dag geldt. Dat betekent alleen dat \
             wij geen document hebben dat dan geldt, niet dat er geen beleid is.";
        /// The municipality itself says that it has none; nobody else can say so. NL: geen beleid,
        /// volgens de gemeente zelf.
        NoneDeclared = "NONE_DECLARED",
            "Geen beleid, volgens de gemeente zelf",
            "No policy, by the municipality's own word",
            "De gemeente zegt zelf dat zij geen beleid heeft; niemand anders kan dat zeggen.";
        /// A policy is being made, by the word of the municipality, its region or VNG. NL: in
        /// ontwikkeling.
        InDevelopment = "IN_DEVELOPMENT", "In ontwikkeling", "In development",
            "Er wordt beleid gemaakt, volgens de gemeente, haar regio of VNG.";
        /// An adoption is registered and was not withdrawn; whether it is still up to date, its
        /// term says. NL: vastgesteld.
        Adopted = "ADOPTED", "Vastgesteld", "Adopted",
            "Er is een vaststelling geregistreerd die niet is ingetrokken; of het beleid nog \
             actueel is, zegt de looptijd.";
        /// The policy that there is is being renewed, by the word of the municipality, its region
        /// or VNG. NL: wordt geactualiseerd.
        BeingUpdated = "BEING_UPDATED", "Wordt geactualiseerd", "Being updated",
            "Het bestaande beleid wordt vernieuwd, volgens de gemeente, haar regio of VNG.";
    }
}

/// The dates of one adoption of a policy, as far as the sources give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// The day of the decision. NL: vastgesteld op.
    pub adopted_on: Option<NaiveDate>,
    /// The first day on which it is in force. NL: inwerkingtreding.
    pub in_force_on: Option<NaiveDate>,
    /// The day of its official publication. NL: bekendmaking.
    pub published_on: Option<NaiveDate>,
    /// The last revision of the document; before that day it is as if there were none.
    pub revised_on: Option<NaiveDate>,
    /// The end that the document prints; that day still counts.
    pub ends_on: Option<NaiveDate>,
    /// The first day on which the decision no longer holds.
    pub until: Option<NaiveDate>,
}

impl Dates {
    /// The first day on which it is certain that the decision had been taken; none when no day is
    /// known at all.
    pub fn certain_from(&self) -> Option<NaiveDate> {
        let days = [self.adopted_on, self.in_force_on, self.published_on];
        days.into_iter().flatten().min()
    }

    /// Whether the decision had certainly been taken by a day.
    pub fn is_taken_by(&self, day: NaiveDate) -> bool {
        self.certain_from().is_some_and(|from| from <= day)
    }

    /// Whether the decision holds on a day, overdue or not.
    fn stands_on(&self, day: NaiveDate) -> bool {
        self.is_taken_by(day) && !self.is_ended_by(day)
    }

    /// Whether it holds on a day that lies within the end that its document prints.
    fn is_current_on(&self, day: NaiveDate) -> bool {
        self.stands_on(day) && self.ends_on.is_none_or(|end| day <= end)
    }

    fn is_ended_by(&self, day: NaiveDate) -> bool {
        self.until.is_some_and(|until| until <= day)
    }
}

/// A word on the policy of a municipality, and from when it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// The state that was declared.
    pub state: PolicyState,
    /// The first day on which it holds.
    pub from: NaiveDate,
    /// The first day on which it no longer holds.
    pub until: Option<NaiveDate>,
}

/// Whether any of these adoptions holds on a day, within the end that its document prints.
pub fn has_current(own: &[Dates], day: NaiveDate) -> bool {
    own.iter().any(|dates| dates.is_current_on(day))
}

/// Whether any of these adoptions holds on a day, overdue or not.
pub fn has_adopted(own: &[Dates], day: NaiveDate) -> bool {
    own.iter().any(|dates| dates.stands_on(day))
}

/// The day on which the last policy of a municipality ended and nothing followed; none when one
/// still holds, or a decision without any known day may have followed.
pub fn ended_on(own: &[Dates], day: NaiveDate) -> Option<NaiveDate> {
    let may_hold = |dates: &Dates| {
        !dates.is_ended_by(day) && (dates.is_taken_by(day) || dates.certain_from().is_none())
    };
    if own.iter().any(may_hold) {
        return None;
    }
    let ends = own.iter().filter_map(|dates| dates.until);
    ends.filter(|until| *until <= day).max()
}

/// The state of the policy of a municipality with these adoptions, of which this was said.
pub fn state(own: &[Dates], declared: &[Declared], day: NaiveDate) -> PolicyState {
    let word = last_word(own, declared, day);
    if has_current(own, day) {
        return match word {
            Some(PolicyState::BeingUpdated) => PolicyState::BeingUpdated,
            Some(
                PolicyState::NotRegistered
                | PolicyState::NoneDeclared
                | PolicyState::InDevelopment
                | PolicyState::Adopted,
            )
            | None => PolicyState::Adopted,
        };
    }
    match word {
        // What was withdrawn is not renewed.
        Some(PolicyState::BeingUpdated) if ended_on(own, day).is_some() => {
            PolicyState::NotRegistered
        }
        Some(word) => word,
        None if has_adopted(own, day) => PolicyState::Adopted,
        None => PolicyState::NotRegistered,
    }
}

/// What was said last, unless it no longer holds or a decision came since.
fn last_word(own: &[Dates], declared: &[Declared], day: NaiveDate) -> Option<PolicyState> {
    let word = declared
        .iter()
        .filter(|word| word.from <= day)
        .max_by_key(|word| word.from)?;
    let decided_since = own.iter().any(|dates| {
        let from = dates.certain_from();
        from.is_some_and(|from| word.from <= from && from <= day)
    });
    let holds = word.until.is_none_or(|until| day < until) && !decided_since;
    holds.then_some(word.state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn on(adoptions: &[Dates], text: &str) -> PolicyState {
        state(adoptions, &[], day(text))
    }

    #[test]
    fn whatever_proves_the_decision_makes_it_adopted_from_that_day() {
        let by_decision = Dates {
            adopted_on: Some(day("2022-04-12")),
            in_force_on: Some(day("2022-11-23")),
            ..Dates::default()
        };
        let by_force = Dates {
            in_force_on: Some(day("2025-05-08")),
            ..Dates::default()
        };
        let by_publication = Dates {
            published_on: Some(day("2023-10-16")),
            ..Dates::default()
        };
        for (dates, before, from) in [
            (by_decision, "2022-04-11", "2022-04-12"),
            (by_force, "2025-05-07", "2025-05-08"),
            (by_publication, "2023-10-15", "2023-10-16"),
        ] {
            assert_eq!(on(&[dates], before), PolicyState::NotRegistered, "{before}");
            assert_eq!(on(&[dates], from), PolicyState::Adopted, "{from}");
        }
    }

    #[test]
    fn nothing_and_an_adoption_without_any_day_are_not_registered() {
        assert_eq!(on(&[], "2026-11-22"), PolicyState::NotRegistered);
        assert_eq!(
            on(&[Dates::default()], "2026-11-22"),
            PolicyState::NotRegistered
        );
    }

    #[test]
    fn a_printed_end_makes_overdue_and_ends_no_decision() {
        let plan = Dates {
            in_force_on: Some(day("2024-07-19")),
            ends_on: Some(day("2026-12-31")),
            ..Dates::default()
        };
        let next = Dates {
            adopted_on: Some(day("2027-02-01")),
            ..Dates::default()
        };
        assert_eq!(on(&[plan], "2026-12-31"), PolicyState::Adopted);
        assert_eq!(on(&[plan], "2027-01-01"), PolicyState::Adopted);
        assert_eq!(on(&[plan, next], "2027-01-31"), PolicyState::Adopted);
        assert_eq!(on(&[plan, next], "2027-02-01"), PolicyState::Adopted);
    }

    #[test]
    fn a_policy_has_ended_once_nothing_holds_or_may_have_followed() {
        let ended = Dates {
            adopted_on: Some(day("2020-01-01")),
            until: Some(day("2024-01-01")),
            ..Dates::default()
        };
        let on = |own: &[Dates], text| ended_on(own, day(text));
        assert_eq!(on(&[], "2026-01-01"), None);
        assert_eq!(on(&[ended], "2023-12-31"), None);
        assert_eq!(on(&[ended], "2024-01-01"), ended.until);
        let later = Dates {
            until: Some(day("2025-01-01")),
            ..Dates::default()
        };
        assert_eq!(
            on(&[ended, later], "2024-06-01"),
            None,
            "it may have followed"
        );
        assert_eq!(on(&[ended, later], "2025-01-01"), later.until);
        let followed = Dates {
            in_force_on: Some(day("2024-06-01")),
            ..Dates::default()
        };
        assert_eq!(on(&[ended, followed], "2024-05-31"), ended.until);
        assert_eq!(on(&[ended, followed], "2024-06-01"), None);
    }

    #[test]
    fn a_word_counts_until_a_decision_or_its_own_end() {
        use PolicyState::{Adopted, BeingUpdated, InDevelopment, NoneDeclared, NotRegistered};
        let word = |state, from: &str, until: Option<&str>| Declared {
            state,
            from: day(from),
            until: until.map(day),
        };
        let declared = [
            word(NoneDeclared, "2024-01-01", None),
            word(InDevelopment, "2025-01-01", Some("2025-03-01")),
            word(BeingUpdated, "2026-01-01", None),
        ];
        let adoption = Dates {
            adopted_on: Some(day("2025-06-01")),
            ends_on: Some(day("2026-06-30")),
            ..Dates::default()
        };
        let renewed = Dates {
            adopted_on: Some(day("2026-09-01")),
            ..Dates::default()
        };
        for (on, without, with) in [
            ("2023-12-31", NotRegistered, NotRegistered),
            ("2024-01-01", NoneDeclared, NoneDeclared),
            ("2025-01-01", InDevelopment, InDevelopment),
            // The later word has ended; the earlier one does not come back.
            ("2025-03-01", NotRegistered, NotRegistered),
            ("2025-06-01", NotRegistered, Adopted),
            ("2026-01-01", BeingUpdated, BeingUpdated),
            ("2026-07-01", BeingUpdated, BeingUpdated),
            ("2026-09-01", BeingUpdated, Adopted),
        ] {
            assert_eq!(state(&[], &declared, day(on)), without, "{on}");
            assert_eq!(
                state(&[adoption, renewed], &declared, day(on)),
                with,
                "{on}"
            );
        }
        // What was withdrawn is not renewed, whatever was said of it before.
        let withdrawn = Dates {
            until: Some(day("2026-03-01")),
            ..adoption
        };
        let shown = |on| state(&[withdrawn], &declared, day(on));
        assert_eq!(shown("2026-02-28"), BeingUpdated);
        assert_eq!(shown("2026-03-01"), NotRegistered);
        // Whoever has a policy has not none.
        assert_eq!(
            state(&[renewed], &declared[..1], day("2026-09-01")),
            Adopted
        );
    }
}
