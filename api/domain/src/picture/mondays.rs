//! As of which Monday totals of what nobody confirmed are given. Pure.
//!
//! Whoever sees such totals and no verdict behind them could ask before and after each submission:
//! the difference of two answers would be one verdict. So a total is given as of the beginning of a
//! Monday: the last one on which, since the Monday given before, at least [`FEWEST_CHANGES`]
//! municipalities had another verdict, and these neither all nor all but one in the same way; who
//! handed in is known to whoever sees totals, so a step in one way would tell the verdict of each.
//! Until the first such Monday a total is that of the first day of the period, on which nothing of
//! it was judged. The chain follows from the ledger alone: a later entry changes nothing of it, so
//! that what is given at a past moment is what was given then.
//!
//! What this does not protect from: confirmed verdicts are seen one by one. Once VNG has confirmed
//! all but one of those that changed in a step, and none of them handed in anew, the last verdict
//! follows by subtraction. That a Monday is not given although enough have handed in tells that
//! most of their verdicts are alike, and not which they are.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use crate::verdict::rules::VerdictStatus;

/// Verdicts that have changed, at least, since the Monday given before.
pub const FEWEST_CHANGES: usize = 5;

/// A verdict as the ledger holds it: which entry says that it is so, and from which day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The municipality.
    pub municipality: String,
    /// The number of the entry; of two that hold for a day the later one counts.
    pub number: i64,
    /// The day on which it was recorded.
    pub recorded_on: NaiveDate,
    /// The first day of which it says something.
    pub from: NaiveDate,
    /// The verdict.
    pub status: VerdictStatus,
}

/// Verdicts by municipality; who is not among them is not assessed.
pub type Assessed = BTreeMap<String, VerdictStatus>;

/// What was judged at the beginning of a day, in a period with this last day.
fn assessed(recorded: &[Recorded], last_day: NaiveDate, day: NaiveDate) -> Assessed {
    let mut latest: BTreeMap<&str, &Recorded> = BTreeMap::new();
    let known = recorded
        .iter()
        .filter(|one| one.recorded_on < day && one.from <= day.min(last_day));
    for one in known {
        let found = latest.entry(one.municipality.as_str()).or_insert(one);
        if (found.number, found.from) <= (one.number, one.from) {
            *found = one;
        }
    }
    latest
        .into_iter()
        .filter(|(_, one)| one.status != VerdictStatus::NotAssessed)
        .map(|(municipality, one)| (municipality.to_owned(), one.status))
        .collect()
}

/// Whether enough has changed from one state to the other, and not almost all in one way.
fn is_step(before: &Assessed, now: &Assessed) -> bool {
    let mut changes = 0;
    let mut ways: BTreeMap<_, usize> = BTreeMap::new();
    let new = now.keys().filter(|code| !before.contains_key(*code));
    for code in before.keys().chain(new) {
        let way = [before, now].map(|state| state.get(code).map(|status| status.code()));
        if way[0] != way[1] {
            changes += 1;
            *ways.entry(way).or_default() += 1;
        }
    }
    let most = ways.values().max().copied().unwrap_or_default();
    changes >= FEWEST_CHANGES && changes - most > 1
}

/// The Monday that is given on a day, in a period with this last day, and what was judged then; none
/// while too few verdicts have changed.
pub fn given_until(
    recorded: &[Recorded],
    last_day: NaiveDate,
    until: NaiveDate,
) -> Option<(NaiveDate, Assessed)> {
    // After these days nothing changes any more.
    let days = recorded
        .iter()
        .map(|one| one.recorded_on.max(one.from.min(last_day)));
    let end = days.max()?.checked_add_days(Days::new(7))?.min(until);
    let first = recorded.iter().map(|one| one.recorded_on).min()?;
    let mondays = first
        .iter_days()
        .skip(1)
        .take_while(|day| *day <= end)
        .filter(|day| day.weekday() == Weekday::Mon);
    let (mut given, mut last) = (None, Assessed::new());
    for monday in mondays {
        let now = assessed(recorded, last_day, monday);
        if is_step(&last, &now) {
            last = now;
            given = Some(monday);
        }
    }
    given.map(|monday| (monday, last))
}

#[cfg(test)]
mod tests {
    use VerdictStatus::{Compliant, NotCompliant, PartlyCompliant};
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const CLOSING: &str = "2026-12-15";

    fn recorded(code: u8, number: i64, on: &str, status: VerdictStatus) -> Recorded {
        Recorded {
            municipality: format!("GM{code:04}"),
            number,
            recorded_on: day(on),
            from: day(on),
            status,
        }
    }

    /// Three that do not comply and two that do, all judged on a Sunday.
    fn five() -> Vec<Recorded> {
        let on = "2026-11-22";
        (1..=5)
            .map(|code| {
                let status = if code > 3 { Compliant } else { NotCompliant };
                recorded(code, code.into(), on, status)
            })
            .collect()
    }

    fn monday(of: &[Recorded], until: &str) -> Option<NaiveDate> {
        given_until(of, day(CLOSING), day(until)).map(|(monday, _)| monday)
    }

