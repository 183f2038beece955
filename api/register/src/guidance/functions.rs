//! `FunctionRole`, `FunctionAssignment`, and the functions that serve an area.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::{
    guidance::codes::{
        AreaFunctionBasis, AssignmentAnswer, AssignmentCounts, FunctionCode, FunctionLevel,
    },
    territory::rules::holds,
    text::{Language, pick},
};
use entity::{function_assignment, function_role};
use graphql::{
    coded::{self, Coded},
    date::Date,
    id::{self, NodeKind},
    known::known,
    text::LocalizedText,
};

use super::schema::function_of;
use crate::{
    partners::schema::{Partner, find_partner},
    plan::schema::words,
    sources::schema::Source,
    territory::schema::{Area, Municipality, find_area_node, find_municipality},
};

/// A function: what it does, what it does not do, and who fills it. NL: functie.
#[derive(Debug, Clone)]
pub struct FunctionRole {
    row: function_role::Model,
    /// The day on which its assignments are told.
    as_of: NaiveDate,
}

impl FunctionRole {
    pub(crate) fn of(row: &function_role::Model, as_of: NaiveDate) -> Self {
        Self {
            row: row.clone(),
            as_of,
        }
    }
}

/// A function: what it does, what it does not do, and who fills it. NL: functie.
#[Object]
impl FunctionRole {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id_on(ctx, NodeKind::FunctionRole, &self.row.code, self.as_of).await
    }

    /// The code. NL: code.
    async fn code(&self) -> Result<Coded<FunctionCode>> {
        coded::of_row(&self.row.code).map(Coded)
    }

    /// The name. NL: naam.
    async fn title(&self) -> LocalizedText {
        LocalizedText::new(&self.row.title_nl, &self.row.title_en)
    }

    /// The level at which it works. NL: niveau.
    async fn level(&self) -> Result<Coded<FunctionLevel>> {
        coded::of_row(&self.row.level).map(Coded)
    }

    /// The level at which it works, in words. NL: niveau in woorden.
    async fn level_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let level: FunctionLevel = coded::of_row(&self.row.level)?;
        Ok(pick(language.0, level.label()))
    }

    /// What it does, by the policy of one region. NL: taken.
    async fn does(&self) -> LocalizedText {
        LocalizedText::new(&self.row.does_nl, &self.row.does_en)
    }

    /// What it does not do; null where the source names nothing, which does not say that it does
    /// everything. NL: wat de functie niet doet.
    async fn does_not(&self) -> Option<LocalizedText> {
        let texts = self
            .row
            .does_not_nl
            .as_ref()
            .zip(self.row.does_not_en.as_ref());
        texts.map(|(nl, en)| LocalizedText::new(nl, en))
    }

    /// Who fills it, as far as the sources tell, on the day asked for, by key. NL: invullingen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn assignments(&self, ctx: &Context<'_>) -> Result<Vec<FunctionAssignment>> {
        let rows = known::<function_assignment::Entity>(ctx).await?;
        Ok(rows
            .iter()
            .filter(|row| row.role == self.row.code)
            .filter(|row| holds(row.valid_from, row.valid_to, self.as_of))
            .map(|row| FunctionAssignment::of(row, self.as_of))
            .collect())
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// Who fills a function: an organisation or a team, never a person. NL: invulling van een functie.
#[derive(Debug, Clone)]
pub struct FunctionAssignment {
    row: function_assignment::Model,
    as_of: NaiveDate,
}

impl FunctionAssignment {
    pub(super) fn of(row: &function_assignment::Model, as_of: NaiveDate) -> Self {
        Self {
            row: row.clone(),
            as_of,
        }
    }

    fn holds_for(&self) -> AssignmentCounts {
        match (&self.row.municipality, &self.row.area) {
            (Some(_), _) => AssignmentCounts::Municipality,
            (None, Some(_)) => AssignmentCounts::Area,
            (None, None) => AssignmentCounts::Nobody,
        }
    }
}

/// Who fills a function: an organisation or a team, never a person. NL: invulling van een functie.
#[Object]
impl FunctionAssignment {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id_on(ctx, NodeKind::FunctionAssignment, &self.row.key, self.as_of).await
    }

    /// The key, as in `chain-coordinator-midden-nederland`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The function. NL: functie.
    async fn function(&self, ctx: &Context<'_>) -> Result<FunctionRole> {
        function_of(ctx, &self.row.role, self.as_of).await
    }

    /// The area that it is for; null when it is for a municipality, or the source names none. NL:
    /// gebied.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        find_area_node(ctx, self.row.area.as_deref().unwrap_or_default()).await
    }

    /// The municipality that it is for; null when it is for an area, or the source does not name
    /// it. NL: gemeente.
    async fn municipality(&self, ctx: &Context<'_>) -> Result<Option<Municipality>> {
        find_municipality(ctx, self.row.municipality.as_deref().unwrap_or_default()).await
    }

    /// For whom it counts. NL: geldt voor.
    async fn counts_for(&self) -> Coded<AssignmentCounts> {
        self.holds_for().into()
    }

    /// Why it counts for nobody; null when it counts for an area or a municipality. NL: reden.
    async fn reason(&self) -> Option<LocalizedText> {
        match self.holds_for() {
            AssignmentCounts::Nobody => Some(LocalizedText::new(
                "De bron noemt niet om welke gemeente het gaat. Deze invulling telt daarom voor \
                 niemand mee.",
                "The source does not name the municipality. This assignment therefore counts for \
                 nobody.",
            )),
            AssignmentCounts::Area | AssignmentCounts::Municipality => None,
        }
    }

    /// The organisation or team that fills it, verbatim in Dutch. NL: organisatie.
    async fn organisation(&self) -> &str {
        &self.row.organisation_nl
    }

    /// That organisation as a partner; null when it is none. NL: partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>> {
        find_partner(ctx, self.row.partner.as_deref().unwrap_or_default()).await
    }

    /// Whether whoever fills it was trained. NL: getraind.
    async fn trained(&self) -> Result<Coded<AssignmentAnswer>> {
        coded::of_row(&self.row.trained).map(Coded)
    }

    /// Whether there is enough time for it. NL: voldoende tijd.
    async fn enough_time(&self) -> Result<Coded<AssignmentAnswer>> {
        coded::of_row(&self.row.enough_time).map(Coded)
    }

    /// The first day on which it holds; null when no source prints one. NL: vanaf.
    async fn from(&self) -> Option<Date> {
        self.row.valid_from.map(Date)
    }

    /// The first day on which it no longer holds; null while no end is known. NL: tot.
    async fn until(&self) -> Option<Date> {
        self.row.valid_to.map(Date)
    }

    /// The number of its last entry in the ledger, for `expectedVersion`. NL: nummer in het
    /// grootboek.
    async fn ledger(&self) -> i64 {
        self.row.ledger_no
    }

    /// The words of the source, verbatim in Dutch; null once they were blanked by law. NL: tekst
    /// van de bron.
    async fn text(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        words(ctx, self.row.text_nl.as_deref(), self.row.words_text).await
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// A function that serves an area. NL: functie in een gebied.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct AreaFunction {
    /// Whether the function is of this area or of a larger one. NL: grond.
    pub(super) basis: Coded<AreaFunctionBasis>,
    /// Who fills it. NL: invulling.
    pub(super) assignment: FunctionAssignment,
}

impl AreaFunction {
    /// The key of the assignment: an area has each once.
    pub(super) fn key(&self) -> &str {
        &self.assignment.row.key
    }
}
