//! National totals of what nobody confirmed, for whoever sees no verdict behind them: the one place
//! that gives them, to GraphQL and to tables alike. As of which Monday they are given at a moment
//! is decided by [`mondays`]; here is read what it decides from.
//!
//! A moment of an earlier ledger number sees as far as the day of its last entry, and an earlier
//! day that is asked for as far as that day; so every moment within one step gives the same total.
//! Which municipalities there were is read as it was known on that Monday: a reorganisation that is
//! recorded later would take one verdict out of the total.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use database::{DbError, Session, Sql as _};
use sea_orm::{FromQueryResult, Value};

use super::inputs::unreadable;
use domain::{
    picture::mondays::{self, Assessed, Recorded},
    policy::MayReadTotals,
    verdict::rules::VerdictStatus,
};

/// The purpose under which the verdicts of all are counted together.
pub const TOTALS: &str = "NATIONAL_TOTALS";

/// What may be counted of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The key of the period.
    pub period: String,
    /// The day as of whose beginning it is given: a Monday, or the first day of the period while no
    /// Monday was given.
    pub day: NaiveDate,
    /// The day on which the verdicts hold and the municipalities exist: that day, in the period.
    pub reference_day: NaiveDate,
    /// The ledger number known at the beginning of the Monday; none while none was given.
    pub known: Option<i64>,
    /// The municipalities that existed, by code.
    pub municipalities: Vec<String>,
    assessed: Assessed,
}

impl Given {
    /// The verdict on a municipality, to be counted and never told.
    #[must_use]
    pub fn verdict(&self, municipality: &str) -> VerdictStatus {
        let found = self.assessed.get(municipality).copied();
        found.unwrap_or(VerdictStatus::NotAssessed)
    }
}

#[derive(FromQueryResult)]
struct Row {
    period: String,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    known_on: Option<NaiveDate>,
    municipality: Option<String>,
    number: Option<i64>,
    recorded_on: Option<NaiveDate>,
    valid_from: Option<NaiveDate>,
    status: Option<String>,
}

impl Row {
    fn recorded(self) -> Result<Option<Recorded>, DbError> {
        let Self {
            municipality: Some(municipality),
            number: Some(number),
            recorded_on: Some(recorded_on),
            valid_from: Some(from),
            status: Some(status),
            ..
        } = self
        else {
            return Ok(None);
        };
        let status = VerdictStatus::from_code(&status).ok_or_else(|| unreadable("a verdict"))?;
        Ok(Some(Recorded {
            municipality,
            number,
            recorded_on,
            from,
            status,
        }))
    }
}

/// The verdicts of a period, or of each.
const RECORDED: &str = "select p.key as period, p.opens_on, p.closes_on, s.municipality,
        s.ledger_no as number, s.valid_from, s.status,
        (i.recorded_at at time zone 'Europe/Amsterdam')::date as recorded_on,
        (select (k.recorded_at at time zone 'Europe/Amsterdam')::date from ledger_instant k
         where k.number >= $2 order by k.number limit 1) as known_on
    from known.reporting_period p
    left join known.verdict_span s on s.period = p.key and s.basis = $3
    left join lateral (
        select i.recorded_at from ledger_instant i
        where i.number >= s.ledger_no order by i.number limit 1) i on true
    where $1::text is null or p.key = $1";

/// The municipalities of a day, as they were known when the Monday began.
const MEMBERS: &str = "select g.period, n.number, k.found ->> 'code' as municipality
    from unnest($1::text[], $2::text[], $3::text[]) as g (period, monday, reference_day)
    cross join lateral (
        select case when g.monday = '' then $4::bigint else (
            select coalesce(max(i.number), 0) from ledger_instant i
            where i.recorded_at < g.monday::timestamp at time zone 'Europe/Amsterdam'
        ) end as number) n
    cross join lateral known_until(n.number, $5, array[g.reference_day]) as k (found)
    order by 1, 3";

const MUNICIPALITIES: &str = "select m.code from known.municipality m
    where (m.valid_from is null or m.valid_from <= ($1::text[])[1]::date)
      and (m.valid_to is null or m.valid_to > ($1::text[])[1]::date)";

#[derive(FromQueryResult)]
struct Member {
    period: String,
    number: i64,
    municipality: String,
}

/// What is given at the moment of the session: of this period or of each, the first one first.
///
/// # Errors
/// When the database fails.
pub async fn totals(
    session: &Session,
    permit: &MayReadTotals,
    period: Option<&str>,
) -> Result<Vec<Given>, DbError> {
    let moment = session.moment();
    let counting = session.for_purpose(TOTALS).await?;
    let rows: Vec<Row> = counting
        .rows(
            "reading as of which Monday totals are given",
            RECORDED,
            [
                Value::from(period.map(str::to_owned)),
                Value::from(moment.ledger),
                Value::from(permit.basis().code()),
            ],
        )
        .await?;
    let known_on = rows.first().and_then(|row| row.known_on);
    let known_on = known_on.filter(|_| moment.ledger != moment.head);
    let until = known_on
        .unwrap_or(moment.present_day())
        .min(session.today());
    let mut periods: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows {
        periods.entry(row.period.clone()).or_default().push(row);
    }
    let mut found = Vec::with_capacity(periods.len());
    for (period, rows) in periods {
        found.extend(of_period(period, rows, until)?);
    }
    let texts = |text: fn(&Given) -> String| -> Value {
        let texts: Vec<String> = found.iter().map(text).collect();
        texts.into()
    };
    let monday = |one: &Given| one.known.map_or_else(String::new, |_| one.day.to_string());
    let members: Vec<Member> = counting
        .rows(
            "reading the municipalities of a Monday",
            MEMBERS,
            [
                texts(|one| one.period.clone()),
                texts(monday),
                texts(|one| one.reference_day.to_string()),
                Value::from(moment.ledger),
                Value::from(MUNICIPALITIES),
            ],
        )
        .await?;
    counting.end().await?;
    for member in members {
        for one in found.iter_mut().filter(|one| one.period == member.period) {
            one.known = one.known.map(|_| member.number);
            one.municipalities.push(member.municipality.clone());
        }
    }
    found.sort_by_key(|one| (one.reference_day, one.period.clone()));
    Ok(found)
}

/// What is given of one period on a day.
fn of_period(period: String, rows: Vec<Row>, until: NaiveDate) -> Result<Option<Given>, DbError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let (opens_on, closes_on) = (first.opens_on, first.closes_on);
    let mut recorded = Vec::with_capacity(rows.len());
    for row in rows {
        recorded.extend(row.recorded()?);
    }
    let monday = mondays::given_until(&recorded, closes_on, until);
    let is_given = monday.is_some();
    let (day, assessed) = monday.unwrap_or((opens_on, Assessed::new()));
    Ok(Some(Given {
        period,
        day,
        reference_day: day.min(closes_on),
        // The number itself is read with the municipalities.
        known: is_given.then_some(0),
        municipalities: Vec::new(),
        assessed,
    }))
}
