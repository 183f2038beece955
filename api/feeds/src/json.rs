//! Cells as JSON: numbers as numbers, days and instants as text, nothing as null.

use super::tables::{Column, Kind};

/// Appends a cell.
pub(crate) fn cell(out: &mut String, column: &Column, cell: Option<&str>) {
    let Some(text) = cell else {
        out.push_str("null");
        return;
    };
    match column.kind {
        Kind::Integer | Kind::Decimal | Kind::Boolean => out.push_str(text),
        Kind::Text | Kind::Date | Kind::Instant => string(out, text),
    }
}

/// Appends a text in quotes.
pub(crate) fn string(out: &mut String, text: &str) {
    out.push_str(&serde_json::Value::from(text).to_string());
}

/// Appends the cells of a row as the members of an object, without its braces.
pub(crate) fn members(out: &mut String, columns: &[&Column], cells: &[Option<String>]) {
    for (at, (column, value)) in columns.iter().zip(cells).enumerate() {
        if at > 0 {
            out.push(',');
        }
        string(out, column.name);
        out.push(':');
        cell(out, column, value.as_deref());
    }
}
