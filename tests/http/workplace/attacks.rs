//! What somebody would try at the workplace who wants to be another, or to have another do something.

use std::collections::BTreeSet;

use acceptance::{audit_lines, keep_log_lines, municipality, spawn_app_trying_out};
use reqwest::Method;
use serde_json::json;

use super::{
    begin_at,
    browser::{Browser, SESSION, SIGN_IN},
    hilversum, sessions, sign_in, with_provider,
};

const DRAFT: &str = "/werkplek/beoordelingen/GM0402/2026-2";
const WHO: &str = "{\"query\":\"{ viewer { role } }\"}";

#[tokio::test]
async fn a_cookie_opens_nothing_outside_the_workplace() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    let request = browser
        .request(Method::POST, "/v1/graphql")
        .header("content-type", "application/json")
        .header("accept", "application/json")
        .body(WHO);
    let shown = browser.send(request).await;
    shown.tells(&["\"role\":\"PUBLIC\""]);
    let mut stranger = Browser::at(app.address());
    for path in [
        "/graphql?query=%7Bviewer%7Brole%7D%7D",
        "/v1/graphql?query=%7Bviewer%7Brole%7D%7D",
        "/v1/odata",
        "/v1/reminders.csv",
        "/v1/feeds/fact_verdict_current.csv",
        "/v1/assessments/GM0402/2026-2/receipt.json",
    ] {
        let (own, other) = (browser.get(path).await, stranger.get(path).await);
        assert_eq!(own.status, other.status, "{path}");
        assert_eq!(own.header("set-cookie"), "", "{path}");
        own.hides(&["\"role\":\"VNG\""]);
    }
    // Nor does a token in a header open the workplace.
    let bare = Browser::at(app.address());
    let request = bare
        .request(Method::GET, "/werkplek")
        .bearer_auth(municipality("GM0402"));
    assert_eq!(bare.clone().send(request).await.status, 303);
    // What a public page shows is the same with a cookie, and sets none.
    let with = browser.get("/gemeenten/GM0402").await;
    let without = Browser::at(app.address()).get("/gemeenten/GM0402").await;
    assert_eq!(with.body, without.body);
    assert_eq!(with.header("set-cookie"), "");
}

#[tokio::test]
async fn a_form_of_another_page_does_nothing() {
    keep_log_lines();
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    let mut other = Browser::at(app.address());
    other.try_as("VNG").await;
    let foreign = other.get("/werkplek").await.hidden("_token");
    let own = browser.cookies[SESSION].clone();
    for token in ["", "x", foreign.as_str(), own.as_str()] {
        let shown = browser
            .post("/werkplek/afmelden", &[("_token", token)])
            .await;
        assert_eq!(shown.status, 403, "{token}");
        shown.tells(&["hoort niet bij uw sessie"]);
    }
    let sent = [
        ("_formulier", "startDraft"),
        ("municipality", "GM0402"),
        ("period", "2026-2"),
    ];
    let shown = browser.post(DRAFT, &sent).await;
    assert_eq!(shown.status, 403);
    assert_eq!(sessions(&app).await, 2);
    let count = "select count(*) from work.draft";
    assert_eq!(app.database.count(count).await, 0);
    let refused = audit_lines("FORGED_FORM");
    assert!(refused.iter().all(|line| line["event"] == "form_refused"));
    assert!(refused.len() >= 5, "{refused:?}");
    // Another site cannot sign somebody in to try the service out either.
    let mut bare = Browser::at(app.address());
    let request = bare
        .request(Method::POST, "/werkplek/aanmelden/uitproberen")
        .header("sec-fetch-site", "cross-site")
        .form(&[("rol", "VNG")]);
    assert_eq!(bare.send(request).await.status, 403);
    assert!(bare.cookies.is_empty());
}

