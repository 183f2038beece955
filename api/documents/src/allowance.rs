//! What one operation may come to with everything written out.
//!
//! A short document can be a very large operation: one long value stands in the arguments of
//! thousands of fields, or a union stands inside a union and each of its types is asked on its own.
//! The executor shares nothing between them. So values are counted before they are copied, and
//! selections before they are repeated; a value that stands once costs nothing beyond itself.

use std::cell::Cell;

use async_graphql_value::ConstValue;

/// Values in one operation beyond those of its variables, each counted once.
const MOST_VALUES: u64 = 50_000;
/// Selections in one operation.
const MOST_SELECTIONS: u64 = 50_000;
/// Bytes of text that count as one value.
const TEXT_OF_A_VALUE: usize = 64;

/// What is left for one operation.
#[derive(Debug)]
pub(crate) struct Allowance {
    values: Cell<u64>,
    selections: Cell<u64>,
    has_refused: Cell<bool>,
}

impl Allowance {
    /// The allowance of an operation whose variables weigh so much.
    pub(crate) fn of(variables: u64) -> Self {
        Self {
            values: Cell::new(MOST_VALUES.saturating_add(variables)),
            selections: Cell::new(MOST_SELECTIONS),
            has_refused: Cell::new(false),
        }
    }

    /// Takes so many values out of it, as far as they are there.
    pub(crate) fn take_values(&self, number: u64) -> bool {
        take(&self.values, number)
    }

    /// Takes so many selections out of it, as far as they are there.
    pub(crate) fn take_selections(&self, number: u64) -> bool {
        take(&self.selections, number)
    }

    /// What is left of it.
    pub(crate) fn left(&self) -> Size {
        Size {
            values: self.values.get(),
            selections: self.selections.get(),
        }
    }

    /// Takes what something of this size comes to so many times, as far as it is there.
    pub(crate) fn take_times(&self, size: Size, times: u64) -> bool {
        self.take_values(size.values.saturating_mul(times))
            && self.take_selections(size.selections.saturating_mul(times))
    }

    /// Whether this is the first refusal: the operation is too large once.
    pub(crate) fn refuse(&self) -> bool {
        !self.has_refused.replace(true)
    }

    /// Whether the operation was refused, so that what is made of it means nothing.
    pub(crate) fn has_refused(&self) -> bool {
        self.has_refused.get()
    }
}

/// What a part of an operation comes to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    values: u64,
    selections: u64,
}

impl Size {
    /// What was taken since this much was left.
    pub(crate) fn taken(self, left: Self) -> Self {
        Self {
            values: self.values.saturating_sub(left.values),
            selections: self.selections.saturating_sub(left.selections),
        }
    }
}

fn take(left: &Cell<u64>, number: u64) -> bool {
    let rest = left.get().checked_sub(number);
    left.set(rest.unwrap_or_default());
    rest.is_some()
}

/// What a text counts for.
pub(crate) fn weight_of_text(text: &str) -> u64 {
    u64::try_from(1 + text.len() / TEXT_OF_A_VALUE).unwrap_or(u64::MAX)
}

/// What a value counts for, with all that is in it.
pub(crate) fn weight(value: &ConstValue) -> u64 {
    match value {
        ConstValue::String(text) => weight_of_text(text),
        ConstValue::List(items) => items.iter().map(weight).sum::<u64>() + 1,
        ConstValue::Object(fields) => fields.values().map(weight).sum::<u64>() + 1,
        ConstValue::Null
        | ConstValue::Number(_)
        | ConstValue::Boolean(_)
        | ConstValue::Binary(_)
        | ConstValue::Enum(_) => 1,
    }
}
