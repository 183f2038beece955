//! What follows from days: which interval holds a day, what became of a municipality, who is a
//! member of what, and who of two things at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

/// Whether an interval holds a day; the end does not belong to it.
pub fn holds(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day < to)
}

/// One municipality going over into another, wholly or in part.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The first day of the new situation. NL: ingangsdatum.
    pub on: NaiveDate,
    /// The code of the municipality that went over. NL: voorganger.
    pub from: &'a str,
    /// The code of the municipality that took it in. NL: opvolger.
    pub into: &'a str,
}

/// The codes that hold the territory of a municipality on a day: its own while it exists, else
/// those that it went over into, through as many reorganisations as there were. `since` is its own
/// first day. No code at all when it did not exist yet.
///
/// A step counts only when it is not before the one that led to it, so a code that returns later
/// does not lead back.
pub fn continued_as<'a>(
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

/// A municipality being a member of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay<'a> {
    /// The code of the area, as in `VR14`.
    pub area: &'a str,
    /// The code of the municipality, as in `GM0402`.
    pub municipality: &'a str,
    /// The first day; none when it is not known, so as long as anybody knows.
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer is.
    pub to: Option<NaiveDate>,
}

/// What becomes of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// It stays as it is.
    Kept,
    /// It ends on the day.
    Ended,
    /// It goes on without an end.
    Prolonged,
    /// It never was: it would have begun on the day or later.
    Withdrawn,
}

/// What becomes of the stays in one area when these are its members from a day on; and who begins a
/// stay on that day.
pub fn with_members<'a>(
    stays: &[Stay<'_>],
    members: &BTreeSet<&'a str>,
    day: NaiveDate,
) -> (Vec<Becomes>, Vec<&'a str>) {
    let becomes = |stay: &Stay<'_>| {
        let is_member = members.contains(stay.municipality);
        let holds = holds(stay.from, stay.to, day);
        let began = stay.from.is_none_or(|from| from < day);
        match (holds, is_member) {
            (true, true) if stay.to.is_none() => Becomes::Kept,
            (true, true) => Becomes::Prolonged,
            (true, false) if began => Becomes::Ended,
            (false, _) if began => Becomes::Kept,
            (true, false) | (false, _) => Becomes::Withdrawn,
        }
    };
    let stands = |member: &&&str| {
        !stays
            .iter()
            .any(|stay| stay.municipality == **member && holds(stay.from, stay.to, day))
    };
    (
        stays.iter().map(becomes).collect(),
        members.iter().filter(stands).copied().collect(),
    )
}

/// A stay as it becomes; none when it never was.
pub fn become_so<'a>(stay: Stay<'a>, becomes: Becomes, day: NaiveDate) -> Option<Stay<'a>> {
    match becomes {
        Becomes::Kept => Some(stay),
        Becomes::Ended => Some(Stay {
            to: Some(day),
            ..stay
        }),
        Becomes::Prolonged => Some(Stay { to: None, ..stay }),
        Becomes::Withdrawn => None,
    }
}

/// An area that may have a municipality only to itself, and when: a reporting region while it is
/// registered, a province, a safety region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sole<'a> {
    /// The code of the area.
    pub area: &'a str,
    /// The first day on which it may; none when it always could.
    pub from: Option<NaiveDate>,
    /// The first day on which it no longer may.
    pub to: Option<NaiveDate>,
}

/// A municipality that two areas have at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Twice<'a> {
    /// The code of the municipality.
    pub municipality: &'a str,
    /// The code of the one area, the first in alphabetical order.
    pub one: &'a str,
    /// The code of the other area.
    pub other: &'a str,
}

/// The municipalities that two of these areas have on some day, in the order of their codes.
pub fn had_twice<'a>(stays: &[Stay<'a>], areas: &[Sole<'a>]) -> Vec<Twice<'a>> {
    let mut had: BTreeMap<&str, Vec<Sole<'a>>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for stay in stays {
        for area in areas.iter().filter(|area| area.area == stay.area) {
            let from = stay.from.max(area.from);
            let to = earlier_end(stay.to, area.to);
            if !overlap((from, to), (None, None)) {
                continue;
            }
            let others = had.entry(stay.municipality).or_default();
            for other in others.iter() {
                if overlap((other.from, other.to), (from, to)) {
                    found.insert(Twice {
                        municipality: stay.municipality,
                        one: other.area.min(area.area),
                        other: other.area.max(area.area),
                    });
                }
            }
            others.push(Sole {
                area: area.area,
                from,
                to,
            });
        }
    }
    found.into_iter().collect()
}

