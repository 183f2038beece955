//! Appends: locks the head, hands out numbers, seals the entries on commit.
//!
//! What does not have to be asked is not: the digests of texts are those that this transaction made
//! of them. The facts are read back, because Postgres decides in which form it keeps them, and the
//! seal must hold for what is kept. Entries, their instant, the head and the word to listeners go
//! in one statement.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{free_text, ledger as row};
use sea_orm::{ActiveValue::Set, EntityTrait as _, FromQueryResult, Value, prelude::Uuid};
use serde_json::json;

use super::{
    TextKind,
    canonical::{self, FORM, Hash},
};
use database::{DbError, Session, WriterPermit, ids};

/// Rows that one insert carries: well below the 65,535 values that Postgres takes.
pub(super) const BATCH: usize = 1000;

/// Who may read an entry of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everybody.
    Public,
    /// The ministry.
    Plan,
    /// VNG, and the municipality or region whose entry it is.
    Compliance,
}

impl Part {
    /// The code that the ledger keeps.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Plan => "PLAN",
            Self::Compliance => "COMPLIANCE",
        }
    }

    /// The part of a code that the ledger keeps; of an unknown one the part that fewest read.
    pub fn of_code(code: &str) -> Self {
        [Self::Public, Self::Plan]
            .into_iter()
            .find(|part| part.code() == code)
            .unwrap_or(Self::Compliance)
    }
}

/// What an entry says, apart from what the writer adds.
#[derive(Debug, Clone)]
pub struct EntryDraft {
    /// The operation, as in `assessment.submitted`.
    pub operation: &'static str,
    /// The kind of thing that changed, as in `Assessment`.
    pub subject_kind: &'static str,
    /// Its natural key, as in `GM0402/2026-2`.
    pub subject_key: String,
    /// The document that the fact comes from, with the place in it.
    pub source: Option<(String, String)>,
    /// Who may read the entry.
    pub part: Part,
    /// The municipality and period whose entry it is, or the area and
    /// [`REGIONAL`](domain::ledger::REGIONAL), for [`Part::Compliance`].
    pub own: Option<(String, String)>,
}

impl EntryDraft {
    /// A public entry, with the document that says so and the place in it.
    #[must_use]
    pub fn sourced(
        operation: &'static str,
        subject_kind: &'static str,
        subject_key: String,
        source: Option<(String, String)>,
    ) -> Self {
        Self {
            source,
            ..Self::public(operation, subject_kind, subject_key)
        }
    }

    /// A public entry without a source.
    #[must_use]
    pub fn public(
        operation: &'static str,
        subject_kind: &'static str,
        subject_key: String,
    ) -> Self {
        Self {
            operation,
            subject_kind,
            subject_key,
            source: None,
            part: Part::Public,
            own: None,
        }
    }
}

/// A transaction that holds the ledger's lock.
#[derive(Debug)]
pub struct Writer {
    pub(super) session: Session,
    /// After the transaction, which ends first.
    _permit: WriterPermit,
    pub(super) entries: Entries,
    pub(super) head_hash: Vec<u8>,
    pub(super) recorded_at: DateTime<Utc>,
    /// Of each text that came in, by its entry and its id.
    digests: HashMap<(i64, Uuid), Hash>,
}

/// The entries of a transaction, and the number of the last one before it.
#[derive(Debug)]
pub(super) struct Entries {
    head: i64,
    drafts: Vec<EntryDraft>,
}

impl Entries {
    /// Opens the next entry and gives its number.
    pub(super) fn open(&mut self, draft: EntryDraft) -> i64 {
        self.drafts.push(draft);
        self.last()
    }

    /// The number of the entry on a subject, when there is one.
    pub(super) fn on(&self, subject_kind: &str, subject_key: &str) -> Option<i64> {
        (self.head + 1..)
            .zip(&self.drafts)
            .find(|(_, draft)| {
                draft.subject_kind == subject_kind && draft.subject_key == subject_key
            })
            .map(|(number, _)| number)
    }

