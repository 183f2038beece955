//! Errors as data: what the person who calls a mutation can repair.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

use super::text::LocalizedText;

/// A mistake in an input: the code of the mutation's own enum, where it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake<C> {
    pub(crate) code: C,
    pub(crate) field: Vec<String>,
    pub(crate) message: LocalizedText,
}

impl<C> Mistake<C> {
    /// A mistake at a place of the input, as in `["answers", "0", "criterion"]`.
    pub(crate) fn at(
        code: C,
        field: &[&str],
        nl: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            field: field.iter().map(|&part| part.to_owned()).collect(),
            message: LocalizedText::new(nl, en),
        }
    }
}

/// That an idempotency key was used for another input.
pub(crate) fn key_reused<C>(code: C) -> Mistake<C> {
    Mistake::at(
        code,
        &["idempotencyKey"],
        "Deze sleutel is al voor een andere invoer gebruikt.",
        "This key was used for another input.",
    )
}

/// A key of the caller's own making, at most 200 characters, under which a call may be repeated without changing
/// anything twice. NL: idempotentiesleutel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdempotencyKey(pub(crate) String);

/// A key of the caller's own making, at most 200 characters, under which a call may be repeated without changing
/// anything twice. NL: idempotentiesleutel.
#[Scalar]
impl ScalarType for IdempotencyKey {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(key) if !key.is_empty() && key.chars().count() <= 200 => Ok(Self(key)),
            _ => Err(InputValueError::custom("a key has 1 to 200 characters")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// Makes the error type of a mutation: its own codes, under the interface `UserError`.
macro_rules! user_error {
    ($(#[$doc:meta])* $name:ident, $code:ty) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject, Debug, Clone)]
        pub(crate) struct $name {
            /// What is wrong, for programs. NL: foutcode.
            pub(crate) code: $code,
            /// What is wrong and what to do, for people. NL: melding.
            pub(crate) message: crate::graphql::text::LocalizedText,
            /// The path of the input field that is wrong, from `input` down. NL: veld.
            pub(crate) field: Vec<String>,
        }

        impl From<crate::graphql::payload::Mistake<$code>> for $name {
            fn from(mistake: crate::graphql::payload::Mistake<$code>) -> Self {
                Self {
                    code: mistake.code,
                    message: mistake.message,
                    field: mistake.field,
                }
            }
        }
    };
}
pub(crate) use user_error;
