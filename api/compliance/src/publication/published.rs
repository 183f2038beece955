//! What was published of municipalities, in the tables that everybody reads.

use chrono::NaiveDate;
use entity::{published_criterion_count, published_verdict_count};
use sea_orm::{FromQueryResult, Value};

use super::repo::PrintedState;
use database::{DbError, Session};

/// The published counts of a period: of each group the latest.
pub(crate) async fn published_counts(
    session: &Session,
    period: &str,
    counting_rule: &str,
) -> Result<Vec<published_verdict_count::Model>, DbError> {
    session
        .rows(
            "reading published counts",
            "select distinct on (area_kind, area) * from known.published_verdict_count
             where period = $1 and counting_rule = $2 order by area_kind, area, ledger_no desc",
            [Value::from(period), Value::from(counting_rule)],
        )
        .await
}

/// The published verdict of a municipality in a period.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PublishedVerdict {
    pub publication: String,
    pub municipality: String,
    pub status: String,
    pub(crate) verdict_from: Option<NaiveDate>,
    pub response: Option<String>,
    #[sea_orm(nested)]
    pub(crate) state: PrintedState,
}

/// The verdicts that were published by name in a period: of each municipality the latest.
pub(crate) async fn published_verdicts(
    session: &Session,
    period: &str,
) -> Result<Vec<PublishedVerdict>, DbError> {
    session
        .rows(
            "reading published verdicts",
            "select distinct on (v.municipality) v.publication, v.municipality, v.status,
                 v.verdict_from, t.body as response, v.submission, v.submission_nl,
                 v.submission_en, v.waiting_since
             from known.published_verdict v left join free_text t on t.id = v.response_text
             where v.period = $1 order by v.municipality, v.ledger_no desc",
            [Value::from(period)],
        )
        .await
}

/// What was published by name of one municipality in a period, by the latest publication.
pub(crate) async fn published_verdict(
    session: &Session,
    period: &str,
    municipality: &str,
) -> Result<Option<PublishedVerdict>, DbError> {
    session
        .row(
            "reading a published verdict",
            "select v.publication, v.municipality, v.status, v.verdict_from, t.body as response,
                 v.submission, v.submission_nl, v.submission_en, v.waiting_since
             from known.published_verdict v left join free_text t on t.id = v.response_text
             where v.period = $1 and v.municipality = $2 order by v.ledger_no desc limit 1",
            [Value::from(period), Value::from(municipality)],
        )
        .await
}

/// The published counts of answers of a period, by the latest publication that has any.
pub(crate) async fn published_criteria(
    session: &Session,
    period: &str,
) -> Result<Vec<published_criterion_count::Model>, DbError> {
    session
        .rows(
            "reading published counts of criteria",
            "select c.* from known.published_criterion_count c
             where c.period = $1 and c.ledger_no = (
                select max(l.ledger_no) from known.published_criterion_count l where l.period = $1)
             order by c.criterion",
            [Value::from(period)],
        )
        .await
}

/// The published counts of the country in each period, by every municipality's own verdict: of each
/// period the latest.
pub(crate) async fn published_totals(
    session: &Session,
) -> Result<Vec<published_verdict_count::Model>, DbError> {
    session
        .rows(
            "reading published totals",
            "select distinct on (period) * from known.published_verdict_count
             where area_kind = 'COUNTRY' and counting_rule = 'EVERY_MUNICIPALITY'
             order by period, ledger_no desc",
            [],
        )
        .await
}
