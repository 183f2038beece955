//! The types of the fields of a schema, as far as an answer needs them.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock},
};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, Type, TypeKind, TypeSystemDefinition},
};

use crate::schema;
use graphql::moment::{self, Takes};

/// What the schema says of its fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct Types {
    /// Their types, by type and field.
    fields: HashMap<String, HashMap<String, Type>>,
    /// The root fields of queries that can be asked of a moment.
    of_moment: HashSet<String>,
}

impl Types {
    /// The types of the service.
    pub(crate) fn of_contract() -> Arc<Self> {
        static TYPES: LazyLock<Arc<Types>> = LazyLock::new(|| Arc::new(Types::of(&schema::sdl())));
        TYPES.clone()
    }

    /// The types that an SDL defines; none of a text that is no SDL.
    pub(crate) fn of(sdl: &str) -> Self {
        let mut types = Self::default();
        for definition in parse_schema(sdl)
            .map(|document| document.definitions)
            .unwrap_or_default()
        {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let fields = match definition.node.kind {
                TypeKind::Object(object) => object.fields,
                TypeKind::Interface(interface) => interface.fields,
                TypeKind::Scalar
                | TypeKind::Union(_)
                | TypeKind::Enum(_)
                | TypeKind::InputObject(_) => continue,
            };
            let name = definition.node.name.node.to_string();
            if name == "Query" {
                let of_moment = fields.iter().filter(|field| {
                    let mut arguments = field.node.arguments.iter();
                    arguments.any(|argument| argument.node.name.node.as_str() == "at")
                });
                types.of_moment = of_moment
                    .map(|field| field.node.name.node.to_string())
                    .collect();
            }
            let fields = fields
                .into_iter()
                .map(|field| (field.node.name.node.to_string(), field.node.ty.node))
                .collect();
            types.fields.insert(name, fields);
        }
        types
    }

    /// The name of a field's type, lists laid open.
    pub(crate) fn named(&self, parent: &str, field: &str) -> Option<&str> {
        Some(named(&self.field(parent, field)?.base))
    }

    /// What a root field of queries takes.
    pub(crate) fn takes(&self, field: &str) -> Takes {
        moment::takes(field, self.of_moment.contains(field))
    }

    pub(super) fn field(&self, parent: &str, field: &str) -> Option<&Type> {
        self.fields.get(parent)?.get(field)
    }
}

fn named(base: &BaseType) -> &str {
    match base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(of) => named(&of.base),
    }
}
