//! Gathers the inputs of a verdict, keeps verdicts as spans, and selects them by day, ledger number and scope.
//!
//! Not here yet, and part of the compliance work that follows: a closed period still reads the latest spans and not those
//! known at its closing, and an adoption that is imported later judges nobody anew until the next submission.

use chrono::NaiveDate;
use entity::{criterion, framework_edition, verdict_span};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, Value,
};

use super::rules::{
    self, Adoption, AnswerValue, AnsweredBy, Basis, CriterionRule, CriterionScope, Edition,
    EditionState, Grounds, Inheritance, Inputs, OwnAnswer, VerdictStatus, Version,
};
use crate::{
    db::{DbError, Session},
    ids,
    ledger::Writer,
    policy::{MayReadTotals, ReadScope, Rows},
    territory::MunicipalityCode,
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
    let row = framework_edition::Entity::find()
        .filter(framework_edition::Column::Code.eq(code))
        .one(session)
        .await
        .map_err(DbError::doing("reading an edition"))?;
    let Some(row) = row.filter(|row| row.rule_set == rules::RULE_SET) else {
        return Ok(None);
    };
    let criteria = criterion::Entity::find()
        .filter(criterion::Column::Edition.eq(code))
        .order_by_asc(criterion::Column::Position)
        .all(session)
        .await
        .map_err(DbError::doing("reading criteria"))?;
    let criteria: Option<Vec<CriterionRule>> = criteria
        .into_iter()
        .map(|row| {
            Some(CriterionRule {
                required: row.required,
                scope: CriterionScope::parse(&row.scope)?,
                answered_by: AnsweredBy::parse(&row.answered_by)?,
                not_applicable_allowed: row.not_applicable_allowed,
                review_months: Some(u32::try_from(row.review_months).ok()?),
                code: row.code,
            })
        })
        .collect();
    let months =
        |months: i32| u32::try_from(months).map_err(|_| unreadable("the months of an edition"));
    Ok(Some(Edition {
        state: EditionState::parse(&row.state)
            .ok_or_else(|| unreadable("the state of an edition"))?,
        norm_months: months(row.norm_months)?,
        inheritance_grace_months: months(row.inheritance_grace_months)?,
        criteria: criteria.ok_or_else(|| unreadable("a criterion"))?,
        code: row.code,
        rule_set: row.rule_set,
        norm_endorsed: row.norm_endorsed,
    }))
}

/// Something stored that this program cannot read: never told as "not assessed", never left out of a judgement.
fn unreadable(what: &str) -> DbError {
    DbError::doing("reading what was judged")(DbErr::Type(format!("{what} is not readable")))
}

#[derive(FromQueryResult)]
struct AdoptionRow {
    policy: String,
    adopted_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    inherited_from: Option<String>,
    reorganised_on: Option<NaiveDate>,
}

/// The adoptions that count for a municipality: its own, and what it inherits from the largest predecessor. No official
/// sizes are loaded, so a new municipality inherits only where it has a single predecessor; a merger of several leaves
/// nothing to inherit until sizes are known. One that absorbed another goes on under its own decisions.
async fn adoptions(
    session: &Session,
    municipality: &MunicipalityCode,
) -> Result<Vec<Adoption>, DbError> {
    let rows: Vec<AdoptionRow> = session
        .rows(
            "reading adoptions",
            "select a.policy, a.adopted_on, d.ends_on, null::text as inherited_from, null::date as reorganised_on
             from known.policy_adoption a join known.policy_document d on d.key = a.policy
             where a.municipality = $1
             union all
             select a.policy, a.adopted_on, d.ends_on, r.predecessor, r.effective_on
             from known.reorganisation r
             join known.policy_adoption a on a.municipality = r.predecessor
             join known.policy_document d on d.key = a.policy
             where r.successor = $1 and r.kind = 'MERGER'
               and 1 = (select count(*) from known.reorganisation o
                        where o.successor = r.successor and o.effective_on = r.effective_on)
             order by 1, 4",
            [Value::from(municipality.as_str())],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Adoption {
            policy: row.policy,
            adopted_on: row.adopted_on,
            revised_on: None,
            ends_on: row.ends_on,
            withdrawn_on: None,
            inherited: row.inherited_from.zip(row.reorganised_on).map(
                |(from_municipality, reorganised_on)| Inheritance {
                    from_municipality,
                    reorganised_on,
                },
            ),
        })
        .collect())
}

