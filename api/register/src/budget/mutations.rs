//! The mutation of the budget.

use async_graphql::{Context, Object, Result};

use super::{
    cell::row_cells,
    set::{self, SetBudgetInput, SetBudgetPayload},
};
use domain::policy::Rule;
use graphql::{
    access::{permitted_to, roles},
    change::settled,
    context::request,
    payload::errors,
};

/// Mutations of the budget.
#[derive(Default)]
pub struct BudgetMutation;

#[Object]
impl BudgetMutation {
    /// Sets cells of one row of the budget, in whole euros. An amount, a 0, a dash, a blank and no
    /// cell at all stay five things; sums and the reconciliation follow at once. For the ministry.
    /// NL: begroting vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::ManagePlan)))]
    async fn set_budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The row and its cells. NL: invoer.")] input: SetBudgetInput,
    ) -> Result<SetBudgetPayload> {
        match settled(set::set(request(ctx)?, &input).await)? {
            Ok(row) => Ok(SetBudgetPayload {
                cells: row_cells(ctx, &row).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(SetBudgetPayload {
                cells: Vec::new(),
                errors: errors(mistakes),
            }),
        }
    }
}
