//! How a session begins: on a connection that lives, reading alone where it reads, and planned for
//! the statements that it sends.

use acceptance::TestDatabase;
use database::{Database, RequestedMoment, Session, roles};
use domain::{actor::Actor, clock::Clock};
use sea_orm::FromQueryResult;

async fn connect(database: &TestDatabase, connections: u32) -> Database {
    Database::connect(&database.url(roles::APP), connections, Clock::system())
        .await
        .unwrap()
}

async fn read(db: &Database) -> Session {
    let public = Actor::public();
    db.read(&public, RequestedMoment::HEAD).await.unwrap()
}

/// A connection that was used a moment ago is not tested before its next use, and one that was
/// ended meanwhile reaches nobody all the same.
#[tokio::test]
async fn a_connection_that_ended_a_moment_ago_reaches_nobody() {
    let database = TestDatabase::with_data();
    let db = connect(&database, 4).await;
    let head = database.count("select number from ledger_head").await;
    for _ in 0..3 {
        let (one, another) = (read(&db).await, read(&db).await);
        one.close().await.unwrap();
        another.close().await.unwrap();
        let ended = database.count(
            "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
             where datname = current_database() and usename = 'stm_app'",
        );
        // One whose rollback is still on its way may have been joined by another.
        assert!(ended.await >= 2);
        let (one, another) = (read(&db).await, read(&db).await);
        assert_eq!((one.moment().head, another.moment().head), (head, head));
        one.close().await.unwrap();
        another.close().await.unwrap();
    }
}

#[tokio::test]
async fn what_reads_cannot_write_and_what_writes_can() {
    let database = TestDatabase::with_data();
    let db = connect(&database, 2).await;
    let lock = "select from ledger_head for update";
    let session = read(&db).await;
    let refused = session.change("locking", lock, []).await.unwrap_err();
    assert_eq!(refused.sqlstate().as_deref(), Some("25006"));
    session.close().await.unwrap();
    let session = db.write(&Actor::system()).await.unwrap();
    assert_eq!(session.change("locking", lock, []).await.unwrap(), 1);
    session.close().await.unwrap();
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct Settings {
    plans: String,
    reads_only: String,
    ledger: String,
}

/// The settings that the statements of a session are planned by.
async fn settings(session: &Session) -> Settings {
    let found = session.row(
        "reading settings",
        "select current_setting('plan_cache_mode') as plans,
            current_setting('transaction_read_only') as reads_only,
            current_setting('app.ledger_no') as ledger",
        [],
    );
    found.await.unwrap().unwrap()
}

#[tokio::test]
async fn our_statements_are_planned_once_and_those_of_clients_by_their_values() {
    let database = TestDatabase::with_data();
    let db = connect(&database, 1).await;
    let head = database.count("select number from ledger_head").await;
    let of = |plans: &str, ledger: i64| Settings {
        plans: plans.to_owned(),
        reads_only: "on".to_owned(),
        ledger: ledger.to_string(),
    };
    // One connection, so each begins where the one before ended.
    for (db, plans) in [
        (db.clone(), "force_generic_plan"),
        (db.planning_by_values(), "auto"),
        (db.clone(), "force_generic_plan"),
    ] {
        let session = read(&db).await;
        assert_eq!(settings(&session).await, of(plans, head));
        assert_eq!(session.statements(), 2);
        session.close().await.unwrap();
    }
}

/// Postgres answers the commit of a transaction that has failed as though it kept it.
#[tokio::test]
async fn what_failed_is_not_kept_and_whoever_keeps_it_is_told() {
    let database = TestDatabase::with_data();
    let db = connect(&database, 2).await;
    let session = db.write(&Actor::system()).await.unwrap();
    let failed = session.change("failing", "select 1 / 0", []).await;
    assert_eq!(failed.unwrap_err().sqlstate().as_deref(), Some("22012"));
    // Whoever goes on is refused, and whoever commits without a look at that as well.
    let lock = "select from ledger_head for update";
    let refused = session.change("locking", lock, []).await.unwrap_err();
    assert!(refused.is_consequence());
    let refused = session.commit().await.unwrap_err();
    assert!(refused.is_not_kept() && !refused.is_unavailable());
    // One that did not fail is kept as ever.
    let session = db.write(&Actor::system()).await.unwrap();
    session.change("locking", lock, []).await.unwrap();
    session.commit().await.unwrap();
}
