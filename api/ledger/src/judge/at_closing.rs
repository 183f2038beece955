//! Who counts by its region on a day, by what was known then: evaluated when a picture is asked
//! for, by the same pure function on the same inputs as the judge gathers. Not kept with the spans,
//! because it is also of members that were never judged.
//!
//! A closed period keeps what it closed with: the inputs are read as they were known at the ledger
//! number at which it closed, or at that of the transaction while that is earlier. Four kinds of
//! statement, whatever the number of members.

use database::{DbError, ForPurpose, Sql as _};
use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::Value;

use super::{
    inputs,
    policies::{self, AdoptionRow, DeclarationRow},
    regional_answers,
};
use domain::verdict::rules::{Basis, EditionState, Inputs, counts_by_region};

/// Those that count by their region, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByRegion {
    /// The codes of those municipalities.
    pub municipalities: BTreeSet<String>,
    /// Whether the criteria are a proposal.
    pub provisional: bool,
}

/// What is counted: a period by an edition, on a basis and on a day.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// The key of the period.
    pub period: &'a str,
    /// The code of the edition by which it is judged.
    pub edition: &'a str,
    /// The basis.
    pub basis: Basis,
    /// The day.
    pub day: NaiveDate,
    /// The ledger number at which it is known, if the period had not closed before.
    pub known: i64,
}

/// Which of these municipalities count by their region. Read
/// for a purpose that lets every regional answer be read: an area answers for members of another as
/// well, and what counts must not depend on who asks.
pub async fn by_region(
    counting: &ForPurpose<'_>,
    counted: Counted<'_>,
    municipalities: Vec<String>,
) -> Result<ByRegion, DbError> {
    let Counted {
        period,
        edition,
        basis,
        day,
        known,
    } = counted;
    let mut editions = inputs::editions(counting, vec![edition.to_owned()]).await?;
    let Some(rules) = editions.remove(edition) else {
        return Ok(ByRegion::default());
    };
    let provisional = rules.state != EditionState::Endorsed;
    // Known at one number at a time: the queries of the judge, asked at that of the closing.
    let requested = |query: &str| {
        [
            Value::from(period),
            Value::from(query),
            Value::from(municipalities.clone()),
            Value::from(known),
        ]
    };
    let adoptions: Vec<AdoptionRow> = counting
        .rows(
            "reading the adoptions that a period closed with",
            "select r.* from known_until(least(closing_number($1), $4::bigint), $2, $3) k
             cross join lateral jsonb_to_record(k) r (
                municipality text, policy text, adopted_on date, revised_on date, ends_on date,
                withdrawn_on date, in_force_on date, published_on_text text, passed_on date,
                is_regional boolean, inherited_from text, reorganised_on date)",
            requested(policies::ADOPTIONS),
        )
        .await?;
    let mut adoptions = policies::adoptions_of(adoptions);
    let declarations: Vec<DeclarationRow> = counting
        .rows(
            "reading the declarations that a period closed with",
            "select r.* from known_until(least(closing_number($1), $4::bigint), $2, $3) k
             cross join lateral jsonb_to_record(k) r (
                municipality text, state text, declared_from date, declared_until date)",
            requested(policies::DECLARATIONS),
        )
        .await?;
    let mut declared = policies::declared_of(declarations)?;
    let answers: Vec<regional_answers::Row> = counting
        .rows(
            "reading the regional answers that a period closed with",
            "select r.* from known_until(least(closing_number($1), $4::bigint), $2, $3) k
             cross join lateral jsonb_to_record(k) r (
                municipality text, basis text, edition text, area text, criterion text, answer text,
                counts_from date, counts_until date)",
            requested(regional_answers::ANSWERS),
        )
        .await?;
    let mut answers = regional_answers::by_subject(answers)?;
    let mut shown = Inputs {
        edition: rules,
        basis,
        version: None,
        adoptions: Vec::new(),
        declared: Vec::new(),
        regional_answers: Vec::new(),
    };
    let mut found = BTreeSet::new();
    for code in municipalities {
        let subject = (code, edition.to_owned(), basis);
        shown.regional_answers = answers.remove(&subject).unwrap_or_default();
        shown.adoptions = adoptions.remove(&subject.0).unwrap_or_default();
        shown.declared = declared.remove(&subject.0).unwrap_or_default();
        if counts_by_region(&shown, day) {
            found.insert(subject.0);
        }
    }
    Ok(ByRegion {
        municipalities: found,
        provisional,
    })
}
