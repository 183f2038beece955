//! The tables of BI tools tell what GraphQL tells: row by row, number by number, for each role.
//! What the formats have in common is in `feeds` and `odata`; of calendars, code lists and the data
//! dictionary GraphQL has no like.

use acceptance::{App, Client, PERIOD, municipality, spawn_app};
use serde_json::Value;

use crate::feeds::{Read, everybody, prepare};

/// Rows of some columns, in the order of their text.
type Rows = Vec<Vec<String>>;

fn sorted(rows: impl Iterator<Item = Vec<String>>) -> Rows {
    let mut rows: Rows = rows.collect();
    rows.sort();
    rows
}

/// A value as CSV writes it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Values at paths below a node, as in `line.key`; of what is not there nothing is told.
fn cells(node: &Value, paths: &[&str]) -> Vec<String> {
    let found = |path: &&str| cell(path.split('.').fold(node, |node, name| &node[name]));
    paths.iter().map(found).collect()
}

fn list<'a>(node: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let list = node[name].as_array();
    list.unwrap_or_else(|| panic!("no list {name} in {node}"))
        .iter()
}

/// Rows of a table as a client reads them.
async fn table(client: &Client, name: &str) -> Read {
    let answer = client.get(&format!("/v1/feeds/{name}.csv")).await;
    assert_eq!(answer.status, 200, "{name}: {}", answer.body);
    Read::csv(&answer.body)
}

fn columns(read: &Read, names: &[&str]) -> Rows {
    let of: Vec<Vec<&str>> = names.iter().map(|name| read.column(name)).collect();
    let row = |at: usize| of.iter().map(|cells| cells[at].to_owned()).collect();
    sorted((0..read.rows.len()).map(row))
}

