//! `Municipality`, `Area` and what links them.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use entity::{area, municipality, reorganisation};

use super::loader::TerritoryLoader;
use crate::{
    graphql::{
        context::{asking, loader},
        error::{Failure, did_you_mean},
        id::{self, NodeKind},
        page::{Connection, PageAsked, page_cost},
        text::LocalizedText,
    },
    sources::schema::{Source, source_of},
};

/// A kind of area. NL: soort gebied.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AreaKind {
    /// One of the 25 safety regions. NL: veiligheidsregio.
    SafetyRegion,
    /// One of the 12 provinces. NL: provincie.
    Province,
    /// One of the 10 regional police units. NL: regionale politie-eenheid.
    PoliceUnit,
    /// A regional information and expertise centre. NL: RIEC.
    Riec,
    /// Municipalities that work together by their own choice. NL: samenwerkingsgebied.
    CooperationArea,
}

impl AreaKind {
    fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "SAFETY_REGION" => Self::SafetyRegion,
            "PROVINCE" => Self::Province,
            "POLICE_UNIT" => Self::PoliceUnit,
            "RIEC" => Self::Riec,
            "COOPERATION_AREA" => Self::CooperationArea,
            _ => return None,
        })
    }
}

/// How municipalities went over into others. NL: soort herindeling.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReorganisationKind {
    /// Several become a new one. NL: samenvoeging.
    Merger,
    /// One goes over into another that stays. NL: toevoeging (lichte samenvoeging).
    Absorption,
    /// One is divided over several. NL: splitsing.
    Split,
}

/// A municipality over one period of validity. NL: gemeente.
#[derive(Debug, Clone)]
pub(crate) struct Municipality {
    row: municipality::Model,
    /// The day on which its memberships are told.
    as_of: NaiveDate,
}

impl Municipality {
    pub(crate) fn of(row: &municipality::Model, as_of: NaiveDate) -> Self {
        Self {
            row: row.clone(),
            as_of,
        }
    }

    /// The CBS code.
    pub(crate) fn code_text(&self) -> &str {
        &self.row.code
    }

    /// Whether it exists on a day.
    pub(crate) fn exists_on(&self, day: NaiveDate) -> bool {
        holds(self.row.valid_from, self.row.valid_to, day)
    }

    /// The day to tell of: the last day of a municipality that no longer exists.
    fn day(&self) -> NaiveDate {
        match self.row.valid_to {
            Some(end) if end <= self.as_of => end.pred_opt().unwrap_or(end),
            Some(_) | None => self.as_of,
        }
    }

    async fn area(&self, ctx: &Context<'_>, kind: &str) -> Result<Option<Area>> {
        let loader = loader::<TerritoryLoader>(ctx)?;
        let areas = loader.areas().await.map_err(Failure::from)?;
        let memberships = loader.memberships().await.map_err(Failure::from)?;
        let day = self.day();
        let area = memberships
            .iter()
            .filter(|membership| membership.municipality == self.row.code)
            .filter(|membership| holds(membership.valid_from, membership.valid_to, day))
            .find_map(|membership| {
                areas
                    .iter()
                    .find(|area| area.code == membership.area && area.kind == kind)
            });
        Ok(area.map(|row| Area::of(row, day)))
    }

    async fn went(&self, ctx: &Context<'_>, forwards: bool) -> Result<Vec<Reorganisation>> {
        let rows = loader::<TerritoryLoader>(ctx)?
            .reorganisations()
            .await
            .map_err(Failure::from)?;
        Ok(rows
            .iter()
            .filter(|row| {
                let own = if forwards {
                    &row.predecessor
                } else {
                    &row.successor
                };
                *own == self.row.code
            })
            .map(Reorganisation::from)
            .collect())
    }
}

/// Whether an interval holds a day; the end does not belong to it.
pub(crate) fn holds(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day < to)
}

