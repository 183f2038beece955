//! What a scalar takes: the five of the specification by its rules, those of this service by the
//! form of their text, and any other as it comes, for its own reader to judge.

use async_graphql_value::{ConstValue, Number};
use domain::{
    clock::{read_day, read_instant},
    ledger::position::Position,
};

use crate::given::Shape;

/// What belongs in a place, as in "a number".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) nl: &'static str,
    pub(crate) en: &'static str,
}

impl Form {
    pub(crate) const fn new(nl: &'static str, en: &'static str) -> Self {
        Self { nl, en }
    }
}

/// The value of a scalar, or the form that it should have, in Dutch and in English.
pub(crate) fn read(scalar: &str, shape: &Shape<'_>) -> Result<ConstValue, Form> {
    let (value, form) = match scalar {
        "Int" => (read_int(shape), INT),
        "Float" => (read_float(shape), FLOAT),
        "String" => (read_text(shape, |_| true), TEXT),
        "Boolean" => (read_boolean(shape), BOOLEAN),
        "ID" => (read_id(shape), ID),
        "Date" => (read_text(shape, |text| read_day(text).is_some()), DATE),
        "DateTime" => (
            read_text(shape, |text| read_instant(text).is_some()),
            INSTANT,
        ),
        "Position" => (read_position(shape), POSITION),
        _ => return Ok(shape.to_value()),
    };
    value.ok_or(form)
}

const INT: Form = Form::new(
    "een geheel getal van -2147483648 tot en met 2147483647",
    "a whole number from -2147483648 to 2147483647",
);
const FLOAT: Form = Form::new("een getal", "a number");
const TEXT: Form = Form::new("een tekst", "a string");
const BOOLEAN: Form = Form::new("true of false", "true or false");
const ID: Form = Form::new(
    "een tekst of een geheel getal",
    "a string or a whole number",
);
const DATE: Form = Form::new("een datum zoals 2026-12-01", "a date like 2026-12-01");
const INSTANT: Form = Form::new(
    "een tijdstip zoals 2026-12-01T12:00:00Z",
    "an instant like 2026-12-01T12:00:00Z",
);
const POSITION: Form = Form::new(
    "een positie zoals deze dienst die gaf",
    "a position as this service gave it",
);

fn read_int(shape: &Shape<'_>) -> Option<ConstValue> {
    let Shape::Number(number) = shape else {
        return None;
    };
    let whole = number.whole.as_deref()?.parse::<i32>().ok()?;
    Some(whole.into())
}

fn read_float(shape: &Shape<'_>) -> Option<ConstValue> {
    match shape {
        Shape::Number(number) => Some(ConstValue::Number(number.value.clone()?)),
        _ => None,
    }
}

fn read_boolean(shape: &Shape<'_>) -> Option<ConstValue> {
    match shape {
        Shape::Boolean(value) => Some((*value).into()),
        _ => None,
    }
}

fn read_id(shape: &Shape<'_>) -> Option<ConstValue> {
    match shape {
        Shape::Text(text) => Some((*text).into()),
        Shape::Number(number) => Some(number.whole.clone()?.into()),
        _ => None,
    }
}

/// A position, or the whole number that one of 1.0.0-rc.1 is.
fn read_position(shape: &Shape<'_>) -> Option<ConstValue> {
    match shape {
        Shape::Number(number) => {
            let whole = number.whole.as_deref()?;
            Position::parse(whole).map(|position| position.to_string().into())
        }
        _ => read_text(shape, |text| Position::parse(text).is_some()),
    }
}

fn read_text(shape: &Shape<'_>, fits: impl Fn(&str) -> bool) -> Option<ConstValue> {
    match shape {
        Shape::Text(text) if fits(text) => Some((*text).into()),
        _ => None,
    }
}

/// A number as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GivenNumber {
    /// None of what is too large for any number.
    pub(crate) value: Option<Number>,
    /// Its digits, where it is whole.
    pub(crate) whole: Option<String>,
}

impl GivenNumber {
    pub(crate) fn from_json(number: &Number) -> Self {
        // JSON has one kind of number: 1.0 is whole.
        let whole = number.as_f64().filter(|value| value.fract() == 0.0);
        let is_written_whole = number.is_i64() || number.is_u64();
        Self {
            value: Some(number.clone()),
            whole: whole.map(|value| match is_written_whole {
                true => number.to_string(),
                false => format!("{value:.0}"),
            }),
        }
    }

    pub(crate) fn from_int(digits: &str) -> Self {
        let exact = digits.parse::<i64>().ok().map(Number::from);
        Self {
            value: exact.or_else(|| number_of(digits)),
            whole: Some(digits.to_owned()),
        }
    }

    pub(crate) fn from_float(text: &str) -> Self {
        Self {
            value: number_of(text),
            whole: None,
        }
    }
}

fn number_of(text: &str) -> Option<Number> {
    text.parse().ok().and_then(Number::from_f64)
}
