//! Every entity selects from the migrated schema, so no column is misspelt and none is forgotten.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, EntityName as _, EntityTrait as _,
    IdenStatic as _, Iterable as _, Statement,
};

/// The columns of a table or view, as the database has them, but for words that only search reads.
async fn columns(database: &DatabaseConnection, schema: &str, table: &str) -> Vec<String> {
    let sql = format!(
        "select column_name::text from information_schema.columns
         where table_schema = '{schema}' and table_name = '{table}' and data_type <> 'tsvector'"
    );
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    let names = rows.iter().map(|row| row.try_get_by_index(0).unwrap());
    names.collect()
}

macro_rules! all_select {
    ($($entity:ident),+ $(,)?) => {
        #[tokio::test]
        async fn every_entity_selects() {
            let database = TestDatabase::with_data();
            let auditor = database.connect(roles::AUDITOR).await;
            auditor.execute_unprepared("set app.ledger_no = '9223372036854775807'").await.unwrap();
            $(
                entity::$entity::Entity::find()
                    .one(&auditor)
                    .await
                    .unwrap_or_else(|error| panic!("{}: {error}", stringify!($entity)));
            )+
            auditor.close().await.unwrap();
        }

        #[tokio::test]
        async fn every_column_is_in_its_entity() {
            let database = TestDatabase::with_data();
            let superuser = database.superuser().await;
            let mut missing = Vec::new();
            $(
                let of = entity::$entity::Entity;
                let schema = of.schema_name().unwrap_or("public");
                let known = entity::$entity::Column::iter();
                let known: Vec<&str> = known.map(|column| column.as_str()).collect();
                for column in columns(&superuser, schema, of.table_name()).await {
                    if !known.contains(&column.as_str()) {
                        missing.push(format!("{}.{column}", stringify!($entity)));
                    }
                }
            )+
            superuser.close().await.unwrap();
            assert_eq!(missing, [""; 0], "the entities do not know these columns");
        }

        #[tokio::test]
        async fn every_table_has_its_entity() {
            let database = TestDatabase::with_data();
            let tables = database
                .count(
                    "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where c.relkind = 'r' and (n.nspname in ('fact', 'work')
                        or (n.nspname = 'public' and c.relname not in ('fact_columns',
                        'seaql_migrations')))",
                )
                .await;
            assert_eq!(tables, [$(stringify!($entity)),+].len() as i64);
        }
    };
}

all_select! {
    action,
    action_goal,
    action_line,
    action_lineage,
    action_partner,
    action_phase,
    action_reference,
    action_relation,
    action_result,
    action_theme,
    action_title,
    action_year,
    activity,
    adjacent_policy,
    answer,
    area,
    area_membership,
    assessment_version,
    assessment_withdrawal,
    browser_session,
    budget_cell,
    building_block,
    claim,
    criterion,
    criterion_lineage,
    criterion_remark,
    data_decision,
    database_kind,
    deadline_extension,
    digest,
    draft,
    draft_answer,
    edition_consultation,
    effect_indicator,
    event,
    event_participant,
    evidence,
    exploitation_form,
    feed_key,
    feed_key_secret,
    feed_key_use,
    framework_edition,
    free_text,
    function_assignment,
    function_registrar,
    function_role,
    function_vacancy,
    functional_mailbox,
    funding,
    goal_lineage,
    goal_target,
    idempotency_key,
    intended_effect,
    known_difference,
    known_gap,
    ledger,
    ledger_head,
    ledger_instant,
    measurement,
    milestone,
    monitoring_round,
    motion,
    motion_answer,
    municipality,
    national_figure,
    obligation,
    on_behalf_answer,
    on_behalf_filling,
    operational_goal,
    partner,
    partner_mention,
    plan_step,
    plan_theme,
    plan_version,
    planned_reorganisation,
    policy_adoption,
    policy_declaration,
    policy_document,
    policy_provision,
    position_seal,
    proposal,
    publication,
    publication_content,
    publication_file,
    publication_note,
    publication_response,
    publication_verdict,
    published_count,
    published_criterion_count,
    published_municipality_count,
    redaction,
    question_reply,
    published_verdict,
    published_verdict_count,
    reference_citation,
    regional_answer,
    regional_bottleneck,
    regional_decision,
    regional_evidence,
    regional_meeting,
    regional_report,
    regional_report_review,
    regional_review,
    reorganisation,
    reporting_period,
    reporting_point,
    reporting_region,
    reporting_step,
    review_decision,
    review_question,
    round_exclusion,
    round_report,
    search_document,
    sign_in,
    source_document,
    status_report,
    submission_mandate,
    theme,
    tile,
    timed_release,
    unnamed_party,
    verdict_rerun,
    verdict_span,
    withholding_key,
}
