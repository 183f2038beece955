//! `registerArea`.

use async_graphql::InputObject;
use domain::{
    mistake::{Mistake, text_mistakes, version_mistake},
    policy,
    territory::{AreaCode, codes::AreaKind},
};
use entity::area;
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload,
    payload::IdempotencyKey,
};

use super::{
    area::Area,
    errors::{AreaError, AreaErrorCode},
    repo::{self, NewArea},
};
use crate::sources::input::{SourceInput, source_mistakes};

/// Characters of a name at most.
const LONGEST_NAME: usize = 200;

/// An area to register. NL: te registreren gebied.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RegisterAreaInput {
    /// The code, two letters and two digits, as in `VR14`. NL: gebiedscode.
    code: String,
    /// The kind. NL: soort.
    kind: Coded<AreaKind>,
    /// The name, without the kind, at most 200 characters. NL: naam.
    name: String,
    /// The code of the area that it lies in; left out, it stays as it is, and null says that it
    /// lies in none. NL: bovenliggend gebied.
    parent: Member<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `ledger` of the area that you saw last; null or left out when you saw none, for a new
    /// one. NL: verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of an area. NL: resultaat.
    RegisterAreaPayload {
        /// The area; null when it was not registered. NL: gebied.
        area: Area,
        /// What to repair; empty when it was registered. NL: fouten.
        errors: AreaError,
    }
}

type Code = AreaErrorCode;

/// Registers an area; gives its code.
pub(super) async fn register(
    request: &RequestContext,
    input: &RegisterAreaInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("registerArea", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let areas = repo::all::<area::Entity>(change.session()).await?;
    let code = AreaCode::parse(&input.code);
    let text = code.as_ref().map_or("", AreaCode::as_str);
    let before = areas.iter().find(|area| area.code == text);
    let mut mistakes = mistakes(input, before);
    if code.is_none() {
        mistakes.push(Mistake::at(
            Code::InvalidCode,
            &["code"],
            "Een gebiedscode bestaat uit twee letters en twee cijfers, zoals VR14.",
            "The code of an area has two letters and two digits, as in VR14.",
        ));
    }
    let parent = input
        .parent
        .clone()
        .or_kept(before.and_then(|area| area.parent.clone()))
        .map(|code| code.trim().to_ascii_uppercase());
    if let Some(parent) = &parent
        && (input.kind.0 == AreaKind::SizeClass || !may_lie_in(text, parent, &areas))
    {
        mistakes.push(Mistake::at(
            Code::InvalidParent,
            &["parent"],
            "Dit bovenliggende gebied is er niet, het ligt zelf in dit gebied, of een van beide \
             is een grootteklasse.",
            "There is no such area to lie in, it lies in this one itself, or one of the two is a \
             size class.",
        ));
    }
    let source = Some(&input.source);
    mistakes.extend(source_mistakes(change.session(), source, Code::UnknownSource).await?);
    let corrects = before.map(|before| before.id);
    stop_at(mistakes)?;
    let Some(code) = code else {
        return Err(Stopped::Wrong(Vec::new()));
    };
    let new = NewArea {
        code: code.clone(),
        kind: input.kind.code(),
        name: input.name.clone(),
        parent,
        source: input.source.pair(),
        corrects,
    };
    repo::append_area(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, code.as_str()).await?)
}

fn mistakes(input: &RegisterAreaInput, before: Option<&area::Model>) -> Vec<Mistake<Code>> {
    let mut mistakes = Vec::new();
    let name = Some(input.name.as_str());
    mistakes.extend(text_mistakes(
        &["name"],
        name,
        LONGEST_NAME,
        Code::TextLength,
    ));
    if before.is_some_and(|before| before.kind != input.kind.code()) {
        mistakes.push(Mistake::at(
            Code::KindIsFixed,
            &["kind"],
            "De soort van een geregistreerd gebied verandert niet.",
            "The kind of a registered area does not change.",
        ));
    }
    let version = before.map(|before| before.ledger_no);
    mistakes.extend(version_mistake(
        input.expected_version,
        version,
        Code::Conflict,
    ));
    mistakes
}

/// Whether an area may lie in another: one that is known, no size class, and neither itself nor in
/// it.
fn may_lie_in(code: &str, parent: &str, areas: &[area::Model]) -> bool {
    let mut at = Some(parent);
    let mut steps = 0;
    while let Some(outer) = at {
        let Some(area) = areas.iter().find(|area| area.code == outer) else {
            return false;
        };
        steps += 1;
        let is_class = area.kind == AreaKind::SizeClass.code();
        if is_class || outer == code || steps > areas.len() {
            return false;
        }
        at = area.parent.as_deref();
    }
    true
}
