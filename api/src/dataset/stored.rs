//! The data set as the ledger knows it, so that the validation report tells of any moment and of what people have
//! brought in since the import.

use std::collections::BTreeMap;

use sea_orm::{DbBackend, FromQueryResult, Statement};
use serde_json::Value;

use super::{
    checks,
    files::{DataSet, Row},
    import::has_text,
    report::ValidationReport,
    tables::{Table, tables},
};
use crate::db::{DbError, Session};

#[derive(FromQueryResult)]
struct Stored {
    file: String,
    fact: Value,
    body: Option<String>,
}

/// The validation report of what is known at the moment of a transaction, read in one statement.
pub(crate) async fn stored_report(session: &Session) -> Result<ValidationReport, DbError> {
    let read: Vec<&Table> = tables()
        .filter(|table| checks::READ.contains(&table.file))
        .collect();
    // The names come from `tables()`, never from a client.
    let selects: Vec<String> = read
        .iter()
        .map(|table| {
            let (body, join) = if has_text(table) {
                (
                    "t.body",
                    "left join free_text t on t.id = k.explanation_text",
                )
            } else {
                ("null::text", "")
            };
            format!(
                "select '{}' as file, to_jsonb(k) as fact, {body} as body from known.{} k {join}",
                table.file, table.table
            )
        })
        .collect();
    let sql = selects.join(" union all ") + " order by 1, 2";
    let stored = Stored::find_by_statement(Statement::from_string(DbBackend::Postgres, sql))
        .all(session)
        .await
        .map_err(DbError::doing("reading the data set back"))?;
    let mut files: BTreeMap<&'static str, Vec<Row>> = BTreeMap::new();
    for row in stored {
        let Some(table) = read.iter().find(|table| table.file == row.file) else {
            continue;
        };
        files.entry(table.file).or_default().extend(row_of(row));
    }
    Ok(ValidationReport::of(&DataSet::of(files)))
}

fn row_of(stored: Stored) -> Option<Row> {
    let Value::Object(mut values) = stored.fact else {
        return None;
    };
    values.retain(|_, value| !value.is_null());
    let subject_key = values.get("subject_key")?.as_str()?.to_owned();
    Some(Row {
        line: 0,
        subject_key,
        values,
        free_text: stored.body,
    })
}
