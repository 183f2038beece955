//! Answer sheets as people have them: a workbook of Excel and Dutch CSV, fetched, filled in by a
//! program, and sent back as files. What a program does to a cell is read rightly or told by its
//! cell; an unchanged sheet changes and confirms nothing.

use std::io::Write as _;

use acceptance::{
    App, Client, PERIOD, a_draft, a_period, a_submission, municipality, spawn_app, vng,
};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::workbooks::{cells_of, written};

const CSV: &str = "/v1/assessments/GM0402/2026-2/answer-sheet.csv";
const WORKBOOK: &str = "/v1/assessments/GM0402/2026-2/answer-sheet.xlsx";
const OF_CSV: &str = "text/csv";
const OF_WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Hilversum has answered two criteria, one with a text that programs take for a formula.
async fn prepared() -> (App, Client) {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    let answers = json!([
        { "criterion": "SV-01", "answer": "MET", "explanation": "'-5% minder, coördinatie" },
        { "criterion": "SV-03", "answer": "NOT_MET" },
    ]);
    a_draft("GM0402", answers).sent_by(&own).await;
    (app, own)
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
    answer.data()["importAnswerSheet"].clone()
}

/// The mistakes in a file, each as its code and its cell.
async fn mistakes(client: &Client, file: &str) -> Vec<String> {
    let read = send(client, CSV, "wrong", file).await;
    let errors = read["errors"].as_array().unwrap().iter();
    errors
        .map(|error| {
            let text = |name: &str| error[name].as_str().unwrap_or("-").to_owned();
            format!("{} {}", text("code"), text("cell"))
        })
        .collect()
}

async fn answers(client: &Client) -> Value {
    let query = format!(
        "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ \
            draft {{ answers {{ criterion {{ code }} answer explanation revision }} }} }} }}"
    );
    client.ask(&query).await.data()["assessment"]["draft"]["answers"].clone()
}

/// The cells of the page that is filled in, as texts.
fn cells(file: Vec<u8>) -> Vec<Vec<String>> {
    cells_of("Antwoorden", &["Uitleg", "Antwoorden", "Keuzen"], file)
}

fn row_of(cells: &[Vec<String>], criterion: &str) -> usize {
    cells.iter().position(|row| row[0] == criterion).unwrap()
}

