//! What an action reached and must keep to: obligations, activities, results, and where a letter
//! tells of it.

use async_graphql::{ComplexObject, Context, Result, SimpleObject};
use chrono::Datelike as _;
use domain::plan::{
    codes::{ActivityKind, ObligationKind, ObligationState, Qualifier, ResultKind},
    timeline,
};
use entity::{action_reference, action_result, activity, obligation};
use graphql::{
    coded::Coded,
    index::index,
    known::known,
    text::{LocalizedText, TextState},
};
use sea_orm::prelude::Uuid;

use super::{
    lookup::{ActivityByAction, TextById},
    schema::{MonitoringRound, closed_round},
};
use crate::{partners::schema::Organisation, sources::schema::Source};

/// The text that a fact keeps apart; null when it has none or when it was blanked.
pub async fn public_text(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<String>> {
    // Read also where there is no text, so that a list costs the same for any of its rows.
    let texts = index::<TextById>(ctx).await?;
    let text = id.and_then(|id| texts.first_of(id));
    Ok(text.and_then(|text| text.body.clone()))
}

/// The words that somebody wrote: those of a data file, and of before they were kept apart, stand in
/// the fact itself.
pub async fn words(
    ctx: &Context<'_>,
    of_fact: Option<&str>,
    apart: Option<Uuid>,
) -> Result<Option<String>> {
    if of_fact.is_some() || apart.is_none() {
        return Ok(of_fact.map(str::to_owned));
    }
    public_text(ctx, apart).await
}

/// Whether the text that a fact keeps apart is there, was blanked, or never was.
pub async fn text_state(ctx: &Context<'_>, id: Option<Uuid>) -> Result<TextState> {
    let is_there = public_text(ctx, id).await?.is_some();
    Ok(TextState::of(id.is_some(), is_there))
}

/// One year of an obligation. NL: jaar van een verplichting.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ObligationYear {
    /// The year. NL: jaar.
    year: i32,
    /// Whether anything is reported. NL: stand.
    state: Coded<ObligationState>,
    /// What is reported of that year. NL: activiteiten.
    activities: Vec<Activity>,
}

/// A figure that an action must keep to. NL: verplichting.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct Obligation {
    #[graphql(skip)]
    action: (String, i32),
    /// What it asks; null for a kind that this version does not know. NL: soort.
    kind: Option<Coded<ObligationKind>>,
    /// The figure: a minimum per year, or the norm. NL: waarde.
    value: i32,
    /// The unit. NL: eenheid.
    unit: LocalizedText,
    /// What the source says: verbatim in Dutch, translated by us. NL: tekst.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&obligation::Model> for Obligation {
    fn from(row: &obligation::Model) -> Self {
        Self {
            action: (row.plan.clone(), row.number),
            kind: ObligationKind::from_code(&row.kind).map(Into::into),
            value: row.value,
            unit: LocalizedText::new(&row.unit_nl, &row.unit_en),
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: crate::source_of!(row),
        }
    }
}

#[ComplexObject]
impl Obligation {
    /// What is reported of each year of the plan; empty for a norm of service. NL: per jaar.
    #[graphql(complexity = "1 + 4 * child_complexity")]
    async fn years(&self, ctx: &Context<'_>) -> Result<Vec<ObligationYear>> {
        let activities = index::<ActivityByAction>(ctx).await?;
        if self.kind != Some(ObligationKind::TimesPerYear.into()) {
            return Ok(Vec::new());
        }
        let in_year = |row: &activity::Model, year: i32| {
            row.date_earliest.is_some_and(|day| day.year() == year)
                && row.date_latest.is_some_and(|day| day.year() == year)
        };
        let (plan, number) = &self.action;
        Ok(timeline::YEARS
            .map(|year| {
                let found: Vec<Activity> = activities
                    .rows_of((plan, *number))
                    .filter(|row| row.kind == "ACTION_DAY" && in_year(row, year))
                    .map(Activity::from)
                    .collect();
                ObligationYear {
                    year,
                    state: if found.is_empty() {
                        ObligationState::NotReported.into()
                    } else {
                        ObligationState::Reported.into()
                    },
                    activities: found,
                }
            })
            .collect())
    }
}

/// Something that was held or done, or is planned, for an action. NL: activiteit.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Activity {
    /// What it was; null for a kind that this version does not know. NL: soort.
    kind: Option<Coded<ActivityKind>>,
    /// Where, as printed in Dutch; null when the source does not say. NL: plaats.
    place: Option<String>,
    /// For whom, as printed in Dutch; null when the source does not say. NL: doelgroep.
    audience: Option<String>,
    /// When, as printed in Dutch; null when the source does not say. NL: datum zoals gedrukt.
    date_text: Option<String>,
    /// What the source says: verbatim in Dutch, translated by us. NL: tekst.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&activity::Model> for Activity {
    fn from(row: &activity::Model) -> Self {
        Self {
            kind: ActivityKind::from_code(&row.kind).map(Into::into),
            place: row.place_nl.clone(),
            audience: row.audience_nl.clone(),
            date_text: row.date_text.clone(),
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: crate::source_of!(row),
        }
    }
}

