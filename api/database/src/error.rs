//! What can go wrong between us and Postgres. Nothing of it is ever shown to a client.

use std::sync::Arc;

use sea_orm::{DbErr, RuntimeErr, SqlxError};

use super::document::Unreadable;
use domain::error::chain;

/// What the SQLSTATE of a failure begins with that only this server or this moment has: no
/// connection, rolled back for the sake of others, short of means, stopping, broken; and what a
/// standby cannot do, or may not do while the primary changes the table.
const OF_SERVER: [&str; 9] = [
    "08", "40", "53", "57P", "58", "XX", "25006", "0A000", "55P03",
];
/// Of these, what says nothing of the next statement: a standby ends what reads rows that the
/// primary has removed, and cannot do all that a primary can.
const OF_STATEMENT: [&str; 4] = ["40", "25006", "0A000", "55P03"];

/// A failure of the database, with what we were doing.
#[derive(Debug, thiserror::Error)]
#[error("the database failed while {doing}")]
pub struct DbError {
    doing: &'static str,
    #[source]
    cause: Cause,
}

/// What failed.
#[derive(Debug, thiserror::Error)]
enum Cause {
    /// The database itself, or the library that speaks to it.
    #[error(transparent)]
    Database(DbErr),
    /// We did not ask or did not take what was answered.
    #[error(transparent)]
    Refused(Refused),
    /// A document that is stored is not what this program knows.
    #[error("{name} cannot be read")]
    Unreadable {
        name: &'static str,
        #[source]
        cause: Unreadable,
    },
}

/// What a session refuses by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// A statement was not sent, because an earlier one of its transaction had failed.
    #[error("an earlier statement of the transaction failed")]
    Consequence,
    /// A transaction was to be kept of which a statement had failed.
    #[error("a statement of the transaction had failed, so nothing of it is kept")]
    NotKept,
    /// A statement brought more rows than any question needs.
    #[error("a statement brought too many rows")]
    TooManyRows,
    /// A list cannot be read on, because whoever reads it may see other rows by now.
    #[error("the scope is another than that of the first page")]
    ScopeMoved,
    /// A moment was asked for that has not come.
    #[error("the moment lies beyond the head")]
    BeyondHead,
    /// The clock of this instance is not to be trusted, so it writes nothing.
    #[error("the clocks of this instance and of the database differ by more than two seconds")]
    ClocksDiffer,
    /// The same call came to its end first, on the other side of New Year.
    #[error("the same call was carried out meanwhile")]
    Overtaken,
    /// Others held what was to be locked for as long as a statement may run.
    #[error("others held it for as long as a statement may run")]
    HeldByOthers,
    /// What the actor may do changed while its transaction waited to write.
    #[error("the mandate is another than when the transaction began")]
    MandateMoved,
    /// Somebody goes on from a position that this ledger does not have.
    #[error("the position lies ahead of the head, or in a future that is lost")]
    PositionLost,
    /// A place in a list is not as it was handed out.
    #[error("the place in the list bears another seal")]
    Unsealed,
}

impl From<Refused> for DbErr {
    /// Statements are sent through sea-orm, whose errors have no room for ours but this one, which
    /// carries any cause. [`DbError::doing`] takes it out again.
    fn from(refused: Refused) -> Self {
        Self::TryIntoErr {
            from: "a statement",
            into: "its answer",
            source: Arc::new(refused),
        }
    }
}

impl From<DbErr> for Cause {
    fn from(error: DbErr) -> Self {
        let refused = match &error {
            DbErr::TryIntoErr { source, .. } => source.downcast_ref().copied(),
            _ => None,
        };
        refused.map_or(Self::Database(error), Self::Refused)
    }
}

impl DbError {
    /// For `map_err`: names what we were doing.
    pub fn doing(doing: &'static str) -> impl Fn(DbErr) -> Self {
        move |error| Self {
            doing,
            cause: error.into(),
        }
    }

    /// That a list cannot be read on, because whoever reads it may see other rows by now.
    pub(super) fn scope_moved() -> Self {
        Self::refused("going on with a list", Refused::ScopeMoved)
    }

