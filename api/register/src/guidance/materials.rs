//! Building blocks for cooperation, and policy that lies beside the plan.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::guidance::{codes::BuildingBlockState, rules};
use entity::{action_result, adjacent_policy, building_block};
use graphql::{
    coded::{self, Coded},
    date::Date,
    id::{self, NodeKind},
    text::LocalizedText,
};

use crate::{
    plan::schema::{MonitoringRound, PlanVersion, closed_round, plan_of},
    policies::schema::{PolicyDocument, policy_of},
    sources::schema::Source,
};

/// The building blocks for cooperation: how many the sources count, and which of them they name.
/// NL: bouwstenen.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct BuildingBlocks {
    #[graphql(skip)]
    count: Option<action_result::Model>,
    /// Adopted building blocks by the count that a source prints; null when none does. NL: aantal
    /// volgens de bron.
    counted: Option<i32>,
    /// Where the count stands. NL: bron van het aantal.
    counted_source: Option<Source>,
    /// Adopted building blocks whose subject the same sources name: those of `blocks` in state
    /// `ADOPTED`. NL: aantal genoemd.
    named: i32,
    /// Both numbers in one sentence, ready to quote. NL: kernzin.
    statement: LocalizedText,
    /// The building blocks that the sources name, by key, among them one that is being made. NL:
    /// genoemde bouwstenen.
    blocks: Vec<BuildingBlock>,
}

#[ComplexObject]
impl BuildingBlocks {
    /// The monitoring round that the count is of; null when it is of none. NL: monitoringsronde van
    /// het aantal.
    async fn counted_in(&self, ctx: &Context<'_>) -> Result<Option<MonitoringRound>> {
        match &self.count {
            Some(count) => closed_round(ctx, &count.plan, count.round.as_deref()).await,
            None => Ok(None),
        }
    }
}

impl BuildingBlocks {
    pub(super) fn of(
        count: Option<&action_result::Model>,
        blocks: &[building_block::Model],
    ) -> Result<Self> {
        let counted = count.and_then(|count| count.value);
        let blocks: Vec<BuildingBlock> = blocks
            .iter()
            .map(BuildingBlock::of)
            .collect::<Result<_>>()?;
        let adopted = blocks
            .iter()
            .filter(|block| block.state.0 == BuildingBlockState::Adopted);
        let named = i32::try_from(adopted.count())?;
        let (nl, en) = rules::blocks_statement(counted, named);
        Ok(Self {
            counted,
            count: count.cloned(),
            counted_source: count.and_then(|count| crate::source_of!(count)),
            named,
            statement: LocalizedText::new(nl, en),
            blocks,
        })
    }
}

/// A building block for cooperation. NL: bouwsteen.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct BuildingBlock {
    /// The key, as in `regionale-regie`. NL: sleutel.
    key: String,
    /// The title or subject. NL: titel of onderwerp.
    title: LocalizedText,
    /// How far it is. NL: stand.
    state: Coded<BuildingBlockState>,
    /// When it was adopted, as printed; null when the source does not say or it is still being
    /// made. NL: datum zoals gedrukt.
    date_text: Option<String>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl BuildingBlock {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::BuildingBlock, &self.key).await
    }
}

impl BuildingBlock {
    pub(crate) fn of(row: &building_block::Model) -> Result<Self> {
        Ok(Self {
            key: row.key.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            state: Coded(coded::of_row(&row.state)?),
            date_text: row.date_text.clone(),
            source: crate::source_of!(row),
        })
    }
}

/// Policy that touches the plan or a policy document and is no part of it. NL: aanpalend beleid.
#[derive(Debug, Clone)]
pub struct AdjacentPolicy {
    row: adjacent_policy::Model,
}

impl From<&adjacent_policy::Model> for AdjacentPolicy {
    fn from(row: &adjacent_policy::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// Policy that touches the plan or a policy document and is no part of it. NL: aanpalend beleid.
#[Object]
impl AdjacentPolicy {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::AdjacentPolicy, &self.row.key).await
    }

    /// The key, as in `roemeragenda`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The title; ours where the note of the source says so. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The version of the plan that it touches; null when it touches a policy document. NL:
    /// planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<PlanVersion>> {
        match &self.row.plan {
            Some(plan) => plan_of(ctx, plan).await.map(Some),
            None => Ok(None),
        }
    }

    /// The policy document that it touches; null when it touches the plan. NL: beleidsdocument.
    async fn policy(&self, ctx: &Context<'_>) -> Result<Option<PolicyDocument>> {
        Ok(match &self.row.policy {
            Some(key) => Some(policy_of(ctx, key).await?),
            None => None,
        })
    }

    /// Its last day; null when the source prints no period. NL: laatste dag.
    async fn last_day(&self) -> Option<Date> {
        self.row.ends_on.map(Date)
    }

    /// Its period or end as printed; null when none is. NL: looptijd zoals gedrukt.
    async fn period_text(&self) -> Option<&str> {
        self.row.ends_on_text.as_deref()
    }

    /// The words of the source, verbatim in Dutch; null when it gives the title alone. NL: tekst
    /// van de bron.
    async fn text(&self) -> Option<&str> {
        self.row.text_nl.as_deref()
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
