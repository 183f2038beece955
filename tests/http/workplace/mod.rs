//! The workplace with a browser: to sign in and out, and what protects that; then what officers do
//! there.

mod actions;
mod attacks;
mod browser;
mod consultation;
mod criteria;
mod days;
mod editions;
mod emptied;
mod functions;
mod in_vain;
mod mailbox;
mod mandates;
mod ministry;
mod municipality;
mod office;
mod others;
mod policy;
mod provider;
mod region;
mod region_duties;
mod region_functions;
mod region_policy;
mod region_table;
mod tabs;
mod taken_keys;
mod uploads;
mod versions;
mod vng;

use acceptance::{
    App, audit_lines, keep_log_lines, spawn_app, spawn_app_trusting, spawn_app_trying_out,
};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use self::{
    browser::{Browser, SESSION, SIGN_IN, Shown},
    provider::Provider,
};

/// The service with a provider that it trusts for browsers.
fn with_provider() -> (App, Provider) {
    let provider = Provider::start();
    let app = spawn_app_trusting(&provider.settings());
    (app, provider)
}

/// The way to the provider.
fn begin_at(provider: &Provider) -> String {
    let issuer = provider.address().replace(':', "%3A").replace('/', "%2F");
    format!("/werkplek/aanmelden/begin?uitgever={issuer}&naar=/werkplek")
}

fn hilversum() -> Value {
    json!({ "role": "municipality", "municipality": "GM0402" })
}

/// Signs somebody in, and gives what the browser is shown when it comes back.
async fn sign_in(browser: &mut Browser, provider: &Provider, person: Value) -> Shown {
    let sent = browser.get(&begin_at(provider)).await;
    let back = provider.sign_in(sent.location(), person);
    browser.get(&back).await
}

async fn sessions(app: &App) -> i64 {
    let count = "select count(*) from work.browser_session";
    app.database.count(count).await
}

#[tokio::test]
async fn an_officer_signs_in_at_a_provider_and_out_again() {
    keep_log_lines();
    let (app, provider) = with_provider();
    let mut browser = Browser::at(app.address());
    // Who is not signed in is led to where they can, and back.
    let away = browser.get("/werkplek").await;
    assert_eq!(away.location(), "/werkplek/aanmelden?naar=/werkplek");
    let entrance = browser.get("/werkplek/aanmelden?naar=/werkplek").await;
    assert_eq!(entrance.status, 200);
    entrance.tells(&["Aanmelden bij Gemeentelijke aanmelding"]);
    entrance.hides(&["Geen productie"]);
    let back = sign_in(&mut browser, &provider, hilversum()).await;
    assert_eq!(back.location(), "/werkplek");
    assert!(!browser.cookies.contains_key(SIGN_IN));
    let page = browser.get("/werkplek").await;
    assert_eq!(page.status, 200);
    page.tells(&["Gemeente · Hilversum", "Mijn taken", "Afmelden"]);
    assert_eq!(page.header("cache-control"), "no-store");
    // Nothing that opens anything is in the database.
    assert_eq!(sessions(&app).await, 1);
    let secret = &browser.cookies[SESSION];
    let readable = format!(
        "select count(*) from work.browser_session
         where id like '%{secret}%' or position('eyJ' in encode(sealed_token, 'escape')) > 0"
    );
    assert_eq!(app.database.count(&readable).await, 0);
    let token = page.hidden("_token");
    let out = browser
        .post("/werkplek/afmelden", &[("_token", &token)])
        .await;
    assert_eq!(out.location(), "/werkplek/aanmelden?reden=afgemeld");
    assert!(browser.cookies.is_empty());
    assert_eq!(sessions(&app).await, 0);
    // The log names what happened, and nobody.
    let lines = audit_lines(&provider.address());
    let events: Vec<&Value> = lines.iter().map(|line| &line["event"]).collect();
    assert_eq!(events, ["sign_in"]);
    assert_eq!(lines[0]["role"], "MUNICIPALITY");
    assert_eq!(lines[0]["organisation"], "GM0402");
    assert!(!lines[0].to_string().contains("anna"), "{}", lines[0]);
}

#[tokio::test]
async fn a_session_is_known_to_every_instance_and_ends_on_all_of_them() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    let other = app.beside();
    let mut beside = Browser::at(other.address());
    beside.cookies = browser.cookies.clone();
    beside.get("/werkplek").await.tells(&["VNG"]);
    let token = beside.get("/werkplek").await.hidden("_token");
    beside
        .post("/werkplek/afmelden", &[("_token", &token)])
        .await;
    assert_eq!(browser.get("/werkplek").await.status, 303);
}