#[tokio::test]
async fn another_site_signs_nobody_out() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    // What another site has a browser send comes without the cookie; the answer takes none away.
    let mut foreign = Browser::at(app.address());
    let form = [("_token", "x")];
    let out = foreign.post("/werkplek/afmelden", &form).await;
    assert_eq!(out.location(), "/werkplek/aanmelden?reden=afgemeld");
    let home = foreign.get("/werkplek").await;
    let sent = foreign.post(DRAFT, &form).await;
    assert_eq!((home.status, sent.status), (303, 401));
    for shown in [out, home, sent] {
        assert_eq!(shown.header("set-cookie"), "");
        assert_eq!(shown.header("clear-site-data"), "");
    }
    assert_eq!(sessions(&app).await, 1);
    assert_eq!(browser.get("/werkplek").await.status, 200);
    // A cookie that opens nothing is taken away.
    foreign.cookies.insert(SESSION.to_owned(), "A".repeat(43));
    let out = foreign.post("/werkplek/afmelden", &form).await;
    assert_eq!(out.location(), "/werkplek/aanmelden?reden=afgemeld");
    assert!(foreign.cookies.is_empty());
}

#[tokio::test]
async fn a_link_from_elsewhere_says_of_nothing_that_it_was_done() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    let path = "/werkplek/beleid/GM0402?gedaan=declarePolicyState";
    for (site, is_shown) in [
        ("same-origin", true),
        ("cross-site", false),
        ("none", false),
    ] {
        let request = browser.request(Method::GET, path);
        let shown = browser.send(request.header("sec-fetch-site", site)).await;
        assert_eq!(shown.status, 200, "{site}");
        let done = shown.body.contains("De stand van uw beleid is vastgelegd.");
        assert_eq!(done, is_shown, "{site}");
    }
}

#[tokio::test]
async fn whose_session_it_is_cannot_be_guessed_or_chosen() {
    let (app, provider) = with_provider();
    let mut browser = Browser::at(app.address());
    // A value that somebody planted before is not the one of the session.
    let planted = "A".repeat(43);
    browser.cookies.insert(SESSION.to_owned(), planted.clone());
    assert_eq!(browser.get("/werkplek").await.status, 303);
    browser.cookies.insert(SESSION.to_owned(), planted.clone());
    sign_in(&mut browser, &provider, hilversum()).await;
    let first = browser.cookies[SESSION].clone();
    assert_ne!(first, planted);
    // Each sign-in has a new one, and the one before opens nothing.
    sign_in(&mut browser, &provider, hilversum()).await;
    assert_ne!(browser.cookies[SESSION], first);
    assert_eq!(sessions(&app).await, 1);
    browser.cookies.insert(SESSION.to_owned(), first);
    assert_eq!(browser.get("/werkplek").await.status, 303);
}

#[tokio::test]
async fn a_code_counts_once_for_the_browser_that_began() {
    let (app, provider) = with_provider();
    provider.be_careless();
    let mut browser = Browser::at(app.address());
    let sent = browser.get(&begin_at(&provider)).await;
    let began = browser.cookies.clone();
    let back = provider.sign_in(sent.location(), hilversum());
    // Another browser gets nothing by it, with a sign-in of its own or without.
    let mut thief = Browser::at(app.address());
    assert_eq!(thief.get(&back).await.status, 400);
    thief.get(&begin_at(&provider)).await;
    let shown = thief.get(&back).await;
    assert_eq!(shown.status, 400);
    shown.tells(&["is hier niet begonnen"]);
    assert!(!thief.cookies.contains_key(SESSION));
    assert_eq!(browser.get(&back).await.location(), "/werkplek");
    // The same address once more, with the very cookie of that sign-in, at a careless provider.
    browser.cookies = began;
    assert_eq!(browser.get(&back).await.status, 400);
    assert_eq!(sessions(&app).await, 1);
}