#[derive(FromQueryResult)]
struct AnswerRow {
    criterion: String,
    answer: String,
}

async fn version(
    session: &Session,
    municipality: &MunicipalityCode,
    period: &str,
    number: i32,
) -> Result<Version, DbError> {
    let rows: Vec<AnswerRow> = session
        .rows(
            "reading the answers to judge",
            "select criterion, answer from known.answer
             where municipality = $1 and period = $2 and version = $3 order by criterion",
            [
                Value::from(municipality.as_str()),
                Value::from(period),
                Value::from(number),
            ],
        )
        .await?;
    Ok(Version {
        number: u32::try_from(number).map_err(|_| unreadable("the number of a version"))?,
        answers: rows
            .into_iter()
            .map(|row| {
                Ok(OwnAnswer {
                    criterion: row.criterion,
                    value: AnswerValue::parse(&row.answer)
                        .ok_or_else(|| unreadable("an answer"))?,
                })
            })
            .collect::<Result<_, DbError>>()?,
    })
}

/// A version to judge.
#[derive(Debug)]
pub(crate) struct ToJudge<'a> {
    pub(crate) municipality: &'a MunicipalityCode,
    pub(crate) period: &'a str,
    pub(crate) version: i32,
    pub(crate) basis: Basis,
    pub(crate) edition: Edition,
}

/// Judges a version and keeps what the rules say, from today on, under a ledger number of this transaction.
pub(crate) async fn judge_and_append(
    writer: &Writer,
    ledger_no: i64,
    judged: ToJudge<'_>,
) -> Result<(), DbError> {
    let ToJudge {
        municipality,
        period,
        version: number,
        basis,
        edition,
    } = judged;
    let session = writer.session();
    let inputs = Inputs {
        edition,
        basis,
        version: Some(version(session, municipality, period, number).await?),
        adoptions: adoptions(session, municipality).await?,
        regional_answers: Vec::new(),
    };
    let spans = rules::spans(&inputs, session.today());
    let ends: Vec<Option<NaiveDate>> = spans
        .iter()
        .skip(1)
        .map(|span| Some(span.from))
        .chain([None])
        .collect();
    let mut rows = Vec::with_capacity(spans.len());
    for (span, until) in spans.into_iter().zip(ends) {
        let grounds = serde_json::to_value(&span.judgement.grounds)
            .map_err(|error| DbError::doing("writing grounds")(DbErr::Json(error.to_string())))?;
        rows.push(verdict_span::ActiveModel {
            id: Set(ids::row_id()),
            ledger_no: Set(ledger_no),
            subject_key: Set(format!("{}/{period}", municipality.as_str())),
            valid_from: Set(Some(span.from)),
            valid_to: Set(until),
            withdrawn: Set(false),
            municipality: Set(municipality.as_str().to_owned()),
            period: Set(period.to_owned()),
            basis: Set(basis.as_code().to_owned()),
            status: Set(span.judgement.status.as_code().to_owned()),
            version: Set(number),
            grounds: Set(grounds),
            ..Default::default()
        });
    }
    verdict_span::Entity::insert_many(rows)
        .exec_without_returning(session)
        .await
        .map_err(DbError::doing("keeping a verdict"))?;
    Ok(())
}

#[derive(FromQueryResult)]
struct SpanRow {
    status: String,
    valid_from: NaiveDate,
    ledger_no: i64,
    grounds: serde_json::Value,
}

/// The verdict of one municipality on a day, as far as the scope reaches; none when nothing was judged.
pub(crate) async fn find(
    session: &Session,
    scope: &ReadScope,
    municipality: &str,
    (period, basis, day): (&str, Basis, NaiveDate),
) -> Result<Option<Stored>, DbError> {
    let (all, municipalities, subjects) = bounds(scope);
    let row: Option<SpanRow> = session
        .row(
            "reading a verdict",
            "select status, valid_from, ledger_no, grounds from known.verdict_span
             where municipality = $1 and period = $2 and basis = $3 and valid_from <= $4
               and exists (select from known.municipality m where m.code = $1
                 and (m.valid_from is null or m.valid_from <= $4) and (m.valid_to is null or m.valid_to > $4))
               and ($5 or municipality = any ($6) or municipality || '/' || period = any ($7))
             order by ledger_no desc, valid_from desc limit 1",
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
