//! When a digest is made, when its delivery is tried again, and how long is known what became of
//! it.

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use chrono_tz::Europe::Amsterdam;

/// The hour in Europe/Amsterdam from which the digest of a day is made.
pub const FROM_HOUR: u32 = 7;
/// Minutes that whoever delivers a digest has for it, before another may try.
const MINUTES_TO_DELIVER: i64 = 5;
/// Minutes between one try and the next; the last of them holds for all that follow.
const MINUTES_BETWEEN: [i64; 5] = [1, 5, 10, 20, 30];
/// Days for which is known what became of a digest.
pub const DAYS_KEPT: i64 = 30;

/// Whether the digest of a day is made at this instant of it.
#[must_use]
pub fn is_time_to_make(instant: DateTime<Utc>) -> bool {
    instant.with_timezone(&Amsterdam).hour() >= FROM_HOUR
}

/// When another may try, once somebody begins to deliver.
#[must_use]
pub fn claimed_until(instant: DateTime<Utc>) -> DateTime<Utc> {
    instant + TimeDelta::minutes(MINUTES_TO_DELIVER)
}

/// When the next try is, after so many in vain.
#[must_use]
pub fn next_try(instant: DateTime<Utc>, tries: u32) -> DateTime<Utc> {
    let [.., longest] = MINUTES_BETWEEN;
    let at = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    let minutes = MINUTES_BETWEEN.get(at).copied().unwrap_or(longest);
    instant + TimeDelta::minutes(minutes)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn at(month: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, month, 23, hour, minute, 0)
            .unwrap()
    }

    #[test]
    fn a_digest_is_made_from_seven_in_amsterdam_in_summer_and_winter() {
        assert!(!is_time_to_make(at(11, 5, 59)));
        assert!(is_time_to_make(at(11, 6, 0)));
        assert!(!is_time_to_make(at(7, 4, 59)));
        assert!(is_time_to_make(at(7, 5, 0)));
        assert!(is_time_to_make(at(11, 22, 59)));
        assert!(!is_time_to_make(at(11, 23, 0)));
    }

    #[test]
    fn tries_come_less_and_less_often() {
        let minutes = |tries| (next_try(at(11, 6, 0), tries) - at(11, 6, 0)).num_minutes();
        let found = [0, 1, 2, 3, 4, 5, 6, 1000].map(minutes);
        assert_eq!(found, [1, 1, 5, 10, 20, 30, 30, 30]);
        assert_eq!(claimed_until(at(11, 6, 0)), at(11, 6, 5));
    }
}
