//! Reads what a picture is made of: what the reader sees of the municipalities, or the total that
//! it may know; what was published; the groups to count by.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use database::{DbError, Session};

use super::{
    repo::{self, OwnRegion, PictureRequest, PictureScopes},
    view::PublishedFigures,
};
use crate::publication::published;
use domain::{
    picture::{
        codes::PictureGrouping,
        rules::{self, CountingRule, Group, Standing, Verdicts},
    },
    policy::{self, MayReadTotals},
    verdict::rules::{Basis, CriterionGround, VerdictStatus},
};
use ledger::judge::{
    at_closing::{ByRegion, Counted as CountedByRegion},
    given,
};

/// The municipalities as the reader may count them.
pub(super) struct Counted {
    pub(super) standings: Vec<Standing>,
    /// Criteria with the answers that count, by assessed municipality that is seen.
    pub(super) criteria: BTreeMap<String, Vec<CriterionGround>>,
    /// The verdicts of the country, for whoever knows them and the verdict of nobody alone.
    pub(super) total: Option<GivenTotal>,
}

/// The rows that the scopes of the reader reach, or the total of all for whoever sees totals alone.
pub(super) async fn read_standings(
    session: &Session,
    requested: &PictureRequest<'_>,
) -> Result<Counted, DbError> {
    let mandate = session.mandate();
    let scopes = PictureScopes {
        verdicts: policy::verdicts(mandate, requested.basis),
        submissions: policy::submissions(mandate),
    };
    let total = match policy::may_read_totals(mandate, requested.basis) {
        Ok(permit) if permit.is_by_monday() => given_total(session, &permit, requested).await?,
        Ok(_) | Err(_) => None,
    };
    let seen = repo::standings(session, &scopes, requested).await?;
    Ok(Counted {
        standings: seen.standings,
        criteria: seen.criteria,
        total,
    })
}

/// The total of a period as it is given to whoever sees no verdict behind it.
pub(super) struct GivenTotal {
    /// The Monday, or the first day of the period.
    pub(super) day: NaiveDate,
    /// That day, within the period.
    pub(super) reference_day: NaiveDate,
    pub(super) verdicts: Verdicts,
}

/// The total of one period; none when there is no such period.
async fn given_total(
    session: &Session,
    permit: &MayReadTotals,
    requested: &PictureRequest<'_>,
) -> Result<Option<GivenTotal>, DbError> {
    let found = given::totals(session, permit, Some(requested.period)).await?;
    let Some(total) = found.into_iter().next() else {
        return Ok(None);
    };
    let by_region = match (requested.rule, total.known) {
        (CountingRule::MunicipalityOrRegion, Some(known)) => {
            let counted = CountedByRegion {
                period: requested.period,
                edition: requested.edition,
                // What a region answered is no more known before VNG confirms it than a verdict is.
                basis: Basis::Confirmed,
                day: total.reference_day,
                known,
            };
            let codes = total.municipalities.clone();
            repo::by_region(session, given::TOTALS, counted, codes).await?
        }
        (CountingRule::MunicipalityOrRegion, None) | (CountingRule::EveryMunicipality, _) => {
            ByRegion::default()
        }
    };
    let counted = total.municipalities.iter().map(|code| {
        if by_region.municipalities.contains(code) {
            VerdictStatus::Compliant
        } else {
            total.verdict(code)
        }
    });
    Ok(Some(GivenTotal {
        day: total.day,
        reference_day: total.reference_day,
        verdicts: Verdicts::count(counted),
    }))
}

/// What was published of the period, for whoever sees no totals; nothing for anybody else.
pub(super) async fn read_published(
    session: &Session,
    requested: &PictureRequest<'_>,
) -> Result<PublishedFigures, DbError> {
    let totals = policy::may_read_totals(session.mandate(), requested.basis);
    if totals.is_ok() || requested.basis != Basis::Confirmed {
        return Ok(PublishedFigures::default());
    }
    let period = requested.period;
    let counts = published::published_counts(session, period, requested.rule.code()).await?;
    let criteria = if requested.parts.criteria {
        published::published_criteria(session, period).await?
    } else {
        Vec::new()
    };
    let verdicts = if requested.parts.municipalities {
        published::published_verdicts(session, period).await?
    } else {
        Vec::new()
    };
    Ok(PublishedFigures {
        counts,
        criteria,
        verdicts: verdicts
            .into_iter()
            .map(|row| (row.municipality.clone(), row))
            .collect(),
    })
}

/// The areas to count by, by the borders of the day; none for the country, and where no groups are
/// wanted.
pub(super) async fn read_groups(
    session: &Session,
    by: PictureGrouping,
    requested: &PictureRequest<'_>,
    standings: &[Standing],
) -> Result<Vec<Group>, DbError> {
    match by.area_kind().filter(|_| requested.parts.groups) {
        None => Ok(Vec::new()),
        Some(kind) => {
            let memberships = repo::memberships(session, kind, requested.day).await?;
            Ok(rules::groups(memberships, rules::codes(standings)))
        }
    }
}

/// The own safety regions of a municipality, when it is counted by them and what was handed in is
/// wanted.
pub(super) async fn read_own_regions(
    session: &Session,
    by: PictureGrouping,
    requested: &PictureRequest<'_>,
) -> Result<Vec<OwnRegion>, DbError> {
    if !requested.parts.groups || !requested.parts.submissions {
        return Ok(Vec::new());
    }
    match (by, policy::may_count_own_region(session.mandate())) {
        (PictureGrouping::SafetyRegion, Ok(permit)) => {
            repo::own_regions(session, &permit, requested.period).await
        }
        (_, Ok(_) | Err(_)) => Ok(Vec::new()),
    }
}
