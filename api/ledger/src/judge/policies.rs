//! What is known of the policies of municipalities: the decisions that adopt them and what was
//! declared of them. One of the inputs that [`super::inputs`] gathers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::{DbBackend, FromQueryResult, Statement, Value};
use serde::Deserialize;

use super::inputs::{list, rows_of, unreadable};
use database::{DbError, ForPurpose};
use domain::{
    policies::rules::{Declared, PolicyState},
    verdict::rules::{Adoption, Inheritance},
};

/// A row of [`ADOPTIONS`].
#[derive(FromQueryResult, Deserialize)]
pub(super) struct AdoptionRow {
    municipality: String,
    policy: String,
    adopted_on: Option<NaiveDate>,
    revised_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
    in_force_on: Option<NaiveDate>,
    published_on_text: Option<String>,
    passed_on: Option<NaiveDate>,
    is_regional: bool,
    inherited_from: Option<String>,
    reorganised_on: Option<NaiveDate>,
}

/// The adoptions that count for each municipality: its own, and what a new one inherits from its
/// largest predecessor. VNG names the largest; where nobody did, a single predecessor is the
/// largest, and of several none is. One that absorbed another goes on under its own decisions. A
/// new municipality that bears an old code is another: the decisions of the old one pass on that
/// day to its predecessor.
pub(super) const ADOPTIONS: &str = "with adoption as (
        select a.municipality, a.policy, a.adopted_on, d.revised_on, d.ends_on, a.valid_to,
            a.in_force_on, a.published_on_text, d.level = 'REGIONAL' as is_regional
        from known.policy_adoption a join known.policy_document d on d.key = a.policy
     ), begun as (
        select r.successor, r.predecessor, r.effective_on,
            coalesce(r.is_largest, not exists (
                select from known.reorganisation o where o.successor = r.successor
                  and o.effective_on = r.effective_on
                  and o.predecessor <> r.predecessor)) as is_largest
        from known.reorganisation r
        join known.municipality m on m.code = r.successor and m.valid_from = r.effective_on
     )
     select a.municipality, a.policy, a.adopted_on, a.revised_on, a.ends_on,
        a.valid_to as withdrawn_on, a.in_force_on, a.published_on_text,
        (select min(b.effective_on) from begun b
            where b.successor = a.municipality
              and b.effective_on > least(a.adopted_on, a.in_force_on)) as passed_on,
        a.is_regional, null::text as inherited_from, null::date as reorganised_on
     from adoption a
     where a.municipality = any ($1)
     union all
     select b.successor, a.policy, a.adopted_on, a.revised_on, a.ends_on, a.valid_to,
        a.in_force_on, a.published_on_text, null::date, a.is_regional, b.predecessor,
        b.effective_on
     from begun b
     join adoption a on a.municipality = b.predecessor and a.adopted_on < b.effective_on
     where b.successor = any ($1) and b.is_largest
     order by 1, 2, 11";

/// A row of [`DECLARATIONS`].
#[derive(FromQueryResult, Deserialize)]
pub(super) struct DeclarationRow {
    municipality: String,
    state: String,
    declared_from: NaiveDate,
    declared_until: Option<NaiveDate>,
}

/// What was declared of the policy of each municipality, in the order of its days.
pub(super) const DECLARATIONS: &str = "select p.municipality, p.state,
        p.valid_from as declared_from, p.valid_to as declared_until
     from known.policy_declaration p where p.municipality = any ($1)
     order by p.municipality, p.valid_from";

/// What is known of the policies of municipalities, by code.
#[derive(Debug, Default)]
pub(super) struct Policies {
    pub(super) adoptions: BTreeMap<String, Vec<Adoption>>,
    pub(super) declared: BTreeMap<String, Vec<Declared>>,
}

impl Policies {
    /// What rows of both kinds say.
    pub(super) fn of(
        adoptions: Vec<AdoptionRow>,
        declarations: Vec<DeclarationRow>,
    ) -> Result<Self, DbError> {
        Ok(Self {
            adoptions: adoptions_of(adoptions),
            declared: declared_of(declarations)?,
        })
    }

    pub(super) fn adoptions_of(&self, municipality: &str) -> Vec<Adoption> {
        self.adoptions
            .get(municipality)
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn declared_by(&self, municipality: &str) -> Vec<Declared> {
        self.declared.get(municipality).cloned().unwrap_or_default()
    }
}

/// What is known of the policies of municipalities as it comes, each kind as one list of rows.
#[derive(FromQueryResult)]
struct PoliciesRow {
    adoptions: serde_json::Value,
    declarations: serde_json::Value,
}

/// What is known of the policies of these municipalities.
pub(super) async fn find(
    judging: &ForPurpose<'_>,
    municipalities: Vec<String>,
) -> Result<Policies, DbError> {
    let sql = [
        list("adoptions", ADOPTIONS),
        list("declarations", DECLARATIONS),
    ];
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        format!("select {}", sql.join(", ")),
        [Value::from(municipalities)],
    );
    let found = PoliciesRow::find_by_statement(statement).one(judging).await;
    let found = found.map_err(DbError::doing("reading policies"))?;
    let found = found.ok_or_else(|| unreadable("what is known of policies"))?;
    Policies::of(
        rows_of("an adoption", found.adoptions)?,
        rows_of("what is declared of a policy", found.declarations)?,
    )
}

/// Declarations by municipality.
pub(super) fn declared_of(
    rows: Vec<DeclarationRow>,
) -> Result<BTreeMap<String, Vec<Declared>>, DbError> {
    let mut declared: BTreeMap<String, Vec<Declared>> = BTreeMap::new();
    for row in rows {
        let state = PolicyState::from_code(&row.state)
            .ok_or_else(|| unreadable("what is declared of a policy"))?;
        declared
            .entry(row.municipality)
            .or_default()
            .push(Declared {
                state,
                from: row.declared_from,
                until: row.declared_until,
            });
    }
    Ok(declared)
}

/// Adoptions by municipality.
pub(super) fn adoptions_of(rows: Vec<AdoptionRow>) -> BTreeMap<String, Vec<Adoption>> {
    let mut adoptions: BTreeMap<String, Vec<Adoption>> = BTreeMap::new();
    for row in rows {
        let inherited = row.inherited_from.zip(row.reorganised_on);
        let published_on = row.published_on_text.and_then(|text| text.parse().ok());
        adoptions
            .entry(row.municipality)
            .or_default()
            .push(Adoption {
                policy: row.policy,
                adopted_on: row.adopted_on,
                revised_on: row.revised_on,
                ends_on: row.ends_on,
                withdrawn_on: row.withdrawn_on,
                proven_on: row.in_force_on.into_iter().chain(published_on).min(),
                passed_on: row.passed_on,
                regional: row.is_regional,
                inherited: inherited.map(|(from_municipality, reorganised_on)| Inheritance {
                    from_municipality,
                    reorganised_on,
                }),
            });
    }
    adoptions
}