/// What an action reached, as a figure or in words. NL: resultaat.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct ActionResult {
    #[graphql(skip)]
    text: Option<Uuid>,
    #[graphql(skip)]
    translation: String,
    #[graphql(skip)]
    plan_key: String,
    #[graphql(skip)]
    round_key: Option<String>,
    /// The place within the action, from 1. NL: volgorde.
    position: i32,
    /// What it is; null for a kind that this version does not know. NL: soort.
    kind: Option<Coded<ResultKind>>,
    /// The figure, or the lower end of a range; null in words. NL: waarde.
    value: Option<i32>,
    /// The upper end of a range; null without one. NL: bovengrens.
    value_to: Option<i32>,
    /// How sure the figure is. NL: nauwkeurigheid.
    qualifier: Coded<Qualifier>,
    /// The qualifier as printed in Dutch, as in `ruim`; null without one. NL: nauwkeurigheid zoals
    /// gedrukt.
    qualifier_text: Option<String>,
    /// What the figure counts; null in words. NL: eenheid.
    unit: Option<LocalizedText>,
    /// Who reported it here: the partner that owns the action, or the ministry; null for a result
    /// that was taken over from a document. NL: gerapporteerd door.
    reported_by: Option<Organisation>,
    /// The ledger number of the result: hand it over as `expectedVersion`. NL: nummer in het
    /// grootboek.
    ledger: i64,
    /// The document that says so; null when none does: then `reportedBy` is the source. NL: bron.
    source: Option<Source>,
}

/// A result by its subject, as in `2024/33/2`.
pub(super) async fn find_result(ctx: &Context<'_>, subject: &str) -> Result<Option<ActionResult>> {
    let rows = known::<action_result::Entity>(ctx).await?;
    let row = rows.iter().find(|row| row.subject_key == subject);
    Ok(row.map(ActionResult::from))
}

#[ComplexObject]
impl ActionResult {
    /// The monitoring round that reported it; null when none did, or while it is open. NL:
    /// monitoringsronde.
    async fn round(&self, ctx: &Context<'_>) -> Result<Option<MonitoringRound>> {
        closed_round(ctx, &self.plan_key, self.round_key.as_deref()).await
    }

    /// What the source says, verbatim in Dutch; null when the text was blanked by law. NL: tekst
    /// van de bron.
    async fn explanation(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        public_text(ctx, self.text).await
    }

    /// What the source says: verbatim in Dutch, and in English our translation or the reporter's
    /// own; null when the text was blanked by law. NL: samenvatting.
    async fn summary(&self, ctx: &Context<'_>) -> Result<Option<LocalizedText>> {
        let dutch = public_text(ctx, self.text).await?;
        Ok(dutch.map(|nl| LocalizedText::new(nl, &self.translation)))
    }

    /// Whether that text is there or was blanked by law. NL: stand van de tekst.
    async fn explanation_state(&self, ctx: &Context<'_>) -> Result<TextState> {
        text_state(ctx, self.text).await
    }
}

impl From<&action_result::Model> for ActionResult {
    fn from(row: &action_result::Model) -> Self {
        let unit = row.unit_nl.as_ref().zip(row.unit_en.as_ref());
        Self {
            text: row.explanation_text,
            translation: row.summary_en.clone(),
            position: row.position,
            kind: ResultKind::from_code(&row.kind).map(Into::into),
            value: row.value,
            value_to: row.value_to,
            qualifier: Qualifier::from_code(&row.qualifier)
                .unwrap_or(Qualifier::None)
                .into(),
            qualifier_text: row.qualifier_text.clone(),
            unit: unit.map(|(nl, en)| LocalizedText::new(nl, en)),
            plan_key: row.plan.clone(),
            round_key: row.round.clone(),
            reported_by: row.reported_by.as_ref().map(Organisation::of),
            ledger: row.ledger_no,
            source: crate::source_of!(row),
        }
    }
}

/// Where a letter introduces an action or tells its reasons. NL: verwijzing naar een toelichting.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct ActionReference {
    /// The passage, verbatim in Dutch. NL: passage.
    text: String,
    /// The footnote that ties it to the action, as printed; null without one. NL: voetnoot.
    footnote: Option<String>,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

impl From<&action_reference::Model> for ActionReference {
    fn from(row: &action_reference::Model) -> Self {
        Self {
            text: row.text_nl.clone(),
            footnote: row.footnote.clone(),
            source: crate::source_of!(row),
        }
    }
}