#[tokio::test]
async fn a_workbook_is_filled_in_and_comes_back() {
    let (_app, own) = prepared().await;
    let file = own.download(WORKBOOK).await;
    // As it came it changes nothing, by its own bytes and as another program writes it.
    let nothing = json!({
        "changed": 0, "toConfirm": 0, "changes": [], "errors": [], "warnings": [],
    });
    assert_eq!(send(&own, WORKBOOK, "same", file.clone()).await, nothing);
    let mut cells = cells(file);
    assert_eq!(cells.len(), 26);
    assert_eq!(
        cells[0],
        [
            "Criterium",
            "Titel",
            "Vraag",
            "Norm",
            "Telt mee",
            "Wie antwoordt",
            "Antwoord",
            "Toelichting",
            "Bewijs",
            "Overgenomen uit",
            "Vraag gewijzigd",
            "Bevestigd",
            "Nog te doen",
            "Revisie",
            "Gegevensbank"
        ]
    );
    let sv01 = row_of(&cells, "SV-01");
    assert_eq!(
        cells[sv01][5..9],
        ["Gemeente", "Voldaan", "'-5% minder, coördinatie", ""]
    );
    assert_eq!(
        send(&own, WORKBOOK, "as-is", written(&cells)).await,
        nothing
    );

    let (sv03, sv05) = (row_of(&cells, "SV-03"), row_of(&cells, "SV-05"));
    cells[sv03][6] = "Deels voldaan".to_owned();
    cells[sv05][6] = "voldaan".to_owned();
    cells[sv05][7] = "Sinds maart".to_owned();
    let filled = written(&cells);
    let dry = send(
        &own,
        &format!("{WORKBOOK}?dryRun=true"),
        "dry",
        filled.clone(),
    )
    .await;
    assert_eq!(
        dry,
        json!({
            "changed": 2, "toConfirm": 0, "errors": [], "warnings": [],
            "changes": [
                { "criterion": "SV-03", "row": sv03 + 1, "column": "Antwoord",
                    "cell": format!("G{}", sv03 + 1), "before": "NOT_MET", "after": "PARTLY_MET" },
                { "criterion": "SV-05", "row": sv05 + 1, "column": "Antwoord",
                    "cell": format!("G{}", sv05 + 1), "before": null, "after": "MET" },
                { "criterion": "SV-05", "row": sv05 + 1, "column": "Toelichting",
                    "cell": format!("H{}", sv05 + 1), "before": null, "after": "Sinds maart" },
            ],
        })
    );
    let before = answers(&own).await;
    assert_eq!(before.as_array().unwrap().len(), 2);
    let kept = json!({
        "changed": 2, "toConfirm": 0, "changes": [], "errors": [], "warnings": [],
    });
    // The same call again changes nothing twice; another file under its key is another call.
    for _ in 0..2 {
        assert_eq!(send(&own, WORKBOOK, "filled", filled.clone()).await, kept);
    }
    assert_eq!(
        answers(&own).await,
        json!([
            { "criterion": { "code": "SV-01" }, "answer": "MET",
                "explanation": "'-5% minder, coördinatie", "revision": 1 },
            { "criterion": { "code": "SV-03" }, "answer": "PARTLY_MET", "explanation": null,
                "revision": 2 },
            { "criterion": { "code": "SV-05" }, "answer": "MET", "explanation": "Sinds maart",
                "revision": 1 },
        ])
    );
    cells[sv05][6] = "Niet voldaan".to_owned();
    let reused = send(&own, WORKBOOK, "filled", written(&cells)).await;
    assert_eq!(reused["errors"][0]["code"], "KEY_REUSED");
}

#[tokio::test]
async fn a_dutch_sheet_opens_by_a_double_click_and_comes_back() {
    let (_app, own) = prepared().await;
    let dutch = format!("{CSV}?dialect=nl");
    let text = String::from_utf8(own.download(&dutch).await).unwrap();
    assert!(
        text.starts_with("\u{feff}Criterium;Titel;Vraag;Norm;"),
        "{text}"
    );
    assert_eq!(send(&own, CSV, "same", text.clone()).await["changed"], 0);
    let filled = text.replace(";Niet voldaan;", ";Deels voldaan;");
    assert_eq!(send(&own, CSV, "filled", filled).await["changed"], 1);
    assert_eq!(answers(&own).await[1]["answer"], "PARTLY_MET");
    assert_eq!(own.get(&format!("{CSV}?dialect=de")).await.status, 400);
    assert_eq!(own.get(&format!("{WORKBOOK}?dialect=nl")).await.status, 400);
}

#[tokio::test]
async fn a_round_through_other_programs_changes_nothing() {
    let (_app, own) = prepared().await;
    let text = own.get(CSV).await.body;
    // Of read.csv and write.csv in R: every text in quotes, a number before each row, NA for what
    // is empty, dots in the names of columns.
    let of_r = "\"\",\"criterion\",\"answer\",\"answer.nl\",\"explanation\",\"revision\"\n\
         \"1\",\"SV-01\",\"MET\",\"Voldaan\",\"''-5% minder, coördinatie\",1\n\
         \"2\",\"SV-03\",\"NOT_MET\",\"Niet voldaan\",NA,1\n\
         \"3\",\"SV-05\",NA,NA,NA,NA\n";
    // Of pandas: a number before each row, and decimals where a column has empty cells.
    let of_pandas = "Unnamed: 0,criterion,answer,explanation,revision\n\
         0,SV-01,MET,\"''-5% minder, coördinatie\",1.0\n1,SV-03,NOT_MET,,1.0\n2,SV-05,,,\n";
    // Of Calc: other ends of lines, and quotes where it likes.
    let of_calc = text.replace("\r\n", "\n");
    for (program, file) in [
        ("R", of_r),
        ("pandas", of_pandas),
        ("Calc", of_calc.as_str()),
    ] {
        let read = send(&own, CSV, program, file).await;
        assert_eq!(
            (&read["changed"], &read["errors"], &read["warnings"]),
            (&json!(0), &json!([]), &json!([])),
            "{program}"
        );
    }
    let revisions = answers(&own).await;
    assert_eq!(
        (&revisions[0]["revision"], &revisions[1]["revision"]),
        (&json!(1), &json!(1))
    );
}

