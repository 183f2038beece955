//! Which source documents are known, and how one gets in.

use chrono::NaiveDate;
use entity::source_document;
use sea_orm::{EntityTrait as _, FromQueryResult, Value};

use database::{DbError, Session};
use domain::policy::MayRegisterSource;
use ledger::{EntryDraft, Writer, fact};

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

/// Whether something came with the data set, whoever changed it since.
pub(super) async fn is_of_data_set(
    session: &Session,
    subject_kind: &str,
    subject_key: &str,
) -> Result<bool, DbError> {
    let row: Option<Found> = session
        .row(
            "looking for what came with the data set",
            "select exists (select from ledger
                where subject_kind = $1 and subject_key = $2 and actor_role = 'SYSTEM') as found",
            [Value::from(subject_kind), Value::from(subject_key)],
        )
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

/// A document to register.
#[derive(Debug, Clone)]
pub(super) struct NewDocument {
    pub(super) key: String,
    pub(super) kind: &'static str,
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) dated_on: Option<NaiveDate>,
    pub(super) date_text: String,
    pub(super) reference: Option<String>,
}

/// Registers a source document.
pub(super) async fn append_document(
    writer: &mut Writer,
    _permit: &MayRegisterSource,
    new: NewDocument,
) -> Result<(), DbError> {
    let head = writer.open_entry(EntryDraft::public(
        "sourceDocument.registered",
        "SourceDocument",
        new.key.clone(),
    ));
    let row = fact!(source_document, head, {
        key: new.key,
        kind: new.kind.to_owned(),
        title_nl: new.title_nl,
        title_en: new.title_en,
        dated_on: new.dated_on,
        date_text: new.date_text,
        reference: new.reference,
        file: None,
    });
    source_document::Entity::insert(row)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("registering a source document"))?;
    Ok(())
}
