//! `correctStatusReport`.

use async_graphql::InputObject;
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome, seen_version},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{StatusReportError, StatusReportErrorCode as Code},
    repo::{self, Correction},
    report::{DelayInput, delay_beside},
};
use database::{DbError, Session};
use domain::{
    mistake::{Mistake, outdated, text_mistakes},
    monitoring::rules::{self, LONGEST_LINE, ReportedDelay, StatusReport},
    plan::rules::ActionStatus,
    policy,
};
use entity::status_report;
use register::{
    plan::schema::Action,
    sources::input::{SourceInput, source_mistakes},
};

/// A correction of a status in a closed round: the earlier word stays readable at its own moment.
/// NL: correctie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct CorrectStatusReportInput {
    /// The key of the closed round. NL: monitoringsronde.
    round: String,
    /// The number of the action in the plan of the round. NL: actienummer.
    action: i32,
    /// The status as it should have been. NL: status.
    status: Coded<ActionStatus>,
    /// Another explanation, at most 4,000 characters; left out, the old one stays, and null clears
    /// it. NL: toelichting.
    explanation: Member<String>,
    /// The delay, of the status IN_PROGRESS_DELAYED and no other, which has one. Left out, the old
    /// one stays as long as the status is that one. NL: vertraging.
    delay: Member<DelayInput>,
    /// Why it is corrected, at most 500 characters; it is told with the source. NL: reden.
    reason: String,
    /// The document that says so; left out, the source of the corrected status stays, and with null
    /// the ministry is the source. NL: bron.
    source: Member<SourceInput>,
    /// The ledger number of the status that you saw last. Left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a correction. NL: resultaat.
    CorrectStatusReportPayload {
        /// The action, as the corrected round tells of it; null when nothing was corrected. NL:
        /// actie.
        action: Action,
        /// What to repair; empty when it was corrected. NL: fouten.
        errors: StatusReportError,
    }
}

/// A status that was corrected: of which round, and of which action.
pub(super) struct Corrected {
    pub(super) round: String,
    pub(super) action: String,
}

impl Outcome for Corrected {
    /// Reads the subject, as in `2025-1/2024/17`.
    fn read(subject: String) -> Option<Self> {
        let (round, action) = subject.split_once('/')?;
        Some(Self {
            round: round.to_owned(),
            action: action.to_owned(),
        })
    }
}

/// Corrects a status.
pub(super) async fn correct(
    request: &RequestContext,
    input: &CorrectStatusReportInput,
) -> Result<Corrected, Stopped<Code>> {
    let call = Call::of("correctStatusReport", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let round = repo::find_round(change.session(), &input.round).await?;
    let closed = round.filter(|round| round.state == "CLOSED");
    let before = match &closed {
        Some(round) => {
            repo::find_status(change.session(), &round.key, &round.plan, input.action).await?
        }
        None => None,
    };
    let given = beside(change.session(), input, before.as_ref()).await?;
    let mut mistakes: Vec<Mistake<Code>> = rules::mistakes(&given)
        .into_iter()
        .map(Mistake::into_code)
        .collect();
    mistakes.extend(text_mistakes(
        &["reason"],
        Some(&input.reason),
        LONGEST_LINE,
        Code::TextLength,
    ));
    mistakes.extend(
        source_mistakes(change.session(), input.source.value(), Code::UnknownSource).await?,
    );
    match (&closed, &before) {
        (None, _) => mistakes.push(Mistake::at(
            Code::UnknownRound,
            &["round"],
            "Er is geen gesloten ronde met deze sleutel.",
            "There is no closed round of this key.",
        )),
        (Some(_), None) => mistakes.push(Mistake::at(
            Code::NoReport,
            &["action"],
            "Deze ronde vermeldt voor deze actie geen stand.",
            "This round tells no status of this action.",
        )),
        (Some(_), Some(before)) => {
            mistakes.extend(outdated(
                seen_version(&input.expected_version),
                before.ledger_no,
                Code::Conflict,
            ));
        }
    }
    let Some(before) = before.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let source = before.source_document.clone();
    let source = source.zip(before.source_lines.clone());
    let correction = Correction {
        given,
        reason: input.reason.clone(),
        source: match &input.source {
            Member::LeftOut => source,
            Member::Null => None,
            Member::Value(source) => Some(source.pair()),
        },
    };
    let subject =
        repo::append_correction(&mut change.writer, &change.permit, &before, &correction).await?;
    Ok(read_outcome(change.seal(request, subject).await?)?)
}

/// What an input says, with what it leaves out as the corrected status has it.
async fn beside(
    session: &Session,
    input: &CorrectStatusReportInput,
    before: Option<&status_report::Model>,
) -> Result<StatusReport, DbError> {
    let text = before.and_then(|row| row.explanation_text);
    let kept = match text.filter(|_| input.explanation.is_left_out()) {
        Some(id) => repo::kept_text(session, id).await?,
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
