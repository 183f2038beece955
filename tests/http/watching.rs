//! What an operator watches at `/metrics`: in base units, by rule, and of the process itself.

use acceptance::{Client, municipality, spawn_app};
use reqwest::Method;

use crate::kept::metric;

/// The number of a metric with labels; 0 where there is no such line.
async fn labelled(client: &Client, line: &str) -> u64 {
    let text = client.get("/metrics").await.body;
    let found = text.lines().find_map(|shown| shown.strip_prefix(line));
    found.map_or(0, |number| number.trim().parse().unwrap())
}

#[tokio::test]
async fn a_refusal_is_counted_by_its_rule() {
    let app = spawn_app();
    let client = app.public();
    let counted =
        async || labelled(&client, "stm_refusals_total{rule=\"AUTHORIZATION_SCHEME\"}").await;
    assert_eq!(counted().await, 0);
    let url = format!("{}/v1/graphql?query=%7Bviewer%7Brole%7D%7D", app.address());
    for expected in [1, 2] {
        let refused = acceptance::http()
            .request(Method::GET, &url)
            .header("authorization", "Basic aHVzaDpodXNo")
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), 401);
        assert_eq!(counted().await, expected);
    }
    // What is allowed is counted nowhere, and nobody is named.
    let own = app.with(&municipality("GM0402"));
    let _ = own.ask("{ viewer { role } }").await.data();
    assert_eq!(counted().await, 2);
    let text = client.get("/metrics").await.body;
    assert!(!text.contains("GM0402") && !text.contains("aHVzaDpodXNo"));
}

#[tokio::test]
async fn the_instance_tells_its_state() {
    let app = spawn_app();
    let client = app.public();
    // The listener connects beside the service.
    while metric(&client, "stm_listener_connected ").await == 0 {}
    let counted = "{ municipalities(first: 1) { totalCount } }";
    let _ = client.ask(counted).await.data();
    assert!(metric(&client, "stm_ledger_number ").await > 0);
    assert_eq!(metric(&client, "stm_admission_waiting ").await, 0);
    assert_eq!(metric(&client, "stm_admission_timeouts_total ").await, 0);
    assert!(metric(&client, "stm_admissions_total ").await > 0);
    assert!(metric(&client, "stm_snapshots ").await > 0);
    assert!(metric(&client, "stm_snapshot_rows ").await > 0);
    assert_eq!(metric(&client, "stm_database_out_of_room ").await, 0);
    assert!(metric(&client, "process_resident_memory_bytes ").await > 1_000_000);
    // Neither an anchor is logged nor an embargo looked at by what a test starts.
    assert_eq!(
        metric(&client, "stm_ledger_anchor_timestamp_seconds ").await,
        0
    );
    assert_eq!(
        metric(&client, "stm_embargo_look_timestamp_seconds ").await,
        0
    );
    assert_eq!(
        metric(&client, "stm_embargo_next_timestamp_seconds ").await,
        0
    );
    let delivered = "stm_digests_total{outcome=\"delivered\"}";
    assert_eq!(labelled(&client, delivered).await, 0);
}

#[tokio::test]
async fn every_family_has_a_help_and_a_type_and_is_named_by_convention() {
    let app = spawn_app();
    let text = app.public().get("/metrics").await.body;
    let families: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .filter_map(|line| line.split_once(' '))
        .collect();
    assert!(families.len() > 30, "{text}");
    for (name, kind) in families {
        assert!(text.contains(&format!("# HELP {name} ")), "{name}");
        assert_eq!(kind == "counter", name.ends_with("_total"), "{name}");
        assert!(!name.contains("milliseconds"), "{name}");
    }
}
