//! How a plan begins under row-level security: Postgres starts every query of a policy before it
//! reads a row. Of what is asked most, the dearest statement begins with few of them.

use acceptance::{
    App, Client, TestDatabase, a_draft, a_period, a_submission, municipality, spawn_app_on, vng,
};
use database::roles;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde_json::{Value, json};

use crate::texts;

/// A statement begins with fewer queries of policies than this.
const FEWER_THAN: usize = 30;

/// What a session tells Postgres, as far as plans read it.
pub(crate) const SETTINGS: &str =
    "set app.role = 'VNG'; set app.municipalities = ''; set app.subjects = '';
    set app.writes_for = ''; set app.purpose = ''; set app.day = '2026-11-22';
    set app.present_day = '2026-11-22'; set app.instant = '2026-11-22T12:00:00Z';
    set app.ledger_no = '1000000'; set jit = off; set plan_cache_mode = force_generic_plan";

/// What is asked most, without the change.
const QUESTIONS: [(&str, &str); 5] = [
    (
        "dashboard",
        "{ dashboard { round { key } actionsInPlan total { actions statuses { status count } }
           lines { line { number title { nl } } counts { actions statuses { status count } } } } }",
    ),
    (
        "actions",
        "{ actions(first: 100) { nodes { number title { nl } status statusLabel explanation
           partners { role partner { key name { nl } } } timeline { year planned } } } }",
    ),
    (
        "regions",
        "{ areas(kind: SAFETY_REGION, first: 25) { nodes { code name
             municipalities { code name } } } }",
    ),
    (
        "verdicts",
        "{ compliancePicture(period: \"2026-2\", basis: SUBMITTED, by: SAFETY_REGION) {
             groups { code members counts { status count } }
             municipalities { municipality { code name region { code } } status submission } } }",
    ),
    (
        "assessment",
        "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { state versions { number }
           latestVersion { number submittedAt onTime reason confirmedAt returnReason
             answers { criterion { code title { nl } } answer explanation
               evidence { title reference } } } } }",
    ),
];

/// The statements that Postgres logs of a database; none of another one is logged.
pub(crate) struct Statements {
    pub(crate) superuser: DatabaseConnection,
    log: String,
    begin: String,
}

impl Statements {
    /// Of every connection that is made from now on.
    pub(crate) async fn of(database: &TestDatabase) -> Self {
        let superuser = database.superuser().await;
        superuser
            .execute_unprepared(
                "do $$ begin
                    execute format(
                        'alter database %I set log_statement = ''all''', current_database());
                end $$",
            )
            .await
            .unwrap();
        let log = texts(
            &superuser,
            "select regexp_replace(current_setting('data_directory'), '[^/]+/?$', 'postgres.log')",
        )
        .await
        .remove(0);
        let mut statements = Self {
            superuser,
            log,
            begin: String::new(),
        };
        statements.skip().await;
        statements
    }

    /// What was logged until now is none of the next question's.
    pub(crate) async fn skip(&mut self) {
        let length = format!("select size::text from pg_stat_file('{}')", self.log);
        self.begin = texts(&self.superuser, &length).await.remove(0);
    }

    /// The statements since, each once. The log is that of the whole server, so the lines of other
    /// databases are told apart by the processes that serve this one.
    pub(crate) async fn since(&mut self) -> Vec<String> {
        let processes = texts(
            &self.superuser,
            "select format('[%s]', pid) from pg_stat_activity where datname = current_database()",
        )
        .await;
        let read = format!(
            "select convert_from(pg_read_binary_file('{}', {}, 100000000), 'UTF8')",
            self.log, self.begin
        );
        let log = texts(&self.superuser, &read).await.remove(0);
        self.skip().await;
        let mut statements: Vec<String> = Vec::new();
        let mut is_in_one = false;
        for line in log.lines() {
            if let Some(rest) = line.strip_prefix('\t').filter(|_| is_in_one) {
                let last = statements.last_mut().expect("one was begun");
                last.push('\n');
                last.push_str(rest);
            } else if let Some((process, named)) = line.split_once("LOG:  execute ")
                && processes.iter().any(|own| process.contains(own))
            {
                let (_, statement) = named.split_once(": ").expect("a name before it");
                statements.push(statement.to_owned());
                is_in_one = true;
            } else {
                is_in_one = false;
            }
        }
        statements.retain(|statement| can_be_explained(statement));
        statements.sort();
        statements.dedup();
        statements
    }
}

