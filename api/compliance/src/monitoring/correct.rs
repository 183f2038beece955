//! `correctStatusReport`.

use async_graphql::InputObject;
use graphql::{
    change::{Call, Change, Outcome, Stopped, read_outcome},
    coded::Coded,
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

use super::{
    errors::{StatusReportError, StatusReportErrorCode as Code},
    repo::{self, Correction},
    report::DelayInput,
};
use domain::{
    mistake::{Mistake, TextCodes, outdated, text_mistakes},
    monitoring::rules::{self, LONGEST_LINE, ReportedDelay, StatusReport},
    plan::rules::ActionStatus,
    policy,
};
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
    /// Another explanation, at most 4,000 characters; without it the old one stays. NL:
    /// toelichting.
    explanation: Option<String>,
    /// The delay; required with the status IN_PROGRESS_DELAYED, and only then. NL: vertraging.
    delay: Option<DelayInput>,
    /// Why it is corrected, at most 500 characters; it is told with the source. NL: reden.
    reason: String,
    /// The document that says so; without it the source of the corrected status stays. NL: bron.
    source: Option<SourceInput>,
    /// The ledger number of the status that you saw last. Without it the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
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
    let given = StatusReport {
        status: input.status.0,
        explanation: input.explanation.clone(),
        delay: input.delay.as_ref().map(ReportedDelay::from),
    };
    let mut mistakes: Vec<Mistake<Code>> = rules::mistakes(&given)
        .into_iter()
        .map(Mistake::into_code)
        .collect();
    let codes = TextCodes::new(Code::TextLength, Code::PersonalData);
    mistakes.extend(text_mistakes(
        &["reason"],
        Some(&input.reason),
        LONGEST_LINE,
        codes,
    ));
    mistakes.extend(
        source_mistakes(change.session(), input.source.as_ref(), Code::UnknownSource).await?,
    );
    let round = repo::find_round(change.session(), &input.round).await?;
    let closed = round.filter(|round| round.state == "CLOSED");
    let before = match &closed {
        Some(round) => {
            repo::find_status(change.session(), &round.key, &round.plan, input.action).await?
        }
        None => None,
    };
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
                input.expected_version,
                before.ledger_no,
                Code::Conflict,
            ));
        }
    }
    let Some(before) = before.filter(|_| mistakes.is_empty()) else {
        return Err(Stopped::Wrong(mistakes));
    };
    let correction = Correction {
        given,
        reason: input.reason.clone(),
        source: input.source.as_ref().map(SourceInput::pair),
    };
    let subject =
        repo::append_correction(&mut change.writer, &change.permit, &before, &correction).await?;
    Ok(read_outcome(change.seal(request, subject).await?)?)
}
