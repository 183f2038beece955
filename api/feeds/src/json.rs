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
    let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}

/// Appends the cells of a row as the members of an object, without its braces. Names of columns are
/// those of the registry, which need no escaping.
pub(crate) fn members<S: AsRef<str>>(out: &mut String, columns: &[&Column], cells: &[Option<S>]) {
    for (at, (column, value)) in columns.iter().zip(cells).enumerate() {
        out.push_str(if at > 0 { ",\"" } else { "\"" });
        out.push_str(column.name);
        out.push_str("\":");
        cell(out, column, value.as_ref().map(AsRef::as_ref));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_the_library_writes_it() {
        for text in [
            "",
            "Súdwest-Fryslân",
            "zie \"besluit\"",
            "C:\\map",
            "regel\nregel\r\t\u{8}\u{c}",
            "\u{0}\u{1f}\u{7f}\u{2028}",
        ] {
            let mut out = String::new();
            string(&mut out, text);
            assert_eq!(out, serde_json::to_string(text).unwrap(), "{text:?}");
        }
    }
}
