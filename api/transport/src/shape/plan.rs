//! What is expected of the answer to one operation, made once and walked with every answer.

use async_graphql::{
    Name, PathSegment, Value,
    indexmap::IndexMap,
    parser::types::{
        BaseType, Field, OperationDefinition, OperationType, Selection, SelectionSet, Type,
    },
};

use super::types::Types;
use documents::NOTHING;

/// A failed field that may not be null: what is around it has to go.
#[derive(Debug)]
pub(super) struct MayNotBeNull;

/// The keys of an object in the order of the question, with what is selected of their values.
///
/// An object has those of them that its own type has. What the schema describes of itself has no
/// types here, so of that no key is expected: it stays in the order in which it came.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    keys: IndexMap<Name, Selected>,
}

/// What is selected under one key, whatever types it is selected for.
#[derive(Debug)]
struct Selected {
    /// Of the first field with this key; none of what the schema does not know.
    ty: Option<Type>,
    below: Plan,
}

/// A selection with the name of the type that it is made on.
type Set<'a> = (&'a str, &'a SelectionSet);

/// The fields that stand under each key, each with the name of the type that it is selected on.
type Fields<'a> = IndexMap<&'a Name, Vec<(&'a str, &'a Field)>>;

impl Plan {
    /// What is expected of the answer to an operation that is ready: there are no named fragments
    /// in it.
    pub(crate) fn of(operation: &OperationDefinition, types: &Types) -> Self {
        let root = match operation.ty {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        };
        Self::of_sets(&[(root, &operation.selection_set.node)], types)
    }

    /// The number of its keys, at all levels.
    pub(crate) fn size(&self) -> usize {
        let below = self.keys.values().map(|selected| selected.below.size());
        self.keys.len() + below.sum::<usize>()
    }

    fn of_sets<'a>(sets: &[Set<'a>], types: &'a Types) -> Self {
        let mut fields = Fields::new();
        for &(parent, set) in sets {
            collect(parent, set, &mut fields);
        }
        let keys = fields.into_iter().map(|(key, fields)| {
            let first = fields.first();
            let ty = first.and_then(|(parent, field)| types.field(parent, &field.name.node));
            let sets = fields.iter().filter_map(|(parent, field)| {
                let named = types.named(parent, &field.name.node)?;
                Some((named, &field.selection_set.node))
            });
            let sets: Vec<Set<'a>> = sets.collect();
            let selected = Selected {
                ty: ty.cloned(),
                below: Self::of_sets(&sets, types),
            };
            (key.clone(), selected)
        });
        Self {
            keys: keys.collect(),
        }
    }

    /// Puts null where the field of a path failed, or tells that the value of this plan has to go.
    pub(super) fn fail(&self, value: &mut Value, path: &[PathSegment]) -> Result<(), MayNotBeNull> {
        let Some((PathSegment::Field(key), rest)) = path.split_first() else {
            return Ok(());
        };
        // An object all of whose fields failed.
        if matches!(value, Value::Null) {
            *value = Value::Object(IndexMap::new());
        }
        let (Value::Object(object), Some(selected)) = (value, self.keys.get(key.as_str())) else {
            return Ok(());
        };
        let Some(ty) = &selected.ty else {
            return Ok(());
        };
        if let Some(child) = object.get_mut(key.as_str()) {
            return selected.below.fail_within(child, true, rest, ty);
        }
        let mut child = Value::Null;
        selected.below.fail_within(&mut child, false, rest, ty)?;
        object.insert(Name::new(key), child);
        Ok(())
    }

    /// The same inside the value of a field of a type, which may be a list of lists; a value that
    /// is not there is null.
    fn fail_within(
        &self,
        value: &mut Value,
        is_there: bool,
        path: &[PathSegment],
        ty: &Type,
    ) -> Result<(), MayNotBeNull> {
        let failed = match path {
            [] if is_there => Ok(()),
            [] => Err(MayNotBeNull),
            [PathSegment::Index(index), rest @ ..] => match (&mut *value, &ty.base) {
                (Value::List(items), BaseType::List(of)) => match items.get_mut(*index) {
                    Some(item) => self.fail_within(item, true, rest, of),
                    None => self.fail_within(&mut Value::Null, false, rest, of),
                },
                // A list that failed as a whole.
                (Value::Null, _) => Err(MayNotBeNull),
                (_, _) => Ok(()),
            },
            [PathSegment::Field(_), ..] => self.fail(value, path),
        };
        match failed {
            Err(MayNotBeNull) if ty.nullable => {
                *value = Value::Null;
                Ok(())
            }
            failed => failed,
        }
    }

    /// Puts fields in the order of the question, at every level, without the key that stands for an
    /// empty selection.
    pub(super) fn put_in_order(&self, value: &mut Value) {
        match value {
            Value::Object(object) => {
                if !self.is_order_of(object) {
                    object.shift_remove(NOTHING);
                    // What is not expected comes last, in the order in which it came.
                    let place = |key: &Name| self.keys.get_index_of(key).unwrap_or(usize::MAX);
                    object.sort_by_cached_key(|key, _| place(key));
                }
                for (key, value) in object {
                    if let Value::Object(_) | Value::List(_) = value {
                        match self.keys.get(key) {
                            Some(selected) => selected.below.put_in_order(value),
                            None => Self::default().put_in_order(value),
                        }
                    }
                }
            }
            Value::List(items) => {
                for item in items {
                    self.put_in_order(item);
                }
            }
            Value::Null
            | Value::Number(_)
            | Value::String(_)
            | Value::Boolean(_)
            | Value::Binary(_)
            | Value::Enum(_) => {}
        }
    }

    /// Whether the keys of an object are keys of this plan, in its order.
    fn is_order_of(&self, object: &IndexMap<Name, Value>) -> bool {
        let mut expected = self.keys.keys();
        object
            .keys()
            .all(|key| expected.any(|expected| expected == key))
    }
}

/// Adds the fields of a selection, fragments laid open.
fn collect<'a>(parent: &'a str, set: &'a SelectionSet, into: &mut Fields<'a>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let key = &field.node.response_key().node;
                // It stands for a selection in which nothing is selected.
                if key != NOTHING {
                    into.entry(key).or_default().push((parent, &field.node));
                }
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let parent = condition.map_or(parent, |condition| condition.node.on.node.as_str());
                collect(parent, &fragment.node.selection_set.node, into);
            }
            // A document that is ready has none.
            Selection::FragmentSpread(_) => {}
        }
    }
}
