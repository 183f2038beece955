//! Tables that are kept: a page of OData and a small feed are given again as they were computed, for
//! the same role and organisation, at the same state and day, and never otherwise.

use std::io::Read as _;

use acceptance::{Answer, App, Client, a_period, municipality, region, spawn_app, vng};
use chrono::TimeDelta;
use flate2::read::GzDecoder;
use reqwest::Response;

use crate::{
    feeds::{everybody, open, prepare, submit},
    kept::metric,
};

const PAGES: [&str; 6] = [
    "/v1/odata/fact_answer_history?$top=500",
    "/v1/odata/fact_answer_history/$count",
    "/v1/odata/fact_verdict_history?$orderby=status%20desc&$count=true",
    "/v1/odata/fact_verdict_current?$filter=basis%20eq%20%27SUBMITTED%27&$select=status",
    "/v1/feeds/fact_answer_history.csv?dialect=nl",
    "/v1/feeds/fact_submission_history.ndjson",
];

async fn hits(app: &App) -> u64 {
    metric(&app.public(), "stm_kept_hits_total").await
}

/// What is computed, what is kept of it, and what is given then.
async fn twice(client: &Client, path: &str) -> [Answer; 3] {
    let taking = client.taking_kept();
    [
        client.get(path).await,
        taking.get(path).await,
        taking.get(path).await,
    ]
}

#[tokio::test]
async fn a_kept_table_equals_one_computed_anew_and_is_gone_after_a_write() {
    let app = spawn_app();
    let second = app.beside();
    prepare(&app).await;
    let readers = [app.with(&vng()), second.with(&vng())];
    let mut before = Vec::new();
    for reader in &readers {
        for path in PAGES {
            let [computed, kept, again] = twice(reader, path).await;
            assert_eq!(computed.status, 200, "{path}: {}", computed.body);
            assert_eq!(kept, computed, "{path}");
            assert_eq!(again, computed, "{path}");
            before.push(computed);
        }
    }
    let of_first = PAGES.len() as u64 * 2;
    assert_eq!(hits(&app).await, of_first);
    // Written through the one instance, and at once told by both.
    submit(&app, "GM0344").await;
    for (at, reader) in readers.iter().enumerate() {
        for (page, path) in PAGES.into_iter().enumerate() {
            let given = reader.taking_kept().get(path).await;
            let earlier = &before[at * PAGES.len() + page];
            assert_ne!(&given, earlier, "{path}");
            assert_eq!(given, reader.get(path).await, "{path}");
        }
    }
    assert_eq!(
        hits(&app).await,
        of_first,
        "nothing was left of the state before"
    );
    // The next day is another one.
    let day = "/v1/odata/fact_verdict_current?$top=1";
    twice(&readers[0], day).await;
    let of_first = of_first + 2;
    assert_eq!(hits(&app).await, of_first);
    app.clock.set(app.clock.now() + TimeDelta::days(1));
    readers[0].taking_kept().get(day).await;
    assert_eq!(hits(&app).await, of_first);
}

#[tokio::test]
async fn nobody_is_given_a_table_of_another_role_or_organisation() {
    let app = spawn_app();
    prepare(&app).await;
    let mut readers: Vec<Client> = everybody(&app).map(|(_, client)| client).into();
    readers.extend([
        app.with(&municipality("GM0363")),
        app.with(&municipality("GM0344")),
        app.with(&region("VR13")),
    ]);
    for path in PAGES {
        let mut computed = Vec::new();
        for reader in &readers {
            computed.push(reader.get(path).await);
        }
        // The first who may read it fills the shelf; everybody else is asked after that, twice.
        for _ in 0..2 {
            for (reader, computed) in readers.iter().zip(&computed) {
                let given = reader.taking_kept().get(path).await;
                assert_eq!(given.status, computed.status, "{path}");
                if given.status == 200 {
                    assert_eq!(given, *computed, "{path}");
                }
            }
        }
        for (reader, others) in [(2, "GM0363"), (6, "GM0402"), (7, "GM0402"), (8, "GM0402")] {
            assert!(!computed[reader].body.contains(others), "{path}: {reader}");
        }
    }
    assert!(hits(&app).await > 0);
}

