//! What stands where in a document that is not valid: looked up only to tell a mistake, so that its
//! sentence can name the type of a field, the owner of an argument, and what there is instead.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Node,
    ast::{self, Definition, DirectiveList, Document, Selection},
    parser::SourceSpan,
};

use crate::schema::Schema;

/// An argument as it stands on a field or a directive.
#[derive(Debug, Clone)]
pub(crate) struct ArgumentPlace<'a> {
    pub(crate) owner: String,
    pub(crate) name: &'a str,
    pub(crate) existing: &'a [Node<ast::InputValueDefinition>],
}

/// A field or a directive that has arguments.
#[derive(Debug, Clone)]
pub(crate) struct OwnerPlace<'a> {
    pub(crate) name: &'a str,
    pub(crate) key: &'a str,
    pub(crate) ty: Option<&'a ast::Type>,
    pub(crate) given: &'a [Node<ast::Argument>],
    pub(crate) existing: &'a [Node<ast::InputValueDefinition>],
}

impl<'a> OwnerPlace<'a> {
    /// The required arguments that are not given.
    pub(crate) fn missing(&self) -> Vec<&'a ast::InputValueDefinition> {
        let existing = self.existing.iter().map(|definition| &**definition);
        let required = existing.filter(|definition| definition.is_required());
        let is_given = |definition: &&ast::InputValueDefinition| {
            let mut given = self.given.iter();
            given.any(|argument| argument.name == definition.name)
        };
        required
            .filter(|definition| !is_given(definition))
            .collect()
    }
}

/// The places of a document by the offset at which they start.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    /// The types on which fields are selected, by the name of the field.
    pub(crate) parents: HashMap<usize, &'a Name>,
    pub(crate) arguments: HashMap<usize, ArgumentPlace<'a>>,
    pub(crate) owners: HashMap<usize, OwnerPlace<'a>>,
    /// The types of variables, by their definition.
    pub(crate) variables: HashMap<usize, &'a str>,
    /// Names of fragments, by their definition and by their spreads.
    pub(crate) fragments: HashMap<usize, &'a str>,
    /// Names of the fragments that are defined.
    pub(crate) defined: Vec<&'a str>,
}

impl<'a> Places<'a> {
    pub(crate) fn of(schema: &'a Schema, document: &'a Document) -> Self {
        let mut places = Self::default();
        for definition in &document.definitions {
            match definition {
                Definition::OperationDefinition(operation) => {
                    for variable in &operation.variables {
                        let ty = variable.ty.inner_named_type().as_str();
                        keep(&mut places.variables, variable.location(), ty);
                        places.directives(schema, &variable.directives);
                    }
                    places.directives(schema, &operation.directives);
                    let root = schema.types().root_operation(operation.operation_type);
                    places.selections(schema, root, &operation.selection_set);
                }
                Definition::FragmentDefinition(fragment) => {
                    let name = fragment.name.as_str();
                    keep(&mut places.fragments, fragment.location(), name);
                    places.defined.push(name);
                    places.directives(schema, &fragment.directives);
                    let on = Some(&fragment.type_condition);
                    places.selections(schema, on, &fragment.selection_set);
                }
                // Of no use in a document; the rule says so.
                _ => {}
            }
        }
        places
    }

    fn selections(
        &mut self,
        schema: &'a Schema,
        on: Option<&'a Name>,
        selections: &'a [Selection],
    ) {
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    self.directives(schema, &field.directives);
                    let definition =
                        on.and_then(|on| schema.types().type_field(on, &field.name).ok());
                    let (Some(on), Some(definition)) = (on, definition) else {
                        if let Some(on) = on.filter(|on| schema.possible_types(on).is_some()) {
                            keep(&mut self.parents, field.name.location(), on);
                        }
                        continue;
                    };
                    let owner = OwnerPlace {
                        name: &field.name,
                        key: field.alias.as_ref().unwrap_or(&field.name),
                        ty: Some(&definition.ty),
                        given: &field.arguments,
                        existing: &definition.arguments,
                    };
                    self.arguments(format!("{on}.{}", field.name), &owner);
                    keep(&mut self.owners, field.location(), owner);
                    let below = definition.ty.inner_named_type();
                    self.selections(schema, Some(below), &field.selection_set);
                }
                Selection::InlineFragment(fragment) => {
                    self.directives(schema, &fragment.directives);
                    let on = fragment.type_condition.as_ref().or(on);
                    self.selections(schema, on, &fragment.selection_set);
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(schema, &spread.directives);
                    let name = spread.fragment_name.as_str();
                    keep(&mut self.fragments, spread.location(), name);
                }
            }
        }
    }

    fn directives(&mut self, schema: &'a Schema, directives: &'a DirectiveList) {
        for directive in directives.iter() {
            let definitions = &schema.types().directive_definitions;
            let Some(definition) = definitions.get(&directive.name) else {
                continue;
            };
            let owner = OwnerPlace {
                name: &directive.name,
                key: &directive.name,
                ty: None,
                given: &directive.arguments,
                existing: &definition.arguments,
            };
            self.arguments(format!("@{}", directive.name), &owner);
            keep(&mut self.owners, directive.location(), owner);
        }
    }

    fn arguments(&mut self, name: String, owner: &OwnerPlace<'a>) {
        for argument in owner.given {
            let place = ArgumentPlace {
                owner: name.clone(),
                name: &argument.name,
                existing: owner.existing,
            };
            keep(&mut self.arguments, argument.location(), place);
        }
    }
}

fn keep<T>(places: &mut HashMap<usize, T>, span: Option<SourceSpan>, place: T) {
    places.extend(span.map(|span| (span.offset(), place)));
}
