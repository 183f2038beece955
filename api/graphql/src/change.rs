//! One change, from permission to seal: the way that every mutation walks.
//!
//! [`Change::begin`] asks the policy, takes the idempotency key, looks through what people wrote and
//! locks the ledger. The mutation reads what is there, gathers all its mistakes and appends facts; [`Change::seal`] keeps the
//! outcome under the key and commits. Whatever stops it on the way is a [`Stopped`], so a mutation
//! reads from top to bottom, with `?`, and everything or nothing is kept.

use std::sync::atomic::Ordering;

use async_graphql::InputType;
use sea_orm::DbErr;

use crate::{
    context::RequestContext, error::Failure, member::Member, payload::IdempotencyKey,
    written::look_through,
};
use database::{DbError, Facts, Memo, Session};
use domain::{
    mistake::{Mistake, MutationCode, key_reused},
    policy::{Denied, Mandate},
};
use ledger::{Key, Seen, Writer, unreadable};

/// Why a change was not made now.
#[derive(Debug)]
pub enum Stopped<C> {
    /// It was made before, under the same key; this was its outcome.
    Repeated(String),
    /// The caller can mend it.
    Wrong(Vec<Mistake<C>>),
    /// It may not or cannot be made.
    Failed(Failure),
}

impl<C> From<DbError> for Stopped<C> {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl<C> From<Denied> for Stopped<C> {
    fn from(denied: Denied) -> Self {
        Self::Failed(denied.into())
    }
}

impl<C> From<Failure> for Stopped<C> {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Stops when there is any mistake, with all of them.
pub fn stop_at<C>(mistakes: Vec<Mistake<C>>) -> Result<(), Stopped<C>> {
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(Stopped::Wrong(mistakes))
    }
}

/// The version that a caller saw last: none when it does not say, 0 when it saw none.
pub fn seen_version(expected: &Member<i64>) -> Option<i64> {
    match expected {
        Member::LeftOut => None,
        Member::Null => Some(0),
        Member::Value(version) => Some(*version),
    }
}

/// What a mutation tells: its outcome, now or before, or the mistakes to mend.
///
/// # Errors
/// When the change may not or cannot be made.
pub fn settled<T: Outcome, C>(
    outcome: Result<T, Stopped<C>>,
) -> Result<Result<T, Vec<Mistake<C>>>, Failure> {
    match outcome {
        Ok(outcome) => Ok(Ok(outcome)),
        Err(Stopped::Repeated(outcome)) => Ok(Ok(read_outcome(outcome)?)),
        Err(Stopped::Wrong(mistakes)) => Ok(Err(mistakes)),
        Err(Stopped::Failed(failure)) => Err(failure),
    }
}

/// A call of a mutation: the field, the caller's key, and the parsed input that the key stands for.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    field: &'static str,
    key: &'a IdempotencyKey,
    input: &'a (dyn Input + Sync),
}

impl<'a> Call<'a> {
    /// A call of a field with an input.
    pub fn of(field: &'static str, key: &'a IdempotencyKey, input: &'a (dyn Input + Sync)) -> Self {
        Self { field, key, input }
    }
}

/// An input object of the contract.
pub trait Input {
    /// What the client said, in the names of the contract: the order of its fields, and whether it
    /// wrote a default out or left it out, leave no trace.
    fn to_contract_value(&self) -> async_graphql::Value;
}

impl<T: InputType> Input for T {
    fn to_contract_value(&self) -> async_graphql::Value {
        self.to_value()
    }
}

/// What a change led to, as it can be read back from the text that is kept under its key.
pub trait Outcome: Sized {
    /// Reads it back; none when the text is not of its form.
    fn read(kept: String) -> Option<Self>;
}

impl Outcome for String {
    fn read(kept: String) -> Option<Self> {
        Some(kept)
    }
}

/// Reads an outcome that was kept.
///
/// # Errors
/// When it is not of its form: nothing is told in its place.
pub fn read_outcome<T: Outcome>(kept: String) -> Result<T, DbError> {
    let why = format!("{kept:?} is no such outcome");
    T::read(kept).ok_or_else(|| unreadable(&why))
}

/// A change that is permitted and new under its key, and waits for the ledger: here working rows
/// are locked.
#[derive(Debug)]
pub struct Opened<P> {
    permit: P,
    session: Session,
    key: Key,
}

