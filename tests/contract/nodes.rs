//! Every noun with a lasting key is a node, and what is linked is an object and no key.

use std::collections::BTreeSet;

use async_graphql::parser::types::{BaseType, FieldDefinition, TypeDefinition, TypeKind};

use crate::schema::{fields_of, types};

/// Output types with a `key` or a `code` and no `id`, each with the reason.
const WITHOUT_ID: [(&str, &str); 9] = [
    (
        "BudgetComparison",
        "a sum beside a sum: computed, and kept nowhere",
    ),
    (
        "CodeValue",
        "a value of an enum, the same for everybody and at every moment",
    ),
    (
        "FeedKey",
        "its last use changes by reading, without an entry in the ledger",
    ),
    ("PictureGroup", "a count of one picture, by its arguments"),
    (
        "PublicationChange",
        "a line of a difference between two publications",
    ),
    ("PublicationLine", "a line of a frozen document"),
    ("SearchHit", "a place in one answer; its subject is a node"),
    ("Warning", "a word about one call"),
    ("WithheldLine", "a line of a frozen document"),
];

/// Members of type `String` that hold a key, each with the reason why they give no object.
const KEYS: [(&str, &str); 0] = [];

/// Names of members that hold a key of a noun.
const NOUNS: [&str; 17] = [
    "action",
    "area",
    "carriedFrom",
    "countedIn",
    "criterion",
    "document",
    "edition",
    "goal",
    "municipality",
    "partner",
    "period",
    "plan",
    "policy",
    "predecessor",
    "round",
    "sourceDocument",
    "successor",
];

fn objects(types: &[TypeDefinition]) -> Vec<&str> {
    let objects = types
        .iter()
        .filter(|one| matches!(one.kind, TypeKind::Object(_)));
    objects.map(|one| one.name.node.as_str()).collect()
}

fn is_text(field: &FieldDefinition) -> bool {
    let mut of = &field.ty.node.base;
    while let BaseType::List(inner) = of {
        of = &inner.base;
    }
    matches!(of, BaseType::Named(name) if ["String", "ID"].contains(&name.as_str()))
}

fn has(fields: &[FieldDefinition], name: &str) -> bool {
    fields.iter().any(|field| field.name.node == name)
}

#[test]
fn every_noun_with_a_lasting_key_is_a_node() {
    let types = types();
    let mut without_id = Vec::new();
    for name in objects(&types) {
        let fields = fields_of(&types, name);
        let has_key = has(&fields, "key") || has(&fields, "code");
        if has_key && !has(&fields, "id") && !name.ends_with("Error") {
            without_id.push(name);
        }
    }
    without_id.sort_unstable();
    assert_eq!(without_id, WITHOUT_ID.map(|(name, _)| name));
}

#[test]
fn what_has_an_id_is_a_node() {
    let types = types();
    for definition in &types {
        let TypeKind::Object(object) = &definition.kind else {
            continue;
        };
        let fields = fields_of(&types, &definition.name.node);
        let is_node = object.implements.iter().any(|one| one.node == "Node");
        assert_eq!(has(&fields, "id"), is_node, "{}", definition.name.node);
    }
}

#[test]
fn what_is_linked_is_an_object_and_no_key() {
    let types = types();
    let mut keys = BTreeSet::new();
    for name in objects(&types) {
        for field in fields_of(&types, name) {
            if is_text(&field) && NOUNS.contains(&field.name.node.as_str()) {
                keys.insert(format!("{name}.{}", field.name.node));
            }
        }
    }
    let listed = KEYS.iter().map(|(member, _)| (*member).to_owned());
    assert_eq!(keys, listed.collect());
}
