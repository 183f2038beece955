//! Feeds: every table in every format for every role, and what a BI tool does with them.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    Answer, App, Client, a_claim, a_confirmation, a_draft, a_period, a_reporting_region,
    a_submission, ministry, municipality, partner, region, spawn_app, vng,
};
use serde_json::{Value, json};

/// A table of a feed, read as a client reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Read {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Read {
    /// Reads CSV by RFC 4180.
    pub(crate) fn csv(text: &str) -> Self {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut row = vec![String::new()];
        let mut quoted = false;
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            let cell = row.last_mut().expect("a cell");
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(String::new()),
                '\r' if !quoted => {}
                '\n' if !quoted => rows.push(std::mem::replace(&mut row, vec![String::new()])),
                other => cell.push(other),
            }
        }
        assert_eq!(row, [""], "the last line is ended");
        let columns = rows.remove(0);
        assert!(rows.iter().all(|row| row.len() == columns.len()));
        // Yes and no as every reader takes them, and as the other formats write them.
        for cell in rows.iter_mut().flatten() {
            match cell.as_str() {
                "TRUE" => "true".clone_into(cell),
                "FALSE" => "false".clone_into(cell),
                _ => {}
            }
        }
        Self { columns, rows }
    }

    /// Reads objects, as of NDJSON and OData.
    pub(crate) fn objects<'a>(
        columns: &[String],
        objects: impl Iterator<Item = &'a Value>,
    ) -> Self {
        let cell = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let rows = objects.map(|object| columns.iter().map(|name| cell(&object[name])).collect());
        Self {
            columns: columns.to_vec(),
            rows: rows.collect(),
        }
    }

    pub(crate) fn ndjson(columns: &[String], text: &str) -> Self {
        let objects: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object per line"))
            .collect();
        Self::objects(columns, objects.iter())
    }

    pub(crate) fn column(&self, name: &str) -> Vec<&str> {
        let at = self.columns.iter().position(|column| column == name);
        let at = at.unwrap_or_else(|| panic!("no column {name}"));
        self.rows.iter().map(|row| row[at].as_str()).collect()
    }

    fn sum(&self, name: &str) -> i64 {
        let cells = self.column(name).into_iter();
        cells.filter_map(|cell| cell.parse::<i64>().ok()).sum()
    }

    /// The rows by their key, without those that are told to be gone.
    fn by_key(&self, keys: &[String]) -> BTreeMap<Vec<String>, Vec<String>> {
        let at: Vec<usize> = keys
            .iter()
            .map(|key| {
                self.columns
                    .iter()
                    .position(|column| column == key)
                    .expect("a key")
            })
            .collect();
        let keyed = self.rows.iter().map(|row| {
            let key = at.iter().map(|at| row[*at].clone()).collect();
            (key, row.clone())
        });
        keyed.collect()
    }
}

/// What the list of feeds says of a table.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) name: String,
    pub(crate) rows: Option<i64>,
    pub(crate) since: Option<String>,
    pub(crate) is_public: bool,
    pub(crate) columns: Vec<(String, String)>,
    pub(crate) keys: Vec<String>,
}

pub(crate) async fn listed(client: &Client) -> Vec<Listed> {
    let list = client.get("/v1/feeds/").await.json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let tables = list["tables"].as_array().expect("tables").iter();
    tables
        .map(|table| {
            let columns = table["columns"].as_array().expect("columns");
            Listed {
                name: text(&table["name"]),
                rows: table["rows"].as_i64(),
                since: table["since"].as_str().map(str::to_owned),
                is_public: table["isPublic"] == true,
                columns: columns
                    .iter()
                    .map(|column| (text(&column["name"]), text(&column["type"])))
                    .collect(),
                keys: columns
                    .iter()
                    .filter(|column| column["isKey"] == true)
                    .map(|column| text(&column["name"]))
                    .collect(),
            }
        })
        .collect()
}

