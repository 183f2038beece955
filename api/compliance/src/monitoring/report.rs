//! `reportStatus`.

use async_graphql::InputObject;
use entity::{action, monitoring_round, round_report};
use graphql::{
    change::{Call, Change, Stopped, seen_version, stop_at},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
    warning::{Warning, WarningCode},
};

use super::{
    errors::{StatusReportError, StatusReportErrorCode as Code},
    repo::{self, NewReport},
    schema::OpenReport,
};
use crate::release;
use database::{DbError, Session};
use domain::{
    mistake::{Mistake, outdated},
    monitoring::rules::{self, ReportedDelay, StatusReport},
    plan::{CURRENT_PLAN, rules::ActionStatus},
    policy::{self, OpenReports},
};
use register::{
    plan::codes::action_mistake,
    sources::input::{SourceInput, source_mistakes},
};

/// A delay to report. NL: vertraging.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct DelayInput {
    /// How long, in words, at most 500 characters. NL: omvang.
    amount: Option<String>,
    /// Why, at most 500 characters. NL: oorzaak.
    cause: Option<String>,
    /// Say so when the cause is not known: it is never inferred. NL: oorzaak onbekend.
    #[graphql(default = false)]
    cause_is_unknown: bool,
}

impl From<&DelayInput> for ReportedDelay {
    fn from(input: &DelayInput) -> Self {
        Self {
            amount: input.amount.clone(),
            cause: input.cause.clone(),
            cause_is_unknown: input.cause_is_unknown,
        }
    }
}

/// A report on an action in an open round. NL: te rapporteren stand.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ReportStatusInput {
    /// The key of the open round. NL: monitoringsronde.
    round: String,
    /// The number of the action in the plan of the round. NL: actienummer.
    action: i32,
    /// The status. NL: status.
    status: Coded<ActionStatus>,
    /// The explanation in Dutch, at most 4,000 characters; no names of people, no cases. Left out,
    /// that of your own report stays, and null clears it. NL: toelichting.
    explanation: Member<String>,
    /// The delay, of the status IN_PROGRESS_DELAYED and no other, which has one. Left out, that of
    /// your own report stays as long as the status is that one. NL: vertraging.
    delay: Member<DelayInput>,
    /// The document that says so; without it the reporter is the source, whatever was the source
    /// before. NL: bron.
    source: Option<SourceInput>,
    /// The ledger number of the report that you saw last; null when you saw none. Left out, the
    /// last word wins. NL: verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a report. NL: resultaat.
    ReportStatusPayload {
        /// The report; null when it was not taken in. NL: rapportage.
        report: OpenReport,
        /// What to repair; empty when the report was taken in. NL: fouten.
        errors: StatusReportError,
    }
}

