//! Selects the verdict of a day: by ledger number and scope, among the spans that
//! [`super::judging`] appended.
//!
//! For a day count the spans of the latest run that holds one for it. A closed period has the
//! verdicts that it closed with; what was judged afterwards stands in a table of its own, so that
//! nobody counts it by mistake.

use chrono::NaiveDate;
use database::{DbError, Session, document};
use sea_orm::{FromQueryResult, Value};

use domain::{
    policy::{ReadScope, Rows, Rule},
    verdict::{
        codes::VerdictRun,
        rules::{Basis, Grounds, VerdictStatus},
    },
};
use ledger::judge::inputs::unreadable;

/// A verdict as it stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stored {
    pub status: VerdictStatus,
    /// The first day of the unbroken chain of spans with this status.
    pub since: NaiveDate,
    /// The first day of the span itself.
    pub judged_from: NaiveDate,
    pub ledger: i64,
    pub(crate) grounds: Grounds,
}

#[derive(FromQueryResult)]
struct SpanRow {
    status: String,
    since: NaiveDate,
    valid_from: NaiveDate,
    ledger_no: i64,
    grounds: serde_json::Value,
}

/// Which verdict of one municipality is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct VerdictOf<'a> {
    pub(super) municipality: &'a str,
    pub(super) period: &'a str,
    pub(super) basis: Basis,
    /// Whether it was judged while the period was open, or stands beside.
    pub(super) run: VerdictRun,
    /// The day that it is told of.
    pub(super) day: NaiveDate,
}

/// The verdict of one municipality on a day, as far as the scope reaches; none when nothing was
/// judged.
pub(super) async fn find(
    session: &Session,
    scope: &ReadScope,
    of: VerdictOf<'_>,
) -> Result<Option<Stored>, DbError> {
    let VerdictOf {
        municipality,
        period,
        basis,
        run,
        day,
    } = of;
    let (all, municipalities, subjects) = bounds(scope);
    let sql = match run {
        VerdictRun::InPeriod => {
            "select s.status, c.since, s.valid_from, s.ledger_no, s.grounds
             from (select * from known.verdict_span
                where municipality = $1 and period = $2 and basis = $3 and valid_from <= $4
                  and ($5 or municipality = any ($6) or municipality || '/' || period = any ($7))
                order by ledger_no desc, valid_from desc limit 1) s
             join known.verdict_since c on c.municipality = $1 and c.period = $2 and c.basis = $3
                and not c.is_rerun and c.ledger_no = s.ledger_no and c.valid_from = s.valid_from"
        }
        VerdictRun::AfterClosing => {
            "select s.status, c.since, s.valid_from, s.ledger_no, s.grounds
             from (select * from known.verdict_rerun
                where municipality = $1 and period = $2 and basis = $3 and valid_from <= $4
                  and ($5 or municipality = any ($6) or municipality || '/' || period = any ($7))
                order by ledger_no desc, valid_from desc limit 1) s
             join known.verdict_since c on c.municipality = $1 and c.period = $2 and c.basis = $3
                and c.is_rerun and c.ledger_no = s.ledger_no and c.valid_from = s.valid_from"
        }
    };
    let row: Option<SpanRow> = session
        .row(
            "reading a verdict",
            sql,
            [
                Value::from(municipality),
                Value::from(period),
                Value::from(basis.code()),
                Value::from(day),
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
            ],
        )
        .await?;
    if row.is_some() {
        session.note_read(Rule::ReadAnswers, [format!("{municipality}/{period}")]);
    }
    row.map(stored).transpose()
}

fn stored(row: SpanRow) -> Result<Stored, DbError> {
    Ok(Stored {
        status: VerdictStatus::from_code(&row.status).ok_or_else(|| unreadable("a verdict"))?,
        grounds: document::read(row.grounds)?,
        since: row.since,
        judged_from: row.valid_from,
        ledger: row.ledger_no,
    })
}

/// A verdict in the history of a municipality: its own, or that of one that it continues.
#[derive(Debug, Clone)]
pub(super) struct Past {
    pub(super) municipality: String,
    pub(super) period: String,
    pub(super) stored: Stored,
}

#[derive(FromQueryResult)]
struct PastRow {
    municipality: String,
    period: String,
    status: String,
    since: NaiveDate,
    valid_from: NaiveDate,
    ledger_no: i64,
    grounds: serde_json::Value,
}

/// The verdicts of a municipality and of all its predecessors that the scope reaches, the latest
/// period first: each on the last day on which its period was open and its municipality there,
/// today at the latest. Of each one span is read, by the index.
pub(super) async fn history(
    session: &Session,
    scope: &ReadScope,
    municipality: &str,
    basis: Basis,
) -> Result<Vec<Past>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let rows: Vec<PastRow> = session
        .rows(
            "reading the history of verdicts",
            "with recursive lineage (code) as (
                select $1::text
                union
                select r.predecessor from known.reorganisation r
                    join lineage l on l.code = r.successor
                where r.effective_on <= $2
             ), periods as (
                select p.key, p.opens_on, l.code,
                    least($2, p.closes_on, (
                        select max(coalesce(m.valid_to, 'infinity')) from known.municipality m
                        where m.code = l.code) - 1) as day
                from known.reporting_period p cross join lineage l
             ), latest as (
                select t.opens_on, s.municipality, s.period, s.basis, s.status, s.valid_from,
                    s.ledger_no, s.grounds
                from periods t cross join lateral (
                    select v.municipality, v.period, v.basis, v.status, v.valid_from, v.ledger_no,
                        v.grounds
                    from known.verdict_span v
                    where v.municipality = t.code and v.period = t.key and v.basis = $3
                      and v.valid_from <= t.day
                      and ($4 or v.municipality = any ($5)
                        or v.municipality || '/' || v.period = any ($6))
                    order by v.ledger_no desc, v.valid_from desc limit 1) s
             )
             select l.municipality, l.period, l.status, c.since, l.valid_from, l.ledger_no,
                l.grounds
             from latest l cross join lateral (
                select t.since from known.verdict_since t
                where t.municipality = l.municipality and t.period = l.period
                  and t.basis = l.basis and not t.is_rerun and t.ledger_no = l.ledger_no
                  and t.valid_from = l.valid_from
                offset 0) c
             order by l.opens_on desc, l.municipality",
            [
                Value::from(municipality),
                Value::from(session.today()),
                Value::from(basis.code()),
                Value::from(all),
                Value::from(municipalities),
                Value::from(subjects),
            ],
        )
        .await?;
    let past = |row: PastRow| {
        Ok(Past {
            municipality: row.municipality,
            period: row.period,
            stored: stored(SpanRow {
                status: row.status,
                since: row.since,
                valid_from: row.valid_from,
                ledger_no: row.ledger_no,
                grounds: row.grounds,
            })?,
        })
    };
    rows.into_iter().map(past).collect()
}

/// The scope as values of a query: all rows, or those of these municipalities and pairs.
pub(crate) fn bounds(scope: &ReadScope) -> (bool, Vec<String>, Vec<String>) {
    match scope.rows() {
        Rows::All | Rows::Confirmed => (true, Vec::new(), Vec::new()),
        Rows::Own {
            municipalities,
            subjects,
        } => (false, municipalities.clone(), subjects.clone()),
        Rows::Hidden(_) => (false, Vec::new(), Vec::new()),
    }
}
