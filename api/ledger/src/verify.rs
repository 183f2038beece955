//! Verifies: reads the whole ledger and all facts as the auditor and computes every hash again.
//!
//! A change made behind the service's back, by whoever can, shows as an entry that no longer adds
//! up. Somebody who rewrites everything up to the head is found by an anchor: a number and hash
//! kept elsewhere.

use std::{
    collections::{HashMap, HashSet},
    ops::RangeInclusive,
    str::FromStr,
};

use chrono::NaiveDate;
use entity::{free_text, ledger as row, ledger_head};
use sea_orm::{
    AccessMode, ColumnTrait as _, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, EntityTrait as _, FromQueryResult, IsolationLevel, QueryFilter as _,
    QueryOrder as _, Statement, TransactionTrait as _, prelude::Uuid,
};

use super::{
    beside,
    canonical::{self, Hash},
    redactions::Redactions,
    writer::hash_of,
};
use database::DbError;

/// Entries read at a time.
const BATCH: i64 = 1000;

/// A number and hash of an entry, kept elsewhere: `number:hash`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    number: i64,
    hash: String,
}

impl FromStr for Anchor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || "an anchor is a number, a colon and 64 hexadecimal digits".to_owned();
        let (number, hash) = text.split_once(':').ok_or_else(wrong)?;
        let number = number.parse().map_err(|_| wrong())?;
        if hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        Ok(Self {
            number,
            hash: hash.to_ascii_lowercase(),
        })
    }
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entries that the head promises.
    pub entries: i64,
    /// Facts that were read.
    pub facts: u64,
    /// Texts that were redacted by law, each with the number of the entry that says why, in their
    /// order.
    pub redacted: Vec<(Uuid, i64)>,
    /// The hash of the last entry.
    pub hash: String,
    /// Everything that does not hold, one sentence each; empty means green.
    pub findings: Vec<String>,
}

/// Verification itself failed, which says nothing about the ledger.
#[derive(Debug, thiserror::Error)]
#[error("the ledger could not be verified")]
pub struct VerifyError(#[from] DbError);

/// A fact as Postgres tells it.
#[derive(FromQueryResult)]
pub(super) struct Fact {
    pub ledger_no: i64,
    pub table_name: String,
    pub fact: serde_json::Value,
}

/// Reads everything in one snapshot and computes it again. Wants the auditor's login: under forced
/// row security even the owner sees no rows, and a verification of nothing would be green.
///
/// # Errors
/// When the database fails or the login may not read everything.
pub async fn verify(
    auditor: &DatabaseConnection,
    anchor: Option<&Anchor>,
) -> Result<Report, VerifyError> {
    let tx = snapshot(auditor).await?;
    let report = read_all(&tx, anchor)
        .await
        .map_err(DbError::doing("reading the ledger"))?;
    tx.rollback()
        .await
        .map_err(DbError::doing("closing the snapshot"))?;
    Ok(report)
}

/// One snapshot of everything as it is known at the head, read as of a day.
///
/// # Errors
/// When the database fails.
pub async fn snapshot_at_head(
    auditor: &DatabaseConnection,
    day: NaiveDate,
) -> Result<DatabaseTransaction, DbError> {
    let tx = snapshot(auditor).await?;
    let settings = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select set_config('app.day', $1, true),
            set_config('app.ledger_no', (select number from ledger_head)::text, true)",
        [day.to_string().into()],
    );
    tx.query_one_raw(settings)
        .await
        .map_err(DbError::doing("opening a snapshot"))?;
    Ok(tx)
}

/// One snapshot of everything, for reading.
#[expect(
    clippy::disallowed_methods,
    reason = "an auditor is no actor: it needs one snapshot of everything and has no mandate"
)]
pub(super) async fn snapshot(auditor: &DatabaseConnection) -> Result<DatabaseTransaction, DbError> {
    let tx = auditor
        .begin_with_config(
            Some(IsolationLevel::RepeatableRead),
            Some(AccessMode::ReadOnly),
        )
        .await
        .map_err(DbError::doing("opening a snapshot"))?;
    tx.execute_unprepared("set local timezone = 'UTC'")
        .await
        .map_err(DbError::doing("opening a snapshot"))?;
    Ok(tx)
}

