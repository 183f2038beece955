//! Rows of a page as Postgres wrote them: one text for all, each row in the form in which Postgres
//! writes a value of a composite type, `(GM0402,2026-2,1,"zie ""besluit""",)`.
//!
//! A page of five hundred rows has some six thousand cells. To receive each as a value of its own
//! cost more than to read the rows; to have Postgres write JSON or CSV of them costs three times as
//! much as this form, of which it is the master. So each cell is taken out of the text where it
//! stands, and written as the format wants it by the one function that knows the format.
//!
//! The form (Postgres, "Composite Types", 8.16.6): cells are parted by commas; nothing at all is
//! null; within quotes, a quote and a backslash are doubled. Instants and days are in the style ISO
//! and in UTC, in which every connection and session of ours speaks.

use std::borrow::Cow;

use sea_orm::DbErr;

use super::{
    tables::{Column, DATABASE, Kind},
    versions::{Part, Version},
};
use database::DbError;

/// A cell of a row; none for null.
pub(crate) type Cell<'a> = Option<Cow<'a, str>>;

/// Where the cells of a column come from, and in which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// As it is written.
    Plain,
    /// `t` or `f`.
    Boolean,
    /// `2026-11-22 12:00:00+00`, with a fraction of a second where there is one.
    Instant,
    /// The same in each row, and not in the text.
    Constant(&'static str),
}

/// What a text holds, and where the cells of a row come from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// Row after row.
    Rows(Vec<Source>),
    /// Version after version, each with the answers that are its rows.
    Versions(Vec<Part>),
}

/// Rows of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Records {
    text: String,
    form: Form,
}

impl Records {
    /// The rows in a text, of these columns; of what kind the database is stands in no text.
    pub(crate) fn new(text: String, columns: &[&Column], database: &'static str) -> Self {
        let sources = columns.iter().map(|column| match column.kind {
            Kind::Text if column.name == DATABASE => Source::Constant(database),
            Kind::Boolean => Source::Boolean,
            Kind::Instant => Source::Instant,
            Kind::Text | Kind::Integer | Kind::Decimal | Kind::Date => Source::Plain,
        });
        let form = Form::Rows(sources.collect());
        Self { text, form }
    }

    /// The rows in a text that tells them version by version.
    pub(crate) fn by_version(text: String, parts: Vec<Part>) -> Self {
        let form = Form::Versions(parts);
        Self { text, form }
    }

    /// Bytes of the cells of all rows, about.
    pub(crate) fn bytes(&self) -> usize {
        match self.form {
            Form::Rows(_) => self.text.len(),
            Form::Versions(_) => 7 * self.text.len(),
        }
    }

    /// Before the first row.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor {
            rest: &self.text,
            form: &self.form,
            version: None,
            cells: Vec::new(),
        }
    }
}

/// A place in rows that are read one after another.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a str,
    form: &'a Form,
    /// The version whose answers are read.
    version: Option<Version<'a>>,
    cells: Vec<Cell<'a>>,
}

impl<'a> Cursor<'a> {
    /// Goes to the next row; false when there is none.
    ///
    /// # Errors
    /// When the text is not what Postgres writes.
    pub(crate) fn advance(&mut self) -> Result<bool, DbError> {
        if self.is_last() {
            return Ok(false);
        }
        self.cells.clear();
        let form = self.form;
        let read = match form {
            Form::Rows(sources) => self.read(sources),
            Form::Versions(parts) => self.read_of_version(parts),
        };
        read.ok_or_else(|| {
            let error = DbErr::Type("a row is not written as a composite value".to_owned());
            DbError::doing("reading a row of a table")(error)
        })?;
        Ok(true)
    }

    /// Whether this is the last row.
    pub(crate) fn is_last(&self) -> bool {
        self.rest.is_empty() && self.version.as_ref().is_none_or(Version::is_read)
    }

    /// The cells of the row.
    pub(crate) fn cells(&self) -> &[Cell<'a>] {
        &self.cells
    }

    fn read(&mut self, sources: &[Source]) -> Option<()> {
        let mut before = "(";
        for source in sources {
            if let Source::Constant(text) = source {
                self.cells.push(Some(Cow::Borrowed(*text)));
                continue;
            }
            self.rest = self.rest.strip_prefix(before)?;
            before = ",";
            let cell = match (field(&mut self.rest)?, source) {
                (None, _) => None,
                (Some(text), Source::Plain | Source::Constant(_)) => Some(text),
                (Some(text), Source::Boolean) => Some(Cow::Borrowed(truth(&text)?)),
                (Some(text), Source::Instant) => Some(Cow::Owned(instant(&text)?)),
            };
            self.cells.push(cell);
        }
        self.rest = self.rest.strip_prefix(')')?;
        Some(())
    }

    fn read_of_version(&mut self, parts: &[Part]) -> Option<()> {
        if self.version.as_ref().is_none_or(Version::is_read) {
            self.version = Some(Version::read(&mut self.rest)?);
        }
        self.version.as_mut()?.cells(parts, &mut self.cells)
    }
}

/// The cell that a text begins with, which is taken off; none when it is not in the form.
pub(crate) fn field<'a>(rest: &mut &'a str) -> Option<Cell<'a>> {
    if let Some(quoted) = rest.strip_prefix('"') {
        let (text, after) = unquoted(quoted)?;
        *rest = after;
        return Some(Some(text));
    }
    let end = rest.bytes().position(|byte| matches!(byte, b',' | b')'))?;
    let (text, after) = rest.split_at(end);
    *rest = after;
    Some((!text.is_empty()).then_some(Cow::Borrowed(text)))
}

