//! Incremental refresh: whatever happened in between, what a BI tool mirrors ends equal to the
//! table, or it is told to load the whole of it again.

use std::{cell::Cell, collections::BTreeMap};

use acceptance::{
    App, a_claim, a_draft, a_period, a_reporting_region, a_submission, edited, ministry,
    municipality, partner, region, spawn_app, vng,
};
use proptest::prelude::*;
use serde_json::json;

use crate::feeds::{Listed, Read, confirm, listed, open, submit};

/// A copy of a table as a BI tool keeps it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mirror {
    pub(crate) since: String,
    pub(crate) rows: BTreeMap<Vec<String>, Vec<String>>,
}

async fn fetch(app: &App, token: Option<&str>, path: &str) -> (u16, String, String) {
    let mut request = acceptance::http().get(format!("{}{path}", app.address()));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.expect("the service answers");
    let since = response.headers().get("stm-since");
    let since = since.map(|since| since.to_str().expect("a text").to_owned());
    (
        response.status().as_u16(),
        since.unwrap_or_default(),
        response.text().await.expect("a text"),
    )
}

impl Mirror {
    /// Takes in what changed; says whether the whole table had to be loaded again.
    pub(crate) async fn refresh(&mut self, app: &App, token: Option<&str>, table: &Listed) -> bool {
        let path = format!("/v1/feeds/{}.csv?since={}", table.name, self.since);
        let (status, since, body) = fetch(app, token, &path).await;
        if status == 410 {
            *self = Self::whole(app, token, table).await;
            return true;
        }
        assert_eq!(status, 200, "{path}: {body}");
        let changes = Read::csv(&body);
        let deleted = changes.column("is_deleted");
        for (row, deleted) in changes.rows.iter().zip(deleted) {
            let key = key_of(table, row);
            if deleted == "true" {
                self.rows.remove(&key);
            } else {
                self.rows.insert(key, row[..row.len() - 1].to_vec());
            }
        }
        self.since = since;
        false
    }

    pub(crate) async fn whole(app: &App, token: Option<&str>, table: &Listed) -> Self {
        let path = format!("/v1/feeds/{}.csv", table.name);
        let (status, since, body) = fetch(app, token, &path).await;
        assert_eq!(status, 200, "{path}");
        let rows = Read::csv(&body).rows.into_iter();
        let rows = rows.map(|row| (key_of(table, &row), row)).collect();
        Self { since, rows }
    }
}

fn key_of(table: &Listed, row: &[String]) -> Vec<String> {
    let cells = table.columns.iter().zip(row);
    let keys = cells.filter(|((name, _), _)| table.keys.contains(name));
    keys.map(|(_, cell)| cell.clone()).collect()
}

