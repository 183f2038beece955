//! Which rows of a table somebody reaches: the mandate table, asked through `policy`, as a filter.
//!
//! Row-level security says the same once more below the views. A table that a role reaches nothing
//! of is refused as a whole: an empty table would look like an answer.

use super::{
    filter::{Expr, Filter, Literal},
    tables::{Access, ConfirmedBy, Table},
};
use domain::{
    policy::{self, Mandate, ReadScope, Rows, Rule},
    verdict::rules::Basis,
};

/// The rows of a table that a mandate reaches; the rule that hides the table, when it reaches none.
pub fn reach(table: &Table, mandate: &Mandate) -> Result<Filter, Rule> {
    match table.access {
        Access::Public => Ok(Filter::Constant(true)),
        Access::Submissions => rows(&policy::submissions(mandate), || Filter::Constant(true)),
        Access::Answers(by) => rows(&policy::answers(mandate), || confirmed(table, by)),
        Access::Verdicts => per_basis(table, Rule::ReadVerdicts, |basis| {
            rows(&policy::verdicts(mandate, basis), || Filter::Constant(true)).ok()
        }),
        Access::Totals => per_basis(table, Rule::ReadTotals, |basis| {
            policy::may_read_totals(mandate, basis)
                .ok()
                .map(|_| Filter::Constant(true))
        }),
    }
}

fn rows(scope: &ReadScope, confirmed: impl Fn() -> Filter) -> Result<Filter, Rule> {
    match scope.rows() {
        Rows::All => Ok(Filter::Constant(true)),
        Rows::Confirmed => Ok(confirmed()),
        Rows::Own {
            municipalities,
            subjects,
        } => Ok(Filter::Own {
            municipalities: municipalities.clone(),
            subjects: subjects.clone(),
        }),
        Rows::Hidden(rule) => Err(*rule),
    }
}

fn confirmed(table: &Table, by: ConfirmedBy) -> Filter {
    match by {
        ConfirmedBy::Basis => of_basis(table, Basis::Confirmed),
        ConfirmedBy::Flag => match table.column("is_confirmed") {
            Some(column) => Filter::Holds(Expr::Column(column)),
            None => Filter::Constant(false),
        },
    }
}

fn of_basis(table: &Table, basis: Basis) -> Filter {
    match table.column("basis") {
        Some(column) => Filter::equal(column, Literal::Text(basis.code().to_owned())),
        None => Filter::Constant(false),
    }
}

fn per_basis(
    table: &Table,
    rule: Rule,
    reached: impl Fn(Basis) -> Option<Filter>,
) -> Result<Filter, Rule> {
    let each = [Basis::Submitted, Basis::Confirmed].into_iter();
    let any: Vec<Filter> = each
        .filter_map(|basis| Some(Filter::And(vec![of_basis(table, basis), reached(basis)?])))
        .collect();
    if any.is_empty() {
        Err(rule)
    } else {
        Ok(Filter::Or(any))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TABLES;
    use domain::{
        actor::{Actor, PartnerKey, Role},
        territory::{AreaCode, MunicipalityCode},
    };

    #[test]
    fn a_role_that_reaches_nothing_is_refused_the_table() {
        let code = MunicipalityCode::parse("GM0402").unwrap();
        let roles = [
            Role::Public,
            Role::Partner(PartnerKey::parse("comensha").unwrap()),
            Role::Municipality(vec![code]),
            Role::Region(AreaCode::parse("VR14").unwrap()),
            Role::Vng,
            Role::Ministry,
        ];
        let scoped: Vec<&str> = TABLES
            .iter()
            .filter(|table| !table.is_public())
            .map(|table| table.name)
            .collect();
        let refused = |role: &Role| -> Vec<&str> {
            let mandate = Mandate::of(Actor {
                role: role.clone(),
                pseudonym: None,
                former_pseudonym: None,
            });
            let tables = TABLES
                .iter()
                .filter(|table| reach(table, &mandate).is_err());
            tables.map(|table| table.name).collect()
        };
        let shown: Vec<Vec<&str>> = roles.iter().map(refused).collect();
        let totals = vec!["total_compliance"];
        assert_eq!(
            shown,
            [
                scoped.clone(),
                scoped,
                totals.clone(),
                totals,
                vec![],
                vec![]
            ]
        );
    }
}
