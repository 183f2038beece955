//! Each guide walked as the job that it tells of: its calls in its order, each by who makes it and on its day, and each
//! answer as it is printed.

use std::{collections::BTreeSet, fs, path::Path};

use acceptance::{App, Client, ministry, municipality, partner, region, spawn_app, vng};
use async_graphql::Value as Argument;
use async_graphql::parser::{
    parse_query, parse_schema,
    types::{OperationType, Selection, TypeKind, TypeSystemDefinition},
};
use chrono::NaiveDate;
use serde_json::Value;

use crate::upgrade::root_fields;

/// The guides that tell of a job: in Dutch, and the same in English.
const GUIDES: [(&str, &str); 5] = [
    ("nl/gemeente.md", "en/municipality.md"),
    ("nl/regio.md", "en/region.md"),
    ("nl/vng.md", "en/vng.md"),
    ("nl/ministerie.md", "en/ministry.md"),
    ("nl/actiehouder.md", "en/action-owner.md"),
];

/// Stands in a printed answer for a value that is another one each time.
const ANY: &str = "…";

/// A call that a guide prints, with its answer.
struct Call {
    /// Who makes it, as in `MUNICIPALITY GM0402`.
    role: String,
    /// The day on which it is made, where it is another than that of the call before.
    day: Option<NaiveDate>,
    document: String,
    answer: Value,
}

fn guide(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/docs");
    fs::read_to_string(folder.join(name)).expect("a guide")
}

/// The blocks of a guide in their order: the language and the text.
fn blocks(guide: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = guide;
    while let Some((_, begun)) = rest.split_once("\n```") {
        let (block, after) = begun.split_once("\n```").expect("a block ends");
        found.push(block.split_once('\n').expect("a block has lines"));
        rest = after;
    }
    found
}

/// What a line at the head of a call says, as `VNG` in `# role: VNG`.
fn noted<'a>(document: &'a str, name: &str) -> Option<&'a str> {
    let head = format!("# {name}: ");
    document.lines().find_map(|line| line.strip_prefix(&head))
}

/// The calls of a guide. Each is followed by its answer.
fn calls(guide: &str) -> Vec<Call> {
    let blocks = blocks(guide);
    let mut found = Vec::new();
    for (index, (language, document)) in blocks.iter().enumerate() {
        if *language != "graphql" {
            continue;
        }
        let Some(("json", answer)) = blocks.get(index + 1) else {
            panic!("no answer is printed under {document}");
        };
        found.push(Call {
            role: noted(document, "role").expect("who calls").to_owned(),
            day: noted(document, "day").map(|day| day.parse().expect("a day")),
            document: (*document).to_owned(),
            answer: serde_json::from_str(answer).expect("an answer is JSON"),
        });
    }
    found
}

fn signed_in_as(app: &App, role: &str) -> Client {
    match role.split_once(' ').unwrap_or((role, "")) {
        ("PUBLIC", "") => app.public(),
        ("VNG", "") => app.with(&vng()),
        ("MINISTRY", "") => app.with(&ministry()),
        ("MUNICIPALITY", code) => app.with(&municipality(code)),
        ("REGION", code) => app.with(&region(code)),
        ("PARTNER", key) => app.with(&partner(key)),
        (other, _) => panic!("{other} is no role"),
    }
}

/// Whether an answer is the printed one.
fn is_as_printed(answer: &Value, printed: &Value) -> bool {
    match (answer, printed) {
        (Value::Null, _) => printed.is_null(),
        (_, Value::String(text)) if text == ANY => true,
        (Value::Object(answer), Value::Object(printed)) => {
            answer.len() == printed.len()
                && answer.iter().all(|(name, value)| {
                    let printed = printed.get(name);
                    printed.is_some_and(|printed| is_as_printed(value, printed))
                })
        }
        (Value::Array(answer), Value::Array(printed)) => {
            answer.len() == printed.len()
                && answer
                    .iter()
                    .zip(printed)
                    .all(|(one, other)| is_as_printed(one, other))
        }
        (answer, printed) => answer == printed,
    }
}

/// The last value of a field in what was answered.
fn last(name: &str, answered: &Value) -> Option<Value> {
    match answered {
        Value::Object(fields) => fields.iter().rev().find_map(|(field, value)| {
            last(name, value).or_else(|| (field == name).then(|| value.clone()))
        }),
        Value::Array(items) => items.iter().rev().find_map(|item| last(name, item)),
        _ => None,
    }
}

/// The variables of a document: each is the field of its name in an earlier answer.
fn variables(document: &str, answers: &[Value]) -> Value {
    let parsed = parse_query(document).expect("GraphQL");
    let (_, operation) = parsed.operations.iter().next().expect("an operation");
    let declared = operation.node.variable_definitions.iter();
    declared
        .map(|one| {
            let name = one.node.name.node.to_string();
            let value = answers.iter().rev().find_map(|answer| last(&name, answer));
            (name, value.expect("an earlier answer has it"))
        })
        .collect()
}

