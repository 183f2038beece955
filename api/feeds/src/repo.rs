//! Reads pages of the star schema: by key, or by an order of the caller's.
//!
//! A cell comes as text, written by Postgres in the one form that all formats share, so that a
//! number is the same number in CSV, NDJSON and OData.

use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, FromQueryResult, Statement, Value as Bind};
use serde_json::{Value, json};

use super::{
    filter::{Filter, Sql},
    tables::{self, Access, Column, DATABASE, DICTIONARY, Kind, Table},
};
use database::{DbError, Session};
use domain::{
    picture::rules::Verdicts,
    policy,
    verdict::rules::{Basis, VerdictStatus},
};
use ledger::judge::given::{self, Given};

/// A row: the cells that were asked for, and behind them those of the key that were not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Option<String>>,
}

/// Where a page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    /// After the row of this key; at the beginning when it is empty.
    After(Vec<String>),
    /// After this many rows.
    Offset(i64),
}

/// A direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Ascending,
    Descending,
}

/// What is wanted of a table.
#[derive(Debug, Clone)]
pub struct Selection {
    pub(crate) table: &'static Table,
    pub(crate) columns: Vec<&'static Column>,
    /// The rows that the caller reaches, and of these the ones it wants.
    pub(crate) filters: Vec<Filter>,
    /// Only rows that changed after this ledger number.
    pub(crate) since: Option<i64>,
    /// The order; the key comes last.
    pub(crate) order: Vec<(&'static Column, Direction)>,
    pub(crate) start: Start,
    /// The key of the last row that may come; none for no bound.
    pub(crate) until: Option<Vec<String>>,
    pub(crate) limit: i64,
}

impl Selection {
    /// All columns of the rows reached, by key.
    pub fn of(table: &'static Table, reached: Filter, limit: i64) -> Self {
        Self {
            table,
            columns: table.columns.iter().collect(),
            filters: vec![reached],
            since: None,
            order: Vec::new(),
            start: Start::After(Vec::new()),
            until: None,
            limit,
        }
    }

    fn push_from(&self, sql: &mut Sql) {
        sql.push(" from (select v.*, ").push(KIND_OF_DATABASE);
        sql.push(" as \"").push(DATABASE).push("\" from ");
        if self.table.name == DICTIONARY {
            sql.push("jsonb_to_recordset(")
                .bind(tables::dictionary(), "jsonb")
                .push(") as v (");
            let own = self.table.columns.iter();
            let own = own.filter(|column| column.name != DATABASE);
            sql.join(own, ", ", |sql, column| {
                sql.push("\"").push(column.name).push("\" ");
                sql.push(sql_type(column.kind));
            });
            sql.push(")");
        } else {
            sql.push("bi.").push(self.table.name).push(" as v");
        }
        sql.push(") as t");
        sql.push(" where true");
        for filter in &self.filters {
            sql.push(" and ").filter(filter);
        }
        if let Some(since) = self.since {
            sql.push(" and ledger_no > ").bind(since, "bigint");
        }
    }

    /// The columns that are read: those asked for, and of the key the others, because the next page
    /// begins after it.
    fn read(&self) -> Vec<&'static Column> {
        let requested = self.columns.iter().copied();
        let others = self.table.key().filter(|key| !self.asks_for(key));
        requested.chain(others).collect()
    }

    fn asks_for(&self, column: &Column) -> bool {
        self.columns
            .iter()
            .any(|requested| requested.name == column.name)
    }

    /// The values of the key in a row of this selection, each as text.
    ///
    /// # Errors
    /// When one is null: no page can begin after it.
    pub(crate) fn key_of(&self, row: &Row) -> Result<Vec<String>, DbError> {
        let cells: Vec<_> = self.read().into_iter().zip(&row.cells).collect();
        let value = |key: &Column| {
            let (_, cell) = cells.iter().find(|(column, _)| column.name == key.name)?;
            (*cell).clone()
        };
        let values: Option<_> = self.table.key().map(value).collect();
        values.ok_or_else(|| {
            let error = DbErr::Type(format!("a key of {} is null", self.table.name));
            DbError::doing("reading a row of a table")(error)
        })
    }

