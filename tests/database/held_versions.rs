//! The second wall before receipts, in SQL alone: a version is given to whoever names it with the
//! nonce of its receipt, whatever the role; and nothing else is opened by that.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// Hilversum has submitted one version with one answer, in an entry whose nonce is sixteen sevens.
const FILL: &str = "
    set session_replication_role = replica;
    insert into ledger (number, form, recorded_at, actor_role, operation, subject_kind, subject_key,
        part, municipality, period, nonce, digest, previous_hash, hash)
    values (9001, 1, '2026-11-22T12:00:00Z', 'MUNICIPALITY', 'assessment.submitted', 'Assessment',
        'GM0402/2026-2', 'COMPLIANCE', 'GM0402', '2026-2', decode(repeat('07', 16), 'hex'),
        decode(repeat('01', 32), 'hex'), decode(repeat('02', 32), 'hex'),
        decode(repeat('03', 32), 'hex'));
    insert into fact.assessment_version (id, ledger_no, subject_key, municipality, period, number,
        edition, submitted_at, on_time, approved_by_function, approved_on, content_hash)
    values (gen_random_uuid(), 9001, 'GM0402/2026-2', 'GM0402', '2026-2', 1, 'VOORSTEL-1',
        '2026-11-22T12:00:00Z', true, 'x', '2026-11-20', 'x');
    insert into fact.answer (id, ledger_no, subject_key, municipality, period, version, criterion,
        answer)
    values (gen_random_uuid(), 9001, 'GM0402/2026-2', 'GM0402', '2026-2', 1, 'SV-01', 'MET')";

const HELD: &str = "receipt_nonce(decode(repeat('07', 16), 'hex'))";

/// What an actor is given under these settings.
async fn observed(database: &TestDatabase, actor: &str, sql: &str) -> Vec<String> {
    let app = database.connect(roles::APP).await;
    let settings = format!("set app.ledger_no = '9001'; set timezone = 'UTC'; {actor}");
    app.execute_unprepared(&settings).await.unwrap();
    let shown = texts(&app, sql).await;
    app.close().await.unwrap();
    shown
}

async fn filled() -> TestDatabase {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(FILL).await.unwrap();
    superuser.close().await.unwrap();
    database
}

/// What is asked of a version: by an entry and a nonce.
fn version(entry: i64, nonce: &str) -> String {
    format!(
        "select coalesce(held_version({entry}, {nonce}) #>> '{{version,answers,0,answer}}', \
         'nothing') as told"
    )
}

#[tokio::test]
async fn a_version_is_given_to_whoever_names_it_with_its_nonce() {
    let database = filled().await;
    for actor in [
        "set app.role = 'PUBLIC'",
        "set app.role = 'PARTNER'; set app.partner = 'comensha'",
        "set app.role = ''",
    ] {
        let with_nonce = version(9001, HELD);
        assert_eq!(
            observed(&database, actor, &with_nonce).await,
            ["MET"],
            "{actor}"
        );
        for (entry, nonce) in [
            (9001, "decode(repeat('07', 16), 'hex')"),
            (9001, "decode(repeat('00', 32), 'hex')"),
            (9001, "null"),
            (9000, HELD),
            (1, HELD),
        ] {
            assert_eq!(
                observed(&database, actor, &version(entry, nonce)).await,
                ["nothing"],
                "{actor}: {entry} {nonce}"
            );
        }
    }
    // Before it was submitted there was nothing to hold.
    let before = "set app.role = 'PUBLIC'; set app.ledger_no = '9000'";
    assert_eq!(
        observed(&database, before, &version(9001, HELD)).await,
        ["nothing"]
    );
}

#[tokio::test]
async fn the_purpose_of_a_receipt_opens_no_row_to_the_service() {
    let database = filled().await;
    let rows = "select answer as told from fact.answer where ledger_no = 9001
        union all select number::text from fact.assessment_version where ledger_no = 9001
        union all select encode(nonce, 'hex') from ledger where number = 9001";
    let public = "set app.role = 'PUBLIC'; set app.purpose = 'RECEIPT'";
    assert_eq!(observed(&database, public, rows).await, [""; 0]);
    let own = "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402'";
    assert_eq!(observed(&database, own, rows).await.len(), 3);
    // Whoever checks a receipt has the purpose that it had.
    let after = format!(
        "with held as materialized (select held_version(9001, {HELD}) as version)
         select current_setting('app.purpose', true) || (version is not null)::text as told
         from held"
    );
    let purposed = "set app.role = 'PUBLIC'; set app.purpose = 'NATIONAL_TOTALS'";
    assert_eq!(
        observed(&database, purposed, &after).await,
        ["NATIONAL_TOTALStrue"]
    );
}
