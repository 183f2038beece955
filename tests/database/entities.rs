//! Every entity selects from the migrated schema, so no column is misspelt and none is forgotten.

use acceptance::TestDatabase;
use api::db::roles;
use sea_orm::{ConnectionTrait as _, EntityTrait as _};

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
        async fn every_table_has_its_entity() {
            let database = TestDatabase::with_data();
            let tables = database
                .count(
                    "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where c.relkind = 'r' and (n.nspname in ('fact', 'work')
                        or (n.nspname = 'public' and c.relname not in ('fact_columns', 'seaql_migrations')))",
                )
                .await;
            assert_eq!(tables, [$(stringify!($entity)),+].len() as i64);
        }
    };
}

all_select! {
    action,
    action_line,
    action_lineage,
    action_title,
    answer,
    area,
    area_membership,
    assessment_version,
    claim,
    criterion,
    draft,
    draft_answer,
    framework_edition,
    free_text,
    idempotency_key,
    ledger,
    ledger_head,
    ledger_instant,
    monitoring_round,
    municipality,
    plan_version,
    policy_adoption,
    policy_document,
    published_count,
    reorganisation,
    reporting_period,
    reporting_region,
    review_decision,
    round_exclusion,
    source_document,
    status_report,
    theme,
    verdict_span,
}
