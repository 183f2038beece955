//! `Action`, as one monitoring round tells of it.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::{
    plan::{
        codes::{ActionMonitoring, Confidence, RelationKind},
        rules::ActionStatus,
    },
    policy::Operation,
    text::{Language, pick},
};
use entity::{action, action_line, action_lineage, monitoring_round, status_report};
use graphql::{
    coded::Coded,
    context::today,
    date::Date,
    id::{self, NodeKind},
    index::{index, index_of_shared},
    known::known,
    text::{LocalizedText, TextState},
};

use super::{
    dashboard::{MonitoringRound, closed_rounds},
    lookup::{
        ActionByNumber, ActivityByAction, ExclusionByAction, LineByNumber, LineageByEarlier,
        LineageByLater, MilestoneByAction, ObligationByAction, PhaseByAction, ReferenceByAction,
        ReportByAction, ResultByAction, TitleByAction,
    },
    may,
    planning::{
        ActionPhase, ActionRelation, ActionTheme, Milestone, TimelineYear, relations_of, themes_of,
        timeline_of,
    },
    report::{Delay, StatusOrigin, StatusReport},
    results::{ActionReference, ActionResult, Activity, Obligation, public_text, text_state},
    schema::{ActionLine, PlanVersion, closed_round, plan_of, round_at, unknown_line},
};
use crate::{
    budget::{self, schema::BudgetCell},
    goals::{
        self,
        schema::{ActionGoal, Measurement},
    },
    partners::{
        self,
        schema::{ActionRole, Organisation, PartnerMention, UnnamedParty},
    },
    sources::{self, motion::MotionAnswer, proposal::Proposal, schema::Source},
};

/// An action of the plan. NL: actie.
#[derive(Debug, Clone)]
pub struct Action {
    row: Arc<action::Model>,
    /// The key of the monitoring round that it is told by; none for the latest that was closed by
    /// the day of the document.
    shown: Option<String>,
}

impl From<&Arc<action::Model>> for Action {
    fn from(row: &Arc<action::Model>) -> Self {
        Self::to_view(row, None)
    }
}

/// The title of an action as one source prints it. NL: titel volgens een bron.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionTitle {
    /// The title, verbatim in Dutch. NL: titel.
    title: String,
    /// Where it stands. NL: bron.
    source: Option<Source>,
}

/// What one monitoring round says of an action. NL: plaats in de monitoring.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ActionInRound {
    /// The round; null when none was closed by the day of the moment. NL: monitoringsronde.
    round: Option<MonitoringRound>,
    /// Whether the round tells of the action. NL: stand in de ronde.
    state: Coded<ActionMonitoring>,
    /// What it tells; null when it tells nothing, as of an action outside the round. NL: stand van
    /// zaken.
    report: Option<StatusReport>,
}

#[ComplexObject]
impl ActionInRound {
    /// The status that the round tells; null when it tells none. NL: status.
    async fn status(&self) -> Option<Coded<ActionStatus>> {
        self.report.as_ref()?.reported_status()
    }
}

/// The end of an action. NL: einde van een actie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionEnding {
    /// The last day on which it runs; it may lie ahead. NL: laatste dag.
    last_day: Date,
    /// Why it ends. NL: reden.
    reason: LocalizedText,
    /// The document that says so. NL: bron.
    source: Option<Source>,
}

impl ActionEnding {
    fn of(row: &action::Model) -> Option<Self> {
        let (nl, en) = row.end_reason_nl.as_ref().zip(row.end_reason_en.as_ref())?;
        Some(Self {
            last_day: Date(row.valid_to?.pred_opt()?),
            reason: LocalizedText::new(nl, en),
            source: crate::source_of!(row),
        })
    }
}

