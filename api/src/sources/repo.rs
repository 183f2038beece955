//! Which source documents are known.

use sea_orm::{FromQueryResult, Value};

use crate::db::{DbError, Session};

#[derive(FromQueryResult)]
struct Found {
    found: bool,
}

/// Whether a source document of this key is known.
pub(super) async fn document_exists(session: &Session, key: &str) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for a source document",
            "select exists (select from known.source_document where key = $1) as found",
            [Value::from(key)],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}
