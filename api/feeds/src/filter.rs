//! Which rows of a table are wanted, as a typed tree, and its SQL.
//!
//! Names of columns come from the registry, values are bound parameters; no text of a client ever
//! becomes SQL. A comparison is true or false and never unknown, for OData says so: a column that is
//! null is not equal to a value. A function of null is null, and so is its negation: a row is
//! wanted where the whole is true, and neither where it is false nor where it is unknown.
//!
//! Letters change case by a rule of our own in schema `bi`, and texts are compared by code point, so
//! that no answer depends on the locale of the database.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::Value;

use super::tables::{Column, Kind};

/// A value of a client.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    Null,
    Text(String),
    Integer(i64),
    /// A number with a fraction, as it was written: digits, one point, perhaps a sign.
    Decimal(String),
    Boolean(bool),
    Date(NaiveDate),
    Instant(DateTime<Utc>),
}

impl fmt::Display for Literal {
    /// As a client may have written it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Text(text) | Self::Decimal(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Boolean(is) => write!(f, "{is}"),
            Self::Date(day) => write!(f, "{day}"),
            Self::Instant(instant) => f.write_str(&instant.to_rfc3339()),
        }
    }
}

impl Literal {
    /// What it holds; nothing has every kind.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Null => None,
            Self::Text(_) => Some(Kind::Text),
            Self::Integer(_) => Some(Kind::Integer),
            Self::Decimal(_) => Some(Kind::Decimal),
            Self::Boolean(_) => Some(Kind::Boolean),
            Self::Date(_) => Some(Kind::Date),
            Self::Instant(_) => Some(Kind::Instant),
        }
    }
}

/// A function of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Lower,
    Upper,
    Trim,
    Length,
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    /// The day of an instant in UTC, in which instants are written.
    Date,
}

impl Function {
    /// The kind of its value.
    fn kind(self) -> Kind {
        match self {
            Self::Lower | Self::Upper | Self::Trim => Kind::Text,
            Self::Date => Kind::Date,
            Self::Length
            | Self::Year
            | Self::Month
            | Self::Day
            | Self::Hour
            | Self::Minute
            | Self::Second => Kind::Integer,
        }
    }

    /// The kinds that it takes; the first is that of a null.
    pub(crate) fn takes(self) -> &'static [Kind] {
        match self {
            Self::Lower | Self::Upper | Self::Trim | Self::Length => &[Kind::Text],
            Self::Year | Self::Month | Self::Day | Self::Date => &[Kind::Instant, Kind::Date],
            Self::Hour | Self::Minute | Self::Second => &[Kind::Instant],
        }
    }

    /// The SQL around its argument.
    fn around(self) -> (&'static str, &'static str) {
        match self {
            Self::Lower => ("bi.lower_case(", ")"),
            Self::Upper => ("bi.upper_case(", ")"),
            Self::Trim => ("btrim(", ")"),
            Self::Length => ("length(", ")"),
            Self::Year => ("extract(year from ", ")::bigint"),
            Self::Month => ("extract(month from ", ")::bigint"),
            Self::Day => ("extract(day from ", ")::bigint"),
            Self::Hour => ("extract(hour from ", ")::bigint"),
            Self::Minute => ("extract(minute from ", ")::bigint"),
            Self::Second => ("trunc(extract(second from ", "))::bigint"),
            // Sessions speak UTC.
            Self::Date => ("(", ")::date"),
        }
    }
}

/// Something that has a value in every row.
#[derive(Debug, Clone)]
pub enum Expr {
    Column(&'static Column),
    Literal(Literal),
    Call(Function, Box<Self>),
    /// Whether a condition holds.
    Condition(Box<Filter>),
}

impl Expr {
    /// What it holds; none for a null.
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Column(column) => Some(column.kind),
            Self::Literal(literal) => literal.kind(),
            Self::Call(function, _) => Some(function.kind()),
            Self::Condition(_) => Some(Kind::Boolean),
        }
    }
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A test of one text in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    Contains,
    StartsWith,
    EndsWith,
}

/// Which rows.
#[derive(Debug, Clone)]
pub enum Filter {
    /// All or none.
    Constant(bool),
    Compare(Comparison, Expr, Expr),
    Within(Within, Expr, Expr),
    In(Expr, Vec<Literal>),
    /// A value that is itself true or false, or null.
    Holds(Expr),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
    /// The rows of these municipalities, and of these `municipality/period` pairs.
    Own {
        municipalities: Vec<String>,
        subjects: Vec<String>,
    },
}

impl Filter {
    /// That a column has a value.
    pub(crate) fn equal(column: &'static Column, value: Literal) -> Self {
        Self::Compare(
            Comparison::Equal,
            Expr::Column(column),
            Expr::Literal(value),
        )
    }
}

/// A statement under way: its text and its bound values.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
}

impl Sql {
    /// Appends SQL of ours.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Appends a bound value, with its type said so that Postgres need not guess.
    pub(crate) fn bind(&mut self, value: impl Into<Value>, sql_type: &str) -> &mut Self {
        self.values.push(value.into());
        let number = self.values.len();
        self.text.push_str(&format!("${number}::{sql_type}"));
        self
    }

