//! The drill: a database is backed up and restored by the commands of the operator guide, and
//! nothing is missing.

use std::{path::Path, process::Command};

use acceptance::{
    App, TestDatabase, ministry, municipality, programs, spawn_app, spawn_app_on, vng,
};
use database::roles;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};

use crate::upgrade::{migrate, restored};

pub(crate) const GUIDE: &str = include_str!("../../api/docs/en/operator.md");
const GUIDE_IN_DUTCH: &str = include_str!("../../api/docs/nl/beheer.md");
/// The database of the guide.
const RESTORED: &str = "stm";

/// The commands of a guide, block by block.
pub(crate) fn blocks(guide: &str) -> Vec<&str> {
    let after_fences = guide.split("```sh\n").skip(1);
    after_fences
        .map(|text| text.split("```").next().unwrap())
        .collect()
}

/// Runs commands in a folder as an operator types them, who is superuser of the server. The program
/// itself is not built here: `stm roles` prints the text that this `stm` prints.
pub(crate) fn run(commands: &str, folder: &Path, database: &TestDatabase) {
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
    let [_make, _end_sessions, back_up, restore] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let database = restored().await;
    migrate(&database).await;
    // The login of the service makes no large object, which the auditor may not read; somebody else
    // may have made one.
    let stray = "select lo_from_bytea(0, 'stray')";
    let app = database.connect(roles::APP).await;
    let refused = app.execute_unprepared(stray).await.unwrap_err();
    assert!(
        refused.to_string().contains("permission denied"),
        "{refused}"
    );
    app.close().await.unwrap();
    let auditor = database.connect(roles::AUDITOR).await;
    let before = ledger::verify(&auditor, None).await.unwrap();
    auditor.close().await.unwrap();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(stray).await.unwrap();
    superuser.close().await.unwrap();

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

const DOCUMENTS: &str = "query ($after: String) { sourceDocuments(first: 2, after: $after) {
    nodes { key } pageInfo { endCursor } } }";
const ADVANCED: &str =
    "subscription ($since: Position) { ledgerAdvanced(since: $since) { ledger position } }";
const CHANGES: &str = "query ($since: ChangesSince!) { changes(since: $since, first: 3) {
    totalCount nodes { ledger position } } }";
/// What is asked by `GET`, and so has a tag: an answer of GraphQL, and a table.
const TAGGED: [&str; 2] = [
    "/v1/graphql?query=%7BsourceDocuments%7BtotalCount%7D%7D",
    "/v1/feeds/dim_action.csv",
];

/// What a client keeps to go on from.
struct Kept {
    head: i64,
    tags: Vec<String>,
    cursor: Value,
    /// The address of a next page, without that of the service.
    next: String,
    /// Of a table of everybody's, and of one with a scope.
    since: [String; 2],
    position: Value,
}