/// Takes in a report.
pub(super) async fn report(
    request: &RequestContext,
    input: &ReportStatusInput,
) -> Result<String, Stopped<Code>> {
    let session = request.write().await?;
    // Which plan a round is of is public; who may report depends on it.
    let round = repo::find_round(&session, &input.round).await?;
    let plan = plan_of(round.as_ref());
    let permit = policy::may_report_on(session.mandate(), &format!("{plan}/{}", input.action))?;
    let call = Call::of("reportStatus", &input.idempotency_key, input);
    let mut change = Change::take(request, session, call, permit).await?;
    let scope = policy::open_reports(change.session().mandate());
    let subject = repo::report_subject(&input.round, &change.permit);
    let before = find_before(change.session(), &scope, &input.round, &subject).await?;
    let given = beside(change.session(), input, before.as_ref()).await?;
    let mut mistakes: Vec<Mistake<Code>> = rules::mistakes(&given)
        .into_iter()
        .map(Mistake::into_code)
        .collect();
    mistakes.extend(
        source_mistakes(change.session(), input.source.as_ref(), Code::UnknownSource).await?,
    );
    // The round may have been closed while we waited for the lock.
    let round = repo::find_round(change.session(), &input.round).await?;
    let waits = release::round_kept_until(change.session(), &input.round).await?;
    mistakes.extend(round_mistake(round.as_ref(), waits.is_some()));
    let plan = plan_of(round.as_ref());
    let actions = change.known::<action::Entity>().await?;
    mistakes.extend(action_mistake(
        plan,
        input.action,
        actions,
        Code::UnknownAction,
    ));
    mistakes.extend(
        round
            .as_ref()
            .and_then(|round| ended_mistake(round, input.action, actions)),
    );
    let version = before.as_ref().map_or(0, |report| report.ledger_no);
    mistakes.extend(outdated(
        seen_version(&input.expected_version),
        version,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let Some(round) = round else {
        return Err(Stopped::Wrong(Vec::new()));
    };
    let numbers = vec![input.action];
    let mut waits_for = repo::starts_after(change.session(), &round.plan, numbers).await?;
    let waits_for = waits_for.remove(&input.action).unwrap_or_default();
    let unfinished = rules::unfinished_before(given.status, &waits_for);
    request.warn(
        unfinished
            .into_iter()
            .map(|number| started_early(number, &["status"])),
    );
    let report = NewReport {
        permit: change.permit.clone(),
        given,
        source: input.source.as_ref().map(SourceInput::pair),
        before: before.map(|row| row.id),
    };
    repo::append_reports(&mut change.writer, &round, vec![report]).await?;
    Ok(change.seal(request, subject).await?)
}

/// What an input says, with what it leaves out as the reporter's own report has it.
async fn beside(
    session: &Session,
    input: &ReportStatusInput,
    before: Option<&round_report::Model>,
) -> Result<StatusReport, DbError> {
    let text = before.and_then(|row| row.explanation_text);
    let kept = match text.filter(|_| input.explanation.is_left_out()) {
        Some(id) => repo::texts(session, vec![id]).await?.remove(&id),
        None => None,
    };
    let delay = before.and_then(|row| {
        ReportedDelay::of_row(
            row.delay_amount_text.clone(),
            row.delay_cause_nl.clone(),
            row.delay_cause_state.as_deref(),
        )
    });
    Ok(StatusReport {
        status: input.status.0,
        explanation: input.explanation.clone().or_kept(kept),
        delay: delay_beside(input.status.0, &input.delay, delay),
    })
}

/// A delay that is given, or the one that is kept as long as the status has one.
pub(super) fn delay_beside(
    status: ActionStatus,
    given: &Member<DelayInput>,
    kept: Option<ReportedDelay>,
) -> Option<ReportedDelay> {
    match given {
        Member::LeftOut => kept.filter(|_| status == ActionStatus::InProgressDelayed),
        Member::Null => None,
        Member::Value(delay) => Some(ReportedDelay::from(delay)),
    }
}

/// The report of this very reporter that a new one takes the place of.
async fn find_before(
    session: &Session,
    scope: &OpenReports,
    round: &str,
    subject: &str,
) -> Result<Option<round_report::Model>, DbError> {
    let reports = repo::open_reports(session, scope, Some(round)).await?;
    Ok(reports
        .into_iter()
        .find(|report| report.subject_key == subject))
}

/// The plan that a report is about; of an unknown round it is the present one, so that the rest of
/// the input is judged too.
fn plan_of(round: Option<&monitoring_round::Model>) -> &str {
    round.map_or(CURRENT_PLAN, |round| round.plan.as_str())
}

/// That there is no round of that key, or that it takes in no more: it is closed, or its closing is
/// decided and waits.
pub(super) fn round_mistake(
    round: Option<&monitoring_round::Model>,
    waits: bool,
) -> Option<Mistake<Code>> {
    match round.map(|round| round.state.as_str()) {
        Some(state) if rules::takes_in(state, waits) => None,
        Some(_) => Some(Mistake::at(
            Code::RoundClosed,
            &["round"],
            "Deze ronde neemt geen rapportages meer aan; het ministerie kan een stand nog \
             corrigeren.",
            "This round takes in no more reports; the ministry can still correct a status.",
        )),
        None => Some(Mistake::at(
            Code::UnknownRound,
            &["round"],
            "Deze ronde is niet bekend.",
            "This round is not known.",
        )),
    }
}

/// That an action had ended before the round began.
fn ended_mistake(
    round: &monitoring_round::Model,
    number: i32,
    actions: &[action::Model],
) -> Option<Mistake<Code>> {
    let own = (round.plan.as_str(), number);
    let action = actions
        .iter()
        .find(|row| (row.plan.as_str(), row.number) == own)?;
    if !rules::had_ended(action.valid_to, round.date_earliest) {
        return None;
    }
    let last = action.valid_to?.pred_opt()?;
    Some(Mistake::at(
        Code::ActionEnded,
        &["action"],
        format!("Deze actie is op {last} beëindigd, voor de ronde begon."),
        format!("This action ended on {last}, before the round began."),
    ))
}

/// That an action starts after another one that is not completed, at its place of the input.
pub(super) fn started_early(number: i32, field: &[&str]) -> Warning {
    Warning::at(
        WarningCode::StartedBeforePredecessor,
        field,
        format!("Deze actie start na actie {number}, en die is nog niet afgerond."),
        format!("This action starts after action {number}, which is not completed yet."),
    )
}
