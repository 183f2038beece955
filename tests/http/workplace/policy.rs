//! A municipality says at the workplace how far it is with its policy.

use acceptance::{App, municipality, spawn_app_trying_out};
use serde_json::json;

use super::{browser::Browser, municipality::fill};

const PAGE: &str = "/werkplek/beleid/GM0402";

/// The state of the policy of Hilversum, for everybody.
async fn state(app: &App) -> String {
    let query = "{ policyState(municipality: \"GM0402\") { state } }";
    let answer = app.public().ask(query).await;
    answer.data()["policyState"]["state"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn signed_in() -> (App, Browser) {
    let app = spawn_app_trying_out();
    let mut browser = Browser::at(app.address());
    browser.try_as("MUNICIPALITY").await;
    (app, browser)
}

#[tokio::test]
async fn a_municipality_declares_how_far_it_is() {
    let (app, mut browser) = signed_in().await;
    browser.get("/werkplek").await.tells(&[PAGE]);
    let page = browser.get(PAGE).await;
    page.tells(&[
        "Beleid van Hilversum",
        "Stand nu: Niet geregistreerd.",
        "niet dat er geen beleid is",
    ]);
    let form = "declarePolicyState";
    // What is missing, is no day, or cannot be so is said at its field; nothing is kept.
    for (chosen, from, why) in [
        ("", "", "Vul in: stand van het beleid."),
        ("ADOPTED", "", "Kies opnieuw: stand van het beleid."),
        ("IN_DEVELOPMENT", "gisteren", "Sinds moet een dag zijn"),
        ("BEING_UPDATED", "", "href=\"#declarePolicyState.state\""),
        (
            "IN_DEVELOPMENT",
            "2098-01-01",
            "href=\"#declarePolicyState.from\"",
        ),
    ] {
        let typed = [("state", chosen), ("from", from)];
        let shown = fill(&mut browser, (&page, form), PAGE, &typed).await;
        assert_eq!(shown.status, 422, "{chosen} {from}");
        shown.tells(&[why]);
        assert_eq!(state(&app).await, "NOT_REGISTERED", "{chosen} {from}");
    }
    let typed = [("state", "IN_DEVELOPMENT"), ("from", "2026-06-01")];
    let done = fill(&mut browser, (&page, form), PAGE, &typed).await;
    assert_eq!(done.location(), format!("{PAGE}?gedaan={form}"));
    assert_eq!(state(&app).await, "IN_DEVELOPMENT");
    let page = browser.get(done.location()).await;
    page.tells(&[
        "De stand van uw beleid is vastgelegd.",
        "Stand nu: In ontwikkeling.",
    ]);
    page.hides(&["niet dat er geen beleid is"]);
}

#[tokio::test]
async fn a_newer_word_of_a_colleague_is_shown_and_not_replaced_unseen() {
    let (app, mut browser) = signed_in().await;
    let page = browser.get(PAGE).await;
    let word = json!({
        "municipality": "GM0402", "state": "IN_DEVELOPMENT", "idempotencyKey": "of a colleague",
    });
    let own = app.with(&municipality("GM0402"));
    own.change("declarePolicyState", word).await;
    let form = "declarePolicyState";
    let typed = [("state", "NONE_DECLARED")];
    let shown = fill(&mut browser, (&page, form), PAGE, &typed).await;
    assert_eq!(shown.status, 422);
    // The word of the colleague stands beside what was chosen.
    shown.tells(&[
        "Stand nu: In ontwikkeling.",
        "value=\"NONE_DECLARED\" selected",
    ]);
    assert_eq!(state(&app).await, "IN_DEVELOPMENT");
    let saved = fill(&mut browser, (&shown, form), PAGE, &typed).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(state(&app).await, "NONE_DECLARED");
}

#[tokio::test]
async fn the_state_of_another_is_not_declared_here() {
    let (app, mut browser) = signed_in().await;
    for path in ["/werkplek/beleid/GM0376", "/werkplek/beleid/x"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    for role in ["REGION", "PARTNER", "VNG", "MINISTRY"] {
        let mut other = Browser::at(app.address());
        other.try_as(role).await;
        assert_eq!(other.get(PAGE).await.status, 404, "{role}");
        other.get("/werkplek").await.hides(&["/werkplek/beleid/"]);
    }
}
