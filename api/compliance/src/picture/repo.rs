//! What is known of municipalities on a day: in one statement for all of them, under the scopes of
//! the reader.

use database::{DbError, Session, document};
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sea_orm::{DbErr, FromQueryResult, Value};

use super::parts::PictureParts;
use crate::verdict::repo::bounds;
use domain::{
    picture::{
        codes::OwnRegionWithheld,
        rules::{self, CountingRule, Judged, Standing, Submission, Submissions, Wait},
    },
    policy::{MayCountOwnRegion, MayReadTotals, ReadScope},
    verdict::rules::{Basis, CriterionGround, Grounds, VerdictStatus},
};
use ledger::judge::{
    PURPOSE,
    at_closing::{self, ByRegion, Counted},
};

/// What is asked of the municipalities.
#[derive(Debug, Clone)]
pub(crate) struct PictureRequest<'a> {
    /// The key of the period.
    pub period: &'a str,
    /// The code of its edition.
    pub edition: &'a str,
    /// Which versions.
    pub(crate) basis: Basis,
    /// The day to tell of.
    pub day: NaiveDate,
    /// What counts as meeting the framework.
    pub rule: CountingRule,
    /// What of it is wanted.
    pub(crate) parts: PictureParts,
}

/// Whose verdicts a reader sees, and of whom whether they handed in.
#[derive(Debug, Clone)]
pub(crate) struct PictureScopes {
    pub(crate) verdicts: ReadScope,
    pub(crate) submissions: ReadScope,
}

/// The municipalities of a day, and the grounds of their verdicts where they were asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Those that exist on the day, by code.
    pub(crate) standings: Vec<Standing>,
    /// Criteria with the answers that count, by assessed municipality that is seen.
    pub(crate) criteria: BTreeMap<String, Vec<CriterionGround>>,
    /// The rule sets by which those that are seen were judged.
    pub(crate) rule_sets: BTreeSet<String>,
}

#[derive(FromQueryResult)]
struct Row {
    code: String,
    name: String,
    is_new: bool,
    status: Option<String>,
    since: Option<NaiveDate>,
    judged_from: Option<NaiveDate>,
    rule_set: Option<String>,
    provisional: Option<bool>,
    grounds: Option<serde_json::Value>,
    on_time: Option<bool>,
    waiting_since: Option<NaiveDate>,
    reviewed_later: Option<bool>,
    queued: bool,
}

