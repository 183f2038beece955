//! The ministry at the workplace: rounds as a table, corrections of what a closed round tells, and
//! publications that are looked at before they are published.

use acceptance::{App, a_round, ministry, spawn_app_trying_out};

use super::{
    browser::{Browser, Shown, archive_of},
    municipality::fill,
};

const ROUNDS: &str = "/werkplek/rondes";
const ROUND: &str = "/werkplek/rondes/2026-1";
const SHEET: &str = "/werkplek/rondes/2026-1/blad";
const CORRECTIONS: &str = "/werkplek/rondes/2025-1/correcties";

async fn signed_in() -> (App, Browser) {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MINISTRY").await;
    (app, browser)
}

/// Nobody but the ministry is shown anything at these addresses.
async fn is_hidden(app: &App, paths: &[&str]) {
    for role in ["MUNICIPALITY", "REGION", "PARTNER", "VNG"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        for path in paths {
            assert_eq!(other.get(path).await.status, 404, "{role} {path}");
        }
    }
}

/// Sends the sheet of the round back.
async fn send_sheet(
    browser: &mut Browser,
    page: &Shown,
    (more, sheet): (&[(&str, &str)], &[u8]),
) -> Shown {
    let (token, key) = (page.hidden("_token"), page.hidden("_sleutel"));
    let mut fields = vec![
        ("_token", token.as_str()),
        ("_sleutel", key.as_str()),
        ("_formulier", "importStatusReports"),
        ("round", "2026-1"),
    ];
    fields.extend(more);
    browser.upload(SHEET, &fields, sheet).await
}

#[tokio::test]
async fn the_ministry_opens_a_round_and_fills_it_in_as_a_table() {
    let (app, mut browser) = signed_in().await;
    browser.get("/werkplek").await.tells(&[ROUNDS]);
    let page = browser.get(ROUNDS).await;
    page.tells(&["Er is nu geen ronde open.", CORRECTIONS]);
    let form = (&page, "openMonitoringRound");
    let typed = [
        ("key", "2026-1"),
        ("titleNl", "Monitoringsoverzicht 2026"),
        ("titleEn", "Monitoring overview 2026"),
        ("dateEarliest", "2026-05-01"),
        ("dateLatest", "2026-10-31"),
    ];
    let opened = fill(&mut browser, form, ROUNDS, &typed).await;
    assert_eq!(
        opened.location(),
        format!("{ROUNDS}?gedaan=openMonitoringRound")
    );
    browser.get(ROUNDS).await.tells(&[ROUND, SHEET]);
    let page = browser.get(SHEET).await;
    page.tells(&["/werkplek/statusbladen/2026-1.xlsx"]);
    let file = browser.get("/werkplek/statusbladen/2026-1.csv").await;
    assert_eq!(file.status, 200);
    file.tells(&["Actie;"]);
    let reports = "select count(*) from fact.round_report";
    let wrong = b"actie;stand;rapporteren\n33;Klaar;\n12;Afgerond;ja\n";
    let right = b"actie;stand;rapporteren\n33;Afgerond;\n12;Afgerond;ja\n";
    let refused = send_sheet(&mut browser, &page, (&[], wrong)).await;
    assert_eq!(refused.status, 422);
    refused.tells(&[
        "<td class=\"utrecht-table__cell\">2</td><td class=\"utrecht-table__cell\">B2</td>",
        "is geen stand",
    ]);
    let seen = send_sheet(&mut browser, &page, (&[("proef", "ja")], right)).await;
    assert_eq!(seen.status, 200);
    seen.tells(&[
        "Acties die dit blad zou rapporteren: 2; ongewijzigde regels: 0.",
        "(B2): In uitvoering wordt Afgerond",
        "(C3): nee wordt ja",
    ]);
    assert_eq!(app.database.count(reports).await, 0);
    for (file, why) in [
        (b"" as &[u8], "Kies eerst een bestand."),
        (b"\xff\xfe", "UTF-8"),
        (archive_of("xl/vbaProject.bin").as_slice(), "heeft macro"),
    ] {
        let shown = send_sheet(&mut browser, &page, (&[], file)).await;
        assert_eq!(shown.status, 422, "{why}");
        shown.tells(&[why]);
    }
    let large = vec![b'x'; 10 * 1024 * 1024];
    let shown = send_sheet(&mut browser, &page, (&[], &large)).await;
    assert_eq!(shown.status, 413);
    assert_eq!(app.database.count(reports).await, 0);
    let done = send_sheet(&mut browser, &page, (&[], right)).await;
    assert_eq!(
        done.location(),
        format!("{SHEET}?gedaan=importStatusReports")
    );
    assert_eq!(app.database.count(reports).await, 2);
    let page = browser.get(ROUND).await;
    page.tells(&["Gerapporteerde acties: 2.", SHEET]);
    is_hidden(&app, &[ROUNDS, SHEET, "/werkplek/statusbladen/2026-1.xlsx"]).await;
}

