//! What can go wrong between us and Postgres. Nothing of it is ever shown to a client.

use sea_orm::{DbErr, RuntimeErr, SqlxError};

/// A failure of the database, with what we were doing.
#[derive(Debug, thiserror::Error)]
#[error("the database failed while {doing}")]
pub struct DbError {
    doing: &'static str,
    #[source]
    source: DbErr,
}

impl DbError {
    /// What a statement says that was not sent, because an earlier one of its transaction had failed.
    pub(super) const CONSEQUENCE: &'static str = "an earlier statement of the transaction failed";

    /// What a statement says that brought more rows than any question needs.
    pub(super) const TOO_MANY_ROWS: &'static str = "a statement brought too many rows";

    /// Whether a statement brought more rows than any question needs.
    #[must_use]
    pub fn is_too_much(&self) -> bool {
        matches!(&self.source, DbErr::Custom(text) if text == Self::TOO_MANY_ROWS)
    }

    const SCOPE_MOVED: &'static str = "the scope is another than that of the first page";

    /// That a list cannot be read on, because whoever reads it may see other rows by now.
    pub(super) fn scope_moved() -> Self {
        Self::doing("going on with a list")(DbErr::Custom(Self::SCOPE_MOVED.to_owned()))
    }

    /// Whether a list cannot be read on because the scope changed since its first page.
    #[must_use]
    pub fn is_scope_moved(&self) -> bool {
        matches!(&self.source, DbErr::Custom(text) if text == Self::SCOPE_MOVED)
    }

    /// That nothing more is asked, because an earlier failure, which was told already, ended the transaction.
    pub fn consequence() -> Self {
        Self::doing("going on")(DbErr::Custom(Self::CONSEQUENCE.to_owned()))
    }

    /// Whether this is only the consequence of an earlier failure, which was told already.
    #[must_use]
    pub fn is_consequence(&self) -> bool {
        matches!(&self.source, DbErr::Custom(text) if text == Self::CONSEQUENCE)
    }

    /// For `map_err`: names what we were doing.
    pub fn doing(doing: &'static str) -> impl Fn(DbErr) -> Self {
        move |source| Self { doing, source }
    }

    fn sqlx(&self) -> Option<&SqlxError> {
        match &self.source {
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

    /// Whether trying again may help: no connection to be had, the server is stopping, or other writers are at work.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        let no_connection = matches!(self.source, DbErr::ConnectionAcquire(_) | DbErr::Conn(_))
            || matches!(
                self.sqlx(),
                Some(SqlxError::Io(_) | SqlxError::PoolTimedOut | SqlxError::PoolClosed)
            );
        let stopping = self.sqlstate().is_some_and(|state| {
            state.starts_with("57P") || state.starts_with("08") || state == "55P03"
        });
        no_connection || stopping
    }

    /// Whether a value cannot be stored or compared: a NUL in a text, a day beyond the calendar. Postgres calls these data
    /// exceptions (class 22), and they come from what the client sent.
    #[must_use]
    pub fn is_unstorable(&self) -> bool {
        self.sqlstate().is_some_and(|state| state.starts_with("22"))
    }

    /// Whether the statement ran longer than it may.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.sqlstate().as_deref() == Some("57014")
    }
}
