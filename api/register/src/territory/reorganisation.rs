//! `Reorganisation` and `PlannedReorganisation`.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use chrono::NaiveDate;
use domain::territory::{codes::ReorganisationKind, rules::holds};
use entity::{planned_reorganisation, reorganisation};
use graphql::{
    coded::{self, Coded},
    date::Date,
    day::OnDay,
    error::Failure,
    index::index_of_shared,
    text::LocalizedText,
};

use super::{lookup::MunicipalityByCode, municipality::Municipality};
use crate::sources::schema::Source;

/// A municipality going over into another, wholly or in part. NL: herindeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Reorganisation {
    /// The first day of the new situation. NL: ingangsdatum.
    effective_on: Date,
    /// The kind. NL: soort.
    kind: Coded<ReorganisationKind>,
    /// The code of the municipality that went over, also where the records do not hold it. NL: code
    /// van de voorganger.
    predecessor_code: String,
    /// The code of the municipality that took it in, also where the records do not hold it. NL:
    /// code van de opvolger.
    successor_code: String,
    /// Whether it was the largest of those that went over into the successor, so that its policy
    /// counts there for a time; null where nobody said. NL: grootste voorganger.
    is_largest: Option<bool>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl Reorganisation {
    /// The municipality that went over, as it was on the day before; null when the records do not
    /// hold it. NL: voorganger.
    async fn predecessor(&self, ctx: &Context<'_>) -> Result<Option<OnDay<Municipality>>> {
        let before = self
            .effective_on
            .0
            .pred_opt()
            .unwrap_or(self.effective_on.0);
        on_day(ctx, &self.predecessor_code, before).await
    }

    /// The municipality that took it in, as it was on the first day; null when the records do not
    /// hold it. NL: opvolger.
    async fn successor(&self, ctx: &Context<'_>) -> Result<Option<OnDay<Municipality>>> {
        on_day(ctx, &self.successor_code, self.effective_on.0).await
    }
}

async fn on_day(
    ctx: &Context<'_>,
    code: &str,
    day: NaiveDate,
) -> Result<Option<OnDay<Municipality>>> {
    let periods = index_of_shared::<MunicipalityByCode>(ctx).await?;
    let mut own = periods.rows_of(code);
    let found = own.find(|row| holds(row.valid_from, row.valid_to, day));
    Ok(found.map(|row| OnDay::new(day, Municipality::of(row, day))))
}

impl Reorganisation {
    pub(super) fn of(row: &reorganisation::Model) -> Result<Self> {
        Ok(Self {
            effective_on: Date(row.effective_on),
            kind: Coded(coded::of_row(&row.kind)?),
            predecessor_code: row.predecessor.clone(),
            successor_code: row.successor.clone(),
            is_largest: row.is_largest,
            source: crate::source_of!(row),
        })
    }
}

/// A reorganisation that was announced and has not happened: it changes no municipality, no
/// membership and no count. NL: voorgenomen herindeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct PlannedReorganisation {
    /// The first day of the new situation as announced. NL: voorgenomen ingangsdatum.
    effective_on: Date,
    /// The kind. NL: soort.
    kind: Coded<ReorganisationKind>,
    /// The code of the municipality that would go over. NL: code van de voorganger.
    predecessor_code: String,
    /// The code of the municipality that would take it in. NL: code van de opvolger.
    successor_code: String,
    /// Where this stands; its note says how far it is. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl PlannedReorganisation {
    /// The municipality that would go over, as it is on the day before; null when the records do
    /// not hold it. NL: voorganger.
    async fn predecessor(&self, ctx: &Context<'_>) -> Result<Option<OnDay<Municipality>>> {
        let before = self
            .effective_on
            .0
            .pred_opt()
            .unwrap_or(self.effective_on.0);
        on_day(ctx, &self.predecessor_code, before).await
    }

    /// The municipality that would take it in, as it is on the day before; null when the records do
    /// not hold it, as a new one. NL: opvolger.
    async fn successor(&self, ctx: &Context<'_>) -> Result<Option<OnDay<Municipality>>> {
        let before = self
            .effective_on
            .0
            .pred_opt()
            .unwrap_or(self.effective_on.0);
        on_day(ctx, &self.successor_code, before).await
    }
}

impl PlannedReorganisation {
    pub(super) fn of(row: &planned_reorganisation::Model) -> Result<Self> {
        Ok(Self {
            effective_on: Date(row.effective_on),
            kind: Coded(coded::of_row(&row.kind)?),
            predecessor_code: row.predecessor.clone(),
            successor_code: row.successor.clone(),
            source: crate::source_of!(row),
        })
    }
}

/// Which reorganisations to list; all conditions hold together. NL: filter op herindelingen.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct ReorganisationFilter {
    /// Only those in which this municipality went over or took in, by CBS code. NL: gemeente.
    pub(super) municipality: Option<String>,
    /// Only those in effect on this day or later. From 1950-01-01 to 2099-12-31. NL: vanaf.
    pub(super) from: Option<Date>,
    /// Only those in effect on this day or earlier. From 1950-01-01 to 2099-12-31. NL: tot en met.
    pub(super) last_day: Option<Date>,
}

impl ReorganisationFilter {
    /// Whether the period ends before it begins.
    pub(super) fn check(&self) -> std::result::Result<(), Failure> {
        match (self.from, self.last_day) {
            (Some(from), Some(last)) if last < from => Err(Failure::BadRequest(
                LocalizedText::new("`lastDay` ligt vóór `from`.", "`lastDay` is before `from`."),
            )),
            _ => Ok(()),
        }
    }

    /// Whether a reorganisation is one of those, its municipality written as codes are.
    pub(super) fn holds_for(&self, row: &reorganisation::Model) -> bool {
        self.municipality
            .as_ref()
            .is_none_or(|code| row.predecessor == *code || row.successor == *code)
            && self.from.is_none_or(|from| from <= row.effective_on)
            && self.last_day.is_none_or(|last| row.effective_on <= last.0)
    }
}
