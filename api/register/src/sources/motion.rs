//! `Motion`: what the House of Representatives asked of the plan, and what answers it. Money in a
//! motion is never part of a sum: it was asked for, and not given.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::{
    sources::codes::{MotionKind, MotionOutcome},
    text::{Language, pick},
};
use entity::{motion, motion_answer};
use graphql::{
    coded::{self, Coded},
    id::{self, NodeKind},
    index::index,
    known::known,
    moment::Moment,
    page::{Connection, PageArgs, page_cost},
    text::LocalizedText,
};

use super::{
    lookup::{AnswerByAction, AnswerByMotion, MotionByKey},
    schema::Source,
};
use crate::plan::schema::{Action, PlanVersion, find_action, plan_of};

/// A motion, commitment, amendment or request in the House of Representatives: `kind` says which.
/// NL: motie, toezegging, amendement of verzoek.
#[derive(Debug, Clone)]
pub struct Motion {
    row: motion::Model,
}

/// A motion, commitment, amendment or request in the House of Representatives: `kind` says which.
/// NL: motie, toezegging, amendement of verzoek.
#[Object]
impl Motion {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::Motion, &self.row.key).await
    }

    /// The key, as in `motie-krul-bikker`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The kind. NL: soort.
    async fn kind(&self) -> Result<Coded<MotionKind>> {
        coded::of_row(&self.row.kind).map(Coded)
    }

    /// The kind in words. NL: label van de soort.
    async fn kind_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        Ok(pick(
            language.0,
            coded::of_row::<MotionKind>(&self.row.kind)?.label(),
        ))
    }

    /// The name. NL: naam.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// What became of it by the source. NL: uitkomst.
    async fn outcome(&self) -> Result<Coded<MotionOutcome>> {
        coded::of_row(&self.row.outcome).map(Coded)
    }

    /// The outcome in words. NL: label van de uitkomst.
    async fn outcome_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        Ok(pick(
            language.0,
            coded::of_row::<MotionOutcome>(&self.row.outcome)?.label(),
        ))
    }

    /// The parliamentary paper as printed, verbatim in Dutch; null when the source gives none. NL:
    /// kamerstuk.
    async fn reference(&self) -> Option<&str> {
        self.row.reference.as_deref()
    }

    /// What it asks, as far as the source tells. NL: verzoek.
    async fn asks(&self) -> LocalizedText {
        LocalizedText::new(&self.row.asks_nl, &self.row.asks_en)
    }

    /// Money that it asks for, in whole euros; never part of a sum. Null when it names no amount.
    /// NL: bedrag.
    async fn amount_euros(&self) -> Option<i32> {
        self.row.amount_euros
    }

    /// What answers it by the source, in the order of the source; empty when the source names
    /// nothing. NL: uitvoering.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn answers(&self, ctx: &Context<'_>) -> Result<Vec<MotionAnswer>> {
        let rows = index::<AnswerByMotion>(ctx).await?;
        Ok(rows
            .rows_of(&self.row.key)
            .map(MotionAnswer::from)
            .collect())
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

impl From<&motion::Model> for Motion {
    fn from(row: &motion::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// What answers a motion: an action, or a change of the plan as a whole. NL: uitvoering van een
/// motie.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(complex)]
pub(crate) struct MotionAnswer {
    #[graphql(skip)]
    row: motion_answer::Model,
    /// The place among the answers to the motion, from 1. NL: volgorde.
    position: i32,
    /// How it answers. NL: omschrijving.
    text: LocalizedText,
    /// Where this stands. NL: bron.
    source: Option<Source>,
}

#[async_graphql::ComplexObject]
impl MotionAnswer {
    /// The version of the plan in which it is answered. NL: planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<PlanVersion> {
        plan_of(ctx, &self.row.plan).await
    }

    /// The motion that it answers. NL: motie.
    async fn motion(&self, ctx: &Context<'_>) -> Result<Option<Motion>> {
        let rows = index::<MotionByKey>(ctx).await?;
        Ok(rows.first_of(&self.row.motion).map(Motion::from))
    }

    /// The action that answers it; null when the plan as a whole does. NL: actie.
    async fn action(&self, ctx: &Context<'_>) -> Result<Option<Action>> {
        match self.row.number {
            Some(number) => find_action(ctx, &format!("{}/{number}", self.row.plan)).await,
            None => Ok(None),
        }
    }
}

impl From<&motion_answer::Model> for MotionAnswer {
    fn from(row: &motion_answer::Model) -> Self {
        Self {
            position: row.position,
            text: LocalizedText::new(&row.text_nl, &row.text_en),
            source: crate::source_of!(row),
            row: row.clone(),
        }
    }
}

/// The motions that an action answers, for `Action`.
pub(crate) async fn of_action(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<MotionAnswer>> {
    let rows = index::<AnswerByAction>(ctx).await?;
    Ok(rows
        .rows_of((plan, Some(number)))
        .map(MotionAnswer::from)
        .collect())
}

/// Queries of what parliament asked.
#[derive(Default)]
pub struct MotionQuery;

#[Object]
impl MotionQuery {
    /// What the House of Representatives asked of the plan or was promised, by key, with what
    /// answers it; a rejected amendment too, which is no motion and gives no money. `BAD_REQUEST`
    /// for a wrong page. NL: moties, toezeggingen, amendementen en verzoeken.
    #[graphql(complexity = "page_cost(first, child_complexity)")]
    async fn motions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Items on the page, 1 to 100; by default 50. NL: aantal per pagina.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor to go on after. NL: na cursor.")] after: Option<String>,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Connection<Motion>>> {
        let requested = PageArgs::parse(ctx, first, after)?;
        let rows = known::<motion::Entity>(ctx).await?;
        let items = rows
            .iter()
            .map(|row| (row.key.clone(), Motion::from(row)))
            .collect();
        Ok(Some(Connection::of_whole(items, &requested)?))
    }
}
