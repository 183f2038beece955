//! Where a value stands: its type, and the days or years that belong there.

use apollo_compiler::{
    Name,
    ast::{InputValueDefinition, Type},
};
use async_graphql_value::ConstValue;
use domain::day_range::{self, DayRange};

use crate::{coerce::Coercion, given::Given, scalars::Form};

/// Where a value stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) ty: &'a Type,
    pub(crate) has_default: bool,
    /// The days or years that it takes; none where it is no place for any, or a variable's.
    pub(crate) within: Option<DayRange>,
}

impl<'a> Place<'a> {
    /// The place of an argument or of a field of an input object, with the bounds that its
    /// description names.
    pub(crate) fn of(definition: &'a InputValueDefinition) -> Self {
        let among = match definition.ty.inner_named_type().as_str() {
            "Date" | "DateTime" => DayRange::DAYS,
            "Int" => DayRange::YEARS,
            _ => &[],
        };
        let description = definition.description.as_deref().unwrap_or_default();
        Self {
            ty: &definition.ty,
            has_default: definition.default_value.is_some(),
            within: DayRange::named(among, description),
        }
    }
}

impl Coercion<'_> {
    /// A day, an instant or a year must be one that makes sense in its place; a day whose place is
    /// not known yet, one that makes sense anywhere.
    pub(crate) fn must_lie_within(
        &mut self,
        given: Given<'_>,
        value: &ConstValue,
        within: Option<DayRange>,
        name: &Name,
    ) {
        let anywhere = || matches!(name.as_str(), "Date" | "DateTime").then_some(day_range::RECORD);
        let text = match value {
            ConstValue::String(text) => text.clone(),
            ConstValue::Number(number) => number.to_string(),
            _ => return,
        };
        if let Some(range) = within.or_else(anywhere)
            && !range.holds(&text)
        {
            self.refuse_form(given, Form::new(range.nl, range.en), name);
        }
    }
}
