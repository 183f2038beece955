//! What an answer is: errors with code and request, pages, one moment, the order of the question.

use std::collections::BTreeSet;

use acceptance::{Answer, spawn_app, vng};
use serde_json::{Value, json};

use super::{
    OPEN_PERIOD, REQUEST_ID, assert_outside, honest, kept, message, refusal, still_answers,
};

/// A query with a variable that must be given.
const ONE_ACTION: &str = "query ($n: Int!) { action(number: $n) { key } }";

#[tokio::test]
async fn unknown_codes_are_named_with_what_looks_like_them() {
    let app = spawn_app();
    for (query, path, en, nl, like) in [
        (
            "{ action(number: 47) { title { nl } } }",
            "action",
            "There is no action \"2024/47\". Did you mean 2024/17, 2024/27, 2024/37?",
            "Er is geen actie \"2024/47\". Bedoelde u 2024/17, 2024/27, 2024/37?",
            json!(["2024/17", "2024/27", "2024/37"]),
        ),
        (
            "{ municipality(code: \"gm0403\") { label } }",
            "municipality",
            "There is no municipality \"GM0403\". Did you mean GM0003, GM0203, GM0303?",
            "Er is geen gemeente \"GM0403\". Bedoelde u GM0003, GM0203, GM0303?",
            json!(["GM0003", "GM0203", "GM0303"]),
        ),
        (
            "{ municipality(code: \"Hilversum\") { label } }",
            "municipality",
            "There is no municipality \"HILVERSUM\". Did you mean GM0402?",
            "Er is geen gemeente \"HILVERSUM\". Bedoelde u GM0402?",
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

/// GraphQL, 6.4.4: a field that may be null costs itself when it fails. What may be refused may be
/// null everywhere in the contract, as `tests/contract` says.
// Open: async-graphql 7.2.1 leaves a failed field out of its object (`do_resolve_container`).
#[tokio::test]
async fn a_field_that_fails_is_null_and_not_missing() {
    let app = spawn_app();
    let answer = app
        .public()
        .ask("{ action(number: 47) { number } viewer { role } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND"]);
    assert_eq!(
        answer.json()["data"],
        json!({ "action": null, "viewer": { "role": "PUBLIC" } })
    );
}

/// GraphQL, 7.2.2: the answer is in the order of the question, whichever field is ready first.
// Open: async-graphql 7.2.1 answers in the order in which fields are ready (`FuturesUnordered`).
#[tokio::test]
async fn fields_come_in_the_order_of_the_question() {
    let app = spawn_app();
    let query = "{ z: dashboard { statement day round { title { nl } key } } y: __typename x:
        viewer { role }
        w: municipality(code: \"GM0402\") { region { name code } label code } v:
        about { licence version } u: __typename }";
    let body = app.public().ask(query).await.body;
    let keys = [
        "z",
        "statement",
        "day",
        "round",
        "title",
        "nl",
        "key",
        "y",
        "x",
        "role",
        "w",
        "region",
        "name",
        "code",
        "label",
        "code",
        "v",
        "licence",
        "version",
        "u",
    ];
    let mut rest = body.as_str();
    let mut in_order = Vec::new();
    for key in keys {
        let Some((_, after)) = rest.split_once(&format!("\"{key}\":")) else {
            break;
        };
        in_order.push(key);
        rest = after;
    }
    assert_eq!(in_order, keys, "{body}");
}

#[tokio::test]
async fn a_wrong_page_is_refused_with_all_its_mistakes() {
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
async fn the_dashboard_of_an_early_ledger_has_no_round() {
    let app = spawn_app();
    // Before anything was known there was no plan to tell of.
    let answer = app
        .public()
        .ask("{ dashboard(at: { ledger: 0 }) { round { key } } }")
        .await;
    let error = refusal(&answer, 200, "NOT_FOUND");
    assert_eq!(
        message(&error),
        (
            "There is no plan version \"2024\".",
            "Er is geen planversie \"2024\"."
        )
    );
    assert_eq!(answer.json()["extensions"]["ledger"], 0);
    // The first import brought the plan and its round in one transaction: whatever number of it is
    // named, what is told is what was known at its end.
    let number =
        |kind: &str| format!("select min(number) from ledger where subject_kind = '{kind}'");
    let plan = app.database.count(&number("PlanVersion")).await;
    let round = app.database.count(&number("MonitoringRound")).await;
    assert!(
        plan + 1 < round,
        "the plan came into the ledger before its round"
    );
    let end = format!("select min(number) from ledger_instant where number >= {plan}");
    let end = app.database.count(&end).await;
    assert!(round < end, "both came in one transaction");
    for number in [plan, round - 1, round, end] {
        let query = format!("{{ dashboard(at: {{ ledger: {number} }}) {{ round {{ key }} }} }}");
        let answer = app.public().ask(&query).await;
        assert_eq!(answer.ledger(), end, "{number}");
        assert_eq!(
            answer.data()["dashboard"]["round"],
            json!({ "key": "2025-1" }),
            "{number}"
        );
    }
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
    let first = "select min(number) from ledger_instant";
    let first = app.database.count(first).await;
    let of = |ledger: i64| json!({ "at": { "ledger": ledger } });
    assert_eq!(
        read_at("{ municipalities { totalCount } }", json!({})).await,
        head
    );
    let literal = "{ municipalities(at: { ledger: 7 }) { totalCount } }";
    assert_eq!(read_at(literal, json!({})).await, first);
    let variable = "query ($at: Moment) { municipalities(at: $at) { totalCount } }";
    assert_eq!(read_at(variable, of(0)).await, 0);
    assert_eq!(read_at(variable, of(7)).await, first);
    assert_eq!(read_at(variable, json!({ "at": null })).await, head);
    assert_eq!(read_at(variable, json!({})).await, head);
    let part = "query ($n: Int) { municipalities(at: { ledger: $n }) { totalCount } }";
    assert_eq!(read_at(part, json!({ "n": 0 })).await, 0);
    let default = "query ($at: Moment = { ledger: 0 }) { municipalities(at: $at) { totalCount } }";
    assert_eq!(read_at(default, of(7)).await, first);
    assert_eq!(read_at(default, json!({})).await, 0);
}

#[tokio::test]
async fn every_error_has_a_code_and_the_id_of_its_request() {
    let app = spawn_app();
    let whole = json!({});
    let wrong = [
        ("{ nothing }", &whole, 400, "BAD_REQUEST"),
        ("{ viewer }", &whole, 400, "BAD_REQUEST"),
        ("{ viewer { role", &whole, 400, "BAD_REQUEST"),
        ("viewer", &whole, 400, "BAD_REQUEST"),
        ("", &whole, 400, "BAD_REQUEST"),
        ("subscription { a }", &whole, 400, "BAD_REQUEST"),
        ("{ ...a }", &whole, 400, "BAD_REQUEST"),
        ("{ action { key } }", &whole, 400, "BAD_REQUEST"),
        (
            "{ action(number: \"'; drop table ledger; --\") { key } }",
            &whole,
            400,
            "BAD_REQUEST",
        ),
        (
            "{ action(number: 99999999999) { key } }",
            &whole,
            400,
            "BAD_REQUEST",
        ),
        (ONE_ACTION, &whole, 400, "BAD_REQUEST"),
        (ONE_ACTION, &json!({ "n": null }), 400, "BAD_REQUEST"),
        (ONE_ACTION, &json!({ "n": "x" }), 400, "BAD_REQUEST"),
        (
            "{ viewer @include(if: [[true]]) { role } }",
            &whole,
            400,
            "BAD_REQUEST",
        ),
        ("{ viewer @unknown { role } }", &whole, 400, "BAD_REQUEST"),
        (
            "{ dashboard(plan: \"2034\") { day } }",
            &whole,
            200,
            "NOT_FOUND",
        ),
        (OPEN_PERIOD, &whole, 200, "FORBIDDEN"),
    ];
    let mut found = Vec::new();
    for (query, variables, ..) in wrong {
        let answer = app.public().send(query, variables.clone()).await;
        let json = answer.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        for error in &errors {
            assert_eq!(error["extensions"]["requestId"], REQUEST_ID, "{query}");
        }
        assert_outside(&answer);
        let code = errors
            .first()
            .map(|error| error["extensions"]["code"].clone());
        found.push((query, answer.status, code.unwrap_or_default()));
    }
    let expected = wrong.map(|(query, _, status, code)| (query, status, json!(code)));
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_wrong_directive_is_refused_on_every_field() {
    let app = spawn_app();
    for query in [
        "{ __typename @unknown }",
        "{ __typename @include(if: [[true]]) }",
    ] {
        refusal(&app.public().ask(query).await, 400, "BAD_REQUEST");
    }
}

/// Postgres knows no NUL in a text and no year 200,000; a client that sends them is told so, or
/// finds nothing.
// Open: `ledger(subjectKind, subjectKey)`, `edition` and `idempotencyKey` with a NUL reach Postgres
// and come back as `INTERNAL`.
#[tokio::test]
async fn extreme_values_are_the_clients_mistake_and_not_ours() {
    let app = spawn_app();
    let before = honest(&app).await;
    let ours = |answer: &Answer| {
        answer
            .codes()
            .iter()
            .any(|code| code == "INTERNAL" || code == "UNAVAILABLE")
    };
    let mut broken: Vec<String> = Vec::new();
    for query in [
        r#"{ ledger(subjectKind: "\u0000") { totalCount } }"#,
        r#"{ ledger(subjectKey: "a\u0000b") { totalCount } }"#,
        r#"{ ledger(after: "MTotOTIyMzM3MjAzNjg1NDc3NTgwOA") { totalCount } }"#,
        r#"{ municipality(code: "\u0000") { label } }"#,
        r#"{ assessment(municipality: "GM0402", period: "\u0000") { state } }"#,
        r#"{ node(id: "assessment_AA") { id } }"#,
        r#"{ node(id: "assessment_R00wNDAyLwA") { id } }"#,
        r#"{ verdict(municipality: "GM0402", period: "\u0000") { status } }"#,
        r#"{ dashboard(at: { instant: "+262142-12-31T23:59:59Z" }) { day } }"#,
        r#"{ dashboard(at: { instant: "-262143-01-01T00:00:00Z" }) { day } }"#,
        r#"{ dashboard(at: { instant: "-4713-01-01T00:00:00Z" }) { day } }"#,
        "{ dashboard(at: { ledger: 9223372036854775807 }) { round { key } } }",
        r#"{ dashboard(at: { day: "+262142-12-31" }) { round { key ageInMonths } } }"#,
        r#"{ municipalities(at: { day: "-262143-01-01" }) { totalCount } }"#,
        r#"{ municipality(code: "GM0402", at: { day: "+262142-12-31" }) { region { code } } }"#,
        r#"{ region(code: "VR14", at: { day: "-262143-01-01" }) { municipalities { code } } }"#,
        r#"{ verdict(municipality: "GM0402", period: "2026-2",
            at: { day: "+262142-12-31" }) { status } }"#,
    ] {
        let answer = app.with(&vng()).ask(query).await;
        broken.extend(ours(&answer).then(|| query.to_owned()));
        still_answers(&app.public(), &before, query).await;
    }
    let kept_before = kept(&app).await;
    for (field, value) in [
        ("key", "2027-1\u{0}"),
        ("edition", "VOORSTEL-1\u{0}"),
        ("idempotencyKey", "\u{0}"),
    ] {
        let mut input = json!({
            "key": "2027-1", "edition": "VOORSTEL-1", "idempotencyKey": "extreme",
            "opensOn": "2026-12-01", "deadlineOn": "2026-12-31", "lastDay": "2027-01-31",
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
        broken.extend(ours(&answer).then(|| format!("{field} of a period")));
    }
    assert_eq!(broken, [""; 0]);
    assert_eq!(kept(&app).await, kept_before);
}
