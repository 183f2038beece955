//! Who may see and change what, told in the contract itself: `@visibleTo` on fields that only some
//! roles see and `@permittedTo` on mutations, both made from the rule that guards them.

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, TypeDirective, Value,
    parser::types::Field,
    registry::{MetaDirectiveInvocation, MetaType, Registry},
};

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

/// Writes into the description of every field what its directive says of roles: introspection gives
/// descriptions and no applied directives, and who generates from it reads the same as who reads
/// the text. It is registered once all types are.
#[derive(Debug)]
pub struct RolesInDescriptions;

impl RolesInDescriptions {
    /// What a directive of a field says of roles, as a sentence.
    fn sentence(directives: &[MetaDirectiveInvocation]) -> Option<String> {
        directives.iter().find_map(|directive| {
            let says = match directive.name.as_str() {
                "visibleTo" => "Visible to",
                "permittedTo" => "Permitted to",
                _ => return None,
            };
            let Some(Value::List(roles)) = directive.args.get("roles") else {
                return None;
            };
            let roles: Vec<String> = roles.iter().map(Value::to_string).collect();
            Some(format!("{says}: {}.", roles.join(", ")))
        })
    }

    /// The description with the sentence before the Dutch term, on a line of its own.
    fn with_sentence(description: &str, sentence: &str) -> String {
        match description.rsplit_once("NL:") {
            Some((english, term)) => {
                let (english, term) = (english.trim_end(), term.trim_start());
                format!("{english}\n{sentence} NL: {term}")
            }
            None => format!("{description}\n{sentence}"),
        }
    }
}

#[async_graphql::async_trait::async_trait]
impl OutputType for RolesInDescriptions {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("RolesInDescriptions")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        for of in registry.types.values_mut() {
            let MetaType::Object { fields, .. } = of else {
                continue;
            };
            for field in fields.values_mut() {
                let description = field.description.as_deref().unwrap_or_default();
                if let Some(sentence) = Self::sentence(&field.directive_invocations)
                    && !description.contains(&sentence)
                {
                    field.description = Some(Self::with_sentence(description, &sentence));
                }
            }
        }
        Self::type_name().into_owned()
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}
