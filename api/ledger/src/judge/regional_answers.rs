//! The answers that a reporting region gave and that count for its members: one of the inputs that
//! [`super::inputs`] gathers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};
use serde::Deserialize;

use super::inputs::{Subject, unreadable};
use database::{DbError, ForPurpose, Sql as _};
use domain::verdict::rules::{AnswerValue, Basis, RegionalAnswer};

/// A row of [`ANSWERS`].
#[derive(FromQueryResult, Deserialize)]
pub(super) struct Row {
    municipality: String,
    basis: String,
    edition: String,
    area: String,
    criterion: String,
    answer: String,
    counts_from: NaiveDate,
    counts_until: Option<NaiveDate>,
}

/// The regional answers that count for each municipality under an edition and on a basis, each for
/// the days on which it holds and the municipality is a member. A version holds until a later one
/// begins; on the basis CONFIRMED, until a later one that was confirmed too. An answer to a
/// criterion that a later edition carried over as it stands counts under that edition too, until an
/// answer begins that was given under it; one to a criterion that changed does not.
pub(super) const ANSWERS: &str = "with recursive origin (
        edition, criterion, from_edition, from_criterion, steps
     ) as (
        select l.edition, l.criterion, l.from_edition, l.from_criterion, 1
        from known.criterion_lineage l
        where l.change = 'CARRIED'
        union all
        select l.edition, l.criterion, o.from_edition, o.from_criterion, o.steps + 1
        from known.criterion_lineage l
        join origin o on o.edition = l.from_edition and o.criterion = l.from_criterion
        where l.change = 'CARRIED'
     ), given as (
        select a.*, b.basis
        from known.regional_answer a
        left join known.regional_review d on d.area = a.area and d.edition = a.edition
            and d.criterion = a.criterion and d.version = a.version and d.outcome = 'CONFIRMED'
        join (values ('SUBMITTED'), ('CONFIRMED')) b (basis)
            on b.basis = 'SUBMITTED' or d.version is not null
     ), counting as (
        select g.area, g.basis, g.answer, g.valid_from, g.valid_to, t.edition, t.criterion,
            min(g.valid_from) over (
                partition by g.area, t.edition, t.criterion, g.basis
                order by t.steps, g.version desc
                rows between unbounded preceding and 1 preceding) as replaced_on
        from given g
        cross join lateral (
            select g.edition, g.criterion, 0
            union all
            select o.edition, o.criterion, o.steps from origin o
            where o.from_edition = g.edition and o.from_criterion = g.criterion
        ) t (edition, criterion, steps)
     ), holding as (
        select m.municipality, a.basis, a.edition, a.area, a.criterion, a.answer,
            greatest(a.valid_from, m.valid_from) as counts_from,
            least(a.valid_to, a.replaced_on, m.valid_to) as counts_until
        from counting a
        join known.area_membership m on m.area = a.area
        where m.municipality = any ($1)
     )
     select * from holding where counts_until is null or counts_from < counts_until
     order by area, criterion, counts_from";

/// The regional answers that count for each municipality under an edition and on a basis.
pub(super) async fn find(
    judging: &ForPurpose<'_>,
    municipalities: Vec<String>,
) -> Result<BTreeMap<Subject, Vec<RegionalAnswer>>, DbError> {
    let rows: Vec<Row> = judging
        .rows(
            "reading the regional answers to judge by",
            ANSWERS,
            [Value::from(municipalities)],
        )
        .await?;
    by_subject(rows)
}

/// Regional answers by municipality, edition and basis.
pub(super) fn by_subject(
    rows: Vec<Row>,
) -> Result<BTreeMap<Subject, Vec<RegionalAnswer>>, DbError> {
    let mut answers: BTreeMap<Subject, Vec<RegionalAnswer>> = BTreeMap::new();
    for row in rows {
        let basis = Basis::from_code(&row.basis).ok_or_else(|| unreadable("a basis"))?;
        let value =
            AnswerValue::from_code(&row.answer).ok_or_else(|| unreadable("a regional answer"))?;
        answers
            .entry((row.municipality, row.edition, basis))
            .or_default()
            .push(RegionalAnswer {
                area: row.area,
                criterion: row.criterion,
                value,
                from: row.counts_from,
                until: row.counts_until,
            });
    }
    Ok(answers)
}
