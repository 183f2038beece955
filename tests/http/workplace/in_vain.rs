//! A form that is sent in vain: whoever sent it comes back to the very page, with what its address says
//! behind the `?`, and sees again what was typed.

use sea_orm::ConnectionTrait as _;

use super::vng::{QUEUE, hand_in, many, prepared};

/// Cancels whoever waits for a lock, as Postgres does itself with a statement that takes too long.
const CANCEL: &str = "select count(*) filter (where pg_cancel_backend(pid)) from pg_stat_activity
    where datname = current_database() and usename = 'stm_app' and wait_event_type = 'Lock'";

#[tokio::test]
async fn who_sends_a_form_in_vain_comes_back_to_the_very_page() {
    let (app, mut browser) = prepared().await;
    hand_in(&app, "GM0402").await;
    let here = format!("{QUEUE}?regio=VR14&stand=vrij");
    let page = browser.get(&here).await;
    // What is no row is named, and nothing is done.
    let refused = many(&mut browser, (&page, &here), "GM0402").await;
    assert_eq!(refused.status, 422);
    refused.tells(&[
        "‘GM0402’ is geen beoordeling uit deze lijst. Er is niets gedaan; kies opnieuw.",
        "value=\"VR14\" selected",
        "value=\"vrij\" selected",
        "value=\"GM0402/1\"",
        "action=\"/werkplek/controle?regio=VR14&amp;stand=vrij\"",
    ]);
    browser.cookies.clear();
    let away = browser.get(&format!("{here}&gedaan=claimReviews")).await;
    assert_eq!(
        away.location(),
        "/werkplek/aanmelden?naar=/werkplek/controle%3Fregio%3DVR14%26stand%3Dvrij"
    );
    let ended = many(&mut browser, (&page, &here), "GM0402/1").await;
    assert_eq!(ended.status, 401);
    ended.tells(&["<dt>Gekozen</dt>", "GM0402, versie 1"]);
    ended.hides(&["<dt>rij</dt>", "<dt>period</dt>"]);
    let back = ended.hidden("naar").replace("&amp;", "&");
    let fields = [("rol", "VNG"), ("naar", back.as_str())];
    let signed_in = browser
        .post("/werkplek/aanmelden/uitproberen", &fields)
        .await;
    assert_eq!(signed_in.location(), here);
}

#[tokio::test]
async fn what_was_typed_is_shown_while_sessions_cannot_be_looked_up() {
    let (app, mut browser) = prepared().await;
    hand_in(&app, "GM0402").await;
    let page = browser.get(QUEUE).await;
    let lock = app.database.superuser().await;
    lock.execute_unprepared("begin; lock table work.browser_session in access exclusive mode")
        .await
        .unwrap();
    let sent = many(&mut browser, (&page, QUEUE), "GM0402/1");
    let (sent, ()) = tokio::join!(sent, async {
        while app.database.count(CANCEL).await == 0 {}
    });
    assert_eq!(sent.status, 503);
    assert_eq!(sent.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(sent.header("cache-control"), "no-store");
    sent.tells(&[
        "Even niet bereikbaar",
        "<dt>Gekozen</dt>",
        "GM0402, versie 1",
        "het is niet opgeslagen",
    ]);
    lock.close().await.unwrap();
    // The session is what it was, and the form does it now.
    let sent = many(&mut browser, (&page, QUEUE), "GM0402/1").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
}

#[tokio::test]
async fn what_was_typed_beside_a_large_file_is_shown_when_the_session_ended() {
    const TABLE: &str = "/werkplek/perioden/2026-2/tabel";
    let (_app, mut browser) = prepared().await;
    let page = browser.get(TABLE).await;
    let token = page.hidden("_token");
    let fields = [
        ("_token", token.as_str()),
        ("_formulier", "importAssessments"),
        ("period", "2026-2"),
        ("reason", "Uit de uitvraag van november."),
    ];
    browser.cookies.clear();
    for size in [1_000, 1_500_000] {
        let ended = browser.upload(TABLE, &fields, &vec![b'x'; size]).await;
        assert_eq!(ended.status, 401, "{size}");
        ended.tells(&["<dt>Reden</dt>", "Uit de uitvraag van november."]);
    }
}
