//! What belongs beside a value: the kinds that can be compared, and the words of a mistake where they
//! cannot.

use super::{Wrong, shown};
use crate::{
    filter::{Expr, Literal},
    tables::Kind,
};

/// What a value stands beside: the column, and what belongs there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    column: &'static str,
    kind: Kind,
}

impl Beside {
    /// What a value beside an expression stands beside; none where it names no column.
    pub(super) fn of(expr: &Expr) -> Option<Self> {
        let mut inner = expr;
        while let Expr::Call(_, of) = inner {
            inner = of;
        }
        match inner {
            Expr::Column(column) => Some(Self {
                column: column.name,
                kind: expr.kind()?,
            }),
            Expr::Literal(_) | Expr::Call(..) | Expr::Condition(_) => None,
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
pub(super) fn no_value(word: &str, beside: Option<Beside>) -> Wrong {
    let word = shown(word);
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

pub(super) fn unlike() -> Wrong {
    Wrong::bad(
        "`$filter` vergelijkt waarden van verschillende soort; zie $metadata voor de typen.",
        "`$filter` compares values of different kinds; see $metadata for the types.",
    )
}

/// Two values that can be compared. A day beside an instant is its first instant in UTC.
pub(in crate::odata) fn alike(a: Expr, b: Expr) -> Result<(Expr, Expr), Wrong> {
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
