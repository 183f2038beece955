//! What a field costs that is refused, how lists go on, and how a day is written.

use acceptance::{
    Client, a_draft, a_period, a_reporting_region, a_submission, met, ministry, municipality,
    partner, region, spawn_app, vng,
};
use async_graphql::parser::{
    parse_schema,
    types::{BaseType, TypeKind, TypeSystemDefinition},
};
use serde_json::{Value, json};

/// A root field that is a plain list, with the most items that its description allows.
struct PlainList {
    field: String,
    most: usize,
}

fn plain_lists() -> Vec<PlainList> {
    let document = parse_schema(transport::schema::sdl()).unwrap();
    let root = document.definitions.into_iter().find_map(|one| match one {
        TypeSystemDefinition::Type(one) if one.node.name.node == "Query" => Some(one.node.kind),
        _ => None,
    });
    let Some(TypeKind::Object(root)) = root else {
        panic!("the schema has no queries");
    };
    let fields = root.fields.into_iter().map(|field| field.node);
    fields
        .filter(|field| matches!(field.ty.node.base, BaseType::List(_)))
        .map(|field| {
            let text = field.description.unwrap().node;
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (_, bound) = text.split_once("At most ").unwrap();
            let (most, _) = bound.split_once(':').unwrap();
            PlainList {
                field: field.name.node.to_string(),
                most: most.parse().unwrap(),
            }
        })
        .collect()
}

#[tokio::test]
async fn before_the_first_period_only_the_picture_is_missing() {
    let app = spawn_app();
    let answer = app
        .public()
        .ask("{ dashboard { total { actions } } compliancePicture { members: referenceDate } }")
        .await;
    assert_eq!(answer.status, 200);
    let json = answer.json();
    assert_eq!(
        json["data"],
        json!({ "dashboard": { "total": { "actions": 43 } }, "compliancePicture": null })
    );
    let errors = json["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{}", answer.body);
    let error = &errors[0];
    assert_eq!(error["path"], json!(["compliancePicture"]));
    assert_eq!(error["extensions"]["code"], "NOT_FOUND");
    assert_eq!(error["extensions"]["rule"], "NO_PERIOD");
    assert_eq!(
        error["message"],
        "No reporting period had opened by 2026-11-22."
    );
    assert_eq!(
        error["extensions"]["messageNl"],
        "Op 2026-11-22 was nog geen rapportageperiode opengegaan."
    );
}

#[tokio::test]
async fn a_refused_field_costs_itself_and_not_what_stands_beside_it() {
    let app = spawn_app();
    let hilversum = app.with(&municipality("GM0402"));
    for (field, code) in [
        ("search(text: \"de\") { totalCount }", "BAD_REQUEST"),
        ("actions(first: 0) { totalCount }", "BAD_REQUEST"),
        ("actionLines(plan: \"2022\") { number }", "NOT_FOUND"),
        ("budget(plan: \"2022\") { unit }", "NOT_FOUND"),
        ("municipalities(area: \"VR99\") { totalCount }", "NOT_FOUND"),
        (
            "functionsInArea(area: \"VR99\") { totalCount }",
            "NOT_FOUND",
        ),
        ("events(first: 101) { totalCount }", "BAD_REQUEST"),
        ("feedKeys(after: \"x\") { totalCount }", "BAD_REQUEST"),
        (
            "submissionMandates(municipality: \"GM9999\") { totalCount }",
            "NOT_FOUND",
        ),
        (
            "ledger(subjectKind: \"Verdikt\") { totalCount }",
            "NOT_FOUND",
        ),
        ("openTasks(first: -1) { totalCount }", "BAD_REQUEST"),
    ] {
        let query = format!("{{ refused: {field} dashboard {{ total {{ actions }} }} }}");
        let answer = hilversum.ask(&query).await;
        assert_eq!(answer.codes(), [code], "{query}: {}", answer.body);
        assert_eq!(
            answer.json()["data"],
            json!({ "refused": null, "dashboard": { "total": { "actions": 43 } } }),
            "{query}"
        );
    }
    // Below the root as well.
    for (query, whole) in [
        (
            "{ budget { unit totalOfActions(line: 99) { rows } } }",
            json!({ "budget": { "unit": "WHOLE_EURO", "totalOfActions": null } }),
        ),
        (
            "{ dataQuality { day checks(first: 0) { totalCount } decisions(first: 0) { totalCount } } }",
            json!({ "dataQuality": { "day": "2026-11-22", "checks": null, "decisions": null } }),
        ),
    ] {
        let answer = hilversum.ask(query).await;
        assert_eq!(answer.json()["data"], whole, "{query}: {}", answer.body);
        assert!(!answer.codes().is_empty(), "{query}");
    }
}

