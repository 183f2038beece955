//! `node` and `Node`: anything with an id, by its id. It stands here because compliance knows every
//! noun.

use async_graphql::{ComplexObject, Context, ID, Interface, Object, Result};
use domain::{
    search::codes::SearchKind,
    text::{Language, pick},
};
use graphql::{
    coded::Coded,
    error::Failure,
    id::{self, NodeId, NodeKind},
};
use register::{
    budget::schema::{BudgetCell, Funding},
    goals::schema::{
        EffectIndicator, ExploitationForm, IntendedEffect, Measurement, NationalFigure,
        OperationalGoal,
    },
    guidance::schema::{
        AdjacentPolicy, BuildingBlock, FunctionAssignment, FunctionRole, FunctionVacancy,
        ReportingPoint, ReportingRoute,
    },
    nodes,
    partners::schema::{Event, Partner, find_partner},
    plan::schema::{
        Action, ActionLine, MonitoringRound, PlanTheme, PlanVersion, find_action,
        find_action_in_round, find_line, find_line_in_round, has_round,
    },
    policies::schema::PolicyDocument,
    quality::schema::{DataDecision, Gap},
    sources::{
        motion::Motion,
        proposal::Proposal,
        schema::{ReferenceCitation, SourceDocument},
    },
    territory::schema::{Area, Municipality, find_area_node, find_municipality},
};

use crate::{
    assessment::schema::{self as assessments, Assessment},
    framework::schema::{
        Criterion, FrameworkEdition, ReportingPeriod, Theme, find_criterion, find_edition,
        find_period, find_theme,
    },
    monitoring::schema::{OpenRound, find_open},
    publication::schema::{Publication, find_publication},
    regional::schema::{RegionalAnswer, find_version},
    search::schema::SearchHit,
};

/// Something with an id. NL: object met id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "An opaque id for `node`. NL: id."))]
pub(crate) enum Node {
    Action(Action),
    ActionLine(ActionLine),
    AdjacentPolicy(AdjacentPolicy),
    Area(Area),
    Assessment(Assessment),
    BudgetCell(BudgetCell),
    BuildingBlock(BuildingBlock),
    Criterion(Criterion),
    DataDecision(DataDecision),
    EffectIndicator(EffectIndicator),
    Event(Event),
    ExploitationForm(ExploitationForm),
    FrameworkEdition(FrameworkEdition),
    FunctionAssignment(FunctionAssignment),
    FunctionRole(FunctionRole),
    FunctionVacancy(FunctionVacancy),
    Funding(Funding),
    Gap(Gap),
    IntendedEffect(IntendedEffect),
    Measurement(Measurement),
    MonitoringRound(MonitoringRound),
    Motion(Motion),
    Municipality(Municipality),
    NationalFigure(NationalFigure),
    OpenRound(OpenRound),
    OperationalGoal(OperationalGoal),
    Partner(Partner),
    PlanTheme(PlanTheme),
    PlanVersion(PlanVersion),
    PolicyDocument(PolicyDocument),
    Proposal(Proposal),
    Publication(Publication),
    ReferenceCitation(ReferenceCitation),
    RegionalAnswer(RegionalAnswer),
    ReportingPeriod(ReportingPeriod),
    ReportingPoint(ReportingPoint),
    ReportingRoute(ReportingRoute),
    SourceDocument(SourceDocument),
    Theme(Theme),
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
        let Some(NodeId { kind, key, pinned }) = id::decode(&id) else {
            return Ok(None);
        };
        match &pinned.round {
            Some(round) => find_in_round(ctx, kind, &key, round).await,
            None => find_node(ctx, kind, &key).await,
        }
    }
}

// Stands here because its subject may be any.
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

    /// What was found. NL: onderwerp.
    async fn subject(&self, ctx: &Context<'_>) -> Result<Node> {
        let found = find_node(ctx, node_kind(self.kind.0), &self.key).await?;
        Ok(found.ok_or_else(|| Failure::Unknown {
            what: ("onderwerp", "subject"),
            code: self.key.clone(),
            did_you_mean: Vec::new(),
        })?)
    }

    /// The version of the plan that it is of; null for what is of none. NL: planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<PlanVersion>> {
        match self.kind.0 {
            SearchKind::Action
            | SearchKind::ActionLine
            | SearchKind::IntendedEffect
            | SearchKind::OperationalGoal => {
                let plan = self.key.split('/').next().unwrap_or_default();
                nodes::find_plan(ctx, plan).await
            }
            SearchKind::Proposal => match nodes::find_proposal(ctx, &self.key).await? {
                Some(proposal) => proposal.plan(ctx).await.map(Some),
                None => Ok(None),
            },
            SearchKind::Area
            | SearchKind::BuildingBlock
            | SearchKind::Criterion
            | SearchKind::Event
            | SearchKind::FunctionRole
            | SearchKind::Motion
            | SearchKind::Municipality
            | SearchKind::NationalFigure
            | SearchKind::Partner
            | SearchKind::PolicyDocument
            | SearchKind::ReportingPoint
            | SearchKind::SourceDocument => Ok(None),
        }
    }
}

