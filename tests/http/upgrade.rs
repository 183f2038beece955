//! A database that release 1.0.0-rc.1 has left is restored, migrated and served: whatever was told
//! then is told now, positions and keys of then still hold, nothing is carried out twice, and the
//! ledger is green. `tests/upgrade/README.md` says what the database holds and how it was made.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Read as _,
};

use acceptance::{
    App, Client, TestDatabase, met, ministry, municipality, partner, region, spawn_app_on, vng,
    vng_as,
};
use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use chrono::{DateTime, Utc};
use compliance::redaction;
use database::{Database, roles};
use dataset::{DataSet, Imported, import};
use domain::clock::Clock;
use flate2::read::GzDecoder;
use ledger::judge::Judged;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{feed_keys::with_key, feeds::Read};

const DATABASE: &[u8] = include_bytes!("../upgrade/database.sql.gz");
const STORY: &str = include_str!("../upgrade/story.json");
const ANSWERS: &str = include_str!("../upgrade/answers.json");
const NOTES: &str = include_str!("../upgrade/notes.json");
/// The municipality whose draft nobody had submitted.
const WITH_DRAFT: &str = "GM0363";

/// What the import tells of the open period: from which verdict to which, and how many.
const MOVED: [(&str, &str, usize); 0] = [];
/// Assessments of open periods, on either basis, that it judges anew.
const ANEW: usize = 11;
/// The same of closed ones, with the re-run beside.
const BESIDE: usize = 4;
/// Publications whose figures the rules of today tell otherwise.
const NOTED: [&str; 0] = [];

