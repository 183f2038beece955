//! Words that the law had blanked in facts: the files may hold them still, and do not bring them
//! back.

use sea_orm::FromQueryResult;
use serde_json::{Map, Value};

use database::{DbError, Session};
use ledger::{blank, is_text};

/// Words that were blanked in a column of a table, known by their digest alone.
#[derive(FromQueryResult)]
pub(super) struct Gone {
    fact_table: String,
    field: String,
    nonce: Vec<u8>,
    digest: Vec<u8>,
}

impl Gone {
    /// All words that were blanked in facts.
    pub(super) async fn read(session: &Session) -> Result<Vec<Self>, DbError> {
        session
            .rows(
                "reading what was blanked",
                "select r.fact_table, r.field, t.nonce, t.digest
                 from fact.redaction r join free_text t on t.id = r.words_text",
                [],
            )
            .await
    }

    /// Puts a blank into what a file says of a row, where one stands in the row and the file holds
    /// the words of before.
    pub(super) fn keep_blank(
        &self,
        table: &str,
        stored: &Map<String, Value>,
        values: &mut Map<String, Value>,
    ) {
        let is_blank = stored.get(&self.field).is_some_and(blank::holds_blank);
        if self.fact_table != table || !is_blank {
            return;
        }
        let Some(value) = values.get_mut(&self.field) else {
            return;
        };
        let items = match &*value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let words = items
            .iter()
            .filter_map(Value::as_str)
            .find(|words| is_text(&self.nonce, words, &self.digest));
        if let Some(words) = words {
            *value = blank::without(&self.field, value, words);
        }
    }
}
