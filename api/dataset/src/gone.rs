//! Words that the law had blanked: the files may hold them still, and do not bring them back, under
//! whatever key, day or column they stand there now.
//!
//! Known are their digests alone, each under a nonce of its own, and the database compares: so none
//! of them leaves it. What was blanked was blanked in every copy, so the same words are taken for
//! the same wherever they come in again. In a column of prose a blank stands in their place, as the
//! redaction would have put it; a free text is the one that is gone.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{FromQueryResult, Value as Bind, prelude::Uuid};
use serde_json::Value;

use super::{
    files::{DataSet, Row},
    tables::{Table, tables},
};
use database::{DbError, Session};
use ledger::{blank, prose};

/// The column that names a free text.
const FREE_TEXT: &str = "explanation_text";

#[derive(FromQueryResult)]
struct Found {
    word: String,
    text_id: Uuid,
}

/// The words of a data set that were blanked, each with a text that is gone and said so.
#[derive(Debug, Default)]
pub(super) struct Gone {
    words: HashMap<String, Uuid>,
}

impl Gone {
    /// Looks for all words of a data set.
    pub(super) async fn read(session: &Session, set: &DataSet) -> Result<Self, DbError> {
        let texts: BTreeSet<&str> = tables()
            .flat_map(|table| set.rows(table.file).iter().map(move |row| (table, row)))
            .flat_map(|(table, row)| texts(table, row))
            .collect();
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
        let found: Vec<Found> = session
            .rows(
                "looking for words that were blanked",
                "select word, text_id from blanked_words($1)",
                [Bind::from(texts)],
            )
            .await?;
        let words = found.into_iter().map(|one| (one.word, one.text_id));
        Ok(Self {
            words: words.collect(),
        })
    }

    /// A row without the words that were blanked.
    pub(super) fn blank(&self, table: &Table, mut row: Row) -> Row {
        if self.words.is_empty() {
            return row;
        }
        for (column, value) in &mut row.values {
            if prose::find(table.table, column).is_none() {
                continue;
            }
            let gone: Vec<String> = strings(value)
                .filter(|text| self.words.contains_key(*text))
                .map(str::to_owned)
                .collect();
            for words in gone {
                *value = blank::without(column, value, &words);
            }
        }
        let text = row
            .free_text
            .take_if(|text| self.words.contains_key(text.as_str()));
        if let Some(id) = text.and_then(|text| self.words.get(&text)) {
            let id = Value::from(id.to_string());
            row.values.insert(FREE_TEXT.to_owned(), id);
        }
        row
    }
}

/// The texts of a row in which prose stands.
fn texts<'a>(table: &'a Table, row: &'a Row) -> impl Iterator<Item = &'a str> {
    let columns = row.values.iter();
    let prose = columns.filter(move |(column, _)| prose::find(table.table, column).is_some());
    let texts = prose.flat_map(|(_, value)| strings(value));
    texts.chain(row.free_text.as_deref())
}

/// A text, or the texts of a list.
fn strings(value: &Value) -> impl Iterator<Item = &str> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    items.iter().filter_map(Value::as_str)
}
