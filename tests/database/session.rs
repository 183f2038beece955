//! How a session begins: on a connection that lives, reading alone where it reads, and planned for
//! the statements that it sends.

use acceptance::{TestDatabase, noon};
use database::{Database, DbError, RequestedMoment, Session, roles};
use domain::{
    actor::{Actor, PartnerKey, Role},
    clock::Clock,
    territory::{AreaCode, MunicipalityCode},
};
use sea_orm::{ConnectionTrait as _, FromQueryResult};

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
async fn what_failed_is_not_kept_and_whoever_keeps_it_is_refused() {
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

const OF_APP: &str = "from pg_stat_activity
    where datname = current_database() and usename = 'stm_app'";

/// How many transactions of the service are open.
async fn open_transactions(database: &TestDatabase) -> i64 {
    let open = format!("select count(*) {OF_APP} and xact_start is not null");
    database.count(&open).await
}

async fn read_when_needed(db: &Database, actor: &Actor) -> Session {
    let requested = RequestedMoment::HEAD;
    db.read_when_needed(actor, requested).await.unwrap()
}

#[tokio::test]
async fn a_transaction_begins_with_the_first_statement() {
    let database = TestDatabase::with_data();
    let db = connect(&database, 1).await;
    let head = database.count("select number from ledger_head").await;
    let session = read_when_needed(&db, &Actor::public()).await;
    assert_eq!((session.moment().head, session.statements()), (head, 1));
    assert_eq!(open_transactions(&database).await, 0);
    let expected = Settings {
        plans: "force_generic_plan".to_owned(),
        reads_only: "on".to_owned(),
        ledger: head.to_string(),
    };
    assert_eq!(settings(&session).await, expected);
    assert_eq!(session.statements(), 2);
    assert_eq!(open_transactions(&database).await, 1);
    let lock = "select from ledger_head for update";
    let refused = session.change("locking", lock, []).await.unwrap_err();
    assert_eq!(refused.sqlstate().as_deref(), Some("25006"));
    session.close().await.unwrap();

    // A connection that ended meanwhile reaches nobody: neither of the head nor of the transaction.
    let session = read_when_needed(&db, &Actor::public()).await;
    let end = format!("select count(pg_terminate_backend(pid, 10000)) {OF_APP}");
    assert!(database.count(&end).await > 0);
    assert_eq!(settings(&session).await, expected);
    session.close().await.unwrap();
    let session = read_when_needed(&db, &Actor::public()).await;
    assert_eq!(settings(&session).await, expected);
    session.close().await.unwrap();
}

#[derive(Debug, PartialEq, FromQueryResult)]
struct OfWall {
    settings: String,
}

/// Whatever row-level security reads of a transaction.
async fn of_wall(session: &Session) -> String {
    let found: Option<OfWall> = session
        .row(
            "reading settings",
            "select string_agg(name || '=' || coalesce(current_setting('app.' || name, true), '-'),
                ' ' order by name) as settings
             from unnest(array['role', 'subject', 'former_subject', 'day', 'present_day', 'instant',
                'ledger_no', 'municipalities', 'subjects', 'writes_for', 'purpose', 'partner',
                'area']) name",
            [],
        )
        .await
        .unwrap();
    found.unwrap().settings
}

fn roles_with_something_of_their_own() -> [Role; 6] {
    let code = |code| MunicipalityCode::parse(code).unwrap();
    [
        Role::Public,
        Role::Ministry,
        Role::Vng,
        Role::Partner(PartnerKey::parse("comensha").unwrap()),
        Role::Municipality(vec![code("GM0402"), code("GM0394")]),
        Role::Region(AreaCode::parse("VR14").unwrap()),
    ]
}

/// Row-level security is told the same by both, so what is read is the same.
#[tokio::test]
async fn a_transaction_that_begins_late_has_the_settings_of_one_that_begins_at_once() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.reporting_region (id, ledger_no, subject_key, valid_from, area)
             values (gen_random_uuid(), 1, 'VR14', '2026-01-01', 'VR14')",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let url = database.url(roles::APP);
    let db = Database::connect(&url, 2, Clock::settable(noon()))
        .await
        .unwrap();
    for role in roles_with_something_of_their_own() {
        let name = role.kind().code();
        let actor = Actor {
            role,
            pseudonym: Some("one".to_owned()),
            former_pseudonym: Some("before".to_owned()),
        };
        let at_once = db.read(&actor, RequestedMoment::HEAD).await.unwrap();
        let expected = (of_wall(&at_once).await, at_once.mandate().clone());
        let moment = at_once.moment();
        at_once.close().await.unwrap();
        let late = read_when_needed(&db, &actor).await;
        assert_eq!((late.moment(), late.statements()), (moment, 1), "{name}");
        assert_eq!((of_wall(&late).await, late.mandate().clone()), expected);
        // Another person with the same role.
        let other = Actor {
            pseudonym: Some("two".to_owned()),
            ..actor
        };
        let late_too = read_when_needed(&db, &other).await;
        assert_eq!(late_too.mandate().actor, other);
        late.close().await.unwrap();
        let of_other = of_wall(&late_too).await;
        assert_eq!(of_other, expected.0.replace("subject=one", "subject=two"));
        late_too.close().await.unwrap();
    }
}

/// A change of working rows appends nothing, so what its transaction found is good for what is told
/// of it: no transaction is begun before a statement is to be sent.
#[tokio::test]
async fn after_a_change_of_working_rows_is_read_on_at_its_moment() {
    let database = TestDatabase::with_data();
    let db = connect(&database, 1).await;
    let session = db.write(&Actor::system()).await.unwrap();
    let (moment, mandate) = (session.moment(), session.mandate().clone());
    let session = session.commit_to_read(&db).await.unwrap();
    assert_eq!((session.moment(), session.statements()), (moment, 0));
    assert_eq!(*session.mandate(), mandate);
    assert_eq!(open_transactions(&database).await, 0);
    let expected = Settings {
        plans: "force_generic_plan".to_owned(),
        reads_only: "on".to_owned(),
        ledger: moment.head.to_string(),
    };
    assert_eq!(settings(&session).await, expected);
    assert_eq!(session.statements(), 1);
    assert_eq!(open_transactions(&database).await, 1);
    session.close().await.unwrap();
}

/// A value comes from whoever asks, and stands in no log.
#[tokio::test]
async fn what_postgres_says_of_a_value_is_not_logged() {
    let database = TestDatabase::with_data();
    let pool = database.connect(roles::APP).await;
    let refused = async |sql: &str| {
        let error = pool.execute_unprepared(sql).await.unwrap_err();
        DbError::doing("trying")(error).logged()
    };
    assert_eq!(
        refused("select 'hush'::integer").await,
        "the database failed while trying: SQLSTATE 22P02"
    );
    let of_name = refused("select 1 from nowhere").await;
    assert!(
        of_name.contains("relation \"nowhere\" does not exist"),
        "{of_name}"
    );
}
