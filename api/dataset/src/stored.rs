//! The data set as the ledger knows it, so that the validation report tells of any moment and of
//! what people have brought in since the import.
//!
//! What people changed is read beside what the import had brought in: a figure that differs from a
//! printed one because somebody changed it since is explained by that change.

use std::collections::BTreeMap;

use sea_orm::{DbBackend, FromQueryResult, Statement};
use serde_json::Value;

use super::{
    checks,
    files::{DataSet, Row},
    import::has_text,
    report::{Changed, ValidationReport},
    tables::{Table, tables},
};
use database::{DbError, Session};

#[derive(FromQueryResult)]
struct Stored {
    file: String,
    fact: Value,
    body: Option<String>,
    /// Whether it is known at the moment of the transaction, and not only before people changed it.
    is_known: bool,
    /// Whether the import brought it in.
    is_imported: bool,
}

/// The validation report of what is known at the moment of a transaction, read in one statement.
pub async fn stored_report(session: &Session) -> Result<ValidationReport, DbError> {
    let read: Vec<&Table> = tables()
        .filter(|table| checks::READ.contains(&table.file))
        .collect();
    let selects: Vec<String> = read.iter().map(|table| select(table)).collect();
    let sql = selects.join(" union all ") + " order by 1, 2";
    let stored = Stored::find_by_statement(Statement::from_string(DbBackend::Postgres, sql))
        .all(session)
        .await
        .map_err(DbError::doing("reading the data set back"))?;
    let (mut known, mut imported) = (BTreeMap::new(), BTreeMap::new());
    let mut changed = Vec::new();
    for row in stored {
        let Some(table) = read.iter().find(|table| table.file == row.file) else {
            continue;
        };
        let (is_known, is_imported) = (row.is_known, row.is_imported);
        let Some(row) = row_of(row) else {
            continue;
        };
        if is_known != is_imported {
            changed.push(Changed {
                file: table.file,
                row: row.clone(),
                is_new: is_known,
            });
        }
        let keep = |files: &mut BTreeMap<&'static str, Vec<Row>>, fits: bool| {
            if fits {
                files.entry(table.file).or_default().push(row.clone());
            }
        };
        keep(&mut known, is_known);
        keep(&mut imported, is_imported);
    }
    let report = ValidationReport::of(&DataSet::of(known));
    if changed.is_empty() {
        return Ok(report);
    }
    let before = ValidationReport::of(&DataSet::of(imported));
    Ok(report.explained(&before, &changed))
}

/// The query of one table: what is known of it, and what the import brought in before somebody else
/// changed it. The names come from `tables()`, never from a client.
fn select(table: &Table) -> String {
    let (body, join) = if has_text(table) {
        (
            "t.body",
            "left join free_text t on t.id = k.explanation_text",
        )
    } else {
        ("null::text", "")
    };
    format!(
        "select '{file}' as file, to_jsonb(k) as fact, {body} as body, true as is_known,
            l.actor_role = 'SYSTEM' as is_imported
         from known.{name} k join ledger l on l.number = k.ledger_no {join}
         union all
         select '{file}', to_jsonb(k), {body}, false, true
         from fact.{name} k join ledger l on l.number = k.ledger_no {join}
         where l.actor_role = 'SYSTEM' and not k.withdrawn and exists (
            select from fact.{name} c join ledger cl on cl.number = c.ledger_no
            where c.corrects = k.id and cl.actor_role <> 'SYSTEM'
              and c.ledger_no <= current_setting('app.ledger_no')::bigint)",
        file = table.file,
        name = table.table,
    )
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
