//! Export: the whole ledger with its facts, one JSON object a line, so that an auditor proves with
//! tools of their own who changed what.
//!
//! Each line is an entry as its hash covers it, its hash, and its facts as they stand, with the
//! free texts that they refer to: `sha256(nonce, text)` is what the digest holds in place of a
//! text. The last line is the manifest; its hash covers every byte before it.
//!
//! What was blanked by law must not be found out by trying, so no nonce stands there under which a
//! digest holds it: `nonce` is null of a text that is gone, and of an entry in whose facts words
//! were blanked ([`crate::blank`]). A hash of such texts that has no nonce, of a submission or of a
//! file, is null too, with the nonce of its entry. A text that is gone is still bound, by its
//! digest; such an entry by the next one, which names its hash. That hash itself, and the digest of
//! what is left of the entry, which the fact `redaction` of a later one holds, `stm verify` alone
//! computes.

use std::{collections::HashMap, io, ops::RangeInclusive};

use entity::{free_text, ledger as row, ledger_head};
use sea_orm::{
    ColumnTrait as _, DatabaseConnection, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{
    redactions::Guessable,
    verify::{facts_of, snapshot},
    writer::entry_json,
};
use database::DbError;

/// Entries read at a time.
const BATCH: i64 = 1000;

/// What the last line of an export says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// How many entries there are.
    pub entries: i64,
    /// How many facts they brought in.
    pub facts: u64,
    /// How many free texts, blanked ones among them.
    pub texts: u64,
    /// The number of the last entry.
    pub head: i64,
    /// The hash of the last entry; with its number an anchor for `stm verify`.
    pub hash: String,
    /// SHA-256 of all lines before this one.
    pub sha256: String,
}

/// Why an export is not whole.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed.
    #[error("the ledger could not be read")]
    Db(#[from] DbError),
    /// What was read could not be written.
    #[error("the export could not be written")]
    Write(#[from] io::Error),
}

/// Writes every entry with its facts, in one snapshot, and the manifest last.
///
/// # Errors
/// When the database or the writing fails.
pub async fn export(
    auditor: &DatabaseConnection,
    out: &mut impl io::Write,
) -> Result<Manifest, ExportError> {
    let tx = snapshot(auditor).await?;
    let head = ledger_head::Entity::find()
        .one(&tx)
        .await
        .map_err(DbError::doing("reading the head"))?;
    let (head, hash) = head.map_or_else(Default::default, |head| {
        (head.number, hex::encode(&head.hash))
    });
    let mut manifest = Manifest {
        entries: 0,
        facts: 0,
        texts: 0,
        head,
        hash,
        sha256: String::new(),
    };
    let guessable = Guessable::read(&tx)
        .await
        .map_err(DbError::doing("reading what was blanked"))?;
    let mut sum = Sha256::new();
    let mut first = 1;
    while first <= head {
        for line in lines(&tx, first..=first + BATCH - 1, &guessable, &mut manifest).await? {
            sum.update(line.as_bytes());
            out.write_all(line.as_bytes())?;
        }
        first += BATCH;
    }
    manifest.sha256 = hex::encode(sum.finalize());
    writeln!(out, "{}", json!({ "manifest": manifest }))?;
    tx.rollback()
        .await
        .map_err(DbError::doing("closing the snapshot"))?;
    Ok(manifest)
}

async fn lines(
    tx: &DatabaseTransaction,
    span: RangeInclusive<i64>,
    guessable: &Guessable,
    manifest: &mut Manifest,
) -> Result<Vec<String>, DbError> {
    let entries = row::Entity::find()
        .filter(row::Column::Number.between(*span.start(), *span.end()))
        .order_by_asc(row::Column::Number)
        .all(tx)
        .await
        .map_err(DbError::doing("reading entries"))?;
    let mut facts: HashMap<i64, Vec<Value>> = HashMap::new();
    for mut fact in facts_of(tx, &span).await? {
        manifest.facts += 1;
        guessable.take_from(&mut fact.fact);
        let shown = json!({ "table": fact.table_name, "fact": fact.fact });
        facts.entry(fact.ledger_no).or_default().push(shown);
    }
    for facts in facts.values_mut() {
        facts.sort_by_cached_key(Value::to_string);
    }
    let mut texts: HashMap<i64, Vec<Value>> = HashMap::new();
    let stored = free_text::Entity::find()
        .filter(free_text::Column::LedgerNo.between(*span.start(), *span.end()))
        .order_by_asc(free_text::Column::Id)
        .all(tx)
        .await
        .map_err(DbError::doing("reading texts"))?;
    for text in stored {
        manifest.texts += 1;
        let nonce = text.body.as_ref().map(|_| hex::encode(&text.nonce));
        texts.entry(text.ledger_no).or_default().push(json!({
            "id": text.id, "nonce": nonce, "digest": hex::encode(&text.digest),
            "text": text.body, "redactedBy": text.redacted_by,
        }));
    }
    Ok(entries
        .iter()
        .map(|entry| {
            manifest.entries += 1;
            let mut shown = entry_json(entry);
            if guessable.entries.contains(&entry.number) {
                shown["nonce"] = Value::Null;
            }
            let line = json!({
                "entry": shown,
                "hash": hex::encode(&entry.hash),
                "facts": facts.remove(&entry.number).unwrap_or_default(),
                "texts": texts.remove(&entry.number).unwrap_or_default(),
            });
            line.to_string() + "\n"
        })
        .collect())
}
