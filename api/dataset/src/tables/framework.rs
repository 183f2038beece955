//! The framework, and the policies of municipalities.

use domain::framework::codes::{CriterionBasis, CriterionLevel};
use domain::policies::codes::PolicyLevel;
use domain::verdict::facts::{AnsweredBy, CriterionScope, EditionState};

use super::{
    Table, code, file, list, maybe, maybe_code, maybe_day, number, refers, table, text, yes_no,
};

pub(super) const TABLES: &[Table] = &[
    table(
        file!("framework_editions.csv"),
        "framework_edition",
        "FrameworkEdition",
        &["code"],
        &[
            text("code"),
            text("title_nl"),
            text("title_en"),
            code("state", &EditionState::CODES),
            text("rule_set"),
            number("norm_months"),
            yes_no("norm_endorsed"),
            number("inheritance_grace_months"),
        ],
    ),
    Table {
        references: &[refers(&["edition"], "framework_editions.csv")],
        ..table(
            file!("themes.csv"),
            "theme",
            "Theme",
            &["edition", "code"],
            &[
                text("edition"),
                text("code"),
                number("position"),
                text("title_nl"),
                text("title_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["edition", "theme"], "themes.csv")],
        ..table(
            file!("criteria.csv"),
            "criterion",
            "Criterion",
            &["edition", "code"],
            &[
                text("edition"),
                text("code"),
                text("theme"),
                number("position"),
                code("level", &CriterionLevel::CODES),
                yes_no("required"),
                code("answered_by", &AnsweredBy::CODES),
                code("scope", &CriterionScope::CODES),
                yes_no("not_applicable_allowed"),
                number("review_months"),
                text("title_nl"),
                text("title_en"),
                text("text_nl"),
                text("text_en"),
                list("evidence_kinds"),
                code("basis", &CriterionBasis::CODES),
                maybe("basis_note"),
            ],
        )
    },
    table(
        file!("policy_documents.csv"),
        "policy_document",
        "PolicyDocument",
        &["key"],
        &[
            text("key"),
            text("title_nl"),
            code("level", &PolicyLevel::CODES),
            maybe("area_name"),
            maybe_day("ends_on"),
            maybe("ends_on_text"),
            maybe("reference"),
        ],
    ),
    Table {
        references: &[
            refers(&["policy"], "policy_documents.csv"),
            refers(&["municipality"], "municipalities.csv"),
        ],
        ..table(
            file!("policy_adoptions.csv"),
            "policy_adoption",
            "PolicyAdoption",
            &["policy", "municipality"],
            &[
                text("policy"),
                maybe("municipality"),
                maybe_code("body", &["MUNICIPAL_EXECUTIVE", "MUNICIPAL_COUNCIL"]),
                maybe_day("adopted_on"),
                maybe_day("in_force_on"),
                maybe("published_on_text"),
                maybe("reference"),
            ],
        )
    },
];
