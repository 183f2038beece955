//! Redaction: a text that the law wants gone is blanked wherever it was copied to, while every hash
//! still holds. The files of publications that told it are written anew without it.
//!
//! The auditor finds and the owner blanks: the owner sees facts in that transaction only, and the
//! auditor changes nothing. The entry that says so, with its reason, is one of the ledger like any
//! other. What stays is the digest of the text, under a nonce: it tells nobody what stood there.
//! Words in columns of facts, such as titles, notes and causes, are blanked in their place: how the
//! ledger stays proven then stands in `ledger::blank`, and which columns those are in
//! `ledger::prose`. What is no prose stays: keys, codes, days, figures, the names of municipalities
//! and areas, and the place in a source, which the hash of the entry itself holds.

mod find;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::redaction;
use sea_orm::{ConnectionTrait as _, FromQueryResult, Value, prelude::Uuid};

use crate::publication;
use database::{Database, DbError};
use domain::{actor::Actor, ledger::sentences::kinds, personal_data::personal_data};
use ledger::{
    EntryDraft, Head, Part, REDACTION, TextKind, Writer, blank::Place, canonical::Hash, fact,
};

pub use find::{copies, find_texts};

/// A text as it stands in the ledger: a free text, or words in a column of a fact.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Text {
    /// Its id; of words in a fact that of the row.
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
    /// The table of facts in whose column the words stand; none of a free text.
    pub fact_table: Option<String>,
    part: String,
    municipality: Option<String>,
    period: Option<String>,
}

/// Which texts to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// The text of an id, or those of a row of facts, or the one in a column of it.
    Id(Uuid, Option<String>),
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
    #[error(
        "the reason must say why in 1 to 500 characters, without BSN, e-mail address or \
         [geschrapt]"
    )]
    Reason,
    /// Somebody copied or blanked the text between finding and blanking.
    #[error("the text was copied or blanked in the meantime; nothing was changed, run it again")]
    Meanwhile,
    /// Somebody changed the facts in which the words stand behind the service's back.
    #[error(
        "the facts of entry {0} are not those of its digest, as stm verify tells; nothing was \
         changed"
    )]
    Changed(i64),
    /// The entry is of a kind that this version does not know.
    #[error("the kind {0} is not one that this version knows; nothing was changed")]
    UnknownKind(String),
    /// The database failed.
    #[error("the text could not be redacted; nothing was changed")]
    Db(#[from] DbError),
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
    writer.begin_redaction().await?;
    let entries = match blank_all(&mut writer, copies, reason).await {
        Ok(entries) => entries,
        Err(error) => {
            writer.abandon().await?;
            return Err(error);
        }
    };
    if !find::copies(writer.session(), &body).await?.is_empty() {
        writer.abandon().await?;
        return Err(RedactError::Meanwhile);
    }
    forget(&writer, &body).await?;
    writer.commit().await?;
    sweep(owner, copies).await?;
    Ok(entries)
}

/// A text that was blanked, by which entry, and the id of the digest of words of a fact.
struct Blanked<'a> {
    head: Head,
    text: &'a Text,
    words: Option<Uuid>,
}

/// Blanks texts, says so in the ledger, and writes publications that told them anew; gives the
/// numbers of the entries.
async fn blank_all(
    writer: &mut Writer,
    copies: &[Text],
    reason: &str,
) -> Result<Vec<i64>, RedactError> {
    prove(writer, copies).await?;
    let ids: Vec<Uuid> = copies.iter().map(|text| text.id).collect();
    let shown = publication::redaction::affected_by(writer.session(), &ids).await?;
    let mut things: BTreeMap<(&str, &str), Vec<&Text>> = BTreeMap::new();
    for text in copies {
        let thing = (text.subject_kind.as_str(), text.subject_key.as_str());
        things.entry(thing).or_default().push(text);
    }
    let (mut entries, mut blanked) = (Vec::new(), Vec::new());
    for texts in things.into_values() {
        let head = writer.open_entry(draft(texts[0])?);
        entries.push(head.number);
        for text in texts {
            blanked.push(blank(writer, text, &head).await?);
        }
    }
    let left = what_is_left(writer, copies).await?;
    let mut rows: Vec<_> = blanked.iter().map(|one| row(one, reason, &left)).collect();
    for publication in &shown {
        let head = publication::redaction::write_anew(writer, publication).await?;
        entries.push(head.number);
        rows.extend(publication.files.iter().map(|file| {
            fact!(redaction, head.clone(), {
                withdrawn: false,
                text_id: file.body_text,
                field: file.format.to_lowercase(),
                reason: reason.to_owned(),
                fact_table: None,
                fact_id: None,
                words_text: None,
                entry_no: None,
                entry_digest: None,
            })
        }));
    }
    writer.append("recording a redaction", rows).await?;
    Ok(entries)
}

