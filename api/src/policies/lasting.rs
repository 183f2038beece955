//! How long a policy lasts: told by dates. Whether it is overdue is said only by an end that the document prints, or by a norm
//! that VNG endorsed: the verdict may go by a proposed norm, the public is told no more than its day.

use async_graphql::Enum;
use chrono::NaiveDate;

use super::rules::Dates;
use crate::verdict::{later, warned_from};

/// How long after a decision or a revision a policy must be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Norm {
    pub(super) months: u32,
    /// Whether VNG endorsed it.
    pub(super) is_endorsed: bool,
}

/// Where a policy stands in its term. NL: stand van de looptijd.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PolicyTermState {
    /// Its last day is more than six months ahead. NL: loopt.
    Running,
    /// Its last day is at most six months ahead. NL: loopt binnen zes maanden af.
    EndsWithinSixMonths,
    /// Its last day has passed. NL: verlopen.
    Overdue,
    /// The document prints no end and VNG has endorsed no norm, or no day of decision is known: nothing is said. NL: niet te
    /// zeggen.
    NotTold,
}

impl PolicyTermState {
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Running => ("Loopt", "Running"),
            Self::EndsWithinSixMonths => ("Loopt binnen zes maanden af", "Ends within six months"),
            Self::Overdue => ("Verlopen", "Overdue"),
            Self::NotTold => ("Niet te zeggen", "Not told"),
        }
    }
}

/// How long a policy lasts, and where it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    /// The last day by the end that the document prints.
    pub(super) printed_end: Option<NaiveDate>,
    /// The last day by the norm, endorsed or not.
    pub(super) norm_end: Option<NaiveDate>,
    pub(super) state: PolicyTermState,
    /// The day from which the state holds, of one that began.
    pub(super) since: Option<NaiveDate>,
}

/// The term of a policy by the dates of its adoption, on a day.
pub(super) fn term(dates: &Dates, norm: Option<Norm>, day: NaiveDate) -> Term {
    let revised_on = dates.revised_on.filter(|on| *on <= day);
    let renewed_on = dates
        .adopted_on
        .map(|on| revised_on.map_or(on, |revised| revised.max(on)));
    let norm_end = renewed_on
        .zip(norm)
        .map(|(on, norm)| later(on, norm.months));
    let endorsed_end = norm_end.filter(|_| norm.is_some_and(|norm| norm.is_endorsed));
    let last_day = [dates.ends_on, endorsed_end].into_iter().flatten().min();
    let (state, since) = match last_day {
        None => (PolicyTermState::NotTold, None),
        Some(last) if last < day => (PolicyTermState::Overdue, last.succ_opt()),
        Some(last) if warned_from(last) <= day => (
            PolicyTermState::EndsWithinSixMonths,
            Some(warned_from(last)),
        ),
        Some(_) => (PolicyTermState::Running, None),
    };
    Term {
        printed_end: dates.ends_on,
        norm_end,
        state,
        since,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn overdue_is_said_by_a_printed_end_or_an_endorsed_norm_alone() {
        use PolicyTermState::{EndsWithinSixMonths, NotTold, Overdue, Running};
        let decided = Dates {
            adopted_on: Some(day("2022-04-12")),
            ..Dates::default()
        };
        let printed = Dates {
            ends_on: Some(day("2026-12-31")),
            ..decided
        };
        let norm = |is_endorsed| {
            Some(Norm {
                months: 48,
                is_endorsed,
            })
        };
        let told = |dates: &Dates, is_endorsed, on: &str| {
            let term = term(dates, norm(is_endorsed), day(on));
            assert_eq!(term.norm_end, Some(day("2026-04-12")));
            (term.state, term.since.map(|day| day.to_string()))
        };
        let since = |text: &str| Some(text.to_owned());
        assert_eq!(told(&decided, false, "2026-04-13"), (NotTold, None));
        assert_eq!(told(&decided, true, "2025-10-11"), (Running, None));
        assert_eq!(
            told(&decided, true, "2025-10-12"),
            (EndsWithinSixMonths, since("2025-10-12"))
        );
        assert_eq!(
            told(&decided, true, "2026-04-12"),
            (EndsWithinSixMonths, since("2025-10-12"))
        );
        assert_eq!(
            told(&decided, true, "2026-04-13"),
            (Overdue, since("2026-04-13"))
        );
        assert_eq!(
            told(&printed, false, "2026-12-31"),
            (EndsWithinSixMonths, since("2026-06-30"))
        );
        assert_eq!(
            told(&printed, false, "2027-01-01"),
            (Overdue, since("2027-01-01"))
        );
        // The earlier of the two.
        assert_eq!(
            told(&printed, true, "2026-04-13"),
            (Overdue, since("2026-04-13"))
        );
        let revised = Dates {
            revised_on: Some(day("2026-06-01")),
            ..decided
        };
        assert_eq!(told(&revised, true, "2026-05-31").0, Overdue);
        let renewed = term(&revised, norm(true), day("2026-06-01"));
        assert_eq!(
            (renewed.norm_end, renewed.state),
            (Some(day("2030-06-01")), Running)
        );
        let undated = term(&Dates::default(), norm(true), day("2026-06-01"));
        assert_eq!((undated.norm_end, undated.state), (None, NotTold));
    }
}
