//! Tables of many municipalities: rows that stand in the way are left out by name, what is
//! confirmed is filled in again only where its row says so, and a table goes out and comes back as
//! a workbook.

use acceptance::{
    App, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_reporting_region, a_submission, met,
    ministry, municipality, partner, region, spawn_app, vng,
};
use serde_json::{Value, json};

use crate::workbooks::{cells_of, written};

const CSV: &str = "/v1/assessments/2026-2/table.csv";
const WORKBOOK: &str = "/v1/assessments/2026-2/table.xlsx";
const OF_WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const FILLED_IN: &str = "municipalities answers \
    filledIn { municipality { code } period { key } answers filling ledger } \
    leftOut { code row column cell message { nl } }";

fn table(key: &str, table: &str) -> Value {
    json!({
        "period": PERIOD, "table": table, "reason": "Opgave per brief", "idempotencyKey": key,
    })
}

fn with(mut input: Value, name: &str, value: impl Into<Value>) -> Value {
    input[name] = value.into();
    input
}

/// What a table could have changed.
async fn traces(app: &App) -> i64 {
    app.database
        .count(
            "select (select count(*) from ledger) * 10000
                + (select count(*) from fact.on_behalf_filling) * 100
                + (select count(*) from work.draft_answer) * 10
                + (select count(*) from work.idempotency_key where field = 'importAssessments')",
        )
        .await
}

