//! How long a policy lasts, and how far from the due day of a duty a decision lies.
//!
//! How long a policy lasts is told by dates. Whether it is overdue is said only by an end that the
//! document prints, or by a norm that VNG endorsed: the verdict may go by a proposed norm, the
//! public is told no more than its day.

use super::rules::Dates;
use crate::{
    code_list::code_list,
    dates::{en_date, nl_date},
    verdict::adoption::{later, warned_from},
};
use chrono::NaiveDate;

/// How long after a decision or a revision a policy must be renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norm {
    /// The length in calendar months.
    pub months: u32,
    /// Whether VNG endorsed it.
    pub is_endorsed: bool,
}

code_list! {
    /// Where a policy stands in its term. NL: stand van de looptijd.
    pub enum PolicyTermState {
        /// Its last day is more than six months ahead. NL: loopt.
        Running = "RUNNING", "Loopt", "Running",
            "De laatste dag ligt meer dan zes maanden vooruit.";
        /// Its last day is at most six months ahead. NL: loopt binnen zes maanden af.
        EndsWithinSixMonths = "ENDS_WITHIN_SIX_MONTHS",
            "Loopt binnen zes maanden af",
            "Ends within six months",
            "De laatste dag ligt ten hoogste zes maanden vooruit.";
        /// Its last day has passed. NL: verlopen.
        Overdue = "OVERDUE", "Verlopen", "Overdue",
            "De laatste dag is voorbij.";
        /// The document prints no end and VNG has endorsed no norm, or no day of decision is known:
        /// so it cannot be determined. NL: niet te zeggen.
        Undetermined = "UNDETERMINED", "Niet te zeggen", "Undetermined",
            "Het document noemt geen einde en VNG heeft geen norm vastgesteld, of de dag van het \
             besluit is niet bekend: er valt niets over te zeggen.";
    }
}

/// How long a policy lasts, and where it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The last day by the end that the document prints.
    pub printed_end: Option<NaiveDate>,
    /// The last day by the norm, endorsed or not.
    pub norm_end: Option<NaiveDate>,
    /// Where the policy stands, by the earlier of the printed end and the end of an endorsed norm.
    pub state: PolicyTermState,
    /// The day from which the state holds, of one that began.
    pub since: Option<NaiveDate>,
}

/// The term of a policy by the dates of its adoption, on a day.
pub fn term(dates: &Dates, norm: Option<Norm>, day: NaiveDate) -> Term {
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
        None => (PolicyTermState::Undetermined, None),
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

code_list! {
    /// How a decision lies to the due day of a duty: a fact about dates and no verdict. NL: ligging
    /// ten opzichte van de termijn.
    pub enum DutyTiming {
        /// The decision was taken on the due day or before. NL: binnen de termijn.
        ByDueDay = "BY_DUE_DAY", "Binnen de termijn", "By the due day",
            "Het besluit is op of voor de uiterste dag genomen.";
        /// The decision was taken after the due day. NL: na de termijn.
        AfterDueDay = "AFTER_DUE_DAY", "Na de termijn", "After the due day",
            "Het besluit is na de uiterste dag genomen.";
        /// The source gives no day of the decision. NL: datum van het besluit niet bekend.
        DateUnknown = "DATE_UNKNOWN",
            "Datum van het besluit niet bekend",
            "Day of the decision not known",
            "De bron noemt geen dag van het besluit.";
    }
}

/// A decision beside the due day of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// How the decision lies to the due day.
    pub timing: DutyTiming,
    /// Days after the due day, negative before it; none without a day of decision.
    pub days_after: Option<i32>,
    /// In Dutch and English.
    pub statement: (String, String),
}

/// The last day of a year that a duty names; none for a year beyond the calendar.
pub fn due_day(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 12, 31)
}

