//! A monitoring round as a table: fetched as a workbook of Excel or as CSV, filled in by a program,
//! and sent back as a file or as a text. Who reported nothing yet is named, with whom to remind.

use acceptance::{
    App, Client, a_report, a_round, edited, ministry, municipality, noon, partner, region,
    spawn_app, vng,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::workbooks::{cells_of, written};

const CSV: &str = "/v1/monitoring-rounds/2026-1/status-reports.csv";
const WORKBOOK: &str = "/v1/monitoring-rounds/2026-1/status-reports.xlsx";
const OF_CSV: &str = "text/csv";
const OF_WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// CoMensha owns action 33, and a round is open.
async fn prepared() -> (App, Client) {
    let app = spawn_app();
    let first = "2024,7,om,EXECUTOR,";
    let owner = format!("2024,33,comensha,OWNER,,Aangewezen.,monitoring-2025,7,\n{first}");
    app.database
        .import(&edited(&[("action_partners.csv", first, &owner)]))
        .await;
    let of_ministry = app.with(&ministry());
    a_round().sent_by(&of_ministry).await;
    (app, of_ministry)
}

/// The number of the last entry of the ledger.
async fn head(app: &App) -> i64 {
    app.database.count("select number from ledger_head").await
}

/// What the service makes of a file.
async fn send(client: &Client, path: &str, key: &str, file: impl Into<Vec<u8>>) -> Value {
    let content_type = if path.contains(".xlsx") {
        OF_WORKBOOK
    } else {
        OF_CSV
    };
    let answer = client.send_file(path, content_type, key, file).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.data()["importStatusReports"].clone()
}

/// The mistakes in a file, each as its code and its cell.
async fn mistakes(client: &Client, file: &str) -> Vec<String> {
    let read = send(client, CSV, "wrong", file).await;
    assert_eq!(read["reported"], Value::Null);
    let errors = read["errors"].as_array().unwrap().iter();
    errors
        .map(|error| {
            let text = |name: &str| error[name].as_str().unwrap_or("-").to_owned();
            format!("{} {}", text("code"), text("cell"))
        })
        .collect()
}

/// The reports of a round: action, status, explanation and reporter.
async fn reports(client: &Client) -> Value {
    let query = "{ openRounds { nodes { reports { action { number } status explanation delayCause
        reportedBy { code } } } } }";
    client.ask(query).await.data()["openRounds"]["nodes"][0]["reports"].clone()
}

/// The cells of the page that is filled in, as texts.
fn cells(file: Vec<u8>) -> Vec<Vec<String>> {
    cells_of("Acties", &["Uitleg", "Acties", "Keuzen"], file)
}

fn row_of(cells: &[Vec<String>], action: &str) -> usize {
    cells.iter().position(|row| row[0] == action).unwrap()
}

const NOTHING: &str = r#"{
    "reported": 0, "unchanged": UNCHANGED, "changes": [], "errors": [], "warnings": []
}"#;

/// What an unchanged sheet comes to: so many rows told of a status already.
fn nothing(unchanged: i32) -> Value {
    serde_json::from_str(&NOTHING.replace("UNCHANGED", &unchanged.to_string())).unwrap()
}

/// The names of the columns of the page that is filled in.
const HEAD: [&str; 15] = [
    "Actie",
    "Titel",
    "Eigenaar",
    "Laatst gemeld in",
    "Gemeld door",
    "Stand",
    "Toelichting",
    "Omvang vertraging",
    "Oorzaak vertraging",
    "Oorzaak onbekend",
    "Brondocument",
    "Plaats in bron",
    "Rapporteren",
    "Versie",
    "Gegevensbank",
];

/// What a dry run says of the rows of actions 2, 17 and 33 that were filled in.
fn changes([two, seventeen, thirty_three]: [usize; 3]) -> Value {
    let change = |(action, row): (i32, usize), (column, letter): (&str, &str), before, after| {
        json!({
            "action": action, "row": row + 1, "column": column,
            "cell": format!("{letter}{}", row + 1), "before": before, "after": after,
        })
    };
    let unknown: Option<&str> = None;
    let explained = "Actie 17 valt samen met actie 15. Verkenning loopt 3 maanden langer dan \
                     gepland door latere start hoofdonderzoeker.";
    let (cause, status) = (("Oorzaak vertraging", "I"), ("Stand", "F"));
    json!([
        change((2, two), cause, unknown, Some("Het rapport komt later")),
        change((2, two), ("Oorzaak onbekend", "J"), Some("yes"), unknown),
        change(
            (17, seventeen),
            status,
            Some("IN_PROGRESS"),
            Some("COMPLETED")
        ),
        change(
            (17, seventeen),
            ("Toelichting", "G"),
            Some(explained),
            Some("Verkenning afgerond."),
        ),
        change(
            (33, thirty_three),
            ("Rapporteren", "M"),
            Some("no"),
            Some("yes")
        ),
    ])
}

