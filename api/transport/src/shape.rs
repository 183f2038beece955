//! The shape of an answer: fields in the order of the question, a failed field null where it may
//! be.
//!
//! The library collects fields as they come in and leaves a failed one out of its object. The
//! specification wants the order of the selection (6.3.2) and null for a field that failed, or for
//! the nearest thing around it that may be null (6.4.4). Both are mended here, after execution, by
//! walking the answer along the document and the types of the schema. Equal answers to one question
//! are therefore equal bytes.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, PathSegment, ServerError, Value,
    indexmap::IndexMap,
    parser::{
        parse_schema,
        types::{
            BaseType, Field, OperationDefinition, OperationType, Selection, SelectionSet, Type,
            TypeKind, TypeSystemDefinition,
        },
    },
};

use documents::NOTHING;
use graphql::moment::{self, Takes};

/// What the schema says of its fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Types {
    /// Their types, by type and field.
    fields: HashMap<String, HashMap<String, Type>>,
    /// The root fields of queries that can be asked of a moment.
    of_moment: HashSet<String>,
}

impl Types {
    /// The types that an SDL defines; none of a text that is no SDL.
    pub(super) fn of(sdl: &str) -> Self {
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
    pub(super) fn named(&self, parent: &str, field: &str) -> Option<&str> {
        Some(named(&self.field(parent, field)?.base))
    }

    /// What a root field of queries takes.
    pub(super) fn takes(&self, field: &str) -> Takes {
        moment::takes(field, self.of_moment.contains(field))
    }

    fn field(&self, parent: &str, field: &str) -> Option<&Type> {
        self.fields.get(parent)?.get(field)
    }
}

/// A failed field that may not be null: what is around it has to go.
struct MayNotBeNull;

/// A field of a selection with the type that it is selected on.
struct Selected<'a> {
    parent: String,
    field: &'a Field,
}

/// A selection with the type that it is made on.
struct Fields<'a> {
    parent: String,
    set: &'a SelectionSet,
}

/// Walks one document.
struct Walk<'a> {
    types: &'a Types,
}

/// The data of an answer as the specification wants it.
pub(super) fn mend(
    data: Value,
    errors: &[ServerError],
    types: &Types,
    operation: &OperationDefinition,
) -> Value {
    let root = match operation.ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    };
    let walk = Walk { types };
    let sets = [Fields {
        parent: root.to_owned(),
        set: &operation.selection_set.node,
    }];
    let mut data = data;
    for error in errors.iter().filter(|error| !error.path.is_empty()) {
        match walk.fail(data, &error.path, &sets) {
            Ok(mended) => data = mended,
            Err(MayNotBeNull) => return Value::Null,
        }
    }
    walk.order(data, &sets)
}