#[tokio::test]
async fn nobody_else_sends_the_sheet_of_a_round() {
    let (app, _) = signed_in().await;
    a_round().sent_by(&app.with(&ministry())).await;
    for role in ["MUNICIPALITY", "REGION", "PARTNER", "VNG"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        let token = other.get("/werkplek").await.hidden("_token");
        let fields = [
            ("_token", token.as_str()),
            ("_sleutel", "een sleutel"),
            ("_formulier", "importStatusReports"),
            ("round", "2026-1"),
        ];
        let sheet = b"actie;stand;rapporteren\n33;Afgerond;ja\n";
        let shown = other.upload(SHEET, &fields, sheet).await;
        assert_eq!(shown.status, 404, "{role} {}", shown.body);
    }
    let reports = "select count(*) from fact.round_report";
    assert_eq!(app.database.count(reports).await, 0);
}

#[tokio::test]
async fn a_round_leaves_actions_out_by_name() {
    let (app, mut browser) = signed_in().await;
    a_round().sent_by(&app.with(&ministry())).await;
    let page = browser.get(ROUND).await;
    page.tells(&["Welke acties laat de ronde bewust weg?"]);
    let form = (&page, "reportStatus-32");
    let typed = [("status", "IN_PROGRESS"), ("explanation", "Loopt.")];
    let reported = fill(&mut browser, form, ROUND, &typed).await;
    assert_eq!(reported.status, 303, "{}", reported.body);
    let page = browser.get(ROUND).await;
    page.hides(&["id=\"buiten.32\""]);
    let form = (&page, "closeMonitoringRound");
    let chosen = [("buiten", "33"), ("buiten", "12")];
    let closed = fill(&mut browser, form, ROUND, &chosen).await;
    assert_eq!(closed.status, 303, "{}", closed.body);
    let query = "{ a: action(number: 32) { monitoring { state } }
        b: action(number: 33) { monitoring { state } }
        c: action(number: 34) { monitoring { state } } }";
    let answer = app.public().ask(query).await;
    let data = answer.data();
    let states = ["a", "b", "c"].map(|name| data[name]["monitoring"]["state"].clone());
    assert_eq!(states, ["REPORTED", "OUTSIDE_ROUND", "NO_REPORT"]);
}