/// Of each municipality the last span, the first version and the last one, by the index: however
/// many there are of either, one is read. Since when a verdict is what it is follows from the spans
/// of that municipality alone, as `known.verdict_since` has it: back from the last one, a span held
/// where it began before all that came after it, and the last that held and said something else
/// ended when the next one began. What was handed in and reviewed is that of the end of the day, as
/// the verdict is; the queue is that of what is known.
const STANDINGS: &str = "select m.code, m.label as name,
        l.status, c.since, l.judged_from, l.rule_set, l.provisional, l.grounds,
        case when timely.number is not null then true
            when received.number is not null then false end as on_time,
        waiting.since as waiting_since, waiting.reviewed_later, queue.version is not null as queued,
        coalesce(m.valid_from > p.deadline_on, false) as is_new
    from known.municipality m
    join known.reporting_period p on p.key = $1
    cross join (
        select ($3::date + 1)::timestamp at time zone 'Europe/Amsterdam' as day_ends) e
    left join lateral (
        select s.status, s.valid_from as judged_from, s.ledger_no,
            case when $12 then s.grounds ->> 'rule_set' end as rule_set,
            case when $12 then (s.grounds ->> 'provisional')::boolean end as provisional,
            case when $4 then s.grounds end as grounds
        from known.verdict_span s
        where ($5 or m.code = any ($6) or m.code || '/' || $1 = any ($7))
          and s.municipality = m.code and s.period = $1 and s.basis = $2 and s.valid_from <= $3
        order by s.ledger_no desc, s.valid_from desc limit 1
    ) l on true
    left join lateral (
        select coalesce(
            max(w.next_from) filter (where w.status <> l.status and w.valid_from < w.next_from),
            min(w.valid_from)) as since
        from (
            select s.status, s.valid_from, min(s.valid_from) over (
                order by s.ledger_no desc, s.valid_from desc
                rows between unbounded preceding and 1 preceding) as next_from
            from known.verdict_span s
            where $11 and s.municipality = m.code and s.period = $1 and s.basis = $2
              and s.ledger_no <= l.ledger_no and s.valid_from <= l.judged_from) w
    ) c on true
    left join lateral (
        select v.number from known.timely_version v
        where $13 and ($8 or m.code = any ($9) or m.code || '/' || $1 = any ($10))
          and v.municipality = m.code and v.period = $1 and v.is_on_time
          and v.submitted_at < e.day_ends
          and not exists (select from known.assessment_withdrawal w
            where w.municipality = v.municipality and w.period = v.period and w.version = v.number
              and w.withdrawn_at < e.day_ends)
        order by v.number limit 1
    ) timely on true
    left join lateral (
        select v.number from known.assessment_version v
        where $13 and ($8 or m.code = any ($9) or m.code || '/' || $1 = any ($10))
          and v.municipality = m.code and v.period = $1 and v.submitted_at < e.day_ends
          and not exists (select from known.assessment_withdrawal w
            where w.municipality = v.municipality and w.period = v.period and w.version = v.number
              and w.withdrawn_at < e.day_ends)
        order by v.number limit 1
    ) received on true
    left join lateral (
        select (v.submitted_at at time zone 'Europe/Amsterdam')::date as since,
            exists (select from known.review_decision d
                where d.municipality = v.municipality and d.period = v.period
                  and d.version >= v.number) as reviewed_later
        from (
            select v.municipality, v.period, v.number, v.submitted_at
            from known.assessment_version v
            where $13 and ($8 or m.code = any ($9) or m.code || '/' || $1 = any ($10))
              and v.municipality = m.code and v.period = $1 and v.submitted_at < e.day_ends
            order by v.number desc limit 1) v
        where not exists (select from known.assessment_withdrawal w
            where w.municipality = v.municipality and w.period = v.period and w.version = v.number
              and w.withdrawn_at < e.day_ends)
          and not exists (select from known.review_decision d
            where d.municipality = v.municipality and d.period = v.period and d.version = v.number
              and d.decided_at < e.day_ends)
    ) waiting on true
    left join lateral (
        select v.number as version
        from (
            select v.municipality, v.period, v.number
            from known.assessment_version v
            where $14 and ($8 or m.code = any ($9) or m.code || '/' || $1 = any ($10))
              and v.municipality = m.code and v.period = $1
            order by v.number desc limit 1) v
        where not exists (select from known.assessment_withdrawal w
            where w.municipality = v.municipality and w.period = v.period and w.version = v.number)
          and not exists (select from known.review_decision d
            where d.municipality = v.municipality and d.period = v.period and d.version = v.number)
    ) queue on true
    where (m.valid_from is null or m.valid_from <= $3) and (m.valid_to is null or m.valid_to > $3)
    order by m.code";

/// The rows with what the scopes reach.
async fn rows(
    session: &Session,
    requested: &PictureRequest<'_>,
    scopes: &PictureScopes,
) -> Result<Vec<Row>, DbError> {
    let (all, municipalities, subjects) = bounds(&scopes.verdicts);
    let (all_states, own_states, state_subjects) = bounds(&scopes.submissions);
    session
        .rows(
            "reading the picture",
            STANDINGS,
            [
                Value::from(requested.period),
                Value::from(requested.basis.code()),
                Value::from(requested.day),
                Value::from(requested.parts.criteria),
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
                Value::from(all_states),
                Value::from(own_states),
                Value::from(state_subjects),
                Value::from(requested.parts.since),
                Value::from(requested.parts.rules),
                Value::from(requested.parts.submissions),
                Value::from(requested.parts.queue),
            ],
        )
        .await
}

/// Who of these counts by its region, for the purpose that lets it be read.
pub(super) async fn by_region(
    session: &Session,
    purpose: &str,
    counted: Counted<'_>,
    municipalities: Vec<String>,
) -> Result<ByRegion, DbError> {
    let counting = session.for_purpose(purpose).await?;
    let found = at_closing::by_region(&counting, counted, municipalities).await?;
    counting.end().await?;
    Ok(found)
}