/// A link between an action and its counterpart in another version of the plan. NL: herkomst van
/// een actie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionLink {
    /// The counterpart. NL: actie.
    action: Action,
    /// How sure the link is. NL: zekerheid.
    confidence: Coded<Confidence>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl Action {
    /// An action as a round tells of it.
    pub fn to_view(row: &Arc<action::Model>, shown: Option<String>) -> Self {
        Self {
            row: Arc::clone(row),
            shown,
        }
    }

    /// The same action as the latest round tells of it.
    pub(super) fn by_latest_round(&self) -> Self {
        Self {
            row: Arc::clone(&self.row),
            shown: None,
        }
    }

    /// Another action as the same round tells of it; one of another plan, of which the round tells
    /// nothing, as its own latest round does.
    pub(super) fn beside(&self, row: &Arc<action::Model>) -> Self {
        let is_of_round = row.plan == self.row.plan;
        Self::to_view(row, self.shown.clone().filter(|_| is_of_round))
    }

    /// The plan version and the number.
    pub(super) fn place(&self) -> (&str, i32) {
        (&self.row.plan, self.row.number)
    }

    pub(super) fn row(&self) -> &action::Model {
        &self.row
    }

    async fn round<'a>(&self, ctx: &'a Context<'_>) -> Result<Option<&'a monitoring_round::Model>> {
        let day = today(ctx).await?;
        round_at(ctx, &self.row.plan, self.shown.as_deref(), day).await
    }

    /// What was last known of the action: by the round, or by the latest round before it that tells
    /// of it.
    pub(super) async fn report<'a>(
        &self,
        ctx: &'a Context<'_>,
    ) -> Result<Option<&'a status_report::Model>> {
        // Both are read whatever the round is, so that a list costs the same for any of its rows.
        let reports = index::<ReportByAction>(ctx).await?;
        let rounds = closed_rounds(ctx, &self.row.plan).await?;
        let Some(round) = self.round(ctx).await? else {
            return Ok(None);
        };
        let upto = rounds.iter().position(|one| one.key == round.key);
        let by = |round: &&monitoring_round::Model| {
            let mut own = reports.rows_of(self.place());
            own.find(|row| row.round == round.key)
        };
        Ok(rounds
            .iter()
            .take(upto.map_or(0, |upto| upto + 1))
            .rev()
            .find_map(by))
    }

    /// What the round tells of the action.
    pub(super) async fn report_of_round<'a>(
        &self,
        ctx: &'a Context<'_>,
    ) -> Result<Option<&'a status_report::Model>> {
        // Both are read whatever the round is, so that a list costs the same for any of its rows.
        let reports = index::<ReportByAction>(ctx).await?;
        let Some(round) = self.round(ctx).await? else {
            return Ok(None);
        };
        let mut own = reports.rows_of(self.place());
        Ok(own.find(|report| report.round == round.key))
    }

    /// Whether it has ended by a day: its last day lies before.
    pub(super) fn has_ended(row: &action::Model, by: NaiveDate) -> bool {
        row.valid_to.is_some_and(|until| until <= by)
    }

    pub(super) async fn delay_of(&self, ctx: &Context<'_>) -> Result<Option<Delay>> {
        Ok(self.report(ctx).await?.and_then(Delay::of))
    }

    pub(super) async fn monitoring_of(&self, ctx: &Context<'_>) -> Result<ActionMonitoring> {
        let exclusions = index::<ExclusionByAction>(ctx).await?;
        if self.report_of_round(ctx).await?.is_some() {
            return Ok(ActionMonitoring::Reported);
        }
        let round = self.round(ctx).await?.map(|round| round.key.as_str());
        let mut own = exclusions.rows_of(self.place());
        Ok(
            if own.any(|exclusion| Some(exclusion.round.as_str()) == round) {
                ActionMonitoring::OutsideRound
            } else {
                ActionMonitoring::NoReport
            },
        )
    }

    /// The last ledger number that changed the action, its titles or a report of it.
    pub(super) async fn changed_at(&self, ctx: &Context<'_>) -> Result<i64> {
        let reports = index::<ReportByAction>(ctx).await?;
        let titles = index::<TitleByAction>(ctx).await?;
        let of_reports = reports.rows_of(self.place()).map(|report| report.ledger_no);
        let of_titles = titles.rows_of(self.place()).map(|title| title.ledger_no);
        let latest = of_reports.chain(of_titles).max();
        Ok(latest.unwrap_or_default().max(self.row.ledger_no))
    }

    async fn links(&self, ctx: &Context<'_>, forwards: bool) -> Result<Vec<ActionLink>> {
        let actions = index_of_shared::<ActionByNumber>(ctx).await?;
        let links: Vec<(&action_lineage::Model, (&str, i32))> = if forwards {
            let rows = index::<LineageByEarlier>(ctx).await?;
            rows.rows_of(self.place())
                .map(|row| (row, (row.to_plan.as_str(), row.to_number)))
                .collect()
        } else {
            let rows = index::<LineageByLater>(ctx).await?;
            rows.rows_of(self.place())
                .map(|row| (row, (row.from_plan.as_str(), row.from_number)))
                .collect()
        };
        let link = |(row, there): (&action_lineage::Model, (&str, i32))| {
            Some(ActionLink {
                action: self.beside(actions.first_of(there)?),
                confidence: Confidence::from_code(&row.confidence)
                    .unwrap_or(Confidence::Likely)
                    .into(),
                source: crate::source_of!(row),
            })
        };
        Ok(links.into_iter().filter_map(link).collect())
    }
}

