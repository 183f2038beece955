//! What clients ask of policies, and what other features may ask of them.

use async_graphql::{Context, Error, InputObject, Object, Result};
use chrono::NaiveDate;
use domain::{
    mistake::did_you_mean,
    policies::{
        codes::PolicyLevel,
        rules::{self, Dates, Declared},
    },
    territory::rules::holds,
};
use entity::{area, area_membership, policy_adoption, policy_declaration, policy_document};
use graphql::{
    coded::{self, Coded},
    context::today,
    error::{Failure, fail_with_all},
    index::index,
    known::known,
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
};

pub(crate) use super::adoption::{MunicipalPolicy, PolicyAdoption};
pub use super::document::PolicyDocument;
use super::{
    adoption::dates,
    document::is_of_area,
    lookup::{
        AdoptionByMunicipality, AdoptionByPolicy, AdoptionBySubject, DeclarationByMunicipality,
        DocumentByKey,
    },
};
use crate::territory::{
    lookup::MunicipalityByCode,
    schema::{Municipality, existed_on, find_municipality, known_municipality},
};
pub(crate) use domain::policies::rules::PolicyState;

/// Which policy documents to list; all conditions hold together. NL: filter op beleid.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct PolicyFilter {
    /// Only documents that this municipality adopted by its own decision, by CBS code. NL:
    /// gemeente.
    municipality: Option<String>,
    /// Only documents that print the name of this area, or that one of its members today adopted;
    /// by code, as in `VR14`. NL: gebied.
    area: Option<String>,
    /// Only documents of one of these levels. NL: niveau.
    level: Option<Vec<Coded<PolicyLevel>>>,
}

/// Queries of policies.
#[derive(Default)]
pub struct PoliciesQuery;

#[Object]
impl PoliciesQuery {
    /// The policy documents that we know, by key. A municipality that does not occur may well have
    /// one. `NOT_FOUND` for an unknown municipality or area, `BAD_REQUEST` for a wrong page. NL:
    /// beleidsdocumenten.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which documents to list; by default all. NL: filter.", default)]
        filter: PolicyFilter,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<PolicyDocument>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let documents = known::<policy_document::Entity>(ctx).await?;
        let adoptions = index::<AdoptionByPolicy>(ctx).await?;
        let mut unknown: Vec<Error> = Vec::new();
        let mut adopter = None;
        if let Some(code) = &filter.municipality {
            match known_municipality(ctx, code).await {
                Ok(found) => adopter = Some(found.code_text().to_owned()),
                Err(error) => unknown.push(error),
            }
        }
        let mut within = None;
        if let Some(code) = &filter.area {
            match place(ctx, code).await {
                Ok(found) => within = Some(found),
                Err(error) => unknown.push(error),
            }
        }
        fail_with_all(ctx, unknown)?;
        let is_adopted_by = |document: &policy_document::Model, is_one: &dyn Fn(&str) -> bool| {
            let own = adoptions.rows_of(&document.key);
            own.filter_map(|row| row.municipality.as_deref())
                .any(is_one)
        };
        let lets_in = |document: &policy_document::Model| {
            let levels = filter.level.as_ref();
            levels.is_none_or(|levels| levels.iter().any(|level| level.code() == document.level))
                && adopter
                    .as_ref()
                    .is_none_or(|adopter| is_adopted_by(document, &|code| code == adopter))
                && within.as_ref().is_none_or(|within| {
                    is_of_area(document, within.area)
                        || is_adopted_by(document, &|code| within.members.contains(&code))
                })
        };
        let items = documents
            .iter()
            .filter(|document| lets_in(document))
            .map(|document| (document.key.clone(), PolicyDocument::from(document)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }

    /// One policy document. `NOT_FOUND` for an unknown key. NL: beleidsdocument.
    async fn policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key, as in `de-bilt-2024`. NL: sleutel.")] key: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<PolicyDocument>> {
        policy_of(ctx, &key).await.map(Some)
    }

    /// What is registered of the policy of a municipality, on a day; publicly these are dates and
    /// nothing more. Null on a day on which it did not exist; `NOT_FOUND` for a code that never
    /// was. NL: stand van het beleid van een gemeente.
    #[graphql(complexity = "2 + child_complexity")]
    async fn policy_state(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] municipality: String,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<MunicipalPolicy>> {
        let municipality = known_municipality(ctx, &municipality).await?;
        municipal_policy(ctx, municipality).await
    }
}

/// What is registered of the policy of a municipality; none on a day on which it did not exist.
async fn municipal_policy(
    ctx: &Context<'_>,
    municipality: Municipality,
) -> Result<Option<MunicipalPolicy>> {
    let code = municipality.code_text().to_owned();
    let day = today(ctx).await?;
    if !existed_on(ctx, &code, day).await? {
        return Ok(None);
    }
    Ok(Some(MunicipalPolicy {
        municipality,
        day,
        state: policy_state_of(ctx, &code, day).await?,
        adoptions: policies_of_municipality(ctx, &code, day).await?,
        declaration_ledger: declaration_ledger(ctx, &code).await?,
    }))
}

/// What is registered of the policy of a municipality today.
pub(super) async fn policy_today(ctx: &Context<'_>, code: &str) -> Result<Option<MunicipalPolicy>> {
    let municipality = known_municipality(ctx, code).await?;
    municipal_policy(ctx, municipality).await
}

