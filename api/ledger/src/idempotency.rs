//! Repeats: a call that is sent again with its key changes nothing and answers as the first did.
//!
//! Kept are the hash of the input and what the call led to (the subject, not the answer), so a
//! repeat resolves its own selection under the scope of today. A refused call keeps nothing: it may
//! be mended and sent again under the same key.
//!
//! The hash is of a canonical form: what the client said, in the names of the contract, so that
//! nothing that we rename in the program makes a retry look like another call. The form has a
//! number. A key that was kept under another one, by an earlier release or by a later one, cannot
//! be compared; then the call was made, and its outcome is the answer.
//!
//! A key belongs to a person, who has another pseudonym each year (UTC): it is kept under this
//! year's and also looked for under last year's, so that a call which is repeated across New Year
//! is a repeat. Of two calls at once on both sides of it, the one that comes to its end last finds
//! the key of the other and changes nothing.

use crate::canonical::{Hash, content_hash};
use database::{DbError, Session};
use sea_orm::{DbErr, FromQueryResult, Value};

/// The form of inputs that are hashed today: the input object as the contract names it, with
/// defaults in the place of what is absent, in the canonical form of the ledger. Null and left out
/// differ where they mean something else. Form 1, of 1.0.0-rc.1, was the text by which the program
/// debugs itself; in form 2 null and left out were the same everywhere. A field that a later
/// release adds with a default other than null, or a type that it writes otherwise, makes a new
/// form.
const INPUT_FORM: i16 = 3;

/// That the outcome which is kept under a key cannot be read, and why.
pub fn unreadable(why: &str) -> DbError {
    DbError::doing("reading the outcome of a call")(DbErr::Type(why.to_owned()))
}

/// The key of a call, with what it is unique within.
#[derive(Debug, Clone)]
pub struct Key {
    field: &'static str,
    key: String,
    input_hash: Hash,
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
    input_form: i16,
    outcome: Option<serde_json::Value>,
}

impl Key {
    /// A key for a mutation field, with what the client said in it.
    pub fn new(field: &'static str, key: String, input: &serde_json::Value) -> Self {
        Self {
            field,
            key,
            input_hash: content_hash(input),
        }
    }

    fn values(&self, session: &Session) -> [Value; 5] {
        let actor = &session.mandate().actor;
        [
            Value::from(actor.role.organisation().unwrap_or_default()),
            Value::from(actor.pseudonym.clone().unwrap_or_default()),
            Value::from(self.field),
            Value::from(self.key.clone()),
            Value::from(actor.former_pseudonym.clone()),
        ]
    }

    /// Takes the key, waiting for a call with the same key that is under way; the first lock of a
    /// transaction.
    pub async fn take(&self, session: &Session) -> Result<Seen, DbError> {
        let mut values = self.values(session).to_vec();
        values.push(Value::from(self.input_hash.to_vec()));
        values.push(Value::from(INPUT_FORM));
        values.push(Value::from(session.moment().instant));
        let taken = session
            .change(
                "taking an idempotency key",
                "insert into work.idempotency_key (organisation, subject, field, key, input_hash,
                    input_form, recorded_at)
                 select $1, $2, $3, $4, $6, $7, $8
                 where not exists (select from work.idempotency_key
                    where organisation = $1 and subject = $5 and field = $3 and key = $4)
                 on conflict do nothing",
                values,
            )
            .await?;
        if taken == 1 {
            return Ok(Seen::New);
        }
        let kept: Option<Kept> = session
            .row(
                "reading an idempotency key",
                "select input_hash, input_form, outcome from work.idempotency_key
                 where organisation = $1 and subject in ($2, $5) and field = $3 and key = $4",
                self.values(session),
            )
            .await?;
        let same =
            |kept: &Kept| kept.input_form != INPUT_FORM || kept.input_hash == self.input_hash;
        match kept.filter(same) {
            None => Ok(Seen::Other),
            Some(Kept {
                outcome: Some(serde_json::Value::String(subject)),
                ..
            }) => Ok(Seen::Same(subject)),
            Some(_) => Err(unreadable("it is no text")),
        }
    }

    /// Keeps what the call led to, unless the same call under last year's pseudonym, which was
    /// under way when this one began, came first: whoever writes has waited for it by now.
    pub async fn keep(&self, session: &Session, subject: &str) -> Result<(), DbError> {
        let mut values = self.values(session).to_vec();
        values.push(Value::from(serde_json::Value::String(subject.to_owned())));
        let kept = session
            .change(
                "keeping an outcome",
                "update work.idempotency_key set outcome = $6
                 where organisation = $1 and subject = $2 and field = $3 and key = $4
                   and not exists (select from work.idempotency_key
                        where organisation = $1 and subject = $5 and field = $3 and key = $4)",
                values,
            )
            .await?;
        if kept == 0 {
            return Err(DbError::overtaken());
        }
        Ok(())
    }
}
