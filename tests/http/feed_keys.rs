//! Feed keys: what opens, what does not, and that no key is ever told twice.

use acceptance::{Answer, App, Client, ministry, municipality, partner, spawn_app, vng};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::feeds::{SECRET, prepare};

const CREATE: &str = "mutation ($input: CreateFeedKeyInput!) { createFeedKey(input: $input) {
    feedKey { key label organisation tables state expiresOn lastUsedAt } secret errors { code field } } }";
const ROTATE: &str = "mutation ($input: RotateFeedKeyInput!) { rotateFeedKey(input: $input) {
    feedKey { key state rotatedAt } secret errors { code field } } }";
const REVOKE: &str = "mutation ($input: RevokeFeedKeyInput!) { revokeFeedKey(input: $input) {
    feedKey { key state revokedAt } errors { code field } } }";
const OWN_TABLES: [&str; 5] = [
    "fact_answer_current",
    "fact_answer_history",
    "fact_submission_current",
    "fact_verdict_current",
    "fact_verdict_history",
];

fn input(idempotency_key: &str) -> Value {
    json!({
        "label": "Power BI, elke nacht", "tables": OWN_TABLES, "expiresOn": "2027-11-22",
        "idempotencyKey": idempotency_key,
    })
}

async fn created(client: &Client, input: Value) -> (String, String) {
    let data = client.send(CREATE, json!({ "input": input })).await.data();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let made = &data["createFeedKey"];
    assert_eq!(made["errors"], json!([]));
    (text(&made["feedKey"]["key"]), text(&made["secret"]))
}

/// Asks an address with a key as the password of HTTP Basic.
pub(crate) async fn with_key(address: &str, path: &str, key: &str) -> Answer {
    let credentials = STANDARD.encode(format!("anything:{key}"));
    let response = reqwest::Client::new()
        .get(format!("{address}{path}"))
        .header("authorization", format!("Basic {credentials}"))
        .send()
        .await
        .expect("the service answers");
    Answer {
        status: response.status().as_u16(),
        body: response.text().await.expect("a text"),
    }
}

async fn opens(app: &App, key: &str) -> u16 {
    with_key(app.address(), "/v1/feeds/fact_verdict_current.csv", key)
        .await
        .status
}

