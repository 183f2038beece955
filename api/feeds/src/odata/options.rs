//! Reads the query options of a request, and the place of a next page, all mistakes at once.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};

use super::{Wrong, parse};
use crate::{
    filter::Filter,
    repo::{Direction, Start},
    tables::{Column, Kind, Refresh, Table},
};
use database::{Pin, RequestedMoment, Words, covers_day, renamed};

/// Rows of a page at most.
pub const PAGE: i64 = 2000;
/// Rows that may be skipped at most: whoever wants more follows the next link.
const MOST_SKIPPED: i64 = 100_000;

/// What is asked of an entity set.
#[derive(Debug, Clone)]
pub struct Options {
    /// The columns of the answer, in their order.
    pub columns: Vec<&'static Column>,
    /// Whether `$select` named them; if not, they are all columns of the table.
    pub is_selected: bool,
    pub(crate) filter: Option<Filter>,
    pub(crate) order: Vec<(&'static Column, Direction)>,
    /// Rows that are still wanted; none for all.
    pub(crate) top: Option<i64>,
    pub(crate) count: bool,
    pub(crate) start: Start,
    pub(crate) moment: RequestedMoment,
    /// The options that a next link repeats, as they were sent.
    pub repeated: Vec<(String, String)>,
}

/// The place of a next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(crate) pin: Pin,
    /// Rows that are still wanted.
    pub(crate) top: Option<i64>,
    pub(crate) start: Start,
}

impl Place {
    /// The place as a token. It holds nothing that its reader does not know already.
    pub fn token(&self) -> String {
        let (offset, key) = match &self.start {
            Start::Offset(offset) => (Some(*offset), None),
            Start::After(key) => (None, Some(key)),
        };
        let shown = serde_json::json!([
            self.pin.ledger,
            self.pin.day.to_string(),
            self.pin.scope.map(|scope| format!("{scope:016x}")),
            self.top,
            offset,
            key,
        ]);
        URL_SAFE_NO_PAD.encode(shown.to_string())
    }

    fn parse(token: &str, table: &Table) -> Option<Self> {
        let text = URL_SAFE_NO_PAD.decode(token).ok()?;
        type PlaceFields = (
            i64,
            NaiveDate,
            Option<String>,
            Option<i64>,
            Option<i64>,
            Option<Vec<String>>,
        );
        let (ledger, day, scope, top, offset, key): PlaceFields =
            serde_json::from_slice(&text).ok()?;
        let start = match (offset, key) {
            (Some(offset), None) if offset >= 0 => Start::Offset(offset),
            (None, Some(key)) if is_key(table, &key) => Start::After(key),
            _ => return None,
        };
        let scope = match scope {
            Some(hex) => Some(u64::from_str_radix(&hex, 16).ok()?),
            None => None,
        };
        let is_place = ledger >= 0 && covers_day(day) && top.is_none_or(|top| top >= 0);
        is_place.then_some(Self {
            pin: Pin { ledger, day, scope },
            top,
            start,
        })
    }
}

/// Whether values can be those of a key, so that Postgres reads them too.
fn is_key(table: &Table, key: &[String]) -> bool {
    let fits = |(column, value): (&Column, &String)| match column.kind {
        Kind::Text => !value.contains('\0'),
        Kind::Integer => value.parse::<i64>().is_ok(),
        Kind::Date => value.parse::<NaiveDate>().is_ok(),
        Kind::Instant => value.parse::<DateTime<Utc>>().is_ok(),
        // No table has such a key.
        Kind::Decimal | Kind::Boolean => false,
    };
    key.len() == table.key().count() && table.key().zip(key).all(fits)
}

fn number(name: &str, value: &str, most: i64) -> Result<i64, Wrong> {
    let number = value.parse::<i64>().ok();
    number
        .filter(|number| (0..=most).contains(number))
        .ok_or_else(|| {
            Wrong::bad(
                format!("`{name}` moet een getal van 0 tot {most} zijn."),
                format!("`{name}` must be a number from 0 to {most}."),
            )
        })
}

fn wrong(name: &str) -> Wrong {
    Wrong::bad(
        format!("De waarde van `{name}` is niet te lezen."),
        format!("The value of `{name}` cannot be read."),
    )
}

