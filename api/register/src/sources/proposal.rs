//! `Proposal`: what was put forward for a version of the plan, and the actions that it became.

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use domain::sources::codes::ProposalOutcome;
use entity::proposal;
use graphql::{
    coded::{self, Coded},
    id::{self, NodeKind},
    known::known,
    moment::Moment,
    text::LocalizedText,
};

use super::schema::Source;
use crate::plan::schema::{Action, PlanVersion, find_action, plan_of};

/// A proposal for the plan, as a heading of the letter names it, and what became of it. NL:
/// voorstel.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct Proposal {
    #[graphql(skip)]
    numbers: Vec<String>,
    #[graphql(skip)]
    plan_key: String,
    /// The key, as in `daderaanpak`. NL: sleutel.
    key: String,
    /// The title. NL: titel.
    title: LocalizedText,
    /// What became of it. NL: uitkomst.
    outcome: Coded<ProposalOutcome>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl Proposal {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Proposal, &self.key).await
    }

    /// The version of the plan that it was made for. NL: planversie.
    pub async fn plan(&self, ctx: &Context<'_>) -> Result<PlanVersion> {
        plan_of(ctx, &self.plan_key).await
    }

    /// The actions that it became, by number. NL: acties.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let mut actions = Vec::new();
        for number in &self.numbers {
            actions.extend(find_action(ctx, &format!("{}/{number}", self.plan_key)).await?);
        }
        Ok(actions)
    }
}

impl Proposal {
    pub(crate) fn of(row: &proposal::Model) -> Result<Self> {
        Ok(Self {
            numbers: row.actions.clone(),
            key: row.key.clone(),
            plan_key: row.plan.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            outcome: Coded(coded::of_row(&row.outcome)?),
            source: crate::source_of!(row),
        })
    }
}

/// The proposals that an action came from, for `Action`.
pub(crate) async fn of_action(ctx: &Context<'_>, plan: &str, number: i32) -> Result<Vec<Proposal>> {
    let number = number.to_string();
    let rows = known::<proposal::Entity>(ctx).await?;
    rows.iter()
        .filter(|row| row.plan == plan && row.actions.contains(&number))
        .map(Proposal::of)
        .collect()
}

/// Queries of what was proposed.
#[derive(Default)]
pub struct ProposalQuery;

#[Object]
impl ProposalQuery {
    /// The proposals for the strengthened plan, by key, with the actions that they became. At most
    /// 10: they were made once. NL: voorstellen.
    #[graphql(complexity = "1 + 6 * child_complexity")]
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<Proposal>>> {
        let rows = known::<proposal::Entity>(ctx).await?;
        let proposals: Vec<Proposal> = rows.iter().map(Proposal::of).collect::<Result<_>>()?;
        Ok(Some(proposals))
    }
}
