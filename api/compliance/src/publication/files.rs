//! The files of a publication, written once: JSON with its manifest, CSV by RFC 4180, and what the
//! archives want to know of both.
//!
//! The bytes are what is hashed and served; nothing is written again when they are read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{colophon::Colophon, mdto::Archived};
use domain::{
    csv_cell,
    publication::lines::{Cell, Line, Value},
};
use ledger::sha256;

/// What a publication says of itself: what it was made from, by which rules, at which moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The key of the publication.
    pub publication: String,
    /// What it is of.
    pub kind: String,
    /// How far it goes into detail.
    pub level: String,
    /// The period, round or plan version that it tells of.
    pub subject: String,
    /// The day that it tells of.
    pub(crate) reference_date: String,
    /// The ledger number that it was read at.
    pub(crate) ledger_number: i64,
    /// The hash of that entry.
    pub(crate) ledger_hash: String,
    /// The edition of the framework; absent where none was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The state of the edition when it was prepared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) edition_state: Option<String>,
    /// The rule set of verdicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule_set: Option<String>,
    /// The basis of verdicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) basis: Option<String>,
    /// What counts as meeting the framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counting_rule: Option<String>,
    /// By which kind of area it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) grouping: Option<String>,
    /// What must be said beside every verdict, in Dutch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label_nl: Option<String>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label_en: Option<String>,
    /// Keys of the lines whose values are withheld, each with the reason.
    pub withheld: Vec<WithheldLine>,
    /// The columns of its lines, in the order of the CSV file, whatever its content is; absent of
    /// those that were prepared before they were kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub columns: Option<Vec<String>>,
    /// Why it tells by name while the period is open or reviews wait. It is a free text, so it
    /// stands in the files and is not kept here.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub incomplete_because: Option<String>,
    /// The cells in which it is another than the publication of counts that it repeats.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(crate) corrections: Vec<Correction>,
    /// Title, publisher, days, licence; absent of those that were prepared before it was kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub colophon: Option<Colophon>,
}

/// A cell in which an earlier publication was wrong, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Correction {
    /// The key of the line.
    pub key: String,
    /// The column.
    pub column: String,
    /// What was wrong.
    pub reason: domain::publication::codes::CorrectionReason,
}

/// A line that is told without its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WithheldLine {
    /// The key of the line.
    pub key: String,
    /// Why.
    pub reason: domain::publication::lines::Withheld,
}

/// The lines that are withheld.
pub(super) fn withheld(lines: &[Line]) -> Vec<WithheldLine> {
    lines
        .iter()
        .filter_map(|line| {
            Some(WithheldLine {
                key: line.key.clone(),
                reason: line.withheld?,
            })
        })
        .collect()
}

/// A file with its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// `JSON`, `CSV`, or `MDTO`, `MDTO_JSON`, `MDTO_CSV` of what the archives want to know.
    pub(super) format: &'static str,
    /// The bytes, which are UTF-8.
    pub(super) body: String,
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub(super) sha256: String,
}