/// The municipalities with what the scopes reach.
pub(crate) async fn standings(
    session: &Session,
    scopes: &PictureScopes,
    requested: &PictureRequest<'_>,
) -> Result<Seen, DbError> {
    let PictureScopes {
        verdicts,
        submissions,
    } = scopes;
    let rows = rows(session, requested, scopes).await?;
    let by_region = match (verdicts.hidden_by(), requested.rule) {
        (None, CountingRule::MunicipalityOrRegion) => {
            let seen_by_reader = rows
                .iter()
                .filter(|row| verdicts.reaches(&row.code, requested.period));
            let codes = seen_by_reader.map(|row| row.code.clone()).collect();
            let counted = Counted {
                period: requested.period,
                edition: requested.edition,
                basis: requested.basis,
                day: requested.day,
                known: session.moment().ledger,
            };
            by_region(session, PURPOSE, counted, codes).await?
        }
        (Some(_), _) | (None, CountingRule::EveryMunicipality) => ByRegion::default(),
    };
    seen(rows, requested.day, &by_region, |code| Reach {
        verdict: verdicts.reaches(code, requested.period),
        submission: requested.parts.submissions && submissions.reaches(code, requested.period),
    })
}

/// What is seen of one municipality.
struct Reach {
    verdict: bool,
    submission: bool,
}

fn seen(
    rows: Vec<Row>,
    day: NaiveDate,
    by_region: &ByRegion,
    reach_of: impl Fn(&str) -> Reach,
) -> Result<Seen, DbError> {
    let unreadable = |what: &str| {
        DbError::doing("reading the picture")(DbErr::Type(format!("{what} is not readable")))
    };
    let mut seen = Seen::default();
    for row in rows {
        let reach = reach_of(&row.code);
        let grounds: Option<Grounds> = row.grounds.map(document::read).transpose()?;
        let criteria = grounds.map(|grounds| grounds.criteria).unwrap_or_default();
        let status = match row.status.as_deref() {
            Some(code) => VerdictStatus::from_code(code).ok_or_else(|| unreadable("a verdict"))?,
            None => VerdictStatus::NotAssessed,
        };
        let verdict = Judged {
            status,
            since: row.since,
            judged_from: row.judged_from,
            provisional: row.provisional.unwrap_or(false) && status != VerdictStatus::NotAssessed,
        };
        let submission = match row.on_time {
            Some(true) => Submission::OnTime,
            Some(false) => Submission::Late,
            None if row.is_new => Submission::Exempt,
            None => Submission::Missing,
        };
        let wait = row.waiting_since.map(|since| match row.reviewed_later {
            Some(true) => Wait::ReviewedAfter(day),
            Some(false) | None => Wait::Since(since),
        });
        let is_by_region = reach.verdict && by_region.municipalities.contains(&row.code);
        let counts_by = rules::ByRegion {
            provisional: by_region.provisional,
        };
        if reach.verdict && status != VerdictStatus::NotAssessed {
            seen.rule_sets.extend(row.rule_set);
        }
        if reach.verdict && status != VerdictStatus::NotAssessed && !criteria.is_empty() {
            seen.criteria.insert(row.code.clone(), criteria);
        }
        seen.standings.push(Standing {
            municipality: row.code,
            name: row.name,
            verdict: reach.verdict.then_some(verdict),
            by_region: is_by_region.then_some(counts_by),
            submission: reach.submission.then_some(submission),
            wait: wait.filter(|_| reach.submission),
            queued: reach.submission && row.queued,
        });
    }
    Ok(seen)
}

/// The safety region of whoever reads the state of itself alone, with what its members handed in.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct OwnRegion {
    pub area: String,
    /// The codes of its members on the day that counts for the period, in order.
    pub members: Vec<String>,
    withheld: Option<String>,
    on_time: Option<i64>,
    late: Option<i64>,
    missing: Option<i64>,
    exempt: Option<i64>,
}

