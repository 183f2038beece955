//! Values against the types of their places, by the specification (3.x "Input Coercion", 6.1.2,
//! 6.4.1): every mistake, its place, both languages.
//!
//! One walk serves three purposes: checking the literals of a document, where variables are let
//! through; reading the variables of a request; and carrying out the arguments of a field, where
//! variables have their values.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Node,
    ast::{Type, VariableDefinition},
    schema::{EnumType, ExtendedType, InputObjectType},
};
use async_graphql::Pos;
use async_graphql_value::{ConstValue, Name as ValueName, indexmap::IndexMap};
use domain::text::Text;

use crate::{
    allowance::{Allowance, weight_of_text},
    given::{Given, GivenField, Shape},
    mistakes::{MOST, Mistake, shown},
    place::Place,
    position::Lines,
    rules::Rule,
    scalars::{self, Form},
    schema::{Schema, is_one_of},
    variables::is_allowed,
};

/// The values of an operation's variables; one that was left out and has no default is not there.
pub(crate) type Values = HashMap<Name, Handed>;

/// The value of a variable, and what it counts for wherever it stands.
#[derive(Debug)]
pub(crate) struct Handed {
    pub(crate) value: ConstValue,
    pub(crate) weight: u64,
}

/// Where variables of literals come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Variables<'a> {
    /// They are declared and have no values yet.
    Declared(&'a [Node<VariableDefinition>]),
    /// They have values, of which an operation takes no more than it is allowed.
    Values {
        values: &'a Values,
        allowance: &'a Allowance,
    },
}

/// One walk through values.
pub(crate) struct Coercion<'a> {
    schema: &'a Schema,
    lines: &'a Lines,
    variables: Variables<'a>,
    /// Of the variable whose value is read; literals know their own.
    pub(crate) location: Option<Pos>,
    /// From the variable or argument down.
    path: Vec<String>,
    pub(crate) mistakes: Vec<Mistake>,
}

