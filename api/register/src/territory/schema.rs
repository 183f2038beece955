//! What clients ask of the territory, and how other features find a municipality or an area by its
//! code.

use domain::{
    mistake::did_you_mean,
    territory::{codes::AreaKind, rules::holds},
};
use graphql::{
    coded::Coded,
    context::{request, today},
    error::{Failure, both},
    index::{index, index_of_shared},
    known::{known, shared},
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
};
use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use entity::{area, municipality, planned_reorganisation, reorganisation};

pub use super::{area::Area, municipality::Municipality};
use super::{
    area::members,
    lookup::{AreaByCode, AreaByParent, MembershipByArea, MunicipalityByCode},
    reorganisation::{PlannedReorganisation, Reorganisation, ReorganisationFilter},
};

/// Queries of the territory.
#[derive(Default)]
pub struct TerritoryQuery;

#[Object]
impl TerritoryQuery {
    /// One municipality, also a former one. Null on a day that is named and on which it did not
    /// exist; `NOT_FOUND` for a code that never was. NL: gemeente.
    async fn municipality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] code: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Municipality>> {
        let rows = known::<municipality::Entity>(ctx).await?;
        let code = code.trim().to_ascii_uppercase();
        let day = today(ctx).await?;
        let periods = index_of_shared::<MunicipalityByCode>(ctx).await?;
        let Some(found) = Municipality::of_code(periods, &code, day) else {
            return Err(unknown_municipality(code, rows).into());
        };
        let names_a_day = request(ctx)?.named_day().is_some();
        Ok(if names_a_day && !existed_on(ctx, &code, day).await? {
            None
        } else {
            Some(found)
        })
    }

    /// The municipalities that exist on a day, by code. `NOT_FOUND` for an unknown area,
    /// `BAD_REQUEST` for a wrong page. NL: gemeenten.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn municipalities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only members of this area, or of an area in it, by code. NL: gebied.")]
        area: Option<String>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Municipality>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let day = today(ctx).await?;
        let rows = shared::<municipality::Entity>(ctx).await?;
        let mut only = None;
        if let Some(area) = area {
            let area = known_area(ctx, &area, None).await?;
            only = Some(member_codes(ctx, &area.code, day).await?);
        }
        let items = rows
            .iter()
            .filter(|row| holds(row.valid_from, row.valid_to, day))
            .filter(|row| {
                only.as_ref()
                    .is_none_or(|only| only.contains(row.code.as_str()))
            })
            .map(|row| (row.code.clone(), Municipality::of(row, day)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// The 25 safety regions, by code. At most 25: a law names them. NL: veiligheidsregio's.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<Area>>> {
        let day = today(ctx).await?;
        let areas = shared::<area::Entity>(ctx).await?;
        Ok(Some(
            areas
                .iter()
                .filter(|area| area.kind == "SAFETY_REGION")
                .map(|area| Area::of(area, day))
                .collect(),
        ))
    }

    /// One safety region. `NOT_FOUND` for an unknown code. NL: veiligheidsregio.
    async fn region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as in `VR14`. NL: regiocode.")] code: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Area>> {
        let area = known_area(ctx, &code, Some(AreaKind::SafetyRegion)).await?;
        Ok(Some(Area::of(area, today(ctx).await?)))
    }

    /// Areas of every kind, by code. `BAD_REQUEST` for a wrong page. NL: gebieden.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only areas of this kind; by default all. NL: soort.")] kind: Option<
            Coded<AreaKind>,
        >,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Area>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let day = today(ctx).await?;
        let areas = shared::<area::Entity>(ctx).await?;
        let items = areas
            .iter()
            .filter(|area| kind.is_none_or(|kind| kind.code() == area.kind))
            .map(|area| (area.code.clone(), Area::of(area, day)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// One area of any kind. `NOT_FOUND` for an unknown code. NL: gebied.
    async fn area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as in `VR14`, `PV27` or `PE03`. NL: gebiedscode.")]
        code: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Area>> {
        let area = known_area(ctx, &code, None).await?;
        Ok(Some(Area::of(area, today(ctx).await?)))
    }

    /// How municipalities went over into others since 2019, oldest first; what is only announced
    /// stands in `plannedReorganisations`. `NOT_FOUND` for an unknown municipality, `BAD_REQUEST`
    /// for a wrong page or a period that ends before it begins. NL: herindelingen.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn reorganisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which reorganisations to list; by default all. NL: filter.",
            default
        )]
        filter: ReorganisationFilter,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Reorganisation>>> {
        let (requested, ()) = both(PageArgs::parse(ctx, first, after), filter.check())?;
        let filter = ReorganisationFilter {
            municipality: match &filter.municipality {
                Some(code) => Some(known_municipality(ctx, code).await?.code_text().to_owned()),
                None => None,
            },
            ..filter
        };
        let rows = known::<reorganisation::Entity>(ctx).await?;
        let items = rows
            .iter()
            .filter(|row| filter.holds_for(row))
            .map(|row| Ok((row.subject_key.clone(), Reorganisation::of(row)?)))
            .collect::<Result<_>>()?;
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// Reorganisations that were announced and are not recorded yet, by day: they change no
    /// municipality, no membership and no count. At most 50: what is recorded leaves the list. NL:
    /// voorgenomen herindelingen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn planned_reorganisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<PlannedReorganisation>>> {
        let rows = known::<planned_reorganisation::Entity>(ctx).await?;
        let recorded = known::<reorganisation::Entity>(ctx).await?;
        let is_recorded = |row: &planned_reorganisation::Model| {
            let pair = (&row.predecessor, &row.successor);
            recorded
                .iter()
                .any(|row| (&row.predecessor, &row.successor) == pair)
        };
        let planned = rows.iter().filter(|row| !is_recorded(row));
        let planned: Vec<PlannedReorganisation> = planned
            .map(PlannedReorganisation::of)
            .collect::<Result<_>>()?;
        Ok(Some(planned))
    }
}

