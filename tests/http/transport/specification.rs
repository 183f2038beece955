//! Documents as the specification reads them, through real HTTP, events and sockets.

use acceptance::{Answer, App, spawn_app, spawn_app_limited, vng};
use reqwest::{Method, header};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use transport::{TrustedDocuments, limits::Limits};

use super::{DRAFT, answer, kept, refusal, request};

async fn data(app: &App, query: &str, variables: Value) -> Value {
    app.public().send(query, variables).await.data()
}

/// A request error: no `data`, status by the media type, and nothing ran.
async fn refused(app: &App, query: &str, variables: Value) -> Value {
    let body = json!({ "query": query, "variables": variables });
    for (accept, status) in [(DRAFT, 400), ("application/json", 200)] {
        let sent = acceptance::http()
            .post(format!("{}/v1/graphql", app.address()))
            .header(header::ACCEPT, accept)
            .json(&body)
            .send();
        let answer = answer(sent.await.unwrap()).await;
        assert_eq!(answer.status, status, "{query}");
        assert_eq!(answer.json().get("data"), None, "{query}");
    }
    app.public().send(query, variables).await.json()["errors"][0].clone()
}

#[tokio::test]
async fn a_condition_takes_the_default_of_its_variable() {
    let app = spawn_app();
    let query = "query ($w: Boolean = true) { about { version @include(if: $w) t: __typename } }";
    let about = data(&app, query, json!({})).await["about"].clone();
    assert!(about["version"].is_string(), "{about}");
    assert_eq!(about["t"], "About");
    let without = data(&app, query, json!({ "w": false })).await;
    assert_eq!(without, json!({ "about": { "t": "About" } }));
    let required = "query ($w: Boolean!) { about { version @include(if: $w) } }";
    let error = refused(&app, required, json!({})).await;
    assert_eq!(error["extensions"]["rule"], "VARIABLE_VALUES");
    assert_eq!(
        error["extensions"]["messageNl"],
        "De variabele '$w' ontbreekt; zij is Boolean!."
    );
}

#[tokio::test]
async fn a_mutation_under_such_a_condition_is_carried_out() {
    let app = spawn_app();
    let query = r#"mutation ($w: Boolean = true) {
        openReportingPeriod(input: {
            key: "2027-1", edition: "VOORSTEL-1", idempotencyKey: "specification",
            opensOn: "2026-12-01", deadlineOn: "2026-12-31", lastDay: "2027-01-31"
        }) @include(if: $w) { period { key } errors { code } } }"#;
    let before = kept(&app).await;
    let none = app.with(&vng()).send(query, json!({ "w": false })).await;
    assert_eq!(none.data(), json!({}));
    assert_eq!(kept(&app).await, before);
    let opened = app.with(&vng()).send(query, json!({})).await.data();
    assert_eq!(opened["openReportingPeriod"]["period"]["key"], "2027-1");
}

