//! What a cell of a file says, by the kind of its column.

use domain::{clock::read_day, day_range::RECORD};
use serde_json::Value;

use super::tables::Kind;

/// The value of a cell; null stands for a text that is kept apart.
pub(super) fn value(kind: Kind, text: &str) -> Result<Value, String> {
    match kind {
        Kind::Text => Ok(Value::from(text)),
        Kind::Code(codes) if codes.contains(&text) => Ok(Value::from(text)),
        Kind::Code(codes) => Err(format!("not one of {}", codes.join(", "))),
        Kind::Number => text
            .parse::<i32>()
            .map(Value::from)
            .map_err(|_| "not a whole number".to_owned()),
        Kind::YesNo => match text {
            "yes" => Ok(Value::from(true)),
            "no" => Ok(Value::from(false)),
            _ => Err("neither yes nor no".to_owned()),
        },
        Kind::Day => read_day(text)
            .filter(|_| RECORD.holds(text))
            .map(|_| Value::from(text))
            .ok_or_else(|| "not a day like 2026-11-22".to_owned()),
        Kind::List => Ok(Value::from(
            text.split(';')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .collect::<Vec<_>>(),
        )),
        Kind::FreeText => Ok(Value::Null),
    }
}