    /// Only rows whose key is on one side of a key.
    fn beside_key(&self, sql: &mut Sql, operator: &str, key: &[String]) {
        sql.push(" and (");
        sql.join(self.table.key(), ", ", |sql, column| {
            sql.column(column);
        });
        sql.push(")").push(operator).push("(");
        sql.join(self.table.key().zip(key), ", ", |sql, (column, value)| {
            sql.bind(value.clone(), "text")
                .push("::")
                .push(sql_type(column.kind));
        });
        sql.push(")");
    }

    fn page_sql(&self) -> Sql {
        let mut sql = Sql::default();
        sql.push("select ");
        sql.join(self.read(), ", ", push_as_text);
        self.push_from(&mut sql);
        if let Start::After(key) = &self.start
            && !key.is_empty()
        {
            self.beside_key(&mut sql, " > ", key);
        }
        if let Some(key) = &self.until {
            self.beside_key(&mut sql, " <= ", key);
        }
        sql.push(" order by ");
        // OData wants nothing before something.
        sql.join(&self.order, "", |sql, (column, direction)| {
            sql.column(column).push(match direction {
                Direction::Ascending => " nulls first, ",
                Direction::Descending => " desc nulls last, ",
            });
        });
        sql.join(self.table.key(), ", ", |sql, column| {
            sql.column(column);
        });
        sql.push(" limit ").bind(self.limit, "bigint");
        if let Start::Offset(offset) = self.start {
            sql.push(" offset ").bind(offset, "bigint");
        }
        sql
    }
}

/// Whether the database is a demo: one value for all rows. What nobody has brought a fact into is
/// not yet either, and holds calendars and codes, which are real.
const KIND_OF_DATABASE: &str = "coalesce((select kind from database_kind), 'REAL')";

/// The type that Postgres knows a kind by.
fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "bigint",
        Kind::Decimal => "numeric",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::Instant => "timestamptz",
    }
}

/// A column as text, in the form that all formats share.
fn push_as_text(sql: &mut Sql, column: &'static Column) {
    let (before, after) = match column.kind {
        Kind::Text => ("", ""),
        Kind::Integer | Kind::Boolean => ("", "::text"),
        // Without zeros at its end, as JSON libraries write it too.
        Kind::Decimal => ("trim_scale(", ")::text"),
        Kind::Date => ("to_char(", ", 'YYYY-MM-DD')"),
        Kind::Instant => (
            "to_char(",
            " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        ),
    };
    sql.push(before).column(column).push(after);
}

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

/// A page of rows.
pub(crate) async fn page(session: &Session, selection: &Selection) -> Result<Vec<Row>, DbError> {
    let sql = selection.page_sql();
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql.text, sql.values);
    let rows = session
        .query_all_raw(statement)
        .await
        .map_err(DbError::doing("reading a page of a table"))?;
    let width = selection.read().len();
    rows.iter()
        .map(|row| {
            let cells = (0..width).map(|at| row.try_get_by_index(at));
            let cells = cells.collect::<Result<_, DbErr>>()?;
            Ok::<Row, DbErr>(Row { cells })
        })
        .collect::<Result<_, _>>()
        .map_err(DbError::doing("reading a row of a table"))
}

/// How many rows there are, whatever page is asked for.
pub async fn count(session: &Session, selection: &Selection) -> Result<i64, DbError> {
    let mut sql = Sql::default();
    sql.push("select count(*)");
    selection.push_from(&mut sql);
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql.text, sql.values);
    let row = session
        .query_one_raw(statement)
        .await
        .map_err(DbError::doing("counting rows of a table"))?;
    row.map_or(Ok(0), |row| row.try_get_by_index(0))
        .map_err(DbError::doing("counting rows of a table"))
}