#[tokio::test]
async fn each_role_signs_in_with_one_click_where_it_is_not_production() {
    let app = spawn_app_trying_out();
    let entrance = Browser::at(app.address()).get("/werkplek/aanmelden").await;
    entrance.tells(&[
        "Geen productie",
        "Gemeente (Hilversum)",
        "Regio (Gooi en Vechtstreek)",
        "Partner (CoMensha)",
        ">VNG</button>",
    ]);
    for (role, shown) in [
        ("MUNICIPALITY", "Gemeente · Hilversum"),
        ("REGION", "Regio · Gooi en Vechtstreek"),
        ("PARTNER", "Partner · CoMensha"),
        ("VNG", "VNG"),
        ("MINISTRY", "Ministerie"),
    ] {
        let mut browser = Browser::at(app.address());
        browser.try_as(role).await;
        let page = browser.get("/werkplek").await;
        assert_eq!(page.status, 200, "{role}");
        page.tells(&[shown]);
    }
    // In production nobody does.
    let app = spawn_app();
    let mut browser = Browser::at(app.address());
    let shown = browser
        .post("/werkplek/aanmelden/uitproberen", &[("rol", "VNG")])
        .await;
    assert_eq!(shown.status, 404);
    assert!(browser.cookies.is_empty());
    let entrance = browser.get("/werkplek/aanmelden").await;
    entrance.hides(&["Geen productie"]);
    entrance.tells(&["kan nog niemand zich met een browser aanmelden"]);
}

#[tokio::test]
async fn a_session_ends_with_its_token() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    let page = browser.get("/werkplek").await;
    page.tells(&["U bent aangemeld tot 22 november 2026, 21.00 uur."]);
    // The token holds for eight hours, and half a minute for clocks that differ.
    app.clock.set(app.clock.now() + TimeDelta::seconds(28_829));
    assert_eq!(browser.get("/werkplek").await.status, 200);
    app.clock.set(app.clock.now() + TimeDelta::seconds(2));
    let away = browser.get("/werkplek").await;
    assert_eq!(away.location(), "/werkplek/aanmelden?naar=/werkplek");
    // Whoever signs in next clears away what ended.
    assert_eq!(sessions(&app).await, 1);
    let mut other = Browser::at(app.address());
    other.try_as("MINISTRY").await;
    assert_eq!(sessions(&app).await, 1);
}

#[tokio::test]
async fn a_session_ends_when_the_issuer_withdraws_its_key() {
    keep_log_lines();
    let (app, provider) = with_provider();
    let mut browser = Browser::at(app.address());
    sign_in(&mut browser, &provider, hilversum()).await;
    provider.withdraw_key();
    // A new token makes the service read the keys again, as their age would.
    app.clock.set(app.clock.now() + TimeDelta::seconds(61));
    let mut other = Browser::at(app.address());
    let back = sign_in(&mut other, &provider, hilversum()).await;
    assert_eq!(back.location(), "/werkplek");
    let away = browser.get("/werkplek").await;
    assert_eq!(
        away.location(),
        "/werkplek/aanmelden?naar=/werkplek&reden=verlopen"
    );
    assert!(browser.cookies.is_empty());
    assert_eq!(sessions(&app).await, 1);
    let ended = audit_lines("session_ended");
    assert!(ended.iter().any(|line| line["rule"] == "TOKEN_UNKNOWN_KEY"));
    assert_eq!(other.get("/werkplek").await.status, 200);
}

#[tokio::test]
async fn the_operator_ends_all_sessions() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("VNG").await;
    let owner = app.database.connect(database::roles::OWNER).await;
    assert_eq!(sessions::end_all_sessions(&owner).await.unwrap(), 1);
    owner.close().await.unwrap();
    assert_eq!(browser.get("/werkplek").await.status, 303);
}

/// What a browser gets that takes in pages.
async fn opened(browser: &mut Browser, path: &str) -> Shown {
    let request = browser.request(Method::GET, path);
    browser.send(request.header("accept", "text/html")).await
}

#[tokio::test]
async fn an_address_without_a_page_leads_back_to_the_first_one() {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    let path = "/werkplek/nergens";
    let outside = opened(&mut browser, path).await;
    assert_eq!(outside.status, 404);
    outside.hides(&["Afmelden"]);
    browser.try_as("MUNICIPALITY").await;
    let shown = opened(&mut browser, path).await;
    assert_eq!(shown.status, 404);
    assert_eq!(shown.header("cache-control"), "no-store");
    shown.tells(&[
        "Op dit adres staat niets, of niets voor uw rol.",
        "href=\"/werkplek\"",
        "Afmelden",
    ]);
    let public = opened(&mut browser, "/nergens").await;
    public.hides(&["Afmelden"]);
}
