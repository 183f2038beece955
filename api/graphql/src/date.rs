//! `Date`: a day as clients write it and read it. Inside it is a [`NaiveDate`].

use std::cmp::Ordering;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use domain::clock::read_day;

use crate::member::Member;

/// A day of the calendar, as in `2026-12-01`: four digits, two and two. Every day of this service
/// is one in Europe/Amsterdam. NL: datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A day of the calendar, as in `2026-12-01`: four digits, two and two. Every day of this service
/// is one in Europe/Amsterdam. NL: datum.
#[Scalar(
    name = "Date",
    specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339#section-5.6"
)]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => read_day(text)
                .map(Self)
                .ok_or_else(|| InputValueError::custom("a date is written as in 2026-12-01")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<NaiveDate> for Date {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl PartialEq<NaiveDate> for Date {
    fn eq(&self, day: &NaiveDate) -> bool {
        self.0 == *day
    }
}

impl PartialOrd<NaiveDate> for Date {
    fn partial_cmp(&self, day: &NaiveDate) -> Option<Ordering> {
        self.0.partial_cmp(day)
    }
}

impl Member<Date> {
    /// The day, if there is one.
    pub fn day(&self) -> Option<NaiveDate> {
        self.value().map(|date| date.0)
    }

    /// The same with the day as rules know it.
    pub fn days(self) -> Member<NaiveDate> {
        match self {
            Self::LeftOut => Member::LeftOut,
            Self::Null => Member::Null,
            Self::Value(date) => Member::Value(date.0),
        }
    }
}
