//! The answers of assessments as tables: a sheet of one municipality, a row per criterion; and a
//! table of many, a row per municipality. Both are read whole, and every mistake is told with its
//! row and column. Pure.

#[cfg(test)]
mod tests;

use domain::{
    assessment::rules::AnswerMistake, csv_cell::LooseQuote, mistake::Mistake, text::Text,
    verdict::rules::AnswerValue,
};
use graphql::{member::Member, warning::Warning, written::warning};

use super::{
    errors::TABLE,
    table::{Row, Table, Unreadable, written},
};

/// The columns of an answer sheet, in their order; read back are `criterion`, `answer`,
/// `explanation` and `revision`.
const COLUMNS: [&str; 14] = [
    "criterion",
    "title_nl",
    "title_en",
    "required",
    "answered_by",
    "answer",
    "answer_nl",
    "answer_en",
    "explanation",
    "revision",
    "carried_from",
    "to_do_nl",
    "to_do_en",
    "database",
];
/// What a column of explanations is called after the code of its criterion.
const EXPLANATION: &str = ":explanation";
/// Columns of a table of many that help people read it, and are not read.
const FOR_PEOPLE: [&str; 2] = ["name", "municipality_name"];
/// Rows that a table may have.
const MOST_ROWS: usize = 1000;

/// The answer that a cell says, by its code or in words.
fn answer_of(cell: &str) -> Option<AnswerValue> {
    let stated = cell.to_lowercase();
    AnswerValue::from_code(cell).or_else(|| {
        AnswerValue::ALL.into_iter().find(|answer| {
            let (nl, en) = answer.label();
            nl.to_lowercase() == stated || en.to_lowercase() == stated
        })
    })
}

/// What can be wrong with a table, apart from its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableMistake {
    Unreadable,
    TooManyRows,
    MissingColumn,
    UnknownColumn,
    UnknownAnswer,
    UnknownRevision,
    MunicipalityTwice,
    AlreadyAnswered,
    Answer(AnswerMistake),
}

/// A mistake with its place in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<C> {
    pub code: C,
    /// The line of the text, the header being line 1.
    pub row: u64,
    /// The name of the column; none when the row is wrong as a whole.
    pub column: Option<String>,
    pub message: Text,
}

impl<C> Placed<C> {
    pub(super) fn at(
        code: C,
        row: u64,
        column: &str,
        nl: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            row,
            column: (!column.is_empty()).then(|| column.to_owned()),
            message: Text::new(nl, en),
        }
    }
}

/// A criterion with its answer, as a sheet tells it.
#[derive(Debug, Clone)]
pub(super) struct SheetRow {
    pub criterion: String,
    pub titles: [String; 2],
    pub required: bool,
    pub answered_by: String,
    pub answer: Option<AnswerValue>,
    pub explanation: String,
    pub revision: Option<i32>,
    pub carried_from: String,
    /// What is to be done elsewhere before the criterion can be met; empty when nothing is.
    pub to_do: Text,
}

/// The sheet of one municipality; every row says whether the database is real or a demo.
pub(super) fn sheet(rows: &[SheetRow], database: &str) -> String {
    let mut text = written(COLUMNS);
    for row in rows {
        let (nl, en) = row.answer.map_or(("", ""), AnswerValue::label);
        let [title_nl, title_en] = &row.titles;
        let revision = row.revision.map(|n| n.to_string()).unwrap_or_default();
        text += &written([
            row.criterion.as_str(),
            title_nl,
            title_en,
            if row.required { "yes" } else { "no" },
            row.answered_by.as_str(),
            row.answer.map_or("", AnswerValue::code),
            nl,
            en,
            row.explanation.as_str(),
            revision.as_str(),
            row.carried_from.as_str(),
            row.to_do.nl.as_str(),
            row.to_do.en.as_str(),
            database,
        ]);
    }
    text
}

/// An answer that a table gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub line: u64,
    pub criterion: String,
    pub answer: AnswerValue,
    /// Left out where the table has no such column, null where the cell is empty.
    pub explanation: Member<String>,
    pub revision: Option<i32>,
}

