//! What a regional policy says, functions, and where to report.

use domain::goals::codes::ExploitationKind;
use domain::guidance::codes::{AssignmentAnswer, FunctionCode, FunctionLevel, ReportingPointState};
use domain::policies::codes::PolicyProvisionKind;

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
                code("kind", &PolicyProvisionKind::CODES),
                number("position"),
                maybe("group_nl"),
                maybe_code("form", &ExploitationKind::CODES),
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
            code("code", &FunctionCode::CODES),
            number("position"),
            text("title_nl"),
            text("title_en"),
            code("level", &FunctionLevel::CODES),
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
                code("trained", &AssignmentAnswer::CODES),
                code("enough_time", &AssignmentAnswer::CODES),
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
                code("state", &ReportingPointState::CODES),
                maybe("successor"),
                maybe_day("checked_on"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
];
