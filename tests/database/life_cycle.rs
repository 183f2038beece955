//! The second wall around the life of an assessment, in SQL alone: for each table who reads and who
//! appends.

use acceptance::TestDatabase;
use database::roles;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

/// Who asks, by the settings that the service tells: the municipality, its region with and without
/// a mandate, another one, and the others.
const WHO: [(&str, &str); 8] = [
    (
        "Hilversum",
        "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0402'; set app.writes_for = \
            'GM0402'",
    ),
    (
        "Huizen",
        "set app.role = 'MUNICIPALITY'; set app.municipalities = 'GM0406'; set app.writes_for = \
            'GM0406'",
    ),
    (
        "VR14",
        "set app.role = 'REGION'; set app.area = 'VR14'; set app.subjects = 'GM0402/2026-2'; set \
            app.writes_for = 'GM0402'",
    ),
    (
        "VR14, not a member any more",
        "set app.role = 'REGION'; set app.area = 'VR14'; set app.subjects = 'GM0402/2026-2'",
    ),
    (
        "VR13",
        "set app.role = 'REGION'; set app.area = 'VR13'; set app.writes_for = 'GM0402'",
    ),
    ("VNG", "set app.role = 'VNG'"),
    ("ministry", "set app.role = 'MINISTRY'"),
    ("nobody", "set app.role = ''"),
];

/// Each table, with who reads Hilversum's row, who appends one, and the columns of its own.
const TABLES: &[(&str, [&[&str]; 2], &str)] = &[
    (
        "evidence",
        [OWN_REGION_VNG, SUBMITTERS],
        "version, criterion, position, kind, title_text, address, effective_on, received_at) \
            values (N, S, M, P, 1,
            'SV-01', POSITION, 'OTHER', TEXT, 'https://a.nl', '2026-01-01', '2026-01-01'",
    ),
    (
        "review_question",
        [OWN_REGION_VNG, &["VNG"]],
        "version, number, question_text, asked_at) values (N, S, M, P, 1, POSITION, TEXT, \
            '2026-01-01'",
    ),
    (
        "question_reply",
        [OWN_REGION_VNG, SUBMITTERS],
        "question, reply_text, replied_by, replied_at) values (N, S, M, P, POSITION, TEXT, \
            'GM0402', '2026-01-01'",
    ),
    (
        "assessment_withdrawal",
        [
            &[
                "Hilversum",
                "VR14",
                "VR14, not a member any more",
                "VNG",
                "ministry",
            ],
            SUBMITTERS,
        ],
        "version, reason_text, withdrawn_at) values (N, S, M, P, POSITION, TEXT, '2026-01-01'",
    ),
    (
        "deadline_extension",
        [
            &[
                "Hilversum",
                "VR14",
                "VR14, not a member any more",
                "VNG",
                "ministry",
            ],
            &["VNG"],
        ],
        "deadline_on, reason_text) values (N, S, M, P, '2026-12-01', TEXT",
    ),
    (
        "on_behalf_filling",
        [OWN_REGION_VNG, &["VNG"]],
        "number, edition, reason_text, channel, filled_at) values (N, S, M, P, POSITION, 'E', \
            TEXT, 'LETTER', '2026-01-01'",
    ),
    (
        "on_behalf_answer",
        [OWN_REGION_VNG, &["VNG"]],
        "filling, criterion, answer) values (N, S, M, P, POSITION, 'SV-01', 'MET'",
    ),
];

const OWN_REGION_VNG: &[&str] = &["Hilversum", "VR14", "VR14, not a member any more", "VNG"];
/// The region has a mandate in this test; VR13 says that it writes for Hilversum, and has none.
const SUBMITTERS: &[&str] = &["Hilversum", "VR14"];

fn insert(table: &str, columns: &str, position: i32) -> String {
    let text = "'00000000-0000-0000-0000-000000000001'";
    format!(
        "insert into fact.{table} (id, ledger_no, subject_key, municipality, period, {columns})"
    )
    .replace(
        "(N, S, M, P",
        "(gen_random_uuid(), 1, 'GM0402/2026-2', 'GM0402', '2026-2'",
    )
    .replace("POSITION", &position.to_string())
    .replace("TEXT", text)
}

const MANDATE: &str = "insert into fact.submission_mandate (id, ledger_no, subject_key,
    valid_from, municipality, area)
    values (gen_random_uuid(), 1, 'GM0402/VR14', '2026-01-01', 'GM0402', 'VR14')";

async fn app(database: &TestDatabase, settings: &str) -> DatabaseConnection {
    let app = database.connect(roles::APP).await;
    let always = "; set app.ledger_no = '9000'; set app.day = '2026-11-22'";
    app.execute_unprepared(&(settings.to_owned() + always))
        .await
        .unwrap();
    app
}

async fn count(app: &DatabaseConnection, table: &str) -> i64 {
    let sql = format!("select count(*) from fact.{table}");
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let row = app.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index(0).unwrap()
}

/// Whether row-level security lets a row in; that the row breaks another rule comes after the wall.
async fn appends(app: &DatabaseConnection, sql: &str) -> bool {
    app.execute_unprepared("begin").await.unwrap();
    let done = app.execute_unprepared(sql).await;
    app.execute_unprepared("rollback").await.unwrap();
    match done {
        Ok(_) => true,
        Err(error) => {
            let error = error.to_string();
            assert!(
                error.contains("row-level security") || error.contains("foreign key"),
                "{error}"
            );
            !error.contains("row-level security")
        }
    }
}

