//! Reads the query options of a request, all mistakes at once.

use super::{
    Wrong, key, parse,
    place::{Place, is_in_order},
    words::Aliases,
};
use crate::{
    filter::Filter,
    selection::{Direction, Start},
    tables::{Column, Refresh, Table},
};
use database::{RequestedMoment, Sealed, Words, renamed};
use domain::clock::with_plus;

/// Rows of a page at most.
pub const PAGE: i64 = 2000;
/// Rows that may be skipped at most: whoever wants more follows the next link.
const MOST_SKIPPED: i64 = 100_000;

/// Options of a list of rows that one row does not know.
const LIST: [&str; 6] = [
    "$filter",
    "$orderby",
    "$top",
    "$skip",
    "$count",
    "$skiptoken",
];
/// Options that a next link repeats; so it does those that begin with `@`.
const REPEATED: [&str; 5] = ["$select", "$filter", "$orderby", "$count", "$format"];

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
    /// The place of the page with the seal that it bears; none of a first page, and of a place that
    /// 1.0.0-rc.1 handed out.
    pub(crate) sealed: Option<Sealed>,
    /// The options that a next link repeats, as they were sent.
    pub repeated: Vec<(String, String)>,
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

/// That the value of an option is none.
pub fn unreadable(name: &str) -> Wrong {
    Wrong::bad(
        format!("De waarde van `{name}` is niet te lezen."),
        format!("The value of `{name}` cannot be read."),
    )
}

