//! The time. The only module that asks the machine what time it is.
//!
//! Instants are UTC, days are those of Europe/Amsterdam. SQL never asks for a time of its own: the
//! opener of a transaction takes one instant from here and hands it, with its day, to Postgres.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Europe::Amsterdam;

/// The source of the present instant: the machine's clock, or one that a test or a demo sets.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    set_to: Option<Arc<Mutex<Set>>>,
}

/// What a settable clock shows. No clock of a real database can be set with it, so it also says how
/// far it is ahead of that one.
#[derive(Debug, Clone, Copy)]
struct Set {
    instant: DateTime<Utc>,
    ahead: TimeDelta,
}

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until [`Clock::set`] moves it; every clone shows the same time.
    #[must_use]
    pub fn settable(start: DateTime<Utc>) -> Self {
        Self {
            set_to: Some(Arc::new(Mutex::new(Set {
                instant: start,
                ahead: TimeDelta::zero(),
            }))),
        }
    }

    /// Moves a settable clock. The machine's clock is not moved.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Some(set_to) = &self.set_to {
            let mut set = set_to.lock().unwrap_or_else(PoisonError::into_inner);
            set.instant = instant;
        }
    }

    /// Has a settable clock be ahead of every other one by so much; behind when it is negative. The
    /// machine's clock is what it is.
    pub fn set_ahead(&self, ahead: TimeDelta) {
        if let Some(set_to) = &self.set_to {
            let mut set = set_to.lock().unwrap_or_else(PoisonError::into_inner);
            set.ahead = ahead;
        }
    }

    /// How far this clock is ahead of another, which was read between `since` and now; behind when
    /// it is negative, nothing when both may be right.
    #[must_use]
    pub fn ahead_of(&self, other: DateTime<Utc>, since: DateTime<Utc>) -> TimeDelta {
        match &self.set_to {
            Some(set_to) => set_to.lock().unwrap_or_else(PoisonError::into_inner).ahead,
            None => distance(since, other, self.now()),
        }
    }

    /// The present instant, in whole microseconds: what Postgres can keep.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
    pub fn now(&self) -> DateTime<Utc> {
        let now = match &self.set_to {
            Some(set_to) => {
                set_to
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .instant
            }
            None => Utc::now(),
        };
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }
}

/// How far `since` lies after an instant, or `until` before it: nothing when it lies between them.
fn distance(since: DateTime<Utc>, instant: DateTime<Utc>, until: DateTime<Utc>) -> TimeDelta {
    if instant < since {
        since - instant
    } else if until < instant {
        until - instant
    } else {
        TimeDelta::zero()
    }
}

/// The day that a text names in the form `2026-12-01`, and in no other.
#[must_use]
pub fn read_day(text: &str) -> Option<NaiveDate> {
    let is_of_form = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_of_form { text.parse().ok() } else { None }
}

/// The instant that a text names in the form `2026-12-01T12:00:00Z`: a day, a time to the second or
/// finer, and `Z` or the distance from UTC.
#[must_use]
pub fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    let (day, time) = text.split_once('T')?;
    read_day(day)?;
    let is_upright = time.is_ascii() && !time.ends_with('z');
    let instant = DateTime::parse_from_rfc3339(text).ok()?;
    is_upright.then(|| instant.to_utc())
}

/// The same instant with a plus before its distance from UTC, where an address made a blank of it:
/// `2026-12-01T13:00:00 01:00` is `2026-12-01T13:00:00+01:00`. None where there is no such blank.
#[must_use]
pub fn with_plus(text: &str) -> Option<String> {
    let (instant, offset) = text.split_once(' ')?;
    let is_offset = offset.len() == 5
        && offset.bytes().enumerate().all(|(at, byte)| match at {
            2 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    let is_instant = read_day(instant.get(..10)?).is_some()
        && instant[10..].starts_with(['T', 't'])
        && instant[11..]
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b':' || b == b'.');
    (is_offset && is_instant).then(|| format!("{instant}+{offset}"))
}

/// The civil day in Europe/Amsterdam on which an instant falls.
#[must_use]
pub fn day_of(instant: DateTime<Utc>) -> NaiveDate {
    time_in_amsterdam(instant).date()
}

/// The day and time that clocks in Europe/Amsterdam show at an instant.
#[must_use]
pub fn time_in_amsterdam(instant: DateTime<Utc>) -> NaiveDateTime {
    Amsterdam
        .from_utc_datetime(&instant.naive_utc())
        .naive_local()
}

/// The instant at which clocks in Europe/Amsterdam show this day and time, in the form
/// `2026-12-01T13:00`. Of an hour that comes twice it is the first; one that never comes is none.
#[must_use]
pub fn instant_in_amsterdam(text: &str) -> Option<DateTime<Utc>> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    let found = Amsterdam.from_local_datetime(&local).earliest();
    found.map(|instant| instant.to_utc())
}

/// How long the running minute still lasts.
#[must_use]
pub fn left_of_minute(instant: DateTime<Utc>) -> TimeDelta {
    TimeDelta::milliseconds(60_000 - instant.timestamp_millis().rem_euclid(60_000))
}

