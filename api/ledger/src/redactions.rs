//! What redactions excuse when the ledger is verified: texts that are gone, blanks in facts, and
//! the digest of what is left of an entry.
//!
//! A redaction is a fact like any other, and facts can be forged by whoever gets past the walls: a
//! row that names an entry would excuse every change of it. So each is taken only from a whole
//! entry, one of the operation of redactions whose own hash and whose facts hold. What any other
//! row says is passed over, and the row is named.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::{free_text, ledger as row};
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, DbBackend, DbErr, EntityTrait as _, FromQueryResult,
    QueryFilter as _, QueryOrder as _, Statement, Value as Bind, prelude::Uuid,
};
use serde_json::Value;

use super::{
    blank::{digest_of, digests_of, holds_blank, seals_redactions},
    prose,
};

#[derive(FromQueryResult)]
struct Recorded {
    id: Uuid,
    text_id: Uuid,
    ledger_no: i64,
    fact_table: Option<String>,
    fact_id: Option<Uuid>,
    field: String,
    entry_no: Option<i64>,
    entry_digest: Option<Vec<u8>>,
}

#[derive(FromQueryResult)]
struct Stored {
    ledger_no: i64,
    table_name: String,
    fact: Value,
}

/// What all redactions say.
#[derive(Debug, Default)]
pub(crate) struct Redactions {
    /// The entry that says of a text that it is gone.
    texts: HashMap<Uuid, i64>,
    /// The columns of rows in which a blank must stand, each with its table and the entry of the
    /// row; those that were not met yet.
    blanks: HashMap<Uuid, Vec<(String, String, i64)>>,
    /// What is left of entries, by the last redaction of each.
    left: HashMap<i64, Vec<u8>>,
    /// The redactions that no whole entry seals, each with the entry that it names as its own.
    unsealed: Vec<(i64, Uuid)>,
}

impl Redactions {
    /// Reads them, the last ones first: what is left of an entry is known before the redactions of
    /// that entry are looked at.
    pub(crate) async fn read(tx: &DatabaseTransaction) -> Result<Self, DbErr> {
        let sql =
            "select id, text_id, ledger_no, fact_table, fact_id, field, entry_no, entry_digest
             from fact.redaction order by ledger_no desc, id";
        let rows = Recorded::find_by_statement(Statement::from_string(DbBackend::Postgres, sql))
            .all(tx)
            .await?;
        let numbers: BTreeSet<i64> = rows.iter().map(|row| row.ledger_no).collect();
        let mut entries = Entries::read(tx, numbers).await?;
        let mut found = Self::default();
        for rows in rows.chunk_by(|one, next| one.ledger_no == next.ledger_no) {
            let number = rows[0].ledger_no;
            let is_sealed = entries.is_whole(number, found.left.get(&number));
            for row in rows {
                let is_of_before = row.entry_no.is_none_or(|entry| entry < number);
                if is_sealed && is_of_before {
                    found.take(row);
                } else {
                    found.unsealed.push((number, row.id));
                }
            }
        }
        found.unsealed.sort_unstable();
        Ok(found)
    }

    fn take(&mut self, row: &Recorded) {
        self.texts.insert(row.text_id, row.ledger_no);
        if let (Some(table), Some(id)) = (&row.fact_table, row.fact_id) {
            let entry = row.entry_no.unwrap_or_default();
            let place = (table.clone(), row.field.clone(), entry);
            self.blanks.entry(id).or_default().push(place);
        }
        if let (Some(entry), Some(digest)) = (row.entry_no, &row.entry_digest) {
            self.left.entry(entry).or_insert_with(|| digest.clone());
        }
    }