/// An action of the plan. NL: actie.
#[Object]
impl Action {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        let shown = self.shown.as_deref();
        id::id_in_round(ctx, NodeKind::Action, &self.row.subject_key, shown).await
    }

    /// The key, as in `2024/32`: the same number means another action in another version. NL:
    /// sleutel.
    async fn key(&self) -> &str {
        &self.row.subject_key
    }

    /// The number within the plan version. NL: actienummer.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// The version of the plan that it is of. NL: planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<PlanVersion> {
        plan_of(ctx, &self.row.plan).await
    }

    /// The title. NL: titel.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The titles that the sources print, side by side; they differ now and then. NL: titels per
    /// bron.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn titles(&self, ctx: &Context<'_>) -> Result<Vec<ActionTitle>> {
        let titles = index::<TitleByAction>(ctx).await?;
        Ok(titles
            .rows_of(self.place())
            .map(|title| ActionTitle {
                title: title.title_nl.clone(),
                source: crate::source_of!(title),
            })
            .collect())
    }

    /// Whether the action is new in this plan version. NL: nieuw in deze versie.
    async fn is_new(&self) -> bool {
        self.row.is_new
    }

    /// When and why the action ends; null while no end is known. NL: einde.
    async fn ending(&self) -> Option<ActionEnding> {
        ActionEnding::of(&self.row)
    }

    /// The ledger number of what is planned of it: hand it over as `expectedVersion`. NL: nummer in
    /// het grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// The line that the action belongs to. NL: actielijn.
    async fn line(&self, ctx: &Context<'_>) -> Result<ActionLine> {
        let lines = known::<action_line::Entity>(ctx).await?;
        let line = index::<LineByNumber>(ctx)
            .await?
            .first_of((&self.row.plan, self.row.line))
            .ok_or_else(|| unknown_line(&self.row.plan, self.row.line, lines))?;
        Ok(ActionLine::to_view(line, self.shown.clone()))
    }

    /// What the present round says of the action: the one that is named, or the latest that was
    /// closed by the day of the moment. NL: plaats in de monitoring.
    async fn monitoring(&self, ctx: &Context<'_>) -> Result<ActionInRound> {
        let round = self.round(ctx).await?;
        let report = self.report_of_round(ctx).await?;
        let report = round
            .zip(report)
            .map(|(round, row)| StatusReport::of(row, round));
        Ok(ActionInRound {
            round: round.map(MonitoringRound::from),
            state: self.monitoring_of(ctx).await?.into(),
            report,
        })
    }

    /// The last known status: of the latest round up to the present one that tells of the action;
    /// null when none does. What the present round says is `monitoring`. NL: laatst bekende stand.
    pub(super) async fn status(&self, ctx: &Context<'_>) -> Result<Option<Coded<ActionStatus>>> {
        let report = self.report(ctx).await?;
        Ok(report
            .and_then(|report| ActionStatus::from_code(&report.status))
            .map(Into::into))
    }

    /// The last known status in words; null when none is known. NL: laatst bekende stand.
    async fn status_label(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<Option<String>> {
        let status = self.status(ctx).await?;
        Ok(status.map(|status| pick(language.0, status.label())))
    }

    /// The round that tells the last known status; null when none does. NL: monitoringsronde van de
    /// laatst bekende stand.
    async fn status_round(&self, ctx: &Context<'_>) -> Result<Option<MonitoringRound>> {
        let report = self.report(ctx).await?;
        closed_round(
            ctx,
            &self.row.plan,
            report.map(|report| report.round.as_str()),
        )
        .await
    }

    /// The explanation that its round gives with the last known status, verbatim in Dutch. NL:
    /// toelichting.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let text = self
            .report(ctx)
            .await?
            .and_then(|report| report.explanation_text);
        public_text(ctx, text).await
    }

    /// Whether there is an explanation, or was one that was blanked by law. NL: stand van de
    /// toelichting.
    async fn explanation_state(&self, ctx: &Context<'_>) -> Result<TextState> {
        let text = self
            .report(ctx)
            .await?
            .and_then(|report| report.explanation_text);
        text_state(ctx, text).await
    }

    /// The delay, when the last known status says that there is one. NL: vertraging.
    async fn delay(&self, ctx: &Context<'_>) -> Result<Option<Delay>> {
        self.delay_of(ctx).await
    }

    /// The years that are printed with the last known status, as printed; null where none are. NL:
    /// looptijd.
    async fn years_text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let report = self.report(ctx).await?;
        Ok(report.and_then(|report| report.period_text.clone()))
    }

    /// Who reported or corrected the status here: the partner that owns the action, or the
    /// ministry; null for a status that was taken over from a document. NL: gerapporteerd door.
    async fn status_reported_by(&self, ctx: &Context<'_>) -> Result<Option<Organisation>> {
        let report = self.report(ctx).await?;
        Ok(report.and_then(|report| report.reported_by.as_ref().map(Organisation::of)))
    }

    /// Where the status comes from when it was reported or corrected here, with the reason of a
    /// correction; null for a status that was taken over from a document, and where there is none.
    /// NL: herkomst van de stand.
    async fn status_origin(&self, ctx: &Context<'_>) -> Result<Option<StatusOrigin>> {
        match self.report(ctx).await?.zip(self.round(ctx).await?) {
            Some((report, round)) => StatusOrigin::of(ctx, report, round).await,
            None => Ok(None),
        }
    }

    /// The document that tells the status; null when none does: then `statusOrigin` is the source.
    /// NL: bron van de stand.
    async fn status_source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let report = self.report(ctx).await?;
        Ok(report.and_then(|report| crate::source_of!(report)))
    }

    /// What you may do with the action now, by mutation; empty for what is told of another moment.
    /// NL: toegestane handelingen.
    pub async fn may(&self, ctx: &Context<'_>) -> Result<Vec<Coded<Operation>>> {
        may::with_action(ctx, &self.row).await
    }

    /// What each closed round said of the action, the latest first. NL: verloop van de stand.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn status_history(&self, ctx: &Context<'_>) -> Result<Vec<StatusReport>> {
        let reports = index::<ReportByAction>(ctx).await?;
        let rounds = closed_rounds(ctx, &self.row.plan).await?;
        Ok(rounds
            .iter()
            .rev()
            .filter_map(|round| {
                let mut own = reports.rows_of(self.place());
                let row = own.find(|report| report.round == round.key)?;
                Some(StatusReport::of(row, round))
            })
            .collect())
    }

    /// Whether the action is carried out in each year of the plan, with what the sources say. NL:
    /// tijdlijn.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Vec<TimelineYear>> {
        let with_claims = ctx.look_ahead().field("claims").exists();
        timeline_of(ctx, self, with_claims).await
    }

    /// How the action hangs together with others, told from both sides. What waits for this action
    /// are its incoming relations of kind `STARTS_AFTER`. NL: samenhang.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn relations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only relations of this kind; by default all. NL: soort.")] kind: Option<
            Coded<RelationKind>,
        >,
    ) -> Result<Vec<ActionRelation>> {
        relations_of(ctx, self, kind.map(|coded| coded.0)).await
    }

    /// The themes that the action touches, where a source says so. NL: thema's.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn themes(&self, ctx: &Context<'_>) -> Result<Vec<ActionTheme>> {
        themes_of(ctx, self).await
    }

    /// The phases or sub-questions inside the action. NL: fasen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn phases(&self, ctx: &Context<'_>) -> Result<Vec<ActionPhase>> {
        let rows = index::<PhaseByAction>(ctx).await?;
        let own = rows.rows_of(self.place());
        Ok(own.map(ActionPhase::from).collect())
    }

    /// Moments in the life of the action, with their dates as printed. NL: mijlpalen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn milestones(&self, ctx: &Context<'_>) -> Result<Vec<Milestone>> {
        let rows = index::<MilestoneByAction>(ctx).await?;
        let own = rows.rows_of(self.place());
        Ok(own.map(Milestone::from).collect())
    }

    /// Figures that the action must keep to. NL: verplichtingen.
    #[graphql(complexity = "1 + child_complexity")]
    async fn obligations(&self, ctx: &Context<'_>) -> Result<Vec<Obligation>> {
        let rows = index::<ObligationByAction>(ctx).await?;
        let own = rows.rows_of(self.place());
        Ok(own.map(Obligation::from).collect())
    }

    /// What was held or done, or is planned, for the action. NL: activiteiten.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn activities(&self, ctx: &Context<'_>) -> Result<Vec<Activity>> {
        let rows = index::<ActivityByAction>(ctx).await?;
        let own = rows.rows_of(self.place());
        Ok(own.map(Activity::from).collect())
    }

    /// What the action reached: figures with unit and qualifier, products, or the word that it can
    /// hardly be measured. NL: resultaten.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn results(&self, ctx: &Context<'_>) -> Result<Vec<ActionResult>> {
        let rows = index::<ResultByAction>(ctx).await?;
        let own = rows.rows_of(self.place());
        Ok(own.map(ActionResult::from).collect())
    }

    /// Where a letter introduces the action or tells its reasons. NL: verwijzingen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn references(&self, ctx: &Context<'_>) -> Result<Vec<ActionReference>> {
        let rows = index::<ReferenceByAction>(ctx).await?;
        let own = rows.rows_of(self.place());
        Ok(own.map(ActionReference::from).collect())
    }

    /// The partners with a role in the action, without the roles that have ended. No source names
    /// an owner: that role comes by the ministry's assignment alone. NL: wie doet wat.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "With the roles that have ended by today. NL: ook beëindigde.",
            default = false
        )]
        ended: bool,
    ) -> Result<Vec<ActionRole>> {
        partners::schema::of_action(ctx, &self.row.plan, self.row.number, ended).await
    }

    /// Partners that a text of the action names without a role. NL: vermeldingen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn mentions(&self, ctx: &Context<'_>) -> Result<Vec<PartnerMention>> {
        partners::schema::mentions_of_action(ctx, &self.row.plan, self.row.number).await
    }

    /// Parties that a source names too vaguely to know which, as printed. NL: onbepaalde partijen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn unnamed_parties(&self, ctx: &Context<'_>) -> Result<Vec<UnnamedParty>> {
        partners::schema::unnamed_of_action(ctx, &self.row.plan, self.row.number).await
    }

    /// The cells of the budget that are of the action, alone or shared, in whole euros. NL:
    /// begroting.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn budget(&self, ctx: &Context<'_>) -> Result<Vec<BudgetCell>> {
        budget::schema::of_action(ctx, &self.row.plan, self.row.number).await
    }

    /// The goals that the action serves, only where a source shows it. NL: doelen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn goals(&self, ctx: &Context<'_>) -> Result<Vec<ActionGoal>> {
        goals::schema::goals_of_action(ctx, &self.row.plan, self.row.number).await
    }

    /// What the action measures, or says can hardly be measured. NL: metingen.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn measurements(&self, ctx: &Context<'_>) -> Result<Vec<Measurement>> {
        goals::schema::measurements_of_action(ctx, &self.row.plan, self.row.number).await
    }

    /// Motions and requests in parliament that the action answers. NL: moties.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn motions(&self, ctx: &Context<'_>) -> Result<Vec<MotionAnswer>> {
        sources::motion::of_action(ctx, &self.row.plan, self.row.number).await
    }

    /// The proposals that the action came from. NL: voorstellen.
    #[graphql(complexity = "1 + child_complexity")]
    async fn proposals(&self, ctx: &Context<'_>) -> Result<Vec<Proposal>> {
        sources::proposal::of_action(ctx, &self.row.plan, self.row.number).await
    }

    /// The last ledger number that changed the action, a title or a report of it; compare it with
    /// `changedSince` of the filter. NL: laatst gewijzigd.
    async fn changed_at_ledger(&self, ctx: &Context<'_>) -> Result<i64> {
        self.changed_at(ctx).await
    }

    /// What the action became in a later version of the plan. NL: opvolgers.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<ActionLink>> {
        self.links(ctx, true).await
    }

    /// What the action was in an earlier version of the plan. NL: voorgangers.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn predecessors(&self, ctx: &Context<'_>) -> Result<Vec<ActionLink>> {
        self.links(ctx, false).await
    }

    /// Where the action stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
