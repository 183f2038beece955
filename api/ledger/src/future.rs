//! Entries that a clock which ran ahead stamped in the future.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use database::DbError;

/// The first entry whose instant has not come yet.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct InTheFuture {
    number: i64,
    recorded_at: DateTime<Utc>,
    head: i64,
    head_at: DateTime<Utc>,
}

impl fmt::Display for InTheFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "entries {} to {} are stamped in the future, from {} to {}: the clock of an instance \
             ran ahead. Set it right, and wait until that instant has passed or restore the backup \
             of before entry {}",
            self.number,
            self.head,
            self.recorded_at.to_rfc3339(),
            self.head_at.to_rfc3339(),
            self.number
        )
    }
}

/// The first entry of a real database that lies in the future, if one does; what a demo invents may
/// lie there.
///
/// # Errors
/// When the database fails.
pub async fn first_in_the_future(
    auditor: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Option<InTheFuture>, DbError> {
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select l.number, l.recorded_at, h.number as head, h.recorded_at as head_at
         from ledger l cross join ledger_head h
         where l.recorded_at > $1::timestamptz + interval '2 seconds'
           and not exists (select from database_kind where kind = 'DEMO')
         order by l.number limit 1",
        [now.into()],
    );
    InTheFuture::find_by_statement(statement)
        .one(auditor)
        .await
        .map_err(DbError::doing("looking for entries in the future"))
}
