//! The operation that is to run, in the executor's own form, by CollectFields of the specification
//! (6.3.2): fragments laid open, one response key once, conditions carried out, arguments read.
//!
//! The executor chooses by the type of each value at run time, so what holds for some types only
//! stays under their condition. It also answers null for an object of which nothing is selected;
//! such a selection gets the field [`NOTHING`], under a key that no client can write, and whoever
//! completes the answer leaves that key out.

use std::collections::BTreeSet;

use apollo_compiler::{
    Name, Node,
    ast::{Argument, DirectiveList, InputValueDefinition},
    executable::{Field, Operation, Selection, SelectionSet},
    parser::SourceSpan,
};
use async_graphql::{
    Pos, Positioned,
    parser::types::{
        Field as ReadyField, InlineFragment as ReadyFragment, Selection as ReadySelection,
        SelectionSet as ReadySet, TypeCondition,
    },
};
use async_graphql_value::{ConstValue, Name as ReadyName, Value, indexmap::IndexMap};

use crate::{
    allowance::{Allowance, Size},
    coerce::{Coercion, Values, Variables},
    given::Given,
    mistakes::Mistake,
    place::Place,
    position::Lines,
    rules::Rule,
    schema::Schema,
    validate::Validated,
};

/// The response key of a selection in which nothing is selected: not a name of GraphQL.
pub const NOTHING: &str = "{}";

/// Which values of the surrounding type a selection is for: those of these object types.
#[derive(Debug, Clone)]
struct Narrowed<'a> {
    types: BTreeSet<&'a Name>,
    /// The conditions that narrowed, from the outside in.
    conditions: Vec<&'a Name>,
}

/// By whatever conditions they were found, the same types are the same values.
impl PartialEq for Narrowed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.types == other.types
    }
}

/// Fields under one response key, for the same values.
struct Group<'a> {
    /// None for all values of the surrounding type.
    narrowed: Option<Narrowed<'a>>,
    fields: Vec<&'a Node<Field>>,
}

/// Converts one operation.
pub(crate) struct Conversion<'a> {
    schema: &'a Schema,
    lines: &'a Lines,
    document: &'a Validated,
    values: &'a Values,
    allowance: &'a Allowance,
    pub(crate) mistakes: Vec<Mistake>,
}

impl<'a> Conversion<'a> {
    pub(crate) fn new(
        schema: &'a Schema,
        lines: &'a Lines,
        document: &'a Validated,
        values: &'a Values,
        allowance: &'a Allowance,
    ) -> Self {
        Self {
            schema,
            lines,
            document,
            values,
            allowance,
            mistakes: Vec::new(),
        }
    }

    /// The selection of an operation.
    pub(crate) fn operation(&mut self, operation: &'a Operation) -> Positioned<ReadySet> {
        let set = &operation.selection_set;
        let at = self.lines.position(0);
        self.selection_set(&set.ty, &[set], at)
    }

