//! What follows from days: which interval holds a day, and what became of a municipality.

use std::collections::BTreeSet;

use chrono::NaiveDate;

/// Whether an interval holds a day; the end does not belong to it.
pub(crate) fn holds(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day < to)
}

/// One municipality going over into another, wholly or in part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step<'a> {
    pub(super) on: NaiveDate,
    pub(super) from: &'a str,
    pub(super) into: &'a str,
}

/// The codes that hold the territory of a municipality on a day: its own while it exists, else those that it went over
/// into, through as many reorganisations as there were. `since` is its own first day. No code at all when it did not
/// exist yet.
///
/// A step counts only when it is not before the one that led to it, so a code that returns later does not lead back.
pub(super) fn continued_as<'a>(
    code: &'a str,
    since: Option<NaiveDate>,
    day: NaiveDate,
    steps: &[Step<'a>],
    exists: impl Fn(&str) -> bool,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    if since.is_some_and(|since| since > day) {
        return found;
    }
    let mut seen = BTreeSet::new();
    let mut open = vec![(code, since)];
    while let Some((code, since)) = open.pop() {
        if !seen.insert((code, since)) {
            continue;
        }
        if exists(code) {
            found.insert(code);
            continue;
        }
        let onwards = steps.iter().filter(|step| {
            step.from == code && step.on <= day && since.is_none_or(|since| since <= step.on)
        });
        open.extend(onwards.map(|step| (step.into, Some(step.on))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A was divided over B and C; B went over into D two years later; C still exists.
    fn became<'a>(code: &'a str, since: Option<&str>, on: &str) -> Vec<&'a str> {
        let step = |on, from, into| Step {
            on: day(on),
            from,
            into,
        };
        let steps = [
            step("2019-01-01", "A", "B"),
            step("2019-01-01", "A", "C"),
            step("2021-01-01", "B", "D"),
            step("2023-01-01", "D", "A"),
        ];
        let on = day(on);
        let exists = |code: &str| match code {
            "A" => on < day("2019-01-01") || on >= day("2023-01-01"),
            "B" => on < day("2021-01-01"),
            "C" => true,
            "D" => on >= day("2021-01-01") && on < day("2023-01-01"),
            _ => false,
        };
        continued_as(code, since.map(day), on, &steps, exists)
            .into_iter()
            .collect()
    }

    #[test]
    fn a_territory_is_followed_through_every_reorganisation_up_to_the_day() {
        assert_eq!(became("A", None, "2018-12-31"), ["A"]);
        assert_eq!(became("A", None, "2019-01-01"), ["B", "C"]);
        assert_eq!(became("A", None, "2021-01-01"), ["C", "D"]);
        assert_eq!(became("B", None, "2023-01-01"), ["A"], "the code came back");
        assert_eq!(became("D", Some("2021-01-01"), "2020-12-31"), [""; 0]);
    }

    #[test]
    fn the_end_of_an_interval_is_not_in_it() {
        let (from, to) = (Some(day("2019-01-01")), Some(day("2021-01-01")));
        assert!(holds(from, to, day("2019-01-01")));
        assert!(holds(from, to, day("2020-12-31")));
        assert!(!holds(from, to, day("2021-01-01")));
        assert!(holds(None, None, day("1900-01-01")));
    }
}
