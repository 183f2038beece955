//! `endRegionalAnswer`.

use async_graphql::InputObject;

use super::{
    answer::{criterion_key, permit},
    errors::{RegionalAnswerError, RegionalAnswerErrorCode as Code},
    repo::{self, AnswersOf, EndedAnswer},
    schema::RegionalAnswer,
};
use domain::{
    mistake::{Mistake, outdated},
    policy::{self, Mandate},
    regional::rules::{Ending, ending},
};
use graphql::{
    change::{Call, Change, Stopped, seen_version, stop_at},
    context::RequestContext,
    date::Date,
    member::Member,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};

/// A regional answer to end. NL: te beëindigen antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EndRegionalAnswerInput {
    /// The code of the area: your own. NL: gebiedscode.
    area: String,
    /// The criterion, by its key, as in `VOORSTEL-1/OH-01`, or its code in the edition that is in
    /// use, as in `OH-01`. NL: criterium.
    criterion: String,
    /// The first day on which it no longer counts: today or later. From 2018-01-01 to 2099-12-31.
    /// NL: tot.
    until: Date,
    /// The ledger number of the version that you saw last. Left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of ending a regional answer. NL: resultaat.
    EndRegionalAnswerPayload {
        /// The answer with its end; null when nothing was ended, and when it never began to count.
        /// NL: antwoord.
        regional_answer: RegionalAnswer,
        /// What to repair; empty when it was ended. NL: fouten.
        errors: RegionalAnswerError,
    }
}

/// Ends an answer in all its versions, confirmed or not, and judges the members anew: only those
/// that gave no answer of their own can get another verdict, from that day.
pub(super) async fn end(
    request: &RequestContext,
    input: &EndRegionalAnswerInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("endRegionalAnswer", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let area = change.permit.area().as_str().to_owned();
    let criterion = criterion_key(change.session(), &input.criterion).await?;
    let subject = format!("{area}/{criterion}");
    let scope = policy::regional(change.session().mandate());
    let of = AnswersOf::subject(&area, &subject);
    let versions = repo::answers(change.session(), &scope, of).await?;
    let mut mistakes = Vec::new();
    if input.until.0 < change.session().today() {
        mistakes.push(Mistake::at(
            Code::DateInPast,
            &["until"],
            "Een antwoord eindigt vandaag of later.",
            "An answer ends today or later.",
        ));
    }
    let latest = versions.first().map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(
        seen_version(&input.expected_version),
        latest,
        Code::Conflict,
    ));
    let ended: Vec<EndedAnswer> = versions
        .into_iter()
        .map(|row| EndedAnswer {
            ending: ending(row.valid_from, row.valid_to, input.until.0),
            row,
        })
        .filter(|version| version.ending != Ending::Nothing)
        .collect();
    if ended.is_empty() {
        mistakes.push(Mistake::at(
            Code::NothingToEnd,
            &["criterion"],
            "Er is geen antwoord dat op die dag nog geldt.",
            "There is no answer that still holds on that day.",
        ));
    }
    stop_at(mistakes)?;
    repo::append_end(&mut change.writer, &change.permit, &ended, input.until.0).await?;
    let members = repo::members(change.session(), &area).await?;
    judge_anew(&mut change.writer, &Concerned::municipalities(members)).await?;
    Ok(change.seal(request, subject).await?)
}
