//! Publications after a redaction: files that told a response which the law wants gone are written
//! anew without it.
//!
//! The old bytes are blanked and the new ones take their place, with another checksum; the
//! manifest, the figures and the instant of release stay. What the publication was before is never
//! told again, at no moment.

use entity::publication_file;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _, Value,
    prelude::Uuid,
};

use super::{append, files, release, repo};
use database::{DbError, Session};
use domain::policy;
use ledger::{Head, Writer};

/// A publication whose files tell a text.
pub(crate) struct AffectedPublication {
    row: repo::Row,
    /// The files as they are now.
    pub files: Vec<publication_file::Model>,
}

#[derive(FromQueryResult)]
struct Key {
    publication: String,
}

/// The publications with files that tell one of these texts: as a response, as an explanation, as
/// why they are incomplete, or as words in their own lines.
pub(crate) async fn affected_by(
    session: &Session,
    texts: &[Uuid],
) -> Result<Vec<AffectedPublication>, DbError> {
    let keys: Vec<Key> = session
        .rows(
            "looking for publications that tell a text",
            "select publication from known.publication_response where response_text = any ($1)
             union
             select key from known.publication where incomplete_text = any ($1)
             union
             select c.publication from known.publication_content c,
                 jsonb_array_elements(c.lines) line
             where (line ->> 'explanation_text')::uuid = any ($1)
             union
             select publication from fact.publication_content where id = any ($1)
             order by 1",
            [Value::from(texts.to_vec())],
        )
        .await?;
    let scope = policy::publications(session.mandate());
    let mut found = Vec::new();
    for Key { publication } in keys {
        let files = publication_file::Entity::find()
            .filter(publication_file::Column::Publication.eq(&publication))
            .all(session)
            .await
            .map_err(DbError::doing("reading the files of a publication"))?;
        if files.is_empty() {
            continue;
        }
        // Files of which nothing else is found would keep the text, so that is no case to pass
        // over.
        let row = repo::find(session, &scope, &publication)
            .await?
            .ok_or_else(|| {
                DbError::doing("reading a publication to write anew")(DbErr::RecordNotFound(
                    publication,
                ))
            })?;
        found.push(AffectedPublication { row, files });
    }
    Ok(found)
}

/// Blanks the files and puts in their place what they are without the texts that were blanked
/// before; gives the entry.
pub(crate) async fn write_anew(
    writer: &mut Writer,
    summaries: &AffectedPublication,
) -> Result<Head, DbError> {
    let doing = "writing a publication anew";
    let head = writer.open_entry(append::redacted(&summaries.row));
    let ids: Vec<Uuid> = summaries.files.iter().map(|file| file.body_text).collect();
    writer
        .session()
        .change(
            doing,
            "update free_text set body = null, redacted_by = $2 where id = any ($1)",
            [Value::from(ids), Value::from(head.number)],
        )
        .await?;
    let session = writer.session();
    let lines = release::with_responses(
        repo::lines(session, &summaries.row.key)
            .await?
            .unwrap_or_default(),
        &repo::responses(session, &summaries.row.key).await?,
    );
    let manifest = repo::printed_manifest(session, &summaries.row).await?;
    let files = files::write(&manifest, &lines, session.moment().instant)
        .map_err(|error| DbError::doing(doing)(DbErr::Json(error)))?;
    append::append_files(writer, &head, &summaries.row, &files, &summaries.files).await?;
    Ok(head)
}
