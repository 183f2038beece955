//! Reads what an input of an assessment names, in one statement: whether there is the municipality,
//! and the period with its edition, the criteria of that and the deadline in force.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use super::target::NamedPeriod;
use database::{DbError, Session};
use domain::{assessment::rules::Days, framework::key::PeriodKey, verdict::rules};
use ledger::judge::inputs::{EditionRow, editions_of};

/// What is there of what an input names.
#[derive(Debug)]
pub(super) struct Named {
    /// Whether there is, or ever was, the municipality. Whether it exists today is asked of the
    /// mandate: nobody writes for one that does not, and reviews go on after a reorganisation.
    pub(super) is_municipality: bool,
    /// The period; none where its edition is not ours to judge by either.
    pub(super) period: Option<NamedPeriod>,
    /// The deadline that VNG gave the municipality, when it did and the reader sees it.
    pub(super) extended_to: Option<NaiveDate>,
}

/// A criterion of the edition of the period, beside what all of them have in common.
#[derive(FromQueryResult)]
struct Row {
    is_municipality: bool,
    opens_on: Option<NaiveDate>,
    deadline_on: Option<NaiveDate>,
    closes_on: Option<NaiveDate>,
    extended_to: Option<NaiveDate>,
    evidence_kinds: Option<Vec<String>>,
    #[sea_orm(nested)]
    of_edition: EditionRow,
}

/// Finds the municipality and the period of these keys.
pub(super) async fn find(
    session: &Session,
    municipality: Option<&str>,
    period: Option<&PeriodKey>,
) -> Result<Named, DbError> {
    let ours = [rules::RULE_SET, rules::SUPERSEDED_RULE_SET];
    let rows: Vec<Row> = session
        .rows(
            "reading a period and its edition",
            "select n.*, p.opens_on, p.deadline_on, p.closes_on,
                e.code as edition, e.state, e.norm_months, e.inheritance_grace_months,
                e.norm_endorsed, c.code as criterion, c.required, c.scope, c.answered_by,
                c.not_applicable_allowed, c.review_months, c.evidence_kinds
             from (select
                exists (select from known.municipality m where m.code = $1) as is_municipality,
                (select x.deadline_on from known.deadline_extension x
                    where x.municipality = $1 and x.period = $2
                    order by x.ledger_no desc limit 1) as extended_to) n
             left join known.reporting_period p on p.key = $2
             left join known.framework_edition e on e.code = p.edition and e.rule_set = any ($3)
             left join known.criterion c on c.edition = e.code
             order by c.position",
            [
                Value::from(municipality.map(str::to_owned)),
                Value::from(period.map(|key| key.as_str().to_owned())),
                Value::from(ours.map(str::to_owned).to_vec()),
            ],
        )
        .await?;
    let first = rows.first();
    let is_municipality = first.is_some_and(|row| row.is_municipality);
    let extended_to = first.and_then(|row| row.extended_to);
    let days = first.and_then(|row| {
        Some(Days {
            opens_on: row.opens_on?,
            deadline_on: row.deadline_on?,
            closes_on: row.closes_on?,
        })
    });
    let mut evidence_kinds = Vec::with_capacity(rows.len());
    let mut of_edition = Vec::with_capacity(rows.len());
    for row in rows {
        evidence_kinds.extend(row.of_edition.criterion.clone().zip(row.evidence_kinds));
        of_edition.push(row.of_edition);
    }
    let edition = editions_of(of_edition)?.into_values().next();
    let found = period.cloned().zip(days).zip(edition);
    Ok(Named {
        is_municipality,
        extended_to,
        period: found.map(|((key, days), edition)| NamedPeriod {
            key,
            days,
            edition,
            evidence_kinds,
        }),
    })
}
