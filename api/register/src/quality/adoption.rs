//! Adoptions whose municipality the source does not name: they count for nobody, and this says so.

use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use entity::{area, policy_adoption, policy_document};

use crate::{
    nodes::find_policy,
    policies::{lookup::AdoptionByPolicy, schema::PolicyDocument},
    sources::schema::Source,
    territory::schema::{Area, Municipality},
};
use graphql::{
    context::request,
    date::Date,
    error::Failure,
    index::index,
    known::{known, shared},
    text::LocalizedText,
};

/// An adoption of a policy by a municipality that the source does not name: it counts for no
/// municipality. NL: vaststelling zonder gemeente.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct UnassignedAdoption {
    #[graphql(skip)]
    area_name: Option<String>,
    #[graphql(skip)]
    policy_key: String,
    /// The day of the decision; null when the source does not say. NL: vastgesteld op.
    adopted_on: Option<Date>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl UnassignedAdoption {
    /// The safety region whose policy it is; none for a policy of another kind of area.
    async fn row<'a>(&self, ctx: &'a Context<'_>) -> Result<Option<&'a Arc<area::Model>>> {
        let areas = shared::<area::Entity>(ctx).await?;
        Ok(areas.iter().find(|area| {
            area.kind == "SAFETY_REGION" && Some(&area.name) == self.area_name.as_ref()
        }))
    }

    /// The members of that region today that have no adoption of this policy.
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        let today = request(ctx)?
            .session()
            .await
            .map_err(Failure::from)?
            .today();
        let Some(row) = self.row(ctx).await? else {
            return Ok(Vec::new());
        };
        let adoptions = index::<AdoptionByPolicy>(ctx).await?;
        let have: BTreeSet<&str> = adoptions
            .rows_of(&self.policy_key)
            .filter_map(|adoption| adoption.municipality.as_deref())
            .collect();
        let members = Area::of(row, today).members(ctx).await?;
        Ok(members
            .into_iter()
            .filter(|member| !have.contains(member.code_text()))
            .collect())
    }
}

#[ComplexObject]
impl UnassignedAdoption {
    /// The policy document; null when it is not in the data. NL: beleidsdocument.
    async fn policy(&self, ctx: &Context<'_>) -> Result<Option<PolicyDocument>> {
        find_policy(ctx, &self.policy_key).await
    }

    /// The region whose policy it is; null when the policy is not that of a safety region. NL:
    /// regio.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        let today = request(ctx)?
            .session()
            .await
            .map_err(Failure::from)?
            .today();
        Ok(self.row(ctx).await?.map(|row| Area::of(row, today)))
    }

    /// The members of that region today for which no adoption of this policy is known, by code. NL:
    /// gemeenten zonder bekende vaststelling.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn without_adoption(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        self.members(ctx).await
    }

    /// Why it counts for no municipality, and for which municipalities no adoption is known because
    /// of that. NL: reden.
    async fn reason(&self, ctx: &Context<'_>) -> Result<LocalizedText> {
        let members = self.members(ctx).await?;
        let names: Vec<&str> = members.iter().map(Municipality::name_text).collect();
        let names = names.join(", ");
        let mut reason = LocalizedText::new(
            "De bron noemt de gemeente niet die dit beleid heeft vastgesteld. De vaststelling \
             telt daarom voor geen enkele gemeente.",
            "The source does not name the municipality that adopted this policy. The adoption \
             therefore counts for no municipality.",
        );
        if let (Some(area), false) = (&self.area_name, names.is_empty()) {
            reason.nl += &format!(
                " Van geen van deze gemeenten in {area} is een eigen vaststelling bekend: {names}."
            );
            reason.en += &format!(
                " Of none of these municipalities in {area} an adoption of its own is known: \
                 {names}."
            );
        }
        Ok(reason)
    }
}

/// The adoptions without a municipality, by policy.
pub(super) async fn unassigned(ctx: &Context<'_>) -> Result<Vec<UnassignedAdoption>> {
    let documents = known::<policy_document::Entity>(ctx).await?;
    let adoptions = known::<policy_adoption::Entity>(ctx).await?;
    Ok(adoptions
        .iter()
        .filter(|adoption| adoption.municipality.is_none())
        .map(|adoption| {
            let document = documents
                .iter()
                .find(|document| document.key == adoption.policy);
            UnassignedAdoption {
                area_name: document.and_then(|document| document.area_name.clone()),
                policy_key: adoption.policy.clone(),
                adopted_on: adoption.adopted_on.map(Date),
                source: crate::source_of!(adoption),
            }
        })
        .collect())
}
