//! Reads the documents once per request: there are few, and every fact names one.

use std::{collections::HashMap, sync::Arc};

use entity::source_document;
use sea_orm::EntityTrait as _;
use tokio::sync::OnceCell;

use crate::{db::DbError, graphql::context::Asking};

/// The source documents of a request.
pub(crate) struct SourceLoader {
    asking: Arc<Asking>,
    documents: OnceCell<HashMap<String, source_document::Model>>,
}

impl SourceLoader {
    pub(crate) fn new(asking: Arc<Asking>) -> Self {
        Self {
            asking,
            documents: OnceCell::new(),
        }
    }

    /// All documents by key.
    pub(crate) async fn documents(
        &self,
    ) -> Result<&HashMap<String, source_document::Model>, DbError> {
        self.documents
            .get_or_try_init(|| async {
                let rows = source_document::Entity::find()
                    .all(self.asking.session().await?)
                    .await
                    .map_err(DbError::doing("reading source documents"))?;
                Ok(rows.into_iter().map(|row| (row.key.clone(), row)).collect())
            })
            .await
    }
}