/// One client per role, with its name.
pub(crate) fn everybody(app: &App) -> [(&'static str, Client); 6] {
    [
        ("public", app.public()),
        ("partner", app.with(&partner("comensha"))),
        ("municipality", app.with(&municipality("GM0402"))),
        ("region", app.with(&region("VR14"))),
        ("vng", app.with(&vng())),
        ("ministry", app.with(&ministry())),
    ]
}

/// What stands in an answer of Amsterdam, and a formula that a spreadsheet would run.
pub(crate) const SECRET: &str = "=Vertrouwelijk van GM0363";

pub(crate) async fn submit(app: &App, code: &str) {
    let client = app.with(&municipality(code));
    let explanation = format!("=Vertrouwelijk van {code}");
    let answer = json!({ "criterion": "SV-01", "answer": "NOT_MET", "explanation": explanation });
    a_draft(code, json!([answer])).sent_by(&client).await;
    a_submission(code).sent_by(&client).await;
}

pub(crate) async fn confirm(app: &App, code: &str) {
    let reviewer = app.with(&vng());
    a_claim(code).sent_by(&reviewer).await;
    a_confirmation(code, 1).sent_by(&reviewer).await;
}

pub(crate) async fn open(app: &App) {
    let reviewer = app.with(&vng());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    a_period().sent_by(&reviewer).await;
}

/// A region, a period; Hilversum's assessment is confirmed, Amsterdam's submitted.
pub(crate) async fn prepare(app: &App) {
    open(app).await;
    submit(app, "GM0402").await;
    submit(app, "GM0363").await;
    confirm(app, "GM0402").await;
}

/// A table of another role is refused in every format.
fn refuses(role: &str, table: &Listed, answers: &[Answer]) {
    // Who has signed in is not invited to do so again.
    let (status, rule) = if role == "public" {
        (401, "SIGN_IN")
    } else {
        (403, "TABLE_OF_ROLE")
    };
    for answer in answers {
        assert_eq!(answer.status, status, "{role} {}", table.name);
        assert_eq!(answer.json()["rule"], rule, "{role} {}", table.name);
    }
}

/// The rows of both formats are the same, under a key, as many as the list says, and of others no
/// more than the role may read.
fn are_the_same(role: &str, table: &Listed, csv: &Answer, ndjson: &Answer) {
    let names: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
    let read = Read::csv(&csv.body);
    assert_eq!(read.columns, names, "{}", table.name);
    assert!(read.column("database").iter().all(|kind| *kind == "REAL"));
    assert_eq!(
        i64::try_from(read.rows.len()).ok(),
        table.rows,
        "{role} {}",
        table.name
    );
    // The apostrophe before a formula is CSV's own; everything else is the same, cell by
    // cell.
    let shown = Read::ndjson(&names, &ndjson.body);
    let harmless: Vec<Vec<String>> = read
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.replacen("'=", "=", 1)).collect())
        .collect();
    assert!(
        harmless == shown.rows,
        "{role} {}: CSV and NDJSON differ",
        table.name
    );
    assert_eq!(
        read.by_key(&table.keys).len(),
        read.rows.len(),
        "{} has a key",
        table.name
    );
    let hears_of_amsterdam = ndjson.body.contains(SECRET);
    let may = role == "vng" && table.name.starts_with("fact_answer");
    assert_eq!(hears_of_amsterdam, may, "{role} {}", table.name);
}

