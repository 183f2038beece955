//! The second wall before what regions answer, in SQL alone: who reads which row, and who appends
//! one.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// VR14 answered OH-01, which VNG confirmed, and SK-01, of which VNG asked something; VR13 answered
/// OH-01 for the first half of the year. Both are registered; Weesp (GM0457) was a member of VR14
/// until 24 March 2022.
const FILL: &str = "
    set session_replication_role = replica;
    insert into fact.reporting_region (id, ledger_no, subject_key, valid_from, area)
    select gen_random_uuid(), 1, a, '2026-01-01', a from unnest(array['VR13', 'VR14']) a;
    insert into free_text (id, ledger_no, kind, nonce, digest, body)
    select gen_random_uuid(), 1, 'ANSWER', decode(repeat('00', 16), 'hex'), decode(repeat('00', \
    32), 'hex'), b
    from unnest(array['explained', 'asked']) b;
    insert into fact.regional_answer (id, ledger_no, subject_key, valid_from, valid_to, area, \
    edition, criterion, version,
        answer, explanation_text, submitted_at)
    select gen_random_uuid(), 1, a || '/VOORSTEL-1/' || c, '2026-01-01', until::date, a, \
    'VOORSTEL-1', c, 1, 'MET',
        (select id from free_text where body = t), '2026-11-22'
    from (values ('VR13', 'OH-01', '2026-07-01', null), ('VR14', 'OH-01', null, 'explained'), \
    ('VR14', 'SK-01', null, null))
        v (a, c, until, t);
    insert into fact.regional_review (id, ledger_no, subject_key, area, edition, criterion, \
    version, outcome, remark_text,
        decided_at)
    select gen_random_uuid(), 1, 'VR14/VOORSTEL-1/' || c, 'VR14', 'VOORSTEL-1', c, 1, o,
        (select id from free_text where body = t), '2026-11-22'
    from (values ('OH-01', 'CONFIRMED', null), ('SK-01', 'QUESTIONED', 'asked')) v (c, o, t)";

const MOMENT: &str = "set app.ledger_no = '9000'; set app.day = '2026-11-22';";
const HILVERSUM: &str = "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402'";
const WEESP: &str = "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0457'";
const GOOI: &str = "set app.role = 'REGION'; set app.subjects = 'VR14/REGIONAL,GM0402/2026-2'; set \
    app.writes_for = 'GM0402'";
const FLEVOLAND: &str = "set app.role = 'REGION'; set app.subjects = 'VR25/REGIONAL'";
const VNG: &str = "set app.role = 'VNG'";
const MINISTRY: &str = "set app.role = 'MINISTRY'";
const JUDGE: &str =
    "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402'; set app.purpose = 'JUDGING'";
const COUNTING: &str = "set app.role = 'MINISTRY'; set app.purpose = 'NATIONAL_TOTALS'";
const PUBLIC: &str = "set app.role = 'PUBLIC'";
const NOBODY: &str = "set app.role = ''";

