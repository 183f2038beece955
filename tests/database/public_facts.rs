//! The second wall before public facts, in SQL alone: everybody reads them, and each role appends what the mandate table
//! gives it and nothing else.

use acceptance::TestDatabase;
use api::db::roles;
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
const OWNERS: &[&str] = &["PARTNER", "VNG", "MINISTRY", "SYSTEM"];
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

/// Every table of public facts with the roles that append to it, read from the mandate table and not from the migration. A
/// new table fails here until somebody has looked it up.
pub(crate) const PUBLIC_FACTS: &[(&str, &[&str])] = &[
    ("action", MINISTRY),
    ("action_goal", MINISTRY),
    ("action_line", MINISTRY),
    ("action_lineage", MINISTRY),
    ("action_partner", MINISTRY),
    ("action_phase", MINISTRY),
    ("action_reference", MINISTRY),
    ("action_relation", MINISTRY),
    ("action_result", OWNERS),
    ("action_theme", MINISTRY),
    ("action_title", MINISTRY),
    ("action_year", MINISTRY),
    ("activity", OWNERS),
    ("adjacent_policy", MINISTRY),
    ("area", VNG),
    ("area_membership", VNG),
    ("budget_cell", MINISTRY),
    ("building_block", MINISTRY),
    ("criterion", VNG),
    ("data_decision", SYSTEM),
    ("effect_indicator", MINISTRY),
    ("event", MINISTRY),
    ("event_participant", MINISTRY),
    ("exploitation_form", MINISTRY),
    ("framework_edition", VNG),
    ("function_assignment", OF_NOBODY),
    ("function_registrar", VNG),
    ("function_role", VNG),
    ("funding", MINISTRY),
    ("goal_lineage", MINISTRY),
    ("goal_target", MINISTRY),
    ("intended_effect", MINISTRY),
    ("known_difference", SYSTEM),
    ("known_gap", SYSTEM),
    ("measurement", OWNERS),
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
    ("policy_declaration", OF_NOBODY),
    ("policy_document", OF_NOBODY),
    ("policy_provision", SYSTEM),
    ("proposal", MINISTRY),
    ("published_count", MINISTRY),
    ("published_municipality_count", SYSTEM),
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

/// Why Postgres refuses a row that says nothing but its id: the wall comes first, then what a row must say.
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