/// A connection to its end.
async fn nodes(client: &Client, field: &str, arguments: &str, selection: &str) -> Vec<Value> {
    let (mut nodes, mut after) = (Vec::new(), String::new());
    loop {
        let query = format!(
            "{{ {field}(first: 100{after}{arguments}) {{ totalCount nodes {{ {selection} }} \
                pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let page = client.ask(&query).await.data()[field].clone();
        nodes.extend(list(&page, "nodes").cloned());
        if page["pageInfo"]["hasNextPage"] != true {
            assert_eq!(page["totalCount"], nodes.len(), "{field}");
            return nodes;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
}

fn rows(nodes: &[Value], paths: &[&str]) -> Rows {
    sorted(nodes.iter().map(|node| cells(node, paths)))
}

/// Each node once for every member of a list of its own, which stands under the list's name.
fn spread(nodes: &[Value], name: &str) -> Vec<Value> {
    let each = |node: &Value| {
        let members: Vec<Value> = list(node, name).cloned().collect();
        let node = node.clone();
        members.into_iter().map(move |member| {
            let mut node = node.clone();
            node[name] = member;
            node
        })
    };
    nodes.iter().flat_map(each).collect()
}

#[tokio::test]
async fn plans_rounds_and_goals_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ planVersions { key title { nl en } lines { key number title { nl } isNew } }
               monitoringRounds { key dateEarliest dateLatest dateText { nl en } }
               old: monitoringRounds(plan: \"2023\") { key dateEarliest dateLatest dateText { nl en } }
               goals { key number isOverarching start { day } deadline { day } } earlier:
               goals(plan: \"2023\") { key number isOverarching start { day } deadline { day } } }",
        )
        .await
        .data();
    let plans: Vec<Value> = list(&data, "planVersions").cloned().collect();
    let shown = table(&public, "dim_plan_version").await;
    assert_eq!(
        columns(&shown, &["plan_key", "title_nl", "title_en"]),
        rows(&plans, &["key", "title.nl", "title.en"])
    );
    let shown = table(&public, "dim_action_line").await;
    assert_eq!(
        columns(
            &shown,
            &["line_key", "plan_key", "line_number", "title_nl", "is_new"]
        ),
        rows(
            &spread(&plans, "lines"),
            &[
                "lines.key",
                "key",
                "lines.number",
                "lines.title.nl",
                "lines.isNew"
            ]
        )
    );
    let both = |one: &str, other: &str| -> Vec<Value> {
        list(&data, one)
            .chain(list(&data, other))
            .cloned()
            .collect()
    };
    let shown = table(&public, "dim_round").await;
    assert_eq!(
        columns(
            &shown,
            &[
                "round_key",
                "date_earliest",
                "date_latest",
                "date_text",
                "date_text_en"
            ]
        ),
        rows(
            &both("monitoringRounds", "old"),
            &[
                "key",
                "dateEarliest",
                "dateLatest",
                "dateText.nl",
                "dateText.en"
            ]
        )
    );
    let shown = table(&public, "dim_goal").await;
    assert_eq!(
        columns(
            &shown,
            &[
                "goal_key",
                "goal_number",
                "is_overarching",
                "starts_on",
                "deadline_on"
            ]
        ),
        rows(
            &both("goals", "earlier"),
            &[
                "key",
                "number",
                "isOverarching",
                "start.day",
                "deadline.day"
            ]
        )
    );
}

#[tokio::test]
async fn actions_and_their_status_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    let public = app.public();
    let selection = "key plan { key } number line { key } title { nl } isNew status explanation \
        monitoring { state report { status explanation delay { amount cause causeState } } }
        statusHistory { round { key } status explanation }";
    let mut actions = nodes(&public, "actions", "", selection).await;
    let current = actions.clone();
    actions.extend(nodes(&public, "actions", ", plan: \"2023\"", selection).await);
    let shown = table(&public, "dim_action").await;
    assert_eq!(
        columns(
            &shown,
            &[
                "action_key",
                "plan_key",
                "action_number",
                "line_key",
                "title_nl",
                "is_new"
            ]
        ),
        rows(
            &actions,
            &["key", "plan.key", "number", "line.key", "title.nl", "isNew"]
        )
    );
    let shown = table(&public, "fact_action_status_current").await;
    let names = [
        "action_key",
        "plan_key",
        "line_key",
        "monitoring",
        "status",
        "explanation_nl",
        "delay_amount_nl",
        "delay_cause_nl",
        "delay_cause_state",
    ];
    let paths = [
        "key",
        "plan.key",
        "line.key",
        "monitoring.state",
        "monitoring.report.status",
        "monitoring.report.explanation",
        "monitoring.report.delay.amount",
        "monitoring.report.delay.cause",
        "monitoring.report.delay.causeState",
    ];
    assert_eq!(columns(&shown, &names), rows(&current, &paths));
    let shown = table(&public, "fact_action_status_history").await;
    let reported = columns(
        &shown,
        &[
            "monitoring",
            "action_key",
            "round_key",
            "status",
            "explanation_nl",
        ],
    );
    let reported = reported.into_iter().filter(|row| row[0] == "REPORTED");
    assert_eq!(
        sorted(reported.map(|row| row[1..].to_vec())),
        rows(
            &spread(&actions, "statusHistory"),
            &[
                "key",
                "statusHistory.round.key",
                "statusHistory.status",
                "statusHistory.explanation"
            ]
        )
    );
    assert_eq!(shown.rows.len(), 43 + 3);
}

#[tokio::test]
async fn the_dashboard_in_tables_is_the_dashboard_of_the_graph() {
    let app = spawn_app();
    let public = app.public();
    // The dashboard, line by line and in total, beside what was published.
    let counts = "counts { statuses { status count published } }";
    let query = format!(
        "{{ dashboard {{ round {{ key }} total {{ statuses {{ status count published }} }} \
            lines {{ line {{ number }} {counts} }} }} }}"
    );
    let dashboard = public.ask(&query).await.data()["dashboard"].clone();
    let of = |place: &str, counts: &Value| -> Rows {
        let shown = list(counts, "statuses");
        shown
            .map(|status| {
                let mut row = vec![place.to_owned()];
                row.extend(cells(status, &["status", "count", "published"]));
                row
            })
            .collect()
    };
    let mut expected = of("TOTAL", &dashboard["total"]);
    for line in list(&dashboard, "lines") {
        expected.extend(of(&cell(&line["line"]["number"]), &line["counts"]));
    }
    let shown = table(&public, "total_dashboard").await;
    assert_eq!(
        columns(
            &shown,
            &["place", "status", "action_count", "published_count"]
        ),
        sorted(expected.into_iter())
    );
    assert_eq!(shown.rows.len(), 7 * 5);
}

/// The lines of a budget, each with its years.
fn of_lines(budget: &Value) -> Vec<Value> {
    list(budget, "lines").cloned().collect()
}

/// The budget as the graph tells it.
async fn budget(public: &Client) -> Value {
    public
        .ask(
            "{ budget { cells { key year rowCode sheet kind line { key } title isNew state printed
                printedUnitEuros amount { euros } actions { key } }
                totals { year published { euros state } computed { euros } differenceEuros }
                lines { line { key } years { year published { euros state }
                publishedInLineTable { euros } computed { euros } differenceEuros } }
                reconciliation { differences { year differenceEuros } } } }",
        )
        .await
        .data()["budget"]
        .clone()
}

