//! Words of facts that the law wants gone: blanked where they stand, while `verify` still proves
//! everything else.
//!
//! A free text stands apart from its fact, and what the digest of an entry holds of it is its
//! digest: blanking it changes no hash. Words in a column of a fact are in the digest themselves,
//! and no digest can be computed from words that are gone. Moving every such column out of line
//! would help what is written from then on, and would leave out what stands in the ledger already:
//! the data files, and all that was reported before. So there is one way for both, old and new:
//!
//! * Whoever redacts first computes the digest of the entry anew, so that nobody hides a change
//!   behind a redaction ([`Proof::is_whole`]).
//! * In the place of the words stands a blank, a fixed text and not null: what must be said stays
//!   said, and a reader sees that something is gone.
//! * The entry of the redaction names table, row and column, and holds the digest of what is left
//!   of the entry in which they stood. The chain binds it. From then on `verify` holds what is left
//!   against that digest, takes a blank exactly where a redaction names it, and no other change.
//! * The entry of before, its digest and its hash stay as they are, so every anchor still holds.
//!   A copy of the words, in a backup or in an export of before, can still be proven by them.
//! * A redaction is good for what it says only while the entry that holds it is whole: an entry of
//!   that operation, with its own hash and the digest of its facts. A row that somebody put there
//!   behind the service's back excuses nothing (`redactions`).
//!
//! What the words were is kept as the digest of a free text that never had words, under a nonce of
//! its own, so that an import knows what its file would bring back. Only columns of
//! [`prose`](crate::prose) are blanked: codes, keys, figures and days are no words.
//!
//! Short words can be found out by trying, by whoever holds a digest of them with its nonce. The
//! nonces stay in the database, because `verify` and imports need them, and no answer, table or
//! file tells one. An export ([`crate::export()`]) holds none that belongs to what was blanked: not
//! that of the text, nor that of an entry in whose facts the words stood, which its digest holds
//! them under. Hashes that have no nonce, of a submission and of the bytes of a published file, are
//! told no more once a text that they are of is blanked, there and in answers. All this does not
//! protect against whoever reads the tables or a backup of them, nor against an export, a backup
//! or a receipt of before.

use std::collections::HashMap;

use entity::{free_text, ledger as row};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, DbErr, EntityTrait as _, FromQueryResult,
    QueryFilter as _, Statement, Value as Bind, prelude::Uuid,
};
use serde_json::Value;

use super::{
    REDACTION, Writer,
    canonical::{self, Hash},
    prose,
    writer::hash_of,
};
use database::DbError;
use domain::redaction::{BLANK, BLANK_ADDRESS, BLANK_EN, is_blank};

/// The members of a kept document in which words stand; the others are codes, keys and columns.
const MEMBERS: [&str; 3] = ["name", "cells", "value"];

/// What a column says without the words, and a blank in their place.
#[must_use]
pub fn without(column: &str, value: &Value, words: &str) -> Value {
    map_words(value, &|text| {
        if text != words {
            text
        } else if text.starts_with("https://") {
            BLANK_ADDRESS
        } else if column.ends_with("_en") {
            BLANK_EN
        } else {
            BLANK
        }
    })
}

