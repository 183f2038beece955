//! `viewer.may`: which mutations you may call, for whom, and which rule says so.

use async_graphql::SimpleObject;

use domain::policy::{MUTATIONS, Mandate, Reach, Rule, own_subjects};
use graphql::{coded::Coded, text::LocalizedText};

/// Whether you may call a mutation, for whom, and why. NL: bevoegdheid.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Permission {
    /// The mutation, as in `reportStatus`. NL: handeling.
    operation: String,
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
    pub(super) fn is_of(&self, operation: &str) -> bool {
        self.operation == operation
    }

    fn under(mandate: &Mandate, operation: &str, rule: Rule) -> Self {
        let of = own_subjects(mandate, rule);
        Self {
            operation: operation.to_owned(),
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
    MUTATIONS
        .iter()
        .map(|(operation, rule)| Permission::under(mandate, operation, *rule))
        .collect()
}

/// The names of all mutations.
pub(super) fn operations() -> impl Iterator<Item = &'static str> {
    MUTATIONS.iter().map(|(operation, _)| *operation)
}
