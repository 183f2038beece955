//! Every day, instant and year that comes in has bounds, and its description names them: what it
//! names is what `documents` holds it to.

use async_graphql::parser::types::{BaseType, InputValueDefinition, Type, TypeKind};
use domain::day_range::DayRange;

use crate::schema::types;

/// Years whose bounds are those of a table of the plan, which the feature holds them to.
const YEARS_OF_THE_PLAN: &str = "2024 to 2027";

fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(of) => named(of),
    }
}

fn lacks_bounds(input: &InputValueDefinition) -> bool {
    let text = input.description.as_ref();
    let text = text.map(|text| text.node.as_str()).unwrap_or_default();
    let name = input.name.node.as_str();
    match named(&input.ty.node) {
        "Date" | "DateTime" => DayRange::named(DayRange::DAYS, text).is_none(),
        "Int" if name == "year" || name.ends_with("Year") => {
            let is_of_plan = text.contains(YEARS_OF_THE_PLAN);
            !is_of_plan && DayRange::named(DayRange::YEARS, text).is_none()
        }
        _ => false,
    }
}

#[test]
fn every_day_and_year_that_comes_in_names_its_bounds() {
    let mut lacking = Vec::new();
    for definition in types() {
        let owner = &definition.name.node;
        let inputs: Vec<InputValueDefinition> = match &definition.kind {
            TypeKind::InputObject(input) => {
                let fields = input.fields.iter();
                fields.map(|field| field.node.clone()).collect()
            }
            TypeKind::Object(object) => {
                let fields = object.fields.iter();
                let arguments = fields.flat_map(|field| &field.node.arguments);
                arguments.map(|argument| argument.node.clone()).collect()
            }
            _ => Vec::new(),
        };
        let without = inputs.iter().filter(|input| lacks_bounds(input));
        lacking.extend(without.map(|input| format!("{owner}.{}", input.name.node)));
    }
    assert_eq!(
        lacking, [""; 0],
        "say \"From <first> to <last>.\" of `domain::day_range`"
    );
}
