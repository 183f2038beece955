//! What the guides show is what the service does: every document in them runs, every exchange in
//! them goes as it is printed. The blocks of JavaScript are run by `tests/clients/guides.mjs`.

use acceptance::{App, municipality, spawn_app, vng};
use async_graphql::parser::{
    parse_schema,
    types::{TypeKind, TypeSystemDefinition},
};
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::documentation::{OPEN_PERIOD, mistakes};

const GUIDES: [(&str, &str); 2] = [
    (
        "en/frontend.md",
        include_str!("../../api/docs/en/frontend.md"),
    ),
    (
        "nl/partner.md",
        include_str!("../../api/docs/nl/partner.md"),
    ),
];

const OF_MUNICIPALITY: [(&str, &str); 2] = [
    (
        "en/municipality.md",
        include_str!("../../api/docs/en/municipality.md"),
    ),
    (
        "nl/gemeente.md",
        include_str!("../../api/docs/nl/gemeente.md"),
    ),
];

/// The blocks of a guide in a language, as in `graphql`.
fn blocks<'a>(guide: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    let mut found = Vec::new();
    let mut rest = guide;
    while let Some((_, begun)) = rest.split_once(&fence) {
        let (block, after) = begun.split_once("\n```").expect("a block ends");
        found.push(block);
        rest = after;
    }
    found
}

#[tokio::test]
async fn every_document_of_a_guide_runs() {
    for (name, guide) in GUIDES {
        let app = spawn_app();
        let _ = app.with(&vng()).ask(OPEN_PERIOD).await.data();
        let documents = blocks(guide, "graphql");
        assert_eq!(documents.len(), 4, "{name}");
        for document in documents {
            let client = if document.starts_with("mutation") {
                app.with(&municipality("GM0402"))
            } else {
                app.public()
            };
            let mut found = Vec::new();
            mistakes(&client.ask(document).await.data(), &mut found);
            assert_eq!(found, [""; 0], "{name}: {document}");
        }
    }
}

/// The first line, the headers and the body of a request or an answer.
struct Exchanged<'a> {
    first: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: Option<&'a str>,
}

impl<'a> Exchanged<'a> {
    fn read(block: &'a str) -> Self {
        let (head, body) = match block.split_once("\n\n") {
            Some((head, body)) => (head, Some(body)),
            None => (block, None),
        };
        let mut lines = head.lines();
        Self {
            first: lines.next().expect("a first line"),
            headers: lines.filter_map(|line| line.split_once(": ")).collect(),
            body,
        }
    }
}

async fn send(app: &App, request: &Exchanged<'_>, token: Option<&str>) -> reqwest::Response {
    let (method, path) = request.first.split_once(' ').expect("a method and a path");
    let method: Method = method.parse().expect("a method");
    let address: Url = format!("{}{path}", app.address())
        .parse()
        .expect("an address");
    let mut sent = acceptance::http().request(method, address);
    for (name, value) in &request.headers {
        sent = sent.header(*name, *value);
    }
    if let Some(body) = request.body {
        sent = sent.body(body.to_owned());
    }
    if let Some(token) = token {
        sent = sent.bearer_auth(token);
    }
    sent.send().await.expect("the service answers")
}

/// Whether what was expected stands in an answer; an answer may have more.
fn holds(answer: &Value, expected: &Value) -> bool {
    match (answer, expected) {
        (Value::Object(answer), Value::Object(expected)) => expected
            .iter()
            .all(|(name, value)| answer.get(name).is_some_and(|found| holds(found, value))),
        (Value::Array(answer), Value::Array(expected)) => {
            answer.len() == expected.len()
                && answer
                    .iter()
                    .zip(expected)
                    .all(|(one, other)| holds(one, other))
        }
        (answer, expected) => answer == expected,
    }
}