    /// Redactions that are good for nothing.
    pub(crate) fn unsealed(&self) -> impl Iterator<Item = String> + '_ {
        self.unsealed.iter().map(|(entry, id)| {
            format!(
                "the redaction {id} of entry {entry} is sealed by no whole entry of a redaction, \
                 and excuses nothing"
            )
        })
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

/// The entries that redactions name as their own, with the facts of each.
struct Entries {
    entries: HashMap<i64, row::Model>,
    facts: HashMap<i64, Vec<(String, Value)>>,
    texts: Vec<free_text::Model>,
}

impl Entries {
    async fn read(tx: &DatabaseTransaction, numbers: BTreeSet<i64>) -> Result<Self, DbErr> {
        let numbers: Vec<i64> = numbers.into_iter().collect();
        let entries = row::Entity::find()
            .filter(row::Column::Number.is_in(numbers.clone()))
            .all(tx)
            .await?;
        let texts = free_text::Entity::find()
            .filter(free_text::Column::LedgerNo.is_in(numbers.clone()))
            .order_by_asc(free_text::Column::Id)
            .all(tx)
            .await?;
        let sql = "select ledger_no, table_name, fact from facts_of_entries($1)";
        let values = [Bind::from(numbers)];
        let stored = Stored::find_by_statement(Statement::from_sql_and_values(
            DbBackend::Postgres,
            sql,
            values,
        ))
        .all(tx)
        .await?;
        let mut facts: HashMap<i64, Vec<(String, Value)>> = HashMap::new();
        for one in stored {
            let of_entry = facts.entry(one.ledger_no).or_default();
            of_entry.push((one.table_name, one.fact));
        }
        Ok(Self {
            entries: entries.into_iter().map(|one| (one.number, one)).collect(),
            facts,
            texts,
        })
    }

    /// Whether an entry is there, is one of redactions, and holds; `left` is what a later redaction
    /// says of it, when there is one.
    fn is_whole(&mut self, number: i64, left: Option<&Vec<u8>>) -> bool {
        let Some(entry) = self.entries.get(&number) else {
            return false;
        };
        let of_entry = self.texts.iter().filter(|text| text.ledger_no == number);
        let texts = digests_of(of_entry.cloned().collect());
        let facts = self.facts.remove(&number).unwrap_or_default();
        let computed = digest_of(entry, facts.into_iter(), &texts);
        seals_redactions(entry, computed, left.unwrap_or(&entry.digest))
    }
}

/// A hash in a fact by which what was blanked could be tried: the fact, and the column.
#[derive(FromQueryResult)]
struct GuessableHash {
    id: Uuid,
    name: String,
}

#[derive(FromQueryResult)]
struct Number {
    ledger_no: i64,
}

/// By what in the ledger words that were blanked could be tried, though they are gone: the nonces
/// of entries, and hashes in facts.
#[derive(Debug, Default)]
pub(crate) struct Guessable {
    /// The entries in whose facts words were blanked, or hold such a hash.
    pub(crate) entries: HashSet<i64>,
    /// The columns with such hashes, by the id of the fact.
    pub(crate) hashes: HashMap<Uuid, String>,
}

impl Guessable {
    pub(crate) async fn read(tx: &DatabaseTransaction) -> Result<Self, DbErr> {
        let hashes = "select f.id, guessable_hash(f.name, f.fact) as name
             from (
                select id, 'assessment_version' as name, to_jsonb(v) as fact
                from fact.assessment_version v
                union all
                select id, 'publication_file', to_jsonb(p) from fact.publication_file p
             ) f
             where guessable_hash(f.name, f.fact) is not null";
        let hashes = Statement::from_string(DbBackend::Postgres, hashes);
        let hashes = GuessableHash::find_by_statement(hashes).all(tx).await?;
        let hashes: HashMap<Uuid, String> =
            hashes.into_iter().map(|one| (one.id, one.name)).collect();
        let entries = "select entry_no as ledger_no from fact.redaction where entry_no is not null
             union select ledger_no from fact.assessment_version where id = any ($1)
             union select ledger_no from fact.publication_file where id = any ($1)";
        let ids: Vec<Uuid> = hashes.keys().copied().collect();
        let entries =
            Statement::from_sql_and_values(DbBackend::Postgres, entries, [Bind::from(ids)]);
        let entries = Number::find_by_statement(entries).all(tx).await?;
        Ok(Self {
            entries: entries.into_iter().map(|row| row.ledger_no).collect(),
            hashes,
        })
    }

    /// A fact without the hash in it.
    pub(crate) fn take_from(&self, fact: &mut Value) {
        let id = fact.get("id").and_then(Value::as_str);
        let id = id.and_then(|id| id.parse().ok());
        if let Some(name) = id.and_then(|id: Uuid| self.hashes.get(&id)) {
            fact[name] = Value::Null;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use domain::redaction::BLANK;

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