    #[test]
    fn five_changes_by_monday_morning_are_given_and_four_are_not() {
        let five = five();
        assert_eq!(monday(&five, "2026-11-22"), None);
        assert_eq!(monday(&five, "2026-11-23"), Some(day("2026-11-23")));
        assert_eq!(monday(&five, "2027-03-01"), Some(day("2026-11-23")));
        assert_eq!(monday(&five[1..], "2027-03-01"), None);
        // What is recorded on the Monday itself is given on the next one.
        let mut late = five;
        late[4].recorded_on = day("2026-11-23");
        assert_eq!(monday(&late, "2026-11-29"), None);
        assert_eq!(monday(&late, "2026-11-30"), Some(day("2026-11-30")));
    }

    #[test]
    fn changes_in_almost_one_way_wait_for_others() {
        let mut alike = five();
        alike[3].status = NotCompliant;
        assert_eq!(monday(&alike, "2026-12-31"), None);
        alike.push(recorded(6, 6, "2026-11-25", PartlyCompliant));
        assert_eq!(monday(&alike, "2026-12-31"), Some(day("2026-11-30")));
    }

    #[test]
    fn what_changed_back_did_not_change() {
        let mut changed = five();
        // Until the next Monday five hand in anew, and one of them ends as it began.
        for (at, code) in (1..=5_u8).enumerate() {
            let status = if at > 1 { NotCompliant } else { Compliant };
            let number = 10 + i64::from(code);
            changed.push(recorded(code, number, "2026-11-25", status));
        }
        // The third was, and stays, not compliant: four have changed.
        assert_eq!(monday(&changed, "2026-12-31"), Some(day("2026-11-23")));
        changed.push(recorded(3, 20, "2026-12-01", PartlyCompliant));
        assert_eq!(monday(&changed, "2026-12-31"), Some(day("2026-12-07")));
    }

    #[test]
    fn a_verdict_that_a_day_brings_counts_from_that_day_and_none_after_the_last() {
        let mut of_days = five();
        for (at, code) in (1..=5_u8).enumerate() {
            let status = if at > 1 { PartlyCompliant } else { Compliant };
            let from = day("2026-12-02");
            let ahead = recorded(code, code.into(), "2026-11-22", status);
            of_days.push(Recorded { from, ..ahead });
        }
        assert_eq!(monday(&of_days, "2026-12-01"), Some(day("2026-11-23")));
        assert_eq!(monday(&of_days, "2026-12-07"), Some(day("2026-12-07")));
        let closed = given_until(&of_days, day("2026-12-01"), day("2026-12-31"));
        assert_eq!(
            closed.map(|(monday, _)| monday),
            Some(day("2026-11-23")),
            "the period ended before"
        );
    }

    #[test]
    fn without_the_rule_one_verdict_would_follow_from_two_totals() {
        let mut walked = five();
        walked.push(recorded(6, 6, "2026-11-24", Compliant));
        let count = |of: &[Recorded], on| {
            let now = assessed(of, day(CLOSING), day(on));
            now.values().filter(|one| **one == Compliant).count()
        };
        assert_eq!(
            count(&walked, "2026-11-25") - count(&walked, "2026-11-24"),
            1
        );
        let given = |on| given_until(&walked, day(CLOSING), day(on));
        assert_eq!(given("2026-11-25"), given("2026-11-24"));
    }

    fn some() -> impl Strategy<Value = Vec<Recorded>> {
        let one = (0..12_u8, 0..60_u64, 0..9_u64, 0..3_usize);
        prop::collection::vec(one, 0..50).prop_map(|mut ones| {
            ones.sort_by_key(|(_, on, _, _)| *on);
            let numbered = ones.into_iter().zip(1..);
            numbered
                .map(|((code, on, ahead, status), number)| {
                    let on = day("2026-11-01") + Days::new(on);
                    let status = [NotCompliant, PartlyCompliant, Compliant][status];
                    Recorded {
                        from: on + Days::new(ahead),
                        ..recorded(code, number, &on.to_string(), status)
                    }
                })
                .collect()
        })
    }

    proptest! {
        /// What is given at a moment is what was given then: nothing recorded later changes it.
        #[test]
        fn later_entries_change_nothing(all in some(), after in 0..70_u64) {
            let until = day("2026-11-01") + Days::new(after);
            let known: Vec<Recorded> =
                all.iter().filter(|one| one.recorded_on <= until).cloned().collect();
            let last = day(CLOSING);
            prop_assert_eq!(given_until(&known, last, until), given_until(&all, last, until));
        }

        /// Two totals that follow each other differ in five verdicts or more, in two ways at least.
        #[test]
        fn a_step_is_never_small(all in some()) {
            let mut before = Assessed::new();
            for after in 0..70 {
                let until = day("2026-11-01") + Days::new(after);
                let now = given_until(&all, day(CLOSING), until);
                let now = now.map(|(_, verdicts)| verdicts).unwrap_or_default();
                prop_assert!(now == before || is_step(&before, &now));
                before = now;
            }
        }

        /// The order in which entries are read does not matter.
        #[test]
        fn the_order_does_not_matter(all in some()) {
            let reversed: Vec<Recorded> = all.iter().rev().cloned().collect();
            let (last, until) = (day(CLOSING), day("2027-01-31"));
            prop_assert_eq!(
                given_until(&all, last, until),
                given_until(&reversed, last, until)
            );
        }
    }
}
