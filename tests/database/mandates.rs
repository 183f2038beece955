//! What a municipality or a region may act for, as the statement that introduces it finds it.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

use crate::texts;

async fn knowing_up_to(database: &TestDatabase, number: i64) -> DatabaseConnection {
    let app = database.connect(roles::APP).await;
    let settings = format!(
        "set app.role = 'MUNICIPALITY'; set app.municipalities = ''; set app.subjects = '';
         set app.ledger_no = '{number}'; set plan_cache_mode = force_generic_plan"
    );
    app.execute_unprepared(&settings).await.unwrap();
    app
}

/// What the municipalities of these codes read, and write for, on a day.
async fn of_municipality(app: &DatabaseConnection, codes: &str, day: &str) -> String {
    let sql = format!(
        "select reads::text || ' ' || writes_for::text
         from mandate_of_municipality('{codes}', '{day}')"
    );
    texts(app, &sql).await.remove(0)
}

#[tokio::test]
async fn a_municipality_reads_its_predecessors_and_writes_while_it_exists() {
    let database = TestDatabase::with_data();
    let app = knowing_up_to(&database, i64::MAX).await;
    for (codes, day, expected) in [
        ("{GM0402}", "2026-12-01", "{GM0402} {GM0402}"),
        // Brielle, Hellevoetsluis and Westvoorne became Voorne aan Zee in 2023.
        (
            "{GM1992}",
            "2026-12-01",
            "{GM0501,GM0530,GM0614,GM1992} {GM1992}",
        ),
        ("{GM1992}", "2022-12-31", "{GM1992} {}"),
        ("{GM0501}", "2026-12-01", "{GM0501} {}"),
        // Twice the same, and one that never was.
        (
            "{GM0406,GM0402,GM0406,GM9999}",
            "2026-12-01",
            "{GM0402,GM0406} {GM0402,GM0406}",
        ),
        ("{}", "2026-12-01", "{} {}"),
    ] {
        let found = of_municipality(&app, codes, day).await;
        assert_eq!(found, expected, "{codes} on {day}");
    }
    app.close().await.unwrap();
    // At a number at which nothing is known there is nothing to act for.
    let app = knowing_up_to(&database, 0).await;
    let found = of_municipality(&app, "{GM0402}", "2026-12-01").await;
    assert_eq!(found, "{} {}");
    app.close().await.unwrap();
}

#[tokio::test]
async fn an_area_acts_for_its_members_while_it_is_registered() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.reporting_period (id, ledger_no, subject_key, key, edition,
                opens_on, deadline_on, closes_on)
             values (gen_random_uuid(), 9000, '2026-2', '2026-2', 'VOORSTEL-1', '2026-11-01',
                '2026-11-30', '2026-12-15')",
        )
        .await
        .unwrap();
    let app = knowing_up_to(&database, i64::MAX).await;
    let counts = async |area: &str, day: &str| {
        let sql = format!(
            "select concat_ws(' ', cardinality(writes_for), cardinality(submits_for),
                cardinality(subjects), subjects[1])
             from mandate_of_region('{area}', '{day}')"
        );
        texts(&app, &sql).await.remove(0)
    };
    let registered = async |from: &str| {
        let sql = format!(
            "set session_replication_role = replica;
             delete from fact.reporting_region;
             insert into fact.reporting_region (id, ledger_no, subject_key, area, valid_from)
             values (gen_random_uuid(), 9001, 'VR14', 'VR14', '{from}')"
        );
        superuser.execute_unprepared(&sql).await.unwrap();
    };
    registered("2027-01-01").await;
    assert_eq!(counts("VR14", "2026-12-01").await, "0 0 0");
    registered("2018-01-01").await;
    // Six municipalities, of which none gave a mandate, today and in the one period.
    assert_eq!(counts("VR14", "2026-12-01").await, "6 0 6 GM0376/2026-2");
    assert_eq!(counts("VR13", "2026-12-01").await, "0 0 0");
    app.close().await.unwrap();
    superuser.close().await.unwrap();
}