/// The entries in whose facts words stand that are to go.
fn entries_of(copies: &[Text]) -> BTreeSet<i64> {
    let of_facts = copies.iter().filter(|text| text.fact_table.is_some());
    of_facts.map(|text| text.entry).collect()
}

/// Refuses what somebody changed already: the digest of what is left would hide it.
async fn prove(writer: &Writer, copies: &[Text]) -> Result<(), RedactError> {
    for entry in entries_of(copies) {
        if !writer.proof(entry).await?.is_whole() {
            return Err(RedactError::Changed(entry));
        }
    }
    Ok(())
}

/// The digests of the entries in whose facts words stood.
async fn what_is_left(writer: &Writer, copies: &[Text]) -> Result<HashMap<i64, Hash>, DbError> {
    let mut left = HashMap::new();
    for entry in entries_of(copies) {
        left.insert(entry, writer.proof(entry).await?.computed);
    }
    Ok(left)
}

/// What the ledger keeps of a text that was blanked.
fn row(one: &Blanked<'_>, reason: &str, left: &HashMap<i64, Hash>) -> redaction::ActiveModel {
    let Blanked { head, text, words } = one;
    fact!(redaction, head.clone(), {
        withdrawn: false,
        text_id: words.unwrap_or(text.id),
        field: text.field.clone(),
        reason: reason.to_owned(),
        fact_table: text.fact_table.clone(),
        fact_id: words.map(|_| text.id),
        words_text: *words,
        entry_no: words.map(|_| text.entry),
        entry_digest: words.and_then(|_| left.get(&text.entry)).map(|digest| digest.to_vec()),
    })
}

/// Blanks a text that still is as it was found.
async fn blank<'a>(
    writer: &mut Writer,
    text: &'a Text,
    head: &Head,
) -> Result<Blanked<'a>, RedactError> {
    let body = text.body.clone().ok_or(RedactError::Meanwhile)?;
    let (is_blanked, words) = match &text.fact_table {
        Some(table) => {
            let column = &text.field;
            let place = Place {
                table,
                row: text.id,
                column,
            };
            let is_blanked = writer.blank(place, &body).await?;
            let digest = [(head.number, body)];
            let digests = writer.texts(TextKind::Redacted, &digest).await?;
            (is_blanked, digests.first().copied())
        }
        None => (blank_text(writer, text, head.number).await?, None),
    };
    let head = head.clone();
    let blanked = Blanked { head, text, words };
    is_blanked.then_some(blanked).ok_or(RedactError::Meanwhile)
}

/// Blanks a free text; false when it no longer is as it was found.
async fn blank_text(writer: &Writer, text: &Text, entry: i64) -> Result<bool, DbError> {
    let values = [
        Value::from(text.id),
        Value::from(entry),
        Value::from(text.body.clone()),
    ];
    let changed = writer
        .session()
        .change(
            "blanking a text",
            "update free_text set body = null, redacted_by = $2 where id = $1 and body = $3",
            values,
        )
        .await?;
    Ok(changed == 1)
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

/// Postgres keeps what a row was until it is swept, and frequent values in its statistics until
/// they are gathered anew.
async fn sweep(owner: &Database, copies: &[Text]) -> Result<(), DbError> {
    let tables: BTreeSet<&str> = copies
        .iter()
        .filter_map(|text| text.fact_table.as_deref())
        .collect();
    let tables: String = tables
        .into_iter()
        .map(|table| format!(", fact.{table}"))
        .collect();
    let sql = format!("vacuum (analyze) free_text, search_document, work.draft_answer{tables}");
    owner
        .pool()
        .execute_unprepared(&sql)
        .await
        .map_err(DbError::doing("sweeping"))?;
    Ok(())
}
