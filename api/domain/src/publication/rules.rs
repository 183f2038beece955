//! How long municipalities may respond to a publication, and what changed between two of them.
//! Pure.
//!
//! **Working days** are those of the General Act on Time Limits (Algemene termijnenwet, article 3):
//! no Saturday, no Sunday, no generally recognised holiday and no Good Friday. Days that are put on
//! a par with them by decree, one by one, are not known here and count.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use super::lines::{Change, Line};
use crate::text::Text;

/// Working days in which a municipality may respond, when nobody says otherwise.
pub const RESPONSE_WORKING_DAYS: u32 = 10;

/// Whether a day is a working day.
pub(super) fn is_working_day(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays(day.year()).contains(&day)
}

/// The last day of a term of so many working days that begins on the day after `from`.
pub fn working_days_after(from: NaiveDate, days: u32) -> NaiveDate {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        let Some(next) = day.succ_opt() else {
            return day;
        };
        day = next;
        left -= u32::from(is_working_day(day));
    }
    day
}

/// The holidays of article 3 in a year.
fn holidays(year: i32) -> BTreeSet<NaiveDate> {
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let from_easter = |days: i64| {
        let easter = easter(year)?;
        if days < 0 {
            easter.checked_sub_days(Days::new(days.unsigned_abs()))
        } else {
            easter.checked_add_days(Days::new(days.unsigned_abs()))
        }
    };
    let kings_day = on(4, 27).map(|day| {
        if day.weekday() == Weekday::Sun {
            day.pred_opt().unwrap_or(day)
        } else {
            day
        }
    });
    [
        on(1, 1),
        from_easter(-2),
        from_easter(1),
        kings_day,
        on(5, 5),
        from_easter(39),
        from_easter(50),
        on(12, 25),
        on(12, 26),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(n / 31).ok()?,
        u32::try_from(n % 31 + 1).ok()?,
    )
}

/// What is noted beside a publication whose figures the rules of today tell otherwise.
pub fn rules_replaced(rule_set: &str, replaced_by: &str) -> Text {
    Text::new(
        format!(
            "De cijfers van deze publicatie volgen uit regelset {rule_set}. Volgens regelset \
             {replaced_by}, die daarvoor in de plaats is gekomen, luiden zij anders. De bestanden \
             van deze publicatie zijn niet gewijzigd."
        ),
        format!(
            "The figures of this publication follow from rule set {rule_set}. By rule set \
             {replaced_by}, which has taken its place, they read otherwise. The files of this \
             publication have not been changed."
        ),
    )
}

/// What differs between two publications, line by line and column by column, in the order of the
/// later one; lines of the earlier one that are gone stand at the end.
pub fn difference(before: &[Line], after: &[Line]) -> Vec<Change> {
    let find = |lines: &'_ [Line], of: &Line| {
        lines
            .iter()
            .find(|line| line.part == of.part && line.key == of.key)
            .cloned()
    };
    let mut changes = Vec::new();
    for line in after {
        let old = find(before, line);
        changes.extend(Change::between(old.as_ref(), Some(line)));
    }
    for line in before {
        if find(after, line).is_none() {
            changes.extend(Change::between(Some(line), None));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn holidays_are_those_of_the_act() {
        for holiday in [
            "2026-01-01",
            "2026-04-03",
            "2026-04-06",
            "2026-04-27",
            "2026-05-05",
            "2026-05-14",
            "2026-05-25",
            "2026-12-25",
            "2025-04-26",
            "2025-04-21",
            "2024-04-01",
            "2027-03-26",
        ] {
            assert!(
                holidays(day(holiday).year()).contains(&day(holiday)),
                "{holiday}"
            );
        }
        assert!(
            !holidays(2025).contains(&day("2025-04-27")),
            "a Sunday: the King's Day is a day earlier"
        );
        assert!(is_working_day(day("2026-04-28")));
        assert!(!is_working_day(day("2026-04-25")));
    }

    #[test]
    fn a_term_counts_working_days_from_the_day_after() {
        // From Sunday 22 November ten working days: Monday 23 to Friday 4 December.
        assert_eq!(working_days_after(day("2026-11-22"), 10), day("2026-12-04"));
        // Over Christmas: 24, 28, 29, 30, 31 December.
        assert_eq!(working_days_after(day("2026-12-23"), 5), day("2026-12-31"));
        assert_eq!(working_days_after(day("2026-11-22"), 0), day("2026-11-22"));
    }
}
