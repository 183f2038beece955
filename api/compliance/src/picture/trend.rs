//! How the country stood in one period after the other.

use chrono::NaiveDate;
use entity::published_verdict_count;

use super::{
    contract::TrendPoint,
    repo::TrendRow,
    view::{counts_of_row, to_view},
};
use domain::{
    picture::rules::Verdicts,
    verdict::rules::{Basis, VerdictStatus},
};
use graphql::date::Date;
use ledger::judge::given::Given;

/// As they stand, for whoever sees the verdicts behind them.
pub(super) fn live(rows: Vec<TrendRow>, basis: Basis, provisional: bool) -> Vec<TrendPoint> {
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
pub(super) fn given(
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
pub(super) fn published(rows: Vec<published_verdict_count::Model>) -> Vec<TrendPoint> {
    rows.into_iter()
        .map(|row| TrendPoint {
            members: i64::from(row.members),
            counts: counts_of_row(&row),
            reference_date: Date(row.reference_date),
            period_key: row.period,
        })
        .collect()
}
