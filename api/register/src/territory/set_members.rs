//! `setAreaMembers`: who is a member of an area from a day on.

use std::collections::BTreeSet;

use async_graphql::InputObject;
use chrono::NaiveDate;
use entity::municipality;

use super::{
    area::Area,
    errors::{AreaError, AreaErrorCode},
    input::{unknown_area, unknown_municipality},
    repo::{self, MembershipChange, MembershipChanges, NewMembership},
    sole::{Known, conflict},
};
use crate::sources::input::{SourceInput, source_mistakes};
use domain::{
    mistake::{Mistake, outdated},
    policy,
    territory::rules::{Becomes, Stay, holds, with_members},
};
use graphql::{
    change::{Call, Change, Stopped, seen_version, stop_at},
    context::RequestContext,
    date::Date,
    member::Member,
    payload,
    payload::IdempotencyKey,
};
use ledger::judge::{Concerned, judge_anew};

/// The members of an area from a day on: others end that day, and whatever was recorded for later
/// days is replaced. What holds on earlier days stays. NL: leden van een gebied.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SetAreaMembersInput {
    /// The code of the area, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The first day on which these are its members, in the past or to come. From 2018-01-01 to
    /// 2099-12-31. NL: vanaf.
    from: Date,
    /// All its members from that day on, by CBS code; a municipality may be a member of several
    /// areas. NL: leden.
    members: Vec<String>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// The `membersLedger` of the area that you saw last; null when you saw none. Left out, the
    /// last word wins. NL: verwachte versie.
    expected_version: Member<i64>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of the members. NL: resultaat.
    SetAreaMembersPayload {
        /// The area; null when nothing was set. NL: gebied.
        area: Area,
        /// What to repair; empty when they were set. NL: fouten.
        errors: AreaError,
    }
}

type Code = AreaErrorCode;

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
    let members: Vec<String> = input
        .members
        .iter()
        .map(|code| code.trim().to_ascii_uppercase())
        .collect();
    let mut mistakes = Vec::new();
    if !known.areas.iter().any(|area| area.code == code) {
        mistakes.push(unknown_area(&["area"], &input.area, Code::UnknownArea));
    }
    mistakes.extend(unknown_members(&members, &municipalities, input.from.0));
    let source = Some(&input.source);
    mistakes.extend(source_mistakes(change.session(), source, Code::UnknownSource).await?);
    let own = known.memberships.iter().filter(|row| row.area == code);
    let version = own.map(|row| row.ledger_no).max().unwrap_or_default();
    mistakes.extend(outdated(
        seen_version(&input.expected_version),
        version,
        Code::Conflict,
    ));
    let changes = membership_changes(&known, &code, &members, input.from.0);
    let own_conflicts = known.conflicts(&changes).into_iter();
    let own_conflicts = own_conflicts.filter(|twice| twice.one == code || twice.other == code);
    mistakes.extend(own_conflicts.map(|twice| conflict(twice, &["members"], Code::Overlaps)));
    stop_at(mistakes)?;

    let changed = changes.known.iter();
    let changed = changed.filter(|known| known.becomes != Becomes::Kept);
    let concerned: BTreeSet<String> = changed
        .map(|known| known.row.municipality.clone())
        .chain(changes.new.iter().map(|new| new.municipality.clone()))
        .collect();
    let source = input.source.pair();
    repo::append_memberships(&mut change.writer, &change.permit, changes, &source).await?;
    judge_anew(&mut change.writer, &Concerned::municipalities(concerned)).await?;
    Ok(change.seal(request, code).await?)
}

/// The members that are no municipality on the first day.
fn unknown_members(
    members: &[String],
    municipalities: &[municipality::Model],
    from: NaiveDate,
) -> Vec<Mistake<Code>> {
    let exists = |member: &String| {
        municipalities
            .iter()
            .any(|row| row.code == *member && holds(row.valid_from, row.valid_to, from))
    };
    let members = members.iter().enumerate();
    members
        .filter(|(_, member)| !exists(member))
        .map(|(i, member)| {
            let field = ["members", &i.to_string()];
            unknown_municipality(&field, member, Code::UnknownMunicipality)
        })
        .collect()
}

/// What becomes of memberships when these are the members of the area: those of other areas stay.
fn membership_changes<'a>(
    known: &'a Known,
    area: &str,
    members: &[String],
    day: NaiveDate,
) -> MembershipChanges<'a> {
    let (own, others): (Vec<_>, Vec<_>) =
        known.memberships.iter().partition(|row| row.area == area);
    let stays: Vec<Stay<'_>> = own.iter().map(|row| Known::stay(row)).collect();
    let members: BTreeSet<&str> = members.iter().map(String::as_str).collect();
    let (becomes, new) = with_members(&stays, &members, day);
    let own = own.into_iter().zip(becomes);
    let own = own.map(|(row, becomes)| MembershipChange { row, becomes });
    let others = others.into_iter().map(|row| MembershipChange {
        row,
        becomes: Becomes::Kept,
    });
    MembershipChanges {
        day,
        known: own.chain(others).collect(),
        new: new
            .into_iter()
            .map(|municipality| NewMembership {
                area: area.to_owned(),
                municipality: municipality.to_owned(),
            })
            .collect(),
    }
}
