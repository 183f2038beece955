//! What an answer sheet shows beside an answer: its evidence, and whether the question is still the
//! one that was answered before.

use acceptance::{Client, PERIOD, a_draft, a_period, a_submission, municipality, spawn_app, vng};
use serde_json::{Value, json};

use crate::workbooks::cells_of;

const WORKBOOK: &str = "/v1/assessments/GM0402/2026-2/answer-sheet.xlsx";

/// The row of a criterion in a workbook, in these columns.
async fn row<const N: usize>(
    client: &Client,
    path: &str,
    criterion: &str,
    columns: [&str; N],
) -> [String; N] {
    let file = client.download(path).await;
    let cells = cells_of("Antwoorden", &["Uitleg", "Antwoorden", "Keuzen"], file);
    let row = cells.iter().find(|row| row[0] == criterion).unwrap();
    columns.map(|column| {
        let at = cells[0].iter().position(|name| name == column).unwrap();
        row[at].clone()
    })
}

/// Evidence comes in half an hour after midnight in Amsterdam, on the day after that of UTC.
#[tokio::test]
async fn evidence_stands_beside_its_answer_with_its_days() {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    app.clock.set("2026-11-22T23:30:00Z".parse().unwrap());
    let answers = json!([
        {
            "criterion": "SV-01", "answer": "MET",
            "evidence": [
                {
                    "kind": "APPOINTMENT_DECISION", "title": "Besluit", "effectiveOn": "2026-03-01",
                    "address": "https://hilversum.example/besluit",
                },
                {
                    "kind": "OTHER", "title": "Brief", "effectiveOn": "2026-04-01",
                    "reference": "Z-12",
                },
            ],
        },
        { "criterion": "SV-02", "answer": "NOT_MET" },
    ]);
    a_draft("GM0402", answers).sent_by(&own).await;
    let shown = "Aanwijzingsbesluit: Besluit (https://hilversum.example/besluit), 2026-03-01, \
        ontvangen 2026-11-23\nAnder bewijs: Brief (Z-12), 2026-04-01, ontvangen 2026-11-23";
    let evidence = ["Bewijs"];
    assert_eq!(row(&own, WORKBOOK, "SV-01", evidence).await, [shown]);
    assert_eq!(row(&own, WORKBOOK, "SV-02", evidence).await, [""]);
    a_submission("GM0402").sent_by(&own).await;
    let submitted = format!("{WORKBOOK}?version=1");
    assert_eq!(row(&own, &submitted, "SV-01", evidence).await, [shown]);
}

fn criterion(code: &str, replaces: &[&str]) -> Value {
    json!({
        "code": code, "replaces": replaces, "theme": "SV", "level": "BASIC", "required": true,
        "answeredBy": "MUNICIPALITY", "scope": "LOCAL_ONLY", "reviewMonths": 24,
        "basis": "OUR_PROPOSAL", "titleNl": "Titel", "titleEn": "Title", "textNl": "Tekst",
        "textEn": "Text",
    })
}

/// A second edition in which SV-10 takes the place of SV-03, SV-11 comes, and the rest goes on; with
/// a period under it.
async fn a_second_edition(reviewer: &Client) {
    let query = "{ framework(edition: \"VOORSTEL-1\") { criteria { code } } }";
    let first = reviewer.ask(query).await.data()["framework"]["criteria"].clone();
    let codes = first.as_array().unwrap().iter().map(|one| &one["code"]);
    let carried: Vec<&Value> = codes.filter(|code| **code != "SV-03").collect();
    let proposal = json!({
        "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second",
        "normMonths": 48, "inheritanceGraceMonths": 24, "carried": carried,
        "criteria": [criterion("SV-10", &["SV-03"]), criterion("SV-11", &[])],
        "idempotencyKey": "second",
    });
    reviewer.change("proposeEdition", proposal).await;
    a_period()
        .with("key", "2027-1")
        .with("edition", "VOORSTEL-2")
        .with("opensOn", "2027-01-01")
        .with("deadlineOn", "2027-02-01")
        .with("lastDay", "2027-03-01")
        .sent_by(reviewer)
        .await;
}

#[tokio::test]
async fn a_question_that_changed_is_marked_and_stands_there_without_an_answer() {
    let app = spawn_app();
    let (own, reviewer) = (app.with(&municipality("GM0402")), app.with(&vng()));
    a_period().sent_by(&reviewer).await;
    let answers = json!([
        { "criterion": "SV-01", "answer": "MET" },
        { "criterion": "SV-03", "answer": "NOT_MET" },
    ]);
    a_draft("GM0402", answers).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    let columns = [
        "Vraag gewijzigd",
        "Antwoord",
        "Overgenomen uit",
        "Bevestigd",
    ];
    // Of the first assessment there is none before it.
    assert_eq!(
        row(&own, WORKBOOK, "SV-01", columns).await,
        ["", "Voldaan", "", ""]
    );
    a_second_edition(&reviewer).await;
    app.clock.set("2027-01-10T12:00:00Z".parse().unwrap());
    let next = json!({ "municipality": "GM0402", "period": "2027-1", "idempotencyKey": "start" });
    own.change("startDraft", next).await;
    let path = WORKBOOK.replace(PERIOD, "2027-1");
    for (code, shown) in [
        ("SV-01", ["nee", "Voldaan", PERIOD, "nee"]),
        ("SV-10", ["ja", "", "", ""]),
        ("SV-11", ["nee", "", "", ""]),
    ] {
        assert_eq!(row(&own, &path, code, columns).await, shown, "{code}");
    }
}
