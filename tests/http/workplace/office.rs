//! Many officers behind one address: each has a rate of their own, and who asks too often is shown a
//! page.

use std::num::NonZeroU32;

use acceptance::spawn_app_trying_out_limited;
use reqwest::Method;
use transport::limits::Limits;

use super::{
    browser::{Browser, SESSION, Shown},
    sessions,
};

const MAILBOXES: &str = "select count(*) from work.functional_mailbox";

/// As a browser asks for a page.
async fn page(browser: &mut Browser, path: &str) -> Shown {
    let request = browser
        .request(Method::GET, path)
        .header("accept", "text/html,*/*;q=0.8");
    browser.send(request).await
}

#[tokio::test]
async fn officers_behind_one_address_do_not_share_its_rate() {
    let limits = Limits {
        public_per_minute: NonZeroU32::new(3).unwrap(),
        signed_in_per_minute: NonZeroU32::new(6).unwrap(),
        ..Limits::default()
    };
    let app = spawn_app_trying_out_limited(limits);
    let mut officer = Browser::at(app.address());
    officer.try_as("MUNICIPALITY").await;
    // Only the first page counts for the address as well.
    let mut token = String::new();
    for _ in 0..6 {
        let shown = page(&mut officer, "/werkplek").await;
        assert_eq!(shown.status, 200);
        token = shown.hidden("_token");
    }
    let too_often = page(&mut officer, "/werkplek").await;
    assert_eq!(too_often.status, 429);
    assert_eq!(too_often.header("content-type"), "text/html; charset=utf-8");
    too_often.tells(&["Te vaak gevraagd"]);
    assert!(!too_often.header("retry-after").is_empty());
    // A form is not read then, and the session stays.
    let sent = officer
        .post("/werkplek/afmelden", &[("_token", &token)])
        .await;
    assert_eq!(sent.status, 429);
    assert_eq!(sessions(&app).await, 1);
    // What was typed is shown to whoever is known here, and to nobody else.
    let typed = [
        ("_token", token.as_str()),
        ("_formulier", "registerMailbox"),
        ("mailboxAddress", "mensenhandel@hilversum.nl"),
    ];
    let sent = officer.post("/werkplek/postvak", &typed).await;
    assert_eq!(sent.status, 429);
    assert_eq!(sent.header("cache-control"), "no-store");
    assert!(!sent.header("retry-after").is_empty());
    sent.tells(&[
        "Te vaak gevraagd",
        "Dit had u ingevuld",
        "<dt>Adres van het postvak</dt>",
        "mensenhandel@hilversum.nl",
    ]);
    sent.hides(&[&token, "_formulier"]);
    assert_eq!(app.database.count(MAILBOXES).await, 0);
    // The address has one left of three, for whoever has no session.
    let mut bare = Browser::at(app.address());
    assert_eq!(page(&mut bare, "/werkplek").await.status, 303);
    let too_often = page(&mut bare, "/werkplek/aanmelden").await;
    assert_eq!(too_often.status, 429);
    too_often.tells(&["Te vaak gevraagd"]);
    // A cookie that opens nothing counts for the address too.
    let mut guessing = Browser::at(app.address());
    let guessed = "A".repeat(43);
    guessing.cookies.insert(SESSION.to_owned(), guessed);
    assert_eq!(page(&mut guessing, "/werkplek").await.status, 429);
    let sent = guessing.post("/werkplek/postvak", &typed).await;
    assert_eq!(sent.status, 429);
    sent.hides(&["mensenhandel@hilversum.nl"]);
}
