//! What the plan wants to bring about in the end. An effect is no goal and is never counted as one.

use async_graphql::{Context, ID, Object, Result};
use entity::{effect_indicator, intended_effect};

use crate::{
    partners::schema::{Partner, find_partner},
    plan::schema::{ActionLine, find_line},
    sources::schema::Source,
};
use graphql::{
    id::{self, NodeKind},
    known::known,
    text::LocalizedText,
};

/// Something that can be counted to see an effect. NL: effectindicator.
#[derive(Debug, Clone)]
pub struct EffectIndicator {
    row: effect_indicator::Model,
}

impl From<&effect_indicator::Model> for EffectIndicator {
    fn from(row: &effect_indicator::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// Something that can be counted to see an effect. NL: effectindicator.
#[Object]
impl EffectIndicator {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::EffectIndicator, &self.row.key).await
    }

    /// The key, as in `meldingen-bij-comensha`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// What is counted. NL: omschrijving.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// Who counts it, by the source. NL: bronhouders.
    async fn counted_by(&self, ctx: &Context<'_>) -> Result<Vec<Partner>> {
        let mut partners = Vec::new();
        for key in &self.row.counted_by {
            partners.extend(find_partner(ctx, key).await?);
        }
        Ok(partners)
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// What a line wants to bring about in the end. NL: beoogd effect.
#[derive(Debug, Clone)]
pub struct IntendedEffect {
    row: intended_effect::Model,
}

impl From<&intended_effect::Model> for IntendedEffect {
    fn from(row: &intended_effect::Model) -> Self {
        Self { row: row.clone() }
    }
}

/// What a line wants to bring about in the end; no goal, and never counted as one. NL: beoogd
/// effect.
#[Object]
impl IntendedEffect {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::IntendedEffect, &self.row.subject_key).await
    }

    /// The key: plan version, line and number, as in `2024/2/4`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.subject_key
    }

    /// The line. NL: actielijn.
    async fn line(&self, ctx: &Context<'_>) -> Result<Option<ActionLine>> {
        find_line(ctx, &format!("{}/{}", self.row.plan, self.row.line)).await
    }

    /// The number within the line, in the order of print, from 1. NL: nummer.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// The effect, verbatim in Dutch. NL: effect.
    async fn text(&self) -> &str {
        &self.row.text_nl
    }

    /// Our translation of the effect, in English. NL: vertaling.
    async fn translation(&self) -> &str {
        &self.row.text_en
    }

    /// What the sources name to count it by; none when they name nothing. NL: effectindicatoren.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn indicators(&self, ctx: &Context<'_>) -> Result<Vec<EffectIndicator>> {
        let row = &self.row;
        let indicators = known::<effect_indicator::Entity>(ctx).await?;
        let own = indicators.iter().filter(|one| {
            (one.plan.as_str(), one.line, one.effect) == (row.plan.as_str(), row.line, row.number)
        });
        Ok(own.map(EffectIndicator::from).collect())
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// The effects of a plan version, of one line or of all, in the order of print.
pub(super) async fn effects(
    ctx: &Context<'_>,
    plan: &str,
    line: Option<i32>,
) -> Result<Vec<IntendedEffect>> {
    let effects = known::<intended_effect::Entity>(ctx).await?;
    let own = effects
        .iter()
        .filter(|one| one.plan == plan && line.is_none_or(|line| one.line == line));
    Ok(own.map(IntendedEffect::from).collect())
}
