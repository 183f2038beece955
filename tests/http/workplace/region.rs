//! A region at the workplace: what it answers for its members, with what that would change before it
//! is sent; how far its members are; and handing in for them.

use acceptance::{
    App, a_claim, a_period, a_reporting_region, municipality, spawn_app_trusting,
    spawn_app_trying_out, vng,
};
use serde_json::json;

use super::{browser::Browser, municipality::fill, provider::Provider, sign_in};
use crate::regional;

const HOME: &str = "/werkplek/beoordelingen/GM0402/2026-2";
const ANSWERS: &str = "/werkplek/beoordelingen/GM0402/2026-2/antwoorden";
const REGION: &str = "/werkplek/regio/VR14";
const MEMBERS: &str = "/werkplek/regio/VR14/gemeenten";
const MEMBER: &str = "/werkplek/regio/VR14/gemeenten/GM0402";
const DUTIES: &str = "/werkplek/regio/VR14/taken";
const NEIGHBOUR: &str = "/werkplek/regio/VR13";
const FUNCTIONS: &str = "/werkplek/regio/VR14/functies";
const TABLE: &str = "/werkplek/regio/VR14/tabel/2026-2";
const POLICY: &str = "/werkplek/regio/VR14/beleid";
const REPORT: &str = "/werkplek/regio/VR14/rapportages/2026-2";

/// Gooi en Vechtstreek is a reporting region, and an officer of it is signed in.
pub(super) async fn registered() -> (App, Browser) {
    let app = spawn_app_trying_out();
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
    (app, browser)
}

/// What a form could change.
pub(super) async fn entries(app: &App) -> i64 {
    app.database.count("select count(*) from ledger").await
}

