//! Addresses with a slash too many or too few at their end: 308 leads to the right one, for
//! whatever is asked there.

use acceptance::spawn_app;
use reqwest::Method;

use super::{headers, request};

#[tokio::test]
async fn an_address_is_found_with_and_without_the_slash_at_its_end() {
    let app = spawn_app();
    for (method, path, expected) in [
        (Method::GET, "/docs/", "/docs"),
        (Method::GET, "/docs/en/", "/docs/en"),
        (Method::GET, "/docs/en/codes/", "/docs/en/codes"),
        (Method::GET, "/explorer/", "/explorer"),
        (Method::HEAD, "/explorer/", "/explorer"),
        (Method::GET, "/graphql/", "/graphql"),
        (
            Method::GET,
            "/v1/graphql/?query=%7Bviewer%7Brole%7D%7D",
            "/v1/graphql?query=%7Bviewer%7Brole%7D%7D",
        ),
        (Method::POST, "/v1/graphql/", "/v1/graphql"),
        (Method::GET, "/v1/feeds", "/v1/feeds/"),
        (
            Method::GET,
            "/v1/feeds/dim_action.csv/?dialect=nl",
            "/v1/feeds/dim_action.csv?dialect=nl",
        ),
        (Method::GET, "/schema.graphql/", "/schema.graphql"),
        (Method::GET, "/health/live/", "/health/live"),
    ] {
        let response = request(&app, method, path).send().await.unwrap();
        assert_eq!(response.status(), 308, "{path}");
        assert_eq!(headers(&response, "location"), [expected], "{path}");
    }
    for path in ["/nowhere", "/nowhere/", "/v1/", "//docs/", "/docs//"] {
        let response = request(&app, Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
    }
}

/// A client that follows comes to the same answer, body and all.
#[tokio::test]
async fn a_question_survives_the_slash() {
    let app = spawn_app();
    let http = acceptance::http_builder().build().unwrap();
    let response = http
        .post(format!("{}/v1/graphql/", app.address()))
        .json(&serde_json::json!({ "query": "{ viewer { role } }" }))
        .send()
        .await
        .unwrap();
    let body: serde_json::Value = response.json().await.unwrap();
    assert_eq!(body["data"]["viewer"]["role"], "PUBLIC", "{body}");
}
