//! Reads what an input of an assessment names: whether there is the municipality, and the period
//! with its edition and the criteria of that.
//!
//! What is handed in is judged by what is known once the ledger is locked, and by the deadline in
//! force for the municipality: that is one statement. A draft is checked by what is known at its
//! head and goes without the deadline, and all of that everybody may read, so it is in memory.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{criterion, framework_edition, municipality, reporting_period};
use sea_orm::{FromQueryResult, Value};

use super::target::NamedPeriod;
use database::{DbError, Memo, Session, Tables};
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

/// What a draft may name: the municipalities that there are or ever were, and the periods.
#[derive(Debug)]
struct Nameable {
    municipalities: BTreeSet<String>,
    periods: BTreeMap<String, NamedPeriod>,
}

impl Nameable {
    async fn read(tables: Tables<'_>) -> Result<Self, DbError> {
        let editions = tables.rows::<framework_edition::Entity>().await?;
        let criteria = tables.rows::<criterion::Entity>().await?;
        let mut named = Self {
            municipalities: BTreeSet::new(),
            periods: BTreeMap::new(),
        };
        for row in tables.rows::<municipality::Entity>().await? {
            named.municipalities.insert(row.code.clone());
        }
        for period in tables.rows::<reporting_period::Entity>().await? {
            let edition = editions.iter().find(|row| row.code == period.edition);
            let found = edition.map(|edition| named_period(period, edition, criteria));
            if let Some(found) = found.transpose()?.flatten() {
                named.periods.entry(period.key.clone()).or_insert(found);
            }
        }
        Ok(named)
    }
}

/// A period with its edition; none where the edition is not ours to judge by.
fn named_period(
    period: &reporting_period::Model,
    edition: &framework_edition::Model,
    criteria: &[criterion::Model],
) -> Result<Option<NamedPeriod>, DbError> {
    let is_ours = [rules::RULE_SET, rules::SUPERSEDED_RULE_SET].contains(&&*edition.rule_set);
    let Some(key) = PeriodKey::parse(&period.key).filter(|_| is_ours) else {
        return Ok(None);
    };
    let own = criteria.iter().filter(|row| row.edition == edition.code);
    let mut own: Vec<&criterion::Model> = own.collect();
    own.sort_by_key(|row| row.position);
    let mut rows = vec![EditionRow::of(edition, None)];
    rows.extend(own.iter().map(|row| EditionRow::of(edition, Some(row))));
    let edition = editions_of(rows)?.into_values().next();
    let kinds = own.iter();
    let kinds = kinds.map(|row| (row.code.clone(), row.evidence_kinds.clone()));
    Ok(edition.map(|edition| NamedPeriod {
        key,
        days: Days {
            opens_on: period.opens_on,
            deadline_on: period.deadline_on,
            closes_on: period.closes_on,
        },
        edition,
        evidence_kinds: kinds.collect(),
    }))
}

/// Finds the municipality and the period of these keys among what is known at the head that the
/// session found; the deadline that VNG gave is left out.
pub(super) async fn find_for_draft(
    session: &Session,
    municipality: &str,
    period: Option<&PeriodKey>,
) -> Result<Named, DbError> {
    let memo = Memo::default();
    let named = memo
        .shared::<Nameable, _>(session, "", Nameable::read)
        .await?;
    Ok(Named {
        is_municipality: named.municipalities.contains(municipality),
        period: period.and_then(|key| named.periods.get(key.as_str()).cloned()),
        extended_to: None,
    })
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
