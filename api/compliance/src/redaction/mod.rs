//! Redaction: a text that the law wants gone is blanked wherever it was copied to, while every hash
//! still holds. The files of publications that told it are written anew without it.
//!
//! The auditor finds and the owner blanks: the owner sees no facts, and the auditor changes
//! nothing. The entry that says so, with its reason, is one of the ledger like any other. What
//! stays is the digest of the text, under a nonce: it tells nobody what stood there. Columns of
//! facts other than free texts cannot be blanked, because the digests hold them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::redaction;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, EntityTrait as _, FromQueryResult,
    Statement, Value, prelude::Uuid,
};

use crate::publication;
use database::{Database, DbError};
use domain::{actor::Actor, ledger::sentences::kinds, personal_data::personal_data};
use ledger::{EntryDraft, Part, REDACTION, Writer, fact};

/// A free text as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Text {
    /// Its id.
    pub id: Uuid,
    /// The entry that it came in with.
    pub entry: i64,
    /// When that was.
    pub recorded_at: DateTime<Utc>,
    /// The kind of thing that it tells of, as in `StatusReport`.
    pub subject_kind: String,
    /// The key of that thing.
    pub subject_key: String,
    /// Where it stands there: the criterion that it explains, or the column, as in `explanation`.
    pub field: String,
    /// The text; none when it is blanked already.
    pub body: Option<String>,
    part: String,
    municipality: Option<String>,
    period: Option<String>,
}

/// Which texts to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// The text of an id.
    Id(Uuid),
    /// All texts of a thing, by kind and key, or those in one place of it.
    Of {
        /// The kind, as in `Assessment`.
        kind: String,
        /// The key, as in `GM0402/2026-2`.
        key: String,
        /// The criterion or the column; any when absent.
        field: Option<String>,
    },
}

/// Why nothing was blanked.
#[derive(Debug, thiserror::Error)]
pub enum RedactError {
    /// The reason is empty, or holds itself what should go.
    #[error("the reason must say why in 1 to 500 characters, without BSN or e-mail address")]
    Reason,
    /// Somebody copied or blanked the text between finding and blanking.
    #[error("the text was copied or blanked in the meantime; nothing was changed, run it again")]
    Meanwhile,
    /// The entry is of a kind that this version does not know.
    #[error("the kind {0} is not one that this version knows; nothing was changed")]
    UnknownKind(String),
    /// The database failed.
    #[error("the text could not be redacted; nothing was changed")]
    Db(#[from] DbError),
}

/// The texts that are sought, in the order of their entries.
///
/// # Errors
/// When the database fails.
pub async fn find_texts(
    auditor: &DatabaseConnection,
    sought: &Sought,
) -> Result<Vec<Text>, DbError> {
    match sought {
        Sought::Id(id) => texts(auditor, "t.id = $1", [Value::from(*id)]).await,
        Sought::Of { kind, key, field } => {
            let values = [Value::from(kind.clone()), Value::from(key.clone())];
            let mut found = texts(
                auditor,
                "l.subject_kind = $1 and l.subject_key = $2",
                values,
            )
            .await?;
            found.retain(|text| field.as_ref().is_none_or(|field| *field == text.field));
            Ok(found)
        }
    }
}

/// A text and every copy of it: the same words, whatever they explain.
///
/// # Errors
/// When the database fails.
pub async fn copies(auditor: &DatabaseConnection, body: &str) -> Result<Vec<Text>, DbError> {
    texts(auditor, "t.body = $1", [Value::from(body)]).await
}

async fn texts(
    auditor: &DatabaseConnection,
    condition: &'static str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Text>, DbError> {
    let sql = format!(
        r"select t.id, t.ledger_no as entry, l.recorded_at, l.subject_kind, l.subject_key,
             l.part, l.municipality, l.period,
            t.body, coalesce((
                select coalesce(f.fact ->> 'criterion', regexp_replace(c.key, '_text$', ''))
                from facts_between(t.ledger_no, t.ledger_no) f, jsonb_each_text(f.fact) c
                where c.value = t.id::text and c.key like '%\_text' limit 1), 'text') as field
         from free_text t join ledger l on l.number = t.ledger_no
         where {condition} order by t.ledger_no, 9, t.id"
    );
    Text::find_by_statement(Statement::from_sql_and_values(
        DbBackend::Postgres,
        sql,
        values,
    ))
    .all(auditor)
    .await
    .map_err(DbError::doing("looking for texts"))
}

/// Blanks a text and its copies, which say the same, and appends an entry for each thing that they
/// stood in; gives the numbers of the entries. Search and drafts forget the text as well.
///
/// # Errors
/// When the reason does not do, when a copy was made meanwhile, or when the database fails: then
/// nothing is blanked.
pub async fn redact(
    owner: &Database,
    copies: &[Text],
    reason: &str,
) -> Result<Vec<i64>, RedactError> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 500 || personal_data(reason).is_some() {
        return Err(RedactError::Reason);
    }
    let Some(body) = copies.first().and_then(|text| text.body.clone()) else {
        return Err(RedactError::Meanwhile);
    };
    let mut writer = Writer::lock(owner.write(&Actor::system()).await?).await?;
    let shown = publication::redaction::affected_by(writer.session(), &ids(copies)).await?;
    let mut things: BTreeMap<(&str, &str), Vec<&Text>> = BTreeMap::new();
    for text in copies {
        let thing = (text.subject_kind.as_str(), text.subject_key.as_str());
        things.entry(thing).or_default().push(text);
    }
    let (mut entries, mut rows, mut blanked) = (Vec::new(), Vec::new(), 0);
    for texts in things.into_values() {
        let head = writer.open_entry(draft(texts[0])?);
        entries.push(head.number);
        for text in texts {
            blanked += blank(&writer, text, head.number).await?;
            rows.push(fact!(redaction, head.clone(), {
                withdrawn: false,
                text_id: text.id,
                field: text.field.clone(),
                reason: reason.to_owned(),
            }));
        }
    }
    if usize::try_from(blanked).ok() != Some(copies.len()) || is_left(&writer, &body).await? {
        writer.abandon().await?;
        return Err(RedactError::Meanwhile);
    }
    for publication in &shown {
        let head = publication::redaction::write_anew(&mut writer, publication).await?;
        entries.push(head.number);
        rows.extend(publication.files.iter().map(|file| {
            fact!(redaction, head.clone(), {
                withdrawn: false,
                text_id: file.body_text,
                field: file.format.to_lowercase(),
                reason: reason.to_owned(),
            })
        }));
    }
    redaction::Entity::insert_many(rows)
        .exec_without_returning(writer.session())
        .await
        .map_err(DbError::doing("recording a redaction"))?;
    forget(&writer, &body).await?;
    writer.commit().await?;
    sweep(owner).await?;
    Ok(entries)
}

