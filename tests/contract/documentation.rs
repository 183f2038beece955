//! What is written beside the schema tells of all of it: the changelog of every field that came or
//! broke since the last release, `openapi.json` of every address, and introspection of every type
//! of `schema.graphql`.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{
    parse_schema,
    types::{TypeDefinition, TypeKind, TypeSystemDefinition},
};
use serde_json::Value;

use crate::policy_matrix::addresses;

/// The schema of the last release. A release replaces it by `schema.graphql` and starts a new
/// section of the changelog.
const RELEASED: &str = include_str!("released.graphql");
const CHANGELOG: &str = include_str!("../../api/CHANGELOG.md");
const OPENAPI: &str = include_str!("../../api/assets/openapi.json");

/// The scalar that has another name since the release, and the sentences of the changelog that tell
/// what breaks in many places at once.
const RENAMED_SCALAR: [&str; 2] = ["NaiveDate", "Date"];
const SCALAR_IS_RENAMED: &str = "The scalar `NaiveDate` is called `Date`";
const ROOT_IS_NULLABLE: &str = "A root field that can be refused is nullable";

/// What clients lean on, by name, as in `Query.action(number)`, with its type. An argument and a
/// field of an input are marked when they must be given.
fn elements(sdl: &str) -> BTreeMap<String, String> {
    let document = parse_schema(sdl).expect("the schema is GraphQL");
    let mut found = BTreeMap::new();
    for definition in document.definitions {
        if let TypeSystemDefinition::Type(definition) = definition {
            let definition: TypeDefinition = definition.node;
            let of = definition.name.node.as_str();
            match definition.kind {
                TypeKind::Object(async_graphql::parser::types::ObjectType { fields, .. })
                | TypeKind::Interface(async_graphql::parser::types::InterfaceType {
                    fields, ..
                }) => {
                    for field in fields {
                        let name = format!("{of}.{}", field.node.name.node);
                        for argument in &field.node.arguments {
                            let required = !argument.node.ty.node.nullable
                                && argument.node.default_value.is_none();
                            let must = if required { "must " } else { "" };
                            found.insert(
                                format!("{name}({})", argument.node.name.node),
                                format!("{must}{}", argument.node.ty.node),
                            );
                        }
                        found.insert(name, field.node.ty.node.to_string());
                    }
                }
                TypeKind::InputObject(input) => {
                    for field in input.fields {
                        let required =
                            !field.node.ty.node.nullable && field.node.default_value.is_none();
                        let must = if required { "must " } else { "" };
                        found.insert(
                            format!("{of}.{}", field.node.name.node),
                            format!("{must}{}", field.node.ty.node),
                        );
                    }
                }
                TypeKind::Enum(kind) => {
                    for value in kind.values {
                        found.insert(format!("{of}.{}", value.node.value.node), String::new());
                    }
                }
                TypeKind::Scalar | TypeKind::Union(_) => {}
            }
        }
    }
    found
}

/// What a client of the old schema would trip over: what is gone, and what is no longer what it
/// was. An output that is no longer null, and an input that need no longer be given, hurt nobody.
fn broken(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (elements(old), elements(new));
    let mut broken = Vec::new();
    for (name, was) in &old {
        let is_input = was.starts_with("must ") || name.contains('(') || name.contains("Input.");
        let holds = new.get(name).is_some_and(|is| {
            is == was
                || (is_input && was.trim_start_matches("must ").trim_end_matches('!') == is)
                || (!is_input && is.trim_end_matches('!') == was)
        });
        if !holds {
            broken.push(name.clone());
        }
    }
    for (name, is) in &new {
        let parent = name.split(['(', '.']).next().unwrap_or_default();
        let knew_parent = old
            .keys()
            .any(|known| known.starts_with(&format!("{parent}.")));
        if is.starts_with("must ") && !old.contains_key(name) && knew_parent {
            let field = name.split('(').next().unwrap_or_default();
            if !name.contains('(') || old.contains_key(field) {
                broken.push(name.clone());
            }
        }
    }
    broken
}