/// A municipality over one period of validity. NL: gemeente.
#[Object]
impl Municipality {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(NodeKind::Municipality, &self.row.code)
    }

    /// The code of Statistics Netherlands, as in `GM0402`. NL: CBS-code.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The official name. NL: naam.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The name, with its province's sign where two municipalities have one name. NL: eenduidige naam.
    async fn label(&self) -> &str {
        &self.row.label
    }

    /// Other names by which it is found. NL: andere namen.
    async fn aliases(&self) -> Vec<String> {
        self.row.aliases.clone()
    }

    /// First day of existence under this code; null when that is before the records begin (2019). NL: bestaat sinds.
    async fn valid_from(&self) -> Option<NaiveDate> {
        self.row.valid_from
    }

    /// First day on which it no longer exists; null while it does. NL: opgeheven per.
    async fn valid_to(&self) -> Option<NaiveDate> {
        self.row.valid_to
    }

    /// The safety region, on the day asked for. NL: veiligheidsregio.
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        self.area(ctx, "SAFETY_REGION").await
    }

    /// The province, on the day asked for. NL: provincie.
    async fn province(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        self.area(ctx, "PROVINCE").await
    }

    /// What it went over into. NL: opgegaan in.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<Reorganisation>> {
        self.went(ctx, true).await
    }

    /// What went over into it. NL: ontstaan uit.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn predecessors(&self, ctx: &Context<'_>) -> Result<Vec<Reorganisation>> {
        self.went(ctx, false).await
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        source_of!(self.row)
    }
}

/// A municipality going over into another, wholly or in part. NL: herindeling.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Reorganisation {
    /// The first day of the new situation. NL: ingangsdatum.
    effective_on: NaiveDate,
    /// The kind. NL: soort.
    kind: ReorganisationKind,
    /// The code of the municipality that went over. NL: voorganger.
    predecessor: String,
    /// The code of the municipality that took it in. NL: opvolger.
    successor: String,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&reorganisation::Model> for Reorganisation {
    fn from(row: &reorganisation::Model) -> Self {
        Self {
            effective_on: row.effective_on,
            kind: match row.kind.as_str() {
                "MERGER" => ReorganisationKind::Merger,
                "SPLIT" => ReorganisationKind::Split,
                _ => ReorganisationKind::Absorption,
            },
            predecessor: row.predecessor.clone(),
            successor: row.successor.clone(),
            source: source_of!(row),
        }
    }
}

/// An area of some kind. NL: gebied.
#[derive(Debug, Clone)]
pub(crate) struct Area {
    row: area::Model,
    as_of: NaiveDate,
}

impl Area {
    fn of(row: &area::Model, as_of: NaiveDate) -> Self {
        Self {
            row: row.clone(),
            as_of,
        }
    }
}

/// An area of some kind. NL: gebied.
#[Object]
impl Area {
    /// An opaque id for `node`. NL: id.
    pub(crate) async fn id(&self) -> ID {
        id::encode(NodeKind::Area, &self.row.code)
    }

    /// The code, as in `VR14`. Codes of police units are our own. NL: gebiedscode.
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The kind. NL: soort.
    async fn kind(&self) -> Result<AreaKind> {
        let kind = AreaKind::from_code(&self.row.kind);
        kind.ok_or_else(|| {
            Failure::BadRequest(LocalizedText::new("Onbekende soort.", "Unknown kind.")).into()
        })
    }

    /// The name. NL: naam.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The members on the day asked for, by code. NL: gemeenten.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn municipalities(&self, ctx: &Context<'_>) -> Result<Vec<Municipality>> {
        let loader = loader::<TerritoryLoader>(ctx)?;
        let memberships = loader.memberships().await.map_err(Failure::from)?;
        let municipalities = loader.municipalities().await.map_err(Failure::from)?;
        Ok(memberships
            .iter()
            .filter(|membership| membership.area == self.row.code)
            .filter(|membership| holds(membership.valid_from, membership.valid_to, self.as_of))
            .filter_map(|membership| {
                municipalities.iter().find(|row| {
                    row.code == membership.municipality
                        && holds(row.valid_from, row.valid_to, self.as_of)
                })
            })
            .map(|row| Municipality::of(row, self.as_of))
            .collect())
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        source_of!(self.row)
    }
}

/// Queries of the territory.
#[derive(Default)]
pub(crate) struct TerritoryQuery;

