//! Reads the files and checks them: every mistake with file and line, all at once, before anything
//! is changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use chrono::NaiveDate;
use domain::{clock::read_day, csv_cell};
use serde_json::{Map, Value};

use super::{
    cells::value,
    rows::{contradictions, policy_mistake},
    tables::{Kind, Table, tables},
    translations,
};

/// A mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file.
    pub file: String,
    /// The line, the header being line 1.
    pub line: u64,
    /// What is wrong.
    pub what: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// The files hold mistakes, or cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("mistakes in the data files: {}", .0.len())]
pub struct DataError(pub Vec<Mistake>);

/// A row of a file, with its values as the table takes them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) subject_key: String,
    pub(super) values: Map<String, Value>,
    pub(super) free_text: Option<String>,
}

impl Row {
    /// A value as text; empty when absent.
    pub(super) fn text(&self, column: &str) -> &str {
        self.values
            .get(column)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// A value as a whole number.
    pub(super) fn number(&self, column: &str) -> i64 {
        self.values
            .get(column)
            .and_then(Value::as_i64)
            .unwrap_or_default()
    }

    /// A value as a whole number; none when absent.
    pub(super) fn figure(&self, column: &str) -> Option<i64> {
        self.values.get(column).and_then(Value::as_i64)
    }

    /// The items of a list.
    pub(super) fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        let items = self.values.get(column).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str)
    }

    /// Whether a value is `yes`.
    pub(super) fn is(&self, column: &str) -> bool {
        self.values
            .get(column)
            .and_then(Value::as_bool)
            .unwrap_or_default()
    }

    /// A value as a day.
    pub(super) fn day(&self, column: &str) -> Option<NaiveDate> {
        self.text(column).parse().ok()
    }
}

/// The files, read and checked.
#[derive(Debug, Clone)]
pub struct DataSet {
    tables: BTreeMap<&'static str, Vec<Row>>,
}

impl DataSet {
    /// The data set that the program carries.
    ///
    /// # Errors
    /// When a file holds mistakes.
    pub fn built_in() -> Result<Self, DataError> {
        Self::read(&|_, built_in| Ok(built_in.to_owned()))
    }

    /// The data set of a folder with the same files, for an expert who corrects them.
    ///
    /// # Errors
    /// When a file is missing or holds mistakes.
    pub fn from_folder(folder: &Path) -> Result<Self, DataError> {
        Self::read(&|file, _| {
            fs::read_to_string(folder.join(file)).map_err(|error| error.to_string())
        })
    }

    /// The data set that the program carries, each file as a function of its name and text gives
    /// it: for experiments with the data.
    ///
    /// # Errors
    /// When a file holds mistakes.
    pub fn changed(text_of: &dyn Fn(&str, &str) -> String) -> Result<Self, DataError> {
        Self::read(&|file, built_in| Ok(text_of(file, built_in)))
    }

    /// A data set of rows that were read elsewhere.
    pub(super) fn of(tables: BTreeMap<&'static str, Vec<Row>>) -> Self {
        Self { tables }
    }

    /// The rows of a file.
    pub(super) fn rows(&self, file: &str) -> &[Row] {
        self.tables.get(file).map_or(&[], Vec::as_slice)
    }

    /// All files with their rows.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'static str, &[Row])> {
        let files = self.tables.iter();
        files.map(|(file, rows)| (*file, rows.as_slice()))
    }

    fn read(text_of: &dyn Fn(&str, &str) -> Result<String, String>) -> Result<Self, DataError> {
        let mut mistakes = Vec::new();
        let mut text = |(file, built_in): (&str, &str)| {
            text_of(file, built_in).unwrap_or_else(|what| {
                mistakes.push(Mistake {
                    file: file.to_owned(),
                    line: 0,
                    what,
                });
                String::new()
            })
        };
        let texts: Vec<String> = tables()
            .map(|table| text((table.file, table.text)))
            .collect();
        let of_translations = text((translations::FILE, translations::BUILT_IN));
        translations::check(&of_translations, &mut mistakes);
        let mut read = BTreeMap::new();
        for (table, text) in tables().zip(&texts) {
            read.insert(table.file, read_table(table, text, &mut mistakes));
        }
        for table in tables() {
            check_references(table, &read, &mut mistakes);
        }
        let rows = |file| read.get(file).map_or(&[][..], Vec::as_slice);
        let (editions, criteria) = ("framework_editions.csv", "criteria.csv");
        for edition in rows(editions) {
            mistakes.extend(policy_mistake(edition, rows(criteria)).map(|what| Mistake {
                file: editions.to_owned(),
                line: edition.line,
                what,
            }));
        }
        if mistakes.is_empty() {
            Ok(Self { tables: read })
        } else {
            mistakes.sort();
            Err(DataError(mistakes))
        }
    }
}

