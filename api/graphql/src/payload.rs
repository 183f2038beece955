//! Errors as data: what the person who calls a mutation can repair.

use async_graphql::{
    InputValueError, InputValueResult, Scalar, ScalarType, Value, resolver_utils::EnumType,
};
use domain::mistake::Mistake;

use crate::change::{Outcome, Stopped, settled};

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

/// Items that one mutation over a list takes: each municipality once, with room.
pub const MOST_ITEMS: usize = 400;

/// The name of a value of an enum in the contract.
pub fn name_of<E: EnumType>(value: E) -> &'static str {
    let mut items = E::items().iter();
    items
        .find(|item| item.value == value)
        .map_or("", |item| item.name)
}

/// Makes the error of a noun and the enum of its codes, under the interface `UserError`: all
/// mutations of one noun share them. A noun has mutations that take an idempotency key and texts,
/// so each enum ends with `PERSONAL_DATA` and `KEY_REUSED`.
#[macro_export]
macro_rules! user_error {
    (
        $(#[$doc:meta])* $name:ident,
        $(#[$code_doc:meta])* $code:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ }
    ) => {
        $(#[$code_doc])*
        #[derive(async_graphql::Enum, Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $code {
            $($(#[$variant_doc])* $variant,)+
            /// A text would identify a person: it holds a citizen service number or an e-mail
            /// address, or a name where a function belongs; or it feigns that words were blanked
            /// by law. NL: persoonsgegevens.
            PersonalData,
            /// The idempotency key was used for another input. NL: sleutel al gebruikt.
            KeyReused,
        }

        impl domain::mistake::MutationCode for $code {
            const KEY_REUSED: Self = Self::KeyReused;
            const PERSONAL_DATA: Self = Self::PersonalData;
        }

        $(#[$doc])*
        #[derive(async_graphql::SimpleObject, Debug, Clone)]
        #[graphql(complex)]
        pub struct $name {
            /// What is wrong, for programs. NL: foutcode.
            pub code: $code,
            /// What is wrong and what to do, for people. NL: melding.
            pub message: $crate::text::LocalizedText,
            /// The path of the input field that is wrong, from `input` down. NL: veld.
            pub field: Vec<String>,
        }

        #[async_graphql::ComplexObject]
        impl $name {
            /// The name of the code, for programs that treat the errors of all nouns alike. NL:
            /// naam van de foutcode.
            pub async fn code_text(&self) -> &'static str {
                $crate::payload::name_of(self.code)
            }
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

/// A payload of the common shape: what a mutation changed, or what to repair.
pub trait Payload {
    /// What is read of a change that was made.
    type Made;
    /// The error of its noun.
    type Error;
    /// The payload of a change that was made.
    fn made(made: Self::Made) -> Self;
    /// The payload of a change that was not made.
    fn refused(errors: Vec<Self::Error>) -> Self;
}

/// Gives a payload its warnings: what was noted while the change was made.
#[macro_export]
macro_rules! warned {
    ($name:ident) => {
        #[async_graphql::ComplexObject]
        impl $name {
            /// What to look at although the change stands, such as a text with a sign of a person;
            /// empty when nothing was changed, and for a call that is repeated. NL:
            /// waarschuwingen.
            pub(crate) async fn warnings(
                &self,
                ctx: &async_graphql::Context<'_>,
            ) -> async_graphql::Result<Vec<$crate::warning::Warning>> {
                Ok(if self.errors.is_empty() {
                    $crate::context::request(ctx)?.warnings()
                } else {
                    Vec::new()
                })
            }
        }
    };
}

/// Makes a payload of the common shape: what was changed under its own name, `errors` and
/// `warnings`.
#[macro_export]
macro_rules! payload {
    (
        $(#[$doc:meta])* $name:ident {
            $(#[$field_doc:meta])* $field:ident: $changed:ty,
            $(#[$errors_doc:meta])* errors: $error:ty,
        }
    ) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject, Debug)]
        #[graphql(complex)]
        pub(crate) struct $name {
            $(#[$field_doc])*
            $field: Option<$changed>,
            $(#[$errors_doc])*
            errors: Vec<$error>,
        }

        $crate::warned! { $name }

        impl $crate::payload::Payload for $name {
            type Made = Option<$changed>;
            type Error = $error;

            fn made(made: Self::Made) -> Self {
                Self { $field: made, errors: Vec::new() }
            }

            fn refused(errors: Vec<$error>) -> Self {
                Self { $field: None, errors }
            }
        }
    };
}

/// The payload of the common shape that tells what became of a mutation; `find` reads what was
/// changed by the outcome of the change, now or when it was first made.
///
/// # Errors
/// When the change may not or cannot be made, or what was changed cannot be read.
pub async fn payload<P, T, C>(
    outcome: Result<T, Stopped<C>>,
    find: impl AsyncFnOnce(T) -> async_graphql::Result<P::Made>,
) -> async_graphql::Result<P>
where
    P: Payload,
    P::Error: From<Mistake<C>>,
    T: Outcome,
{
    Ok(match settled(outcome)? {
        Ok(outcome) => P::made(find(outcome).await?),
        Err(mistakes) => P::refused(errors(mistakes)),
    })
}

/// Mistakes as the errors of a payload.
pub fn errors<C, E: From<Mistake<C>>>(mistakes: Vec<Mistake<C>>) -> Vec<E> {
    mistakes.into_iter().map(E::from).collect()
}
