//! Gathers what verdicts depend on, for many municipalities and periods at once: each kind of input
//! is one statement, whether one municipality is judged or all of them.
//!
//! Read for the purpose `JUDGING`, so that the judge sees every input, also what the actor who
//! changed one may not see. What is gathered here goes to [`super::rules`] and into spans, and
//! nowhere else.

use database::{DbError, ForPurpose, Sql as _};
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{criterion, framework_edition};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, Value,
};

use super::{policies, regional_answers};
use domain::verdict::rules::{
    self, AnswerValue, AnsweredBy, Basis, CriterionRule, CriterionScope, Edition, EditionState,
    Inputs, OwnAnswer, Version,
};

/// Something stored that this program cannot read: never told as "not assessed", never left out of
/// a judgement.
pub fn unreadable(what: &str) -> DbError {
    DbError::doing("reading what is judged")(DbErr::Type(format!("{what} is not readable")))
}

/// Whose verdicts an input that changed concerns.
#[derive(Debug, Clone, Default)]
pub struct Concerned {
    municipalities: Option<Vec<String>>,
    periods: Option<Vec<String>>,
}

impl Concerned {
    /// Every municipality in every period: an edition changed, or the data set did.
    pub fn everyone() -> Self {
        Self::default()
    }

    /// These municipalities, by code, in every period: an adoption, a declaration, a regional
    /// answer, a reorganisation.
    pub fn municipalities<C: Into<String>>(codes: impl IntoIterator<Item = C>) -> Self {
        Self {
            municipalities: Some(codes.into_iter().map(Into::into).collect()),
            periods: None,
        }
    }

    /// Only in this period: an assessment.
    pub fn in_period(self, key: &str) -> Self {
        Self {
            periods: Some(vec![key.to_owned()]),
            ..self
        }
    }
}

/// A municipality, a period (or an edition) and a basis: what has one verdict on a day.
pub(super) type Subject = (String, String, Basis);

/// What is to be judged, with all that its verdict depends on.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) municipality: String,
    pub(crate) period: String,
    pub(crate) closes_on: NaiveDate,
    pub(crate) version: Option<i32>,
    pub(crate) inputs: Inputs,
}

#[derive(FromQueryResult)]
struct CaseRow {
    municipality: String,
    period: String,
    basis: String,
    version: Option<i32>,
    edition: String,
    closes_on: NaiveDate,
}

/// The cases that a change concerns: every subject of which a version counts, or one was judged
/// before. The latest version submitted counts on the one basis, the latest confirmed on the other;
/// once the latest was withdrawn, what was confirmed before it counts on both. Each is looked up by
/// the index, so that it costs the same however long the history is.
async fn case_rows(
    judging: &ForPurpose<'_>,
    concerned: &Concerned,
) -> Result<Vec<CaseRow>, DbError> {
    let side = |codes: &Option<Vec<String>>| {
        [
            Value::from(codes.is_none()),
            Value::from(codes.clone().unwrap_or_default()),
        ]
    };
    let [all, municipalities] = side(&concerned.municipalities);
    let [always, periods] = side(&concerned.periods);
    judging
        .rows(
            "reading what is to be judged",
            "with subject as (
                select distinct m.code as municipality, p.key as period, p.edition, p.closes_on
                from known.municipality m cross join known.reporting_period p
                where ($1 or m.code = any ($2)) and ($3 or p.key = any ($4))
             ), counting as (
                select s.*, b.basis,
                    case when b.basis = 'SUBMITTED' and not exists (
                            select from known.assessment_withdrawal w
                            where w.municipality = s.municipality and w.period = s.period
                              and w.version = latest.number)
                        then latest.number else confirmed.version end as version
                from subject s
                left join lateral (
                    select v.number from known.assessment_version v
                    where v.municipality = s.municipality and v.period = s.period
                    order by v.number desc limit 1
                ) latest on true
                left join lateral (
                    select d.version from known.review_decision d
                    where d.municipality = s.municipality and d.period = s.period
                      and d.outcome = 'CONFIRMED'
                    order by d.version desc limit 1
                ) confirmed on true
                cross join (values ('SUBMITTED'), ('CONFIRMED')) b (basis)
             )
             select c.municipality, c.period, c.basis, c.version, c.edition, c.closes_on
             from counting c
             where c.version is not null
                or exists (select from known.verdict_span j
                    where j.municipality = c.municipality and j.period = c.period
                      and j.basis = c.basis)
                or exists (select from known.verdict_rerun j
                    where j.municipality = c.municipality and j.period = c.period
                      and j.basis = c.basis)
             order by c.period, c.municipality, c.basis",
            [all, municipalities, always, periods],
        )
        .await
}

