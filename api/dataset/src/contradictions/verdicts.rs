//! Verdicts beside what is registered of the policies of their municipalities.

use chrono::NaiveDate;
use domain::{
    policies::rules::{Dates, Declared, PolicyState, state},
    quality::contradictions::{Contradiction, PolicyBesideVerdict},
    verdict::facts::AnswerValue,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::rows;
use database::DbError;

#[derive(FromQueryResult)]
struct Judged {
    municipality: String,
    period: String,
    answer: Option<String>,
    is_inherited: bool,
}

#[derive(FromQueryResult)]
struct Adopted {
    municipality: String,
    adopted_on: Option<NaiveDate>,
    in_force_on: Option<NaiveDate>,
    published_on_text: Option<String>,
    ends_on: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
struct Word {
    municipality: String,
    state: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

/// Verdicts of periods that are not closed, beside the policy of the day.
pub(super) async fn find<C: ConnectionTrait>(
    db: &C,
    day: NaiveDate,
) -> Result<Vec<Contradiction>, DbError> {
    let judged: Vec<Judged> = rows(
        db,
        "select s.municipality, s.period, g.ground ->> 'effective' as answer,
            coalesce(g.ground -> 'reasons' @> '[{\"code\": \"INHERITED_POLICY\"}]', false)
                as is_inherited
         from (
            select distinct on (v.municipality, v.period, v.basis)
                v.municipality, v.period, v.basis, v.grounds
            from known.verdict_span v
            join known.reporting_period p on p.key = v.period and p.closes_on >= $1
            where v.valid_from <= $1
            order by v.municipality, v.period, v.basis, v.ledger_no desc, v.valid_from desc) s
         left join lateral (
            select ground from jsonb_array_elements(to_jsonb(s.grounds) -> 'criteria') as c (ground)
            where ground ->> 'criterion' = 'BB-01' limit 1) g on true
         order by s.municipality, s.period, s.basis",
        vec![day.into()],
    )
    .await?;
    let adopted: Vec<Adopted> = rows(
        db,
        "select a.municipality, a.adopted_on, a.in_force_on, a.published_on_text, d.ends_on,
            a.valid_to as until
         from known.policy_adoption a left join known.policy_document d on d.key = a.policy
         where a.municipality is not null",
        Vec::new(),
    )
    .await?;
    let words: Vec<Word> = rows(
        db,
        "select municipality, state, valid_from, valid_to from known.policy_declaration",
        Vec::new(),
    )
    .await?;
    let mut found = Vec::new();
    for one in &judged {
        let Some(answer) = one.answer.as_deref().and_then(AnswerValue::from_code) else {
            continue;
        };
        let subject = format!("{}/{}", one.municipality, one.period);
        let beside = PolicyBesideVerdict {
            subject: &subject,
            state: policy_state(&one.municipality, &adopted, &words, day),
            adopted_policy: answer,
            is_inherited: one.is_inherited,
        };
        found.extend(beside.contradiction());
    }
    Ok(found)
}

fn policy_state(
    municipality: &str,
    adopted: &[Adopted],
    words: &[Word],
    day: NaiveDate,
) -> PolicyState {
    let dates: Vec<Dates> = adopted
        .iter()
        .filter(|row| row.municipality == municipality)
        .map(|row| Dates {
            adopted_on: row.adopted_on,
            in_force_on: row.in_force_on,
            published_on: row
                .published_on_text
                .as_deref()
                .and_then(|text| text.parse().ok()),
            revised_on: None,
            ends_on: row.ends_on,
            until: row.until,
        })
        .collect();
    let declared: Vec<Declared> = words
        .iter()
        .filter(|row| row.municipality == municipality)
        .filter_map(|row| {
            Some(Declared {
                state: PolicyState::from_code(&row.state)?,
                from: row.valid_from.unwrap_or_default(),
                until: row.valid_to,
            })
        })
        .collect();
    state(&dates, &declared, day)
}
