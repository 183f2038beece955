//! `registerReportingRegion`: an area acts only once VNG has registered it.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    mistake::Mistake,
    policy,
    territory::{
        AreaCode,
        codes::AreaKind,
        rules::{Sole, Stay, had_twice},
    },
};
use entity::area;
use graphql::{
    change::{Call, Change, Stopped, stop_at},
    context::RequestContext,
    date::Date,
    payload,
    payload::IdempotencyKey,
};

use super::{
    area::Area,
    errors::{AreaError, AreaErrorCode},
    input::unknown_area,
    repo::{self, NewRegistration},
    sole::{Known, conflict},
};
use crate::sources::input::{SourceInput, source_mistakes};

/// An area to register as reporting region. NL: te registreren regio.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RegisterReportingRegionInput {
    /// The area's code, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The first day on which it may act for its members. From 2018-01-01 to 2099-12-31. NL: vanaf.
    from: Date,
    /// The first day on which it no longer may; without it it goes on. From 2018-01-01 to
    /// 2099-12-31. NL: tot.
    until: Option<Date>,
    /// The document that says so. NL: bron.
    source: Option<SourceInput>,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

payload! {
    /// What became of a registration. NL: resultaat.
    RegisterReportingRegionPayload {
        /// The area; null when it was not registered. NL: gebied.
        area: Area,
        /// What to repair; empty when it was registered. NL: fouten.
        errors: AreaError,
    }
}

type Code = AreaErrorCode;

/// Registers an area as reporting region; gives its code.
pub(super) async fn register(
    request: &RequestContext,
    input: &RegisterReportingRegionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("registerReportingRegion", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_framework).await?;
    let known = Known::read(change.session()).await?;
    let mut mistakes: Vec<Mistake<Code>> = Vec::new();
    let area = AreaCode::parse(&input.area);
    let area = area.filter(|code| known.areas.iter().any(|area| area.code == code.as_str()));
    if input.until.is_some_and(|until| until <= input.from) {
        mistakes.push(Mistake::at(
            Code::DatesOutOfOrder,
            &["until"],
            "De einddag moet na de eerste dag liggen.",
            "The end must be after the first day.",
        ));
    }
    let source = input.source.as_ref();
    mistakes.extend(source_mistakes(change.session(), source, Code::UnknownSource).await?);
    let Some(area) = area else {
        mistakes.push(unknown_area(&["area"], &input.area, Code::UnknownArea));
        return Err(Stopped::Wrong(mistakes));
    };
    let class = AreaKind::SizeClass.code();
    let is_class = |row: &area::Model| row.code == area.as_str() && row.kind == class;
    if known.areas.iter().any(is_class) {
        mistakes.push(Mistake::at(
            Code::CannotAct,
            &["area"],
            "Een grootteklasse is een indeling en kan niet namens gemeenten optreden.",
            "A size class is a way to count and cannot act for municipalities.",
        ));
    }
    mistakes.extend(overlaps(&known, &area, input));
    stop_at(mistakes)?;
    let outcome = area.as_str().to_owned();
    let new = NewRegistration {
        area,
        from: input.from.0,
        until: input.until.map(NaiveDate::from),
        source: source.map(SourceInput::pair),
    };
    repo::append_registration(&mut change.writer, &change.permit, new).await?;
    Ok(change.seal(request, outcome).await?)
}

/// That the area, or one that shares a municipality with it, is registered for some of these days.
fn overlaps(
    known: &Known,
    area: &AreaCode,
    input: &RegisterReportingRegionInput,
) -> Option<Mistake<Code>> {
    let mut registered = known.registered();
    registered.push(Sole {
        area: area.as_str(),
        from: Some(input.from.0),
        to: input.until.map(NaiveDate::from),
    });
    let stays: Vec<Stay<'_>> = known.memberships.iter().map(Known::stay).collect();
    let is_own = |area: &AreaCode, code: &str| code == area.as_str();
    had_twice(&stays, &registered)
        .into_iter()
        .find(|twice| is_own(area, twice.one) || is_own(area, twice.other))
        .map(|twice| conflict(twice, &["area"], Code::Overlaps))
}
