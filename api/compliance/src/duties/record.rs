//! Records what a region did: each function one mutation, from permission to seal. The outcome is
//! the area.

use chrono::NaiveDate;

use super::{
    append::{self, NewBottleneck, NewDecision, NewMeeting, NewReport},
    contract::{
        ConfirmRegionalReportInput, RaiseRegionalBottleneckInput, RecordRegionalDecisionInput,
        RecordRegionalMeetingInput, ResolveRegionalBottleneckInput, SubmitRegionalReportInput,
    },
    errors::RegionalDutyErrorCode as Code,
    repo,
};
use crate::regional::answer::permit;
use domain::{
    duties::rules::{Half, LONGEST_TEXT},
    mistake::{Mistake, outdated, text_mistakes},
    policy::{self, Mandate, MayKeepRegional},
    territory::AreaCode,
};
use entity::{action, partner};
use graphql::{
    change::{Call, Change, Stopped, seen_version, stop_at},
    context::RequestContext,
};

/// That a day has not come yet.
fn future_mistake(field: &str, day: NaiveDate, today: NaiveDate) -> Option<Mistake<Code>> {
    (day > today).then(|| {
        Mistake::at(
            Code::DateInFuture,
            &[field],
            "Die dag moet nog komen.",
            "That day has not come yet.",
        )
    })
}

pub(super) fn area_of(change: &Change<MayKeepRegional>) -> String {
    change.permit.area().as_str().to_owned()
}

