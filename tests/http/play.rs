//! Plays the story of `tests/upgrade/story.json` and leaves what `upgrade.rs` needs. Run once, at the commit of the release.

use std::{collections::BTreeMap, io::Write as _, path::Path, process::Command};

use acceptance::spawn_app;
use api::{
    db::{Database, roles},
    ledger,
    redaction::{self, Sought},
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Map, Value, json};

use crate::{
    feeds::{Read, listed},
    upgrade::{client, input, list, rows_of_then, sha256, text},
};

fn write(name: &str, content: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("upgrade");
    std::fs::write(folder.join(name), content).unwrap();
}

fn lines(values: &[Value]) -> String {
    let lines: Vec<String> = values.iter().map(Value::to_string).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

#[tokio::test]
async fn play() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("upgrade");
    let story = std::fs::read_to_string(folder.join("story.json")).unwrap();
    let questions = std::fs::read_to_string(folder.join("questions.json")).unwrap();
    let app = spawn_app();
    let mut notes = json!({ "release": "1.0.0-rc.1", "commit": "d5e97b1", "instant": "2026-12-10T12:00:00Z", "feedKeys": {} });
    let mut at = String::new();
    let mut positions: Vec<(String, String)> = Vec::new();
    let mut failed = 0;
    for step in list(&story) {
        if text(&step["at"]) != at {
            at = text(&step["at"]).to_owned();
            app.clock.set(at.parse().unwrap());
            if at.starts_with("2026-11-24") {
                for by in ["vng", "municipality GM0402", "public"] {
                    for table in listed(&client(&app, by)).await {
                        if let Some(since) = table.since {
                            let path = format!("/v1/feeds/{}.csv?since={since}", table.name);
                            positions.push((by.to_owned(), path));
                        }
                    }
                }
            }
        }
        if step["redact"].is_object() {
            let auditor = app.database.connect(roles::AUDITOR).await;
            let sought = Sought::Of {
                kind: text(&step["redact"]["kind"]).to_owned(),
                key: text(&step["redact"]["key"]).to_owned(),
                field: None,
            };
            let texts = redaction::find_texts(&auditor, &sought).await.unwrap();
            let copies = redaction::copies(&auditor, texts[0].body.as_deref().unwrap())
                .await
                .unwrap();
            let owner = app.database.url(roles::OWNER);
            let owner = Database::connect(&owner, 1, app.clock.clone())
                .await
                .unwrap();
            let entries = redaction::redact(&owner, &copies, text(&step["redact"]["reason"]))
                .await
                .unwrap();
            println!("redacted {} texts", entries.len());
            auditor.close().await.unwrap();
            owner.pool().clone().close().await.unwrap();
            continue;
        }
        let (by, mutation) = (text(&step["by"]), text(&step["call"]));
        let selection = match mutation {
            "createFeedKey" | "rotateFeedKey" => "feedKey { key } secret",
            _ => "",
        };
        let mut pascal = mutation.to_owned();
        pascal[..1].make_ascii_uppercase();
        let document = format!(
            "mutation ($input: {pascal}Input!) {{ {mutation}(input: $input) {{ {selection} errors {{ code field }} }} }}"
        );
        let answer = client(&app, by)
            .send(&document, json!({ "input": input(&step, &notes) }))
            .await;
        let told = answer.json()["data"][mutation].clone();
        if told["errors"] != json!([]) {
            failed += 1;
            println!("FAILED {step}\n   {}", answer.body);
        }
        if mutation == "createFeedKey" {
            notes["feedKeys"][text(&step["input"]["idempotencyKey"])] =
                json!({ "key": told["feedKey"]["key"], "secret": told["secret"] });
        }
        if mutation == "rotateFeedKey" {
            notes["feedKeys"]["key of Hilversum"]["secret"] = told["secret"].clone();
        }
    }
    assert_eq!(failed, 0);
    app.clock.set(text(&notes["instant"]).parse().unwrap());
    let auditor = app.database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    auditor.close().await.unwrap();
    notes["head"] = json!(report.entries);
    notes["anchor"] = json!(format!("{}:{}", report.entries, report.hash));
    notes["redacted"] = json!(report.redacted.len());

    // As `stm migrate` does at its end.
    let owner = app.database.connect(roles::OWNER).await;
    owner
        .execute_unprepared("grant select on seaql_migrations to stm_app, stm_auditor")
        .await
        .unwrap();
    owner.close().await.unwrap();

    // Questions, each with the page after.
    let mut answers = Vec::new();
    let mut empty = Vec::new();
    for question in list(&questions) {
        let mut then = question.clone();
        let (by, field, query) = (
            text(&question["by"]),
            text(&question["field"]),
            text(&question["query"]),
        );
        let told = client(&app, by).send(query, json!({})).await;
        if told.json().get("errors").is_some() {
            println!("REFUSED {by} {query}\n  {}", told.body);
            failed += 1;
            continue;
        }
        then["told"] = told.data();
        let value = &then["told"][field];
        if value.is_null() && field != "node" || value == &json!([]) || value["totalCount"] == 0 {
            empty.push(format!("{by} {field}"));
        }
        let page = value["pageInfo"].clone();
        if page["hasNextPage"] == true {
            then["nextPage"] = client(&app, by)
                .send(query, json!({ "after": page["endCursor"] }))
                .await
                .data();
        }
        answers.push(then);
    }
    println!("EMPTY {empty:#?}");
    assert_eq!(failed, 0);

    // Tables.
    let mut tables = Vec::new();
    let mut all = positions;
    for by in ["vng", "municipality GM0402", "public"] {
        for table in listed(&client(&app, by)).await {
            if table.rows.is_some() {
                all.push((by.to_owned(), format!("/v1/feeds/{}.csv", table.name)));
            }
        }
    }
    for (by, path) in all {
        let answer = client(&app, &by).get(&path).await;
        if answer.status != 200 {
            println!("{by} {path} {} {}", answer.status, answer.body);
            continue;
        }
        let read = Read::csv(&answer.body);
        let mut then = json!({ "by": by, "path": path, "columns": read.columns });
        let rows = rows_of_then(&read, &then);
        then["rows"] = rows["rows"].clone();
        then["sha256"] = rows["sha256"].clone();
        tables.push(then);
    }
    let mut pages = Vec::new();
    for (by, path) in [
        ("vng", "/v1/odata/fact_verdict_current"),
        ("public", "/v1/odata/public/dim_municipality"),
    ] {
        let response = acceptance::http()
            .get(format!(
                "{}{path}?$orderby=municipality_code",
                app.address()
            ))
            .header("prefer", "odata.maxpagesize=3");
        let response = if by == "vng" {
            response.bearer_auth(acceptance::vng())
        } else {
            response
        };
        let page: Value = response.send().await.unwrap().json().await.unwrap();
        let Some(next) = page["@odata.nextLink"].as_str() else {
            println!("no page: {path} {page}");
            continue;
        };
        let path = next.replace(app.address(), "");
        let value = client(&app, by).get(&path).await.json();
        let columns: Vec<String> = value["value"][0]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        let read = Read::objects(&columns, value["value"].as_array().unwrap().iter());
        let mut then = json!({ "by": by, "path": path, "columns": columns });
        let rows = rows_of_then(&read, &then);
        then["rows"] = rows["rows"].clone();
        then["sha256"] = rows["sha256"].clone();
        println!("{path} {}", then["rows"]);
        pages.push(then);
    }
    let mut publications = Map::new();
    let files = app
        .public()
        .ask("{ publications(first: 50) { nodes { key manifest { files { path sha256 } } } } }")
        .await
        .data();
    for publication in files["publications"]["nodes"].as_array().unwrap() {
        for file in publication["manifest"]["files"].as_array().unwrap() {
            let path = text(&file["path"]);
            let served = app.public().get(path).await;
            assert_eq!(
                sha256(served.body.as_bytes()),
                text(&file["sha256"]),
                "{path}"
            );
            publications.insert(path.to_owned(), file["sha256"].clone());
        }
    }
    notes["publications"] = Value::Object(publications);

    // The dump, before anything more is written.
    let superuser = app.database.superuser().await;
    superuser.close().await.unwrap();
    let dump = Command::new("pg_dump")
        .args([
            "--inserts",
            "--rows-per-insert=1000",
            &app.database.url("postgres"),
        ])
        .output()
        .unwrap();
    assert!(
        dump.status.success(),
        "{}",
        String::from_utf8_lossy(&dump.stderr)
    );
    let sql = String::from_utf8(dump.stdout).unwrap();
    let sql: Vec<&str> = sql
        .split('\n')
        .filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"))
        .collect();
    let sql = sql.join("\n");
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(sql.as_bytes()).unwrap();
    let gz = gz.finish().unwrap();
    println!("dump {} gz {}", sql.len(), gz.len());
    write("database.sql.gz", &gz);

    // Which answers can be asked for later as of then.
    let more = json!({ "key": "later", "kind": "STATEMENT", "titleNl": "Later", "idempotencyKey": "later" });
    let told = client(&app, "vng")
        .call("registerSourceDocument", "", more)
        .await;
    assert_eq!(told, json!({ "errors": [] }));
    for then in &mut answers {
        let later = client(&app, text(&then["by"]))
            .send(text(&then["query"]), json!({ "at": notes["head"] }))
            .await;
        then["knownLater"] =
            json!(text(&then["query"]).contains("$at") && later.json()["data"] == then["told"]);
    }
    let never: Vec<String> = answers
        .iter()
        .filter(|then| then["knownLater"] == false)
        .map(|then| text(&then["field"]).to_owned())
        .collect();
    println!("NOT LATER {never:?}");
    write("answers.json", lines(&answers).as_bytes());
    let mut parts: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in notes.as_object().unwrap() {
        parts.insert(name, value.to_string());
    }
    let tables = lines(&tables);
    let pages = lines(&pages);
    parts.insert("tables", tables.trim_end().to_owned());
    parts.insert("pages", pages.trim_end().to_owned());
    let parts: Vec<String> = parts
        .iter()
        .map(|(name, value)| format!("\"{name}\": {value}"))
        .collect();
    write(
        "notes.json",
        format!("{{\n{}\n}}\n", parts.join(",\n")).as_bytes(),
    );
}
