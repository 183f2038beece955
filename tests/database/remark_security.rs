//! The second wall before remarks on editions, in SQL alone: who reads which, and who appends one.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// Hilversum, Amsterdam and VR14, which is registered, remarked on SV-03 of a proposal.
const FILL: &str = "
    set session_replication_role = replica;
    insert into fact.reporting_region (id, ledger_no, subject_key, valid_from, area)
    values (gen_random_uuid(), 1, 'VR14', '2026-01-01', 'VR14');
    insert into free_text (id, ledger_no, kind, nonce, digest, body)
    select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 1, 'ANSWER',
        decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'), b
    from (values (1, 'of Hilversum'), (2, 'of Amsterdam'), (3, 'of the region')) v (n, b);
    insert into fact.criterion_remark (id, ledger_no, subject_key, edition, criterion, \
    municipality, area, remark_text, remarked_at)
    select gen_random_uuid(), 1, 'VOORSTEL-2/SV-03/' || coalesce(m, a), 'VOORSTEL-2', 'SV-03', m, \
        a, ('00000000-0000-0000-0000-00000000000' || n)::uuid, '2026-11-22'
    from (values ('GM0402', null, 1), ('GM0363', null, 2), (null, 'VR14', 3)) v (m, a, n)";

const MOMENT: &str = "set app.ledger_no = '9000'; set app.day = '2026-11-22';";
const HILVERSUM: &str = "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402'; set \
    app.writes_for = 'GM0402'";
const GOOI: &str = "set app.role = 'REGION'; set app.subjects = 'VR14/REGIONAL,GM0402/2026-2'; set \
    app.writes_for = 'GM0402'";
const FLEVOLAND: &str = "set app.role = 'REGION'; set app.subjects = 'VR25/REGIONAL'";
const VNG: &str = "set app.role = 'VNG'";
const MINISTRY: &str = "set app.role = 'MINISTRY'";
const PARTNER: &str = "set app.role = 'PARTNER'; set app.partner = 'comensha'";
const PUBLIC: &str = "set app.role = 'PUBLIC'";
const NOBODY: &str = "set app.role = ''";

#[tokio::test]
async fn each_reads_its_own_remarks_and_vng_all() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(FILL).await.unwrap();
    superuser.close().await.unwrap();
    let questions = [
        "select coalesce(municipality, area) from known.criterion_remark order by 1",
        "select body from free_text where kind = 'ANSWER' order by 1",
    ];
    for (actor, answers) in [
        (HILVERSUM, ["GM0402", "of Hilversum"]),
        // What a member remarked is the member's.
        (GOOI, ["VR14", "of the region"]),
        (FLEVOLAND, ["", ""]),
        (
            VNG,
            [
                "GM0363, GM0402, VR14",
                "of Amsterdam, of Hilversum, of the region",
            ],
        ),
        (MINISTRY, ["", ""]),
        (PARTNER, ["", ""]),
        (PUBLIC, ["", ""]),
        (NOBODY, ["", ""]),
    ] {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(&format!("{MOMENT} {actor}"))
            .await
            .unwrap();
        for (sql, answer) in questions.iter().zip(answers) {
            let shown = texts(&app, sql).await;
            assert_eq!(shown.join(", "), answer, "{actor}: {sql}");
        }
        app.close().await.unwrap();
    }
}

#[tokio::test]
async fn each_appends_its_own_remarks_and_vng_lays_editions_open() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(FILL).await.unwrap();
    superuser.close().await.unwrap();
    let remark = |column: &str, code: &str| {
        format!(
            "insert into fact.criterion_remark (id, ledger_no, subject_key, edition, criterion,
                {column}, remark_text, remarked_at)
             values (gen_random_uuid(), 1, 'VOORSTEL-2/BB-01/{code}', 'VOORSTEL-2', 'BB-01',
                '{code}', '00000000-0000-0000-0000-000000000001', '2026-11-22')"
        )
    };
    let open =
        "insert into fact.edition_consultation (id, ledger_no, subject_key, edition, last_day)
        values (gen_random_uuid(), 1, 'VOORSTEL-2', 'VOORSTEL-2', '2026-11-30')";
    for (actor, sql, allowed) in [
        (HILVERSUM, remark("municipality", "GM0402"), true),
        (HILVERSUM, remark("municipality", "GM0363"), false),
        (HILVERSUM, remark("area", "VR14"), false),
        (GOOI, remark("area", "VR14"), true),
        (GOOI, remark("area", "VR13"), false),
        // A region remarks for itself, and for no member.
        (GOOI, remark("municipality", "GM0402"), false),
        // Not registered.
        (FLEVOLAND, remark("area", "VR25"), false),
        (VNG, remark("municipality", "GM0402"), false),
        (MINISTRY, remark("municipality", "GM0402"), false),
        (NOBODY, remark("municipality", "GM0402"), false),
        (VNG, open.to_owned(), true),
        (HILVERSUM, open.to_owned(), false),
        (GOOI, open.to_owned(), false),
        (MINISTRY, open.to_owned(), false),
        (NOBODY, open.to_owned(), false),
    ] {
        let app = database.connect(roles::APP).await;
        app.execute_unprepared(&format!("{MOMENT} {actor}; begin"))
            .await
            .unwrap();
        match app.execute_unprepared(&sql).await {
            Ok(_) => assert!(allowed, "{actor}: {sql}"),
            Err(error) => {
                assert!(!allowed, "{actor}: {sql}: {error}");
                assert!(error.to_string().contains("row-level security"), "{error}");
            }
        }
        app.execute_unprepared("rollback").await.unwrap();
        app.close().await.unwrap();
    }
}