#[tokio::test]
async fn every_mistake_comes_at_once_with_its_cell() {
    let (app, own) = prepared().await;
    let file = "Criterium;Titel;Antwoord;answer;Toelichting;Revisie\n\
         SV-03;Overleg;Voldaan;NOT_MET;;1\n\
         SV-04;Melding;ja;;;\n\
         SV-05;Zoeken;Voldaan;;coÃ¶rdinatie;\n\
         BB-01;Beleid;Voldaan;;;\n\
         OH-01;Opvang;Voldaan;;\"twee\nregels\";\n\
         OH-02;Zorg;Voldaan;;#NAAM?;\n\
         OH-03;Recht;WAAR;;;een\n\
         OH-04;Werk;;;Wel een toelichting;\n\
         XX-01;Niets;ja;;;\n";
    assert_eq!(
        mistakes(&own, file).await,
        [
            "ANSWERS_CONTRADICT C2",
            "UNKNOWN_ANSWER C3",
            "SPOILT_CELL E4",
            "NOT_YOURS_TO_ANSWER A5",
            "SPOILT_CELL E7",
            "SPOILT_CELL C8",
            "UNKNOWN_REVISION F8",
            "ANSWER_MISSING D9",
            "UNKNOWN_ANSWER C10",
            "UNKNOWN_CRITERION A10",
        ]
    );
    let read = send(&own, CSV, "wrong", file).await;
    assert_eq!(
        read["errors"][1]["message"]["nl"],
        "C3, SV-04 Melding: \"ja\" is geen antwoord; kies uit Voldaan, Deels voldaan, Niet \
         voldaan, Niet van toepassing, Onbekend."
    );
    assert_eq!(read["errors"][1]["column"], "Antwoord");
    assert_eq!(read["changed"], Value::Null);
    assert_eq!(
        app.database
            .count("select sum(revision)::bigint from work.draft_answer")
            .await,
        2
    );
    // What is not read is told, and the rest is kept.
    let misspelt = "criterion,answer,explanaton\nSV-05,MET,Ja\n";
    let read = send(&own, CSV, "misspelt", misspelt).await;
    assert_eq!(read["changed"], 1);
    assert_eq!(read["warnings"][0]["code"], "COLUMN_NOT_READ");
    assert_eq!(
        read["warnings"][0]["field"],
        json!(["table", "1", "explanaton"])
    );
}

#[tokio::test]
async fn a_file_that_is_none_is_refused() {
    let (app, own) = prepared().await;
    let status = async |content_type: &str, file: Vec<u8>| {
        own.send_file(CSV, content_type, "key", file).await.status
    };
    let good = b"criterion,answer\nSV-05,MET\n".to_vec();
    assert_eq!(status("application/json", good.clone()).await, 415);
    assert_eq!(status(OF_WORKBOOK, good.clone()).await, 422);
    // Compressed it is inflated as far as its bound.
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b' '; 3 * 1024 * 1024]).unwrap();
    let bomb = acceptance::http()
        .post(format!("{}{CSV}", app.address()))
        .bearer_auth(municipality("GM0402"))
        .header("content-type", "text/csv; charset=utf-8")
        .header("content-encoding", "gzip")
        .header("idempotency-key", "bomb")
        .body(bomb.finish().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(bomb.status(), 413);
    assert_eq!(
        status(OF_CSV, b"criterion,answer\nSV-05,Volda\xe9n\n".to_vec()).await,
        422
    );
    let other = written(&[vec!["iets".to_owned()]]);
    assert_eq!(status(OF_WORKBOOK, other).await, 422);
    assert_eq!(
        own.send_file(CSV, OF_CSV, "", good.clone()).await.status,
        400
    );
    let how = format!("{CSV}?dryrun=true");
    assert_eq!(
        own.send_file(&how, OF_CSV, "key", good.clone())
            .await
            .status,
        400
    );

    // Whoever may not fill in changes nothing, whatever the form.
    let public = app
        .public()
        .send_file(CSV, OF_CSV, "key", good.clone())
        .await;
    assert_eq!(public.status, 401);
    for stranger in [municipality("GM0363"), vng()] {
        let stranger = app.with(&stranger);
        let refused = stranger.send_file(CSV, OF_CSV, "key", good.clone()).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
    }
    assert_eq!(
        app.database
            .count("select count(*) from work.draft_answer")
            .await,
        2
    );
}