/// The place of an answer in a table, from the path of a mistake in it, as in
/// `answers.3.explanation`.
pub(super) fn placed(
    mistake: Mistake<AnswerMistake>,
    given: &[Given],
    is_wide: bool,
) -> Placed<TableMistake> {
    let index = mistake.field.get(1).and_then(|index| index.parse().ok());
    let one = index.and_then(|index: usize| given.get(index));
    let field = mistake.field.get(2).cloned().unwrap_or_default();
    let column = match one {
        Some(one) if field == "explanation" => one.column_of_words(is_wide),
        Some(one) if is_wide => one.criterion.clone(),
        Some(_) | None => field,
    };
    Placed {
        code: match mistake.code {
            // A table of many knows no revisions: what is there was not seen by it.
            AnswerMistake::StaleRevision if is_wide => TableMistake::AlreadyAnswered,
            code => TableMistake::Answer(code),
        },
        row: one.map_or(1, |one| one.line),
        column: Some(column),
        message: mistake.message,
    }
}

impl Given {
    /// The column of its explanation.
    fn column_of_words(&self, is_wide: bool) -> String {
        if is_wide {
            format!("{}{EXPLANATION}", self.criterion)
        } else {
            "explanation".to_owned()
        }
    }
}

/// Warnings of signs of a person in the explanations of a table, each with its row and column.
pub(super) fn warnings(given: &[Given], is_wide: bool) -> Vec<Warning> {
    let warned = given.iter().filter_map(|one| {
        let place = [
            TABLE.to_owned(),
            one.line.to_string(),
            one.column_of_words(is_wide),
        ];
        warning(&place, one.explanation.text()?)
    });
    warned.collect()
}

type Mistakes = Vec<Placed<TableMistake>>;

fn read(text: &str) -> Result<Table, Mistakes> {
    let table =
        Table::read(text).map_err(|wrong| wrong.into_iter().map(unreadable).collect::<Vec<_>>())?;
    if table.rows.len() > MOST_ROWS {
        return Err(vec![Placed::at(
            TableMistake::TooManyRows,
            1,
            "",
            format!("Een tabel heeft ten hoogste {MOST_ROWS} regels."),
            format!("A table has at most {MOST_ROWS} rows."),
        )]);
    }
    Ok(table)
}

fn unreadable(why: Unreadable) -> Placed<TableMistake> {
    let at = |row, column: &str, nl: String, en: String| {
        Placed::at(TableMistake::Unreadable, row, column, nl, en)
    };
    match why {
        Unreadable::From(row) => at(
            row,
            "",
            "Vanaf deze regel is dit geen tabel met een kopregel.".to_owned(),
            "From this line on this is no table with a header.".to_owned(),
        ),
        Unreadable::LooseQuote(LooseQuote { line, column }) => at(
            line,
            "",
            format!(
                "In cel {column} van deze regel begint een aanhalingsteken dat niet aan het einde \
                 van de cel eindigt; de regels erna zouden daardoor verloren gaan."
            ),
            format!(
                "In cell {column} of this row a quote begins that does not end at the end of the \
                 cell; the rows after it would be lost by it."
            ),
        ),
        Unreadable::CellTooMany(row) => at(
            row,
            "",
            "Deze regel heeft meer cellen dan er kolommen zijn. Zet een tekst met een \
             scheidingsteken tussen aanhalingstekens."
                .to_owned(),
            "This row has more cells than there are columns. Put a text with a separator between \
             quotes."
                .to_owned(),
        ),
        Unreadable::ColumnTwice(name) => at(
            1,
            &name,
            format!("De kolom {name} staat er twee keer in."),
            format!("The column {name} stands there twice."),
        ),
    }
}

fn missing(columns: &[&str], table: &Table) -> Mistakes {
    let absent = columns.iter().filter(|name| table.column(name).is_none());
    absent
        .map(|name| {
            Placed::at(
                TableMistake::MissingColumn,
                1,
                name,
                format!("De kolom {name} ontbreekt."),
                format!("The column {name} is missing."),
            )
        })
        .collect()
}

fn unknown_answer(row: &Row, column: &str, cell: &str) -> Placed<TableMistake> {
    let codes = AnswerValue::ALL.map(AnswerValue::code).join(", ");
    Placed::at(
        TableMistake::UnknownAnswer,
        row.line,
        column,
        format!("{cell:?} is geen antwoord; kies uit {codes}."),
        format!("{cell:?} is no answer; choose from {codes}."),
    )
}

