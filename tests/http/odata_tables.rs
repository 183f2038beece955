//! OData at the address of one table, as Excel and Tableau are given it.

use std::collections::BTreeSet;

use acceptance::{App, http, spawn_app};
use serde_json::{Value, json};

/// What Power Query sends, which Excel and Power BI share.
const ACCEPT: &str = "application/json;odata.metadata=minimal;q=1.0,application/json;\
    odata=minimalmetadata;q=0.9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,\
    application/json;q=0.7,text/plain;q=0.7";

/// The answer to Power Query: its content type, how often it names its version, and its body.
async fn mashup(address: &str) -> (String, Vec<String>, String) {
    let request = http().get(address).header("accept", ACCEPT);
    let response = request.header("odata-maxversion", "4.0").send().await;
    let response = response.expect("the service answers");
    assert_eq!(response.status(), 200, "{address}");
    let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap().to_owned();
    let kind = text(&response.headers()["content-type"]);
    let versions = response.headers().get_all("odata-version").iter();
    let versions = versions.map(text).collect();
    (kind, versions, response.text().await.expect("a text"))
}

async fn rows_of(app: &App, table: &str) -> Value {
    let address = format!("{}/v1/odata/public/{table}/$count", app.address());
    let (_, _, body) = mashup(&address).await;
    body.parse::<u64>().expect("a number").into()
}

/// "The given URL neither points to an OData service or a feed" is what Excel says of an address
/// whose answer has no context that leads to its metadata (OData/WebApi, issues 2346 and 2349;
/// microsoft/DataConnectors, issue 408), of a version that is named twice (NLstn/go-odata, issue
/// 874), and of metadata that come as anything but XML (flat3/lodata, issue 441).
#[tokio::test]
async fn excel_opens_the_address_of_a_table_and_follows_it_to_metadata_and_end() {
    let app = spawn_app();
    let root = format!("{}/v1/odata/public", app.address());
    for table in ["dim_action", "dim_municipality", "fact_budget_current"] {
        let mut next = Some(format!("{root}/{table}"));
        let mut rows = 0_u64;
        while let Some(address) = next {
            let (kind, versions, body) = mashup(&address).await;
            assert!(
                kind.starts_with("application/json;odata.metadata=minimal"),
                "{kind}"
            );
            assert_eq!(versions, ["4.0"], "{address}");
            let page: Value = serde_json::from_str(&body).expect("JSON");
            assert_eq!(
                page["@odata.context"],
                json!(format!("{root}/$metadata#{table}"))
            );
            rows += u64::try_from(page["value"].as_array().expect("rows").len()).unwrap();
            next = page["@odata.nextLink"].as_str().map(str::to_owned);
        }
        assert_eq!(rows_of(&app, table).await, rows, "{table}");
        // The context, without its fragment.
        let (kind, versions, metadata) = mashup(&format!("{root}/$metadata")).await;
        assert_eq!(
            (kind.as_str(), versions),
            ("application/xml", vec!["4.0".to_owned()])
        );
        let set = format!("<EntitySet Name=\"{table}\"");
        assert_eq!(metadata.matches(&set).count(), 1, "{table}");
    }
}

/// Tableau reads the columns of a table from an answer without rows, and then rows in parts of its
/// own size, which it ends at a part that is not full.
#[tokio::test]
async fn tableau_reads_columns_without_rows_and_rows_in_parts() {
    let app = spawn_app();
    let table = format!("{}/v1/odata/public/dim_municipality", app.address());
    let page = async |query: &str| -> Vec<Value> {
        let (_, _, body) = mashup(&format!("{table}?{query}")).await;
        let page: Value = serde_json::from_str(&body).expect("JSON");
        page["value"].as_array().expect("rows").clone()
    };
    assert!(page("$top=0").await.is_empty());
    let mut codes = Vec::new();
    loop {
        let part = page(&format!("$top=100&$skip={}", codes.len())).await;
        codes.extend(part.iter().map(|row| row["municipality_key"].to_string()));
        if part.len() < 100 {
            break;
        }
    }
    assert_eq!(codes.len(), 394);
    let each_once: BTreeSet<String> = codes.into_iter().collect();
    assert_eq!(each_once.len(), 394);
}
