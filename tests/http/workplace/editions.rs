//! VNG keeps the editions of the framework at the workplace.

use acceptance::{App, municipality, spawn_app_trying_out, vng};
use serde_json::{Value, json};

use super::{
    browser::{Browser, Shown},
    municipality::fill,
};

const EDITIONS: &str = "/werkplek/edities";
const BOOK: &str = "/werkplek/edities/werkboek";

/// The codes of the editions, for everybody.
async fn codes(app: &App) -> Value {
    let answer = app.public().ask("{ frameworkEditions { code } }").await;
    answer.data()["frameworkEditions"].clone()
}

async fn signed_in() -> (App, Browser) {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    (app, browser)
}

/// Sends a workbook as an edition.
async fn send_book(
    browser: &mut Browser,
    more: &[(&str, &str)],
    (code, file): (&str, &[u8]),
) -> Shown {
    let page = browser.get(BOOK).await;
    let (token, key) = (page.hidden("_token"), page.hidden("_sleutel"));
    let mut fields = vec![
        ("_token", token.as_str()),
        ("_sleutel", key.as_str()),
        ("_formulier", "proposeEdition"),
        ("code", code),
    ];
    fields.extend(more);
    browser.upload(BOOK, &fields, file).await
}

#[tokio::test]
async fn vng_proposes_an_edition_by_its_workbook_and_withdraws_it() {
    let (app, mut browser) = signed_in().await;
    browser.get("/werkplek").await.tells(&[EDITIONS]);
    browser.get(BOOK).await.tells(&[
        "/v1/editions/VOORSTEL-1.xlsx?next=true",
        "VOORSTEL-1 zelf, om opnieuw voor te stellen",
    ]);
    let public = app.public();
    let book = public
        .download("/v1/editions/VOORSTEL-1.xlsx?next=true")
        .await;
    for (code, file, why) in [
        ("", book.as_slice(), "Vul in: code van de editie."),
        ("VOORSTEL-2", b"" as &[u8], "Kies eerst een bestand."),
        ("VOORSTEL-2", b"code,change\n" as &[u8], "href=\"#bestand\""),
    ] {
        let shown = send_book(&mut browser, &[], (code, file)).await;
        assert_eq!(shown.status, 422, "{why}");
        shown.tells(&[why]);
    }
    let trial = [("proef", "ja")];
    let seen = send_book(&mut browser, &trial, ("VOORSTEL-2", &book)).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    seen.tells(&[
        "Proef: er is niets voorgesteld",
        "BB-01: Overgenomen",
        "value=\"VOORSTEL-2\"",
    ]);
    assert_eq!(codes(&app).await, json!([{ "code": "VOORSTEL-1" }]));
    let done = send_book(&mut browser, &[], ("VOORSTEL-2", &book)).await;
    assert_eq!(done.location(), format!("{BOOK}?gedaan=proposeEdition"));
    assert_eq!(
        codes(&app).await,
        json!([{ "code": "VOORSTEL-1" }, { "code": "VOORSTEL-2" }])
    );
    let page = browser.get(EDITIONS).await;
    page.tells(&["VOORSTEL-1: ", "VOORSTEL-2: "]);
    let form = (&page, "withdrawEdition-VOORSTEL-2");
    let gone = fill(&mut browser, form, EDITIONS, &[]).await;
    assert_eq!(
        gone.location(),
        format!("{EDITIONS}?gedaan=withdrawEdition#VOORSTEL-2")
    );
    browser.get(EDITIONS).await.hides(&["VOORSTEL-2: "]);
    assert_eq!(
        browser.get("/werkplek/edities/VOORSTEL-2").await.status,
        404
    );
}

#[tokio::test]
async fn vng_lays_an_edition_open_reads_the_remarks_and_endorses_it() {
    let (app, mut browser) = signed_in().await;
    let page = browser.get(EDITIONS).await;
    page.tells(&["Voorstel; beleid te vernieuwen na ", "(niet vastgesteld)"]);
    let one = browser.get("/werkplek/edities/VOORSTEL-1").await;
    one.hides(&["Opmerkingen: 0"]);
    let form = (&page, "openEditionForComment-VOORSTEL-1");
    let past = fill(&mut browser, form, EDITIONS, &[("lastDay", "2026-11-01")]).await;
    assert_eq!(past.status, 422);
    past.tells(&[
        "href=\"#openEditionForComment-VOORSTEL-1.lastDay\"",
        "value=\"2026-11-01\"",
    ]);
    let open = fill(&mut browser, form, EDITIONS, &[("lastDay", "2026-12-20")]).await;
    assert_eq!(
        open.location(),
        format!("{EDITIONS}?gedaan=openEditionForComment#VOORSTEL-1")
    );
    let remark = json!({
        "edition": "VOORSTEL-1", "criterion": "SV-01", "municipality": "GM0402",
        "text": "Noem ook de regio.", "idempotencyKey": "remark",
    });
    let own = app.with(&municipality("GM0402"));
    own.change("remarkOnCriterion", remark).await;
    let one = browser.get("/werkplek/edities/VOORSTEL-1").await;
    one.tells(&[
        "kunnen opmerkingen maken tot en met 20 december 2026",
        "Opmerkingen: 1 van gemeenten, 0 van regio’s.",
        "Hilversum, 22 november 2026",
        "Noem ook de regio.",
    ]);
    let page = browser.get(EDITIONS).await;
    let form = (&page, "endorseEdition-VOORSTEL-1");
    let silent = fill(&mut browser, form, EDITIONS, &[]).await;
    assert_eq!(silent.status, 422);
    silent.tells(&["Vul in: termijn van vernieuwing vastgesteld."]);
    let done = fill(&mut browser, form, EDITIONS, &[("normEndorsed", "ja")]).await;
    assert_eq!(
        done.location(),
        format!("{EDITIONS}?gedaan=endorseEdition#VOORSTEL-1")
    );
    let page = browser.get(EDITIONS).await;
    page.tells(&["Vastgesteld door VNG", "maanden (vastgesteld)"]);
    page.hides(&["withdrawEdition-VOORSTEL-1"]);
    for role in ["MUNICIPALITY", "REGION", "PARTNER", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        for path in [EDITIONS, BOOK, "/werkplek/edities/VOORSTEL-1"] {
            let shown = other.get(path).await;
            assert_eq!(shown.status, 404, "{role} {path}");
            shown.hides(&["Noem ook de regio."]);
        }
    }
}

#[tokio::test]
async fn nobody_but_vng_proposes_an_edition() {
    let (app, _) = signed_in().await;
    let reader = app.with(&vng());
    let book = reader
        .download("/v1/editions/VOORSTEL-1.xlsx?next=true")
        .await;
    let mut other = Browser::at(app.address());
    other.try_as("MINISTRY").await;
    let token = other.get("/werkplek").await.hidden("_token");
    let fields = [
        ("_token", token.as_str()),
        ("_sleutel", "een sleutel"),
        ("_formulier", "proposeEdition"),
        ("code", "VOORSTEL-2"),
    ];
    let shown = other.upload(BOOK, &fields, &book).await;
    assert_eq!(shown.status, 404, "{}", shown.body);
    assert_eq!(codes(&app).await, json!([{ "code": "VOORSTEL-1" }]));
}
