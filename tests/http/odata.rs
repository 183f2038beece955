//! OData: the same rows as the feeds, in the requests that Power Query, Excel and Tableau send.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{Answer, App, municipality, spawn_app, vng};
use serde_json::{Value, json};

use crate::feeds::{Read, confirm, everybody, listed, prepare, submit};

/// Asks an address with headers, and gives the answer with its content type.
async fn ask(address: &str, token: Option<&str>, headers: &[(&str, &str)]) -> (Answer, String) {
    let mut request = acceptance::http().get(address);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.expect("the service answers");
    let header = |name: &str| {
        let value = response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let content_type = header("content-type");
    assert!(header("odata-version") == "4.0", "{address}");
    let status = response.status().as_u16();
    let body = response.text().await.expect("a text");
    (Answer { status, body }, content_type)
}

/// Follows next links to the end and gives all rows.
async fn whole(app: &App, token: Option<&str>, path: &str, size: Option<&str>) -> Vec<Value> {
    let prefer = size.map(|size| format!("odata.maxpagesize={size}"));
    let headers: Vec<(&str, &str)> = prefer
        .iter()
        .map(|prefer| ("prefer", prefer.as_str()))
        .collect();
    let mut next = Some(format!("{}{path}", app.address()));
    let mut rows = Vec::new();
    while let Some(address) = next {
        let (answer, _) = ask(&address, token, &headers).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        let page = answer.json();
        rows.extend(page["value"].as_array().expect("rows").iter().cloned());
        next = page["@odata.nextLink"].as_str().map(str::to_owned);
    }
    rows
}

#[tokio::test]
async fn every_role_loads_the_rows_of_the_feeds_with_their_types() {
    let app = spawn_app();
    prepare(&app).await;
    for (role, client) in everybody(&app) {
        let root = if role == "public" {
            "/v1/odata/public"
        } else {
            "/v1/odata"
        };
        let sets = client.get(root).await.json();
        let sets: Vec<&str> = sets["value"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|set| set["name"].as_str())
            .collect();
        let metadata = client.get(&format!("{root}/$metadata")).await.body;
        for table in listed(&client).await {
            let is_there = table.rows.is_some() && (role != "public" || table.is_public);
            assert_eq!(
                sets.contains(&table.name.as_str()),
                is_there,
                "{role} {}",
                table.name
            );
            assert_eq!(
                metadata.contains(&format!("<EntitySet Name=\"{}\"", table.name)),
                is_there
            );
            // Everybody's tables are compared once; a scoped one for each role that reads it.
            let Some(count) = table.rows.filter(|_| !table.is_public || role == "public") else {
                continue;
            };
            let shown = client.get(&format!("{root}/{}/$count", table.name)).await;
            assert_eq!(shown.body, count.to_string(), "{role} {}", table.name);
            let names: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).collect();
            let feed = client
                .get(&format!("/v1/feeds/{}.ndjson", table.name))
                .await
                .body;
            let feed = Read::ndjson(&names, &feed);
            let mut rows = Vec::new();
            let mut next = Some(format!("{root}/{}", table.name));
            while let Some(path) = next {
                let page = client.get(&path).await.json();
                rows.extend(page["value"].as_array().unwrap().iter().cloned());
                let link = page["@odata.nextLink"].as_str();
                next = link.map(|link| link.replace(app.address(), ""));
            }
            for row in &rows {
                for (name, kind) in &table.columns {
                    let fits = match (&row[name], kind.as_str()) {
                        (Value::Null, _) => true,
                        (Value::Number(number), "INTEGER") => number.is_i64(),
                        (Value::Number(_), "DECIMAL") => true,
                        (Value::Bool(_), "BOOLEAN") => true,
                        (Value::String(day), "DATE") => day.len() == 10,
                        (Value::String(instant), "INSTANT") => {
                            instant.len() == 27 && instant.ends_with('Z')
                        }
                        (Value::String(text), "TEXT") => !text.is_empty(),
                        _ => false,
                    };
                    assert!(fits, "{}.{name}: {}", table.name, row[name]);
                }
            }
            let shown = Read::objects(&names, rows.iter());
            assert!(
                shown == feed,
                "{role} {}: OData and the feed differ",
                table.name
            );
        }
    }
}

/// What Power Query (Power BI and Excel, "Get data, OData feed") sends. Its `Accept` names many
/// forms of JSON and Atom, and it reads `$metadata` as XML only, whatever header went with it
/// (flat3/lodata, issue 441); data must come as JSON that says `odata.metadata=minimal`
/// (NLstn/go-odata, issue 874). Steps of the query fold into `$filter`, `$select`, `$orderby`,
/// `$top`, and the address stays below 2048 letters (the documentation of OData.Feed).
async fn mashup(app: &App, path: &str) -> (Answer, String) {
    let accept = "application/json;odata.metadata=minimal;q=1.0,application/json;\
        odata=minimalmetadata;q=0.9,\
        application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/json;q=0.7,\
        text/plain;q=0.7";
    let headers = [
        ("accept", accept),
        ("odata-maxversion", "4.0"),
        (
            "user-agent",
            "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)",
        ),
    ];
    let address = format!("{}/v1/odata{path}", app.address());
    ask(&address, Some(&vng()), &headers).await
}

