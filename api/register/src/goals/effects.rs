//! What the plan wants to bring about in the end. An effect is no goal and is never counted as one.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{effect_indicator, intended_effect, partner};

use crate::{
    plan::schema::{ActionLine, find_line},
    sources::schema::Source,
};
use graphql::{known::known, text::LocalizedText};

/// An organisation that counts an indicator. NL: bronhouder van een indicator.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct IndicatorCounter {
    /// The key of the partner, as in `comensha`. NL: sleutel van de partner.
    partner: String,
    /// The name of the partner. NL: naam.
    name: LocalizedText,
}

/// Something that can be counted to see an effect. NL: effectindicator.
#[derive(Debug, Clone)]
pub(crate) struct EffectIndicator {
    row: effect_indicator::Model,
}

/// Something that can be counted to see an effect. NL: effectindicator.
#[Object]
impl EffectIndicator {
    /// The key, as in `meldingen-bij-comensha`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.row.key
    }

    /// What is counted. NL: omschrijving.
    async fn text(&self) -> LocalizedText {
        LocalizedText::new(&self.row.text_nl, &self.row.text_en)
    }

    /// Who counts it, by the source. NL: bronhouders.
    async fn counted_by(&self, ctx: &Context<'_>) -> Result<Vec<IndicatorCounter>> {
        let partners = known::<partner::Entity>(ctx).await?;
        let of = |key: &String| {
            let partner = partners.iter().find(|partner| partner.key == *key)?;
            Some(IndicatorCounter {
                partner: key.clone(),
                name: LocalizedText::new(&partner.name, &partner.name_en),
            })
        };
        Ok(self.row.counted_by.iter().filter_map(of).collect())
    }

    /// Where this stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// What a line wants to bring about in the end. NL: beoogd effect.
#[derive(Debug, Clone)]
pub(crate) struct IntendedEffect {
    row: intended_effect::Model,
}

/// What a line wants to bring about in the end; no goal, and never counted as one. NL: beoogd
/// effect.
#[Object]
impl IntendedEffect {
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
        Ok(own
            .map(|one| EffectIndicator { row: one.clone() })
            .collect())
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
    Ok(own.map(|one| IntendedEffect { row: one.clone() }).collect())
}