#[tokio::test]
async fn a_version_that_was_submitted_is_a_sheet_too() {
    let (app, own) = prepared().await;
    a_submission("GM0402").sent_by(&own).await;
    a_draft(
        "GM0402",
        json!([{ "criterion": "SV-03", "answer": "MET", "revision": 1 }]),
    )
    .sent_by(&own)
    .await;
    let of_version = format!("{CSV}?dialect=nl&version=1");
    let text = String::from_utf8(own.download(&of_version).await).unwrap();
    assert!(text.contains(";Gemeente;Niet voldaan;"), "{text}");
    let file = own.download(&format!("{WORKBOOK}?version=1")).await;
    let cells = cells(file);
    assert_eq!(cells[row_of(&cells, "SV-03")][6], "Niet voldaan");
    for absent in ["version=2", "version=0", "version=x"] {
        let expected = if absent == "version=2" { 404 } else { 400 };
        let status = own.get(&format!("{CSV}?{absent}")).await.status;
        assert_eq!(status, expected, "{absent}");
    }
    let stranger = app.with(&municipality("GM0363"));
    assert_eq!(stranger.get(&of_version).await.status, 404);
}

#[tokio::test]
async fn confirming_what_was_carried_over_is_an_act() {
    let (app, own) = prepared().await;
    a_submission("GM0402").sent_by(&own).await;
    a_period()
        .with("key", "2027-1")
        .with("opensOn", "2027-01-01")
        .with("deadlineOn", "2027-02-01")
        .with("lastDay", "2027-03-01")
        .sent_by(&app.with(&vng()))
        .await;
    app.clock.set("2027-01-10T12:00:00Z".parse().unwrap());
    let next = json!({ "municipality": "GM0402", "period": "2027-1", "idempotencyKey": "start" });
    own.change("startDraft", next).await;
    let path = CSV.replace("2026-2", "2027-1");
    let text = String::from_utf8(own.download(&format!("{path}?dialect=nl")).await).unwrap();
    let waiting = async || {
        let counted = "select count(*) from work.draft_answer where period = '2027-1' and \
            carried_from = '2026-2'";
        app.database.count(counted).await
    };
    assert_eq!(waiting().await, 2);
    let same = send(&own, &path, "same", text.clone()).await;
    assert_eq!(
        (&same["changed"], &same["toConfirm"]),
        (&json!(0), &json!(2))
    );
    assert_eq!(waiting().await, 2);
    // Said to be so, it counts; with another answer too.
    let stated = ";2026-2;nee;nee;";
    assert_eq!(text.matches(stated).count(), 2, "{text}");
    let confirmed = text.replacen(stated, ";2026-2;nee;ja;", 1);
    let read = send(&own, &path, "confirmed", confirmed.clone()).await;
    assert_eq!(
        (&read["changed"], &read["toConfirm"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(waiting().await, 1);
    let other = text.replace(";Niet voldaan;", ";Voldaan;");
    let read = send(&own, &path, "other", other).await;
    assert_eq!(
        (&read["changed"], &read["toConfirm"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(waiting().await, 0);
}
