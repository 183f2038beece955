//! A database is real or a demo for ever: whoever brings in its first fact says which.

use std::sync::{Arc, OnceLock};

use sea_orm::{EntityTrait as _, FromQueryResult, Value};

use super::{Database, DbError, Session};

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// What is real.
    Real,
    /// What is invented, over the real territory, framework and plan.
    Demo,
}

impl DatabaseKind {
    /// What the name of a file that people keep begins with.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Real => "",
            Self::Demo => "DEMO-",
        }
    }

    /// The code that the database keeps, and that answers tell.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Real => "REAL",
            Self::Demo => "DEMO",
        }
    }
}

/// What was found; asked for until it is there, and never again.
pub(super) type Found = Arc<OnceLock<bool>>;

#[derive(FromQueryResult)]
struct Claimed {
    ours: bool,
}

impl Session {
    /// Says of what kind the database is, when nobody has; whether it is of this kind.
    pub async fn claim(&self, kind: DatabaseKind) -> Result<bool, DbError> {
        let code = || [Value::from(kind.code())];
        self.change(
            "saying what a database holds",
            "insert into database_kind (kind) values ($1) on conflict do nothing",
            code(),
        )
        .await?;
        let claimed: Option<Claimed> = self
            .row(
                "reading what a database holds",
                "select kind = $1 as ours from database_kind",
                code(),
            )
            .await?;
        Ok(claimed.is_some_and(|claimed| claimed.ours))
    }
}

impl Database {
    /// Whether the database is a demo.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_demo(&self) -> Result<bool, DbError> {
        if let Some(is_demo) = self.is_demo.get() {
            return Ok(*is_demo);
        }
        let row = entity::database_kind::Entity::find()
            .one(self.pool())
            .await
            .map_err(DbError::doing("reading what a database holds"))?;
        Ok(row.is_some_and(|row| {
            *self
                .is_demo
                .get_or_init(|| row.kind == DatabaseKind::Demo.code())
        }))
    }

    /// Takes in what a transaction found: a demo is one for ever, and what is none may hold nothing
    /// yet.
    pub(super) fn note_kind(&self, is_demo: bool) {
        if is_demo {
            self.is_demo.get_or_init(|| true);
        }
    }

    /// What the database holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kind(&self) -> Result<DatabaseKind, DbError> {
        Ok(if self.is_demo().await? {
            DatabaseKind::Demo
        } else {
            DatabaseKind::Real
        })
    }

    /// Whether the database is known to be a demo, without asking it.
    #[must_use]
    pub fn is_known_demo(&self) -> bool {
        self.is_demo.get() == Some(&true)
    }
}
