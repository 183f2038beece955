//! The place of a next page, and the token that a client hands back to go on there.
//!
//! It is of one table, one position in the ledger and one scope, and bears the seal of the database.
//! Of everybody's tables it is of no scope: their rows are the same for all.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    selection::{Direction, Start},
    tables::{Column, Kind, Table},
};
use database::{Pin, Sealed, Session, covers_day};
use domain::ledger::position::Position;

/// The place of a next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) pin: Pin,
    /// Rows that are still wanted.
    pub(super) top: Option<i64>,
    pub(super) start: Start,
}

/// What a token holds: table, position, day, scope, rows that are still wanted, and where the page
/// begins: after so many rows, or behind a row, of which it has the values of the order and then
/// those of the key. One of 1.0.0-rc.1 names no table, and of its position the number alone.
type Fields = (
    String,
    String,
    NaiveDate,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<Vec<Option<String>>>,
);
type FieldsOfRelease = (
    i64,
    NaiveDate,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<Vec<Option<String>>>,
);

impl Place {
    /// The place as a token. It holds nothing that its reader does not know already, and is sealed.
    pub(super) fn token(&self, session: &Session, table: &Table) -> String {
        let sealed = session.sealed(self.text(table));
        URL_SAFE_NO_PAD.encode(sealed.to_bytes())
    }

    fn text(&self, table: &Table) -> String {
        let (offset, cells) = match &self.start {
            Start::Offset(offset) => (Some(*offset), None),
            Start::After(key) => (None, Some(key.iter().map(Some).collect())),
            Start::Behind { ordered, key } => {
                let ordered = ordered.iter().map(Option::as_ref);
                let cells: Vec<_> = ordered.chain(key.iter().map(Some)).collect();
                (None, Some(cells))
            }
        };
        let shown = serde_json::json!([
            table.name,
            self.pin.at.to_string(),
            self.pin.day.to_string(),
            self.pin.scope.map(|scope| format!("{scope:016x}")),
            self.top,
            offset,
            cells,
        ]);
        shown.to_string()
    }

    /// The place of a token, with the seal that it bears; none in one of 1.0.0-rc.1.
    pub(super) fn parse(token: &str, table: &Table) -> Option<(Self, Option<Sealed>)> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        if bytes.starts_with(b"[\"") {
            let sealed = Sealed::of_bytes(&bytes)?;
            return Some((Self::read(sealed.text(), table)?, Some(sealed)));
        }
        let fields: FieldsOfRelease = serde_json::from_slice(&bytes).ok()?;
        let (number, day, scope, top, offset, cells) = fields;
        let name = table.name.to_owned();
        let place = Self::of(
            (name, number.to_string(), day, scope, top, offset, cells),
            table,
        );
        Some((place?, None))
    }

    fn read(text: &str, table: &Table) -> Option<Self> {
        let fields: Fields = serde_json::from_str(text).ok()?;
        Self::of(fields, table)
    }

    fn of(fields: Fields, table: &Table) -> Option<Self> {
        let (name, at, day, scope, top, offset, cells) = fields;
        let at = Position::parse(&at)?;
        let start = match (offset, cells) {
            (Some(offset), None) if offset >= 0 => Start::Offset(offset),
            (None, Some(cells)) => behind(table, cells)?,
            _ => return None,
        };
        let scope = match scope {
            Some(hex) => Some(u64::from_str_radix(&hex, 16).ok()?),
            None => None,
        };
        let is_place = name == table.name && covers_day(day) && top.is_none_or(|top| top >= 0);
        is_place.then_some(Self {
            pin: Pin { at, day, scope },
            top,
            start,
        })
    }
}

/// Where a page begins behind a row of these values; none when they cannot be those of a row.
fn behind(table: &Table, mut cells: Vec<Option<String>>) -> Option<Start> {
    let length = table.key().count();
    let key = cells.split_off(cells.len().checked_sub(length)?);
    let key: Vec<String> = key.into_iter().collect::<Option<_>>()?;
    if !table
        .key()
        .zip(&key)
        .all(|(column, value)| fits(column, value))
    {
        return None;
    }
    Some(if cells.is_empty() {
        Start::After(key)
    } else {
        Start::Behind {
            ordered: cells,
            key,
        }
    })
}

