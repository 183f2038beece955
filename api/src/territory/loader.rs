//! Reads each table of the territory at most once per request: it is bounded by nature (some 400 municipalities and
//! 50 areas), so a list of municipalities with their regions costs the same few statements as one.

use std::sync::Arc;

use entity::{area, area_membership, municipality, reorganisation};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use tokio::sync::OnceCell;

use crate::{db::DbError, graphql::context::Asking};

/// The territory as a request sees it.
pub(crate) struct TerritoryLoader {
    asking: Arc<Asking>,
    municipalities: OnceCell<Vec<municipality::Model>>,
    areas: OnceCell<Vec<area::Model>>,
    memberships: OnceCell<Vec<area_membership::Model>>,
    reorganisations: OnceCell<Vec<reorganisation::Model>>,
}

impl TerritoryLoader {
    pub(crate) fn new(asking: Arc<Asking>) -> Self {
        Self {
            asking,
            municipalities: OnceCell::new(),
            areas: OnceCell::new(),
            memberships: OnceCell::new(),
            reorganisations: OnceCell::new(),
        }
    }

    /// All municipalities that ever were, by code.
    pub(crate) async fn municipalities(&self) -> Result<&[municipality::Model], DbError> {
        let rows = self
            .municipalities
            .get_or_try_init(|| async {
                municipality::Entity::find()
                    .order_by_asc(municipality::Column::Code)
                    .order_by_asc(municipality::Column::ValidFrom)
                    .all(self.asking.session().await?)
                    .await
                    .map_err(DbError::doing("reading municipalities"))
            })
            .await?;
        Ok(rows)
    }

    /// All areas, by code.
    pub(crate) async fn areas(&self) -> Result<&[area::Model], DbError> {
        let rows = self
            .areas
            .get_or_try_init(|| async {
                area::Entity::find()
                    .order_by_asc(area::Column::Code)
                    .all(self.asking.session().await?)
                    .await
                    .map_err(DbError::doing("reading areas"))
            })
            .await?;
        Ok(rows)
    }

    /// Which municipality is a member of which area, and when.
    pub(crate) async fn memberships(&self) -> Result<&[area_membership::Model], DbError> {
        let rows = self
            .memberships
            .get_or_try_init(|| async {
                area_membership::Entity::find()
                    .order_by_asc(area_membership::Column::Area)
                    .order_by_asc(area_membership::Column::Municipality)
                    .all(self.asking.session().await?)
                    .await
                    .map_err(DbError::doing("reading memberships"))
            })
            .await?;
        Ok(rows)
    }

    /// All reorganisations, by day.
    pub(crate) async fn reorganisations(&self) -> Result<&[reorganisation::Model], DbError> {
        let rows = self
            .reorganisations
            .get_or_try_init(|| async {
                reorganisation::Entity::find()
                    .order_by_asc(reorganisation::Column::EffectiveOn)
                    .order_by_asc(reorganisation::Column::Predecessor)
                    .order_by_asc(reorganisation::Column::Successor)
                    .all(self.asking.session().await?)
                    .await
                    .map_err(DbError::doing("reading reorganisations"))
            })
            .await?;
        Ok(rows)
    }
}
