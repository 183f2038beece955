//! `withdrawPublication`: takes a publication back, as a fact with its reason.

use async_graphql::InputObject;

use super::{
    append,
    errors::{PublicationError, PublicationErrorCode as Code},
    may, repo,
    schema::Publication,
};
use crate::release::{self, Decision};
use domain::{
    mistake::{Mistake, text_mistakes},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// Characters that a reason may have.
const LONGEST_REASON: usize = 1000;

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

payload! {
    /// What became of withdrawing. NL: resultaat.
    WithdrawPublicationPayload {
        /// The publication; null when it was not withdrawn. NL: publicatie.
        publication: Publication,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: PublicationError,
    }
}

/// Withdraws a publication; gives its key.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawPublicationInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawPublication", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_publish).await?;
    let mut mistakes = text_mistakes(
        &["reason"],
        Some(&input.reason),
        LONGEST_REASON,
        Code::TextLength,
    );
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
    if may::is_withdrawn(&row) {
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
    append::append_withdrawal(&mut change.writer, &change.permit, &row, &input.reason).await?;
    Ok(change.seal(request, row.key).await?)
}
