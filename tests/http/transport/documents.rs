//! What a document may be: not too much, not two moments, not two mutations; and what its errors tell.

use std::collections::BTreeSet;

use acceptance::{App, Client, spawn_app, vng};
use serde_json::{Value, json};

use super::{
    INSIDE, OPEN_PERIOD, REQUEST_ID, assert_outside, kept, message, opens_period, refusal,
};

/// An honest question that touches plan, territory and database.
const HONEST: &str = "{ dashboard { round { key } actionsInPlan } municipality(code: \"GM0402\") { label region { code } } }";

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
  fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
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

/// Asks the honest question and says whether it is answered as it was.
async fn still_answers(client: &Client, before: &Value, after_what: &str) {
    let answer = client.ask(HONEST).await;
    assert_eq!(answer.status, 200, "after {after_what}");
    assert_eq!(answer.data(), *before, "after {after_what}");
}

async fn honest(app: &App) -> Value {
    let data = app.public().ask(HONEST).await.data();
    assert_eq!(
        data,
        json!({
            "dashboard": { "round": { "key": "2025-1" }, "actionsInPlan": 46 },
            "municipality": { "label": "Hilversum", "region": { "code": "VR14" } },
        })
    );
    data
}

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
    let three_lists = "{ actions { nodes { line { actions { line { actions { line { actions { number } } } } } } } } }";
    let connections = "{ municipalities(first: 100) { nodes { region { municipalities { region { municipalities { code } } } } } } }";
    for query in [three_lists, connections] {
        let error = refusal(&app.public().ask(query).await, 400, "TOO_COMPLEX");
        assert_eq!(error.get("path"), None);
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
    assert_eq!(schema["subscriptionType"], Value::Null);
    let told: BTreeSet<&str> = schema["types"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind["name"].as_str().unwrap())
        .filter(|name| !name.starts_with("__"))
        .filter(|name| !["Boolean", "Float", "ID", "Int", "String"].contains(name))
        .collect();
    let sdl = api::schema::sdl();
    let written: BTreeSet<&str> = sdl
        .lines()
        .filter_map(|line| {
            let (keyword, rest) = line.split_once(' ')?;
            let defines =
                ["type", "enum", "input", "interface", "scalar", "union"].contains(&keyword);
            defines.then(|| rest.split_whitespace().next())?
        })
        .collect();
    assert_eq!(told, written);
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

#[tokio::test]
async fn unknown_codes_are_told_with_what_looks_like_them() {
    let app = spawn_app();
    for (query, path, en, nl, like) in [
        (
            "{ action(number: 47) { title { nl } } }",
            "action",
            "There is no action \"2024/47\". Did you mean 2024/17, 2024/27, 2024/37?",
            "Er is geen actie \"2024/47\". Bedoelt u 2024/17, 2024/27, 2024/37?",
            json!(["2024/17", "2024/27", "2024/37"]),
        ),
        (
            "{ municipality(code: \"gm0403\") { label } }",
            "municipality",
            "There is no municipality \"GM0403\". Did you mean GM0003, GM0203, GM0303?",
            "Er is geen gemeente \"GM0403\". Bedoelt u GM0003, GM0203, GM0303?",
            json!(["GM0003", "GM0203", "GM0303"]),
        ),
        (
            "{ municipality(code: \"Hilversum\") { label } }",
            "municipality",
            "There is no municipality \"HILVERSUM\". Did you mean GM0402?",
            "Er is geen gemeente \"HILVERSUM\". Bedoelt u GM0402?",
            json!(["GM0402"]),
        ),
        (
            "{ municipality(code: \"Atlantis\") { label } }",
            "municipality",
            "There is no municipality \"ATLANTIS\".",
            "Er is geen gemeente \"ATLANTIS\".",
            json!([]),
        ),
    ] {
        let answer = app.public().ask(query).await;
        let error = refusal(&answer, 200, "NOT_FOUND");
        assert_eq!(message(&error), (en, nl));
        assert_eq!(error["path"], json!([path]));
        assert_eq!(error["extensions"]["didYouMean"], like);
    }
}

#[tokio::test]
async fn a_wrong_page_is_told_whole() {
    let app = spawn_app();
    let size = "`first` must be between 1 and 100.";
    let cursor = "`after` is no cursor of this service.";
    for (arguments, en) in [
        ("first: 101, after: \"GM0402\"", format!("{size} {cursor}")),
        ("first: 0, after: \"é\"", format!("{size} {cursor}")),
        ("first: -1", size.to_owned()),
        ("first: 101", size.to_owned()),
        ("after: \"\"", cursor.to_owned()),
    ] {
        let answer = app
            .public()
            .ask(&format!(
                "{{ municipalities({arguments}) {{ totalCount }} }}"
            ))
            .await;
        let error = refusal(&answer, 200, "BAD_REQUEST");
        assert_eq!(error["message"], en, "{arguments}");
    }
}

#[tokio::test]
async fn paging_reaches_every_municipality_once() {
    let app = spawn_app();
    let query = "query ($after: String) { municipalities(first: 100, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { code } } }";
    let mut codes: Vec<String> = Vec::new();
    let mut sizes = Vec::new();
    let mut after = Value::Null;
    while sizes.len() < 10 {
        let page = app
            .public()
            .send(query, json!({ "after": after }))
            .await
            .data()["municipalities"]
            .clone();
        assert_eq!(page["totalCount"], 342);
        let nodes = page["nodes"].as_array().unwrap();
        codes.extend(
            nodes
                .iter()
                .map(|node| node["code"].as_str().unwrap().to_owned()),
        );
        sizes.push(nodes.len());
        after = page["pageInfo"]["endCursor"].clone();
        assert_eq!(page["edges"][nodes.len() - 1]["cursor"], after);
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(sizes, [100, 100, 100, 42]);
    let in_order: BTreeSet<&String> = codes.iter().collect();
    assert_eq!(in_order.len(), 342);
    assert!(codes.iter().eq(in_order));
    let past_the_end = app
        .public()
        .send(query, json!({ "after": after }))
        .await
        .data()["municipalities"]
        .clone();
    assert_eq!(past_the_end["nodes"], json!([]));
    assert_eq!(
        past_the_end["pageInfo"],
        json!({ "hasNextPage": false, "endCursor": null })
    );
}

#[tokio::test]
async fn one_operation_is_read_at_one_moment() {
    let app = spawn_app();
    let en = "One operation is read at one moment: `knownAt` and `atLedger` contradict each other.";
    for query in [
        "{ a: dashboard(atLedger: 1) { asOf } b: dashboard(atLedger: 2) { asOf } }",
        "{ a: dashboard(atLedger: 1) { asOf } b: dashboard(knownAt: \"2026-11-22T12:00:00Z\") { asOf } }",
        "{ dashboard(atLedger: 1, knownAt: \"2026-11-22T12:00:00Z\") { asOf } }",
        "{ a: dashboard(atLedger: 1) { asOf } ...b } fragment b on Query { b: dashboard(atLedger: 2) { asOf } }",
    ] {
        let error = refusal(&app.public().ask(query).await, 400, "BAD_REQUEST");
        assert_eq!(error["message"], en, "{query}");
    }
    for (argument, en) in [
        (
            "atLedger: -1",
            "`atLedger` must be a ledger number, 0 or higher.",
        ),
        (
            "knownAt: \"yesterday\"",
            "`knownAt` must be an instant like 2026-11-22T12:00:00Z.",
        ),
    ] {
        let answer = app
            .public()
            .ask(&format!("{{ dashboard({argument}) {{ asOf }} }}"))
            .await;
        assert_eq!(refusal(&answer, 400, "BAD_REQUEST")["message"], en);
    }
}

#[tokio::test]
async fn the_dashboard_of_an_empty_ledger_has_no_round() {
    let app = spawn_app();
    let answer = app
        .public()
        .ask("{ dashboard(atLedger: 0) { round { key } actionsInPlan total { actions } outsideRound { number } } }")
        .await;
    assert_eq!(
        answer.data(),
        json!({ "dashboard": { "round": null, "actionsInPlan": 0, "total": { "actions": 0 }, "outsideRound": [] } })
    );
    assert_eq!(answer.json()["extensions"]["ledger"], 0);
}

#[tokio::test]
async fn a_moment_may_stand_in_a_variable_or_in_its_default() {
    let app = spawn_app();
    let read_at = async |query: &str, variables: Value| {
        let answer = app.public().send(query, variables).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["extensions"]["ledger"].clone()
    };
    let head = app.database.count("select number from ledger_head").await;
    assert_eq!(
        read_at("{ municipalities { totalCount } }", json!({})).await,
        head
    );
    assert_eq!(
        read_at("{ municipalities(atLedger: 7) { totalCount } }", json!({})).await,
        7
    );
    let variable = "query ($at: Int) { municipalities(atLedger: $at) { totalCount } }";
    assert_eq!(read_at(variable, json!({ "at": 7 })).await, 7);
    assert_eq!(read_at(variable, json!({ "at": null })).await, head);
    let default = "query ($at: Int = 7) { municipalities(atLedger: $at) { totalCount } }";
    assert_eq!(read_at(default, json!({ "at": 8 })).await, 8);
    assert_eq!(read_at(default, json!({})).await, 7);
}

#[tokio::test]
async fn every_error_has_a_code_and_the_id_of_its_request() {
    let app = spawn_app();
    let nothing = json!({});
    for (query, variables, status, code) in [
        ("{ nothing }", &nothing, 400, "BAD_REQUEST"),
        ("{ viewer }", &nothing, 400, "BAD_REQUEST"),
        ("{ viewer { role", &nothing, 400, "BAD_REQUEST"),
        ("viewer", &nothing, 400, "BAD_REQUEST"),
        ("", &nothing, 400, "BAD_REQUEST"),
        ("subscription { a }", &nothing, 400, "BAD_REQUEST"),
        ("{ ...a }", &nothing, 400, "BAD_REQUEST"),
        ("{ action { key } }", &nothing, 400, "BAD_REQUEST"),
        (
            "{ action(number: \"'; drop table ledger; --\") { key } }",
            &nothing,
            400,
            "BAD_REQUEST",
        ),
        (
            "{ action(number: 99999999999) { key } }",
            &nothing,
            400,
            "BAD_REQUEST",
        ),
        (
            "query ($n: Int!) { action(number: $n) { key } }",
            &nothing,
            400,
            "BAD_REQUEST",
        ),
        (
            "query ($n: Int!) { action(number: $n) { key } }",
            &json!({ "n": "x" }),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ viewer @include(if: [[true]]) { role } }",
            &nothing,
            400,
            "BAD_REQUEST",
        ),
        ("{ __typename @unknown }", &nothing, 400, "BAD_REQUEST"),
        (
            "{ dashboard(plan: \"2034\") { asOf } }",
            &nothing,
            200,
            "NOT_FOUND",
        ),
        (OPEN_PERIOD, &nothing, 200, "FORBIDDEN"),
    ] {
        let answer = app.public().send(query, variables.clone()).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
        let json = answer.json();
        let errors = json["errors"].as_array().unwrap();
        for error in errors {
            assert_eq!(error["extensions"]["code"], code, "{query}");
            assert_eq!(error["extensions"]["requestId"], REQUEST_ID, "{query}");
        }
        // The client's own words come back; ours do not.
        let body = INSIDE.iter().fold(answer.body.clone(), |body, word| {
            if query.contains(word) {
                body.replace(word, "")
            } else {
                body
            }
        });
        assert_outside(&acceptance::Answer { status, body });
    }
}

/// Postgres knows no NUL in a text and no year 200,000; a client that sends them is told so, or finds nothing.
#[tokio::test]
async fn extreme_values_are_the_clients_mistake_and_not_ours() {
    let app = spawn_app();
    let before = honest(&app).await;
    let mut broken = Vec::new();
    for query in [
        r#"{ ledger(subjectKind: "\u0000") { totalCount } }"#,
        r#"{ ledger(subjectKey: "a\u0000b") { totalCount } }"#,
        r#"{ ledger(after: "MTotOTIyMzM3MjAzNjg1NDc3NTgwOA") { totalCount } }"#,
        r#"{ municipality(code: "\u0000") { label } }"#,
        r#"{ assessment(municipality: "GM0402", period: "\u0000") { state } }"#,
        r#"{ node(id: "assessment_AA") { id } }"#,
        r#"{ node(id: "assessment_R00wNDAyLwA") { id } }"#,
        r#"{ verdict(municipality: "GM0402", period: "\u0000") { status } }"#,
        r#"{ dashboard(knownAt: "+262142-12-31T23:59:59Z") { asOf } }"#,
        r#"{ dashboard(knownAt: "-262143-01-01T00:00:00Z") { asOf } }"#,
        r#"{ dashboard(knownAt: "-4713-01-01T00:00:00Z") { asOf } }"#,
        "{ dashboard(atLedger: 9223372036854775807) { round { key } } }",
        r#"{ dashboard(asOf: "+262142-12-31") { round { key ageInMonths } } }"#,
        r#"{ municipalities(asOf: "-262143-01-01") { totalCount } }"#,
        r#"{ municipality(code: "GM0402", asOf: "+262142-12-31") { region { code } } }"#,
        r#"{ region(code: "VR14", asOf: "-262143-01-01") { municipalities { code } } }"#,
        r#"{ verdict(municipality: "GM0402", period: "2026-2", asOf: "+262142-12-31") { status } }"#,
    ] {
        let answer = app.with(&vng()).ask(query).await;
        if answer
            .codes()
            .iter()
            .any(|code| code == "INTERNAL" || code == "UNAVAILABLE")
        {
            broken.push(query);
        }
        still_answers(&app.public(), &before, query).await;
    }
    assert_eq!(broken, [""; 0]);
    let kept_before = kept(&app).await;
    for (field, value) in [
        ("key", "2027-1\u{0}"),
        ("edition", "VOORSTEL-1\u{0}"),
        ("idempotencyKey", "\u{0}"),
    ] {
        let mut input = json!({
            "key": "2027-1", "edition": "VOORSTEL-1", "idempotencyKey": "extreme",
            "opensOn": "2026-12-01", "deadlineOn": "2026-12-31", "closesOn": "2027-01-31",
        });
        input[field] = json!(value);
        let answer = app
            .with(&vng())
            .send(
                "mutation ($input: OpenReportingPeriodInput!) {
                    openReportingPeriod(input: $input) { period { key } errors { code } } }",
                json!({ "input": input }),
            )
            .await;
        if answer
            .codes()
            .iter()
            .any(|code| code == "INTERNAL" || code == "UNAVAILABLE")
        {
            broken.push(field);
        }
    }
    assert_eq!(broken, [""; 0]);
    assert_eq!(kept(&app).await, kept_before);
}
