//! A version that waits for a review, as the queue of reviewers tells it.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::{DateTime, TimeDelta, Utc};

use super::repo;
use crate::framework::schema::{ReportingPeriod, find_period};
use database::Session;
use domain::clock::day_of;
use register::territory::schema::{Municipality, find_municipality};

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
            code: waiting.municipality,
        }
    }
}
