//! The secret by which it is chosen what is withheld: the application reads the order that follows
//! from it, those who prepare publications alone, and never the secret.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// The order of 25 areas in a period, as somebody reads it.
fn order(of: &str) -> String {
    format!(
        "select unnest(withholding_order('{of}', array(
            select 'VR' || lpad(n::text, 2, '0') from generate_series(1, 25) n)))"
    )
}

#[tokio::test]
async fn an_order_is_that_of_a_period_and_of_those_who_prepare() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    let mut orders = Vec::new();
    for (role, does) in [
        ("MINISTRY", true),
        ("VNG", true),
        ("SYSTEM", true),
        ("MUNICIPALITY", false),
        ("REGION", false),
        ("PARTNER", false),
        ("PUBLIC", false),
        ("", false),
    ] {
        app.execute_unprepared(&format!("set app.role = '{role}'"))
            .await
            .unwrap();
        let found = texts(&app, &order("2026-2")).await;
        assert_eq!(found.len(), if does { 25 } else { 0 }, "{role}");
        if does {
            orders.push(found);
        }
    }
    assert!(orders.iter().all(|one| *one == orders[0]));
    app.execute_unprepared("set app.role = 'MINISTRY'")
        .await
        .unwrap();
    assert_ne!(texts(&app, &order("2027-1")).await, orders[0]);
    let mut sorted = orders[0].clone();
    sorted.sort();
    assert_ne!(sorted, orders[0], "it is not that of the codes");
    app.close().await.unwrap();
}

#[tokio::test]
async fn the_secret_is_read_by_the_auditor_who_makes_backups_and_changed_by_nobody() {
    let database = TestDatabase::with_data();
    let auditor = database.connect(roles::AUDITOR).await;
    let secret = "select encode(secret, 'hex') from work.withholding_key";
    let before = texts(&auditor, secret).await;
    assert_eq!(before.len(), 1);
    assert_eq!(before[0].len(), 64);
    let app = database.connect(roles::APP).await;
    app.execute_unprepared("set app.role = 'SYSTEM'")
        .await
        .unwrap();
    for forbidden in [
        secret,
        "update work.withholding_key set secret = decode(repeat('00', 32), 'hex')",
        "delete from work.withholding_key",
        "insert into work.withholding_key (secret) values (decode(repeat('00', 32), 'hex'))",
    ] {
        let error = app.execute_unprepared(forbidden).await.unwrap_err();
        assert!(
            error.to_string().contains("permission denied"),
            "{forbidden}: {error}"
        );
    }
    app.close().await.unwrap();
    assert_eq!(texts(&auditor, secret).await, before);
    auditor.close().await.unwrap();
}
