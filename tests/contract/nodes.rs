//! Every noun with a lasting key is a node, and what is linked is an object and no key.

use std::collections::BTreeSet;

use async_graphql::parser::types::{BaseType, FieldDefinition, TypeDefinition, TypeKind};

use crate::schema::{fields_of, types};

/// Output types with a `key` or a `code` and no `id`, each with the reason.
const WITHOUT_ID: [(&str, &str); 9] = [
    (
        "CodeValue",
        "a value of an enum, the same for everybody and at every moment",
    ),
    (
        "FeedKey",
        "its last use changes by reading, without an entry in the ledger",
    ),
    (
        "Organisation",
        "who acted, by the name in the ledger: what it is stands in it as nodes",
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

/// Members of type `String` that are named as a thing with an object, each with the reason.
const NAMED: [(&str, &str); 15] = [
    ("About.version", "the version of the program"),
    (
        "AnswerSheetChange.cell",
        "a cell of a spreadsheet, and none of the budget",
    ),
    (
        "AnswerSheetChange.criterion",
        "the row of the sheet, as the sheet names it",
    ),
    (
        "AssessmentError.cell",
        "a cell of a spreadsheet, and none of the budget",
    ),
    ("Contradiction.subject", "a place in a table, and no thing"),
    ("DataCheck.subject", "a place in a table, and no thing"),
    ("DataDecision.subject", "a place in a source, and no thing"),
    (
        "FunctionAssignment.organisation",
        "words of the source; whom they mean is its partner, area or municipality",
    ),
    (
        "NationalFigure.statedBy",
        "as printed: a source may quote anybody",
    ),
    (
        "ProposedChange.criterion",
        "of an edition that was tried and is not there",
    ),
    (
        "PublicationCorrection.line",
        "a line of a frozen document, also one that it has no more",
    ),
    ("Source.citation", "a quotation in words"),
    ("Source.lines", "the lines of a document"),
    (
        "StatusReportError.cell",
        "a cell of a spreadsheet, and none of the budget",
    ),
    (
        "StatusSheetChange.cell",
        "a cell of a spreadsheet, and none of the budget",
    ),
];

/// Members of type `String` that hold a key or a code, each with the reason why it is no object.
const KEYS: [(&str, &str); 27] = [
    (
        "AnswerSheetChange.before",
        "an answer or an explanation, as a cell of the sheet has it",
    ),
    (
        "AnswerSheetChange.criterion",
        "the row of the sheet, as the sheet names it",
    ),
    (
        "Change.subjectKey",
        "the ledger names also what is no node; so does its argument",
    ),
    ("CreateFeedKeyPayload.secret", "tells of a feed key"),
    ("Criterion.evidenceKinds", "an edition names its own kinds"),
    (
        "LedgerEntry.subjectKey",
        "the ledger names also what is no node; so does its argument",
    ),
    (
        "Permission.of",
        "as an input takes it: municipalities, areas, actions or an organisation",
    ),
    (
        "PlannedReorganisation.predecessorCode",
        "its object is null where the records do not hold it",
    ),
    (
        "PlannedReorganisation.successorCode",
        "its object is null where the records do not hold it",
    ),
    (
        "PolicyTerm.normEditionCode",
        "the register knows no framework: only the number of months and where it comes from",
    ),
    (
        "ProposedChange.criterion",
        "of an edition that was tried and is not there",
    ),
    (
        "ProposedChange.from",
        "a code within the edition that is named",
    ),
    ("PublicationColophon.language", "a code of ISO 639-1"),
    ("PublicationColophon.licence", "a code of SPDX"),
    (
        "PublicationCorrection.line",
        "a line of a frozen document, also one that it has no more",
    ),
    (
        "Reorganisation.predecessorCode",
        "its object is null where the records do not hold it",
    ),
    (
        "Reorganisation.successorCode",
        "its object is null where the records do not hold it",
    ),
    ("RotateFeedKeyPayload.secret", "tells of a feed key"),
    (
        "Reminder.subjectKey",
        "as in the ledger; beside it stand the objects that it is about",
    ),
    (
        "StatusSheetChange.before",
        "a status or a text, as a cell of the sheet has it",
    ),
    (
        "Task.subjectKey",
        "as in the ledger; beside it stand the objects that it is about",
    ),
    (
        "WithdrawActionLinePayload.withdrawn",
        "what it is the key of is no more",
    ),
    (
        "WithdrawGoalPayload.withdrawn",
        "what it is the key of is no more",
    ),
    (
        "WithdrawMotionPayload.withdrawn",
        "what it is the key of is no more",
    ),
    (
        "WithdrawPlanVersionPayload.withdrawn",
        "what it is the key of is no more",
    ),
    (
        "WithdrawEditionPayload.withdrawn",
        "what is no more is no object",
    ),
    (
        "WithdrawFunctionVacancyPayload.withdrawn",
        "what it is the key of is no more",
    ),
];

/// Names of members that link to a thing and are not called as it is.
const LINKS: [&str; 11] = [
    "about",
    "actsFor",
    "carriedFrom",
    "countedIn",
    "criteria",
    "plan",
    "predecessor",
    "reads",
    "replaces",
    "subject",
    "successor",
];

/// The name of a type as the name of a member: its last word, and all of it.
fn as_members(of: &str) -> [String; 2] {
    let last = of.rfind(|letter: char| letter.is_ascii_uppercase());
    let last = of.get(last.unwrap_or_default()..).unwrap_or(of);
    let lower = |name: &str| {
        let (first, rest) = name.split_at(1);
        format!("{}{rest}", first.to_ascii_lowercase())
    };
    [lower(last), lower(of)]
}

/// The names of members that link to a thing: its own in the singular and the plural, those of
/// links, and who did something.
fn links(types: &[TypeDefinition]) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = LINKS.map(str::to_owned).into();
    for definition in types {
        let name = definition.name.node.as_str();
        let TypeKind::Object(object) = &definition.kind else {
            continue;
        };
        let is_node = object.implements.iter().any(|one| one.node == "Node");
        if is_node || ["AssessmentVersion", "Organisation"].contains(&name) {
            for member in as_members(name) {
                let stem = member.strip_suffix('y');
                let plural = stem.map_or_else(|| format!("{member}s"), |stem| format!("{stem}ies"));
                found.insert(plural);
                found.insert(member);
            }
        }
    }
    found
}

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

/// The members of type `String` of which something holds, by name.
fn texts(types: &[TypeDefinition], holds: impl Fn(&FieldDefinition) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in objects(types) {
        let fields = fields_of(types, name).into_iter();
        let texts = fields.filter(|field| is_text(field) && holds(field));
        found.extend(texts.map(|field| format!("{name}.{}", field.name.node)));
    }
    found
}

#[test]
fn what_is_linked_is_an_object_and_no_key() {
    let types = types();
    let links = links(&types);
    for name in ["action", "document", "periods", "policies", "version"] {
        assert!(links.contains(name), "{name}");
    }
    let named = texts(&types, |field| {
        let name = field.name.node.as_str();
        links.contains(name) || name.ends_with("By")
    });
    assert_eq!(named, NAMED.map(|(name, _)| name.to_owned()).into());
}

/// A key or a code is the one of its own type: whatever tells of another thing by its key says why.
#[test]
fn a_key_is_that_of_its_own_type() {
    let types = types();
    let keys = texts(&types, |field| {
        let text = field.description.as_ref();
        let text = text.map_or("", |text| text.node.as_str());
        let text = text.split("NL: ").next().unwrap_or_default();
        let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        let is_key = words.any(|word| {
            ["key", "keys", "code", "codes"].contains(&word.to_ascii_lowercase().as_str())
        });
        is_key && !["key", "code", "codeText"].contains(&field.name.node.as_str())
    });
    assert_eq!(keys, KEYS.map(|(name, _)| name.to_owned()).into());
}