async fn read_all(tx: &DatabaseTransaction, anchor: Option<&Anchor>) -> Result<Report, DbErr> {
    let head = ledger_head::Entity::find()
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("ledger_head".into()))?;
    let mut reading = Reading {
        anchor,
        redactions: Redactions::read(tx).await?,
        previous: vec![0; 32],
        expected: 1,
        is_anchored: anchor.is_none_or(|anchor| anchor.number == 0),
        report: Report {
            entries: head.number,
            facts: 0,
            redacted: Vec::new(),
            hash: hex::encode(&head.hash),
            findings: Vec::new(),
        },
    };
    let unsealed = reading.redactions.unsealed();
    reading.report.findings.extend(unsealed);
    let mut read_to;
    loop {
        read_to = reading.expected + BATCH - 1;
        reading.read(tx, reading.expected..=read_to).await?;
        if reading.expected > last_number(tx).await? {
            break;
        }
        let next = next_number(tx, reading.expected).await?;
        reading.expect(next);
    }
    let beyond = read_to + 1..=i64::MAX;
    let none = HashMap::new();
    let found = (&mut reading.redactions, &mut reading.report);
    let beyond = facts(tx, &beyond, &none, found).await?;
    reading.find_orphans(beyond);
    reading.report.findings.extend(reading.redactions.unmet());
    instants(tx, &mut reading.report).await?;
    reading.finish(&head);
    beside::check(tx, &mut reading.report.findings).await?;
    Ok(reading.report)
}

/// How far a verification is.
struct Reading<'a> {
    anchor: Option<&'a Anchor>,
    redactions: Redactions,
    /// The hash of the entry that was read last.
    previous: Vec<u8>,
    /// The number of the entry that must come next.
    expected: i64,
    /// Whether the entry of the anchor was found.
    is_anchored: bool,
    report: Report,
}

impl Reading<'_> {
    fn find(&mut self, finding: String) {
        self.report.findings.push(finding);
    }

    /// Reads the entries of a span with their facts and texts.
    async fn read(
        &mut self,
        tx: &DatabaseTransaction,
        span: RangeInclusive<i64>,
    ) -> Result<(), DbErr> {
        let entries = row::Entity::find()
            .filter(row::Column::Number.between(*span.start(), *span.end()))
            .order_by_asc(row::Column::Number)
            .all(tx)
            .await?;
        let texts = texts(tx, &span, &self.redactions, &mut self.report).await?;
        let mut facts = facts(tx, &span, &texts, (&mut self.redactions, &mut self.report)).await?;
        for entry in entries {
            self.check(&entry, &facts.remove(&entry.number).unwrap_or_default());
            self.expected = entry.number + 1;
            self.previous = entry.hash;
        }
        self.find_orphans(facts);
        Ok(())
    }

    /// Goes on to an entry: those between are missing.
    fn expect(&mut self, number: i64) {
        for missing in self.expected..number {
            self.find(format!("entry {missing} is missing"));
        }
        self.expected = self.expected.max(number);
    }

    /// Computes an entry again: its place in the chain, its facts, its own hash and the anchor.
    fn check(&mut self, entry: &row::Model, facts: &[serde_json::Value]) {
        let number = entry.number;
        self.expect(number);
        if entry.previous_hash != self.previous {
            self.find(format!(
                "entry {number} does not follow from the entry before it"
            ));
        }
        if canonical::digest(&entry.nonce, facts).as_slice() != self.redactions.digest_of(entry) {
            self.find(format!(
                "the facts of entry {number} ({} {}) were changed",
                entry.subject_kind, entry.subject_key
            ));
        }
        if hash_of(entry).as_slice() != entry.hash {
            self.find(format!("entry {number} was changed"));
        }
        if let Some(anchor) = self.anchor.filter(|anchor| anchor.number == number) {
            self.is_anchored = true;
            if anchor.hash != hex::encode(&entry.hash) {
                self.find(format!("entry {number} is not the one of the anchor"));
            }
        }
    }

    /// Facts that are left belong to no entry.
    fn find_orphans(&mut self, facts: HashMap<i64, Vec<serde_json::Value>>) {
        let mut orphans: Vec<i64> = facts.into_keys().collect();
        orphans.sort_unstable();
        for number in orphans {
            self.find(format!(
                "there are facts of entry {number}, which is not in the ledger"
            ));
        }
    }

    /// Holds what was read against the head and the anchor.
    fn finish(&mut self, head: &ledger_head::Model) {
        let last = self.expected - 1;
        if last < head.number {
            self.find(format!(
                "the tail was cut: the head stands at {} and the ledger ends at {last}",
                head.number
            ));
        } else if self.previous != head.hash || last != head.number {
            self.find(format!("the head is not the hash of entry {last}"));
        }
        if !self.is_anchored {
            self.find("the entry of the anchor is not in the ledger".to_owned());
        }
    }
}

#[derive(FromQueryResult)]
struct Number {
    number: Option<i64>,
}

async fn number(tx: &DatabaseTransaction, sql: &str, from: i64) -> Result<Option<i64>, DbErr> {
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [from.into()]);
    Ok(Number::find_by_statement(statement)
        .one(tx)
        .await?
        .and_then(|row| row.number))
}

