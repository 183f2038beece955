//! Reads the publications that the actor may see at most once per request: they are few, and many things link to one.

use std::sync::Arc;

use tokio::sync::OnceCell;

use super::repo::{self, Row};
use crate::{db::DbError, graphql::context::Asking, policy};

/// The publications as a request sees them.
pub(crate) struct PublicationLoader {
    asking: Arc<Asking>,
    rows: OnceCell<Vec<Row>>,
}

impl PublicationLoader {
    pub(crate) fn new(asking: Arc<Asking>) -> Self {
        Self {
            asking,
            rows: OnceCell::new(),
        }
    }

    /// Those that the actor may see, the latest first.
    pub(crate) async fn rows(&self) -> Result<&[Row], DbError> {
        let rows = self
            .rows
            .get_or_try_init(|| async {
                let session = self.asking.session().await?;
                repo::publications(session, &policy::publications(session.mandate())).await
            })
            .await?;
        Ok(rows)
    }
}