fn earlier_end(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (end, None) | (None, end) => end,
    }
}

/// A first day, and a first day after.
type Interval = (Option<NaiveDate>, Option<NaiveDate>);

fn overlap(a: Interval, b: Interval) -> bool {
    let (from, to) = (a.0.max(b.0), earlier_end(a.1, b.1));
    from.zip(to).is_none_or(|(from, to)| from < to)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    fn stay<'a>(area: &'a str, of: &'a str, from: Option<&str>, to: Option<&str>) -> Stay<'a> {
        Stay {
            area,
            municipality: of,
            from: from.map(day),
            to: to.map(day),
        }
    }

    fn members(stays: &[Stay<'_>], on: NaiveDate) -> BTreeSet<String> {
        stays
            .iter()
            .filter(|stay| holds(stay.from, stay.to, on))
            .map(|stay| stay.municipality.to_owned())
            .collect()
    }

    proptest! {
        /// Before the day nothing changes; from it on exactly these are members, each by one stay.
        #[test]
        fn members_are_set_from_a_day_on(
            rows in proptest::collection::vec(
                (0..4_usize, 0..6_u32, 1..6_u32, any::<bool>()), 0..6,
            ),
            wanted in proptest::collection::btree_set(0..4_usize, 0..4),
            from in 0..8_u32,
        ) {
            const NAMES: [&str; 4] = ["A", "B", "C", "D"];
            let on = |offset: u32| day("2026-01-01") + chrono::Days::new(u64::from(offset));
            let mut stays: Vec<Stay<'_>> = Vec::new();
            for (name, begin, length, is_open) in rows {
                let new = Stay {
                    area: "X",
                    municipality: NAMES[name],
                    from: Some(on(begin)),
                    to: (!is_open).then(|| on(begin + length)),
                };
                let is_free = stays.iter().all(|stay| {
                    stay.municipality != new.municipality
                        || !overlap((stay.from, stay.to), (new.from, new.to))
                });
                if is_free {
                    stays.push(new);
                }
            }
            let wanted: BTreeSet<&str> = wanted.into_iter().map(|name| NAMES[name]).collect();
            let (becomes, begin) = with_members(&stays, &wanted, on(from));
            let mut after: Vec<Stay<'_>> = stays
                .iter()
                .zip(becomes)
                .filter_map(|(stay, becomes)| become_so(*stay, becomes, on(from)))
                .collect();
            after.extend(begin.into_iter().map(|municipality| Stay {
                area: "X",
                municipality,
                from: Some(on(from)),
                to: None,
            }));
            let expected: BTreeSet<String> = wanted.iter().map(|&name| name.to_owned()).collect();
            for offset in 0..16 {
                let shown = members(&after, on(offset));
                if offset < from {
                    prop_assert_eq!(shown, members(&stays, on(offset)));
                } else {
                    prop_assert_eq!(&shown, &expected);
                    let holding = after.iter().filter(|stay| holds(stay.from, stay.to, on(offset)));
                    prop_assert_eq!(holding.count(), expected.len());
                }
            }
            let twice = had_twice(&after, &[Sole { area: "X", from: None, to: None }]);
            prop_assert!(twice.is_empty());
        }
    }

    #[test]
    fn a_municipality_is_had_twice_only_while_both_have_it() {
        let stays = [
            stay("X", "A", None, Some("2026-07-01")),
            stay("Y", "A", Some("2026-07-01"), None),
            stay("Y", "B", None, None),
            stay("X", "B", Some("2026-01-01"), Some("2026-02-01")),
        ];
        let sole = |area, from: Option<&str>| Sole {
            area,
            from: from.map(day),
            to: None,
        };
        let twice = Twice {
            municipality: "B",
            one: "X",
            other: "Y",
        };
        assert_eq!(
            had_twice(&stays, &[sole("X", None), sole("Y", None)]),
            [twice]
        );
        assert_eq!(
            had_twice(&stays, &[sole("X", None), sole("Y", Some("2026-02-01"))]),
            []
        );
        assert_eq!(had_twice(&stays, &[sole("Y", None)]), []);
        // The same area registered twice for the same days.
        let again = had_twice(
            &stays[2..3],
            &[sole("Y", None), sole("Y", Some("2026-02-01"))],
        );
        assert_eq!(
            again,
            [Twice {
                municipality: "B",
                one: "Y",
                other: "Y"
            }]
        );
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
