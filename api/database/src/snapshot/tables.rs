//! What derives something from tables that everybody may read.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use super::{
    super::{DbError, Memo, Session},
    Names, Unguarded, lock, name_of,
};

/// The tables that everybody may read, as known at the moment of a session. It gives no other
/// table, so whatever is derived from it alone is everybody's as well.
#[derive(Debug, Clone)]
pub struct Tables<'a> {
    memo: &'a Memo,
    session: &'a Session,
    /// The tables that were read.
    read: Arc<Mutex<BTreeSet<&'static str>>>,
}

impl<'a> Tables<'a> {
    pub(crate) fn new(memo: &'a Memo, session: &'a Session) -> Self {
        Self {
            memo,
            session,
            read: Arc::default(),
        }
    }

    /// All rows of a table, as [`Memo::rows`] gives them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows<E: Unguarded>(&self) -> Result<&'a [E::Model], DbError> {
        lock(&self.read).extend(name_of::<E>());
        self.memo.rows::<E>(self.session).await
    }

    /// The tables that were read so far.
    pub(crate) fn names(&self) -> Names {
        lock(&self.read).iter().copied().collect()
    }
}
