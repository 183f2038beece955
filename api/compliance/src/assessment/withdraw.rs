//! `withdrawAssessment`: the latest version is taken back, as a fact. It stays readable, and counts
//! no longer.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::{
    append,
    history::History,
    schema::Assessment,
    submit::LONGEST_REASON,
    target::{municipality_of, refusal_codes, refused, target, target_codes},
};
use domain::{
    assessment::life_cycle::{self, Event},
    mistake::text_mistakes,
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};
use ledger::judge::judge_anew;

/// What can be wrong with a withdrawal. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithdrawAssessmentErrorCode {
    /// There is no such municipality. NL: onbekende gemeente.
    UnknownMunicipality,
    /// There is no such period. NL: onbekende periode.
    UnknownPeriod,
    /// The period is not open yet, or closed. NL: periode niet open.
    PeriodNotOpen,
    /// Nothing was submitted. NL: niets ingediend.
    NothingSubmitted,
    /// The latest version is confirmed, and a confirmed version stays. NL: al beslist.
    AlreadyDecided,
    /// The latest version is withdrawn already. NL: al ingetrokken.
    Withdrawn,
    /// The reason is empty or longer than 2,000 characters. NL: verkeerde lengte.
    ReasonLength,
    /// The reason holds personal data. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

target_codes!(WithdrawAssessmentErrorCode);
refusal_codes!(WithdrawAssessmentErrorCode: NothingSubmitted, AlreadyDecided, Withdrawn);

user_error! {
    /// A mistake in a withdrawal. NL: fout bij het intrekken.
    WithdrawAssessmentError, WithdrawAssessmentErrorCode
}

/// An assessment whose latest version is withdrawn. NL: in te trekken beoordeling.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawAssessmentInput {
    /// The CBS code of the municipality. NL: gemeentecode.
    municipality: String,
    /// The key of the period. NL: periode.
    period: String,
    /// Why, 1 to 2,000 characters and without personal data. NL: reden.
    reason: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a withdrawal. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct WithdrawAssessmentPayload {
    /// The assessment; null when nothing was withdrawn. NL: beoordeling.
    pub(super) assessment: Option<Assessment>,
    /// What to repair; empty when it was withdrawn. NL: fouten.
    pub(super) errors: Vec<WithdrawAssessmentError>,
}

type Code = WithdrawAssessmentErrorCode;

/// Withdraws the latest version; gives the subject.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawAssessmentInput,
) -> Result<String, Stopped<Code>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("withdrawAssessment", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, |mandate| {
        policy::may_submit(mandate, &municipality)
    })
    .await?;
    let target = target(change.session(), municipality, &input.period).await?;
    let (code, period) = (target.municipality.as_str(), target.period.as_str());
    let history = History::read(change.session(), code, period).await?;
    let mut mistakes: Vec<_> = target
        .not_open(change.session(), Code::PeriodNotOpen)
        .into_iter()
        .collect();
    let codes = (Code::ReasonLength, Code::PersonalData);
    let reason = Some(input.reason.as_str());
    mistakes.extend(text_mistakes(&["reason"], reason, LONGEST_REASON, codes));
    stop_at(mistakes)?;
    life_cycle::next(history.state(true), Event::Withdraw)
        .map_err(|why| refused(why, &["period"]))?;
    let version = history.latest().map_or(0, |latest| latest.number);
    let withdrawn = (&target.period, version);
    append::withdrawal(&mut change.writer, &change.permit, withdrawn, &input.reason).await?;
    judge_anew(&mut change.writer, &target.concerned()).await?;
    Ok(change.seal(request, target.subject()).await?)
}
