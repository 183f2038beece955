//! Who may see and change what, told in the contract itself: `@visibleTo` on fields that only some
//! roles see and `@permittedTo` on mutations, both made from the rule that guards them.

use async_graphql::TypeDirective;

use super::coded::Coded;
use domain::policy::{Rule, ViewerRole};

pub use directives::{permitted_to, visible_to};

mod directives {
    #![expect(
        missing_docs,
        reason = "the macro gives the text to the directive of the contract, and none to the type \
         that it makes"
    )]

    use super::{Coded, TypeDirective, ViewerRole};

    /// Only these roles see more than what is published, each as far as the rule reaches; for the
    /// others the field is null and `extensions.withheld` says why. NL: zichtbaar voor.
    #[TypeDirective(location = "FieldDefinition", name = "visibleTo")]
    pub fn visible_to(#[graphql(desc = "The roles. NL: rollen.")] roles: Vec<Coded<ViewerRole>>) {}

    /// Only these roles may call the mutation, each as far as the rule reaches; the others are
    /// answered `FORBIDDEN` with the rule. NL: toegestaan aan.
    #[TypeDirective(location = "FieldDefinition", name = "permittedTo")]
    pub fn permitted_to(#[graphql(desc = "The roles. NL: rollen.")] roles: Vec<Coded<ViewerRole>>) {
    }
}

/// The roles that a rule lets through, each as far as it reaches.
pub fn roles(rule: Rule) -> Vec<Coded<ViewerRole>> {
    rule.roles().map(|role| Coded(role.into())).collect()
}