fn selected(table: &'static Table, value: &str) -> Result<Vec<&'static Column>, Vec<Wrong>> {
    if value.trim() == "*" {
        return Ok(table.columns.iter().collect());
    }
    let (mut columns, mut mistakes) = (Vec::<&'static Column>::new(), Vec::new());
    for name in value.split(',') {
        match parse::column(table, name.trim()) {
            Ok(column) if columns.iter().any(|other| other.name == column.name) => {}
            Ok(column) => columns.push(column),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() {
        Ok(columns)
    } else {
        Err(mistakes)
    }
}

fn ordered(
    table: &'static Table,
    value: &str,
) -> Result<Vec<(&'static Column, Direction)>, Vec<Wrong>> {
    let (mut order, mut mistakes) = (Vec::new(), Vec::new());
    for item in value.split(',') {
        if item.contains(['(', ')', '/']) {
            mistakes.push(Wrong::not_here(
                "`$orderby` kent hier alleen kolommen.",
                "`$orderby` knows columns alone here.",
            ));
            continue;
        }
        let mut words = item.split_whitespace();
        let name = words.next().unwrap_or_default();
        let direction = match (words.next(), words.next()) {
            (None | Some("asc"), None) => Some(Direction::Ascending),
            (Some("desc"), None) => Some(Direction::Descending),
            _ => None,
        };
        match (parse::column(table, name), direction) {
            (Ok(column), Some(direction)) => order.push((column, direction)),
            (Ok(_), None) => mistakes.push(wrong("$orderby")),
            (Err(mistake), _) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() {
        Ok(order)
    } else {
        Err(mistakes)
    }
}

/// Whether a format is one that this service writes.
fn is_json(value: &str) -> bool {
    let kind = value.split(';').next().unwrap_or_default().trim();
    matches!(kind, "json" | "application/json")
}

impl Options {
    /// Reads the options of a request. Names begin with `$`, which OData 4.01 lets clients leave
    /// out and 4.0 does not.
    pub fn parse(table: &'static Table, pairs: Vec<(String, String)>) -> Result<Self, Vec<Wrong>> {
        let mut given = Given::of(table);
        let mut mistakes = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in pairs {
            if seen.contains(&name) {
                mistakes.push(wrong(&name));
                continue;
            }
            seen.push(name.clone());
            if let Err(wrong) = given.read(&name, &value) {
                mistakes.extend(wrong);
            }
            if matches!(
                name.as_str(),
                "$select" | "$filter" | "$orderby" | "$count" | "$format"
            ) {
                given.options.repeated.push((name, value));
            }
        }
        if given.place.is_some() && given.words.names_any() {
            mistakes.push(Wrong::bad(
                "Naast `$skiptoken` staat geen `ledger`, `instant` of `day`: een volgende pagina \
                 is van het moment van de eerste.",
                "`ledger`, `instant` and `day` do not stand beside `$skiptoken`: a next page is \
                 of the moment of the first.",
            ));
        }
        match RequestedMoment::parse(&given.words) {
            Ok(moment) => given.options.moment = moment,
            Err(wrong) => mistakes.extend(wrong.into_iter().map(Wrong::of)),
        }
        if mistakes.is_empty() {
            Ok(given.into_options())
        } else {
            Err(mistakes)
        }
    }
}

/// The options that were read so far.
struct Given {
    table: &'static Table,
    options: Options,
    skip: Option<i64>,
    place: Option<Place>,
    words: Words,
}

impl Given {
    fn of(table: &'static Table) -> Self {
        Self {
            table,
            options: Options {
                columns: table.columns.iter().collect(),
                is_selected: false,
                filter: None,
                order: Vec::new(),
                top: None,
                count: false,
                start: Start::After(Vec::new()),
                moment: RequestedMoment::HEAD,
                repeated: Vec::new(),
            },
            skip: None,
            place: None,
            words: Words::default(),
        }
    }

    /// Reads one option.
    fn read(&mut self, name: &str, value: &str) -> Result<(), Vec<Wrong>> {
        let Self { table, options, .. } = self;
        let one = |mistake: Wrong| vec![mistake];
        match name {
            "$select" => {
                options.columns = selected(table, value)?;
                options.is_selected = value.trim() != "*";
            }
            "$filter" => options.filter = Some(parse::filter(table, value).map_err(one)?),
            "$orderby" => options.order = ordered(table, value)?,
            "$top" => {
                let most = i64::from(i32::MAX);
                options.top = Some(number(name, value, most).map_err(one)?);
            }
            "$skip" => self.skip = Some(number(name, value, MOST_SKIPPED).map_err(one)?),
            "$count" => match value {
                "true" | "false" => options.count = value == "true",
                _ => return Err(vec![wrong(name)]),
            },
            "$skiptoken" => match Place::parse(value, table) {
                Some(found) => self.place = Some(found),
                None => return Err(vec![wrong(name)]),
            },
            "$format" if is_json(value) => {}
            "ledger" => self.words.ledger = Some(value.to_owned()),
            "instant" => self.words.instant = Some(value.to_owned()),
            "day" if table.refresh == Refresh::Full => self.words.day = Some(value.to_owned()),
            "$expand" | "$search" | "$apply" | "$compute" | "$levels" | "$index"
            | "$deltatoken" | "$format" | "$schemaversion" => {
                return Err(vec![Wrong::not_here(
                    format!("Deze dienst kent `{name}` niet."),
                    format!("This service does not know `{name}`."),
                )]);
            }
            _ => {
                if let Some(text) = renamed(name) {
                    return Err(vec![Wrong::of(text)]);
                }
                let name: String = name.chars().take(32).collect();
                return Err(vec![Wrong::bad(
                    format!("Er is geen optie `{name}`."),
                    format!("There is no option `{name}`."),
                )]);
            }
        }
        Ok(())
    }

    /// The options as a whole: the place of a next page goes before what would begin a first one.
    fn into_options(self) -> Options {
        let mut options = self.options;
        if let Some(skip) = self.skip {
            options.start = Start::Offset(skip);
        } else if !options.order.is_empty() {
            options.start = Start::Offset(0);
        }
        if let Some(place) = self.place {
            options.moment = place.pin.into();
            options.start = place.start;
            options.top = place.top;
        }
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables;

    fn options(query: &str) -> Result<Options, usize> {
        let table = tables::find("fact_verdict_current").unwrap();
        let pairs = query.split('&').map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        });
        Options::parse(table, pairs.collect()).map_err(|mistakes| mistakes.len())
    }

    #[test]
    fn all_mistakes_come_at_once() {
        let wrong = [
            "$select=status,colour,size",
            "$filter=status eq",
            "$orderby=status sideways",
            "$top=-1",
            "$skip=100001",
            "$count=yes",
            "$expand=municipality",
            "$skiptoken=abc",
            "$format=atom",
            "colour=red",
        ];
        assert_eq!(options(&wrong.join("&")).unwrap_err(), 11);
        assert_eq!(options("$top=1&$top=2").unwrap_err(), 1);
        let good = options("$select=status, basis&$orderby=status desc&$top=5");
        let good = good.unwrap();
        assert_eq!(good.columns.len(), 2);
        assert_eq!((good.top, good.start), (Some(5), Start::Offset(0)));
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
                ledger: 9,
                day,
                scope,
            },
            top: Some(3),
            start,
        };
        for place in [
            at(Start::Offset(4000), None),
            at(Start::After(key.clone()), Some(u64::MAX)),
        ] {
            assert_eq!(Place::parse(&place.token(), history), Some(place.clone()));
            let of_other_table = matches!(place.start, Start::After(_));
            let read = Place::parse(&place.token(), of("dim_action"));
            assert_eq!(read.is_none(), of_other_table);
        }
        // No other moment stands beside it, and none that cannot be told of is in it.
        let place = at(Start::Offset(4000), None);
        for beside in ["ledger=9", "instant=2026-11-22T12:00:00Z"] {
            let query = format!("$skiptoken={}&{beside}", place.token());
            assert_eq!(options(&query).unwrap_err(), 1, "{beside}");
        }
        for (ledger, day) in [(-1, "2026-11-22"), (9, "2017-12-31"), (9, "2100-01-01")] {
            let mut wrong = place.clone();
            wrong.pin.ledger = ledger;
            wrong.pin.day = day.parse().unwrap();
            assert_eq!(
                Place::parse(&wrong.token(), history),
                None,
                "{ledger} {day}"
            );
        }
        // What Postgres could not read is refused here.
        for (at_key, value) in [(0, "\0"), (3, "nine"), (4, "2026-02-30")] {
            let mut wrong = key.clone();
            wrong[at_key] = value.to_owned();
            let token = at(Start::After(wrong), None).token();
            assert_eq!(Place::parse(&token, history), None, "{value}");
        }
    }
}