/// Sends what is printed and holds the answer against the one that is printed.
async fn goes_as_printed(app: &App, name: &str, pair: &[&str], token: Option<&str>) {
    let (request, expected) = (Exchanged::read(pair[0]), Exchanged::read(pair[1]));
    let answer = send(app, &request, token).await;
    let status = format!("HTTP/1.1 {}", answer.status().as_u16());
    assert_eq!(status, expected.first, "{name}: {}", pair[0]);
    for (header, value) in &expected.headers {
        let found = answer.headers().get(*header);
        let found = found.and_then(|found| found.to_str().ok());
        assert_eq!(found, Some(*value), "{name}: {header}");
    }
    let body = answer.text().await.expect("a text");
    if let Some(expected) = expected.body {
        let expected: Value = serde_json::from_str(expected).expect("JSON");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        assert!(holds(&body, &expected), "{name}: {body}");
    }
}

#[tokio::test]
async fn every_exchange_of_a_guide_goes_as_it_is_printed() {
    for (name, guide) in GUIDES {
        let app = spawn_app();
        let printed = blocks(guide, "http");
        assert_eq!(printed.len(), 8, "{name}");
        for pair in printed.chunks(2) {
            goes_as_printed(&app, name, pair, None).await;
        }
    }
}

#[tokio::test]
async fn an_answer_sheet_goes_out_and_comes_back_as_the_guide_prints_it() {
    for (name, guide) in OF_MUNICIPALITY {
        let app = spawn_app();
        let _ = app.with(&vng()).ask(OPEN_PERIOD).await.data();
        let token = municipality("GM0402");
        let printed = blocks(guide, "http");
        assert_eq!(printed.len(), 6, "{name}");
        for pair in printed.chunks(2) {
            goes_as_printed(&app, name, pair, Some(&token)).await;
        }
    }
}

/// What stands between the brackets behind a word, as in `['filter', 'at']`.
fn listed<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    let (_, rest) = text.split_once(before).expect("it stands there");
    let (list, _) = rest.split_once(']').expect("a list ends");
    list.split(',')
        .map(|item| item.trim().trim_matches('\''))
        .collect()
}

#[test]
fn a_cache_knows_every_argument_that_makes_a_list_another_list() {
    let document = parse_schema(include_str!("../../schema.graphql")).expect("GraphQL");
    let root = document.definitions.into_iter().find_map(|one| match one {
        TypeSystemDefinition::Type(one) if one.node.name.node == "Query" => Some(one.node.kind),
        _ => None,
    });
    let Some(TypeKind::Object(root)) = root else {
        panic!("the schema has no queries");
    };
    for (name, guide) in GUIDES {
        for list in ["actions", "changes"] {
            let field = root
                .fields
                .iter()
                .find(|field| field.node.name.node == list);
            let arguments = field.expect("a list").node.arguments.iter();
            let arguments = arguments.map(|argument| argument.node.name.node.to_string());
            let mut arguments: Vec<String> = arguments
                .filter(|argument| argument != "first" && argument != "after")
                .collect();
            arguments.sort();
            let mut in_guide = listed(guide, &format!("{list}: relayStylePagination(["));
            in_guide.sort_unstable();
            assert_eq!(in_guide, arguments, "{name}: {list}");
        }
    }
}

#[test]
fn the_recipe_for_types_maps_every_scalar_of_the_schema() {
    let document = parse_schema(include_str!("../../schema.graphql")).expect("GraphQL");
    let scalars = document
        .definitions
        .into_iter()
        .filter_map(|one| match one {
            TypeSystemDefinition::Type(one) if matches!(one.node.kind, TypeKind::Scalar) => {
                Some(one.node.name.node.to_string())
            }
            _ => None,
        });
    let mut scalars: Vec<String> = scalars.collect();
    scalars.sort();
    for (name, guide) in GUIDES {
        let (_, rest) = guide.split_once("scalars: { ").expect("a recipe");
        let (list, _) = rest.split_once(" }").expect("a list ends");
        let mut mapped: Vec<&str> = list
            .split(", ")
            .filter_map(|pair| pair.split_once(": "))
            .map(|(scalar, _)| scalar)
            .collect();
        mapped.sort_unstable();
        assert_eq!(json!(mapped), json!(scalars), "{name}");
    }
}