#[tokio::test]
async fn a_variable_that_is_left_out_leaves_the_default_of_its_place() {
    let app = spawn_app();
    let query = "query ($p: String) { action(number: 1, plan: $p) { key } }";
    let first = json!({ "action": { "key": "2024/1" } });
    assert_eq!(data(&app, query, json!({})).await, first);
    assert_eq!(data(&app, query, json!({ "p": "2024" })).await, first);
    let error = refused(&app, query, json!({ "p": null })).await;
    assert_eq!(
        error["message"],
        "'plan' may not be null; String! belongs here."
    );
    let page = "query ($n: Int, $after: String) { municipalities(first: $n, after: $after) { nodes { code } } }";
    let nodes = data(&app, page, json!({})).await["municipalities"]["nodes"].clone();
    assert_eq!(nodes.as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn an_object_of_which_nothing_is_selected_is_empty() {
    let app = spawn_app();
    let empty = "{ about { version @skip(if: true) } }";
    assert_eq!(data(&app, empty, json!({})).await, json!({ "about": {} }));
    let list = "{ municipalities(first: 2) { nodes { code @skip(if: true) } } }";
    assert_eq!(
        data(&app, list, json!({})).await,
        json!({ "municipalities": { "nodes": [{}, {}] } })
    );
    let query = "{ municipality(code: \"GM0402\") { id } }";
    let id = data(&app, query, json!({})).await["municipality"]["id"].clone();
    let node = "query ($id: ID!) { node(id: $id) { ... on Action { key } } }";
    assert_eq!(
        data(&app, node, json!({ "id": id })).await,
        json!({ "node": {} })
    );
    let nothing = "{ about @include(if: false) { version } }";
    assert_eq!(data(&app, nothing, json!({})).await, json!({}));
}

#[tokio::test]
async fn what_conflicts_or_is_given_twice_is_refused() {
    let app = spawn_app();
    for (query, rule) in [
        (
            "{ municipality(code: \"GM0402\") { region { n: name } region { n: code } } }",
            "OVERLAPPING_FIELDS_CAN_BE_MERGED",
        ),
        (
            "{ municipality(code: \"GM0402\") { region { n: name } ...F } } fragment F on Municipality { region { n: code } }",
            "OVERLAPPING_FIELDS_CAN_BE_MERGED",
        ),
        (
            "{ municipality(code: \"GM0402\", code: \"GM0363\") { label } }",
            "UNIQUE_ARGUMENT_NAMES",
        ),
        (
            "mutation { openReportingPeriod(input: { key: \"2027-1\", key: \"2027-2\" }) { errors { code } } }",
            "UNIQUE_INPUT_FIELD_NAMES",
        ),
        (
            "query ($n: Int) { action(number: $n) { key } }",
            "VARIABLES_IN_ALLOWED_POSITION",
        ),
        (
            "query ($c: ID!) { municipality(code: $c) { label } }",
            "VARIABLES_IN_ALLOWED_POSITION",
        ),
        (
            "{ action(number: 2147483648) { key } }",
            "VALUES_OF_CORRECT_TYPE",
        ),
        ("{ municipality(code: \"\\uD83D\") { label } }", "SYNTAX"),
    ] {
        let answer = app.public().ask(query).await.json();
        let errors = answer["errors"].as_array().unwrap();
        let is_named = errors
            .iter()
            .any(|error| error["extensions"]["rule"] == rule);
        assert!(
            is_named && answer.get("data").is_none(),
            "{query}: {answer}"
        );
    }
    // Merged where they do not conflict.
    let merged = "{ municipality(code: \"GM0402\") { region { name } ...F } } fragment F on Municipality { region { code } label }";
    let region = data(&app, merged, json!({})).await["municipality"]["region"].clone();
    assert!(
        region["name"].is_string() && region["code"].is_string(),
        "{region}"
    );
}

#[tokio::test]
async fn texts_are_read_as_the_specification_says() {
    let app = spawn_app();
    for literal in [r#""\u0047M0402""#, r#""\u{47}M0402""#, r#""""GM0402""""#] {
        let query = format!("{{ municipality(code: {literal}) {{ label }} }}");
        let expected = json!({ "municipality": { "label": "Hilversum" } });
        assert_eq!(data(&app, &query, json!({})).await, expected, "{literal}");
    }
    for literal in [r#""\uD83D\uDE00""#, r#""\u{1F600}""#] {
        let query = format!("{{ municipality(code: {literal}) {{ label }} }}");
        let error = refusal(&app.public().ask(&query).await, 200, "NOT_FOUND");
        assert!(error["message"].as_str().unwrap().contains('😀'), "{error}");
    }
}

#[tokio::test]
async fn an_unknown_field_is_refused_with_what_was_meant() {
    let app = spawn_app();
    let query = "{\n  reportingPeriods { key deadline }\n}";
    let error = refused(&app, query, json!({})).await;
    assert_eq!(
        error["message"],
        "There is no field 'deadline' on ReportingPeriod. Did you mean 'deadlineOn'?"
    );
    assert_eq!(
        error["extensions"]["messageNl"],
        "Het veld 'deadline' bestaat niet op ReportingPeriod. Bedoelde u 'deadlineOn'?"
    );
    assert_eq!(error["extensions"]["code"], "BAD_REQUEST");
    assert_eq!(error["extensions"]["rule"], "FIELDS_ON_CORRECT_TYPE");
    assert_eq!(error["extensions"]["didYouMean"], json!(["deadlineOn"]));
    assert_eq!(error["locations"], json!([{ "line": 2, "column": 26 }]));
}

#[tokio::test]
async fn events_and_every_mistake_follow_the_same_rules() {
    let app = spawn_app();
    let query = "subscription ($s: Position) { ledgerAdvanced(since: $s) { nothing other } }";
    let mut events = app.public().follow(query, json!({})).await;
    let shown = events.answer().await;
    assert_eq!(shown["errors"].as_array().unwrap().len(), 2);
    assert_eq!(
        shown["errors"][0]["extensions"]["rule"],
        "FIELDS_ON_CORRECT_TYPE"
    );
    events.completes().await;
}

fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

fn persisted(text: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(text) } })
}