impl<'a> Walk<'a> {
    /// The fields of selections in their order, fragments laid open, those of one key together.
    fn fields(&self, sets: &[Fields<'a>]) -> IndexMap<Name, Vec<Selected<'a>>> {
        let mut fields: IndexMap<Name, Vec<Selected<'a>>> = IndexMap::new();
        for Fields { parent, set } in sets {
            self.collect(parent, set, &mut fields);
        }
        fields
    }

    fn collect(
        &self,
        parent: &str,
        set: &'a SelectionSet,
        into: &mut IndexMap<Name, Vec<Selected<'a>>>,
    ) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => into
                    .entry(field.node.response_key().node.clone())
                    .or_default()
                    .push(Selected {
                        parent: parent.to_owned(),
                        field: &field.node,
                    }),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let parent =
                        condition.map_or(parent, |condition| condition.node.on.node.as_str());
                    self.collect(parent, &fragment.node.selection_set.node, into);
                }
                // A document that is ready has none.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    /// What is selected of a field's value.
    fn below(&self, fields: &[Selected<'a>]) -> Vec<Fields<'a>> {
        fields
            .iter()
            .filter_map(|Selected { parent, field }| {
                let named = named(&self.types.field(parent, &field.name.node)?.base);
                Some(Fields {
                    parent: named.to_owned(),
                    set: &field.selection_set.node,
                })
            })
            .collect()
    }

    /// Puts null where the field of a path failed, or tells that it may not be null.
    fn fail(
        &self,
        value: Value,
        path: &[PathSegment],
        sets: &[Fields<'a>],
    ) -> Result<Value, MayNotBeNull> {
        let Some((PathSegment::Field(key), rest)) = path.split_first() else {
            return Ok(value);
        };
        let mut object = match value {
            Value::Object(object) => object,
            // An object all of whose fields failed.
            Value::Null => IndexMap::new(),
            other => return Ok(other),
        };
        let fields = self.fields(sets);
        let Some(selected) = fields.get(key.as_str()) else {
            return Ok(Value::Object(object));
        };
        let Some(ty) = selected
            .first()
            .and_then(|one| self.types.field(&one.parent, &one.field.name.node))
        else {
            return Ok(Value::Object(object));
        };
        let below = self.below(selected);
        let child = object.get(key.as_str()).cloned();
        let mended = self.fail_within(child, rest, ty, &below)?;
        object.insert(Name::new(key), mended);
        Ok(Value::Object(object))
    }

    /// The same inside the value of a field of a type, which may be a list of lists.
    fn fail_within(
        &self,
        value: Option<Value>,
        path: &[PathSegment],
        ty: &Type,
        below: &[Fields<'a>],
    ) -> Result<Value, MayNotBeNull> {
        let inner = match (path, value) {
            ([], None) => Err(MayNotBeNull),
            ([], Some(value)) => Ok(value),
            ([PathSegment::Index(index), rest @ ..], Some(Value::List(mut items))) => {
                match &ty.base {
                    BaseType::List(of) => {
                        let item = items.get(*index).cloned();
                        self.fail_within(item, rest, of, below).map(|mended| {
                            if let Some(place) = items.get_mut(*index) {
                                *place = mended;
                            }
                            Value::List(items)
                        })
                    }
                    BaseType::Named(_) => Ok(Value::List(items)),
                }
            }
            // A list that failed as a whole.
            ([PathSegment::Index(_), ..], None | Some(Value::Null)) => Err(MayNotBeNull),
            ([PathSegment::Index(_), ..], Some(other)) => Ok(other),
            ([PathSegment::Field(_), ..], value) => {
                self.fail(value.unwrap_or_default(), path, below)
            }
        };
        match inner {
            Err(MayNotBeNull) if ty.nullable => Ok(Value::Null),
            inner => inner,
        }
    }

    /// Fields in the order of the question, at every level, without the key that stands for an
    /// empty selection.
    fn order(&self, value: Value, sets: &[Fields<'a>]) -> Value {
        match value {
            Value::Object(mut object) => {
                let mut ordered = IndexMap::with_capacity(object.len());
                for (key, selected) in self.fields(sets) {
                    if let Some(value) = object.swap_remove(&key)
                        && key != NOTHING
                    {
                        let below = self.below(&selected);
                        ordered.insert(key, self.order(value, &below));
                    }
                }
                // What the schema describes of itself has no types here.
                let rest = object.into_iter().filter(|(key, _)| key != NOTHING);
                ordered.extend(rest.map(|(key, value)| (key, self.order(value, &[]))));
                Value::Object(ordered)
            }
            Value::List(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| self.order(item, sets))
                    .collect(),
            ),
            Value::Null
            | Value::Number(_)
            | Value::String(_)
            | Value::Boolean(_)
            | Value::Binary(_)
            | Value::Enum(_) => value,
        }
    }
}

fn named(base: &BaseType) -> &str {
    match base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(of) => named(&of.base),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::{Pos, parser::parse_query};

    use super::*;

    const SDL: &str =
        "type Query { a: A b: A! list: [A!] maybe: [A]! } type A { x: Int y: Int! a: A }";

    fn mended(query: &str, data: serde_json::Value, failed: &[&[&str]]) -> String {
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let errors: Vec<ServerError> = failed
            .iter()
            .map(|path| {
                let mut error = ServerError::new("failed", Some(Pos::default()));
                error.path = path
                    .iter()
                    .map(|part| match part.parse() {
                        Ok(index) => PathSegment::Index(index),
                        Err(_) => PathSegment::Field((*part).to_owned()),
                    })
                    .collect();
                error
            })
            .collect();
        let data = Value::from_json(data).unwrap();
        let value = mend(data, &errors, &Types::of(SDL), &operation.node);
        serde_json::to_string(&value).unwrap()
    }

    #[test]
    fn fields_stand_in_the_order_of_the_question() {
        let data = serde_json::json!({ "b": { "y": 1, "x": 2 }, "a": { "z": 3, "y": 4 } });
        assert_eq!(
            mended("{ a { y z: x } ... on Query { b { x y } } }", data, &[]),
            r#"{"a":{"y":4,"z":3},"b":{"x":2,"y":1}}"#
        );
    }

    #[test]
    fn a_failed_field_is_null_where_it_may_be() {
        let data = serde_json::json!({ "b": { "y": 1 } });
        assert_eq!(
            mended("{ a { y } b { x y } }", data, &[&["a"], &["b", "x"]]),
            r#"{"a":null,"b":{"x":null,"y":1}}"#
        );
        assert_eq!(
            mended(
                "{ a { x } }",
                serde_json::json!({ "a": null }),
                &[&["a", "x"]]
            ),
            r#"{"a":{"x":null}}"#
        );
    }

    #[test]
    fn a_failed_field_that_may_not_be_null_takes_what_is_around_it() {
        assert_eq!(
            mended(
                "{ a { y x } }",
                serde_json::json!({ "a": { "x": 1 } }),
                &[&["a", "y"]]
            ),
            r#"{"a":null}"#
        );
        assert_eq!(
            mended(
                "{ b { y } a { x } }",
                serde_json::json!({ "a": { "x": 1 } }),
                &[&["b", "y"]]
            ),
            "null"
        );
    }

    #[test]
    fn lists_follow_the_same_rule() {
        let items = serde_json::json!([{ "x": 1 }, { "x": 2, "y": 2 }]);
        assert_eq!(
            mended(
                "{ maybe { x y } }",
                serde_json::json!({ "maybe": items }),
                &[&["maybe", "0", "y"]]
            ),
            r#"{"maybe":[null,{"x":2,"y":2}]}"#
        );
        assert_eq!(
            mended(
                "{ list { x y } }",
                serde_json::json!({ "list": items }),
                &[&["list", "0", "y"]]
            ),
            r#"{"list":null}"#
        );
    }
}
