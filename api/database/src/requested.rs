//! The moment that a question is asked about, and how it is put in words: the same in GraphQL, in
//! feeds and in OData.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    clock::{read_day, read_instant},
    ledger::position::Position,
    text::Text,
};

/// The first day that can be told of: the municipalities of that year are the first in the records.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2018, 1, 1).expect("a day of the calendar");
/// The last day that can be told of.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2099, 12, 31).expect("a day of the calendar");

/// Whether a day can be told of, however it is named: in words, by an id or by a cursor.
#[must_use]
pub fn covers_day(day: NaiveDate) -> bool {
    (FIRST_DAY..=LAST_DAY).contains(&day)
}

/// A moment in the words of who asks; a part that is not named is none.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// The ledger number.
    pub ledger: Option<String>,
    /// The instant.
    pub instant: Option<String>,
    /// The day.
    pub day: Option<String>,
}

impl Words {
    /// Whether any part is named.
    #[must_use]
    pub fn names_any(&self) -> bool {
        self.ledger.is_some() || self.instant.is_some() || self.day.is_some()
    }
}

/// What became of a parameter of 1.0.0-rc.1; none for a name that was none.
#[must_use]
pub fn renamed(name: &str) -> Option<Text> {
    let now = match name {
        "asOf" => "day",
        "knownAt" => "instant",
        "atLedger" => "ledger",
        _ => return None,
    };
    Some(Text::new(
        format!("`{name}` heet nu `{now}`."),
        format!("`{name}` is now called `{now}`."),
    ))
}

/// A value of a client as a mistake repeats it.
fn shown(value: &str) -> String {
    value.chars().take(32).collect()
}

fn no_ledger_number(value: &str) -> Text {
    let value = shown(value);
    Text::new(
        format!("`ledger` is `{value}` en moet een nummer van het grootboek zijn, 0 of hoger."),
        format!("`ledger` is `{value}` and must be a ledger number, 0 or higher."),
    )
}

fn no_instant(value: &str) -> Text {
    let value = shown(value);
    Text::new(
        format!(
            "`instant` is `{value}` en moet een tijdstip zijn volgens RFC 3339, zoals \
             2026-12-01T12:00:00Z."
        ),
        format!(
            "`instant` is `{value}` and must be an instant by RFC 3339, as in \
             2026-12-01T12:00:00Z."
        ),
    )
}

fn no_day(value: &str) -> Text {
    let value = shown(value);
    Text::new(
        format!(
            "`day` is `{value}` en moet een datum zijn van {FIRST_DAY} tot en met {LAST_DAY}: \
             JJJJ-MM-DD, zoals 2026-12-01."
        ),
        format!(
            "`day` is `{value}` and must be a date from {FIRST_DAY} to {LAST_DAY}: YYYY-MM-DD, \
             as in 2026-12-01."
        ),
    )
}

/// That a moment was asked for that has not come.
#[must_use]
pub fn beyond_head() -> Text {
    Text::new(
        "Dit moment is er nog niet: `ledger` mag niet hoger zijn dan het laatste nummer van het \
         grootboek, `instant` niet later dan nu.",
        "This moment has not come: `ledger` may not be higher than the last number of the ledger, \
         `instant` not later than now.",
    )
}

/// The moment that a question is asked about, as the client puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequestedMoment {
    /// Up to where facts are known.
    pub known: Known,
    /// The day that is told of; the present one when none is named.
    pub day: Option<NaiveDate>,
    /// The fingerprint of the scope that a list was begun with; none where nothing is read on.
    pub scope: Option<u64>,
    /// The position that whoever asks goes on from; none where nothing is read on.
    pub position: Option<Position>,
}

/// Up to where facts are known: always the end of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    /// What is known now.
    #[default]
    Head,
    /// What was known at the end of the transaction that this ledger number is of.
    Ledger(i64),
    /// What was known at this instant.
    Instant(DateTime<Utc>),
}

impl RequestedMoment {
    /// Now.
    pub const HEAD: Self = Self {
        known: Known::Head,
        day: None,
        scope: None,
        position: None,
    };

    /// Reads a moment as it is put in words, all mistakes at once; now when nothing is named.
    ///
    /// # Errors
    /// When a part is no moment, or two of them name one.
    pub fn parse(words: &Words) -> Result<Self, Vec<Text>> {
        let mut mistakes = Vec::new();
        let mut moment = Self::HEAD;
        if let Some(text) = &words.ledger {
            match text.parse().ok().filter(|number| *number >= 0) {
                Some(number) => moment.known = Known::Ledger(number),
                None => mistakes.push(no_ledger_number(text)),
            }
        }
        if let Some(text) = &words.instant {
            match read_instant(text) {
                Some(instant) => moment.known = Known::Instant(instant),
                None => mistakes.push(no_instant(text)),
            }
        }
        if words.ledger.is_some() && words.instant.is_some() {
            mistakes.push(Text::new(
                "Geef `ledger` of `instant`, niet allebei.",
                "Give `ledger` or `instant`, not both.",
            ));
        }
        if let Some(text) = &words.day {
            moment.day = read_day(text).filter(|day| covers_day(*day));
            if moment.day.is_none() {
                mistakes.push(no_day(text));
            }
        }
        if mistakes.is_empty() {
            Ok(moment)
        } else {
            Err(mistakes)
        }
    }

    /// What was known at a ledger number, told of the present day.
    pub fn ledger(number: i64) -> Self {
        Self {
            known: Known::Ledger(number),
            ..Self::HEAD
        }
    }

    /// What is known now, for whoever goes on from a position.
    pub fn after(position: Position) -> Self {
        Self {
            position: Some(position),
            ..Self::HEAD
        }
    }
}

impl From<Pin> for RequestedMoment {
    fn from(pin: Pin) -> Self {
        Self {
            known: Known::Ledger(pin.at.number),
            day: Some(pin.day),
            scope: pin.scope,
            position: Some(pin.at),
        }
    }
}

/// What the pages of one list have in common, so that they are pages of one and the same list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// The position up to which facts are known.
    pub at: Position,
    /// The day that is told of.
    pub day: NaiveDate,
    /// The fingerprint of the scope; none where the rows are everybody's.
    pub scope: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_of_a_moment_are_found_at_once() {
        let mistakes = |ledger, instant, day| {
            let [ledger, instant, day] =
                [ledger, instant, day].map(|part: Option<&str>| part.map(str::to_owned));
            let words = Words {
                ledger,
                instant,
                day,
            };
            RequestedMoment::parse(&words).map_err(|mistakes| mistakes.len())
        };
        assert_eq!(mistakes(None, None, None), Ok(RequestedMoment::HEAD));
        assert_eq!(
            mistakes(Some("7"), None, None),
            Ok(RequestedMoment::ledger(7))
        );
        assert_eq!(mistakes(Some("-1"), None, None), Err(1));
        assert_eq!(mistakes(None, Some("yesterday"), None), Err(1));
        for day in ["2017-12-31", "2100-01-01", "01-12-2026", "+262142-12-31"] {
            assert_eq!(mistakes(None, None, Some(day)), Err(1), "{day}");
        }
        let both = (Some("7"), Some("2026-11-22T12:00:00Z"));
        assert_eq!(mistakes(both.0, both.1, Some("2019-01-01")), Err(1));
        assert_eq!(mistakes(Some("x"), Some("y"), Some("z")), Err(4));
    }
}
