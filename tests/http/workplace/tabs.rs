//! The same officer in two tabs, going back, pressing twice: nothing happens twice, and nothing typed
//! is lost.

use acceptance::{
    App, a_draft, a_period, a_reporting_region, municipality, spawn_app_trying_out, vng,
};
use chrono::TimeDelta;
use serde_json::json;

use super::{
    browser::{Browser, Shown},
    municipality::{fill, fixed},
    sessions,
};

const HOME: &str = "/werkplek/beoordelingen/GM0402/2026-2";
const ANSWERS: &str = "/werkplek/beoordelingen/GM0402/2026-2/antwoorden";
const APPROVED: [(&str, &str); 2] = [
    ("approvedByFunction", "Gemeentesecretaris"),
    ("approvedOn", "2026-11-20"),
];

/// A period is open, Hilversum answered one criterion, and an officer of it is signed in.
async fn begun() -> (App, Browser) {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    let answers = json!([{ "criterion": "SV-01", "answer": "NOT_MET" }]);
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", answers).sent_by(&own).await;
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    (app, browser)
}

async fn count(app: &App, what: &str) -> i64 {
    let count = format!("select count(*) from {what}");
    app.database.count(&count).await
}

/// Saves one answer from a page that was opened before.
async fn save(browser: &mut Browser, page: &Shown, criterion: &str, text: &str) -> Shown {
    let form = format!("saveDraft-{criterion}");
    let typed = [("answers.0.answer", "MET"), ("answers.0.explanation", text)];
    fill(browser, (page, &form), ANSWERS, &typed).await
}

#[tokio::test]
async fn two_tabs_of_one_session_lose_nothing_of_each_other() {
    let (app, mut browser) = begun().await;
    let left = browser.get(ANSWERS).await;
    let right = browser.get(ANSWERS).await;
    let saved = save(&mut browser, &left, "SV-01", "Links getypt.").await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    // The other tab still shows what there was before, and says so.
    let stale = save(&mut browser, &right, "SV-01", "Rechts getypt.").await;
    assert_eq!(stale.status, 422);
    stale.tells(&["Links getypt.", "Rechts getypt."]);
    let kept = "work.draft_answer where explanation = 'Links getypt.' and revision = 2";
    assert_eq!(count(&app, kept).await, 1);
    // What it says of another criterion is as good as ever.
    let saved = save(&mut browser, &right, "SV-03", "Ook rechts.").await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let saved = save(&mut browser, &stale, "SV-01", "Rechts getypt.").await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let kept = "work.draft_answer where explanation in ('Rechts getypt.', 'Ook rechts.')";
    assert_eq!(count(&app, kept).await, 2);
}

#[tokio::test]
async fn the_evidence_of_a_colleague_is_shown_whole_beside_ones_own() {
    let (app, mut browser) = begun().await;
    let page = browser.get(ANSWERS).await;
    let newer = json!([{ "criterion": "SV-01", "answer": "MET", "revision": 1, "evidence": [
        { "kind": "APPOINTMENT_DECISION", "title": "Besluit van maart", "reference": "2026-118",
          "address": "https://www.hilversum.nl/besluit", "effectiveOn": "2026-03-01" },
    ] }]);
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", newer).sent_by(&own).await;
    let fixed = fixed(&page, "saveDraft-SV-01");
    let mut fields: Vec<(&str, &str)> = fixed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([
        ("answers.0.answer", "MET"),
        ("answers.0.evidence.0.kind", "APPOINTMENT_DECISION"),
        ("answers.0.evidence.0.title", "Besluit van mei"),
        ("answers.0.evidence.0.address", ""),
        ("answers.0.evidence.0.reference", "2026-230"),
        ("answers.0.evidence.0.effectiveOn", "mei"),
    ]);
    // What cannot be read is named with the piece of evidence that it is of.
    let unread = browser.post(ANSWERS, &fields).await;
    assert_eq!(unread.status, 422);
    unread.tells(&["Bewijs 1: datum moet een dag zijn"]);
    fields.pop();
    fields.push(("answers.0.evidence.0.effectiveOn", "2026-05-01"));
    // Saved, it would replace all of the colleague's, so all of that is shown.
    let stale = browser.post(ANSWERS, &fields).await;
    assert_eq!(stale.status, 422);
    stale.tells(&[
        "Besluit van maart, aanwijzingsbesluit, 2026-118, 1 maart 2026",
        "href=\"https://www.hilversum.nl/besluit\"",
        "value=\"Besluit van mei\"",
        "value=\"2026-230\"",
    ]);
}