    /// The selections of values of one type, merged.
    fn selection_set(
        &mut self,
        of: &'a Name,
        sets: &[&'a SelectionSet],
        at: Pos,
    ) -> Positioned<ReadySet> {
        let mut groups: IndexMap<&'a Name, Vec<Group<'a>>> = IndexMap::new();
        for set in sets {
            // A field may promise a narrower type than another under its key.
            if let Some(within) = self.narrow(of, None, &set.ty) {
                self.collect(of, within, set, &mut groups);
            }
        }
        let mut items: Vec<Positioned<ReadySelection>> = Vec::new();
        let mut met: BTreeSet<&Name> = BTreeSet::new();
        let possible = self.schema.possible_types(of);
        let mut open: Option<Narrowed<'a>> = None;
        for groups in groups.into_values() {
            for group in &groups {
                if is_repeated(group, &groups) {
                    continue;
                }
                let before = self.allowance.left();
                let field = self.field(&group.fields);
                let size = before.taken(self.allowance.left());
                match &group.narrowed {
                    None => {
                        met.extend(possible.into_iter().flatten());
                        open = None;
                        items.push(field);
                    }
                    Some(narrowed) => {
                        met.extend(&narrowed.types);
                        let goes_on = open.as_ref() == Some(narrowed);
                        if !goes_on || !append(&mut items, &field) {
                            items.extend(self.under_condition(narrowed, &field, size));
                        }
                        open = self.is_one_condition(narrowed).then(|| narrowed.clone());
                    }
                }
            }
        }
        if possible.is_none_or(|possible| possible.len() > met.len() || items.is_empty()) {
            items.push(nothing(at));
        }
        Positioned::new(ReadySet { items }, at)
    }

    /// Adds the fields of a selection that apply, fragments laid open.
    fn collect(
        &mut self,
        of: &'a Name,
        within: Option<Narrowed<'a>>,
        set: &'a SelectionSet,
        groups: &mut IndexMap<&'a Name, Vec<Group<'a>>>,
    ) {
        for selection in &set.selections {
            if !self.is_included(selection.directives()) {
                continue;
            }
            let below = match selection {
                Selection::Field(field) => {
                    let groups = groups.entry(field.response_key()).or_default();
                    match groups.iter_mut().find(|group| group.narrowed == within) {
                        Some(group) => group.fields.push(field),
                        None => groups.push(Group {
                            narrowed: within.clone(),
                            fields: vec![field],
                        }),
                    }
                    continue;
                }
                Selection::InlineFragment(fragment) => &fragment.selection_set,
                Selection::FragmentSpread(spread) => {
                    match self.document.fragments.get(&spread.fragment_name) {
                        Some(fragment) => &fragment.selection_set,
                        None => continue,
                    }
                }
            };
            if let Some(within) = self.narrow(of, within.as_ref(), &below.ty) {
                self.collect(of, within, below, groups);
            }
        }
    }

    /// The values of a type that also meet a condition: `None` when there are none, `Some(None)`
    /// when there is nothing to narrow.
    #[expect(
        clippy::option_option,
        reason = "no values, all values, and some of them are three cases"
    )]
    fn narrow(
        &self,
        of: &'a Name,
        within: Option<&Narrowed<'a>>,
        condition: &'a Name,
    ) -> Option<Option<Narrowed<'a>>> {
        if self.schema.always_meets(of, condition) {
            return Some(within.cloned());
        }
        let meeting = self.schema.possible_types(condition)?;
        let all = || self.schema.possible_types(of).into_iter().flatten();
        let types: BTreeSet<&Name> = match within {
            None => all().filter(|name| meeting.contains(*name)).collect(),
            Some(within) => {
                let types = within.types.iter().copied();
                types.filter(|name| meeting.contains(*name)).collect()
            }
        };
        if types.is_empty() {
            return None;
        }
        let mut conditions = within.map_or_else(Vec::new, |within| within.conditions.clone());
        // One that all of these meet says nothing more.
        if within.is_none_or(|within| within.types != types) {
            conditions.push(condition);
        }
        Some(Some(Narrowed { types, conditions }))
    }

    /// Whether the executor can tell these values by a single condition.
    fn is_one_condition(&self, narrowed: &Narrowed<'a>) -> bool {
        matches!(narrowed.conditions.as_slice(), [one] if !self.schema.is_union(one))
            || narrowed.types.len() == 1
    }

    /// A field under the condition of its types: the one that the client wrote, or, where several
    /// narrow or a union does, each type by its name. The field is of this size.
    fn under_condition(
        &mut self,
        narrowed: &Narrowed<'a>,
        field: &Positioned<ReadySelection>,
        size: Size,
    ) -> Vec<Positioned<ReadySelection>> {
        let by_condition = narrowed.types.len() > 1 && self.is_one_condition(narrowed);
        let names: Vec<&Name> = if by_condition {
            narrowed.conditions.clone()
        } else {
            narrowed.types.iter().copied().collect()
        };
        let more = u64::try_from(names.len())
            .unwrap_or(u64::MAX)
            .saturating_sub(1);
        if !self.may_grow(field.pos, |allowance| allowance.take_times(size, more)) {
            return Vec::new();
        }
        names
            .into_iter()
            .map(|name| fragment(name, field))
            .collect()
    }

    /// `@skip` and `@include`, whose conditions have their values by now.
    fn is_included(&mut self, directives: &DirectiveList) -> bool {
        let mut holds = |name: &str| {
            let directive = directives.get(name)?;
            let definition = self.schema.types().directive_definitions.get(name)?;
            let arguments = self.arguments(&directive.arguments, &definition.arguments);
            arguments
                .into_iter()
                .find_map(|(_, value)| match value.node {
                    Value::Boolean(value) => Some(value),
                    _ => None,
                })
        };
        holds("skip") != Some(true) && holds("include") != Some(false)
    }

    /// The fields under one key as one field.
    fn field(&mut self, fields: &[&'a Node<Field>]) -> Positioned<ReadySelection> {
        let first = fields[0];
        let at = self.position(first.location());
        if !self.may_grow(at, |allowance| allowance.take_selections(1)) {
            return nothing(at);
        }
        let arguments = self.arguments(&first.arguments, &first.definition.arguments);
        let of = first.definition.ty.inner_named_type();
        let selection_set = if self.schema.possible_types(of).is_some() {
            let sets: Vec<&SelectionSet> =
                fields.iter().map(|field| &field.selection_set).collect();
            self.selection_set(of, &sets, at)
        } else {
            Positioned::new(ReadySet::default(), at)
        };
        let alias = first.alias.as_ref();
        let alias = alias.map(|alias| self.name(alias));
        let field = ReadyField {
            alias,
            name: self.name(&first.name),
            arguments,
            directives: Vec::new(),
            selection_set,
        };
        Positioned::new(ReadySelection::Field(Positioned::new(field, at)), at)
    }

    /// Whether the operation may have this more; that it may not is noted once, and nothing is made
    /// any more.
    fn may_grow(&mut self, at: Pos, take: impl FnOnce(&Allowance) -> bool) -> bool {
        if !self.allowance.has_refused() && take(self.allowance) {
            return true;
        }
        if self.allowance.refuse() {
            let text = Rule::Repetition.sentence("");
            self.mistakes
                .push(Mistake::new(Rule::Repetition, Some(at), text));
        }
        false
    }

    /// The arguments that have a value; the others are left to their defaults.
    fn arguments(
        &mut self,
        given: &[Node<Argument>],
        definitions: &[Node<InputValueDefinition>],
    ) -> Vec<(Positioned<ReadyName>, Positioned<Value>)> {
        let mut arguments = Vec::with_capacity(given.len());
        let variables = Variables::Values {
            values: self.values,
            allowance: self.allowance,
        };
        let mut coercion = Coercion::new(self.schema, self.lines, variables);
        for argument in given {
            let mut definitions = definitions.iter();
            let definition = definitions.find(|found| found.name == argument.name);
            let Some(definition) = definition else {
                continue;
            };
            let place = Place::of(definition);
            let value = coercion.read(&argument.name, Given::Literal(&argument.value), place);
            if let Some(value) = value {
                let at = self.position(argument.value.location());
                let value = Positioned::new(ConstValue::into_value(value), at);
                arguments.push((self.name(&argument.name), value));
            }
        }
        self.mistakes.append(&mut coercion.mistakes);
        arguments
    }

    fn name(&self, name: &Name) -> Positioned<ReadyName> {
        Positioned::new(ReadyName::new(name), self.position(name.location()))
    }

    fn position(&self, span: Option<SourceSpan>) -> Pos {
        self.lines.of_span(span).unwrap_or_default()
    }
}

