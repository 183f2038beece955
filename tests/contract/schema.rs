//! `schema.graphql` is the contract: generated, committed, and the first file that a reviewer
//! reads.

use async_graphql::parser::{
    parse_schema,
    types::{FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition},
};

const COMMITTED: &str = include_str!("../../schema.graphql");

/// The types of the schema that the service has.
pub(crate) fn types() -> Vec<TypeDefinition> {
    let document = parse_schema(transport::schema::sdl()).expect("the schema is GraphQL");
    let types = document
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
        });
    types.collect()
}

/// The fields of an object type, as of `Query`.
pub(crate) fn fields_of(types: &[TypeDefinition], name: &str) -> Vec<FieldDefinition> {
    let definition = types
        .iter()
        .find(|definition| definition.name.node == name)
        .unwrap_or_else(|| panic!("there is no type {name}"));
    match &definition.kind {
        TypeKind::Object(object) => object
            .fields
            .iter()
            .map(|field| field.node.clone())
            .collect(),
        _ => panic!("{name} is no object type"),
    }
}

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    let served = transport::schema::sdl();
    let first = served
        .lines()
        .zip(COMMITTED.lines())
        .position(|(served, committed)| served != committed);
    assert!(
        served == COMMITTED,
        "schema.graphql is not what the service serves; they differ first after line {}. \
         Look at the difference, then: cargo run -- schema > schema.graphql",
        first.unwrap_or_else(|| served.lines().count().min(COMMITTED.lines().count()))
    );
}
