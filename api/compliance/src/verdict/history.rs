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
    page::{Connection, PageArgs, page_cost},
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
    /// you may see none (see `extensions.withheld`); `NOT_FOUND` for an unknown municipality,
    /// `BAD_REQUEST` for a wrong page. NL: geschiedenis van oordelen.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadVerdicts)),
        complexity = "page_cost(first, child_complexity)"
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
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Verdict>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
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
                let verdict = Verdict::of(municipality, period, basis, row.stored, session.today());
                history.push((format!("{}/{}", row.municipality, row.period), verdict));
            }
        }
        Ok(Some(Connection::of_whole(history, &requested)?))
    }
}
