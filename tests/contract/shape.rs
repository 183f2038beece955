//! The shape of what is asked: what may be refused alone, which lists end by themselves, and that a
//! word of time means one thing wherever it stands.

use std::collections::BTreeMap;

use async_graphql::parser::types::{BaseType, FieldDefinition, TypeKind};

use crate::schema::{fields_of, types};

/// Root fields that cannot be refused, with the reason.
const NEVER_REFUSED: [(&str, &str); 2] = [
    (
        "about",
        "it takes nothing, and tells the same to everybody at any moment",
    ),
    (
        "viewer",
        "it takes nothing: whoever asks is told who that is, the public too",
    ),
];

/// Root fields that are plain lists, with the most items that they can have. Why so says the
/// description of each.
const PLAIN_LISTS: [(&str, usize); 18] = [
    ("actionLines", 10),
    ("actionsWithoutPartner", 100),
    ("adjacentPolicies", 50),
    ("codeLists", 200),
    ("exploitationForms", 10),
    ("frameworkEditions", 50),
    ("goals", 50),
    ("intendedEffects", 50),
    ("monitoringRounds", 20),
    ("planThemes", 30),
    ("planVersions", 10),
    ("plannedReorganisations", 50),
    ("proposals", 10),
    ("regions", 25),
    ("reportingPeriods", 50),
    ("reportingPoints", 20),
    ("reportingRoutes", 10),
    ("whoDoesWhat", 100),
];

fn description(field: &FieldDefinition) -> String {
    let text = field.description.as_ref();
    let words = text.map_or("", |text| text.node.as_str());
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_root_field_that_can_be_refused_is_nullable() {
    let never: Vec<String> = fields_of(&types(), "Query")
        .iter()
        .filter(|field| !field.ty.node.nullable)
        .map(|field| field.name.node.to_string())
        .collect();
    let expected: Vec<&str> = NEVER_REFUSED.iter().map(|(name, _)| *name).collect();
    assert_eq!(never, expected);
}

/// What may be refused costs one field and not the whole answer, at any depth. A mutation stands
/// alone in its document.
#[test]
fn a_field_that_says_it_can_be_refused_is_nullable() {
    let mut mistakes = Vec::new();
    for definition in types() {
        let TypeKind::Object(object) = &definition.kind else {
            continue;
        };
        let of = definition.name.node.as_str();
        if ["Mutation", "Subscription"].contains(&of) {
            continue;
        }
        for field in &object.fields {
            let text = description(&field.node);
            let is_refused = ["`NOT_FOUND`", "`BAD_REQUEST`"]
                .iter()
                .any(|code| text.contains(code));
            if is_refused && !field.node.ty.node.nullable {
                mistakes.push(format!("{of}.{}", field.node.name.node));
            }
        }
    }
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}

#[test]
fn a_root_list_is_a_connection_or_says_how_long_it_is_at_most_and_why() {
    let mut lists: Vec<(String, Option<usize>)> = fields_of(&types(), "Query")
        .iter()
        .filter(|field| matches!(field.ty.node.base, BaseType::List(_)))
        .map(|field| {
            let text = description(field);
            let bound = text.split_once("At most ").and_then(|(_, rest)| {
                let (most, why) = rest.split_once(": ")?;
                let (why, _) = why.split_once('.')?;
                most.parse().ok().filter(|_| !why.is_empty())
            });
            (field.name.node.to_string(), bound)
        })
        .collect();
    lists.sort();
    let expected = PLAIN_LISTS.map(|(name, most)| (name.to_owned(), Some(most)));
    assert_eq!(lists, expected);
}

#[test]
fn a_connection_is_paged_and_tells_of_all_its_items() {
    let types = types();
    let mut mistakes = Vec::new();
    for definition in &types {
        let TypeKind::Object(object) = &definition.kind else {
            continue;
        };
        for field in &object.fields {
            let field = &field.node;
            let BaseType::Named(ty) = &field.ty.node.base else {
                continue;
            };
            if !ty.ends_with("Connection") {
                continue;
            }
            let place = format!("{}.{}", definition.name.node, field.name.node);
            let arguments: BTreeMap<&str, String> = field
                .arguments
                .iter()
                .map(|one| (one.node.name.node.as_str(), one.node.ty.node.to_string()))
                .collect();
            if (arguments.get("first"), arguments.get("after"))
                != (Some(&"Int".to_owned()), Some(&"String".to_owned()))
            {
                mistakes.push(format!("{place} is not paged by `first` and `after`"));
            }
            if !description(field).contains("`BAD_REQUEST`") {
                mistakes.push(format!("{place} does not say that a wrong page is refused"));
            }
            let names: Vec<String> = fields_of(&types, ty)
                .iter()
                .map(|field| field.name.node.to_string())
                .collect();
            if names != ["edges", "nodes", "pageInfo", "totalCount"] {
                mistakes.push(format!("{ty} has {names:?}"));
            }
        }
    }
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}

/// A day or an instant of the contract: its place, type and description.
struct Time {
    place: String,
    name: String,
    ty: String,
    text: String,
}

fn times() -> Vec<Time> {
    let mut times = Vec::new();
    for definition in types() {
        let of = definition.name.node.as_str();
        let mut add = |name: &str, ty: String, text: Option<&str>| {
            let ty = ty.trim_end_matches('!').to_owned();
            if ty == "Date" || ty == "DateTime" {
                let text = text.unwrap_or_default();
                times.push(Time {
                    place: format!("{of}.{name}"),
                    name: name.to_owned(),
                    ty,
                    text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                });
            }
        };
        match &definition.kind {
            TypeKind::Object(object) => {
                for field in &object.fields {
                    let field = &field.node;
                    let text = field.description.as_ref().map(|text| text.node.as_str());
                    add(&field.name.node, field.ty.node.to_string(), text);
                }
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    let field = &field.node;
                    let text = field.description.as_ref().map(|text| text.node.as_str());
                    add(&field.name.node, field.ty.node.to_string(), text);
                }
            }
            TypeKind::Scalar | TypeKind::Interface(_) | TypeKind::Union(_) | TypeKind::Enum(_) => {}
        }
    }
    times
}

