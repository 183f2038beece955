//! Sessions of browsers behind the second wall: a browser sees its own row, whoever it is of, and
//! what has ended; the operator ends all and reads none.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// The rows of two browsers that go on, and of one whose session has ended.
async fn fill(database: &TestDatabase) {
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "insert into work.browser_session (id, sealed_token, expires_at) values
                (repeat('a', 64), decode(repeat('00', 29), 'hex'), '2026-11-22T13:00:00Z'),
                (repeat('b', 64), decode(repeat('00', 29), 'hex'), '2026-11-22T13:00:00Z'),
                (repeat('c', 64), decode(repeat('00', 29), 'hex'), '2026-11-22T11:00:00Z');
             insert into work.sign_in (id, issuer, return_to, expires_at)
             select id, 'https://login.example.nl', '/werkplek', expires_at
             from work.browser_session",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

const BROWSER: &str =
    "set app.browser = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
     set app.instant = '2026-11-22T12:00:00Z'";
const NOBODY: &str = "set app.browser = ''; set app.instant = ''; set app.role = 'MINISTRY'";

#[tokio::test]
async fn a_browser_sees_its_own_session_and_no_other() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    for table in ["work.browser_session", "work.sign_in"] {
        let app = database.connect(roles::APP).await;
        let all = format!("select left(id, 1) from {table} order by 1");
        app.execute_unprepared(NOBODY).await.unwrap();
        assert_eq!(texts(&app, &all).await, [""; 0], "{table}");
        let removed = app
            .execute_unprepared(&format!("delete from {table}"))
            .await;
        assert_eq!(removed.unwrap().rows_affected(), 0);
        app.execute_unprepared(BROWSER).await.unwrap();
        assert_eq!(texts(&app, &all).await, ["a", "c"], "{table}");
        for changed in ["id = id", "expires_at = expires_at"] {
            let refused = app
                .execute_unprepared(&format!("update {table} set {changed}"))
                .await;
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains("permission denied"), "{refused}");
        }
        let removed = app
            .execute_unprepared(&format!("delete from {table}"))
            .await;
        assert_eq!(
            removed.unwrap().rows_affected(),
            2,
            "its own, and what has ended"
        );
        app.close().await.unwrap();
    }
}

#[tokio::test]
async fn nobody_plants_a_session_for_another_browser() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared(BROWSER).await.unwrap();
    let planted = |letter: &str| {
        format!(
            "insert into work.browser_session (id, sealed_token, expires_at) values
             (repeat('{letter}', 64), decode(repeat('00', 29), 'hex'), '2026-11-22T13:00:00Z')"
        )
    };
    let refused = app
        .execute_unprepared(&planted("b"))
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("row-level security"), "{refused}");
    app.execute_unprepared(&planted("a")).await.unwrap();
    for place in ["https://evil.example", "/v1/graphql", "/werkplekken", ""] {
        let refused = app
            .execute_unprepared(&format!(
                "insert into work.sign_in (id, issuer, return_to, expires_at) values
                 (repeat('a', 64), 'x', '{place}', '2026-11-22T13:00:00Z')"
            ))
            .await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("check constraint"), "{place}: {refused}");
    }
    app.close().await.unwrap();
}

#[tokio::test]
async fn the_operator_ends_all_and_reads_none() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    let owner = database.connect(roles::OWNER).await;
    let all = "select id from work.browser_session";
    assert_eq!(texts(&owner, all).await, [""; 0]);
    assert_eq!(sessions::end_all_sessions(&owner).await.unwrap(), 3);
    owner.close().await.unwrap();
    let left = "select count(*) from work.browser_session, work.sign_in";
    assert_eq!(database.count(left).await, 0);
}
