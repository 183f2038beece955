//! `Municipality`.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use chrono::NaiveDate;
use entity::{municipality, reorganisation};
use graphql::{
    coded::Coded,
    date::Date,
    day::OnDay,
    id::{self, NodeKind},
    index::{Index, index, index_of_shared},
    known::known,
};

use super::{
    area::Area,
    lookup::{
        AreaByCode, MembershipByMunicipality, MunicipalityByCode, ReorganisationByPredecessor,
        ReorganisationBySuccessor,
    },
    reorganisation::Reorganisation,
    tile::{Tile, TileMap, tile_of},
};
use crate::{
    policies::{self, schema::PolicyAdoption},
    sources::schema::Source,
};
use domain::{
    policies::rules::PolicyState,
    territory::rules::{Step, continued_as, holds},
};

/// A municipality over one period of validity. NL: gemeente.
#[derive(Debug, Clone)]
pub struct Municipality {
    row: Arc<municipality::Model>,
    /// The day on which its memberships are told.
    as_of: NaiveDate,
}

impl Municipality {
    /// A municipality of its row, told as on a day.
    pub fn of(row: &Arc<municipality::Model>, as_of: NaiveDate) -> Self {
        Self {
            row: Arc::clone(row),
            as_of,
        }
    }

    /// The municipality that a code means on a day: the one that exists, else the last that did,
    /// else the first that will.
    pub(crate) fn of_code(
        periods: Index<'_, MunicipalityByCode, Arc<municipality::Model>>,
        code: &str,
        day: NaiveDate,
    ) -> Option<Self> {
        let own = || periods.rows_of(code);
        let exists = own().find(|row| holds(row.valid_from, row.valid_to, day));
        let existed = || {
            let began =
                |row: &&Arc<municipality::Model>| row.valid_from.is_none_or(|from| from <= day);
            own().filter(began).max_by_key(|row| row.valid_from)
        };
        let will = || own().min_by_key(|row| row.valid_from);
        let row = exists.or_else(existed).or_else(will)?;
        Some(Self::of(row, day))
    }

    /// The CBS code.
    pub fn code_text(&self) -> &str {
        &self.row.code
    }

    /// The official name.
    pub(crate) fn name_text(&self) -> &str {
        &self.row.name
    }

    /// The day to tell of: the last day of a municipality that no longer exists.
    fn day(&self) -> NaiveDate {
        match self.row.valid_to {
            Some(end) if end <= self.as_of => end.pred_opt().unwrap_or(end),
            Some(_) | None => self.as_of,
        }
    }

    async fn area(&self, ctx: &Context<'_>, kind: &str) -> Result<Option<OnDay<Area>>> {
        let areas = index_of_shared::<AreaByCode>(ctx).await?;
        let memberships = index::<MembershipByMunicipality>(ctx).await?;
        let day = self.day();
        let area = memberships
            .rows_of(&self.row.code)
            .filter(|membership| holds(membership.valid_from, membership.valid_to, day))
            .find_map(|membership| {
                let mut own = areas.rows_of(&membership.area);
                own.find(|area| area.kind == kind)
            });
        Ok(area.map(|row| OnDay::new(day, Area::of(row, day))))
    }

    /// The code of its safety region, on the day asked for.
    pub async fn region_code(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let region = self.area(ctx, "SAFETY_REGION").await?;
        Ok(region.map(|region| region.code_text().to_owned()))
    }

    async fn went(&self, ctx: &Context<'_>, forwards: bool) -> Result<Vec<Reorganisation>> {
        let code = &self.row.code;
        if forwards {
            let rows = index::<ReorganisationByPredecessor>(ctx).await?;
            rows.rows_of(code).map(Reorganisation::of).collect()
        } else {
            let rows = index::<ReorganisationBySuccessor>(ctx).await?;
            rows.rows_of(code).map(Reorganisation::of).collect()
        }
    }
}

/// A municipality over one period of validity. NL: gemeente.
#[Object]
impl Municipality {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id_on(ctx, NodeKind::Municipality, &self.row.code, self.as_of).await
    }

    /// The code of Statistics Netherlands, as in `GM0402`. NL: CBS-code.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The official name. NL: naam.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The name, with its province's sign where two municipalities have one name. NL: eenduidige
    /// naam.
    async fn label(&self) -> &str {
        &self.row.label
    }

    /// Other names by which it is found. NL: andere namen.
    async fn aliases(&self) -> Vec<String> {
        self.row.aliases.clone()
    }

    /// The first day of its existence under this code; null when that is before the records begin
    /// (2019). NL: bestaat sinds.
    async fn valid_from(&self) -> Option<Date> {
        self.row.valid_from.map(Date)
    }

    /// The first day on which it no longer exists; null while no end is known. NL: opgeheven per.
    async fn valid_until(&self) -> Option<Date> {
        self.row.valid_to.map(Date)
    }

    /// The safety region, on the day asked for. NL: veiligheidsregio.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<OnDay<Area>>> {
        self.area(ctx, "SAFETY_REGION").await
    }

    /// The province, on the day asked for. NL: provincie.
    async fn province(&self, ctx: &Context<'_>) -> Result<Option<OnDay<Area>>> {
        self.area(ctx, "PROVINCE").await
    }

    /// What it went over into. NL: opgegaan in.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<Reorganisation>> {
        self.went(ctx, true).await
    }

    /// What went over into it. NL: ontstaan uit.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn predecessors(&self, ctx: &Context<'_>) -> Result<Vec<Reorganisation>> {
        self.went(ctx, false).await
    }

    /// The municipalities that hold its territory on the day asked for: itself while it exists,
    /// else those that it went over into, wholly or in part and through as many reorganisations as
    /// there were. Empty on a day before it existed. NL: voortgezet als.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn continued_as(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        let day = self.as_of;
        let periods = index_of_shared::<MunicipalityByCode>(ctx).await?;
        let reorganisations = known::<reorganisation::Entity>(ctx).await?;
        let steps: Vec<Step<'_>> = reorganisations
            .iter()
            .map(|row| Step {
                on: row.effective_on,
                from: &row.predecessor,
                into: &row.successor,
            })
            .collect();
        let on_day = |code: &str| {
            let mut own = periods.rows_of(code);
            own.find(|row| holds(row.valid_from, row.valid_to, day))
        };
        let codes = continued_as(&self.row.code, self.row.valid_from, day, &steps, |code| {
            on_day(code).is_some()
        });
        let found = codes.into_iter().filter_map(on_day);
        Ok(found.map(|row| Municipality::of(row, day)).collect())
    }

    /// Its square on the map of the present municipalities; null for a former municipality. NL:
    /// tegel.
    async fn tile(&self, ctx: &Context<'_>) -> Result<Option<Tile>> {
        tile_of(ctx, TileMap::Municipalities, &self.row.code).await
    }

    /// The decisions on policy that it had certainly taken by the day asked for. NL: vastgesteld
    /// beleid.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn policies(&self, ctx: &Context<'_>) -> Result<Vec<PolicyAdoption>> {
        policies::schema::policies_of_municipality(ctx, &self.row.code, self.day()).await
    }

    /// What is registered of its policy on the day asked for; `NOT_REGISTERED` says only that we
    /// know no document that holds then. NL: stand van het beleid.
    async fn policy_state(&self, ctx: &Context<'_>) -> Result<Coded<PolicyState>> {
        policies::schema::policy_state_of(ctx, &self.row.code, self.day())
            .await
            .map(Coded)
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