async fn post(app: &App, body: Value) -> Answer {
    let body = body.to_string().into_bytes();
    app.public().post_raw(Some("application/json"), body).await
}

#[tokio::test]
async fn a_document_is_sent_once_and_requested_by_its_hash() {
    let app = spawn_app();
    let query = "query ($c: String!) { municipality(code: $c) { label } }";
    let variables = json!({ "c": "GM0402" });
    let by_hash = json!({ "extensions": persisted(query), "variables": variables });
    let error = refusal(
        &post(&app, by_hash.clone()).await,
        400,
        "PERSISTED_QUERY_NOT_FOUND",
    );
    assert_eq!(error["message"], "PersistedQueryNotFound");
    let hilversum = json!({ "municipality": { "label": "Hilversum" } });
    let with_text =
        json!({ "query": query, "extensions": persisted(query), "variables": variables });
    assert_eq!(post(&app, with_text).await.data(), hilversum);
    assert_eq!(post(&app, by_hash).await.data(), hilversum);
    let parameters = [
        ("extensions", persisted(query).to_string()),
        ("variables", variables.to_string()),
    ];
    let by_address = request(&app, Method::GET, "/v1/graphql").query(&parameters);
    assert_eq!(
        answer(by_address.send().await.unwrap()).await.data(),
        hilversum
    );
    // The hash of another text is remembered for neither.
    let wrong =
        json!({ "query": "{ about { version } }", "extensions": persisted("{ viewer { role } }") });
    let error = refusal(&post(&app, wrong).await, 400, "BAD_REQUEST");
    assert_eq!(error["message"], "`sha256Hash` is not the hash of `query`.");
    let other = json!({ "extensions": persisted("{ viewer { role } }") });
    refusal(&post(&app, other).await, 400, "PERSISTED_QUERY_NOT_FOUND");
}

#[tokio::test]
async fn where_only_trusted_documents_are_answered_a_client_stops_trying() {
    let limits = Limits {
        public_trusted_only: true,
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, TrustedDocuments::default());
    let query = "{ viewer { role } }";
    for body in [
        json!({ "extensions": persisted(query) }),
        json!({ "query": query, "extensions": persisted(query) }),
    ] {
        let error = refusal(
            &post(&app, body).await,
            400,
            "PERSISTED_QUERY_NOT_SUPPORTED",
        );
        assert_eq!(error["message"], "PersistedQueryNotSupported");
    }
    assert_eq!(
        app.with(&vng()).ask(query).await.data(),
        json!({ "viewer": { "role": "VNG" } })
    );
}
