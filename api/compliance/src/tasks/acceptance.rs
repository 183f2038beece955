//! What VNG filled in on behalf of municipalities and waits to be accepted by them.

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{FromQueryResult, Value};

use crate::framework::schema::{ReportingPeriod, find_period, known_period};
use database::{DbError, Session};
use domain::{
    assessment::codes::FillingChannel,
    clock::day_of,
    policy::{self, MayReviewAll, Rule},
};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    error::Failure,
    page::{Connection, PageArgs, page_cost},
};
use register::territory::schema::{Municipality, find_municipality};

/// A filling that waits, as it is stored.
#[derive(Debug, Clone, FromQueryResult)]
struct Waiting {
    municipality: String,
    period: String,
    number: i32,
    channel: String,
    filled_at: DateTime<Utc>,
}

/// The last filling of each assessment in a period that is not closed, and under its edition, where
/// nothing was submitted since; the longest wait first.
async fn to_accept(
    session: &Session,
    _permit: &MayReviewAll,
    period: Option<String>,
) -> Result<Vec<Waiting>, DbError> {
    session
        .rows(
            "looking for what waits to be accepted",
            "with last as (
                select distinct on (f.municipality, f.period) f.municipality, f.period, f.number,
                    f.channel, f.filled_at, f.edition, f.ledger_no
                from known.on_behalf_filling f
                where $2::text is null or f.period = $2
                order by f.municipality, f.period, f.number desc)
             select l.municipality, l.period, l.number, l.channel, l.filled_at
             from last l
             join known.reporting_period p on p.key = l.period and p.edition = l.edition
             where p.closes_on >= $1
               and not exists (select from known.assessment_version v
                    where v.municipality = l.municipality and v.period = l.period
                        and v.ledger_no > l.ledger_no)
             order by l.filled_at, l.municipality, l.period",
            [Value::from(session.today()), Value::from(period)],
        )
        .await
}

/// Answers that VNG filled in on behalf of a municipality and that it did not accept yet. NL: te
/// aanvaarden beoordeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct AcceptanceItem {
    #[graphql(skip)]
    municipality_code: String,
    #[graphql(skip)]
    period_key: String,
    /// The number of what was filled in, from 1, which the municipality hands over with
    /// `acceptOnBehalf`. NL: nummer.
    filling: i32,
    /// How the municipality told it. NL: kanaal.
    channel: Option<Coded<FillingChannel>>,
    /// The instant, UTC, at which it was filled in. NL: ingevuld op.
    filled_at: DateTime<Utc>,
    /// Days from the day of filling in to today. NL: wachttijd in dagen.
    waiting_days: i64,
}

#[ComplexObject]
impl AcceptanceItem {
    /// The municipality that is to accept it; null when it does not exist any more. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, &self.municipality_code).await
    }

    /// The reporting period. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, &self.period_key).await
    }
}

impl AcceptanceItem {
    fn of(waiting: Waiting, session: &Session) -> Self {
        let waited: TimeDelta = session.today() - day_of(waiting.filled_at);
        Self {
            municipality_code: waiting.municipality,
            period_key: waiting.period,
            filling: waiting.number,
            channel: FillingChannel::from_code(&waiting.channel).map(Coded),
            filled_at: waiting.filled_at,
            waiting_days: waited.num_days(),
        }
    }
}

/// Queries of what waits to be accepted.
#[derive(Default)]
pub(crate) struct AcceptanceQuery;

#[Object]
impl AcceptanceQuery {
    /// What VNG filled in on behalf of municipalities and they did not accept yet, in periods that
    /// are not closed, the longest wait first. For VNG; null for others. `NOT_FOUND` for an unknown
    /// period, `BAD_REQUEST` for a wrong page. NL: te aanvaarden beoordelingen.
    #[graphql(
        directive = visible_to::apply(roles(Rule::Review)),
        complexity = "page_cost(first, child_complexity)"
    )]
    async fn acceptance_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this period, by its key; by default of all. NL: periode.")]
        period: Option<String>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<AcceptanceItem>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let permit = match policy::may_review_all(session.mandate()) {
            Ok(permit) => permit,
            Err(denied) => {
                request.withhold(ctx, denied.0);
                return Ok(None);
            }
        };
        let period = match period {
            Some(key) => Some(known_period(ctx, &key).await?.key().to_owned()),
            None => None,
        };
        let waiting = to_accept(session, &permit, period).await;
        let items = waiting
            .map_err(Failure::from)?
            .into_iter()
            .map(|waiting| {
                let item = AcceptanceItem::of(waiting, session);
                let key = format!("{}/{}", item.municipality_code, item.period_key);
                (key, item)
            })
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}