#[tokio::test]
async fn a_plain_list_is_no_longer_than_it_says() {
    let app = spawn_app();
    let lists = plain_lists();
    assert_eq!(lists.len(), 18);
    for PlainList { field, most } in lists {
        let query = format!("{{ {field} {{ __typename }} }}");
        let data = app.public().ask(&query).await.data();
        let length = data[&field].as_array().unwrap().len();
        assert!(length <= most, "{field}: {length}");
    }
}

/// Reads a list page by page, and gives what the pages hold; what a page says of its neighbours is
/// true of each.
async fn paged(client: &Client, field: &str, arguments: &str, selection: &str) -> Vec<Value> {
    let mut items = Vec::new();
    let mut after = Value::Null;
    loop {
        let query = format!(
            "query ($after: String) {{ {field}({arguments} first: 1, after: $after) {{ totalCount
                nodes {{ {selection} }} edges {{ cursor node {{ {selection} }} }}
                pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
        );
        let answer = client.send(&query, json!({ "after": after })).await;
        let page = answer.data()[field].clone();
        let info = &page["pageInfo"];
        assert_eq!(info["hasPreviousPage"], !after.is_null(), "{field}");
        assert_eq!(info["startCursor"], info["endCursor"], "{field}");
        assert_eq!(page["edges"][0]["cursor"], info["endCursor"], "{field}");
        assert_eq!(page["edges"][0]["node"], page["nodes"][0], "{field}");
        let nodes = page["nodes"].as_array().unwrap();
        items.extend(nodes.iter().cloned());
        if info["hasNextPage"] == false {
            assert_eq!(page["totalCount"], items.len(), "{field}");
            return items;
        }
        after = info["endCursor"].clone();
    }
}

#[tokio::test]
async fn lists_that_grow_are_read_page_by_page() {
    let app = spawn_app();
    let (reviewer, public) = (app.with(&vng()), app.public());
    let hilversum = app.with(&municipality("GM0402"));
    a_period().sent_by(&reviewer).await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    a_draft("GM0402", met(&["SV-01", "SV-02"]))
        .sent_by(&hilversum)
        .await;
    a_submission("GM0402").sent_by(&hilversum).await;
    for (at, key) in [("2026-12-01", "one"), ("2026-12-15", "two")] {
        let mandate = json!({
            "municipality": "GM0402", "area": "VR14", "from": at,
            "lastDay": format!("{}09", &at[..8]).max(at.to_owned()), "idempotencyKey": key,
        });
        hilversum.change("giveSubmissionMandate", mandate).await;
    }
    for criterion in ["OH-01", "SK-01"] {
        let answer = json!({
            "area": "VR14", "criterion": format!("VOORSTEL-1/{criterion}"), "answer": "MET",
            "from": "2026-01-01", "explanation": "Regionaal geregeld.",
            "idempotencyKey": criterion,
        });
        app.with(&region("VR14"))
            .change("submitRegionalAnswer", answer)
            .await;
    }
    for key in ["a", "b"] {
        let own = json!({
            "label": key, "tables": ["fact_verdict_current"], "lastDay": "2027-01-01",
            "idempotencyKey": key,
        });
        hilversum.change("createFeedKey", own).await;
    }
    let municipality = "municipality: \"GM0402\",";
    for (client, field, arguments, selection, count) in [
        (&public, "sourceDocuments", "", "key", 13),
        (&public, "motions", "", "key", 8),
        (&public, "events", "", "key", 1),
        (&public, "functions", "", "code", 3),
        (&public, "functionsInArea", "area: \"VR14\",", "basis", 2),
        (&public, "openRounds", "", "key", 0),
        (&hilversum, "feedKeys", "", "label", 2),
        (&hilversum, "submissionMandates", municipality, "from", 2),
        (&hilversum, "regionalAnswers", "area: \"VR14\",", "key", 2),
        (
            &hilversum,
            "verdictHistory",
            "municipality: \"GM0402\", basis: SUBMITTED,",
            "status",
            1,
        ),
    ] {
        let whole = client
            .ask(&format!(
                "{{ {field}({arguments} first: 100) {{ nodes {{ {selection} }} }} }}"
            ))
            .await
            .data()[field]["nodes"]
            .clone();
        assert_eq!(whole.as_array().unwrap().len(), count, "{field}");
        if count > 0 {
            let pages = paged(client, field, arguments, selection).await;
            assert_eq!(json!(pages), whole, "{field}");
        }
    }
}

