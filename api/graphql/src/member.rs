//! An optional member of an input that is stored on something that may exist already: left out, it
//! keeps what is there; null clears it; a value takes its place. So in every mutation.

use std::borrow::Cow;

use async_graphql::{
    InputType, InputValueError, InputValueResult, Name, Value, indexmap::IndexMap,
    registry::Registry,
};

/// What a client gave of an optional member. NL: optioneel veld.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Member<T> {
    /// Nothing: what is there stays.
    #[default]
    LeftOut,
    /// Null: what is there goes.
    Null,
    /// A value, which takes the place of what is there.
    Value(T),
}

impl<T> Member<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::LeftOut | Self::Null => None,
        }
    }

    /// Whether nothing was given.
    pub fn is_left_out(&self) -> bool {
        matches!(self, Self::LeftOut)
    }

    /// What is stored from now on, beside what was.
    pub fn or_kept(self, kept: Option<T>) -> Option<T> {
        match self {
            Self::LeftOut => kept,
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Takes over what is stored, when nothing was given.
    pub fn keep(&mut self, kept: Option<T>) {
        if let (Self::LeftOut, Some(kept)) = (&self, kept) {
            *self = Self::Value(kept);
        }
    }
}

impl Member<String> {
    /// The text, if there is one.
    pub fn text(&self) -> Option<&str> {
        self.value().map(String::as_str)
    }
}

/// In the contract it is a type that may be null. What a key stands for tells null from left out,
/// which the canonical form of the ledger does not: null is written as an object without members,
/// as no value of the contract is.
impl<T: InputType> InputType for Member<T> {
    type RawValueType = T::RawValueType;

    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::type_name().to_string()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry);
        T::type_name().to_string()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        match value {
            None => Ok(Self::LeftOut),
            Some(Value::Null) => Ok(Self::Null),
            Some(value) => T::parse(Some(value))
                .map(Self::Value)
                .map_err(InputValueError::propagate),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Self::LeftOut => Value::Null,
            Self::Null => Value::Object(IndexMap::<Name, Value>::new()),
            Self::Value(value) => value.to_value(),
        }
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        self.value().and_then(T::as_raw_value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_out_keeps_null_clears_and_a_value_replaces() {
        let kept = Some("before".to_owned());
        let given = |value| Member::<String>::parse(value).unwrap();
        assert_eq!(given(None).or_kept(kept.clone()), kept);
        assert_eq!(given(Some(Value::Null)).or_kept(kept.clone()), None);
        let after = given(Some(Value::from("after")));
        assert_eq!(after.or_kept(kept).as_deref(), Some("after"));
        assert_eq!(given(None).or_kept(None), None);
    }

    #[test]
    fn null_and_left_out_are_two_inputs() {
        let written = |value| Member::<String>::parse(value).unwrap().to_value();
        assert_eq!(written(None), Value::Null);
        assert_ne!(written(Some(Value::Null)), Value::Null);
        assert_ne!(
            written(Some(Value::Null)),
            written(Some(Value::from(String::new())))
        );
    }
}