    /// That a moment was asked for that has not come.
    pub(super) fn beyond_head() -> Self {
        Self::refused("finding the moment", Refused::BeyondHead)
    }

    /// That nothing is written while the clocks of this instance and of the database differ.
    pub(super) fn clocks_differ() -> Self {
        Self::refused("opening a transaction that writes", Refused::ClocksDiffer)
    }

    /// That the same call came to its end while this one was under way; sent once more, it is a
    /// repeat.
    pub fn overtaken() -> Self {
        Self::refused("keeping an outcome", Refused::Overtaken)
    }

    /// That what the actor may do changed while its transaction waited to write; sent once more, the
    /// call is judged by what holds now.
    pub(super) fn mandate_moved() -> Self {
        Self::refused("locking the ledger", Refused::MandateMoved)
    }

    /// For a statement that does nothing but lock. Whoever waits for a row waits twice: behind
    /// those who came earlier, then for whoever holds it. Each wait ends in time, but both together
    /// may last longer than a statement may run. That too is the doing of others, and trying again
    /// helps.
    #[must_use]
    pub fn of_lock(self) -> Self {
        if self.is_timeout() {
            return Self::refused(self.doing, Refused::HeldByOthers);
        }
        self
    }

    /// That somebody goes on from a position that this ledger does not have.
    pub fn position_lost() -> Self {
        Self::refused("finding a position", Refused::PositionLost)
    }

    /// That a place in a list is not as it was handed out.
    pub fn unsealed() -> Self {
        Self::refused("reading the seal of a place", Refused::Unsealed)
    }

    /// That nothing more is asked, because an earlier failure, which was told already, ended the
    /// transaction.
    pub fn consequence() -> Self {
        Self::refused("going on", Refused::Consequence)
    }

    /// That a transaction of which a statement had failed is not kept.
    pub(super) fn not_kept() -> Self {
        Self::refused("committing", Refused::NotKept)
    }

    /// Whether a transaction was not kept because one of its statements had failed.
    #[must_use]
    pub fn is_not_kept(&self) -> bool {
        self.is_refused(Refused::NotKept)
    }

    /// That a document which is stored cannot be read, and why.
    pub(super) fn unreadable(name: &'static str, cause: Unreadable) -> Self {
        Self {
            doing: "reading what is stored",
            cause: Cause::Unreadable { name, cause },
        }
    }

    fn refused(doing: &'static str, refused: Refused) -> Self {
        Self {
            doing,
            cause: Cause::Refused(refused),
        }
    }

    fn is_refused(&self, kind: Refused) -> bool {
        matches!(&self.cause, Cause::Refused(refused) if *refused == kind)
    }

    /// Whether a statement brought more rows than any question needs.
    #[must_use]
    pub fn is_too_much(&self) -> bool {
        self.is_refused(Refused::TooManyRows)
    }

    /// Whether a list cannot be read on because the scope changed since its first page.
    #[must_use]
    pub fn is_scope_moved(&self) -> bool {
        self.is_refused(Refused::ScopeMoved)
    }

    /// Whether the moment that was asked for lies beyond the head.
    #[must_use]
    pub fn is_beyond_head(&self) -> bool {
        self.is_refused(Refused::BeyondHead)
    }

    /// Whether somebody goes on from a position that is ahead of the head, or of a future that is
    /// lost.
    #[must_use]
    pub fn is_position_lost(&self) -> bool {
        self.is_refused(Refused::PositionLost)
    }

    /// Whether a place in a list is not as it was handed out.
    #[must_use]
    pub fn is_unsealed(&self) -> bool {
        self.is_refused(Refused::Unsealed)
    }

    /// Whether this is only the consequence of an earlier failure, which was told already.
    #[must_use]
    pub fn is_consequence(&self) -> bool {
        self.is_refused(Refused::Consequence)
    }

    fn database(&self) -> Option<&DbErr> {
        match &self.cause {
            Cause::Database(error) => Some(error),
            Cause::Refused(_) | Cause::Unreadable { .. } => None,
        }
    }

    fn sqlx(&self) -> Option<&SqlxError> {
        match self.database()? {
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
            _ => None,
        }
    }

