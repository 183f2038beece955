//! Feeds as workbooks and as Parquet, read back by other programs' readers: the same rows as the
//! streamed forms, for each role; their bounds; and what a caller may choose of each form.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use acceptance::{
    App, http, ministry, municipality, partner, region, spawn_app, spawn_app_limited, vng,
};
use actix_web::web::Bytes;
use calamine::{Data, Reader as _, Xlsx};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta};
use feeds::form::Form;
use parquet::{
    file::reader::{FileReader as _, SerializedFileReader},
    record::Field,
};
use reqwest::header::HeaderMap;
use serde_json::Value;
use transport::{TrustedDocuments, limits::Limits};

use crate::feeds::{Listed, Read, listed, prepare};

/// An answer with the bytes of its body.
struct Fetched {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
}

impl Fetched {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("a text"))
    }
}

async fn fetch(app: &App, path: &str, token: Option<&str>) -> Fetched {
    let mut request = http().get(format!("{}{path}", app.address()));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().await.expect("the service answers");
    Fetched {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        body: answer.bytes().await.expect("a whole body"),
    }
}

/// A number without what stands behind its point.
fn whole(number: f64) -> i64 {
    format!("{number:.0}").parse().expect("a whole number")
}

/// A day as Excel counts it.
fn day_of(days: f64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
    first + TimeDelta::days(whole(days.floor()))
}

/// An instant as Excel counts it, to the millisecond.
fn instant_of(days: f64) -> String {
    let millis = whole(days.fract() * 86_400_000.0);
    let instant = day_of(days).and_time(NaiveTime::MIN) + TimeDelta::milliseconds(millis);
    instant.format("%Y-%m-%dT%H:%M:%S%.3f").to_string()
}

/// A cell of a sheet in the form that all formats share. What has the kind of the column is
/// nothing else: text is text and a number a number.
fn of_sheet(kind: &str, cell: &Data) -> String {
    match (kind, cell) {
        (_, Data::Empty) => String::new(),
        ("TEXT", Data::String(text)) => text.clone(),
        ("INTEGER" | "DECIMAL", Data::Float(number)) => number.to_string(),
        ("INTEGER" | "DECIMAL", Data::Int(number)) => number.to_string(),
        ("BOOLEAN", Data::Bool(is)) => is.to_string(),
        ("DATE", Data::DateTime(day)) => day_of(day.as_f64()).to_string(),
        // Excel knows no such day.
        ("DATE", Data::String(day)) if day.as_str() < "1900-03-01" => day.clone(),
        ("INSTANT", Data::DateTime(instant)) => instant_of(instant.as_f64()),
        (kind, cell) => panic!("{cell:?} in a column of kind {kind}"),
    }
}

fn sheet(table: &Listed, columns: &[(String, String)], body: &Bytes) -> Read {
    let mut workbook = Xlsx::new(Cursor::new(body.clone())).expect("a workbook");
    assert_eq!(workbook.sheet_names(), [table.name.as_str(), "Toelichting"]);
    let range = workbook.worksheet_range(&table.name).expect("a sheet");
    let mut rows = range.rows();
    let header = rows.next().expect("a header").iter();
    let header: Vec<String> = header.map(|cell| of_sheet("TEXT", cell)).collect();
    let rows = rows.map(|row| {
        assert_eq!(row.len(), columns.len(), "{}", table.name);
        let cells = columns.iter().zip(row);
        cells
            .map(|((_, kind), cell)| of_sheet(kind, cell))
            .collect()
    });
    Read {
        columns: header,
        rows: rows.collect(),
    }
}

/// A value of Parquet in the form that all formats share.
fn of_parquet(kind: &str, field: &Field) -> String {
    match (kind, field) {
        (_, Field::Null) => String::new(),
        ("TEXT", Field::Str(text)) => text.clone(),
        ("INTEGER", Field::Long(number)) => number.to_string(),
        ("DECIMAL", Field::Decimal(decimal)) => {
            let bytes = decimal.data().try_into().expect("64 bits");
            let text = format!("{:07}", i64::from_be_bytes(bytes));
            let (whole, fraction) = text.split_at(text.len() - 6);
            let fraction = fraction.trim_end_matches('0');
            if fraction.is_empty() {
                whole.to_owned()
            } else {
                format!("{whole}.{fraction}")
            }
        }
        ("BOOLEAN", Field::Bool(is)) => is.to_string(),
        ("DATE", Field::Date(days)) => {
            let first = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a day");
            let day = first + TimeDelta::days(i64::from(*days));
            day.to_string()
        }
        ("INSTANT", Field::TimestampMicros(micros)) => {
            let instant = DateTime::from_timestamp_micros(*micros).expect("an instant");
            instant.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
        }
        (kind, field) => panic!("{field:?} in a column of kind {kind}"),
    }
}

