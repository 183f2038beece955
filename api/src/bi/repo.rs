//! Reads the star schema.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use crate::{
    db::{DbError, Session},
    policy::ReadScope,
    verdict::repo::bounds,
};

/// A row of `bi.fact_verdict`: a verdict per municipality, period and basis.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct VerdictFact {
    pub(crate) municipality_code: String,
    pub(crate) municipality_name: String,
    pub(crate) period_key: String,
    pub(crate) basis: String,
    pub(crate) status: String,
    pub(crate) edition_code: String,
    pub(crate) edition_state: String,
    pub(crate) assessment_version: Option<i32>,
    pub(crate) verdict_from: Option<NaiveDate>,
    pub(crate) ledger_no: i64,
}

/// All verdicts that the scopes reach, by period, municipality and basis.
pub(crate) async fn verdicts(
    session: &Session,
    submitted: &ReadScope,
    confirmed: &ReadScope,
) -> Result<Vec<VerdictFact>, DbError> {
    let (all_submitted, municipalities, subjects) = bounds(submitted);
    let (all_confirmed, confirmed_municipalities, confirmed_subjects) = bounds(confirmed);
    session
        .rows(
            "reading the feed of verdicts",
            "select * from bi.fact_verdict
             where (basis = 'SUBMITTED' and ($1 or municipality_code = any ($2)
                    or municipality_code || '/' || period_key = any ($3)))
                or (basis = 'CONFIRMED' and ($4 or municipality_code = any ($5)
                    or municipality_code || '/' || period_key = any ($6)))
             order by period_key, municipality_code, basis desc",
            [
                Value::from(all_submitted),
                Value::from(municipalities),
                Value::from(subjects),
                Value::from(all_confirmed),
                Value::from(confirmed_municipalities),
                Value::from(confirmed_subjects),
            ],
        )
        .await
}