#[tokio::test]
async fn a_wrong_state_or_nonce_signs_nobody_in() {
    let (app, provider) = with_provider();
    let mut browser = Browser::at(app.address());
    let sent = browser.get(&begin_at(&provider)).await;
    let back = provider.sign_in(sent.location(), hilversum());
    let (before, _) = back.split_once("state=").unwrap();
    for state in [
        String::new(),
        "state=x".to_owned(),
        format!("state={}", "A".repeat(43)),
    ] {
        assert_eq!(browser.get(&format!("{before}{state}")).await.status, 400);
    }
    // The wrong ones took nothing away from the right one.
    assert_eq!(browser.get(&back).await.location(), "/werkplek");
    let at_other = json!({ "iss": "https://other.example" });
    for changes in [
        json!({ "nonce": "another" }),
        json!({ "nonce": null }),
        json!({ "aud": "another client" }),
        json!({ "aud": ["werkplek", "another"] }),
        json!({ "sub": "somebody else" }),
        json!({ "exp": 1 }),
        json!({ "at_hash": "AAAA" }),
        at_other,
    ] {
        provider.change_id_tokens(changes.clone());
        let mut browser = Browser::at(app.address());
        let back = sign_in(&mut browser, &provider, hilversum()).await;
        assert_eq!(back.status, 403, "{changes}");
        assert!(browser.cookies.is_empty(), "{changes}");
    }
    assert_eq!(sessions(&app).await, 1);
}

#[tokio::test]
async fn whoever_has_no_role_here_is_not_let_in() {
    let (app, provider) = with_provider();
    for person in [
        json!({}),
        json!({ "role": "ministry" }),
        json!({ "role": "municipality" }),
        json!({ "role": "municipality", "municipality": "GM9999" }),
        json!({ "role": "vng", "aud": "another service" }),
    ] {
        let mut browser = Browser::at(app.address());
        let back = sign_in(&mut browser, &provider, person.clone()).await;
        assert_eq!(back.status, 403, "{person}");
        back.tells(&["geeft u geen rol"]);
        assert!(browser.cookies.is_empty());
    }
    // Nor is whoever brings more than a token may hold, and that is what they read.
    let mut browser = Browser::at(app.address());
    let long = json!({ "role": "vng", "groups": "x".repeat(20_000) });
    let back = sign_in(&mut browser, &provider, long).await;
    assert_eq!(back.status, 403);
    back.tells(&["ten hoogste 8.192 bytes"]);
    assert!(browser.cookies.is_empty());
    // Whom the provider itself refuses comes back without a code.
    let mut browser = Browser::at(app.address());
    let sent = browser.get(&begin_at(&provider)).await;
    let back = provider.sign_in(sent.location(), hilversum());
    let (_, state) = back.split_once("state=").unwrap();
    let path = format!("/werkplek/aanmelden/terug?error=access_denied&state={state}");
    let shown = browser.get(&path).await;
    assert_eq!(shown.status, 403);
    shown.tells(&["heeft u niet toegelaten"]);
    assert_eq!(sessions(&app).await, 0);
}

#[tokio::test]
async fn nobody_is_sent_on_to_another_host() {
    let (app, provider) = with_provider();
    for place in [
        "https://evil.example/",
        "//evil.example",
        "/werkplek//evil.example",
        "/werkplek%5C..%5Cevil.example",
        "/werkplek/..%2F..%2Fv1/graphql",
        "/werkplek%0D%0ALocation:%20//evil.example",
        "/werkplek/afmelden",
        "/v1/graphql",
        "/werkplekken",
    ] {
        let mut browser = Browser::at(app.address());
        let begin = begin_at(&provider).replace("naar=/werkplek", &format!("naar={place}"));
        let sent = browser.get(&begin).await;
        let back = provider.sign_in(sent.location(), hilversum());
        assert_eq!(browser.get(&back).await.location(), "/werkplek", "{place}");
        let entrance = browser
            .get(&format!("/werkplek/aanmelden?naar={place}"))
            .await;
        entrance.hides(&["evil.example"]);
    }
    // And nobody signs in at an issuer that is not marked for it.
    let mut browser = Browser::at(app.address());
    let sent = browser
        .get("/werkplek/aanmelden/begin?uitgever=https://evil.example")
        .await;
    assert_eq!(sent.status, 404);
    assert!(!browser.cookies.contains_key(SIGN_IN));
}