/// Whether it reads or changes rows.
fn can_be_explained(statement: &str) -> bool {
    let first = statement.split_whitespace().next().unwrap_or_default();
    ["select", "with", "insert", "update", "delete"].contains(&first.to_lowercase().as_str())
}

/// How many queries of policies the plan of a statement begins with, for the application's role.
async fn queries_at_start(app: &DatabaseConnection, statement: &str) -> usize {
    let prepared = app
        .execute_unprepared(&format!("prepare one as {statement}"))
        .await;
    if let Err(error) = prepared {
        panic!("{statement}: {error}");
    }
    let parameters = texts(
        app,
        "select concat_ws(',', variadic
            array_fill('null'::text, array[cardinality(parameter_types)]))
         from pg_prepared_statements where name = 'one'",
    )
    .await
    .remove(0);
    let execute = if parameters.is_empty() {
        "explain execute one".to_owned()
    } else {
        format!("explain execute one ({parameters})")
    };
    let plan = texts(app, &execute).await;
    app.execute_unprepared("deallocate one").await.unwrap();
    plan.iter()
        .filter(|line| line.contains("InitPlan "))
        .count()
}

/// The statement of a question that begins with most, and with how many.
async fn dearest(app: &DatabaseConnection, statements: &[String]) -> (usize, String) {
    let mut found = (0, String::new());
    for statement in statements {
        let queries = queries_at_start(app, statement).await;
        if queries >= found.0 {
            found = (queries, statement.clone());
        }
    }
    found
}

