//! `FunctionCoverage`: where a function is known to be filled, by country and by area.

use domain::{
    guidance::{
        codes::{CoverageState, FunctionCode},
        rules::{self, AssignedDays, CoverageFacts},
    },
    sources::rules::NOT_PRINTED,
    territory::{codes::AreaKind, rules::holds},
};
use graphql::{coded::Coded, date::Date, known::known, text::LocalizedText};
use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::{function_assignment, function_vacancy, source_document};

use super::{functions::FunctionRole, schema::function_of, vacancy::FunctionVacancy};
use crate::{
    sources::schema::SourceDocument,
    territory::schema::{Area, Municipality, areas_of_kind, member_codes, municipalities_on},
};

/// Municipalities by whether a function is filled for them; the three add up to all. NL: aantallen.
#[derive(SimpleObject, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct CoverageCounts {
    /// The municipalities that exist on the day. NL: gemeenten.
    municipalities: i32,
    /// Those for which it is filled. NL: ingevuld.
    covered: i32,
    /// Those for which it no longer is, or for which it was declared that nobody fills it. NL: niet
    /// ingevuld.
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
    /// The documents of the assignments that hold on the day, by key, each once.
    documents: BTreeSet<String>,
}

/// Whom each row of some days counts for: by municipality, the days of each.
type DaysOf<'a> = BTreeMap<&'a str, Vec<AssignedDays>>;

/// Counts days for a municipality, or for the members of an area on a day.
async fn count_days<'a>(
    ctx: &'a Context<'_>,
    counting: &mut DaysOf<'a>,
    place: (Option<&'a str>, Option<&'a str>),
    days: AssignedDays,
    as_of: NaiveDate,
) -> Result<()> {
    let of = match place {
        (Some(municipality), _) => [municipality].into(),
        (None, Some(area)) => member_codes(ctx, area, as_of).await?,
        (None, None) => return Ok(()),
    };
    for municipality in of {
        counting.entry(municipality).or_default().push(days);
    }
    Ok(())
}

impl FunctionCoverage {
    pub(super) async fn of(
        ctx: &Context<'_>,
        role: FunctionCode,
        as_of: NaiveDate,
    ) -> Result<Self> {
        let rows = known::<function_assignment::Entity>(ctx).await?;
        let declared = known::<function_vacancy::Entity>(ctx).await?;
        let (mut filled, mut vacant) = (DaysOf::new(), DaysOf::new());
        let mut documents = BTreeSet::new();
        for row in rows.iter().filter(|row| row.role == role.code()) {
            let place = (row.municipality.as_deref(), row.area.as_deref());
            let days = AssignedDays {
                from: row.valid_from,
                to: row.valid_to,
            };
            count_days(ctx, &mut filled, place, days, as_of).await?;
            if place != (None, None) && holds(days.from, days.to, as_of) {
                documents.extend(row.source_document.clone());
            }
        }
        for row in declared.iter().filter(|row| row.role == role.code()) {
            let place = (row.municipality.as_deref(), row.area.as_deref());
            let days = AssignedDays {
                from: row.valid_from,
                to: row.valid_to,
            };
            count_days(ctx, &mut vacant, place, days, as_of).await?;
        }
        let days_of = |days: &DaysOf<'_>, municipality: &Municipality| {
            let days = days.get(municipality.code_text());
            days.cloned().unwrap_or_default()
        };
        let shown = |municipality: Municipality| {
            let assignments = days_of(&filled, &municipality);
            let vacancies = days_of(&vacant, &municipality);
            let state = rules::filled(&assignments, &vacancies, as_of).into();
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
            documents,
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

    /// The documents that say that it is filled for somebody on the day, by key. NL: bronnen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<SourceDocument>> {
        let rows = known::<source_document::Entity>(ctx).await?;
        let own = rows.iter().filter(|row| self.documents.contains(&row.key));
        Ok(own.map(SourceDocument::from).collect())
    }

    /// The declarations that nobody fills it, which hold on the day, by key. NL: witte vlekken.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn vacancies(&self, ctx: &Context<'_>) -> Result<Vec<FunctionVacancy>> {
        let rows = known::<function_vacancy::Entity>(ctx).await?;
        let own = rows.iter().filter(|row| {
            row.role == self.role.code() && holds(row.valid_from, row.valid_to, self.as_of)
        });
        Ok(own.map(Into::into).collect())
    }

    /// The counts of the country in words, with the dates of the sources as printed. NL: kernzin.
    async fn statement(&self, ctx: &Context<'_>) -> Result<LocalizedText> {
        let rows = known::<source_document::Entity>(ctx).await?;
        let mut dates: Vec<&str> = rows
            .iter()
            .filter(|row| self.documents.contains(&row.key) && row.date_text != NOT_PRINTED)
            .map(|row| row.date_text.as_str())
            .collect();
        dates.dedup();
        let counts = CoverageCounts::of(self.municipalities.iter().map(|each| each.state.0));
        let text = rules::coverage_statement(&CoverageFacts {
            function: self.role.label(),
            covered: counts.covered,
            not_covered: counts.not_covered,
            unknown: counts.unknown,
            dates: &dates,
        });
        Ok(LocalizedText::new(text.nl, text.en))
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
