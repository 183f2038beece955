//! The frozen monitoring overview is the annex to the letter and more, and it waits beside its
//! round for the same minute.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    App, Client, a_publication, a_release, a_report, a_round, ministry, noon, spawn_app,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::feeds::Read;

const KEY: &str = "monitoring-2025-1-1";
const NEXT: &str = "monitoring-2026-1-1";

fn table(csv: &str) -> Read {
    Read::csv(csv)
}

/// The rows of a table as columns by name.
fn rows(table: &Read) -> impl Iterator<Item = BTreeMap<&str, &str>> {
    table.rows.iter().map(|row| {
        let columns = table.columns.iter().map(String::as_str);
        columns.zip(row.iter().map(String::as_str)).collect()
    })
}

/// A line of the file as cells by column.
fn cells(line: &Value) -> BTreeMap<&str, &Value> {
    let cells = line["cells"].as_array().unwrap().iter();
    cells
        .map(|cell| (cell["column"].as_str().unwrap(), &cell["value"]))
        .collect()
}

async fn frozen(client: &Client, key: &str) -> Value {
    let file = client.get(&format!("/v1/publications/{key}.json")).await;
    assert_eq!(file.status, 200, "{}", file.body);
    serde_json::from_str(&file.body).unwrap()
}

fn lines<'a>(file: &'a Value, part: &'a str) -> impl Iterator<Item = &'a Value> {
    let lines = file["lines"].as_array().unwrap().iter();
    lines.filter(move |line| line["part"] == part)
}

async fn spawn_with_overview() -> App {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    a_publication("MONITORING_OVERVIEW", "2025-1")
        .sent_by(&of_ministry)
        .await;
    a_release(KEY).sent_by(&of_ministry).await;
    app
}

/// The rows of a part of the annex, as its text prints them.
fn printed(part: &str) -> Vec<Vec<&'static str>> {
    let annex = include_str!("annex/overview_001.txt").lines();
    let of_part = annex.skip_while(|line| *line != part).skip(1);
    let rows = of_part.take_while(|line| !line.is_empty());
    rows.map(|line| line.split('|').collect()).collect()
}

/// The status of a word of the annex.
fn status(word: &str) -> &'static str {
    match word {
        "Afgerond" => "COMPLETED",
        "In uitvoering" => "IN_PROGRESS",
        "In uitvoering, vertraging" => "IN_PROGRESS_DELAYED",
        "Doorlopend" => "ONGOING",
        "Nog niet gestart" => "NOT_STARTED",
        other => panic!("{other:?} is no status"),
    }
}

/// From the file alone: the title, explanation and status of every row that the annex prints.
#[tokio::test]
async fn every_row_of_the_annex_is_in_the_file() {
    let app = spawn_with_overview().await;
    let file = frozen(&app.public(), KEY).await;
    let actions: BTreeMap<&str, BTreeMap<&str, &Value>> = lines(&file, "ACTION")
        .map(|line| (line["key"].as_str().unwrap(), cells(line)))
        .collect();
    assert_eq!(actions.len(), 46);
    let mut seen = BTreeSet::new();
    for row in printed("[rows]") {
        let [numbers, title, explanation, word, period] = row[..] else {
            panic!("{row:?} is no row");
        };
        // The actions 3 and 4 share one row.
        for number in numbers.split('/') {
            let key = format!("2024/{number}");
            let action = &actions[key.as_str()];
            assert_eq!(action["title_nl"], title, "{key}");
            assert_eq!(action["explanation"], explanation, "{key}");
            assert_eq!(action["status"], status(word), "{key}");
            let shown = action.get("period").and_then(|value| value.as_str());
            assert_eq!(shown.unwrap_or_default(), period, "{key}");
            assert_eq!(action["monitoring"], "REPORTED", "{key}");
            seen.insert(key);
        }
    }
    assert_eq!(seen.len(), 43);
    // The annex leaves three out: they have the title of the letter, and nothing is said of them.
    for row in printed("[titles in the letter]") {
        let key = format!("2024/{}", row[0]);
        let action = &actions[key.as_str()];
        assert_eq!(action["title_nl"], row[1], "{key}");
        assert_eq!(action["monitoring"], "OUTSIDE_ROUND", "{key}");
        assert_eq!(action.get("explanation"), None, "{key}");
        assert_eq!(action.get("status"), None, "{key}");
        seen.insert(key);
    }
    assert_eq!(seen.len(), 46);
    assert_eq!(actions["2024/36"]["years"], "2024; 2025; 2026; 2027");
    assert_eq!(
        actions["2024/13"]["relations_nl"],
        "Gekoppeld aan: 2024/14; Start na: 2024/11"
    );
}