#[tokio::test]
async fn a_cursor_of_another_list_or_moment_is_refused() {
    let app = spawn_app();
    let public = app.public();
    let cursor = public
        .ask("{ motions(first: 1) { pageInfo { endCursor } } }")
        .await
        .data()["motions"]["pageInfo"]["endCursor"]
        .clone();
    for field in ["sourceDocuments", "events", "functions", "openRounds"] {
        let query = format!("query ($c: String) {{ {field}(after: $c) {{ totalCount }} }}");
        let answer = public.send(&query, json!({ "c": cursor })).await;
        assert_eq!(answer.codes(), ["BAD_REQUEST"], "{field}: {}", answer.body);
    }
    let query = "query ($c: String) { motions(after: $c, at: { ledger: 1 }) { totalCount } }";
    let answer = public.send(query, json!({ "c": cursor })).await;
    assert_eq!(answer.codes(), ["BAD_REQUEST"], "{}", answer.body);
}

#[tokio::test]
async fn a_cursor_is_of_the_arguments_of_its_list() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ actions(first: 1) { pageInfo { endCursor } }
        municipalities(first: 1) { pageInfo { endCursor } } }";
    let shown = public.ask(query).await.data();
    let of_actions = &shown["actions"]["pageInfo"]["endCursor"];
    let of_municipalities = &shown["municipalities"]["pageInfo"]["endCursor"];
    for (cursor, field, code) in [
        (of_actions, "actions(first: 2, after: $c)", None),
        (
            of_actions,
            "actions(after: $c, orderBy: STATUS)",
            Some("BAD_REQUEST"),
        ),
        (
            of_actions,
            "actions(after: $c, filter: { line: 1 })",
            Some("BAD_REQUEST"),
        ),
        (of_municipalities, "municipalities(after: $c)", None),
        (
            of_municipalities,
            "municipalities(after: $c, area: \"PV20\")",
            Some("BAD_REQUEST"),
        ),
    ] {
        let query = format!("query ($c: String) {{ list: {field} {{ totalCount }} }}");
        let answer = public.send(&query, json!({ "c": cursor })).await;
        assert_eq!(
            answer.codes(),
            Vec::from_iter(code),
            "{field}: {}",
            answer.body
        );
    }
}

/// Texts that look like a day and are none of its one form.
const NO_DAYS: [&str; 5] = [
    "01-12-2026",
    "2026-1-1",
    "+10000-01-01",
    "2026-02-30",
    "2026-12-01T00:00:00Z",
];