#[tokio::test]
async fn a_region_answers_for_its_members() {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
    browser.get("/werkplek").await.tells(&[REGION]);
    let page = browser.get(REGION).await;
    page.tells(&["Nog een criterium beantwoorden"]);
    let typed = [
        ("criterion", "VOORSTEL-1/SK-01"),
        ("answer", "MET"),
        ("explanation", "De regio heeft een ketenregisseur."),
        ("from", "2026-11-22"),
    ];
    let sent = fill(
        &mut browser,
        (&page, "submitRegionalAnswer"),
        REGION,
        &typed,
    )
    .await;
    assert_eq!(
        sent.location(),
        format!("{REGION}?gedaan=submitRegionalAnswer")
    );
    let seen = browser.get(REGION).await;
    seen.tells(&[
        "De regio heeft een ketenregisseur.",
        "Een ander antwoord geven",
    ]);
    // Another answer goes with the one that was seen; an old page does not overwrite it.
    let form = (&seen, "submitRegionalAnswer-SK-01");
    // It holds until a day, and not on that day.
    let changed = [
        typed[0],
        ("answer", "PARTLY_MET"),
        typed[3],
        ("until", "2027-01-01"),
    ];
    let again = fill(&mut browser, form, REGION, &changed).await;
    assert_eq!(again.status, 303, "{}", again.body);
    let count = "select count(*) from fact.regional_answer where area = 'VR14'";
    assert_eq!(app.database.count(count).await, 2);
    let ended = "select count(*) from fact.regional_answer where area = 'VR14'
                 and valid_to = '2027-01-01' and explanation_text is null";
    assert_eq!(app.database.count(ended).await, 1);
    let mut colleague = Browser::at(app.address());
    colleague.try_as("REGION").await;
    let theirs = colleague.get(REGION).await;
    theirs.tells(&["geldt vanaf 22 november 2026 tot 1 januari 2027."]);
    // The form for what is not answered yet does not overwrite what is.
    let form = (&theirs, "submitRegionalAnswer");
    let again = fill(&mut colleague, form, REGION, &changed).await;
    assert_eq!(again.status, 422, "{}", again.body);
    assert_eq!(app.database.count(count).await, 2);
    let stale = {
        let old = seen.form("submitRegionalAnswer-SK-01");
        let (_, rest) = old.split_once("name=\"expectedVersion\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let late = [
        ("_token", theirs.hidden("_token")),
        ("_formulier", "submitRegionalAnswer-SK-01".to_owned()),
        ("_sleutel", "later".to_owned()),
        ("area", "VR14".to_owned()),
        ("expectedVersion", stale),
        ("criterion", "VOORSTEL-1/SK-01".to_owned()),
        ("answer", "NOT_MET".to_owned()),
        ("from", "2026-11-22".to_owned()),
    ];
    let late: Vec<(&str, &str)> = late
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let old = colleague.post(REGION, &late).await;
    assert_eq!(old.status, 422, "{}", old.body);
    assert_eq!(app.database.count(count).await, 2);
    // For a member it fills in as the member would; of another region it sees nothing.
    let member = browser.get("/werkplek/beoordelingen/GM0402/2026-2").await;
    member.tells(&[
        "Begin een concept",
        "href=\"/werkplek/regio/VR14/gemeenten/GM0402\"",
    ]);
    assert_eq!(browser.get("/werkplek/regio/VR13").await.status, 404);
}

#[tokio::test]
async fn a_region_sees_what_an_answer_would_do_before_it_gives_it() {
    let app = spawn_app_trying_out();
    regional::prepare(&app).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("REGION").await;
    let before = entries(&app).await;
    let form = "submitRegionalAnswer";
    let page = browser.get(REGION).await;
    page.tells(&["Bekijk het effect"]);
    let typed = [
        ("criterion", "VOORSTEL-1/OH-01"),
        ("answer", "MET"),
        ("explanation", "De regio heeft een zorgcoördinator."),
        ("from", "2026-01-01"),
        ("evidence.0.kind", "ASSIGNMENT_OR_CONTRACT"),
        ("evidence.0.title", "Opdrachtbrief"),
        ("evidence.0.reference", "2026/12"),
        ("evidence.0.effectiveOn", "2026-01-05"),
        ("proef", "ja"),
    ];
    let ahead = fill(&mut browser, (&page, form), REGION, &typed).await;
    assert_eq!(ahead.status, 200, "{}", ahead.body);
    ahead.tells(&[
        "Vooruitblik: er is niets ingediend.",
        "Oordelen die veranderen: 1 van 1.",
        "Hilversum, periode 2026-2: <strong>van “Voldoet niet” naar “Voldoet deels”</strong>",
    ]);
    assert_eq!(entries(&app).await, before);
    // What was typed is still there, and is sent from the same page.
    let kept = ahead.form(form);
    for text in [
        "De regio heeft een zorgcoördinator.",
        "Opdrachtbrief",
        "2026/12",
        "value=\"ASSIGNMENT_OR_CONTRACT\" selected",
        "value=\"VOORSTEL-1/OH-01\" selected",
    ] {
        assert!(kept.contains(text), "{text}: {kept}");
    }
    // What cannot be sent cannot be looked at either, and says so at its field.
    let mut wrong = typed;
    wrong[1].1 = "NOT_APPLICABLE";
    let refused = fill(&mut browser, (&page, form), REGION, &wrong).await;
    assert_eq!(refused.status, 422);
    refused.tells(&["href=\"#submitRegionalAnswer.answer\""]);
    assert_eq!(entries(&app).await, before);
    let sent = fill(&mut browser, (&ahead, form), REGION, &typed[..8]).await;
    assert_eq!(sent.location(), format!("{REGION}?gedaan={form}"));
    let page = browser.get(REGION).await;
    page.tells(&["Bewijs: Opdrachtbrief (opdracht of contract), 5 januari 2026"]);
    // Its end is looked at and recorded in the same way.
    let end = "endRegionalAnswer-OH-01";
    let typed = [("until", "2026-12-01"), ("proef", "ja")];
    let before = entries(&app).await;
    let ahead = fill(&mut browser, (&page, end), REGION, &typed).await;
    assert_eq!(ahead.status, 200, "{}", ahead.body);
    ahead.tells(&["<strong>van “Voldoet deels” naar “Voldoet niet”</strong>"]);
    assert_eq!(entries(&app).await, before);
    let ended = fill(&mut browser, (&ahead, end), REGION, &typed[..1]).await;
    assert_eq!(
        ended.location(),
        format!("{REGION}?gedaan=endRegionalAnswer#OH-01")
    );
    let page = browser.get(REGION).await;
    page.tells(&["geldt vanaf 1 januari 2026 tot 1 december 2026."]);
}

#[tokio::test]
async fn a_region_sees_how_far_its_members_are_and_what_they_mandated() {
    let (app, mut browser) = registered().await;
    browser
        .get(MEMBERS)
        .await
        .tells(&["Er is nog geen rapportageperiode geopend."]);
    a_period().sent_by(&app.with(&vng())).await;
    browser.get("/werkplek").await.tells(&[MEMBERS, DUTIES]);
    let page = browser.get(MEMBERS).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&[
        "Periode 2026-2, op tijd tot en met 30 november 2026.",
        "Niet geregistreerd",
        "mag niet: er is vandaag geen mandaat",
        "Invullen voor Hilversum",
        "Concept invullen, periode 2026-2; uiterlijk 30 november 2026",
    ]);
    page.hides(&["Amsterdam", "mag: de gemeente gaf een mandaat"]);
    let mandate = json!({
        "municipality": "GM0402", "area": "VR14", "from": "2026-11-22", "lastDay": "2026-11-30",
        "idempotencyKey": "mandate",
    });
    let own = app.with(&municipality("GM0402"));
    own.change("giveSubmissionMandate", mandate).await;
    let page = browser.get(MEMBERS).await;
    page.tells(&["mag: de gemeente gaf een mandaat"]);
    let page = browser.get(MEMBER).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.tells(&[
        "Gooi en Vechtstreek (VR14), vanaf 22 november 2026 tot en met 30 november 2026: \
         <strong>geldt vandaag</strong>.",
        "vraag beantwoorden, beoordeling indienen, beoordeling intrekken",
        "/werkplek/beoordelingen/GM0402/2026-2",
    ]);
    for other in ["GM0363", "x"] {
        let path = format!("{MEMBERS}/{other}");
        assert_eq!(browser.get(&path).await.status, 404, "{path}");
    }
}

