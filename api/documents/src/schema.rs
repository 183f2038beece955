//! The types that documents are checked against, read once from the text of the contract.

use std::collections::{BTreeSet, HashMap};

use apollo_compiler::{
    Name,
    schema::{ExtendedType, InputObjectType},
    validation::Valid,
};

/// What the library's own types of introspection lack.
const INTROSPECTION: &str = "extend type __Type { isOneOf: Boolean }";

/// The types of the service.
#[derive(Debug)]
pub struct Schema {
    types: Valid<apollo_compiler::Schema>,
    /// Of each type with fields, and of each union, the object types that a value of it may have.
    possible: HashMap<Name, BTreeSet<Name>>,
}

/// The text of a schema cannot be used: every mistake in it.
#[derive(Debug, thiserror::Error)]
#[error("the schema is not valid: {0}")]
pub struct SchemaError(String);

impl Schema {
    /// Reads a schema.
    ///
    /// # Errors
    /// When the text is no valid schema.
    pub fn parse(sdl: &str) -> Result<Self, SchemaError> {
        let types = apollo_compiler::Schema::builder()
            .ignore_builtin_redefinitions()
            .parse(INTROSPECTION, "introspection.graphql")
            .parse(sdl, "schema.graphql")
            .build()
            .map_err(|wrong| SchemaError(wrong.errors.to_string()))?
            .validate()
            .map_err(|wrong| SchemaError(wrong.errors.to_string()))?;
        let mut possible: HashMap<Name, BTreeSet<Name>> = HashMap::new();
        for (name, definition) in &types.types {
            match definition {
                ExtendedType::Object(object) => {
                    let interfaces = object.implements_interfaces.iter();
                    let above = interfaces.map(|interface| interface.name.clone());
                    for of in above.chain([name.clone()]) {
                        possible.entry(of).or_default().insert(name.clone());
                    }
                }
                ExtendedType::Union(union) => {
                    let members = union.members.iter().map(|member| member.name.clone());
                    possible.entry(name.clone()).or_default().extend(members);
                }
                ExtendedType::Interface(_) => {
                    possible.entry(name.clone()).or_default();
                }
                ExtendedType::Scalar(_) | ExtendedType::Enum(_) | ExtendedType::InputObject(_) => {}
            }
        }
        Ok(Self { types, possible })
    }

    pub(crate) fn types(&self) -> &Valid<apollo_compiler::Schema> {
        &self.types
    }

    /// The object types that a value of a type may have; none of a type without fields.
    pub(crate) fn possible_types(&self, of: &str) -> Option<&BTreeSet<Name>> {
        self.possible.get(of)
    }

    /// Whether every value of a type meets a type condition, as far as the definitions say so.
    pub(crate) fn always_meets(&self, of: &str, condition: &str) -> bool {
        of == condition || self.types.is_subtype(condition, of)
    }

    pub(crate) fn is_union(&self, name: &str) -> bool {
        matches!(self.types.types.get(name), Some(ExtendedType::Union(_)))
    }
}

/// Whether exactly one field of an input object is to be given.
pub(crate) fn is_one_of(object: &InputObjectType) -> bool {
    object.directives.has("oneOf")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::SMALL;

    #[test]
    fn a_schema_knows_what_a_value_may_be() {
        let names = |of| {
            let possible = SMALL.possible_types(of);
            possible.map(|names| names.iter().map(|name| name.as_str()).collect::<Vec<_>>())
        };
        assert_eq!(names("Node"), Some(vec!["Action", "Person", "Region"]));
        assert_eq!(names("Thing"), Some(vec!["Action", "Person"]));
        assert_eq!(names("Action"), Some(vec!["Action"]));
        assert_eq!(names("Order"), None);
        assert!(SMALL.always_meets("Action", "Node"));
        assert!(!SMALL.always_meets("Node", "Action"));
        let mistake = Schema::parse("type Query { a: B }").unwrap_err();
        assert!(mistake.to_string().contains('B'), "{mistake}");
    }
}
