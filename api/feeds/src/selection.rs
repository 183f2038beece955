//! What is wanted of a table, and the statement that reads a page of it.
//!
//! A page is walked: it begins after a key, in the index of which its rows stand, and reads no more
//! of them than it shows. The statement of a table is the same text for pages of every size and
//! place, so Postgres keeps its plan. It would plan for a tenth of the table where the number of
//! rows is a parameter alone, and sort; so the text names a bound beside it.

use sea_orm::DbErr;

use super::{
    filter::{Filter, Sql},
    tables::{self, Column, DATABASE, DICTIONARY, Kind, Refresh, Table},
};
use database::DbError;

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
    /// After the row that has these values in the columns of the order, and this key.
    Behind {
        /// A value of each column of the order.
        ordered: Vec<Option<String>>,
        /// The key.
        key: Vec<String>,
    },
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

    /// The columns that are read: those asked for, and of the key and the order the others, because
    /// the next page begins after them.
    pub(crate) fn read(&self) -> Vec<&'static Column> {
        let mut read = self.columns.clone();
        let ordered = self.order.iter().map(|(column, _)| *column);
        for column in self.table.key().chain(ordered) {
            if !read.iter().any(|other| other.name == column.name) {
                read.push(column);
            }
        }
        read
    }

    /// The values of the key in a row of this selection, each as text.
    ///
    /// # Errors
    /// When one is null: no page can begin after it.
    pub(crate) fn key_of(&self, row: &Row) -> Result<Vec<String>, DbError> {
        self.key_in(&row.cells)
    }

    /// The same in the cells of a row.
    ///
    /// # Errors
    /// When one is null: no page can begin after it.
    pub(crate) fn key_in<S: AsRef<str>>(
        &self,
        cells: &[Option<S>],
    ) -> Result<Vec<String>, DbError> {
        let values: Option<_> = self.table.key().map(|key| self.cell(cells, key)).collect();
        values.ok_or_else(|| {
            let error = DbErr::Type(format!("a key of {} is null", self.table.name));
            DbError::doing("reading a row of a table")(error)
        })
    }

    /// Where the page begins that follows a row.
    ///
    /// # Errors
    /// When a part of its key is null.
    pub(crate) fn start_behind<S: AsRef<str>>(
        &self,
        cells: &[Option<S>],
    ) -> Result<Start, DbError> {
        let key = self.key_in(cells)?;
        if self.order.is_empty() {
            return Ok(Start::After(key));
        }
        let ordered = self.order.iter();
        let ordered = ordered.map(|(column, _)| self.cell(cells, column));
        Ok(Start::Behind {
            ordered: ordered.collect(),
            key,
        })
    }

    fn cell<S: AsRef<str>>(&self, cells: &[Option<S>], of: &Column) -> Option<String> {
        let mut read = self.read().into_iter().zip(cells);
        let (_, cell) = read.find(|(column, _)| column.name == of.name)?;
        cell.as_ref().map(|text| text.as_ref().to_owned())
    }

    /// The columns of the key.
    pub(crate) fn push_key(&self, sql: &mut Sql) {
        sql.join(self.table.key(), ", ", |sql, column| {
            sql.column(column);
        });
    }

    /// What the number of its rows is at most, as its plan knows it.
    pub(crate) fn bound(&self) -> i64 {
        let bound = BOUNDS.into_iter().find(|bound| *bound >= self.limit);
        bound.unwrap_or(i64::MAX)
    }

    /// That the key is on one side of a key.
    pub(crate) fn beside_key(&self, sql: &mut Sql, operator: &str, key: &[String]) {
        sql.push("(");
        self.push_key(sql);
        sql.push(")").push(operator).push("(");
        sql.join(self.table.key().zip(key), ", ", |sql, (column, value)| {
            bind(sql, column, value);
        });
        sql.push(")");
    }

    /// That the first column of the key is no less than that of a key, where the table has no index
    /// of its whole key because its rows are made of many: what they are made of is then read from
    /// there on, and not from the beginning for each page.
    fn bound_first_key(&self, sql: &mut Sql, key: &[String]) {
        if self.table.refresh == Refresh::Incremental || key.len() < 2 {
            return;
        }
        if let Some((column, value)) = self.table.key().zip(key).next() {
            sql.push(" and ").column(column).push(" >= ");
            bind(sql, column, value);
        }
    }

    /// That a row comes behind the one that has these values in the columns of the order, and this
    /// key.
    fn behind(&self, sql: &mut Sql, ordered: &[Option<String>], key: &[String]) {
        for ((column, direction), value) in self.order.iter().zip(ordered) {
            sql.push("(");
            // OData wants nothing before something.
            match (value, direction) {
                (Some(value), Direction::Ascending) => {
                    sql.column(column).push(" > ");
                    bind(sql, column, value);
                }
                (Some(value), Direction::Descending) => {
                    sql.column(column).push(" is null or ");
                    sql.column(column).push(" < ");
                    bind(sql, column, value);
                }
                (None, Direction::Ascending) => {
                    sql.column(column).push(" is not null");
                }
                (None, Direction::Descending) => {
                    sql.push("false");
                }
            }
            sql.push(" or (").column(column);
            match value {
                Some(value) => {
                    sql.push(" = ");
                    bind(sql, column, value);
                }
                None => {
                    sql.push(" is null");
                }
            }
            sql.push(" and ");
        }
        self.beside_key(sql, " > ", key);
        sql.push(&"))".repeat(ordered.len()));
    }

    /// Counts the rows, whatever page is asked for.
    pub(crate) fn count_sql(&self) -> Sql {
        let mut sql = Sql::default();
        sql.push("select count(*)");
        self.push_from(&mut sql);
        sql
    }

    /// Reads the page.
    pub(crate) fn page_sql(&self) -> Sql {
        let mut sql = Sql::default();
        sql.push("select coalesce(string_agg(p::text, ''), '') from (select * from (select ");
        // Of what kind the database is, is known already.
        let read = self.read().into_iter();
        let read = read.filter(|column| column.name != DATABASE);
        sql.join(read, ", ", push_plain);
        self.push_from(&mut sql);
        match &self.start {
            Start::After(key) if !key.is_empty() => {
                sql.push(" and ");
                self.beside_key(&mut sql, " > ", key);
                self.bound_first_key(&mut sql, key);
            }
            Start::Behind { ordered, key } => {
                sql.push(" and ");
                self.behind(&mut sql, ordered, key);
            }
            Start::After(_) | Start::Offset(_) => {}
        }
        if let Some(key) = &self.until {
            sql.push(" and ");
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
        self.push_key(&mut sql);
        sql.push(" limit ").push(&self.bound().to_string());
        if let Start::Offset(offset) = self.start {
            sql.push(" offset ").bind(offset, "bigint");
        }
        sql.push(") q limit ")
            .bind(self.limit, "bigint")
            .push(") p");
        sql
    }
}

/// What the number of rows of a page is at most, as its plan knows it: those of the first page of a
/// feed and of most pages of OData, of its largest, and of the other pages of a feed, each and one
/// more.
const BOUNDS: [i64; 3] = [501, 2_001, 10_001];

/// Binds a value that was read of a column.
fn bind(sql: &mut Sql, column: &Column, value: &str) {
    sql.bind(value.to_owned(), "text")
        .push("::")
        .push(sql_type(column.kind));
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

/// A column under its own name, as Postgres writes it in a row.
fn push_plain(sql: &mut Sql, column: &'static Column) {
    match column.kind {
        // Without zeros at its end, as JSON libraries write it too.
        Kind::Decimal => {
            sql.push("trim_scale(").column(column);
            sql.push(") as \"").push(column.name).push("\"");
        }
        Kind::Text | Kind::Integer | Kind::Boolean | Kind::Date | Kind::Instant => {
            sql.column(column);
        }
    }
}