/// What is known of a row beside what the annex prints: its place there, and what its text says of
/// a delay.
#[tokio::test]
async fn every_row_has_its_place_and_its_delay() {
    let app = spawn_with_overview().await;
    let file = frozen(&app.public(), KEY).await;
    let reports = table(include_str!("../../api/data/status_reports.csv"));
    for report in rows(&reports) {
        let key = format!("{}/{}", report["plan"], report["action"]);
        let action = lines(&file, "ACTION").find(|line| line["key"] == key);
        let action = cells(action.unwrap());
        assert_eq!(action["source_document"], "monitoring-2025", "{key}");
        assert_eq!(action["source_lines"], report["source_lines"], "{key}");
        for (column, from) in [
            ("delay_amount", "delay_amount_text"),
            ("delay_cause", "delay_cause_nl"),
            ("delay_cause_state", "delay_cause_state"),
        ] {
            let value = action.get(column).and_then(|value| value.as_str());
            assert_eq!(value.unwrap_or_default(), report[from], "{key} {column}");
        }
    }
}

/// From the file alone: the 42 figures that the annex prints on its dashboard.
#[tokio::test]
async fn every_cell_of_the_dashboard_is_in_the_file() {
    let app = spawn_with_overview().await;
    let file = frozen(&app.public(), KEY).await;
    let mut seen = BTreeSet::new();
    for row in printed("[dashboard]") {
        let (part, key) = match row[0] {
            "Totaal" => ("TOTAL", "2024".to_owned()),
            line => ("ACTION_LINE", format!("2024/{line}")),
        };
        let line = lines(&file, part).find(|line| line["key"] == key).unwrap();
        let column = match row[1] {
            "Acties totaal" => "actions".to_owned(),
            word => status(word).to_lowercase(),
        };
        let counted = cells(line)[column.as_str()];
        assert_eq!(counted.to_string(), row[2], "{key} {column}");
        seen.insert((key, column));
    }
    assert_eq!(seen.len(), 42);
}

#[tokio::test]
async fn each_line_has_its_goals_and_effects_and_the_table_has_one_list_of_columns() {
    let app = spawn_with_overview().await;
    let public = app.public();
    let file = frozen(&public, KEY).await;
    let goals = table(include_str!("../../api/data/operational_goals.csv"));
    let effects = table(include_str!("../../api/data/intended_effects.csv"));
    for (table, part) in [(&goals, "GOAL"), (&effects, "EFFECT")] {
        let expected: BTreeSet<&str> = rows(table)
            .filter(|row| row["plan"] == "2024")
            .map(|row| row["text_nl"])
            .collect();
        let shown: BTreeSet<&str> = lines(&file, part)
            .map(|line| line["name"].as_str().unwrap())
            .collect();
        assert_eq!(shown, expected, "{part}");
    }
    let deadline = lines(&file, "GOAL").find(|line| line["key"] == "2024/4/1");
    let deadline = cells(deadline.unwrap());
    assert_eq!(deadline["deadline_on"], "2026-12-31");
    assert_eq!(deadline["line"], 4);

    let csv = public.get(&format!("/v1/publications/{KEY}.csv")).await;
    let csv = Read::csv(&csv.body);
    assert_eq!(csv.rows.len(), file["lines"].as_array().unwrap().len());
    let own: Vec<&str> = csv.columns[7..].iter().map(String::as_str).collect();
    let columns = file["manifest"]["columns"].as_array().unwrap().iter();
    let mut columns: Vec<&str> = columns.map(|column| column.as_str().unwrap()).collect();
    columns.push("database");
    assert_eq!(own, columns);
    // A round without a delay has the columns of delays all the same.
    let of_ministry = app.with(&ministry());
    a_round().sent_by(&of_ministry).await;
    a_report(30, "COMPLETED").sent_by(&of_ministry).await;
    let close = json!({ "round": "2026-1", "idempotencyKey": "close" });
    of_ministry.change("closeMonitoringRound", close).await;
    a_publication("MONITORING_OVERVIEW", "2026-1")
        .sent_by(&of_ministry)
        .await;
    a_release(NEXT).sent_by(&of_ministry).await;
    let next = public.get(&format!("/v1/publications/{NEXT}.csv")).await;
    assert_eq!(Read::csv(&next.body).columns, csv.columns);
    let next = frozen(&public, NEXT).await;
    let action = lines(&next, "ACTION").find(|line| line["key"] == "2024/30");
    let action = cells(action.unwrap());
    assert_eq!(action["reported_by"], "MINISTRY");
    assert_eq!(
        action["title_nl"],
        "Beleidsvorming gemeenten volgens VNG-kader mensenhandel"
    );
}

fn close(until: DateTime<Utc>, key: &str) -> Value {
    json!({
        "round": "2026-1", "actions": [30], "leftOut": [42], "embargoUntil": until,
        "idempotencyKey": key,
    })
}