#[tokio::test]
async fn every_role_reads_the_same_rows_in_every_format_and_no_others() {
    let app = spawn_app();
    prepare(&app).await;
    let mut public: BTreeMap<String, Option<i64>> = BTreeMap::new();
    let mut scoped: BTreeMap<&str, Vec<(String, i64)>> = BTreeMap::new();
    for (role, client) in everybody(&app) {
        for table in listed(&client).await {
            // Everybody's tables are read once; that every role counts as many rows of them is in
            // the list.
            let counted = table.is_public.then(|| (table.name.clone(), table.rows));
            if let Some((name, rows)) = counted
                && *public.entry(name).or_insert(rows) == rows
                && role != "public"
            {
                continue;
            }
            let csv = client.get(&format!("/v1/feeds/{}.csv", table.name)).await;
            let ndjson = client
                .get(&format!("/v1/feeds/{}.ndjson", table.name))
                .await;
            let Some(rows) = table.rows else {
                assert!(!table.is_public, "{role} {}", table.name);
                refuses(role, &table, &[csv, ndjson]);
                continue;
            };
            are_the_same(role, &table, &csv, &ndjson);
            if !table.is_public {
                scoped
                    .entry(role)
                    .or_default()
                    .push((table.name.clone(), rows));
            }
        }
    }
    let shown: Vec<String> = scoped
        .into_iter()
        .flat_map(|(role, tables)| {
            tables
                .into_iter()
                .map(move |(name, rows)| format!("{role} {name} {rows}"))
        })
        .collect();
    // The ministry: of answers and verdicts what VNG confirmed. The region: its six members today.
    assert_eq!(
        shown,
        [
            "ministry fact_answer_current 1",
            "ministry fact_answer_history 1",
            "ministry fact_submission_current 342",
            "ministry fact_submission_history 2",
            "ministry fact_verdict_current 342",
            "ministry fact_verdict_history 1",
            "ministry fact_verdict_monthly 342",
            "ministry total_compliance 8",
            "municipality fact_answer_current 2",
            "municipality fact_answer_history 1",
            "municipality fact_submission_current 1",
            "municipality fact_submission_history 1",
            "municipality fact_verdict_current 2",
            "municipality fact_verdict_history 2",
            "municipality fact_verdict_monthly 2",
            "region fact_answer_current 2",
            "region fact_answer_history 1",
            "region fact_submission_current 6",
            "region fact_submission_history 1",
            "region fact_verdict_current 12",
            "region fact_verdict_history 2",
            "region fact_verdict_monthly 12",
            "vng fact_answer_current 3",
            "vng fact_answer_history 2",
            "vng fact_submission_current 342",
            "vng fact_submission_history 2",
            "vng fact_verdict_current 684",
            "vng fact_verdict_history 3",
            "vng fact_verdict_monthly 684",
            "vng total_compliance 8",
        ]
    );
}

#[tokio::test]
async fn the_budget_adds_up_to_the_printed_totals_or_names_the_difference() {
    let app = spawn_app();
    let public = app.public();
    let feed =
        async |name: &str| Read::csv(&public.get(&format!("/v1/feeds/{name}.csv")).await.body);
    let budget = feed("fact_budget_current").await;
    let mut years: BTreeMap<&str, i64> = BTreeMap::new();
    for (year, amount) in budget
        .column("year")
        .into_iter()
        .zip(budget.column("amount_euros"))
    {
        *years.entry(year).or_default() += amount.parse::<i64>().unwrap_or_default();
    }
    let totals = feed("total_budget").await;
    let named: Vec<Vec<&str>> = [
        "place",
        "year",
        "printed_euros",
        "computed_euros",
        "difference_euros",
    ]
    .map(|name| totals.column(name))
    .to_vec();
    let country: Vec<(&str, &str, &str, &str)> = (0..totals.rows.len())
        .filter(|at| named[0][*at] == "TOTAL")
        .map(|at| (named[1][at], named[2][at], named[3][at], named[4][at]))
        .collect();
    assert_eq!(
        country,
        [
            ("2023", "2000000", "2000000", "0"),
            ("2024", "2500000", "2500000", "0"),
            ("2025", "2500000", "2500000", "0"),
            ("2026", "2500000", "2505000", "5000"),
            ("2027", "", "", ""),
        ]
    );
    // The additive table is a sum of the tables of the lines, and so differs from the overview by
    // what the overview and the table of line 1 differ.
    assert_eq!(years["2024"], 2_590_000);
    let lines: Vec<(&str, &str, &str, &str)> = (0..totals.rows.len())
        .filter(|at| named[0][*at] != "TOTAL" && !["", "0"].contains(&named[4][*at]))
        .map(|at| (named[0][at], named[1][at], named[2][at], named[4][at]))
        .collect();
    assert_eq!(lines, [("2024/1", "2024", "380000", "90000")]);

    // Two actions share a row: its amount is there once, and the bridge divides it.
    let bridge = feed("bridge_budget_action").await;
    let shared: Vec<(&str, &str)> = bridge
        .column("action_key")
        .into_iter()
        .zip(bridge.column("weight"))
        .filter(|(_, weight)| *weight != "1")
        .collect();
    assert_eq!(shared, [("2024/3", "0.5"), ("2024/4", "0.5")]);

    // GraphQL says the same of the dashboard.
    let dashboard = "{ dashboard { total { actions statuses { status count published } } } }";
    let graph = public.ask(dashboard).await.data();
    let table = feed("total_dashboard").await;
    let of_all: Vec<Value> = (0..table.rows.len())
        .filter(|at| {
            table.column("plan_key")[*at] == "2024" && table.column("place")[*at] == "TOTAL"
        })
        .map(|at| {
            let number = |name: &str| table.column(name)[at].parse::<i64>().ok();
            json!({
                "status": table.column("status")[at], "count": number("action_count"),
                "published": number("published_count"),
            })
        })
        .collect();
    let mut statuses = graph["dashboard"]["total"]["statuses"]
        .as_array()
        .unwrap()
        .clone();
    statuses.sort_by_key(|status| status["status"].as_str().map(str::to_owned));
    assert_eq!(of_all, statuses);
    assert_eq!(
        feed("fact_action_status_current")
            .await
            .column("status")
            .iter()
            .filter(|status| !status.is_empty())
            .count(),
        usize::try_from(graph["dashboard"]["total"]["actions"].as_i64().unwrap()).unwrap()
    );
    assert_eq!(table.sum("action_count"), 2 * 43);
}

