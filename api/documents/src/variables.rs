//! The variables that a request brings, against what its operation declares (6.1.2).

use apollo_compiler::{Node, ast::VariableDefinition};
use serde_json::{Map, Value as Json};

use crate::{
    allowance::weight,
    coerce::{Coercion, Handed, Place, Values, Variables},
    given::Given,
    mistakes::Mistake,
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
