//! What the executor makes of an operation that is ready: the reason for all of this.

use async_graphql::{
    EmptyMutation, EmptySubscription, Interface, Object, Request, SimpleObject, ValidationMode,
};
use serde_json::json;

use super::*;

#[derive(SimpleObject, Clone)]
struct Action {
    id: i32,
    key: String,
}

#[derive(SimpleObject, Clone)]
struct Person {
    id: i32,
    name: String,
}

#[derive(Interface, Clone)]
#[graphql(field(name = "id", ty = "&i32"))]
enum Node {
    Action(Action),
    Person(Person),
}

struct Query;

#[Object]
impl Query {
    async fn action(&self, number: i32, #[graphql(default = "2024")] plan: String) -> Action {
        Action {
            id: number,
            key: format!("{plan}/{number}"),
        }
    }

    async fn nodes(&self) -> Vec<Node> {
        let action = Action {
            id: 1,
            key: "2024/1".to_owned(),
        };
        let person = Person {
            id: 2,
            name: "A".to_owned(),
        };
        vec![Node::Action(action), Node::Person(person)]
    }
}

async fn answer(text: &str, values: Value) -> Value {
    let executor = async_graphql::Schema::build(Query, EmptyMutation, EmptySubscription)
        .validation_mode(ValidationMode::Fast)
        .finish();
    let schema = Arc::new(Schema::parse(&executor.sdl()).unwrap());
    let document = Document::prepare(&schema, text).unwrap();
    let operation = document.operation(None, &variables(values)).unwrap();
    let mut request = Request::new("");
    request.set_parsed_query(operation.to_document());
    let response = executor.execute(request).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    response.data.into_json().unwrap()
}

#[tokio::test]
async fn defaults_and_conditions_hold() {
    let query = "query ($p: String, $w: Boolean = true) {
        action(number: 1, plan: $p) { key id @include(if: $w) } }";
    assert_eq!(
        answer(query, json!({})).await,
        json!({ "action": { "key": "2024/1", "id": 1 } })
    );
    assert_eq!(
        answer(query, json!({ "p": "2025", "w": false })).await,
        json!({ "action": { "key": "2025/1" } })
    );
}

#[tokio::test]
async fn an_object_without_fields_is_an_object() {
    let empty = "{ action(number: 1) { key @skip(if: true) } }";
    assert_eq!(
        answer(empty, json!({})).await,
        json!({ "action": { "{}": "Action" } })
    );
    let some = "{ nodes { ... on Action { key } } }";
    assert_eq!(
        answer(some, json!({})).await,
        json!({ "nodes": [{ "key": "2024/1", "{}": "Action" }, { "{}": "Person" }] })
    );
    let none = "{ nodes { ... on Action { key @skip(if: true) } id @include(if: false) } }";
    assert_eq!(
        answer(none, json!({})).await,
        json!({ "nodes": [{ "{}": "Action" }, { "{}": "Person" }] })
    );
}

#[tokio::test]
async fn each_value_has_the_fields_of_its_type() {
    let query =
        "{ nodes { ...A id ... on Person { name } ... on Node { ... on Action { k: key } } } }
        fragment A on Action { id key }";
    assert_eq!(
        answer(query, json!({})).await,
        json!({ "nodes": [
            { "id": 1, "key": "2024/1", "k": "2024/1" },
            { "id": 2, "name": "A" },
        ] })
    );
}
