//! `Partner`, its chains and its regions.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::{
    partners::{
        codes::{PartnerKind, PartnerRegionBasis},
        rules::Named,
    },
    territory::rules::holds,
    text::{Language, pick},
};
use entity::{area, event, partner, policy_document, policy_provision};
use graphql::{
    coded::{self, Coded},
    context::today,
    id::{self, NodeKind},
    index::index,
    known::known,
    text::LocalizedText,
};

use super::{
    events::Event,
    lookup::{MentionByPartner, ParticipantByPartner, RoleByPartner},
    parties::{ActionRole, PartnerMention},
    schema::has_ended,
};
use crate::{
    plan::schema::find_action,
    policies::{
        lookup::ProvisionByPartner,
        schema::{PolicyDocument, areas_of_policy, policy_of},
    },
    sources::schema::Source,
    territory::{
        lookup::MembershipByArea,
        schema::{Area, Municipality, find_area_node, find_municipality},
    },
};

const SAFETY_REGION: &str = "SAFETY_REGION";

/// An organisation that takes part, or a group of them. NL: partner.
#[derive(Debug, Clone)]
pub struct Partner {
    row: partner::Model,
}

impl From<&partner::Model> for Partner {
    fn from(row: &partner::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// A partner with all its spellings.
pub(super) fn named(row: &partner::Model) -> Named<'_> {
    let names = [row.name.as_str(), row.name_en.as_str()];
    Named {
        key: &row.key,
        spellings: names
            .into_iter()
            .chain(row.aliases.iter().map(String::as_str))
            .collect(),
    }
}

impl Partner {
    /// Reads the actions, which roles and mentions link to: also where there are none, so that a
    /// list of partners costs the same for any of its rows.
    async fn link_to_actions(ctx: &Context<'_>) -> Result<()> {
        find_action(ctx, "").await.map(drop)
    }

    /// What the policies of regions say of it as a part of their chain.
    async fn chain_rows<'a>(
        &self,
        ctx: &'a Context<'_>,
    ) -> Result<Vec<&'a policy_provision::Model>> {
        // The documents are read with them, for the same reason.
        known::<policy_document::Entity>(ctx).await?;
        let rows = index::<ProvisionByPartner>(ctx).await?;
        Ok(rows
            .rows_of(Some(&self.row.key))
            .filter(|row| row.kind == "CHAIN_PARTNER")
            .collect())
    }

    /// The safety regions of the partner by code, each as often as there are grounds for it.
    async fn grounds(&self, ctx: &Context<'_>) -> Result<Vec<(String, PartnerRegionBasis)>> {
        let areas = known::<area::Entity>(ctx).await?;
        let memberships = index::<MembershipByArea>(ctx).await?;
        let today = today(ctx).await?;
        let mut chained = Vec::new();
        for chain in self.chain_rows(ctx).await? {
            chained.extend(areas_of_policy(ctx, &chain.policy).await?);
        }
        let mut found = Vec::new();
        for region in areas.iter().filter(|area| area.kind == SAFETY_REGION) {
            let mut add = |fits: bool, basis| {
                if fits {
                    found.push((region.code.clone(), basis));
                }
            };
            let own = self.row.area.as_ref();
            add(own == Some(&region.code), PartnerRegionBasis::OwnArea);
            add(
                own.is_some() && own == region.parent.as_ref(),
                PartnerRegionBasis::PartOfArea,
            );
            let mut members = memberships.rows_of(&region.code);
            let is_member = members.any(|membership| {
                Some(&membership.municipality) == self.row.municipality.as_ref()
                    && holds(membership.valid_from, membership.valid_to, today)
            });
            add(is_member, PartnerRegionBasis::Municipality);
            add(chained.contains(&region.code), PartnerRegionBasis::Chain);
        }
        Ok(found)
    }
}

