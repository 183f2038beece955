//! Two monitoring rounds side by side. A later round never overwrites an earlier one. NL:
//! vergelijking van rondes.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::plan::{
    codes::StatusChangeKind,
    rules::{ActionStatus, Counts},
};
use entity::{action, monitoring_round, status_report};
use graphql::{
    coded::Coded,
    index::index,
    known::{known, shared},
};

use super::{dashboard::MonitoringRound, lookup::ReportByAction, schema::Action};

/// The status of one action in two rounds. NL: verandering van een status.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct StatusChange {
    /// The action, as the second round tells of it. NL: actie.
    action: Action,
    /// What happened. NL: soort verandering.
    kind: Coded<StatusChangeKind>,
    /// The status in the first round; null when it tells none. NL: status in de eerste ronde.
    before: Option<Coded<ActionStatus>>,
    /// The status in the second round; null when it tells none. NL: status in de tweede ronde.
    after: Option<Coded<ActionStatus>>,
}

/// How often a status occurs in two rounds. NL: verandering van een aantal.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct CountChange {
    /// The status. NL: status.
    status: Coded<ActionStatus>,
    /// Actions in the first round. NL: aantal in de eerste ronde.
    before: i32,
    /// Actions in the second round. NL: aantal in de tweede ronde.
    after: i32,
    /// The second less the first. NL: verschil.
    difference: i32,
}

/// Two monitoring rounds side by side. NL: vergelijking van rondes.
#[derive(Debug, Clone)]
pub(crate) struct RoundComparison {
    pub(super) plan: String,
    pub(super) earlier: monitoring_round::Model,
    pub(super) later: monitoring_round::Model,
}

impl RoundComparison {
    async fn status(
        &self,
        ctx: &Context<'_>,
        round: &str,
        number: i32,
    ) -> Result<Option<ActionStatus>> {
        let reports = index::<ReportByAction>(ctx).await?;
        Ok(reports
            .rows_of((&self.plan, number))
            .find(|report| report.round == round)
            .and_then(|report| ActionStatus::from_code(&report.status)))
    }

    async fn counts_in(&self, ctx: &Context<'_>, round: &str) -> Result<Counts> {
        let reports = known::<status_report::Entity>(ctx).await?;
        let own = reports
            .iter()
            .filter(|report| report.round == round && report.plan == self.plan);
        Ok(Counts::of(own.filter_map(|report| {
            ActionStatus::from_code(&report.status)
        })))
    }
}

/// Two monitoring rounds side by side. NL: vergelijking van rondes.
#[Object]
impl RoundComparison {
    /// The first round. NL: eerste ronde.
    async fn earlier(&self) -> MonitoringRound {
        MonitoringRound::from(&self.earlier)
    }

    /// The second round. NL: tweede ronde.
    async fn later(&self) -> MonitoringRound {
        MonitoringRound::from(&self.later)
    }

    /// How often each status occurs, in the order of the dashboard. NL: verandering van aantallen.
    async fn count_changes(&self, ctx: &Context<'_>) -> Result<Vec<CountChange>> {
        let before = self.counts_in(ctx, &self.earlier.key).await?;
        let after = self.counts_in(ctx, &self.later.key).await?;
        Ok(before
            .each()
            .zip(after.each())
            .map(|((status, before), (_, after))| CountChange {
                status: status.into(),
                before,
                after,
                difference: after - before,
            })
            .collect())
    }

    /// The actions of which at least one of the rounds tells, by number. NL: veranderingen.
    #[graphql(complexity = "1 + 46 * child_complexity")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Leave out the actions with the same status in both rounds. NL: alleen \
             veranderingen.",
            default = true
        )]
        only_changed: bool,
    ) -> Result<Vec<StatusChange>> {
        let shown = Some(self.later.key.clone());
        let mut changes = Vec::new();
        for row in shared::<action::Entity>(ctx).await? {
            if row.plan != self.plan {
                continue;
            }
            let before = self.status(ctx, &self.earlier.key, row.number).await?;
            let after = self.status(ctx, &self.later.key, row.number).await?;
            let kind = match (before, after) {
                (None, None) => continue,
                (Some(_), None) => StatusChangeKind::OnlyBefore,
                (None, Some(_)) => StatusChangeKind::OnlyAfter,
                (Some(before), Some(after)) if before == after => StatusChangeKind::Same,
                (Some(_), Some(_)) => StatusChangeKind::Changed,
            };
            if only_changed && kind == StatusChangeKind::Same {
                continue;
            }
            changes.push(StatusChange {
                action: Action::to_view(row, shown.clone()),
                kind: kind.into(),
                before: before.map(Into::into),
                after: after.map(Into::into),
            });
        }
        Ok(changes)
    }
}