/// The kind of node that a found thing is.
fn node_kind(kind: SearchKind) -> NodeKind {
    match kind {
        SearchKind::Action => NodeKind::Action,
        SearchKind::ActionLine => NodeKind::ActionLine,
        SearchKind::Area => NodeKind::Area,
        SearchKind::BuildingBlock => NodeKind::BuildingBlock,
        SearchKind::Criterion => NodeKind::Criterion,
        SearchKind::Event => NodeKind::Event,
        SearchKind::FunctionRole => NodeKind::FunctionRole,
        SearchKind::IntendedEffect => NodeKind::IntendedEffect,
        SearchKind::Motion => NodeKind::Motion,
        SearchKind::Municipality => NodeKind::Municipality,
        SearchKind::NationalFigure => NodeKind::NationalFigure,
        SearchKind::OperationalGoal => NodeKind::OperationalGoal,
        SearchKind::Partner => NodeKind::Partner,
        SearchKind::PolicyDocument => NodeKind::PolicyDocument,
        SearchKind::Proposal => NodeKind::Proposal,
        SearchKind::ReportingPoint => NodeKind::ReportingPoint,
        SearchKind::SourceDocument => NodeKind::SourceDocument,
    }
}

/// The thing of a kind and a key as a closed monitoring round tells of it; none for a kind of which
/// rounds tell nothing.
async fn find_in_round(
    ctx: &Context<'_>,
    kind: NodeKind,
    key: &str,
    round: &str,
) -> Result<Option<Node>> {
    let plan = key.split('/').next().unwrap_or_default();
    if !has_round(ctx, plan, round).await? {
        return Ok(None);
    }
    if kind == NodeKind::Action {
        let action = find_action_in_round(ctx, key, round).await?;
        return Ok(action.map(Node::Action));
    }
    if kind == NodeKind::ActionLine {
        let line = find_line_in_round(ctx, key, round).await?;
        return Ok(line.map(Node::ActionLine));
    }
    Ok(None)
}

macro_rules! find {
    ($ctx:expr, $kind:expr, $key:expr, { $($node:ident => $find:path,)* }) => {
        match $kind {
            $(NodeKind::$node => Ok($find($ctx, $key).await?.map(Node::$node)),)*
        }
    };
}

/// The thing of a kind and a key.
async fn find_node(ctx: &Context<'_>, kind: NodeKind, key: &str) -> Result<Option<Node>> {
    find!(ctx, kind, key, {
        Action => find_action,
        ActionLine => find_line,
        AdjacentPolicy => nodes::find_adjacent_policy,
        Area => find_area_node,
        Assessment => assessments::find_by_key,
        BudgetCell => nodes::find_cell,
        BuildingBlock => nodes::find_building_block,
        Criterion => find_criterion,
        DataDecision => nodes::find_decision,
        EffectIndicator => nodes::find_indicator,
        Event => nodes::find_event,
        ExploitationForm => nodes::find_form,
        FrameworkEdition => find_edition,
        FunctionAssignment => nodes::find_assignment,
        FunctionRole => nodes::find_function,
        FunctionVacancy => nodes::find_vacancy,
        Funding => nodes::find_funding,
        Gap => nodes::find_gap,
        IntendedEffect => nodes::find_effect,
        Measurement => nodes::find_measurement,
        MonitoringRound => nodes::find_round,
        Motion => nodes::find_motion,
        Municipality => find_municipality,
        NationalFigure => nodes::find_figure,
        OpenRound => find_open,
        OperationalGoal => nodes::find_goal,
        Partner => find_partner,
        PlanTheme => nodes::find_theme,
        PlanVersion => nodes::find_plan,
        PolicyDocument => nodes::find_policy,
        Proposal => nodes::find_proposal,
        Publication => find_publication,
        ReferenceCitation => nodes::find_citation,
        RegionalAnswer => find_version,
        ReportingPeriod => find_period,
        ReportingPoint => nodes::find_point,
        ReportingRoute => nodes::find_route,
        SourceDocument => nodes::find_document,
        Theme => find_theme,
    })
}
