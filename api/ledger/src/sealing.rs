//! Appends sealed entries: all of a transaction, their instant, the head and the word to listeners
//! in one statement, whatever they are of.

use entity::ledger as row;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, Value};
use serde_json::json;

use super::writer::{BATCH, Writer};
use database::DbError;

/// Appends entries that are given as JSON, all of one instant.
const ENTRIES: &str = "insert into ledger (number, form, recorded_at, actor_role,
        actor_organisation, actor_subject, operation, subject_kind, subject_key, source_document,
        source_place, part, municipality, period, nonce, digest, previous_hash, hash)
     select e.number, e.form, $2, e.actor_role, e.actor_organisation, e.actor_subject,
        e.operation, e.subject_kind, e.subject_key, e.source_document, e.source_place, e.part,
        e.municipality, e.period, e.nonce, e.digest, e.previous_hash, e.hash
     from jsonb_populate_recordset(null::ledger, $1) e";

/// What comes with the last of them: the instant that they have in common, with the hash of the
/// last, the head, and the word to listeners.
const SEAL: &str = ", instant as (
        insert into ledger_instant (number, recorded_at, hash) values ($3, $2, $4)
     ), head as (
        update ledger_head set number = $3, hash = $4, recorded_at = $2
     )
     select pg_notify('ledger', $3::text)";

impl Writer {
    /// Appends the entries, a batch at a time, and seals the ledger with the last of them.
    pub(super) async fn append_entries(
        &self,
        entries: &[row::Model],
        last: i64,
    ) -> Result<(), DbError> {
        const DOING: &str = "appending to the ledger";
        let recorded_at = Value::from(self.recorded_at);
        let mut batches = entries.chunks(BATCH).peekable();
        while let Some(batch) = batches.next() {
            let rows: serde_json::Value = batch.iter().map(stored).collect();
            let values = [Value::from(rows), recorded_at.clone()];
            if batches.peek().is_some() {
                self.session.change(DOING, ENTRIES, values).await?;
                continue;
            }
            let hash = batch.last().map_or(&self.head_hash, |entry| &entry.hash);
            let seal = [Value::from(last), Value::from(hash.clone())];
            let sql = ["with entry as (", ENTRIES, ")", SEAL].concat();
            let statement = Statement::from_sql_and_values(
                DbBackend::Postgres,
                sql,
                values.into_iter().chain(seal),
            );
            let done = self.session.execute_raw(statement).await;
            done.map_err(DbError::doing(DOING))?;
        }
        Ok(())
    }
}

/// An entry as Postgres takes it from JSON; its instant comes beside it.
fn stored(entry: &row::Model) -> serde_json::Value {
    let bytes = |bytes: &[u8]| format!("\\x{}", hex::encode(bytes));
    json!({
        "number": entry.number,
        "form": entry.form,
        "actor_role": entry.actor_role,
        "actor_organisation": entry.actor_organisation,
        "actor_subject": entry.actor_subject,
        "operation": entry.operation,
        "subject_kind": entry.subject_kind,
        "subject_key": entry.subject_key,
        "source_document": entry.source_document,
        "source_place": entry.source_place,
        "part": entry.part,
        "municipality": entry.municipality,
        "period": entry.period,
        "nonce": bytes(&entry.nonce),
        "digest": bytes(&entry.digest),
        "previous_hash": bytes(&entry.previous_hash),
        "hash": bytes(&entry.hash),
    })
}