impl<'a> Coercion<'a> {
    pub(crate) fn new(schema: &'a Schema, lines: &'a Lines, variables: Variables<'a>) -> Self {
        Self {
            schema,
            lines,
            variables,
            location: None,
            path: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// The value of a variable or an argument; none where it is left to the default of its place.
    /// Where a mistake was noted the value means nothing.
    pub(crate) fn read(
        &mut self,
        name: &str,
        given: Given<'_>,
        place: Place<'_>,
    ) -> Option<ConstValue> {
        self.path.push(name.to_owned());
        let value = self.value(given, place);
        self.path.pop();
        value
    }

    fn value(&mut self, given: Given<'_>, place: Place<'_>) -> Option<ConstValue> {
        if self.mistakes.len() >= MOST {
            return None;
        }
        let shape = given.shape();
        let weight = match &shape {
            Shape::Text(text) => weight_of_text(text),
            _ => 1,
        };
        if !self.may_take(given, weight) {
            return Some(ConstValue::Null);
        }
        match (&shape, place.ty) {
            (Shape::Variable(name), _) => return self.variable(given, name, place),
            (Shape::Null, ty) if ty.is_non_null() => self.refuse_null(given, ty),
            (Shape::Null, _) => {}
            (Shape::List(items), Type::List(of) | Type::NonNullList(of)) => {
                let items = items.iter().enumerate();
                let place = Place {
                    ty: of,
                    has_default: false,
                    ..place
                };
                let items = items
                    .map(|(index, item)| self.item(index, *item, place))
                    .collect();
                return Some(ConstValue::List(items));
            }
            (_, Type::List(of) | Type::NonNullList(of)) => {
                let place = Place {
                    ty: of,
                    has_default: false,
                    ..place
                };
                return self
                    .value(given, place)
                    .map(|item| ConstValue::List(vec![item]));
            }
            (_, Type::Named(name) | Type::NonNullNamed(name)) => {
                let value = self.named(given, shape, name);
                self.must_lie_within(given, &value, place.within, name);
                return Some(value);
            }
        }
        Some(ConstValue::Null)
    }

    /// One item of a list: a variable that was left out is null there.
    fn item(&mut self, index: usize, given: Given<'_>, place: Place<'_>) -> ConstValue {
        self.path.push(index.to_string());
        let item = self.value(given, place);
        if item.is_none() && place.ty.is_non_null() {
            self.refuse_null(given, place.ty);
        }
        self.path.pop();
        item.unwrap_or_default()
    }

    fn variable(&mut self, given: Given<'_>, name: &str, place: Place<'_>) -> Option<ConstValue> {
        match self.variables {
            Variables::Declared(declared) => {
                let mut declared = declared.iter();
                let Some(declared) = declared.find(|variable| variable.name == name) else {
                    // The rule on variables says so.
                    return Some(ConstValue::Null);
                };
                let is_input = self.schema.types().is_input_type(&declared.ty);
                if is_input && !is_allowed(declared, place) {
                    let (is, belongs) = (&declared.ty, place.ty);
                    let at = self.place();
                    let text = Text::new(
                        format!("De variabele '${name}' is {is}; bij '{at}' hoort {belongs}."),
                        format!("The variable '${name}' is {is}; {belongs} belongs at '{at}'."),
                    );
                    self.note(Rule::VariablesInAllowedPosition, given, text);
                }
                Some(ConstValue::Null)
            }
            Variables::Values { values, .. } => {
                let Handed { value, weight } = values.get(name)?;
                if *value == ConstValue::Null && place.ty.is_non_null() {
                    self.refuse_null(given, place.ty);
                }
                if !self.may_take(given, *weight) {
                    return Some(ConstValue::Null);
                }
                if place.within.is_some() {
                    self.must_lie_within(given, value, place.within, place.ty.inner_named_type());
                }
                Some(value.clone())
            }
        }
    }

    /// Whether the operation may have so many values more; that it may not is noted once.
    fn may_take(&mut self, given: Given<'_>, weight: u64) -> bool {
        let Variables::Values { allowance, .. } = self.variables else {
            return true;
        };
        if allowance.take_values(weight) {
            return true;
        }
        if allowance.refuse() {
            let text = Rule::Repetition.sentence("");
            self.tell(Mistake::new(Rule::Repetition, self.location(given), text));
        }
        false
    }

    fn named(&mut self, given: Given<'_>, shape: Shape<'_>, name: &Name) -> ConstValue {
        match self.schema.types().types.get(name) {
            Some(ExtendedType::Scalar(_)) => match scalars::read(name, &shape) {
                Ok(value) => value,
                Err(form) => self.refuse_form(given, form, name),
            },
            Some(ExtendedType::Enum(of)) => self.name_of_enum(given, &shape, of),
            Some(ExtendedType::InputObject(of)) => match shape {
                Shape::Object(fields) => self.object(given, &fields, of),
                _ => self.refuse_form(given, Form::new("een object", "an object"), name),
            },
            // The document is wrong there, and the library says so.
            Some(ExtendedType::Object(_) | ExtendedType::Interface(_) | ExtendedType::Union(_))
            | None => ConstValue::Null,
        }
    }

    /// In a document the name of a value stands without quotes, in variables with them.
    fn name_of_enum(&mut self, given: Given<'_>, shape: &Shape<'_>, of: &EnumType) -> ConstValue {
        let name = match (given, shape) {
            (Given::Literal(_), Shape::Name(name)) | (Given::Json(_), Shape::Text(name)) => *name,
            (Given::Literal(_), Shape::Text(name)) if of.values.contains_key(*name) => {
                let text = Text::new(
                    format!(
                        "Schrijf {name} bij '{}' zonder aanhalingstekens.",
                        self.place()
                    ),
                    format!("Write {name} without quotes at '{}'.", self.place()),
                );
                self.note(self.rule(given), given, text);
                return ConstValue::Null;
            }
            _ => {
                let form = Form::new("de naam van een waarde", "the name of a value");
                return self.refuse_form(given, form, &of.name);
            }
        };
        if of.values.contains_key(name) {
            return ConstValue::Enum(ValueName::new(name));
        }
        let text = Text::new(
            format!(
                "{} kent geen waarde {} (bij '{}').",
                of.name,
                shown(name),
                self.place()
            ),
            format!(
                "{} has no value {} (at '{}').",
                of.name,
                shown(name),
                self.place()
            ),
        );
        let existing = of.values.keys().map(Name::as_str);
        let mistake =
            Mistake::unknown(self.rule(given), self.location(given), text, name, existing);
        self.tell(mistake.at_field(&self.field()));
        ConstValue::Null
    }

    fn object(
        &mut self,
        given: Given<'_>,
        fields: &[GivenField<'_>],
        of: &InputObjectType,
    ) -> ConstValue {
        for (index, GivenField { name, value }) in fields.iter().enumerate() {
            if self.mistakes.len() >= MOST {
                break;
            }
            if !of.fields.contains_key(*name) {
                self.refuse_field(*value, name, of);
            }
            // JSON has each once.
            let is_literal = matches!(value, Given::Literal(_));
            if is_literal && fields[..index].iter().any(|other| other.name == *name) {
                let text = Text::new(
                    format!("Het veld '{name}' staat twee keer bij '{}'.", self.place()),
                    format!("The field '{name}' stands twice at '{}'.", self.place()),
                );
                self.note(Rule::UniqueInputFieldNames, *value, text);
            }
        }
        let mut object = IndexMap::new();
        for (name, definition) in &of.fields {
            let place = Place::of(definition);
            let mut found = fields.iter().filter(|field| name == field.name);
            let value = match found.next() {
                Some(field) => self.read(name, field.value, place),
                None => None,
            };
            match value {
                Some(value) => {
                    object.insert(ValueName::new(name), value);
                }
                None if place.ty.is_non_null() && !place.has_default => {
                    self.miss_field(given, name, place.ty);
                }
                None => {}
            }
        }
        if is_one_of(of) {
            self.must_be_one(given, fields, of);
        }
        ConstValue::Object(object)
    }

    /// Exactly one field, and not null: not by a variable either.
    fn must_be_one(&mut self, given: Given<'_>, fields: &[GivenField<'_>], of: &InputObjectType) {
        let may_be_null = |value: &Given<'_>| match (value.shape(), self.variables) {
            (Shape::Null, _) => true,
            (Shape::Variable(name), Variables::Declared(declared)) => {
                let mut declared = declared.iter();
                let declared = declared.find(|variable| variable.name == name);
                declared.is_some_and(|variable| !variable.ty.is_non_null())
            }
            _ => false,
        };
        if matches!(fields, [field] if !may_be_null(&field.value)) {
            return;
        }
        let names: Vec<&str> = of.fields.keys().map(Name::as_str).collect();
        let names = names.join(", ");
        let text = Text::new(
            format!(
                "Geef bij '{}' precies één van deze, en niet null: {names}.",
                self.place()
            ),
            format!(
                "Give exactly one of these at '{}', and not null: {names}.",
                self.place()
            ),
        );
        self.note(self.rule(given), given, text);
    }

    fn refuse_null(&mut self, given: Given<'_>, ty: &Type) {
        let text = Text::new(
            format!("'{}' mag niet null zijn; hier hoort {ty}.", self.place()),
            format!("'{}' may not be null; {ty} belongs here.", self.place()),
        );
        self.note(self.rule(given), given, text);
    }

    pub(crate) fn refuse_form(&mut self, given: Given<'_>, form: Form, name: &str) -> ConstValue {
        let value = given.to_sentence();
        let text = Text::new(
            format!(
                "'{}' is {value}; hier hoort {} ({name}).",
                self.place(),
                form.nl
            ),
            format!(
                "'{}' is {value}; {} belongs here ({name}).",
                self.place(),
                form.en
            ),
        );
        self.note(self.rule(given), given, text);
        ConstValue::Null
    }

    fn refuse_field(&mut self, given: Given<'_>, name: &str, of: &InputObjectType) {
        let text = Text::new(
            format!("Het veld '{}' bestaat niet op {}.", shown(name), of.name),
            format!("There is no field '{}' on {}.", shown(name), of.name),
        );
        self.path.push(shown(name));
        let existing = of.fields.keys().map(Name::as_str);
        let mistake =
            Mistake::unknown(self.rule(given), self.location(given), text, name, existing);
        self.tell(mistake.at_field(&self.field()));
        self.path.pop();
    }

    fn miss_field(&mut self, given: Given<'_>, name: &str, ty: &Type) {
        self.path.push(name.to_owned());
        let text = Text::new(
            format!("'{}' ontbreekt; hier hoort {ty}.", self.place()),
            format!("'{}' is missing; {ty} belongs here.", self.place()),
        );
        self.note(self.rule(given), given, text);
        self.path.pop();
    }

    pub(crate) fn miss_variable(&mut self, variable: &VariableDefinition) {
        let (name, ty) = (&variable.name, &variable.ty);
        let text = Text::new(
            format!("De variabele '${name}' ontbreekt; zij is {ty}."),
            format!("The variable '${name}' is missing; it is {ty}."),
        );
        let mistake = Mistake::new(Rule::VariableValues, self.location, text);
        self.tell(mistake.at_field(&[name.to_string()]));
    }

    fn note(&mut self, rule: Rule, given: Given<'_>, text: Text) {
        let mistake = Mistake::new(rule, self.location(given), text);
        self.tell(mistake.at_field(&self.field()));
    }

    fn tell(&mut self, mistake: Mistake) {
        if self.mistakes.len() < MOST {
            self.mistakes.push(mistake);
        }
    }

    fn rule(&self, given: Given<'_>) -> Rule {
        match (given, self.variables) {
            (Given::Json(_), _) | (_, Variables::Values { .. }) => Rule::VariableValues,
            (Given::Literal(_), Variables::Declared(_)) => Rule::ValuesOfCorrectType,
        }
    }

    fn location(&self, given: Given<'_>) -> Option<Pos> {
        match given {
            Given::Json(_) => self.location,
            Given::Literal(value) => self.lines.of_span(value.location()),
        }
    }

    fn field(&self) -> Vec<String> {
        let parts = self.path.iter();
        parts
            .map(|part| part.trim_start_matches('$').to_owned())
            .collect()
    }

    /// The place as a sentence names it, as in `$input.answers[0].day`.
    fn place(&self) -> String {
        let mut place = String::new();
        for part in &self.path {
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                place.push_str(&format!("[{part}]"));
            } else {
                if !place.is_empty() {
                    place.push('.');
                }
                place.push_str(part);
            }
        }
        place
    }
}
