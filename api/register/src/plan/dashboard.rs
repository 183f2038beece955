//! The dashboard: how far the plan is by one monitoring round, with the published figures beside
//! the computed ones.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Lookahead, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::{
    plan::{
        codes::ActionMonitoring,
        rules::{self, ActionStatus, Counts},
        sentences::{self, RoundFacts},
    },
    text::{Language, pick},
};
use entity::{
    action, action_line, monitoring_round, published_count, round_exclusion, status_report,
};
use graphql::{
    coded::Coded,
    context::today,
    date::Date,
    id::{self, NodeKind},
    index::index,
    known::{known, shared},
    text::LocalizedText,
};

use super::{
    lookup::{ActionByNumber, CountByPlace, ExclusionByAction, YearByAction},
    schema::{Action, ActionLine, PlanVersion, plan_of},
};
use crate::sources::schema::{Source, in_both};

/// A monitoring overview of the plan. NL: monitoringsronde.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub struct MonitoringRound {
    /// The key, as in `2025-1`. NL: sleutel.
    pub key: String,
    /// The title. NL: titel.
    title: LocalizedText,
    /// First day that the round may be of. NL: vroegste datum.
    date_earliest: Date,
    /// Last day that the round may be of; its statuses count from here. NL: laatste datum.
    date_latest: Date,
    /// The date as the document prints it, the same in both languages, or that it prints none. NL:
    /// datum zoals gedrukt.
    date_text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl MonitoringRound {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::MonitoringRound, &self.key).await
    }

    /// Whole months since `dateLatest`, today. NL: ouderdom in maanden.
    async fn age_in_months(&self, ctx: &Context<'_>) -> Result<i32> {
        let today = today(ctx).await?;
        Ok(rules::months_between(self.date_latest.0, today))
    }
}

/// The closed rounds of a plan version, the latest last. An open round exists for nobody here.
pub(super) async fn closed_rounds<'a>(
    ctx: &'a Context<'_>,
    plan: &str,
) -> Result<Vec<&'a monitoring_round::Model>> {
    let rounds = known::<monitoring_round::Entity>(ctx).await?;
    let mut closed: Vec<&monitoring_round::Model> = rounds
        .iter()
        .filter(|round| round.plan == plan && round.state == "CLOSED")
        .collect();
    closed.sort_by(|a, b| (a.date_latest, &a.key).cmp(&(b.date_latest, &b.key)));
    Ok(closed)
}

impl From<&monitoring_round::Model> for MonitoringRound {
    fn from(row: &monitoring_round::Model) -> Self {
        Self {
            key: row.key.clone(),
            title: LocalizedText::new(&row.title_nl, &row.title_en),
            date_earliest: Date(row.date_earliest),
            date_latest: Date(row.date_latest),
            date_text: in_both(&row.date_text),
            source: crate::source_of!(row),
        }
    }
}

/// How often one status occurs. NL: aantal per status.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct StatusCount {
    /// The status. NL: status.
    status: Coded<ActionStatus>,
    /// Actions with this status, computed from their reports; 0 is told as 0. NL: aantal acties.
    count: i32,
    /// The part of the counted actions, from 0 to 1; null when none is counted. NL: aandeel.
    share: Option<f64>,
    /// The figure that the overview prints; null where it prints none. NL: gepubliceerd aantal.
    published: Option<i32>,
}

#[ComplexObject]
impl StatusCount {
    /// The status in words. NL: label.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.status.label())
    }

    /// What the status means, by the legend of the overview. NL: definitie.
    async fn definition(
        &self,
        #[graphql(
            desc = "The language of the definition. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        pick(language.0, self.status.definition())
    }
}

/// Counts of the dashboard, of one line or of all. NL: telling.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct DashboardCounts {
    /// Actions that the round tells of. NL: acties in de monitoring.
    actions: i32,
    /// The figure that the overview prints for `actions`; null where it prints none. NL:
    /// gepubliceerd aantal acties.
    published_actions: Option<i32>,
    /// All five statuses, in the order of the overview, zeros included. NL: aantallen per status.
    statuses: Vec<StatusCount>,
}

impl DashboardCounts {
    fn of(counts: &Counts, published: &[&published_count::Model]) -> Self {
        let printed = |measure: &str| {
            published
                .iter()
                .find(|cell| cell.measure == measure)
                .map(|cell| cell.value)
        };
        let total = counts.total();
        let statuses = counts.each().map(|(status, count)| StatusCount {
            status: status.into(),
            count,
            share: (total > 0).then(|| f64::from(count) / f64::from(total)),
            published: printed(status.code()),
        });
        Self {
            actions: total,
            published_actions: printed("TOTAL"),
            statuses: statuses.collect(),
        }
    }
}