/// Everything that the verdicts concerned depend on. A period under an edition of another rule set
/// is not ours to judge.
pub(crate) async fn cases(
    judging: &ForPurpose<'_>,
    concerned: &Concerned,
) -> Result<Vec<Case>, DbError> {
    let rows = case_rows(judging, concerned).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let codes: BTreeSet<&str> = rows.iter().map(|row| row.edition.as_str()).collect();
    let editions = editions(judging, codes.into_iter().map(str::to_owned).collect()).await?;
    let municipalities: BTreeSet<&str> = rows.iter().map(|row| row.municipality.as_str()).collect();
    let municipalities: Vec<String> = municipalities.into_iter().map(str::to_owned).collect();
    let policies = policies::find(judging, municipalities.clone()).await?;
    let regional = regional_answers::find(judging, municipalities).await?;
    let mut answers = answers(judging, &rows).await?;
    let mut cases = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(edition) = editions.get(&row.edition) else {
            continue;
        };
        let basis = Basis::from_code(&row.basis).ok_or_else(|| unreadable("a basis"))?;
        let version = match row.version {
            None => None,
            Some(number) => Some(Version {
                number: u32::try_from(number).map_err(|_| unreadable("the number of a version"))?,
                answers: answers
                    .remove(&(row.municipality.clone(), row.period.clone(), basis))
                    .unwrap_or_default(),
            }),
        };
        cases.push(Case {
            inputs: Inputs {
                edition: edition.clone(),
                basis,
                version,
                adoptions: policies.adoptions_of(&row.municipality),
                declared: policies.declared_by(&row.municipality),
                regional_answers: regional
                    .get(&(row.municipality.clone(), row.edition.clone(), basis))
                    .cloned()
                    .unwrap_or_default(),
            },
            municipality: row.municipality,
            period: row.period,
            closes_on: row.closes_on,
            version: row.version,
        });
    }
    Ok(cases)
}

/// Editions as the rules need them, by code; without those whose rule set is not ours. One that
/// still names the rule set whose place ours takes, before an import has corrected it, is judged by
/// ours, and the grounds say so.
pub async fn editions(
    connection: &impl ConnectionTrait,
    codes: Vec<String>,
) -> Result<BTreeMap<String, Edition>, DbError> {
    let rows = framework_edition::Entity::find()
        .filter(framework_edition::Column::Code.is_in(codes.clone()))
        .filter(
            framework_edition::Column::RuleSet.is_in([rules::RULE_SET, rules::SUPERSEDED_RULE_SET]),
        )
        .all(connection)
        .await
        .map_err(DbError::doing("reading editions"))?;
    let mut criteria: BTreeMap<String, Vec<CriterionRule>> = BTreeMap::new();
    for row in criterion::Entity::find()
        .filter(criterion::Column::Edition.is_in(codes))
        .order_by_asc(criterion::Column::Position)
        .all(connection)
        .await
        .map_err(DbError::doing("reading criteria"))?
    {
        let edition = row.edition.clone();
        let rule = criterion_rule(row).ok_or_else(|| unreadable("a criterion"))?;
        criteria.entry(edition).or_default().push(rule);
    }
    let months =
        |months: i32| u32::try_from(months).map_err(|_| unreadable("the months of an edition"));
    rows.into_iter()
        .map(|row| {
            let edition = Edition {
                state: EditionState::from_code(&row.state)
                    .ok_or_else(|| unreadable("the state of an edition"))?,
                norm_months: months(row.norm_months)?,
                inheritance_grace_months: months(row.inheritance_grace_months)?,
                criteria: criteria.remove(&row.code).unwrap_or_default(),
                code: row.code.clone(),
                rule_set: rules::RULE_SET.to_owned(),
                norm_endorsed: row.norm_endorsed,
            };
            Ok((row.code, edition))
        })
        .collect()
}

fn criterion_rule(row: criterion::Model) -> Option<CriterionRule> {
    Some(CriterionRule {
        required: row.required,
        scope: CriterionScope::from_code(&row.scope)?,
        answered_by: AnsweredBy::from_code(&row.answered_by)?,
        not_applicable_allowed: row.not_applicable_allowed,
        review_months: Some(u32::try_from(row.review_months).ok()?),
        code: row.code,
    })
}

#[derive(FromQueryResult)]
struct AnswerRow {
    municipality: String,
    period: String,
    basis: String,
    criterion: String,
    answer: String,
}

/// The answers of the versions that count.
async fn answers(
    judging: &ForPurpose<'_>,
    cases: &[CaseRow],
) -> Result<BTreeMap<Subject, Vec<OwnAnswer>>, DbError> {
    let column = |of: fn(&CaseRow) -> String| Value::from(cases.iter().map(of).collect::<Vec<_>>());
    let rows: Vec<AnswerRow> = judging
        .rows(
            "reading the answers to judge",
            "select a.municipality, a.period, c.basis, a.criterion, a.answer
             from unnest($1, $2, $3, $4) c (municipality, period, basis, version)
             join known.answer a on a.municipality = c.municipality and a.period = c.period
                and a.version = c.version
             order by a.criterion",
            [
                column(|case| case.municipality.clone()),
                column(|case| case.period.clone()),
                column(|case| case.basis.clone()),
                Value::from(
                    cases
                        .iter()
                        .map(|case| case.version.unwrap_or_default())
                        .collect::<Vec<i32>>(),
                ),
            ],
        )
        .await?;
    let mut answers: BTreeMap<Subject, Vec<OwnAnswer>> = BTreeMap::new();
    for row in rows {
        let basis = Basis::from_code(&row.basis).ok_or_else(|| unreadable("a basis"))?;
        let value = AnswerValue::from_code(&row.answer).ok_or_else(|| unreadable("an answer"))?;
        answers
            .entry((row.municipality, row.period, basis))
            .or_default()
            .push(OwnAnswer {
                criterion: row.criterion,
                value,
            });
    }
    Ok(answers)
}
