//! Days as people write them, in Dutch and in English.

use chrono::{Datelike as _, NaiveDate};

/// Ours, because chrono knows Dutch months only with a feature that carries every locale.
pub(crate) const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("maart", "March"),
    ("april", "April"),
    ("mei", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augustus", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// A day as people write it in Dutch.
pub fn nl_date(day: NaiveDate) -> String {
    let (month, _) = MONTHS[day.month0() as usize];
    format!("{} {month} {}", day.day(), day.year())
}

/// A day as people write it in English.
pub fn en_date(day: NaiveDate) -> String {
    let (_, month) = MONTHS[day.month0() as usize];
    format!("{} {month} {}", day.day(), day.year())
}