#[tokio::test]
async fn a_round_goes_out_as_a_workbook_and_comes_back() {
    let (_app, own) = prepared().await;
    let file = own.download(WORKBOOK).await;
    // As it came it reports nothing, by its own bytes and as another program writes it.
    assert_eq!(
        send(&own, WORKBOOK, "same", file.clone()).await,
        nothing(43)
    );
    let mut cells = cells(file);
    assert_eq!(cells.len(), 47);
    assert_eq!(cells[0], HEAD);
    assert_eq!(
        send(&own, WORKBOOK, "as-is", written(&cells)).await,
        nothing(43)
    );
    let (two, seventeen, thirty_three) = (
        row_of(&cells, "2"),
        row_of(&cells, "17"),
        row_of(&cells, "33"),
    );
    assert_eq!(
        cells[thirty_three][2..6],
        ["CoMensha", "2025-1", "", "In uitvoering"]
    );
    assert_eq!(cells[two][5], "In uitvoering, vertraging");
    assert_eq!(cells[two][9], "ja");
    cells[two][8] = "Het rapport komt later".to_owned();
    cells[two][9] = String::new();
    cells[seventeen][5] = "afgerond".to_owned();
    cells[seventeen][6] = "Verkenning afgerond.".to_owned();
    cells[thirty_three][12] = "ja".to_owned();
    let filled = written(&cells);
    let dry = send(
        &own,
        &format!("{WORKBOOK}?dryRun=true"),
        "dry",
        filled.clone(),
    )
    .await;
    assert_eq!(dry["changes"], changes([two, seventeen, thirty_three]));
    assert_eq!(
        (&dry["reported"], &dry["unchanged"], &dry["errors"]),
        (&json!(3), &json!(40), &json!([]))
    );
    assert_eq!(reports(&own).await, json!([]));
    // The same call again changes nothing twice; another file under its key is another call.
    for _ in 0..2 {
        let kept = send(&own, WORKBOOK, "filled", filled.clone()).await;
        assert_eq!(
            (&kept["reported"], &kept["changes"]),
            (&json!(3), &json!([]))
        );
    }
    let kept = reports(&own).await;
    let shown: Vec<(&Value, &Value, &Value)> = kept
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                &one["action"]["number"],
                &one["status"],
                &one["reportedBy"]["code"],
            )
        })
        .collect();
    let of_ministry = json!("MINISTRY");
    assert_eq!(
        shown,
        [
            (&json!(2), &json!("IN_PROGRESS_DELAYED"), &of_ministry),
            (&json!(17), &json!("COMPLETED"), &of_ministry),
            (&json!(33), &json!("IN_PROGRESS"), &of_ministry),
        ]
    );
    assert_eq!(kept[0]["delayCause"], "Het rapport komt later");
    cells[two][5] = "Afgerond".to_owned();
    let reused = send(&own, WORKBOOK, "filled", written(&cells)).await;
    assert_eq!(reused["errors"][0]["code"], "KEY_REUSED");
}

#[tokio::test]
async fn each_report_is_an_entry_of_its_own_in_one_transaction() {
    let (app, own) = prepared().await;
    let before = head(&app).await;
    let table = "action,status\n12,ONGOING\n3,COMPLETED\n";
    let input = json!({ "round": "2026-1", "table": table, "idempotencyKey": "two" });
    let selection = "reported unchanged round { key } warnings { code }";
    let payload = own
        .change_and_read("importStatusReports", selection, input)
        .await;
    assert_eq!(payload["reported"], 2);
    assert_eq!(payload["round"]["key"], "2026-1");
    assert_eq!(head(&app).await, before + 2);
    let entries = format!(
        "select count(distinct subject_key) from ledger
         where number > {before} and operation = 'roundReport.reported'"
    );
    assert_eq!(app.database.count(&entries).await, 2);
    // A later sheet takes the place of the ministry's own report, and nothing stands twice.
    let again = json!({ "round": "2026-1", "table": "action,status\n12,COMPLETED\n",
        "idempotencyKey": "again" });
    own.change("importStatusReports", again).await;
    let kept = reports(&own).await;
    assert_eq!(kept.as_array().unwrap().len(), 2);
    assert_eq!(kept[1]["status"], "COMPLETED");
}

