//! What the service says in two ways, as the auditor looks for it in what is stored.

use acceptance::TestDatabase;
use chrono::NaiveDate;
use database::roles;
use domain::quality::contradictions::Contradiction;
use sea_orm::ConnectionTrait as _;

async fn found(database: &TestDatabase) -> Vec<Contradiction> {
    let auditor = database.connect(roles::AUDITOR).await;
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let snapshot = ledger::snapshot_at_head(&auditor, day).await.unwrap();
    let found = dataset::contradictions(&snapshot, day).await.unwrap();
    snapshot.rollback().await.unwrap();
    auditor.close().await.unwrap();
    found
}

/// A verdict as nobody may store it: of a municipality, with this answer to BB-01.
fn verdict(municipality: &str, answer: &str) -> String {
    format!(
        "insert into fact.verdict_span (id, ledger_no, subject_key, valid_from, municipality,
            period, basis, status, version, grounds)
         values (gen_random_uuid(), 1, '{municipality}/2026-9', '2026-11-01',
            '{municipality}', '2026-9', 'CONFIRMED', 'NOT_COMPLIANT', 1,
            '{{\"criteria\": [{{\"criterion\": \"BB-01\", \"effective\": \"{answer}\",
                \"reasons\": []}}]}}');"
    )
}

#[tokio::test]
async fn the_auditor_finds_a_verdict_that_denies_an_adopted_policy() {
    let database = TestDatabase::with_data();
    assert_eq!(found(&database).await, []);
    // De Bilt and Cranendonck adopted a policy, of Hilversum nothing is registered.
    let rows = [
        "set session_replication_role = replica;
         insert into fact.reporting_period (id, ledger_no, subject_key, key, edition, opens_on,
            deadline_on, closes_on)
         values (gen_random_uuid(), 1, '2026-9', '2026-9', 'VOORSTEL-1', '2026-11-01',
            '2026-12-01', '2026-12-31');"
            .to_owned(),
        verdict("GM0310", "NOT_MET"),
        verdict("GM1706", "MET"),
        verdict("GM0402", "UNKNOWN"),
    ];
    let superuser = database.superuser().await;
    superuser.execute_unprepared(&rows.concat()).await.unwrap();
    superuser.close().await.unwrap();
    let shown: Vec<(&str, String, String)> = found(&database)
        .await
        .into_iter()
        .map(|one| (one.kind.code(), one.subject, one.text.nl))
        .collect();
    assert_eq!(
        shown,
        [(
            "VERDICT_AND_POLICY_STATE",
            "GM0310/2026-9".to_owned(),
            "Van het beleid is geregistreerd: ‘Vastgesteld’. Het oordeel rekent voor BB-01 met \
             ‘Niet voldaan’."
                .to_owned(),
        )]
    );
}

#[tokio::test]
async fn the_auditor_finds_a_table_that_computes_otherwise() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    // A view that forgets what the overview prints, as the one of 1.0.0-rc.1 did.
    let forgetful = "do $$
        declare
            body text := pg_get_viewdef('bi.total_budget'::regclass);
        begin
            execute 'create or replace view bi.total_budget with (security_invoker = true) as '
                || replace(body, 'COALESCE(p.amount_euros, 0)', 'COALESCE(s.computed_euros, 0)');
        end $$";
    superuser.execute_unprepared(forgetful).await.unwrap();
    superuser.close().await.unwrap();
    let shown: Vec<(&str, String, String)> = found(&database)
        .await
        .into_iter()
        .map(|one| (one.kind.code(), one.subject, one.text.nl))
        .collect();
    assert_eq!(
        shown,
        [
            (
                "FEED_AND_GRAPH",
                "2024/SUMMARY/c/2024".to_owned(),
                "Het verschil is in de tabel total_budget 0 en in GraphQL 90000.".to_owned(),
            ),
            (
                "FEED_AND_GRAPH",
                "2024/SUMMARY/TOTAL/2026".to_owned(),
                "Het verschil is in de tabel total_budget 0 en in GraphQL 5000.".to_owned(),
            ),
        ]
    );
}