/// What a column holds in the bytes of those lines of a feed in which nothing is quoted, each once.
fn raw(csv: &str, separator: char, at: usize) -> BTreeSet<&str> {
    let lines = csv.lines().skip(1).filter(|line| !line.contains('"'));
    lines
        .filter_map(|line| line.split(separator).nth(at))
        .collect()
}

#[tokio::test]
async fn yes_and_no_are_written_as_every_reader_takes_them() {
    let app = spawn_app();
    let public = app.public();
    for (query, separator) in [("", ','), ("?dialect=nl", ';')] {
        let path = format!("/v1/feeds/dim_municipality.csv{query}");
        let csv = public.get(&path).await.body;
        let header = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
        let at = header
            .split(separator)
            .position(|name| name == "is_current");
        let cells = raw(&csv, separator, at.unwrap());
        assert_eq!(cells, BTreeSet::from(["FALSE", "TRUE"]), "{query}");
        let current = csv.matches(&format!("{separator}TRUE{separator}")).count();
        assert_eq!(current, 342, "{query}");
    }
    let ndjson = public.get("/v1/feeds/dim_municipality.ndjson").await.body;
    assert_eq!(ndjson.matches("\"is_current\":true").count(), 342);
    let changes = "/v1/feeds/fact_budget_history.csv?since=0";
    let csv = public.get(changes).await.body;
    let mut lines = csv.lines();
    assert!(lines.next().unwrap().ends_with(",is_deleted"));
    assert!(lines.all(|line| line.ends_with(",FALSE")));
    let ndjson = public
        .get("/v1/feeds/fact_budget_history.ndjson?since=0")
        .await;
    assert!(
        ndjson
            .body
            .lines()
            .all(|line| line.ends_with(",\"is_deleted\":false}"))
    );
}

/// Nothing that somebody wrote opens a cell of its own, whatever parts cells where it is opened.
#[tokio::test]
async fn no_text_opens_a_cell_in_a_spreadsheet_of_any_language() {
    let app = spawn_app();
    open(&app).await;
    let client = app.with(&municipality("GM0402"));
    let explanation = "x;=cmd|' /C calc'!A0,+1\n- een;\"=1\"";
    let harmless = "x;'=cmd|' /C calc'!A0,'+1\n'- een;'\"=1\"";
    let answer = json!({ "criterion": "SV-01", "answer": "NOT_MET", "explanation": explanation });
    a_draft("GM0402", json!([answer])).sent_by(&client).await;
    let quoted = format!("\"{}\"", harmless.replace('"', "\"\""));
    let sheet = "/v1/assessments/GM0402/2026-2/answer-sheet.csv";
    let sheet = client.get(sheet).await.body;
    assert!(sheet.contains(&format!(",{quoted},")), "{sheet}");
    // It is read back as it was written, so nothing changes.
    let input = json!({
        "municipality": "GM0402", "period": "2026-2", "table": sheet, "dryRun": true,
        "idempotencyKey": "back",
    });
    let import = "mutation ($input: ImportAnswerSheetInput!) {
        importAnswerSheet(input: $input) { changed errors { code } } }";
    let imported = client.send(import, json!({ "input": input })).await.data();
    assert_eq!(
        imported["importAnswerSheet"],
        json!({ "changed": 0, "errors": [] })
    );
    a_submission("GM0402").sent_by(&client).await;
    for (query, separator) in [("", ','), ("?dialect=nl", ';')] {
        let path = format!("/v1/feeds/fact_answer_current.csv{query}");
        let csv = client.get(&path).await.body;
        assert!(csv.contains(&format!("{separator}{quoted}")), "{csv}");
    }
    let ndjson = client
        .get("/v1/feeds/fact_answer_current.ndjson")
        .await
        .body;
    let first: Value = serde_json::from_str(ndjson.lines().next().unwrap()).unwrap();
    assert_eq!(first["explanation_nl"], explanation);
}