/// An organisation that takes part, or a group of them. NL: partner.
#[Object]
impl Partner {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Partner, &self.row.key).await
    }

    /// The key, as in `comensha`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The name; the Dutch one as a source prints it, the English one ours, or the same. NL: naam.
    async fn name(&self) -> LocalizedText {
        LocalizedText::new(&self.row.name, &self.row.name_en)
    }

    /// The kind. NL: soort.
    async fn kind(&self) -> Result<Coded<PartnerKind>> {
        coded::of_row(&self.row.kind).map(Coded)
    }

    /// The kind, in words. NL: soort in woorden.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let kind: PartnerKind = coded::of_row(&self.row.kind)?;
        Ok(pick(language.0, kind.label()))
    }

    /// Other names and spellings that the sources print. NL: andere namen.
    async fn aliases(&self) -> &[String] {
        &self.row.aliases
    }

    /// The municipality that the partner is; null for all others. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, self.row.municipality.as_deref().unwrap_or_default()).await
    }

    /// The area that it works in; null when it is none in particular, or the sources do not say.
    /// NL: gebied.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, self.row.area.as_deref().unwrap_or_default()).await
    }

    /// The https address; null where no source prints one. NL: website.
    async fn website(&self) -> Option<&str> {
        self.row.website.as_deref()
    }

    /// What it does in which action, in all plan versions, by action; without the roles that have
    /// ended. NL: rollen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn roles(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "With the roles that have ended by today. NL: ook beëindigde.",
            default = false
        )]
        ended: bool,
    ) -> Result<Vec<ActionRole>> {
        Self::link_to_actions(ctx).await?;
        let today = today(ctx).await?;
        let rows = index::<RoleByPartner>(ctx).await?;
        Ok(rows
            .rows_of(&self.row.key)
            .filter(|row| ended || !has_ended(row, today))
            .map(ActionRole::from)
            .collect())
    }

    /// Where the text of an action names it without a role, in all plan versions, by action and
    /// source. NL: vermeldingen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn mentions(&self, ctx: &Context<'_>) -> Result<Vec<PartnerMention>> {
        Self::link_to_actions(ctx).await?;
        let rows = index::<MentionByPartner>(ctx).await?;
        Ok(rows
            .rows_of(&self.row.key)
            .map(PartnerMention::from)
            .collect())
    }

    /// The meetings that it came to, by key. NL: bijeenkomsten.
    #[graphql(complexity = "1 + child_complexity")]
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<Event>> {
        let participants = index::<ParticipantByPartner>(ctx).await?;
        let came = |event: &event::Model| {
            let mut own = participants.rows_of(Some(&self.row.key));
            own.any(|participant| participant.event == event.key)
        };
        let events = known::<event::Entity>(ctx).await?;
        Ok(events
            .iter()
            .filter(|event| came(event))
            .map(Event::from)
            .collect())
    }

    /// The chains of regional policies that name it, in their order. NL: ketens.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn chains(&self, ctx: &Context<'_>) -> Result<Vec<PartnerChain>> {
        let rows = self.chain_rows(ctx).await?;
        Ok(rows
            .into_iter()
            .map(|row| PartnerChain { row: row.clone() })
            .collect())
    }

    /// The safety regions that it has to do with, and why, today, by code; for a partner without an
    /// area or chain the list is empty, which does not say that it works nowhere. NL: regio's.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn regions(&self, ctx: &Context<'_>) -> Result<Vec<PartnerRegion>> {
        find_area_node(ctx, "").await?;
        let mut regions: Vec<PartnerRegion> = Vec::new();
        let mut codes: Vec<String> = Vec::new();
        for (code, basis) in self.grounds(ctx).await? {
            if let Some(last) = regions.last_mut()
                && codes.last() == Some(&code)
            {
                last.bases.push(basis.into());
            } else if let Some(region) = find_area_node(ctx, &code).await? {
                regions.push(PartnerRegion {
                    region,
                    bases: vec![basis.into()],
                });
                codes.push(code);
            }
        }
        Ok(regions)
    }

    /// The ledger number of what is known of it: hand it over as `expectedVersion`. NL: nummer in
    /// het grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// A region that a partner has to do with. NL: regio van een partner.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PartnerRegion {
    /// The safety region. NL: veiligheidsregio.
    region: Area,
    /// Why it is named here; at least one. NL: gronden.
    bases: Vec<Coded<PartnerRegionBasis>>,
}

/// A place of a partner in the chain of a regional policy. NL: plaats in een regionale keten.
#[derive(Debug, Clone)]
pub(crate) struct PartnerChain {
    row: policy_provision::Model,
}

/// A place of a partner in the chain of a regional policy. NL: plaats in een regionale keten.
#[Object]
impl PartnerChain {
    /// The policy that names it. NL: beleidsdocument.
    async fn policy(&self, ctx: &Context<'_>) -> Result<PolicyDocument> {
        policy_of(ctx, &self.row.policy).await
    }

    /// The group of the chain that it stands in, verbatim in Dutch; null when the policy makes no
    /// groups. NL: groep.
    async fn group(&self) -> Option<&str> {
        self.row.group_nl.as_deref()
    }

    /// The line as printed, with our translation. NL: tekst van de bron.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