/// A municipality by its code, for `node` and for links.
pub async fn find_municipality(ctx: &Context<'_>, code: &str) -> Result<Option<Municipality>> {
    let today = today(ctx).await?;
    let periods = index_of_shared::<MunicipalityByCode>(ctx).await?;
    Ok(Municipality::of_code(periods, code, today))
}

/// Whether a municipality of this code exists on a day.
pub async fn existed_on(ctx: &Context<'_>, code: &str, day: NaiveDate) -> Result<bool> {
    let periods = index::<MunicipalityByCode>(ctx).await?;
    let mut own = periods.rows_of(code);
    Ok(own.any(|row| holds(row.valid_from, row.valid_to, day)))
}

/// A municipality by its code, or the error that says which codes look like it.
pub async fn known_municipality(ctx: &Context<'_>, code: &str) -> Result<Municipality> {
    let code = code.trim().to_ascii_uppercase();
    match find_municipality(ctx, &code).await? {
        Some(found) => Ok(found),
        None => {
            let rows = known::<municipality::Entity>(ctx).await?;
            Err(unknown_municipality(code, rows).into())
        }
    }
}

/// The codes of the municipalities that are members of an area on a day, with those of the areas in
/// it.
pub(crate) async fn member_codes<'a>(
    ctx: &'a Context<'_>,
    area: &str,
    day: NaiveDate,
) -> Result<BTreeSet<&'a str>> {
    let areas = index::<AreaByParent>(ctx).await?;
    let memberships = index::<MembershipByArea>(ctx).await?;
    Ok(members(area, areas, memberships, day))
}

/// The municipalities that exist on a day, by code.
pub async fn municipalities_on(ctx: &Context<'_>, day: NaiveDate) -> Result<Vec<Municipality>> {
    let rows = shared::<municipality::Entity>(ctx).await?;
    let exist = rows
        .iter()
        .filter(|row| holds(row.valid_from, row.valid_to, day));
    Ok(exist.map(|row| Municipality::of(row, day)).collect())
}

/// The areas of a kind, by code, with their members on a day.
pub(crate) async fn areas_of_kind(
    ctx: &Context<'_>,
    kind: AreaKind,
    day: NaiveDate,
) -> Result<Vec<Area>> {
    let areas = shared::<area::Entity>(ctx).await?;
    let of_kind = areas.iter().filter(|area| area.kind == kind.code());
    Ok(of_kind.map(|row| Area::of(row, day)).collect())
}

/// Recorded reorganisations, by their subjects.
pub(super) async fn reorganisations_of(
    ctx: &Context<'_>,
    subjects: &[&str],
) -> Result<Vec<Reorganisation>> {
    let rows = known::<reorganisation::Entity>(ctx).await?;
    let own = rows
        .iter()
        .filter(|row| subjects.contains(&row.subject_key.as_str()));
    own.map(Reorganisation::of).collect()
}

/// The codes of the members of an area on a day; `NOT_FOUND` for an unknown one.
pub async fn known_area_members(
    ctx: &Context<'_>,
    area: &str,
    day: NaiveDate,
) -> Result<BTreeSet<String>> {
    let area = known_area(ctx, area, None).await?;
    let members = member_codes(ctx, &area.code, day).await?;
    Ok(members.into_iter().map(str::to_owned).collect())
}

/// An area by its code, for `node` and for links.
pub async fn find_area_node(ctx: &Context<'_>, code: &str) -> Result<Option<Area>> {
    let today = today(ctx).await?;
    let areas = index_of_shared::<AreaByCode>(ctx).await?;
    Ok(areas.first_of(code).map(|row| Area::of(row, today)))
}

fn unknown_municipality(code: String, rows: &[municipality::Model]) -> Failure {
    let by_name = rows
        .iter()
        .filter(|row| {
            let mut names = row.aliases.iter().chain([&row.name, &row.label]);
            names.any(|name| name.eq_ignore_ascii_case(&code))
        })
        .map(|row| row.code.clone());
    let mut hints: Vec<String> = by_name.collect();
    if hints.is_empty() {
        hints = did_you_mean(&code, rows.iter().map(|row| row.code.as_str()));
    }
    Failure::Unknown {
        what: ("gemeente", "municipality"),
        code,
        did_you_mean: hints,
    }
}

/// An area by its code, or the error that says which codes look like it.
pub async fn known_area<'a>(
    ctx: &'a Context<'_>,
    code: &str,
    kind: Option<AreaKind>,
) -> Result<&'a Arc<area::Model>> {
    let code = code.trim().to_ascii_uppercase();
    let areas = shared::<area::Entity>(ctx).await?;
    let is_of_kind = |area: &&Arc<area::Model>| kind.is_none_or(|kind| kind.code() == area.kind);
    let by_code = index_of_shared::<AreaByCode>(ctx).await?;
    let found = by_code.rows_of(&code).find(is_of_kind);
    match found {
        Some(area) => Ok(area),
        None => {
            let fitting = areas.iter().filter(is_of_kind);
            Err(Failure::Unknown {
                what: ("gebied", "area"),
                did_you_mean: did_you_mean(&code, fitting.map(|area| area.code.as_str())),
                code,
            }
            .into())
        }
    }
}
