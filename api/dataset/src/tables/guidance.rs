//! What a regional policy says, functions, and where to report.

use super::{
    Table, code, file, list, maybe, maybe_code, maybe_day, maybe_number, number, refers, table,
    text,
};

pub(super) const TABLES: &[Table] = &[
    Table {
        references: &[
            refers(&["policy"], "policy_documents.csv"),
            refers(&["partner"], "partners.csv"),
        ],
        ..table(
            file!("policy_provisions.csv"),
            "policy_provision",
            "PolicyProvision",
            &["policy", "kind", "position"],
            &[
                text("policy"),
                code(
                    "kind",
                    &[
                        "AIM",
                        "GOAL",
                        "LINE",
                        "TRACK",
                        "PREVENTION",
                        "RISK_GROUP",
                        "RISK_FACTOR",
                        "SECTOR",
                        "FINDING",
                        "COMMITMENT",
                        "MEASURE",
                        "CADENCE",
                        "CONSULTATION_BODY",
                        "EVALUATION",
                        "FINANCE",
                        "FORM_IN_SCOPE",
                        "FORM_OUT_OF_SCOPE",
                        "CHAIN_PARTNER",
                        "CORE_TEAM",
                        "CARE_PROVISION",
                        "DUTY",
                        "REPORT_CONTENT",
                        "ANNEX",
                    ],
                ),
                number("position"),
                maybe("group_nl"),
                maybe_code(
                    "form",
                    &[
                        "SEXUAL_EXPLOITATION",
                        "LABOUR_EXPLOITATION",
                        "CRIMINAL_EXPLOITATION",
                        "FORCED_ORGAN_REMOVAL",
                    ],
                ),
                maybe_number("times_per_year"),
                maybe_number("at_most_per_year"),
                maybe_number("every_years"),
                maybe_number("due_year"),
                maybe("partner"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
    table(
        file!("function_roles.csv"),
        "function_role",
        "FunctionRole",
        &["code"],
        &[
            code(
                "code",
                &[
                    "CHAIN_COORDINATOR",
                    "CARE_COORDINATOR",
                    "DESIGNATED_OFFICER",
                ],
            ),
            number("position"),
            text("title_nl"),
            text("title_en"),
            code("level", &["REGION", "SUPRALOCAL", "MUNICIPALITY"]),
            text("does_nl"),
            text("does_en"),
            maybe("does_not_nl"),
            maybe("does_not_en"),
        ],
    ),
    Table {
        references: &[
            refers(&["role"], "function_roles.csv"),
            refers(&["area"], "areas.csv"),
            refers(&["municipality"], "municipalities.csv"),
            refers(&["partner"], "partners.csv"),
        ],
        dated: true,
        ..table(
            file!("function_assignments.csv"),
            "function_assignment",
            "FunctionAssignment",
            &["key"],
            &[
                text("key"),
                text("role"),
                maybe("area"),
                maybe("municipality"),
                text("organisation_nl"),
                maybe("partner"),
                code("trained", &["YES", "NO", "UNKNOWN"]),
                code("enough_time", &["YES", "NO", "UNKNOWN"]),
                text("text_nl"),
            ],
        )
    },
    table(
        file!("reporting_steps.csv"),
        "reporting_step",
        "ReportingStep",
        &["route", "step", "branch"],
        &[
            text("route"),
            number("step"),
            number("branch"),
            maybe("audience_nl"),
            maybe("audience_en"),
            list("contact_roles"),
            maybe("address"),
            text("text_nl"),
            text("text_en"),
        ],
    ),
    Table {
        references: &[
            refers(&["partner"], "partners.csv"),
            refers(&["successor"], "reporting_points.csv"),
        ],
        ..table(
            file!("reporting_points.csv"),
            "reporting_point",
            "ReportingPoint",
            &["key"],
            &[
                text("key"),
                text("name_nl"),
                text("name_en"),
                list("audiences"),
                maybe("partner"),
                maybe("address"),
                code("state", &["ACTIVE", "MERGED", "PLANNED", "NOT_VERIFIED"]),
                maybe("successor"),
                maybe_day("checked_on"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
];