#[tokio::test]
async fn a_key_opens_its_tables_in_its_own_scope_until_it_is_revoked_on_every_instance() {
    let app = spawn_app();
    let other_instance = app.beside();
    prepare(&app).await;
    let hilversum = app.with(&municipality("GM0402"));

    let (id, secret) = created(&hilversum, input("one")).await;
    assert!(
        secret.starts_with(&format!("stm_{id}_")) && secret.len() == 17 + 43,
        "{}",
        secret.len()
    );
    // A repeat changes nothing and tells the key again, not the secret.
    let repeat = hilversum
        .send(CREATE, json!({ "input": input("one") }))
        .await
        .data();
    assert_eq!(repeat["createFeedKey"]["feedKey"]["key"], json!(id));
    assert_eq!(repeat["createFeedKey"]["secret"], Value::Null);
    assert_eq!(
        app.database
            .count("select count(*) from work.feed_key")
            .await,
        1
    );

    // It sees what its municipality sees, in every format, filter, count and order, and nothing of Amsterdam.
    for table in OWN_TABLES {
        for path in [
            format!("/v1/feeds/{table}.csv"),
            format!("/v1/feeds/{table}.ndjson"),
            format!("/v1/odata/{table}?$orderby=municipality_code%20desc"),
            format!("/v1/odata/{table}?$count=true&$top=1"),
        ] {
            let told = with_key(app.address(), &path, &secret).await;
            assert_eq!(told.status, 200, "{path}");
            assert!(told.body.contains("GM0402"), "{path}");
            for hidden in [SECRET, "GM0363", "Amsterdam"] {
                assert!(!told.body.contains(hidden), "{path}");
            }
            let by_token = hilversum.get(&path).await.body;
            assert_eq!(
                told.body.replace(app.address(), ""),
                by_token.replace(app.address(), ""),
                "{path}"
            );
        }
        let filter =
            "$filter=municipality_code%20eq%20'GM0363'%20or%20startswith(municipality_code,'GM03')";
        let path = format!("/v1/odata/{table}/$count?{filter}");
        assert_eq!(
            with_key(app.address(), &path, &secret).await.body,
            "0",
            "{path}"
        );
    }
    // Everybody's tables are open; a table that it does not name is not, nor is GraphQL.
    let status = async |path: &str| with_key(app.address(), path, &secret).await.status;
    assert_eq!(status("/v1/feeds/dim_action.csv").await, 200);
    assert_eq!(status("/v1/feeds/fact_submission_history.csv").await, 403);
    assert_eq!(status("/v1/odata/fact_submission_history").await, 403);
    assert_eq!(
        status("/v1/graphql?query=%7Bviewer%7Brole%7D%7D").await,
        401
    );
    assert_eq!(
        app.with(&secret).ask("{ viewer { role } }").await.status,
        401
    );
    let in_address = format!("/v1/feeds/fact_verdict_current.csv?key={secret}");
    let answer = app.public().get(&in_address).await;
    assert!(
        answer.status == 400 && !answer.body.contains(&secret),
        "{}",
        answer.body
    );

    // What is kept opens nothing: neither the hash nor its text.
    let hash = "select count(*) from work.feed_key where secret_hash::text like '%' || encode(secret_hash, 'hex') || '%'";
    assert_eq!(app.database.count(hash).await, 1);
    let kept = format!(
        "select count(*) from work.feed_key k where k::text like '%{}%'",
        &secret[17..]
    );
    assert_eq!(app.database.count(&kept).await, 0);

    // Rotated: both secrets open, and the first one no more after thirty days.
    let rotate = json!({ "input": { "key": id, "idempotencyKey": "rotate" } });
    let rotated = hilversum.send(ROTATE, rotate).await.data();
    let second = rotated["rotateFeedKey"]["secret"]
        .as_str()
        .expect("a secret")
        .to_owned();
    assert_eq!(
        (opens(&app, &secret).await, opens(&app, &second).await),
        (200, 200)
    );
    app.clock.set("2026-12-22T12:00:01Z".parse().unwrap());
    assert_eq!(
        (opens(&app, &secret).await, opens(&app, &second).await),
        (401, 200)
    );
    app.clock.set("2027-11-22T22:59:59Z".parse().unwrap());
    assert_eq!(opens(&app, &second).await, 200);
    app.clock.set("2027-11-22T23:00:00Z".parse().unwrap());
    assert_eq!(
        opens(&app, &second).await,
        401,
        "its last day has passed in Amsterdam"
    );
    app.clock.set("2026-12-23T12:00:00Z".parse().unwrap());

    // Used, to the minute.
    let listed = hilversum.ask("{ feedKeys { key state lastUsedAt } }").await;
    assert_eq!(
        listed.data(),
        json!({ "feedKeys": [{ "key": id, "state": "LIVE", "lastUsedAt": "2027-11-22T22:59:59+00:00" }] })
    );
    assert_eq!(listed.statements(), 5);

    // Revoked on one instance, it is refused by both at once.
    assert_eq!(
        with_key(
            other_instance.address(),
            "/v1/odata/fact_verdict_current",
            &second
        )
        .await
        .status,
        200
    );
    let revoke = json!({ "input": { "key": id, "idempotencyKey": "revoke" } });
    let revoked = app.with(&vng()).send(REVOKE, revoke).await.data();
    assert_eq!(revoked["revokeFeedKey"]["feedKey"]["state"], "REVOKED");
    for address in [app.address(), other_instance.address()] {
        for path in [
            "/v1/feeds/fact_verdict_current.csv",
            "/v1/odata",
            "/v1/feeds/",
            "/v1/feeds/dim_action.csv",
        ] {
            let told = with_key(address, path, &second).await;
            assert_eq!(told.status, 401, "{path}");
            assert!(
                !told.body.contains(&second) && !told.body.contains(&id),
                "{path}"
            );
        }
    }
    let again = json!({ "input": { "key": id, "idempotencyKey": "again" } });
    let again = hilversum.send(ROTATE, again).await.data();
    assert_eq!(
        again["rotateFeedKey"]["errors"],
        json!([{ "code": "REVOKED", "field": ["key"] }])
    );

    // The ministry reads in the ledger what was done with it; nobody else does.
    let entries = "{ ledger(subjectKind: \"FeedKey\") { nodes { operation subjectKey } } }";
    let told = app.with(&ministry()).ask(entries).await.data();
    let operations: Vec<&str> = told["ledger"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["operation"].as_str())
        .collect();
    assert_eq!(
        operations,
        ["feedKey.revoked", "feedKey.rotated", "feedKey.created"]
    );
    assert_eq!(
        hilversum.ask(entries).await.data(),
        json!({ "ledger": { "nodes": [] } })
    );
}