impl<P> Opened<P> {
    /// The proof that it may be made.
    pub fn permit(&self) -> &P {
        &self.permit
    }

    /// The transaction, for reading and for locks of working rows.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Keeps the outcome under the key and commits, for a change of working rows alone: no fact, no
    /// entry.
    pub async fn seal(
        self,
        request: &RequestContext,
        outcome: impl Into<String>,
    ) -> Result<String, Failure> {
        let outcome = outcome.into();
        self.key.keep(&self.session, &outcome).await?;
        request.count_written(self.session.statements());
        self.session.commit().await?;
        Ok(outcome)
    }

    /// Locks the ledger: from here on everything committed is known.
    pub async fn lock(self) -> Result<Change<P>, DbError> {
        Ok(Change {
            permit: self.permit,
            writer: Writer::lock(self.session).await?,
            memo: Memo::default(),
            key: self.key,
        })
    }
}

/// A change under way: permitted, new under its key, and alone in writing until it ends.
#[derive(Debug)]
pub struct Change<P> {
    /// The proof that it may be made.
    pub permit: P,
    /// Takes in entries and facts.
    pub writer: Writer,
    memo: Memo,
    key: Key,
}

impl<P> Change<P> {
    /// Opens the transaction, asks the policy, takes the key and locks the ledger.
    pub async fn begin<C: MutationCode>(
        request: &RequestContext,
        call: Call<'_>,
        may: impl FnOnce(&Mandate) -> Result<P, Denied>,
    ) -> Result<Self, Stopped<C>> {
        Ok(Self::open(request, call, may).await?.lock().await?)
    }

    /// Takes the key and locks the ledger, when the permit depends on what the transaction read
    /// before.
    pub async fn take<C: MutationCode>(
        request: &RequestContext,
        session: Session,
        call: Call<'_>,
        permit: P,
    ) -> Result<Self, Stopped<C>> {
        let opened = Self::keyed(request, session, call, permit).await?;
        Ok(opened.lock().await?)
    }

    /// Opens the transaction, asks the policy and takes the key, when working rows are to be locked
    /// before the ledger.
    pub async fn open<C: MutationCode>(
        request: &RequestContext,
        call: Call<'_>,
        may: impl FnOnce(&Mandate) -> Result<P, Denied>,
    ) -> Result<Opened<P>, Stopped<C>> {
        let session = request.write().await?;
        let permit = may(session.mandate())?;
        Self::keyed(request, session, call, permit).await
    }

    /// Takes the key, and looks through what people wrote in an input that is new under it.
    async fn keyed<C: MutationCode>(
        request: &RequestContext,
        session: Session,
        call: Call<'_>,
        permit: P,
    ) -> Result<Opened<P>, Stopped<C>> {
        let given = call.input.to_contract_value();
        let written = look_through::<C>(&given);
        let input = given
            .into_json()
            .map_err(|error| DbError::doing("reading an input")(DbErr::Json(error.to_string())))?;
        let key = Key::new(call.field, call.key.0.clone(), &input);
        match key.take(&session).await? {
            Seen::Same(outcome) => return Err(Stopped::Repeated(outcome)),
            Seen::Other => return Err(Stopped::Wrong(vec![key_reused(C::KEY_REUSED)])),
            Seen::New => request.warn(written.map_err(Stopped::Wrong)?),
        }
        Ok(Opened {
            permit,
            session,
            key,
        })
    }

    /// The transaction, for reading.
    pub fn session(&self) -> &Session {
        self.writer.session()
    }

    /// All rows of a table that are known now that the ledger is locked, in the order of their
    /// keys.
    pub async fn known<E: Facts>(&self) -> Result<&[E::Model], DbError> {
        self.memo.rows::<E>(self.session()).await
    }

    /// Keeps the outcome under the key and commits; gives the outcome, the subject that the payload
    /// tells of.
    pub async fn seal(
        self,
        request: &RequestContext,
        outcome: impl Into<String>,
    ) -> Result<String, Failure> {
        let outcome = outcome.into();
        self.key.keep(self.writer.session(), &outcome).await?;
        let before = self.writer.session().statements();
        let counter = self.writer.session().counter();
        request.count_written(before);
        self.writer.commit().await?;
        // The seal is sent by the commit.
        request.count_written(counter.load(Ordering::Relaxed) - before);
        Ok(outcome)
    }
}
