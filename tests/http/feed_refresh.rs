//! Incremental refresh: whatever happened in between, what a BI tool mirrors ends equal to the table, or it is told to load
//! the whole of it again.

use std::collections::BTreeMap;

use acceptance::{App, edited, ministry, municipality, partner, region, spawn_app, vng};
use serde_json::json;

use crate::feeds::{Listed, Read, confirm, done, listed, open, submit};

/// A copy of a table as a BI tool keeps it.
#[derive(Debug, Clone, Default)]
struct Mirror {
    since: String,
    rows: BTreeMap<Vec<String>, Vec<String>>,
}

async fn fetch(app: &App, token: Option<&str>, path: &str) -> (u16, String, String) {
    let mut request = reqwest::Client::new().get(format!("{}{path}", app.address()));
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
    async fn refresh(&mut self, app: &App, token: Option<&str>, table: &Listed) -> bool {
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

    async fn whole(app: &App, token: Option<&str>, table: &Listed) -> Self {
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
                let correction = json!({ "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "Nagekomen bericht",
                    "idempotencyKey": "correction" });
                done(&app.with(&ministry()), "correctStatusReport", correction).await;
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
    // A region becomes a reporting region, gets a period to read, and its members of the closing date: other rows each time.
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
    let mut refreshes = 0;
    let refreshing = async {
        for _ in 0..4 {
            for (_, token, mirrors) in &mut readers {
                for (table, mirror) in mirrors.iter_mut().filter(|(table, _)| !table.is_public) {
                    assert!(
                        !mirror.refresh(&app, token.as_deref(), table).await,
                        "nobody's scope changed"
                    );
                    refreshes += 1;
                }
            }
        }
    };
    tokio::join!(writing, refreshing);
    assert_eq!(refreshes, 24);
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

#[tokio::test]
async fn a_feed_is_known_by_its_tag_and_told_of_the_past() {
    let app = spawn_app();
    let path = "/v1/feeds/fact_action_status_current.csv";
    let tagged = async |known: Option<&str>| {
        let mut request = reqwest::Client::new().get(format!("{}{path}", app.address()));
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
    let correction = json!({ "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "Nagekomen bericht",
        "idempotencyKey": "correction" });
    done(&app.with(&ministry()), "correctStatusReport", correction).await;
    let (status, other, later, _) = tagged(Some(&tag)).await;
    assert!(status == 200 && other != tag && later != ledger);
    assert_ne!(app.public().get(path).await.body, before);
    // What was known then; and before any round was closed there are columns and no rows.
    assert_eq!(
        app.public()
            .get(&format!("{path}?knownAt=2026-11-22T11:59:59Z"))
            .await
            .body,
        before
    );
    let early = app
        .public()
        .get(&format!("{path}?asOf=2025-01-01"))
        .await
        .body;
    assert_eq!(early.lines().count(), 1);
    assert_eq!(early.lines().next(), before.lines().next());
    // Sixteen days on the municipalities are those of that day.
    let on = async |day: &str| {
        let body = app
            .public()
            .get(&format!("/v1/feeds/dim_municipality.csv?asOf={day}"))
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
            "/v1/feeds/fact_budget_history.csv?asOf=2026-01-01&colour=red",
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
    let mut told = first.data()["changes"].clone();
    let cursor = told["pageInfo"]["endCursor"]
        .as_str()
        .expect("a cursor")
        .to_owned();
    let correction = json!({ "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "Nagekomen bericht",
        "idempotencyKey": "correction" });
    done(&app.with(&ministry()), "correctStatusReport", correction).await;
    let mut seen = told["nodes"].as_array().unwrap().len();
    while told["pageInfo"]["hasNextPage"] == true {
        let after = format!(", after: {}", told["pageInfo"]["endCursor"]);
        let next = public.ask(&page(&after)).await;
        assert_eq!(next.ledger(), ledger);
        told = next.data()["changes"].clone();
        assert_eq!(told["totalCount"], 43);
        seen += told["nodes"].as_array().unwrap().len();
    }
    assert_eq!(seen, 43);
    assert_eq!(
        public.ask(&page("")).await.data()["changes"]["totalCount"],
        44
    );
    // The number of the first page may be named as well, and no other.
    let naming = async |number: i64| {
        public
            .ask(&page(&format!(", after: \"{cursor}\", atLedger: {number}")))
            .await
    };
    assert_eq!(naming(ledger).await.data()["changes"]["totalCount"], 43);
    assert_eq!(naming(ledger - 1).await.codes(), ["BAD_REQUEST"]);
    let other = app
        .with(&vng())
        .ask(&page(&format!(", after: \"{cursor}\"")))
        .await;
    assert_eq!(other.codes(), ["BAD_REQUEST"]);
    assert!(other.body.contains("another scope"), "{}", other.body);
}
