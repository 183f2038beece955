//! The second wall before public facts, in SQL alone: everybody reads them, and each role appends
//! what the mandate table gives it and nothing else.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

/// The roles that a policy knows, besides nobody.
const ROLES: [&str; 7] = [
    "PUBLIC",
    "PARTNER",
    "MUNICIPALITY",
    "REGION",
    "VNG",
    "MINISTRY",
    "SYSTEM",
];

const MINISTRY: &[&str] = &["MINISTRY", "SYSTEM"];
const VNG: &[&str] = &["VNG", "SYSTEM"];
/// A source is named by whoever decides something.
const SIGNED_IN: &[&str] = &[
    "PARTNER",
    "MUNICIPALITY",
    "REGION",
    "VNG",
    "MINISTRY",
    "SYSTEM",
];
/// A row that is of nobody in particular; one's own are in `local_facts.rs`.
const OF_NOBODY: &[&str] = &["VNG", "SYSTEM"];
const SYSTEM: &[&str] = &["SYSTEM"];

/// Every table of public facts with the roles that append to it, read from the mandate table and
/// not from the migration. A new table fails here until somebody has looked it up. Owners of
/// actions append results, measurements and activities of their own actions as well: see
/// `owners_append_of_their_own_actions`.
pub(crate) const PUBLIC_FACTS: &[(&str, &[&str])] = &[
    ("action", MINISTRY),
    ("action_goal", MINISTRY),
    ("action_line", MINISTRY),
    ("action_lineage", MINISTRY),
    ("action_partner", MINISTRY),
    ("action_phase", MINISTRY),
    ("action_reference", MINISTRY),
    ("action_relation", MINISTRY),
    ("action_result", MINISTRY),
    ("action_theme", MINISTRY),
    ("action_title", MINISTRY),
    ("action_year", MINISTRY),
    ("activity", MINISTRY),
    ("adjacent_policy", MINISTRY),
    ("area", VNG),
    ("area_membership", VNG),
    ("budget_cell", MINISTRY),
    ("building_block", MINISTRY),
    ("criterion", VNG),
    ("criterion_lineage", VNG),
    ("data_decision", SYSTEM),
    ("edition_consultation", VNG),
    ("effect_indicator", MINISTRY),
    ("event", MINISTRY),
    ("event_participant", MINISTRY),
    ("exploitation_form", MINISTRY),
    ("framework_edition", VNG),
    ("function_assignment", OF_NOBODY),
    ("function_registrar", VNG),
    ("function_role", VNG),
    ("function_vacancy", OF_NOBODY),
    ("funding", MINISTRY),
    ("goal_lineage", MINISTRY),
    ("goal_target", MINISTRY),
    ("intended_effect", MINISTRY),
    ("known_difference", SYSTEM),
    ("known_gap", SYSTEM),
    ("measurement", MINISTRY),
    ("milestone", MINISTRY),
    ("monitoring_round", MINISTRY),
    ("motion", MINISTRY),
    ("motion_answer", MINISTRY),
    ("municipality", VNG),
    ("national_figure", MINISTRY),
    ("obligation", MINISTRY),
    ("operational_goal", MINISTRY),
    ("partner", MINISTRY),
    ("partner_mention", MINISTRY),
    ("plan_step", MINISTRY),
    ("plan_theme", MINISTRY),
    ("plan_version", MINISTRY),
    ("planned_reorganisation", VNG),
    ("policy_adoption", OF_NOBODY),
    // A row without a state is of the import alone; what others may say stands in local_facts.
    ("policy_declaration", SYSTEM),
    ("policy_document", OF_NOBODY),
    ("policy_provision", SYSTEM),
    ("proposal", MINISTRY),
    ("published_count", MINISTRY),
    ("published_criterion_count", MINISTRY),
    ("published_municipality_count", SYSTEM),
    ("published_verdict", MINISTRY),
    ("published_verdict_count", MINISTRY),
    ("reference_citation", MINISTRY),
    ("reorganisation", VNG),
    ("reporting_period", VNG),
    ("reporting_point", MINISTRY),
    ("reporting_region", VNG),
    ("reporting_step", MINISTRY),
    ("round_exclusion", MINISTRY),
    ("source_document", SIGNED_IN),
    ("status_report", MINISTRY),
    ("theme", VNG),
    ("tile", VNG),
    ("unnamed_party", MINISTRY),
];