/// Whoever has a version of a table is told so, however its client or a proxy names it.
#[tokio::test]
async fn a_version_that_is_known_is_not_sent_again() {
    let app = spawn_app();
    let address = format!("{}/v1/feeds/dim_action.csv", app.address());
    let get = |tags: &[&str]| {
        let mut request = acceptance::http().get(&address);
        for tag in tags {
            request = request.header("if-none-match", *tag);
        }
        request.send()
    };
    let first = get(&[]).await.unwrap();
    assert_eq!(first.status(), 200);
    let weak = first.headers()["etag"].to_str().unwrap().to_owned();
    let strong = weak.strip_prefix("W/").expect("a weak tag").to_owned();
    let list = format!("\"other\", {weak}");
    for (tags, status) in [
        (vec![weak.as_str()], 304),
        (vec![strong.as_str()], 304),
        (vec![list.as_str()], 304),
        (vec!["*"], 304),
        (vec!["\"other\"", weak.as_str()], 304),
        (vec!["\"other\""], 200),
        (vec!["\"other\", \"another\""], 200),
    ] {
        let answer = get(&tags).await.unwrap();
        assert_eq!(answer.status(), status, "{tags:?}");
        assert_eq!(answer.headers()["etag"], weak.as_str(), "{tags:?}");
    }
    let known = format!("{address}?instant=2026-11-22T13:00:00+01:00");
    let known = acceptance::http().get(known).send().await.unwrap();
    assert_eq!(known.status(), 200, "an unescaped plus is one");
}

/// Every fact of a municipality finds one row of it by code and day, and there where it lies.
#[tokio::test]
async fn every_fact_joins_one_municipality_that_says_where_it_lies() {
    let app = spawn_app();
    prepare(&app).await;
    let client = app.with(&vng());
    let feed =
        async |name: &str| Read::csv(&client.get(&format!("/v1/feeds/{name}.csv")).await.body);
    let places = feed("dim_municipality").await;
    let of_place = |at: usize, name: &str| places.column(name)[at].to_owned();
    let [codes, from, until] =
        ["municipality_code", "joins_from", "joins_until"].map(|name| places.column(name));
    let joined = |code: &str, day: &str| -> Vec<usize> {
        let fits = |at: &usize| codes[*at] == code && from[*at] <= day && day < until[*at];
        (0..codes.len()).filter(fits).collect()
    };
    let mut counts = BTreeMap::new();
    for (table, day) in [
        ("fact_verdict_current", None),
        ("fact_verdict_history", Some("verdict_from")),
        ("fact_verdict_monthly", Some("reference_day")),
        ("fact_submission_current", None),
        ("fact_submission_history", Some("submitted_at")),
        ("fact_answer_current", None),
    ] {
        let facts = feed(table).await;
        let of_facts = facts.column("municipality_code");
        let days = day.map(|day| facts.column(day));
        for (at, code) in of_facts.iter().enumerate() {
            let day = days.as_ref().map_or("2026-11-22", |days| &days[at][..10]);
            assert_eq!(joined(code, day).len(), 1, "{table}: {code} on {day}");
        }
        counts.insert(table, of_facts.len());
    }
    assert_eq!(counts["fact_verdict_current"], 684);
    assert_eq!(counts["fact_submission_current"], 342);
    // Where each lies is what the table of memberships says of that day.
    let members = feed("bridge_area_membership").await;
    let names = [
        "municipality_code",
        "area_code",
        "joins_from",
        "joins_until",
    ];
    let [members_of, areas, since, before] = names.map(|name| members.column(name));
    let mut without = 0;
    for at in 0..places.rows.len() {
        let code = of_place(at, "municipality_code");
        let (from, until) = (from[at], until[at]);
        let last = until <= "2026-11-22";
        for (column, letters) in [("province_code", "PV"), ("safety_region_code", "VR")] {
            let area = of_place(at, column);
            let fits = |row: &usize| {
                let is_of_day = if last {
                    since[*row] < until && until <= before[*row]
                } else {
                    let day = from.max("2026-11-22");
                    since[*row] <= day && day < before[*row]
                };
                members_of[*row] == code && areas[*row].starts_with(letters) && is_of_day
            };
            let found = (0..areas.len()).find(fits);
            let expected = found.map_or("", |row| areas[row]);
            assert_eq!(area, expected, "{code} {column}");
            without += usize::from(area.is_empty());
        }
    }
    assert_eq!(without, 0, "all of them lie somewhere");
    let at = joined("GM0402", "2026-11-22")[0];
    let names = ["province_name", "safety_region_name"].map(|name| of_place(at, name));
    assert_eq!(names, ["Noord-Holland", "Gooi en Vechtstreek"]);
}