/// The tables that are loaded in parts, each by whom.
fn in_parts() -> [(&'static str, Option<String>); 2] {
    [
        ("/v1/feeds/fact_action_status_history.csv", None),
        ("/v1/feeds/fact_verdict_history.csv", Some(vng())),
    ]
}

/// Fetches an address: the status, a header and the body.
async fn fetched(
    app: &App,
    path: &str,
    sent: &[(&str, &str)],
    header: &str,
) -> (u16, Option<String>, String) {
    let mut request = acceptance::http().get(format!("{}{path}", app.address()));
    for (name, value) in sent {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let header = response.headers().get(header);
    let header = header.map(|value| value.to_str().unwrap().to_owned());
    (
        response.status().as_u16(),
        header,
        response.text().await.unwrap(),
    )
}

/// Three changes, each an entry of its own.
pub(crate) async fn three_changes(app: &App, named: &str) {
    for number in 1..=3 {
        let key = format!("{named}-{number}");
        let document = json!({
            "key": key, "kind": "STATEMENT", "titleNl": "Brief", "idempotencyKey": key,
        });
        let shown = app
            .with(&ministry())
            .call("registerSourceDocument", "", document)
            .await;
        assert_eq!(shown, json!({ "errors": [] }));
    }
}

async fn kept(app: &App) -> Kept {
    let mut tags = Vec::new();
    for path in TAGGED {
        let (status, tag, _) = fetched(app, path, &[], "etag").await;
        assert_eq!(status, 200, "{path}");
        tags.push(tag.unwrap());
    }
    let page = app.public().send(DOCUMENTS, json!({})).await;
    let head = page.ledger();
    let set = "/v1/odata/public/dim_action";
    let (_, _, rows) = fetched(app, set, &[("prefer", "odata.maxpagesize=1")], "etag").await;
    let rows: Value = serde_json::from_str(&rows).unwrap();
    let next = rows["@odata.nextLink"].as_str().unwrap();
    let mut since = Vec::new();
    for (path, token) in in_parts() {
        let bearer = token.map(|token| format!("Bearer {token}"));
        let sent: Vec<(&str, &str)> = bearer
            .iter()
            .map(|bearer| ("authorization", bearer.as_str()))
            .collect();
        let (status, position, _) = fetched(app, path, &sent, "stm-since").await;
        assert_eq!(status, 200, "{path}");
        since.push(position.unwrap());
    }
    let mut events = app
        .public()
        .follow(ADVANCED, json!({ "since": app.database.position(0).await }))
        .await;
    let mut position = json!(null);
    while position.is_null() {
        let event = events.data().await["ledgerAdvanced"].clone();
        if event["ledger"] == head {
            position = event["position"].clone();
        }
    }
    Kept {
        head,
        tags,
        cursor: page.data()["sourceDocuments"]["pageInfo"]["endCursor"].clone(),
        next: next[next.find(set).unwrap()..].to_owned(),
        since: since.try_into().unwrap(),
        position,
    }
}

/// The error of the first event of a stream, or its data.
async fn first_event(app: &App, since: &Value) -> Value {
    let mut events = app
        .public()
        .follow(ADVANCED, json!({ "since": since }))
        .await;
    events.answer().await
}

/// Goes on from what was kept: the code or status that each way ends with, and whether anything
/// came of it.
async fn goes_on(app: &App, kept: &Kept, is_served: bool) {
    let codes: &[&str] = if is_served { &[] } else { &["POSITION_LOST"] };
    let after = json!({ "after": kept.cursor });
    let page = app.public().send(DOCUMENTS, after).await;
    assert_eq!(page.codes(), codes, "{}", page.body);
    assert_eq!(page.json()["data"].is_object(), is_served, "{}", page.body);
    let since = json!({ "since": { "position": kept.position } });
    let changes = app.public().send(CHANGES, since).await;
    assert_eq!(changes.codes(), codes, "{}", changes.body);
    let status = if is_served { 200 } else { 410 };
    let (found, _, rows) = fetched(app, &kept.next, &[], "etag").await;
    assert_eq!(found, status, "{rows}");
    assert_eq!(rows.contains("FULL_RELOAD"), !is_served, "{rows}");
    for ((path, token), since) in in_parts().into_iter().zip(&kept.since) {
        let client = token.map_or_else(|| app.public(), |token| app.with(&token));
        let answer = client.get(&format!("{path}?since={since}")).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert_eq!(
            answer.body.contains("\"FULL_RELOAD\""),
            !is_served,
            "{path}: {}",
            answer.body
        );
    }
    let event = first_event(app, &kept.position).await;
    if is_served {
        let number = event["data"]["ledgerAdvanced"]["ledger"].as_i64();
        assert!(number > Some(kept.head), "{event}");
    } else {
        assert_eq!(
            event["errors"][0]["extensions"]["code"], "POSITION_LOST",
            "{event}"
        );
    }
}

/// A backup, three changes, the backup restored, three other changes: the numbers are the same, and
/// nothing that a client kept of the future that is lost is served.
#[tokio::test]
async fn nothing_of_a_future_that_is_lost_is_served() {
    let blocks = blocks(GUIDE);
    let [_make, _end_sessions, back_up, restore] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let name = "stm_without_its_future";
    let restore = restore
        .replace("createdb stm", &format!("createdb {name}"))
        .replace("--dbname=stm", &format!("--dbname={name}"));
    let app = spawn_app();
    let shared = kept(&app).await;
    let folder = std::env::temp_dir().join(format!("stm-lost-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let copy = TestDatabase::named(name);
    run(back_up, &folder, &app.database);
    three_changes(&app, "lost").await;
    let lost = kept(&app).await;
    goes_on(&app, &shared, true).await;
    run(&restore, &folder, &app.database);
    std::fs::remove_dir_all(&folder).unwrap();
    drop(app);

    let app = spawn_app_on(copy);
    // Ahead of the head.
    goes_on(&app, &lost, false).await;
    let ahead = json!({ "since": { "ledger": lost.head } });
    let ahead = app.public().send(CHANGES, ahead).await;
    assert_eq!(ahead.codes(), ["POSITION_LOST"], "{}", ahead.body);
    // At the same number, with other content.
    three_changes(&app, "other").await;
    let other = kept(&app).await;
    assert_eq!(other.head, lost.head);
    for (path, tag) in TAGGED.iter().zip(&lost.tags) {
        let known = [("if-none-match", tag.as_str())];
        assert_eq!(fetched(&app, path, &known, "etag").await.0, 200, "{path}");
    }
    for (path, tag) in TAGGED.iter().zip(&other.tags) {
        let known = [("if-none-match", tag.as_str())];
        assert_eq!(fetched(&app, path, &known, "etag").await.0, 304, "{path}");
    }
    goes_on(&app, &lost, false).await;
    // What was kept before the backup is of both, and what was kept after it of this one.
    goes_on(&app, &shared, true).await;
    three_changes(&app, "more").await;
    goes_on(&app, &other, true).await;
}

/// Whoever listens while the past becomes another one is told that the stream cannot go on.
#[tokio::test]
async fn a_stream_ends_when_its_past_is_lost() {
    let app = spawn_app();
    let mut events = app.public().follow(ADVANCED, json!({})).await;
    let superuser = app.database.superuser().await;
    let other = "update ledger_instant set hash = sha256('another past')
        where number = (select number from ledger_head)";
    superuser.execute_unprepared(other).await.unwrap();
    superuser.close().await.unwrap();
    three_changes(&app, "later").await;
    let error = events.answer().await["errors"][0].clone();
    assert_eq!(error["extensions"]["code"], "POSITION_LOST", "{error}");
    events.completes().await;
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
