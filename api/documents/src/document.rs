//! One document, made ready once; and each operation of it, made ready for the variables of a
//! request.

use std::{collections::HashMap, sync::Arc};

use apollo_compiler::{
    ast::OperationType as WrittenType, executable::Operation as WrittenOperation,
};
use async_graphql::{
    Positioned,
    parser::types::{
        DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
    },
};
use domain::text::Text;
use serde_json::{Map, Value};

use crate::{
    allowance::Allowance,
    cache::DocumentHash,
    convert::Conversion,
    mistakes::{MOST, Mistake},
    position::Lines,
    rules::Rule,
    schema::Schema,
    validate::{Validated, validate},
    variables::read_variables,
};

/// A document that follows every rule of the schema.
#[derive(Debug)]
pub struct Document {
    schema: Arc<Schema>,
    lines: Lines,
    written: Validated,
    hash: DocumentHash,
    bytes: usize,
}

/// An operation that is ready to be executed: its variables have become values, and there are no
/// fragments and directives in it.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name, where it has one.
    pub name: Option<String>,
    definition: Positioned<OperationDefinition>,
}

impl Operation {
    /// What it asks.
    #[must_use]
    pub fn definition(&self) -> &OperationDefinition {
        &self.definition.node
    }

    /// The names of its root fields.
    #[must_use]
    pub fn root_fields(&self) -> Vec<&str> {
        let items = self.definition.node.selection_set.node.items.iter();
        let fields = items.filter_map(|item| match &item.node {
            Selection::Field(field) => Some(field.node.name.node.as_str()),
            Selection::InlineFragment(_) | Selection::FragmentSpread(_) => None,
        });
        fields.collect()
    }

    /// A document of this operation alone, as the executor takes it.
    #[must_use]
    pub fn to_document(&self) -> ExecutableDocument {
        ExecutableDocument {
            operations: DocumentOperations::Single(self.definition.clone()),
            fragments: HashMap::new(),
        }
    }
}

impl Document {
    /// Parses and validates a text that is known to nest no deeper than a recursive reader can
    /// follow.
    ///
    /// # Errors
    /// Every mistake, in the order of the text.
    pub fn prepare(schema: &Arc<Schema>, text: &str) -> Result<Self, Vec<Mistake>> {
        let lines = Lines::of(text);
        let written = validate(schema, &lines, text)?;
        Ok(Self {
            schema: schema.clone(),
            lines,
            written,
            hash: DocumentHash::of(text),
            bytes: text.len(),
        })
    }

    /// The hash of its text.
    #[must_use]
    pub fn hash(&self) -> DocumentHash {
        self.hash
    }

    /// The length of its text, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The name of one of its operations, where it has one, whether it was named or is the only one.
    ///
    /// # Errors
    /// When no operation is meant.
    pub fn name_of(&self, name: Option<&str>) -> Result<Option<&str>, Vec<Mistake>> {
        let written = self.find(name)?;
        Ok(written.name.as_ref().map(|name| name.as_str()))
    }

    /// Of these variables those that one of its operations declares: no other changes what it
    /// means.
    ///
    /// # Errors
    /// When no operation is meant.
    pub fn declared(
        &self,
        name: Option<&str>,
        mut variables: Map<String, Value>,
    ) -> Result<Map<String, Value>, Vec<Mistake>> {
        let declared = &self.find(name)?.variables;
        variables.retain(|name, _| declared.iter().any(|one| one.name.as_str() == name));
        Ok(variables)
    }

    /// One of its operations with the values of its variables; those that it does not declare are
    /// left alone.
    ///
    /// # Errors
    /// When no operation is meant, or with every mistake in the variables.
    pub fn operation(
        &self,
        name: Option<&str>,
        variables: &Map<String, Value>,
    ) -> Result<Operation, Vec<Mistake>> {
        let written = self.find(name)?;
        let (schema, lines) = (&*self.schema, &self.lines);
        let values = read_variables(schema, lines, &written.variables, variables)?;
        let allowance = Allowance::of(values.values().map(|handed| handed.weight).sum());
        let mut conversion = Conversion::new(schema, lines, &self.written, &values, &allowance);
        let selection_set = conversion.operation(written);
        if !conversion.mistakes.is_empty() {
            let mut mistakes = conversion.mistakes;
            mistakes.dedup();
            mistakes.truncate(MOST);
            return Err(mistakes);
        }
        let kind = match written.operation_type {
            WrittenType::Query => OperationType::Query,
            WrittenType::Mutation => OperationType::Mutation,
            WrittenType::Subscription => OperationType::Subscription,
        };
        let at = selection_set.pos;
        let definition = OperationDefinition {
            ty: kind,
            variable_definitions: Vec::new(),
            directives: Vec::new(),
            selection_set,
        };
        Ok(Operation {
            name: written.name.as_ref().map(ToString::to_string),
            definition: Positioned::new(definition, at),
        })
    }

    /// The names of its operations; none for the one that has no name.
    pub fn operation_names(&self) -> impl Iterator<Item = Option<&str>> {
        let operations = self.written.operations.iter();
        operations.map(|operation| operation.name.as_ref().map(|name| name.as_str()))
    }

    fn find(&self, name: Option<&str>) -> Result<&WrittenOperation, Vec<Mistake>> {
        let text = Text::new(
            "Noem met `operationName` welke handeling bedoeld is.",
            "Name with `operationName` which operation is meant.",
        );
        let found = self.written.operations.get(name);
        let found = found.map_err(|_| vec![Mistake::new(Rule::KnownOperation, None, text)]);
        found.map(|operation| &**operation)
    }
}