#[tokio::test]
async fn each_table_is_read_and_appended_to_by_those_of_the_mandate_table() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared("set session_replication_role = replica")
        .await
        .unwrap();
    for (table, _, columns) in TABLES {
        superuser
            .execute_unprepared(&insert(table, columns, 1))
            .await
            .unwrap();
    }
    superuser.execute_unprepared(MANDATE).await.unwrap();
    superuser.close().await.unwrap();
    for (who, settings) in WHO {
        let app = app(&database, settings).await;
        for (table, [readers, appenders], columns) in TABLES {
            let seen = count(&app, table).await == 1;
            assert_eq!(seen, readers.contains(&who), "{who} reads {table}");
            let taken = appends(&app, &insert(table, columns, 2)).await;
            assert_eq!(taken, appenders.contains(&who), "{who} appends to {table}");
        }
        let sees_mandate = count(&app, "submission_mandate").await == 1;
        let expected = matches!(
            who,
            "Hilversum" | "VR14" | "VR14, not a member any more" | "VNG"
        );
        assert_eq!(sees_mandate, expected, "{who} reads submission_mandate");
        let gives = appends(&app, MANDATE).await;
        assert_eq!(gives, who == "Hilversum", "{who} gives a mandate");
        app.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_mandate_ends_on_its_day() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(&format!(
            "set session_replication_role = replica; {};
             update fact.submission_mandate set valid_to = '2026-11-23'",
            MANDATE
        ))
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let (table, _, columns) = TABLES[0];
    let app = app(&database, WHO[2].1).await;
    for (day, may) in [
        ("2025-12-31", false),
        ("2026-01-01", true),
        ("2026-11-22", true),
        ("2026-11-23", false),
    ] {
        app.execute_unprepared(&format!("set app.day = '{day}'"))
            .await
            .unwrap();
        assert_eq!(
            appends(&app, &insert(table, columns, 2)).await,
            may,
            "{day}"
        );
    }
    app.close().await.unwrap();
}

/// The login of the service, as Hilversum itself, tries to change what Hilversum submitted: by a
/// row in its place, and by one more.
#[tokio::test]
async fn a_submitted_version_is_final() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    superuser
        .execute_unprepared(
            "set session_replication_role = replica;
             insert into fact.assessment_version (id, ledger_no, subject_key, municipality, \
             period, number, edition,
                submitted_at, on_time, approved_by_function, approved_on, content_hash)
             values ('00000000-0000-0000-0000-000000000001', 1, 'GM0402/2026-2', 'GM0402', \
             '2026-2', 1, 'VOORSTEL-1',
                '2026-11-22', true, 'x', '2026-11-20', 'x');
             insert into fact.answer (id, ledger_no, subject_key, municipality, period, version, \
             criterion, answer)
             values ('00000000-0000-0000-0000-000000000002', 1, 'GM0402/2026-2', 'GM0402', \
             '2026-2', 1, 'SV-01', 'NOT_MET')",
        )
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let app = app(&database, WHO[0].1).await;
    let version = |number: i32, more: &str, values: &str| {
        format!(
            "insert into fact.assessment_version (id, ledger_no, subject_key, municipality,
                period, number, edition,
                submitted_at, on_time, approved_by_function, approved_on, content_hash{more})
             values (gen_random_uuid(), 2, 'GM0402/2026-2', 'GM0402', '2026-2', {number},
             'VOORSTEL-1', '2026-11-22', true, 'x',
                '2026-11-20', 'x'{values})"
        )
    };
    let answer = |ledger: i32, version: i32, criterion: &str, more: &str, values: &str| {
        format!(
            "insert into fact.answer (id, ledger_no, subject_key, municipality, period, version,
             criterion, answer{more})
             values (gen_random_uuid(), {ledger}, 'GM0402/2026-2', 'GM0402', '2026-2', {version},
             '{criterion}', 'MET'{values})"
        )
    };
    let first = "'00000000-0000-0000-0000-000000000001'";
    let of_first = "'00000000-0000-0000-0000-000000000002'";
    let evidence = "insert into fact.evidence (id, ledger_no, subject_key, municipality, period,
            version, criterion, position,
            kind, title_text, address, effective_on, received_at)
        values (gen_random_uuid(), 2, 'GM0402/2026-2', 'GM0402', '2026-2', 1, 'SV-01', 1, 'OTHER',
        gen_random_uuid(), 'https://a.nl',
            '2026-01-01', '2026-01-01')";
    let changes = [
        (version(1, "", ""), "unique constraint"),
        (
            version(2, ", corrects", &format!(", {first}")),
            "assessment_version_is_final",
        ),
        (
            version(2, ", withdrawn", ", true"),
            "assessment_version_is_final",
        ),
        (answer(2, 1, "SV-01", "", ""), "unique constraint"),
        (
            answer(2, 1, "SV-02", ", corrects", &format!(", {of_first}")),
            "answer_is_final",
        ),
        // An answer more, afterwards.
        (answer(2, 1, "SV-02", "", ""), "foreign key to the version"),
        (answer(2, 7, "SV-02", "", ""), "foreign key to the version"),
        (evidence.to_owned(), "foreign key"),
    ];
    for (sql, refused) in changes {
        let error = app
            .execute_unprepared(&sql)
            .await
            .expect_err(&sql)
            .to_string();
        assert!(error.contains(refused), "{sql}: {error}");
    }
    // A better version with its answers is taken in.
    app.execute_unprepared(&format!(
        "begin; {}; {}; rollback",
        version(2, "", ""),
        answer(2, 2, "SV-01", "", "")
    ))
    .await
    .unwrap();
    assert_eq!(count(&app, "answer").await, 1);
    app.close().await.unwrap();
}