/// Lays a decision beside a due day.
pub fn compared(due: NaiveDate, adopted_on: Option<NaiveDate>) -> Compared {
    let Some(day) = adopted_on else {
        return Compared {
            timing: DutyTiming::DateUnknown,
            days_after: None,
            statement: (
                "De bron noemt geen dag van het besluit; er is niets te vergelijken.".to_owned(),
                "The source gives no day of the decision; there is nothing to compare.".to_owned(),
            ),
        };
    };
    let days = i32::try_from((day - due).num_days()).unwrap_or(i32::MAX);
    let (nl_unit, en_unit) = if days.abs() == 1 {
        ("dag", "day")
    } else {
        ("dagen", "days")
    };
    let (nl_due, en_due) = (nl_date(due), en_date(due));
    let (nl, en) = match days {
        0 => ("de uiterste dag".to_owned(), "the last day".to_owned()),
        1.. => (
            format!("{days} {nl_unit} na {nl_due}"),
            format!("{days} {en_unit} after {en_due}"),
        ),
        _ => (
            format!("{} {nl_unit} voor {nl_due}", -days),
            format!("{} {en_unit} before {en_due}", -days),
        ),
    };
    Compared {
        timing: if days > 0 {
            DutyTiming::AfterDueDay
        } else {
            DutyTiming::ByDueDay
        },
        days_after: Some(days),
        statement: (
            format!("Vastgesteld op {}, {nl}.", nl_date(day)),
            format!("Adopted on {}, {en}.", en_date(day)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn overdue_means_past_a_printed_end_or_an_endorsed_norm_alone() {
        use PolicyTermState::{EndsWithinSixMonths, Overdue, Running, Undetermined};
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
        let shown = |dates: &Dates, is_endorsed, on: &str| {
            let term = term(dates, norm(is_endorsed), day(on));
            assert_eq!(term.norm_end, Some(day("2026-04-12")));
            (term.state, term.since.map(|day| day.to_string()))
        };
        let since = |text: &str| Some(text.to_owned());
        assert_eq!(shown(&decided, false, "2026-04-13"), (Undetermined, None));
        assert_eq!(shown(&decided, true, "2025-10-11"), (Running, None));
        assert_eq!(
            shown(&decided, true, "2025-10-12"),
            (EndsWithinSixMonths, since("2025-10-12"))
        );
        assert_eq!(
            shown(&decided, true, "2026-04-12"),
            (EndsWithinSixMonths, since("2025-10-12"))
        );
        assert_eq!(
            shown(&decided, true, "2026-04-13"),
            (Overdue, since("2026-04-13"))
        );
        assert_eq!(
            shown(&printed, false, "2026-12-31"),
            (EndsWithinSixMonths, since("2026-06-30"))
        );
        assert_eq!(
            shown(&printed, false, "2027-01-01"),
            (Overdue, since("2027-01-01"))
        );
        // The earlier of the two.
        assert_eq!(
            shown(&printed, true, "2026-04-13"),
            (Overdue, since("2026-04-13"))
        );
        let revised = Dates {
            revised_on: Some(day("2026-06-01")),
            ..decided
        };
        assert_eq!(shown(&revised, true, "2026-05-31").0, Overdue);
        let renewed = term(&revised, norm(true), day("2026-06-01"));
        assert_eq!(
            (renewed.norm_end, renewed.state),
            (Some(day("2030-06-01")), Running)
        );
        let undated = term(&Dates::default(), norm(true), day("2026-06-01"));
        assert_eq!((undated.norm_end, undated.state), (None, Undetermined));
    }

    #[test]
    fn a_decision_is_laid_beside_the_due_day() {
        let due = due_day(2022).unwrap();
        let shown = |text: &str| {
            let compared = compared(due, Some(day(text)));
            (compared.timing, compared.days_after, compared.statement.0)
        };
        assert_eq!(
            shown("2023-05-23"),
            (
                DutyTiming::AfterDueDay,
                Some(143),
                "Vastgesteld op 23 mei 2023, 143 dagen na 31 december 2022.".to_owned()
            )
        );
        assert_eq!(
            shown("2022-12-30"),
            (
                DutyTiming::ByDueDay,
                Some(-1),
                "Vastgesteld op 30 december 2022, 1 dag voor 31 december 2022.".to_owned()
            )
        );
        assert_eq!(
            shown("2022-12-31"),
            (
                DutyTiming::ByDueDay,
                Some(0),
                "Vastgesteld op 31 december 2022, de uiterste dag.".to_owned()
            )
        );
        let unknown = compared(due, None);
        assert_eq!(
            (unknown.timing, unknown.days_after),
            (DutyTiming::DateUnknown, None)
        );
    }
}
