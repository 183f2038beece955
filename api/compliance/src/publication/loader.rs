//! Reads the publications that the actor may see at most once per request: they are few, and many
//! things link to one.

use std::sync::Arc;

use tokio::sync::OnceCell;

use super::repo::{self, Row};
use database::DbError;
use domain::policy;
use graphql::context::RequestContext;

/// The publications as a request sees them.
pub struct PublicationLoader {
    request: Arc<RequestContext>,
    rows: OnceCell<Vec<Row>>,
}

impl PublicationLoader {
    /// A loader for one request.
    pub fn new(request: Arc<RequestContext>) -> Self {
        Self {
            request,
            rows: OnceCell::new(),
        }
    }

    /// Those that the actor may see, the latest first.
    pub async fn rows(&self) -> Result<&[Row], DbError> {
        let rows = self
            .rows
            .get_or_try_init(|| async {
                let session = self.request.session().await?;
                repo::publications(session, &policy::publications(session.mandate())).await
            })
            .await?;
        Ok(rows)
    }
}