#[Object]
impl TerritoryQuery {
    /// One municipality, also a former one. Null on a day on which it did not exist; `NOT_FOUND` for a code that never
    /// was. NL: gemeente.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn municipality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The CBS code, as in `GM0402`. NL: gemeentecode.")] code: String,
        #[graphql(
            desc = "The day to tell of; by default today, or the last day of a former municipality. NL: peildatum."
        )]
        as_of: Option<NaiveDate>,
        #[graphql(
            name = "knownAt",
            desc = "Read what was known at this instant; for the whole operation. NL: bekend op."
        )]
        _known_at: Option<DateTime<Utc>>,
        #[graphql(
            name = "atLedger",
            desc = "Read what was known at this ledger number; for the whole operation. NL: stand van het grootboek."
        )]
        _at_ledger: Option<i64>,
    ) -> Result<Option<Municipality>> {
        let rows = loader::<TerritoryLoader>(ctx)?
            .municipalities()
            .await
            .map_err(Failure::from)?;
        let code = code.trim().to_ascii_uppercase();
        let own: Vec<_> = rows.iter().filter(|row| row.code == code).collect();
        if own.is_empty() {
            return Err(unknown_municipality(code, rows).into());
        }
        let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
        let found = match as_of {
            Some(day) => own
                .into_iter()
                .find(|row| holds(row.valid_from, row.valid_to, day)),
            None => own.into_iter().next_back(),
        };
        Ok(found.map(|row| Municipality::of(row, as_of.unwrap_or(today))))
    }

    /// The municipalities that exist on a day, by code. `NOT_FOUND` for an unknown area, `BAD_REQUEST` for a wrong page.
    /// NL: gemeenten.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn municipalities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day to tell of; by default today. NL: peildatum.")] as_of: Option<
            NaiveDate,
        >,
        #[graphql(desc = "Only members of this area, by code. NL: gebied.")] area: Option<String>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "knownAt",
            desc = "Read what was known at this instant; for the whole operation. NL: bekend op."
        )]
        _known_at: Option<DateTime<Utc>>,
        #[graphql(
            name = "atLedger",
            desc = "Read what was known at this ledger number; for the whole operation. NL: stand van het grootboek."
        )]
        _at_ledger: Option<i64>,
    ) -> Result<Connection<Municipality>> {
        let asked = PageAsked::parse(first, after)?;
        let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
        let as_of = as_of.unwrap_or(today);
        let loader = loader::<TerritoryLoader>(ctx)?;
        let rows = loader.municipalities().await.map_err(Failure::from)?;
        let mut members = None;
        if let Some(area) = area {
            let area = find_area(loader, &area, None).await?;
            let memberships = loader.memberships().await.map_err(Failure::from)?;
            let of_area = memberships
                .iter()
                .filter(|row| row.area == area.code && holds(row.valid_from, row.valid_to, as_of));
            members = Some(
                of_area
                    .map(|row| row.municipality.as_str())
                    .collect::<Vec<_>>(),
            );
        }
        let items = rows
            .iter()
            .filter(|row| holds(row.valid_from, row.valid_to, as_of))
            .filter(|row| {
                members
                    .as_ref()
                    .is_none_or(|members| members.contains(&row.code.as_str()))
            })
            .map(|row| (row.code.clone(), Municipality::of(row, as_of)))
            .collect();
        Ok(Connection::of_whole(items, &asked)?)
    }

    /// The 25 safety regions, by code. NL: veiligheidsregio's.
    #[graphql(complexity = "1 + 25 * child_complexity")]
    async fn regions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day to tell of; by default today. NL: peildatum.")] as_of: Option<
            NaiveDate,
        >,
        #[graphql(
            name = "knownAt",
            desc = "Read what was known at this instant; for the whole operation. NL: bekend op."
        )]
        _known_at: Option<DateTime<Utc>>,
        #[graphql(
            name = "atLedger",
            desc = "Read what was known at this ledger number; for the whole operation. NL: stand van het grootboek."
        )]
        _at_ledger: Option<i64>,
    ) -> Result<Vec<Area>> {
        let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
        let areas = loader::<TerritoryLoader>(ctx)?
            .areas()
            .await
            .map_err(Failure::from)?;
        Ok(areas
            .iter()
            .filter(|area| area.kind == "SAFETY_REGION")
            .map(|area| Area::of(area, as_of.unwrap_or(today)))
            .collect())
    }

    /// One safety region. `NOT_FOUND` for an unknown code. NL: veiligheidsregio.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn region(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code, as in `VR14`. NL: regiocode.")] code: String,
        #[graphql(desc = "The day to tell of; by default today. NL: peildatum.")] as_of: Option<
            NaiveDate,
        >,
        #[graphql(
            name = "knownAt",
            desc = "Read what was known at this instant; for the whole operation. NL: bekend op."
        )]
        _known_at: Option<DateTime<Utc>>,
        #[graphql(
            name = "atLedger",
            desc = "Read what was known at this ledger number; for the whole operation. NL: stand van het grootboek."
        )]
        _at_ledger: Option<i64>,
    ) -> Result<Option<Area>> {
        let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
        let area = find_area(
            loader::<TerritoryLoader>(ctx)?,
            &code,
            Some("SAFETY_REGION"),
        )
        .await?;
        Ok(Some(Area::of(area, as_of.unwrap_or(today))))
    }
}