#[tokio::test]
async fn a_status_of_a_closed_round_is_corrected_with_a_reason() {
    let (app, mut browser) = signed_in().await;
    let mut colleague = Browser::at(app.address());
    colleague.try_as("MINISTRY").await;
    let old = colleague.get(CORRECTIONS).await;
    let page = browser.get(CORRECTIONS).await;
    page.tells(&["Correcties bij ", "Reden van de correctie"]);
    let form = (&page, "correctStatusReport-2");
    let typed = [
        ("status", "COMPLETED"),
        ("explanation", "Het rapport is er."),
        ("delay.amount", "half jaar"),
    ];
    let silent = fill(&mut browser, form, CORRECTIONS, &typed).await;
    assert_eq!(silent.status, 422);
    silent.tells(&[
        "href=\"#correctStatusReport-2.reason\"",
        "Het rapport is er.</textarea>",
    ]);
    let query = "{ action(number: 2) { status explanation delay { amount } } }";
    let before = app.public().ask(query).await.data();
    assert_eq!(before["action"]["status"], "IN_PROGRESS_DELAYED");
    let mut reasoned = typed.to_vec();
    reasoned.push(("reason", "Overgenomen uit een oude tekst."));
    let done = fill(&mut browser, form, CORRECTIONS, &reasoned).await;
    assert_eq!(
        done.location(),
        format!("{CORRECTIONS}?gedaan=correctStatusReport#2")
    );
    let after = app.public().ask(query).await.data();
    assert_eq!(after["action"]["status"], "COMPLETED");
    assert_eq!(after["action"]["explanation"], "Het rapport is er.");
    assert!(after["action"]["delay"].is_null(), "{after}");
    let page = browser.get(CORRECTIONS).await;
    page.tells(&["Reden: Overgenomen uit een oude tekst."]);
    // A page of before does not correct what was corrected since.
    let typed = [("status", "ONGOING"), ("reason", "Van een oude pagina.")];
    let stale = fill(
        &mut colleague,
        (&old, "correctStatusReport-2"),
        CORRECTIONS,
        &typed,
    )
    .await;
    assert_eq!(stale.status, 422, "{}", stale.body);
    stale.tells(&["Van een oude pagina.</textarea>"]);
    assert_eq!(app.public().ask(query).await.data(), after);
    is_hidden(&app, &[CORRECTIONS]).await;
    for none in ["/werkplek/rondes/2099-1/correcties", "/werkplek/rondes/x"] {
        assert_eq!(browser.get(none).await.status, 404, "{none}");
    }
}

#[tokio::test]
async fn a_publication_is_looked_at_before_it_is_published() {
    const ONE: &str = "/werkplek/publicaties/budget-2024-1";
    const ALL: &str = "/werkplek/publicaties";
    let (app, mut browser) = signed_in().await;
    let page = browser.get(ALL).await;
    let form = (&page, "preparePublication");
    let typed = [
        ("kind", "BUDGET"),
        ("about", "2024"),
        ("referenceDate", "morgen"),
    ];
    let wrong = fill(&mut browser, form, ALL, &typed).await;
    assert_eq!(wrong.status, 422);
    wrong.tells(&["Peildatum moet een dag zijn", "value=\"morgen\""]);
    let prepared = fill(&mut browser, form, ALL, &typed[..2]).await;
    assert_eq!(prepared.status, 303, "{}", prepared.body);
    browser.get(ALL).await.tells(&[ONE]);
    let page = browser.get(ONE).await;
    page.tells(&["Voorbereid: ", "Programmakosten", "300000"]);
    is_hidden(&app, &[ONE]).await;
    let form = (&page, "publish");
    let published = fill(&mut browser, form, ONE, &[]).await;
    assert_eq!(published.location(), format!("{ONE}?gedaan=publish"));
    let page = browser.get(ONE).await;
    page.tells(&["Openbaar: "]);
    let form = (&page, "withdrawPublication");
    let typed = [("reason", "Een bedrag klopt niet.")];
    let withdrawn = fill(&mut browser, form, ONE, &typed).await;
    assert_eq!(
        withdrawn.location(),
        format!("{ONE}?gedaan=withdrawPublication")
    );
    let page = browser.get(ONE).await;
    page.tells(&["Ingetrokken: Een bedrag klopt niet."]);
    for role in ["MUNICIPALITY", "REGION", "PARTNER"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        assert_eq!(other.get(ONE).await.status, 404, "{role}");
    }
}
