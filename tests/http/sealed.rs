//! Cursors and skiptokens are of one list, one caller and one moment, and bear the seal of the
//! database: every instance takes them, and nobody rewrites one.

use acceptance::{App, Client, municipality, spawn_app, vng};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::feeds::{open, submit};

const ACTIONS: &str = "query ($after: String) { actions(first: 2, after: $after) {
    nodes { key } pageInfo { endCursor } } }";
const PARTNERS: &str = "query ($after: String) { partners(first: 2, after: $after) {
    nodes { key } } }";
const BESIDE: &str = "query ($after: String) { dashboard { day }
    actions(first: 2, after: $after) { nodes { key } } }";

/// The bytes of what is handed out.
fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

/// What was handed out with something else in it, of the same length.
fn rewritten(text: &str, from: &str, to: &str) -> String {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes(text);
    let at = bytes
        .windows(from.len())
        .position(|part| part == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from}"));
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

async fn code(client: &Client, query: &str, after: &str) -> (Vec<String>, Value) {
    let answer = client.send(query, json!({ "after": after })).await;
    (answer.codes(), answer.json()["data"].clone())
}

#[tokio::test]
async fn a_cursor_is_of_its_list_and_its_caller_and_is_not_rewritten() {
    let app = spawn_app();
    let public = app.public();
    let first = public.send(ACTIONS, json!({})).await;
    let cursor = first.data()["actions"]["pageInfo"]["endCursor"].clone();
    let cursor = cursor.as_str().unwrap();
    let (codes, second) = code(&public, ACTIONS, cursor).await;
    assert_eq!(codes, [""; 0]);
    // Every instance reads what another sealed.
    let beside = app.beside();
    let sent = acceptance::http()
        .post(format!("{}/v1/graphql", beside.address()))
        .json(&json!({ "query": ACTIONS, "variables": { "after": cursor } }));
    let shown: Value = sent.send().await.unwrap().json().await.unwrap();
    assert_eq!(shown["data"], second);

    let (codes, _) = code(&public, PARTNERS, cursor).await;
    assert_eq!(codes, ["BAD_REQUEST"], "of another list");
    let (codes, data) = code(&app.with(&vng()), ACTIONS, cursor).await;
    assert_eq!((codes, data), (bad(), Value::Null), "of another caller");

    // Whatever is rewritten in it: the day, the last byte of its text, its seal.
    let day = rewritten(cursor, "2026-11-22", "2026-11-21");
    let at = |from_the_end: usize| {
        let mut bytes = bytes(cursor);
        let at = bytes.len() - from_the_end;
        bytes[at] ^= 1;
        URL_SAFE_NO_PAD.encode(bytes)
    };
    for wrong in [day, at(17), at(16), at(1)] {
        for query in [ACTIONS, BESIDE] {
            let (codes, data) = code(&public, query, &wrong).await;
            // Nothing else of the document is told at a moment that nobody handed out.
            assert_eq!((codes, data), (bad(), Value::Null), "{query}");
        }
    }
    // Nor is the form of 1.0.0-rc.1 one to forge: this database never had it.
    let text = String::from_utf8_lossy(&bytes(cursor)).into_owned();
    let scope = text.split('|').nth(3).unwrap();
    let key = first.data()["actions"]["nodes"][1]["key"].clone();
    let key = key.as_str().unwrap();
    let of_release = format!("2:{}:2026-11-22:{scope}:{key}", first.ledger());
    let (codes, data) = code(&public, ACTIONS, &URL_SAFE_NO_PAD.encode(of_release)).await;
    assert_eq!(codes, ["POSITION_LOST"]);
    assert_eq!(data, Value::Null);
}

fn bad() -> Vec<String> {
    vec!["BAD_REQUEST".to_owned()]
}

/// A page of an entity set: its status, and what it says.
async fn page(app: &App, token: &str, path: &str) -> (u16, Value) {
    let response = acceptance::http()
        .get(format!("{}{path}", app.address()))
        .header("prefer", "odata.maxpagesize=1")
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_skiptoken_is_of_its_table_and_its_caller_and_is_not_rewritten() {
    let app = spawn_app();
    open(&app).await;
    for code in ["GM0363", "GM0402"] {
        submit(&app, code).await;
    }
    let sees = vng();
    let set = "/v1/odata/fact_submission_history";
    let (status, first) = page(&app, &sees, set).await;
    assert_eq!(status, 200, "{first}");
    assert_eq!(first["value"][0]["municipality_code"], "GM0363");
    let next = first["@odata.nextLink"].as_str().unwrap();
    let (_, token) = next.split_once("skiptoken=").unwrap();
    let follow = |set: &str, token: &str| format!("{set}?$skiptoken={token}");
    let (status, second) = page(&app, &sees, &follow(set, token)).await;
    assert_eq!(status, 200, "{second}");
    assert_eq!(second["value"][0]["municipality_code"], "GM0402");

    let other = "/v1/odata/fact_answer_history";
    let (status, body) = page(&app, &sees, &follow(other, token)).await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (400, &json!("BAD_REQUEST"))
    );
    let own = municipality("GM0402");
    let (status, body) = page(&app, &own, &follow(set, token)).await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (410, &json!("FULL_RELOAD"))
    );
    let current = "/v1/odata/fact_submission_current";
    for (set, from, to) in [
        (set, "GM0363", "GM0000"),
        (set, "2026-11-22", "2026-11-21"),
        (current, "_history", "_current"),
    ] {
        let wrong = follow(set, &rewritten(token, from, to));
        let (status, body) = page(&app, &sees, &wrong).await;
        assert_eq!(
            (status, &body["error"]["code"]),
            (400, &json!("BAD_REQUEST")),
            "{from}: {body}"
        );
        assert!(body["value"].is_null(), "{from}");
    }
}
