//! `registerReportingRegion`: an area acts only once VNG has registered it.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;

use super::{
    AreaCode, repo,
    schema::{Area, find_area_node},
};
use crate::{
    graphql::{
        context::asking,
        error::Failure,
        payload::{IdempotencyKey, Mistake, user_error},
    },
    ledger::{Key, Seen, Writer},
    policy,
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

/// Mutations of the territory.
#[derive(Default)]
pub(crate) struct TerritoryMutation;

#[Object]
impl TerritoryMutation {
    /// Lets an area act for its members from a day on. A municipality has at most one reporting region on a day. For VNG.
    /// NL: rapporterende regio registreren.
    async fn register_reporting_region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The area and the first day. NL: invoer.")]
        input: RegisterReportingRegionInput,
    ) -> Result<RegisterReportingRegionPayload> {
        let asking = asking(ctx)?;
        match register(asking, &input).await? {
            Ok(area) => Ok(RegisterReportingRegionPayload {
                area: find_area_node(ctx, &area).await?,
                errors: Vec::new(),
            }),
            Err(mistake) => Ok(RegisterReportingRegionPayload {
                area: None,
                errors: vec![mistake.into()],
            }),
        }
    }
}

async fn register(
    asking: &crate::graphql::context::Asking,
    input: &RegisterReportingRegionInput,
) -> Result<Result<String, Mistake<RegisterReportingRegionErrorCode>>, Failure> {
    use RegisterReportingRegionErrorCode as Code;
    let session = asking.write().await?;
    let permit = policy::may_register_region(session.mandate())?;
    let Some(area) = AreaCode::parse(&input.area) else {
        return Ok(Err(unknown(&input.area)));
    };
    let key = Key::new(
        "registerReportingRegion",
        input.idempotency_key.0.clone(),
        &serde_json::json!([area.as_str(), input.from]).to_string(),
    );
    match key.take(&session).await? {
        Seen::Same(area) => return Ok(Ok(area)),
        Seen::Other => {
            return Ok(Err(Mistake::at(
                Code::KeyReused,
                &["idempotencyKey"],
                "Deze sleutel is al voor een andere invoer gebruikt.",
                "This key was used for another input.",
            )));
        }
        Seen::New => {}
    }
    let mut writer = Writer::lock(session).await?;
    if !repo::area_exists(writer.session(), &area).await? {
        return Ok(Err(unknown(area.as_str())));
    }
    if let Some(other) = repo::overlapping(writer.session(), &area, input.from).await? {
        return Ok(Err(Mistake::at(
            Code::Overlaps,
            &["area"],
            format!("{other} is al geregistreerd en deelt gemeenten met dit gebied."),
            format!("{other} is registered already and shares municipalities with this area."),
        )));
    }
    repo::append_registration(&mut writer, &permit, &area, input.from).await?;
    key.keep(writer.session(), area.as_str()).await?;
    asking.count_written(writer.session().statements());
    writer.commit().await?;
    Ok(Ok(area.as_str().to_owned()))
}

fn unknown(area: &str) -> Mistake<RegisterReportingRegionErrorCode> {
    Mistake::at(
        RegisterReportingRegionErrorCode::UnknownArea,
        &["area"],
        format!("Er is geen gebied {area:?}."),
        format!("There is no area {area:?}."),
    )
}