fn of_file(columns: &[(String, String)], body: &Bytes) -> Read {
    let reader = SerializedFileReader::new(body.clone()).expect("a file of Parquet");
    let fields = reader.metadata().file_metadata().schema().get_fields();
    let names = fields.iter().map(|field| field.name().to_owned()).collect();
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        let cells = columns.iter().zip(row.get_column_iter());
        cells
            .map(|((name, kind), (found, field))| {
                assert_eq!(name, found);
                of_parquet(kind, field)
            })
            .collect()
    });
    Read {
        columns: names,
        rows: rows.collect(),
    }
}

/// The same without what is finer than a millisecond, which Excel does not keep.
fn as_excel_keeps_it(columns: &[(String, String)], read: &Read) -> Read {
    let rows = read.rows.iter().map(|row| {
        let cells = columns.iter().zip(row);
        cells
            .map(|((_, kind), cell)| match kind.as_str() {
                "INSTANT" => cell.chars().take(23).collect(),
                _ => cell.clone(),
            })
            .collect()
    });
    Read {
        columns: read.columns.clone(),
        rows: rows.collect(),
    }
}

/// Whether the rows of a table are the same in all forms.
async fn are_the_same(app: &App, role: &str, token: Option<&str>, table: &Listed) {
    let name = &table.name;
    let path = |form: Form| format!("/v1/feeds/{name}.{}", form.extension());
    let ndjson = fetch(app, &path(Form::Ndjson), token).await;
    let xlsx = fetch(app, &path(Form::Xlsx), token).await;
    let parquet = fetch(app, &path(Form::Parquet), token).await;
    let statuses = [ndjson.status, xlsx.status, parquet.status];
    if table.rows.is_none() {
        assert_eq!(xlsx.json()["rule"], ndjson.json()["rule"], "{role} {name}");
        assert_eq!(
            parquet.json()["rule"],
            ndjson.json()["rule"],
            "{role} {name}"
        );
        assert_eq!(statuses, [ndjson.status; 3], "{role} {name}");
        assert!(ndjson.status >= 400);
        return;
    }
    assert_eq!(statuses, [200; 3], "{role} {name}");
    let names: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
    let text = String::from_utf8(ndjson.body.to_vec()).expect("UTF-8");
    let shown = Read::ndjson(&names, &text);
    assert_eq!(
        i64::try_from(shown.rows.len()).ok(),
        table.rows,
        "{role} {name}"
    );
    let read = of_file(&table.columns, &parquet.body);
    assert_eq!(read.columns, names);
    assert!(read.rows == shown.rows, "{role} {name}: Parquet differs");
    let read = sheet(table, &table.columns, &xlsx.body);
    assert_eq!(read.columns, names);
    let kept = as_excel_keeps_it(&table.columns, &shown);
    assert!(
        read.rows == kept.rows,
        "{role} {name}: the workbook differs"
    );
}

#[tokio::test]
async fn workbooks_and_parquet_hold_the_rows_of_the_other_forms_for_each_role() {
    let app = spawn_app();
    prepare(&app).await;
    let public = listed(&app.public()).await;
    for table in &public {
        are_the_same(&app, "public", None, table).await;
    }
    let tokens = [
        ("partner", partner("comensha")),
        ("municipality", municipality("GM0402")),
        ("region", region("VR14")),
        ("vng", vng()),
        ("ministry", ministry()),
    ];
    for (role, token) in tokens {
        for table in listed(&app.with(&token)).await {
            if !table.is_public {
                are_the_same(&app, role, Some(&token), &table).await;
            }
        }
    }
}