    /// Appends things with something of ours between them.
    pub(crate) fn join<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        between: &str,
        mut each: impl FnMut(&mut Self, T),
    ) {
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.push(between);
            }
            each(self, item);
        }
    }

    /// Appends a column; its name is one of the registry's. It is that of the row, `t`, and not the
    /// text of the same name in the answer, which would be ordered as a text.
    pub(crate) fn column(&mut self, column: &Column) -> &mut Self {
        self.push("t.\"").push(column.name).push("\"")
    }

    fn literal(&mut self, literal: &Literal) {
        match literal {
            Literal::Null => self.push("null"),
            Literal::Text(text) => self.bind(text.clone(), "text"),
            Literal::Integer(number) => self.bind(*number, "bigint"),
            Literal::Decimal(number) => self.bind(number.clone(), "text").push("::numeric"),
            Literal::Boolean(is) => self.bind(*is, "boolean"),
            Literal::Date(day) => self.bind(*day, "date"),
            Literal::Instant(instant) => self.bind(*instant, "timestamptz"),
        };
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Column(column) => {
                self.column(column);
            }
            Expr::Literal(literal) => self.literal(literal),
            Expr::Call(function, of) => {
                let (before, after) = function.around();
                self.push(before);
                self.argument(of, function.takes());
                self.push(after);
            }
            Expr::Condition(filter) => {
                self.push("(").filter(filter);
                self.push(")");
            }
        }
    }

    /// Appends the argument of a function: a null has the first kind that belongs there.
    fn argument(&mut self, expr: &Expr, kinds: &[Kind]) {
        self.expr(expr);
        if expr.kind().is_none() {
            self.push(if kinds.first() == Some(&Kind::Text) {
                "::text"
            } else {
                "::timestamptz"
            });
        }
    }

    /// Appends a condition.
    pub(crate) fn filter(&mut self, filter: &Filter) {
        match filter {
            Filter::Constant(is) => {
                self.push(if *is { "true" } else { "false" });
            }
            Filter::Compare(comparison, a, b) => self.compare(*comparison, a, b),
            Filter::Within(within, text, part) => {
                self.push(match within {
                    Within::Contains => "strpos(",
                    Within::StartsWith => "starts_with(",
                    Within::EndsWith => "starts_with(reverse(",
                });
                self.argument(text, &[Kind::Text]);
                self.push(match within {
                    Within::Contains | Within::StartsWith => ", ",
                    Within::EndsWith => "), reverse(",
                });
                self.argument(part, &[Kind::Text]);
                self.push(match within {
                    Within::Contains => ") > 0",
                    Within::StartsWith => ")",
                    Within::EndsWith => "))",
                });
            }
            Filter::In(expr, values) => self.among(expr, values),
            Filter::Holds(expr) => {
                self.expr(expr);
                self.push(if expr.kind().is_none() {
                    "::boolean"
                } else {
                    ""
                });
            }
            Filter::Not(filter) => {
                self.push("not (").filter(filter);
                self.push(")");
            }
            Filter::And(all) => self.all(all, " and ", "true"),
            Filter::Or(any) => self.all(any, " or ", "false"),
            Filter::Own {
                municipalities,
                subjects,
            } => self.own(municipalities, subjects),
        }
    }

    /// Appends that a row is of one of these municipalities, or is one of these subjects.
    fn own(&mut self, municipalities: &[String], subjects: &[String]) {
        // The municipalities of all of them once more: that an index can answer.
        let of_subjects = subjects
            .iter()
            .filter_map(|subject| subject.split_once('/'));
        let of_subjects = of_subjects.map(|(municipality, _)| municipality.to_owned());
        let every: Vec<String> = municipalities.iter().cloned().chain(of_subjects).collect();
        self.push("(municipality_code = any (")
            .bind(every, "text[]")
            .push(") and (municipality_code = any (")
            .bind(municipalities.to_vec(), "text[]")
            .push(") or municipality_code || '/' || period_key = any (")
            .bind(subjects.to_vec(), "text[]")
            .push(")))");
    }

    fn all(&mut self, filters: &[Filter], between: &str, none: &str) {
        self.push("(");
        self.join(filters, between, Self::filter);
        self.push(if filters.is_empty() { none } else { "" })
            .push(")");
    }

    /// Appends that a value is one of these. It is written once: lists may stand within lists.
    fn among(&mut self, expr: &Expr, values: &[Literal]) {
        let known: Vec<&Literal> = values.iter().filter(|one| **one != Literal::Null).collect();
        let has_null = known.len() < values.len();
        if known.is_empty() {
            self.push("(").expr(expr);
            self.push(if has_null {
                " is null)"
            } else {
                " is null and false)"
            });
            return;
        }
        self.push("coalesce(").expr(expr);
        self.push(" in (");
        self.join(known, ", ", Self::literal);
        // What is null is among them where null is.
        self.push(if has_null { "), true)" } else { "), false)" });
    }

    fn compare(&mut self, comparison: Comparison, a: &Expr, b: &Expr) {
        // A comparison with nothing is false and not unknown, so that its negation is true.
        let operator = match comparison {
            Comparison::Equal if a.kind().is_some() && b.kind().is_some() => " = ",
            Comparison::Equal => " is not distinct from ",
            Comparison::NotEqual => " is distinct from ",
            Comparison::Less => " < ",
            Comparison::LessOrEqual => " <= ",
            Comparison::Greater => " > ",
            Comparison::GreaterOrEqual => " >= ",
        };
        let is_certain = operator.contains("distinct");
        self.push(if is_certain { "(" } else { "coalesce(" })
            .expr(a);
        self.push(operator).expr(b);
        let are_texts = a.kind() == Some(Kind::Text) && b.kind() == Some(Kind::Text);
        let is_order = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        self.push(if are_texts && is_order {
            " collate \"C\""
        } else {
            ""
        });
        self.push(if is_certain { ")" } else { ", false)" });
    }
}
