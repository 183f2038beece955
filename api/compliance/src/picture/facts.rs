//! Reads what a picture is made of: what the reader sees of the municipalities, or the total that
//! it may know; what was published; the groups to count by.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use database::{DbError, Session};

use super::{
    repo::{self, OwnRegion, PictureRequest, PictureScopes, Seen},
    view::PublishedFigures,
};
use crate::publication::published;
use domain::{
    picture::{
        codes::PictureGrouping,
        rules::{self, Group, Standing, Verdicts},
    },
    policy,
    verdict::rules::{Basis, CriterionGround},
};

/// The municipalities as the reader may count them.
pub(super) struct Counted {
    pub(super) standings: Vec<Standing>,
    /// Criteria with the answers that count, by assessed municipality that is seen.
    pub(super) criteria: BTreeMap<String, Vec<CriterionGround>>,
    /// The verdicts of the country, for whoever knows them and the verdict of nobody alone.
    pub(super) total: Option<Verdicts>,
}

impl Counted {
    /// Counted together, and seen by nobody alone.
    fn together(seen: Seen) -> Self {
        let mut standings = seen.standings;
        let total = Group::country(&standings).verdicts(&standings);
        for standing in &mut standings {
            standing.verdict = None;
            standing.by_region = None;
        }
        Self {
            standings,
            criteria: BTreeMap::new(),
            total,
        }
    }
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
    let totals = policy::may_read_totals(mandate, requested.basis);
    match (scopes.verdicts.hidden_by(), totals) {
        (Some(_), Ok(permit)) => {
            let seen = repo::for_totals(session, &permit, &scopes.submissions, requested).await?;
            Ok(Counted::together(seen))
        }
        (Some(_) | None, Ok(_) | Err(_)) => {
            let seen = repo::standings(session, &scopes, requested).await?;
            Ok(Counted {
                standings: seen.standings,
                criteria: seen.criteria,
                total: None,
            })
        }
    }
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
    let criteria = if requested.with_criteria {
        published::published_criteria(session, period).await?
    } else {
        Vec::new()
    };
    let verdicts = published::published_verdicts(session, period).await?;
    Ok(PublishedFigures {
        counts,
        criteria,
        verdicts: verdicts
            .into_iter()
            .map(|row| (row.municipality.clone(), row))
            .collect(),
    })
}

/// The areas to count by, by the borders of a day; none for the country.
pub(super) async fn read_groups(
    session: &Session,
    by: PictureGrouping,
    day: NaiveDate,
    standings: &[Standing],
) -> Result<Vec<Group>, DbError> {
    match by.area_kind() {
        None => Ok(Vec::new()),
        Some(kind) => {
            let memberships = repo::memberships(session, kind, day).await?;
            Ok(rules::groups(memberships, rules::codes(standings)))
        }
    }
}

/// The own safety regions of a municipality, when it is counted by them.
pub(super) async fn read_own_regions(
    session: &Session,
    by: PictureGrouping,
    period: &str,
) -> Result<Vec<OwnRegion>, DbError> {
    match (by, policy::may_count_own_region(session.mandate())) {
        (PictureGrouping::SafetyRegion, Ok(permit)) => {
            repo::own_regions(session, &permit, period).await
        }
        (_, Ok(_) | Err(_)) => Ok(Vec::new()),
    }
}
