//! Prices follow work: what a query costs is held against the statements that it sends and the rows
//! that it goes through, for every root field, called once and fifty times over.

use std::collections::BTreeSet;

use acceptance::{Answer, App, spawn_app_on};
use database::roles;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};

use crate::upgrade::{answers, client, instant, migrate, restored, root_fields};

/// Statements that a query may send whatever it costs: each table that is bounded by nature once,
/// and the transaction itself.
const STATEMENTS_ONCE: i64 = 16;
/// How much a query costs at least for each statement beyond those.
const COST_OF_STATEMENT: i64 = 50;
/// Rows that a query may go through whatever it costs: those tables, each once.
const ROWS_ONCE: i64 = 10_000;
/// Rows that a query goes through at most for each unit that it costs beyond those.
const ROWS_OF_UNIT: i64 = 20;
/// How often a field is called in one document.
const TIMES: usize = 50;

/// Questions beside those of the upgrade: a root field that came since, and fields below a root
/// field that read or compute a lot.
const MORE: [(&str, &str); 20] = [
    ("vng", "{ reminders(first: 1) { totalCount } }"),
    ("vng", "{ functionalMailboxes(first: 1) { totalCount } }"),
    ("vng", "{ acceptanceQueue { totalCount } }"),
    (
        "vng",
        "{ criterionRemarks(edition: \"VOORSTEL-1\") { totalCount } }",
    ),
    (
        "vng",
        "{ criterionRemarkCounts(edition: \"VOORSTEL-1\") { totalCount } }",
    ),
    ("vng", "{ reviewQueue(area: \"VR14\") { totalCount } }"),
    ("public", "{ frameworkEditions { criteria { code } } }"),
    ("public", "{ codeLists { name } }"),
    ("public", "{ dataQuality { counts { equal } } }"),
    (
        "public",
        "{ dataQuality { checks(first: 1) { totalCount } } }",
    ),
    ("public", "{ dataQuality { contradictions { subject } } }"),
    ("vng", "{ dataQuality { contradictions { subject } } }"),
    ("vng", "{ compliancePicture { trend { members } } }"),
    (
        "ministry",
        "{ compliancePicture(basis: SUBMITTED) { trend { members } } }",
    ),
    (
        "vng",
        "{ compliancePicture(by: PROVINCE) { groups { name criteria { met } } } }",
    ),
    (
        "vng",
        "{ publications(first: 10) { nodes { lines { key } } } }",
    ),
    ("public", "{ dashboard { total { actions } } }"),
    ("public", "{ coverage(role: CHAIN_COORDINATOR) { day } }"),
    ("vng", "{ openTasks(first: 1) { nodes { may } } }"),
    (
        "municipality GM0363",
        "{ assessment(municipality: \"GM0363\", period: \"2026-2\") {
            may deadlineOn draft { preview { status } missing { code } } } }",
    ),
];

/// What one query cost, and what it took.
#[derive(Debug)]
struct Work {
    cost: i64,
    statements: i64,
    rows: i64,
}

impl Work {
    fn is_priced(&self) -> bool {
        self.statements <= STATEMENTS_ONCE + self.cost / COST_OF_STATEMENT
            && self.rows <= ROWS_ONCE + self.cost * ROWS_OF_UNIT
    }
}

/// What Postgres counts of the connections of a service.
struct Counter(DatabaseConnection);

impl Counter {
    async fn number(&self, sql: &str) -> i64 {
        let sql = Statement::from_string(DbBackend::Postgres, sql);
        let row = self.0.query_one_raw(sql).await.unwrap().unwrap();
        row.try_get_by_index(0).unwrap()
    }

    /// The rows that were gone through since the database was made. A connection tells of them
    /// when it ends, so all end first; the service opens others.
    async fn rows(&self) -> i64 {
        let end = format!(
            "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
             where datname = current_database() and usename = '{}' and query not ilike 'listen%'",
            roles::APP
        );
        self.number(&end).await;
        let read = "select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint
            from pg_stat_user_tables";
        self.number(read).await
    }

    /// Asks a query, and tells what it took; none when it was refused for its cost.
    async fn work(&self, app: &App, by: &str, query: &str) -> Option<Work> {
        let before = self.rows().await;
        let answer: Answer = client(app, by).send(query, json!({})).await;
        if answer.codes() == ["TOO_COMPLEX"] {
            return None;
        }
        // A list is answered as a list, and so on: the answer is right, not only cheap.
        let _ = answer.data();
        let extensions = answer.json()["extensions"].clone();
        Some(Work {
            cost: extensions["cost"]["fields"].as_i64().unwrap(),
            statements: answer.statements(),
            rows: self.rows().await - before,
        })
    }
}