/// The cells of a budget, each with the key of its row and the number of its actions.
fn printed(budget: &Value) -> Vec<Value> {
    let mut cells_printed: Vec<Value> = list(budget, "cells").cloned().collect();
    for cell in &mut cells_printed {
        let row = format!(
            "2024/{}/{}",
            cell["sheet"].as_str().unwrap(),
            cell["rowCode"].as_str().unwrap()
        );
        cell["row"] = row.into();
        cell["count"] = list(cell, "actions").count().into();
    }
    cells_printed
}

/// The cells that add up: the programme of the overview, and the actions of the tables.
fn additive(printed: &[Value]) -> Vec<Value> {
    printed
        .iter()
        .filter(|cell| {
            (cell["sheet"] == "SUMMARY" && cell["kind"] == "PROGRAMME")
                || (cell["sheet"] == "LINES" && cell["kind"] == "ACTION")
        })
        .cloned()
        .collect()
}

#[tokio::test]
async fn the_cells_of_the_budget_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    let public = app.public();
    let printed = printed(&budget(&public).await);
    let names = [
        "budget_row_key",
        "year",
        "sheet",
        "line_key",
        "kind",
        "title_nl",
        "is_new",
        "action_count",
        "printed",
        "state",
        "amount_euros",
        "unit_euros",
    ];
    let paths = [
        "row",
        "year",
        "sheet",
        "line.key",
        "kind",
        "title",
        "isNew",
        "count",
        "printed",
        "state",
        "amount.euros",
        "printedUnitEuros",
    ];
    // A year that no table has a column for is in both.
    let absent = printed.iter().filter(|cell| cell["year"] == 2027);
    assert!(absent.clone().all(|cell| cell["state"] == "NOT_IN_SOURCE"));
    assert_eq!(absent.count(), 61);
    for name in ["fact_budget_source_current", "fact_budget_source_history"] {
        let shown = table(&public, name).await;
        assert_eq!(columns(&shown, &names), rows(&printed, &paths), "{name}");
    }
}

#[tokio::test]
async fn the_budget_that_adds_up_is_the_printed_totals_and_the_differences_of_the_graph() {
    let app = spawn_app();
    let public = app.public();
    let budget = budget(&public).await;
    let additive = additive(&printed(&budget));
    for name in ["fact_budget_current", "fact_budget_history"] {
        let shown = table(&public, name).await;
        let same = |names: &[&str], paths: &[&str]| {
            assert_eq!(columns(&shown, names), rows(&additive, paths), "{name}");
        };
        same(
            &[
                "budget_row_key",
                "year",
                "line_key",
                "action_count",
                "state",
                "amount_euros",
            ],
            &["row", "year", "line.key", "count", "state", "amount.euros"],
        );
        // Its sums are the printed totals and what the reconciliation of the graph names as
        // different: of 2024 a line of the overview, of 2026 the total.
        for total in list(&budget, "totals") {
            let year = cell(&total["year"]);
            let amounts = shown
                .column("year")
                .into_iter()
                .zip(shown.column("amount_euros"));
            let sum: i64 = amounts
                .filter(|(of, _)| *of == year)
                .filter_map(|(_, amount)| amount.parse::<i64>().ok())
                .sum();
            let named: i64 = list(&budget["reconciliation"], "differences")
                .filter(|one| one["year"] == total["year"])
                .filter_map(|one| one["differenceEuros"].as_i64())
                .sum();
            // Of 2027 no table tells anything.
            let printed = total["published"]["euros"].as_i64().unwrap_or(0);
            assert_eq!(printed == 0, year == "2027", "{year}");
            assert_eq!(sum, printed + named, "{name} {year}");
        }
    }
}