/// Why Postgres refuses a row that says nothing but its id: the wall comes first, then what a row
/// must say.
async fn refusal(app: &DatabaseConnection, table: &str) -> String {
    app.execute_unprepared("begin").await.unwrap();
    let error = app
        .execute_unprepared(&format!(
            "insert into fact.{table} (id) values (gen_random_uuid())"
        ))
        .await
        .unwrap_err();
    app.execute_unprepared("rollback").await.unwrap();
    error.to_string()
}

#[tokio::test]
async fn each_role_appends_its_part_and_no_other() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared("set app.ledger_no = '0'; set app.day = '2026-11-22'")
        .await
        .unwrap();
    for role in ROLES.into_iter().chain([""]) {
        app.execute_unprepared(&format!("set app.role = '{role}'"))
            .await
            .unwrap();
        for (table, appended_by) in PUBLIC_FACTS {
            let refusal = refusal(&app, table).await;
            let is_walled = refusal.contains("row-level security");
            assert!(is_walled || refusal.contains("not-null"), "{refusal}");
            assert_eq!(
                !is_walled,
                appended_by.contains(&role),
                "{role:?} on fact.{table}"
            );
        }
    }
    app.close().await.unwrap();
}

#[tokio::test]
async fn everybody_reads_every_public_fact() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared("set app.role = ''").await.unwrap();
    for (table, _) in PUBLIC_FACTS {
        let all = database
            .count(&format!("select count(*) from fact.{table}"))
            .await;
        let seen = app
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Postgres,
                format!("select count(*) from fact.{table}"),
            ))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(seen.try_get_by_index::<i64>(0).unwrap(), all, "{table}");
    }
    app.close().await.unwrap();
}

/// A result of action 33, and nothing else that Postgres could object to.
fn result(id: &str, reported_by: &str, corrects: &str) -> String {
    format!(
        "insert into fact.action_result (id, ledger_no, subject_key, plan, number, position, kind,
            qualifier, summary_en,
            reported_by, corrects)
         values ('{id}', 1, '2024/33/9', '2024', 33, 9, 'PRODUCT', 'NONE', 'x', '{reported_by}',
         {corrects})"
    )
}

#[tokio::test]
async fn owners_append_of_their_own_actions() {
    const FIRST: &str = "00000000-0000-7000-8000-000000000001";
    const SECOND: &str = "00000000-0000-7000-8000-000000000002";
    const THIRD: &str = "00000000-0000-7000-8000-000000000003";
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.action_partner (id, ledger_no, subject_key, valid_from, valid_to, \
             plan, number, partner, role, text_nl)
             select gen_random_uuid(), 1, '2024/33/' || p || '/OWNER', f::date, t::date, '2024', \
             33, p, 'OWNER', 'x'
             from (values ('comensha', '2026-01-01', null), ('fier', '2026-01-01', '2026-11-22'), \
             ('vng', '2026-11-23', null)) v (p, f, t);",
        )
        .await
        .unwrap();
    superuser
        .execute_unprepared(&result(FIRST, "MINISTRY", "null"))
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared("set app.day = '2026-11-22'; set app.ledger_no = '9000000'")
        .await
        .unwrap();
    let null = "null".to_owned();
    let of = |id: &str| format!("'{id}'");
    for (role, partner, sql, is_let_in) in [
        (
            "PARTNER",
            "comensha",
            result(SECOND, "comensha", &null),
            true,
        ),
        ("PARTNER", "comensha", result(SECOND, "fier", &null), false),
        (
            "PARTNER",
            "comensha",
            result(SECOND, "comensha", &of(FIRST)),
            false,
        ),
        ("PARTNER", "fier", result(SECOND, "fier", &null), false),
        ("VNG", "vng", result(SECOND, "vng", &null), false),
        (
            "MUNICIPALITY",
            "comensha",
            result(SECOND, "comensha", &null),
            false,
        ),
        ("", "comensha", result(SECOND, "comensha", &null), false),
        ("MINISTRY", "", result(THIRD, "MINISTRY", &of(FIRST)), true),
    ] {
        app.execute_unprepared(&format!(
            "set app.role = '{role}'; set app.partner = '{partner}'; begin"
        ))
        .await
        .unwrap();
        let done = app.execute_unprepared(&sql).await;
        app.execute_unprepared("rollback").await.unwrap();
        let refused = done
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert_eq!(
            refused.contains("row-level security"),
            !is_let_in,
            "{role} {partner}: {sql}: {refused}"
        );
        assert!(!is_let_in || refused.is_empty(), "{refused}");
    }
    app.close().await.unwrap();
}