/// The counts of one line. NL: telling per actielijn.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct DashboardLine {
    /// The line. NL: actielijn.
    line: ActionLine,
    /// Its counts; null when no round was closed by the day asked for: nothing is known then. NL:
    /// telling.
    counts: Option<DashboardCounts>,
}

/// Whether counts are wanted with the figures that the overview prints, which are read only then.
fn wants_published(counts: &Lookahead<'_>) -> bool {
    counts.field("publishedActions").exists()
        || counts.field("statuses").field("published").exists()
}

/// How far the plan is, by one monitoring round. NL: dashboard totaaloverzicht.
#[derive(Debug, Clone)]
pub(crate) struct Dashboard {
    pub(super) plan: String,
    pub(super) day: NaiveDate,
    pub(super) round: Option<monitoring_round::Model>,
    /// The key of the round as it was asked for; none for the latest.
    pub(super) shown: Option<String>,
}

impl Dashboard {
    /// The statuses that the round tells, with the line of each action.
    async fn reported(&self, ctx: &Context<'_>) -> Result<Vec<(i32, ActionStatus)>> {
        let actions = index::<ActionByNumber>(ctx).await?;
        let Some(round) = &self.round else {
            return Ok(Vec::new());
        };
        let reports = known::<status_report::Entity>(ctx).await?;
        Ok(reports
            .iter()
            .filter(|report| report.round == round.key && report.plan == self.plan)
            .filter_map(|report| {
                let action = actions.first_of((&report.plan, report.action))?;
                Some((action.line, ActionStatus::from_code(&report.status)?))
            })
            .collect())
    }

    /// The figures that the overview prints of a line, or of all together; none where nobody wants
    /// them.
    async fn published<'a>(
        &self,
        ctx: &'a Context<'_>,
        place: &str,
        is_wanted: bool,
    ) -> Result<Vec<&'a published_count::Model>> {
        let Some(round) = self.round.as_ref().filter(|_| is_wanted) else {
            return Ok(Vec::new());
        };
        let cells = index::<CountByPlace>(ctx).await?;
        Ok(cells.rows_of((&round.key, place)).collect())
    }

    /// How many actions the plan has on the day asked for.
    async fn running(&self, ctx: &Context<'_>) -> Result<i32> {
        let actions = self.own_actions(ctx).await?;
        let running = actions
            .iter()
            .filter(|row| !Action::has_ended(row, self.day));
        Ok(i32::try_from(running.count())?)
    }

    /// The numbers of the actions that the round leaves out and says so, in order.
    async fn numbers_outside(&self, ctx: &Context<'_>) -> Result<Vec<i32>> {
        let exclusions = known::<round_exclusion::Entity>(ctx).await?;
        let round = self.round.as_ref().map(|round| round.key.as_str());
        let mut numbers: Vec<i32> = exclusions
            .iter()
            .filter(|row| Some(row.round.as_str()) == round && row.plan == self.plan)
            .map(|row| row.action)
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The year in which a sentence of a source says that all of these actions begin; none where it
    /// says so of fewer, or of other years.
    async fn first_year_of(&self, ctx: &Context<'_>, actions: &[i32]) -> Result<Option<i32>> {
        let claims = index::<YearByAction>(ctx).await?;
        let first = |number: &i32| {
            let own = claims.rows_of((&self.plan, *number));
            let stated = own
                .filter(|claim| (claim.planned.as_str(), claim.place.as_str()) == ("YES", "TEXT"));
            stated.map(|claim| claim.year).min()
        };
        let mut years: Vec<Option<i32>> = actions.iter().map(first).collect();
        years.dedup();
        Ok(match years[..] {
            [year] => year,
            _ => None,
        })
    }

    async fn own_actions<'a>(&self, ctx: &'a Context<'_>) -> Result<Vec<&'a Arc<action::Model>>> {
        let actions = shared::<action::Entity>(ctx).await?;
        Ok(actions
            .iter()
            .filter(|action| action.plan == self.plan)
            .collect())
    }
}