/// What stands between the outermost braces of a document.
fn inside(query: &str) -> (&str, &str) {
    let (opened, closed) = (query.find('{').unwrap(), query.rfind('}').unwrap());
    (&query[..opened], query[opened + 1..closed].trim())
}

/// A root field with its arguments, without what is selected of it.
fn call(inside: &str) -> &str {
    let mut depth = 0;
    let end = inside.find(|letter| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0 && letter == '{'
    });
    &inside[..end.unwrap()]
}

/// A document that asks the same fifty times, each time under another name.
fn often(head: &str, call: &str) -> String {
    let aliases = (0..TIMES).map(|n| format!("a{n}: {call} "));
    format!("{head}{{ {} }}", aliases.collect::<String>())
}

/// The name of the root field of a call.
fn field(call: &str) -> &str {
    call.split(|letter: char| !letter.is_alphanumeric())
        .next()
        .unwrap()
}

/// A question of each root field, by whom it is called, and more of them of `node`.
fn questions() -> Vec<(String, String)> {
    let mut questions = Vec::new();
    let mut known = BTreeSet::new();
    for then in answers() {
        let text = |name: &str| then[name].as_str().unwrap().to_owned();
        let (by, query) = (text("by"), text("query"));
        if text("field") == "node" {
            let ids = query.split("node(").skip(1);
            let ids = ids.map(|rest| rest.split(')').next().unwrap());
            questions.extend(ids.map(|id| (by.clone(), format!("{{ node({id}) {{ id }} }}"))));
        } else if known.insert(text("field")) {
            questions.push((by, query));
        }
    }
    let more = MORE
        .iter()
        .map(|(by, query)| ((*by).to_owned(), (*query).to_owned()));
    questions.extend(more);
    questions
}

#[tokio::test]
async fn every_root_field_costs_what_it_takes_once_and_fifty_times() {
    let database = restored().await;
    migrate(&database).await;
    let app = spawn_app_on(database);
    app.clock.set(instant());
    let counter = Counter(app.database.superuser().await);
    // As Postgres does by itself, sooner or later: plans of a restored database are guesses.
    counter.0.execute_unprepared("analyze").await.unwrap();
    let mut called = BTreeSet::new();
    let mut wrong = Vec::new();
    for (by, query) in questions() {
        let (head, inside) = inside(&query);
        let call = call(inside);
        called.insert(field(call).to_owned());
        let cheapest = often(head, &format!("{call} {{ __typename }}"));
        let is_more = MORE.iter().any(|(_, more)| *more == query);
        let often = if is_more {
            often(head, inside)
        } else {
            cheapest
        };
        for (times, document) in [(1, &query), (TIMES, &often)] {
            // What is refused took nothing.
            let Some(work) = counter.work(&app, &by, document).await else {
                assert_ne!(times, 1, "{by}: {query}");
                continue;
            };
            if !work.is_priced() {
                wrong.push(format!("{times} times, {work:?}: {by}: {query}"));
            }
        }
    }
    counter.0.close().await.unwrap();
    assert_eq!(called, root_fields());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The query that stopped everybody: as many names as may be for what is computed once.
#[tokio::test]
async fn what_is_computed_once_is_computed_once_in_a_request() {
    let app = acceptance::spawn_app();
    let public = app.public();
    let report = "dataQuality { counts { equal } }";
    let once = public.ask_again(&format!("{{ {report} }}")).await;
    let names = (0..20).map(|n| format!("a{n}: {report} "));
    let document = format!("{{ {} }}", names.collect::<String>());
    let again = public.ask(&document).await;
    assert_eq!(again.statements(), once.statements());
    let (once, again) = (once.data(), again.data());
    let all: Vec<&Value> = again.as_object().unwrap().values().collect();
    assert_eq!(all, vec![&once["dataQuality"]; 20]);
    // Two hundred names cost more than a query may.
    let names = (0..200).map(|n| format!("a{n}: {report} "));
    let document = format!("{{ {} }}", names.collect::<String>());
    assert_eq!(public.ask(&document).await.codes(), ["TOO_COMPLEX"]);
}
