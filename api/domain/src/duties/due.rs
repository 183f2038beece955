//! When a duty of a region waits, and until when. Pure.
//!
//! A policy prints how often a year a table meets and not on which days, so its meetings are due
//! with the year. A report of a half year is due on the last day of that half year. No source gives
//! a bottleneck a last day: that it has stood for long is a reason to look at it, and not a term.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::rules::Half;

/// How long a bottleneck stands before it waits for somebody to resolve it.
const LONG: Months = Months::new(6);

/// The first and the last day of something that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The day since which it waits.
    pub since: NaiveDate,
    /// The last day on which it is in time.
    pub due: NaiveDate,
}

/// The term of the next meeting of a table that is to meet so many times in the year of `today` and
/// has met so many times in it; none while nothing waits.
///
/// The year is parted in as many equal parts, of whole months, as there are meetings, and each
/// meeting waits from the first day of its part on: of four a year the third waits from 1 July. It
/// is due with the year, whatever its part, for the policy prints the number alone. What was not
/// held in an earlier year waits no longer, for it cannot be held any more: `cadence` shows it.
#[must_use]
pub fn next_meeting(agreed: u32, held: u32, today: NaiveDate) -> Option<Term> {
    if held >= agreed {
        return None;
    }
    let months_before = u32::try_from(u64::from(held) * 12 / u64::from(agreed)).ok()?;
    let since = NaiveDate::from_ymd_opt(today.year(), 1 + months_before, 1)?;
    let due = NaiveDate::from_ymd_opt(today.year(), 12, 31)?;
    (since <= today).then_some(Term { since, due })
}

/// The half years of which a report can wait on a day, by their keys: the one that runs, and the
/// one before it.
#[must_use]
pub fn halves_to_report(today: NaiveDate) -> Vec<(String, Term)> {
    let running = Half::of(today);
    let before = running
        .as_ref()
        .and_then(|(_, half)| half.first.checked_sub_days(Days::new(1)))
        .and_then(Half::of);
    before
        .into_iter()
        .chain(running)
        .map(|(key, half)| {
            let term = Term {
                since: half.first,
                due: half.last,
            };
            (key, term)
        })
        .collect()
}

/// The day from which a bottleneck that stands since a day has stood for long: six months later.
#[must_use]
pub fn stands_long_from(since: NaiveDate) -> Option<NaiveDate> {
    since.checked_add_months(LONG)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(since: &str, due: &str) -> Term {
        Term {
            since: day(since),
            due: day(due),
        }
    }

    #[test]
    fn a_meeting_waits_from_its_part_of_the_year_on_and_is_due_with_the_year() {
        let year = |since: &str| Some(term(since, "2026-12-31"));
        let today = day("2026-11-22");
        assert_eq!(next_meeting(4, 0, today), year("2026-01-01"));
        assert_eq!(next_meeting(4, 2, today), year("2026-07-01"));
        assert_eq!(next_meeting(4, 3, today), year("2026-10-01"));
        assert_eq!(next_meeting(4, 3, day("2026-09-30")), None);
        assert_eq!(next_meeting(4, 4, today), None);
        assert_eq!(next_meeting(2, 1, today), year("2026-07-01"));
        assert_eq!(next_meeting(2, 1, day("2026-06-30")), None);
        assert_eq!(next_meeting(0, 0, today), None);
        assert_eq!(next_meeting(52, 51, today), None);
        assert_eq!(next_meeting(52, 51, day("2026-12-01")), year("2026-12-01"));
    }

    #[test]
    fn a_report_waits_of_the_half_year_that_runs_and_of_the_one_before_it() {
        assert_eq!(
            halves_to_report(day("2026-11-22")),
            [
                ("2026-1".to_owned(), term("2026-01-01", "2026-06-30")),
                ("2026-2".to_owned(), term("2026-07-01", "2026-12-31")),
            ]
        );
        let keys = halves_to_report(day("2027-01-01")).into_iter();
        let keys: Vec<String> = keys.map(|(key, _)| key).collect();
        assert_eq!(keys, ["2026-2", "2027-1"]);
    }

    #[test]
    fn a_bottleneck_has_stood_for_long_after_six_months() {
        assert_eq!(stands_long_from(day("2026-05-22")), Some(day("2026-11-22")));
        assert_eq!(stands_long_from(day("2026-08-31")), Some(day("2027-02-28")));
    }
}