/// A municipality by its code, for `node` and for links; the latest period of a code that returned.
pub(crate) async fn find_municipality(
    ctx: &Context<'_>,
    code: &str,
) -> Result<Option<Municipality>> {
    let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
    let rows = loader::<TerritoryLoader>(ctx)?
        .municipalities()
        .await
        .map_err(Failure::from)?;
    Ok(rows
        .iter()
        .rfind(|row| row.code == code)
        .map(|row| Municipality::of(row, today)))
}

/// A municipality by its code, or the error that says which codes look like it.
pub(crate) async fn known_municipality(ctx: &Context<'_>, code: &str) -> Result<Municipality> {
    let code = code.trim().to_ascii_uppercase();
    match find_municipality(ctx, &code).await? {
        Some(found) => Ok(found),
        None => {
            let rows = loader::<TerritoryLoader>(ctx)?
                .municipalities()
                .await
                .map_err(Failure::from)?;
            Err(unknown_municipality(code, rows).into())
        }
    }
}

/// How many municipalities exist on a day.
pub(crate) async fn count_on(ctx: &Context<'_>, day: NaiveDate) -> Result<i64> {
    let rows = loader::<TerritoryLoader>(ctx)?
        .municipalities()
        .await
        .map_err(Failure::from)?;
    let exist = rows
        .iter()
        .filter(|row| holds(row.valid_from, row.valid_to, day));
    Ok(i64::try_from(exist.count())?)
}

/// An area by its code, for `node`.
pub(crate) async fn find_area_node(ctx: &Context<'_>, code: &str) -> Result<Option<Area>> {
    let today = asking(ctx)?.session().await.map_err(Failure::from)?.today();
    let areas = loader::<TerritoryLoader>(ctx)?
        .areas()
        .await
        .map_err(Failure::from)?;
    Ok(areas
        .iter()
        .find(|area| area.code == code)
        .map(|row| Area::of(row, today)))
}

fn unknown_municipality(code: String, rows: &[municipality::Model]) -> Failure {
    let by_name = rows
        .iter()
        .filter(|row| row.name.eq_ignore_ascii_case(&code) || row.label.eq_ignore_ascii_case(&code))
        .map(|row| row.code.clone());
    let mut hints: Vec<String> = by_name.collect();
    if hints.is_empty() {
        hints = did_you_mean(&code, rows.iter().map(|row| row.code.as_str()));
    }
    Failure::Unknown {
        what: ("gemeente", "municipality"),
        code,
        did_you_mean: hints,
    }
}

async fn find_area<'a>(
    loader: &'a TerritoryLoader,
    code: &str,
    kind: Option<&str>,
) -> Result<&'a area::Model> {
    let code = code.trim().to_ascii_uppercase();
    let areas = loader.areas().await.map_err(Failure::from)?;
    let mut fitting = areas
        .iter()
        .filter(|area| kind.is_none_or(|kind| area.kind == kind));
    match fitting.clone().find(|area| area.code == code) {
        Some(area) => Ok(area),
        None => Err(Failure::Unknown {
            what: ("gebied", "area"),
            did_you_mean: did_you_mean(&code, fitting.by_ref().map(|area| area.code.as_str())),
            code,
        }
        .into()),
    }
}