#[tokio::test]
async fn the_totals_of_the_budget_in_a_table_are_those_of_the_graph() {
    let app = spawn_app();
    let public = app.public();
    let budget = budget(&public).await;
    // One computation: the overview, the table of the line and the sum of the rows, side by side.
    let shown = table(&public, "total_budget").await;
    let names = [
        "place",
        "year",
        "state",
        "printed_euros",
        "line_table_euros",
        "computed_euros",
        "difference_euros",
    ];
    let mut expected: Rows = spread(&of_lines(&budget), "years")
        .iter()
        .map(|one| {
            cells(
                one,
                &[
                    "line.key",
                    "years.year",
                    "years.published.state",
                    "years.published.euros",
                    "years.publishedInLineTable.euros",
                    "years.computed.euros",
                    "years.differenceEuros",
                ],
            )
        })
        .collect();
    expected.extend(list(&budget, "totals").map(|one| {
        let mut row = vec!["TOTAL".to_owned()];
        row.extend(cells(one, &["year", "published.state", "published.euros"]));
        row.push(String::new());
        row.extend(cells(one, &["computed.euros", "differenceEuros"]));
        row
    }));
    assert_eq!(columns(&shown, &names), sorted(expected.into_iter()));
    assert_eq!(shown.rows.len(), 7 * 5);
    let of_year = |place: &str, year: &str| {
        let rows = columns(&shown, &names).into_iter();
        rows.filter(|row| row[0] == place && row[1] == year)
            .map(|row| row[2..].join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of_year("2024/1", "2024"),
        ["AMOUNT 380000 470000 470000 90000"]
    );
    assert_eq!(of_year("TOTAL", "2024"), ["AMOUNT 2500000  2500000 0"]);
    assert_eq!(of_year("TOTAL", "2026"), ["AMOUNT 2500000  2505000 5000"]);
    assert_eq!(of_year("2024/1", "2027"), ["NOT_IN_SOURCE    "]);
}

#[tokio::test]
async fn the_bridge_of_the_budget_names_each_action_of_a_row_once() {
    let app = spawn_app();
    let public = app.public();
    let additive = additive(&printed(&budget(&public).await));
    let shared: Vec<Value> = spread(&additive, "actions");
    let mut expected = rows(&shared, &["row", "actions.key"]);
    expected.dedup();
    let shown = table(&public, "bridge_budget_action").await;
    assert_eq!(columns(&shown, &["budget_row_key", "action_key"]), expected);
}

#[tokio::test]
async fn areas_and_municipalities_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    prepare(&app).await;
    let public = app.public();
    let places = "code name kind parent { code } tile { row column }";
    let shown = table(&public, "dim_area").await;
    assert_eq!(
        columns(
            &shown,
            &[
                "area_code",
                "name",
                "kind",
                "parent_code",
                "tile_row",
                "tile_column"
            ]
        ),
        rows(
            &nodes(&public, "areas", "", places).await,
            &[
                "code",
                "name",
                "kind",
                "parent.code",
                "tile.row",
                "tile.column"
            ]
        )
    );
    let shown = table(&public, "dim_municipality").await;
    let current = columns(
        &shown,
        &[
            "is_current",
            "municipality_code",
            "name",
            "label",
            "tile_row",
            "tile_column",
        ],
    );
    let current = current.into_iter().filter(|row| row[0] == "true");
    let municipalities = nodes(
        &public,
        "municipalities",
        "",
        "code name label tile { row column }",
    )
    .await;
    assert_eq!(
        sorted(current.map(|row| row[1..].to_vec())),
        rows(
            &municipalities,
            &["code", "name", "label", "tile.row", "tile.column"]
        )
    );
    assert_eq!((municipalities.len(), shown.rows.len()), (342, 394));
}

#[tokio::test]
async fn members_and_reorganisations_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    prepare(&app).await;
    let public = app.public();
    let municipalities = nodes(
        &public,
        "municipalities",
        "",
        "code region { code } province { code }",
    )
    .await;
    let shown = table(&public, "bridge_area_membership").await;
    let current = columns(&shown, &["is_current", "area_code", "municipality_code"]);
    for (beginning, path) in [("VR", "region.code"), ("PV", "province.code")] {
        let of_kind = current
            .iter()
            .filter(|row| row[0] == "true" && row[1].starts_with(beginning));
        assert_eq!(
            sorted(of_kind.map(|row| row[1..].to_vec())),
            rows(&municipalities, &[path, "code"]),
            "{beginning}"
        );
    }
    let planned = public
        .ask("{ plannedReorganisations { predecessorCode successorCode effectiveOn kind } }")
        .await
        .data();
    let mut reorganisations = nodes(
        &public,
        "reorganisations",
        "",
        "predecessorCode successorCode effectiveOn kind",
    )
    .await;
    reorganisations.extend(list(&planned, "plannedReorganisations").cloned());
    let shown = table(&public, "municipality_lineage").await;
    let lineage = ["predecessor_code", "successor_code", "effective_on", "kind"];
    let mut expected = rows(
        &reorganisations,
        &["predecessorCode", "successorCode", "effectiveOn", "kind"],
    );
    expected.dedup();
    assert_eq!(columns(&shown, &lineage), expected);
}