fn read_table(table: &Table, text: &str, mistakes: &mut Vec<Mistake>) -> Vec<Row> {
    let mut wrong = |line: u64, what: String| {
        mistakes.push(Mistake {
            file: table.file.to_owned(),
            line,
            what,
        });
    };
    if let Some(quote) = csv_cell::loose_quote(text, ',') {
        wrong(
            quote.line,
            format!(
                "in cell {} a quote begins that does not end with the cell",
                quote.column
            ),
        );
        return Vec::new();
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let expected = header(table);
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(error) => {
            wrong(1, error.to_string());
            return Vec::new();
        }
    };
    if header != expected {
        wrong(1, format!("the columns must be {}", expected.join(",")));
        return Vec::new();
    }
    let mut rows = Vec::new();
    let mut seen = BTreeSet::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                wrong(
                    error.position().map_or(0, csv::Position::line),
                    error.to_string(),
                );
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cells: BTreeMap<&str, &str> = expected.iter().copied().zip(record.iter()).collect();
        let row = read_row(table, line, &cells, &mut wrong);
        if !seen.insert((row.subject_key.clone(), row.text("valid_from").to_owned())) {
            wrong(line, format!("{} stands here twice", row.subject_key));
        }
        for what in contradictions(table.file, &row) {
            wrong(line, what);
        }
        rows.push(row);
    }
    rows
}

/// The header that a file must have.
pub(super) fn header(table: &Table) -> Vec<&'static str> {
    let mut names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    if table.dated {
        names.extend(["valid_from", "valid_to"]);
    }
    if table.sourced {
        names.extend(["source_document", "source_lines"]);
    }
    names.push("note");
    names
}

fn read_row(
    table: &Table,
    line: u64,
    cells: &BTreeMap<&str, &str>,
    wrong: &mut impl FnMut(u64, String),
) -> Row {
    let cell = |name: &str| cells.get(name).copied().unwrap_or_default();
    let mut values = Map::new();
    let mut free_text = None;
    for column in table.columns {
        let text = cell(column.name);
        if text.is_empty() && column.kind != Kind::List {
            if column.required {
                wrong(line, format!("{} is empty", column.name));
            }
            continue;
        }
        if text.trim() != text || text.contains("  ") {
            wrong(line, format!("{} has spaces too many", column.name));
        }
        match value(column.kind, text) {
            Ok(Value::Null) => free_text = Some(text.to_owned()),
            Ok(value) => {
                values.insert(column.name.to_owned(), value);
            }
            Err(what) => wrong(line, format!("{} is {text:?}: {what}", column.name)),
        }
    }
    if table.dated {
        for name in ["valid_from", "valid_to"] {
            match (cell(name), read_day(cell(name))) {
                ("", _) => {}
                (text, Some(_)) => {
                    values.insert(name.to_owned(), Value::from(text));
                }
                (text, None) => wrong(
                    line,
                    format!("{name} is {text:?}: not a day like 2026-11-22"),
                ),
            }
        }
    }
    if table.sourced {
        for name in ["source_document", "source_lines"] {
            if cell(name).is_empty() {
                wrong(
                    line,
                    format!("{name} is empty: every fact tells its source"),
                );
            }
            values.insert(name.to_owned(), Value::from(cell(name)));
        }
    }
    if !cell("note").is_empty() {
        values.insert("note".to_owned(), Value::from(cell("note")));
    }
    let key: Vec<&str> = table
        .key
        .iter()
        .map(|name| cell(name))
        .map(|text| if text.is_empty() { "-" } else { text })
        .collect();
    Row {
        line,
        subject_key: key.join("/"),
        values,
        free_text,
    }
}

