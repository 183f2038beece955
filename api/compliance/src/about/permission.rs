//! `viewer.may`: which mutations you may call, for whom, and which rule says so.

use async_graphql::SimpleObject;

use domain::policy::{Mandate, Operation, Reach, own_subjects};
use graphql::{coded::Coded, text::LocalizedText};

/// Whether you may call a mutation, for whom, and why. NL: bevoegdheid.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Permission {
    /// The mutation, as in `reportStatus`. NL: handeling.
    operation: Coded<Operation>,
    /// Whether you may call it at all today: everywhere, or for at least one of `of`. NL:
    /// toegestaan.
    allowed: bool,
    /// How far your role reaches. NL: reikwijdte.
    reach: Coded<Reach>,
    /// For whom or what, by key, as in `GM0402` or `2024/30`; empty when it is not allowed, and
    /// when `reach` is ALL. NL: waarvoor.
    of: Vec<String>,
    /// The rule of the mandate table. NL: regel.
    rule: String,
    /// What the rule says. NL: omdat.
    because: LocalizedText,
}

impl Permission {
    /// Whether it tells of this mutation.
    pub(super) fn is_of(&self, operation: Operation) -> bool {
        self.operation.0 == operation
    }

    fn under(mandate: &Mandate, operation: Operation) -> Self {
        let rule = operation.rule();
        let of = own_subjects(mandate, rule);
        Self {
            operation: Coded(operation),
            allowed: of.as_ref().is_none_or(|of| !of.is_empty()),
            reach: rule.reach(mandate.role().kind()).into(),
            of: of.unwrap_or_default(),
            rule: rule.code().to_owned(),
            because: LocalizedText::of(rule.text()),
        }
    }
}

/// Every mutation with what the mandate says of it, by name.
pub(super) fn permissions(mandate: &Mandate) -> Vec<Permission> {
    Operation::ALL
        .into_iter()
        .map(|operation| Permission::under(mandate, operation))
        .collect()
}
