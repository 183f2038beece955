//! Feed keys behind the second wall: who lists them reads no secret, who oversees them plants none.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

const ONE: &str = "000000000001";
const OTHER: &str = "000000000002";

/// A key of Hilversum and one of Huizen, each with its secret.
async fn fill(database: &TestDatabase) {
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(&format!(
            "insert into work.feed_key (id, role, organisation, label, tables, created_at,
             expires_on)
             values ('{ONE}', 'MUNICIPALITY', 'GM0402', 'x', '{{dim_action}}', '2026-11-22',
             '2027-11-22'),
                ('{OTHER}', 'MUNICIPALITY', 'GM0406', 'x', '{{dim_action}}', '2026-11-22',
                '2027-11-22');
             insert into work.feed_key_secret (id, secret_hash) select id, decode(repeat('00',
             32), 'hex') from work.feed_key"
        ))
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

const HILVERSUM: &str = "set app.role = 'MUNICIPALITY'; set app.organisation = 'GM0402'";
const VNG: &str = "set app.role = 'VNG'; set app.organisation = 'VNG'";
const MINISTRY: &str = "set app.role = 'MINISTRY'; set app.organisation = 'MINISTRY'";
const PROGRAM: &str = "set app.role = 'PUBLIC'; set app.feed_key = '000000000002'";
const NOBODY: &str = "set app.role = ''";

#[tokio::test]
async fn keys_are_listed_without_their_secrets() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    for (actor, keys, secrets) in [
        (HILVERSUM, vec![ONE], vec![]),
        (VNG, vec![ONE, OTHER], vec![]),
        (MINISTRY, vec![ONE, OTHER], vec![]),
        (PROGRAM, vec![OTHER], vec![OTHER]),
        (NOBODY, vec![], vec![]),
    ] {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(actor).await.unwrap();
        let found = texts(&app, "select id from work.feed_key order by 1").await;
        assert_eq!(found, keys, "{actor}");
        let found = texts(&app, "select id from work.feed_key_secret order by 1").await;
        assert_eq!(found, secrets, "{actor}");
        app.close().await.unwrap();
    }
    let auditor = database.connect(roles::AUDITOR).await;
    let found = texts(&auditor, "select id from work.feed_key_secret order by 1").await;
    assert_eq!(found, [ONE, OTHER]);
    auditor.close().await.unwrap();
}

#[tokio::test]
async fn nobody_gives_another_a_secret() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    let planted = format!(
        "set app.feed_key = '{OTHER}'; update work.feed_key_secret set secret_hash = \
            decode(repeat('ff', 32), 'hex')"
    );
    let added = "insert into work.feed_key_secret (id, secret_hash) values ('000000000003', \
        decode(repeat('ff', 32), 'hex'))";
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "insert into work.feed_key (id, role, organisation, label, tables, created_at,
             expires_on)
             values ('000000000003', 'MUNICIPALITY', 'GM0406', 'x', '{dim_action}', '2026-11-22',
             '2027-11-22')",
        )
        .await
        .unwrap();
    for actor in [HILVERSUM, VNG, MINISTRY, PROGRAM, NOBODY] {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(actor).await.unwrap();
        // Hilversum has a row that it may change, under the name of its own key; the others have
        // none.
        match app.execute_unprepared(&planted).await {
            Ok(_) => assert_ne!(actor, HILVERSUM),
            Err(error) => {
                assert_eq!(actor, HILVERSUM);
                assert!(error.to_string().contains("row-level security"), "{error}");
            }
        }
        let refused = app.execute_unprepared(added).await.unwrap_err().to_string();
        assert!(refused.contains("row-level security"), "{actor}: {refused}");
        for column in ["tables", "organisation", "expires_on", "role"] {
            let changed = format!("update work.feed_key set {column} = {column}");
            let refused = app
                .execute_unprepared(&changed)
                .await
                .unwrap_err()
                .to_string();
            assert!(
                refused.contains("permission denied"),
                "{actor} {column}: {refused}"
            );
        }
        for removed in [
            "delete from work.feed_key",
            "delete from work.feed_key_secret",
        ] {
            let refused = app
                .execute_unprepared(removed)
                .await
                .unwrap_err()
                .to_string();
            assert!(refused.contains("permission denied"), "{actor}: {refused}");
        }
        app.close().await.unwrap();
    }
    let changed =
        "select id from work.feed_key_secret where secret_hash <> decode(repeat('00', 32), 'hex')";
    assert_eq!(texts(&superuser, changed).await, [""; 0]);
    // Its own organisation does, for the one key that it means.
    let app = database.connect(roles::APP).await;
    app.execute_unprepared(HILVERSUM).await.unwrap();
    let own = planted.replace(OTHER, ONE);
    app.execute_unprepared(&own).await.unwrap();
    assert_eq!(texts(&superuser, changed).await, [ONE]);
    app.close().await.unwrap();
    superuser.close().await.unwrap();
}
