//! Reads `$filter`: words first, then conditions by precedence (`or`, `and`, `not`, comparisons),
//! each checked against the types of the columns.

use std::iter::Peekable;

use domain::clock::{read_day, read_instant};

use super::Wrong;
use crate::{
    filter::{Comparison, Expr, Filter, Function, Literal, Within},
    tables::{Column, Kind, Table},
};

/// Letters of a filter at most: more than any client sends in one address.
const LONGEST: usize = 8000;
/// Brackets and negations inside one another at most.
const DEEPEST: usize = 50;
/// Values of an `in` at most.
const MOST_VALUES: usize = 500;

/// A word of a filter.
#[derive(Debug, Clone, PartialEq)]
enum Word {
    Open,
    Close,
    Comma,
    Name(String),
    Literal(Literal),
    /// What begins as a value and is none.
    Unread(String),
}

impl Word {
    /// The word as somebody may have written it.
    fn to_view(&self) -> String {
        match self {
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Comma => ",".to_owned(),
            Self::Name(text) | Self::Unread(text) => text.clone(),
            Self::Literal(literal) => literal.to_string(),
        }
    }
}

fn unreadable(at: &str) -> Wrong {
    let at: String = at.chars().take(40).collect();
    Wrong::bad(
        format!("`$filter` is niet te lezen bij {at:?}."),
        format!("`$filter` cannot be read at {at:?}."),
    )
}

/// What a value stands beside: the column, and what belongs there.
#[derive(Debug, Clone, Copy)]
struct Beside {
    column: &'static str,
    kind: Kind,
}

impl Beside {
    /// What a value beside an expression stands beside; none where it names no column.
    fn of(expr: &Expr) -> Option<Self> {
        let mut inner = expr;
        while let Expr::Call(_, of) = inner {
            inner = of;
        }
        match inner {
            Expr::Column(column) => Some(Self {
                column: column.name,
                kind: expr.kind()?,
            }),
            Expr::Literal(_) | Expr::Call(..) => None,
        }
    }

    fn form(self) -> (&'static str, &'static str) {
        match self.kind {
            Kind::Text => ("een tekst zoals 'tekst'", "a text like 'text'"),
            Kind::Integer => ("een getal zoals 12", "a number like 12"),
            Kind::Decimal => ("een getal zoals 12.5", "a number like 12.5"),
            Kind::Boolean => ("true of false", "true or false"),
            Kind::Date => ("een datum zoals 2026-12-01", "a date like 2026-12-01"),
            Kind::Instant => (
                "een tijdstip zoals 2026-12-01T12:00:00Z",
                "an instant like 2026-12-01T12:00:00Z",
            ),
        }
    }
}

/// The mistake of a value that is not of the form that belongs there.
fn no_value(word: &str, beside: Option<Beside>) -> Wrong {
    let word: String = word.chars().take(40).collect();
    let Some(beside) = beside else {
        return Wrong::bad(
            format!(
                "`$filter` heeft {word:?}; hier hoort een getal, een datum zoals 2026-12-01 of een \
                 tijdstip zoals 2026-12-01T12:00:00Z."
            ),
            format!(
                "`$filter` has {word:?}; a number, a date like 2026-12-01 or an instant like \
                 2026-12-01T12:00:00Z belongs here."
            ),
        );
    };
    let (column, (nl, en)) = (beside.column, beside.form());
    Wrong::bad(
        format!("`{column}` in `$filter` is {word:?}; hier hoort {nl}."),
        format!("`{column}` in `$filter` is {word:?}; {en} belongs here."),
    )
}

fn words(text: &str) -> Result<Vec<Word>, Wrong> {
    if text.len() > LONGEST {
        return Err(Wrong::bad(
            format!("`$filter` mag ten hoogste {LONGEST} tekens lang zijn."),
            format!("`$filter` may be {LONGEST} characters long."),
        ));
    }
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '(' | ')' | ',' => {
                words.push(match first {
                    '(' => Word::Open,
                    ')' => Word::Close,
                    _ => Word::Comma,
                });
                1
            }
            '\'' => {
                let (value, taken) = quoted(rest).ok_or_else(|| unreadable(rest))?;
                words.push(Word::Literal(Literal::Text(value)));
                taken
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '\''))
                    .unwrap_or(rest.len());
                words.push(word(&rest[..end])?);
                end
            }
        };
        rest = rest[taken..].trim_start();
    }
    Ok(words)
}

