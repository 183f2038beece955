//! Imports: one transaction, one ledger entry per thing that is new, changed or gone, nothing for
//! the rest.
//!
//! A row is the same row when its key (and, where rows are dated, its first day) is. A changed row
//! corrects the known one; a row that the files no longer hold is withdrawn, but only when the
//! import itself brought it in.

use std::collections::BTreeMap;

use sea_orm::{FromQueryResult, Value as Bind};
use serde_json::{Map, Value};

use super::{
    files::{DataSet, Row},
    gone::Gone,
    report::ValidationReport,
    rule_set,
    tables::{Kind, Table, tables},
};
use database::{Database, DatabaseKind, DbError, ids};
use domain::actor::Actor;
use ledger::{
    EntryDraft, TextKind, Writer,
    judge::{Concerned, Judged, judge_anew},
};

/// Rows that one insert carries.
const BATCH: usize = 2000;
/// The columns that say which row it is and not what it says.
const IDENTITY: [&str; 5] = ["id", "ledger_no", "subject_key", "corrects", "withdrawn"];

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Rows that are new.
    pub added: usize,
    /// Rows that take the place of known ones.
    pub corrected: usize,
    /// Rows that the files no longer hold.
    pub withdrawn: usize,
    /// What judging anew led to.
    pub judged: Judged,
    /// Publications beside which it was noted that the rules of today tell their figures otherwise,
    /// by key.
    pub noted: Vec<String>,
    /// The last ledger number.
    pub ledger: i64,
}

/// Why an import changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A figure differs from the published one and nobody knows why.
    #[error("the validation report has unexpected differences; nothing was changed")]
    Unexpected(Box<ValidationReport>),
    /// The database is of the other kind, for ever.
    #[error("{0}; nothing was changed")]
    OtherKind(&'static str),
    /// The database failed.
    #[error("the import failed; nothing was changed")]
    Db(#[from] DbError),
}

#[derive(FromQueryResult)]
struct Known {
    row: Value,
    /// Its free text; none of a row without one, and of one whose text was blanked by law.
    body: Option<String>,
    imported: bool,
}

/// A row to append.
struct Append<'a> {
    operation: &'static str,
    subject_key: &'a str,
    values: Map<String, Value>,
    free_text: Option<&'a str>,
}

/// Checks the data set and appends what is new, everything or nothing.
///
/// # Errors
/// When the validation report has an unexpected difference, or the database fails.
pub async fn import(
    db: &Database,
    set: &DataSet,
) -> Result<(Imported, ValidationReport), ImportError> {
    import_as(db, set, DatabaseKind::Real).await
}

/// Imports into a database of a kind; who brings in its first fact says which it is, for ever.
pub(crate) async fn import_as(
    db: &Database,
    set: &DataSet,
    kind: DatabaseKind,
) -> Result<(Imported, ValidationReport), ImportError> {
    let report = ValidationReport::of(set);
    if report.has_unexpected() {
        return Err(ImportError::Unexpected(Box::new(report)));
    }
    let session = db.write(&Actor::system()).await?;
    let mut writer = Writer::lock(session).await?;
    let is_ours = writer.session().claim(kind).await?;
    match kind {
        DatabaseKind::Real if is_ours => {}
        DatabaseKind::Real => {
            return Err(ImportError::OtherKind(
                "this is a DEMO database, in which nothing real is kept",
            ));
        }
        DatabaseKind::Demo if is_ours && writer.head() == 0 => {}
        DatabaseKind::Demo => {
            return Err(ImportError::OtherKind(
                "a demo wants an empty database: another one, or another STM_DATA_DIR",
            ));
        }
    }
    let mut done = Imported {
        added: 0,
        corrected: 0,
        withdrawn: 0,
        judged: Judged::default(),
        noted: Vec::new(),
        ledger: 0,
    };
    let gone = Gone::read(writer.session(), set).await?;
    for table in tables() {
        let known = known(&writer, table).await?;
        let rows: Vec<Row> = set
            .rows(table.file)
            .iter()
            .map(|row| gone.blank(table, dated(set, table, row)))
            .collect();
        let appends = compare(&rows, &known, &mut done);
        append(&mut writer, table, appends).await?;
    }
    rule_set::replace(&mut writer).await?;
    done.judged = judge_anew(&mut writer, &Concerned::everyone()).await?;
    done.noted = rule_set::note_publications(&mut writer).await?;
    done.ledger = writer.commit().await?;
    Ok((done, report))
}

/// A status counts from the end of its round's interval: the round prints no date.
fn dated(set: &DataSet, table: &Table, row: &Row) -> Row {
    let mut row = row.clone();
    let of_round = |round: &str| {
        set.rows("monitoring_rounds.csv")
            .iter()
            .find(|candidate| candidate.subject_key == round)
            .map(|candidate| candidate.text("date_latest").to_owned())
    };
    if table.table == "status_report"
        && let Some(day) = of_round(row.text("round"))
    {
        row.values.insert("valid_from".to_owned(), Value::from(day));
    }
    row
}

fn identity(subject_key: &str, values: &Map<String, Value>) -> String {
    let from = values
        .get("valid_from")
        .and_then(Value::as_str)
        .unwrap_or_default();
    format!("{subject_key}@{from}")
}