/// Whether a value that is asked for some types is asked for all of them already.
fn is_repeated(group: &Group<'_>, groups: &[Group<'_>]) -> bool {
    let is_leaf = group
        .fields
        .iter()
        .all(|field| field.selection_set.is_empty());
    is_leaf
        && groups
            .iter()
            .any(|other| match (&other.narrowed, &group.narrowed) {
                (None, Some(_)) => true,
                (Some(other), Some(one)) => other != one && other.types.is_superset(&one.types),
                (_, None) => false,
            })
}

/// Puts one more field under the condition that stands last.
fn append(items: &mut [Positioned<ReadySelection>], field: &Positioned<ReadySelection>) -> bool {
    match items.last_mut().map(|item| &mut item.node) {
        Some(ReadySelection::InlineFragment(fragment)) => {
            fragment.node.selection_set.node.items.push(field.clone());
            true
        }
        Some(ReadySelection::Field(_) | ReadySelection::FragmentSpread(_)) | None => false,
    }
}

fn fragment(on: &Name, field: &Positioned<ReadySelection>) -> Positioned<ReadySelection> {
    let at = field.pos;
    let condition = TypeCondition {
        on: Positioned::new(ReadyName::new(on), at),
    };
    let set = ReadySet {
        items: vec![field.clone()],
    };
    let fragment = ReadyFragment {
        type_condition: Some(Positioned::new(condition, at)),
        directives: Vec::new(),
        selection_set: Positioned::new(set, at),
    };
    Positioned::new(
        ReadySelection::InlineFragment(Positioned::new(fragment, at)),
        at,
    )
}

fn nothing(at: Pos) -> Positioned<ReadySelection> {
    let field = ReadyField {
        alias: Some(Positioned::new(ReadyName::new(NOTHING), at)),
        name: Positioned::new(ReadyName::new("__typename"), at),
        arguments: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(ReadySet::default(), at),
    };
    Positioned::new(ReadySelection::Field(Positioned::new(field, at)), at)
}
