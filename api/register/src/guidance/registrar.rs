//! `nameFunctionRegistrar`: a partner records who fills functions only when VNG has named it.

use async_graphql::{InputObject, SimpleObject};

use super::{
    errors::{FunctionError, FunctionErrorCode},
    repo::{self, NewRegistrar},
};
use crate::{
    partners::schema::Partner,
    sources::input::{SourceInput, source_mistakes},
};
use domain::{
    mistake::{Mistake, version_mistake},
    policy,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    member::Member,
    payload::IdempotencyKey,
};

/// A partner to name. NL: aan te wijzen partner.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct NameFunctionRegistrarInput {
    /// The key of the partner, as in `comensha`. NL: partner.
    partner: String,
    /// The first day. From 2018-01-01 to 2099-12-31. NL: vanaf.
    from: Date,
    /// The first day on which it is no longer named; left out, it stays as it is, and null says
    /// that it goes on. From 2018-01-01 to 2099-12-31. NL: tot.
    until: Member<Date>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the payload that named it, to change or to end that; null or left out the
    /// first time. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a naming. NL: resultaat.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct NameFunctionRegistrarPayload {
    /// The partner; null when it was not named. NL: partner.
    pub(super) partner: Option<Partner>,
    /// The number of the entry in the ledger, for `expectedVersion`; null when it was not named.
    /// NL: nummer in het grootboek.
    pub(super) ledger: Option<i64>,
    /// What to repair; empty when it was named. NL: fouten.
    pub(super) errors: Vec<FunctionError>,
}

graphql::warned! { NameFunctionRegistrarPayload }

type Code = FunctionErrorCode;

/// Names a partner; gives its key.
pub(super) async fn name(
    request: &RequestContext,
    input: &NameFunctionRegistrarInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("nameFunctionRegistrar", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let session = change.session();
    let before = repo::find_registrar(session, &input.partner).await?;
    let until = before.as_ref().and_then(|before| before.valid_to);
    let until = input.until.days().or_kept(until);
    let mut mistakes = Vec::new();
    if !repo::partner_exists(session, &input.partner).await? {
        mistakes.push(Mistake::at(
            Code::UnknownPartner,
            &["partner"],
            "Deze partner is niet bekend.",
            "This partner is not known.",
        ));
    }
    if until.is_some_and(|until| until <= input.from.0) {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["until"],
            "De einddag moet na de eerste dag liggen.",
            "The end must be after the first day.",
        ));
    }
    mistakes.extend(source_mistakes(session, Some(&input.source), Code::UnknownSource).await?);
    let version = before.as_ref().map(|before| before.ledger_no);
    mistakes.extend(version_mistake(
        input.expected_version,
        version,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let new = NewRegistrar {
        partner: input.partner.clone(),
        from: input.from.0,
        until,
        source: input.source.pair(),
        corrects: before.map(|before| before.id),
    };
    repo::append_registrar(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, &input.partner).await?)
}
