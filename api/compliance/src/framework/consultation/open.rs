//! `openEditionForComment`: VNG lays a proposed edition open until a day, or changes that day.

use async_graphql::InputObject;

use super::repo;
use crate::framework::{
    errors::{FrameworkEditionError, FrameworkEditionErrorCode as Code},
    repo::find_edition,
    schema::FrameworkEdition,
};
use domain::{mistake::Mistake, policy};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};

/// A proposed edition to lay open for comment. NL: ter consultatie te leggen editie.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct OpenEditionForCommentInput {
    /// The code of the edition, as in `VOORSTEL-2`. NL: editie.
    edition: String,
    /// The last day on which remarks are taken in: today at the earliest. From 2018-01-01 to
    /// 2099-12-31. NL: laatste dag.
    last_day: Date,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of laying an edition open. NL: resultaat.
    OpenEditionForCommentPayload {
        /// The edition; null when it was not laid open. NL: editie.
        edition: FrameworkEdition,
        /// What to repair; empty when it was laid open. NL: fouten.
        errors: FrameworkEditionError,
    }
}

/// The mistake that there is no such edition.
pub(super) fn unknown_edition() -> Mistake<Code> {
    Mistake::at(
        Code::UnknownEdition,
        &["edition"],
        "Deze editie is niet bekend.",
        "This edition is not known.",
    )
}

/// Lays an edition open; gives its code.
pub(in crate::framework) async fn open(
    request: &RequestContext,
    input: &OpenEditionForCommentInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("openEditionForComment", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let Some(edition) = find_edition(session, &input.edition).await? else {
        return Err(Stopped::Wrong(vec![unknown_edition()]));
    };
    let mut mistakes = Vec::new();
    if edition.state != "PROPOSED" {
        mistakes.push(Mistake::at(
            Code::EditionNotProposed,
            &["edition"],
            "Deze editie is geen voorstel meer.",
            "This edition is no proposal any more.",
        ));
    }
    if input.last_day.0 < session.today() {
        mistakes.push(Mistake::at(
            Code::DateInPast,
            &["lastDay"],
            "De laatste dag ligt in het verleden.",
            "The last day lies in the past.",
        ));
    }
    stop_at(mistakes)?;
    let before = repo::find(session, &edition.code).await?;
    let before = before.map(|row| row.id);
    let (writer, permit) = (&mut change.writer, &change.permit);
    repo::append_consultation(writer, permit, &edition, input.last_day.0, before).await?;
    Ok(change.seal(request, edition.code).await?)
}