/// A value with each text in it in which words may stand put through a function.
fn map_words<'a>(value: &'a Value, change: &impl Fn(&'a str) -> &'a str) -> Value {
    match value {
        Value::String(text) => Value::from(change(text)),
        Value::Array(items) => items.iter().map(|item| map_words(item, change)).collect(),
        Value::Object(members) => {
            let member = |(name, value): (&String, &'a Value)| {
                let has_words = MEMBERS.contains(&name.as_str());
                let value = if has_words {
                    map_words(value, change)
                } else {
                    value.clone()
                };
                (name.clone(), value)
            };
            members.iter().map(member).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// Whether a blank stands in a value.
#[must_use]
pub fn holds_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => is_blank(text),
        Value::Array(items) => items.iter().any(holds_blank),
        Value::Object(members) => members.values().any(holds_blank),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Words in a column of a fact.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The table of facts.
    pub table: &'a str,
    /// The id of the row.
    pub row: Uuid,
    /// The column.
    pub column: &'a str,
}

/// What the facts of an entry add up to, and what is proven of it.
#[derive(Debug)]
pub struct Proof {
    /// The digest of its facts as they stand.
    pub computed: Hash,
    /// The digest that the ledger holds of them: that of the entry, or of the redaction since.
    proven: Vec<u8>,
    /// Whether the entry, and that of the redaction, are what their hashes say.
    is_sealed: bool,
}

impl Proof {
    /// Whether nobody changed them.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_sealed && self.computed.as_slice() == self.proven
    }
}

#[derive(FromQueryResult)]
struct Column {
    value: Value,
}

#[derive(FromQueryResult)]
struct Left {
    ledger_no: i64,
    entry_digest: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Stored {
    table_name: String,
    fact: Value,
}

impl Writer {
    /// Lets this transaction read and blank facts, which only the owner of the database may.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_redaction(&self) -> Result<(), DbError> {
        self.session()
            .execute_unprepared("select set_config('app.redacts', 'yes', true)")
            .await
            .map_err(DbError::doing("beginning a redaction"))?;
        Ok(())
    }

    /// Puts a blank in the place of words; false when they stand there no longer, or when the
    /// column holds no prose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blank(&self, place: Place<'_>, words: &str) -> Result<bool, DbError> {
        let doing = || DbError::doing("blanking words of a fact");
        let Some((table, column)) = prose::find(place.table, place.column) else {
            return Ok(false);
        };
        let sql = format!(
            r#"select to_jsonb(f."{column}") as value from fact.{table} f where f.id = $1"#
        );
        let found = Column::find_by_statement(statement(&sql, [place.row.into()]))
            .one(self.session())
            .await
            .map_err(doing())?;
        let Some(before) = found.map(|found| found.value) else {
            return Ok(false);
        };
        let after = without(column, &before, words);
        if after == before {
            return Ok(false);
        }
        let sql = format!(
            r#"update fact.{table} f set "{column}" = (jsonb_populate_record(
                null::fact.{table}, jsonb_build_object('{column}', $2::jsonb)))."{column}"
             where f.id = $1"#
        );
        let changed = self
            .session()
            .execute_raw(statement(&sql, [place.row.into(), after.into()]))
            .await
            .map_err(doing())?;
        Ok(changed.rows_affected() == 1)
    }

    /// Computes the digest of an earlier entry anew, and looks at what proves it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn proof(&self, entry: i64) -> Result<Proof, DbError> {
        let (entry, computed) = self.recompute(entry).await?;
        let left: Option<Left> = self
            .session()
            .row(
                "proving an entry",
                "select ledger_no, entry_digest from fact.redaction where entry_no = $1
                 order by ledger_no desc limit 1",
                [Bind::from(entry.number)],
            )
            .await?;
        let mut is_sealed = hash_of(&entry).as_slice() == entry.hash;
        if let Some(left) = &left {
            let (redaction, its_facts) = self.recompute(left.ledger_no).await?;
            is_sealed &= seals_redactions(&redaction, its_facts, &redaction.digest);
        }
        Ok(Proof {
            computed,
            proven: left.map_or(entry.digest, |left| left.entry_digest),
            is_sealed,
        })
    }

    /// An entry, and the digest of its facts as they stand.
    async fn recompute(&self, number: i64) -> Result<(row::Model, Hash), DbError> {
        let doing = || DbError::doing("proving an entry");
        let session = self.session();
        let entry = row::Entity::find_by_id(number)
            .one(session)
            .await
            .map_err(doing())?
            .ok_or_else(|| doing()(DbErr::RecordNotFound(format!("entry {number}"))))?;
        let texts = free_text::Entity::find()
            .filter(free_text::Column::LedgerNo.eq(number))
            .all(session)
            .await
            .map_err(doing())?;
        let facts: Vec<Stored> = session
            .rows(
                "proving an entry",
                "select table_name, fact from facts_between($1, $1)",
                [Bind::from(number)],
            )
            .await?;
        let facts = facts.into_iter().map(|one| (one.table_name, one.fact));
        let computed = digest_of(&entry, facts, &digests_of(texts));
        Ok((entry, computed))
    }
}

/// The digests of texts, each by its entry and its id.
pub(crate) fn digests_of(texts: Vec<free_text::Model>) -> HashMap<(i64, Uuid), Hash> {
    texts
        .into_iter()
        .filter_map(|text| Some(((text.ledger_no, text.id), text.digest.try_into().ok()?)))
        .collect()
}

/// The digest of the facts of an entry, each with the name of its table.
pub(crate) fn digest_of(
    entry: &row::Model,
    facts: impl Iterator<Item = (String, Value)>,
    texts: &HashMap<(i64, Uuid), Hash>,
) -> Hash {
    let facts: Vec<Value> = facts
        .map(|(table, fact)| canonical::fact(&table, fact, entry.number, texts))
        .collect();
    canonical::digest(&entry.nonce, &facts)
}

/// Whether an entry is a whole one that redactions may stand in: of their operation, with its own
/// hash, and its facts with the digest that the ledger holds of them.
pub(crate) fn seals_redactions(entry: &row::Model, computed: Hash, proven: &[u8]) -> bool {
    entry.operation == REDACTION
        && hash_of(entry).as_slice() == entry.hash
        && computed.as_slice() == proven
}

fn statement<const N: usize>(sql: &str, values: [Bind; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_blank_stands_where_the_words_stood_and_nowhere_else() {
        let words = "Jan";
        assert_eq!(without("note", &json!("Jan"), words), json!("[geschrapt]"));
        assert_eq!(
            without("title_en", &json!("Jan"), words),
            json!("[redacted]")
        );
        assert_eq!(
            without("note", &json!("Jan en Piet"), words),
            json!("Jan en Piet")
        );
        assert_eq!(
            without("aliases", &json!(["Jan", "Piet"]), words),
            json!(["[geschrapt]", "Piet"])
        );
        let address = "https://jan.example/";
        assert_eq!(
            without("address", &json!(address), address),
            json!("https://redacted.invalid/")
        );
        let line = |name: &str, cause: &str| {
            json!([{ "part": "ACTION", "key": "Jan", "name": name,
                "cells": [{ "column": "Jan", "value": cause }, { "column": "n", "value": 3 }] }])
        };
        assert_eq!(
            without("lines", &line("Jan", "Jan"), words),
            line("[geschrapt]", "[geschrapt]")
        );
    }
}
