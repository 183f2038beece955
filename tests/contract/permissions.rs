//! What the contract says of permissions, `@permittedTo` and `@visibleTo`, is what was measured
//! over HTTP: both are compared with `policy_matrix.txt`.

use std::collections::BTreeSet;

use async_graphql::parser::types::TypeKind;
use domain::policy::{Operation, Rule};

use crate::schema::{fields_of, types};

const FILE: &str = include_str!("policy_matrix.txt");
const COLUMNS: [&str; 6] = [
    "PUBLIC",
    "PARTNER",
    "MUNICIPALITY",
    "REGION",
    "VNG",
    "MINISTRY",
];

/// Each field that says who sees it, and the row of the matrix that measures it.
const VISIBLE: &[(&str, &str, &str)] = &[
    ("Assessment", "draft", "assessment: draft"),
    ("Assessment", "onBehalf", "assessment: review"),
    ("Assessment", "questions", "assessment: review"),
    ("AssessmentVersion", "answers", "assessment: answers"),
    (
        "AssessmentVersion",
        "approvedByFunction",
        "assessment: receipt",
    ),
    ("AssessmentVersion", "approvedOn", "assessment: receipt"),
    ("AssessmentVersion", "hash", "assessment: receipt"),
    ("AssessmentVersion", "reason", "assessment: review"),
    ("AssessmentVersion", "receipt", "assessment: receipt"),
    ("AssessmentVersion", "returnReason", "assessment: review"),
    (
        "AssessmentVersion",
        "withdrawalReason",
        "assessment: review",
    ),
    (
        "CompliancePicture",
        "counts",
        "compliancePicture: CONFIRMED",
    ),
    ("OpenRound", "closing", "openRounds: closing"),
    ("OpenRound", "reports", "openRounds: reports"),
    ("Query", "acceptanceQueue", "acceptanceQueue"),
    ("OpenRound", "unreported", "openRounds: unreported"),
    ("Query", "assessment", "assessment: state"),
    ("Query", "criterionRemarkCounts", "criterionRemarkCounts"),
    ("Query", "criterionRemarks", "criterionRemarks"),
    ("Query", "functionalMailboxes", "functionalMailboxes"),
    ("Query", "previewRegionalAnswer", "previewRegionalAnswer"),
    ("Query", "regionalAnswers", "regionalAnswers"),
    ("Query", "regionalDuties", "regionalDuties"),
    ("Query", "submissionMandates", "submissionMandates"),
    ("Query", "reminders", "reminders"),
    ("Query", "reviewQueue", "reviewQueue"),
    ("Query", "verdict", "verdict: CONFIRMED"),
    ("Query", "verdictHistory", "verdictHistory"),
    ("Verdict", "grounds", "verdict: CONFIRMED"),
];

/// The roles that a directive of a field names; none when it has no such directive.
fn named(of: &str, field: &str, directive: &str) -> Option<BTreeSet<String>> {
    let types = types();
    let field = fields_of(&types, of)
        .into_iter()
        .find(|candidate| candidate.name.node == field)
        .unwrap_or_else(|| panic!("{of} has no field {field}"));
    let directive = field
        .directives
        .iter()
        .find(|candidate| candidate.node.name.node == directive)?;
    let roles = directive.node.get_argument("roles").expect("roles");
    let roles = roles.node.to_string();
    let roles = roles.trim_matches(['[', ']']).split(',');
    Some(roles.map(|role| role.trim().to_owned()).collect())
}

/// The roles for whom some row of an operation was allowed.
fn measured(kind: &str, operation: &str) -> BTreeSet<String> {
    let name = format!("{kind} {operation} ");
    let mut roles = BTreeSet::new();
    for line in FILE.lines().filter(|line| line.starts_with(&name)) {
        let outcomes: Vec<&str> = line[name.len()..].split_whitespace().skip(1).collect();
        assert_eq!(outcomes.len(), COLUMNS.len(), "{line}");
        let allowed = COLUMNS.into_iter().zip(outcomes);
        let allowed = allowed.filter(|(_, outcome)| *outcome == "allowed");
        roles.extend(allowed.map(|(role, _)| role.to_owned()));
    }
    assert!(!roles.is_empty(), "nobody may {operation}");
    roles
}

