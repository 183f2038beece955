//! `PolicyDocument`.

use async_graphql::{Context, ID, Object, Result};
use domain::{
    policies::codes::{PolicyLevel, PolicyProvisionKind},
    text::{Language, pick},
};
use entity::{area, policy_document, policy_provision};
use graphql::{
    coded::{self, Coded},
    date::Date,
    id::{self, NodeKind},
    index::index,
    known::known,
};

use super::{
    adoption::PolicyAdoption,
    lookup::{AdoptionByPolicy, ProvisionByPolicy},
    provision::{ChainGroup, PolicyDuty, PolicyProvision, groups},
};
use crate::{
    guidance::schema::{AdjacentPolicy, adjacent_to_policy},
    partners::schema::find_partner,
    sources::schema::Source,
    territory::schema::{Area, Municipality, find_area_node, find_municipality},
};

/// A policy document, as a municipality or a region published it. NL: beleidsdocument.
#[derive(Debug, Clone)]
pub struct PolicyDocument {
    row: policy_document::Model,
}

impl From<&policy_document::Model> for PolicyDocument {
    fn from(row: &policy_document::Model) -> Self {
        Self { row: row.clone() }
    }
}

impl PolicyDocument {
    async fn adopted(&self, ctx: &Context<'_>, by_name: bool) -> Result<Vec<PolicyAdoption>> {
        // The municipalities are read also where nobody adopted it, so that a list costs the same
        // for any of its rows.
        find_municipality(ctx, "").await?;
        let rows = index::<AdoptionByPolicy>(ctx).await?;
        Ok(rows
            .rows_of(&self.row.key)
            .filter(|row| row.municipality.is_some() == by_name)
            .map(PolicyAdoption::from)
            .collect())
    }

    async fn rows<'a>(
        &self,
        ctx: &'a Context<'_>,
        kind: PolicyProvisionKind,
    ) -> Result<Vec<&'a policy_provision::Model>> {
        find_partner(ctx, "").await?;
        let rows = index::<ProvisionByPolicy>(ctx).await?;
        Ok(rows
            .rows_of(&self.row.key)
            .filter(|row| row.kind == kind.code())
            .collect())
    }
}

/// Whether a document is of an area: it was recorded as its own, or prints exactly its name.
pub(super) fn is_of_area(document: &policy_document::Model, area: &area::Model) -> bool {
    document.area.as_ref() == Some(&area.code) || document.area_name.as_ref() == Some(&area.name)
}

/// A policy document, as a municipality or a region published it. NL: beleidsdocument.
#[Object]
impl PolicyDocument {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::PolicyDocument, &self.row.key).await
    }

    /// The key, a name and a year, as in `de-bilt-2024`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The title, in Dutch. NL: titel.
    async fn title(&self) -> &str {
        &self.row.title_nl
    }

    /// Whose plan it is. NL: niveau.
    async fn level(&self) -> Result<Coded<PolicyLevel>> {
        coded::of_row(&self.row.level).map(Coded)
    }

    /// Whose plan it is, in words. NL: niveau in woorden.
    async fn level_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let level: PolicyLevel = coded::of_row(&self.row.level)?;
        Ok(pick(language.0, level.label()))
    }

    /// The area of a joint or regional plan, as printed; null for a local one. NL: gebied zoals
    /// gedrukt.
    async fn area_name(&self) -> Option<&str> {
        self.row.area_name.as_deref()
    }

    /// The areas that bear exactly the printed name, by code; whether their borders are those of
    /// the plan the source does not say. NL: gebieden met die naam.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn areas(&self, ctx: &Context<'_>) -> Result<Vec<Area>> {
        find_area_node(ctx, "").await?;
        let mut found = Vec::new();
        for area in known::<area::Entity>(ctx).await? {
            if is_of_area(&self.row, area) {
                found.extend(find_area_node(ctx, &area.code).await?);
            }
        }
        Ok(found)
    }

    /// The last day of the plan by the end that it prints; null when it prints none. NL: laatste
    /// dag.
    async fn last_day(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Its period or end as printed, as in `2023-2026`; null when none is. NL: looptijd zoals
    /// gedrukt.
    async fn period_text(&self) -> Option<&str> {
        self.row.ends_on_text.as_deref()
    }

    /// The official publications, as in `CVDR716097`; empty when the source gives none. NL:
    /// kenmerken.
    async fn references(&self) -> Vec<&str> {
        let references = self.row.reference.as_deref();
        references.map_or_else(Vec::new, |references| references.split(';').collect())
    }

    /// The decisions of municipalities that adopt it, by CBS code; each counts for its own
    /// municipality alone. NL: vaststellingen.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn adoptions(&self, ctx: &Context<'_>) -> Result<Vec<PolicyAdoption>> {
        self.adopted(ctx, true).await
    }

    /// The decisions that adopt it and of which the source does not name the municipality: they
    /// count for nobody, and say why. NL: vaststellingen zonder gemeente.
    #[graphql(complexity = "1 + child_complexity")]
    async fn adoptions_without_municipality(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<PolicyAdoption>> {
        self.adopted(ctx, false).await
    }

    /// What it says, kind by kind in the order of the kinds; empty when we have only the title. NL:
    /// bepalingen.
    #[graphql(complexity = "1 + 30 * child_complexity")]
    async fn provisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these kinds; by default all. NL: soorten.")] kinds: Option<
            Vec<Coded<PolicyProvisionKind>>,
        >,
    ) -> Result<Vec<PolicyProvision>> {
        let mut found = Vec::new();
        for kind in PolicyProvisionKind::ALL {
            if kinds
                .as_ref()
                .is_none_or(|kinds| kinds.contains(&Coded(kind)))
            {
                let rows = self.rows(ctx, kind).await?;
                found.extend(rows.into_iter().map(PolicyProvision::from));
            }
        }
        Ok(found)
    }

    /// The chain that it describes, group by group in its order. NL: keten.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn chain(&self, ctx: &Context<'_>) -> Result<Vec<ChainGroup>> {
        let rows = self.rows(ctx, PolicyProvisionKind::ChainPartner).await?;
        Ok(groups(rows.into_iter()))
    }

    /// The duties that it speaks of, each beside the decisions that adopt the document. NL:
    /// plichten.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn duties(&self, ctx: &Context<'_>) -> Result<Vec<PolicyDuty>> {
        let rows = self.rows(ctx, PolicyProvisionKind::Duty).await?;
        Ok(rows.into_iter().map(PolicyDuty::from).collect())
    }

    /// Other policy that it touches, by key. NL: aanpalend beleid.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn adjacent_policies(&self, ctx: &Context<'_>) -> Result<Vec<AdjacentPolicy>> {
        adjacent_to_policy(ctx, &self.row.key).await
    }

    /// The municipality whose it is, of one that was recorded as such; null for any other. NL:
    /// gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, self.row.municipality.as_deref().unwrap_or_default()).await
    }

    /// The day of its last revision; null when none is known. NL: herzien op.
    async fn revised_on(&self) -> Option<Date> {
        self.row.revised_on.map(Date)
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