/// Walks a guide from its first call to its last, on a service with the real data.
async fn walk(name: &str) {
    let app = spawn_app();
    let mut answers: Vec<Value> = Vec::new();
    for call in calls(&guide(name)) {
        if let Some(day) = call.day {
            let noon = day.and_hms_opt(12, 0, 0).expect("noon");
            app.clock.set(noon.and_utc());
        }
        let client = signed_in_as(&app, &call.role);
        let variables = variables(&call.document, &answers);
        let data = client.send(&call.document, variables).await.data();
        let printed = serde_json::to_string_pretty(&call.answer).expect("JSON");
        let found = serde_json::to_string_pretty(&data).expect("JSON");
        assert!(
            is_as_printed(&data, &call.answer),
            "{name}, {}\nprinted: {printed}\nfound: {found}",
            call.document,
        );
        answers.push(data);
    }
}

#[tokio::test]
async fn a_municipality_does_its_whole_job_by_its_guide() {
    walk(GUIDES[0].0).await;
}

#[tokio::test]
async fn a_region_does_its_whole_job_by_its_guide() {
    walk(GUIDES[1].0).await;
}

#[tokio::test]
async fn vng_does_its_whole_job_by_its_guide() {
    walk(GUIDES[2].0).await;
}

#[tokio::test]
async fn the_ministry_does_its_whole_job_by_its_guide() {
    walk(GUIDES[3].0).await;
}

#[tokio::test]
async fn the_owner_of_an_action_does_its_whole_job_by_its_guide() {
    walk(GUIDES[4].0).await;
}

#[test]
fn both_languages_print_the_same_calls_and_answers() {
    for (dutch, english) in GUIDES {
        let (one, other) = (guide(dutch), guide(english));
        let of_calls = |guide| {
            let mut blocks: Vec<(&str, &str)> = blocks(guide);
            blocks.retain(|(language, _)| matches!(*language, "graphql" | "json"));
            blocks
        };
        assert_eq!(of_calls(&one), of_calls(&other), "{dutch} and {english}");
    }
}

/// The roles that may call each mutation, as the schema says.
fn permitted() -> Vec<(String, BTreeSet<String>)> {
    let document = parse_schema(include_str!("../../schema.graphql")).expect("GraphQL");
    let mutations = document.definitions.into_iter().find_map(|one| match one {
        TypeSystemDefinition::Type(one) if one.node.name.node == "Mutation" => Some(one.node.kind),
        _ => None,
    });
    let Some(TypeKind::Object(mutations)) = mutations else {
        panic!("the schema has no mutations");
    };
    let roles = |argument: &Argument| match argument {
        Argument::List(roles) => roles.iter().map(ToString::to_string).collect(),
        other => panic!("{other} is no list of roles"),
    };
    mutations
        .fields
        .into_iter()
        .map(|field| {
            let mut directives = field.node.directives.into_iter();
            let may = directives.find(|one| one.node.name.node == "permittedTo");
            let may = may.expect("who may call it");
            let (_, list) = &may.node.arguments[0];
            (field.node.name.node.to_string(), roles(&list.node))
        })
        .collect()
}

/// The root fields that the operations of a kind in a document call.
fn called_by(document: &str, kind: OperationType) -> Vec<String> {
    let parsed = parse_query(document).expect("GraphQL");
    let operations = parsed.operations.iter();
    let of_kind = operations.filter(|(_, one)| one.node.ty == kind);
    of_kind
        .flat_map(|(_, one)| one.node.selection_set.node.items.iter())
        .filter_map(|item| match &item.node {
            Selection::Field(field) => Some(field.node.name.node.to_string()),
            Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
        })
        .collect()
}

#[test]
fn every_mutation_stands_in_a_guide_as_a_call_of_a_role_that_may_make_it() {
    let mut shown = BTreeSet::new();
    for (dutch, _) in GUIDES {
        for call in calls(&guide(dutch)) {
            let role = call.role.split(' ').next().expect("a role").to_owned();
            for mutation in called_by(&call.document, OperationType::Mutation) {
                shown.insert((mutation, role.clone()));
            }
        }
    }
    let missing: Vec<String> = permitted()
        .into_iter()
        .filter(|(mutation, roles)| {
            let mut roles = roles.iter();
            !roles.any(|role| shown.contains(&(mutation.clone(), role.clone())))
        })
        .map(|(mutation, _)| mutation)
        .collect();
    assert_eq!(missing, [""; 0], "no guide shows these");
}

/// The texts of the files in a folder of the documentation, in the order of their names.
fn texts_in(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../api/docs")
        .join(folder);
    let files = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let texts = paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("a text"));
    texts.collect()
}

#[test]
fn every_root_field_stands_in_a_guide_or_an_example() {
    let mut documents = texts_in("examples");
    for guide in texts_in("nl") {
        let blocks = blocks(&guide).into_iter();
        let blocks = blocks.filter(|(language, _)| *language == "graphql");
        documents.extend(blocks.map(|(_, block)| block.to_owned()));
    }
    let shown: BTreeSet<String> = documents
        .iter()
        .flat_map(|document| called_by(document, OperationType::Query))
        .collect();
    let missing: Vec<String> = root_fields().difference(&shown).cloned().collect();
    assert_eq!(missing, [""; 0], "no guide and no example shows these");
}
