//! A value as a client gave it: a literal of the document, or JSON of the variables.

use apollo_compiler::{Node, ast};
use async_graphql_value::{ConstValue, Name, indexmap::IndexMap};
use serde_json::Value as Json;

use crate::{mistakes::shown, scalars::GivenNumber};

/// A value of either origin.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Given<'a> {
    Json(&'a Json),
    Literal(&'a Node<ast::Value>),
}

/// What kind of value it is.
#[derive(Debug)]
pub(crate) enum Shape<'a> {
    Null,
    Boolean(bool),
    Number(GivenNumber),
    Text(&'a str),
    /// The name of an enum value, which only a literal can be.
    Name(&'a str),
    Variable(&'a str),
    List(Vec<Given<'a>>),
    Object(Vec<GivenField<'a>>),
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GivenField<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: Given<'a>,
}

impl<'a> Given<'a> {
    pub(crate) fn shape(self) -> Shape<'a> {
        match self {
            Self::Json(value) => match value {
                Json::Null => Shape::Null,
                Json::Bool(value) => Shape::Boolean(*value),
                Json::Number(number) => Shape::Number(GivenNumber::from_json(number)),
                Json::String(text) => Shape::Text(text),
                Json::Array(items) => Shape::List(items.iter().map(Given::Json).collect()),
                Json::Object(members) => {
                    let members = members.iter();
                    Shape::Object(
                        members
                            .map(|(name, value)| GivenField {
                                name,
                                value: Given::Json(value),
                            })
                            .collect(),
                    )
                }
            },
            Self::Literal(value) => match &**value {
                ast::Value::Null => Shape::Null,
                ast::Value::Boolean(value) => Shape::Boolean(*value),
                ast::Value::Int(digits) => Shape::Number(GivenNumber::from_int(digits.as_str())),
                ast::Value::Float(text) => Shape::Number(GivenNumber::from_float(text.as_str())),
                ast::Value::String(text) => Shape::Text(text),
                ast::Value::Enum(name) => Shape::Name(name),
                ast::Value::Variable(name) => Shape::Variable(name),
                ast::Value::List(items) => Shape::List(items.iter().map(Given::Literal).collect()),
                ast::Value::Object(fields) => {
                    let fields = fields.iter();
                    Shape::Object(
                        fields
                            .map(|(name, value)| GivenField {
                                name,
                                value: Given::Literal(value),
                            })
                            .collect(),
                    )
                }
            },
        }
    }

    /// The value as a sentence repeats it.
    pub(crate) fn to_sentence(self) -> String {
        match self.shape() {
            Shape::Null => "null".to_owned(),
            Shape::Boolean(value) => value.to_string(),
            Shape::Number(number) => match (number.whole, number.value) {
                (Some(digits), _) => shown(&digits),
                (None, Some(value)) => value.to_string(),
                (None, None) => "∞".to_owned(),
            },
            Shape::Text(text) => format!("\"{}\"", shown(text)),
            Shape::Name(name) => shown(name),
            Shape::Variable(name) => format!("${}", shown(name)),
            Shape::List(_) => "[…]".to_owned(),
            Shape::Object(_) => "{…}".to_owned(),
        }
    }
}

impl Shape<'_> {
    /// The value as it stands, for a scalar that judges for itself.
    pub(crate) fn to_value(&self) -> ConstValue {
        match self {
            Self::Null | Self::Variable(_) => ConstValue::Null,
            Self::Boolean(value) => (*value).into(),
            Self::Number(number) => number
                .value
                .clone()
                .map(ConstValue::Number)
                .unwrap_or_default(),
            Self::Text(text) => (*text).into(),
            Self::Name(name) => ConstValue::Enum(Name::new(name)),
            Self::List(items) => {
                let items = items.iter();
                ConstValue::List(items.map(|item| item.shape().to_value()).collect())
            }
            Self::Object(fields) => {
                let fields = fields.iter();
                let fields =
                    fields.map(|field| (Name::new(field.name), field.value.shape().to_value()));
                ConstValue::Object(fields.collect::<IndexMap<_, _>>())
            }
        }
    }
}