#[tokio::test]
async fn partners_and_their_roles_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    prepare(&app).await;
    let public = app.public();
    let partners = nodes(
        &public,
        "partners",
        "",
        "key name { nl en } kind website municipality { code } area { code } roles { action { key \
            } role implementation text }",
    )
    .await;
    let shown = table(&public, "dim_partner").await;
    assert_eq!(
        columns(
            &shown,
            &[
                "partner_key",
                "name_nl",
                "name_en",
                "kind",
                "website",
                "municipality_code",
                "area_code"
            ]
        ),
        rows(
            &partners,
            &[
                "key",
                "name.nl",
                "name.en",
                "kind",
                "website",
                "municipality.code",
                "area.code"
            ]
        )
    );
    // What a partner does of an action may have no state of its own: a word in the graph, an empty
    // cell here.
    let mut roles = spread(&partners, "roles");
    for one in &mut roles {
        if one["roles"]["implementation"] == "NOT_APPLICABLE" {
            one["roles"]["implementation"] = Value::Null;
        }
    }
    let shown = table(&public, "bridge_action_partner").await;
    assert_eq!(
        columns(
            &shown,
            &[
                "partner_key",
                "action_key",
                "role",
                "implementation",
                "text_nl"
            ]
        ),
        rows(
            &roles,
            &[
                "key",
                "roles.action.key",
                "roles.role",
                "roles.implementation",
                "roles.text"
            ]
        )
    );
}

#[tokio::test]
async fn framework_and_periods_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    prepare(&app).await;
    let public = app.public();
    let data = public
        .ask(
            "{ framework { criteria { key title { nl } level required scope answeredBy } }
               reportingPeriods { key opensOn deadlineOn lastDay state } }",
        )
        .await
        .data();
    let criteria: Vec<Value> = list(&data["framework"], "criteria").cloned().collect();
    let shown = table(&public, "dim_criterion").await;
    assert_eq!(
        columns(
            &shown,
            &[
                "criterion_key",
                "title_nl",
                "level",
                "is_required",
                "scope",
                "answered_by"
            ]
        ),
        rows(
            &criteria,
            &[
                "key",
                "title.nl",
                "level",
                "required",
                "scope",
                "answeredBy"
            ]
        )
    );
    let periods: Vec<Value> = list(&data, "reportingPeriods").cloned().collect();
    let shown = table(&public, "dim_period").await;
    assert_eq!(
        columns(
            &shown,
            &["period_key", "opens_on", "deadline_on", "last_day", "state"]
        ),
        rows(
            &periods,
            &["key", "opensOn", "deadlineOn", "lastDay", "state"]
        )
    );
}

#[tokio::test]
async fn measurements_in_tables_are_those_of_the_graph() {
    let app = spawn_app();
    prepare(&app).await;
    let public = app.public();
    let data = public
        .ask("{ goals { measurements { key value targetNumber } } }")
        .await
        .data();
    // A measurement hangs on a goal, on an action, or on both.
    let goals: Vec<Value> = list(&data, "goals").cloned().collect();
    let mut measured = spread(&goals, "measurements");
    let actions = nodes(
        &public,
        "actions",
        "",
        "measurements { key value targetNumber }",
    )
    .await;
    measured.extend(spread(&actions, "measurements"));
    let mut expected = rows(
        &measured,
        &[
            "measurements.key",
            "measurements.value",
            "measurements.targetNumber",
        ],
    );
    expected.dedup();
    for name in [
        "fact_goal_measurement_current",
        "fact_goal_measurement_history",
    ] {
        let shown = table(&public, name).await;
        assert_eq!(
            columns(&shown, &["measurement_key", "value", "target_number"]),
            expected,
            "{name}"
        );
    }
}