/// The roles that a rule reaches.
fn reached(rule: Rule) -> BTreeSet<String> {
    rule.roles().map(|role| role.code().to_owned()).collect()
}

#[test]
fn every_mutation_says_who_may_call_it_and_that_is_who_can() {
    let types = types();
    let served: BTreeSet<String> = fields_of(&types, "Mutation")
        .into_iter()
        .map(|field| field.name.node.to_string())
        .collect();
    let listed = Operation::ALL.map(|one| one.code().to_owned());
    assert!(listed.is_sorted(), "`viewer.may` tells mutations by name");
    assert_eq!(served, listed.into_iter().collect());
    for operation in Operation::ALL {
        let (mutation, rule) = (operation.code(), operation.rule());
        let named = named("Mutation", mutation, "permittedTo")
            .unwrap_or_else(|| panic!("{mutation} does not say who may call it"));
        assert_eq!(named, reached(rule), "{mutation}");
        assert_eq!(measured("mutation", mutation), reached(rule), "{mutation}");
    }
}

#[test]
fn every_field_that_only_some_see_says_so_and_that_is_who_sees_it() {
    for (of, field, row) in VISIBLE {
        let named = named(of, field, "visibleTo")
            .unwrap_or_else(|| panic!("{of}.{field} does not say who sees it"));
        let mut seen = measured("query", row);
        if *row == "openRounds: reports" && measured("mutation", "reportStatus").contains("VNG") {
            // Sees its own as a partner does, and the matrix asks before VNG has reported.
            seen.insert("VNG".to_owned());
        }
        assert_eq!(named, seen, "{of}.{field}");
    }
    let types = types();
    let marked: BTreeSet<String> = types
        .iter()
        .filter(|definition| matches!(definition.kind, TypeKind::Object(_)))
        .flat_map(|definition| {
            let of = definition.name.node.as_str();
            fields_of(&types, of)
                .into_iter()
                .filter(|field| {
                    field
                        .directives
                        .iter()
                        .any(|directive| directive.node.name.node == "visibleTo")
                })
                .map(move |field| format!("{of}.{}", field.name.node))
        })
        .collect();
    let listed = VISIBLE.iter().map(|(of, field, _)| format!("{of}.{field}"));
    assert_eq!(marked, listed.collect());
}

/// The directives are not in introspection, so descriptions say the same.
#[test]
fn descriptions_say_who_may_see_and_change() {
    let mut sentences = 0;
    for definition in types() {
        let TypeKind::Object(object) = &definition.kind else {
            continue;
        };
        let of = definition.name.node.as_str();
        for field in &object.fields {
            let field = &field.node;
            let text = field.description.as_ref().expect("a description");
            for (directive, says) in [("visibleTo", "Visible to"), ("permittedTo", "Permitted to")]
            {
                let directive = field
                    .directives
                    .iter()
                    .find(|candidate| candidate.node.name.node == directive);
                let roles = directive.map(|found| {
                    let roles = found.node.get_argument("roles").expect("roles");
                    roles.node.to_string()
                });
                let sentence = roles.map(|roles| {
                    sentences += 1;
                    format!("{says}: {}. NL: ", roles.trim_matches(['[', ']']))
                });
                let place = format!("{of}.{}", field.name.node);
                match sentence {
                    Some(sentence) => assert!(text.node.contains(&sentence), "{place}"),
                    None => assert!(!text.node.contains(&format!("{says}: ")), "{place}"),
                }
            }
        }
    }
    assert!(
        sentences > 60,
        "only {sentences} uses of the two directives were found"
    );
}
