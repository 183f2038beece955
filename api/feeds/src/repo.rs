//! Reads pages of the star schema: by key, or by an order of the caller's.
//!
//! A page comes as one text, written by Postgres in the one form that all formats share, so that a
//! number is the same number in CSV, NDJSON and OData; see `records`.

use sea_orm::{ConnectionTrait as _, DbBackend, FromQueryResult, Statement, Value as Bind};
use serde_json::{Value, json};

use super::{
    records::Records,
    selection::{Row, Selection},
    tables::{Access, Table},
    versions,
};
use database::{DbError, Session};
use domain::{
    picture::rules::Verdicts,
    policy,
    verdict::rules::{Basis, VerdictStatus},
};
use ledger::judge::given::{self, Given};

/// Tells Postgres the totals of what somebody sees no verdict of: the view of totals counts nothing
/// there, and shows what is given as of a Monday.
pub async fn prepare(session: &Session, table: &Table) -> Result<(), DbError> {
    match table.access {
        Access::Totals => match policy::may_read_totals(session.mandate(), Basis::Submitted) {
            Ok(permit) if permit.is_by_monday() => {
                let totals = given::totals(session, &permit, None).await?;
                let rows: Vec<Value> = totals.iter().flat_map(total_rows).collect();
                let rows = Value::from(rows).to_string();
                session.set("app.given_totals", rows).await
            }
            Ok(_) | Err(_) => Ok(()),
        },
        Access::Public | Access::Submissions | Access::Answers(_) | Access::Verdicts => Ok(()),
    }
}

/// What is given of one period, a row per verdict.
fn total_rows(total: &Given) -> impl Iterator<Item = Value> + '_ {
    let statuses = total.municipalities.iter().map(|code| total.verdict(code));
    let verdicts = Verdicts::count(statuses);
    let counts: Vec<(VerdictStatus, i64)> = verdicts.each().collect();
    counts.into_iter().map(move |(status, count)| {
        json!({
            "period_key": total.period, "reference_day": total.reference_day.to_string(),
            "status": status.code(), "municipality_count": count,
            "ledger_no": total.known.unwrap_or_default(),
        })
    })
}

#[derive(FromQueryResult)]
struct Blanked {
    is_blanked: bool,
}

/// Whether words were blanked in a fact after a ledger number. The rows that print them, of any
/// table, bear the numbers of before, so that they are not among those that changed since. A text
/// that stands apart from its fact does not count: its row bears the number by which it was
/// blanked.
pub(crate) async fn words_blanked_after(session: &Session, number: i64) -> Result<bool, DbError> {
    let found: Option<Blanked> = session
        .row(
            "finding whether words were blanked since",
            "select words_blanked_after($1) as is_blanked",
            [Bind::from(number)],
        )
        .await?;
    Ok(found.is_some_and(|found| found.is_blanked))
}

/// A page of rows, as Postgres wrote them.
pub(crate) async fn records(session: &Session, selection: &Selection) -> Result<Records, DbError> {
    const DOING: &str = "reading a page of a table";
    let database = session.kind().code();
    let parts = versions::parts(selection, database);
    let sql = match parts {
        Some(_) => selection.versions_sql(),
        None => selection.page_sql(),
    };
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql.text, sql.values);
    let row = session
        .query_one_raw(statement)
        .await
        .map_err(DbError::doing(DOING))?;
    let text = row.map_or(Ok(String::new()), |row| row.try_get_by_index(0));
    let text = text.map_err(DbError::doing(DOING))?;
    Ok(match parts {
        Some(parts) => Records::by_version(text, parts),
        None => Records::new(text, &selection.read(), database),
    })
}

/// A page of rows, each with cells of its own.
pub(crate) async fn page(session: &Session, selection: &Selection) -> Result<Vec<Row>, DbError> {
    let records = records(session, selection).await?;
    let (mut cursor, mut rows) = (records.cursor(), Vec::new());
    while cursor.advance()? {
        let cells = cursor.cells().iter().cloned();
        let cells = cells.map(|cell| cell.map(std::borrow::Cow::into_owned));
        rows.push(Row {
            cells: cells.collect(),
        });
    }
    Ok(rows)
}

/// How many rows there are, whatever page is asked for.
pub async fn count(session: &Session, selection: &Selection) -> Result<i64, DbError> {
    let sql = selection.count_sql();
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql.text, sql.values);
    let row = session
        .query_one_raw(statement)
        .await
        .map_err(DbError::doing("counting rows of a table"))?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
        .map_err(DbError::doing("counting rows of a table"))
}
