//! Closed lists of the domain as enums of the contract: name, values and descriptions come from the
//! list.

use std::borrow::Cow;

use super::{
    error::{Code, coded},
    text::LocalizedText,
};
use async_graphql::{
    ContextSelectionSet, Error, InputType, InputValueError, InputValueResult, OutputType,
    Positioned, Result, ServerResult, Value,
    indexmap::IndexMap,
    parser::types::Field,
    registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry},
};
use domain::code_list::{CodeList, description, from_code};

/// A value of a closed list, as clients send and get it: the enum of the contract that bears the
/// list's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Coded<E>(pub E);

impl<E: CodeList> From<E> for Coded<E> {
    fn from(value: E) -> Self {
        Self(value)
    }
}

impl<E> std::ops::Deref for Coded<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.0
    }
}

impl<E: CodeList> From<Coded<E>> for Value {
    fn from(Coded(value): Coded<E>) -> Self {
        Self::Enum(async_graphql::Name::new(value.entry().code))
    }
}

/// The value of a code that a row holds. The tables let in no others, so one that is not found is
/// our mistake.
///
/// # Errors
/// When the list does not know the code.
pub fn of_row<E: CodeList>(code: &str) -> Result<E> {
    from_code(code).ok_or_else(|| unknown_code(code))
}

/// What is answered when a row holds a code that the contract does not know; the code goes to the
/// log.
fn unknown_code(code: &str) -> Error {
    tracing::error!(code, "a row holds a code that the contract does not know");
    coded(
        Code::Internal,
        &LocalizedText::new(
            "Er ging bij ons iets mis.",
            "Something went wrong on our side.",
        ),
    )
}

fn create_type_info<E: CodeList>(registry: &mut Registry) -> String {
    registry.create_input_type::<Coded<E>, _>(MetaTypeId::Enum, |_| {
        let values = E::VALUES.iter().map(|entry| {
            let value = MetaEnumValue {
                name: entry.code.to_owned(),
                description: Some(description(entry.description)),
                deprecation: Deprecation::NoDeprecated,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                directive_invocations: Vec::new(),
            };
            (entry.code.to_owned(), value)
        });
        MetaType::Enum {
            name: E::NAME.to_owned(),
            description: Some(description(E::DESCRIPTION)),
            enum_values: values.collect::<IndexMap<_, _>>(),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: Some(std::any::type_name::<Coded<E>>()),
            directive_invocations: Vec::new(),
            requires_scopes: Vec::new(),
        }
    })
}

impl<E: CodeList> InputType for Coded<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(E::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        create_type_info::<E>(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let code = match &value {
            Value::Enum(code) => code.as_str(),
            Value::String(code) => code,
            _ => return Err(InputValueError::expected_type(value)),
        };
        from_code(code).map(Self).ok_or_else(|| {
            InputValueError::custom(format!(
                r#"Enumeration type does not contain value "{code}"."#
            ))
        })
    }

    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        Some(self)
    }
}

#[async_graphql::async_trait::async_trait]
impl<E: CodeList> OutputType for Coded<E> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(E::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        create_type_info::<E>(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok((*self).into())
    }
}