/// Of a role: per basis the verdicts that it sees as they stand, with the day since when.
async fn verdicts(client: &Client, basis: &str) -> (Value, Rows) {
    let query = format!(
        "{{ compliancePicture(period: \"{PERIOD}\", basis: {basis}) {{ members
            counts {{ status count }}
            country {{ submissions {{ expected received onTime late missing exempt }} }}
            municipalities {{ municipality {{ code }} availability status since
            submission }} }} }}"
    );
    let picture = client.ask(&query).await.data()["compliancePicture"].clone();
    let seen = list(&picture, "municipalities").filter(|one| one["availability"] == "VISIBLE");
    let seen = sorted(seen.map(|one| {
        let mut row = vec![basis.to_owned()];
        row.extend(cells(one, &["municipality.code", "status", "since"]));
        row
    }));
    (picture, seen)
}

#[tokio::test]
async fn verdicts_and_totals_in_tables_are_those_of_the_graph_for_every_role() {
    let app = spawn_app();
    prepare(&app).await;
    let mut sizes = Vec::new();
    for (role, client) in everybody(&app) {
        let (mut of_graph, mut totals) = (Rows::new(), Rows::new());
        let mut of_answers: Vec<(String, i64)> = Vec::new();
        for basis in ["SUBMITTED", "CONFIRMED"] {
            let (picture, seen) = verdicts(&client, basis).await;
            of_graph.extend(seen);
            if picture["counts"].is_array() {
                let counts = list(&picture, "counts").map(|count| {
                    let mut row = vec![basis.to_owned()];
                    row.extend(cells(count, &["status", "count"]));
                    row.push(cell(&picture["members"]));
                    row
                });
                totals.extend(counts);
            }
            of_answers.push((
                basis.to_owned(),
                picture["country"]["submissions"]["received"]
                    .as_i64()
                    .unwrap_or(-1),
            ));
        }
        let feed = client.get("/v1/feeds/fact_verdict_current.csv").await;
        let rows_of_feed = if [401, 403].contains(&feed.status) {
            Rows::new()
        } else {
            let names = ["basis", "municipality_code", "status", "verdict_from"];
            columns(&Read::csv(&feed.body), &names)
        };
        assert_eq!(rows_of_feed, sorted(of_graph.into_iter()), "{role}");
        let feed = client.get("/v1/feeds/total_compliance.csv").await;
        let totals_of_feed = if [401, 403].contains(&feed.status) {
            Rows::new()
        } else {
            let names = [
                "basis",
                "status",
                "municipality_count",
                "country_municipality_count",
            ];
            columns(&Read::csv(&feed.body), &names)
        };
        assert_eq!(totals_of_feed, sorted(totals.into_iter()), "{role}");
        // Who sees all states sees as many of them received as the picture counts.
        let feed = client.get("/v1/feeds/fact_submission_current.csv").await;
        if feed.status == 200 {
            let received = Read::csv(&feed.body);
            let received = received.column("is_received");
            let received = received.iter().filter(|is| **is == "true").count();
            if matches!(role, "vng" | "ministry") {
                assert_eq!(
                    of_answers,
                    [("SUBMITTED".to_owned(), 2), ("CONFIRMED".to_owned(), 2)],
                    "{role}"
                );
                assert_eq!(received, 2, "{role}");
            }
        }
        sizes.push((role, rows_of_feed.len(), totals_of_feed.len()));
    }
    assert_eq!(
        sizes,
        [
            ("public", 0, 0),
            ("partner", 0, 0),
            ("municipality", 2, 0),
            ("region", 12, 0),
            ("vng", 684, 8),
            ("ministry", 342, 8),
        ]
    );
}

/// Asks of each municipality that handed in what a role reads of it.
async fn assessments(client: &Client) -> Vec<Value> {
    let mut shown = Vec::new();
    for code in ["GM0402", "GM0363", "GM0417"] {
        let query = format!(
            "{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\") {{
                municipality {{ code }}
                versions {{ number onTime confirmedAt withdrawnAt
                answers {{ criterion {{ code }} answer explanation }} }} }} }}"
        );
        let answer = client.ask(&query).await.json();
        let assessment = answer["data"]["assessment"].clone();
        if assessment.is_object() {
            shown.push(assessment);
        }
    }
    shown
}

