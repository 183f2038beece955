//! Codes of rows as values of enums: a code is written once, as the name of the value in the
//! contract.

use async_graphql::{Result, resolver_utils::EnumType};

use super::coded::unknown_code;

/// The value that has this code, if there is one.
pub fn parsed<E: EnumType>(code: &str) -> Option<E> {
    let mut items = E::items().iter();
    items.find(|item| item.name == code).map(|item| item.value)
}

/// The value of a code that a row holds. The tables let in no others, so one that is not found is
/// our mistake.
pub fn of_row<E: EnumType>(code: &str) -> Result<E> {
    parsed(code).ok_or_else(|| unknown_code(code))
}

/// The code of a value, as rows hold it.
pub fn code_of<E: EnumType>(value: E) -> &'static str {
    let mut items = E::items().iter();
    items
        .find(|item| item.value == value)
        .map_or("", |item| item.name)
}

/// All values, in the order of the contract.
pub fn all<E: EnumType>() -> impl Iterator<Item = E> {
    E::items().iter().map(|item| item.value)
}
