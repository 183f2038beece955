//! A form that is sent in vain: whoever sent it comes back to the very page, with what its address says
//! behind the `?`, and sees again what was typed.

use super::vng::{QUEUE, hand_in, many, prepared};

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
