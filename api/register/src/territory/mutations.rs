//! The mutations of the territory, and `registerReportingRegion` itself: an area acts only once VNG
//! has registered it.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::NaiveDate;
use domain::{
    mistake::Mistake,
    policy::{self, Rule},
    territory::{
        AreaCode,
        codes::AreaKind,
        rules::{Sole, Stay, had_twice},
    },
};
use entity::area;

use super::{
    area::Area,
    errors::{AreaError, AreaErrorCode},
    input::unknown_area,
    register_area::{self, RegisterAreaInput, RegisterAreaPayload},
    reorganise::{self, RecordReorganisationInput, RecordReorganisationPayload},
    repo::{self, NewRegistration},
    schema::{find_area_node, reorganisations_of},
    set_members::{self, SetAreaMembersInput, SetAreaMembersPayload},
    sole::{Known, conflict},
};
use crate::sources::input::{SourceInput, source_mistakes};
use graphql::{
    access::{permitted_to, roles},
    change::{Call, Change, Stopped, settled, stop_at},
    context::{RequestContext, request},
    payload,
    payload::{IdempotencyKey, errors, payload},
};

/// An area to register as reporting region. NL: te registreren regio.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RegisterReportingRegionInput {
    /// The area's code, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The first day on which it may act for its members. NL: vanaf.
    from: NaiveDate,
    /// The first day on which it no longer may; without it it goes on. NL: tot.
    until: Option<NaiveDate>,
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

/// Mutations of the territory.
#[derive(Default)]
pub struct TerritoryMutation;

#[Object]
impl TerritoryMutation {
    /// Lets an area act for its members from a day on. A municipality has at most one reporting
    /// region on a day. For VNG. NL: rapporterende regio registreren.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn register_reporting_region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area and the first day. NL: invoer.")]
        input: RegisterReportingRegionInput,
    ) -> Result<RegisterReportingRegionPayload> {
        let outcome = register(request(ctx)?, &input).await;
        payload(outcome, async |area: String| {
            find_area_node(ctx, &area).await
        })
        .await
    }

    /// Registers an area, or changes its name or the area that it lies in. For VNG. NL: gebied
    /// registreren.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn register_area(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area. NL: invoer.")] input: RegisterAreaInput,
    ) -> Result<RegisterAreaPayload> {
        let outcome = register_area::register(request(ctx)?, &input).await;
        payload(outcome, async |code: String| {
            find_area_node(ctx, &code).await
        })
        .await
    }

    /// Sets the members of an area from a day on; verdicts of those whose membership changes are
    /// judged anew. For VNG. NL: leden van een gebied vaststellen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn set_area_members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area and its members. NL: invoer.")] input: SetAreaMembersInput,
    ) -> Result<SetAreaMembersPayload> {
        let outcome = set_members::set(request(ctx)?, &input).await;
        payload(outcome, async |code: String| {
            find_area_node(ctx, &code).await
        })
        .await
    }

    /// Records that municipalities go over into others on a day; verdicts of all of them are judged
    /// anew. For VNG. NL: herindeling vastleggen.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn record_reorganisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reorganisation. NL: invoer.")] input: RecordReorganisationInput,
    ) -> Result<RecordReorganisationPayload> {
        match settled(reorganise::record(request(ctx)?, &input).await)? {
            Ok(subjects) => {
                let subjects: Vec<&str> = subjects.split(',').collect();
                Ok(RecordReorganisationPayload {
                    reorganisations: reorganisations_of(ctx, &subjects).await?,
                    errors: Vec::new(),
                })
            }
            Err(mistakes) => Ok(RecordReorganisationPayload {
                reorganisations: Vec::new(),
                errors: errors(mistakes),
            }),
        }
    }
}

async fn register(
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
        from: input.from,
        until: input.until,
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
        from: Some(input.from),
        to: input.until,
    });
    let stays: Vec<Stay<'_>> = known.memberships.iter().map(Known::stay).collect();
    let is_own = |area: &AreaCode, code: &str| code == area.as_str();
    had_twice(&stays, &registered)
        .into_iter()
        .find(|twice| is_own(area, twice.one) || is_own(area, twice.other))
        .map(|twice| conflict(twice, &["area"], Code::Overlaps))
}
