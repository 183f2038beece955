//! `OpenRound` and `OpenReport`: what reporters and the ministry see of a round before it is
//! closed.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{monitoring_round, round_report};
use graphql::{
    access::{roles, visible_to},
    coded::Coded,
    context::request,
    cost::STATEMENT,
    date::Date,
    error::Failure,
    id::{self, NodeKind},
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
    text::{LocalizedText, TextState},
};
use sea_orm::prelude::Uuid;

use super::repo;
use crate::release;
use domain::{
    monitoring::codes::OpenRoundState,
    plan::{codes::CauseState, rules::ActionStatus},
    policy::{self, OpenReports, Rule},
};
use register::{
    partners::schema::{Organisation, Partner, find_partner},
    plan::schema::{Action, MonitoringRound, PlanVersion, find_action, plan_of},
};

/// A monitoring round that is open. NL: open monitoringsronde.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct OpenRound {
    #[graphql(skip)]
    plan_key: String,
    /// The key, as in `2026-1`. NL: sleutel.
    key: String,
    /// The title. NL: titel.
    title: LocalizedText,
    /// The first day that the round tells of. NL: eerste dag.
    date_earliest: Date,
    /// The last day that the round tells of. NL: laatste dag.
    date_latest: Date,
}

impl From<&monitoring_round::Model> for OpenRound {
    fn from(row: &monitoring_round::Model) -> Self {
        Self {
            key: row.key.clone(),
            plan_key: row.plan.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            date_earliest: Date(row.date_earliest),
            date_latest: Date(row.date_latest),
        }
    }
}

#[ComplexObject]
impl OpenRound {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::OpenRound, &self.key).await
    }

    /// The version of the plan that it is of. NL: planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<PlanVersion> {
        plan_of(ctx, &self.plan_key).await
    }

    /// The reports so far, by action: your own; the ministry sees all. Null, and said in
    /// `extensions.withheld`, for a role that has no part in rounds. NL: rapportages.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ReadOpenReports)),
        complexity = "STATEMENT + 20 * child_complexity"
    )]
    async fn reports(&self, ctx: &Context<'_>) -> Result<Option<Vec<OpenReport>>> {
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let scope = policy::open_reports(session.mandate());
        if scope == OpenReports::None {
            request.withhold(ctx, Rule::ReadOpenReports);
            return Ok(None);
        }
        let rows = repo::open_reports(session, &scope, Some(&self.key))
            .await
            .map_err(Failure::from)?;
        Ok(Some(to_view(ctx, rows).await?))
    }

    /// The actions that nobody reported on yet, by number, with whom to remind; of those that had
    /// ended before the round began none. Null, and said in `extensions.withheld`, for others than
    /// the ministry. NL: nog niet gerapporteerd.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ManagePlan)),
        complexity = "STATEMENT + 50 * child_complexity"
    )]
    async fn unreported(&self, ctx: &Context<'_>) -> Result<Option<Vec<UnreportedAction>>> {
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        let Ok(permit) = policy::may_manage_plan(session.mandate()) else {
            request.withhold(ctx, Rule::ManagePlan);
            return Ok(None);
        };
        let rows = repo::unreported(session, &permit, &self.key)
            .await
            .map_err(Failure::from)?;
        let (due, today) = (self.date_latest, session.today());
        let actions = rows.into_iter().map(|row| UnreportedAction {
            action_key: row.action,
            owner_keys: row.owners,
            due,
            is_overdue: due.0 < today,
        });
        Ok(Some(actions.collect()))
    }

    /// Whether the round still takes in reports, and until when its closing is under embargo. Null,
    /// and said in `extensions.withheld`, for others than the ministry. NL: sluiting.
    #[graphql(
        directive = visible_to::apply(roles(Rule::ManagePlan)),
        complexity = "STATEMENT + child_complexity"
    )]
    async fn closing(&self, ctx: &Context<'_>) -> Result<Option<RoundClosing>> {
        let request = request(ctx)?;
        let session = request.session().await.map_err(Failure::from)?;
        if policy::may_manage_plan(session.mandate()).is_err() {
            request.withhold(ctx, Rule::ManagePlan);
            return Ok(None);
        }
        let until = release::round_kept_until(session, &self.key)
            .await
            .map_err(Failure::from)?;
        Ok(Some(RoundClosing {
            state: Coded(match until {
                None => OpenRoundState::TakingReports,
                Some(_) => OpenRoundState::ClosingDecided,
            }),
            embargo_until: until,
        }))
    }
}

/// How far the closing of an open round is. NL: sluiting.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct RoundClosing {
    /// Whether the round takes in reports. NL: stand.
    state: Coded<OpenRoundState>,
    /// The instant at which the round will be closed as decided; null when nothing is decided. NL:
    /// embargo tot.
    embargo_until: Option<DateTime<Utc>>,
}

/// An action that nobody reported on in an open round. NL: actie zonder rapportage.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct UnreportedAction {
    #[graphql(skip)]
    action_key: String,
    #[graphql(skip)]
    owner_keys: Vec<String>,
    /// The last day on which a report is in time: the last day of the round. NL: uiterlijk.
    due: Date,
    /// Whether that day has passed. NL: te laat.
    is_overdue: bool,
}

