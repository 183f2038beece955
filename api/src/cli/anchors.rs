//! The anchor of the ledger in the log.

use std::time::Duration;

use super::serve::head;
use database::Database;
use domain::error::chain;
use ledger::listen::Heads;

/// How often the head of the ledger is logged, as an anchor for `stm verify --against`.
const ANCHOR_EVERY: Duration = Duration::from_secs(60 * 60);

/// Logs the head of the ledger, now and every hour: whoever keeps the log can tell a ledger that
/// was rewritten.
pub(super) async fn keep_logging(db: Database, heads: Heads) {
    let mut hours = tokio::time::interval(ANCHOR_EVERY);
    loop {
        hours.tick().await;
        match head(db.pool()).await {
            Ok(Some(head)) => {
                tracing::info!(
                    ledger.number = head.number,
                    ledger.hash = hex::encode(&head.hash),
                    "anchor of the ledger"
                );
                heads.note_anchor(db.clock().now().timestamp());
            }
            Ok(None) => tracing::error!("the ledger has no head"),
            Err(error) => {
                tracing::warn!(error = chain(&error), "no anchor of the ledger this hour")
            }
        }
    }
}
