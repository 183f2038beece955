//! Errors as data: what the person who calls a mutation can repair.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// A key of the caller's own making, at most 200 characters, under which a call may be repeated
/// without changing anything twice. NL: idempotentiesleutel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

/// A key of the caller's own making, at most 200 characters, under which a call may be repeated
/// without changing anything twice. NL: idempotentiesleutel.
#[Scalar]
impl ScalarType for IdempotencyKey {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(key) if !key.is_empty() && key.chars().count() <= 200 => Ok(Self(key)),
            _ => Err(InputValueError::custom("A key has 1 to 200 characters.")
                .with_extension("messageNl", "Een sleutel heeft 1 tot 200 tekens.")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// Makes the error type of a mutation: its own codes, under the interface `UserError`. A mutation
/// that takes no idempotency key, because repeating it changes nothing by itself, says `without a
/// key`.
#[macro_export]
macro_rules! user_error {
    ($(#[$doc:meta])* $name:ident, $code:ty) => {
        $crate::user_error! { $(#[$doc])* $name, $code, without a key }

        impl domain::mistake::MutationCode for $code {
            const KEY_REUSED: Self = Self::KeyReused;
        }
    };
    ($(#[$doc:meta])* $name:ident, $code:ty, without a key) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject, Debug, Clone)]
        pub struct $name {
            /// What is wrong, for programs. NL: foutcode.
            pub code: $code,
            /// What is wrong and what to do, for people. NL: melding.
            pub message: $crate::text::LocalizedText,
            /// The path of the input field that is wrong, from `input` down. NL: veld.
            pub field: Vec<String>,
        }

        impl From<domain::mistake::Mistake<$code>> for $name {
            fn from(mistake: domain::mistake::Mistake<$code>) -> Self {
                Self {
                    code: mistake.code,
                    message: mistake.message.into(),
                    field: mistake.field,
                }
            }
        }
    };
}
