//! `withdrawPublication`: takes a publication back, as a fact with its reason.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::{repo, schema::Publication};
use crate::release::{self, Decision};
use domain::{
    mistake::{Mistake, text_mistakes},
    policy,
    publication::codes::PublicationState,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};

/// Characters that a reason may have.
const LONGEST_REASON: usize = 1000;

/// What can be wrong with withdrawing. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithdrawPublicationErrorCode {
    /// There is no such publication. NL: onbekende publicatie.
    UnknownPublication,
    /// It was withdrawn already. NL: al ingetrokken.
    AlreadyWithdrawn,
    /// The reason is empty or too long. NL: verkeerde lengte.
    TextLength,
    /// The reason holds a citizen service number or an e-mail address. NL: persoonsgegevens.
    PersonalData,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in withdrawing. NL: fout bij het intrekken.
    WithdrawPublicationError, WithdrawPublicationErrorCode
}

/// A publication to withdraw. NL: in te trekken publicatie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawPublicationInput {
    /// The key of the publication. NL: publicatie.
    publication: String,
    /// Why, at most 1,000 characters; everybody reads it once the publication was released. NL:
    /// reden.
    reason: String,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of withdrawing. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct WithdrawPublicationPayload {
    /// The publication; null when it was not withdrawn. NL: publicatie.
    pub(super) publication: Option<Publication>,
    /// What to repair; empty when it was withdrawn. NL: fouten.
    pub(super) errors: Vec<WithdrawPublicationError>,
}

type Code = WithdrawPublicationErrorCode;

/// Withdraws a publication; gives its key.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawPublicationInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawPublication", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_publish).await?;
    let codes = (Code::TextLength, Code::PersonalData);
    let mut mistakes = text_mistakes(&["reason"], Some(&input.reason), LONGEST_REASON, codes);
    let session = change.session();
    let scope = policy::publications(session.mandate());
    let Some(row) = repo::find(session, &scope, &input.publication).await? else {
        mistakes.push(Mistake::at(
            Code::UnknownPublication,
            &["publication"],
            format!("Er is geen publicatie {:?}.", input.publication),
            format!("There is no publication {:?}.", input.publication),
        ));
        return Err(Stopped::Wrong(mistakes));
    };
    if row.state == PublicationState::Withdrawn.code() {
        mistakes.push(Mistake::at(
            Code::AlreadyWithdrawn,
            &["publication"],
            "Deze publicatie is al ingetrokken.",
            "This publication was withdrawn already.",
        ));
    }
    stop_at(mistakes)?;
    let decision = Decision::Publication {
        publication: row.key.clone(),
    };
    release::forget(session, &decision).await?;
    repo::append_withdrawal(&mut change.writer, &change.permit, &row, &input.reason).await?;
    Ok(change.seal(request, row.key).await?)
}
