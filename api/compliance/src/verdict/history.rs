//! `verdictHistory`: the verdicts of a municipality and of those that it continues, period by
//! period.

use async_graphql::{Context, Object, Result};

use super::{repo, schema::Verdict};
use crate::framework::schema::known_period;
use domain::{
    policy::{self, Rule},
    verdict::rules::Basis,
};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    error::Failure,
    moment::Moment,
};
use register::territory::schema::{find_municipality, known_municipality};

/// The history of verdicts.
#[derive(Default)]
pub(crate) struct VerdictHistoryQuery;

#[Object]
impl VerdictHistoryQuery {
    /// The verdicts of a municipality and of its predecessors, the latest period first: each as it
    /// stands in its period, on the last day of the period, of the predecessor, or today. What a
    /// predecessor got is told as the predecessor's, and is counted in no later period. Null when
    /// you may see none (see `extensions.withheld`); `NOT_FOUND` for an unknown municipality. NL:
    /// geschiedenis van oordelen.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadVerdicts)),
        complexity = "1 + 20 * child_complexity"
    )]
    async fn verdict_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] municipality: String,
        #[graphql(
            desc = "Which versions; by default those that VNG confirmed. NL: grondslag.",
            default_with = "Coded(Basis::Confirmed)"
        )]
        basis: Coded<Basis>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Vec<Verdict>>> {
        let Coded(basis) = basis;
        let request = request(ctx)?;
        let municipality = known_municipality(ctx, &municipality).await?;
        let scope = policy::verdicts(request.mandate().await.map_err(Failure::from)?, basis);
        if let Some(rule) = scope.hidden_by() {
            request.withhold(ctx, rule);
            return Ok(None);
        }
        let session = request.session().await.map_err(Failure::from)?;
        let rows = repo::history(session, &scope, municipality.code_text(), basis)
            .await
            .map_err(Failure::from)?;
        let mut history = Vec::with_capacity(rows.len());
        for row in rows {
            if let Some(municipality) = find_municipality(ctx, &row.municipality).await? {
                let period = known_period(ctx, &row.period).await?;
                history.push(Verdict::of(
                    municipality,
                    period,
                    basis,
                    row.stored,
                    session.today(),
                ));
            }
        }
        Ok(Some(history))
    }
}