/// A reader: its name, its token, and the tables that it mirrors.
type Reader = (&'static str, Option<String>, Vec<(Listed, Mirror)>);

/// Everybody with empty copies of every table that it may fetch incrementally.
async fn readers(app: &App) -> Vec<Reader> {
    let tokens = [
        ("public", None),
        ("partner", Some(partner("comensha"))),
        ("municipality", Some(municipality("GM0402"))),
        ("region", Some(region("VR14"))),
        ("vng", Some(vng())),
        ("ministry", Some(ministry())),
    ];
    readers_of(app, tokens.to_vec()).await
}

async fn readers_of(app: &App, tokens: Vec<(&'static str, Option<String>)>) -> Vec<Reader> {
    let mut readers = Vec::new();
    for (name, token) in tokens {
        let client = token
            .as_deref()
            .map_or_else(|| app.public(), |token| app.with(token));
        let mut mirrors = Vec::new();
        for table in listed(&client).await {
            let Some(since) = &table.since else { continue };
            // From zero, for the scope of today.
            let scope = since
                .split_once('-')
                .map_or(String::new(), |(_, scope)| format!("-{scope}"));
            let mirror = Mirror {
                since: format!("0{scope}"),
                rows: BTreeMap::new(),
            };
            mirrors.push((table, mirror));
        }
        readers.push((name, token, mirrors));
    }
    readers
}

#[tokio::test]
async fn after_every_step_each_copy_equals_its_table() {
    let app = spawn_app();
    let mut readers = readers(&app).await;
    let public: Vec<&str> = readers[0]
        .2
        .iter()
        .map(|(table, _)| table.name.as_str())
        .collect();
    assert_eq!(
        public,
        [
            "fact_action_status_history",
            "fact_budget_history",
            "fact_budget_source_history",
            "fact_goal_measurement_history"
        ]
    );
    let mut reloads = Vec::new();
    for step in [
        "begin", "open", "submit", "confirm", "correct", "withdraw", "midnight", "nothing",
    ] {
        match step {
            "open" => open(&app).await,
            "submit" => {
                submit(&app, "GM0402").await;
                submit(&app, "GM0363").await;
            }
            "confirm" => confirm(&app, "GM0402").await,
            "correct" => {
                let correction = json!({
                    "round": "2025-1", "action": 17, "status": "COMPLETED",
                    "reason": "Nagekomen bericht", "idempotencyKey": "correction",
                });
                app.with(&ministry())
                    .change("correctStatusReport", correction)
                    .await;
            }
            // A measurement is withdrawn from the data set, and another one corrected.
            "withdraw" => {
                let file = include_str!("../../api/data/measurements.csv");
                let gone = file
                    .lines()
                    .find(|line| line.starts_with("impact-campagnes,"))
                    .expect("a line");
                let gone = format!("{gone}\n");
                let set = edited(&[
                    ("measurements.csv", &gone, ""),
                    ("measurements.csv", "at the end of Q2 2025", "in June 2025"),
                ]);
                app.database.import(&set).await;
            }
            "midnight" => app.clock.set("2026-12-31T12:00:00Z".parse().unwrap()),
            _ => {}
        }
        for (reader, token, mirrors) in &mut readers {
            for (table, mirror) in mirrors {
                if mirror.refresh(&app, token.as_deref(), table).await {
                    reloads.push(format!("{step}: {reader} {}", table.name));
                }
                let whole = Mirror::whole(&app, token.as_deref(), table).await;
                assert!(mirror.rows == whole.rows, "{step}: {reader} {}", table.name);
                assert_eq!(mirror.since, whole.since, "{step}: {reader} {}", table.name);
            }
        }
    }
    // A region becomes a reporting region, gets a period to read, and its members of the closing
    // date: other rows each time.
    let tables = [
        "fact_answer_history",
        "fact_submission_history",
        "fact_verdict_history",
    ];
    let expected: Vec<String> = ["open"]
        .iter()
        .flat_map(|step| tables.map(|table| format!("{step}: region {table}")))
        .collect();
    assert_eq!(reloads, expected);
    // What was withdrawn came as a row that is gone, not as a reload.
    let (_, _, public) = &readers[0];
    let measurements = &public[3].1.rows;
    assert_eq!(measurements.len(), 3);
    let vng = &readers[4].2;
    assert_eq!(
        vng.iter()
            .map(|(_, mirror)| mirror.rows.len())
            .sum::<usize>(),
        measurements.len() + 43 + 3 + 2 + 2 + 3 + public[1].1.rows.len() + public[2].1.rows.len()
    );
}

#[tokio::test]
async fn a_refresh_from_zero_under_twenty_writers_ends_equal_to_the_table() {
    let app = spawn_app();
    open(&app).await;
    let list = app
        .public()
        .ask("{ municipalities(first: 100) { nodes { code } } }")
        .await
        .data();
    let codes: Vec<String> = list["municipalities"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .take(20)
        .map(|node| node["code"].as_str().unwrap().to_owned())
        .collect();
    let mut readers = readers(&app).await;
    readers.retain(|(name, _, _)| matches!(*name, "vng" | "ministry"));
    let writing = futures_of(codes.iter().map(|code| async {
        submit(&app, code).await;
        confirm(&app, code).await;
    }));
    // Refreshed again and again for as long as anybody writes.
    let written = Cell::new(false);
    let writing = async {
        writing.await;
        written.set(true);
    };
    let refreshes = Cell::new(0);
    let refreshing = async {
        while !written.get() {
            for (_, token, mirrors) in &mut readers {
                for (table, mirror) in mirrors.iter_mut().filter(|(table, _)| !table.is_public) {
                    assert!(
                        !mirror.refresh(&app, token.as_deref(), table).await,
                        "nobody's scope changed"
                    );
                    refreshes.set(refreshes.get() + 1);
                }
            }
        }
    };
    tokio::join!(writing, refreshing);
    assert!(refreshes.get() >= 6, "{}", refreshes.get());
    for (reader, token, mirrors) in &mut readers {
        for (table, mirror) in mirrors.iter_mut().filter(|(table, _)| !table.is_public) {
            assert!(!mirror.refresh(&app, token.as_deref(), table).await);
            let whole = Mirror::whole(&app, token.as_deref(), table).await;
            assert!(mirror.rows == whole.rows, "{reader} {}", table.name);
            let expected = match (*reader, table.name.as_str()) {
                ("vng", "fact_verdict_history") => 40,
                _ => 20,
            };
            assert_eq!(mirror.rows.len(), expected, "{reader} {}", table.name);
        }
    }
}

/// Waits for all of them, side by side.
async fn futures_of<F: Future<Output = ()>>(all: impl Iterator<Item = F>) {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        all.retain_mut(|one| one.as_mut().poll(context).is_pending());
        if all.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
}

/// Something that happens between two refreshes.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// A municipality hands in, or once more.
    Submit(usize),
    /// VNG confirms what a municipality handed in last.
    Confirm(usize),
    /// VNG gives it back.
    Return(usize),
    /// A municipality takes back what nobody has decided on.
    Withdraw(usize),
    /// The ministry corrects a status.
    Correct(usize),
    /// On the next day the region consists of other municipalities.
    Members(usize),
    /// Another day.
    Midnight,
    /// A reader refreshes its copies.
    Refresh(usize),
}

const MUNICIPALITIES: [&str; 3] = ["GM0402", "GM0406", "GM0363"];
const STATUSES: [&str; 3] = ["COMPLETED", "IN_PROGRESS", "ONGOING"];
const MEMBERS: [&[&str]; 3] = [&["GM0402"], &["GM0402", "GM0363"], &["GM0406", "GM0363"]];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3_usize).prop_map(Step::Submit),
        3 => (0..3_usize).prop_map(Step::Confirm),
        1 => (0..3_usize).prop_map(Step::Return),
        1 => (0..3_usize).prop_map(Step::Withdraw),
        1 => (0..3_usize).prop_map(Step::Correct),
        2 => (0..3_usize).prop_map(Step::Members),
        1 => Just(Step::Midnight),
        5 => (0..5_usize).prop_map(Step::Refresh),
    ]
}