/// A text in single quotes, in which two of them stand for one.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != '\'' {
            value.push(letter);
        } else if letters.next_if(|(_, next)| *next == '\'').is_some() {
            value.push('\'');
        } else {
            return Some((value, at + 1));
        }
    }
    None
}

/// A number, a day, an instant, a word of the language or the name of a column.
fn word(text: &str) -> Result<Word, Wrong> {
    let literal = match text {
        "null" => Literal::Null,
        "true" => Literal::Boolean(true),
        "false" => Literal::Boolean(false),
        _ => {
            let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            if is_name {
                return Ok(Word::Name(text.to_owned()));
            }
            if let Ok(number) = text.parse::<i64>() {
                Literal::Integer(number)
            } else if is_decimal(text) {
                Literal::Decimal(text.to_owned())
            } else if let Some(day) = read_day(text) {
                Literal::Date(day)
            } else if let Some(instant) = read_instant(text) {
                Literal::Instant(instant)
            } else if text.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-') {
                return Ok(Word::Unread(text.to_owned()));
            } else {
                return Err(unreadable(text));
            }
        }
    };
    Ok(Word::Literal(literal))
}

fn is_decimal(text: &str) -> bool {
    let digits =
        |part: &str| (1..=30).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    unsigned
        .split_once('.')
        .is_some_and(|(whole, part)| digits(whole) && digits(part))
}

/// A value or a condition: which of them a bracket holds is known only at its end.
enum Part {
    Value(Expr),
    Condition(Filter),
}

struct Parser<'a> {
    table: &'static Table,
    words: Peekable<std::slice::Iter<'a, Word>>,
    depth: usize,
    /// What the value that is read stands beside.
    beside: Option<Beside>,
}

/// The condition of a `$filter` on a table.
pub(super) fn filter(table: &'static Table, text: &str) -> Result<Filter, Wrong> {
    let words = words(text)?;
    let mut parser = Parser {
        table,
        words: words.iter().peekable(),
        depth: 0,
        beside: None,
    };
    let part = parser.or()?;
    match parser.words.next() {
        None => condition(part),
        Some(word) => Err(unreadable(&word.to_view())),
    }
}

fn condition(part: Part) -> Result<Filter, Wrong> {
    match part {
        Part::Condition(filter) => Ok(filter),
        Part::Value(Expr::Literal(Literal::Boolean(is))) => Ok(Filter::Constant(is)),
        Part::Value(expr) if expr.kind() == Some(Kind::Boolean) => Ok(Filter::Holds(expr)),
        Part::Value(_) => Err(Wrong::bad(
            "`$filter` heeft een voorwaarde nodig waar een waarde staat.",
            "`$filter` needs a condition where there is a value.",
        )),
    }
}

fn value(part: Part) -> Result<Expr, Wrong> {
    match part {
        Part::Value(expr) => Ok(expr),
        Part::Condition(_) => Err(Wrong::bad(
            "`$filter` heeft een waarde nodig waar een voorwaarde staat.",
            "`$filter` needs a value where there is a condition.",
        )),
    }
}

fn text(expr: Expr) -> Result<Expr, Wrong> {
    match expr.kind() {
        Some(Kind::Text) => Ok(expr),
        _ => Err(unlike()),
    }
}

fn unlike() -> Wrong {
    Wrong::bad(
        "`$filter` vergelijkt waarden van verschillende soort; zie $metadata voor de typen.",
        "`$filter` compares values of different kinds; see $metadata for the types.",
    )
}

