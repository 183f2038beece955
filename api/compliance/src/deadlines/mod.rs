//! The days that everybody may know and plan by: of reporting periods and of open monitoring
//! rounds, for calendars.
//!
//! An extension that one municipality was given is not among them, for that is its own.

mod repo;

use chrono::{DateTime, NaiveDate, Utc};

use database::{DbError, Session};
use domain::text::Text;

/// A day that everybody may plan by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What it is of, the same whatever day it is set to: `reporting-period-2026-2-deadline`.
    pub key: String,
    /// The day.
    pub day: NaiveDate,
    /// What it is, in Dutch and English.
    pub title: Text,
    /// When it was set to this day.
    pub recorded_at: DateTime<Utc>,
}

/// Every such day that is known, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn find_all(session: &Session) -> Result<Vec<Deadline>, DbError> {
    let rows = repo::find_all(session).await?;
    Ok(rows.into_iter().map(deadline).collect())
}

fn deadline(row: repo::Row) -> Deadline {
    let period = Text::new(
        format!("Rapportageperiode {}", row.key),
        format!("Reporting period {}", row.key),
    );
    let of_period = |nl: &str, en: &str| {
        Text::new(
            format!("{}: {nl}", period.nl),
            format!("{}: {en}", period.en),
        )
    };
    let (key, title) = match row.kind.as_str() {
        "OPENS" => (
            "opening",
            of_period("eerste dag om in te dienen", "first day to hand in"),
        ),
        "DEADLINE" => (
            "deadline",
            of_period(
                "laatste dag om op tijd in te dienen",
                "last day to hand in on time",
            ),
        ),
        "CLOSES" => (
            "closing",
            of_period("laatste dag om in te dienen", "last day to hand in"),
        ),
        _ => {
            return Deadline {
                key: format!("monitoring-round-{}-reports", row.key),
                day: row.day,
                title: Text::new(
                    format!("{}: laatste dag om op tijd te rapporteren", row.title_nl),
                    format!("{}: last day to report on time", row.title_en),
                ),
                recorded_at: row.recorded_at,
            };
        }
    };
    Deadline {
        key: format!("reporting-period-{}-{key}", row.key),
        day: row.day,
        title,
        recorded_at: row.recorded_at,
    }
}