#[tokio::test]
async fn what_one_tab_signed_out_another_does_not_send() {
    let (app, mut browser) = begun().await;
    let page = browser.get(ANSWERS).await;
    let token = page.hidden("_token");
    let cookies = browser.cookies.clone();
    browser
        .post("/werkplek/afmelden", &[("_token", &token)])
        .await;
    assert_eq!(sessions(&app).await, 0);
    // As the browser had it, and as somebody had it who copied the cookie before.
    for cookies in [browser.cookies.clone(), cookies] {
        browser.cookies = cookies;
        let late = save(&mut browser, &page, "SV-03", "Te laat getypt.").await;
        assert_eq!(late.status, 401);
        late.tells(&["Te laat getypt.", "het is niet opgeslagen"]);
        late.hides(&["_token"]);
    }
    assert_eq!(count(&app, "work.draft_answer").await, 1);
    // Whoever signs in anew sends it from a page of the new session alone.
    browser.try_as("MUNICIPALITY").await;
    let forged = save(&mut browser, &page, "SV-03", "Te laat getypt.").await;
    assert_eq!(forged.status, 403);
    forged.tells(&["Te laat getypt."]);
    assert_eq!(count(&app, "work.draft_answer").await, 1);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_at_once_does_it_once() {
    let (app, mut browser) = begun().await;
    let page = browser.get(HOME).await;
    let mut second = browser.clone();
    let form = (&page, "submitAssessment");
    let (first, second) = tokio::join!(
        fill(&mut browser, form, HOME, &APPROVED),
        fill(&mut second, form, HOME, &APPROVED),
    );
    let to = format!("{HOME}?gedaan=submitAssessment");
    assert_eq!([first.location(), second.location()], [&to, &to]);
    assert_eq!(count(&app, "fact.assessment_version").await, 1);
}

#[tokio::test]
async fn whoever_goes_back_and_changes_what_was_sent_reads_so() {
    let (app, mut browser) = begun().await;
    let page = browser.get(HOME).await;
    let form = (&page, "submitAssessment");
    let sent = fill(&mut browser, form, HOME, &APPROVED).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    // The same page out of the memory of the browser: as it was it does nothing again, changed it is
    // asked whether that is meant.
    let again = fill(&mut browser, form, HOME, &APPROVED).await;
    assert_eq!(again.status, 303, "{}", again.body);
    let changed = [("approvedByFunction", "Burgemeester"), APPROVED[1]];
    let question_shown = fill(&mut browser, form, HOME, &changed).await;
    assert_eq!(question_shown.status, 422);
    question_shown.tells(&[
        "Dit formulier is al eerder verstuurd, met andere gegevens.",
        "value=\"Burgemeester\"",
        "akkoord: Gemeentesecretaris",
    ]);
    question_shown.hides(&["sleutel is al"]);
    assert_eq!(count(&app, "fact.assessment_version").await, 1);
    let once_more = fill(
        &mut browser,
        (&question_shown, "submitAssessment"),
        HOME,
        &changed,
    )
    .await;
    assert_eq!(once_more.status, 303, "{}", once_more.body);
    assert_eq!(count(&app, "fact.assessment_version").await, 2);
}

#[tokio::test]
async fn a_form_from_before_a_mandate_ended_submits_nothing() {
    let (app, _) = begun().await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    let mandate = json!({
        "municipality": "GM0402", "area": "VR14", "from": "2026-11-22", "lastDay": "2026-11-22",
        "idempotencyKey": "mandate",
    });
    let own = app.with(&municipality("GM0402"));
    own.change("giveSubmissionMandate", mandate).await;
    // Half an hour before midnight, and half an hour after.
    app.clock.set(app.clock.now() + TimeDelta::minutes(630));
    let mut region = Browser::at(app.address());
    region.try_as("REGION").await;
    let page = region.get(HOME).await;
    app.clock.set(app.clock.now() + TimeDelta::hours(1));
    let late = fill(&mut region, (&page, "submitAssessment"), HOME, &APPROVED).await;
    assert_eq!(late.status, 422);
    late.tells(&[
        "De gemeente dient zelf in, of haar regio doet dat met een indieningsmandaat.",
        "Gemeentesecretaris",
    ]);
    late.hides(&["id=\"submitAssessment\""]);
    assert_eq!(count(&app, "fact.assessment_version").await, 0);
}

#[tokio::test]
async fn a_form_cannot_be_sent_to_a_page_that_has_no_such_form() {
    let (app, mut browser) = begun().await;
    let page = browser.get(HOME).await;
    let fixed = fixed(&page, "submitAssessment");
    let mut fields: Vec<(&str, &str)> = fixed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(APPROVED);
    for path in [ANSWERS, "/werkplek", "/werkplek/beleid/GM0402"] {
        let shown = browser.post(path, &fields).await;
        assert_eq!(shown.status, 404, "{path}");
        shown.tells(&["Gemeentesecretaris"]);
    }
    assert_eq!(count(&app, "fact.assessment_version").await, 0);
}