/// The changes since the last release.
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
    let untold: Vec<&String> = new
        .keys()
        .filter(|name| !name.contains('(') && !old.contains_key(*name))
        .filter(|name| {
            let (of, field) = name.split_once('.').unwrap_or_default();
            matches!(of, "Query" | "Mutation" | "Subscription")
                && !unreleased().contains(&format!("`{field}`"))
        })
        .collect();
    assert_eq!(untold, [""; 0], "tell clients of these in api/CHANGELOG.md");
}

#[test]
fn what_breaks_a_client_stands_in_the_changelog() {
    let served = transport::schema::sdl();
    let types: BTreeSet<String> = elements(&served)
        .keys()
        .filter_map(|name| Some(name.split_once('.')?.0.to_owned()))
        .collect();
    assert!(unreleased().contains(SCALAR_IS_RENAMED));
    assert!(unreleased().contains(ROOT_IS_NULLABLE));
    let [then, now] = RENAMED_SCALAR;
    let released = RELEASED.replace(then, now);
    let (was, is) = (elements(&released), elements(&served));
    let is_looser = |name: &str| was[name].strip_suffix('!') == is.get(name).map(String::as_str);
    let untold: Vec<String> = broken(&released, &served)
        .into_iter()
        .filter(|name| !(name.starts_with("Query.") && was.contains_key(name) && is_looser(name)))
        .filter(|name| {
            // A type that is gone as a whole is told by its name.
            let of = name.split('.').next().unwrap_or_default();
            if !types.contains(of) && unreleased().contains(&format!("`{of}`")) {
                return false;
            }
            let element = name.split('(').next().unwrap_or_default();
            let argument = name
                .split_once('(')
                .map(|(_, rest)| rest.trim_end_matches(')'));
            let shown = unreleased().contains(&format!("`{element}`"))
                || unreleased().contains(&format!("`{name}`"));
            let root = element.split_once('.').map_or("", |(_, field)| field);
            let told_of_root = argument.is_some() && unreleased().contains(&format!("`{root}`"));
            !(shown || told_of_root)
        })
        .collect();
    assert_eq!(
        untold, [""; 0],
        "these break clients of the last release: keep them, deprecate them, or announce them in \
            api/CHANGELOG.md"
    );
}

#[test]
fn a_break_is_seen() {
    let old = "type Query { a(b: Int): Int! c: Int d: String } enum E { X Y }";
    let same = "type Query { a(b: Int, e: Int): Int! c: Int! d: String f: Int } enum E { X Y Z }";
    assert_eq!(broken(old, same), [""; 0]);
    let new = "type Query { a(b: Int!): Int c: Int d: ID } enum E { X }";
    assert_eq!(
        broken(old, new),
        ["E.Y", "Query.a", "Query.a(b)", "Query.d"]
    );
    let demanding = "type Query { a(b: Int, e: Int!): Int! c: Int d: String } enum E { X Y }";
    assert_eq!(broken(old, demanding), ["Query.a(e)"]);
}

#[test]
fn what_is_deprecated_says_why_and_until_when() {
    let sdl = transport::schema::sdl();
    for line in sdl.lines().filter(|line| line.contains("@deprecated")) {
        let has_day = line
            .split(|c: char| !c.is_ascii_digit() && c != '-')
            .any(|word| word.parse::<chrono::NaiveDate>().is_ok());
        assert!(line.contains("reason: ") && has_day, "{line}");
    }
}

#[test]
fn every_address_stands_in_openapi() {
    let openapi: Value = serde_json::from_str(OPENAPI).expect("JSON");
    let paths = openapi["paths"].as_object().expect("paths");
    let described: BTreeSet<&str> = paths.keys().map(String::as_str).collect();
    assert_eq!(described, addresses());
    assert_eq!(openapi["info"]["version"], env!("CARGO_PKG_VERSION"));
    let mut ids = BTreeSet::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("methods") {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(ids.insert(id), "{id} is used twice");
            assert!(operation["summary"].is_string(), "{method} {path}");
            let parameters = operation["parameters"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            for name in path
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
            {
                let shown = parameters
                    .iter()
                    .any(|parameter| parameter["name"] == name && parameter["in"] == "path");
                assert!(shown, "{method} {path} does not describe {name}");
            }
        }
    }
}
