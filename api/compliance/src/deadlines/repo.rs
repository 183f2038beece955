//! Reads the days of periods and rounds.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;

use database::{DbError, Session};

/// A day of a period or of a round.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Row {
    /// Which day: `OPENS`, `DEADLINE` or `CLOSES` of a period, `ROUND` of a round.
    pub(super) kind: String,
    pub(super) key: String,
    pub(super) day: NaiveDate,
    /// Of a round its title, of a period nothing.
    pub(super) title_nl: String,
    pub(super) title_en: String,
    pub(super) recorded_at: DateTime<Utc>,
}

/// The days of every period, and the last day of each round that is open.
pub(super) async fn find_all(session: &Session) -> Result<Vec<Row>, DbError> {
    session
        .rows(
            "reading the days to plan by",
            "select d.kind, p.key, d.day, '' as title_nl, '' as title_en,
                 (select i.recorded_at from ledger_instant i where i.number >= p.ledger_no
                  order by i.number limit 1) as recorded_at
             from known.reporting_period p
             cross join lateral (values ('OPENS', p.opens_on), ('DEADLINE', p.deadline_on),
                 ('CLOSES', p.closes_on)) d (kind, day)
             union all
             select 'ROUND', r.key, r.date_latest, r.title_nl, r.title_en,
                 (select i.recorded_at from ledger_instant i where i.number >= r.ledger_no
                  order by i.number limit 1)
             from known.monitoring_round r
             where r.state = 'OPEN'
             order by day, kind, key",
            [],
        )
        .await
}
