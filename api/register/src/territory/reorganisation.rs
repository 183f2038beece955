//! `Reorganisation` and `PlannedReorganisation`.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use chrono::NaiveDate;
use domain::territory::{codes::ReorganisationKind, rules::holds};
use entity::{municipality, planned_reorganisation, reorganisation};
use graphql::{
    coded::{self, Coded},
    day::OnDay,
    error::Failure,
    known::known,
    text::LocalizedText,
};

use super::municipality::Municipality;
use crate::sources::schema::Source;

/// A municipality going over into another, wholly or in part. NL: herindeling.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Reorganisation {
    /// The first day of the new situation. NL: ingangsdatum.
    effective_on: NaiveDate,
    /// The kind. NL: soort.
    kind: Coded<ReorganisationKind>,
    /// The code of the municipality that went over. NL: voorganger.
    predecessor: String,
    /// The code of the municipality that took it in. NL: opvolger.
    successor: String,
    /// Whether it was the largest of those that went over into the successor, so that its policy
    /// counts there for a time; null where nobody said. NL: grootste voorganger.
    is_largest: Option<bool>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl Reorganisation {
    /// The municipality that went over, as it was on the day before; null when the records do not
    /// hold it. NL: gemeente die opging.
    async fn predecessor_municipality(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<OnDay<Municipality>>> {
        let before = self.effective_on.pred_opt().unwrap_or(self.effective_on);
        on_day(ctx, &self.predecessor, before).await
    }

    /// The municipality that took it in, as it was on the first day; null when the records do not
    /// hold it. NL: gemeente die overnam.
    async fn successor_municipality(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<OnDay<Municipality>>> {
        on_day(ctx, &self.successor, self.effective_on).await
    }
}

async fn on_day(
    ctx: &Context<'_>,
    code: &str,
    day: NaiveDate,
) -> Result<Option<OnDay<Municipality>>> {
    let rows = known::<municipality::Entity>(ctx).await?;
    let found = rows
        .iter()
        .find(|row| row.code == code && holds(row.valid_from, row.valid_to, day));
    Ok(found.map(|row| OnDay::new(day, Municipality::of(row, day))))
}

impl Reorganisation {
    pub(super) fn of(row: &reorganisation::Model) -> Result<Self> {
        Ok(Self {
            effective_on: row.effective_on,
            kind: Coded(coded::of_row(&row.kind)?),
            predecessor: row.predecessor.clone(),
            successor: row.successor.clone(),
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
    effective_on: NaiveDate,
    /// The kind. NL: soort.
    kind: Coded<ReorganisationKind>,
    /// The code of the municipality that would go over. NL: voorganger.
    predecessor: String,
    /// The code of the municipality that would take it in. NL: opvolger.
    successor: String,
    /// Where this stands; its note says how far it is. NL: bron.
    source: Option<Source>,
}

#[ComplexObject]
impl PlannedReorganisation {
    /// The municipality that would go over, as it is on the day before; null when the records do
    /// not hold it. NL: gemeente die zou opgaan.
    async fn predecessor_municipality(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<OnDay<Municipality>>> {
        let before = self.effective_on.pred_opt().unwrap_or(self.effective_on);
        on_day(ctx, &self.predecessor, before).await
    }

    /// The municipality that would take it in, as it is on the day before; null when the records do
    /// not hold it, as a new one. NL: gemeente die zou overnemen.
    async fn successor_municipality(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<OnDay<Municipality>>> {
        let before = self.effective_on.pred_opt().unwrap_or(self.effective_on);
        on_day(ctx, &self.successor, before).await
    }
}

impl PlannedReorganisation {
    pub(super) fn of(row: &planned_reorganisation::Model) -> Result<Self> {
        Ok(Self {
            effective_on: row.effective_on,
            kind: Coded(coded::of_row(&row.kind)?),
            predecessor: row.predecessor.clone(),
            successor: row.successor.clone(),
            source: crate::source_of!(row),
        })
    }
}

/// Which reorganisations to list; all conditions hold together. NL: filter op herindelingen.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct ReorganisationFilter {
    /// Only those in which this municipality went over or took in, by CBS code. NL: gemeente.
    pub(super) municipality: Option<String>,
    /// Only those in effect on this day or later. NL: vanaf.
    pub(super) from: Option<NaiveDate>,
    /// Only those in effect on this day or earlier. NL: tot en met.
    pub(super) to: Option<NaiveDate>,
}

impl ReorganisationFilter {
    /// Whether the period ends before it begins.
    pub(super) fn check(&self) -> std::result::Result<(), Failure> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if to < from => Err(Failure::BadRequest(LocalizedText::new(
                "`to` ligt vóór `from`.",
                "`to` is before `from`.",
            ))),
            _ => Ok(()),
        }
    }

    /// Whether a reorganisation is one of those, its municipality written as codes are.
    pub(super) fn holds_for(&self, row: &reorganisation::Model) -> bool {
        self.municipality
            .as_ref()
            .is_none_or(|code| row.predecessor == *code || row.successor == *code)
            && self.from.is_none_or(|from| from <= row.effective_on)
            && self.to.is_none_or(|to| row.effective_on <= to)
    }
}
