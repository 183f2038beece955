//! Reads the names of whom to remind, and the actions without a report.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};
use domain::policy::{MayManagePlan, MayReviewAll};

/// A municipality of today with its safety region; none where it lies in none.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Place {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) area: Option<String>,
    pub(super) area_name: Option<String>,
}

/// The municipalities of today.
pub(super) async fn places(
    session: &Session,
    _permit: &MayReviewAll,
) -> Result<Vec<Place>, DbError> {
    session
        .rows(
            "reading whom VNG may remind",
            "select distinct on (m.code) m.code, m.label, a.code as area, a.name as area_name
             from known.municipality m
             left join (known.area_membership s
                join known.area a on a.code = s.area and a.kind = 'SAFETY_REGION')
                on s.municipality = m.code
                and (s.valid_from is null or s.valid_from <= $1)
                and (s.valid_to is null or s.valid_to > $1)
             where (m.valid_from is null or m.valid_from <= $1)
               and (m.valid_to is null or m.valid_to > $1)
             order by m.code, a.code",
            [Value::from(session.today())],
        )
        .await
}

/// An action that nobody reported on in an open round, with an owner of it; without one the
/// ministry reports itself.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Unreported {
    pub(super) round: String,
    pub(super) round_nl: String,
    pub(super) round_en: String,
    pub(super) action: String,
    pub(super) action_nl: String,
    pub(super) action_en: String,
    pub(super) partner: Option<String>,
    pub(super) partner_name: Option<String>,
    pub(super) since: NaiveDate,
    pub(super) due: NaiveDate,
}

/// The actions without a report in a round of their plan that takes in reports, one for each owner
/// of today: the same actions as `unreported` of the round.
pub(super) async fn unreported(
    session: &Session,
    _permit: &MayManagePlan,
) -> Result<Vec<Unreported>, DbError> {
    session
        .rows(
            "looking for actions without a report",
            "select r.key as round, r.title_nl as round_nl, r.title_en as round_en,
                a.plan || '/' || a.number as action, a.title_nl as action_nl,
                a.title_en as action_en, o.partner, p.name as partner_name,
                r.date_earliest as since, r.date_latest as due
             from known.monitoring_round r
             join known.action a on a.plan = r.plan
                and (a.valid_to is null or a.valid_to > r.date_earliest)
             left join known.action_partner o on o.plan = a.plan and o.number = a.number
                and o.role = 'OWNER'
                and (o.valid_from is null or o.valid_from <= $1)
                and (o.valid_to is null or o.valid_to > $1)
             left join known.partner p on p.key = o.partner
             where r.state = 'OPEN'
               and not exists (select from work.timed_release t
                   where t.kind = 'MONITORING_ROUND' and t.key = r.key)
               and not exists (select from known.round_report w
                    where w.round = r.key and w.plan = a.plan and w.action = a.number)
             order by r.key, a.number, o.partner",
            [Value::from(session.today())],
        )
        .await
}

/// Whether there is such a reporting period and such a safety region, as far as they are named.
pub(super) async fn are_known(
    session: &Session,
    period: Option<&str>,
    area: Option<&str>,
) -> Result<bool, DbError> {
    #[derive(FromQueryResult)]
    struct Found {
        are_known: bool,
    }
    let found: Option<Found> = session
        .row(
            "looking up what reminders are narrowed to",
            "select ($1::text is null or exists (select from known.reporting_period p
                    where p.key = $1))
                and ($2::text is null or exists (select from known.area a
                    where a.code = $2 and a.kind = 'SAFETY_REGION')) as are_known",
            [
                Value::from(period.map(str::to_owned)),
                Value::from(area.map(str::to_owned)),
            ],
        )
        .await?;
    Ok(found.is_some_and(|found| found.are_known))
}
