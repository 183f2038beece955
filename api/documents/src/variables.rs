//! The variables that a request brings, against what its operation declares (6.1.2), and where a
//! variable may stand (5.8.5).

use apollo_compiler::{
    Node,
    ast::{Type, VariableDefinition},
};
use serde_json::{Map, Value as Json};

use crate::{
    allowance::weight,
    coerce::{Coercion, Handed, Values, Variables},
    given::Given,
    mistakes::Mistake,
    place::Place,
    position::Lines,
    schema::Schema,
};

/// The values of an operation's variables.
pub(crate) fn read_variables(
    schema: &Schema,
    lines: &Lines,
    declared: &[Node<VariableDefinition>],
    given: &Map<String, Json>,
) -> Result<Values, Vec<Mistake>> {
    let mut values = Values::new();
    let mut coercion = Coercion::new(schema, lines, Variables::Declared(&[]));
    for variable in declared {
        coercion.location = lines.of_span(variable.name.location());
        let place = Place {
            ty: &variable.ty,
            has_default: variable.default_value.is_some(),
            within: None,
        };
        let value = match (given.get(variable.name.as_str()), &variable.default_value) {
            (Some(value), _) => Given::Json(value),
            (None, Some(default)) => Given::Literal(default),
            (None, None) => {
                if variable.ty.is_non_null() {
                    coercion.miss_variable(variable);
                }
                continue;
            }
        };
        let value = coercion.read(&format!("${}", variable.name), value, place);
        values.extend(value.map(|value| {
            let weight = weight(&value);
            (variable.name.clone(), Handed { value, weight })
        }));
    }
    if coercion.mistakes.is_empty() {
        Ok(values)
    } else {
        Err(coercion.mistakes)
    }
}

/// Whether a variable may stand in a place (5.8.5): a default on either side makes up for null.
pub(crate) fn is_allowed(variable: &VariableDefinition, place: Place<'_>) -> bool {
    let default = variable.default_value.as_deref();
    let has_default = place.has_default || default.is_some_and(|value| !value.is_null());
    if place.ty.is_non_null() && !variable.ty.is_non_null() && has_default {
        return fits(&variable.ty, &place.ty.clone().nullable());
    }
    fits(&variable.ty, place.ty)
}

fn fits(variable: &Type, place: &Type) -> bool {
    match (variable, place) {
        (Type::NonNullNamed(one), Type::NonNullNamed(other) | Type::Named(other))
        | (Type::Named(one), Type::Named(other)) => one == other,
        (Type::NonNullList(one), Type::NonNullList(other) | Type::List(other))
        | (Type::List(one), Type::List(other)) => fits(one, other),
        _ => false,
    }
}
