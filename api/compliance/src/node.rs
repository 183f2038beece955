//! `node` and `Node`: anything with an id, by its id. It stands here because compliance knows every
//! noun.

use async_graphql::{ComplexObject, Context, ID, Interface, Object, Result};
use domain::{
    search::codes::SearchKind,
    text::{Language, pick},
};
use graphql::{
    coded::Coded,
    id::{self, NodeId, NodeKind},
};
use register::{
    partners::schema::{Partner, find_partner},
    plan::schema::{
        Action, ActionLine, find_action, find_action_in_round, find_line, find_line_in_round,
        has_round,
    },
    territory::schema::{Area, Municipality, find_area_node, find_municipality},
};

use crate::{
    assessment::schema::{Assessment, find_by_key},
    framework::schema::{
        Criterion, FrameworkEdition, ReportingPeriod, find_criterion, find_edition, find_period,
    },
    search::schema::SearchHit,
};

/// Something with an id. NL: object met id.
#[expect(
    clippy::large_enum_variant,
    reason = "one at a time, and the macro takes no boxes"
)]
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "An opaque id for `node`. NL: id."))]
pub(crate) enum Node {
    Action(Action),
    ActionLine(ActionLine),
    Area(Area),
    Assessment(Assessment),
    Criterion(Criterion),
    FrameworkEdition(FrameworkEdition),
    Municipality(Municipality),
    Partner(Partner),
    ReportingPeriod(ReportingPeriod),
}

/// Finds anything by its id.
#[derive(Default)]
pub(crate) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The thing of an id, as it is told now, or at the moment that the id is pinned to. Null when
    /// there is none, or none that you may see. NL: object bij id.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id that this service gave out. NL: id.")] id: ID,
    ) -> Result<Option<Node>> {
        match id::decode(&id) {
            Some(NodeId { kind, key, pinned }) => {
                find_node(ctx, kind, &key, pinned.round.as_deref()).await
            }
            None => Ok(None),
        }
    }
}

// Stands here because its node may be any.
#[ComplexObject]
impl SearchHit {
    /// The kind in words. NL: label van de soort.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.kind.label())
    }

    /// The thing itself, where things of its kind have an id; null for the other kinds, which have
    /// a field of their own in `Query`. NL: object.
    async fn node(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        match node_kind(self.kind.0) {
            Some(kind) => find_node(ctx, kind, &self.key, None).await,
            None => Ok(None),
        }
    }
}

/// The kind of node that a found thing is; none for what has no id.
fn node_kind(kind: SearchKind) -> Option<NodeKind> {
    match kind {
        SearchKind::Action => Some(NodeKind::Action),
        SearchKind::ActionLine => Some(NodeKind::ActionLine),
        SearchKind::Area => Some(NodeKind::Area),
        SearchKind::Criterion => Some(NodeKind::Criterion),
        SearchKind::Municipality => Some(NodeKind::Municipality),
        SearchKind::Partner => Some(NodeKind::Partner),
        SearchKind::BuildingBlock
        | SearchKind::Event
        | SearchKind::FunctionRole
        | SearchKind::IntendedEffect
        | SearchKind::Motion
        | SearchKind::NationalFigure
        | SearchKind::OperationalGoal
        | SearchKind::PolicyDocument
        | SearchKind::Proposal
        | SearchKind::ReportingPoint
        | SearchKind::SourceDocument => None,
    }
}

/// The thing of a kind and a key, as a monitoring round tells of it where one is named.
async fn find_node(
    ctx: &Context<'_>,
    kind: NodeKind,
    key: &str,
    round: Option<&str>,
) -> Result<Option<Node>> {
    if let Some(round) = round {
        let plan = key.split('/').next().unwrap_or_default();
        if !has_round(ctx, plan, round).await? {
            return Ok(None);
        }
        return Ok(match kind {
            NodeKind::Action => find_action_in_round(ctx, key, round)
                .await?
                .map(Node::Action),
            NodeKind::ActionLine => find_line_in_round(ctx, key, round)
                .await?
                .map(Node::ActionLine),
            NodeKind::Area
            | NodeKind::Assessment
            | NodeKind::Criterion
            | NodeKind::FrameworkEdition
            | NodeKind::Municipality
            | NodeKind::Partner
            | NodeKind::ReportingPeriod => None,
        });
    }
    Ok(match kind {
        NodeKind::Action => find_action(ctx, key).await?.map(Node::Action),
        NodeKind::ActionLine => find_line(ctx, key).await?.map(Node::ActionLine),
        NodeKind::Area => find_area_node(ctx, key).await?.map(Node::Area),
        NodeKind::Assessment => find_by_key(ctx, key).await?.map(Node::Assessment),
        NodeKind::Criterion => find_criterion(ctx, key).await?.map(Node::Criterion),
        NodeKind::FrameworkEdition => find_edition(ctx, key).await?.map(Node::FrameworkEdition),
        NodeKind::Municipality => find_municipality(ctx, key).await?.map(Node::Municipality),
        NodeKind::Partner => find_partner(ctx, key).await?.map(Node::Partner),
        NodeKind::ReportingPeriod => find_period(ctx, key).await?.map(Node::ReportingPeriod),
    })
}
