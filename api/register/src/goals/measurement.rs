//! Measurements: baselines, and what came after them.

use async_graphql::{Context, ID, Object, Result};
use entity::measurement;
use graphql::{
    coded::{self, Coded},
    context::today,
    date::Date,
    id::{self, NodeKind},
    index::index,
    text::{LocalizedText, TextState},
};

use super::{
    goal::OperationalGoal,
    lookup::{GoalByNumber, MeasurementByKey},
};
use crate::{
    partners::schema::Organisation,
    plan::schema::{Action, find_action, public_text, text_state},
    sources::schema::Source,
};
use domain::goals::{
    codes::{MeasurementKind, MeasurementState},
    rules::Measured,
};

/// A measurement of one group, or of no group in particular. NL: meting.
#[derive(Debug, Clone)]
pub struct Measurement {
    row: measurement::Model,
    kind: MeasurementKind,
    state: MeasurementState,
}

impl Measurement {
    pub(crate) fn of(row: &measurement::Model) -> Result<Self> {
        Ok(Self {
            kind: coded::of_row(&row.kind)?,
            state: coded::of_row(&row.state)?,
            row: row.clone(),
        })
    }

    pub(super) fn target(&self) -> Option<i32> {
        self.row.target
    }

    pub(super) fn plain(&self) -> Measured<'_> {
        let row = &self.row;
        Measured {
            target: row.target,
            kind: self.kind,
            state: self.state,
            group: row.group_nl.as_deref(),
            unit: row.unit_nl.as_deref(),
            value: row.value.map(i64::from),
            on: row.measured_on,
        }
    }
}

/// A measurement by its key.
pub async fn find_measurement(ctx: &Context<'_>, key: &str) -> Result<Option<Measurement>> {
    let rows = index::<MeasurementByKey>(ctx).await?;
    let row = rows.first_of(key);
    row.map(Measurement::of).transpose()
}

/// A text of both languages that may be absent; with one language alone it is told in both.
fn both(nl: Option<&String>, en: Option<&String>) -> Option<LocalizedText> {
    let nl = nl.or(en)?;
    Some(LocalizedText::new(nl, en.unwrap_or(nl)))
}

/// A measurement of one group, or of no group in particular. NL: meting.
#[Object]
impl Measurement {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Measurement, &self.row.key).await
    }

    /// The key, as in `nulmeting-schoolwerkers`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// Which measurement it is. NL: soort meting.
    async fn kind(&self) -> Coded<MeasurementKind> {
        self.kind.into()
    }

    /// How far it is. NL: stand.
    async fn state(&self) -> Coded<MeasurementState> {
        self.state.into()
    }

    /// The group that is measured, as printed; null when the source names none. NL: groep.
    async fn group(&self) -> Option<LocalizedText> {
        both(self.row.group_nl.as_ref(), self.row.group_en.as_ref())
    }

    /// The figure, in `unit`; null while it is not reported. NL: waarde.
    async fn value(&self) -> Option<i32> {
        self.row.value
    }

    /// What the figure counts; null when there is none. NL: eenheid.
    async fn unit(&self) -> Option<LocalizedText> {
        both(self.row.unit_nl.as_ref(), self.row.unit_en.as_ref())
    }

    /// The day of the measurement; null when the source prints none. NL: meetdatum.
    async fn measured_on(&self) -> Option<Date> {
        self.row.measured_on.map(Date)
    }

    /// The date as printed; null when the source prints none. NL: datum zoals gedrukt.
    async fn date_text(&self) -> Option<&str> {
        self.row.date_text.as_deref()
    }

    /// The words of the source, verbatim in Dutch; null when they were taken away. NL: toelichting.
    async fn text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        public_text(ctx, self.row.explanation_text).await
    }

    /// Whether those words are there or were blanked by law. NL: stand van de toelichting.
    async fn text_state(&self, ctx: &Context<'_>) -> Result<TextState> {
        text_state(ctx, self.row.explanation_text).await
    }

    /// The same in English: our translation, or the reporter's own words. NL: vertaling.
    async fn translation(&self) -> &str {
        &self.row.summary_en
    }

    /// The action that measures; null when the source names none. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        // Asked whether there is one or not, so that a list costs the same for any of its rows.
        let number = self.row.action.unwrap_or_default();
        find_action(ctx, &format!("{}/{number}", self.row.plan)).await
    }

    /// The goal that it is of; null when the source ties it to none. NL: doel.
    async fn goal(&self, ctx: &Context<'_>) -> Result<Option<OperationalGoal>> {
        let row = &self.row;
        let day = today(ctx).await?;
        let goals = index::<GoalByNumber>(ctx).await?;
        let own = row
            .line
            .zip(row.goal)
            .and_then(|(line, goal)| goals.first_of((&row.plan, line, goal)));
        Ok(own.map(|goal| OperationalGoal::of(goal, day)))
    }

    /// The target of that goal, by number from 1; null when the source ties it to none. NL:
    /// streefwaarde.
    async fn target_number(&self) -> Option<i32> {
        self.row.target
    }

    /// Who reported it here: the partner that owns the action, or the ministry; null for a
    /// measurement that was taken over from a document. NL: gerapporteerd door.
    async fn reported_by(&self) -> Option<Organisation> {
        self.row.reported_by.as_ref().map(Organisation::of)
    }

    /// The ledger number of the measurement: hand it over as `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// The document that says so; null when none does: then `reportedBy` is the source. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