/// An answer with an explanation and evidence, for each of the 22 criteria that a municipality
/// answers.
async fn answers(own: &Client) -> Value {
    let edition = own
        .ask("{ framework(edition: \"VOORSTEL-1\") { criteria { code answeredBy } } }")
        .await
        .data();
    edition["framework"]["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|criterion| criterion["answeredBy"] == "MUNICIPALITY")
        .map(|criterion| {
            json!({ "criterion": criterion["code"], "answer": "PARTLY_MET",
                "explanation": "Wordt opgepakt.",
                "evidence": [{ "kind": "OTHER", "title": "Besluit",
                    "reference": "Z/26/1", "effectiveOn": "2026-11-01" }] })
        })
        .collect()
}

/// The statements of each question and of a draft that is saved whole.
async fn statements_of(app: &App, logged: &mut Statements) -> Vec<(&'static str, Vec<String>)> {
    let own = app.with(&municipality("GM0402"));
    a_period().sent_by(&app.with(&vng())).await;
    let all = answers(&own).await;
    let mut found = Vec::new();
    logged.skip().await;
    a_draft("GM0402", all)
        .read_by(
            &own,
            "assessment { draft { missing { code } preview { status } } }",
        )
        .await;
    found.push(("draft", logged.since().await));
    a_submission("GM0402").sent_by(&own).await;
    for (name, question) in QUESTIONS {
        logged.skip().await;
        let answer = app.with(&vng()).ask(question).await;
        assert_eq!(answer.codes(), [""; 0], "{}", answer.body);
        found.push((name, logged.since().await));
    }
    found
}

#[tokio::test]
async fn the_dearest_statements_begin_with_few_queries_of_policies() {
    let database = TestDatabase::with_data();
    let mut logged = Statements::of(&database).await;
    let app = spawn_app_on(database);
    let of_each = statements_of(&app, &mut logged).await;
    logged.superuser.close().await.unwrap();
    let connection = app.database.connect(roles::APP).await;
    connection.execute_unprepared(SETTINGS).await.unwrap();
    for (name, statements) in of_each {
        assert!(statements.len() > 1, "{name}: {statements:?}");
        let (queries, statement) = dearest(&connection, &statements).await;
        assert!(
            queries < FEWER_THAN,
            "{name} begins with {queries}: {statement}"
        );
    }
    // What is counted is there to be counted: a policy with two of them, read once.
    let found = queries_at_start(&connection, "select from fact.assessment_version").await;
    assert_eq!(found, 2);
    connection.close().await.unwrap();
}

/// An assessment is asked about more than anything else that a wall guards. Its versions are read
/// without a text, its answers with their evidence likewise, and their texts, where there are any, at
/// once.
#[tokio::test]
async fn an_assessment_is_read_by_three_statements_that_begin_with_few_queries() {
    let database = TestDatabase::with_data();
    let mut logged = Statements::of(&database).await;
    let app = spawn_app_on(database);
    let own = app.with(&municipality("GM0402"));
    a_period().sent_by(&app.with(&vng())).await;
    let all = answers(&own).await;
    a_draft("GM0402", all).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    let question = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") {
        latestVersion { number onTime answers { criterion { code } answer explanation
            evidence { title reference } } } } }";
    // By then what everybody may read is in memory.
    app.with(&vng()).ask(question).await;
    logged.skip().await;
    let answer = app.with(&vng()).ask(question).await;
    assert_eq!(answer.statements(), 4, "{}", answer.body);
    let answers = answer.data()["assessment"]["latestVersion"]["answers"].clone();
    assert_eq!(answers.as_array().unwrap().len(), 22);
    let piece = json!({ "title": "Besluit", "reference": "Z/26/1" });
    for one in answers.as_array().unwrap() {
        assert_eq!(one["explanation"], "Wordt opgepakt.");
        assert_eq!(one["evidence"], json!([piece]));
    }
    let statements = logged.since().await;
    logged.superuser.close().await.unwrap();
    let connection = app.database.connect(roles::APP).await;
    connection.execute_unprepared(SETTINGS).await.unwrap();
    let mut starts = Vec::new();
    let reads = |one: &&String| one.contains("known.") || one.contains("free_text");
    for statement in statements.iter().filter(reads) {
        let texts = statement.matches("free_text").count();
        starts.push((texts, queries_at_start(&connection, statement).await));
    }
    starts.sort_unstable();
    connection.close().await.unwrap();
    // Of the versions, whose policies ask twice of each statement; of the answers; of their texts.
    assert_eq!(starts.len(), 3, "{statements:?}");
    let [(0, of_versions), (0, of_answers), (1, of_texts)] = starts[..] else {
        panic!("{starts:?}");
    };
    assert!(
        of_versions < 6 && of_answers < 14 && of_texts < 20,
        "{starts:?}"
    );
}

/// Whether a plan reads texts by the index of those that everybody reads.
async fn reads_public_texts_only(app: &DatabaseConnection, explain: &str) -> bool {
    let plan = texts(app, explain).await;
    plan.iter().any(|line| line.contains("free_text_public"))
}

#[tokio::test]
async fn texts_that_everybody_reads_are_found_by_their_index() {
    let database = TestDatabase::with_data();
    let app = database.connect(roles::APP).await;
    app.execute_unprepared(SETTINGS).await.unwrap();
    app.execute_unprepared("set enable_seqscan = off")
        .await
        .unwrap();
    let shown = "explain select * from known.public_text";
    assert!(reads_public_texts_only(&app, shown).await);
    // A kind that a parameter tells might be another one.
    app.execute_unprepared(
        "prepare one (text) as select id from free_text where kind = $1 and ledger_no <= 1000000",
    )
    .await
    .unwrap();
    let of_a_parameter = "explain execute one ('PUBLIC')";
    assert!(!reads_public_texts_only(&app, of_a_parameter).await);
    app.close().await.unwrap();
}
