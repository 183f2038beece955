//! The route for signals and the points where to turn. Information only.

use async_graphql::{Context, ID, Object, Result};
use domain::{
    guidance::codes::{FunctionCode, ReportingAudience, ReportingPointState},
    text::{Language, pick},
};
use entity::{reporting_point, reporting_step};
use graphql::{
    coded::{self, Coded},
    context::today,
    date::Date,
    id::{self, NodeKind},
    text::LocalizedText,
};

use super::{
    functions::FunctionRole,
    schema::{find_point, function_of},
};
use crate::{
    partners::schema::{Partner, find_partner, partner_of},
    sources::schema::Source,
};

/// A route by which people can bring a signal to the right place. It is information only: this
/// service takes no signals. NL: meldroute.
#[derive(Debug, Clone)]
pub struct ReportingRoute {
    pub(crate) key: String,
    /// Its steps and their branches, in order.
    pub(super) rows: Vec<reporting_step::Model>,
}

impl ReportingRoute {
    fn branches(&self, step: i32) -> Vec<ReportingStep> {
        let of_step = self.rows.iter();
        of_step
            .filter(|row| row.step == step && row.branch > 0)
            .map(|row| ReportingStep {
                row: row.clone(),
                branches: Vec::new(),
            })
            .collect()
    }
}

/// A route by which people can bring a signal to the right place. It is information only: this
/// service takes no signals. NL: meldroute.
#[Object]
impl ReportingRoute {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::ReportingRoute, &self.key).await
    }

    /// The key, as in `gooi-en-vechtstreek-professionals`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.key
    }

    /// What must be shown with the route: that nothing can be reported here. NL: mededeling.
    async fn notice(&self) -> LocalizedText {
        LocalizedText::new(
            "Alleen informatie: bij deze dienst kunt u geen signalen melden.",
            "Information only: this service takes no signals.",
        )
    }

    /// The steps, in their order. NL: stappen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn steps(&self) -> Vec<ReportingStep> {
        let steps = self.rows.iter().filter(|row| row.branch == 0);
        steps
            .map(|row| ReportingStep {
                row: row.clone(),
                branches: self.branches(row.step),
            })
            .collect()
    }
}

/// A step of a reporting route, or a branch of a step for one audience. NL: stap van de meldroute.
#[derive(Debug, Clone)]
pub(crate) struct ReportingStep {
    row: reporting_step::Model,
    branches: Vec<ReportingStep>,
}

/// A step of a reporting route, or a branch of a step for one audience. NL: stap van de meldroute.
#[Object]
impl ReportingStep {
    /// The number of the step, from 1. NL: stap.
    async fn number(&self) -> i32 {
        self.row.step
    }

    /// The branch within the step, from 1; 0 is the step itself. NL: vertakking.
    async fn branch(&self) -> i32 {
        self.row.branch
    }

    /// For whom it is; null when the source names nobody in particular. NL: doelgroep.
    async fn audience(&self) -> Option<LocalizedText> {
        let texts = self
            .row
            .audience_nl
            .as_ref()
            .zip(self.row.audience_en.as_ref());
        texts.map(|(nl, en)| LocalizedText::new(nl, en))
    }

    /// What to do, with our translation. NL: tekst van de bron.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// The functions to turn to. NL: functies om contact mee op te nemen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn contact_functions(&self, ctx: &Context<'_>) -> Result<Vec<FunctionRole>> {
        let day = today(ctx).await?;
        let mut functions = Vec::new();
        for code in &self.row.contact_roles {
            if FunctionCode::from_code(code).is_some() {
                functions.push(function_of(ctx, code, day).await?);
            }
        }
        Ok(functions)
    }

    /// The partners to turn to. NL: partners om contact mee op te nemen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn contact_partners(&self, ctx: &Context<'_>) -> Result<Vec<Partner>> {
        let mut partners = Vec::new();
        for key in &self.row.contact_roles {
            if FunctionCode::from_code(key).is_none() {
                partners.push(partner_of(ctx, key).await?);
            }
        }
        Ok(partners)
    }

    /// An address that the source prints; null when it prints none. It may have gone stale: see
    /// `reportingPoints`. NL: adres.
    async fn address(&self) -> Option<&str> {
        self.row.address.as_deref()
    }

    /// The branches of the step, in their order; empty for a branch. NL: vertakkingen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn branches(&self) -> &[ReportingStep] {
        &self.branches
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// A place where people can turn, as a source tells of it. NL: meldpunt.
#[derive(Debug, Clone)]
pub struct ReportingPoint {
    row: reporting_point::Model,
}

impl From<&reporting_point::Model> for ReportingPoint {
    fn from(row: &reporting_point::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// A place where people can turn, as a source tells of it. NL: meldpunt.
#[Object]
impl ReportingPoint {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::ReportingPoint, &self.row.key).await
    }

    /// The key, as in `wegwijzer-mensenhandel`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// The name. NL: naam.
    async fn name(&self) -> LocalizedText {
        LocalizedText::new(&self.row.name_nl, &self.row.name_en)
    }

    /// What it is for; our words after the source. NL: omschrijving.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// For whom it is; empty when the sources name no audience, which does not say that it is for
    /// nobody. NL: doelgroepen.
    async fn audiences(&self) -> Result<Vec<Coded<ReportingAudience>>> {
        let audiences = self.row.audiences.iter();
        audiences
            .map(|code| coded::of_row(code).map(Coded))
            .collect()
    }

    /// The partner behind it; null when no source names one. NL: partner.
    async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>> {
        find_partner(ctx, self.row.partner.as_deref().unwrap_or_default()).await
    }

    /// The https address; null where no source prints one. NL: adres.
    async fn address(&self) -> Option<&str> {
        self.row.address.as_deref()
    }

    /// How it stands. NL: stand.
    async fn state(&self) -> Result<Coded<ReportingPointState>> {
        coded::of_row(&self.row.state).map(Coded)
    }

    /// How it stands, in words. NL: stand in woorden.
    async fn state_label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let state: ReportingPointState = coded::of_row(&self.row.state)?;
        Ok(pick(language.0, state.label()))
    }

    /// The point that took it over; null unless it was merged. NL: opvolger.
    async fn successor(&self, ctx: &Context<'_>) -> Result<Option<ReportingPoint>> {
        find_point(ctx, self.row.successor.as_deref().unwrap_or_default()).await
    }

    /// The day on which somebody last checked that the address works; null when nobody ever did.
    /// NL: gecontroleerd op.
    async fn checked_on(&self) -> Option<Date> {
        self.row.checked_on.map(Date)
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}
