//! Pages of other origins: a browser asks first, and is permitted at every address; what it may
//! read of an answer is said by name.

use acceptance::{App, spawn_app};
use reqwest::{Method, Response, header};

use super::{headers, request};

/// What Apollo, OpenTelemetry and Sentry add in a browser, and a header that nobody knows.
const ADDED: &str = "apollographql-client-name, apollographql-client-version, authorization, \
                     baggage, content-type, sentry-trace, traceparent, x-of-tomorrow";

async fn preflight(app: &App, path: &str, method: &str) -> Response {
    request(app, Method::OPTIONS, path)
        .header(header::ORIGIN, "https://partner.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, method)
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, ADDED)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn any_origin_may_ask_at_any_address_with_any_header() {
    let app = spawn_app();
    for (path, method) in [
        ("/v1/graphql", "POST"),
        ("/v1/graphql", "GET"),
        ("/graphql", "POST"),
        ("/v1/feeds/", "GET"),
        ("/v1/feeds/dim_action.csv", "GET"),
        ("/v1/feeds/dim_action.ndjson", "HEAD"),
        ("/v1/odata", "GET"),
        ("/v1/odata/$metadata", "GET"),
        ("/v1/odata/public/dim_action", "GET"),
        ("/v1/publications/2026-1.json", "GET"),
        ("/v1/assessments/GM0402/2026-1/answer-sheet.csv", "GET"),
        ("/schema.graphql", "GET"),
        ("/nowhere", "GET"),
    ] {
        let response = preflight(&app, path, method).await;
        assert_eq!(response.status(), 204, "{path}");
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("access-control-allow-methods", "GET, HEAD, POST"),
            ("access-control-allow-headers", ADDED),
            ("access-control-max-age", "86400"),
        ] {
            assert_eq!(headers(&response, name), [value], "{path}");
        }
        let credentials = headers(&response, "access-control-allow-credentials");
        assert_eq!(credentials, [""; 0], "{path}");
        assert_eq!(response.text().await.unwrap(), "", "{path}");
    }
}

#[tokio::test]
async fn a_page_reads_every_header_that_answers_tell_something_by() {
    /// Headers that every page reads (the Fetch standard, 2.2.2), that browsers keep to themselves,
    /// or that speak to the browser and not to the page.
    const OF_THE_BROWSER: [&str; 16] = [
        "access-control-allow-origin",
        "access-control-expose-headers",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-security-policy",
        "content-type",
        "date",
        "referrer-policy",
        "strict-transport-security",
        "transfer-encoding",
        "vary",
        "x-accel-buffering",
        "x-content-type-options",
        "x-frame-options",
    ];
    let app = spawn_app();
    let mut shown = 0;
    for path in [
        "/v1/graphql?query=%7Bviewer%7Brole%7D%7D",
        "/v1/feeds/dim_action.csv",
        "/v1/feeds/fact_verdict_current.csv",
        "/v1/odata/public/dim_action",
    ] {
        let request = request(&app, Method::GET, path).header("prefer", "odata.maxpagesize=2");
        let response = request.send().await.unwrap();
        let exposed = headers(&response, "access-control-expose-headers").concat();
        for name in response.headers().keys().map(|name| name.as_str()) {
            let is_exposed = exposed.split(", ").any(|exposed| exposed == name);
            let is_of_browser = OF_THE_BROWSER.contains(&name);
            assert!(is_exposed != is_of_browser, "{name} of {path}");
            shown += usize::from(is_exposed);
        }
        for name in ["etag", "link", "ratelimit", "retry-after", "stm-since"] {
            assert!(exposed.split(", ").any(|exposed| exposed == name), "{name}");
        }
    }
    assert!(shown > 12, "{shown}");
}