/// The explanation in a row, by its column: a table without the column says nothing of it.
fn explanation(row: &Row, column: Option<usize>) -> Member<String> {
    match (column, row.cell(column)) {
        (None, _) => Member::LeftOut,
        (Some(_), "") => Member::Null,
        (Some(_), cell) => Member::Value(cell.to_owned()),
    }
}

/// Reads a sheet back. A row without an answer says nothing.
pub(super) fn read_sheet(text: &str) -> Result<Vec<Given>, Mistakes> {
    let table = read(text)?;
    let absent = missing(&["criterion", "answer"], &table);
    if !absent.is_empty() {
        return Err(absent);
    }
    let column = |name| table.column(name);
    let (mut given, mut mistakes) = (Vec::new(), Vec::new());
    for row in &table.rows {
        let cell = row.cell(column("answer"));
        if cell.is_empty() {
            continue;
        }
        let revision = row.cell(column("revision"));
        let seen: Option<i32> = revision.parse().ok();
        if seen.is_none() && !revision.is_empty() {
            mistakes.push(Placed::at(
                TableMistake::UnknownRevision,
                row.line,
                "revision",
                format!("{revision:?} is geen revisie; laat de kolom zoals zij was."),
                format!("{revision:?} is no revision; leave the column as it was."),
            ));
        }
        match answer_of(cell) {
            None => mistakes.push(unknown_answer(row, "answer", cell)),
            Some(answer) => given.push(Given {
                line: row.line,
                criterion: row.cell(column("criterion")).to_owned(),
                answer,
                explanation: explanation(row, column("explanation")),
                revision: seen,
            }),
        }
    }
    if mistakes.is_empty() {
        Ok(given)
    } else {
        Err(mistakes)
    }
}

/// What a table of many says of one municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OfMunicipality {
    pub line: u64,
    pub municipality: String,
    pub given: Vec<Given>,
}

/// A table of many municipalities: what can be read, and what is wrong with the rest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TableOfMany {
    pub rows: Vec<OfMunicipality>,
    pub mistakes: Mistakes,
}

/// Reads a table of many municipalities: a column `municipality`, and for each criterion a column
/// of its code and perhaps one of explanations. What can be read is given beside the mistakes, so
/// that all of them are told at once.
pub(super) fn read_many(text: &str, criteria: &[&str]) -> Result<TableOfMany, Mistakes> {
    let table = read(text)?;
    let mut mistakes = missing(&["municipality"], &table);
    for name in &table.columns {
        let code = name.strip_suffix(EXPLANATION).unwrap_or(name);
        let is_known = name == "municipality"
            || name.is_empty()
            || FOR_PEOPLE.contains(&name.as_str())
            || criteria.contains(&code);
        if !is_known {
            mistakes.push(Placed::at(
                TableMistake::UnknownColumn,
                1,
                name,
                format!("De editie heeft geen criterium {code:?}."),
                format!("The edition has no criterion {code:?}."),
            ));
        }
    }
    let mut rows: Vec<OfMunicipality> = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let municipality = row.cell(table.column("municipality"));
        if rows.iter().any(|one| one.municipality == municipality) {
            mistakes.push(Placed::at(
                TableMistake::MunicipalityTwice,
                row.line,
                "municipality",
                format!("{municipality} staat er twee keer in."),
                format!("{municipality} stands there twice."),
            ));
        }
        let mut given = Vec::new();
        for code in criteria {
            let cell = row.cell(table.column(code));
            if cell.is_empty() {
                continue;
            }
            let shown = table.column(&format!("{code}{EXPLANATION}"));
            match answer_of(cell) {
                None => mistakes.push(unknown_answer(row, code, cell)),
                Some(answer) => given.push(Given {
                    line: row.line,
                    criterion: (*code).to_owned(),
                    answer,
                    explanation: explanation(row, shown),
                    revision: None,
                }),
            }
        }
        rows.push(OfMunicipality {
            line: row.line,
            municipality: municipality.to_owned(),
            given,
        });
    }
    Ok(TableOfMany { rows, mistakes })
}
