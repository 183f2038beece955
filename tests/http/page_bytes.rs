//! The bytes of pages. A page comes from Postgres as one text, in the form of its composite values;
//! here every table is held to what each of its cells is as a text by itself, in every form. And an
//! order goes on from page to page by the row that was last, so all rows come, each once.

use std::collections::BTreeSet;

use acceptance::{App, a_draft, a_submission, municipality, spawn_app, vng};
use compliance::redaction;
use database::roles;
use feeds::{
    csv::Dialect,
    tables::{self, Column, DATABASE, Kind, TABLES, Table},
};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};

use crate::{
    feeds::prepare,
    redaction::{copies, owner},
};

/// What a session of VNG tells Postgres, as far as views read it.
const SETTINGS: &str = "set app.role = 'VNG'; set app.municipalities = ''; set app.subjects = '';
    set app.writes_for = ''; set app.purpose = ''; set app.partner = 'vng';
    set app.day = '2026-11-22'; set app.present_day = '2026-11-22';
    set app.instant = '2026-11-22T12:00:00Z'; set app.ledger_no = '1000000'; set timezone = 'UTC'";

/// A cell as a text by itself.
fn as_text(column: &Column) -> String {
    let name = column.name;
    match column.kind {
        Kind::Text if name == DATABASE => {
            "coalesce((select kind from database_kind), 'REAL')".into()
        }
        Kind::Text => format!("\"{name}\""),
        Kind::Integer | Kind::Boolean => format!("\"{name}\"::text"),
        Kind::Decimal => format!("trim_scale(\"{name}\")::text"),
        Kind::Date => format!("to_char(\"{name}\", 'YYYY-MM-DD')"),
        Kind::Instant => {
            format!("to_char(\"{name}\" at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        }
    }
}

/// The rows of a table by its key, cell by cell.
async fn cells(connection: &DatabaseConnection, table: &Table) -> Vec<Vec<Option<String>>> {
    let texts: Vec<String> = table.columns.iter().map(as_text).collect();
    let keys: Vec<String> = table
        .key()
        .map(|column| format!("t.\"{}\"", column.name))
        .collect();
    let sql = format!(
        "select {} from bi.{} t order by {}",
        texts.join(", "),
        table.name,
        keys.join(", ")
    );
    let statement = Statement::from_string(DbBackend::Postgres, sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    let row = |row: &sea_orm::QueryResult| {
        (0..texts.len())
            .map(|at| row.try_get_by_index(at).unwrap())
            .collect()
    };
    rows.iter().map(row).collect()
}

/// A row as an object of JSON, with its members in their order.
fn object(table: &Table, cells: &[Option<String>]) -> String {
    let members = table.columns.iter().zip(cells).map(|(column, cell)| {
        let value = match (cell, column.kind) {
            (None, _) => "null".to_owned(),
            (Some(text), Kind::Text | Kind::Date | Kind::Instant) => {
                serde_json::to_string(text).unwrap()
            }
            (Some(text), Kind::Integer | Kind::Decimal | Kind::Boolean) => text.clone(),
        };
        format!("\"{}\":{value}", column.name)
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

fn csv(table: &Table, rows: &[Vec<Option<String>>], dialect: Dialect) -> String {
    let columns: Vec<&Column> = table.columns.iter().collect();
    let mut out = dialect.header(table.columns.iter().map(|column| column.name));
    for row in rows {
        dialect.cells(&mut out, &columns, row);
        out.push_str("\r\n");
    }
    out
}

/// Words that need quotes.
const WORDS: &str = "=\"Zie\" besluit\\nota (bijlage 1), blad 2; en verder: é\u{2019}s";

/// A service with an answer whose words need quotes in every form.
async fn with_words() -> App {
    let app = spawn_app();
    prepare(&app).await;
    let own = app.with(&municipality("GM0344"));
    let answers = json!([
        { "criterion": "SV-01", "answer": "NOT_MET", "explanation": WORDS },
        { "criterion": "SV-02", "answer": "MET" },
        { "criterion": "BB-03", "answer": "MET" },
    ]);
    a_draft("GM0344", answers).sent_by(&own).await;
    a_submission("GM0344").sent_by(&own).await;
    app
}

#[tokio::test]
async fn every_table_is_in_every_form_what_its_cells_are_by_themselves() {
    let app = with_words().await;
    let client = app.with(&vng());
    let connection = app.database.connect(roles::APP).await;
    connection.execute_unprepared(SETTINGS).await.unwrap();
    let (mut tables, mut rows_of_all) = (0, 0);
    // The dictionary is no view: its rows are made by the service.
    for table in TABLES
        .iter()
        .filter(|table| table.name != "data_dictionary")
    {
        let rows = cells(&connection, table).await;
        let name = table.name;
        let feed = async |file: &str| client.get(&format!("/v1/feeds/{name}.{file}")).await.body;
        let objects: Vec<String> = rows.iter().map(|row| object(table, row)).collect();
        let lines: String = objects.iter().map(|line| format!("{line}\n")).collect();
        assert!(feed("ndjson").await == lines, "{name}.ndjson");
        let plain = csv(table, &rows, Dialect::Rfc4180);
        assert!(feed("csv").await == plain, "{name}.csv");
        let dutch = csv(table, &rows, Dialect::Dutch);
        assert!(feed("csv?dialect=nl").await == dutch, "{name}, Dutch");
        let page = client.get(&format!("/v1/odata/{name}?$top=500")).await.body;
        let first = &objects[..objects.len().min(500)];
        let shown = format!("\"value\":[{}]}}", first.join(","));
        assert!(page.ends_with(&shown), "{name} by OData");
        tables += 1;
        rows_of_all += rows.len();
    }
    connection.close().await.unwrap();
    assert_eq!(tables, TABLES.len() - 1);
    assert!(rows_of_all > 1_000, "{rows_of_all}");
}

/// All rows of an entity set, in pages of so many, or in one.
async fn loaded(app: &App, path: &str, size: usize) -> Vec<Value> {
    let mut next = Some(format!("{}{path}", app.address()));
    let mut rows = Vec::new();
    while let Some(address) = next {
        let request = acceptance::http().get(address).bearer_auth(vng());
        let request = request.header("prefer", format!("odata.maxpagesize={size}"));
        let page: Value = request.send().await.unwrap().json().await.unwrap();
        let value = page["value"].as_array().unwrap_or_else(|| panic!("{page}"));
        assert!(value.len() <= size);
        rows.extend(value.iter().cloned());
        next = page["@odata.nextLink"].as_str().map(str::to_owned);
    }
    rows
}

/// Pages of the history of answers are made version by version: of every size they are what the view
/// has, and so they are once an explanation is blanked by law, which makes its row a newer one.
#[tokio::test]
async fn the_history_of_answers_is_what_its_view_has() {
    let app = with_words().await;
    let table = tables::find("fact_answer_history").unwrap();
    let path = format!("/v1/odata/{}", table.name);
    let connection = app.database.connect(roles::APP).await;
    connection.execute_unprepared(SETTINGS).await.unwrap();
    let mut numbers = Vec::new();
    for is_blanked in [false, true] {
        if is_blanked {
            let texts = copies(&app, WORDS).await;
            redaction::redact(&owner(&app).await, &texts, "Verzoek om wissing")
                .await
                .unwrap();
        }
        let rows = cells(&connection, table).await;
        let rows = rows.iter().map(|row| object(table, row));
        let rows: Vec<Value> = rows
            .map(|row| serde_json::from_str(&row).unwrap())
            .collect();
        assert_eq!(rows.len(), 5);
        for size in [1, 2, 3, 500] {
            assert_eq!(loaded(&app, &path, size).await, rows, "{size}");
        }
        let row = rows
            .iter()
            .find(|row| row["municipality_code"] == "GM0344" && row["criterion_code"] == "SV-01");
        let row = row.unwrap();
        let expected = if is_blanked {
            Value::Null
        } else {
            json!(WORDS)
        };
        assert_eq!(row["explanation_nl"], expected);
        numbers.push(row["ledger_no"].as_i64().unwrap());
    }
    assert!(numbers[0] < numbers[1], "{numbers:?}");
    connection.close().await.unwrap();
}

#[tokio::test]
async fn an_order_goes_on_behind_the_row_that_was_last() {
    let app = with_words().await;
    for path in [
        "dim_municipality?$orderby=tile_row%20desc&$select=name",
        "dim_municipality?$orderby=tile_row,name%20desc",
        "dim_municipality?$orderby=is_current,name&$skip=100",
        "fact_action_status_history?$orderby=delay_cause_nl%20desc,status",
        "fact_action_status_history?$orderby=delay_cause_nl,recorded_at%20desc",
        "bridge_budget_action?$orderby=weight%20desc",
        "fact_budget_current?$orderby=amount_euros&$filter=year%20gt%202023",
        "fact_answer_history?$orderby=explanation_nl%20desc,municipality_code&$top=2",
        "fact_verdict_history?$orderby=verdict_from%20desc,status_label_nl",
    ] {
        let path = format!("/v1/odata/{path}");
        let whole = loaded(&app, &path, 2_000).await;
        assert!(whole.len() > 1, "{path}");
        for size in [1, 7, 40] {
            if size > 1 || whole.len() < 60 {
                assert_eq!(loaded(&app, &path, size).await, whole, "{path} by {size}");
            }
        }
    }
    // Without an order the rows come by their key, and after some were skipped as well.
    let path = "/v1/odata/dim_municipality?$skip=3&$select=municipality_key";
    let rows = loaded(&app, path, 50).await;
    let keys: BTreeSet<String> = rows.iter().map(ToString::to_string).collect();
    assert_eq!((rows.len(), keys.len()), (391, 391));
}

/// A place is of the order that it was handed out for.
#[tokio::test]
async fn a_place_of_another_order_is_refused() {
    let app = spawn_app();
    let client = app.with(&vng());
    let small = async |path: &str| {
        let request = acceptance::http().get(format!("{}{path}", app.address()));
        let request = request
            .bearer_auth(vng())
            .header("prefer", "odata.maxpagesize=1");
        let page: Value = request.send().await.unwrap().json().await.unwrap();
        let next = page["@odata.nextLink"].as_str().unwrap().to_owned();
        next.split_once("skiptoken=").unwrap().1.to_owned()
    };
    let set = "/v1/odata/dim_action";
    let ordered = small(&format!("{set}?$orderby=title_nl")).await;
    let by_key = small(set).await;
    for (query, status) in [
        (format!("$orderby=title_nl&$skiptoken={ordered}"), 200),
        (
            format!("$orderby=title_nl%20desc&$skiptoken={ordered}"),
            200,
        ),
        (format!("$orderby=action_number&$skiptoken={ordered}"), 400),
        (
            format!("$orderby=title_nl,action_number&$skiptoken={ordered}"),
            400,
        ),
        (format!("$skiptoken={ordered}"), 400),
        (format!("$orderby=title_nl&$skiptoken={by_key}"), 400),
        (format!("$skiptoken={by_key}"), 200),
    ] {
        let answer = client.get(&format!("{set}?{query}")).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
    }
}