impl OwnRegion {
    /// How many handed in how; none where it is withheld.
    pub(crate) fn submissions(&self) -> Option<Submissions> {
        if self.withheld.is_some() {
            return None;
        }
        Some(Submissions {
            on_time: self.on_time?,
            late: self.late?,
            missing: self.missing?,
            exempt: self.exempt?,
        })
    }

    /// Why it is not told.
    pub(crate) fn withheld(&self) -> Option<OwnRegionWithheld> {
        OwnRegionWithheld::from_code(self.withheld.as_deref()?)
    }
}

/// How many members of the own safety region handed in: of each region that a municipality of the
/// actor lies in on the day that counts for the period. The database counts what is known now, past
/// the walls and with nothing else in its answer, and withholds what would tell the state of a
/// neighbour; at another moment than the present one nothing is told. What this does not know: whoever asks before and after the members change, or every
/// day, or sets a published figure of all members but one beside it, can subtract, as from any two
/// counts.
pub(crate) async fn own_regions(
    session: &Session,
    _permit: &MayCountOwnRegion,
    period: &str,
) -> Result<Vec<OwnRegion>, DbError> {
    let moment = session.moment();
    let is_present = moment.ledger == moment.head && session.today() == moment.present_day();
    let mut regions: Vec<OwnRegion> = session
        .rows(
            "counting what the own region handed in",
            "select area, members, withheld, on_time, late, missing, exempt
             from region_submissions($1)",
            [Value::from(period)],
        )
        .await?;
    for region in regions.iter_mut().filter(|_| !is_present) {
        region.withheld = Some(OwnRegionWithheld::OtherMoment.code().to_owned());
    }
    Ok(regions)
}

#[derive(FromQueryResult)]
struct Membership {
    area: String,
    name: String,
    municipality: String,
}

/// The areas of a kind with their members on a day, those of the areas in them included.
pub(crate) async fn memberships(
    session: &Session,
    kind: &str,
    day: NaiveDate,
) -> Result<Vec<(String, String, String)>, DbError> {
    let rows: Vec<Membership> = session
        .rows(
            "reading the areas of the picture",
            "with recursive within (area, inner_area) as (
                select a.code, a.code from known.area a where a.kind = $1
                union
                select w.area, a.code from within w join known.area a on a.parent = w.inner_area)
             select distinct a.code as area, a.name, ms.municipality
             from within w
             join known.area a on a.code = w.area
             join known.area_membership ms on ms.area = w.inner_area
             join known.municipality m on m.code = ms.municipality
             where (ms.valid_from is null or ms.valid_from <= $2)
               and (ms.valid_to is null or ms.valid_to > $2)
               and (m.valid_from is null or m.valid_from <= $2)
               and (m.valid_to is null or m.valid_to > $2)
             order by 1, 3",
            [Value::from(kind), Value::from(day)],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.area, row.name, row.municipality))
        .collect())
}

/// The verdicts of the whole country at the reference day of each period, for whoever sees all of
/// them.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct TrendRow {
    pub period: String,
    pub(crate) reference_date: NaiveDate,
    pub status: Option<String>,
    pub(crate) municipalities: i64,
}

/// How many municipalities had which verdict in each period that had opened by a day: each on its
/// last day, or on that day while it is open, over the municipalities that existed then.
pub(crate) async fn trend(
    session: &Session,
    permit: &MayReadTotals,
    day: NaiveDate,
) -> Result<Vec<TrendRow>, DbError> {
    let rows = session.rows(
        "counting verdicts over periods",
        "with periods as (
            select p.key as period, least(p.closes_on, $2) as day
            from known.reporting_period p where p.opens_on <= $2
         )
         select p.period, p.day as reference_date, l.status, count(*) as municipalities
         from periods p
         join known.municipality m on (m.valid_from is null or m.valid_from <= p.day)
            and (m.valid_to is null or m.valid_to > p.day)
         left join lateral (
            select s.status from known.verdict_span s
            where s.municipality = m.code and s.period = p.period and s.basis = $1
              and s.valid_from <= p.day
            order by s.ledger_no desc, s.valid_from desc limit 1
         ) l on true
         group by p.period, p.day, l.status
         order by p.day, p.period",
        [Value::from(permit.basis().code()), Value::from(day)],
    );
    rows.await
}