    /// The SQLSTATE, when Postgres answered at all.
    #[must_use]
    pub fn sqlstate(&self) -> Option<String> {
        let database = self.sqlx()?.as_database_error()?;
        database.code().map(|code| code.into_owned())
    }

    /// The constraint that refused a row, if one did.
    #[must_use]
    pub fn constraint(&self) -> Option<&str> {
        self.sqlx()?.as_database_error()?.constraint()
    }

    /// Whether trying again may help: no connection to be had, the server is stopping or short of
    /// means (class 53), or other writers are at work.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        let no_connection = matches!(
            self.database(),
            Some(DbErr::ConnectionAcquire(_) | DbErr::Conn(_))
        ) || matches!(
            self.sqlx(),
            Some(SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed)
        );
        let stopping = self.sqlstate().is_some_and(|state| {
            state.starts_with("57P")
                || state.starts_with("08")
                || state.starts_with("53")
                || state == "55P03"
        });
        let later = [
            Refused::ClocksDiffer,
            Refused::Overtaken,
            Refused::HeldByOthers,
            Refused::MandateMoved,
        ];
        no_connection || stopping || later.into_iter().any(|kind| self.is_refused(kind))
    }

    /// Whether another server that holds the same may answer the statement: this one did not answer
    /// at all, or not because of the statement.
    pub(super) fn is_of_server(&self) -> bool {
        match self.sqlstate() {
            Some(state) => OF_SERVER.iter().any(|start| state.starts_with(start)),
            None => self.database().is_some(),
        }
    }

    /// Whether that is so for this statement alone, and the server will answer the next one.
    pub(super) fn is_of_statement(&self) -> bool {
        self.sqlstate()
            .is_some_and(|state| OF_STATEMENT.iter().any(|start| state.starts_with(start)))
    }

    /// Whether a value cannot be stored or compared: a NUL in a text, a day beyond the calendar, a
    /// number that a table does not take. Postgres calls these data exceptions (class 22) and check
    /// violations (23514), and they come from what the client sent.
    #[must_use]
    pub fn is_unstorable(&self) -> bool {
        self.sqlstate()
            .is_some_and(|state| state.starts_with("22") || state == "23514")
    }

    /// What may be logged of it: the chain of causes. Where Postgres refused a value its message may
    /// repeat that, so the SQLSTATE stands in the place of the message.
    #[must_use]
    pub fn logged(&self) -> String {
        match self.sqlstate() {
            Some(state) if self.is_unstorable() => format!("{self}: SQLSTATE {state}"),
            Some(_) | None => chain(self),
        }
    }

    /// Whether a statement failed because Postgres has no room to write in: its disk is full.
    pub(super) fn is_for_want_of_room(error: &DbErr) -> bool {
        let (DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))) = error
        else {
            return false;
        };
        let database = error.as_database_error();
        database.is_some_and(|error| error.code().as_deref() == Some("53100"))
    }

    /// Whether the statement ran longer than it may.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.sqlstate().as_deref() == Some("57014")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_session_refuses_keeps_its_kind_on_the_way_through_the_library() {
        let kinds = |refused: Refused| {
            let error = DbError::doing("reading")(refused.into());
            [
                error.is_consequence(),
                error.is_too_much(),
                error.is_scope_moved(),
                error.is_beyond_head(),
            ]
        };
        assert_eq!(kinds(Refused::Consequence), [true, false, false, false]);
        assert_eq!(kinds(Refused::TooManyRows), [false, true, false, false]);
        assert_eq!(kinds(Refused::ScopeMoved), [false, false, true, false]);
        assert_eq!(kinds(Refused::BeyondHead), [false, false, false, true]);
        let given = DbErr::Custom(Refused::Consequence.to_string());
        assert!(!DbError::doing("reading")(given).is_consequence());
    }

    #[test]
    fn the_log_says_what_was_done_and_why_it_failed() {
        let refused = DbError::doing("reading")(Refused::TooManyRows.into());
        assert_eq!(
            refused.logged(),
            "the database failed while reading: a statement brought too many rows"
        );
    }
}
