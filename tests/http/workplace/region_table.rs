//! A region fills in for many members with a table, which it looks at first.

use acceptance::{
    a_draft, a_period, a_reporting_region, met, municipality, spawn_app_trying_out, vng,
};

use super::browser::Browser;

const TABLE: &str = "/werkplek/regio/VR14/tabel/2026-2";

#[tokio::test]
async fn a_region_fills_in_for_many_with_a_table() {
    let app = spawn_app_trying_out();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
    let members = browser.get("/werkplek/regio/VR14/gemeenten").await;
    members.tells(&[TABLE]);
    let page = browser.get(TABLE).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&["/werkplek/invultabellen/2026-2.xlsx", "op tijd tot en met"]);
    let file = browser.get("/werkplek/invultabellen/2026-2.csv").await;
    assert_eq!(file.status, 200);
    file.tells(&["Hilversum"]);
    file.hides(&["Amsterdam"]);
    let (token, key) = (page.hidden("_token"), page.hidden("_sleutel"));
    let fields = [
        ("_token", token.as_str()),
        ("_formulier", "importAssessments"),
        ("_sleutel", key.as_str()),
        ("period", "2026-2"),
        ("skipUnfit", "nee"),
    ];
    let answers = "select count(*) from work.draft_answer";
    // What a member answered itself stays, and so does that of another region.
    let wrong = "municipality;SV-01\nGM0402;NOT_MET\nGM0363;MET\n";
    let shown = browser.upload(TABLE, &fields, wrong.as_bytes()).await;
    assert_eq!(shown.status, 422, "{}", shown.body);
    assert_eq!(app.database.count(answers).await, 1);
    let right = "municipality;SV-01;SV-03\nGM0376;MET;MET\nGM0417;PARTLY_MET;\n";
    let looking = [&fields[..], &[("proef", "ja")]].concat();
    let shown = browser.upload(TABLE, &looking, right.as_bytes()).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    shown.tells(&[
        "Proef: er is niets ingevuld",
        "Gemeenten: 2; antwoorden: 3.",
    ]);
    assert_eq!(app.database.count(answers).await, 1);
    let done = browser.upload(TABLE, &fields, right.as_bytes()).await;
    assert_eq!(done.location(), format!("{TABLE}?gedaan=importAssessments"));
    assert_eq!(app.database.count(answers).await, 4);
    browser
        .get(done.location())
        .await
        .tells(&["De tabel is ingevuld in de concepten van de gemeenten."]);
}
