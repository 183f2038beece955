//! The literals of a document against the types of their places.

use std::collections::HashSet;

use apollo_compiler::{
    Node,
    ast::{Argument, DirectiveList, InputValueDefinition},
    executable::{ExecutableDocument, Operation, Selection, SelectionSet},
};

use crate::{
    coerce::{Coercion, Variables},
    given::Given,
    mistakes::Mistake,
    place::Place,
    position::Lines,
    schema::Schema,
};

/// Every mistake in the literals of a document's operations and of the fragments that they spread.
pub(crate) fn check(schema: &Schema, lines: &Lines, document: &ExecutableDocument) -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    for operation in document.operations.iter() {
        let variables = Variables::Declared(&operation.variables);
        let mut walk = Walk {
            schema,
            document,
            coercion: Coercion::new(schema, lines, variables),
        };
        walk.operation(operation);
        for mistake in walk.coercion.mistakes {
            // Of a fragment that several operations spread, once.
            if !mistakes.contains(&mistake) {
                mistakes.push(mistake);
            }
        }
    }
    mistakes
}

struct Walk<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    coercion: Coercion<'a>,
}

impl<'a> Walk<'a> {
    fn operation(&mut self, operation: &'a Operation) {
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                let place = Place {
                    ty: &variable.ty,
                    has_default: false,
                    within: None,
                };
                let name = format!("${}", variable.name);
                self.coercion.read(&name, Given::Literal(default), place);
            }
        }
        self.directives(&operation.directives);
        let mut entered = HashSet::new();
        let mut sets: Vec<&SelectionSet> = vec![&operation.selection_set];
        while let Some(set) = sets.pop() {
            for selection in &set.selections {
                self.directives(selection.directives());
                match selection {
                    Selection::Field(field) => {
                        self.arguments(&field.arguments, &field.definition.arguments);
                        sets.push(&field.selection_set);
                    }
                    Selection::InlineFragment(fragment) => sets.push(&fragment.selection_set),
                    Selection::FragmentSpread(spread) => {
                        let fragment = self.document.fragments.get(&spread.fragment_name);
                        if let Some(fragment) = fragment
                            && entered.insert(&fragment.name)
                        {
                            self.directives(&fragment.directives);
                            sets.push(&fragment.selection_set);
                        }
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &DirectiveList) {
        for directive in directives.iter() {
            let definitions = &self.schema.types().directive_definitions;
            if let Some(definition) = definitions.get(&directive.name) {
                self.arguments(&directive.arguments, &definition.arguments);
            }
        }
    }

    fn arguments(
        &mut self,
        arguments: &[Node<Argument>],
        definitions: &[Node<InputValueDefinition>],
    ) {
        for argument in arguments {
            let mut definitions = definitions.iter();
            if let Some(definition) = definitions.find(|found| found.name == argument.name) {
                let place = Place::of(definition);
                let value = Given::Literal(&argument.value);
                self.coercion.read(&argument.name, value, place);
            }
        }
    }
}
