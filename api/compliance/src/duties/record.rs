//! Records what a region did: each function one mutation, from permission to seal. The outcome is
//! the area.

use chrono::NaiveDate;

use super::{
    contract::{
        ConfirmRegionalReportErrorCode, ConfirmRegionalReportInput,
        RaiseRegionalBottleneckErrorCode, RaiseRegionalBottleneckInput,
        RecordRegionalDecisionErrorCode, RecordRegionalDecisionInput,
        RecordRegionalMeetingErrorCode, RecordRegionalMeetingInput,
        ResolveRegionalBottleneckErrorCode, ResolveRegionalBottleneckInput,
        SubmitRegionalReportErrorCode, SubmitRegionalReportInput,
    },
    repo::{self, NewDecision},
};
use crate::regional::answer::permit;
use domain::{
    duties::rules::{Half, LONGEST_TEXT},
    mistake::{Mistake, outdated, text_mistakes},
    policy::{self, Mandate, MayKeepRegional},
    territory::AreaCode,
};
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
};

/// That a day has not come yet.
fn in_the_future<C>(code: C, field: &str, day: NaiveDate, today: NaiveDate) -> Option<Mistake<C>> {
    (day > today).then(|| {
        Mistake::at(
            code,
            &[field],
            "Die dag moet nog komen.",
            "That day has not come yet.",
        )
    })
}

fn area_of(change: &Change<MayKeepRegional>) -> String {
    change.permit.area().as_str().to_owned()
}