pub(super) async fn record_meeting(
    request: &RequestContext,
    input: &RecordRegionalMeetingInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordRegionalMeeting", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let mut mistakes = Vec::new();
    mistakes.extend(future_mistake("heldOn", input.held_on.0, session.today()));
    let scope = policy::regional(session.mandate());
    let kind = input.kind.code();
    let before = repo::meetings(session, &scope, &area).await?;
    if before
        .iter()
        .any(|row| row.held_on == input.held_on.0 && row.kind == kind)
    {
        mistakes.push(Mistake::at(
            Code::AlreadyRecorded,
            &["heldOn"],
            "Dit overleg staat er al.",
            "This meeting stands there already.",
        ));
    }
    stop_at(mistakes)?;
    let new = NewMeeting {
        held_on: input.held_on.0,
        kind,
        corrects: repo::withdrawn_meeting(session, &area, input.held_on.0, kind).await?,
    };
    append::append_meeting(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn raise_bottleneck(
    request: &RequestContext,
    input: &RaiseRegionalBottleneckInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("raiseRegionalBottleneck", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let mut mistakes = text_mistakes(&["text"], Some(&input.text), LONGEST_TEXT, Code::TextLength);
    mistakes.extend(future_mistake("since", input.since.0, session.today()));
    if let Some(key) = &input.action {
        let actions = change.known::<action::Entity>().await?;
        mistakes.extend(Mistake::unknown(
            Code::UnknownAction,
            &["action"],
            ("actie", "action"),
            key,
            actions.iter().map(|row| row.subject_key.as_str()),
        ));
    }
    if let Some(key) = &input.partner {
        let partners = change.known::<partner::Entity>().await?;
        mistakes.extend(Mistake::unknown(
            Code::UnknownPartner,
            &["partner"],
            ("partner", "partner"),
            key,
            partners.iter().map(|row| row.key.as_str()),
        ));
    }
    stop_at(mistakes)?;
    let new = NewBottleneck {
        number: 1 + repo::last_bottleneck(session, &area).await?,
        text: &input.text,
        since: input.since.0,
        action: input.action.as_deref(),
        partner: input.partner.as_deref(),
    };
    append::append_bottleneck(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn resolve_bottleneck(
    request: &RequestContext,
    input: &ResolveRegionalBottleneckInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("resolveRegionalBottleneck", &input.idempotency_key, input);
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
    let mut mistakes = Vec::new();
    if row.valid_to.is_some() {
        mistakes.push(Mistake::at(
            Code::AlreadyResolved,
            &["number"],
            "Dit knelpunt is al opgelost.",
            "This bottleneck was resolved already.",
        ));
    }
    mistakes.extend(future_mistake(
        "resolvedOn",
        input.resolved_on.0,
        session.today(),
    ));
    if input.resolved_on.0 <= row.valid_from {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["resolvedOn"],
            "Kies een dag na het ontstaan van het knelpunt.",
            "Choose a day after the bottleneck arose.",
        ));
    }
    stop_at(mistakes)?;
    append::append_resolution(&mut change.writer, &change.permit, row, input.resolved_on.0).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn record_decision(
    request: &RequestContext,
    input: &RecordRegionalDecisionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("recordRegionalDecision", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let mut mistakes = text_mistakes(&["text"], Some(&input.text), LONGEST_TEXT, Code::TextLength);
    mistakes.extend(future_mistake(
        "decidedOn",
        input.decided_on.0,
        session.today(),
    ));
    stop_at(mistakes)?;
    let new = NewDecision {
        number: 1 + repo::last_decision(session, &area).await?,
        text: &input.text,
        decided_on: input.decided_on.0,
        needs_ratification: input.needs_ratification,
    };
    append::append_decision(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn submit_report(
    request: &RequestContext,
    input: &SubmitRegionalReportInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("submitRegionalReport", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let mut mistakes = Vec::new();
    let half = Half::parse(&input.half);
    if half.is_none_or(|half| half.first > session.today()) {
        mistakes.push(Mistake::at(
            Code::UnknownHalf,
            &["half"],
            "Noem een halfjaar dat begonnen is, zoals 2026-1.",
            "Name a half year that has begun, as 2026-1.",
        ));
    }
    let texts = [
        ("progress", &input.progress),
        ("particulars", &input.particulars),
        ("bottlenecks", &input.bottlenecks),
    ];
    for (field, text) in texts {
        mistakes.extend(text_mistakes(
            &[field],
            Some(text),
            LONGEST_TEXT,
            Code::TextLength,
        ));
    }
    let scope = policy::regional(session.mandate());
    let reports = repo::reports(session, &scope, &area).await?;
    let latest = reports.iter().find(|row| row.half == input.half);
    let version = latest.map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(
        seen_version(&input.expected_version),
        version,
        Code::Conflict,
    ));
    stop_at(mistakes)?;
    let new = NewReport {
        half: &input.half,
        version: 1 + latest.map_or(0, |row| row.version),
        progress: &input.progress,
        particulars: &input.particulars,
        bottlenecks: &input.bottlenecks,
    };
    append::append_report(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn confirm_report(
    request: &RequestContext,
    input: &ConfirmRegionalReportInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("confirmRegionalReport", &input.idempotency_key, input);
    let area = AreaCode::parse(&input.area);
    let may = |mandate: &Mandate| policy::may_review_regional(mandate, area.as_ref());
    let mut change = Change::begin(request, call, may).await?;
    let area = change.permit.area().to_owned();
    let scope = policy::regional(change.session().mandate());
    let reports = repo::reports(change.session(), &scope, &area).await?;
    let mut of_half = reports.iter().filter(|row| row.half == input.half);
    let latest = of_half.clone().next();
    let wrong = |code, nl, en| Stopped::Wrong(vec![Mistake::at(code, &["version"], nl, en)]);
    let Some(row) = of_half.find(|row| row.version == input.version) else {
        return Err(wrong(
            Code::UnknownVersion,
            "Er is geen versie met dit nummer.",
            "There is no version of this number.",
        ));
    };
    if latest.is_some_and(|latest| latest.version != row.version) {
        return Err(wrong(
            Code::NotTheLatest,
            "De regio heeft een latere versie ingediend.",
            "The region submitted a later version.",
        ));
    }
    if row.confirmed_at.is_some() {
        return Err(wrong(
            Code::AlreadyConfirmed,
            "Deze versie is al bevestigd.",
            "This version was confirmed already.",
        ));
    }
    append::append_confirmation(
        &mut change.writer,
        &change.permit,
        &input.half,
        input.version,
    )
    .await?;
    Ok(change.seal(request, area).await?)
}
