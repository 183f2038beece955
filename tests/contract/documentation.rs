//! What is written beside the schema tells of all of it: the changelog of every field that came or
//! broke since the last release, `openapi.json` of every address, and introspection of every type
//! of `schema.graphql`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    evolution::{elements, is_announced, names, new_values, unannounced},
    policy_matrix::addresses,
};

/// The schema of the last release. A release replaces it by `schema.graphql` and starts a new
/// section of the changelog.
const RELEASED: &str = include_str!("released.graphql");
const CHANGELOG: &str = include_str!("../../api/CHANGELOG.md");
const OPENAPI: &str = include_str!("../../api/assets/openapi.json");

/// The changelog from the heading of the changes since the last release to the next heading.
fn unreleased() -> &'static str {
    let from = CHANGELOG
        .find("## Unreleased")
        .expect("a section of what is not released");
    let rest = &CHANGELOG[from + 3..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

#[test]
fn a_new_field_of_the_root_stands_in_the_changelog() {
    let (old, new) = (elements(RELEASED), elements(&transport::schema::sdl()));
    let missing: Vec<&String> = new
        .keys()
        .filter(|name| !name.contains('(') && !old.contains_key(*name))
        .filter(|name| {
            let (of, field) = name.split_once('.').unwrap_or_default();
            matches!(of, "Query" | "Mutation" | "Subscription") && !names(unreleased(), field)
        })
        .collect();
    assert_eq!(missing, [""; 0], "say so to clients in api/CHANGELOG.md");
}

#[test]
fn what_breaks_a_client_stands_in_the_changelog() {
    assert_eq!(
        unannounced(RELEASED, &transport::schema::sdl(), unreleased()),
        [""; 0],
        "these break clients of the last release: keep them, deprecate them, or announce them in \
            api/CHANGELOG.md"
    );
}

#[test]
fn a_new_value_of_an_enum_is_announced_as_safe_or_not() {
    let missing: Vec<String> = new_values(RELEASED, &transport::schema::sdl())
        .into_iter()
        .filter(|line| !unreleased().contains(line))
        .collect();
    assert_eq!(missing, [""; 0], "announce them so in api/CHANGELOG.md");
}

#[test]
fn what_is_deprecated_says_why_and_until_when() {
    let sdl = transport::schema::sdl();
    let reasons = sdl
        .lines()
        .filter(|line| line.contains("@deprecated"))
        .map(|line| line.split("reason: ").nth(1).unwrap_or_default());
    let wrong: Vec<&str> = reasons.filter(|reason| !is_announced(reason)).collect();
    assert_eq!(
        wrong, [""; 0],
        "say why, since when, and until when: six months later or more"
    );
}

/// Addresses that lead to another one, which the document describes.
const ALIASES: [&str; 2] = ["/graphql", "/openapi.json"];

#[test]
fn every_form_of_a_feed_has_an_address() {
    let addresses = addresses();
    for form in feeds::form::Form::ALL {
        let address = format!("/v1/feeds/{{table}}.{}", form.extension());
        assert!(addresses.contains(address.as_str()), "{address}");
    }
}

#[test]
fn every_address_stands_in_openapi() {
    let openapi: Value = serde_json::from_str(OPENAPI).expect("JSON");
    assert_eq!(openapi["servers"], json!([{ "url": "/v1" }]));
    let paths = openapi["paths"].as_object().expect("paths");
    // Where a path names no server of its own it lies below that of the document.
    let mut described: BTreeSet<String> = paths
        .iter()
        .map(|(path, item)| match item["servers"][0]["url"].as_str() {
            Some("/") => path.clone(),
            _ => format!("/v1{path}"),
        })
        .collect();
    described.extend(ALIASES.map(str::to_owned));
    let mut served: BTreeSet<String> = addresses().into_iter().map(str::to_owned).collect();
    // Of the pages for people only the first is described, whence all others are linked.
    served.insert("/".to_owned());
    assert_eq!(described, served);
    assert_eq!(openapi["info"]["version"], env!("CARGO_PKG_VERSION"));
    let mut ids = BTreeSet::new();
    for (path, item) in paths {
        let operations = item.as_object().expect("methods");
        let methods = ["get", "post"];
        for method in methods
            .into_iter()
            .filter(|method| operations.contains_key(*method))
        {
            let operation = &item[method];
            let id = operation["operationId"].as_str().expect("an id");
            assert!(ids.insert(id), "{id} is used twice");
            assert!(operation["summary"].is_string(), "{method} {path}");
            let parameters = parameters(&openapi, item, operation);
            for name in path
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
            {
                assert!(
                    parameters.contains(&format!("path {name}")),
                    "{method} {path} does not describe {name}"
                );
            }
        }
    }
}

/// The parameters of an operation and of its path, each with where it stands.
fn parameters(openapi: &Value, item: &Value, operation: &Value) -> BTreeSet<String> {
    let lists = [&item["parameters"], &operation["parameters"]];
    let all = lists.into_iter().filter_map(Value::as_array).flatten();
    all.map(|parameter| {
        let pointer = parameter["$ref"]
            .as_str()
            .and_then(|link| link.strip_prefix('#'));
        let parameter = pointer.map_or(parameter, |pointer| {
            openapi
                .pointer(pointer)
                .expect("a parameter of the document")
        });
        let text = |name: &str| parameter[name].as_str().expect("a text").to_owned();
        format!("{} {}", text("in"), text("name"))
    })
    .collect()
}

#[test]
fn parameters_and_answers_of_tables_stand_in_openapi() {
    let openapi: Value = serde_json::from_str(OPENAPI).expect("JSON");
    let moments = ["query ledger", "query instant", "query day"];
    let tables = [
        (
            "/feeds/{table}.csv",
            [
                &moments[..],
                &["query dialect", "query since", "header If-None-Match"],
            ]
            .concat(),
            "200 304 400 401 403 404 410 429 503",
            &["text/csv"][..],
        ),
        (
            "/feeds/{table}.ndjson",
            [&moments[..], &["query since", "header If-None-Match"]].concat(),
            "200 304 400 401 403 404 410 429 503",
            &["application/x-ndjson"][..],
        ),
        (
            "/odata/{set}",
            [
                &moments[..],
                &[
                    "query $filter",
                    "query $select",
                    "query $orderby",
                    "query $top",
                ],
                &[
                    "query $skip",
                    "query $count",
                    "query $skiptoken",
                    "header Prefer",
                ],
            ]
            .concat(),
            "200 400 401 403 404 410 429 501 503",
            &["application/json", "application/xml"][..],
        ),
        (
            "/odata/public/{set}/{part}",
            [&moments[..], &["query $filter"]].concat(),
            "200 400 404 410 429 501 503",
            &["text/plain"][..],
        ),
    ];
    for (path, wanted, statuses, media) in tables {
        let item = &openapi["paths"][path];
        let operation = &item["get"];
        let described = parameters(&openapi, item, operation);
        for parameter in wanted {
            assert!(described.contains(parameter), "{path}: {parameter}");
        }
        let responses = operation["responses"].as_object().expect("responses");
        let described: BTreeSet<&str> = responses.keys().map(String::as_str).collect();
        assert_eq!(
            described,
            statuses.split(' ').collect::<BTreeSet<_>>(),
            "{path}"
        );
        let content = responses["200"]["content"].as_object().expect("content");
        let content: BTreeSet<&str> = content.keys().map(String::as_str).collect();
        assert_eq!(
            content,
            media.iter().copied().collect::<BTreeSet<_>>(),
            "{path}"
        );
    }
    // Whatever is answered is described, and each answer tells the version.
    for (path, item) in openapi["paths"].as_object().expect("paths") {
        for method in ["get", "post"] {
            let responses = item[method]["responses"].as_object();
            for (status, response) in responses.into_iter().flatten() {
                let pointer = response["$ref"]
                    .as_str()
                    .and_then(|link| link.strip_prefix('#'));
                let response = pointer.map_or(Some(response), |link| openapi.pointer(link));
                let response = response.expect("an answer of the document");
                assert!(
                    response["description"].is_string(),
                    "{method} {path} {status}"
                );
                let is_good = status.starts_with(['2', '3']);
                let version = &response["headers"]["API-Version"];
                assert!(!is_good || version.is_object(), "{method} {path} {status}");
            }
        }
    }
}
