//! Trusted documents, and for how long an answer lasts.

use std::{fs, path::PathBuf};

use acceptance::{App, municipality, noon, spawn_app, spawn_app_limited, vng};
use chrono::TimeDelta;
use reqwest::{Method, Response, header};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use transport::{NEVER_KEPT, TrustedDocuments, limits::Limits};

use super::{answer, headers, opens_period, refusal, request};

const PERIODS: &str = "query Periods { reportingPeriods { key } }";
const MUNICIPALITY: &str = "query ($code: String!) { municipality(code: $code) { label } }\n";

/// A folder with documents, for one test.
fn folder(name: &str, documents: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    for (name, text) in documents {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn hash(document: &str) -> String {
    let digest = Sha256::digest(document);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn get(
    app: &App,
    question: &[(&str, &str)],
    known: Option<&str>,
    token: Option<&str>,
) -> Response {
    let mut request = request(app, Method::GET, "/v1/graphql").query(question);
    if let Some(known) = known {
        request = request.header(header::IF_NONE_MATCH, known);
    }
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_folder_that_does_not_fit_the_schema_is_refused_with_every_mistake() {
    let folder = folder(
        "unfit",
        &[
            ("a.graphql", "{ nothing }"),
            ("b.graphql", "{ viewer { role } }"),
            ("c.graphql", "{ viewer { role }"),
            ("notes.txt", "{ nothing }"),
        ],
    );
    let shown = TrustedDocuments::read(&folder)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        shown.contains("a.graphql: There is no field 'nothing' on Query."),
        "{shown}"
    );
    assert!(
        shown.contains("c.graphql: the bracket at line 1, column 1"),
        "{shown}"
    );
    assert!(
        !shown.contains("b.graphql") && !shown.contains("notes.txt"),
        "{shown}"
    );
    assert!(TrustedDocuments::read(&folder.join("none")).await.is_err());
}

#[tokio::test]
async fn the_public_may_be_bound_to_trusted_documents() {
    let folder = folder(
        "bound",
        &[
            ("periods.graphql", PERIODS),
            ("municipality.graphql", MUNICIPALITY),
        ],
    );
    let documents = TrustedDocuments::read(&folder).await.unwrap();
    assert_eq!(documents.len(), 2);
    let limits = Limits {
        public_trusted_only: true,
        ..Limits::default()
    };
    let app = spawn_app_limited(limits, documents);
    let id = format!("sha256:{}", hash(MUNICIPALITY));
    let variables = ("variables", r#"{"code":"GM0402"}"#);
    let hilversum = json!({ "municipality": { "label": "Hilversum" } });
    let by_id = get(&app, &[("documentId", &id), variables], None, None).await;
    assert_eq!(answer(by_id).await.data(), hilversum);
    let extensions =
        json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(MUNICIPALITY) } });
    let by_extension = [("extensions", &*extensions.to_string()), variables];
    assert_eq!(
        answer(get(&app, &by_extension, None, None).await)
            .await
            .data(),
        hilversum
    );
    let body = json!({ "documentId": id, "variables": { "code": "GM0402" } });
    let by_post = app
        .public()
        .post_raw(Some("application/json"), body.to_string().into())
        .await;
    assert_eq!(by_post.data(), hilversum);
    // The text of a trusted document is as good as its id; any other text is not.
    assert_eq!(
        app.public().ask(PERIODS).await.data(),
        json!({ "reportingPeriods": [] })
    );
    let other = "{ reportingPeriods { key } }";
    let error = refusal(&app.public().ask(other).await, 403, "FORBIDDEN");
    assert_eq!(
        error["message"],
        "Without a token you may ask trusted documents only, by `documentId`."
    );
    assert_eq!(
        app.with(&vng()).ask(other).await.data(),
        json!({ "reportingPeriods": [] })
    );
    let unknown = hash(other);
    for question in [("documentId", unknown.as_str()), ("documentId", "7")] {
        let answer = answer(get(&app, &[question], None, None).await).await;
        let error = refusal(&answer, 400, "PERSISTED_QUERY_NOT_FOUND");
        assert_eq!(error["message"], "PersistedQueryNotFound");
    }
}

#[tokio::test]
async fn an_answer_lasts_until_something_changes_or_the_day_ends() {
    let app = spawn_app();
    let question = [("query", PERIODS)];
    let first = get(&app, &question, None, None).await;
    let tag = headers(&first, "etag").concat();
    assert!(tag.starts_with("W/\"") && tag.len() == 36, "{tag}");
    assert_eq!(
        headers(&first, "cache-control"),
        ["public, max-age=60, must-revalidate"]
    );
    assert_eq!(
        headers(&first, "vary"),
        ["accept, accept-encoding, authorization"]
    );
    assert_eq!(
        answer(first).await.data(),
        json!({ "reportingPeriods": [] })
    );

    let same = get(&app, &question, Some(&tag), None).await;
    assert_eq!(
        (same.status().as_u16(), headers(&same, "etag")),
        (304, vec![tag.clone()])
    );
    assert_eq!(answer(same).await.body, "");

    // What somebody signed in asks is another answer, and lies in no shared cache.
    let token = municipality("GM0402");
    let own = get(&app, &question, Some(&tag), Some(&token)).await;
    assert_eq!(own.status(), 200);
    assert_eq!(headers(&own, "cache-control"), ["private, no-cache"]);
    let own_tag = headers(&own, "etag").concat();
    assert_ne!(own_tag, tag);
    assert_eq!(
        get(&app, &question, Some(&own_tag), Some(&token))
            .await
            .status(),
        304
    );
    let other = get(
        &app,
        &question,
        Some(&own_tag),
        Some(&municipality("GM0363")),
    )
    .await;
    assert_eq!(other.status(), 200);

    // An entry in the ledger, and the day after.
    opens_period(&app).await;
    let changed = get(&app, &question, Some(&tag), None).await;
    let changed_tag = headers(&changed, "etag").concat();
    assert_eq!(
        answer(changed).await.data(),
        json!({ "reportingPeriods": [{ "key": "2027-1" }] })
    );
    app.clock
        .set(noon() + TimeDelta::minutes(10 * 60 + 59) + TimeDelta::seconds(30));
    let late = get(&app, &question, Some(&changed_tag), None).await;
    assert_eq!(late.status(), 304);
    assert_eq!(
        headers(&late, "cache-control"),
        ["public, max-age=30, must-revalidate"]
    );
    app.clock.set(noon() + TimeDelta::hours(11));
    assert_eq!(
        get(&app, &question, Some(&changed_tag), None)
            .await
            .status(),
        200
    );

    // What fails, who one is, and what has no ledger number, is never kept.
    for question in [
        "{ viewer { role } }",
        "{ assessment(municipality: \"GM0402\", period: \"2027-1\") { state } }",
        "{ municipality(code: \"GM9999\") { label } }",
    ] {
        let response = get(&app, &[("query", question)], Some("\"other\""), None).await;
        assert_eq!(
            headers(&response, "cache-control"),
            ["no-store"],
            "{question}"
        );
        assert_eq!(headers(&response, "etag"), [""; 0], "{question}");
    }

    // The schema lasts as long as the build.
    let schema = [("query", "{ __schema { queryType { name } } }")];
    let shown = headers(&get(&app, &schema, None, None).await, "etag").concat();
    assert_eq!(get(&app, &schema, Some(&shown), None).await.status(), 304);
}

/// With an embargo ahead or without one an answer lasts until the minute ends: no header tells when
/// the embargo ends, and no cache answers past it.
#[tokio::test]
async fn no_header_tells_when_an_embargo_ends() {
    let (app, without) = (spawn_app(), spawn_app());
    let until = noon() + TimeDelta::hours(1);
    let superuser = app.database.superuser().await;
    let insert = format!(
        "insert into work.timed_release (kind, key, release_at, decision) values \
            ('MONITORING_ROUND', 'x', '{}', '{{}}')",
        until.to_rfc3339()
    );
    superuser.execute_unprepared(&insert).await.unwrap();
    superuser.close().await.unwrap();
    for (before, age) in [(3600, 60), (90, 30), (60, 60), (59, 59), (1, 1)] {
        for app in [&app, &without] {
            app.clock.set(until - TimeDelta::seconds(before));
            let answer = get(app, &[("query", PERIODS)], None, None).await;
            assert_eq!(
                headers(&answer, "cache-control"),
                [format!("public, max-age={age}, must-revalidate")],
                "{before} seconds before"
            );
        }
    }
}

#[test]
fn what_is_never_kept_stands_in_the_schema() {
    let sdl = transport::schema::sdl();
    for name in NEVER_KEPT {
        let is_there =
            ["type", "enum", "interface"].map(|kind| sdl.contains(&format!("\n{kind} {name} ")));
        assert!(is_there.contains(&true), "{name}");
        // How many there are is as much a matter of working rows as what they are.
        let connection = format!("{name}Connection");
        let is_list = sdl.contains(&format!("\ntype {connection} "));
        assert!(
            !is_list || NEVER_KEPT.contains(&&*connection),
            "{connection}"
        );
    }
}

/// `HEAD` tells the headers of the `GET` and nothing else, also of a table that is sent as it is
/// read; GraphQL has none.
#[tokio::test]
async fn head_tells_the_headers_of_a_get() {
    let app = spawn_app();
    for (path, status) in [
        ("/schema.graphql", 200),
        ("/docs", 200),
        ("/v1/feeds/dim_action.csv", 200),
        ("/v1/feeds/fact_verdict_current.csv", 401),
        ("/v1/odata/public/dim_action", 200),
        ("/v1/feeds/nothing.csv", 404),
    ] {
        let got = request(&app, Method::GET, path).send().await.unwrap();
        let shown = request(&app, Method::HEAD, path).send().await.unwrap();
        assert_eq!(got.status(), status, "{path}");
        assert_eq!(shown.status(), status, "{path}");
        for name in [
            "content-type",
            "etag",
            "cache-control",
            "vary",
            "www-authenticate",
            "stm-ledger",
        ] {
            assert_eq!(headers(&shown, name), headers(&got, name), "{path} {name}");
        }
        assert_eq!(shown.bytes().await.unwrap().len(), 0, "{path}");
    }
    let refused = request(
        &app,
        Method::HEAD,
        "/v1/graphql?query=%7Bviewer%7Brole%7D%7D",
    );
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.status(), 405);
    assert_eq!(headers(&refused, "allow"), ["GET, POST, OPTIONS"]);
}