#[ComplexObject]
impl UnreportedAction {
    /// The action, as the latest closed round tells of it. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        find_action(ctx, &self.action_key).await
    }

    /// Who owns it today, and has it as a task to report: whom to remind; empty where nobody owns
    /// it, and the ministry reports itself. NL: eigenaren.
    async fn owners(&self, ctx: &Context<'_>) -> Result<Vec<Partner>> {
        let mut owners = Vec::with_capacity(self.owner_keys.len());
        for key in &self.owner_keys {
            owners.extend(find_partner(ctx, key).await?);
        }
        Ok(owners)
    }
}

/// A report on an action in an open round. NL: rapportage in een open ronde.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct OpenReport {
    #[graphql(skip)]
    action_key: String,
    #[graphql(skip)]
    round_key: String,
    /// The status; null for one that this version does not know. NL: status.
    status: Option<Coded<ActionStatus>>,
    /// The explanation; null when there is none. NL: toelichting.
    explanation: Option<String>,
    /// Whether there is an explanation, or was one that was blanked by law. NL: stand van de
    /// toelichting.
    explanation_state: TextState,
    /// How long the delay is; null when that is not said. NL: omvang van de vertraging.
    delay_amount: Option<String>,
    /// Why there is a delay; null when that is not said. NL: oorzaak van de vertraging.
    delay_cause: Option<String>,
    /// Whether the cause is known; null without a delay. NL: bekendheid van de oorzaak.
    delay_cause_state: Option<Coded<CauseState>>,
    /// Who reported: the owner of the action, or the ministry. NL: gerapporteerd door.
    reported_by: Organisation,
    /// The ledger number of the report: hand it over as `expectedVersion`. NL: nummer in het
    /// grootboek.
    ledger: i64,
}

#[ComplexObject]
impl OpenReport {
    /// The round; null once it is closed. NL: open monitoringsronde.
    async fn round(&self, ctx: &Context<'_>) -> Result<Option<OpenRound>> {
        find_open(ctx, &self.round_key).await
    }

    /// The action, as the latest closed round tells of it. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        find_action(ctx, &self.action_key).await
    }
}

async fn to_view(ctx: &Context<'_>, rows: Vec<round_report::Model>) -> Result<Vec<OpenReport>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.explanation_text).collect();
    let texts = repo::texts(session, ids).await.map_err(Failure::from)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.explanation_text.and_then(|id| texts.get(&id).cloned()),
                row,
            )
        })
        .map(|(explanation, row)| OpenReport {
            action_key: format!("{}/{}", row.plan, row.action),
            status: ActionStatus::from_code(&row.status).map(Into::into),
            explanation_state: TextState::of(row.explanation_text.is_some(), explanation.is_some()),
            explanation,
            delay_amount: row.delay_amount_text,
            delay_cause: row.delay_cause_nl,
            delay_cause_state: row.delay_cause_state.map(|state| {
                let known = CauseState::from_code(&state);
                known.unwrap_or(CauseState::NotInSource).into()
            }),
            reported_by: Organisation::of(row.reported_by),
            ledger: row.ledger_no,
            round_key: row.round,
        })
        .collect())
}

/// An open round by its key.
pub(crate) async fn find_open(ctx: &Context<'_>, key: &str) -> Result<Option<OpenRound>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let row = repo::find_round(session, key)
        .await
        .map_err(Failure::from)?;
    Ok(row
        .filter(|round| round.state == "OPEN")
        .as_ref()
        .map(OpenRound::from))
}

/// A round by its key, open or closed; for whoever decides.
pub(super) async fn find_round(ctx: &Context<'_>, key: &str) -> Result<Option<MonitoringRound>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let row = repo::find_round(session, key)
        .await
        .map_err(Failure::from)?;
    Ok(row.as_ref().map(MonitoringRound::from))
}

/// When an open round will be closed as was decided; for whoever decides.
pub(super) async fn find_embargo(ctx: &Context<'_>, key: &str) -> Result<Option<DateTime<Utc>>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let until = release::round_kept_until(session, key).await;
    Ok(until.map_err(Failure::from)?)
}

/// A report in an open round by its subject, as far as it may be seen.
pub(super) async fn find_report(ctx: &Context<'_>, subject: &str) -> Result<Option<OpenReport>> {
    let session = request(ctx)?.session().await.map_err(Failure::from)?;
    let scope = policy::open_reports(session.mandate());
    let mut rows = repo::open_reports(session, &scope, None)
        .await
        .map_err(Failure::from)?;
    rows.retain(|row| row.subject_key == subject);
    Ok(to_view(ctx, rows).await?.into_iter().next())
}

/// Queries of open rounds.
#[derive(Default)]
pub(crate) struct MonitoringQuery;

#[async_graphql::Object]
impl MonitoringQuery {
    /// The monitoring rounds that are open, by key. Of the reports in them you see your own; the
    /// ministry sees all. `BAD_REQUEST` for a wrong page. NL: open monitoringsrondes.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn open_rounds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<OpenRound>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let session = request(ctx)?.session().await.map_err(Failure::from)?;
        let rounds = repo::open_rounds(session).await.map_err(Failure::from)?;
        let items = rounds
            .iter()
            .map(|row| (row.key.clone(), OpenRound::from(row)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}
