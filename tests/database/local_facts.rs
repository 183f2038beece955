//! The second wall before what municipalities, regions and VNG record of the local approach, in SQL
//! alone: each its own, and nobody else's in the place of it.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

/// The settings of an actor, as the service tells them.
const ACTORS: [(&str, &str); 9] = [
    ("nobody", "set app.role = ''"),
    ("public", "set app.role = 'PUBLIC'"),
    (
        "partner",
        "set app.role = 'PARTNER'; set app.partner = 'fairwork'",
    ),
    (
        "named",
        "set app.role = 'PARTNER'; set app.partner = 'comensha'",
    ),
    (
        "hilversum",
        "set app.role = 'MUNICIPALITY'; set app.writes_for = 'GM0402'",
    ),
    (
        "gooi",
        "set app.role = 'REGION'; set app.writes_for = 'GM0402,GM0376'; set app.area = 'VR14'",
    ),
    ("unregistered", "set app.role = 'REGION'"),
    ("vng", "set app.role = 'VNG'"),
    ("ministry", "set app.role = 'MINISTRY'"),
];

/// Whether the wall lets a row in; what else a row must say comes after the wall.
async fn lets_in(app: &DatabaseConnection, insert: &str) -> bool {
    app.execute_unprepared("begin").await.unwrap();
    let done = app.execute_unprepared(insert).await;
    app.execute_unprepared("rollback").await.unwrap();
    match done {
        Ok(_) => true,
        Err(error) => {
            let error = error.to_string();
            assert!(error.contains("row-level security"), "{insert}: {error}");
            false
        }
    }
}

async fn whom(app: &DatabaseConnection, insert: &str) -> Vec<&'static str> {
    let mut let_in = Vec::new();
    for (name, settings) in ACTORS {
        app.execute_unprepared(
            "set app.writes_for = ''; set app.area = ''; set app.partner = ''; set app.day = \
             '2026-11-22';
             set app.ledger_no = '9223372036854775807'",
        )
        .await
        .unwrap();
        app.execute_unprepared(settings).await.unwrap();
        if lets_in(app, insert).await {
            let_in.push(name);
        }
    }
    let_in
}

const LOCAL: [&str; 3] = ["hilversum", "gooi", "vng"];

#[tokio::test]
async fn each_records_its_own_adoption_and_replaces_its_own() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    let adoption = |municipality: &str, corrects: &str| {
        format!(
            "insert into fact.policy_adoption (id, ledger_no, subject_key, corrects, policy,
             municipality)
             values (gen_random_uuid(), 1, 'x', {corrects}, 'x', {municipality})"
        )
    };
    assert_eq!(whom(&app, &adoption("'GM0402'", "null")).await, LOCAL);
    assert_eq!(
        whom(&app, &adoption("'GM0376'", "null")).await,
        ["gooi", "vng"]
    );
    assert_eq!(whom(&app, &adoption("'GM0363'", "null")).await, ["vng"]);
    assert_eq!(whom(&app, &adoption("null", "null")).await, ["vng"]);
    // In the place of De Bilt's: not even as one's own.
    let others = "(select id from fact.policy_adoption where municipality = 'GM0310')";
    let replacing = adoption("'GM0402'", others).replace("'x', (", "'de-bilt-2024/GM0310', (");
    assert_eq!(whom(&app, &replacing).await, ["vng"]);
    app.close().await.unwrap();
}

#[tokio::test]
async fn each_records_its_own_policy() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    let policy = |municipality: &str, area: &str| {
        format!(
            "insert into fact.policy_document (id, ledger_no, subject_key, key, title_nl, level,
             municipality, area)
             values (gen_random_uuid(), 1, 'x', 'x', 'x', 'JOINT', {municipality}, {area})"
        )
    };
    assert_eq!(whom(&app, &policy("'GM0402'", "null")).await, LOCAL);
    assert_eq!(whom(&app, &policy("null", "'VR14'")).await, ["gooi", "vng"]);
    assert_eq!(whom(&app, &policy("null", "'VR13'")).await, ["vng"]);
    assert_eq!(whom(&app, &policy("null", "null")).await, ["vng"]);
    app.close().await.unwrap();
}

#[tokio::test]
async fn each_declares_its_own_state_and_only_a_municipality_that_it_has_none() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    let word = |state: &str| {
        format!(
            "insert into fact.policy_declaration (id, ledger_no, subject_key, valid_from,
             municipality, state)
             values (gen_random_uuid(), 1, 'GM0402', '2026-11-22', 'GM0402', '{state}')"
        )
    };
    assert_eq!(whom(&app, &word("IN_DEVELOPMENT")).await, LOCAL);
    assert_eq!(whom(&app, &word("NONE_DECLARED")).await, ["hilversum"]);
    app.close().await.unwrap();
}

#[tokio::test]
async fn each_assigns_its_own_functions_and_so_does_the_partner_that_vng_named_today() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.function_registrar (id, ledger_no, subject_key, valid_from, \
             valid_to, partner) values
                (gen_random_uuid(), 1, 'comensha', '2026-01-01', '2026-11-23', 'comensha'),
                (gen_random_uuid(), 1, 'fairwork', '2026-01-01', '2026-11-22', 'fairwork')",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let app = database.connect(roles::APP).await;
    let assignment = |municipality: &str, area: &str| {
        format!(
            "insert into fact.function_assignment (id, ledger_no, subject_key, key, role,
                municipality, area,
                organisation_nl, trained, enough_time, text_nl)
             values (gen_random_uuid(), 1, 'x', 'x', 'DESIGNATED_OFFICER', {municipality}, {area},
             'x', 'YES', 'NO', 'x')"
        )
    };
    let and_named = ["named", "hilversum", "gooi", "vng"];
    assert_eq!(whom(&app, &assignment("'GM0402'", "null")).await, and_named);
    assert_eq!(
        whom(&app, &assignment("'GM0363'", "null")).await,
        ["named", "vng"]
    );
    assert_eq!(
        whom(&app, &assignment("null", "'VR14'")).await,
        ["named", "gooi", "vng"]
    );
    app.close().await.unwrap();
}

#[tokio::test]
async fn a_source_is_registered_by_many_and_changed_by_the_ministry_alone() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    let source = |corrects: &str, key: &str| {
        format!(
            "insert into fact.source_document (id, ledger_no, subject_key, corrects, key, kind,
             title_nl, title_en, date_text)
             values (gen_random_uuid(), 1, '{key}', {corrects}, '{key}', 'PLAN', 'x', 'x', 'x')"
        )
    };
    let signed_in = [
        "partner",
        "named",
        "hilversum",
        "gooi",
        "unregistered",
        "vng",
        "ministry",
    ];
    assert_eq!(whom(&app, &source("null", "x")).await, signed_in);
    let known = "(select id from fact.source_document where key = 'monitoring-2025')";
    assert_eq!(
        whom(&app, &source(known, "monitoring-2025")).await,
        ["ministry"]
    );
    app.close().await.unwrap();
}
