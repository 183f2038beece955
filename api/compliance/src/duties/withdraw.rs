//! Takes back what a region recorded by mistake. To correct a meeting, a bottleneck or a decision is
//! to take it back and to record it anew: a number that was taken back is not given again.

use super::{
    append,
    contract::{
        WithdrawRegionalBottleneckInput, WithdrawRegionalDecisionInput,
        WithdrawRegionalMeetingInput,
    },
    errors::RegionalDutyErrorCode as Code,
    record::area_of,
    repo,
};
use crate::regional::answer::permit;
use domain::{
    mistake::Mistake,
    policy::{self, Mandate},
};
use graphql::{
    change::{Call, Change, Stopped},
    context::RequestContext,
};

pub(super) async fn withdraw_meeting(
    request: &RequestContext,
    input: &WithdrawRegionalMeetingInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawRegionalMeeting", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let scope = policy::regional(session.mandate());
    let kind = input.kind.code();
    let rows = repo::meetings(session, &scope, &area).await?;
    let Some(row) = rows
        .iter()
        .find(|row| row.held_on == input.held_on.0 && row.kind == kind)
    else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownMeeting,
            &["heldOn"],
            "Er is op die dag geen overleg van deze soort vastgelegd.",
            "No meeting of this kind was recorded of that day.",
        )]));
    };
    append::withdraw_meeting(&mut change.writer, &change.permit, row).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn withdraw_bottleneck(
    request: &RequestContext,
    input: &WithdrawRegionalBottleneckInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawRegionalBottleneck", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let scope = policy::regional(session.mandate());
    let rows = repo::bottlenecks(session, &scope, &area).await?;
    let Some(row) = rows.iter().find(|row| row.number == input.number) else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownBottleneck,
            &["number"],
            "Er is geen knelpunt met dit nummer.",
            "There is no bottleneck of this number.",
        )]));
    };
    append::withdraw_bottleneck(&mut change.writer, &change.permit, row).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn withdraw_decision(
    request: &RequestContext,
    input: &WithdrawRegionalDecisionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("withdrawRegionalDecision", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let scope = policy::regional(session.mandate());
    let rows = repo::decisions(session, &scope, &area).await?;
    let Some(row) = rows.iter().find(|row| row.number == input.number) else {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::UnknownDecision,
            &["number"],
            "Er is geen besluit met dit nummer.",
            "There is no decision of this number.",
        )]));
    };
    append::withdraw_decision(&mut change.writer, &change.permit, row).await?;
    Ok(change.seal(request, area).await?)
}
