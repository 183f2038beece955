//! Goes on reading after a commit, at the moment of the transaction that wrote.
//!
//! A change of working rows, such as a draft, appends nothing to the ledger. So what its
//! transaction found when it opened, the head and the mandate, is as good for what is told of the
//! change: whatever others append since has a higher number. To find both again would cost more
//! than all that is told.

use super::{
    super::{DbError, admission::Access},
    Database, Session,
    when_needed::Transaction,
};

impl Session {
    /// Keeps what was written in working rows, and gives a session that reads on at the same moment
    /// for the same actor; its transaction begins when a statement is to be sent. Who has locked
    /// the ledger has handed its session to the writer, and opens another to tell what it wrote.
    ///
    /// # Errors
    /// When the database refuses; then nothing is kept.
    pub async fn commit_to_read(self, db: &Database) -> Result<Self, DbError> {
        // On the primary: a replica may not have what is written here.
        let opening = db.opening(Access::Read);
        let transaction = Transaction::when_needed(db.connections(), opening, None);
        let session = db.session(transaction, self.mandate.clone(), self.moment);
        let reads_on = Self {
            is_demo: self.is_demo,
            known_hash: self.known_hash,
            seal: self.seal.clone(),
            clocks: self.clocks,
            snapshot: self.snapshot.clone(),
            ..session
        };
        self.commit().await?;
        Ok(reads_on)
    }
}