#[tokio::test]
async fn each_role_reads_its_part_of_what_regions_answer() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(FILL).await.unwrap();
    superuser.close().await.unwrap();
    let questions = [
        "select area || ' ' || criterion as told from fact.regional_answer order by 1",
        "select criterion || ' ' || outcome as told from fact.regional_review order by 1",
        "select body as told from free_text where kind = 'ANSWER' order by 1",
    ];
    let own = "VR14 OH-01, VR14 SK-01";
    let all = "VR13 OH-01, VR14 OH-01, VR14 SK-01";
    let reviews = "OH-01 CONFIRMED, SK-01 QUESTIONED";
    let expected = [
        (HILVERSUM, [own, "OH-01 CONFIRMED", "explained"]),
        // No answer holds on a day on which it was a member; that something is confirmed in its old
        // region is no secret.
        (WEESP, ["", "OH-01 CONFIRMED", ""]),
        (GOOI, [own, reviews, "asked, explained"]),
        (FLEVOLAND, ["", "", ""]),
        (VNG, [all, reviews, "asked, explained"]),
        (MINISTRY, ["VR14 OH-01", "OH-01 CONFIRMED", "explained"]),
        (JUDGE, [all, reviews, "asked, explained"]),
        // The totals of what was submitted count by region as well, and read no text.
        (COUNTING, [all, reviews, ""]),
        (PUBLIC, ["", "", ""]),
        (NOBODY, ["", "", ""]),
    ];
    for (actor, answers) in expected {
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
async fn a_region_answers_for_itself_and_vng_reviews() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(FILL).await.unwrap();
    superuser.close().await.unwrap();
    let answer = |area: &str| {
        format!(
            "insert into fact.regional_answer (id, ledger_no, subject_key, valid_from, area,
                edition, criterion, version, answer,
                submitted_at)
             values (gen_random_uuid(), 1, '{area}/VOORSTEL-1/SK-02', '2026-01-01', '{area}',
             'VOORSTEL-1', 'SK-02', 1, 'MET',
                '2026-11-22')"
        )
    };
    let review = "insert into fact.regional_review (id, ledger_no, subject_key, area, edition,
            criterion, version, outcome,
            decided_at)
        values (gen_random_uuid(), 1, 'VR14/VOORSTEL-1/SK-01', 'VR14', 'VOORSTEL-1', 'SK-01', 1,
        'CONFIRMED', '2026-11-22')";
    let cases = [
        (GOOI, answer("VR14"), true),
        (GOOI, answer("VR13"), false),
        // Not registered.
        (FLEVOLAND, answer("VR25"), false),
        (HILVERSUM, answer("VR14"), false),
        (VNG, answer("VR14"), false),
        (MINISTRY, answer("VR14"), false),
        (NOBODY, answer("VR14"), false),
        (VNG, review.to_owned(), true),
        (GOOI, review.to_owned(), false),
        (HILVERSUM, review.to_owned(), false),
        (MINISTRY, review.to_owned(), false),
    ];
    for (actor, sql, allowed) in cases {
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

/// At 9001 Amsterdam (GM0363) was known as a member of VR14, at 9002 that was taken back; so was
/// Hilversum, whose membership has ended since. VR14 met once.
const TAKEN_BACK: &str = "
    set session_replication_role = replica;
    insert into fact.area_membership (id, ledger_no, subject_key, area, municipality, valid_from, \
    valid_to, corrects, withdrawn)
    values ('00000000-0000-0000-0000-000000000001', 9001, 'VR14/GM0363', 'VR14', 'GM0363', null, \
        null, null, false),
        (gen_random_uuid(), 9002, 'VR14/GM0363', 'VR14', 'GM0363', null, null, \
        '00000000-0000-0000-0000-000000000001', true);
    insert into fact.area_membership (id, ledger_no, subject_key, area, municipality, valid_from, \
    valid_to, corrects, withdrawn)
    select gen_random_uuid(), 9002, subject_key, area, municipality, valid_from, '2026-01-01', id, \
    false
    from fact.area_membership where area = 'VR14' and municipality = 'GM0402';
    insert into fact.regional_meeting (id, ledger_no, subject_key, area, held_on, kind)
    values (gen_random_uuid(), 1, 'VR14/2026-11-05/OFFICIAL', 'VR14', '2026-11-05', 'OFFICIAL')";

/// The wall asks of now: at whatever number facts are known, and whatever day is told of.
#[tokio::test]
async fn a_membership_that_was_taken_back_opens_nothing_at_an_earlier_number() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(FILL).await.unwrap();
    superuser.execute_unprepared(TAKEN_BACK).await.unwrap();
    superuser.close().await.unwrap();
    let seen = "select held_on::text as told from fact.regional_meeting
        union all select criterion from fact.regional_answer where area = 'VR14' order by 1";
    for (code, expected) in [
        ("GM0363", ""),
        ("GM0402", ""),
        ("GM0376", "2026-11-05, OH-01, SK-01"),
    ] {
        for (ledger, day) in [
            ("9000", "2026-11-22"),
            ("9001", "2025-06-01"),
            ("9001", "2026-11-22"),
            ("9002", "2026-11-22"),
        ] {
            let app = database.connect(roles::APP).await;
            app.execute_unprepared(&format!(
                "set app.ledger_no = '{ledger}'; set app.day = '{day}';
                 set app.present_day = '2026-11-22';
                 set app.role = 'MUNICIPALITY'; set app.municipalities = '{code}'"
            ))
            .await
            .unwrap();
            let shown = texts(&app, seen).await.join(", ");
            assert_eq!(shown, expected, "{code} {ledger} {day}");
            app.close().await.unwrap();
        }
    }
}

/// A region writes while it is registered, by what is known now.
#[tokio::test]
async fn a_registration_that_was_taken_back_opens_no_writing_at_an_earlier_number() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(FILL).await.unwrap();
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.reporting_region (id, ledger_no, subject_key, area, corrects, \
             withdrawn)
             select gen_random_uuid(), 9002, subject_key, area, id, true
             from fact.reporting_region where area = 'VR14'",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared(&format!("{MOMENT} {GOOI}; begin"))
        .await
        .unwrap();
    let refused = app
        .execute_unprepared(
            "insert into fact.regional_meeting (id, ledger_no, subject_key, area, held_on, kind)
             values (gen_random_uuid(), 1, 'VR14/2026-11-05/OFFICIAL', 'VR14', '2026-11-05', \
             'OFFICIAL')",
        )
        .await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("row-level security"), "{refused}");
    app.execute_unprepared("rollback").await.unwrap();
    app.close().await.unwrap();
}
