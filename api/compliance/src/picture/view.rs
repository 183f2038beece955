//! Tells the groups of a picture: as they stand to whoever sees all of them, else as they were
//! published.

use std::collections::BTreeMap;

use async_graphql::{Context, Result};
use chrono::NaiveDate;
use entity::{published_criterion_count, published_verdict_count};

use super::{
    contract::{CriterionCount, PictureGroup, SubmissionCounts, VerdictCount},
    facts::GivenTotal,
    repo::OwnRegion,
};
use crate::{
    framework::schema::{Criterion, find_criterion},
    publication::published::PublishedVerdict,
};
use domain::{
    picture::{
        codes::{PictureAvailability, PictureGrouping},
        rules::{Group, Standing, Submissions, Verdicts},
    },
    verdict::{
        label::full_label,
        rules::{AnswerValue, Basis, CriterionGround, VerdictStatus},
    },
};
use graphql::coded::Coded;

/// Counts as clients see them.
pub(super) fn to_view(verdicts: &Verdicts, basis: Basis, provisional: bool) -> Vec<VerdictCount> {
    verdicts
        .each()
        .map(|(status, count)| VerdictCount {
            status: status.into(),
            count,
            labels: full_label(
                status,
                basis,
                provisional && status != VerdictStatus::NotAssessed,
            ),
        })
        .collect()
}

/// Published counts as clients see them.
pub(super) fn counts_of_row(row: &published_verdict_count::Model) -> Vec<VerdictCount> {
    let of = |status: VerdictStatus| match status {
        VerdictStatus::NotAssessed => row.not_assessed,
        VerdictStatus::NotCompliant => row.not_compliant,
        VerdictStatus::PartlyCompliant => row.partly_compliant,
        VerdictStatus::Compliant => row.compliant,
    };
    VerdictStatus::ALL
        .iter()
        .map(|status| VerdictCount {
            status: (*status).into(),
            count: i64::from(of(*status)),
            labels: full_label(
                *status,
                Basis::Confirmed,
                row.provisional && *status != VerdictStatus::NotAssessed,
            ),
        })
        .collect()
}

/// What is published of the period, for those who do not see everything.
#[derive(Default)]
pub(super) struct PublishedFigures {
    pub(super) counts: Vec<published_verdict_count::Model>,
    pub(super) criteria: Vec<published_criterion_count::Model>,
    /// What was published by name, by municipality.
    pub(super) verdicts: BTreeMap<String, PublishedVerdict>,
}

/// How the answers of a group are counted: by the criteria of an edition, each looked up once for
/// all groups.
pub(super) struct Answers<'a> {
    pub(super) edition: &'a str,
    criteria: Vec<(String, Option<Criterion>)>,
    of: &'a BTreeMap<String, Vec<CriterionGround>>,
}

impl<'a> Answers<'a> {
    pub(super) async fn by(
        ctx: &Context<'_>,
        edition: &'a str,
        codes: Vec<String>,
        of: &'a BTreeMap<String, Vec<CriterionGround>>,
    ) -> Result<Self> {
        let mut criteria = Vec::with_capacity(codes.len());
        for code in codes {
            let criterion = find_criterion(ctx, &format!("{edition}/{code}")).await?;
            criteria.push((code, criterion));
        }
        Ok(Self {
            edition,
            criteria,
            of,
        })
    }

    fn count(&self, group: &Group) -> Vec<CriterionCount> {
        let shown = self.criteria.iter().map(|(_, criterion)| CriterionCount {
            criterion: criterion.clone(),
            met: 0,
            partly_met: 0,
            not_met: 0,
            not_applicable: 0,
            unknown: 0,
        });
        let mut shown: Vec<CriterionCount> = shown.collect();
        let places: BTreeMap<&str, usize> = self
            .criteria
            .iter()
            .enumerate()
            .map(|(place, (code, _))| (code.as_str(), place))
            .collect();
        let grounds = group.members.iter().filter_map(|code| self.of.get(code));
        for ground in grounds.flatten() {
            let Some(place) = places.get(ground.criterion.as_str()) else {
                continue;
            };
            let counts = &mut shown[*place];
            *match ground.effective {
                AnswerValue::Met => &mut counts.met,
                AnswerValue::PartlyMet => &mut counts.partly_met,
                AnswerValue::NotMet => &mut counts.not_met,
                AnswerValue::NotApplicable => &mut counts.not_applicable,
                AnswerValue::Unknown => &mut counts.unknown,
            } += 1;
        }
        shown
    }
}

