//! `/sandbox`: tokens to copy of a demo, and of nothing else.

use acceptance::{App, TestDatabase, spawn_app_on, spawn_app_trying_out, spawn_app_trying_out_on};
use database::{Database, roles};
use dataset::{DataSet, demo};
use migration::{Migrator, MigratorTrait as _};
use serde_json::json;

/// A demo as `stm sandbox` makes it.
async fn a_demo() -> TestDatabase {
    let database = TestDatabase::empty();
    let owner = database.connect(roles::OWNER).await;
    Migrator::up(&owner, None).await.unwrap();
    owner.close().await.unwrap();
    let url = database.url(roles::APP);
    let connect = async |clock| Database::connect(&url, 1, clock).await;
    let set = DataSet::built_in().unwrap();
    demo::make(connect, &set, 1, 1).await.unwrap();
    database
}

/// The tokens of a page, by the code of their role.
fn tokens(page: &str) -> Vec<(&str, &str)> {
    page.split("export STM_TOKEN_")
        .skip(1)
        .map(|rest| {
            let (code, rest) = rest.split_once('=').unwrap();
            (code, rest.split_once('<').unwrap().0)
        })
        .collect()
}

#[tokio::test]
async fn a_demo_that_is_tried_out_has_a_token_to_copy_for_every_role() {
    let app = spawn_app_trying_out_on(a_demo().await);
    let page = reqwest::get(format!("{}/sandbox", app.address()))
        .await
        .unwrap();
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["cache-control"], "no-store");
    assert!(page.headers().get("etag").is_none());
    let page = page.text().await.unwrap();
    assert!(page.contains("Het is hier 2026-11-22."), "{page}");
    assert!(page.contains("<strong>DEMO</strong>"), "{page}");
    let address = format!("curl -s {}/v1/graphql", app.address());
    assert!(page.contains(&address), "{page}");
    let english = app.public().get("/en/sandbox").await.body;
    assert!(english.contains("It is 2026-11-22 here."), "{english}");

    let tokens = tokens(&page);
    let roles: Vec<&str> = tokens.iter().map(|(code, _)| *code).collect();
    assert_eq!(
        roles,
        ["MUNICIPALITY", "REGION", "PARTNER", "VNG", "MINISTRY"]
    );
    for (code, token) in &tokens {
        let viewer = app.with(token).ask("{ viewer { role } }").await.data();
        assert_eq!(viewer, json!({ "viewer": { "role": code } }));
    }
    // The one of a municipality opens what is its own, and nobody else's.
    let own = app.with(tokens[0].1);
    let state = async |code: &str| {
        let query = format!(
            "{{ assessment(municipality: \"{code}\", period: \"2026-1\") {{ period {{ key }} }} }}"
        );
        own.ask(&query).await.data()
    };
    assert_eq!(
        state("GM0402").await,
        json!({ "assessment": { "period": { "key": "2026-1" } } })
    );
    assert_eq!(state("GM0363").await, json!({ "assessment": null }));
}

/// There is nothing at the address, and no token in what says so.
async fn has_none(app: &App, about: &str) {
    for path in ["/sandbox", "/en/sandbox"] {
        let answer = app.public().get(path).await;
        assert_eq!(answer.status, 404, "{about}: {path}");
        assert!(!answer.body.contains("STM_TOKEN"), "{about}: {path}");
        assert!(!answer.body.contains("eyJ"), "{about}: {path}");
    }
}

#[tokio::test]
async fn what_is_real_or_not_tried_out_has_no_such_page() {
    has_none(&spawn_app_trying_out(), "real data").await;
    has_none(&spawn_app_on(a_demo().await), "no development issuer").await;
}