/// The rows that are known, and those that a person has taken away or given other days: they do not
/// come back.
async fn known(writer: &Writer, table: &Table) -> Result<BTreeMap<String, Known>, DbError> {
    let (body, join) = if has_text(table) {
        (
            "t.body",
            "left join free_text t on t.id = k.explanation_text",
        )
    } else {
        ("null::text", "")
    };
    // The names come from `tables()`, never from a file.
    let sql = format!(
        "select to_jsonb(k) as row, {body} as body,
            l.actor_role = 'SYSTEM' and l.operation like 'data.%' as imported
         from known.{name} k join ledger l on l.number = k.ledger_no {join}
         union all
         select to_jsonb(f), null, false
         from fact.{name} f join fact.{name} c on c.corrects = f.id
         join ledger l on l.number = c.ledger_no
         where l.actor_role <> 'SYSTEM'",
        name = table.table
    );
    let rows = Known::find_by_statement(sea_orm::Statement::from_string(
        sea_orm::DbBackend::Postgres,
        sql,
    ))
    .all(writer.session())
    .await
    .map_err(DbError::doing("reading what is known"))?;
    Ok(rows
        .into_iter()
        .filter_map(|known| {
            let row = known.row.as_object()?;
            let key = identity(row.get("subject_key")?.as_str()?, row);
            Some((key, known))
        })
        .collect())
}

pub(super) fn has_text(table: &Table) -> bool {
    table
        .columns
        .iter()
        .any(|column| column.kind == Kind::FreeText)
}

/// What a row says: no identity, no nulls, the text in the place of its id.
fn content(row: &Map<String, Value>, body: Option<&str>) -> BTreeMap<String, Value> {
    let mut content: BTreeMap<String, Value> = row
        .iter()
        .filter(|(name, value)| !IDENTITY.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    content.remove("explanation_text");
    if let Some(body) = body {
        content.insert("explanation_text".to_owned(), Value::from(body));
    }
    content
}

fn compare<'a>(
    rows: &'a [Row],
    known: &'a BTreeMap<String, Known>,
    done: &mut Imported,
) -> Vec<Append<'a>> {
    let mut appends = Vec::new();
    let mut gone: BTreeMap<&str, &Known> = known
        .iter()
        .filter(|(_, row)| row.imported)
        .map(|(key, row)| (key.as_str(), row))
        .collect();
    for row in rows {
        let key = identity(&row.subject_key, &row.values);
        gone.remove(key.as_str());
        let mut values = row.values.clone();
        let operation = match known.get(&key) {
            None => {
                done.added += 1;
                "data.imported"
            }
            Some(before) => {
                if !before.imported {
                    continue; // a person has brought it in, and knows better
                }
                let empty = Map::new();
                let before_row = before.row.as_object().unwrap_or(&empty);
                let in_file = row.free_text.as_deref();
                if content(before_row, before.body.as_deref()) == content(&values, in_file) {
                    continue;
                }
                done.corrected += 1;
                values.insert(
                    "corrects".to_owned(),
                    before_row.get("id").cloned().unwrap_or_default(),
                );
                "data.corrected"
            }
        };
        appends.push(Append {
            operation,
            subject_key: &row.subject_key,
            values,
            free_text: row.free_text.as_deref(),
        });
    }
    for row in gone.into_values().filter_map(|known| known.row.as_object()) {
        done.withdrawn += 1;
        appends.push(withdrawal(row));
    }
    appends
}

/// That a row is no longer in its file.
fn withdrawal(row: &Map<String, Value>) -> Append<'_> {
    let mut values: Map<String, Value> = row
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    values.insert(
        "corrects".to_owned(),
        row.get("id").cloned().unwrap_or_default(),
    );
    values.insert("withdrawn".to_owned(), Value::from(true));
    Append {
        operation: "data.withdrawn",
        subject_key: row
            .get("subject_key")
            .and_then(Value::as_str)
            .unwrap_or_default(),
        values,
        free_text: None,
    }
}

async fn append(
    writer: &mut Writer,
    table: &Table,
    appends: Vec<Append<'_>>,
) -> Result<(), DbError> {
    if appends.is_empty() {
        return Ok(());
    }
    let mut texts = Vec::new();
    let mut rows = Vec::new();
    for append in appends {
        let text = |name| {
            append
                .values
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let source = text("source_document").zip(text("source_lines"));
        let number = writer.entry(EntryDraft {
            source,
            ..EntryDraft::public(
                append.operation,
                table.subject_kind,
                append.subject_key.to_owned(),
            )
        });
        if let Some(text) = append.free_text {
            texts.push((rows.len(), number, text.to_owned()));
        }
        let mut row = append.values;
        row.insert("id".to_owned(), Value::from(ids::row_id().to_string()));
        row.insert("ledger_no".to_owned(), Value::from(number));
        row.insert("subject_key".to_owned(), Value::from(append.subject_key));
        row.entry("withdrawn").or_insert(Value::from(false));
        rows.push(row);
    }
    let bodies: Vec<(i64, String)> = texts
        .iter()
        .map(|(_, number, body)| (*number, body.clone()))
        .collect();
    let ids = writer.texts(TextKind::Public, &bodies).await?;
    for ((row, _, _), id) in texts.iter().zip(ids) {
        rows[*row].insert("explanation_text".to_owned(), Value::from(id.to_string()));
    }
    insert(writer, table, &rows).await
}

async fn insert(
    writer: &Writer,
    table: &Table,
    rows: &[Map<String, Value>],
) -> Result<(), DbError> {
    // The name comes from `tables()`, never from a file.
    let sql = format!(
        "insert into known.{0} select * from jsonb_populate_recordset(null::fact.{0}, $1)",
        table.table
    );
    for batch in rows.chunks(BATCH) {
        let batch = Value::from(batch.iter().cloned().map(Value::Object).collect::<Vec<_>>());
        let statement = sea_orm::Statement::from_sql_and_values(
            sea_orm::DbBackend::Postgres,
            &sql,
            [Bind::from(batch)],
        );
        sea_orm::ConnectionTrait::execute_raw(writer.session(), statement)
            .await
            .map_err(DbError::doing("appending the data set"))?;
    }
    Ok(())
}
