//! Money planned in a year in which its action is not carried out.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{action_year, monitoring_round, status_report};
use graphql::{coded::Coded, known::known};

use super::cell::{BudgetCell, Table};
use crate::{
    plan::schema::{Action, MonitoringRound, find_action},
    sources::schema::Source,
};
use domain::{
    budget::signals::{self, NotStarted, Outside, OutsideExecutionReason},
    text::{Language, pick},
};

/// Money planned in a year in which its action is not carried out. NL: geld buiten de uitvoering.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct MoneyOutsideExecution {
    /// The action. NL: actie.
    action: Action,
    /// The year of the money. NL: jaar.
    year: i32,
    /// The cell with the money, in whole euros; when it is shared the money is not of this action
    /// alone. NL: cel.
    cell: BudgetCell,
    /// Why it is told. NL: reden.
    reason: Coded<OutsideExecutionReason>,
    /// The monitoring round that says so; null when a printed statement says it. NL:
    /// monitoringsronde.
    round: Option<MonitoringRound>,
    /// Where the reason stands; where the money stands is told by the cell. NL: bron van de reden.
    reason_source: Option<Source>,
}

#[ComplexObject]
impl MoneyOutsideExecution {
    /// The reason in words. NL: label.
    async fn reason_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.reason.label())
    }
}

/// Whether a source says outright that an action does not run in a year. Year columns were
/// displaced in the print, so only sentences and statuses decide.
fn denies(row: &action_year::Model) -> bool {
    row.planned == "NO" && matches!(row.place.as_str(), "TEXT" | "STATUS")
}

pub(super) async fn money_outside(
    ctx: &Context<'_>,
    plan: &str,
    as_of: NaiveDate,
) -> Result<Vec<MoneyOutsideExecution>> {
    let table = Table::read(ctx, plan).await?;
    let claims: Vec<&action_year::Model> = known::<action_year::Entity>(ctx)
        .await?
        .iter()
        .filter(|row| row.plan == plan && denies(row))
        .collect();
    let rounds = known::<monitoring_round::Entity>(ctx).await?;
    let round = rounds
        .iter()
        .filter(|row| row.plan == plan && row.state == "CLOSED" && row.date_latest <= as_of)
        .max_by_key(|row| row.date_latest);
    let reports: Vec<&status_report::Model> = known::<status_report::Entity>(ctx)
        .await?
        .iter()
        .filter(|row| row.plan == plan && Some(&row.round) == round.map(|round| &round.key))
        .filter(|row| row.status == "NOT_STARTED")
        .collect();
    let not_running: Vec<(i32, i32)> = claims.iter().map(|row| (row.number, row.year)).collect();
    let not_started = round.map(|round| NotStarted {
        year: chrono::Datelike::year(&round.date_latest),
        actions: reports.iter().map(|row| row.action).collect(),
    });
    let mut found = Vec::new();
    for Outside {
        key,
        action: number,
        year,
        reason,
    } in signals::outside_execution(&table.cells, &not_running, not_started.as_ref())
    {
        let action = find_action(ctx, &format!("{plan}/{number}")).await?;
        let (Some(action), Some(row)) = (action, table.row(key)) else {
            continue;
        };
        let (decided_in, reason_source) = match reason {
            OutsideExecutionReason::NotRunningInYear => {
                let claim = claims
                    .iter()
                    .find(|row| (row.number, row.year) == (number, year));
                (None, claim.and_then(|row| crate::source_of!(row)))
            }
            OutsideExecutionReason::NotStartedAtRound => {
                let report = reports.iter().find(|row| row.action == number);
                (
                    round
                        .filter(|_| report.is_some())
                        .map(MonitoringRound::from),
                    report.and_then(|row| crate::source_of!(row)),
                )
            }
        };
        found.push(MoneyOutsideExecution {
            action,
            year,
            cell: BudgetCell::of(row)?,
            reason: reason.into(),
            round: decided_in,
            reason_source,
        });
    }
    Ok(found)
}