impl Parser<'_> {
    fn takes(&mut self, name: &str) -> bool {
        let fits = |word: &&Word| matches!(word, Word::Name(word) if word == name);
        self.words.next_if(fits).is_some()
    }

    fn expect(&mut self, wanted: &Word) -> Result<(), Wrong> {
        match self.words.next() {
            Some(word) if word == wanted => Ok(()),
            Some(word) => Err(unreadable(&word.to_view())),
            None => Err(unreadable("")),
        }
    }

    fn deeper(&mut self) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Wrong::bad(
                format!("Haakjes in `$filter` mogen ten hoogste {DEEPEST} diep genest zijn."),
                format!("Brackets in `$filter` may nest {DEEPEST} deep."),
            ));
        }
        Ok(())
    }

    fn or(&mut self) -> Result<Part, Wrong> {
        let first = self.and()?;
        let mut any = Vec::new();
        while self.takes("or") {
            any.push(condition(self.and()?)?);
        }
        if any.is_empty() {
            return Ok(first);
        }
        any.insert(0, condition(first)?);
        Ok(Part::Condition(Filter::Or(any)))
    }

    fn and(&mut self) -> Result<Part, Wrong> {
        let first = self.not()?;
        let mut all = Vec::new();
        while self.takes("and") {
            all.push(condition(self.not()?)?);
        }
        if all.is_empty() {
            return Ok(first);
        }
        all.insert(0, condition(first)?);
        Ok(Part::Condition(Filter::And(all)))
    }

    fn not(&mut self) -> Result<Part, Wrong> {
        if !self.takes("not") {
            return self.comparison();
        }
        self.deeper()?;
        let negated = condition(self.not()?)?;
        self.depth -= 1;
        Ok(Part::Condition(Filter::Not(Box::new(negated))))
    }

    fn comparison(&mut self) -> Result<Part, Wrong> {
        let left = self.part()?;
        let comparison = match self.words.peek() {
            Some(Word::Name(name)) => match name.as_str() {
                "eq" => Comparison::Equal,
                "ne" => Comparison::NotEqual,
                "lt" => Comparison::Less,
                "le" => Comparison::LessOrEqual,
                "gt" => Comparison::Greater,
                "ge" => Comparison::GreaterOrEqual,
                "in" => {
                    self.words.next();
                    return self.among(value(left)?);
                }
                "add" | "sub" | "mul" | "div" | "divby" | "mod" | "has" => {
                    return Err(Wrong::not_here(
                        format!("Deze dienst kent `{name}` niet."),
                        format!("This service does not know `{name}`."),
                    ));
                }
                _ => return Ok(left),
            },
            _ => return Ok(left),
        };
        self.words.next();
        let left = value(left)?;
        self.beside = Beside::of(&left);
        let right = self.part();
        self.beside = None;
        let (a, b) = alike(left, value(right?)?)?;
        Ok(Part::Condition(Filter::Compare(comparison, a, b)))
    }

    fn among(&mut self, expr: Expr) -> Result<Part, Wrong> {
        self.expect(&Word::Open)?;
        let mut values = Vec::new();
        loop {
            let literal = match self.words.next() {
                Some(Word::Literal(literal)) => literal,
                Some(Word::Unread(word)) => return Err(no_value(word, Beside::of(&expr))),
                _ => return Err(unreadable("in")),
            };
            let (_, literal) = alike(expr.clone(), Expr::Literal(literal.clone()))?;
            if let Expr::Literal(literal) = literal {
                values.push(literal);
            }
            if values.len() > MOST_VALUES {
                return Err(Wrong::bad(
                    format!("`in` mag ten hoogste {MOST_VALUES} waarden hebben."),
                    format!("`in` may have {MOST_VALUES} values."),
                ));
            }
            match self.words.next() {
                Some(Word::Comma) => {}
                Some(Word::Close) => return Ok(Part::Condition(Filter::In(expr, values))),
                _ => return Err(unreadable("in")),
            }
        }
    }

    fn part(&mut self) -> Result<Part, Wrong> {
        match self.words.next() {
            Some(Word::Open) => {
                self.deeper()?;
                let inside = self.or()?;
                self.expect(&Word::Close)?;
                self.depth -= 1;
                Ok(inside)
            }
            Some(Word::Literal(literal)) => Ok(Part::Value(Expr::Literal(literal.clone()))),
            Some(Word::Unread(word)) => {
                let beside = self.beside.or_else(|| self.beside_ahead());
                Err(no_value(word, beside))
            }
            Some(Word::Name(name)) => {
                if self.words.next_if(|word| **word == Word::Open).is_some() {
                    self.deeper()?;
                    let call = self.call(name)?;
                    self.depth -= 1;
                    return Ok(call);
                }
                let column = column(self.table, name)?;
                Ok(Part::Value(Expr::Column(column)))
            }
            Some(word) => Err(unreadable(&word.to_view())),
            None => Err(unreadable("")),
        }
    }

    /// What a value on the left of a comparison stands beside.
    fn beside_ahead(&self) -> Option<Beside> {
        match self.words.clone().nth(1)? {
            Word::Name(name) => Beside::of(&Expr::Column(self.table.column(name)?)),
            _ => None,
        }
    }

    fn call(&mut self, name: &str) -> Result<Part, Wrong> {
        let mut arguments = vec![value(self.or()?)?];
        while self.words.next_if(|word| **word == Word::Comma).is_some() {
            arguments.push(value(self.or()?)?);
        }
        self.expect(&Word::Close)?;
        let within = match name {
            "contains" => Some(Within::Contains),
            "startswith" => Some(Within::StartsWith),
            "endswith" => Some(Within::EndsWith),
            _ => None,
        };
        let mut arguments = arguments.into_iter();
        let several = (arguments.next(), arguments.next(), arguments.next());
        if let Some(within) = within {
            let (Some(a), Some(b), None) = several else {
                return Err(unreadable(name));
            };
            return Ok(Part::Condition(Filter::Within(within, text(a)?, text(b)?)));
        }
        let (function, wanted): (Function, &[Kind]) = match name {
            "tolower" => (Function::Lower, &[Kind::Text]),
            "toupper" => (Function::Upper, &[Kind::Text]),
            "trim" => (Function::Trim, &[Kind::Text]),
            "length" => (Function::Length, &[Kind::Text]),
            "year" => (Function::Year, &[Kind::Date, Kind::Instant]),
            "month" => (Function::Month, &[Kind::Date, Kind::Instant]),
            "day" => (Function::Day, &[Kind::Date, Kind::Instant]),
            _ => {
                let name: String = name.chars().take(40).collect();
                return Err(Wrong::not_here(
                    format!("Deze dienst kent de functie `{name}` niet."),
                    format!("This service does not know the function `{name}`."),
                ));
            }
        };
        let (Some(of), None, None) = several else {
            return Err(unreadable(name));
        };
        if !of.kind().is_some_and(|kind| wanted.contains(&kind)) {
            return Err(unlike());
        }
        Ok(Part::Value(Expr::Call(function, Box::new(of))))
    }
}

