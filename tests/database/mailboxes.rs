//! Functional mailboxes behind the second wall: each organisation its own, and the service itself
//! what it sends.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// A mailbox of Hilversum and one of Huizen, each with a digest that waits.
async fn fill(database: &TestDatabase) {
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "insert into work.functional_mailbox (role, organisation, address, registered_at)
             values ('MUNICIPALITY', 'GM0402', 'info@hilversum.nl', '2026-11-22'),
                ('MUNICIPALITY', 'GM0406+GM0417', 'info@huizen.nl', '2026-11-22');
             insert into work.digest (role, organisation, day, state, message_id, made_at, subject,
                body, tries, next_try_at)
             select role, organisation, '2026-11-22', 'WAITING', '<x@y>', '2026-11-22', 'x', 'y', 0,
                '2026-11-22'
             from work.functional_mailbox",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
}

const HILVERSUM: &str = "set app.role = 'MUNICIPALITY'; set app.organisation = 'GM0402'";
const LAREN: &str = "set app.role = 'MUNICIPALITY'; set app.organisation = 'GM0417'";
const IMPOSTOR: &str = "set app.role = 'PARTNER'; set app.organisation = 'GM0402'";
const VNG: &str = "set app.role = 'VNG'; set app.organisation = 'VNG'";
const SERVICE: &str = "set app.role = 'SYSTEM'; set app.organisation = ''";
const NOBODY: &str = "set app.role = ''; set app.organisation = ''";

#[tokio::test]
async fn a_mailbox_is_read_by_its_own_organisation_and_by_the_service() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    let (of_hilversum, of_huizen) = ("GM0402", "GM0406+GM0417");
    for (actor, expected) in [
        (HILVERSUM, vec![of_hilversum]),
        (LAREN, vec![of_huizen]),
        (IMPOSTOR, vec![]),
        (VNG, vec![]),
        (SERVICE, vec![of_hilversum, of_huizen]),
        (NOBODY, vec![]),
    ] {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(actor).await.unwrap();
        for table in ["work.functional_mailbox", "work.digest"] {
            let sql = format!("select organisation from {table} order by 1");
            assert_eq!(texts(&app, &sql).await, expected, "{actor} {table}");
        }
        app.close().await.unwrap();
    }
}

#[tokio::test]
async fn nobody_registers_for_another_or_writes_what_is_sent() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    let register = "insert into work.functional_mailbox values ('MUNICIPALITY', 'GM0363',
        'info@amsterdam.nl', now())";
    let plant = "insert into work.digest (role, organisation, day, state, message_id, made_at,
        tries, settled_at) values ('MUNICIPALITY', 'GM0402', '2026-11-23', 'NOTHING_OPEN', '<x@y>',
        now(), 0, now())";
    for (actor, may_send) in [
        (HILVERSUM, false),
        (IMPOSTOR, false),
        (VNG, false),
        (SERVICE, true),
        (NOBODY, false),
    ] {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(actor).await.unwrap();
        let refused = app.execute_unprepared(register).await.unwrap_err();
        let refused = refused.to_string();
        assert!(refused.contains("row-level security"), "{actor}: {refused}");
        match app.execute_unprepared(plant).await {
            Ok(_) => assert!(may_send, "{actor}"),
            Err(error) => {
                let error = error.to_string();
                assert!(!may_send && error.contains("row-level security"), "{error}");
            }
        }
        app.close().await.unwrap();
    }
    // Who withdraws takes back what waits, and changes nothing else of it.
    let app = database.connect(roles::APP).await;
    app.execute_unprepared(HILVERSUM).await.unwrap();
    let rewritten = "update work.digest set body = 'z' where state = 'WAITING'";
    let refused = app.execute_unprepared(rewritten).await.unwrap_err();
    assert!(refused.to_string().contains("row-level security"));
    let taken_back = "update work.digest set state = 'WITHDRAWN', subject = null, body = null,
        next_try_at = null, settled_at = now() where state = 'WAITING'";
    let changed = app.execute_unprepared(taken_back).await.unwrap();
    assert_eq!(changed.rows_affected(), 1);
    let removed = app
        .execute_unprepared("delete from work.functional_mailbox")
        .await
        .unwrap();
    assert_eq!(removed.rows_affected(), 1);
    let readdressed = "update work.functional_mailbox set organisation = 'GM0402'";
    let refused = app.execute_unprepared(readdressed).await.unwrap_err();
    assert!(refused.to_string().contains("permission denied"));
    app.close().await.unwrap();
}