/// Whether a page in this order can begin there: a place holds a value for each column of its order.
pub(super) fn is_in_order(start: &Start, order: &[(&'static Column, Direction)]) -> bool {
    match start {
        Start::Offset(_) => true,
        Start::After(_) => order.is_empty(),
        Start::Behind { ordered, .. } => {
            let is_value = |((column, _), value): (&(&Column, Direction), &Option<String>)| {
                value.as_ref().is_none_or(|value| fits(column, value))
            };
            order.len() == ordered.len() && order.iter().zip(ordered).all(is_value)
        }
    }
}

/// Whether a value can be one of a column, so that Postgres reads it too.
fn fits(column: &Column, value: &str) -> bool {
    match column.kind {
        Kind::Text => !value.contains('\0'),
        Kind::Integer => value.parse::<i64>().is_ok(),
        Kind::Date => value.parse::<NaiveDate>().is_ok(),
        Kind::Instant => value.parse::<DateTime<Utc>>().is_ok(),
        Kind::Boolean => matches!(value, "true" | "false"),
        Kind::Decimal => {
            let number = value.strip_prefix('-').unwrap_or(value);
            let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
            let is_digits =
                |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            value.len() <= 100 && is_digits(whole) && is_digits(fraction)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables;

    /// A token as 1.0.0-rc.1 handed it out.
    fn of_release(number: i64, day: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("[{number},\"{day}\",null,3,4000,null]"))
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let of = |name| tables::find(name).unwrap();
        let history = of("fact_verdict_history");
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let key: Vec<String> = texts(&["GM0402", "x'\"", "SUBMITTED", "9", "2026-11-22"]);
        let keys: Vec<&str> = history.key().map(|column| column.name).collect();
        assert_eq!(
            keys,
            [
                "municipality_code",
                "period_key",
                "basis",
                "run_ledger_no",
                "verdict_from"
            ]
        );
        let at = |start, scope| Place {
            pin: Pin {
                at: Position::of_stored(9, Some(7)),
                day,
                scope,
            },
            top: Some(3),
            start,
        };
        for place in [
            at(Start::Offset(4000), None),
            at(Start::After(key.clone()), Some(u64::MAX)),
            at(
                Start::Behind {
                    ordered: vec![None, Some("true".to_owned())],
                    key: key.clone(),
                },
                None,
            ),
        ] {
            let text = place.text(history);
            assert_eq!(Place::read(&text, history), Some(place.clone()));
            assert_eq!(Place::read(&text, of("dim_action")), None);
        }
        // One of the release is read, but of no moment that cannot be told of.
        for (number, day, is_one) in [
            (9, "2026-11-22", true),
            (-1, "2026-11-22", false),
            (9, "2017-12-31", false),
            (9, "2100-01-01", false),
        ] {
            let read = Place::parse(&of_release(number, day), history);
            assert_eq!(read.is_some(), is_one, "{number} {day}");
        }
        // What Postgres could not read is refused here.
        for (at_key, value) in [(0, "\0"), (3, "nine"), (4, "2026-02-30")] {
            let mut wrong = key.clone();
            wrong[at_key] = value.to_owned();
            let text = at(Start::After(wrong), None).text(history);
            assert_eq!(Place::read(&text, history), None, "{value}");
        }
    }

    #[test]
    fn a_place_is_of_its_order() {
        let table = tables::find("fact_budget_current").unwrap();
        let column = |name| table.column(name).unwrap();
        let order = [
            (column("year"), Direction::Descending),
            (column("amount_euros"), Direction::Ascending),
        ];
        let behind = |ordered: &[Option<&str>]| Start::Behind {
            ordered: ordered
                .iter()
                .map(|value| value.map(str::to_owned))
                .collect(),
            key: Vec::new(),
        };
        for (start, expected) in [
            (Start::Offset(7), true),
            (Start::After(Vec::new()), false),
            (behind(&[Some("2026"), Some("1000")]), true),
            (behind(&[Some("2026"), None]), true),
            (behind(&[Some("2026")]), false),
            (behind(&[Some("now"), None]), false),
        ] {
            assert_eq!(is_in_order(&start, &order), expected, "{start:?}");
        }
        assert!(is_in_order(&Start::After(Vec::new()), &[]));
    }
}