#[tokio::test]
async fn the_dutch_csv_comes_back_and_what_was_reported_meanwhile_is_shown() {
    let (app, own) = prepared().await;
    let text = String::from_utf8(own.download(&format!("{CSV}?dialect=nl")).await).unwrap();
    assert!(text.starts_with("\u{feff}Actie;Titel;Eigenaar;"), "{text}");
    assert_eq!(send(&own, CSV, "same", text.clone()).await, nothing(43));
    let comensha = app.with(&partner("comensha"));
    a_report(33, "ONGOING").sent_by(&comensha).await;
    let row = text.lines().position(|line| line.starts_with("33;"));
    assert!(row.is_some());
    // The row of 33 no longer says what was reported last, and saw another version.
    let read = send(&own, CSV, "stale", text).await;
    let errors = read["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 1, "{read}");
    assert_eq!(errors[0]["code"], "CONFLICT");
    assert_eq!(errors[0]["column"], "Versie");
    // Fetched anew it shows what CoMensha reported, and by whom.
    let text = String::from_utf8(own.download(&format!("{CSV}?dialect=nl")).await).unwrap();
    assert!(
        text.contains(";CoMensha;2026-1;CoMensha;Doorlopend;"),
        "{text}"
    );
    assert_eq!(send(&own, CSV, "anew", text).await, nothing(43));
    assert_eq!(own.get(&format!("{CSV}?dialect=de")).await.status, 400);
    assert_eq!(own.get(&format!("{WORKBOOK}?dialect=nl")).await.status, 400);
}

#[tokio::test]
async fn all_mistakes_come_at_once_with_their_cells_and_nothing_is_reported() {
    let (app, own) = prepared().await;
    let before = head(&app).await;
    let file = "action,status,status_nl,explanation,delay_cause,report,source_document,source_place\n\
                1,ONGOING,Afgerond,,,,,\n\
                3,COMPLETED,,Bel 06-12345678 of mail a@example.org,,,,\n\
                12,ONGOING,,,Ziekte,,,\n\
                17,IN_PROGRESS_DELAYED,,,,nee,,\n\
                99,COMPLETED,,,,,,\n\
                32,gereed,,,,,,\n\
                33,COMPLETED,,,,,geen-document,blz. 1\n";
    assert_eq!(
        mistakes(&own, file).await,
        [
            "STATUSES_CONTRADICT C2",
            "PERSONAL_DATA D3",
            "DELAY_WITHOUT_STATUS E4",
            "REPORT_CONTRADICTS F5",
            "DELAY_WITHOUT_CAUSE E5",
            "UNKNOWN_ACTION A6",
            "UNKNOWN_STATUS B7",
            "UNKNOWN_SOURCE G8",
        ]
    );
    assert_eq!(mistakes(&own, "titel\nx\n").await, ["MISSING_COLUMN -"; 2]);
    assert_eq!(head(&app).await, before);
    assert_eq!(reports(&own).await, json!([]));
}

#[tokio::test]
async fn only_the_ministry_has_the_sheet_and_reads_it_back() {
    let (app, own) = prepared().await;
    let before = head(&app).await;
    let document = "mutation ($input: ImportStatusReportsInput!) {
        importStatusReports(input: $input) { reported errors { code } } }";
    let input = json!({ "round": "2026-1", "table": "action,status\n33,COMPLETED\n",
        "idempotencyKey": "x" });
    for other in [
        app.with(&partner("comensha")),
        app.with(&vng()),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
    ] {
        for path in [CSV, WORKBOOK] {
            let refused = other.get(path).await;
            assert_eq!(refused.status, 404);
            assert!(!refused.body.contains("2025-1"), "{}", refused.body);
        }
        let refused = other.send(document, json!({ "input": input })).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        let file = other
            .send_file(CSV, OF_CSV, "x", "action,status\n33,COMPLETED\n")
            .await;
        assert_eq!(file.codes(), ["FORBIDDEN"]);
    }
    assert_eq!(app.public().get(CSV).await.status, 401);
    let public = app.public().send_file(CSV, OF_CSV, "x", "action\n").await;
    assert_eq!(public.status, 401);
    let closed = "/v1/monitoring-rounds/2025-1/status-reports.csv";
    assert_eq!(own.get(closed).await.status, 404);
    assert_eq!(head(&app).await, before);
    let unknown = json!({ "round": "2031-1", "table": "action,status\n", "idempotencyKey": "u" });
    assert_eq!(
        own.mistakes("importStatusReports", unknown).await,
        ["UNKNOWN_ROUND round"]
    );
}