/// The region hands in the assessment of Hilversum.
async fn hands_in(browser: &mut Browser) {
    let typed = [
        ("approvedByFunction", "Regiosecretaris"),
        ("approvedOn", "2026-11-20"),
    ];
    let page = browser.get(HOME).await;
    let sent = fill(browser, (&page, "submitAssessment"), HOME, &typed).await;
    assert_eq!(sent.location(), format!("{HOME}?gedaan=submitAssessment"));
}

#[tokio::test]
async fn a_region_hands_in_and_resubmits_with_a_mandate() {
    let (app, mut browser) = registered().await;
    a_period().sent_by(&app.with(&vng())).await;
    let page = browser.get(HOME).await;
    let begun = fill(&mut browser, (&page, "startDraft"), HOME, &[]).await;
    assert_eq!(begun.location(), format!("{HOME}?gedaan=startDraft"));
    // Without a mandate it fills in and does not hand in.
    let page = browser.get(ANSWERS).await;
    let typed = [("answers.0.answer", "MET")];
    let saved = fill(&mut browser, (&page, "saveDraft-SV-01"), ANSWERS, &typed).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = browser.get(ANSWERS).await;
    page.tells(&["Opgeslagen door de regio op 22 november 2026."]);
    let page = browser.get(HOME).await;
    page.tells(&["Invullen", "Afdruk voor college en raad"]);
    page.hides(&["id=\"submitAssessment\""]);
    let mandate = json!({
        "municipality": "GM0402", "area": "VR14", "from": "2026-11-22", "idempotencyKey": "mandate",
    });
    let own = app.with(&municipality("GM0402"));
    own.change("giveSubmissionMandate", mandate).await;
    hands_in(&mut browser).await;
    // VNG returns it, and the region hands in once more.
    let reviewer = app.with(&vng());
    a_claim("GM0402").sent_by(&reviewer).await;
    let back = json!({
        "municipality": "GM0402", "period": "2026-2", "version": 1,
        "reason": "Het besluit ontbreekt.", "idempotencyKey": "back",
    });
    reviewer.change("returnAssessment", back).await;
    let page = browser.get(HOME).await;
    browser
        .get("/werkplek")
        .await
        .tells(&["Teruggegeven beoordeling opnieuw indienen"]);
    page.tells(&["Door VNG teruggegeven op 22 november 2026. Reden: Het besluit ontbreekt."]);
    hands_in(&mut browser).await;
    let page = browser.get(HOME).await;
    page.tells(&["Versie 2", "akkoord: Regiosecretaris"]);
    let typed = [("reason", "Te vroeg ingediend.")];
    let back = fill(&mut browser, (&page, "withdrawAssessment"), HOME, &typed).await;
    assert_eq!(back.location(), format!("{HOME}?gedaan=withdrawAssessment"));
    let versions = "select count(*) from fact.assessment_version where municipality = 'GM0402'";
    assert_eq!(app.database.count(versions).await, 2);
}

#[tokio::test]
async fn the_pages_of_a_region_are_for_that_region_alone() {
    let app = spawn_app_trying_out();
    regional::prepare(&app).await;
    let pages = [
        REGION, MEMBERS, MEMBER, FUNCTIONS, DUTIES, POLICY, REPORT, TABLE,
    ];
    for role in ["MUNICIPALITY", "PARTNER", "VNG", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        for path in pages {
            let shown = other.get(path).await;
            assert_eq!(shown.status, 404, "{role} {path}");
            shown.hides(&["Huizen", "Wijdemeren"]);
        }
    }
    let provider = Provider::start();
    let app = spawn_app_trusting(&provider.settings());
    let mut neighbour = Browser::at(app.address());
    let person = json!({ "role": "region", "area": "VR13" });
    let back = sign_in(&mut neighbour, &provider, person).await;
    assert_eq!(back.location(), "/werkplek");
    for path in pages {
        assert_eq!(neighbour.get(path).await.status, 404, "{path}");
    }
    // Its own pages are there; what VNG did not register it for is refused, and nothing is kept.
    let page = neighbour.get(NEIGHBOUR).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let before = entries(&app).await;
    let typed = [
        ("criterion", "VOORSTEL-1/SK-01"),
        ("answer", "MET"),
        ("from", "2026-11-22"),
        ("proef", "ja"),
    ];
    let form = (&page, "submitRegionalAnswer");
    let ahead = fill(&mut neighbour, form, NEIGHBOUR, &typed).await;
    assert_eq!(ahead.status, 422, "{}", ahead.body);
    ahead.tells(&["alleen een regio die VNG als rapporterende regio heeft geregistreerd"]);
    let sent = fill(&mut neighbour, form, NEIGHBOUR, &typed[..3]).await;
    assert_eq!(sent.status, 422, "{}", sent.body);
    assert_eq!(entries(&app).await, before);
}
