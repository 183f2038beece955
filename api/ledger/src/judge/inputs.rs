//! Gathers what verdicts depend on, for many municipalities and periods at once, in two statements,
//! whether one municipality is judged or all of them: the cases, and everything that they depend on,
//! each kind of it as one list.
//!
//! Read for the purpose `JUDGING`, so that the judge sees every input, also what the actor who
//! changed one may not see. What is gathered here goes to [`super::rules`] and into spans, and
//! nowhere else.

use database::{DbError, ForPurpose, Sql as _};
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{criterion, framework_edition};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement, Value};
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    policies::{self, Policies},
    regional_answers,
};
use domain::verdict::rules::{
    self, AnswerValue, AnsweredBy, Basis, CriterionRule, CriterionScope, Edition, EditionState,
    Inputs, OwnAnswer, RegionalAnswer, Version,
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

/// Nothing beside what verdicts depend on.
pub(super) const NOTHING: &str = "select where false";

/// Everything that the verdicts concerned depend on, and beside it, as a list of rows, what `beside`
/// brings of the same cases: their municipalities, periods and bases are its values 2 to 4. A period
/// under an edition of another rule set is not ours to judge.
pub(crate) async fn cases(
    judging: &ForPurpose<'_>,
    concerned: &Concerned,
    beside: &str,
) -> Result<(Vec<Case>, serde_json::Value), DbError> {
    let rows = case_rows(judging, concerned).await?;
    if rows.is_empty() {
        return Ok((Vec::new(), serde_json::Value::Array(Vec::new())));
    }
    let Gathered {
        editions,
        policies,
        regional,
        mut answers,
        beside,
    } = gather(judging, &rows, beside).await?;
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
    Ok((cases, beside))
}

/// Editions as the rules need them, by code; without those whose rule set is not ours. One that
/// still names the rule set whose place ours takes, before an import has corrected it, is judged by
/// ours, and the grounds say so.
pub async fn editions(
    connection: &impl ConnectionTrait,
    codes: Vec<String>,
) -> Result<BTreeMap<String, Edition>, DbError> {
    let values = [Value::from(codes), rule_sets()];
    let rows = connection.rows("reading editions", EDITIONS, values);
    editions_of(rows.await?)
}

/// An edition as the rules need it; none when it is not known or its rule set is not ours.
pub async fn edition(
    connection: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<Edition>, DbError> {
    let mut found = editions(connection, vec![code.to_owned()]).await?;
    Ok(found.remove(code))
}

/// The rule sets that are ours to judge by, as a value of a statement.
fn rule_sets() -> Value {
    let ours = [rules::RULE_SET, rules::SUPERSEDED_RULE_SET];
    Value::from(ours.map(str::to_owned).to_vec())
}

/// Editions by their codes, each with its criteria in their order.
const EDITIONS: &str = "select e.code as edition, e.state, e.norm_months,
        e.inheritance_grace_months, e.norm_endorsed, c.code as criterion, c.required, c.scope,
        c.answered_by, c.not_applicable_allowed, c.review_months
     from known.framework_edition e left join known.criterion c on c.edition = e.code
     where e.code = any ($1) and e.rule_set = any ($2)
     order by c.position";

/// An edition, beside one of its criteria; where there is no edition, nothing.
#[derive(Debug, FromQueryResult, Deserialize)]
pub struct EditionRow {
    edition: Option<String>,
    state: Option<String>,
    norm_months: Option<i32>,
    inheritance_grace_months: Option<i32>,
    norm_endorsed: Option<bool>,
    /// The code of the criterion; none where the edition has none.
    pub criterion: Option<String>,
    required: Option<bool>,
    scope: Option<String>,
    answered_by: Option<String>,
    not_applicable_allowed: Option<bool>,
    review_months: Option<i32>,
}

impl EditionRow {
    /// A criterion of an edition, or the edition alone where it has none.
    pub fn of(edition: &framework_edition::Model, criterion: Option<&criterion::Model>) -> Self {
        Self {
            edition: Some(edition.code.clone()),
            state: Some(edition.state.clone()),
            norm_months: Some(edition.norm_months),
            inheritance_grace_months: Some(edition.inheritance_grace_months),
            norm_endorsed: Some(edition.norm_endorsed),
            criterion: criterion.map(|row| row.code.clone()),
            required: criterion.map(|row| row.required),
            scope: criterion.map(|row| row.scope.clone()),
            answered_by: criterion.map(|row| row.answered_by.clone()),
            not_applicable_allowed: criterion.map(|row| row.not_applicable_allowed),
            review_months: criterion.map(|row| row.review_months),
        }
    }

    /// The edition, without criteria; none where there is none.
    fn edition(&self) -> Result<Option<Edition>, DbError> {
        let Some(code) = self.edition.clone() else {
            return Ok(None);
        };
        let months = |months: Option<i32>| {
            let months = months.and_then(|months| u32::try_from(months).ok());
            months.ok_or_else(|| unreadable("the months of an edition"))
        };
        let state = self.state.as_deref().and_then(EditionState::from_code);
        Ok(Some(Edition {
            state: state.ok_or_else(|| unreadable("the state of an edition"))?,
            norm_months: months(self.norm_months)?,
            inheritance_grace_months: months(self.inheritance_grace_months)?,
            criteria: Vec::new(),
            code,
            rule_set: rules::RULE_SET.to_owned(),
            norm_endorsed: self.norm_endorsed.unwrap_or_default(),
        }))
    }

    /// The rule of the criterion; none where there is none.
    fn rule(self) -> Result<Option<CriterionRule>, DbError> {
        let Some(code) = self.criterion else {
            return Ok(None);
        };
        let rule = || {
            Some(CriterionRule {
                required: self.required?,
                scope: CriterionScope::from_code(&self.scope?)?,
                answered_by: AnsweredBy::from_code(&self.answered_by?)?,
                not_applicable_allowed: self.not_applicable_allowed?,
                review_months: Some(u32::try_from(self.review_months?).ok()?),
                code,
            })
        };
        Ok(Some(rule().ok_or_else(|| unreadable("a criterion"))?))
    }
}

/// The editions among rows, by code, each with its criteria in the order of the rows.
///
/// # Errors
/// When one of them cannot be read.
pub fn editions_of(rows: Vec<EditionRow>) -> Result<BTreeMap<String, Edition>, DbError> {
    let mut editions: BTreeMap<String, Edition> = BTreeMap::new();
    for row in rows {
        let Some(code) = row.edition.clone() else {
            continue;
        };
        if !editions.contains_key(&code) {
            editions.extend(row.edition()?.map(|edition| (code.clone(), edition)));
        }
        if let Some(edition) = editions.get_mut(&code) {
            edition.criteria.extend(row.rule()?);
        }
    }
    Ok(editions)
}

/// What the cases depend on.
struct Gathered {
    editions: BTreeMap<String, Edition>,
    policies: Policies,
    regional: BTreeMap<Subject, Vec<RegionalAnswer>>,
    answers: BTreeMap<Subject, Vec<OwnAnswer>>,
    beside: serde_json::Value,
}

/// The same as it comes, each kind as one list of rows.
#[derive(FromQueryResult)]
struct GatheredRow {
    editions: serde_json::Value,
    adoptions: serde_json::Value,
    declarations: serde_json::Value,
    regional: serde_json::Value,
    answers: serde_json::Value,
    beside: serde_json::Value,
}

/// A kind of input as one list, in its own order.
pub(super) fn list(name: &str, sql: &str) -> String {
    format!("(select coalesce(jsonb_agg(to_jsonb(r)), '[]') from ({sql}) r) as {name}")
}

/// Reads the rows of such a list.
pub(super) fn rows_of<R: DeserializeOwned>(
    what: &str,
    list: serde_json::Value,
) -> Result<Vec<R>, DbError> {
    serde_json::from_value(list).map_err(|_| unreadable(what))
}

/// Reads everything that the cases depend on.
async fn gather(
    judging: &ForPurpose<'_>,
    cases: &[CaseRow],
    beside: &str,
) -> Result<Gathered, DbError> {
    const DOING: &str = "reading what verdicts depend on";
    let sql = [
        list("adoptions", policies::ADOPTIONS),
        list("declarations", policies::DECLARATIONS),
        list("regional", regional_answers::ANSWERS),
        list("answers", ANSWERS),
        list("beside", beside),
        list(
            "editions",
            &EDITIONS.replace("$1", "$6").replace("$2", "$7"),
        ),
    ];
    let column = |of: fn(&CaseRow) -> String| cases.iter().map(of).collect::<Vec<_>>();
    let distinct =
        |texts: Vec<String>| -> Vec<String> { BTreeSet::from_iter(texts).into_iter().collect() };
    let municipalities = column(|case| case.municipality.clone());
    let versions = cases.iter().map(|case| case.version.unwrap_or_default());
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        format!("select {}", sql.join(", ")),
        [
            Value::from(distinct(municipalities.clone())),
            Value::from(municipalities),
            Value::from(column(|case| case.period.clone())),
            Value::from(column(|case| case.basis.clone())),
            Value::from(versions.collect::<Vec<i32>>()),
            Value::from(distinct(column(|case| case.edition.clone()))),
            rule_sets(),
        ],
    );
    let found = GatheredRow::find_by_statement(statement).one(judging).await;
    let found = found
        .map_err(DbError::doing(DOING))?
        .ok_or_else(|| unreadable("what verdicts depend on"))?;
    Ok(Gathered {
        editions: editions_of(rows_of("an edition", found.editions)?)?,
        policies: Policies::of(
            rows_of("an adoption", found.adoptions)?,
            rows_of("what is declared of a policy", found.declarations)?,
        )?,
        regional: regional_answers::by_subject(rows_of("a regional answer", found.regional)?)?,
        answers: answers_of(rows_of("an answer", found.answers)?)?,
        beside: found.beside,
    })
}

#[derive(Deserialize)]
struct AnswerRow {
    municipality: String,
    period: String,
    basis: String,
    criterion: String,
    answer: String,
}

/// The answers of the versions that count.
const ANSWERS: &str = "select a.municipality, a.period, c.basis, a.criterion, a.answer
     from unnest($2::text[], $3::text[], $4::text[], $5::int[])
        c (municipality, period, basis, version)
     join known.answer a on a.municipality = c.municipality and a.period = c.period
        and a.version = c.version
     order by a.criterion";

fn answers_of(rows: Vec<AnswerRow>) -> Result<BTreeMap<Subject, Vec<OwnAnswer>>, DbError> {
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
