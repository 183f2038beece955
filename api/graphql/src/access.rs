//! Who may see and change what, told in the contract itself: `@visibleTo` on fields that only some roles see and
//! `@permittedTo` on mutations, both made from the rule that guards them.

use async_graphql::Enum;
use domain::{actor::RoleKind, policy::Rule};

/// A role of the mandate table. NL: rol.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewerRole {
    /// Nobody signed in. NL: publiek.
    Public,
    /// An organisation that takes part in the plan. NL: partner.
    Partner,
    /// A municipality. NL: gemeente.
    Municipality,
    /// The office that coordinates the chain in an area. NL: regio.
    Region,
    /// The Association of Netherlands Municipalities. NL: VNG.
    Vng,
    /// The Ministry of Justice and Security. NL: ministerie van Justitie en Veiligheid.
    Ministry,
}

impl From<RoleKind> for ViewerRole {
    fn from(role: RoleKind) -> Self {
        match role {
            // The import signs in nowhere.
            RoleKind::Public | RoleKind::System => Self::Public,
            RoleKind::Partner => Self::Partner,
            RoleKind::Municipality => Self::Municipality,
            RoleKind::Region => Self::Region,
            RoleKind::Vng => Self::Vng,
            RoleKind::Ministry => Self::Ministry,
        }
    }
}

pub use directives::{permitted_to, visible_to};

mod directives {
    #![expect(
        missing_docs,
        reason = "the macro makes items of its own and gives them no docs"
    )]

    use async_graphql::TypeDirective;

    use super::ViewerRole;

    /// Only these roles see more than what is published, each as far as the rule reaches; for the others the field is null and
    /// `extensions.withheld` says why. NL: zichtbaar voor.
    #[TypeDirective(location = "FieldDefinition", name = "visibleTo")]
    pub fn visible_to(#[graphql(desc = "The roles. NL: rollen.")] roles: Vec<ViewerRole>) {}

    /// Only these roles may call the mutation, each as far as the rule reaches; the others are answered `FORBIDDEN` with the
    /// rule. NL: toegestaan aan.
    #[TypeDirective(location = "FieldDefinition", name = "permittedTo")]
    pub fn permitted_to(#[graphql(desc = "The roles. NL: rollen.")] roles: Vec<ViewerRole>) {}
}

/// The roles that a rule lets through, each as far as it reaches.
pub fn roles(rule: Rule) -> Vec<ViewerRole> {
    rule.roles().map(ViewerRole::from).collect()
}
