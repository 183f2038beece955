//! What somebody sends back that is no sheet: a bomb, a macro, ten megabytes, half a form. Nothing of
//! it is kept, and the page says why.

use acceptance::{a_draft, a_period, municipality, spawn_app_trying_out, vng};
use reqwest::Method;
use rust_xlsxwriter::Workbook;
use serde_json::json;

use super::browser::{Browser, archive_of};

const SHEET: &str = "/werkplek/beoordelingen/GM0402/2026-2/blad";
const KEPT: &str = "select count(*) from work.draft_answer where answer = 'NOT_MET'";
const ALL: &str = "select count(*) from work.draft_answer";

/// A workbook of a few kilobytes that fills 20 megabytes: one text, in very many cells.
fn bomb() -> Vec<u8> {
    let text = "x".repeat(32_767);
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for row in 0..640 {
        page.write_string(row, 0, text.as_str()).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert!(bytes.len() < 64 * 1024, "{}", bytes.len());
    bytes
}

/// One cell, as far away as a workbook has one.
fn far_away() -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write_string(0, 0, "Criterium").unwrap();
    page.write_string(0, 1, "Antwoord").unwrap();
    page.write_string(1_048_575, 16_383, "x").unwrap();
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn what_is_no_sheet_changes_nothing() {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let own = app.with(&municipality("GM0402"));
    let answers = json!([{ "criterion": "SV-01", "answer": "NOT_MET" }]);
    a_draft("GM0402", answers).sent_by(&own).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    let page = browser.get(SHEET).await;
    let (token, key) = (page.hidden("_token"), page.hidden("_sleutel"));
    let fields = [("_token", token.as_str()), ("_sleutel", key.as_str())];
    for (file, status, why) in [
        (bomb(), 422, "veel meer dan het blad dat u ophaalde"),
        (far_away(), 422, "veel meer dan het blad dat u ophaalde"),
        (archive_of("xl/vbaProject.bin"), 422, "heeft macro"),
        (archive_of("xl/workbook.xml"), 422, "role=\"alert\""),
        (vec![b'x'; 10 * 1024 * 1024], 413, "tot 2 MB"),
    ] {
        let shown = browser.upload(SHEET, &fields, &file).await;
        assert_eq!(shown.status, status, "{why}: {}", shown.body);
        shown.tells(&[why]);
    }
    // Why no file could be read stands beside the field, and above with a link to it.
    let shown = browser.upload(SHEET, &fields, b"").await;
    shown.tells(&[
        "href=\"#bestand\">Kies eerst een bestand.</a>",
        "id=\"bestand-fout\">Kies eerst een bestand.</p>",
        "aria-describedby=\"bestand-fout\" aria-invalid=\"true\"",
    ]);
    // A form that is none, breaks off, or comes as another kind.
    let boundary = "multipart/form-data; boundary=x";
    for (content_type, body) in [
        ("text/csv", "Criterium;Antwoord\nSV-01;Voldaan\n"),
        ("application/x-www-form-urlencoded", "_token=x"),
        ("multipart/form-data", "--x--\r\n"),
        (
            boundary,
            "--x\r\nContent-Disposition: form-data; name=\"bestand\"\r\n\r\nSV",
        ),
        (boundary, ""),
    ] {
        let request = browser.request(Method::POST, SHEET);
        let request = request.header("content-type", content_type).body(body);
        let shown = browser.send(request).await;
        assert_eq!(shown.status, 422, "{content_type}");
        shown.tells(&["Het formulier is niet goed aangekomen."]);
    }
    assert_eq!(app.database.count(ALL).await, 1);
    assert_eq!(app.database.count(KEPT).await, 1);
    // The service is as well as before, and so is the session.
    let right = "Criterium;Antwoord\nSV-05;Voldaan\n";
    let saved = browser.upload(SHEET, &fields, right.as_bytes()).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(app.database.count(ALL).await, 2);
}
