//! Objects that are written at once, because nothing of them has to be waited for.
//!
//! The executor gives each field of an object a future on the heap and gathers their values as they
//! come in. Where all values are there already, as with a text in two languages, that costs several
//! times what the answer itself does, and such objects are half of many answers.

use async_graphql::{
    ContextSelectionSet, Name, Value,
    indexmap::IndexMap,
    parser::types::{Selection, SelectionSet},
};

/// What is selected of an object: its fields in the order of the question, each with its value by
/// the name of the field. `__typename` is known here.
pub fn resolve_at_once(
    ctx: &ContextSelectionSet<'_>,
    type_name: &str,
    value: impl Fn(&str) -> Value,
) -> Value {
    let set = &ctx.item.node;
    let mut fields = IndexMap::with_capacity(set.items.len());
    add_fields(set, type_name, &value, &mut fields);
    Value::Object(fields)
}

fn add_fields(
    set: &SelectionSet,
    type_name: &str,
    value: &impl Fn(&str) -> Value,
    into: &mut IndexMap<Name, Value>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let value = match field.node.name.node.as_str() {
                    "__typename" => type_name.into(),
                    name => value(name),
                };
                into.insert(field.node.response_key().node.clone(), value);
            }
            // One that is left on an object is for its own type.
            Selection::InlineFragment(fragment) => {
                add_fields(&fragment.node.selection_set.node, type_name, value, into);
            }
            // A document that is ready has none.
            Selection::FragmentSpread(_) => {}
        }
    }
}
