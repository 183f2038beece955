//! Repeats: a call that is sent again with its key changes nothing and answers as the first did.
//!
//! Kept are the hash of the parsed input and what the call led to (the subject, not the answer), so a repeat
//! resolves its own selection under the scope of today. A refused call keeps nothing: it may be mended and sent
//! again under the same key.

use sea_orm::{FromQueryResult, Value};
use sha2::{Digest as _, Sha256};

use database::{DbError, Session};

/// The key of a call, with what it is unique within.
#[derive(Debug, Clone)]
pub struct Key {
    field: &'static str,
    key: String,
    input_hash: Vec<u8>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Never before: the call goes on.
    New,
    /// The same call was made, with this subject as its outcome.
    Same(String),
    /// The key was used for another input.
    Other,
}

#[derive(FromQueryResult)]
struct Kept {
    input_hash: Vec<u8>,
    outcome: Option<serde_json::Value>,
}

impl Key {
    /// A key for a mutation field; `input` is the parsed input in a form that is equal when the input is.
    pub fn new(field: &'static str, key: String, input: &str) -> Self {
        Self {
            field,
            key,
            input_hash: Sha256::digest(input.as_bytes()).to_vec(),
        }
    }

    fn values(&self, session: &Session) -> [Value; 4] {
        let actor = &session.mandate().actor;
        [
            Value::from(actor.role.organisation().unwrap_or_default()),
            Value::from(actor.pseudonym.clone().unwrap_or_default()),
            Value::from(self.field),
            Value::from(self.key.clone()),
        ]
    }

    /// Takes the key, waiting for a call with the same key that is under way; the first lock of a transaction.
    pub async fn take(&self, session: &Session) -> Result<Seen, DbError> {
        let mut values = self.values(session).to_vec();
        values.push(Value::from(self.input_hash.clone()));
        values.push(Value::from(session.moment().instant));
        let taken = session
            .change(
                "taking an idempotency key",
                "insert into work.idempotency_key (organisation, subject, field, key, input_hash, recorded_at)
                 values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                values,
            )
            .await?;
        if taken == 1 {
            return Ok(Seen::New);
        }
        let kept: Option<Kept> = session
            .row(
                "reading an idempotency key",
                "select input_hash, outcome from work.idempotency_key
                 where organisation = $1 and subject = $2 and field = $3 and key = $4",
                self.values(session),
            )
            .await?;
        Ok(match kept {
            Some(Kept {
                input_hash,
                outcome: Some(serde_json::Value::String(subject)),
            }) if input_hash == self.input_hash => Seen::Same(subject),
            Some(_) | None => Seen::Other,
        })
    }

    /// Keeps what the call led to.
    pub async fn keep(&self, session: &Session, subject: &str) -> Result<(), DbError> {
        let mut values = self.values(session).to_vec();
        values.push(Value::from(serde_json::Value::String(subject.to_owned())));
        session
            .change(
                "keeping an outcome",
                "update work.idempotency_key set outcome = $5
                 where organisation = $1 and subject = $2 and field = $3 and key = $4",
                values,
            )
            .await?;
        Ok(())
    }
}
