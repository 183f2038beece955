//! What clients ask of functions, routes, points and materials, and what other features may ask of
//! them.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use domain::{
    guidance::{
        codes::{AreaFunctionBasis, FunctionCode, ReportingAudience},
        rules::{self, Serving},
    },
    mistake::did_you_mean,
    territory::rules::holds,
};
use entity::{
    action_result, adjacent_policy, area, building_block, function_assignment, function_registrar,
    function_role, plan_version, reporting_point, reporting_step,
};
use graphql::{
    coded::Coded,
    context::today,
    error::{Failure, fail_with_all},
    index::index,
    known::known,
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
};

use super::coverage::FunctionCoverage;
pub(crate) use super::{functions::AreaFunction, materials::BuildingBlocks};
pub use super::{
    functions::{FunctionAssignment, FunctionRole},
    materials::{AdjacentPolicy, BuildingBlock},
    reporting::{ReportingPoint, ReportingRoute},
    vacancy::{FunctionVacancy, find_vacancy},
};
use crate::{policies::schema::policy_of, territory::lookup::AreaByCode};

/// The action whose results count the building blocks, by plan and number, and the unit in which
/// they do.
const BUILDING_BLOCKS: (&str, i32, &str) = ("2024", 36, "bouwstenen");

/// Queries of functions, routes, points and materials.
#[derive(Default)]
pub struct GuidanceQuery;

#[Object]
impl GuidanceQuery {
    /// The three functions of local and regional policy, with what they do and who fills them.
    /// `BAD_REQUEST` for a wrong page. NL: functies.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn functions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<FunctionRole>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let today = today(ctx).await?;
        let mut rows: Vec<_> = known::<function_role::Entity>(ctx).await?.iter().collect();
        rows.sort_by_key(|row| row.position);
        let items = rows
            .into_iter()
            .map(|row| (row.code.clone(), FunctionRole::of(row, today)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// The functions that serve an area, with who fills them, by key: its own, and those of larger
    /// areas that it lies in. That one is missing says only that no source tells of it. `NOT_FOUND`
    /// for an unknown area, `BAD_REQUEST` for a wrong page. NL: functies in een gebied.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn functions_in_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the area, as in `VR14`. NL: gebied.")] area: String,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<AreaFunction>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let code = area.trim().to_ascii_uppercase();
        let areas = known::<area::Entity>(ctx).await?;
        if areas.iter().all(|area| area.code != code) {
            return Err(Failure::Unknown {
                what: ("gebied", "area"),
                did_you_mean: did_you_mean(&code, areas.iter().map(|area| area.code.as_str())),
                code,
            }
            .into());
        }
        let today = today(ctx).await?;
        let items = functions_of_area(ctx, &code, today)
            .await?
            .into_iter()
            .map(|function| (function.key().to_owned(), function))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// Where a function is known to be filled on a day: for each municipality that exists then, and
    /// counted for the country and for areas. That it is not known says nothing more. NL: dekking
    /// van een functie.
    #[graphql(complexity = "1 + child_complexity")]
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The function. NL: functie.")] role: Coded<FunctionCode>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<FunctionCoverage>> {
        let today = today(ctx).await?;
        FunctionCoverage::of(ctx, role.0, today).await.map(Some)
    }

    /// The routes by which people can bring a signal to the right place, by key. Information only:
    /// this service takes no signals. At most 10: those that a source prints. NL: meldroutes.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn reporting_routes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<ReportingRoute>>> {
        routes(ctx).await.map(Some)
    }

    /// One route by which people can bring a signal to the right place. Information only: this
    /// service takes no signals. `NOT_FOUND` for an unknown key. NL: meldroute.
    async fn reporting_route(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, as in `gooi-en-vechtstreek-professionals`. NL: sleutel.")]
        key: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<ReportingRoute>> {
        let routes = routes(ctx).await?;
        let keys: Vec<String> = routes.iter().map(|route| route.key.clone()).collect();
        match routes.into_iter().find(|route| route.key == key) {
            Some(route) => Ok(Some(route)),
            None => Err(Failure::Unknown {
                what: ("meldroute", "reporting route"),
                did_you_mean: did_you_mean(&key, keys.iter().map(String::as_str)),
                code: key,
            }
            .into()),
        }
    }

    /// The places where people can turn, as the sources tell of them, by key. This service is none
    /// of them and takes no reports. At most 20: those that a source prints. NL: meldpunten.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn reporting_points(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Only points that a source says are for them; by default all, those without a \
             named audience too. NL: doelgroep."
        )]
        audience: Option<Coded<ReportingAudience>>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<ReportingPoint>>> {
        let rows = known::<reporting_point::Entity>(ctx).await?;
        let is_for = |row: &reporting_point::Model| {
            audience.is_none_or(|audience| {
                let code = audience.code();
                row.audiences.iter().any(|own| own == code)
            })
        };
        Ok(Some(
            rows.iter()
                .filter(|row| is_for(row))
                .map(ReportingPoint::from)
                .collect(),
        ))
    }

    /// The building blocks for cooperation: how many the sources count and which they name. NL:
    /// bouwstenen.
    #[graphql(complexity = "5 * child_complexity")]
    async fn building_blocks(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<BuildingBlocks>> {
        let blocks = known::<building_block::Entity>(ctx).await?;
        let results = known::<action_result::Entity>(ctx).await?;
        let (plan, number, unit) = BUILDING_BLOCKS;
        let count = results.iter().rfind(|result| {
            result.plan == plan
                && result.number == number
                && result.unit_nl.as_deref() == Some(unit)
        });
        BuildingBlocks::of(count, blocks).map(Some)
    }

    /// Policy that touches the plan or a policy document and is no part of it, by key. At most 50:
    /// those that a source prints. `NOT_FOUND` for an unknown plan or policy, both at once. NL:
    /// aanpalend beleid.
    #[graphql(complexity = "1 + 7 * child_complexity")]
    async fn adjacent_policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only what touches this plan version. NL: planversie.")] plan: Option<
            String,
        >,
        #[graphql(desc = "Only what touches this policy document, by key. NL: beleidsdocument.")]
        policy: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<AdjacentPolicy>>> {
        let mut unknown = Vec::new();
        if let Some(plan) = &plan {
            let versions = known::<plan_version::Entity>(ctx).await?;
            if versions.iter().all(|version| version.key != *plan) {
                let keys = versions.iter().map(|version| version.key.as_str());
                unknown.push(
                    Failure::Unknown {
                        what: ("planversie", "plan version"),
                        code: plan.clone(),
                        did_you_mean: did_you_mean(plan, keys),
                    }
                    .into(),
                );
            }
        }
        if let Some(policy) = &policy {
            unknown.extend(policy_of(ctx, policy).await.err());
        }
        fail_with_all(ctx, unknown)?;
        let rows = known::<adjacent_policy::Entity>(ctx).await?;
        Ok(Some(
            rows.iter()
                .filter(|row| plan.is_none() || row.plan == plan)
                .filter(|row| policy.is_none() || row.policy == policy)
                .map(AdjacentPolicy::from)
                .collect(),
        ))
    }
}

