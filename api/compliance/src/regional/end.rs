//! `endRegionalAnswer`.

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::NaiveDate;

use super::{
    answer::permit,
    repo::{self, AnswerRow},
    schema::RegionalAnswer,
};
use domain::{
    mistake::{Mistake, outdated},
    policy::{self, Mandate},
    regional::rules::{Ending, ending},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};
use ledger::judge::{Concerned, judge_anew};

/// What can be wrong with ending a regional answer. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndRegionalAnswerErrorCode {
    /// The area gave no answer to this criterion, or it is over by that day. NL: niets te
    /// beëindigen.
    NothingToEnd,
    /// The day lies in the past: what counted until today counted. NL: dag ligt in het verleden.
    InThePast,
    /// There is a later version than the one that you expected. NL: intussen gewijzigd.
    Conflict,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in ending a regional answer. NL: fout bij het beëindigen van een regionaal
    /// antwoord.
    EndRegionalAnswerError, EndRegionalAnswerErrorCode
}

/// A regional answer to end. NL: te beëindigen antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct EndRegionalAnswerInput {
    /// The code of the area: your own. NL: gebiedscode.
    area: String,
    /// The key of the criterion, as in `VOORSTEL-1/OH-01`. NL: criterium.
    criterion: String,
    /// The first day on which it no longer counts: today or later. NL: met ingang van.
    on: NaiveDate,
    /// The ledger number of the version that you saw last. Without it the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of ending a regional answer. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct EndRegionalAnswerPayload {
    /// The answer with its end; null when nothing was ended, and when it never began to count. NL:
    /// antwoord.
    pub(super) regional_answer: Option<RegionalAnswer>,
    /// What to repair; empty when it was ended. NL: fouten.
    pub(super) errors: Vec<EndRegionalAnswerError>,
}

type Code = EndRegionalAnswerErrorCode;

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
    let subject = format!("{area}/{}", input.criterion);
    let scope = policy::regional(change.session().mandate());
    let versions = repo::answers(change.session(), &scope, (&area, Some(&subject))).await?;
    let mut mistakes = Vec::new();
    if input.on < change.session().today() {
        mistakes.push(Mistake::at(
            Code::InThePast,
            &["on"],
            "Een antwoord eindigt vandaag of later.",
            "An answer ends today or later.",
        ));
    }
    let latest = versions.first().map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(input.expected_version, latest, Code::Conflict));
    let ended: Vec<(AnswerRow, Ending)> = versions
        .into_iter()
        .map(|row| {
            let ending = ending(row.valid_from, row.valid_to, input.on);
            (row, ending)
        })
        .filter(|(_, ending)| *ending != Ending::Nothing)
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
    repo::append_end(&mut change.writer, &change.permit, &ended, input.on).await?;
    let members = repo::members(change.session(), &area).await?;
    judge_anew(&mut change.writer, &Concerned::municipalities(members)).await?;
    Ok(change.seal(request, subject).await?)
}
