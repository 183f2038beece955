//! `Area`: areas of every kind, as a tree.

use domain::{
    territory::{codes::AreaKind, rules::holds},
    text::{Language, pick},
};
use graphql::{
    coded::{self, Coded},
    id::{self, NodeKind},
    index::{Index, index, index_of_shared},
};
use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{Context, ID, Object, Result};
use chrono::NaiveDate;
use entity::area;

use super::{
    lookup::{AreaByCode, AreaByParent, MembershipByArea, MunicipalityByCode},
    municipality::Municipality,
    tile::{Tile, TileMap, tile_of},
};
use crate::{
    guidance::{self, schema::AreaFunction},
    sources::schema::Source,
};

/// An area of some kind. NL: gebied.
#[derive(Debug, Clone)]
pub struct Area {
    row: Arc<area::Model>,
    as_of: NaiveDate,
}

impl Area {
    /// An area of its row, told as on a day.
    pub fn of(row: &Arc<area::Model>, as_of: NaiveDate) -> Self {
        Self {
            row: Arc::clone(row),
            as_of,
        }
    }

    /// The code.
    pub fn code_text(&self) -> &str {
        &self.row.code
    }

    /// The members on the day asked for, by code.
    pub async fn members(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        let areas = index::<AreaByParent>(ctx).await?;
        let memberships = index::<MembershipByArea>(ctx).await?;
        let municipalities = index_of_shared::<MunicipalityByCode>(ctx).await?;
        let members = members(&self.row.code, areas, memberships, self.as_of);
        Ok(members
            .into_iter()
            .filter_map(|code| {
                let mut periods = municipalities.rows_of(code);
                periods.find(|row| holds(row.valid_from, row.valid_to, self.as_of))
            })
            .map(|row| Municipality::of(row, self.as_of))
            .collect())
    }
}

/// The codes of the members of an area on a day, with those of the areas in it.
pub(super) fn members<'a>(
    code: &str,
    areas: Index<'a, AreaByParent>,
    memberships: Index<'a, MembershipByArea>,
    day: NaiveDate,
) -> BTreeSet<&'a str> {
    let mut within: Vec<&str> = vec![code];
    let mut at = 0;
    while let Some(&outer) = within.get(at) {
        for area in areas.rows_of(Some(outer)) {
            if !within.contains(&area.code.as_str()) {
                within.push(&area.code);
            }
        }
        at += 1;
    }
    within
        .into_iter()
        .flat_map(|area| memberships.rows_of(area))
        .filter(|row| holds(row.valid_from, row.valid_to, day))
        .map(|row| row.municipality.as_str())
        .collect()
}

/// An area of some kind. NL: gebied.
#[Object]
impl Area {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id_on(ctx, NodeKind::Area, &self.row.code, self.as_of).await
    }

    /// The code, as in `VR14`. Codes of police units are our own. NL: gebiedscode.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The kind. NL: soort.
    async fn kind(&self) -> Result<Coded<AreaKind>> {
        coded::of_row(&self.row.kind).map(Coded)
    }

    /// The kind in words. NL: label van de soort.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        Ok(pick(
            language.0,
            coded::of_row::<AreaKind>(&self.row.kind)?.label(),
        ))
    }

    /// The name, without the kind. NL: naam.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The area that this one lies in, as a safety region in its police unit; null when it lies in
    /// none that we know. NL: bovenliggend gebied.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        let areas = index_of_shared::<AreaByCode>(ctx).await?;
        let parent = self.row.parent.as_deref();
        let parent = parent.and_then(|code| areas.first_of(code));
        Ok(parent.map(|row| Area::of(row, self.as_of)))
    }

    /// The areas that lie in this one, by code. NL: onderliggende gebieden.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Area>> {
        let areas = index_of_shared::<AreaByParent>(ctx).await?;
        Ok(areas
            .rows_of(Some(&self.row.code))
            .map(|row| Area::of(row, self.as_of))
            .collect())
    }

    /// The members on the day asked for, by code: its own, and those of the areas in it, as a
    /// police unit has those of its safety regions. NL: gemeenten.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn municipalities(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        self.members(ctx).await
    }

    /// The number of its last entry in the ledger, for `expectedVersion` of `registerArea`. NL:
    /// nummer in het grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// The number of the last entry on its own members, for `expectedVersion` of `setAreaMembers`;
    /// null when it never had any. NL: grootboeknummer van de leden.
    async fn members_ledger(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        let memberships = index::<MembershipByArea>(ctx).await?;
        let own = memberships.rows_of(&self.row.code);
        Ok(own.map(|row| row.ledger_no).max())
    }

    /// Its square on the map of the safety regions; null for any other kind of area. NL: tegel.
    async fn tile(&self, ctx: &Context<'_>) -> Result<Option<Tile>> {
        tile_of(ctx, TileMap::Regions, &self.row.code).await
    }

    /// The functions that serve it on the day asked for: its own, and those of the areas that it
    /// lies in. NL: functies.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn functions(&self, ctx: &Context<'_>) -> Result<Vec<AreaFunction>> {
        guidance::schema::functions_of_area(ctx, &self.row.code, self.as_of).await
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
