//! `withdrawAssessment`: the latest version is taken back, as a fact. It stays readable, and counts
//! no longer.

use async_graphql::InputObject;

use super::{
    append,
    errors::{AssessmentError, AssessmentErrorCode, text_mistakes},
    history::History,
    schema::Assessment,
    target::{Target, municipality_of, refused},
};
use domain::{
    assessment::life_cycle::{self, Event},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::judge_anew;

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

payload! {
    /// What became of a withdrawal. NL: resultaat.
    WithdrawAssessmentPayload {
        /// The assessment; null when nothing was withdrawn. NL: beoordeling.
        assessment: Assessment,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: AssessmentError,
    }
}

/// Withdraws the latest version; gives the subject.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawAssessmentInput,
) -> Result<String, Stopped<AssessmentErrorCode>> {
    let municipality = municipality_of(&input.municipality)?;
    let call = Call::of("withdrawAssessment", &input.idempotency_key, input);
    let may = |mandate: &_| policy::may_submit(mandate, &municipality);
    let mut change = Change::begin(request, call, may).await?;
    let session = change.session();
    let target = Target::find(session, municipality, &input.period).await?;
    let history = History::read(session, target.code(), target.key()).await?;
    let mut mistakes = Vec::from_iter(target.period.not_open(session));
    mistakes.extend(text_mistakes(&["reason"], Some(&input.reason)));
    stop_at(mistakes)?;
    life_cycle::next(history.state(true), Event::Withdraw)
        .map_err(|why| Stopped::Wrong(vec![refused(why, &["period"])]))?;
    let version = history.latest().map_or(0, |latest| latest.number);
    let (writer, permit) = (&mut change.writer, &change.permit);
    append::withdrawal(writer, permit, &target.period.key, version, &input.reason).await?;
    judge_anew(writer, &target.concerned()).await?;
    Ok(change.seal(request, target.subject()).await?)
}
