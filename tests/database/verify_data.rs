//! `stm verify --data`: what it prints, and how it ends, when all is well and with what the service
//! says in two ways. That a goal was not reported in a round that was not held cannot be stored,
//! because the rule of the goals computes it; `domain::quality` tests that check alone.

use acceptance::{TestDatabase, edited, noon};
use api::cli::verify::Verified;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// What the command prints and whether it ends well, with `--data` or without.
async fn verified(database: &TestDatabase, data: bool) -> (String, bool) {
    let auditor = database.connect(roles::AUDITOR).await;
    let verified = Verified::of(&auditor, None, noon(), data).await.unwrap();
    auditor.close().await.unwrap();
    (verified.text(), verified.is_green())
}

/// The last line of a ledger that is whole.
async fn green(database: &TestDatabase) -> String {
    let auditor = database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    auditor.close().await.unwrap();
    let (entries, facts, hash) = (report.entries, report.facts, report.hash);
    assert!(entries > 0 && facts > 0);
    format!("green: {entries} entries, {facts} facts, 0 texts redacted, head {entries}:{hash}\n")
}

async fn intrude(database: &TestDatabase, sql: &str) {
    let superuser = database.superuser().await;
    superuser.execute_unprepared(sql).await.unwrap();
    superuser.close().await.unwrap();
}

/// A view of the tables for analysts that says something else than before.
async fn changed_view(database: &TestDatabase, view: &str, from: &str, to: &str) {
    let sql = format!(
        "do $do$
         declare
             body text := pg_get_viewdef('bi.{view}'::regclass);
         begin
             if strpos(body, $from${from}$from$) = 0 then
                 raise 'the view has no such words';
             end if;
             execute 'create or replace view bi.{view} with (security_invoker = true) as '
                 || replace(body, $from${from}$from$, $to${to}$to$);
         end $do$"
    );
    intrude(database, &sql).await;
}

#[tokio::test]
async fn data_that_agree_are_green_and_the_ledger_is_too() {
    let database = TestDatabase::with_data();
    let whole = green(&database).await;
    assert_eq!(verified(&database, false).await, (whole.clone(), true));
    let both = format!("green: the data contradict themselves nowhere\n{whole}");
    assert_eq!(verified(&database, true).await, (both, true));
}

#[tokio::test]
async fn a_verdict_beside_the_policy() {
    let database = TestDatabase::with_data();
    // De Bilt adopted a policy. Nobody may store this, so the ledger is not whole either.
    let rows = "set session_replication_role = replica;
         insert into fact.reporting_period (id, ledger_no, subject_key, key, edition, opens_on,
            deadline_on, closes_on)
         values (gen_random_uuid(), 1, '2026-9', '2026-9', 'VOORSTEL-1', '2026-11-01',
            '2026-12-01', '2026-12-31');
         insert into fact.verdict_span (id, ledger_no, subject_key, valid_from, municipality,
            period, basis, status, version, grounds)
         values (gen_random_uuid(), 1, 'GM0310/2026-9', '2026-11-01', 'GM0310', '2026-9',
            'CONFIRMED', 'NOT_COMPLIANT', 1,
            '{\"criteria\": [{\"criterion\": \"BB-01\", \"effective\": \"NOT_MET\",
                \"reasons\": []}]}')";
    intrude(&database, rows).await;
    let auditor = database.connect(roles::AUDITOR).await;
    let first = "select subject_kind || ' ' || subject_key from ledger where number = 1";
    let first = texts(&auditor, first).await.remove(0);
    auditor.close().await.unwrap();
    let changed = format!("the facts of entry 1 ({first}) were changed\n");
    let both = format!(
        "CONTRADICTION  VERDICT_AND_POLICY_STATE GM0310/2026-9: Of the policy is registered: \
         \"Adopted\". The verdict counts \"Not met\" for BB-01.\n{changed}"
    );
    assert_eq!(verified(&database, true).await, (both, false));
    assert_eq!(verified(&database, false).await, (changed, false));
}

#[tokio::test]
async fn a_feed_beside_graphql() {
    let database = TestDatabase::with_data();
    let (from, to) = (
        "COALESCE(p.amount_euros, 0)",
        "COALESCE(s.computed_euros, 0)",
    );
    changed_view(&database, "total_budget", from, to).await;
    let found = "CONTRADICTION  FEED_AND_GRAPH 2024/SUMMARY/c/2024: The difference is 0 in the \
        table total_budget and 90000 in GraphQL.\n\
        CONTRADICTION  FEED_AND_GRAPH 2024/SUMMARY/TOTAL/2026: The difference is 0 in the table \
        total_budget and 5000 in GraphQL.\n";
    assert_eq!(verified(&database, true).await, (found.to_owned(), false));
    // Without the option nothing is looked for, and the ledger is whole.
    let whole = green(&database).await;
    assert_eq!(verified(&database, false).await, (whole, true));
}

#[tokio::test]
async fn a_sentence_beside_a_cell() {
    let database = TestDatabase::with_data();
    let (from, to) = (
        "::integer AS action_count",
        "::integer + CASE WHEN c.code = 'COMPLETED' THEN 1 ELSE 0 END AS action_count",
    );
    changed_view(&database, "total_dashboard", from, to).await;
    let found = "CONTRADICTION  STATEMENT_AND_CELLS 2025-1/COMPLETED: The statement counts 8 \
        actions \"Completed\", the dashboard 9.\n";
    assert_eq!(verified(&database, true).await, (found.to_owned(), false));
}

#[tokio::test]
async fn what_an_import_brings_in() {
    for (edit, found) in [
        (
            ("framework_editions.csv", ",PROPOSED,", ",ENDORSED,"),
            "LABEL_AND_SOURCE VOORSTEL-1: The label is \"Endorsed by VNG\"; the source is of the \
             kind \"Proposed criteria\".",
        ),
        (
            (
                "function_assignments.csv",
                "chain-coordinator-midden-nederland,CHAIN_COORDINATOR,VR14,",
                "chain-coordinator-midden-nederland,CHAIN_COORDINATOR,PV26,",
            ),
            "COVERED_WITHOUT_SOURCE chain-coordinator-midden-nederland: Municipalities count as \
             covered although no source says so of their own area.",
        ),
        (
            (
                "national_figures.csv",
                ",VISIBILITY,PE03,,,,,,NONE,MORE_VISIBLE,",
                ",TREND,PE03,,,,,,NONE,RISE,",
            ),
            "TREND_WITHOUT_FIGURES goc-midden-nederland: A direction without two figures, and the \
             source tells of no rise or fall.",
        ),
    ] {
        let database = TestDatabase::with_data();
        database.import(&edited(&[edit])).await;
        let expected = format!("CONTRADICTION  {found}\n");
        assert_eq!(verified(&database, true).await, (expected, false));
    }
}