/// The number of the last entry on what is said of the policy of a municipality.
async fn declaration_ledger(ctx: &Context<'_>, code: &str) -> Result<Option<i64>> {
    let words = index::<DeclarationByMunicipality>(ctx).await?;
    let own = words.rows_of(code);
    Ok(own.map(|row| row.ledger_no).max())
}

/// An adoption by its subject, as in `de-bilt-2024/GM0310`.
pub(super) async fn find_adoption(
    ctx: &Context<'_>,
    subject: &str,
) -> Result<Option<PolicyAdoption>> {
    let rows = index::<AdoptionBySubject>(ctx).await?;
    Ok(rows.first_of(subject).map(PolicyAdoption::from))
}

/// An area with the municipalities that are its members today.
struct Place<'a> {
    area: &'a area::Model,
    members: Vec<&'a str>,
}

async fn place<'a>(ctx: &'a Context<'_>, code: &str) -> Result<Place<'a>> {
    let code = code.trim().to_ascii_uppercase();
    let areas = known::<area::Entity>(ctx).await?;
    let memberships = known::<area_membership::Entity>(ctx).await?;
    let today = today(ctx).await?;
    let Some(area) = areas.iter().find(|area| area.code == code) else {
        return Err(Failure::Unknown {
            what: ("gebied", "area"),
            did_you_mean: did_you_mean(&code, areas.iter().map(|area| area.code.as_str())),
            code,
        }
        .into());
    };
    let members = memberships
        .iter()
        .filter(|row| row.area == area.code && holds(row.valid_from, row.valid_to, today));
    Ok(Place {
        area,
        members: members.map(|row| row.municipality.as_str()).collect(),
    })
}

/// A policy document by its key, or the error that says which keys look like it.
pub(crate) async fn policy_of(ctx: &Context<'_>, key: &str) -> Result<PolicyDocument> {
    let rows = known::<policy_document::Entity>(ctx).await?;
    match index::<DocumentByKey>(ctx).await?.first_of(key) {
        Some(row) => Ok(PolicyDocument::from(row)),
        None => Err(Failure::Unknown {
            what: ("beleidsdocument", "policy document"),
            code: key.to_owned(),
            did_you_mean: did_you_mean(key, rows.iter().map(|row| row.key.as_str())),
        }
        .into()),
    }
}

/// The codes of the areas whose name a policy document prints.
pub(crate) async fn areas_of_policy(ctx: &Context<'_>, key: &str) -> Result<Vec<String>> {
    let documents = index::<DocumentByKey>(ctx).await?;
    let areas = known::<area::Entity>(ctx).await?;
    let document = documents.first_of(key);
    Ok(areas
        .iter()
        .filter(|area| document.is_some_and(|document| is_of_area(document, area)))
        .map(|area| area.code.clone())
        .collect())
}

/// The own decisions of the municipality that bears a code on a day, with their dates. A code that
/// came back is another municipality: what was decided before it came back is not its own.
async fn own_adoptions<'a>(
    ctx: &'a Context<'_>,
    code: &str,
    day: NaiveDate,
) -> Result<Vec<(&'a policy_adoption::Model, Dates)>> {
    let documents = index::<DocumentByKey>(ctx).await?;
    let adoptions = index::<AdoptionByMunicipality>(ctx).await?;
    let periods = index::<MunicipalityByCode>(ctx).await?;
    let since = periods
        .rows_of(code)
        .find(|row| holds(row.valid_from, row.valid_to, day))
        .and_then(|row| row.valid_from);
    Ok(adoptions
        .rows_of(Some(code))
        .map(|row| (row, dates(row, documents.first_of(&row.policy))))
        .filter(|(_, dates)| {
            since.is_none_or(|since| dates.certain_from().is_none_or(|from| since <= from))
        })
        .collect())
}

/// The own decisions of a municipality that had certainly been taken by a day, by document.
pub(crate) async fn policies_of_municipality(
    ctx: &Context<'_>,
    code: &str,
    day: NaiveDate,
) -> Result<Vec<PolicyAdoption>> {
    find_municipality(ctx, "").await?;
    let own = own_adoptions(ctx, code, day).await?;
    Ok(own
        .into_iter()
        .filter(|(_, dates)| dates.is_taken_by(day))
        .map(|(row, _)| PolicyAdoption::from(row))
        .collect())
}

/// The state of the policy of a municipality on a day.
pub(crate) async fn policy_state_of(
    ctx: &Context<'_>,
    code: &str,
    day: NaiveDate,
) -> Result<PolicyState> {
    let own = own_adoptions(ctx, code, day).await?;
    let own: Vec<Dates> = own.into_iter().map(|(_, dates)| dates).collect();
    let words = index::<DeclarationByMunicipality>(ctx).await?;
    let words = words.rows_of(code);
    let declared: Vec<Declared> = words.map(declared).collect::<Result<_>>()?;
    Ok(rules::state(&own, &declared, day))
}

/// A word on the policy of a municipality, as the rules read it.
pub(super) fn declared(row: &policy_declaration::Model) -> Result<Declared> {
    Ok(Declared {
        state: coded::of_row(&row.state)?,
        from: row.valid_from.unwrap_or_default(),
        until: row.valid_to,
    })
}