/// The columns of a `$select`; none when it has a star, which is all of them.
fn selected(
    table: &'static Table,
    value: &str,
) -> Result<Option<Vec<&'static Column>>, Vec<Wrong>> {
    let mut has_star = false;
    let (mut columns, mut mistakes) = (Vec::<&'static Column>::new(), Vec::new());
    for name in value.split(',') {
        if name.trim() == "*" {
            has_star = true;
            continue;
        }
        match parse::column(table, name.trim()) {
            Ok(column) if columns.iter().any(|other| other.name == column.name) => {}
            Ok(column) => columns.push(column),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() {
        Ok((!has_star).then_some(columns))
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
            (None, None) => Some(Direction::Ascending),
            (Some(word), None) if word.eq_ignore_ascii_case("asc") => Some(Direction::Ascending),
            (Some(word), None) if word.eq_ignore_ascii_case("desc") => Some(Direction::Descending),
            _ => None,
        };
        match (parse::column(table, name), direction) {
            (Ok(column), Some(direction)) => order.push((column, direction)),
            (Ok(_), None) => mistakes.push(unreadable("$orderby")),
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
    kind.eq_ignore_ascii_case("json") || kind.eq_ignore_ascii_case("application/json")
}

impl Options {
    /// Reads the options of a request. Names begin with `$`, which OData 4.01 lets clients leave
    /// out and 4.0 does not.
    pub fn parse(table: &'static Table, pairs: Vec<(String, String)>) -> Result<Self, Vec<Wrong>> {
        Self::read(table, pairs, None)
    }

    /// Reads the options of a request for one row, by the text in the brackets behind the name of
    /// its table: `'2024/32'`, or `budget_row_key='x',year=2026`.
    ///
    /// # Errors
    /// When the key or an option cannot be read, or an option belongs to a list of rows.
    pub fn of_row(
        table: &'static Table,
        pairs: Vec<(String, String)>,
        key: &str,
    ) -> Result<Self, Vec<Wrong>> {
        Self::read(table, pairs, Some(key))
    }

    fn read(
        table: &'static Table,
        pairs: Vec<(String, String)>,
        key: Option<&str>,
    ) -> Result<Self, Vec<Wrong>> {
        let mut given = Given::of(table);
        let mut mistakes = Vec::new();
        for (name, value) in pairs.iter().filter(|(name, _)| name.starts_with('@')) {
            mistakes.extend(given.aliases.give(name, value).err());
        }
        if let Some(key) = key {
            match key::filter(table, key, &given.aliases) {
                Ok(filter) => given.options.filter = Some(filter),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in pairs {
            if seen.contains(&name) {
                mistakes.push(unreadable(&name));
                continue;
            }
            seen.push(name.clone());
            let is_alias = name.starts_with('@');
            if key.is_some() && LIST.contains(&name.as_str()) {
                mistakes.push(Wrong::bad(
                    format!("`{name}` hoort bij een lijst van rijen, en niet bij één rij."),
                    format!("`{name}` belongs to a list of rows, and not to one row."),
                ));
            } else if !is_alias && let Err(wrong) = given.read(&name, &value) {
                mistakes.extend(wrong);
            }
            if is_alias || REPEATED.contains(&name.as_str()) {
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
        if let Some((place, _)) = &given.place
            && mistakes.is_empty()
            && !is_in_order(&place.start, &given.options.order)
        {
            mistakes.push(unreadable("$skiptoken"));
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
    place: Option<(Place, Option<Sealed>)>,
    words: Words,
    aliases: Aliases,
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
                sealed: None,
                repeated: Vec::new(),
            },
            skip: None,
            place: None,
            words: Words::default(),
            aliases: Aliases::default(),
        }
    }

    /// Reads one option.
    fn read(&mut self, name: &str, value: &str) -> Result<(), Vec<Wrong>> {
        let Self {
            table,
            options,
            aliases,
            ..
        } = self;
        let one = |mistake: Wrong| vec![mistake];
        match name {
            "$select" => {
                if let Some(columns) = selected(table, value)? {
                    options.columns = columns;
                    options.is_selected = true;
                }
            }
            "$filter" => {
                options.filter = Some(parse::filter(table, value, aliases).map_err(one)?);
            }
            "$orderby" => options.order = ordered(table, value)?,
            "$top" => {
                let most = i64::from(i32::MAX);
                options.top = Some(number(name, value, most).map_err(one)?);
            }
            "$skip" => self.skip = Some(number(name, value, MOST_SKIPPED).map_err(one)?),
            "$count" if value.eq_ignore_ascii_case("true") => options.count = true,
            "$count" if value.eq_ignore_ascii_case("false") => options.count = false,
            "$count" => return Err(vec![unreadable(name)]),
            "$skiptoken" => match Place::parse(value, table) {
                Some(found) => self.place = Some(found),
                None => return Err(vec![unreadable(name)]),
            },
            "$format" if is_json(value) => {}
            "ledger" => self.words.ledger = Some(value.to_owned()),
            "instant" => {
                let instant = with_plus(value).unwrap_or_else(|| value.to_owned());
                self.words.instant = Some(instant);
            }
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
        if let Some((place, sealed)) = self.place {
            options.sealed = sealed;
            options.moment = place.pin.into();
            options.start = place.start;
            options.top = place.top;
        }
        options
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

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
    fn options_are_read_as_clients_write_them() {
        for all in ["$select=*", "$select=*,status", "$select=status, *"] {
            let options = options(all).unwrap();
            assert!(!options.is_selected && options.columns.len() > 10, "{all}");
        }
        assert_eq!(options("$select=*,colour").unwrap_err(), 1);
        for (query, is_counted) in [("$count=True", true), ("$count=FALSE", false)] {
            assert_eq!(options(query).unwrap().count, is_counted, "{query}");
        }
        assert!(options("$format=JSON&$orderby=status DESC").is_ok());
        let aliased = options("$filter=status eq @p&@p='A'&@q=1").unwrap();
        let names: Vec<&str> = aliased
            .repeated
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(names, ["$filter", "@p", "@q"]);
        assert_eq!(options("@p=status").unwrap_err(), 1);
        let instant = options("instant=2026-11-22T12:00:00 01:00").unwrap();
        let same = options("instant=2026-11-22T11:00:00Z").unwrap();
        assert_eq!(instant.moment, same.moment);
    }

    #[test]
    fn one_row_is_read_by_its_key() {
        let of = |name, key: &str, query: &str| {
            let table = tables::find(name).unwrap();
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
            Options::of_row(table, pairs.collect(), key)
                .map(|options| options.filter.is_some())
                .map_err(|mistakes| mistakes.len())
        };
        for (name, key, query) in [
            ("dim_action", "'2024/32'", ""),
            ("dim_action", "action_key='2024/32'", "$select=title_nl"),
            ("dim_action", "@key", "@key='2024/32'"),
            (
                "fact_budget_current",
                "budget_row_key='x,y=(z)',year=2026",
                "",
            ),
            (
                "fact_budget_current",
                " year = 2026 , budget_row_key = 'x' ",
                "",
            ),
        ] {
            assert_eq!(of(name, key, query), Ok(true), "{name}({key})");
        }
        for (name, key, query, mistakes) in [
            ("dim_action", "", "", 1),
            ("dim_action", "1", "", 1),
            ("dim_action", "'x','y'", "", 1),
            ("dim_action", "title_nl='x'", "", 1),
            ("dim_action", "action_key='x',action_key='x'", "", 1),
            ("dim_action", "@key", "", 1),
            ("dim_action", "'x'", "$top=1&$filter=x", 2),
            ("fact_budget_current", "'x'", "", 1),
            ("fact_budget_current", "budget_row_key='x'", "", 1),
        ] {
            assert_eq!(of(name, key, query), Err(mistakes), "{name}({key})");
        }
    }

    #[test]
    fn no_other_moment_stands_beside_a_place() {
        let token = URL_SAFE_NO_PAD.encode("[9,\"2026-11-22\",null,3,4000,null]");
        assert!(options(&format!("$skiptoken={token}")).is_ok());
        for beside in ["ledger=9", "instant=2026-11-22T12:00:00Z"] {
            let query = format!("$skiptoken={token}&{beside}");
            assert_eq!(options(&query).unwrap_err(), 1, "{beside}");
        }
    }
}