const ROUND: &str = "{ openRounds { nodes { closing { state embargoUntil }
    unreported { action { number } owners { key } due isOverdue } } } }";

async fn round(client: &Client) -> Value {
    client.ask(ROUND).await.data()["openRounds"]["nodes"][0].clone()
}

#[tokio::test]
async fn an_open_round_names_who_has_not_reported_and_tells_its_embargo() {
    let (app, own) = prepared().await;
    let shown = round(&own).await;
    assert_eq!(
        shown["closing"],
        json!({ "state": "TAKING_REPORTS", "embargoUntil": null })
    );
    let unreported = shown["unreported"].as_array().unwrap();
    assert_eq!(unreported.len(), 46);
    let of_comensha = json!({ "action": { "number": 33 }, "owners": [{ "key": "comensha" }],
        "due": "2026-10-31", "isOverdue": true });
    assert_eq!(unreported[32], of_comensha);
    assert_eq!(unreported[0]["owners"], json!([]));
    let comensha = app.with(&partner("comensha"));
    a_report(33, "ONGOING").sent_by(&comensha).await;
    let unreported = round(&own).await["unreported"].clone();
    assert_eq!(unreported.as_array().unwrap().len(), 45);
    assert!(!unreported.as_array().unwrap().contains(&of_comensha));
    // What others see of it is nothing.
    for other in [app.public(), comensha, app.with(&vng())] {
        assert_eq!(
            round(&other).await,
            json!({ "closing": null, "unreported": null })
        );
    }
    let until = noon() + TimeDelta::hours(2);
    let decision = json!({ "round": "2026-1", "embargoUntil": until, "idempotencyKey": "close" });
    own.change("closeMonitoringRound", decision).await;
    assert_eq!(
        round(&own).await["closing"],
        json!({ "state": "CLOSING_DECIDED", "embargoUntil": "2026-11-22T14:00:00+00:00" })
    );
    let table = json!({ "round": "2026-1", "table": "action,status\n12,ONGOING\n",
        "idempotencyKey": "late" });
    assert_eq!(
        own.mistakes("importStatusReports", table).await,
        ["ROUND_CLOSED round"]
    );
}

#[tokio::test]
async fn missing_reports_are_a_task_of_the_ministry_until_all_are_there() {
    let (app, own) = prepared().await;
    let tasks = "{ openTasks(kind: COMPLETE_ROUND) { nodes {
        label subjectKey since due isOverdue mutation may round { key } } } }";
    let task = json!([{
        "label": "Ontbrekende standen opvragen of zelf rapporteren", "subjectKey": "2026-1",
        "since": "2026-05-01", "due": "2026-10-31", "isOverdue": true,
        "mutation": "importStatusReports", "may": ["importStatusReports", "reportStatus"],
        "round": { "key": "2026-1" },
    }]);
    assert_eq!(own.ask(tasks).await.data()["openTasks"]["nodes"], task);
    let of_others = app.with(&vng()).ask(tasks).await.data();
    assert_eq!(of_others["openTasks"]["nodes"], json!([]));
    // Every action is reported on as it was, and those of which nothing is known anew.
    let sheet = String::from_utf8(own.download(CSV).await).unwrap();
    let numbers = sheet
        .lines()
        .filter_map(|line| line.split(',').next()?.parse::<i32>().ok());
    let numbers: std::collections::BTreeSet<i32> = numbers.filter(|n| *n <= 46).collect();
    let rows = numbers
        .iter()
        .map(|number| format!("{number},COMPLETED,ja\n"));
    let table = "action,status,report\n".to_owned() + &rows.collect::<String>();
    let input = json!({ "round": "2026-1", "table": table, "idempotencyKey": "all" });
    let payload = own
        .change_and_read("importStatusReports", "reported", input)
        .await;
    assert_eq!(payload["reported"], 46);
    let left = own.ask(tasks).await.data();
    assert_eq!(left["openTasks"]["nodes"], json!([]));
    assert_eq!(round(&own).await["unreported"], json!([]));
}
