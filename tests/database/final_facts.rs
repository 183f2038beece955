//! Facts that are final: what `known.*` shows of them looks for no correction, so none can come in,
//! whoever brings it.

use acceptance::TestDatabase;
use sea_orm::ConnectionTrait as _;

use crate::{row_security::fill, texts};

#[tokio::test]
async fn a_final_fact_takes_no_correction() {
    let database = TestDatabase::with_data();
    fill(&database).await;
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.verdict_rerun select * from fact.verdict_span",
        )
        .await
        .unwrap();
    for table in [
        "assessment_version",
        "answer",
        "review_decision",
        "verdict_span",
        "verdict_rerun",
    ] {
        let before = texts(
            &superuser,
            &format!("select to_jsonb(f)::text from fact.{table} f order by 1"),
        )
        .await;
        assert!(!before.is_empty(), "{table}");
        let correction = format!(
            "insert into fact.{table}
             select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(),
             'corrects', f.id))).*
             from fact.{table} f"
        );
        let refused = superuser.execute_unprepared(&correction).await.unwrap_err();
        let constraint = format!("check constraint \"{table}_is_final\"");
        assert!(refused.to_string().contains(&constraint), "{refused}");
        let after = texts(
            &superuser,
            &format!("select to_jsonb(f)::text from fact.{table} f order by 1"),
        )
        .await;
        assert_eq!(after, before, "{table}");
    }
    superuser.close().await.unwrap();
}