#[tokio::test]
async fn power_query_reads_the_service_and_its_metadata() {
    let app = spawn_app();
    let root = format!("{}/v1/odata", app.address());
    let (service, kind) = mashup(&app, "").await;
    assert!(
        kind.starts_with("application/json;odata.metadata=minimal"),
        "{kind}"
    );
    assert_eq!(
        service.json()["@odata.context"],
        format!("{root}/$metadata")
    );
    let (metadata, kind) = mashup(&app, "/$metadata").await;
    assert_eq!(kind, "application/xml");
    assert!(
        metadata
            .body
            .starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"4.0\"")
    );
    assert!(!metadata.body.contains("NavigationProperty") && !metadata.body.contains("Annotation"));
}

#[tokio::test]
async fn power_query_folds_its_steps_into_one_request() {
    let app = spawn_app();
    prepare(&app).await;
    let root = format!("{}/v1/odata", app.address());
    // The preview, then filters on rows, chosen columns, sorting.
    let (preview, _) = mashup(&app, "/fact_verdict_current?$top=1000").await;
    assert_eq!(preview.json()["value"].as_array().unwrap().len(), 684);
    let folded = "/fact_verdict_current?$filter=basis%20eq%20%27CONFIRMED%27%20and%20assessment_version%20ne%20null\
        &$select=municipality_code%2Cstatus&$orderby=municipality_code%20desc&$top=1000";
    let (folded, _) = mashup(&app, folded).await;
    assert_eq!(
        folded.json(),
        json!({
            "@odata.context": format!("{root}/$metadata#fact_verdict_current(municipality_code,\
                status)"),
            "value": [{ "municipality_code": "GM0402", "status": "NOT_COMPLIANT" }],
        })
    );
}

#[tokio::test]
async fn power_query_refreshes_a_partition() {
    let app = spawn_app();
    prepare(&app).await;
    // An incremental refresh sends the bounds of a partition (RangeStart and RangeEnd) for a column
    // of instants; on OData they fold into the request (MicrosoftDocs/powerbi-docs, issue 1771;
    // microsoft/finops-toolkit, pull request 2317).
    for (from, until, count) in [
        ("2026-11-01", "2026-12-01", "2"),
        ("2026-12-01", "2027-01-01", "0"),
    ] {
        let range = format!(
            "submitted_at%20ge%20{from}T00:00:00Z%20and%20submitted_at%20lt%20{until}T00:00:00Z"
        );
        let path = format!("/fact_submission_history/$count?$filter={range}");
        assert_eq!(mashup(&app, &path).await.0.body, count, "{from}");
        let path = format!(
            "/fact_submission_history?$filter={range}&$select=municipality_code,submitted_at,\
                recorded_at"
        );
        let rows = mashup(&app, &path).await.0.json();
        assert_eq!(rows["value"].as_array().unwrap().len().to_string(), count);
    }
}