/// Whether a minute begins: when embargoes end, so that no answer that is kept until the end of a
/// minute is kept past one.
#[must_use]
pub fn is_whole_minute(instant: DateTime<Utc>) -> bool {
    instant.timestamp().rem_euclid(60) == 0 && instant.timestamp_subsec_nanos() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_that_of_clocks_in_amsterdam() {
        let shown = |text| instant_in_amsterdam(text).map(|instant| instant.to_rfc3339());
        let at = |text: &str| Some(format!("{text}:00+00:00"));
        assert_eq!(shown("2026-12-01T13:00"), at("2026-12-01T12:00"));
        assert_eq!(shown("2026-07-01T13:00"), at("2026-07-01T11:00"));
        assert_eq!(
            shown("2026-10-25T02:30"),
            at("2026-10-25T00:30"),
            "it comes twice"
        );
        assert_eq!(shown("2026-03-29T02:30"), None, "it never comes");
        for wrong in [
            "",
            "2026-12-01",
            "2026-12-01 13:00",
            "2026-12-01T13:00:00Z",
            "gisteren",
        ] {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_amsterdam() {
        let winter = |h, m| Utc.with_ymd_and_hms(2026, 1, 1, h, m, 0).unwrap();
        assert_eq!(day_of(winter(22, 59)).to_string(), "2026-01-01");
        assert_eq!(day_of(winter(23, 0)).to_string(), "2026-01-02");
        let summer = |h, m| Utc.with_ymd_and_hms(2026, 7, 1, h, m, 0).unwrap();
        assert_eq!(day_of(summer(21, 59)).to_string(), "2026-07-01");
        assert_eq!(day_of(summer(22, 0)).to_string(), "2026-07-02");
    }

    #[test]
    fn a_day_is_written_in_one_form() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 1);
        assert_eq!(read_day("2026-12-01"), day);
        for text in [
            "01-12-2026",
            "2026-1-1",
            "2026-12-1",
            "+10000-01-01",
            "-2026-01-01",
            "2026-02-29",
            "2026-13-01",
            "2026/12/01",
            " 2026-12-01",
            "2026-12-01 ",
            "2026-12-01T00:00:00Z",
            "٢٠٢٦-12-01",
            "",
        ] {
            assert_eq!(read_day(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_instant_is_written_in_one_form() {
        let noon = Utc.with_ymd_and_hms(2026, 12, 1, 12, 0, 0).single();
        for text in [
            "2026-12-01T12:00:00Z",
            "2026-12-01T13:00:00+01:00",
            "2026-12-01T12:00:00.000000Z",
        ] {
            assert_eq!(read_instant(text), noon, "{text:?}");
        }
        for text in [
            "2026-12-01 12:00:00Z",
            "2026-12-01t12:00:00Z",
            "2026-12-01T12:00:00z",
            "2026-12-01T12:00:00",
            "2026-12-01T12:00Z",
            "2026-1-1T12:00:00Z",
            "+10000-01-01T00:00:00Z",
            "01-12-2026T12:00:00Z",
            "2026-12-01T25:00:00Z",
            "2026-12-01",
            "",
        ] {
            assert_eq!(read_instant(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_blank_before_an_offset_is_a_plus() {
        for (text, read) in [
            (
                "2026-12-01T13:00:00 01:00",
                Some("2026-12-01T13:00:00+01:00"),
            ),
            ("2026-12-01T13:00 01:00", Some("2026-12-01T13:00+01:00")),
            ("2026-12-01T13:00:00+01:00", None),
            ("2026-12-01T13:00:00Z 01:00", None),
            ("2026-12-01T13:00:00 1:00", None),
            ("2026-12-01 01:00", None),
            ("é2026-12-1T13:00 01:00", None),
            ("", None),
        ] {
            assert_eq!(with_plus(text).as_deref(), read, "{text:?}");
        }
    }

    #[test]
    fn a_minute_is_left_as_long_as_it_lasts() {
        let at = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
        for (text, left, is_whole) in [
            ("2026-12-01T12:00:00Z", 60_000, true),
            ("2026-12-01T12:00:30.250Z", 29_750, false),
            ("2026-12-01T12:00:59.999Z", 1, false),
            ("2026-12-01T12:00:00.000001Z", 60_000, false),
        ] {
            assert_eq!(
                left_of_minute(at(text)),
                TimeDelta::milliseconds(left),
                "{text}"
            );
            assert_eq!(is_whole_minute(at(text)), is_whole, "{text}");
        }
    }

    #[test]
    fn a_clock_is_ahead_of_another_by_what_waiting_does_not_explain() {
        let at = |second| Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, second).unwrap();
        // Sent at 10, answered at 15.
        for (other, ahead) in [(7, 3), (10, 0), (12, 0), (15, 0), (19, -4)] {
            let found = distance(at(10), at(other), at(15));
            assert_eq!(found, TimeDelta::seconds(ahead), "{other}");
        }
        let clock = Clock::settable(at(0));
        assert_eq!(clock.ahead_of(at(30), at(0)), TimeDelta::zero());
        clock.clone().set_ahead(TimeDelta::seconds(-3));
        assert_eq!(clock.ahead_of(at(30), at(0)), TimeDelta::seconds(-3));
    }

    #[test]
    fn a_settable_clock_moves_for_all_its_clones() {
        let clock = Clock::settable(Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap());
        let other = clock.clone();
        let later = Utc.with_ymd_and_hms(2026, 2, 1, 0, 0, 0).unwrap();
        clock.set(later);
        assert_eq!(other.now(), later);
    }
}
