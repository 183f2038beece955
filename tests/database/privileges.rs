//! What the application's login can never do, and which logins the service refuses.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

#[tokio::test]
async fn the_application_appends_and_nothing_else() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared("set app.role = 'SYSTEM'; set app.ledger_no = '1'")
        .await
        .unwrap();
    for forbidden in [
        "update fact.action set title_nl = 'x'",
        "delete from fact.action",
        "truncate fact.action",
        "update known.action set title_nl = 'x'",
        "delete from known.action",
        "update fact.verdict_span set status = 'COMPLIANT'",
        "delete from fact.assessment_version",
        "update fact.assessment_version set approved_by_function = 'x'",
        "update known.assessment_version set approved_by_function = 'x'",
        "update fact.evidence set address = 'https://x.nl'",
        "delete from fact.evidence",
        "delete from fact.answer",
        "update fact.review_decision set outcome = 'RETURNED'",
        "delete from fact.review_question",
        "update fact.submission_mandate set valid_to = null",
        "delete from fact.assessment_withdrawal",
        "update fact.answer set answer = 'MET'",
        "update ledger set operation = 'x'",
        "delete from ledger",
        "truncate ledger",
        "update ledger_instant set recorded_at = recorded_at",
        "delete from ledger_instant",
        "update ledger_instant set hash = hash",
        "update position_seal set key = key",
        "delete from position_seal",
        "insert into position_seal (key, after_number) select key, 1 from position_seal",
        "delete from ledger_head",
        "insert into ledger_head (only_row, number, hash, recorded_at) select true, number, hash, \
            recorded_at from ledger_head",
        "update free_text set body = 'x'",
        "delete from free_text",
        "create table x (a int)",
        "create temporary table x (a int)",
        "create table fact.x (a int)",
        "create schema x",
        "alter table fact.action disable row level security",
        "drop policy app_reads on fact.answer",
        "set role stm_owner",
    ] {
        let error = app
            .execute_unprepared(forbidden)
            .await
            .expect_err(forbidden)
            .to_string();
        assert!(
            error.contains("permission denied") || error.contains("must be owner"),
            "{forbidden}: {error}"
        );
    }
    app.close().await.unwrap();
}

#[tokio::test]
async fn the_service_takes_a_lesser_login_only() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "do $$ begin
                if not exists (select from pg_roles where rolname = 'bypasser') then
                    create role bypasser login bypassrls;
                end if;
            end $$",
        )
        .await
        .unwrap();
    superuser
        .execute_unprepared(
            "do $$ begin execute format('grant connect on database %I to \
            bypasser', current_database()); end $$",
        )
        .await
        .unwrap();
    let refusal = async |role: &str| {
        let login = database.connect(role).await;
        let checked = roles::check_login(&login).await.unwrap();
        login.close().await.unwrap();
        checked.err().map(|refused| refused.to_string())
    };
    let advice =
        "; the service wants a login like stm_app: no superuser, no bypassrls, owner of nothing";
    assert_eq!(refusal(roles::APP).await, None);
    assert_eq!(
        refusal("postgres").await,
        Some(format!("the login postgres is a superuser{advice}"))
    );
    assert_eq!(
        refusal(roles::OWNER).await,
        Some(format!("the login stm_owner owns tables{advice}"))
    );
    assert_eq!(
        refusal("bypasser").await,
        Some(format!(
            "the login bypasser bypasses row-level security{advice}"
        ))
    );
    assert_eq!(
        refusal(roles::AUDITOR).await,
        Some(format!(
            "the login stm_auditor reads everything as the auditor does{advice}"
        ))
    );
    superuser.close().await.unwrap();
}

#[tokio::test]
async fn verification_wants_a_login_that_sees_everything() {
    let database = TestDatabase::with_data();
    for (role, refused) in [
        (roles::AUDITOR, false),
        (roles::APP, true),
        (roles::OWNER, true),
    ] {
        let login = database.connect(role).await;
        assert_eq!(
            roles::check_auditor(&login).await.unwrap().is_err(),
            refused,
            "{role}"
        );
        login.close().await.unwrap();
    }
}
