//! The shape of an answer: fields in the order of the question, a failed field null where it may
//! be.
//!
//! The library collects fields as they come in and leaves a failed one out of its object. The
//! specification wants the order of the selection (6.3.2) and null for a field that failed, or for
//! the nearest thing around it that may be null (6.4.4). Both are mended here, after execution, by
//! walking the answer along the [`Plan`] of the operation, which is made once of its document and
//! the types of the schema. The answer is mended where it stands: nothing of it is copied, and an
//! object whose fields came in their order costs no more than a look at its keys. Equal answers to
//! one question are therefore equal bytes.

mod plan;
mod types;

use async_graphql::{ServerError, Value};

pub(super) use self::{plan::Plan, types::Types};

/// The data of an answer as the specification wants it.
pub(super) fn mend(mut data: Value, errors: &[ServerError], plan: &Plan) -> Value {
    for error in errors.iter().filter(|error| !error.path.is_empty()) {
        if plan.fail(&mut data, &error.path).is_err() {
            return Value::Null;
        }
    }
    plan.put_in_order(&mut data);
    data
}

#[cfg(test)]
mod tests {
    use async_graphql::{PathSegment, Pos, parser::parse_query};

    use super::*;

    const SDL: &str =
        "type Query { a: A b: A! list: [A!] maybe: [A]! } type A { x: Int y: Int! a: A }";

    fn mended(query: &str, data: serde_json::Value, failed: &[&[&str]]) -> String {
        let document = parse_query(query).unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let errors: Vec<ServerError> = failed
            .iter()
            .map(|path| {
                let mut error = ServerError::new("failed", Some(Pos::default()));
                error.path = path
                    .iter()
                    .map(|part| match part.parse() {
                        Ok(index) => PathSegment::Index(index),
                        Err(_) => PathSegment::Field((*part).to_owned()),
                    })
                    .collect();
                error
            })
            .collect();
        let data = Value::from_json(data).unwrap();
        let plan = Plan::of(&operation.node, &Types::of(SDL));
        let value = mend(data, &errors, &plan);
        serde_json::to_string(&value).unwrap()
    }

    #[test]
    fn fields_stand_in_the_order_of_the_question() {
        let data = serde_json::json!({ "b": { "y": 1, "x": 2 }, "a": { "z": 3, "y": 4 } });
        assert_eq!(
            mended("{ a { y z: x } ... on Query { b { x y } } }", data, &[]),
            r#"{"a":{"y":4,"z":3},"b":{"x":2,"y":1}}"#
        );
    }

    #[test]
    fn each_item_of_a_list_is_put_in_order() {
        let items = serde_json::json!([{ "x": 2, "y": 1 }, null, { "x": 3, "y": 4 }, { "y": 5 }]);
        let data = serde_json::json!({ "maybe": items });
        assert_eq!(
            mended("{ maybe { y x } }", data.clone(), &[]),
            r#"{"maybe":[{"y":1,"x":2},null,{"y":4,"x":3},{"y":5}]}"#
        );
        assert_eq!(
            mended("{ maybe { x y } }", data, &[]),
            r#"{"maybe":[{"x":2,"y":1},null,{"x":3,"y":4},{"y":5}]}"#
        );
    }

    #[test]
    fn the_key_of_an_empty_selection_is_not_in_the_answer() {
        let data = serde_json::json!({ "a": { "x": 2, "y": 1, "{}": "A" }, "b": { "{}": "A" } });
        assert_eq!(
            mended("{ a { y x } b { x } }", data, &[]),
            r#"{"a":{"y":1,"x":2},"b":{}}"#
        );
    }

    #[test]
    fn what_the_schema_says_of_itself_stays_in_its_order() {
        let of_itself = serde_json::json!({ "a": 3, "z": { "x": 2, "y": 1, "{}": "T" } });
        let data = serde_json::json!({ "__schema": of_itself, "a": { "x": 1 } });
        assert_eq!(
            mended("{ a { x } __schema { z { y x } a } }", data, &[]),
            r#"{"a":{"x":1},"__schema":{"a":3,"z":{"x":2,"y":1}}}"#
        );
    }

    #[test]
    fn a_failed_field_is_null_where_it_may_be() {
        let data = serde_json::json!({ "b": { "y": 1 } });
        assert_eq!(
            mended("{ a { y } b { x y } }", data, &[&["a"], &["b", "x"]]),
            r#"{"a":null,"b":{"x":null,"y":1}}"#
        );
        assert_eq!(
            mended(
                "{ a { x } }",
                serde_json::json!({ "a": null }),
                &[&["a", "x"]]
            ),
            r#"{"a":{"x":null}}"#
        );
    }

    #[test]
    fn a_failed_field_that_may_not_be_null_takes_what_is_around_it() {
        assert_eq!(
            mended(
                "{ a { y x } }",
                serde_json::json!({ "a": { "x": 1 } }),
                &[&["a", "y"]]
            ),
            r#"{"a":null}"#
        );
        assert_eq!(
            mended(
                "{ b { y } a { x } }",
                serde_json::json!({ "a": { "x": 1 } }),
                &[&["b", "y"]]
            ),
            "null"
        );
    }

    #[test]
    fn lists_follow_the_same_rule() {
        let items = serde_json::json!([{ "x": 1 }, { "x": 2, "y": 2 }]);
        assert_eq!(
            mended(
                "{ maybe { x y } }",
                serde_json::json!({ "maybe": items }),
                &[&["maybe", "0", "y"]]
            ),
            r#"{"maybe":[null,{"x":2,"y":2}]}"#
        );
        assert_eq!(
            mended(
                "{ list { x y } }",
                serde_json::json!({ "list": items }),
                &[&["list", "0", "y"]]
            ),
            r#"{"list":null}"#
        );
    }
}