#[tokio::test]
async fn an_empty_cell_says_what_it_means_and_days_can_be_joined_by() {
    let app = spawn_app();
    let public = app.public();
    let feed =
        async |name: &str| Read::csv(&public.get(&format!("/v1/feeds/{name}.csv")).await.body);
    let places = feed("dim_municipality").await;
    let from: Vec<(&str, &str)> = places
        .column("valid_from")
        .into_iter()
        .zip(places.column("joins_from"))
        .collect();
    let until: Vec<(&str, &str)> = places
        .column("valid_until")
        .into_iter()
        .zip(places.column("joins_until"))
        .collect();
    let made = |days: &[(&str, &str)], day: &str| {
        let empty = days.iter().filter(|(known, _)| known.is_empty());
        assert!(empty.clone().all(|(_, joins)| *joins == day));
        let known = days.iter().filter(|(known, _)| !known.is_empty());
        assert!(known.clone().all(|(known, joins)| known == joins));
        (empty.count(), known.count())
    };
    let (without_first, with_first) = made(&from, "0001-01-01");
    let (without_last, with_last) = made(&until, "9999-12-31");
    assert_eq!(
        (without_first + with_first, without_last, with_last),
        (394, 342, 52)
    );
    // An ordinary join by days finds every municipality of a day.
    let day = "2026-11-22";
    let joined = (0..places.rows.len()).filter(|at| from[*at].1 <= day && day < until[*at].1);
    assert_eq!(joined.count(), 342);
    for table in ["dim_action", "dim_action_line", "bridge_area_membership"] {
        let rows = feed(table).await;
        assert!(rows.column("joins_from").iter().all(|day| day.len() == 10));
        assert!(rows.column("joins_until").iter().all(|day| day.len() == 10));
    }

    let dictionary = feed("data_dictionary").await;
    let of = |table: &str, column: &str, name: &str| {
        let tables = dictionary.column("table_name").into_iter();
        let at = tables
            .zip(dictionary.column("column_name"))
            .position(|found| found == (table, column));
        dictionary.column(name)[at.unwrap()].to_owned()
    };
    assert_eq!(
        of("dim_municipality", "valid_from", "empty_nl"),
        "zonder eerste dag telt het als altijd al geldig"
    );
    assert_eq!(of("dim_municipality", "joins_from", "empty_nl"), "");
    assert_eq!(
        of("dim_municipality", "joins_from", "label_en"),
        "first day to join by, made for joins: 0001-01-01 where valid_from is empty"
    );
    assert_eq!(
        of("fact_action_status_history", "status_on", "empty_en"),
        "the round has no day but an interval; see status_earliest and status_latest"
    );
    assert_eq!(
        of("fact_budget_history", "amount_euros", "withdrawn_en"),
        "A withdrawn row is not there any more. Whoever fetches since a number is given its key \
         alone, with is_deleted; the other cells are empty then."
    );
    let empty = dictionary.column("is_nullable").into_iter();
    let meanings = empty.zip(dictionary.column("empty_nl"));
    assert!(
        meanings
            .into_iter()
            .all(|(may, means)| (may == "true") != means.is_empty())
    );
}
