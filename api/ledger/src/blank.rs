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
//!   A copy of the words, in a backup or in an export, can still be proven by them.
//!
//! What the words were is kept as the digest of a free text that never had words, under a nonce of
//! its own, so that an import knows what its file would bring back. Only columns of
//! [`prose`](crate::prose) are blanked: codes, keys, figures and days are no words.

use std::collections::HashMap;

use entity::{free_text, ledger as row};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, FromQueryResult, QueryFilter as _, Statement, Value as Bind, prelude::Uuid,
};
use serde_json::Value;

use super::{
    REDACTION, Writer,
    canonical::{self, Hash},
    prose,
};
use database::DbError;

/// What stands in the place of words.
const BLANK: &str = "[geschrapt]";
/// What stands in the place of English words.
const BLANK_EN: &str = "[redacted]";
/// What stands in the place of an address on the web, where no other text may stand (RFC 2606).
const BLANK_ADDRESS: &str = "https://redacted.invalid/";
/// The members of a kept document in which words stand; the others are codes, keys and columns.
const MEMBERS: [&str; 3] = ["name", "cells", "value"];

/// Whether a text stands in the place of words that were blanked.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    [BLANK, BLANK_EN, BLANK_ADDRESS].contains(&text)
}

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
}

impl Proof {
    /// Whether nobody changed them.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.computed.as_slice() == self.proven
    }
}

#[derive(FromQueryResult)]
struct Column {
    value: Value,
}

#[derive(FromQueryResult)]
struct Left {
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

    /// Computes the digest of an earlier entry anew.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn proof(&self, entry: i64) -> Result<Proof, DbError> {
        let doing = || DbError::doing("proving an entry");
        let session = self.session();
        let number = entry;
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
        let texts: HashMap<(i64, Uuid), Hash> = texts
            .into_iter()
            .filter_map(|text| Some(((number, text.id), text.digest.try_into().ok()?)))
            .collect();
        let facts: Vec<Stored> = session
            .rows(
                "proving an entry",
                "select table_name, fact from facts_between($1, $1)",
                [Bind::from(number)],
            )
            .await?;
        let facts: Vec<Value> = facts
            .into_iter()
            .map(|one| canonical::fact(&one.table_name, one.fact, number, &texts))
            .collect();
        let left: Option<Left> = session
            .row(
                "proving an entry",
                "select entry_digest from fact.redaction where entry_no = $1
                 order by ledger_no desc limit 1",
                [Bind::from(number)],
            )
            .await?;
        Ok(Proof {
            computed: canonical::digest(&entry.nonce, &facts),
            proven: left.map_or(entry.digest, |left| left.entry_digest),
        })
    }
}

fn statement<const N: usize>(sql: &str, values: [Bind; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

#[derive(FromQueryResult)]
struct Recorded {
    text_id: Uuid,
    ledger_no: i64,
    fact_table: Option<String>,
    fact_id: Option<Uuid>,
    field: String,
    entry_no: Option<i64>,
    entry_digest: Option<Vec<u8>>,
}

/// What all redactions say. The facts that say so are hashed like all others.
#[derive(Debug, Default)]
pub(crate) struct Redactions {
    /// The entry that says of a text that it is gone.
    texts: HashMap<Uuid, i64>,
    /// The columns of rows in which a blank must stand, each with its table and the entry of the
    /// row; those that were not met yet.
    blanks: HashMap<Uuid, Vec<(String, String, i64)>>,
    /// What is left of entries, by the last redaction of each.
    left: HashMap<i64, Vec<u8>>,
}

impl Redactions {
    pub(crate) async fn read(tx: &DatabaseTransaction) -> Result<Self, DbErr> {
        let sql = "select r.text_id, r.ledger_no, r.fact_table, r.fact_id, r.field, r.entry_no,
                r.entry_digest
             from fact.redaction r join ledger l on l.number = r.ledger_no and l.operation = $1
             order by r.ledger_no";
        let rows = Recorded::find_by_statement(statement(sql, [REDACTION.into()]))
            .all(tx)
            .await?;
        let mut found = Self::default();
        for row in rows {
            found.texts.insert(row.text_id, row.ledger_no);
            if let (Some(table), Some(id)) = (row.fact_table, row.fact_id) {
                let place = (table, row.field, row.entry_no.unwrap_or_default());
                found.blanks.entry(id).or_default().push(place);
            }
            if let (Some(entry), Some(digest)) = (row.entry_no, row.entry_digest) {
                found.left.insert(entry, digest);
            }
        }
        Ok(found)
    }

    /// The entry that says of a text that it is gone.
    pub(crate) fn of_text(&self, text: Uuid) -> Option<i64> {
        self.texts.get(&text).copied()
    }

    /// The digest that the facts of an entry must have.
    pub(crate) fn digest_of<'a>(&'a self, entry: &'a row::Model) -> &'a [u8] {
        self.left.get(&entry.number).unwrap_or(&entry.digest)
    }

    /// What does not hold of a fact: where a redaction names it, a blank must stand in a column of
    /// prose, and it must be of the entry that is named.
    pub(crate) fn meet(&mut self, table: &str, entry: i64, fact: &Value) -> Vec<String> {
        let id = fact.get("id").and_then(Value::as_str);
        let Some(places) = id
            .and_then(|id| id.parse().ok())
            .and_then(|id: Uuid| self.blanks.remove(&id))
        else {
            return Vec::new();
        };
        let wrong = places.into_iter().filter(|(named, column, of)| {
            *named != table
                || *of != entry
                || prose::find(table, column).is_none()
                || !fact.get(column).is_some_and(holds_blank)
        });
        wrong
            .map(|(_, column, _)| {
                format!("a redaction of entry {entry} names {table}.{column}, which is not blank")
            })
            .collect()
    }

    /// Redactions of facts that are nowhere.
    pub(crate) fn unmet(&self) -> Vec<String> {
        let mut entries: Vec<i64> = self
            .blanks
            .values()
            .flatten()
            .map(|place| place.2)
            .collect();
        entries.sort_unstable();
        let finding =
            |entry| format!("a redaction names a fact of entry {entry} that is not there");
        entries.into_iter().map(finding).collect()
    }
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

    #[test]
    fn a_redaction_is_met_by_a_blank_exactly_where_it_stands() {
        let id = Uuid::from_u128(7);
        let place = |column: &str| ("status_report".to_owned(), column.to_owned(), 4);
        let met = |column: &str, table: &str, entry: i64, fact: Value| {
            let mut redactions = Redactions {
                blanks: HashMap::from([(id, vec![place(column)])]),
                ..Default::default()
            };
            let wrong = redactions.meet(table, entry, &fact).len();
            (wrong, redactions.unmet().len())
        };
        let blank = json!({ "id": id, "note": BLANK, "status": BLANK });
        assert_eq!(met("note", "status_report", 4, blank.clone()), (0, 0));
        assert_eq!(met("note", "round_report", 4, blank.clone()), (1, 0));
        assert_eq!(met("note", "status_report", 5, blank.clone()), (1, 0));
        assert_eq!(met("status", "status_report", 4, blank), (1, 0));
        let value = json!({ "id": id, "note": "Jan" });
        assert_eq!(met("note", "status_report", 4, value), (1, 0));
        let other = json!({ "id": Uuid::from_u128(8), "note": BLANK });
        assert_eq!(met("note", "status_report", 4, other), (0, 1));
    }
}