fn ids(texts: &[Text]) -> Vec<Uuid> {
    texts.iter().map(|text| text.id).collect()
}

/// Blanks a text that still is as it was found; gives 1, or 0 when it no longer is.
async fn blank(writer: &Writer, text: &Text, entry: i64) -> Result<u64, DbError> {
    let values = [
        Value::from(text.id),
        Value::from(entry),
        Value::from(text.body.clone()),
    ];
    writer
        .session()
        .change(
            "blanking a text",
            "update free_text set body = null, redacted_by = $2 where id = $1 and body = $3",
            values,
        )
        .await
}

fn draft(text: &Text) -> Result<EntryDraft, RedactError> {
    let kind = kinds()
        .find(|kind| *kind == text.subject_kind)
        .ok_or_else(|| RedactError::UnknownKind(text.subject_kind.clone()))?;
    Ok(EntryDraft {
        operation: REDACTION,
        subject_kind: kind,
        subject_key: text.subject_key.clone(),
        source: None,
        part: Part::of_code(&text.part),
        own: text.municipality.clone().zip(text.period.clone()),
    })
}

#[derive(FromQueryResult)]
struct Left {
    left: bool,
}

async fn is_left(writer: &Writer, body: &str) -> Result<bool, DbError> {
    let row: Option<Left> = writer
        .session()
        .row(
            "looking for copies",
            "select exists (select from free_text where body = $1) as left",
            [Value::from(body)],
        )
        .await?;
    Ok(row.is_none_or(|row| row.left))
}

/// Takes the text out of what was derived from it.
async fn forget(writer: &Writer, body: &str) -> Result<(), DbError> {
    for (doing, sql) in [
        ("taking a text out of search", "select redact_in_search($1)"),
        (
            "taking a text out of drafts",
            "update work.draft_answer set explanation = null where explanation = $1",
        ),
        (
            "taking evidence out of drafts",
            "update work.draft_answer d set evidence = coalesce((
                select jsonb_agg(e) from jsonb_array_elements(d.evidence) e
                where not exists (select from jsonb_each_text(e) t where t.value = $1)), '[]')
             where exists (
                select from jsonb_array_elements(d.evidence) e, jsonb_each_text(e) t
                    where t.value = $1)",
        ),
    ] {
        writer
            .session()
            .change(doing, sql, [Value::from(body)])
            .await?;
    }
    Ok(())
}

/// Postgres keeps what a row was until it is swept.
async fn sweep(owner: &Database) -> Result<(), DbError> {
    owner
        .pool()
        .execute_unprepared("vacuum free_text, search_document, work.draft_answer")
        .await
        .map_err(DbError::doing("sweeping"))?;
    Ok(())
}