#[tokio::test]
async fn a_file_has_the_headers_of_the_other_forms() {
    let app = spawn_app();
    for (form, begins) in [(Form::Xlsx, "PK"), (Form::Parquet, "PAR1")] {
        let extension = form.extension();
        let path = format!("/v1/feeds/dim_action.{extension}");
        let address = format!("{}{path}", app.address());
        let compressed = http().get(&address).header("accept-encoding", "gzip, br");
        let answer = compressed.send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        let headers = answer.headers().clone();
        let body = answer.bytes().await.expect("a body");
        assert!(body.starts_with(begins.as_bytes()), "{extension}");
        assert_eq!(headers["content-type"], form.content_type());
        assert!(!headers.contains_key("content-encoding"));
        assert_eq!(headers["content-length"], body.len().to_string());
        assert_eq!(
            headers["content-disposition"],
            format!("attachment; filename=\"dim_action.{extension}\"")
        );
        assert_eq!(headers["cache-control"], "public, no-cache");
        assert_eq!(
            headers["link"],
            "<http://creativecommons.org/publicdomain/zero/1.0/deed.nl>; rel=\"license\""
        );
        assert_eq!(headers["stm-day"], "2026-11-22");
        // The same moment is the same bytes, and whoever has them is told so.
        let again = fetch(&app, &path, None).await;
        assert_eq!(again.body, body);
        let known = http()
            .get(&address)
            .header("if-none-match", &headers["etag"]);
        let known = known.send().await.expect("an answer");
        assert_eq!(known.status(), 304);
        assert_eq!(known.bytes().await.expect("a body").len(), 0);
        // Of another day, as of every form.
        let later = fetch(&app, &format!("{path}?day=2026-12-31"), None).await;
        assert_eq!((later.status, later.header("stm-day")), (200, "2026-12-31"));
        assert_ne!(later.header("etag"), again.header("etag"));
        let since = format!("/v1/feeds/fact_budget_history.{extension}?since=0");
        assert_eq!(fetch(&app, &since, None).await.status, 400);
    }
    let head = http().head(format!("{}/v1/feeds/dim_action.xlsx", app.address()));
    assert_eq!(head.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn the_second_sheet_says_what_the_columns_mean_and_whose_they_are() {
    let app = spawn_app();
    let fetched = fetch(&app, "/v1/feeds/fact_budget_current.xlsx", None).await;
    let mut workbook = Xlsx::new(Cursor::new(fetched.body)).expect("a workbook");
    let range = workbook.worksheet_range("Toelichting").expect("a sheet");
    let rows: Vec<Vec<String>> = range
        .rows()
        .map(|row| row.iter().map(|cell| of_sheet("TEXT", cell)).collect())
        .collect();
    let line = |first: &str| {
        let found = rows.iter().find(|row| row[0] == first);
        found.unwrap_or_else(|| panic!("no line {first}")).clone()
    };
    assert_eq!(line("Tabel")[2], "fact_budget_current");
    assert_eq!(line("Dag")[2], "2026-11-22");
    assert_eq!(line("Database")[2], "REAL");
    assert_eq!(
        line("Licentie")[2..4],
        [
            "CC0-1.0",
            "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
        ]
    );
    let amount = line("amount_euros");
    assert_eq!(
        amount[2..5],
        ["amount in euros, additive", "INTEGER", "EUR"]
    );
    assert_eq!(amount[7], "there is no amount, and no 0 either; see state");
    assert_eq!(line("year")[5], "sleutel / key");
}

/// A folder of one's own.
fn own_folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("stm-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).expect("a folder").count()
}

#[tokio::test]
async fn a_sheet_has_as_many_rows_as_excel_opens_and_leaves_nothing_behind() {
    let folder = own_folder("sheets");
    let limits = Limits {
        sheet_rows: 3,
        tmp_folder: folder.clone(),
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, TrustedDocuments::default());
    let path = |keys: &str| format!("/v1/feeds/dim_action.xlsx?filter=action_key%20in%20({keys})");
    // A header and two rows are as many as fit.
    let fits = fetch(&app, &path("'2024/1','2024/2'"), None).await;
    assert_eq!(fits.status, 200);
    let mut workbook = Xlsx::new(Cursor::new(fits.body)).expect("a workbook");
    let range = workbook.worksheet_range("dim_action").expect("a sheet");
    assert_eq!(range.height(), 3);
    let refused = fetch(&app, &path("'2024/1','2024/2','2024/3'"), None).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["rule"], "SHEET_ROWS");
    assert_eq!(
        refused.json()["detail"],
        "The table has more than the 2 rows that a sheet holds. Take .csv, .ndjson or .parquet, \
         or ask for fewer rows by `filter`."
    );
    let parquet = fetch(&app, "/v1/feeds/dim_municipality.parquet", None).await;
    assert_eq!(parquet.status, 200);
    assert_eq!(files_in(&folder), 0);
    drop(app);
    assert_eq!(files_in(&folder), 0);
    std::fs::remove_dir(&folder).expect("an empty folder");
}

#[tokio::test]
async fn files_have_so_many_bytes_and_so_much_company() {
    let folder = own_folder("rooms");
    let small = Limits {
        tmp_bytes: 20_000,
        tmp_folder: folder.clone(),
        ..Limits::default()
    };
    let app = spawn_app_limited(small, TrustedDocuments::default());
    for extension in ["xlsx", "parquet"] {
        let path = format!("/v1/feeds/data_dictionary.{extension}");
        let refused = fetch(&app, &path, None).await;
        assert_eq!(refused.status, 400, "{extension}");
        assert_eq!(refused.json()["rule"], "FILE_SIZE");
        // What is chosen fits, and the room of what was refused is free.
        let path = format!("{path}?columns=column_name&filter=table_name%20eq%20'dim_round'");
        assert_eq!(fetch(&app, &path, None).await.status, 200, "{extension}");
    }
    drop(app);
    let none = Limits {
        tmp_files: 0,
        tmp_folder: folder.clone(),
        ..Limits::default()
    };
    let app = spawn_app_limited(none, TrustedDocuments::default());
    for extension in ["xlsx", "parquet"] {
        let path = format!("/v1/feeds/dim_action.{extension}");
        let refused = fetch(&app, &path, None).await;
        assert_eq!(refused.status, 503, "{extension}");
        assert_eq!(refused.json()["rule"], "FILE_ROOM");
        assert_eq!(refused.header("retry-after"), "5");
    }
    assert_eq!(
        fetch(&app, "/v1/feeds/dim_action.csv", None).await.status,
        200
    );
    assert_eq!(files_in(&folder), 0);
    std::fs::remove_dir(&folder).expect("an empty folder");
}

#[tokio::test]
async fn columns_and_rows_are_chosen_alike_in_every_form() {
    let app = spawn_app();
    let public = app.public();
    let table = listed(&public).await;
    let table = table
        .iter()
        .find(|table| table.name == "fact_budget_current");
    let table = table.expect("a table");
    let of = |name: &str| {
        let column = table.columns.iter().find(|(found, _)| found == name);
        column.expect("a column").clone()
    };
    let columns = [of("amount_euros"), of("budget_row_key"), of("year")];
    let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
    let query = "columns=amount_euros,budget_row_key,year&filter=year%20eq%202024";
    let path = |form: Form| format!("/v1/feeds/{}.{}?{query}", table.name, form.extension());
    let count = "/v1/odata/public/fact_budget_current/$count?$filter=year%20eq%202024";
    let count: usize = public.get(count).await.body.parse().expect("a number");

    let csv = Read::csv(&public.get(&path(Form::Csv)).await.body);
    assert_eq!(csv.columns, names);
    assert_eq!(csv.rows.len(), count);
    assert!(csv.column("year").iter().all(|year| *year == "2024"));
    let whole = Read::csv(&public.get("/v1/feeds/fact_budget_current.csv").await.body);
    assert!(whole.rows.len() > count);
    let ndjson = public.get(&path(Form::Ndjson)).await.body;
    assert!(
        ndjson
            .lines()
            .all(|line| line.starts_with("{\"amount_euros\":"))
    );
    assert_eq!(Read::ndjson(&names, &ndjson), csv);
    let xlsx = fetch(&app, &path(Form::Xlsx), None).await;
    assert_eq!(sheet(table, &columns, &xlsx.body), csv);
    let parquet = fetch(&app, &path(Form::Parquet), None).await;
    assert_eq!(of_file(&columns, &parquet.body), csv);
    // A choice is another answer than the whole.
    let tagged = fetch(&app, "/v1/feeds/fact_budget_current.parquet", None).await;
    assert_ne!(tagged.header("etag"), parquet.header("etag"));

    for form in Form::ALL {
        let wrong = format!(
            "/v1/feeds/fact_budget_current.{}?columns=yeer,amount_euros&filter=colour%20eq%201",
            form.extension()
        );
        let wrong = fetch(&app, &wrong, None).await;
        assert_eq!(wrong.status, 400);
        assert_eq!(
            wrong.json()["detail"],
            "`fact_budget_current` has no column `yeer`. Did you mean year? \
             `fact_budget_current` has no column `colour`."
        );
    }
}

#[tokio::test]
async fn what_changed_comes_in_some_columns_by_key() {
    let app = spawn_app();
    let public = app.public();
    let path = "/v1/feeds/fact_budget_history.csv?since=0&columns=year,budget_row_key,state";
    let read = Read::csv(&public.get(path).await.body);
    assert_eq!(
        read.columns,
        ["year", "budget_row_key", "state", "is_deleted"]
    );
    let whole = Read::csv(&public.get("/v1/feeds/fact_budget_history.csv").await.body);
    assert_eq!(read.column("state"), whole.column("state"));
    let keyless = public
        .get("/v1/feeds/fact_budget_history.ndjson?since=0&columns=state")
        .await;
    assert_eq!(keyless.status, 400);
    assert_eq!(
        keyless.json()["detail"],
        "Beside `since`, name the key in `columns` too: budget_row_key,year."
    );
}