async fn last_number(tx: &DatabaseTransaction) -> Result<i64, DbErr> {
    Ok(number(
        tx,
        "select max(number) as number from ledger where number >= $1",
        0,
    )
    .await?
    .unwrap_or(0))
}

async fn next_number(tx: &DatabaseTransaction, from: i64) -> Result<i64, DbErr> {
    Ok(number(
        tx,
        "select min(number) as number from ledger where number >= $1",
        from,
    )
    .await?
    .unwrap_or(from))
}

/// Every transaction's instant must be that of its entries, or the moment of an instant would lie;
/// and its hash that of the last one, or a position would.
async fn instants(tx: &DatabaseTransaction, report: &mut Report) -> Result<(), DbErr> {
    let wrong = "select min(number) as number from (
            select i.number from ledger_instant i left join ledger l on l.number = i.number
            where l.number is null or l.recorded_at != i.recorded_at or l.hash != i.hash
            union all
            select l.number from ledger l
            where not exists (select from ledger_instant i
                where i.recorded_at = l.recorded_at and i.number >= l.number)) wrong
        where number >= $1";
    if let Some(number) = number(tx, wrong, 0).await? {
        report
            .findings
            .push(format!("the instant of entry {number} was changed"));
    }
    Ok(())
}

/// The digests of the texts of a span of entries; a text that is no longer what its digest says is
/// a finding.
async fn texts(
    tx: &DatabaseTransaction,
    span: &RangeInclusive<i64>,
    redactions: &Redactions,
    report: &mut Report,
) -> Result<HashMap<(i64, Uuid), Hash>, DbErr> {
    let texts = free_text::Entity::find()
        .filter(free_text::Column::LedgerNo.between(*span.start(), *span.end()))
        .all(tx)
        .await?;
    let mut digests = HashMap::new();
    for text in texts {
        match &text.body {
            None => match redactions.of_text(text.id) {
                Some(entry) if text.redacted_by == Some(entry) => {
                    report.redacted.push((text.id, entry));
                }
                Some(_) | None => report.findings.push(format!(
                    "a text of entry {} was blanked without a redaction",
                    text.ledger_no
                )),
            },
            Some(body) if canonical::is_text(&text.nonce, body, &text.digest) => {}
            Some(_) => report
                .findings
                .push(format!("a text of entry {} was changed", text.ledger_no)),
        }
        if let Ok(digest) = text.digest.try_into() {
            digests.insert((text.ledger_no, text.id), digest);
        }
    }
    Ok(digests)
}

async fn facts(
    tx: &DatabaseTransaction,
    span: &RangeInclusive<i64>,
    texts: &HashMap<(i64, Uuid), Hash>,
    (redactions, report): (&mut Redactions, &mut Report),
) -> Result<HashMap<i64, Vec<serde_json::Value>>, DbErr> {
    let facts = facts_unchecked(tx, span).await?;
    let mut by_entry: HashMap<i64, Vec<serde_json::Value>> = HashMap::new();
    let mut held: HashSet<(i64, Uuid)> = HashSet::new();
    for fact in facts {
        report.facts += 1;
        let wrong = redactions.meet(&fact.table_name, fact.ledger_no, &fact.fact);
        report.findings.extend(wrong);
        held.extend(canonical::text_ids(&fact.fact).map(|id| (fact.ledger_no, id)));
        by_entry
            .entry(fact.ledger_no)
            .or_default()
            .push(canonical::fact(
                &fact.table_name,
                fact.fact,
                fact.ledger_no,
                texts,
            ));
    }
    // A text is bound by the digest of its own entry, or by none.
    let mut loose: Vec<i64> = texts
        .keys()
        .filter(|text| !held.contains(text))
        .map(|(entry, _)| *entry)
        .collect();
    loose.sort_unstable();
    for entry in loose {
        report.findings.push(format!(
            "a text of entry {entry} stands in no fact of that entry"
        ));
    }
    Ok(by_entry)
}

async fn facts_unchecked(
    tx: &DatabaseTransaction,
    span: &RangeInclusive<i64>,
) -> Result<Vec<Fact>, DbErr> {
    Fact::find_by_statement(Statement::from_sql_and_values(
        DbBackend::Postgres,
        "select ledger_no, table_name, fact from facts_between($1, $2)",
        [(*span.start()).into(), (*span.end()).into()],
    ))
    .all(tx)
    .await
}

/// The facts of a span of entries, as they stand.
pub(super) async fn facts_of(
    tx: &DatabaseTransaction,
    span: &RangeInclusive<i64>,
) -> Result<Vec<Fact>, DbError> {
    facts_unchecked(tx, span)
        .await
        .map_err(DbError::doing("reading facts"))
}
