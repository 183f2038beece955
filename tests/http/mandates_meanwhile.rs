//! What an actor may do is read before its write waits for the ledger: where that changed meanwhile,
//! nothing is written, and the call sent once more is judged by what holds then.

use acceptance::{
    App, Client, Instance, a_period, a_reporting_region, municipality, region, spawn_app, vng,
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

const WAITING: &str = "select count(*) from pg_stat_activity where datname = current_database()
    and usename = 'stm_app' and wait_event_type = 'Lock'";

fn document(key: &str) -> Value {
    json!({ "key": key, "kind": "STATEMENT", "titleNl": "Brief", "idempotencyKey": key })
}

/// The codes of what a region gets that registers a document on another instance, and waits for the
/// ledger behind somebody else's write.
async fn behind(
    (app, other): (&App, &Instance),
    (first, mutation, input): (&Client, &str, Value),
    key: &str,
) -> Vec<String> {
    let lock = app.database.superuser().await;
    lock.execute_unprepared("begin; select number from ledger_head for update")
        .await
        .unwrap();
    let written = first.send_mutation(mutation, "", input);
    let registered = async {
        while app.database.count(WAITING).await < 1 {}
        let gooi = other.with(&region("VR14"));
        gooi.send_mutation("registerSourceDocument", "", document(key))
            .await
    };
    let released = async {
        while app.database.count(WAITING).await < 2 {}
        lock.execute_unprepared("commit").await.unwrap();
    };
    let (written, registered, ()) = tokio::join!(written, registered, released);
    assert_eq!(written.codes(), [""; 0], "{}", written.body);
    lock.close().await.unwrap();
    registered.codes()
}

#[tokio::test]
async fn a_mandate_that_changed_while_a_write_waited_is_read_again() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let other = app.beside();
    let registered = async |key: &str| {
        let count = format!("select count(*) from fact.source_document where key = '{key}'");
        app.database.count(&count).await
    };
    // What others wrote meanwhile has nothing to do with the mandate.
    let reviewer = app.with(&vng());
    let first = (&reviewer, "registerSourceDocument", document("of-vng"));
    assert_eq!(behind((&app, &other), first, "one").await, [""; 0]);
    assert_eq!(registered("one").await, 1);
    // A member gives its region a mandate meanwhile.
    let own = app.with(&municipality("GM0402"));
    let mandate = json!({
        "municipality": "GM0402", "area": "VR14", "from": "2026-11-22", "idempotencyKey": "given",
    });
    let first = (&own, "giveSubmissionMandate", mandate);
    assert_eq!(behind((&app, &other), first, "two").await, ["UNAVAILABLE"]);
    assert_eq!(registered("two").await, 0);
    // Sent once more it is judged by what holds now.
    let gooi = app.with(&region("VR14"));
    let again = gooi
        .send_mutation("registerSourceDocument", "", document("two"))
        .await;
    assert_eq!(again.codes(), [""; 0], "{}", again.body);
    assert_eq!(registered("two").await, 1);
}
