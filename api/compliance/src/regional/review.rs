//! `questionRegionalAnswer`, `returnRegionalAnswer`, `confirmRegionalAnswer`: what VNG says of a
//! version.
//!
//! The region submits and VNG decides, so there are always four eyes. Questions may be many; of
//! decisions there is one per version, and only the latest version is decided on.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::{
    repo::{self, Outcome},
    schema::RegionalAnswer,
};
use domain::{
    mistake::{Mistake, MutationCode, text_mistakes},
    policy::{self, Mandate},
    regional::rules::LONGEST_TEXT,
    territory::AreaCode,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};
use ledger::judge::{Concerned, judge_anew};

/// What can be wrong with each of the three, under the codes of the mutation.
pub(super) trait ReviewCode: MutationCode {
    const UNKNOWN_VERSION: Self;
    const NOT_THE_LATEST: Self;
    const ALREADY_DECIDED: Self;
    const TEXT_LENGTH: Self;
    const PERSONAL_DATA: Self;
}

/// The contract of a mutation that says something of a version. One that only confirms has no text.
macro_rules! review {
    (
        $(#[$code_doc:meta])* $code:ident,
        $(#[$error_doc:meta])* $error:ident,
        $(#[$input_doc:meta])* $input:ident,
        $(#[$payload_doc:meta])* $payload:ident,
        $({ $(#[$text_doc:meta])* })?
    ) => {
        $(#[$code_doc])*
        #[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $code {
            /// There is no such answer, or no version of that number. NL: onbekende versie.
            UnknownVersion,
            /// The region submitted a later version. NL: niet de laatste versie.
            NotTheLatest,
            /// It was returned or confirmed already. NL: al besloten.
            AlreadyDecided,
            /// The text is empty or too long. NL: verkeerde lengte.
            TextLength,
            /// The text holds a citizen service number or an e-mail address. NL: persoonsgegevens.
            PersonalData,
            /// The idempotency key was used for another input. NL: sleutel al gebruikt.
            KeyReused,
        }

        user_error! { $(#[$error_doc])* $error, $code }

        impl ReviewCode for $code {
            const UNKNOWN_VERSION: Self = Self::UnknownVersion;
            const NOT_THE_LATEST: Self = Self::NotTheLatest;
            const ALREADY_DECIDED: Self = Self::AlreadyDecided;
            const TEXT_LENGTH: Self = Self::TextLength;
            const PERSONAL_DATA: Self = Self::PersonalData;
        }

        $(#[$input_doc])*
        #[derive(InputObject, Debug, Clone)]
        pub struct $input {
            /// The code of the area that answered, as in `VR14`. NL: gebiedscode.
            area: String,
            /// The key of the criterion, as in `VOORSTEL-1/OH-01`. NL: criterium.
            criterion: String,
            /// The number of the version: the latest. NL: versie.
            version: i32,
            $($(#[$text_doc])*
            text: String,)?
            /// Repeat the call under the same key and nothing changes twice. NL:
            /// idempotentiesleutel.
            idempotency_key: IdempotencyKey,
        }

        $(#[$payload_doc])*
        #[derive(SimpleObject, Debug)]
        pub struct $payload {
            /// The answer; null when nothing was done. NL: antwoord.
            pub(super) regional_answer: Option<RegionalAnswer>,
            /// What to repair; empty when it was done. NL: fouten.
            pub(super) errors: Vec<$error>,
        }
    };
}

review! {
    /// What can be wrong with a question. NL: foutcode.
    QuestionRegionalAnswerErrorCode,
    /// A mistake in a question. NL: fout in een vraag.
    QuestionRegionalAnswerError,
    /// A question on a regional answer; the region replies with a new version. NL: vraag bij een
    /// regionaal antwoord.
    QuestionRegionalAnswerInput,
    /// What became of a question. NL: resultaat.
    QuestionRegionalAnswerPayload,
    {
        /// The question in Dutch, at most 4,000 characters; no names of people, no cases. NL:
        /// vraag.
    }
}

review! {
    /// What can be wrong with returning. NL: foutcode.
    ReturnRegionalAnswerErrorCode,
    /// A mistake in returning. NL: fout bij het terugsturen.
    ReturnRegionalAnswerError,
    /// A regional answer to return. NL: terug te sturen antwoord.
    ReturnRegionalAnswerInput,
    /// What became of returning. NL: resultaat.
    ReturnRegionalAnswerPayload,
    {
        /// Why, in Dutch, at most 4,000 characters; no names of people, no cases. NL: reden.
    }
}

review! {
    /// What can be wrong with confirming. NL: foutcode.
    ConfirmRegionalAnswerErrorCode,
    /// A mistake in confirming. NL: fout bij het bevestigen.
    ConfirmRegionalAnswerError,
    /// A regional answer to confirm. NL: te bevestigen antwoord.
    ConfirmRegionalAnswerInput,
    /// What became of confirming. NL: resultaat.
    ConfirmRegionalAnswerPayload,
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
) -> Result<String, Stopped<QuestionRegionalAnswerErrorCode>> {
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
) -> Result<String, Stopped<ReturnRegionalAnswerErrorCode>> {
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
) -> Result<String, Stopped<ConfirmRegionalAnswerErrorCode>> {
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

async fn review<C: ReviewCode>(
    request: &RequestContext,
    call: Call<'_>,
    requested: ReviewTarget<'_>,
) -> Result<String, Stopped<C>> {
    let area = AreaCode::parse(requested.area);
    let may = |mandate: &Mandate| policy::may_review_regional(mandate, area.as_ref());
    let mut change = Change::begin(request, call, may).await?;
    let area = change.permit.area().to_owned();
    let subject = format!("{area}/{}", requested.criterion);
    let scope = policy::regional(change.session().mandate());
    let versions = repo::answers(change.session(), &scope, (&area, Some(&subject))).await?;
    let codes = (C::TEXT_LENGTH, C::PERSONAL_DATA);
    let mut mistakes = text_mistakes(&["text"], requested.text, LONGEST_TEXT, codes);
    let found = versions.iter().find(|row| row.version == requested.version);
    let Some(row) = found else {
        mistakes.push(Mistake::at(
            C::UNKNOWN_VERSION,
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
            C::NOT_THE_LATEST,
            &["version"],
            "De regio heeft een latere versie ingediend.",
            "The region submitted a later version.",
        ));
    }
    if row.outcome.is_some() {
        mistakes.push(Mistake::at(
            C::ALREADY_DECIDED,
            &["version"],
            "Over deze versie is al beslist.",
            "This version is decided already.",
        ));
    }
    stop_at(mistakes)?;
    let given = (requested.outcome, requested.text.map(str::trim));
    repo::append_review(&mut change.writer, &change.permit, row, given).await?;
    if requested.outcome == Outcome::Confirmed {
        let members = repo::members(change.session(), &area).await?;
        judge_anew(&mut change.writer, &Concerned::municipalities(members)).await?;
    }
    Ok(change.seal(request, subject).await?)
}
