//! The criteria one on each page, with what the region answered and what was established.

use acceptance::{
    App, a_draft, a_period, a_reporting_region, municipality, region, spawn_app_trying_out, vng,
};
use serde_json::json;

use super::{browser::Browser, municipality::fill};

const HOME: &str = "/werkplek/beoordelingen/GM0402/2026-2";
const ALL: &str = "/werkplek/beoordelingen/GM0402/2026-2/antwoorden";
const ONE: &str = "/werkplek/beoordelingen/GM0402/2026-2/antwoorden/SV-01";

/// Hilversum has begun, and its region has answered one criterion.
async fn begun() -> (App, Browser) {
    let app = spawn_app_trying_out();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let answer = json!({
        "area": "VR14", "criterion": "VOORSTEL-1/OH-01", "answer": "MET", "from": "2026-01-01",
        "explanation": "De regio heeft een zorgcoördinator.", "idempotencyKey": "regional",
    });
    app.with(&region("VR14"))
        .change("submitRegionalAnswer", answer)
        .await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", json!([{ "criterion": "SV-03", "answer": "MET" }]))
        .sent_by(&own)
        .await;
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    (app, browser)
}

#[tokio::test]
async fn a_criterion_is_answered_on_a_page_of_its_own() {
    let (app, mut browser) = begun().await;
    browser.get(HOME).await.tells(&["één voor één"]);
    browser
        .get(ALL)
        .await
        .tells(&["één criterium per scherm", "Elk antwoord slaat u apart op."]);
    let page = browser.get(ONE).await;
    assert_eq!(page.status, 200);
    page.tells(&[
        "<h1 class=\"utrecht-heading-1\">SV-01 Hilversum 2026-2</h1>",
        "Criterium 8 van 25",
        "href=\"/werkplek/beoordelingen/GM0402/2026-2/antwoorden/BB-07\"",
        "href=\"/werkplek/beoordelingen/GM0402/2026-2/antwoorden/SV-02\"",
    ]);
    page.hides(&["id=\"saveDraft-SV-02\""]);
    let form = "saveDraft-SV-01";
    let wrong = [("answers.0.explanation", "Bel jan.jansen@example.nl")];
    let shown = fill(&mut browser, (&page, form), ONE, &wrong).await;
    assert_eq!(shown.status, 422);
    shown.tells(&[
        "Vul in: antwoord.",
        "Bel jan.jansen@example.nl</textarea>",
        "Criterium 8 van 25",
    ]);
    let typed = [
        ("answers.0.answer", "PARTLY_MET"),
        ("answers.0.explanation", "Nog niet overal."),
    ];
    let saved = fill(&mut browser, (&page, form), ONE, &typed).await;
    assert_eq!(saved.location(), format!("{ONE}?gedaan=saveDraft#SV-01"));
    browser
        .get(saved.location())
        .await
        .tells(&["Het antwoord is opgeslagen.", "Nog niet overal.</textarea>"]);
    let kept = "select count(*) from work.draft_answer where municipality = 'GM0402'
                and answer = 'PARTLY_MET' and explanation = 'Nog niet overal.'";
    assert_eq!(app.database.count(kept).await, 1);
    // The first has none before it, the last none after it.
    let first = browser.get(&ONE.replace("SV-01", "BB-01")).await;
    first.tells(&["Criterium 1 van 25", "Volgende: "]);
    first.hides(&["Vorige: "]);
    let last = browser.get(&ONE.replace("SV-01", "OH-05")).await;
    last.tells(&["Criterium 25 van 25", "Dit was het laatste: "]);
    last.hides(&["Volgende: "]);
}

#[tokio::test]
async fn what_the_region_answered_and_what_was_established_is_shown_and_not_ones_own() {
    let (_app, mut browser) = begun().await;
    for path in [ALL.to_owned(), ONE.replace("SV-01", "OH-01")] {
        let page = browser.get(&path).await;
        page.tells(&["Gooi en Vechtstreek: <strong>Voldaan</strong>."]);
        // Beside the form for one's own answer: who answered, what, and since when.
        let (_, beside) = page.body.split_once("<div class=\"stm-beside\">").unwrap();
        let (regional, own) = beside.split_once("</div><div>").unwrap();
        for shown in [
            "Antwoord van Gooi en Vechtstreek: <strong>Voldaan</strong>.",
            "De regio heeft een zorgcoördinator.",
            "geldt vanaf 1 januari 2026.",
        ] {
            assert!(regional.contains(shown), "{shown} in {regional}");
        }
        assert!(own.contains("id=\"saveDraft-OH-01\""), "{own}");
    }
    browser
        .get(ONE)
        .await
        .hides(&["Antwoord van Gooi en Vechtstreek"]);
    let established = browser.get(&ONE.replace("SV-01", "BB-01")).await;
    established.tells(&[
        "Vastgesteld: <strong>Onbekend</strong>.",
        "Er is geen vaststellingsbesluit geregistreerd",
    ]);
    // On paper it is told too: what counts without being one's own.
    let print = browser.get(&format!("{HOME}/afdruk")).await;
    print.tells(&[
        "Gooi en Vechtstreek: <strong>Voldaan</strong>. Dit telt voor de gemeente.",
        "Vastgesteld: <strong>Onbekend</strong>.</p>",
    ]);
    // An answer of one's own stands in its form, and nobody established one that is not given.
    for code in ["SV-03", "SV-01"] {
        let own = browser.get(&ONE.replace("SV-01", code)).await;
        own.hides(&["Vastgesteld: "]);
    }
}

#[tokio::test]
async fn a_criterion_of_another_is_not_there() {
    let (app, mut browser) = begun().await;
    for path in [
        ONE.replace("SV-01", "XX-01"),
        ONE.replace("2026-2", "1999-1"),
        ONE.replace("GM0402", "GM0363"),
    ] {
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
    }
    let mut partner = Browser::at(app.address());
    partner.try_as("PARTNER").await;
    assert_eq!(partner.get(ONE).await.status, 404);
    // VNG reads what was submitted, and saves nothing.
    let mut reviewer = Browser::at(app.address());
    reviewer.try_as("VNG").await;
    let page = reviewer.get(ONE).await;
    page.hides(&["id=\"saveDraft-SV-01\""]);
    let all = reviewer.get(ALL).await;
    all.hides(&["Elk antwoord slaat u apart op."]);
}