/// All verdicts, as the preview of Power Query brings them.
async fn verdicts(app: &App) -> Vec<Value> {
    let (preview, _) = mashup(app, "/fact_verdict_current?$top=1000").await;
    preview.json()["value"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_filter_of_power_query_gives_the_rows_that_fit() {
    let app = spawn_app();
    prepare(&app).await;
    let preview = verdicts(&app).await;
    // Each filter is held to the same rows, filtered by hand.
    type Fits = fn(&Value) -> bool;
    let filters: [(&str, Fits, usize); 8] = [
        (
            "basis eq 'SUBMITTED' and not (status eq 'NOT_ASSESSED')",
            |row| row["basis"] == "SUBMITTED" && row["status"] != "NOT_ASSESSED",
            2,
        ),
        (
            "assessment_version eq 1 and is_provisional eq true",
            |row| row["assessment_version"] == 1 && row["is_provisional"] == true,
            3,
        ),
        (
            "municipality_code in ('GM0402','GM0363') or verdict_from eq null and basis eq \
                'CONFIRMED'",
            |row| {
                row["municipality_code"] == "GM0402"
                    || row["municipality_code"] == "GM0363"
                    || (row["verdict_from"].is_null() && row["basis"] == "CONFIRMED")
            },
            344,
        ),
        (
            "verdict_from ge 2026-11-22 and verdict_from lt 2026-11-23",
            |row| row["verdict_from"] == "2026-11-22",
            3,
        ),
        (
            "year(verdict_from) eq 2026 and month(verdict_from) eq 11",
            |row| row["verdict_from"] == "2026-11-22",
            3,
        ),
        (
            "recorded_at gt 2026-11-22T12:00:00.000001Z",
            |row| row["recorded_at"].as_str().unwrap() > "2026-11-22T12:00:00.000001Z",
            684,
        ),
        (
            "not (assessment_version gt 0)",
            |row| row["assessment_version"].is_null(),
            681,
        ),
        ("ledger_no eq 1.5", |_| false, 0),
    ];
    for (filter, fits, count) in filters {
        let path = format!(
            "/fact_verdict_current/$count?$filter={}",
            filter.replace(' ', "%20")
        );
        let (shown, kind) = mashup(&app, &path).await;
        assert_eq!(kind, "text/plain; charset=utf-8");
        let by_hand = preview.iter().filter(|row| fits(row)).count();
        assert_eq!(shown.body, by_hand.to_string(), "{filter}");
        assert!(
            by_hand == count || filter.starts_with("recorded_at"),
            "{filter}: {by_hand}"
        );
    }
}

#[tokio::test]
async fn a_filter_on_a_text_gives_the_names_that_fit() {
    let app = spawn_app();
    prepare(&app).await;
    let preview = verdicts(&app).await;
    type NameFits = fn(&str) -> bool;
    let by_name: [(&str, NameFits); 6] = [
        ("contains(municipality_name,'sterda')", |name| {
            name.contains("sterda")
        }),
        ("startswith(tolower(municipality_name),'hilv')", |name| {
            name.to_lowercase().starts_with("hilv")
        }),
        ("endswith(municipality_name,'drecht')", |name| {
            name.ends_with("drecht")
        }),
        ("not contains(municipality_name,'e')", |name| {
            !name.contains('e')
        }),
        ("municipality_name eq '''s-Hertogenbosch'", |name| {
            name == "'s-Hertogenbosch"
        }),
        ("length(municipality_name) le 4", |name| {
            name.chars().count() <= 4
        }),
    ];
    for (filter, fits) in by_name {
        let path = format!(
            "/fact_verdict_current/$count?$filter={}",
            filter.replace(' ', "%20")
        );
        let names = preview
            .iter()
            .filter_map(|row| row["municipality_name"].as_str());
        let count = names.filter(|name| fits(name)).count();
        assert!(count > 0 && count < 684, "{filter}");
        assert_eq!(
            mashup(&app, &path).await.0.body,
            count.to_string(),
            "{filter}"
        );
    }
}

/// Tableau asks for the service and the first rows with `Accept` of Atom before JSON
/// (pofider/node-simple-odata-server, pull request 10) and pages with `$skip` and `$top`; Excel
/// adds `$format=json`, and an answer without a content type is an error to it
/// (JocaPC/sql-server-rest-api, issue 8).
#[tokio::test]
async fn tableau_and_excel_page_through_everybodys_tables_without_a_login() {
    let app = spawn_app();
    let atom = [(
        "accept",
        "application/atom+xml,application/xml;q=0.9,*/*;q=0.8",
    )];
    let root = format!("{}/v1/odata/public", app.address());
    let (service, kind) = ask(&format!("{root}/"), None, &atom).await;
    assert!(kind.starts_with("application/json"));
    assert_eq!(service.json()["value"].as_array().unwrap().len(), 30);
    let mut codes: Vec<String> = Vec::new();
    for skip in [0, 200, 400] {
        let path =
            format!("{root}/dim_municipality?$skip={skip}&$top=200&$count=true&$format=json");
        let (page, _) = ask(&path, None, &atom).await;
        let page = page.json();
        assert_eq!(page["@odata.count"], 394);
        assert_eq!(
            page.get("@odata.nextLink"),
            None,
            "what was asked for is there"
        );
        codes.extend(
            page["value"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["municipality_key"].to_string()),
        );
    }
    assert_eq!(codes.len(), 394);
    codes.dedup();
    assert_eq!(codes.len(), 394);
    // By key, by an order, and in one page: the same rows.
    let by_key = whole(&app, None, "/v1/odata/public/dim_municipality", Some("37")).await;
    let by_order = whole(
        &app,
        None,
        "/v1/odata/public/dim_municipality?$orderby=tile_row%20desc,name",
        Some("37"),
    )
    .await;
    let at_once = whole(&app, None, "/v1/odata/public/dim_municipality", None).await;
    assert_eq!(by_key, at_once);
    let rows = |rows: &[Value]| -> BTreeMap<String, Value> {
        rows.iter()
            .map(|row| (row["municipality_key"].to_string(), row.clone()))
            .collect()
    };
    assert_eq!(rows(&by_order), rows(&at_once));
    let tiles: Vec<Option<i64>> = by_order
        .iter()
        .map(|row| row["tile_row"].as_i64())
        .collect();
    assert!(
        tiles.is_sorted_by(|a, b| a >= b),
        "nothing comes last when it goes down"
    );
}

#[tokio::test]
async fn pages_of_one_load_belong_together_and_a_changed_scope_ends_it() {
    let app = spawn_app();
    prepare(&app).await;
    let reviewer = vng();
    let root = format!("{}/v1/odata", app.address());
    let first = format!("{root}/fact_verdict_current?$filter=status%20ne%20'X'&$count=true");
    let small = [("prefer", "odata.maxpagesize=300")];
    let (page, _) = ask(&first, Some(&reviewer), &small).await;
    let page = page.json();
    let next = page["@odata.nextLink"]
        .as_str()
        .expect("there is more")
        .to_owned();
    assert!(
        next.starts_with(&format!("{root}/fact_verdict_current?%24filter="))
            || next.contains("$filter="),
        "{next}"
    );
    // Somebody submits and midnight passes: the load that began goes on as it began.
    submit(&app, "GM0417").await;
    confirm(&app, "GM0363").await;
    app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    let mut rows = page["value"].as_array().unwrap().clone();
    let mut next = Some(next);
    while let Some(address) = next {
        let (page, _) = ask(&address, Some(&reviewer), &small).await;
        let page = page.json();
        assert_eq!(page["@odata.count"], 684);
        rows.extend(page["value"].as_array().unwrap().iter().cloned());
        next = page["@odata.nextLink"].as_str().map(str::to_owned);
    }
    assert_eq!(rows.len(), 684);
    let judged = |rows: &[Value]| {
        rows.iter()
            .filter(|row| row["status"] != "NOT_ASSESSED")
            .count()
    };
    assert_eq!(judged(&rows), 3);
    assert_eq!(
        judged(
            &whole(
                &app,
                Some(&reviewer),
                "/v1/odata/fact_verdict_current",
                None
            )
            .await
        ),
        5
    );

    // Another organisation cannot go on with it.
    let (page, _) = ask(&first, Some(&reviewer), &small).await;
    let next = page.json()["@odata.nextLink"].as_str().unwrap().to_owned();
    let (shown, _) = ask(&next, Some(&municipality("GM0402")), &small).await;
    assert_eq!(
        (shown.status, shown.json()["error"]["code"].clone()),
        (410, json!("FULL_RELOAD"))
    );
}

/// What "OData 4.0 Minimal Conformance Level" asks (OData 4.01 part 1, 13.1.1), point by point.
/// `ask` holds every answer to `OData-Version: 4.0`.
#[tokio::test]
async fn the_minimal_conformance_level_is_kept() {
    let app = spawn_app();
    let root = format!("{}/v1/odata/public", app.address());
    // 1, 2: a service document at the root, in a format of OData; each address in it leads to a
    // set.
    for root in [root.clone(), format!("{root}/")] {
        let (service, kind) = ask(&root, None, &[]).await;
        assert!(
            kind.starts_with("application/json;odata.metadata=minimal"),
            "{kind}"
        );
        let service = service.json();
        assert!(
            service["@odata.context"]
                .as_str()
                .unwrap()
                .ends_with("/v1/odata/public/$metadata")
        );
        for set in service["value"].as_array().unwrap() {
            assert_eq!(
                (&set["kind"], &set["url"]),
                (&json!("EntitySet"), &set["name"])
            );
        }
    }
    // 3: paging by the server: the next link is taken as it is, and the last page has none.
    let small = [("prefer", "odata.maxpagesize=20")];
    let (page, _) = ask(&format!("{root}/dim_action?$top=45"), None, &small).await;
    let mut page = page.json();
    let mut sizes = vec![page["value"].as_array().unwrap().len()];
    while let Some(next) = page["@odata.nextLink"].as_str().map(str::to_owned) {
        page = ask(&next, None, &small).await.0.json();
        sizes.push(page["value"].as_array().unwrap().len());
    }
    assert_eq!(sizes, [20, 20, 5]);
    // 4: the version, and a client that knows no such one is told so.
    for (most, status) in [("4.0", 200), ("4.01", 200), ("3.0", 400)] {
        let (answer, _) = ask(
            &format!("{root}/dim_action"),
            None,
            &[("odata-maxversion", most)],
        )
        .await;
        assert_eq!(answer.status, status, "{most}");
    }
    // 8, 9, 13: types of the standard alone, and nothing that a client must understand besides.
    let (metadata, _) = ask(&format!("{root}/$metadata"), None, &[]).await;
    let types: BTreeSet<&str> = metadata
        .body
        .split("Type=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| !name.starts_with("stm.bi."))
        .collect();
    let known = [
        "Edm.Boolean",
        "Edm.Date",
        "Edm.DateTimeOffset",
        "Edm.Decimal",
        "Edm.Int64",
        "Edm.String",
    ];
    assert_eq!(types, BTreeSet::from(known));
}

/// Point 7 of the level.
#[tokio::test]
async fn an_option_is_followed_or_it_is_not_implemented() {
    let app = spawn_app();
    let root = format!("{}/v1/odata/public", app.address());
    for (query, status) in [
        ("$select=title_nl&$top=1", 200),
        ("$select=*", 200),
        ("$format=application/json;odata.metadata=minimal", 200),
        ("$filter=action_number%20add%201%20eq%202", 501),
        ("$filter=substring(title_nl,1)%20eq%20'x'", 501),
        ("$orderby=tolower(title_nl)", 501),
        ("$orderby=length(title_nl)%20desc,action_key", 501),
        ("$expand=line", 501),
        ("$search=zeden", 501),
        (
            "$apply=aggregate(action_number%20with%20sum%20as%20total)",
            501,
        ),
        ("$format=xml", 501),
        ("$colour=red", 400),
    ] {
        let (answer, _) = ask(&format!("{root}/dim_action?{query}"), None, &[]).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
    }
    for (more, name) in [
        ("$batch", "$batch"),
        ("$all", "$all"),
        (
            "$crossjoin(dim_action,dim_goal)",
            "$crossjoin(dim_action,dim_goal)",
        ),
        ("dim_action('2024/1')/title_nl", "title_nl"),
        ("dim_action('2024/1')/title_nl/$value", "title_nl"),
        ("dim_action/$each/", "$each"),
    ] {
        let (answer, _) = ask(&format!("{root}/{more}"), None, &[]).await;
        assert_eq!(answer.status, 501, "{more}: {}", answer.body);
        let error = &answer.json()["error"];
        let message = error["message"].as_str().expect("a sentence");
        let expected = format!("This service does not know `{name}`.");
        assert!(message.starts_with(&expected), "{more}: {message}");
    }
}

/// Point 10 of the level.
#[tokio::test]
async fn nothing_is_updated() {
    let app = spawn_app();
    let root = format!("{}/v1/odata/public", app.address());
    for method in [
        reqwest::Method::POST,
        reqwest::Method::PATCH,
        reqwest::Method::PUT,
        reqwest::Method::DELETE,
    ] {
        for path in ["", "/dim_action", "/dim_action/$count"] {
            let sent = acceptance::http().request(method.clone(), format!("{root}{path}"));
            let answer = sent.body("{}").send().await.expect("the service answers");
            assert_eq!(answer.status(), 405, "{method} {path}");
            assert_eq!(
                (
                    &answer.headers()["odata-version"],
                    &answer.headers()["allow"]
                ),
                (&"4.0".parse().unwrap(), &"GET".parse().unwrap())
            );
            let error: Value = answer.json().await.expect("an error of OData");
            assert_eq!(error["error"]["code"], "BAD_REQUEST");
        }
    }
}

/// A next page is at the address that the operator set, whatever the request says of itself; where
/// none is set, at the one that the request was sent to. Only a proxy of our own tells that it was
/// asked over https.
#[tokio::test]
async fn addresses_in_answers_are_those_that_users_know() {
    let app = spawn_app();
    let known = app.beside_known_as("https://monitor.example.nl");
    let behind_a_proxy = app.beside_behind_a_proxy();
    for (address, sent_to, scheme, expected) in [
        (
            known.address(),
            "evil.example",
            "http",
            "https://monitor.example.nl",
        ),
        (
            behind_a_proxy.address(),
            "stm.example.nl",
            "https",
            "https://stm.example.nl",
        ),
        (
            app.address(),
            "stm.example.nl",
            "https",
            "http://stm.example.nl",
        ),
        (
            app.address(),
            "stm.example.nl:8080",
            "http",
            "http://stm.example.nl:8080",
        ),
    ] {
        let headers = [
            ("host", sent_to),
            ("x-forwarded-proto", scheme),
            ("prefer", "odata.maxpagesize=1"),
        ];
        let root = "/v1/odata/public";
        let (page, _) = ask(&format!("{address}{root}/dim_plan_version"), None, &headers).await;
        let page = page.json();
        assert_eq!(
            page["@odata.context"],
            format!("{expected}{root}/$metadata#dim_plan_version")
        );
        let next = page["@odata.nextLink"].as_str().expect("there are two");
        assert!(
            next.starts_with(&format!("{expected}{root}/dim_plan_version?$skiptoken=")),
            "{next}"
        );
        let (service, _) = ask(&format!("{address}{root}"), None, &headers).await;
        assert_eq!(
            service.json()["@odata.context"],
            format!("{expected}{root}/$metadata")
        );
        // A file of Power BI (protocol "odata" with an address, as its documentation of PBIDS files
        // has it) per feed.
        for (table, set) in [
            ("dim_action", "public/dim_action"),
            ("fact_verdict_current", "fact_verdict_current"),
        ] {
            let sent = acceptance::http()
                .get(format!("{address}/v1/feeds/{table}.pbids"))
                .header("host", sent_to)
                .header("x-forwarded-proto", scheme);
            let answer = sent.send().await.expect("the service answers");
            assert_eq!(
                answer.headers()["content-disposition"],
                format!("attachment; filename=\"{table}.pbids\"")
            );
            let file: Value = answer.json().await.expect("JSON");
            assert_eq!(
                file,
                json!({
                    "version": "0.1",
                    "connections": [
                        {
                            "mode": "Import",
                            "details": {
                                "protocol": "odata",
                                "address": { "url": format!("{expected}/v1/odata/{set}") },
                            },
                        },
                    ],
                })
            );
        }
    }
    assert_eq!(
        app.public().get("/v1/feeds/dim_actoin.pbids").await.status,
        404
    );
}

#[tokio::test]
async fn mistakes_have_the_form_of_odata() {
    let app = spawn_app();
    let root = format!("{}/v1/odata", app.address());
    let public = format!("{root}/public/dim_action");
    for (address, status, code) in [
        (root.clone(), 401, "UNAUTHENTICATED"),
        (format!("{root}/$metadata"), 401, "UNAUTHENTICATED"),
        (format!("{root}/dim_action"), 401, "UNAUTHENTICATED"),
        (
            format!("{root}/public/fact_verdict_current"),
            404,
            "NOT_FOUND",
        ),
        (format!("{root}/public/dim_actoin"), 404, "NOT_FOUND"),
        (
            format!("{public}?$filter=colour%20eq%201"),
            400,
            "BAD_REQUEST",
        ),
        (
            format!("{public}?$filter=action_number%20eq%20'1'"),
            400,
            "BAD_REQUEST",
        ),
        (format!("{public}?$expand=line"), 501, "BAD_REQUEST"),
        (format!("{public}?$skiptoken=abc"), 400, "BAD_REQUEST"),
        (
            format!("{public}?$filter=action_number%20eq%2099999999999999999999.5"),
            200,
            "",
        ),
        (
            format!("{public}?$filter=title_nl%20eq%20'%00'"),
            400,
            "BAD_REQUEST",
        ),
    ] {
        let (answer, _) = ask(&address, None, &[]).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
        if status != 200 {
            let error = &answer.json()["error"];
            assert_eq!(error["code"], code, "{address}");
            assert!(error["message"].is_string() && error["innererror"]["messageNl"].is_string());
        }
    }
    let (two, _) = ask(
        &format!("{public}?$filter=a%20eq%201&$select=b&$top=x"),
        None,
        &[],
    )
    .await;
    assert_eq!(two.json()["error"]["details"].as_array().unwrap().len(), 3);
    let address = format!("{public}?$filter=valid_from%20ge%2001-12-2026");
    let (no_day, _) = ask(&address, None, &[]).await;
    assert_eq!(no_day.status, 400);
    let error = &no_day.json()["error"];
    assert_eq!(
        [&error["message"], &error["innererror"]["messageNl"]],
        [
            "`valid_from` in `$filter` is \"01-12-2026\"; a date like 2026-12-01 belongs here.",
            "`valid_from` in `$filter` is \"01-12-2026\"; hier hoort een datum zoals 2026-12-01.",
        ]
    );
}

/// How many rows of a public table fit a filter, of which blanks are escaped and nothing else.
async fn counted(app: &App, table: &str, filter: &str) -> (u16, String) {
    let root = format!("{}/v1/odata/public", app.address());
    let filter = filter.replace(' ', "%20");
    let (answer, _) = ask(&format!("{root}/{table}/$count?{filter}"), None, &[]).await;
    (answer.status, answer.body)
}

/// A function of null is null, and so is what is negated: such a row is among neither.
#[tokio::test]
async fn a_function_of_null_is_null() {
    let app = spawn_app();
    let public = app.public();
    let path = "/v1/odata/public/fact_action_status_current";
    let rows = public.get(path).await.json();
    let rows = rows["value"].as_array().unwrap().clone();
    let causes: Vec<Option<&str>> = rows
        .iter()
        .map(|row| row["delay_cause_nl"].as_str())
        .collect();
    let known: Vec<&str> = causes.iter().copied().flatten().collect();
    assert_eq!((causes.len(), known.len()), (46, 1));
    for function in ["startswith", "endswith", "contains"] {
        for (filter, expected) in [
            (format!("not {function}(delay_cause_nl,'@@')"), 1),
            (format!("not ({function}(delay_cause_nl,'@@'))"), 1),
            (format!("{function}(delay_cause_nl,'@@') eq false"), 1),
            (format!("{function}(delay_cause_nl,'@@') ne true"), 46),
            (format!("{function}(delay_cause_nl,'@@') eq null"), 45),
            (
                format!("{function}(tolower(delay_cause_nl),'@@') ne null"),
                1,
            ),
            (format!("not {function}('@@',delay_cause_nl)"), 1),
            (format!("not {function}(null,'@@')"), 0),
            (format!("{function}(delay_cause_nl,'@@') or true"), 46),
            (
                format!("not ({function}(delay_cause_nl,'@@') and false)"),
                46,
            ),
        ] {
            let query = format!("$filter={filter}");
            let found = counted(&app, "fact_action_status_current", &query).await;
            assert_eq!(found, (200, expected.to_string()), "{filter}");
        }
    }
    // A comparison with null is false and not null, as the standard says.
    for (filter, expected) in [
        ("not (tolower(delay_cause_nl) eq 'x')", 46),
        ("not (length(delay_cause_nl) gt 0)", 45),
        ("not (trim(delay_cause_nl) ne null)", 45),
        ("not (delay_cause_nl in ('x',null))", 1),
    ] {
        let query = format!("$filter={filter}");
        let found = counted(&app, "fact_action_status_current", &query).await;
        assert_eq!(found, (200, expected.to_string()), "{filter}");
    }
}

/// Letters change case alike whatever locale the database was made with, and a condition is a value.
#[tokio::test]
async fn letters_change_case_everywhere_and_conditions_are_compared() {
    let app = spawn_app();
    let names = whole(
        &app,
        None,
        "/v1/odata/public/dim_municipality?$select=name",
        None,
    )
    .await;
    let names: Vec<&str> = names
        .iter()
        .filter_map(|row| row["name"].as_str())
        .collect();
    let count = |fits: &dyn Fn(&str) -> bool| names.iter().filter(|name| fits(name)).count();
    let has_dam = count(&|name| name.contains("dam"));
    let long = count(&|name| name.chars().count() > 12);
    let neither = count(&|name| !name.contains("dam") && name.chars().count() <= 12);
    let both = count(&|name| name.contains("dam") && name.chars().count() > 12);
    assert!(has_dam > 0 && long > 0 && both > 0 && neither > 0);
    for (filter, expected) in [
        ("toupper(name) eq 'S%C3%9ADWEST-FRYSL%C3%82N'", 1),
        ("tolower(name) eq 's%C3%BAdwest-frysl%C3%A2n'", 1),
        ("toUpper(name) eq 'S%C3%9ADWEST-FRYSL%C3%82N'", 1),
        ("tolower(toupper(name)) eq tolower(name)", names.len()),
        ("contains(name,'dam') eq true", has_dam),
        ("contains(name,'dam') eq false", names.len() - has_dam),
        ("true eq contains(name,'dam')", has_dam),
        ("false ne contains(name,'dam')", has_dam),
        ("(name eq 'Amsterdam') eq true", 1),
        ("not (name eq 'Amsterdam') eq false", 1),
        ("name eq 'Amsterdam' eq true", 1),
        (
            "contains(name,'dam') eq (length(name) gt 12)",
            both + neither,
        ),
        ("contains(name,'dam') in (true)", has_dam),
        ("not contains(name,'dam') and true", names.len() - has_dam),
        ("not name eq 'Amsterdam'", names.len() - 1),
        ("is_current eq True", 342),
        ("is_current", 342),
        ("not is_current", 52),
        ("is_current eq (valid_until eq null)", names.len()),
    ] {
        let found = counted(&app, "dim_municipality", &format!("$filter={filter}")).await;
        assert_eq!(found, (200, expected.to_string()), "{filter}");
    }
}

/// Values as the programs of others write them: the second version of OData, an address that was
/// not escaped, a value of its own.
#[tokio::test]
async fn values_are_taken_as_programs_write_them() {
    let app = spawn_app();
    let root = format!("{}/v1/odata/public", app.address());
    let rows = whole(&app, None, "/v1/odata/public/fact_budget_current", None).await;
    let all = rows.len();
    let dear = rows
        .iter()
        .filter(|row| row["amount_euros"].as_i64() > Some(50_000))
        .count();
    let of_2026 = rows.iter().filter(|row| row["year"] == 2026).count();
    assert!(dear > 0 && dear < all && of_2026 > 0 && of_2026 < all);
    for (query, expected) in [
        ("$filter=amount_euros gt 50000m", dear),
        ("$filter=amount_euros gt 50000.0M", dear),
        ("$filter=amount_euros gt 5e4", dear),
        ("$filter=amount_euros gt 50000.5d", dear),
        ("$filter=year eq 2026L", of_2026),
        ("$filter=year eq 2026f", of_2026),
        ("$filter=year EQ 2026 AND year Lt INF", of_2026),
        ("$filter=year lt 99999999999999999999999", all),
        ("$filter=year eq @year&@year=2026", of_2026),
        ("$filter=year eq @year", 0),
        ("$filter=recorded_at ge 2020-01-01T00:00:00+01:00", all),
        ("$filter=recorded_at ge 2020-01-01T00:00+01:00", all),
        ("$filter=recorded_at ge 2020-01-01T00:00Z", all),
        ("$filter=recorded_at ge datetime'2020-01-01T00:00:00'", all),
        (
            "$filter=recorded_at ge datetimeoffset'2020-01-01T00:00:00Z'",
            all,
        ),
        ("$filter=recorded_at lt 2020-01-01T00:00:00+01:00", 0),
        ("$filter=date(recorded_at) ge 2020-01-01", all),
        ("$filter=date(recorded_at) eq 2019-12-31", 0),
        (
            "$filter=hour(recorded_at) ge 0 and second(recorded_at) lt 60",
            all,
        ),
    ] {
        let found = counted(&app, "fact_budget_current", query).await;
        assert_eq!(found, (200, expected.to_string()), "{query}");
    }
    for (query, is_counted) in [
        ("$count=True&$select=*,year", true),
        ("$count=TRUE&$select=year,*&$format=JSON", true),
        ("$count=False", false),
    ] {
        let (page, _) = ask(&format!("{root}/fact_budget_current?{query}"), None, &[]).await;
        let page = page.json();
        assert_eq!(page["@odata.count"].is_number(), is_counted, "{query}");
        assert_eq!(
            page["@odata.context"],
            format!("{root}/$metadata#fact_budget_current")
        );
        assert_eq!(page["value"].as_array().unwrap().len(), all, "{query}");
    }
    // An alias goes along to the next page.
    let small = [("prefer", "odata.maxpagesize=5")];
    let path = format!("{root}/fact_budget_current?$filter=year%20eq%20@y&@y=2026");
    let (page, _) = ask(&path, None, &small).await;
    let next = page.json()["@odata.nextLink"]
        .as_str()
        .expect("more")
        .to_owned();
    let (page, _) = ask(&next, None, &small).await;
    let rows = page.json()["value"].as_array().unwrap().clone();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["year"] == 2026));
    for (filter, name) in [
        ("recorded_at lt now()", "the function `now`"),
        ("substring(title_nl,1) eq 'x'", "the function `substring`"),
        ("amount_euros add 1 eq 2", "`add`"),
        ("title_nl eq guid'1'", "`guid'…'`"),
        ("plan/title eq 'x'", "`plan/title`"),
    ] {
        let (status, body) =
            counted(&app, "fact_budget_current", &format!("$filter={filter}")).await;
        let error: Value = serde_json::from_str(&body).expect("an error of OData");
        assert_eq!(status, 501, "{filter}: {body}");
        let expected = format!("This service does not know {name}.");
        assert_eq!(error["error"]["message"], expected, "{filter}");
    }
}

/// One row by its key, whose slash is one of the key; and an address with a slash at its end.
#[tokio::test]
async fn a_row_is_found_by_its_key() {
    let app = spawn_app();
    let root = format!("{}/v1/odata/public", app.address());
    let get = async |path: &str| ask(&format!("{root}/{path}"), None, &[]).await.0;
    let all = get("dim_action?$filter=action_key%20eq%20'2024/32'")
        .await
        .json();
    let mut expected = all["value"][0].clone();
    assert_eq!(expected["action_number"], 32);
    expected["@odata.context"] = json!(format!("{root}/$metadata#dim_action/$entity"));
    for path in [
        "dim_action('2024/32')",
        "dim_action('2024/32')/",
        "dim_action('2024%2F32')",
        "dim_action(%272024%2F32%27)",
        "dim_action(action_key='2024/32')",
        "dim_action(@key)?@key='2024/32'",
    ] {
        let answer = get(path).await;
        assert_eq!(
            (answer.status, answer.json()),
            (200, expected.clone()),
            "{path}"
        );
    }
    let chosen = get("dim_action('2024/32')?$select=action_number")
        .await
        .json();
    assert_eq!(
        chosen,
        json!({
            "@odata.context": format!("{root}/$metadata#dim_action(action_number)/$entity"),
            "action_number": 32,
        })
    );
    let several = get("fact_budget_current?$top=1").await.json()["value"][0].clone();
    let key = format!(
        "fact_budget_current(year={},budget_row_key='{}')",
        several["year"],
        several["budget_row_key"].as_str().unwrap()
    );
    let found = get(&key).await.json();
    assert_eq!(found["amount_euros"], several["amount_euros"], "{key}");
    for (path, status) in [
        ("dim_action('2024/999')", 404),
        ("dim_actoin('2024/32')", 404),
        ("dim_action(32)", 400),
        ("dim_action()", 400),
        ("dim_action('2024/32')?$top=1", 400),
        ("dim_action('2024/32'", 404),
        ("fact_budget_current('x')", 400),
        ("fact_verdict_current('GM0402')", 404),
        ("dim_action/title_nl/more/and/more", 404),
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert!(answer.json()["error"]["message"].is_string(), "{path}");
    }
    let (rows, _) = ask(&format!("{root}/dim_action/?$top=1"), None, &[]).await;
    assert_eq!(rows.json()["value"].as_array().unwrap().len(), 1);
    let with = get("dim_action/$count/").await;
    assert_eq!(with.body, get("dim_action/$count").await.body);
    // An unescaped plus in an instant is one.
    let then = get("dim_action/$count?instant=2026-11-22T13:00:00+01:00").await;
    assert_eq!(then.status, 200, "{}", then.body);
    let (metadata, kind) = ask(&format!("{root}/$metadata/"), None, &[]).await;
    assert_eq!((metadata.status, kind.as_str()), (200, "application/xml"));
    let sent = acceptance::http().post(format!("{root}/dim_action('2024/1/2/3')/x/y/"));
    let refused = sent.send().await.expect("the service answers");
    assert_eq!(refused.status(), 405);
    assert_eq!(refused.headers()["odata-version"], "4.0");
}