impl File {
    pub(super) fn new(format: &'static str, body: String) -> Self {
        Self {
            format,
            sha256: hex::encode(sha256(&[body.as_bytes()])),
            body,
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    manifest: &'a Manifest,
    lines: &'a [Line],
}

/// What stands in the place of a text that was blanked by law.
pub(super) const REMOVED: &str = "[op grond van de wet verwijderd / removed by law]";

#[derive(Deserialize)]
struct Written {
    lines: Vec<Line>,
}

/// The lines of a JSON file.
pub(super) fn read_lines(body: &str) -> Result<Vec<Line>, String> {
    let written: Written = serde_json::from_str(body).map_err(|error| error.to_string())?;
    Ok(written.lines)
}

/// The files of a publication. One that has no colophon has the two that it was given.
pub(super) fn write(
    manifest: &Manifest,
    lines: &[Line],
    written_at: DateTime<Utc>,
) -> Result<Vec<File>, String> {
    let document = Document { manifest, lines };
    let mut json = serde_json::to_string_pretty(&document).map_err(|error| error.to_string())?;
    json.push('\n');
    let mut files = vec![
        File::new("JSON", json),
        File::new("CSV", csv(manifest, lines)?),
    ];
    if let Some(colophon) = &manifest.colophon {
        let archived = Archived {
            manifest,
            colophon,
            files: &files,
            written_at,
        };
        let documents = archived.documents();
        files.extend(documents);
    }
    Ok(files)
}

/// Columns that every CSV file begins with.
const FIRST: [&str; 7] = [
    "publication",
    "reference_date",
    "part",
    "key",
    "name",
    "withheld",
    "label_nl",
];

/// The columns of the lines: those of the manifest, or, where it names none, those that have a
/// value.
fn columns<'a>(manifest: &'a Manifest, lines: &'a [Line]) -> Vec<&'a str> {
    if let Some(columns) = &manifest.columns {
        return columns.iter().map(String::as_str).collect();
    }
    let mut columns: Vec<&str> = Vec::new();
    for cell in lines.iter().flat_map(|line| &line.cells) {
        if !columns.contains(&cell.column.as_str()) {
            columns.push(&cell.column);
        }
    }
    columns
}

/// What every row of a file says at its end: why it is incomplete, and whether it is a demo.
fn last(manifest: &Manifest) -> Vec<Cell> {
    let cell = |column: &str, value: &str| Cell {
        column: column.to_owned(),
        value: Value::Text(value.to_owned()),
    };
    let mut cells = Vec::new();
    if let Some(reason) = &manifest.incomplete_because {
        cells.push(cell("incomplete_because", reason));
    }
    if let Some(colophon) = &manifest.colophon {
        cells.push(cell("database", &colophon.database));
    }
    cells
}

/// A value that the list of columns does not name would be missing from the table.
fn must_be_listed(columns: &[&str], lines: &[Line]) -> Result<(), String> {
    let mut cells = lines.iter().flat_map(|line| &line.cells);
    match cells.find(|cell| !columns.contains(&cell.column.as_str())) {
        Some(cell) => Err(format!("the column {:?} is not listed", cell.column)),
        None => Ok(()),
    }
}

fn csv(manifest: &Manifest, lines: &[Line]) -> Result<String, String> {
    let columns = columns(manifest, lines);
    must_be_listed(&columns, lines)?;
    let last = last(manifest);
    let header: Vec<String> = FIRST
        .iter()
        .copied()
        .chain(columns.iter().copied())
        .chain(last.iter().map(|cell| cell.column.as_str()))
        .map(str::to_owned)
        .collect();
    let mut rows = vec![header];
    for line in lines {
        let mut row = vec![
            manifest.publication.clone(),
            manifest.reference_date.clone(),
            code(&line.part)?,
            line.key.clone(),
            line.name.clone(),
            line.withheld
                .as_ref()
                .map(code)
                .transpose()?
                .unwrap_or_default(),
            manifest.label_nl.clone().unwrap_or_default(),
        ];
        row.extend(columns.iter().map(|column| {
            line.value(column)
                .map(|value| value.text())
                .unwrap_or_default()
        }));
        row.extend(last.iter().map(|cell| cell.value.text()));
        rows.push(row);
    }
    let mut text = String::new();
    for row in rows {
        for (at, field) in row.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            // A negative number is a number.
            if field.parse::<i64>().is_ok() {
                text.push_str(field);
            } else {
                csv_cell::push(&mut text, field);
            }
        }
        text.push_str("\r\n");
    }
    Ok(text)
}

/// The code of a value that is written as a text.
pub(super) fn code(value: &impl Serialize) -> Result<String, String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => Ok(code),
        Ok(other) => Err(format!("{other} is no code")),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::publication::lines::{Part, Withheld};

    #[test]
    fn both_files_say_the_same_and_name_what_is_withheld() {
        let lines = [
            Line::new(Part::Group, "VR14", "Gooi, Vecht").number("members", 7),
            Line::new(Part::Group, "VR15", "=1+1").without(Withheld::FewerThanFive),
            Line::new(Part::Municipality, "GM0402", "Hilversum")
                .text("response", Some("Wij \"zijn\" het\neens.")),
        ];
        let manifest = Manifest {
            publication: "compliance-2026-2-1".to_owned(),
            kind: "COMPLIANCE_PICTURE".to_owned(),
            level: "AREA".to_owned(),
            subject: "2026-2".to_owned(),
            reference_date: "2026-12-01".to_owned(),
            ledger_number: 3100,
            ledger_hash: "ab".to_owned(),
            edition: None,
            edition_state: None,
            rule_set: None,
            basis: None,
            counting_rule: None,
            grouping: None,
            label_nl: None,
            label_en: None,
            withheld: withheld(&lines),
            columns: None,
            incomplete_because: None,
            corrections: Vec::new(),
            colophon: None,
        };
        let files = write(&manifest, &lines, DateTime::UNIX_EPOCH).unwrap();
        let [json, csv] = files.as_slice() else {
            panic!("two files")
        };
        let read: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(
            read["manifest"]["withheld"][0],
            serde_json::json!({ "key": "VR15", "reason": "FEWER_THAN_FIVE" })
        );
        assert_eq!(
            read["lines"][0]["cells"][0],
            serde_json::json!({ "column": "members", "value": 7 })
        );
        assert_eq!(
            csv.body,
            "publication,reference_date,part,key,name,withheld,label_nl,members,response\r\n\
             compliance-2026-2-1,2026-12-01,GROUP,VR14,\"Gooi, Vecht\",,,7,\r\n\
             compliance-2026-2-1,2026-12-01,GROUP,VR15,'=1+1,FEWER_THAN_FIVE,,,\r\n\
             compliance-2026-2-1,2026-12-01,MUNICIPALITY,GM0402,Hilversum,,,,\"Wij \"\"zijn\"\" het\neens.\"\r\n"
        );
        assert_eq!(csv.sha256.len(), 64);
        let short = Manifest {
            columns: Some(vec!["members".to_owned()]),
            ..manifest
        };
        assert_eq!(
            write(&short, &lines, DateTime::UNIX_EPOCH),
            Err("the column \"response\" is not listed".to_owned())
        );
    }
}
