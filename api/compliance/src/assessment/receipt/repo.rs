//! Reads versions for whoever holds their receipts, or may have them.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{DbErr, FromQueryResult, Value};
use serde::Deserialize;

use database::{DbError, Session};
use domain::{
    clock::day_of,
    policy::{ReadScope, Rule},
};

const DOING: &str = "reading a receipt";

/// What the database gives to whoever names a version with its nonce.
#[derive(Debug, Deserialize)]
pub(super) struct Held {
    /// Whether a later version was submitted.
    pub(super) is_superseded: bool,
    /// Whether it was withdrawn.
    pub(super) is_withdrawn: bool,
    /// None once words of it were blanked by law.
    pub(super) version: Option<HeldVersion>,
}

/// Everything that a version says.
#[derive(Debug, Deserialize)]
pub(super) struct HeldVersion {
    pub(super) ledger: i64,
    pub(super) municipality: String,
    pub(super) period: String,
    pub(super) number: i32,
    pub(super) edition: String,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) submitted_by: Option<String>,
    pub(super) on_behalf: Option<i32>,
    pub(super) approved_by_function: String,
    pub(super) approved_on: NaiveDate,
    pub(super) answers_hash: String,
    pub(super) reason: Option<String>,
    /// By criterion.
    pub(super) answers: Vec<HeldAnswer>,
}

/// An answer of it.
#[derive(Debug, Deserialize)]
pub(super) struct HeldAnswer {
    pub(super) criterion: String,
    pub(super) answer: String,
    pub(super) explanation: Option<String>,
    /// In the order in which it was given.
    pub(super) evidence: Vec<HeldEvidence>,
}

/// A piece of its evidence.
#[derive(Debug, Deserialize)]
pub(super) struct HeldEvidence {
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) address: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) effective_on: NaiveDate,
    pub(super) received_at: DateTime<Utc>,
}

fn read(held: serde_json::Value) -> Result<Held, DbError> {
    serde_json::from_value(held)
        .map_err(|error| DbError::doing(DOING)(DbErr::Json(error.to_string())))
}

/// A version of an assessment; none for the latest.
#[derive(Debug, Clone, Copy)]
pub(super) struct VersionKey<'a> {
    pub(super) municipality: &'a str,
    pub(super) period: &'a str,
    pub(super) number: Option<i32>,
}

/// The version that somebody may have the receipt of, with the nonce of it; none where there is no
/// such version or the scope does not reach it.
pub(super) async fn find(
    session: &Session,
    scope: &ReadScope,
    of: VersionKey<'_>,
) -> Result<Option<(Held, Vec<u8>)>, DbError> {
    #[derive(FromQueryResult)]
    struct FoundRow {
        nonce: Vec<u8>,
        held: Option<serde_json::Value>,
    }
    if !scope.reaches(of.municipality, of.period) {
        return Ok(None);
    }
    let row: Option<FoundRow> = session
        .row(
            DOING,
            "select receipt_nonce(f.nonce) as nonce,
                held_version(f.ledger_no, receipt_nonce(f.nonce)) as held
             from (
                select v.ledger_no, l.nonce
                from known.assessment_version v join ledger l on l.number = v.ledger_no
                where v.municipality = $1 and v.period = $2
                  and ($3::integer is null or v.number = $3)
                order by v.number desc limit 1) f",
            [
                Value::from(of.municipality),
                Value::from(of.period),
                Value::from(of.number),
            ],
        )
        .await?;
    let Some(FoundRow {
        nonce,
        held: Some(held),
    }) = row
    else {
        return Ok(None);
    };
    let subject = format!("{}/{}", of.municipality, of.period);
    session.note_read(Rule::ReadAnswers, [subject]);
    Ok(Some((read(held)?, nonce)))
}

/// The version that came in with an entry, for whoever holds the nonce of its receipt.
pub(super) async fn held(
    session: &Session,
    entry: i64,
    nonce: Vec<u8>,
) -> Result<Option<Held>, DbError> {
    #[derive(FromQueryResult)]
    struct HeldRow {
        held: Option<serde_json::Value>,
    }
    let row: Option<HeldRow> = session
        .row(
            DOING,
            "select held_version($1, $2) as held",
            [Value::from(entry), Value::from(nonce)],
        )
        .await?;
    row.and_then(|row| row.held).map(read).transpose()
}

/// The name that a municipality had when the version was submitted; its code where none is known.
pub(super) async fn name_then(session: &Session, version: &HeldVersion) -> Result<String, DbError> {
    #[derive(FromQueryResult)]
    struct NameRow {
        name: String,
    }
    let row: Option<NameRow> = session
        .row(
            "reading the name of a municipality",
            "select m.name from known.municipality m
             where m.code = $1 and (m.valid_from is null or m.valid_from <= $2)
               and (m.valid_to is null or m.valid_to > $2)
             order by m.name limit 1",
            [
                Value::from(version.municipality.as_str()),
                Value::from(day_of(version.submitted_at)),
            ],
        )
        .await?;
    Ok(row.map_or_else(|| version.municipality.clone(), |row| row.name))
}
