//! The second wall before what a region handed in, in SQL alone: a municipality is told how many,
//! and reads the state of no neighbour.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// Of the six municipalities of VR14 Hilversum (GM0402) and Huizen (GM0406) handed in on time;
/// Laren (GM0417) handed in late; Blaricum (GM0376) withdrew what it had handed in. In VR13
/// Amsterdam (GM0363) handed in on time.
const FILL: &str = "
    set session_replication_role = replica;
    insert into fact.reporting_period (id, ledger_no, subject_key, key, edition, opens_on, \
    deadline_on, closes_on)
    values (gen_random_uuid(), 9000, '2026-2', '2026-2', 'VOORSTEL-1', '2026-11-01', '2026-11-30', \
    '2026-12-15');
    insert into fact.assessment_version (id, ledger_no, subject_key, municipality, period, number, \
    edition, submitted_at, on_time,
        approved_by_function, approved_on, content_hash)
    select gen_random_uuid(), 9001, m || '/2026-2', m, '2026-2', 1, 'VOORSTEL-1',
        case when timely then timestamptz '2026-11-22' else '2026-12-01 12:00+01' end,
        timely, 'x', '2026-11-20', 'x'
    from (values ('GM0402', true), ('GM0406', true), ('GM0417', false), ('GM0376', true), \
    ('GM0363', true)) v (m, timely);
    insert into fact.assessment_withdrawal (id, ledger_no, subject_key, municipality, period, \
    version, withdrawn_at, reason_text)
    values (gen_random_uuid(), 9002, 'GM0376/2026-2', 'GM0376', '2026-2', 1, '2026-11-22', \
    gen_random_uuid())";

const MOMENT: &str = "set app.ledger_no = '9002'; set app.instant = '2026-11-22T12:00:00Z';";
const COUNTS: &str =
    "select concat_ws(' ', area, cardinality(members), withheld, on_time, late, missing, exempt) as told
    from region_submissions('2026-2')";
const HILVERSUM: &str = "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402'";

/// What an actor is told under these settings.
async fn observed(database: &TestDatabase, actor: &str, sql: &str) -> String {
    let app = database.connect(roles::APP).await;
    app.execute_unprepared(&format!("{MOMENT} {actor}"))
        .await
        .unwrap();
    let shown = texts(&app, sql).await.join(", ");
    app.close().await.unwrap();
    shown
}

async fn as_superuser(database: &TestDatabase, sql: &str) {
    let superuser = database.superuser().await;
    superuser.execute_unprepared(sql).await.unwrap();
    superuser.close().await.unwrap();
}

#[tokio::test]
async fn a_municipality_sees_how_many_of_its_region_and_reads_no_neighbour() {
    let database = TestDatabase::with_data();
    as_superuser(&database, FILL).await;
    let before_withdrawal = format!("{HILVERSUM}; set app.ledger_no = '9001'");
    let before_anything = format!("{HILVERSUM}; set app.ledger_no = '9000'");
    for (actor, expected) in [
        (HILVERSUM, "VR14 6 2 1 3 0"),
        // What is counted is known now, whatever is asked for.
        (&before_withdrawal, "VR14 6 2 1 3 0"),
        (&before_anything, "VR14 6 2 1 3 0"),
        // Two of the six are its own, and of the four others all but Huizen handed in nothing.
        (
            "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402,GM0417'",
            "VR14 6 REVEALING",
        ),
        // Wijdemeren sees two on time, one late and two that handed in nothing beside itself.
        (
            "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM1696'",
            "VR14 6 2 1 3 0",
        ),
        // Three are its own: of three others too much would be known.
        (
            "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402,GM0406,GM0417'",
            "VR14 6 FEWER_THAN_FIVE",
        ),
        (
            "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402,GM0363'",
            "VR13 6 REVEALING, VR14 6 2 1 3 0",
        ),
        (
            "set app.role = 'REGION'; set app.municipalities = 'GM0402'",
            "",
        ),
        ("set app.role = 'VNG'", ""),
        (
            "set app.role = 'PUBLIC'; set app.municipalities = 'GM0402'",
            "",
        ),
        ("set app.role = ''", ""),
    ] {
        assert_eq!(
            observed(&database, actor, COUNTS).await,
            expected,
            "{actor}"
        );
    }
    // The state of a neighbour stays unread, under the purpose of the count as well; and so do the
    // rows for whoever owns nothing.
    let rows = "select municipality as told from fact.assessment_version union all
        select municipality from fact.assessment_withdrawal";
    for purpose in ["", "REGION_SUBMISSIONS", "NATIONAL_TOTALS"] {
        let actor = format!("{HILVERSUM}; set app.purpose = '{purpose}'");
        assert_eq!(
            observed(&database, &actor, rows).await,
            "GM0402",
            "{purpose}"
        );
    }
    // The count leaves the purpose of whoever asks as it was.
    let after = format!(
        "with counted as materialized ({COUNTS}) select told || current_setting('app.purpose', \
            true) as told from counted"
    );
    assert_eq!(
        observed(&database, HILVERSUM, &after).await,
        "VR14 6 2 1 3 0"
    );
}

