//! A table of many municipalities: a row per municipality, a column per criterion.

use super::{
    AGAIN, EXPLANATION, FOR_PEOPLE, Given, Layout, Mistakes, TableMistake, explanation, missing,
    read, unknown_answer,
};
use crate::table::{Row, Table, cells, opened::Recognition, placed::Placed};
use domain::verdict::rules::AnswerValue;

/// By what the page of a workbook is known that is a table of many.
pub(in crate::assessment) const MANY: Recognition = Recognition {
    is_header: is_of_many,
    columns: ("Gemeente en een criterium", "municipality and a criterion"),
};

/// What a table of many says of one municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assessment) struct OfMunicipality {
    pub line: u64,
    pub municipality: String,
    /// Whether it is to be filled in again where it is confirmed.
    pub again: bool,
    pub given: Vec<Given>,
}

/// A table of many municipalities: what can be read, and what is wrong with the rest.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::assessment) struct TableOfMany {
    pub layout: Layout,
    pub rows: Vec<OfMunicipality>,
    pub mistakes: Mistakes,
}

/// The name of a column in whatever form it is written: that of a criterion in any case, the others
/// in English or in Dutch. A header that is none of them stays as it is.
fn name_of(header: &str, criteria: &[&str]) -> String {
    let stated = header.trim().to_lowercase();
    let (code, suffix) = match stated.split_once(':') {
        Some((code, words)) if matches!(words.trim(), "explanation" | "toelichting") => {
            (code.trim(), EXPLANATION)
        }
        _ => (stated.as_str(), ""),
    };
    let criterion = criteria.iter().find(|one| one.to_lowercase() == code);
    match (criterion, stated.as_str()) {
        (Some(criterion), _) => format!("{criterion}{suffix}"),
        (None, "municipality" | "gemeente" | "gemeentecode") => "municipality".to_owned(),
        (None, "name" | "naam") => "name".to_owned(),
        (None, "municipality_name" | "gemeentenaam") => "municipality_name".to_owned(),
        (None, "database" | "gegevensbank") => "database".to_owned(),
        (None, "confirmed" | "bevestigd") => "confirmed".to_owned(),
        (None, "again" | "opnieuw") => AGAIN.to_owned(),
        (None, _) => header.to_owned(),
    }
}

/// Whether these are headers of a table of many: one of municipalities, and others beside it.
fn is_of_many(headers: &[&str]) -> bool {
    let names: Vec<String> = headers.iter().map(|one| name_of(one, &[])).collect();
    names.len() > 1 && names.iter().any(|name| name == "municipality")
}

/// Columns that stand there under two names.
fn twice(table: &Table) -> Mistakes {
    let headers = table.columns.iter().enumerate();
    let twice = headers.filter(|(at, name)| {
        let before = table.columns.get(..*at).unwrap_or_default();
        !name.is_empty() && before.contains(name)
    });
    twice
        .map(|(at, name)| {
            Placed::at(
                TableMistake::Unreadable,
                table.header,
                name,
                format!("De kolom {name} staat er twee keer in."),
                format!("The column {name} stands there twice."),
            )
            .in_cell(at)
        })
        .collect()
}

/// Whether a row says to fill in again, and what is wrong when it says neither yes nor no.
fn again(row: &Row, column: Option<usize>) -> (bool, Option<Placed<TableMistake>>) {
    let Some(cell) = cells::text_of(row.cell(column)) else {
        return (false, None);
    };
    let stated = cells::yes_or_no(cell);
    let wrong = stated.is_none().then(|| {
        Placed::at(
            TableMistake::UnknownConfirmation,
            row.line,
            AGAIN,
            format!("{cell:?} is ja noch nee; schrijf ja, of laat de cel leeg."),
            format!("{cell:?} is neither yes nor no; write yes, or leave the cell empty."),
        )
    });
    (stated.unwrap_or_default(), wrong)
}

/// Reads a table of many municipalities: a column `municipality`, and for each criterion a column
/// of its code and perhaps one of explanations. What can be read is given beside the mistakes, so
/// that all of them are told at once.
pub(in crate::assessment) fn read_many(
    text: &str,
    criteria: &[&str],
) -> Result<TableOfMany, Mistakes> {
    let mut table = read(text)?;
    for header in &mut table.columns {
        *header = name_of(header, criteria);
    }
    let layout = Layout::Many(table.columns.clone());
    let mut mistakes = missing(&["municipality"], &table);
    mistakes.extend(twice(&table));
    for name in &table.columns {
        let code = name.strip_suffix(EXPLANATION).unwrap_or(name);
        let is_known = name == "municipality"
            || name == AGAIN
            || name.is_empty()
            || FOR_PEOPLE.contains(&name.as_str())
            || criteria.contains(&code);
        if !is_known {
            let wrong = Placed::at(
                TableMistake::UnknownColumn,
                table.header,
                name,
                format!("De editie heeft geen criterium {code:?}."),
                format!("The edition has no criterion {code:?}."),
            );
            mistakes.push(layout.placed(wrong));
        }
    }
    let mut rows: Vec<OfMunicipality> = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let municipality = row.cell(table.column("municipality"));
        if rows.iter().any(|one| one.municipality == municipality) {
            let wrong = Placed::at(
                TableMistake::MunicipalityTwice,
                row.line,
                "municipality",
                format!("{municipality} staat er twee keer in."),
                format!("{municipality} stands there twice."),
            );
            mistakes.push(layout.placed(wrong));
        }
        let mut given = Vec::new();
        for code in criteria {
            let Some(cell) = cells::text_of(row.cell(table.column(code))) else {
                continue;
            };
            let shown = table.column(&format!("{code}{EXPLANATION}"));
            let name = format!("{code}{EXPLANATION}");
            let words = row.cell(shown);
            if let Some(spoilt) = cells::spoilt(words) {
                let (nl, en) = spoilt.message();
                let wrong = Placed::at(TableMistake::SpoiltCell, row.line, &name, nl, en);
                mistakes.push(layout.placed(wrong));
            }
            match cells::value_of::<AnswerValue>(cell) {
                None => mistakes.push(layout.placed(unknown_answer(row.line, code, cell))),
                Some(answer) => given.push(Given {
                    line: row.line,
                    name: format!("{municipality}, {code}"),
                    criterion: (*code).to_owned(),
                    answer,
                    explanation: explanation(row, shown),
                    revision: None,
                    is_revision_unread: false,
                }),
            }
        }
        let (again, wrong) = again(row, table.column(AGAIN));
        mistakes.extend(wrong.map(|wrong| layout.placed(wrong)));
        rows.push(OfMunicipality {
            line: row.line,
            municipality: municipality.to_owned(),
            again,
            given,
        });
    }
    Ok(TableOfMany {
        layout,
        rows,
        mistakes,
    })
}