/// What stands between quotes, of which the first is gone, and what comes after them.
fn unquoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let bytes = text.as_bytes();
    let (mut before, mut start) = (String::new(), 0);
    loop {
        let mut rest = bytes.get(start..)?.iter();
        let at = start + rest.position(|byte| matches!(byte, b'"' | b'\\'))?;
        let is_doubled = bytes.get(at + 1) == bytes.get(at);
        if is_doubled {
            before.push_str(&text[start..=at]);
            start = at + 2;
        } else if bytes[at] == b'\\' {
            return None;
        } else {
            let last = &text[start..at];
            let whole = if start == 0 {
                Cow::Borrowed(last)
            } else {
                before.push_str(last);
                Cow::Owned(before)
            };
            return Some((whole, &text[at + 1..]));
        }
    }
}

/// What is written of yes and no.
pub(crate) fn truth(text: &str) -> Option<&'static str> {
    match text {
        "t" => Some("true"),
        "f" => Some("false"),
        _ => None,
    }
}

/// An instant in the form that all formats share: to the microsecond, in UTC.
fn instant(text: &str) -> Option<String> {
    let (day, time) = text.strip_suffix("+00")?.split_once(' ')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let zeros = "000000".get(fraction.len()..)?;
    Some([day, "T", time, ".", fraction, zeros, "Z"].concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tables;

    /// A row as Postgres writes it (`record_out`).
    fn written(cells: &[Option<String>]) -> String {
        let cells = cells.iter().map(|cell| match cell {
            None => String::new(),
            Some(text) => {
                let marks = ['"', '\\', '(', ')', ','];
                let is_quoted = text.is_empty()
                    || text.contains(marks)
                    || text.bytes().any(|b| b.is_ascii_whitespace() || b == 0x0b);
                if is_quoted {
                    let doubled = text.replace('\\', "\\\\").replace('"', "\"\"");
                    format!("\"{doubled}\"")
                } else {
                    text.clone()
                }
            }
        });
        format!("({})", cells.collect::<Vec<_>>().join(","))
    }

    fn of(text: &str, sources: &[Source]) -> Records {
        Records {
            text: text.to_owned(),
            form: Form::Rows(sources.to_vec()),
        }
    }

    fn all(records: &Records) -> Result<Vec<Vec<Option<String>>>, DbError> {
        let mut cursor = records.cursor();
        let mut rows = Vec::new();
        while cursor.advance()? {
            let cells = cursor.cells().iter();
            rows.push(
                cells
                    .map(|cell| cell.as_ref().map(ToString::to_string))
                    .collect(),
            );
        }
        Ok(rows)
    }

    #[test]
    fn cells_are_what_postgres_wrote() {
        let sources = [
            Source::Plain,
            Source::Boolean,
            Source::Constant("DEMO"),
            Source::Instant,
        ];
        let text = "(GM0402,t,\"2026-11-22 12:00:00+00\")(\"a \"\"b\"\" \\\\ (c), d\n\",f,\
            \"1999-12-31 23:59:59.123456+00\")(,,\"2026-11-22 12:00:00.5+00\")(\"\",t,)";
        let read = all(&of(text, &sources)).unwrap();
        let rows: Vec<Vec<Option<&str>>> = read
            .iter()
            .map(|row| row.iter().map(Option::as_deref).collect())
            .collect();
        let demo = Some("DEMO");
        assert_eq!(
            rows,
            [
                vec![
                    Some("GM0402"),
                    Some("true"),
                    demo,
                    Some("2026-11-22T12:00:00.000000Z")
                ],
                vec![
                    Some("a \"b\" \\ (c), d\n"),
                    Some("false"),
                    demo,
                    Some("1999-12-31T23:59:59.123456Z"),
                ],
                vec![None, None, demo, Some("2026-11-22T12:00:00.500000Z")],
                vec![Some(""), Some("true"), demo, None],
            ]
        );
    }

    #[test]
    fn of_what_kind_the_database_is_comes_from_no_text() {
        let table = tables::find("dim_round").unwrap();
        let columns: Vec<&Column> = table
            .columns
            .iter()
            .filter(|column| [DATABASE, "round_key"].contains(&column.name))
            .collect();
        let records = Records::new("(2025-1)(2026-1)".to_owned(), &columns, "REAL");
        let rows = all(&records).unwrap();
        let real = Some("REAL".to_owned());
        let key = |key: &str| Some(key.to_owned());
        assert_eq!(
            rows,
            [vec![key("2025-1"), real.clone()], vec![key("2026-1"), real]]
        );
    }

    #[test]
    fn what_postgres_does_not_write_is_refused() {
        let sources = [Source::Plain, Source::Boolean];
        for wrong in [
            "x",
            "(a,t",
            "(a)",
            "(a,t,b)",
            "(a,yes)",
            "(\"a,t)",
            "(\"a\\n\",t)",
        ] {
            assert!(all(&of(wrong, &sources)).is_err(), "{wrong}");
        }
        let instants = of("(2026-11-22)", &[Source::Instant]);
        assert!(all(&instants).is_err());
        assert!(all(&of("", &sources)).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_written(
            rows in prop::collection::vec(
                prop::collection::vec(prop::option::of(any::<String>()), 3),
                0..5,
            )
        ) {
            let text: String = rows.iter().map(|row| written(row)).collect();
            let read = all(&of(&text, &[Source::Plain; 3])).unwrap();
            prop_assert_eq!(read, rows);
        }
    }
}