/// What happened so far, as far as it says what can happen next.
struct World {
    app: App,
    /// How many things were done: for keys that are used once.
    done: usize,
    /// Of each municipality the last version, and whether it waits for a decision and was ever
    /// confirmed.
    versions: [(i32, bool, bool); 3],
    members_version: serde_json::Value,
    status: usize,
}

impl World {
    async fn begin() -> Self {
        let app = spawn_app();
        let reviewer = app.with(&vng());
        let source = json!({ "document": "monitoring-2025", "place": "1" });
        let period = a_period().with("deadlineOn", "2027-11-30");
        period
            .with("lastDay", "2027-12-15")
            .sent_by(&reviewer)
            .await;
        let area = json!({
            "code": "SG01", "kind": "COOPERATION_AREA", "name": "Het Gooi", "source": source,
            "idempotencyKey": "area",
        });
        reviewer.change("registerArea", area).await;
        a_reporting_region("SG01").sent_by(&reviewer).await;
        let mut world = Self {
            app,
            done: 0,
            versions: [(0, false, false); 3],
            members_version: serde_json::Value::Null,
            status: 3,
        };
        world.members(0).await;
        world
    }

    fn key(&mut self) -> String {
        self.done += 1;
        format!("step {}", self.done)
    }

    async fn members(&mut self, which: usize) {
        self.midnight();
        let source = json!({ "document": "monitoring-2025", "place": "1" });
        let input = json!({
            "area": "SG01", "from": self.app.clock.now().date_naive(), "members": MEMBERS[which],
            "source": source, "idempotencyKey": self.key(), "expectedVersion": self.members_version,
        });
        let document = "mutation ($input: SetAreaMembersInput!) { setAreaMembers(input: $input) {
            area { membersLedger } errors { code field } } }";
        let reviewer = self.app.with(&vng());
        let shown = reviewer
            .send(document, json!({ "input": input }))
            .await
            .data();
        assert_eq!(shown["setAreaMembers"]["errors"], json!([]), "{shown}");
        self.members_version = shown["setAreaMembers"]["area"]["membersLedger"].clone();
    }

    fn midnight(&self) {
        let tomorrow = self.app.clock.now() + chrono::TimeDelta::days(1);
        self.app.clock.set(tomorrow);
    }

    /// Does a step where it can be done; says whether it was.
    async fn take(&mut self, step: Step) -> bool {
        let reviewer = self.app.with(&vng());
        match step {
            Step::Submit(which) => {
                let (version, waits, was_confirmed) = self.versions[which];
                if waits {
                    return false;
                }
                let code = MUNICIPALITIES[which];
                let own = self.app.with(&municipality(code));
                let answer = if self.done.is_multiple_of(2) {
                    "MET"
                } else {
                    "NOT_MET"
                };
                let query = format!(
                    "{{ assessment(municipality: \"{code}\", period: \"2026-2\") {{ \
                        draft {{ answers {{ revision }} }} }} }}"
                );
                let known = own.ask(&query).await.data();
                let revision = &known["assessment"]["draft"]["answers"][0]["revision"];
                let answers =
                    json!([{ "criterion": "SV-01", "answer": answer, "revision": revision }]);
                a_draft(code, answers).sent_by(&own).await;
                let mut submission = a_submission(code);
                if was_confirmed {
                    submission = submission.with("reason", "Verbeterd.");
                }
                submission.sent_by(&own).await;
                self.versions[which] = (version + 1, true, was_confirmed);
            }
            Step::Confirm(which) | Step::Return(which) => {
                let (version, waits, was_confirmed) = self.versions[which];
                if !waits {
                    return false;
                }
                let code = MUNICIPALITIES[which];
                a_claim(code).sent_by(&reviewer).await;
                let mut input = json!({
                    "municipality": code, "period": "2026-2", "version": version,
                    "idempotencyKey": self.key(),
                });
                let confirms = matches!(step, Step::Confirm(_));
                if confirms {
                    reviewer.change("confirmAssessment", input).await;
                } else {
                    input["reason"] = "Voeg het besluit toe.".into();
                    reviewer.change("returnAssessment", input).await;
                }
                self.versions[which] = (version, false, was_confirmed || confirms);
            }
            Step::Withdraw(which) => {
                let (version, waits, was_confirmed) = self.versions[which];
                if !waits {
                    return false;
                }
                let code = MUNICIPALITIES[which];
                let own = self.app.with(&municipality(code));
                let input = json!({
                    "municipality": code, "period": "2026-2", "reason": "Vergissing",
                    "idempotencyKey": self.key(),
                });
                own.change("withdrawAssessment", input).await;
                self.versions[which] = (version, false, was_confirmed);
            }
            Step::Correct(status) => {
                if status == self.status {
                    return false;
                }
                let input = json!({
                    "round": "2025-1", "action": 17, "status": STATUSES[status],
                    "reason": "Nagekomen bericht", "idempotencyKey": self.key(),
                });
                self.app
                    .with(&ministry())
                    .change("correctStatusReport", input)
                    .await;
                self.status = status;
            }
            Step::Members(which) => self.members(which).await,
            Step::Midnight => self.midnight(),
            Step::Refresh(_) => {}
        }
        true
    }
}

