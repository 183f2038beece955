//! Who pulls: somebody with a token, a feed key, or nobody. A key is looked up again for every
//! page, so that one that is revoked opens nothing more, on any instance, not even amid a download.

use super::{
    keys::{self, UsedKey},
    tables::Table,
};
use database::{Database, DbError, RequestedMoment, Session};
use domain::actor::Actor;

/// Who pulls.
#[derive(Debug, Clone)]
pub enum Caller {
    /// Nobody, or whoever a token names.
    Actor(Actor),
    /// A program that shows a feed key.
    Key(UsedKey),
}

impl Caller {
    /// Whether its credential is good for a table at all: everybody's tables, and of a key those
    /// that it names.
    pub fn may_ask(&self, table: &Table) -> bool {
        match self {
            Self::Actor(_) => true,
            Self::Key(key) => table.is_public() || key.names(table.name),
        }
    }

    /// The id of the key, for the log.
    pub fn key_id(&self) -> Option<&str> {
        match self {
            Self::Actor(_) => None,
            Self::Key(key) => Some(key.id()),
        }
    }

    /// The actor whose scope counts.
    pub fn actor(&self) -> &Actor {
        match self {
            Self::Actor(actor) => actor,
            Self::Key(key) => key.actor(),
        }
    }
}

/// Opens sessions for callers.
#[derive(Debug, Clone)]
pub struct Opening {
    db: Database,
    /// Whether statements are planned once per connection, and not for the values in them.
    is_planned_once: bool,
}

impl Opening {
    /// Over this database.
    pub fn new(db: Database) -> Self {
        Self {
            db,
            is_planned_once: false,
        }
    }

    /// The same for statements of our own alone: a page that begins after a key is walked by its
    /// index whatever the key, so it is planned once per connection.
    #[must_use]
    pub fn planning_once(self) -> Self {
        Self {
            is_planned_once: true,
            ..self
        }
    }

    /// A session of the caller; none when its key is not good any more.
    pub async fn session(
        &self,
        caller: &Caller,
        moment: RequestedMoment,
    ) -> Result<Option<Session>, DbError> {
        if let Caller::Key(key) = caller
            && !keys::is_good(&self.db, key).await?
        {
            return Ok(None);
        }
        if self.is_planned_once {
            let opened = self.db.read_when_needed(caller.actor(), moment).await;
            return opened.map(Some);
        }
        // Its filters are the client's.
        let db = self.db.planning_by_values();
        db.read(caller.actor(), moment).await.map(Some)
    }
}