#[tokio::test]
async fn no_page_stands_in_a_frame_or_is_kept() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    for path in [
        "/werkplek",
        "/werkplek/aanmelden",
        DRAFT,
        "/werkplek/beoordelingen/x/y/blad",
    ] {
        let shown = browser.get(path).await;
        assert_eq!(shown.header("x-frame-options"), "DENY", "{path}");
        let policy = shown.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert_eq!(shown.header("cache-control"), "no-store", "{path}");
        assert_eq!(shown.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(shown.header("etag"), "", "{path}");
    }
}

#[tokio::test]
async fn nobody_signs_in_where_a_browser_keeps_no_cookie() {
    let (app, provider) = with_provider();
    let mut browser = Browser::at(app.address());
    let request = browser
        .request(Method::GET, &begin_at(&provider))
        .header("host", "monitor.example.nl");
    let shown = browser.send(request).await;
    assert_eq!(shown.status, 400);
    shown.tells(&["Aanmelden kan alleen over https"]);
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn a_form_from_before_a_role_changed_does_nothing() {
    let (app, provider) = with_provider();
    let mut browser = Browser::at(app.address());
    sign_in(&mut browser, &provider, hilversum()).await;
    let page = "/werkplek/beleid/GM0402";
    let token = browser.get(page).await.hidden("_token");
    // The officer now works for another municipality, and signs in anew in another tab.
    let other = json!({ "role": "municipality", "municipality": "GM0376" });
    sign_in(&mut browser, &provider, other).await;
    let ledger = "select count(*) from ledger";
    let before = app.database.count(ledger).await;
    let send = |token: String| {
        [
            ("_token", token),
            ("_formulier", "declarePolicyState".to_owned()),
            ("_sleutel", "een sleutel".to_owned()),
            ("municipality", "GM0402".to_owned()),
            ("state", "NONE_DECLARED".to_owned()),
        ]
    };
    // Not with the form of the old session, nor with a new form about the old municipality.
    let renewed = browser.get("/werkplek").await.hidden("_token");
    for (token, status) in [(token, 403), (renewed, 404)] {
        let sent = send(token);
        let fields = sent.each_ref().map(|(name, value)| (*name, value.as_str()));
        let shown = browser.post(page, &fields).await;
        assert_eq!(shown.status, status);
        // What was chosen is shown, so that it is not lost.
        shown.tells(&["Er is geen beleid"]);
    }
    assert_eq!(app.database.count(ledger).await, before);
    assert_eq!(browser.get(page).await.status, 404);
}

#[tokio::test]
async fn every_form_that_is_shown_has_a_key_of_its_own_that_nobody_can_guess() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MINISTRY").await;
    let mut keys = BTreeSet::new();
    for _ in 0..2 {
        let page = browser.get("/werkplek/acties/33").await;
        let shown: Vec<&str> = page
            .body
            .split("name=\"_sleutel\" value=\"")
            .skip(1)
            .collect();
        assert!(shown.len() > 2, "{}", page.body);
        for rest in shown {
            let key = rest.split('"').next().unwrap();
            let (secret, form) = key.split_once('-').unwrap();
            assert_eq!(secret.len(), 32, "{key}");
            assert!(secret.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
            assert!(
                page.body.contains(&format!("id=\"{form}\"><input")),
                "{key}"
            );
            assert!(keys.insert(key.to_owned()), "{key}");
        }
    }
    let secrets: BTreeSet<&str> = keys.iter().map(|key| &key[..32]).collect();
    assert_eq!(secrets.len(), 2);
}