/// How far the plan is, by one monitoring round. NL: dashboard totaaloverzicht.
#[Object]
impl Dashboard {
    /// The version of the plan. NL: planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<PlanVersion> {
        plan_of(ctx, &self.plan).await
    }

    /// The day that the dashboard is asked for, in Europe/Amsterdam. NL: peildatum.
    async fn day(&self) -> Date {
        Date(self.day)
    }

    /// The round that the figures come from; null when none was closed by then. NL:
    /// monitoringsronde.
    async fn round(&self) -> Option<MonitoringRound> {
        self.round.as_ref().map(MonitoringRound::from)
    }

    /// Actions of the plan, inside and outside the round, without those that have ended by the day
    /// asked for. NL: acties in het plan.
    async fn actions_in_plan(&self, ctx: &Context<'_>) -> Result<i32> {
        self.running(ctx).await
    }

    /// Actions that the round leaves out and says so: they have no status. NL: acties buiten de
    /// monitoring.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn outside_round(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let exclusions = index::<ExclusionByAction>(ctx).await?;
        let round = self.round.as_ref().map(|round| round.key.as_str());
        let outside = |action: &Arc<action::Model>| {
            let mut own = exclusions.rows_of((&action.plan, action.number));
            own.any(|exclusion| Some(exclusion.round.as_str()) == round)
        };
        let actions = self.own_actions(ctx).await?;
        Ok(actions
            .into_iter()
            .filter(|action| outside(action))
            .map(|action| Action::to_view(action, self.shown.clone()))
            .collect())
    }

    /// All lines together; null when no round was closed by the day asked for: nothing is known
    /// then. NL: totaal alle actielijnen.
    async fn total(&self, ctx: &Context<'_>) -> Result<Option<DashboardCounts>> {
        let counts = Counts::of(
            self.reported(ctx)
                .await?
                .into_iter()
                .map(|(_, status)| status),
        );
        let wanted = wants_published(&ctx.look_ahead());
        let published = self.published(ctx, "TOTAL", wanted).await?;
        Ok(self
            .round
            .as_ref()
            .map(|_| DashboardCounts::of(&counts, &published)))
    }

    /// Each line of the plan, by number. NL: per actielijn.
    #[graphql(complexity = "1 + 6 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<DashboardLine>> {
        let reported = self.reported(ctx).await?;
        let wanted = wants_published(&ctx.look_ahead().field("counts"));
        let mut shown = Vec::new();
        for line in known::<action_line::Entity>(ctx).await? {
            if line.plan != self.plan {
                continue;
            }
            let of_line = reported.iter().filter(|(number, _)| *number == line.number);
            let counts = Counts::of(of_line.map(|(_, status)| *status));
            let place = line.number.to_string();
            let published = self.published(ctx, &place, wanted).await?;
            shown.push(DashboardLine {
                line: ActionLine::to_view(line, self.shown.clone()),
                counts: self
                    .round
                    .as_ref()
                    .map(|_| DashboardCounts::of(&counts, &published)),
            });
        }
        Ok(shown)
    }

    /// Actions of which the round tells nothing and does not say so, by number: their status is not
    /// known. Those that had ended before the round began are left out. NL: acties zonder
    /// rapportage.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn not_reported(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let mut shown = Vec::new();
        for row in self.own_actions(ctx).await? {
            let action = Action::to_view(row, self.shown.clone());
            let begins = self
                .round
                .as_ref()
                .map_or(self.day, |round| round.date_earliest);
            if action.monitoring_of(ctx).await? == ActionMonitoring::NoReport
                && !Action::has_ended(row, begins)
            {
                shown.push(action);
            }
        }
        Ok(shown)
    }

    /// Actions that are delayed by the round, by number, with cause and amount where the source
    /// gives them. NL: vertraagde acties.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn delayed(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let mut delayed = Vec::new();
        for row in self.own_actions(ctx).await? {
            let action = Action::to_view(row, self.shown.clone());
            let report = action.report_of_round(ctx).await?;
            if report.is_some_and(|row| row.status == ActionStatus::InProgressDelayed.code()) {
                delayed.push(action);
            }
        }
        Ok(delayed)
    }

    /// The dashboard in words, ready to quote: the round with its interval and its age today, the
    /// counts, and the actions that the round leaves out. NL: kernzin.
    async fn statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the sentence. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<Option<String>> {
        let Some(round) = &self.round else {
            return Ok(None);
        };
        let counts = Counts::of(
            self.reported(ctx)
                .await?
                .into_iter()
                .map(|(_, status)| status),
        );
        let outside = self.numbers_outside(ctx).await?;
        let facts = RoundFacts {
            title_nl: &round.title_nl,
            title_en: &round.title_en,
            first: round.date_earliest,
            last: round.date_latest,
            age_in_months: rules::months_between(round.date_latest, today(ctx).await?),
            in_plan: self.running(ctx).await?,
            outside: &outside,
            outside_begin_in: self.first_year_of(ctx, &outside).await?,
        };
        let text = sentences::statement(&counts, &facts);
        Ok(Some(pick(language.0, (&text.nl, &text.en))))
    }
}