pub(super) async fn meeting(
    request: &RequestContext,
    input: &RecordRegionalMeetingInput,
) -> Result<String, Stopped<RecordRegionalMeetingErrorCode>> {
    use RecordRegionalMeetingErrorCode as Code;
    let call = Call::of("recordRegionalMeeting", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let mut mistakes = Vec::new();
    mistakes.extend(in_the_future(
        Code::InTheFuture,
        "heldOn",
        input.held_on,
        session.today(),
    ));
    let scope = policy::regional(session.mandate());
    let kind = input.kind.code();
    let before = repo::meetings(session, &scope, &area).await?;
    if before
        .iter()
        .any(|row| row.held_on == input.held_on && row.kind == kind)
    {
        mistakes.push(Mistake::at(
            Code::AlreadyRecorded,
            &["heldOn"],
            "Deze bijeenkomst staat er al.",
            "This meeting stands there already.",
        ));
    }
    stop_at(mistakes)?;
    let held = (input.held_on, kind);
    repo::append_meeting(&mut change.writer, &change.permit, held).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn bottleneck(
    request: &RequestContext,
    input: &RaiseRegionalBottleneckInput,
) -> Result<String, Stopped<RaiseRegionalBottleneckErrorCode>> {
    use RaiseRegionalBottleneckErrorCode as Code;
    let call = Call::of("raiseRegionalBottleneck", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let codes = (Code::TextLength, Code::PersonalData);
    let mut mistakes = text_mistakes(&["text"], Some(&input.text), LONGEST_TEXT, codes);
    mistakes.extend(in_the_future(
        Code::InTheFuture,
        "since",
        input.since,
        session.today(),
    ));
    stop_at(mistakes)?;
    let scope = policy::regional(session.mandate());
    let before = repo::bottlenecks(session, &scope, &area).await?;
    let number = 1 + before.first().map_or(0, |row| row.number);
    let given = (input.text.as_str(), input.since);
    repo::append_bottleneck(&mut change.writer, &change.permit, number, given).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn resolution(
    request: &RequestContext,
    input: &ResolveRegionalBottleneckInput,
) -> Result<String, Stopped<ResolveRegionalBottleneckErrorCode>> {
    use ResolveRegionalBottleneckErrorCode as Code;
    let call = Call::of("resolveRegionalBottleneck", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let today = session.today();
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
    if input.on > today || input.on <= row.valid_from {
        mistakes.push(Mistake::at(
            Code::WrongDay,
            &["on"],
            "Kies een dag na het ontstaan van het knelpunt, uiterlijk vandaag.",
            "Choose a day after the bottleneck arose, today at the latest.",
        ));
    }
    stop_at(mistakes)?;
    repo::append_resolution(&mut change.writer, &change.permit, row, input.on).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn decision(
    request: &RequestContext,
    input: &RecordRegionalDecisionInput,
) -> Result<String, Stopped<RecordRegionalDecisionErrorCode>> {
    use RecordRegionalDecisionErrorCode as Code;
    let call = Call::of("recordRegionalDecision", &input.idempotency_key, input);
    let may = |mandate: &Mandate| permit(mandate, &input.area);
    let mut change = Change::begin(request, call, may).await?;
    let (area, session) = (area_of(&change), change.session());
    let codes = (Code::TextLength, Code::PersonalData);
    let mut mistakes = text_mistakes(&["text"], Some(&input.text), LONGEST_TEXT, codes);
    mistakes.extend(in_the_future(
        Code::InTheFuture,
        "decidedOn",
        input.decided_on,
        session.today(),
    ));
    stop_at(mistakes)?;
    let scope = policy::regional(session.mandate());
    let before = repo::decisions(session, &scope, &area).await?;
    let new = NewDecision {
        number: 1 + before.first().map_or(0, |row| row.number),
        text: &input.text,
        decided_on: input.decided_on,
        needs_ratification: input.needs_ratification,
    };
    repo::append_decision(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn report(
    request: &RequestContext,
    input: &SubmitRegionalReportInput,
) -> Result<String, Stopped<SubmitRegionalReportErrorCode>> {
    use SubmitRegionalReportErrorCode as Code;
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
    let given = [&input.progress, &input.particulars, &input.bottlenecks].map(String::as_str);
    for (field, text) in ["progress", "particulars", "bottlenecks"]
        .into_iter()
        .zip(given)
    {
        let codes = (Code::TextLength, Code::PersonalData);
        mistakes.extend(text_mistakes(&[field], Some(text), LONGEST_TEXT, codes));
    }
    let scope = policy::regional(session.mandate());
    let reports = repo::reports(session, &scope, &area).await?;
    let latest = reports.iter().find(|row| row.half == input.half);
    let version = latest.map_or(0, |row| row.ledger_no);
    mistakes.extend(outdated(input.expected_version, version, Code::Conflict));
    stop_at(mistakes)?;
    let version = (input.half.as_str(), 1 + latest.map_or(0, |row| row.version));
    repo::append_report(&mut change.writer, &change.permit, version, given).await?;
    Ok(change.seal(request, area).await?)
}

pub(super) async fn confirmation(
    request: &RequestContext,
    input: &ConfirmRegionalReportInput,
) -> Result<String, Stopped<ConfirmRegionalReportErrorCode>> {
    use ConfirmRegionalReportErrorCode as Code;
    let call = Call::of("confirmRegionalReport", &input.idempotency_key, input);
    let area = AreaCode::parse(&input.area);
    let may = |mandate: &Mandate| policy::may_review_regional(mandate, area.as_ref());
    let mut change = Change::begin(request, call, may).await?;
    let area = change.permit.area().to_owned();
    let scope = policy::regional(change.session().mandate());
    let reports = repo::reports(change.session(), &scope, &area).await?;
    let mut of_half = reports.iter().filter(|row| row.half == input.half);
    let latest = of_half.clone().next();
    let mistake = match of_half.find(|row| row.version == input.version) {
        None => Some((
            Code::UnknownVersion,
            (
                "Er is geen versie met dit nummer.",
                "There is no version of this number.",
            ),
        )),
        Some(row) if latest.is_some_and(|latest| latest.version != row.version) => Some((
            Code::NotTheLatest,
            (
                "De regio heeft een latere versie ingediend.",
                "The region submitted a later version.",
            ),
        )),
        Some(row) if row.confirmed_at.is_some() => Some((
            Code::AlreadyConfirmed,
            (
                "Deze versie is al bevestigd.",
                "This version was confirmed already.",
            ),
        )),
        Some(_) => None,
    };
    if let Some((code, (nl, en))) = mistake {
        return Err(Stopped::Wrong(vec![Mistake::at(
            code,
            &["version"],
            nl,
            en,
        )]));
    }
    let version = (input.half.as_str(), input.version);
    repo::append_confirmation(&mut change.writer, &change.permit, version).await?;
    Ok(change.seal(request, area).await?)
}
