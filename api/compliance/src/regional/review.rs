//! `questionRegionalAnswer`, `returnRegionalAnswer`, `confirmRegionalAnswer`: what VNG says of a
//! version.
//!
//! The region submits and VNG decides, so there are always four eyes. Questions may be many; of
//! decisions there is one per version, and only the latest version is decided on.

use async_graphql::InputObject;

use super::{
    answer::criterion_key,
    errors::{RegionalAnswerError, RegionalAnswerErrorCode as Code},
    repo::{self, AnswersOf, NewReview, Outcome},
    schema::RegionalAnswer,
};
use domain::{
    mistake::{Mistake, text_mistakes},
    policy::{self, Mandate},
    regional::rules::LONGEST_TEXT,
    territory::AreaCode,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};

/// A question on a regional answer; the region replies with a new version. NL: vraag bij een
/// regionaal antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct QuestionRegionalAnswerInput {
    /// The code of the area that answered, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The criterion, by its key, as in `VOORSTEL-1/OH-01`, or its code in the edition that is in
    /// use, as in `OH-01`. NL: criterium.
    criterion: String,
    /// The number of the version: the latest. NL: versie.
    version: i32,
    /// The question in Dutch, at most 4,000 characters; no names of people, no cases. NL: vraag.
    text: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a question. NL: resultaat.
    QuestionRegionalAnswerPayload {
        /// The answer; null when nothing was done. NL: antwoord.
        regional_answer: RegionalAnswer,
        /// What to repair; empty when it was done. NL: fouten.
        errors: RegionalAnswerError,
    }
}

/// A regional answer to return. NL: terug te sturen antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ReturnRegionalAnswerInput {
    /// The code of the area that answered, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The criterion, by its key, as in `VOORSTEL-1/OH-01`, or its code in the edition that is in
    /// use, as in `OH-01`. NL: criterium.
    criterion: String,
    /// The number of the version: the latest. NL: versie.
    version: i32,
    /// Why, in Dutch, at most 4,000 characters; no names of people, no cases. NL: reden.
    text: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of returning. NL: resultaat.
    ReturnRegionalAnswerPayload {
        /// The answer; null when nothing was done. NL: antwoord.
        regional_answer: RegionalAnswer,
        /// What to repair; empty when it was done. NL: fouten.
        errors: RegionalAnswerError,
    }
}

/// A regional answer to confirm. NL: te bevestigen antwoord.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ConfirmRegionalAnswerInput {
    /// The code of the area that answered, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The criterion, by its key, as in `VOORSTEL-1/OH-01`, or its code in the edition that is in
    /// use, as in `OH-01`. NL: criterium.
    criterion: String,
    /// The number of the version: the latest. NL: versie.
    version: i32,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of confirming. NL: resultaat.
    ConfirmRegionalAnswerPayload {
        /// The answer; null when nothing was done. NL: antwoord.
        regional_answer: RegionalAnswer,
        /// What to repair; empty when it was done. NL: fouten.
        errors: RegionalAnswerError,
    }
}

/// A version, and what is said of it.
struct ReviewTarget<'a> {
    area: &'a str,
    criterion: &'a str,
    version: i32,
    outcome: Outcome,
    text: Option<&'a str>,
}

/// Asks something of a version.
pub(super) async fn question(
    request: &RequestContext,
    input: &QuestionRegionalAnswerInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("questionRegionalAnswer", &input.idempotency_key, input);
    let requested = ReviewTarget {
        area: &input.area,
        criterion: &input.criterion,
        version: input.version,
        outcome: Outcome::Questioned,
        text: Some(&input.text),
    };
    review(request, call, requested).await
}

/// Returns a version.
pub(super) async fn give_back(
    request: &RequestContext,
    input: &ReturnRegionalAnswerInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("returnRegionalAnswer", &input.idempotency_key, input);
    let requested = ReviewTarget {
        area: &input.area,
        criterion: &input.criterion,
        version: input.version,
        outcome: Outcome::Returned,
        text: Some(&input.text),
    };
    review(request, call, requested).await
}

/// Confirms a version; from then on it counts on the basis CONFIRMED too.
pub(super) async fn confirm(
    request: &RequestContext,
    input: &ConfirmRegionalAnswerInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("confirmRegionalAnswer", &input.idempotency_key, input);
    let requested = ReviewTarget {
        area: &input.area,
        criterion: &input.criterion,
        version: input.version,
        outcome: Outcome::Confirmed,
        text: None,
    };
    review(request, call, requested).await
}

async fn review(
    request: &RequestContext,
    call: Call<'_>,
    requested: ReviewTarget<'_>,
) -> Result<String, Stopped<Code>> {
    let area = AreaCode::parse(requested.area);
    let may = |mandate: &Mandate| policy::may_review_regional(mandate, area.as_ref());
    let mut change = Change::begin(request, call, may).await?;
    let area = change.permit.area().to_owned();
    let criterion = criterion_key(change.session(), requested.criterion).await?;
    let subject = format!("{area}/{criterion}");
    let scope = policy::regional(change.session().mandate());
    let of = AnswersOf::subject(&area, &subject);
    let versions = repo::answers(change.session(), &scope, of).await?;
    let mut mistakes = text_mistakes(&["text"], requested.text, LONGEST_TEXT, Code::TextLength);
    let found = versions.iter().find(|row| row.version == requested.version);
    let Some(row) = found else {
        mistakes.push(Mistake::at(
            Code::UnknownVersion,
            &["version"],
            "Er is geen versie met dit nummer.",
            "There is no version of this number.",
        ));
        return Err(Stopped::Wrong(mistakes));
    };
    if versions
        .first()
        .is_some_and(|latest| latest.version != row.version)
    {
        mistakes.push(Mistake::at(
            Code::NotTheLatest,
            &["version"],
            "De regio heeft een latere versie ingediend.",
            "The region submitted a later version.",
        ));
    }
    if row.outcome.is_some() {
        mistakes.push(Mistake::at(
            Code::AlreadyDecided,
            &["version"],
            "Over deze versie is al beslist.",
            "This version is decided already.",
        ));
    }
    stop_at(mistakes)?;
    let new = NewReview {
        outcome: requested.outcome,
        remark: requested.text.map(str::trim),
    };
    repo::append_review(&mut change.writer, &change.permit, row, &new).await?;
    if requested.outcome == Outcome::Confirmed {
        let members = repo::members(change.session(), &area).await?;
        judge_anew(&mut change.writer, &Concerned::municipalities(members)).await?;
    }
    Ok(change.seal(request, subject).await?)
}
