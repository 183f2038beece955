//! What people write in the inputs of the contract, held against where it is kept: words that
//! nobody could blank fail here.

use std::collections::BTreeSet;

use async_graphql::parser::types::TypeKind;

use crate::schema::types;

/// Where words are kept that can be blanked: as free texts, apart from facts.
const TEXT: &str = "text";

/// Input fields in which people write, with where what they write is kept.
const WRITTEN: &[(&str, &[&str])] = &[
    (
        "address",
        &["evidence.address", "regional_evidence.address"],
    ),
    ("aliases", &["partner.aliases"]),
    (
        "amount",
        &[
            "round_report.delay_amount_text",
            "status_report.delay_amount_text",
        ],
    ),
    (
        "approvedByFunction",
        &["assessment_version.approved_by_function"],
    ),
    ("areaName", &["policy_document.area_name"]),
    ("asksEn", &["motion.asks_en"]),
    ("asksNl", &["motion.asks_nl"]),
    ("bottlenecks", &[TEXT]),
    (
        "cause",
        &[
            "round_report.delay_cause_nl",
            "status_report.delay_cause_nl",
        ],
    ),
    (
        "en",
        &[
            "measurement.group_en",
            "measurement.unit_en",
            "action_result.unit_en",
            "goal_target.unit_en",
        ],
    ),
    ("explanation", &[TEXT]),
    ("incompleteBecause", &[TEXT]),
    ("name", &["partner.name"]),
    ("nameEn", &["partner.name_en"]),
    ("narrativeNl", &["action_line.narrative_nl"]),
    (
        "nl",
        &[
            "measurement.group_nl",
            "measurement.unit_nl",
            "action_result.unit_nl",
            "goal_target.unit_nl",
        ],
    ),
    ("organisation", &["function_assignment.organisation_nl"]),
    ("particulars", &[TEXT]),
    ("periodText", &["policy_document.ends_on_text"]),
    ("progress", &[TEXT]),
    ("qualifierText", &["action_result.qualifier_text"]),
    ("question", &[TEXT]),
    (
        "reason",
        &[TEXT, "status_report.note", "reporting_period.note"],
    ),
    ("reasonEn", &["action.end_reason_en"]),
    ("reasonNl", &["action.end_reason_nl"]),
    (
        "reference",
        &[
            "motion.reference",
            "policy_adoption.reference",
            "policy_document.reference",
            "source_document.reference",
            TEXT,
        ],
    ),
    ("reply", &[TEXT]),
    ("shortTitleNl", &["action_line.short_title_nl"]),
    (
        "summary",
        &["action_result.summary_en", "measurement.summary_en"],
    ),
    ("table", &[TEXT]),
    (
        "text",
        &[TEXT, "action_partner.text_nl", "goal_target.text_nl"],
    ),
    (
        "textEn",
        &[
            "criterion.text_en",
            "motion_answer.text_en",
            "operational_goal.text_en",
        ],
    ),
    (
        "textNl",
        &[
            "criterion.text_nl",
            "motion_answer.text_nl",
            "operational_goal.text_nl",
        ],
    ),
    (
        "title",
        &[TEXT, "budget_cell.title_nl", "policy_document.title_nl"],
    ),
    (
        "titleEn",
        &[
            "action.title_en",
            "action_line.title_en",
            "criterion.title_en",
            "framework_edition.title_en",
            "monitoring_round.title_en",
            "motion.title_en",
            "plan_version.title_en",
            "source_document.title_en",
            "theme.title_en",
        ],
    ),
    (
        "titleNl",
        &[
            "action.title_nl",
            "action_line.title_nl",
            "criterion.title_nl",
            "framework_edition.title_nl",
            "monitoring_round.title_nl",
            "motion.title_nl",
            "plan_version.title_nl",
            "source_document.title_nl",
            "theme.title_nl",
        ],
    ),
    ("website", &["partner.website"]),
];

/// Input fields of which nothing is kept that anybody wrote: keys and codes, and why another is
/// none.
const NOT_WRITTEN: &[&str] = &[
    "about",
    "action",
    "area",
    "areas",
    "carried",
    "code",
    "column",
    "criterion",
    "document",
    "dropped",
    "edition",
    "evidenceKinds",
    "from",
    "goal",
    "half",
    "key",
    "kind",
    // The name of a municipality, or of a feed key, which is no fact and is revoked.
    "label",
    "line",
    // Of a function and no fact: it is deleted once it is withdrawn.
    "mailboxAddress",
    "members",
    "municipality",
    "noLongerTo",
    "parent",
    "partner",
    "period",
    // In a document: the hash of the entry holds it.
    "place",
    "plan",
    "policy",
    "predecessor",
    "publication",
    "reopens",
    "replaces",
    "retires",
    "round",
    "series",
    "successor",
    "tables",
    "theme",
    "to",
];

#[test]
fn what_people_write_is_kept_where_it_can_be_blanked() {
    let mut given = BTreeSet::new();
    for definition in types() {
        if let TypeKind::InputObject(input) = &definition.kind {
            let fields = input.fields.iter().map(|field| &field.node);
            let strings = fields.filter(|field| {
                let ty = field.ty.node.to_string();
                ty.trim_matches(['[', ']', '!']) == "String"
            });
            given.extend(strings.map(|field| field.name.node.to_string()));
        }
    }
    let written = WRITTEN.iter().map(|(field, _)| *field);
    let known: BTreeSet<String> = written
        .chain(NOT_WRITTEN.iter().copied())
        .map(str::to_owned)
        .collect();
    assert_eq!(given, known);
    for (field, kept) in WRITTEN {
        for place in kept.iter().filter(|place| **place != TEXT) {
            let (table, column) = place.split_once('.').unwrap();
            assert!(
                ledger::prose::find(table, column).is_some(),
                "{field}: {place}"
            );
        }
    }
}
