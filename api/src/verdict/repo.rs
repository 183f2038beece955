//! Selects the verdict of a day: by ledger number and scope, among the spans that [`super::judging`] appended.
//!
//! For a day count the spans of the latest run that holds one for it. A closed period has the verdicts that it closed with; what
//! was judged afterwards stands in a table of its own, so that nobody counts it by mistake.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use super::{
    inputs::{self, unreadable},
    rules::{Basis, Edition, Grounds, VerdictStatus},
};
use crate::{
    db::{DbError, Session},
    policy::{MayReadTotals, ReadScope, Rows, Rule},
};

/// A verdict as it stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stored {
    pub(crate) status: VerdictStatus,
    pub(crate) from: NaiveDate,
    pub(crate) ledger: i64,
    pub(crate) grounds: Grounds,
}

/// An edition as the rules need it; none when it is not known or its rule set is not ours.
pub(crate) async fn edition(session: &Session, code: &str) -> Result<Option<Edition>, DbError> {
    let mut editions = inputs::editions(session, vec![code.to_owned()]).await?;
    Ok(editions.remove(code))
}

#[derive(FromQueryResult)]
struct SpanRow {
    status: String,
    valid_from: NaiveDate,
    ledger_no: i64,
    grounds: serde_json::Value,
}

/// Among which verdicts is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// Those judged while the period was open, which it closed with: the ones that count.
    InPeriod,
    /// Those judged after it had closed, which stand beside.
    AfterClosing,
}

/// The verdict of one municipality on a day, as far as the scope reaches; none when nothing was judged.
pub(crate) async fn find(
    session: &Session,
    scope: &ReadScope,
    (municipality, run): (&str, Run),
    (period, basis, day): (&str, Basis, NaiveDate),
) -> Result<Option<Stored>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let sql = match run {
        Run::InPeriod => {
            "select status, valid_from, ledger_no, grounds from known.verdict_span
             where municipality = $1 and period = $2 and basis = $3 and valid_from <= $4
               and ($5 or municipality = any ($6) or municipality || '/' || period = any ($7))
             order by ledger_no desc, valid_from desc limit 1"
        }
        Run::AfterClosing => {
            "select status, valid_from, ledger_no, grounds from known.verdict_rerun
             where municipality = $1 and period = $2 and basis = $3 and valid_from <= $4
               and ($5 or municipality = any ($6) or municipality || '/' || period = any ($7))
             order by ledger_no desc, valid_from desc limit 1"
        }
    };
    let row: Option<SpanRow> = session
        .row(
            "reading a verdict",
            sql,
            [
                Value::from(municipality),
                Value::from(period),
                Value::from(basis.as_code()),
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
    row.map(|row| {
        Ok(Stored {
            status: VerdictStatus::parse(&row.status).ok_or_else(|| unreadable("a verdict"))?,
            grounds: serde_json::from_value(row.grounds)
                .map_err(|_| unreadable("the grounds of a verdict"))?,
            from: row.valid_from,
            ledger: row.ledger_no,
        })
    })
    .transpose()
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

#[derive(FromQueryResult)]
struct StatusCount {
    status: Option<String>,
    municipalities: i64,
}

/// How many municipalities that exist on a day have each verdict, and how many have none.
pub(crate) async fn national_totals(
    session: &Session,
    permit: &MayReadTotals,
    period: &str,
    day: NaiveDate,
) -> Result<Vec<(VerdictStatus, i64)>, DbError> {
    let counting = session.rows::<StatusCount>(
            "counting verdicts",
            "with latest as (
                select distinct on (municipality) municipality, status from known.verdict_span
                where period = $1 and basis = $2 and valid_from <= $3
                order by municipality, ledger_no desc, valid_from desc)
             select l.status, count(*) as municipalities
             from known.municipality m left join latest l on l.municipality = m.code
             where (m.valid_from is null or m.valid_from <= $3) and (m.valid_to is null or m.valid_to > $3)
             group by l.status",
            [
                Value::from(period),
                Value::from(permit.basis().as_code()),
                Value::from(day),
            ],
        );
    let counted = session.for_purpose("NATIONAL_TOTALS", counting).await?;
    let count = |wanted: VerdictStatus| -> i64 {
        counted
            .iter()
            .filter(|row| {
                let status = row.status.as_deref().and_then(VerdictStatus::parse);
                status.unwrap_or(VerdictStatus::NotAssessed) == wanted
            })
            .map(|row| row.municipalities)
            .sum()
    };
    Ok(VerdictStatus::ALL
        .iter()
        .map(|&status| (status, count(status)))
        .collect())
}
