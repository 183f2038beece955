//! The drill: a database is backed up and restored by the commands of the operator guide, and
//! nothing is missing.

use std::{path::Path, process::Command};

use acceptance::{TestDatabase, ministry, municipality, programs, spawn_app_on};
use database::roles;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::json;

use crate::upgrade::{migrate, restored};

const GUIDE: &str = include_str!("../../api/docs/en/operator.md");
const GUIDE_IN_DUTCH: &str = include_str!("../../api/docs/nl/beheer.md");
/// The database of the guide.
const RESTORED: &str = "stm";

/// The commands of a guide, block by block.
fn blocks(guide: &str) -> Vec<&str> {
    let after_fences = guide.split("```sh\n").skip(1);
    after_fences
        .map(|text| text.split("```").next().unwrap())
        .collect()
}

/// Runs commands in a folder as an operator types them, who is superuser of the server. The program
/// itself is not built here: `stm roles` prints the text that this `stm` prints.
fn run(commands: &str, folder: &Path, database: &TestDatabase) {
    let superuser = database.url("postgres");
    let (_, socket) = superuser.split_once("?host=").unwrap();
    let (socket, _) = socket.split_once('&').unwrap();
    let stm = "stm() { [ \"$*\" = roles ] && printf '%s' \"$ROLES\"; }\n";
    let done = Command::new("sh")
        .args(["-euc", &format!("PATH=$PROGRAMS:$PATH\n{stm}{commands}")])
        .current_dir(folder)
        .env("PROGRAMS", programs())
        .env("ROLES", roles::SQL)
        .env("PGHOST", socket)
        .env("PGPORT", "5432")
        .env("PGUSER", "postgres")
        .env("DATABASE_AUDITOR_URL", database.url(roles::AUDITOR))
        .output()
        .unwrap();
    let given = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{commands}{given}");
}

/// Every table with the number of its rows.
async fn rows(database: &TestDatabase) -> Vec<(String, i64)> {
    let superuser = database.superuser().await;
    let tables = "select format('%I.%I', schemaname, tablename) from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1";
    let tables = superuser
        .query_all_raw(Statement::from_string(DbBackend::Postgres, tables))
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let mut counted = Vec::new();
    for table in tables {
        let table: String = table.try_get_by_index(0).unwrap();
        let count = database
            .count(&format!("select count(*) from {table}"))
            .await;
        counted.push((table, count));
    }
    counted
}

#[tokio::test]
async fn a_backup_by_the_guide_is_whole_and_its_restoration_is_served() {
    let blocks = blocks(GUIDE);
    assert_eq!(blocks, self::blocks(GUIDE_IN_DUTCH));
    let [_make, back_up, restore] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let database = restored().await;
    migrate(&database).await;
    // The login of the service may make a large object, which the auditor may not read.
    let app = database.connect(roles::APP).await;
    app.execute_unprepared("select lo_from_bytea(0, 'stray')")
        .await
        .unwrap();
    app.close().await.unwrap();
    let auditor = database.connect(roles::AUDITOR).await;
    let before = ledger::verify(&auditor, None).await.unwrap();
    auditor.close().await.unwrap();

    let folder = std::env::temp_dir().join(format!("stm-backup-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let copy = TestDatabase::named(RESTORED);
    run(back_up, &folder, &database);
    run(restore, &folder, &database);
    std::fs::remove_dir_all(&folder).unwrap();

    let shown = rows(&copy).await;
    assert!(shown.len() > 100, "{}", shown.len());
    assert_eq!(shown, rows(&database).await);
    let auditor = copy.connect(roles::AUDITOR).await;
    let anchor = format!("{}:{}", before.entries, before.hash)
        .parse()
        .unwrap();
    let report = ledger::verify(&auditor, Some(&anchor)).await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    assert_eq!(report, before);
    auditor.close().await.unwrap();

    // `serve` takes its login, it reads, and it writes.
    let login = copy.connect(roles::APP).await;
    assert_eq!(roles::check_login(&login).await.unwrap(), Ok(()));
    login.close().await.unwrap();
    let app = spawn_app_on(copy);
    app.clock.set("2026-12-10T12:00:00Z".parse().unwrap());
    let verdict = "{ verdict(municipality: \"GM0402\", period: \"2026-2\") { status } }";
    let verdict = app.with(&municipality("GM0402")).ask(verdict).await;
    assert_eq!(
        verdict.data(),
        json!({ "verdict": { "status": "PARTLY_COMPLIANT" } })
    );
    let document = json!({
        "key": "after", "kind": "STATEMENT", "titleNl": "Na herstel", "idempotencyKey": "after",
    });
    let shown = app
        .with(&ministry())
        .call("registerSourceDocument", "", document)
        .await;
    assert_eq!(shown, json!({ "errors": [] }));
}

/// What an operator met who had restored a backup without making the rights on the database anew.
#[tokio::test]
async fn a_database_without_its_rights_is_refused_until_they_are_made() {
    let database = TestDatabase::empty();
    let superuser = database.superuser().await;
    let everybody = "do $$ begin execute format('grant temporary on database %I to public', \
        current_database()); end $$";
    superuser.execute_unprepared(everybody).await.unwrap();
    let app = database.connect(roles::APP).await;
    let refused = roles::check_login(&app).await.unwrap().unwrap_err();
    assert!(
        refused.to_string().contains("may create tables"),
        "{refused}"
    );
    for _ in 0..2 {
        roles::provision(&superuser).await.unwrap();
        assert_eq!(roles::check_login(&app).await.unwrap(), Ok(()));
    }
    app.close().await.unwrap();
    superuser.close().await.unwrap();
}