#[tokio::test]
async fn a_day_has_one_form_in_graphql() {
    let app = spawn_app();
    for text in NO_DAYS {
        let query = "query ($day: Date) { goals(filter: { dueBy: $day }) { key } }";
        let answer = app.public().send(query, json!({ "day": text })).await;
        let json = answer.json();
        assert_eq!(answer.codes(), ["BAD_REQUEST"], "{text}: {}", answer.body);
        assert_eq!(
            json["errors"][0]["message"],
            format!("'$day' is \"{text}\"; a date like 2026-12-01 belongs here (Date).")
        );
        assert_eq!(
            json["errors"][0]["extensions"]["messageNl"],
            format!("'$day' is \"{text}\"; hier hoort een datum zoals 2026-12-01 (Date).")
        );
        let literal = format!("{{ goals(at: {{ day: \"{text}\" }}) {{ key }} }}");
        let answer = app.public().ask(&literal).await;
        assert_eq!(answer.codes(), ["BAD_REQUEST"], "{text}: {}", answer.body);
        let message = answer.json()["errors"][0]["message"].to_string();
        assert!(
            message.contains(text) && message.contains("day") && message.contains("2026-12-01"),
            "{message}"
        );
    }
    for text in [
        "2026-12-01 12:00:00Z",
        "2026-12-01",
        "+10000-01-01T00:00:00Z",
    ] {
        let query = "query ($at: DateTime) { goals(at: { instant: $at }) { key } }";
        let answer = app.public().send(query, json!({ "at": text })).await;
        assert_eq!(
            answer.json()["errors"][0]["message"],
            format!(
                "'$at' is \"{text}\"; an instant like 2026-12-01T12:00:00Z belongs here (DateTime)."
            )
        );
    }
}

#[tokio::test]
async fn a_day_has_one_form_in_feeds_and_odata() {
    let app = spawn_app();
    for text in NO_DAYS {
        let written = text.replace('+', "%2B");
        for path in [
            "/v1/feeds/dim_municipality.csv",
            "/v1/odata/public/dim_municipality",
        ] {
            let answer = app.public().get(&format!("{path}?day={written}")).await;
            assert_eq!(answer.status, 400, "{path} {text}: {}", answer.body);
            assert!(
                answer.body.contains(&format!(
                    "`day` is `{text}` and must be a date from 2018-01-01 to 2099-12-31: \
                     YYYY-MM-DD, as in 2026-12-01."
                )),
                "{path} {text}: {}",
                answer.body
            );
        }
        if text.ends_with('Z') {
            // An instant is a value of a filter.
            continue;
        }
        let path = format!("/v1/odata/public/dim_municipality?$filter=valid_from%20eq%20{written}");
        let answer = app.public().get(&path).await;
        assert_eq!(answer.status, 400, "{text}: {}", answer.body);
        assert!(
            answer.body.contains(text) && answer.body.contains("a date like 2026-12-01"),
            "{text}: {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn null_says_that_nothing_was_seen_and_left_out_lets_the_last_word_win() {
    let app = spawn_app();
    let ministry = app.with(&ministry());
    acceptance::a_round().sent_by(&ministry).await;
    let report = |expected: Option<Value>, key: &str| {
        let mut input = json!({
            "round": "2026-1", "action": 33, "status": "COMPLETED", "idempotencyKey": key,
        });
        if let Some(expected) = expected {
            input["expectedVersion"] = expected;
        }
        input
    };
    ministry
        .change("reportStatus", report(Some(json!(null)), "first"))
        .await;
    assert_eq!(
        ministry
            .mistakes("reportStatus", report(Some(json!(null)), "second"))
            .await,
        ["CONFLICT expectedVersion"]
    );
    ministry.change("reportStatus", report(None, "third")).await;
    // Who has no part in rounds sees the round and none of its reports.
    let open = app
        .with(&partner("fairwork"))
        .ask("{ openRounds { totalCount nodes { key } } }")
        .await;
    assert_eq!(
        open.data(),
        json!({ "openRounds": { "totalCount": 1, "nodes": [{ "key": "2026-1" }] } })
    );
}
