//! `FunctionCoverage`: where a function is known to be filled, by country and by area.

use domain::{
    guidance::{
        codes::{CoverageState, FunctionCode},
        rules::{self, AssignedDays},
    },
    territory::codes::AreaKind,
};
use graphql::{coded::Coded, date::Date, known::known};
use std::collections::BTreeMap;

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::function_assignment;

use super::{functions::FunctionRole, schema::function_of};
use crate::territory::schema::{
    Area, Municipality, areas_of_kind, member_codes, municipalities_on,
};

/// Municipalities by whether a function is filled for them; the three add up to all. NL: aantallen.
#[derive(SimpleObject, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct CoverageCounts {
    /// The municipalities that exist on the day. NL: gemeenten.
    municipalities: i32,
    /// Those for which it is filled. NL: ingevuld.
    covered: i32,
    /// Those for which it no longer is. NL: niet ingevuld.
    not_covered: i32,
    /// Those of which no source tells. NL: onbekend.
    unknown: i32,
}

impl CoverageCounts {
    fn of(states: impl Iterator<Item = CoverageState>) -> Self {
        let mut counts = Self::default();
        for state in states {
            counts.municipalities += 1;
            match state {
                CoverageState::Covered => counts.covered += 1,
                CoverageState::NotCovered => counts.not_covered += 1,
                CoverageState::Unknown => counts.unknown += 1,
            }
        }
        counts
    }
}

/// Where a function is filled in one area. NL: dekking in een gebied.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct AreaCoverage {
    /// The area. NL: gebied.
    area: Area,
    /// Its members of the day. NL: aantallen.
    counts: CoverageCounts,
}

/// Whether a function is filled for one municipality. NL: dekking van een gemeente.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct MunicipalityCoverage {
    /// The municipality. NL: gemeente.
    municipality: Municipality,
    /// Whether it is filled. NL: dekking.
    state: Coded<CoverageState>,
}

/// Where a function is known to be filled on a day. NL: dekking van een functie.
#[derive(Debug, Clone)]
pub(crate) struct FunctionCoverage {
    role: FunctionCode,
    as_of: NaiveDate,
    municipalities: Vec<MunicipalityCoverage>,
}

impl FunctionCoverage {
    pub(super) async fn of(
        ctx: &Context<'_>,
        role: FunctionCode,
        as_of: NaiveDate,
    ) -> Result<Self> {
        let rows = known::<function_assignment::Entity>(ctx).await?;
        let mut counting: BTreeMap<&str, Vec<AssignedDays>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.role == role.code()) {
            let of = match (&row.municipality, &row.area) {
                (Some(municipality), _) => [municipality.as_str()].into(),
                (None, Some(area)) => member_codes(ctx, area, as_of).await?,
                (None, None) => continue,
            };
            for municipality in of {
                let days = AssignedDays {
                    from: row.valid_from,
                    to: row.valid_to,
                };
                counting.entry(municipality).or_default().push(days);
            }
        }
        let shown = |municipality: Municipality| {
            let assignments = counting.get(municipality.code_text());
            let state = rules::filled(assignments.map_or(&[], Vec::as_slice), as_of).into();
            MunicipalityCoverage {
                municipality,
                state,
            }
        };
        let municipalities = municipalities_on(ctx, as_of).await?;
        Ok(Self {
            role,
            as_of,
            municipalities: municipalities.into_iter().map(shown).collect(),
        })
    }
}

/// Where a function is known to be filled on a day. NL: dekking van een functie.
#[Object]
impl FunctionCoverage {
    /// The function. NL: functie.
    async fn role(&self, ctx: &Context<'_>) -> Result<FunctionRole> {
        function_of(ctx, self.role.code(), self.as_of).await
    }

    /// The day that this is told of, in Europe/Amsterdam. NL: peildatum.
    async fn day(&self) -> Date {
        Date(self.as_of)
    }

    /// All municipalities of the day. NL: landelijk.
    async fn country(&self) -> CoverageCounts {
        CoverageCounts::of(self.municipalities.iter().map(|each| each.state.0))
    }

    /// The areas of a kind, by code, each with its members of the day. NL: per gebied.
    #[graphql(complexity = "1 + 30 * child_complexity")]
    async fn areas(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The kind of area; by default the safety regions. NL: soort gebied.",
            default_with = "Coded(AreaKind::SafetyRegion)"
        )]
        kind: Coded<AreaKind>,
    ) -> Result<Vec<AreaCoverage>> {
        let mut shown = Vec::new();
        for area in areas_of_kind(ctx, kind.0, self.as_of).await? {
            let members = member_codes(ctx, area.code_text(), self.as_of).await?;
            let of_members = self
                .municipalities
                .iter()
                .filter(|each| members.contains(each.municipality.code_text()));
            let counts = CoverageCounts::of(of_members.map(|each| each.state.0));
            shown.push(AreaCoverage { area, counts });
        }
        Ok(shown)
    }

    /// Every municipality of the day, by code; bounded by their number. NL: per gemeente.
    #[graphql(complexity = "1 + 342 * child_complexity")]
    async fn municipalities(
        &self,
        #[graphql(desc = "Only those of this state; by default all. NL: dekking.")] state: Option<
            Coded<CoverageState>,
        >,
    ) -> Vec<&MunicipalityCoverage> {
        let is_required_of_region =
            |each: &&MunicipalityCoverage| state.is_none_or(|state| each.state == state);
        self.municipalities
            .iter()
            .filter(is_required_of_region)
            .collect()
    }
}
