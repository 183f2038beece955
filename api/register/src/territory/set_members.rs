//! `setAreaMembers`: who is a member of an area from a day on.

use std::collections::BTreeSet;

use async_graphql::{Enum, InputObject, SimpleObject};
use chrono::NaiveDate;
use entity::municipality;

use super::{
    area::Area,
    input::{unknown_area, unknown_municipality},
    repo::{self, MembershipChanges},
    sole::{Known, conflict},
};
use crate::sources::input::{SourceInput, source_mistakes};
use domain::{
    mistake::outdated,
    policy,
    territory::rules::{Becomes, Stay, become_so, holds, with_members},
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    payload::IdempotencyKey,
    user_error,
};
use ledger::judge::{Concerned, judge_anew};

/// What can be wrong with the members of an area. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SetAreaMembersErrorCode {
    /// There is no such area. NL: onbekend gebied.
    UnknownArea,
    /// There is no such municipality on the first day. NL: onbekende gemeente.
    UnknownMunicipality,
    /// A municipality would lie in two provinces or safety regions, be of two size classes, or have
    /// two reporting regions, on some day. NL: overlapt.
    Overlaps,
    /// There is no source document of that key, or the place in it is no place. NL: onbekende bron.
    UnknownSource,
    /// The members were changed since the version that you expected. NL: intussen gewijzigd.
    Conflict,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in the members of an area. NL: fout bij de leden van een gebied.
    SetAreaMembersError, SetAreaMembersErrorCode
}

/// The members of an area from a day on: others end that day, and whatever was recorded for later
/// days is replaced. What holds on earlier days stays. NL: leden van een gebied.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SetAreaMembersInput {
    /// The code of the area, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The first day on which these are its members, in the past or to come. NL: vanaf.
    from: NaiveDate,
    /// All its members from that day on, by CBS code; a municipality may be a member of several
    /// areas. NL: leden.
    members: Vec<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `membersVersion` of the area that you saw last. Without it the last word wins. NL:
    /// verwachte versie.
    expected_version: Option<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of the members. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct SetAreaMembersPayload {
    /// The area; null when nothing was set. NL: gebied.
    pub(super) area: Option<Area>,
    /// What to repair; empty when they were set. NL: fouten.
    pub(super) errors: Vec<SetAreaMembersError>,
}

type Code = SetAreaMembersErrorCode;

/// Sets the members of an area and has judged anew whose membership changed; gives the code of the
/// area.
pub(super) async fn set(
    request: &RequestContext,
    input: &SetAreaMembersInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("setAreaMembers", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let code = input.area.trim().to_ascii_uppercase();
    let known = Known::read(change.session()).await?;
    let municipalities = repo::all::<municipality::Entity>(change.session()).await?;
    let wanted: Vec<String> = input
        .members
        .iter()
        .map(|code| code.trim().to_ascii_uppercase())
        .collect();
    let mut mistakes = Vec::new();
    if !known.areas.iter().any(|area| area.code == code) {
        mistakes.push(unknown_area(&["area"], &input.area, Code::UnknownArea));
    }
    for (at, member) in wanted.iter().enumerate() {
        let exists = |row: &municipality::Model| {
            row.code == *member && holds(row.valid_from, row.valid_to, input.from)
        };
        if !municipalities.iter().any(exists) {
            let field = ["members", &at.to_string()];
            mistakes.push(unknown_municipality(
                &field,
                member,
                Code::UnknownMunicipality,
            ));
        }
    }
    let source = Some(&input.source);
    mistakes.extend(source_mistakes(change.session(), source, Code::UnknownSource).await?);

    let (own, others): (Vec<_>, Vec<_>) =
        known.memberships.iter().partition(|row| row.area == code);
    let version = own.iter().map(|row| row.ledger_no).max();
    mistakes.extend(outdated(
        input.expected_version,
        version.unwrap_or_default(),
        Code::Conflict,
    ));
    let stays: Vec<Stay<'_>> = own.iter().map(|row| Known::stay(row)).collect();
    let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    let (becomes, begin) = with_members(&stays, &wanted, input.from);
    let kept = stays.iter().zip(&becomes);
    let kept = kept.filter_map(|(stay, becomes)| become_so(*stay, *becomes, input.from));
    let begun = begin.iter().map(|&municipality| Stay {
        area: &code,
        municipality,
        from: Some(input.from),
        to: None,
    });
    let others = others.iter().map(|row| Known::stay(row));
    let after: Vec<Stay<'_>> = others.chain(kept).chain(begun).collect();
    let own_conflicts = known.conflicts(&after).into_iter();
    let own_conflicts = own_conflicts.filter(|twice| twice.one == code || twice.other == code);
    mistakes.extend(own_conflicts.map(|twice| conflict(twice, &["members"], Code::Overlaps)));
    stop_at(mistakes)?;

    let changed = own.iter().zip(&becomes);
    let changed = changed.filter(|(_, becomes)| **becomes != Becomes::Kept);
    let concerned: BTreeSet<&str> = changed
        .map(|(row, _)| row.municipality.as_str())
        .chain(begin.iter().copied())
        .collect();
    let concerned = Concerned::municipalities(concerned);
    let changes = MembershipChanges {
        becomes: own.into_iter().zip(becomes).collect(),
        begin: begin
            .into_iter()
            .map(|member| (code.clone(), member.to_owned()))
            .collect(),
    };
    let source = input.source.pair();
    repo::append_memberships(
        &mut change.writer,
        &change.permit,
        changes,
        input.from,
        &source,
    )
    .await?;
    judge_anew(&mut change.writer, &concerned).await?;
    Ok(change.seal(request, code).await?)
}