pub(crate) async fn routes(ctx: &Context<'_>) -> Result<Vec<ReportingRoute>> {
    let mut routes: Vec<ReportingRoute> = Vec::new();
    for row in known::<reporting_step::Entity>(ctx).await? {
        match routes.iter_mut().find(|route| route.key == row.route) {
            Some(route) => route.rows.push(row.clone()),
            None => routes.push(ReportingRoute {
                key: row.route.clone(),
                rows: vec![row.clone()],
            }),
        }
    }
    Ok(routes)
}

/// A function by its code, with its assignments on a day.
pub(super) async fn function_of(
    ctx: &Context<'_>,
    code: &str,
    as_of: NaiveDate,
) -> Result<FunctionRole> {
    let rows = known::<function_role::Entity>(ctx).await?;
    match rows.iter().find(|row| row.code == code) {
        Some(row) => Ok(FunctionRole::of(row, as_of)),
        None => Err(Failure::Unknown {
            what: ("functie", "function"),
            code: code.to_owned(),
            did_you_mean: did_you_mean(code, rows.iter().map(|row| row.code.as_str())),
        }
        .into()),
    }
}

/// An assignment by its key, as it is told today.
pub async fn find_assignment(ctx: &Context<'_>, key: &str) -> Result<Option<FunctionAssignment>> {
    let today = today(ctx).await?;
    let rows = known::<function_assignment::Entity>(ctx).await?;
    let row = rows.iter().find(|row| row.key == key);
    Ok(row.map(|row| FunctionAssignment::of(row, today)))
}

/// The number of the entry that named a partner.
pub(super) async fn registrar_version(ctx: &Context<'_>, partner: &str) -> Result<Option<i64>> {
    let rows = known::<function_registrar::Entity>(ctx).await?;
    let row = rows.iter().find(|row| row.partner == partner);
    Ok(row.map(|row| row.ledger_no))
}

/// A reporting point by its key.
pub async fn find_point(ctx: &Context<'_>, key: &str) -> Result<Option<ReportingPoint>> {
    let rows = known::<reporting_point::Entity>(ctx).await?;
    Ok(rows
        .iter()
        .find(|row| row.key == key)
        .map(ReportingPoint::from))
}

/// The policy that touches a policy document.
pub(crate) async fn adjacent_to_policy(
    ctx: &Context<'_>,
    policy: &str,
) -> Result<Vec<AdjacentPolicy>> {
    let rows = known::<adjacent_policy::Entity>(ctx).await?;
    Ok(rows
        .iter()
        .filter(|row| row.policy.as_deref() == Some(policy))
        .map(AdjacentPolicy::from)
        .collect())
}

/// The functions that serve an area on a day: its own, and those of the areas that it lies in.
pub(crate) async fn functions_of_area(
    ctx: &Context<'_>,
    area_code: &str,
    day: NaiveDate,
) -> Result<Vec<AreaFunction>> {
    let areas = index::<AreaByCode>(ctx).await?;
    let rows = known::<function_assignment::Entity>(ctx).await?;
    let parent_of = |code: &str| areas.first_of(code)?.parent.as_deref();
    let mut found = Vec::new();
    for row in rows {
        let Some(of) = row.area.as_deref() else {
            continue;
        };
        if !holds(row.valid_from, row.valid_to, day) {
            continue;
        }
        let basis = match rules::serving(of, area_code, parent_of) {
            Some(Serving::Own) => AreaFunctionBasis::OwnArea.into(),
            Some(Serving::Higher) => AreaFunctionBasis::HigherArea.into(),
            None => continue,
        };
        found.push(AreaFunction {
            basis,
            assignment: FunctionAssignment::of(row, day),
        });
    }
    Ok(found)
}
