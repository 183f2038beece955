//! The queue of reviewers, and a version that waits in it.

use std::collections::BTreeSet;

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use chrono::{DateTime, TimeDelta, Utc};

use super::repo;
use crate::framework::schema::{ReportingPeriod, find_period, known_period};
use database::Session;
use domain::{
    clock::day_of,
    policy::{self, Rule},
};
use graphql::{
    access::{roles, visible_to},
    context::request,
    error::Failure,
    page::{Connection, PageArgs, page_cost},
};
use register::territory::schema::{Municipality, find_municipality, known_area_members};

/// A version that waits for a review. NL: te behandelen versie.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ReviewItem {
    #[graphql(skip)]
    period_key: String,
    /// The number of the version, from 1. NL: versienummer.
    version_number: i32,
    /// The instant, UTC, at which it was submitted. NL: ingediend op.
    submitted_at: DateTime<Utc>,
    /// Whether it was submitted by the deadline in force, an extension included. NL: op tijd.
    on_time: bool,
    /// Days from the day of submitting to today. NL: wachttijd in dagen.
    waiting_days: i64,
    /// Whether somebody has it in hand now. NL: in behandeling.
    is_claimed: bool,
    /// Whether you have it in hand now. NL: bij mij in behandeling.
    is_claimed_by_me: bool,
    /// The instant, UTC, from which another reviewer may take it; null while nobody has it in hand.
    /// NL: in behandeling tot.
    claimed_until: Option<DateTime<Utc>>,
    /// Whether a question about it waits for the reply of the municipality. NL: wacht op antwoord.
    awaits_reply: bool,
    #[graphql(skip)]
    code: String,
}

#[ComplexObject]
impl ReviewItem {
    /// The reporting period. NL: rapportageperiode.
    async fn period(&self, ctx: &Context<'_>) -> Result<Option<ReportingPeriod>> {
        find_period(ctx, &self.period_key).await
    }

    /// The municipality. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, &self.code).await
    }
}

impl ReviewItem {
    /// A version as the queue finds it.
    pub(super) fn of(waiting: repo::Waiting, session: &Session) -> Self {
        let me = &session.mandate().actor;
        let waited: TimeDelta = session.today() - day_of(waiting.submitted_at);
        Self {
            period_key: waiting.period,
            version_number: waiting.version,
            submitted_at: waiting.submitted_at,
            on_time: waiting.on_time,
            waiting_days: waited.num_days(),
            is_claimed: waiting.holder.is_some(),
            is_claimed_by_me: waiting
                .holder
                .as_deref()
                .is_some_and(|holder| me.is_called(holder)),
            claimed_until: waiting.claimed_until,
            awaits_reply: waiting.awaits_reply,
            code: waiting.municipality,
        }
    }
}

/// Which of the queue is wanted; what is none narrows nothing.
struct Narrowed {
    period: Option<String>,
    members: Option<BTreeSet<String>>,
    claimed: Option<bool>,
    claimed_by_me: Option<bool>,
    awaits_reply: Option<bool>,
}

impl Narrowed {
    fn takes(&self, item: &ReviewItem) -> bool {
        let is = |wanted: Option<bool>, so: bool| wanted.is_none_or(|wanted| wanted == so);
        let period = self.period.as_ref();
        let members = self.members.as_ref();
        period.is_none_or(|period| *period == item.period_key)
            && members.is_none_or(|members| members.contains(&item.code))
            && is(self.claimed, item.is_claimed)
            && is(self.claimed_by_me, item.is_claimed_by_me)
            && is(self.awaits_reply, item.awaits_reply)
    }
}

/// Queries of what waits for a review.
#[derive(Default)]
pub(crate) struct ReviewQuery;

#[Object]
impl ReviewQuery {
    /// The versions that wait for a review, the longest wait first. For VNG; null for others.
    /// `NOT_FOUND` for an unknown period or area, `BAD_REQUEST` for a wrong page. NL:
    /// werkvoorraad van beoordelingen.
    #[graphql(
        directive = visible_to::apply(roles(Rule::Review)),
        complexity = "page_cost(first, child_complexity)"
    )]
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn review_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this period, by its key; by default of all. NL: periode.")]
        period: Option<String>,
        #[graphql(
            desc = "Only of municipalities that are members of this area today, by its code, as in \
                    `VR14`; by default all. NL: gebied."
        )]
        area: Option<String>,
        #[graphql(
            desc = "True for what somebody has in hand, false for what nobody has; by default both. \
                    NL: in behandeling."
        )]
        claimed: Option<bool>,
        #[graphql(
            desc = "True for what you have in hand, false for the rest; by default both. NL: bij \
                    mij in behandeling."
        )]
        claimed_by_me: Option<bool>,
        #[graphql(
            desc = "True for what waits for a reply of the municipality, false for the rest; by \
                    default both. NL: wacht op antwoord."
        )]
        awaits_reply: Option<bool>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<ReviewItem>>> {
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
        let narrowed = Narrowed {
            period: match period {
                Some(key) => Some(known_period(ctx, &key).await?.key().to_owned()),
                None => None,
            },
            members: match area {
                Some(area) => Some(known_area_members(ctx, &area, session.today()).await?),
                None => None,
            },
            claimed,
            claimed_by_me,
            awaits_reply,
        };
        let waiting = repo::to_review(session, &permit)
            .await
            .map_err(Failure::from)?;
        let items = waiting
            .into_iter()
            .map(|waiting| ReviewItem::of(waiting, session))
            .filter(|item| narrowed.takes(item))
            .map(|item| (format!("{}/{}", item.code, item.period_key), item))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}