    fn last(&self) -> i64 {
        self.head + i64::try_from(self.drafts.len()).unwrap_or(i64::MAX - self.head)
    }
}

#[derive(FromQueryResult)]
struct Fact {
    ledger_no: i64,
    table_name: String,
    fact: serde_json::Value,
}

impl Writer {
    /// Locks the ledger until the transaction ends. From here on everything committed is known, and
    /// so is what this transaction writes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock(mut session: Session) -> Result<Self, DbError> {
        let writer_permit = session.writer_permit().await?;
        let head = session.lock_head().await?;
        let next = head.recorded_at + TimeDelta::microseconds(1);
        Ok(Self {
            recorded_at: session.moment().instant.max(next),
            session,
            _permit: writer_permit,
            entries: Entries {
                head: head.number,
                drafts: Vec::new(),
            },
            head_hash: head.hash,
            digests: HashMap::new(),
        })
    }

    /// The transaction, for repositories.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The instant that all entries of this transaction carry.
    #[must_use]
    pub fn recorded_at(&self) -> DateTime<Utc> {
        self.recorded_at
    }

    /// The number of the last entry before this transaction.
    #[must_use]
    pub fn head(&self) -> i64 {
        self.entries.head
    }

    /// The hash of that entry.
    #[must_use]
    pub fn head_hash(&self) -> &[u8] {
        &self.head_hash
    }

    /// Opens the next entry and gives the number that its facts carry.
    pub fn entry(&mut self, draft: EntryDraft) -> i64 {
        self.entries.open(draft)
    }

    /// The number of the entry of this transaction on a subject, when there is one.
    pub fn entry_on(&self, subject_kind: &str, subject_key: &str) -> Option<i64> {
        self.entries.on(subject_kind, subject_key)
    }

    /// Keeps free texts for an entry and gives their ids, in the order of the texts; of those that
    /// are gone ([`TextKind::Redacted`]) the digests alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn texts(
        &mut self,
        kind: TextKind,
        texts: &[(i64, String)],
    ) -> Result<Vec<Uuid>, DbError> {
        let (ids, rows) = self.text_rows(kind, texts);
        for batch in rows.chunks(BATCH) {
            free_text::Entity::insert_many(batch.to_vec())
                .exec_without_returning(&self.session)
                .await
                .map_err(DbError::doing("keeping texts"))?;
        }
        Ok(ids)
    }

    /// The rows of free texts for an entry, for whoever adds them together with others, and their
    /// ids, in the order of the texts.
    pub fn text_rows(
        &mut self,
        kind: TextKind,
        texts: &[(i64, String)],
    ) -> (Vec<Uuid>, Vec<free_text::ActiveModel>) {
        let is_gone = kind == TextKind::Redacted;
        let rows: Vec<free_text::ActiveModel> = texts
            .iter()
            .map(|(ledger_no, body)| {
                let (id, nonce) = (ids::row_id(), ids::nonce());
                let digest = canonical::text_digest(&nonce, body);
                self.digests.insert((*ledger_no, id), digest);
                free_text::ActiveModel {
                    id: Set(id),
                    ledger_no: Set(*ledger_no),
                    kind: Set(kind.code().to_owned()),
                    nonce: Set(nonce.to_vec()),
                    digest: Set(digest.to_vec()),
                    body: Set((!is_gone).then(|| body.clone())),
                    redacted_by: Set(is_gone.then_some(*ledger_no)),
                }
            })
            .collect();
        let ids = rows.iter().map(|row| row.id.clone().unwrap()).collect();
        (ids, rows)
    }

    /// Ends without keeping anything.
    ///
    /// # Errors
    /// When the connection is lost.
    pub async fn abandon(self) -> Result<(), DbError> {
        self.session.close().await
    }

    /// Seals the entries and commits: everything or nothing. Gives the number of the last entry.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn commit(self) -> Result<i64, DbError> {
        if self.entries.drafts.is_empty() {
            self.session.commit().await?;
            return Ok(self.entries.head);
        }
        let last = self.entries.last();
        let entries = self.sealed(self.facts(last).await?);
        self.append_entries(&entries, last).await?;
        // What only municipalities and VNG may see is never found by search, so it changes nothing
        // there.
        if self
            .entries
            .drafts
            .iter()
            .any(|draft| draft.part != Part::Compliance)
        {
            self.session
                .change(
                    "refreshing the search",
                    "select refresh_search($1)",
                    [Value::from(last)],
                )
                .await?;
        }
        self.session.commit().await?;
        Ok(last)
    }

    /// The entries of this transaction, each with the digest of its facts and bound by its hash to
    /// the one before it.
    fn sealed(&self, mut facts: HashMap<i64, Vec<serde_json::Value>>) -> Vec<row::Model> {
        let actor = &self.session.mandate().actor;
        let mut previous_hash = self.head_hash.clone();
        let Entries { head, drafts } = &self.entries;
        let mut entries = Vec::with_capacity(drafts.len());
        for (number, draft) in (*head + 1..).zip(drafts) {
            let nonce = ids::nonce();
            let digest = canonical::digest(&nonce, &facts.remove(&number).unwrap_or_default());
            let mut entry = row::Model {
                number,
                form: FORM,
                recorded_at: self.recorded_at,
                actor_role: actor.role.kind().code().to_owned(),
                actor_organisation: actor.role.organisation(),
                actor_subject: actor.pseudonym.clone(),
                operation: draft.operation.to_owned(),
                subject_kind: draft.subject_kind.to_owned(),
                subject_key: draft.subject_key.clone(),
                source_document: draft.source.as_ref().map(|source| source.0.clone()),
                source_place: draft.source.as_ref().map(|source| source.1.clone()),
                part: draft.part.code().to_owned(),
                municipality: draft.own.as_ref().map(|own| own.0.clone()),
                period: draft.own.as_ref().map(|own| own.1.clone()),
                nonce: nonce.to_vec(),
                digest: digest.to_vec(),
                previous_hash,
                hash: Vec::new(),
            };
            entry.hash = hash_of(&entry).to_vec();
            previous_hash = entry.hash.clone();
            entries.push(entry);
        }
        entries
    }

    /// The facts of this transaction in canonical form, by entry, as Postgres stored them.
    async fn facts(&self, last: i64) -> Result<HashMap<i64, Vec<serde_json::Value>>, DbError> {
        let facts: Vec<Fact> = self
            .session
            .rows(
                "reading facts back",
                "select ledger_no, table_name, fact from facts_between($1, $2)",
                [Value::from(self.entries.head + 1), Value::from(last)],
            )
            .await?;
        let mut by_entry: HashMap<i64, Vec<serde_json::Value>> = HashMap::new();
        for fact in facts {
            by_entry
                .entry(fact.ledger_no)
                .or_default()
                .push(canonical::fact(
                    &fact.table_name,
                    fact.fact,
                    fact.ledger_no,
                    &self.digests,
                ));
        }
        Ok(by_entry)
    }
}

/// The hash of an entry: over everything it says and the hash before it.
pub(super) fn hash_of(entry: &row::Model) -> Hash {
    canonical::sha256(&[canonical::text(&entry_json(entry)).as_bytes()])
}

/// What an entry says, as its hash covers it.
pub(crate) fn entry_json(entry: &row::Model) -> serde_json::Value {
    json!({
        "actorOrganisation": entry.actor_organisation,
        "actorRole": entry.actor_role,
        "actorSubject": entry.actor_subject,
        "digest": hex::encode(&entry.digest),
        "form": entry.form,
        "municipality": entry.municipality,
        "nonce": hex::encode(&entry.nonce),
        "number": entry.number,
        "operation": entry.operation,
        "part": entry.part,
        "period": entry.period,
        "previousHash": hex::encode(&entry.previous_hash),
        "recordedAt": canonical::instant(entry.recorded_at),
        "sourceDocument": entry.source_document,
        "sourcePlace": entry.source_place,
        "subjectKey": entry.subject_key,
        "subjectKind": entry.subject_kind,
    })
}
