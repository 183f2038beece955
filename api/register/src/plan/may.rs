//! What the viewer may do with an action now: by the policy and the rules that the mutations ask.

use async_graphql::{Context, Result};
use domain::{
    monitoring::rules,
    policy::{self, Mandate, Operation},
};
use entity::{action, monitoring_round, status_report, timed_release};
use graphql::{coded::Coded, context::request, error::Failure, known::known};

/// What an action is asked with: the rounds of its plan, and what waits and is reported.
struct Situation<'a> {
    mandate: &'a Mandate,
    action: &'a action::Model,
    rounds: &'a [monitoring_round::Model],
    reports: &'a [status_report::Model],
    releases: &'a [timed_release::Model],
}

impl Situation<'_> {
    /// Whether a round of the plan takes in a report on the action.
    fn can_be_reported(&self) -> bool {
        let waits = |round: &monitoring_round::Model| {
            let mut releases = self.releases.iter();
            releases.any(|row| row.kind == rules::CLOSING && row.key == round.key)
        };
        self.rounds.iter().any(|round| {
            round.plan == self.action.plan
                && rules::takes_in(&round.state, waits(round))
                && !rules::had_ended(self.action.valid_to, round.date_earliest)
        })
    }

    /// Whether a closed round tells a status of the action.
    fn has_status(&self) -> bool {
        let is_closed = |key: &str| {
            let mut rounds = self.rounds.iter();
            rounds.any(|round| round.key == key && round.state == "CLOSED")
        };
        let own = (self.action.plan.as_str(), self.action.number);
        self.reports
            .iter()
            .any(|row| (row.plan.as_str(), row.action) == own && is_closed(&row.round))
    }

    fn allows(&self, operation: Operation) -> bool {
        let reports = || policy::may_report_on(self.mandate, &self.action.subject_key).is_ok();
        let plans = || policy::may_manage_plan(self.mandate).is_ok();
        match operation {
            Operation::ReportStatus => reports() && self.can_be_reported(),
            Operation::RecordMeasurement | Operation::RecordResult => reports(),
            Operation::CorrectStatusReport => plans() && self.has_status(),
            Operation::AssignPartner
            | Operation::EndAction
            | Operation::LinkActions
            | Operation::PlanAction => plans(),
            _ => false,
        }
    }
}

/// The mutations that the viewer may call on an action now.
pub(super) async fn with_action(
    ctx: &Context<'_>,
    action: &action::Model,
) -> Result<Vec<Coded<Operation>>> {
    let request = request(ctx)?;
    if !request.is_present().await.map_err(Failure::from)? {
        return Ok(Vec::new());
    }
    let situation = Situation {
        mandate: request.mandate().await.map_err(Failure::from)?,
        action,
        rounds: known::<monitoring_round::Entity>(ctx).await?,
        reports: known::<status_report::Entity>(ctx).await?,
        releases: known::<timed_release::Entity>(ctx).await?,
    };
    let allowed = Operation::ALL
        .into_iter()
        .filter(|one| situation.allows(*one));
    Ok(allowed.map(Coded).collect())
}
