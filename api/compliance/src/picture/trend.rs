//! How the country stood in one period after the other.

use chrono::NaiveDate;
use entity::published_verdict_count;

use super::{
    contract::TrendPoint,
    repo::{self, TrendRow},
    view::{counts_of_row, to_view},
};
use crate::publication::published;
use database::{DbError, Session};
use domain::{
    picture::rules::Verdicts,
    policy,
    verdict::rules::{Basis, VerdictStatus},
};
use graphql::date::Date;
use ledger::judge::given::{self, Given};

/// What the reader may know of each period that had opened by a day.
pub(super) async fn read(
    session: &Session,
    basis: Basis,
    day: NaiveDate,
    provisional: bool,
) -> Result<Vec<TrendPoint>, DbError> {
    match policy::may_read_totals(session.mandate(), basis) {
        Ok(permit) if permit.is_by_monday() => {
            let totals = given::totals(session, &permit, None).await?.into_iter();
            let opened = totals.filter(|total| total.day <= session.today());
            Ok(of_mondays(opened, basis, provisional))
        }
        Ok(permit) => {
            let rows = repo::trend(session, &permit, day).await?;
            Ok(live(rows, basis, provisional))
        }
        Err(_) if basis == Basis::Submitted => Ok(Vec::new()),
        Err(_) => Ok(of_publications(published::published_totals(session).await?)),
    }
}

/// As they stand, for whoever sees the verdicts behind them.
fn live(rows: Vec<TrendRow>, basis: Basis, provisional: bool) -> Vec<TrendPoint> {
    let mut points: Vec<(String, NaiveDate, Vec<VerdictStatus>)> = Vec::new();
    for row in rows {
        if points
            .last()
            .is_none_or(|(period, _, _)| *period != row.period)
        {
            points.push((row.period, row.reference_date, Vec::new()));
        }
        let status = row.status.as_deref().and_then(VerdictStatus::from_code);
        let count = usize::try_from(row.municipalities).unwrap_or_default();
        if let Some((_, _, statuses)) = points.last_mut() {
            let status = status.unwrap_or(VerdictStatus::NotAssessed);
            statuses.extend(std::iter::repeat_n(status, count));
        }
    }
    points
        .into_iter()
        .map(|(period, reference_date, statuses)| {
            let verdicts = Verdicts::count(statuses);
            TrendPoint {
                period_key: period,
                reference_date: Date(reference_date),
                members: verdicts.members(),
                counts: to_view(&verdicts, basis, provisional),
            }
        })
        .collect()
}

/// As they are given to whoever sees national totals and no verdict behind them.
fn of_mondays(
    totals: impl Iterator<Item = Given>,
    basis: Basis,
    provisional: bool,
) -> Vec<TrendPoint> {
    totals
        .map(|total| {
            let statuses = total.municipalities.iter().map(|code| total.verdict(code));
            let verdicts = Verdicts::count(statuses);
            TrendPoint {
                reference_date: Date(total.reference_day),
                members: verdicts.members(),
                counts: to_view(&verdicts, basis, provisional),
                period_key: total.period,
            }
        })
        .collect()
}

/// As they were published.
fn of_publications(rows: Vec<published_verdict_count::Model>) -> Vec<TrendPoint> {
    rows.into_iter()
        .map(|row| TrendPoint {
            members: i64::from(row.members),
            counts: counts_of_row(&row),
            reference_date: Date(row.reference_date),
            period_key: row.period,
        })
        .collect()
}