/// Whatever happens in whatever order, and whenever readers refresh: in the end every copy is its
/// table. Only a reader whose scope changed is told to load anew.
async fn mirrors_hold(steps: Vec<Step>) {
    let mut world = World::begin().await;
    let tokens = vec![
        ("public", None),
        ("municipality", Some(municipality("GM0402"))),
        ("region", Some(region("SG01"))),
        ("vng", Some(vng())),
        ("ministry", Some(ministry())),
    ];
    let mut readers = readers_of(&world.app, tokens).await;
    let last = (0..readers.len()).map(Step::Refresh);
    for step in steps.into_iter().chain(last) {
        if !world.take(step).await {
            continue;
        }
        let Step::Refresh(which) = step else {
            continue;
        };
        let (reader, token, mirrors) = &mut readers[which];
        for (table, mirror) in mirrors {
            let reloaded = mirror.refresh(&world.app, token.as_deref(), table).await;
            assert!(!reloaded || *reader == "region", "{reader} {}", table.name);
            let whole = Mirror::whole(&world.app, token.as_deref(), table).await;
            assert!(mirror.rows == whole.rows, "{reader} {}", table.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 6,
        max_shrink_iters: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_copies_end_equal_to_their_tables(
        steps in proptest::collection::vec(step(), 10..24)
    ) {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().expect("a runtime starts");
        runtime.block_on(mirrors_hold(steps));
    }
}

/// New members of a region: what they handed in arrives by loading anew, and what somebody else
/// took along is gone.
#[tokio::test]
async fn a_region_gains_and_loses_what_its_members_handed_in() {
    let mut world = World::begin().await;
    for which in 0..3 {
        world.take(Step::Submit(which)).await;
    }
    let token = region("SG01");
    let mut readers = readers_of(&world.app, vec![("region", Some(token.clone()))]).await;
    let mut shown = Vec::new();
    for members in [0, 1, 2, 2] {
        world.take(Step::Members(members)).await;
        let (_, _, mirrors) = &mut readers[0];
        for (table, mirror) in mirrors
            .iter_mut()
            .filter(|(table, _)| table.name == "fact_answer_history")
        {
            let reloaded = mirror.refresh(&world.app, Some(&token), table).await;
            let whole = Mirror::whole(&world.app, Some(&token), table).await;
            assert!(mirror.rows == whole.rows);
            let codes: Vec<&str> = mirror.rows.keys().map(|key| key[0].as_str()).collect();
            shown.push((reloaded, codes.join(" ")));
        }
    }
    assert_eq!(
        shown,
        [
            (false, "GM0402".to_owned()),
            (true, "GM0363 GM0402".to_owned()),
            (true, "GM0363 GM0406".to_owned()),
            (false, "GM0363 GM0406".to_owned()),
        ]
    );
}

#[tokio::test]
async fn a_feed_is_known_by_its_tag_and_tells_the_past() {
    let app = spawn_app();
    let path = "/v1/feeds/fact_action_status_current.csv";
    let tagged = async |known: Option<&str>| {
        let mut request = acceptance::http().get(format!("{}{path}", app.address()));
        if let Some(known) = known {
            request = request.header("if-none-match", known);
        }
        let response = request.send().await.unwrap();
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        (
            response.status().as_u16(),
            header("etag"),
            header("stm-ledger"),
            header("cache-control"),
        )
    };
    let (status, tag, ledger, cache) = tagged(None).await;
    assert_eq!((status, cache.as_str()), (200, "public, no-cache"));
    assert_eq!(tagged(Some(&tag)).await.0, 304);
    let before = app.public().get(path).await.body;
    let correction = json!({
        "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "Nagekomen bericht",
        "idempotencyKey": "correction",
    });
    app.with(&ministry())
        .change("correctStatusReport", correction)
        .await;
    let (status, other, later, _) = tagged(Some(&tag)).await;
    assert!(status == 200 && other != tag && later != ledger);
    assert_ne!(app.public().get(path).await.body, before);
    // What was known then; and before any round was closed there are columns and no rows.
    assert_eq!(
        app.public()
            .get(&format!("{path}?instant=2026-11-22T11:59:59Z"))
            .await
            .body,
        before
    );
    let early = app
        .public()
        .get(&format!("{path}?day=2025-01-01"))
        .await
        .body;
    assert_eq!(early.lines().count(), 1);
    assert_eq!(early.lines().next(), before.lines().next());
}

#[tokio::test]
async fn a_feed_is_of_a_day_and_in_the_dialect_of_the_request() {
    let app = spawn_app();
    let on = async |day: &str| {
        let body = app
            .public()
            .get(&format!("/v1/feeds/dim_municipality.csv?day={day}"))
            .await
            .body;
        Read::csv(&body)
            .column("is_current")
            .iter()
            .filter(|is| **is == "true")
            .count()
    };
    assert_eq!((on("2026-11-22").await, on("2022-12-31").await), (342, 344));
    let dutch = app
        .public()
        .get("/v1/feeds/bridge_budget_action.csv?dialect=nl")
        .await
        .body;
    assert!(
        dutch.starts_with("\u{feff}budget_row_key;action_key;weight;") && dutch.contains(";0,5;"),
        "{dutch}"
    );
}

#[tokio::test]
async fn a_feed_that_cannot_be_given_is_refused_by_a_rule() {
    let app = spawn_app();
    for (path, status, rule) in [
        ("/v1/feeds/dim_actoin.csv", 404, "TABLE"),
        ("/v1/feeds/dim_action.csv?since=1", 400, "QUERY"),
        (
            "/v1/feeds/fact_budget_history.csv?since=99999999",
            410,
            "SINCE",
        ),
        (
            "/v1/feeds/fact_budget_history.csv?since=0-0123456789abcdef",
            410,
            "SINCE",
        ),
        (
            "/v1/feeds/fact_budget_history.csv?day=2026-01-01&colour=red",
            400,
            "QUERY",
        ),
        ("/v1/feeds/dim_action.csv?asOf=2026-01-01", 400, "QUERY"),
        (
            "/v1/feeds/dim_action.csv?knownAt=2026-01-01T00:00:00Z",
            400,
            "QUERY",
        ),
        ("/v1/feeds/dim_action.csv?ledger=99999999", 400, "QUERY"),
        (
            "/v1/feeds/dim_action.csv?ledger=1&instant=2026-01-01T00:00:00Z",
            400,
            "QUERY",
        ),
        ("/v1/feeds/fact_answer_current.csv", 401, "SIGN_IN"),
    ] {
        let answer = app.public().get(path).await;
        assert_eq!(
            (answer.status, answer.json()["rule"].as_str()),
            (status, Some(rule)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn pages_of_a_connection_are_of_one_moment_and_one_scope() {
    let app = spawn_app();
    let public = app.public();
    let page = |after: &str| {
        format!(
            "{{ changes(since: {{ ledger: 0 }}, subjectKind: \"StatusReport\", first: 20{after}) {{
                totalCount nodes {{ ledger }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
    };
    let first = public.ask(&page("")).await;
    let ledger = first.ledger();
    let mut shown = first.data()["changes"].clone();
    let cursor = shown["pageInfo"]["endCursor"]
        .as_str()
        .expect("a cursor")
        .to_owned();
    let correction = json!({
        "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "Nagekomen bericht",
        "idempotencyKey": "correction",
    });
    app.with(&ministry())
        .change("correctStatusReport", correction)
        .await;
    let mut seen = shown["nodes"].as_array().unwrap().len();
    while shown["pageInfo"]["hasNextPage"] == true {
        let after = format!(", after: {}", shown["pageInfo"]["endCursor"]);
        let next = public.ask(&page(&after)).await;
        assert_eq!(next.ledger(), ledger);
        shown = next.data()["changes"].clone();
        assert_eq!(shown["totalCount"], 43);
        seen += shown["nodes"].as_array().unwrap().len();
    }
    assert_eq!(seen, 43);
    assert_eq!(
        public.ask(&page("")).await.data()["changes"]["totalCount"],
        44
    );
    // It is of a list of now, so no moment may be named beside it.
    let naming = async |number: i64| {
        let more = format!(", after: \"{cursor}\", at: {{ ledger: {number} }}");
        public.ask(&page(&more)).await
    };
    for number in [ledger, ledger - 1] {
        assert_eq!(naming(number).await.codes(), ["BAD_REQUEST"], "{number}");
    }
    let other = app
        .with(&vng())
        .ask(&page(&format!(", after: \"{cursor}\"")))
        .await;
    assert_eq!(other.codes(), ["BAD_REQUEST"]);
    assert!(other.body.contains("another scope"), "{}", other.body);
}