/// Hilversum is confirmed, Gooise Meren has submitted.
async fn prepared() -> App {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    for code in ["GM0402", "GM1942"] {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    a_claim("GM0402").sent_by(&reviewer).await;
    a_confirmation("GM0402", 1).sent_by(&reviewer).await;
    app
}

#[tokio::test]
async fn what_is_confirmed_is_filled_in_again_only_where_its_row_says_so() {
    let app = prepared().await;
    let reviewer = app.with(&vng());
    let rows = "municipality,SV-01,again\nGM0402,NOT_MET,\nGM1942,NOT_MET,\nGM0376,MET,no\n";
    let before = traces(&app).await;
    let refused = reviewer.mistakes("importAssessments", table("all", rows));
    let in_the_way = ["ALREADY_CONFIRMED table.2.municipality"];
    assert_eq!(refused.await, in_the_way);
    let dry = with(table("dry", rows), "dryRun", true);
    assert_eq!(
        reviewer.mistakes("importAssessments", dry).await,
        in_the_way
    );
    assert_eq!(traces(&app).await, before);

    let rows = rows.replace("GM0402,NOT_MET,", "GM0402,NOT_MET,ja");
    let head = app.database.count("select number from ledger_head").await;
    let filled = reviewer
        .change_and_read("importAssessments", FILLED_IN, table("all", &rows))
        .await;
    let item = |code: &str, place: i64| {
        json!({
            "municipality": { "code": code }, "period": { "key": PERIOD }, "answers": 1,
            "filling": 1, "ledger": head + place,
        })
    };
    assert_eq!(
        filled,
        json!({
            "municipalities": 3, "answers": 3, "leftOut": [],
            "filledIn": [item("GM0402", 1), item("GM1942", 2), item("GM0376", 3)],
        })
    );
    let entries = "select count(*) from ledger l join fact.on_behalf_filling f
        on f.ledger_no = l.number and f.subject_key = l.subject_key
        where l.operation = 'assessment.filledOnBehalf'";
    assert_eq!(app.database.count(entries).await, 3);
}

#[tokio::test]
async fn rows_in_whose_way_something_stands_are_left_out_and_a_repeat_tells_the_same() {
    let app = prepared().await;
    let reviewer = app.with(&vng());
    let rows = "municipality,SV-01,SV-03\nGM0402,MET,\nGM0376,MET,Jan Jansen\nGM9999,MET,\n\
        GM0376,MET,\nGM0406,MET,NOT_MET\nGM0014,,\n";
    let in_the_way = [
        "ALREADY_CONFIRMED table.2.municipality",
        "UNKNOWN_ANSWER table.3.SV-03",
        "UNKNOWN_MUNICIPALITY table.4.municipality",
        "MUNICIPALITY_TWICE table.5.municipality",
        "NOTHING_FILLED_IN table.7",
    ];
    let before = traces(&app).await;
    assert_eq!(
        reviewer
            .mistakes("importAssessments", table("all", rows))
            .await,
        in_the_way
    );
    assert_eq!(traces(&app).await, before);

    let input = with(table("some", rows), "skipUnfit", true);
    let filled = reviewer
        .change_and_read("importAssessments", FILLED_IN, input.clone())
        .await;
    assert_eq!(
        (&filled["municipalities"], &filled["answers"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        filled["filledIn"][0]["municipality"],
        json!({ "code": "GM0406" })
    );
    let left_out = filled["leftOut"].as_array().unwrap().iter();
    let left_out: Vec<String> = left_out
        .map(|one| {
            let column = one["column"]
                .as_str()
                .map_or(String::new(), |c| format!(".{c}"));
            format!(
                "{} table.{}{column}",
                one["code"].as_str().unwrap(),
                one["row"]
            )
        })
        .collect();
    assert_eq!(left_out, in_the_way);
    // What is kept under the key tells of no cell what it held.
    assert!(!filled.to_string().contains("Jansen"), "{filled}");
    let before = traces(&app).await;
    let again = reviewer
        .change_and_read("importAssessments", FILLED_IN, input.clone())
        .await;
    assert_eq!(again, filled);
    let all = with(input, "skipUnfit", false);
    assert_eq!(
        reviewer.mistake_codes("importAssessments", all).await,
        ["KEY_REUSED"]
    );
    // Where no row is left, and where all have something in the way, nothing is done.
    let none = "municipality,SV-01\nGM9999,MET\n";
    let none = with(table("none", none), "skipUnfit", true);
    assert_eq!(
        reviewer.mistakes("importAssessments", none).await,
        ["UNKNOWN_MUNICIPALITY table.2.municipality"]
    );
    let unknown = "municipality,SV-01,XX-01\nGM0376,MET,MET\n";
    let unknown = with(table("unknown", unknown), "skipUnfit", true);
    assert_eq!(
        reviewer.mistakes("importAssessments", unknown).await,
        ["UNKNOWN_COLUMN table.1.XX-01"]
    );
    assert_eq!(traces(&app).await, before);
}

#[tokio::test]
async fn a_region_leaves_out_what_its_members_answered() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    let gooi = app.with(&region("VR14"));
    let rows = "municipality;SV-01\nGM0402;NOT_MET\nGM0417;MET\nGM0363;MET\nGM0376;\n";
    let input = with(table("gooi", rows), "skipUnfit", true);
    let filled = gooi
        .change_and_read("importAssessments", FILLED_IN, input)
        .await;
    assert_eq!(
        filled["filledIn"],
        json!([{
            "municipality": { "code": "GM0417" }, "period": { "key": PERIOD }, "answers": 1,
            "filling": null, "ledger": null,
        }])
    );
    let codes: Vec<&str> = filled["leftOut"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    assert_eq!(
        codes,
        ["ALREADY_ANSWERED", "NOT_YOURS", "NOTHING_FILLED_IN"]
    );
    let kept = "select count(*) from work.draft_answer where answer = 'MET'";
    assert_eq!(app.database.count(kept).await, 2);
    // A row that was left out begins no draft.
    let drafts = "select count(*) from work.draft where municipality in ('GM0402', 'GM0417')";
    assert_eq!(app.database.count(drafts).await, 2);
    let all = "select count(*) from work.draft";
    assert_eq!(app.database.count(all).await, 2);
}

/// The cells of the page that is filled in.
fn cells(file: Vec<u8>) -> Vec<Vec<String>> {
    cells_of("Gemeenten", &["Gemeenten"], file)
}

#[tokio::test]
async fn a_table_goes_out_as_a_workbook_and_comes_back() {
    let app = prepared().await;
    let reviewer = app.with(&vng());
    let mut sheet = cells(reviewer.download(WORKBOOK).await);
    assert_eq!(sheet.len(), 343);
    assert_eq!(
        sheet[0][..6],
        [
            "Gemeente",
            "Naam",
            "Bevestigd",
            "Opnieuw",
            "BB-03",
            "BB-03:toelichting"
        ]
    );
    assert_eq!(sheet[0].last().unwrap(), "Gegevensbank");
    let column = sheet[0].iter().position(|name| name == "SV-01").unwrap();
    let row = |code: &str| sheet.iter().position(|row| row[0] == code).unwrap();
    let (hilversum, laren) = (row("GM0402"), row("GM0417"));
    assert_eq!(sheet[hilversum][1..4], ["Hilversum", "ja", ""]);
    assert_eq!(sheet[laren][1..4], ["Laren", "", ""]);
    // Two are filled in, and the rest is taken out, as somebody does in a spreadsheet.
    sheet[hilversum][column] = "Niet voldaan".to_owned();
    sheet[hilversum][3] = "ja".to_owned();
    sheet[laren][column] = "voldaan".to_owned();
    let kept = [0, hilversum, laren].map(|at| sheet[at].clone());
    let file = written(&kept);
    let address = format!("{WORKBOOK}?reason=Opgave%20per%20brief");
    let before = traces(&app).await;
    let dry = reviewer
        .send_file(
            &format!("{address}&dryRun=true"),
            OF_WORKBOOK,
            "dry",
            file.clone(),
        )
        .await;
    assert_eq!(dry.data()["importAssessments"]["municipalities"], 2);
    assert_eq!(dry.data()["importAssessments"]["errors"], json!([]));
    assert_eq!(traces(&app).await, before);
    let mut first = Value::Null;
    for _ in 0..2 {
        let sent = reviewer
            .send_file(&address, OF_WORKBOOK, "sent", file.clone())
            .await;
        let sent = sent.data()["importAssessments"].clone();
        assert_eq!(
            (&sent["municipalities"], &sent["answers"]),
            (&json!(2), &json!(2))
        );
        assert_eq!(sent["filledIn"][0]["municipality"]["code"], "GM0402");
        if first != Value::Null {
            assert_eq!(sent, first);
        }
        first = sent;
    }
    let fillings = "select count(*) from fact.on_behalf_filling";
    assert_eq!(app.database.count(fillings).await, 2);

    // Without a reason, in a cell that is no answer, and in a book without a table.
    let silent = reviewer
        .send_file(WORKBOOK, OF_WORKBOOK, "silent", file)
        .await;
    let code = silent.data()["importAssessments"]["errors"][0]["code"].clone();
    assert_eq!(code, "REASON_MISSING");
    let mut wrong = kept.clone();
    wrong[2][column] = "misschien".to_owned();
    let wrong = reviewer
        .send_file(&address, OF_WORKBOOK, "wrong", written(&wrong))
        .await;
    let error = wrong.data()["importAssessments"]["errors"][0].clone();
    assert_eq!(
        (&error["code"], &error["row"], &error["column"]),
        (&json!("UNKNOWN_ANSWER"), &json!(3), &json!("SV-01"))
    );
    let other = written(&[vec!["iets".to_owned()]]);
    let other = reviewer
        .send_file(&address, OF_WORKBOOK, "other", other)
        .await;
    assert_eq!(other.status, 422);
    assert_eq!(app.database.count(fillings).await, 2);
}

#[tokio::test]
async fn a_table_is_for_vng_and_a_region_with_its_members() {
    let app = prepared().await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let gooi = app.with(&region("VR14")).get(CSV).await;
    assert_eq!(gooi.status, 200);
    let codes: Vec<&str> = gooi.body.lines().skip(1).map(|line| &line[..6]).collect();
    assert_eq!(
        codes,
        ["GM0376", "GM0402", "GM0406", "GM0417", "GM1696", "GM1942"]
    );
    let file = b"municipality,SV-01\nGM0402,MET\n";
    let before = traces(&app).await;
    for token in [municipality("GM0402"), partner("comensha"), ministry()] {
        let client = app.with(&token);
        let shown = client.get(CSV).await;
        assert_eq!(shown.status, 403);
        assert!(!shown.body.contains("GM0402"), "{}", shown.body);
        let sent = client.send_file(CSV, "text/csv", "sent", file).await;
        assert_eq!(sent.codes(), ["FORBIDDEN"]);
        assert!(!sent.body.contains("GM0402"), "{}", sent.body);
    }
    assert_eq!(app.public().get(CSV).await.status, 401);
    let sent = app.public().send_file(CSV, "text/csv", "sent", file).await;
    assert_eq!(sent.status, 401);
    assert_eq!(traces(&app).await, before);
    let reviewer = app.with(&vng());
    assert_eq!(
        reviewer.get(&CSV.replace("2026-2", "2031-1")).await.status,
        404
    );
    assert_eq!(reviewer.get(&format!("{CSV}?dialect=de")).await.status, 400);
    let dutch = reviewer.download(&format!("{CSV}?dialect=nl")).await;
    let dutch = String::from_utf8(dutch).unwrap();
    assert!(dutch.starts_with("\u{feff}Gemeente;Naam;Bevestigd;Opnieuw;BB-03;"));
}