/// A round with two reports, of which one was decided to be accepted in an hour.
async fn spawn_under_embargo() -> App {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    a_round().sent_by(&of_ministry).await;
    a_report(30, "COMPLETED")
        .with("explanation", "Alle gemeenten hebben beleid.")
        .sent_by(&of_ministry)
        .await;
    a_report(32, "IN_PROGRESS").sent_by(&of_ministry).await;
    let closed = of_ministry
        .change_and_read(
            "closeMonitoringRound",
            "round { key title { nl } dateLatest } embargoUntil",
            close(noon() + TimeDelta::hours(1), "close"),
        )
        .await;
    assert_eq!(
        closed,
        json!({
            "round": {
                "key": "2026-1", "title": { "nl": "Monitoringsoverzicht 2026" },
                "dateLatest": "2026-10-31",
            },
            "embargoUntil": "2026-11-22T13:00:00+00:00",
        })
    );
    app
}

/// What the public could notice of it.
async fn traces(client: &Client) -> Vec<String> {
    let mut seen = Vec::new();
    for query in [
        "{ publications { totalCount } dashboard { round { key } } openRounds { nodes { key } } }",
        "{ search(text: \"gemeenten beleid\", first: 100) { nodes { title { nl } } } }",
    ] {
        seen.push(client.ask(query).await.data().to_string());
    }
    for extension in ["json", "csv", "mdto.xml", "json.mdto.xml", "csv.mdto.xml"] {
        let file = client
            .get(&format!("/v1/publications/{NEXT}.{extension}"))
            .await;
        seen.push(format!("{} {}", file.status, file.body));
    }
    seen
}

#[tokio::test]
async fn the_overview_waits_beside_its_round_and_comes_out_in_the_same_instant() {
    let app = spawn_under_embargo().await;
    let until = noon() + TimeDelta::hours(1);
    let (public, of_ministry) = (app.public(), app.with(&ministry()));
    let before = traces(&public).await;
    a_publication("MONITORING_OVERVIEW", "2026-1")
        .sent_by(&of_ministry)
        .await;
    // Nothing of a round is public before the round is.
    for at in [Value::Null, json!(until - TimeDelta::minutes(1))] {
        let early = json!({ "publication": NEXT, "embargoUntil": at, "idempotencyKey": "early" });
        assert_eq!(
            of_ministry.mistake_codes("publish", early).await,
            ["INVALID_EMBARGO"]
        );
    }
    a_release(NEXT)
        .with("embargoUntil", json!(until))
        .sent_by(&of_ministry)
        .await;
    assert_eq!(
        of_ministry
            .mistake_codes(
                "closeMonitoringRound",
                close(until + TimeDelta::hours(1), "later")
            )
            .await,
        ["OVERVIEW_UNDER_EMBARGO"]
    );
    app.clock.set(until - TimeDelta::microseconds(1));
    assert_eq!(traces(&public).await, before);
    app.clock.set(until);
    let shown = public
        .ask("{ dashboard { round { key } } publications { nodes { key releasedAt } } }")
        .await
        .data();
    assert_eq!(shown["dashboard"]["round"]["key"], "2026-1");
    assert_eq!(shown["publications"]["nodes"][0]["key"], NEXT);
    let file = frozen(&public, NEXT).await;
    let action = lines(&file, "ACTION").find(|line| line["key"] == "2024/30");
    let action = cells(action.unwrap());
    assert_eq!(action["explanation"], "Alle gemeenten hebben beleid.");
    let total = cells(lines(&file, "TOTAL").next().unwrap());
    assert_eq!(
        (total["actions"], total["completed"]),
        (&json!(1), &json!(1))
    );
    let outside = lines(&file, "ACTION").find(|line| line["key"] == "2024/42");
    assert_eq!(cells(outside.unwrap())["monitoring"], "OUTSIDE_ROUND");
    // The graph tells the lines as the file does, to whoever could not see the report.
    let graph = public
        .ask(&format!(
            "{{ publication(key: \"{NEXT}\") {{ lines {{ key values {{ column text }} }} }} }}"
        ))
        .await;
    assert!(graph.body.contains("Alle gemeenten hebben beleid."));
}

#[tokio::test]
async fn an_overview_of_what_was_decided_otherwise_is_not_published() {
    let app = spawn_under_embargo().await;
    let until = noon() + TimeDelta::hours(1);
    let of_ministry = app.with(&ministry());
    a_publication("MONITORING_OVERVIEW", "2026-1")
        .sent_by(&of_ministry)
        .await;
    let mut other = close(until, "other");
    other["actions"] = json!([30, 32]);
    of_ministry.change("closeMonitoringRound", other).await;
    let publish = json!({ "publication": NEXT, "embargoUntil": until, "idempotencyKey": "p" });
    assert_eq!(
        of_ministry.mistake_codes("publish", publish.clone()).await,
        ["OUTDATED"]
    );
    // Nor once the round is closed by that decision.
    app.clock.set(until);
    let now = json!({ "publication": NEXT, "idempotencyKey": "now" });
    assert_eq!(
        of_ministry.mistake_codes("publish", now).await,
        ["OUTDATED"]
    );
    a_publication("MONITORING_OVERVIEW", "2026-1")
        .sent_by(&of_ministry)
        .await;
    a_release("monitoring-2026-1-2").sent_by(&of_ministry).await;
}