async fn published_answers(
    ctx: &Context<'_>,
    edition: &str,
    rows: &[published_criterion_count::Model],
) -> Result<Option<Vec<CriterionCount>>> {
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        shown.push(CriterionCount {
            criterion: find_criterion(ctx, &format!("{edition}/{}", row.criterion)).await?,
            met: row.met.into(),
            partly_met: row.partly_met.into(),
            not_met: row.not_met.into(),
            not_applicable: row.not_applicable.into(),
            unknown: row.unknown.into(),
        });
    }
    Ok((!shown.is_empty()).then_some(shown))
}

/// What a picture tells of its groups.
pub(super) struct PictureView<'a> {
    pub(super) standings: &'a [Standing],
    pub(super) basis: Basis,
    pub(super) day: NaiveDate,
    pub(super) provisional: bool,
    pub(super) answers: &'a Answers<'a>,
    pub(super) figures: &'a PublishedFigures,
    /// The own safety regions of a municipality, which is told how many of them handed in.
    pub(super) own_regions: &'a [OwnRegion],
}

impl PictureView<'_> {
    /// The country, and the groups that it is counted by; `total` is given to whoever sees totals
    /// alone.
    pub(super) async fn all_groups(
        &self,
        ctx: &Context<'_>,
        by: PictureGrouping,
        groups: &[Group],
        total: Option<&GivenTotal>,
    ) -> Result<(PictureGroup, Vec<PictureGroup>)> {
        let country = Group::country(self.standings);
        let country = self.group(ctx, &country, "COUNTRY", total).await?;
        let mut shown = Vec::with_capacity(groups.len());
        for group in groups {
            let kind = by.area_kind().unwrap_or_default();
            shown.push(self.group(ctx, group, kind, None).await?);
        }
        if by == PictureGrouping::Country {
            shown.push(country.clone());
        }
        Ok((country, shown))
    }

    /// A group as it stands when the reader sees all of it, else as published. `total` is given
    /// to whoever sees totals alone.
    async fn group(
        &self,
        ctx: &Context<'_>,
        group: &Group,
        area_kind: &str,
        total: Option<&GivenTotal>,
    ) -> Result<PictureGroup> {
        let own_region = self
            .own_regions
            .iter()
            .find(|region| region.area == group.code);
        let submissions_withheld = own_region.and_then(OwnRegion::withheld);
        let own_region = own_region
            .filter(|region| group.has_members(&region.members))
            .and_then(OwnRegion::submissions);
        let submissions = group
            .submissions(self.standings)
            .or(own_region)
            .map(SubmissionCounts::from);
        let own = group.verdicts(self.standings);
        let members = i64::try_from(group.members.len())?;
        let base = PictureGroup {
            code: group.code.clone(),
            name: group.name.clone(),
            availability: PictureAvailability::NotPublished,
            reference_date: self.day,
            members,
            counts: None,
            submissions,
            submissions_withheld: submissions_withheld.map(Coded),
            criteria: None,
            publication: None,
        };
        if let Some(total) = total {
            return Ok(PictureGroup {
                availability: PictureAvailability::Visible,
                reference_date: total.reference_day,
                members: total.verdicts.members(),
                counts: Some(to_view(&total.verdicts, self.basis, self.provisional)),
                ..base
            });
        }
        if let Some(verdicts) = own {
            let provisional = self.provisional || group.is_provisional(self.standings);
            let is_counted = !self.answers.criteria.is_empty();
            let criteria = is_counted.then(|| self.answers.count(group));
            return Ok(PictureGroup {
                availability: PictureAvailability::Visible,
                counts: Some(to_view(&verdicts, self.basis, provisional)),
                criteria,
                ..base
            });
        }
        let published = self
            .figures
            .counts
            .iter()
            .find(|row| row.area_kind == area_kind && row.area == group.code);
        match published {
            Some(row) => self.published_group(ctx, base, row).await,
            None => Ok(base),
        }
    }

    /// A group as it was published, with what the reader knows better of what was handed in.
    async fn published_group(
        &self,
        ctx: &Context<'_>,
        base: PictureGroup,
        row: &published_verdict_count::Model,
    ) -> Result<PictureGroup> {
        let criteria = if row.area_kind == "COUNTRY" {
            published_answers(ctx, self.answers.edition, &self.figures.criteria).await?
        } else {
            None
        };
        let submissions = Submissions {
            on_time: row.on_time.into(),
            late: row.late.into(),
            missing: row.missing.into(),
            exempt: row.exempt.into(),
        };
        Ok(PictureGroup {
            availability: PictureAvailability::Published,
            reference_date: row.reference_date,
            members: row.members.into(),
            counts: Some(counts_of_row(row)),
            submissions: base.submissions.or(Some(submissions.into())),
            criteria,
            publication: Some(row.publication.clone()),
            ..base
        })
    }
}