#[tokio::test]
async fn keys_are_ones_own_and_every_mistake_is_told_at_once() {
    let app = spawn_app();
    let comensha = app.with(&partner("comensha"));
    let wrong = json!({
        "label": " ", "tables": ["fact_verdict_current", "dim_actoin", "dim_action", "dim_action"],
        "expiresOn": "2027-11-23", "idempotencyKey": "wrong",
    });
    let told = comensha
        .send(CREATE, json!({ "input": wrong }))
        .await
        .data();
    assert_eq!(
        told["createFeedKey"],
        json!({ "feedKey": null, "secret": null, "errors": [
            { "code": "INVALID_LABEL", "field": ["label"] },
            { "code": "NO_TABLES", "field": ["tables"] },
            { "code": "UNKNOWN_TABLE", "field": ["tables", "0"] },
            { "code": "UNKNOWN_TABLE", "field": ["tables", "1"] },
            { "code": "INVALID_EXPIRY", "field": ["expiresOn"] },
        ] })
    );
    assert_eq!(
        app.database
            .count("select count(*) from work.feed_key")
            .await,
        0
    );

    let good = json!({ "label": "R", "tables": ["dim_action"], "expiresOn": "2026-11-22", "idempotencyKey": "good" });
    let (id, _) = created(&comensha, good).await;
    let seen =
        async |client: &Client| client.ask("{ feedKeys { key } }").await.data()["feedKeys"].clone();
    let one = json!([{ "key": id }]);
    assert_eq!(seen(&comensha).await, one);
    assert_eq!(seen(&app.with(&ministry())).await, one);
    for stranger in [
        app.public(),
        app.with(&partner("fairwork")),
        app.with(&municipality("GM0402")),
    ] {
        assert_eq!(seen(&stranger).await, json!([]));
        // Somebody else's key is answered as one that does not exist.
        for document in [ROTATE, REVOKE] {
            let asked = async |key: &str| {
                let input = json!({ "input": { "key": key, "idempotencyKey": "x" } });
                stranger.send(document, input).await
            };
            let told = asked(&id).await;
            assert_eq!(told, asked("000000000000").await);
            assert_eq!(told.codes(), ["FORBIDDEN"]);
        }
    }
    let unknown = json!({ "input": { "key": "000000000000", "idempotencyKey": "y" } });
    let told = app.with(&vng()).send(REVOKE, unknown).await.data();
    assert_eq!(
        told["revokeFeedKey"]["errors"],
        json!([{ "code": "UNKNOWN_KEY", "field": ["key"] }])
    );
    assert_eq!(
        app.database
            .count("select count(*) from work.feed_key where revoked_at is null")
            .await,
        1
    );
}