/// A column of the table.
pub(super) fn column(table: &'static Table, name: &str) -> Result<&'static Column, Wrong> {
    table.column(name).ok_or_else(|| {
        let name: String = name.chars().take(40).collect();
        Wrong::bad(
            format!("`{}` heeft geen kolom `{name}`.", table.name),
            format!("`{}` has no column `{name}`.", table.name),
        )
    })
}

/// Two values that can be compared. A day beside an instant is its first instant in UTC.
fn alike(a: Expr, b: Expr) -> Result<(Expr, Expr), Wrong> {
    let number = |kind: Kind| matches!(kind, Kind::Integer | Kind::Decimal);
    let (Some(x), Some(y)) = (a.kind(), b.kind()) else {
        return Ok((a, b));
    };
    if x == y || (number(x) && number(y)) {
        return Ok((a, b));
    }
    match (x, y) {
        (Kind::Instant, Kind::Date) => Ok((a, at_midnight(b)?)),
        (Kind::Date, Kind::Instant) => Ok((at_midnight(a)?, b)),
        _ => Err(unlike_values(&a, &b)),
    }
}

/// The mistake of two values of different kinds: of a column beside a value, what belongs there.
fn unlike_values(a: &Expr, b: &Expr) -> Wrong {
    let (of, literal) = match (a, b) {
        (of, Expr::Literal(literal)) | (Expr::Literal(literal), of) => (of, literal),
        _ => return unlike(),
    };
    match Beside::of(of) {
        Some(beside) => no_value(&literal.to_string(), Some(beside)),
        None => unlike(),
    }
}

fn at_midnight(expr: Expr) -> Result<Expr, Wrong> {
    match expr {
        Expr::Literal(Literal::Date(day)) => {
            let midnight = day.and_hms_opt(0, 0, 0).ok_or_else(unlike)?.and_utc();
            Ok(Expr::Literal(Literal::Instant(midnight)))
        }
        // Postgres compares a day with an instant by the first instant of the day, in UTC as well.
        other => Ok(other),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{filter::Sql, tables};

    fn sql(text: &str) -> Result<String, String> {
        let table = tables::find("fact_verdict_current").unwrap();
        let filter = filter(table, text).map_err(|wrong| wrong.en)?;
        let mut sql = Sql::default();
        sql.filter(&filter);
        Ok(sql.text)
    }

    #[test]
    fn conditions_bind_as_the_standard_says() {
        assert_eq!(
            sql("status eq 'COMPLIANT' or basis eq 'CONFIRMED' and not is_provisional").unwrap(),
            "(coalesce(t.\"status\" = $1::text, false) or (coalesce(t.\"basis\" = $2::text, false) \
             and not (coalesce(t.\"is_provisional\", false))))"
        );
        assert_eq!(
            sql("(status eq 'A' or status eq 'B') and assessment_version ge 2").unwrap(),
            "((coalesce(t.\"status\" = $1::text, false) or coalesce(t.\"status\" = $2::text, \
             false)) and coalesce(t.\"assessment_version\" >= $3::bigint, false))"
        );
        assert_eq!(
            sql("contains(tolower(municipality_name),'o''n') and verdict_from ne null").unwrap(),
            "(coalesce(strpos(lower(t.\"municipality_name\"), $1::text) > 0, false) and \
             (t.\"verdict_from\" is distinct from null))"
        );
        assert_eq!(
            sql("period_key in ('2026-1','2026-2') and recorded_at lt 2026-11-22").unwrap(),
            "((coalesce(t.\"period_key\" = $1::text, false) or coalesce(t.\"period_key\" = \
             $2::text, false)) and coalesce(t.\"recorded_at\" < $3::timestamptz, false))"
        );
    }

    #[test]
    fn nothing_of_a_client_becomes_sql() {
        let shown = sql("status eq '''; drop table fact.action; --'").unwrap();
        assert_eq!(shown, "coalesce(t.\"status\" = $1::text, false)");
        for wrong in [
            "status eq 'A'; drop table x",
            "1 eq 1) or (1 eq 1",
            "colour eq 'A'",
            "status eq 5",
            "verdict_from gt 'x'",
            "status",
            "'A'",
            "not status",
            "pg_sleep(5) eq 1",
            "contains(status)",
            "contains(assessment_version,'1')",
            "year(status) eq 2026",
            "status in ()",
            "status in ('A'",
            "status eq 'A",
            "status eq",
            "",
            "(",
            "status eq 'A' and",
            "municipality_code eq 'GM0402' or",
        ] {
            assert!(sql(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_wrong_value_is_refused_with_its_column_and_the_form_that_belongs_there() {
        let table = tables::find("fact_verdict_current").unwrap();
        let no_day = (
            "`verdict_from` in `$filter` is \"01-12-2026\"; hier hoort een datum zoals 2026-12-01.",
            "`verdict_from` in `$filter` is \"01-12-2026\"; a date like 2026-12-01 belongs here.",
        );
        for text in [
            "verdict_from ge 01-12-2026",
            "01-12-2026 le verdict_from",
            "verdict_from ge (01-12-2026)",
            "verdict_from ge '01-12-2026'",
            "verdict_from in (2026-12-01, 01-12-2026)",
            "basis eq 'CONFIRMED' and (verdict_from ne null and verdict_from ge 01-12-2026)",
        ] {
            let wrong = filter(table, text).unwrap_err();
            assert_eq!((wrong.nl.as_str(), wrong.en.as_str()), no_day, "{text}");
        }
        for (text, en) in [
            (
                "recorded_at ge 2026-12-01T12:00:00",
                "`recorded_at` in `$filter` is \"2026-12-01T12:00:00\"; an instant like \
                 2026-12-01T12:00:00Z belongs here.",
            ),
            (
                "year(verdict_from) eq '2026'",
                "`verdict_from` in `$filter` is \"2026\"; a number like 12 belongs here.",
            ),
            (
                "status eq 2026-12-01",
                "`status` in `$filter` is \"2026-12-01\"; a text like 'text' belongs here.",
            ),
            (
                "1-2 eq 3",
                "`$filter` has \"1-2\"; a number, a date like 2026-12-01 or an instant like \
                 2026-12-01T12:00:00Z belongs here.",
            ),
            (
                "verdict_from eq status",
                "`$filter` compares values of different kinds; see $metadata for the types.",
            ),
        ] {
            assert_eq!(filter(table, text).unwrap_err().en, en, "{text}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        let deep = |n: usize| format!("{}is_provisional{}", "(".repeat(n), ")".repeat(n));
        assert!(sql(&deep(50)).is_ok());
        assert!(sql(&deep(51)).is_err());
        assert!(sql(&"(".repeat(7000)).is_err());
        assert!(sql(&format!("{}is_provisional", "not ".repeat(1900))).is_err());
        assert!(sql(&format!("status eq '{}'", "x".repeat(8001))).is_err());
    }

    proptest! {
        /// Whatever is sent, it is read or refused, and the SQL holds words of ours alone.
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z_ '(),0-9.:TZ-]{0,60}") {
            if let Ok(sql) = sql(&text) {
                prop_assert!(!sql.contains('\''));
            }
        }

        /// A text literal comes back as it was meant.
        #[test]
        fn texts_are_unquoted(value in "\\PC{0,40}") {
            let quoted_value = format!("'{}'", value.replace('\'', "''"));
            prop_assert_eq!(quoted(&quoted_value), Some((value, quoted_value.len())));
        }
    }
}