/// Whoever a line of the story or a question is by, as in `municipality GM0402`.
pub(crate) fn client(app: &App, by: &str) -> Client {
    let token = match by.split_once(' ') {
        None if by == "public" => return app.public(),
        None if by == "vng" => vng(),
        None if by == "ministry" => ministry(),
        Some(("vng", subject)) => vng_as(subject),
        Some(("municipality", code)) => municipality(code),
        Some(("region", code)) => region(code),
        Some(("partner", key)) => partner(key),
        _ => panic!("nobody is called {by}"),
    };
    app.with(&token)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn texts(values: &Value) -> impl Iterator<Item = &str> {
    values.as_array().into_iter().flatten().map(text)
}

fn list(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

/// The questions of each root field, with what they were told.
pub(crate) fn answers() -> Vec<Value> {
    list(ANSWERS)
}

/// The instant at which they were told.
pub(crate) fn instant() -> DateTime<Utc> {
    let notes: Value = serde_json::from_str(NOTES).unwrap();
    text(&notes["instant"]).parse().unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// What members of inputs are called since the release: call, then, now.
const RENAMED_MEMBERS: [[&str; 3]; 5] = [
    ["openReportingPeriod", "closesOn", "lastDay"],
    ["recordPolicy", "endsOn", "lastDay"],
    ["endRegionalAnswer", "on", "until"],
    ["resolveRegionalBottleneck", "on", "resolvedOn"],
    ["createFeedKey", "expiresOn", "lastDay"],
];
/// What columns of tables are called since the release: then, now.
const RENAMED_COLUMNS: [[&str; 2]; 4] = [
    ["closes_on", "last_day"],
    ["municipalities", "country_municipality_count"],
    ["valid_to", "valid_until"],
    ["date_text", "date_text_en"],
];

/// The input of a step, with the feed keys that the release gave out in place of their names.
fn input(step: &Value, notes: &Value) -> Value {
    let mut input = step["input"].to_string();
    for (name, key) in notes["feedKeys"].as_object().unwrap() {
        input = input.replace(&format!("{{{name}}}"), text(&key["key"]));
    }
    let mut input: Value = serde_json::from_str(&input).unwrap();
    let members = input.as_object_mut().unwrap();
    for [call, then, now] in RENAMED_MEMBERS {
        if step["call"] == call
            && let Some(value) = members.remove(then)
        {
            members.insert(now.to_owned(), value);
        }
    }
    input
}

/// What a column of then is called now.
fn column_now(then: &str) -> &str {
    let renamed = RENAMED_COLUMNS.iter().find(|[name, _]| *name == then);
    renamed.map_or(then, |[_, now]| now)
}

/// An answer in the shape of then: a list that is a connection now was its items alone.
fn in_the_shape_of_then(mut shown: Value, then: &Value, field: &str) -> Value {
    if then[field].is_array()
        && let Some(nodes) = shown[field].get_mut("nodes")
    {
        shown[field] = nodes.take();
    }
    shown
}

/// Rows as the columns of then hold them: a column that came later is no difference.
fn rows_of_then(read: &Read, then: &Value) -> Value {
    let columns: Vec<Vec<&str>> = texts(&then["columns"])
        .map(|name| read.column(column_now(name)))
        .collect();
    let mut rows = String::new();
    for row in 0..read.rows.len() {
        let cells: Vec<&str> = columns.iter().map(|column| column[row]).collect();
        rows += &json!(cells).to_string();
        rows.push('\n');
    }
    json!({ "rows": read.rows.len(), "sha256": sha256(rows.as_bytes()) })
}

/// The database of the release, as its operator would restore it.
pub(crate) async fn restored() -> TestDatabase {
    let mut sql = String::new();
    GzDecoder::new(DATABASE).read_to_string(&mut sql).unwrap();
    let database = TestDatabase::empty();
    let superuser = database.superuser().await;
    superuser.execute_unprepared(&sql).await.unwrap();
    superuser.close().await.unwrap();
    database
}

pub(crate) async fn migrate(database: &TestDatabase) {
    let owner = database.connect(roles::OWNER).await;
    migration::up(&owner).await.unwrap();
    owner.close().await.unwrap();
}

/// The root fields of the queries that the schema knows today.
pub(crate) fn root_fields() -> BTreeSet<String> {
    let document = parse_schema(transport::schema::sdl()).unwrap();
    let root = document.definitions.into_iter().find_map(|one| match one {
        TypeSystemDefinition::Type(one) if one.node.name.node == "Query" => Some(one.node.kind),
        _ => None,
    });
    let Some(TypeKind::Object(root)) = root else {
        panic!("the schema has no queries");
    };
    let names = root
        .fields
        .iter()
        .map(|field| field.node.name.node.to_string());
    names.collect()
}

/// What the release told is told again: answers, pages behind old cursors, and, with `at`, what was
/// known as of its last entry.
async fn answers_as_before(app: &App, at: Option<&Value>) {
    for then in answers() {
        if at.is_some() && then["knownLater"] == false {
            continue;
        }
        let (by, query) = (text(&then["by"]), text(&then["query"]));
        let client = client(app, by);
        let moment = at.map(|ledger| json!({ "ledger": ledger }));
        let mut before = then["told"].clone();
        let shown = client.send(query, json!({ "at": moment })).await.data();
        let mut shown = in_the_shape_of_then(shown, &before, text(&then["field"]));
        forget_later_tasks(&mut shown);
        due_by_the_deadline(&mut before);
        hide_hashes_of_blanked_texts(&shown, &mut before);
        let pinned = unpin(&mut shown);
        assert!(at.is_some() || pinned == 0, "{by}: {query}");
        // A cursor is bound to the moment and the arguments of its list, in a form that came later;
        // one of then is taken below.
        for whole in [&mut shown, &mut before] {
            if let Some(page) = whole[text(&then["field"])].get_mut("pageInfo") {
                page["endCursor"] = json!(null);
            }
        }
        assert_eq!(shown, before, "{by}: {query}");
        let cursor = &then["told"][text(&then["field"])]["pageInfo"]["endCursor"];
        if at.is_none() && !then["nextPage"].is_null() {
            let mut next = client.send(query, json!({ "after": cursor })).await.data();
            let mut page = then["nextPage"].clone();
            for whole in [&mut next, &mut page] {
                whole[text(&then["field"])]["pageInfo"]["endCursor"] = json!(null);
            }
            assert_eq!(next, page, "{by}: {query}");
        }
    }
}

/// What is to be handed in again is due by the deadline in force now, and was when the period
/// closed.
fn due_by_the_deadline(before: &mut Value) {
    let tasks = before.pointer_mut("/openTasks/nodes");
    for task in tasks.and_then(Value::as_array_mut).into_iter().flatten() {
        if task["kind"] == "RESUBMIT_ASSESSMENT" {
            assert_eq!(task["due"], "2027-01-15");
            task["due"] = json!("2026-12-31");
        }
    }
}

/// A task of a kind that came later is no difference.
fn forget_later_tasks(shown: &mut Value) {
    let Some(tasks) = shown.get_mut("openTasks") else {
        return;
    };
    let nodes = tasks["nodes"].as_array_mut().unwrap();
    let before = nodes.len();
    let later = [
        "RECORD_ADOPTION",
        "COMPLETE_ROUND",
        "HOLD_REGIONAL_MEETING",
        "SUBMIT_REGIONAL_REPORT",
        "RESOLVE_REGIONAL_BOTTLENECK",
        "CONFIRM_REGIONAL_REPORT",
    ];
    nodes.retain(|task| !later.iter().any(|kind| task["kind"] == *kind));
    let forgotten = before - nodes.len();
    let total = tasks["totalCount"].as_u64().unwrap();
    tasks["totalCount"] = json!(total - u64::try_from(forgotten).unwrap());
}

/// By the hash of a submission whoever guesses may try a text of it that the law wanted gone, so it is told no more.
fn hide_hashes_of_blanked_texts(shown: &Value, before: &mut Value) {
    match (shown, before) {
        (Value::Object(shown), Value::Object(before)) => {
            for (name, value) in before {
                let Some(shown) = shown.get(name) else {
                    continue;
                };
                if matches!(name.as_str(), "hash" | "receipt") && shown.is_null() {
                    *value = Value::Null;
                } else {
                    hide_hashes_of_blanked_texts(shown, value);
                }
            }
        }
        (Value::Array(shown), Value::Array(before)) => {
            for (shown, before) in shown.iter().zip(before) {
                hide_hashes_of_blanked_texts(shown, before);
            }
        }
        _ => {}
    }
}

/// The spans of verdicts as they are stored, without those that a later run appended.
async fn spans(app: &App, table: &str, until: &Value) -> Vec<String> {
    let superuser = app.database.superuser().await;
    let sql = format!(
        "select to_jsonb(s)::text from fact.{table} s where s.ledger_no <= {until} order by 1"
    );
    let rows = superuser
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let texts = rows.iter().map(|row| row.try_get_by_index(0).unwrap());
    texts.collect()
}

/// The files of the release, byte for byte.
async fn are_published_as_before(app: &App, notes: &Value) {
    for (path, sum) in notes["publications"].as_object().unwrap() {
        let file = app.public().get(path).await;
        assert_eq!(
            (file.status, json!(sha256(file.body.as_bytes()))),
            (200, sum.clone()),
            "{path}"
        );
    }
}

/// The import brings every edition under the rule set of today and judges anew: what was judged
/// stays as it is, closed periods keep their verdicts and get a re-run beside, and it is counted
/// what became of the others.
async fn is_brought_under_the_rules_of_today(app: &App, notes: &Value) -> Imported {
    let head = &notes["head"];
    let kept = [
        spans(app, "verdict_span", head).await,
        spans(app, "verdict_rerun", head).await,
    ];
    let clock = Clock::settable(text(&notes["instant"]).parse().unwrap());
    let db = Database::connect(&app.database.url(roles::APP), 1, clock)
        .await
        .unwrap();
    let set = DataSet::built_in().unwrap();
    let (imported, _) = import(&db, &set).await.unwrap();
    let again = import(&db, &set).await.unwrap().0;
    assert_eq!((again.judged, again.noted.len()), (Judged::default(), 0));
    db.close().await.unwrap();

    // Not a span of before is another, and those of the closed period are all that it has.
    assert_eq!(spans(app, "verdict_span", head).await, kept[0]);
    assert_eq!(spans(app, "verdict_rerun", head).await, kept[1]);
    let added = |what: &str| {
        format!(
            "select count(*) from fact.{what} where ledger_no > {head} and \
             grounds ->> 'rule_set' = 'VOORSTEL-2'"
        )
    };
    let closed = "verdict_span s join fact.reporting_period p on p.key = s.period \
        and p.closes_on < '2026-12-10' where s.ledger_no >";
    let closed = format!("select count(*) from fact.{closed} {head}");
    assert_eq!(app.database.count(&closed).await, 0);
    assert!(app.database.count(&added("verdict_span")).await > 0);
    assert!(app.database.count(&added("verdict_rerun")).await > 0);
    let reviewer = app.with(&vng());
    for code in ["VOORSTEL-1", "VOORSTEL-2"] {
        let edition = format!("{{ framework(edition: \"{code}\") {{ ruleSet }} }}");
        let shown = reviewer.ask(&edition).await.data();
        assert_eq!(shown["framework"]["ruleSet"], "VOORSTEL-2", "{code}");
    }
    are_published_as_before(app, notes).await;
    imported
}

/// Takes from each id what pins it to a moment, and tells of how many.
fn unpin(shown: &mut Value) -> usize {
    match shown {
        Value::Object(fields) => {
            let mut pinned = 0;
            for (name, value) in fields {
                match value.as_str().and_then(|id| id.split_once('.')) {
                    Some((plain, _)) if name == "id" => {
                        *value = json!(plain);
                        pinned += 1;
                    }
                    _ => pinned += unpin(value),
                }
            }
            pinned
        }
        Value::Array(values) => values.iter_mut().map(unpin).sum(),
        _ => 0,
    }
}

/// Tables that came later.
const LATER_TABLES: [&str; 1] = ["fact_verdict_monthly"];

/// Takes from the dictionary the tables and columns that came later: a new one is no difference.
fn leave_out_later(read: &mut Read, notes: &Value) {
    let place = |name: &str| read.columns.iter().position(|column| column == name);
    let (table, column) = (place("table_name").unwrap(), place("column_name").unwrap());
    let was_there = |row: &Vec<String>| {
        if LATER_TABLES.contains(&row[table].as_str()) {
            return false;
        }
        let path = format!("/v1/feeds/{}.csv", row[table]);
        let mut tables = notes["tables"].as_array().unwrap().iter();
        let then = tables.find(|then| then["path"] == path.as_str());
        then.is_none_or(|then| texts(&then["columns"]).any(|name| column_now(name) == row[column]))
    };
    read.rows.retain(was_there);
}

/// Tables as BI tools pull them: whole, from an old position on, and the next page of a load that
/// had begun.
async fn is_pulled_as_before(app: &App, notes: &Value) {
    for then in notes["tables"].as_array().unwrap() {
        let (by, path) = (text(&then["by"]), text(&then["path"]));
        let answer = client(app, by).get(path).await;
        assert_eq!(answer.status, 200, "{by}: {path}: {}", answer.body);
        let mut read = Read::csv(&answer.body);
        if path.contains("/data_dictionary.") {
            leave_out_later(&mut read, notes);
        }
        let now = rows_of_then(&read, then);
        let expected = json!({ "rows": then["rows"], "sha256": then["sha256"] });
        assert_eq!(now, expected, "{by}: {path}");
    }
    for then in notes["pages"].as_array().unwrap() {
        let (by, path) = (text(&then["by"]), text(&then["path"]));
        let page = client(app, by).get(path).await.json();
        let columns = texts(&then["columns"]).map(column_now);
        let columns: Vec<String> = columns.map(str::to_owned).collect();
        let rows = page["value"]
            .as_array()
            .unwrap_or_else(|| panic!("{by}: {path}: {page}"));
        let now = rows_of_then(&Read::objects(&columns, rows.iter()), then);
        let expected = json!({ "rows": then["rows"], "sha256": then["sha256"] });
        assert_eq!(now, expected, "{by}: {path}");
    }
}

/// An old position is taken and answered by one of today. A number that the release never gave is
/// no position.
async fn positions_of_then_are_taken(app: &App, head: i64) {
    let path = |since: i64| format!("/v1/feeds/fact_budget_history.csv?since={since}");
    let address = format!("{}{}", app.address(), path(head));
    let response = acceptance::http().get(address).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let position = app.database.position(head).await;
    assert_eq!(response.headers()["stm-since"].to_str().unwrap(), position);
    let refused = app.public().get(&path(head + 1)).await;
    assert_eq!(refused.status, 410, "{}", refused.body);
    let advanced = |since: i64| {
        format!("subscription {{ ledgerAdvanced(since: {since}) {{ ledger position }} }}")
    };
    let mut events = app.public().follow(&advanced(head - 1), json!({})).await;
    assert_eq!(
        events.data().await["ledgerAdvanced"],
        json!({ "ledger": head, "position": position })
    );
    let mut refused = app.public().follow(&advanced(head + 1), json!({})).await;
    let error = refused.answer().await["errors"][0].clone();
    assert_eq!(error["extensions"]["code"], "POSITION_LOST", "{error}");
}

/// Each call of the story once more, by whom it was: it has its outcome, and nothing is carried
/// out.
async fn repeats_change_nothing(app: &App, notes: &Value) {
    let entries = "select count(*) from ledger";
    let before = app.database.count(entries).await;
    for step in list(STORY) {
        if step["input"]["idempotencyKey"].is_null() {
            continue;
        }
        let (by, mutation) = (text(&step["by"]), text(&step["call"]));
        let input = input(&step, notes);
        let shown = client(app, by).call(mutation, "", input).await;
        assert_eq!(shown, json!({ "errors": [] }), "{step}");
    }
    assert_eq!(app.database.count(entries).await, before);
}

/// A feed key that was good is good, and one that was revoked is not.
async fn keys_open_what_they_opened(app: &App, notes: &Value) {
    let of_hilversum = &notes["feedKeys"]["key of Hilversum"];
    let path = "/v1/feeds/fact_verdict_current.csv";
    let pulled = with_key(app.address(), path, text(&of_hilversum["secret"])).await;
    assert_eq!(pulled, client(app, "municipality GM0402").get(path).await);
    let revoked = &notes["feedKeys"]["key of the ministry"];
    let refused = with_key(app.address(), path, text(&revoked["secret"])).await;
    assert_eq!(refused.status, 401);
}

/// Versions that were submitted before there were receipts as files have one, which holds.
async fn versions_of_then_have_receipts(app: &App) {
    let sql = "select format('/v1/assessments/%s/%s/receipt.json?version=%s', v.municipality,
            v.period, v.number),
            blanked_in_entry(v.ledger_no)
                or exists (select from fact.redaction r where r.entry_no = v.ledger_no)
         from fact.assessment_version v order by 1";
    let superuser = app.database.superuser().await;
    let rows = superuser
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .unwrap();
    superuser.close().await.unwrap();
    let reviewer = app.with(&vng());
    let mut given = 0;
    for row in &rows {
        let path: String = row.try_get_by_index(0).unwrap();
        let is_blanked: bool = row.try_get_by_index(1).unwrap();
        let file = reviewer.get(&path).await;
        assert_eq!(file.status, if is_blanked { 410 } else { 200 }, "{path}");
        if is_blanked {
            continue;
        }
        given += 1;
        let checked = app
            .public()
            .send_file("/v1/receipts", "application/json", "key", file.body)
            .await
            .json();
        let outcome = text(&checked["outcome"]);
        assert!(
            ["UNCHANGED", "SUPERSEDED", "WITHDRAWN"].contains(&outcome),
            "{path}: {checked}"
        );
    }
    assert!(given > 3, "{given} of {}", rows.len());
}

/// An old draft goes on, is submitted with the evidence that it held, and confirmed.
async fn an_old_draft_goes_on(app: &App) {
    let (own, reviewer) = (app.with(&municipality(WITH_DRAFT)), app.with(&vng()));
    let of_draft = |more: Value| {
        let mut input = json!({ "municipality": WITH_DRAFT, "period": "2026-2" });
        input
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        input
    };
    let kept = "assessment { draft { answers { criterion { code } answer explanation \
        evidence { kind title address reference effectiveOn receivedAt } } } }";
    let answers = met(&["BB-04"]);
    let saved = own
        .call("saveDraft", kept, of_draft(json!({ "answers": answers })))
        .await;
    assert_eq!(saved["errors"], json!([]));
    let of_code = |answers: &Value| -> BTreeMap<String, Value> {
        let answers = answers.as_array().unwrap().iter();
        answers
            .map(|one| (text(&one["criterion"]["code"]).to_owned(), one.clone()))
            .collect()
    };
    let drafted = of_code(&saved["assessment"]["draft"]["answers"]);
    assert_eq!(
        drafted["SV-01"]["evidence"],
        json!([
            {
                "kind": "APPOINTMENT_DECISION", "title": "Aanwijzingsbesluit",
                "address": "https://www.hilversum.nl/besluit", "reference": null,
                "effectiveOn": "2025-11-01", "receivedAt": "2026-11-24T09:00:00+00:00",
            },
            {
                "kind": "OTHER", "title": "Jaarverslag", "address": null, "reference": "Z/26/123",
                "effectiveOn": "2026-06-30", "receivedAt": "2026-11-24T09:00:00+00:00",
            },
        ])
    );
    let submission = of_draft(json!({
        "approvedByFunction": "Burgemeester", "approvedOn": "2026-12-10",
        "idempotencyKey": "after",
    }));
    let sealed = "version { number answers { criterion { code } answer explanation \
        evidence { kind title address reference effectiveOn receivedAt } } }";
    let submitted = own.call("submitAssessment", sealed, submission).await;
    assert_eq!(submitted["errors"], json!([]));
    assert_eq!(of_code(&submitted["version"]["answers"]), drafted);
    for (mutation, input) in [
        (
            "claimReview",
            of_draft(json!({ "idempotencyKey": "after" })),
        ),
        (
            "confirmAssessment",
            of_draft(json!({ "version": 1, "idempotencyKey": "after" })),
        ),
    ] {
        let shown = reviewer.call(mutation, "", input).await;
        assert_eq!(shown, json!({ "errors": [] }), "{mutation}");
    }
    let verdict =
        format!("{{ verdict(municipality: \"{WITH_DRAFT}\", period: \"2026-2\") {{ status }} }}");
    assert_eq!(
        own.ask(&verdict).await.data(),
        json!({ "verdict": { "status": "NOT_COMPLIANT" } })
    );
}

#[tokio::test]
async fn a_database_of_the_release_is_migrated_served_read_and_written() {
    let notes: Value = serde_json::from_str(NOTES).unwrap();
    let anchor = text(&notes["anchor"]).parse().unwrap();
    let head = &notes["head"];
    let database = restored().await;
    migrate(&database).await;
    let app = spawn_app_on(database);
    app.clock.set(instant());

    // Read: each root field is asked, and what was told is told.
    let requested: BTreeSet<String> = answers()
        .iter()
        .map(|then| text(&then["field"]).to_owned())
        .collect();
    // Fields that came since the release are new to it; none of its own is gone.
    let served = root_fields();
    let gone: Vec<&String> = requested.difference(&served).collect();
    assert_eq!(gone, [""; 0]);
    answers_as_before(&app, None).await;
    is_pulled_as_before(&app, &notes).await;
    positions_of_then_are_taken(&app, head.as_i64().unwrap()).await;
    are_published_as_before(&app, &notes).await;
    keys_open_what_they_opened(&app, &notes).await;
    versions_of_then_have_receipts(&app).await;

    // Repeat: nothing happens twice.
    repeats_change_nothing(&app, &notes).await;

    // The rules of today take the place of those of then.
    let imported = is_brought_under_the_rules_of_today(&app, &notes).await;

    an_old_draft_goes_on(&app).await;

    // What was known then is known as of then, and everything adds up, from the old anchor on.
    answers_as_before(&app, Some(head)).await;
    let auditor = app.database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, Some(&anchor)).await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    assert_eq!(json!(report.redacted.len()), notes["redacted"]);

    // Words that stand in facts of then are blanked like those of now, and the old anchor holds.
    let functions = redaction::copies(&auditor, "Portefeuillehouder veiligheid").await;
    let functions = functions.unwrap();
    assert!(functions.len() > 3, "{functions:?}");
    let clock = Clock::settable(instant());
    let owner = Database::connect(&app.database.url(roles::OWNER), 1, clock).await;
    let redacted = redaction::redact(&owner.unwrap(), &functions, "Verzoek om wissing").await;
    assert!(redacted.is_ok(), "{redacted:?}");
    let after = ledger::verify(&auditor, Some(&anchor)).await.unwrap();
    assert_eq!(after.findings, [""; 0]);
    let blanked = after.redacted.len() - report.redacted.len();
    assert_eq!(blanked, functions.len());
    auditor.close().await.unwrap();

    let moved = imported.judged.moved.iter();
    let moved: Vec<(&str, &str, usize)> = moved
        .map(|one| (one.before.code(), one.after.code(), one.count))
        .collect();
    let counted = (imported.judged.anew, imported.judged.beside);
    let noted: Vec<&str> = imported.noted.iter().map(String::as_str).collect();
    assert_eq!(
        (&moved[..], counted, &noted[..]),
        (&MOVED[..], (ANEW, BESIDE), &NOTED[..])
    );
}
