//! What a monitoring round says of an action: status, delay, explanation, and what the text says
//! beside the status.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::plan::{
    codes::CauseState,
    rules::{self, ActionStatus, ReportSignal},
    sentences::{self, OriginFacts},
};
use entity::{monitoring_round, status_report};
use graphql::{
    coded::Coded,
    date::Date,
    index::index,
    text::{LocalizedText, TextState},
};

use super::{
    dashboard::MonitoringRound,
    lookup::OriginByReport,
    results::{public_text, text_state},
};
use crate::{
    partners::{lookup::PartnerByKey, schema::Organisation},
    sources::schema::Source,
};

/// A delay as the source tells it. NL: vertraging.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Delay {
    /// How long, as printed in Dutch; null when the source does not say. NL: omvang.
    amount: Option<String>,
    /// Why, as printed in Dutch; null when the source does not say. NL: oorzaak.
    cause: Option<String>,
    /// Whether the cause is known. NL: bekendheid van de oorzaak.
    pub(super) cause_state: Coded<CauseState>,
}

impl Delay {
    pub(super) fn of(report: &status_report::Model) -> Option<Self> {
        let cause_state = CauseState::from_code(report.delay_cause_state.as_deref()?);
        Some(Self {
            amount: report.delay_amount_text.clone(),
            cause: report.delay_cause_nl.clone(),
            cause_state: cause_state.unwrap_or(CauseState::NotInSource).into(),
        })
    }
}

/// What one monitoring round says of an action. NL: stand van zaken.
#[derive(Debug, Clone)]
pub(crate) struct StatusReport {
    row: status_report::Model,
    round: monitoring_round::Model,
}

impl StatusReport {
    pub(super) fn of(row: &status_report::Model, round: &monitoring_round::Model) -> Self {
        Self {
            row: row.clone(),
            round: round.clone(),
        }
    }
}

impl StatusReport {
    /// The status that it tells.
    pub(super) fn reported_status(&self) -> Option<Coded<ActionStatus>> {
        ActionStatus::from_code(&self.row.status).map(Into::into)
    }
}

/// What one monitoring round says of an action. NL: stand van zaken.
#[Object]
impl StatusReport {
    /// The round. NL: monitoringsronde.
    async fn round(&self) -> MonitoringRound {
        MonitoringRound::from(&self.round)
    }

    /// The status. NL: status.
    async fn status(&self) -> Option<Coded<ActionStatus>> {
        self.reported_status()
    }

    /// The explanation, verbatim in Dutch; null when there is none. NL: toelichting.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        public_text(ctx, self.row.explanation_text).await
    }

    /// Whether there is an explanation, or was one that was blanked by law. NL: stand van de
    /// toelichting.
    async fn explanation_state(&self, ctx: &Context<'_>) -> Result<TextState> {
        text_state(ctx, self.row.explanation_text).await
    }

    /// The delay, when the status says that there is one. NL: vertraging.
    async fn delay(&self) -> Option<Delay> {
        Delay::of(&self.row)
    }

    /// The years printed with the status, as printed in Dutch; null where none are. NL: looptijd.
    async fn years_text(&self) -> Option<&str> {
        self.row.period_text.as_deref()
    }

    /// What the text says that the status does not; the reported status is never changed by it. NL:
    /// signalen.
    async fn signals(&self, ctx: &Context<'_>) -> Result<Vec<Coded<ReportSignal>>> {
        let text = public_text(ctx, self.row.explanation_text).await?;
        let signals = ActionStatus::from_code(&self.row.status).map_or_else(Vec::new, |status| {
            rules::signals(status, text.as_deref(), self.row.period_text.as_deref())
        });
        Ok(signals.into_iter().map(Coded).collect())
    }

    /// Who reported or corrected it here: the partner that owns the action, or the ministry; null
    /// for a status that was taken over from a document. NL: gerapporteerd door.
    async fn reported_by(&self) -> Option<Organisation> {
        self.row.reported_by.as_ref().map(Organisation::of)
    }

    /// The ledger number of the report: hand it over as `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where it comes from when it was reported or corrected here; null for a status that was taken
    /// over from a document. NL: herkomst.
    async fn origin(&self, ctx: &Context<'_>) -> Result<Option<StatusOrigin>> {
        StatusOrigin::of(ctx, &self.row, &self.round).await
    }

    /// The document that says so; null when none does: then `origin` is the source. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// Where a status comes from that was reported or corrected here and not taken over from a
/// document. NL: herkomst van een stand.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct StatusOrigin {
    /// Who reported or corrected it: the partner that owns the action, or the ministry. NL:
    /// gerapporteerd door.
    reported_by: Organisation,
    /// The day on which it was recorded, in Europe/Amsterdam. NL: gemeld op.
    reported_on: Date,
    /// The round that it was reported for. NL: monitoringsronde.
    round: MonitoringRound,
    /// Why it was corrected, as written in Dutch; null when it was not. NL: reden van de
    /// verbetering.
    correction_reason: Option<String>,
    /// All of this as a sentence, ready to quote. NL: bronvermelding.
    statement: LocalizedText,
}

impl StatusOrigin {
    /// The origin of a status; none of one that a document says.
    pub(super) async fn of(
        ctx: &Context<'_>,
        row: &status_report::Model,
        round: &monitoring_round::Model,
    ) -> Result<Option<Self>> {
        let days = index::<OriginByReport>(ctx).await?;
        let partners = index::<PartnerByKey>(ctx).await?;
        let day = days.first_of(row.id);
        let Some((reporter, day)) = row.reported_by.as_ref().zip(day) else {
            return Ok(None);
        };
        let own = partners.first_of(reporter);
        let (name_nl, name_en) = match own {
            Some(partner) => (partner.name.as_str(), partner.name_en.as_str()),
            None => ("het ministerie", "the ministry"),
        };
        let correction = row.note.as_deref().filter(|_| row.corrects.is_some());
        let text = sentences::origin(&OriginFacts {
            reporter_nl: name_nl,
            reporter_en: name_en,
            on: day.reported_on,
            round_nl: &round.title_nl,
            round_en: &round.title_en,
            correction,
        });
        Ok(Some(Self {
            reported_by: Organisation::of(reporter),
            reported_on: Date(day.reported_on),
            round: MonitoringRound::from(round),
            correction_reason: correction.map(str::to_owned),
            statement: LocalizedText::new(text.nl, text.en),
        }))
    }
}

/// What each closed round told of an action, with the last day of the round.
pub(super) fn last_words(
    rounds: &[monitoring_round::Model],
    reports: &[status_report::Model],
    plan: &str,
    number: i32,
) -> Vec<(NaiveDate, Option<ActionStatus>)> {
    let closed = rounds
        .iter()
        .filter(|round| round.plan == plan && round.state == "CLOSED");
    closed
        .filter_map(|round| {
            let report = reports.iter().find(|row| {
                row.round == round.key && (row.plan.as_str(), row.action) == (plan, number)
            })?;
            Some((round.date_latest, ActionStatus::from_code(&report.status)))
        })
        .collect()
}