/// Whether a name says that a day is a last one: `lastDay` and the like, the latest of what is
/// uncertain, and what is due or has a deadline.
fn names_a_last_day(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let says = ["last", "latest", "deadline", "due"];
    says.iter().any(|word| name.contains(word))
}

/// `until` is the first day, or the instant, on which something no longer holds, and a last day is
/// called one. No other name tells of an end.
#[test]
fn a_word_of_time_means_one_thing() {
    let times = times();
    assert!(times.len() > 100, "only {} were found", times.len());
    let mut mistakes = Vec::new();
    for Time {
        place,
        name,
        ty,
        text,
    } in &times
    {
        let is_until = name == "until" || name.ends_with("Until");
        let of_until = match ty.as_str() {
            "Date" => text.starts_with("The first day on which") && text.contains("no longer"),
            _ => text.starts_with("The instant"),
        };
        if is_until && !of_until {
            mistakes.push(format!("{place} is an `until`: {text}"));
        }
        let of_end = ty == "Date" && text.starts_with("The first day on which");
        if of_end && text.contains("no longer") && !is_until {
            mistakes.push(format!("{place} is an end and no `until`: {text}"));
        }
        let of_last = text.starts_with("The last day") || text.starts_with("Its last day");
        if of_last && !names_a_last_day(name) {
            mistakes.push(format!("{place} is a last day: {text}"));
        }
        if ["on", "to", "validTo"].contains(&name.as_str()) {
            mistakes.push(format!("{place} does not say which day it is"));
        }
    }
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}

/// Whoever hands over what it saw last says that it saw nothing in one way.
#[test]
fn null_says_that_no_version_was_seen() {
    let mut mistakes = Vec::new();
    for definition in types() {
        let TypeKind::InputObject(input) = &definition.kind else {
            continue;
        };
        for field in &input.fields {
            let field = &field.node;
            if field.name.node != "expectedVersion" {
                continue;
            }
            let text = field.description.as_ref();
            let text = text.map_or("", |text| text.node.as_str());
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let of = definition.name.node.as_str();
            let is_there_always = [
                "CorrectStatusReportInput",
                "EndActionInput",
                "EndRegionalAnswerInput",
            ];
            if !text.contains("null") && !is_there_always.contains(&of) {
                mistakes.push(format!("{of}: {text}"));
            }
            if text.contains("0 ") || field.ty.node.to_string() != "Int" {
                mistakes.push(format!("{of}: {} {text}", field.ty.node));
            }
        }
    }
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
}