fn check_references(
    table: &Table,
    tables: &BTreeMap<&'static str, Vec<Row>>,
    mistakes: &mut Vec<Mistake>,
) {
    let keys_of = |file: &str| -> BTreeSet<&str> {
        let rows = tables.get(file).map_or(&[][..], Vec::as_slice);
        rows.iter().map(|row| row.subject_key.as_str()).collect()
    };
    let documents = super::tables::Reference {
        columns: &["source_document"],
        to: "source_documents.csv",
    };
    let source = table.sourced.then_some(&documents);
    for reference in table.references.iter().chain(source) {
        let keys = keys_of(reference.to);
        for row in tables.get(table.file).map_or(&[][..], Vec::as_slice) {
            let named = named_keys(row, reference.columns);
            for key in named.iter().filter(|key| !keys.contains(key.as_str())) {
                mistakes.push(Mistake {
                    file: table.file.to_owned(),
                    line: row.line,
                    what: format!(
                        "{} {key:?} does not stand in {}",
                        reference.columns.join(", "),
                        reference.to
                    ),
                });
            }
        }
    }
}

/// The keys that a row names in some of its columns: none when one of them is empty, several for a
/// list.
fn named_keys(row: &Row, columns: &[&str]) -> Vec<String> {
    let mut keys = vec![String::new()];
    for column in columns {
        let parts: Vec<String> = match row.values.get(*column) {
            None => return Vec::new(),
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(items)) => items
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            Some(value) => vec![value.to_string()],
        };
        keys = keys
            .iter()
            .flat_map(|key| {
                parts.iter().map(move |part| match key.as_str() {
                    "" => part.clone(),
                    key => format!("{key}/{part}"),
                })
            })
            .collect();
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_hold_no_mistake() {
        let set = DataSet::built_in().unwrap_or_else(|error| panic!("{:#?}", error.0));
        assert_eq!(set.rows("actions.csv").len(), 56);
        assert_eq!(set.rows("status_reports.csv").len(), 43);
        assert_eq!(set.rows("municipalities.csv").len(), 394);
    }

    #[test]
    fn every_mistake_names_file_and_line() {
        let broken = |file: &str, built_in: &str| {
            Ok(match file {
                "actions.csv" => built_in.replacen("2024,1,1,", "2024,one,1,", 1).replacen(
                    "2024,2,1,",
                    "2024,2,9,",
                    1,
                ),
                "areas.csv" => built_in.replacen("PROVINCE", "PROVINCIE", 1),
                "themes.csv" => {
                    built_in.replacen("framework-proposal-1", "framework-proposal-2", 1)
                }
                _ => built_in.to_owned(),
            })
        };
        let DataError(mistakes) = DataSet::read(&broken).unwrap_err();
        let shown: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
        assert!(
            shown.contains(&"actions.csv:12: number is \"one\": not a whole number".to_owned()),
            "{shown:#?}"
        );
        assert!(
            shown.contains(
                &"actions.csv:13: plan, line \"2024/9\" does not stand in action_lines.csv"
                    .to_owned()
            ),
            "{shown:#?}"
        );
        assert!(
            shown.contains(
                &"areas.csv:27: kind is \"PROVINCIE\": not one of SAFETY_REGION, PROVINCE, \
                  POLICE_UNIT, RIEC, COOPERATION_AREA, SIZE_CLASS"
                    .to_owned()
            ),
            "{shown:#?}"
        );
        assert!(
            shown.contains(
                &"themes.csv:2: source_document \"framework-proposal-2\" does not stand in \
                  source_documents.csv"
                    .to_owned()
            ),
            "{shown:#?}"
        );
    }
}
