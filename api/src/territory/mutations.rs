//! `registerReportingRegion`: an area acts only once VNG has registered it.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;

use super::{
    AreaCode, repo,
    schema::{Area, find_area_node},
};
use crate::{
    graphql::{
        access::{permitted_to, roles},
        context::{Asking, asking},
        payload::{IdempotencyKey, Mistake, user_error},
    },
    ledger::{Call, Change, Stopped, settled},
    policy::{self, Rule},
};

/// What can be wrong with a registration. NL: foutcode.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RegisterReportingRegionErrorCode {
    /// There is no such area. NL: onbekend gebied.
    UnknownArea,
    /// The area, or another one that shares a municipality with it, is registered already. NL: overlapt met een
    /// geregistreerde regio.
    Overlaps,
    /// The idempotency key was used for another input. NL: sleutel al gebruikt.
    KeyReused,
}

user_error! {
    /// A mistake in a registration. NL: fout bij het registreren van een regio.
    RegisterReportingRegionError, RegisterReportingRegionErrorCode
}

/// An area to register as reporting region. NL: te registreren regio.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RegisterReportingRegionInput {
    /// The area's code, as in `VR14`. NL: gebiedscode.
    area: String,
    /// The first day on which it may act for its members. NL: vanaf.
    from: NaiveDate,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a registration. NL: resultaat.
#[derive(SimpleObject, Debug)]
pub(crate) struct RegisterReportingRegionPayload {
    /// The area; null when it was not registered. NL: gebied.
    area: Option<Area>,
    /// What to repair; empty when it was registered. NL: fouten.
    errors: Vec<RegisterReportingRegionError>,
}

type Code = RegisterReportingRegionErrorCode;

/// Mutations of the territory.
#[derive(Default)]
pub(crate) struct TerritoryMutation;

#[Object]
impl TerritoryMutation {
    /// Lets an area act for its members from a day on. A municipality has at most one reporting region on a day. For VNG.
    /// NL: rapporterende regio registreren.
    #[graphql(directive = permitted_to::apply(roles(Rule::Framework)))]
    async fn register_reporting_region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area and the first day. NL: invoer.")]
        input: RegisterReportingRegionInput,
    ) -> Result<RegisterReportingRegionPayload> {
        match settled(register(asking(ctx)?, &input).await)? {
            Ok(area) => Ok(RegisterReportingRegionPayload {
                area: find_area_node(ctx, &area).await?,
                errors: Vec::new(),
            }),
            Err(mistakes) => Ok(RegisterReportingRegionPayload {
                area: None,
                errors: mistakes.into_iter().map(Into::into).collect(),
            }),
        }
    }
}

async fn register(
    asking: &Asking,
    input: &RegisterReportingRegionInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("registerReportingRegion", &input.idempotency_key, input);
    let mut change = Change::begin(asking, call, policy::may_manage_framework).await?;
    let area = AreaCode::parse(&input.area);
    let area = match area {
        Some(area) if repo::area_exists(change.session(), &area).await? => area,
        Some(_) | None => return Err(Stopped::Wrong(vec![unknown(&input.area)])),
    };
    if let Some(other) = repo::overlapping(change.session(), &area, input.from).await? {
        return Err(Stopped::Wrong(vec![Mistake::at(
            Code::Overlaps,
            &["area"],
            format!("{other} is al geregistreerd en deelt gemeenten met dit gebied."),
            format!("{other} is registered already and shares municipalities with this area."),
        )]));
    }
    repo::append_registration(&mut change.writer, &change.permit, &area, input.from).await?;
    Ok(change.seal(asking, area.as_str()).await?)
}

fn unknown(area: &str) -> Mistake<Code> {
    Mistake::at(
        Code::UnknownArea,
        &["area"],
        format!("Er is geen gebied {area:?}."),
        format!("There is no area {area:?}."),
    )
}
