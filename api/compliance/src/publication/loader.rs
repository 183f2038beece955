//! Reads the publications that the actor may see at most once per request: they are few, and many things link to one.

use std::sync::Arc;

use tokio::sync::OnceCell;

use super::repo::{self, Row};
use database::DbError;
use domain::policy;
use graphql::context::Asking;

/// The publications as a request sees them.
pub struct PublicationLoader {
    asking: Arc<Asking>,
    rows: OnceCell<Vec<Row>>,
}

impl PublicationLoader {
    /// A loader for one request.
    pub fn new(asking: Arc<Asking>) -> Self {
        Self {
            asking,
            rows: OnceCell::new(),
        }
    }

    /// Those that the actor may see, the latest first.
    pub async fn rows(&self) -> Result<&[Row], DbError> {
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
