//! Who sees which verdicts of which months, by what Postgres is told of the reader alone.

use acceptance::{
    TestDatabase, a_draft, a_period, a_submission, met, municipality, spawn_app_on, vng,
};
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::{plan_starts::SETTINGS, texts};

/// Per basis the rows, and of these the ones that were judged.
const ROWS: &str = "select basis || ' ' || count(*) || ' '
        || count(*) filter (where status <> 'NOT_ASSESSED')
    from bi.fact_verdict_monthly group by basis order by basis";

/// Role, municipalities, subjects and purpose, and what is seen: of a period of which two handed in.
const READERS: &[(&str, &str, &str, &str, &[&str])] = &[
    ("VNG", "", "", "", &["CONFIRMED 342 0", "SUBMITTED 342 2"]),
    ("MINISTRY", "", "", "", &["CONFIRMED 342 0"]),
    // What is counted for the whole country is no row of a municipality.
    ("MINISTRY", "", "", "NATIONAL_TOTALS", &["CONFIRMED 342 0"]),
    (
        "MUNICIPALITY",
        "GM0402",
        "",
        "",
        &["CONFIRMED 1 0", "SUBMITTED 1 1"],
    ),
    (
        "REGION",
        "GM0402,GM0406",
        "GM0363/2026-2",
        "",
        &["CONFIRMED 3 0", "SUBMITTED 3 2"],
    ),
    ("REGION", "", "GM0363/2025-2", "", &[]),
    ("PARTNER", "GM0402", "GM0402/2026-2", "", &[]),
    ("PUBLIC", "GM0402", "GM0402/2026-2", "", &[]),
    ("", "GM0402", "GM0402/2026-2", "", &[]),
];

#[tokio::test]
async fn a_role_sees_the_months_of_its_own_verdicts_and_nobody_else_any() {
    let app = spawn_app_on(TestDatabase::with_data());
    a_period().sent_by(&app.with(&vng())).await;
    for code in ["GM0402", "GM0363"] {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    let connection = app.database.connect(roles::APP).await;
    connection.execute_unprepared(SETTINGS).await.unwrap();
    for (role, municipalities, subjects, purpose, expected) in READERS {
        let settings = format!(
            "set app.role = '{role}'; set app.municipalities = '{municipalities}';
             set app.subjects = '{subjects}'; set app.purpose = '{purpose}'"
        );
        connection.execute_unprepared(&settings).await.unwrap();
        let shown = texts(&connection, ROWS).await;
        assert_eq!(shown, *expected, "{role} {municipalities} {subjects}");
    }
    connection.close().await.unwrap();
}