#[tokio::test]
async fn the_day_is_that_of_the_clock_and_a_small_region_is_withheld() {
    let database = TestDatabase::with_data();
    as_superuser(&database, FILL).await;
    // Wijdemeren (GM1696) leaves on 10 December, and on the 20th Blaricum, once the period is
    // closed.
    as_superuser(
        &database,
        "set session_replication_role = replica;
         update fact.area_membership set valid_to = '2026-12-10' where area = 'VR14' and \
         municipality = 'GM1696';
         update fact.area_membership set valid_to = '2026-12-20' where area = 'VR14' and \
         municipality = 'GM0376'",
    )
    .await;
    for (instant, expected) in [
        ("2026-12-09T22:59:59Z", "VR14 6 2 1 3 0"),
        // Midnight in Amsterdam.
        ("2026-12-09T23:00:00Z", "VR14 5 2 1 2 0"),
        ("2027-02-01T12:00:00Z", "VR14 5 2 1 2 0"),
    ] {
        let actor =
            format!("{HILVERSUM}; set app.instant = '{instant}'; set app.day = '2026-11-01'");
        assert_eq!(
            observed(&database, &actor, COUNTS).await,
            expected,
            "{instant}"
        );
    }
    as_superuser(
        &database,
        "set session_replication_role = replica;
         update fact.area_membership set valid_to = '2026-12-10' where area = 'VR14' and \
         municipality = 'GM0376'",
    )
    .await;
    let late = format!("{HILVERSUM}; set app.instant = '2027-02-01T12:00:00Z'");
    assert_eq!(
        observed(&database, &late, COUNTS).await,
        "VR14 4 FEWER_THAN_FIVE",
        "four members"
    );
}

/// Which region is the own one is asked of now: a membership that was taken back opens no count at
/// an earlier number.
#[tokio::test]
async fn a_region_that_is_not_the_own_one_any_more_is_not_seen_at_an_earlier_number() {
    let database = TestDatabase::with_data();
    as_superuser(&database, FILL).await;
    as_superuser(
        &database,
        "set session_replication_role = replica;
         insert into fact.area_membership (id, ledger_no, subject_key, area, municipality, \
         corrects, withdrawn)
         select gen_random_uuid(), 9003, subject_key, area, municipality, id, true
         from fact.area_membership where area = 'VR14' and municipality = 'GM0402'",
    )
    .await;
    for ledger in ["9000", "9002", "9003"] {
        let actor = format!("{HILVERSUM}; set app.ledger_no = '{ledger}'");
        assert_eq!(observed(&database, &actor, COUNTS).await, "", "{ledger}");
        let neighbour = format!(
            "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0376'; \
             set app.ledger_no = '{ledger}'"
        );
        let shown = observed(&database, &neighbour, COUNTS).await;
        assert!(shown.starts_with("VR14 5 "), "{ledger}: {shown}");
    }
}
