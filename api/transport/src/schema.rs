//! The public contract as clients meet it: its text, the types that documents are checked against,
//! and its execution, which the feature crates own.

use std::sync::{Arc, LazyLock};

use async_graphql::parser::{
    parse_schema,
    types::{TypeDefinition, TypeSystemDefinition},
};

pub use compliance::contract::sdl;
pub(crate) use compliance::contract::{ApiSchema, answer, build, equip, price};

/// The types that documents are checked against.
pub(crate) fn contract() -> Arc<documents::Schema> {
    static CONTRACT: LazyLock<Arc<documents::Schema>> = LazyLock::new(|| {
        let contract = documents::Schema::parse(&sdl());
        Arc::new(contract.expect("the schema of this build is valid, as each of its tests needs"))
    });
    CONTRACT.clone()
}

/// What is wrong with an operation by its bounds; nothing is executed.
pub(crate) async fn check(operation: &documents::Operation) -> Vec<String> {
    let priced = price(operation.to_document()).await;
    let errors = priced.err().unwrap_or_default();
    errors.into_iter().map(|error| error.message).collect()
}

/// The types of the schema with their descriptions, for pages that are made from it.
pub(crate) fn types() -> Vec<TypeDefinition> {
    let Ok(document) = parse_schema(sdl()) else {
        return Vec::new();
    };
    let definitions = document.definitions.into_iter();
    let types = definitions.filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    });
    types.collect()
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::types::TypeKind;
    use graphql::cost::DEAR;

    use super::*;

    #[test]
    fn what_is_dear_is_a_root_field() {
        let query = types()
            .into_iter()
            .find(|one| one.name.node == "Query")
            .unwrap();
        let TypeKind::Object(query) = query.kind else {
            panic!("no object");
        };
        for (name, _) in DEAR {
            let mut fields = query.fields.iter();
            assert!(fields.any(|field| field.node.name.node == name), "{name}");
        }
    }
}