#[tokio::test]
async fn errors_and_instants_are_not_kept_and_no_cache_computes() {
    let app = spawn_app();
    open(&app).await;
    let client = app.with(&vng());
    for path in [
        "/v1/odata/dim_action?$top=1&instant=2026-11-22T12:00:00Z",
        "/v1/odata/dim_action?$filter=colour%20eq%201",
        "/v1/odata/dim_action?ledger=9999999",
        "/v1/odata/dim_actoin",
    ] {
        let [computed, kept, again] = twice(&client, path).await;
        assert_eq!(
            [&kept.status, &again.status],
            [&computed.status; 2],
            "{path}"
        );
    }
    assert_eq!(hits(&app).await, 0);
    let path = "/v1/odata/dim_action?$top=2";
    for _ in 0..3 {
        assert_eq!(client.get(path).await.status, 200);
    }
    assert_eq!(hits(&app).await, 0);
    client.taking_kept().get(path).await;
    assert_eq!(hits(&app).await, 1);
}

async fn sent(app: &App, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = acceptance::http().get(format!("{}{path}", app.address()));
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    });
    let response = request.bearer_auth(vng()).send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    response
}

/// The headers that are the same for every request.
fn shown(response: &Response) -> Vec<(String, String)> {
    let differ = [
        "content-length",
        "date",
        "ratelimit",
        "traceparent",
        "transfer-encoding",
        "x-request-id",
    ];
    let mut shown: Vec<_> = response
        .headers()
        .iter()
        .filter(|(name, _)| !differ.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    shown.sort_unstable();
    shown
}

#[tokio::test]
async fn a_kept_table_has_the_headers_of_a_computed_one_and_is_compressed_as_requested() {
    let app = spawn_app();
    prepare(&app).await;
    for path in PAGES {
        for accepted in ["gzip", "identity"] {
            let encoding = ("accept-encoding", accepted);
            let prefer = ("prefer", "odata.maxpagesize=7");
            let anew = [encoding, prefer, ("cache-control", "no-cache")];
            let computed = sent(&app, path, &anew).await;
            let headers = shown(&computed);
            let bytes = computed.bytes().await.unwrap();
            let before = hits(&app).await;
            let kept = sent(&app, path, &[encoding, prefer]).await;
            assert_eq!(shown(&kept), headers, "{path} {accepted}");
            let given = kept.bytes().await.unwrap();
            assert_eq!(hits(&app).await, before + 1, "{path} {accepted}");
            let plain = |bytes: &[u8]| {
                let mut text = String::new();
                if accepted == "gzip" {
                    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
                } else {
                    text.push_str(std::str::from_utf8(bytes).unwrap());
                }
                text
            };
            assert_eq!(plain(&given), plain(&bytes), "{path} {accepted}");
        }
    }
    // Another size of page is another page.
    let path = PAGES[0];
    let seven = [("prefer", "odata.maxpagesize=1")];
    let small = sent(&app, path, &seven).await.text().await.unwrap();
    assert!(small.contains("@odata.nextLink"));
    let whole = sent(&app, path, &[]).await.text().await.unwrap();
    assert!(!whole.contains("@odata.nextLink"));
    // So is the same at another address.
    let known = app.beside_known_as("https://monitor.example.nl");
    let there = known.with(&vng()).taking_kept();
    assert!(
        there
            .get(path)
            .await
            .body
            .contains("https://monitor.example.nl/v1/odata")
    );
}

/// A next page is of the moment of the first, whatever was kept of either.
#[tokio::test]
async fn a_kept_next_page_is_of_the_moment_of_the_first() {
    let app = spawn_app();
    let client = app.with(&vng()).taking_kept();
    a_period().sent_by(&client).await;
    for code in ["GM0402", "GM0363"] {
        submit(&app, code).await;
    }
    let small = [("prefer", "odata.maxpagesize=1")];
    let path = "/v1/odata/fact_submission_history?$select=municipality_code";
    let first = sent(&app, path, &small).await;
    let first: serde_json::Value = first.json().await.unwrap();
    let next = first["@odata.nextLink"].as_str().unwrap();
    let next = next.replace(app.address(), "");
    let rows = async || {
        let page = sent(&app, &next, &small).await;
        let page: serde_json::Value = page.json().await.unwrap();
        page["value"].clone()
    };
    let expected = rows().await;
    assert_eq!(expected[0]["municipality_code"], "GM0402");
    assert_eq!(rows().await, expected);
    submit(&app, "GM0344").await;
    assert_eq!(rows().await, expected);
    assert_eq!(rows().await, expected);
}
