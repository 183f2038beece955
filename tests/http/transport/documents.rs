//! What a document may be: not too much, one operation, one mutation; and the service goes on after
//! what would kill it.

use std::collections::BTreeSet;

use acceptance::{spawn_app, vng};
use serde_json::{Value, json};

use super::{OPEN_PERIOD, honest, kept, message, opens_period, refusal, still_answers};

/// The query that explorers and code generators send (graphql-js, `getIntrospectionQuery`).
const INTROSPECTION: &str = "
query IntrospectionQuery {
  __schema {
    description
    queryType { name kind }
    mutationType { name kind }
    subscriptionType { name kind }
    types { ...FullType }
    directives { name description locations args { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description
  fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef }
  isDeprecated deprecationReason }
  inputFields { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type {
  kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
}";

fn nested(open: &str, middle: &str, close: &str, depth: usize) -> String {
    format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
}

fn doubling(depth: usize) -> String {
    let fragments: String = (0..depth)
        .map(|n| format!("fragment f{n} on Query {{ ...f{} ...f{} }} ", n + 1, n + 1))
        .collect();
    format!("{{ ...f0 }} {fragments} fragment f{depth} on Query {{ __typename }}")
}

fn aliases(count: usize) -> String {
    let fields: String = (0..count).map(|n| format!("a{n}:__typename ")).collect();
    format!("{{ {fields} }}")
}

#[tokio::test]
async fn queries_that_kill_are_refused_and_the_service_goes_on() {
    let app = spawn_app();
    let before = honest(&app).await;
    let brackets = |depth| {
        format!(
            "{{ __typename @include(if: {}) }}",
            nested("[", "true", "]", depth)
        )
    };
    let killers = [
        ("2,000 brackets", brackets(2_000), "TOO_COMPLEX", json!(32)),
        ("5,000 brackets", brackets(5_000), "TOO_COMPLEX", json!(32)),
        (
            "5,000 open brackets",
            format!("{{ a(b: {}", "[".repeat(5_000)),
            "TOO_COMPLEX",
            json!(32),
        ),
        (
            "5,000 nested objects",
            format!("{{ a(b: {}) }}", nested("{a:", "1", "}", 5_000)),
            "TOO_COMPLEX",
            json!(32),
        ),
        (
            "5,000 nested fields",
            nested("{a", "", "}", 5_000),
            "TOO_COMPLEX",
            json!(32),
        ),
        (
            "5,000 nested aliases",
            nested("{a:a", "", "}", 5_000),
            "TOO_COMPLEX",
            json!(32),
        ),
        ("2^22 fragments", doubling(22), "TOO_COMPLEX", json!(20_000)),
        (
            "10,000 aliases",
            aliases(10_000),
            "TOO_COMPLEX",
            json!(64 * 1024),
        ),
        ("201 aliases", aliases(201), "TOO_COMPLEX", json!(200)),
        (
            "101 directives",
            format!("{{ __typename {} }}", "@a ".repeat(101)),
            "TOO_COMPLEX",
            json!(100),
        ),
        (
            "8,001 tokens",
            format!("{{ {} }}", "a ".repeat(8_000)),
            "TOO_COMPLEX",
            json!(8_000),
        ),
        (
            "a circle of fragments",
            "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned(),
            "BAD_REQUEST",
            Value::Null,
        ),
        (
            "a string without end",
            "{ action(number: \"1) { key } }".to_owned(),
            "BAD_REQUEST",
            Value::Null,
        ),
        (
            "brackets that do not match",
            "{ viewer ( role } )".to_owned(),
            "BAD_REQUEST",
            Value::Null,
        ),
    ];
    for (name, query, code, limit) in killers {
        let error = refusal(&app.public().ask(&query).await, 400, code);
        assert_eq!(error["extensions"]["limit"], limit, "{name}");
        still_answers(&app.public(), &before, name).await;
    }
    let answer = app.public().ask(&aliases(200)).await;
    assert_eq!(answer.data().as_object().unwrap().len(), 200);
}

#[tokio::test]
async fn a_deep_body_is_refused_and_the_service_goes_on() {
    let app = spawn_app();
    let before = honest(&app).await;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [32, 5_000] {
            let deep = nested(open, "1", close, depth);
            let body =
                format!("{{\"query\":\"{{ viewer {{ role }} }}\",\"variables\":{{\"a\":{deep}}}}}");
            let answer = app
                .public()
                .post_raw(Some("application/json"), body.into_bytes())
                .await;
            let error = refusal(&answer, 400, "TOO_COMPLEX");
            assert_eq!(error["extensions"]["limit"], 32);
            assert_eq!(error["extensions"]["cost"], 33);
            still_answers(&app.public(), &before, "a deep body").await;
        }
    }
    // The same by the address; and what is never closed.
    let unclosed = "[".repeat(5_000);
    let answer = app
        .public()
        .get(&format!(
            "/v1/graphql?query=%7Bviewer%7Brole%7D%7D&variables={unclosed}"
        ))
        .await;
    assert_eq!(
        (answer.status, answer.codes()),
        (400, vec!["TOO_COMPLEX".to_owned()])
    );
    still_answers(&app.public(), &before, "a deep address").await;
}

#[tokio::test]
async fn a_costly_query_is_refused_before_it_reads() {
    let app = spawn_app();
    let before = honest(&app).await;
    let three_lists = "{ actions { nodes { line { actions { \
        line { actions { line { actions { number } } } } } } } } }";
    let connections = "{ municipalities(first: 100) { nodes { \
        region { municipalities { region { municipalities { code } } } } } } }";
    for query in [three_lists, connections] {
        let error = refusal(&app.public().ask(query).await, 400, "TOO_COMPLEX");
        assert_eq!(error.get("path"), None);
        assert_eq!(error["extensions"]["limit"], 25_000);
        assert!(error["extensions"]["cost"].as_u64().unwrap() > 25_000);
        assert!(error["extensions"]["hint"]["nl"].is_string());
        still_answers(&app.public(), &before, query).await;
    }
    let affordable =
        "{ municipalities(first: 100) { nodes { region { municipalities { code } } } } }";
    let answer = app.public().ask(affordable).await;
    assert_eq!(
        answer.data()["municipalities"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        100
    );
}

#[tokio::test]
async fn the_standard_introspection_query_is_answered() {
    let app = spawn_app();
    let schema = app.public().ask(INTROSPECTION).await.data()["__schema"].clone();
    assert_eq!(
        schema["queryType"],
        json!({ "name": "Query", "kind": "OBJECT" })
    );
    assert_eq!(
        schema["mutationType"],
        json!({ "name": "Mutation", "kind": "OBJECT" })
    );
    assert_eq!(
        schema["subscriptionType"],
        json!({ "name": "Subscription", "kind": "OBJECT" })
    );
    let shown: BTreeSet<&str> = schema["types"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["name"].as_str().unwrap())
        .filter(|name| !name.starts_with("__"))
        .filter(|name| !["Boolean", "Float", "ID", "Int", "String"].contains(name))
        .collect();
    let sdl = transport::schema::sdl();
    let written: BTreeSet<&str> = sdl
        .lines()
        .filter_map(|line| {
            let (keyword, rest) = line.split_once(' ')?;
            let defines =
                ["type", "enum", "input", "interface", "scalar", "union"].contains(&keyword);
            defines.then(|| rest.split_whitespace().next())?
        })
        .collect();
    assert_eq!(shown, written);
}

/// The schema goes round in circles; so far and no further.
#[tokio::test]
async fn introspection_without_end_is_refused() {
    let app = spawn_app();
    let circle = |rounds: usize| {
        let (open, close) = ("fields { type { ".repeat(rounds), " } }".repeat(rounds));
        format!("{{ __schema {{ types {{ {open} name {close} }} }} }}")
    };
    // A document may nest 32 deep: twelve rounds and what is around them come to 27.
    for rounds in [4, 8, 12] {
        let error = refusal(&app.public().ask(&circle(rounds)).await, 400, "TOO_COMPLEX");
        assert_eq!(error["extensions"]["limit"], 6_000_000, "{rounds}");
    }
    let error = refusal(&app.public().ask(&circle(4)).await, 400, "TOO_COMPLEX");
    assert_eq!(
        error["extensions"]["hint"]["en"],
        "Ask the schema with the standard introspection query, or fetch /schema.graphql."
    );
}

#[tokio::test]
async fn one_document_has_one_mutation() {
    let app = spawn_app();
    let before = kept(&app).await;
    let field = OPEN_PERIOD
        .strip_prefix("mutation {")
        .unwrap()
        .strip_suffix('}')
        .unwrap();
    let second = field
        .replace("2027-1", "2027-2")
        .replace("\"transport\"", "\"second\"");
    for document in [
        format!("mutation {{ a: {field} b: {second} }}"),
        format!("mutation {{ a: {field} ...more }} fragment more on Mutation {{ b: {second} }}"),
        format!("mutation {{ ... on Mutation {{ a: {field} }} ... {{ b: {second} }} }}"),
        format!("mutation {{ {field} __typename }}"),
    ] {
        let error = refusal(&app.with(&vng()).ask(&document).await, 400, "BAD_REQUEST");
        assert_eq!(
            message(&error),
            (
                "A document has one mutation field: it succeeds or fails as a whole.",
                "Een document heeft één wijziging: zij slaagt of mislukt als geheel."
            ),
            "{document}"
        );
        assert_eq!(kept(&app).await, before);
    }
    opens_period(&app).await;
}

#[tokio::test]
async fn a_document_names_its_operation() {
    let app = spawn_app();
    let two = "query A { viewer { role } } query B { action(number: 1) { number } }";
    for (query, name) in [
        (two, Value::Null),
        (two, json!("C")),
        ("{ viewer { role } }", json!("A")),
    ] {
        let body = json!({ "query": query, "operationName": name })
            .to_string()
            .into_bytes();
        let error = refusal(
            &app.public().post_raw(Some("application/json"), body).await,
            400,
            "BAD_REQUEST",
        );
        assert_eq!(
            error["message"],
            "Name with `operationName` which operation is meant."
        );
    }
    let body = json!({ "query": two, "operationName": "B" })
        .to_string()
        .into_bytes();
    let answer = app.public().post_raw(Some("application/json"), body).await;
    assert_eq!(answer.data(), json!({ "action": { "number": 1 } }));
}
