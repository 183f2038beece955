//! `withdrawEdition`: takes a proposal of an edition back on which nothing rests.

use async_graphql::InputObject;

use super::{
    append_edition::{self, Recorded},
    errors::{FrameworkEditionError, FrameworkEditionErrorCode as Code},
    propose::unfree_mistake,
    repo,
};
use domain::{
    mistake::{Mistake, version_mistake},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload,
    payload::IdempotencyKey,
};

/// A proposal of an edition on which nothing rests. NL: in te trekken editie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct WithdrawEditionInput {
    /// The code of the edition, as in `VOORSTEL-2`. NL: editie.
    edition: String,
    /// The `ledger` of the edition that you saw last; null or left out, the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of withdrawing an edition. NL: resultaat.
    WithdrawEditionPayload {
        /// The code of the edition; null when it was not withdrawn. NL: ingetrokken editie.
        withdrawn: String,
        /// What to repair; empty when it was withdrawn. NL: fouten.
        errors: FrameworkEditionError,
    }
}

/// Takes a proposal back; gives its code.
pub(super) async fn withdraw(
    request: &RequestContext,
    input: &WithdrawEditionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawEdition", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let Some(edition) = repo::find_edition(session, &input.edition).await? else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownEdition,
            &["edition"],
            "Deze editie is niet bekend.",
            "This edition is not known.",
        )]));
    };
    let mut mistakes = Vec::from_iter(unfree_mistake(session, &edition, "edition").await?);
    if input.expected_version.is_some() {
        let (seen, last) = (input.expected_version, Some(edition.ledger_no));
        mistakes.extend(version_mistake(seen, last, Code::Conflict));
    }
    stop_at(mistakes)?;
    let recorded = Recorded::find(session, edition).await?;
    append_edition::append_withdrawal(&mut change.writer, &change.permit, &recorded).await?;
    Ok(change.seal(request, input.edition.as_str()).await?)
}
