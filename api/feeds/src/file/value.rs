//! Cells as values: the text that all forms share, read as the kind that the table declares.

use chrono::{DateTime, NaiveDate, Utc};

/// Digits behind the point of a decimal in Parquet. Shares are rounded to as many by the views.
pub(super) const SCALE: usize = 6;

/// A whole number.
pub(super) fn integer(text: &str) -> Option<i64> {
    text.parse().ok()
}

/// A decimal in units of its last digit by [`SCALE`]; none where it has more digits.
pub(super) fn scaled(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > SCALE {
        return None;
    }
    format!("{whole}{fraction:0<SCALE$}").parse().ok()
}

/// Yes or no, as Postgres or a spreadsheet writes it.
pub(super) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A day.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

/// An instant.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let instant = DateTime::parse_from_rfc3339(text).ok()?;
    Some(instant.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_keeps_every_digit_or_is_refused() {
        assert_eq!(scaled("0.5"), Some(500_000));
        assert_eq!(scaled("-12.000001"), Some(-12_000_001));
        assert_eq!(scaled("-0.5"), Some(-500_000));
        assert_eq!(scaled("7"), Some(7_000_000));
        assert_eq!(scaled("0.3333333"), None);
        assert_eq!(scaled("x"), None);
    }

    #[test]
    fn the_other_kinds_are_read_whole() {
        assert_eq!(integer("-90000"), Some(-90_000));
        assert_eq!(
            (boolean("true"), boolean("FALSE")),
            (Some(true), Some(false))
        );
        assert_eq!(boolean("1"), None);
        assert_eq!(day("0001-01-01"), NaiveDate::from_ymd_opt(1, 1, 1));
        let instant = instant("2026-11-22T12:00:00.000001Z").unwrap();
        assert_eq!(instant.timestamp_micros(), 1_795_348_800_000_001);
    }
}