async fn or_nothing(client: &Client, name: &str, names: &[&str]) -> Rows {
    let feed = client.get(&format!("/v1/feeds/{name}.csv")).await;
    if [401, 403].contains(&feed.status) {
        return Rows::new();
    }
    // The apostrophe before a formula is CSV's own.
    let shown = columns(&Read::csv(&feed.body), names).into_iter();
    sorted(shown.map(|row| {
        row.into_iter()
            .map(|cell| cell.replacen("'=", "=", 1))
            .collect()
    }))
}

/// The answers that count now, as the graph tells them: of the latest version, and of the latest
/// that VNG confirmed.
fn current_answers(role: &str, assessments: &[Value]) -> Rows {
    let mut current = Rows::new();
    for one in assessments {
        let versions: Vec<&Value> = list(one, "versions")
            .filter(|version| version["withdrawnAt"].is_null())
            .collect();
        let latest = versions
            .iter()
            .max_by_key(|version| version["number"].as_i64());
        let confirmed = versions
            .iter()
            .filter(|version| !version["confirmedAt"].is_null())
            .max_by_key(|version| version["number"].as_i64());
        for (basis, version) in [("SUBMITTED", latest), ("CONFIRMED", confirmed)] {
            let Some(version) = version.filter(|version| version["answers"].is_array()) else {
                continue;
            };
            // The ministry reads what is confirmed, and no other basis.
            if role == "ministry" && basis == "SUBMITTED" {
                continue;
            }
            for answer in list(version, "answers") {
                let mut row = vec![
                    basis.to_owned(),
                    cell(&one["municipality"]["code"]),
                    cell(&version["number"]),
                ];
                row.extend(cells(answer, &["criterion.code", "answer", "explanation"]));
                current.push(row);
            }
        }
    }
    current
}

#[tokio::test]
async fn answers_and_submissions_in_tables_are_those_of_the_graph_for_every_role() {
    let app = spawn_app();
    prepare(&app).await;
    second_version(&app).await;
    let mut sizes = Vec::new();
    for (role, client) in everybody(&app) {
        let shown = assessments(&client).await;
        let versions = spread(&shown, "versions");
        let submissions = or_nothing(
            &client,
            "fact_submission_history",
            &["municipality_code", "version", "is_on_time"],
        )
        .await;
        assert_eq!(
            submissions,
            rows(
                &versions,
                &["municipality.code", "versions.number", "versions.onTime"]
            ),
            "{role}"
        );
        let of_versions: Vec<Value> = versions
            .iter()
            .filter(|each| each["versions"]["answers"].is_array())
            .map(|each| {
                let mut version = each["versions"].clone();
                version["municipality"] = each["municipality"]["code"].clone();
                version
            })
            .collect();
        let answers = or_nothing(
            &client,
            "fact_answer_history",
            &[
                "municipality_code",
                "version",
                "criterion_code",
                "answer",
                "explanation_nl",
            ],
        )
        .await;
        assert_eq!(
            answers,
            rows(
                &spread(&of_versions, "answers"),
                &[
                    "municipality",
                    "number",
                    "answers.criterion.code",
                    "answers.answer",
                    "answers.explanation"
                ]
            ),
            "{role}"
        );
        let names = [
            "basis",
            "municipality_code",
            "version",
            "criterion_code",
            "answer",
            "explanation_nl",
        ];
        assert_eq!(
            or_nothing(&client, "fact_answer_current", &names).await,
            sorted(current_answers(role, &shown).into_iter()),
            "{role}"
        );
        sizes.push((role, submissions.len(), answers.len()));
    }
    assert_eq!(
        sizes,
        [
            ("public", 0, 0),
            ("partner", 0, 0),
            ("municipality", 2, 3),
            ("region", 2, 3),
            ("vng", 3, 4),
            ("ministry", 3, 1),
        ]
    );
}

/// Hilversum hands in once more after its confirmation, with two answers.
async fn second_version(app: &App) {
    let own = app.with(&municipality("GM0402"));
    let answers = serde_json::json!([
        {
            "criterion": "SV-01", "answer": "MET", "explanation": "Alsnog vastgesteld.",
            "revision": 1,
        },
        { "criterion": "SV-02", "answer": "PARTLY_MET" },
    ]);
    let draft =
        serde_json::json!({ "municipality": "GM0402", "period": PERIOD, "answers": answers });
    own.change("saveDraft", draft).await;
    let submission = serde_json::json!({
        "municipality": "GM0402", "period": PERIOD, "idempotencyKey": "second",
        "reason": "Verbeterd na bevestiging.",
        "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-21",
    });
    own.change("submitAssessment", submission).await;
}
