//! Reads each table of the framework at most once per request: an edition has some 25 criteria.

use std::sync::Arc;

use entity::{criterion, framework_edition, reporting_period, theme};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use tokio::sync::OnceCell;

use database::DbError;
use graphql::context::RequestContext;

/// The framework as a request sees it.
pub struct FrameworkLoader {
    request: Arc<RequestContext>,
    editions: OnceCell<Vec<framework_edition::Model>>,
    themes: OnceCell<Vec<theme::Model>>,
    criteria: OnceCell<Vec<criterion::Model>>,
    periods: OnceCell<Vec<reporting_period::Model>>,
}

impl FrameworkLoader {
    /// A loader for one request.
    pub fn new(request: Arc<RequestContext>) -> Self {
        Self {
            request,
            editions: OnceCell::new(),
            themes: OnceCell::new(),
            criteria: OnceCell::new(),
            periods: OnceCell::new(),
        }
    }

    /// All editions, by code.
    pub(crate) async fn editions(&self) -> Result<&[framework_edition::Model], DbError> {
        let rows = self
            .editions
            .get_or_try_init(|| async {
                framework_edition::Entity::find()
                    .order_by_asc(framework_edition::Column::Code)
                    .all(self.request.session().await?)
                    .await
                    .map_err(DbError::doing("reading editions"))
            })
            .await?;
        Ok(rows)
    }

    /// All themes, in the order of their edition.
    pub(crate) async fn themes(&self) -> Result<&[theme::Model], DbError> {
        let rows = self
            .themes
            .get_or_try_init(|| async {
                theme::Entity::find()
                    .order_by_asc(theme::Column::Edition)
                    .order_by_asc(theme::Column::Position)
                    .all(self.request.session().await?)
                    .await
                    .map_err(DbError::doing("reading themes"))
            })
            .await?;
        Ok(rows)
    }

    /// All criteria, in the order of their edition.
    pub(crate) async fn criteria(&self) -> Result<&[criterion::Model], DbError> {
        let rows = self
            .criteria
            .get_or_try_init(|| async {
                criterion::Entity::find()
                    .order_by_asc(criterion::Column::Edition)
                    .order_by_asc(criterion::Column::Position)
                    .all(self.request.session().await?)
                    .await
                    .map_err(DbError::doing("reading criteria"))
            })
            .await?;
        Ok(rows)
    }

    /// All reporting periods, the first to open first.
    pub(crate) async fn periods(&self) -> Result<&[reporting_period::Model], DbError> {
        let rows = self
            .periods
            .get_or_try_init(|| async {
                reporting_period::Entity::find()
                    .order_by_asc(reporting_period::Column::OpensOn)
                    .order_by_asc(reporting_period::Column::Key)
                    .all(self.request.session().await?)
                    .await
                    .map_err(DbError::doing("reading periods"))
            })
            .await?;
        Ok(rows)
    }
}
