//! `viewer.may`: which mutations you may call, for whom, and which rule says so.

use async_graphql::{Enum, SimpleObject};

use domain::policy::{MUTATIONS, Mandate, Reach, Rule, own_subjects};
use graphql::text::LocalizedText;

/// How far a role reaches under a rule. NL: reikwijdte.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReachCode {
    /// Nothing. NL: niets.
    Nothing,
    /// What is published, and no more. NL: gepubliceerd.
    Published,
    /// What is of your own organisation. NL: eigen.
    Own,
    /// The municipalities of your own region. NL: eigen regio.
    OwnRegion,
    /// The municipalities that gave your region a submission mandate. NL: met mandaat.
    Mandated,
    /// Everything, once VNG has named your organisation for it. NL: aangewezen.
    Named,
    /// What VNG confirmed. NL: bevestigd.
    Confirmed,
    /// Everything. NL: alles.
    All,
}

impl From<Reach> for ReachCode {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Nothing => Self::Nothing,
            Reach::Published => Self::Published,
            Reach::Own => Self::Own,
            Reach::OwnRegion => Self::OwnRegion,
            Reach::Mandated => Self::Mandated,
            Reach::Named => Self::Named,
            Reach::Confirmed => Self::Confirmed,
            Reach::All => Self::All,
        }
    }
}

/// Whether you may call a mutation, for whom, and why. NL: bevoegdheid.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct Permission {
    /// The mutation, as in `reportStatus`. NL: handeling.
    operation: String,
    /// Whether you may call it at all today: everywhere, or for at least one of `of`. NL: toegestaan.
    allowed: bool,
    /// How far your role reaches. NL: reikwijdte.
    reach: ReachCode,
    /// For whom or what, by key, as in `GM0402` or `2024/30`; empty when it is not allowed, and when `reach` is ALL. NL:
    /// waarvoor.
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
