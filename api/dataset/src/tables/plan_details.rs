//! What the sources say further of the plan: steps, years, relations, phases, results, motions.

use domain::guidance::codes::BuildingBlockState;
use domain::plan::codes::{
    ActivityKind, MilestoneKind, ObligationKind, PlanState, PlanStepKind, Qualifier, RelationKind,
    ResultKind,
};
use domain::sources::codes::{CitationKind, MotionKind, MotionOutcome, ProposalOutcome};

use super::{
    Kind, Table, code, column, file, list, maybe, maybe_code, maybe_day, maybe_number, number,
    refers, table, text,
};

pub(super) const TABLES: &[Table] = &[
    Table {
        references: &[refers(&["plan"], "plan_versions.csv")],
        ..table(
            file!("plan_steps.csv"),
            "plan_step",
            "PlanStep",
            &["plan", "position"],
            &[
                text("plan"),
                number("position"),
                code("kind", &PlanStepKind::CODES),
                maybe_code("state", &PlanState::CODES),
                maybe("date_text"),
                maybe_day("date_earliest"),
                maybe_day("date_latest"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("action_years.csv"),
            "action_year",
            "ActionYear",
            &["plan", "number", "year", "place", "source_document"],
            &[
                text("plan"),
                number("number"),
                number("year"),
                code("planned", &["YES", "NO"]),
                code("place", &["TEXT", "COLUMN", "STATUS"]),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan", "number"], "actions.csv"),
            refers(&["to_plan", "to_number"], "actions.csv"),
        ],
        ..table(
            file!("action_relations.csv"),
            "action_relation",
            "ActionRelation",
            &["plan", "number", "kind", "to_plan", "to_number"],
            &[
                text("plan"),
                number("number"),
                code("kind", &RelationKind::CODES),
                text("to_plan"),
                number("to_number"),
                maybe("text_nl"),
            ],
        )
    },
    table(
        file!("plan_themes.csv"),
        "plan_theme",
        "PlanTheme",
        &["code"],
        &[text("code"), text("title_nl"), text("title_en")],
    ),
    Table {
        references: &[
            refers(&["plan", "number"], "actions.csv"),
            refers(&["theme"], "plan_themes.csv"),
        ],
        ..table(
            file!("action_themes.csv"),
            "action_theme",
            "ActionTheme",
            &["plan", "number", "theme"],
            &[text("plan"), number("number"), text("theme")],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("action_phases.csv"),
            "action_phase",
            "ActionPhase",
            &["plan", "number", "position"],
            &[
                text("plan"),
                number("number"),
                number("position"),
                maybe_number("year"),
                text("title_nl"),
                text("title_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("milestones.csv"),
            "milestone",
            "Milestone",
            &["plan", "number", "position"],
            &[
                text("plan"),
                number("number"),
                number("position"),
                code("kind", &MilestoneKind::CODES),
                text("date_text"),
                maybe_day("date_earliest"),
                maybe_day("date_latest"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("obligations.csv"),
            "obligation",
            "Obligation",
            &["plan", "number", "position"],
            &[
                text("plan"),
                number("number"),
                number("position"),
                code("kind", &ObligationKind::CODES),
                number("value"),
                text("unit_nl"),
                text("unit_en"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("activities.csv"),
            "activity",
            "Activity",
            &["plan", "number", "position"],
            &[
                text("plan"),
                number("number"),
                number("position"),
                code("kind", &ActivityKind::CODES),
                maybe("place_nl"),
                maybe("audience_nl"),
                maybe("date_text"),
                maybe_day("date_earliest"),
                maybe_day("date_latest"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan", "number"], "actions.csv"),
            refers(&["round"], "monitoring_rounds.csv"),
        ],
        ..table(
            file!("action_results.csv"),
            "action_result",
            "ActionResult",
            &["plan", "number", "position"],
            &[
                text("plan"),
                number("number"),
                number("position"),
                maybe("round"),
                code("kind", &ResultKind::CODES),
                maybe_number("value"),
                maybe_number("value_to"),
                code("qualifier", &Qualifier::CODES),
                maybe("qualifier_text"),
                maybe("unit_nl"),
                maybe("unit_en"),
                column("explanation_nl", Kind::FreeText, false),
                text("summary_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("action_references.csv"),
            "action_reference",
            "ActionReference",
            &["plan", "number", "position"],
            &[
                text("plan"),
                number("number"),
                number("position"),
                text("text_nl"),
                maybe("footnote"),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan"], "plan_versions.csv"),
            refers(&["policy"], "policy_documents.csv"),
        ],
        ..table(
            file!("adjacent_policies.csv"),
            "adjacent_policy",
            "AdjacentPolicy",
            &["key"],
            &[
                text("key"),
                maybe("plan"),
                maybe("policy"),
                text("title_nl"),
                text("title_en"),
                maybe("ends_on_text"),
                maybe_day("ends_on"),
                maybe("text_nl"),
            ],
        )
    },
    table(
        file!("motions.csv"),
        "motion",
        "Motion",
        &["key"],
        &[
            text("key"),
            code("kind", &MotionKind::CODES),
            text("title_nl"),
            text("title_en"),
            code("outcome", &MotionOutcome::CODES),
            maybe("reference"),
            text("asks_nl"),
            text("asks_en"),
            maybe_number("amount_euros"),
        ],
    ),
    Table {
        references: &[
            refers(&["motion"], "motions.csv"),
            refers(&["plan", "number"], "actions.csv"),
        ],
        ..table(
            file!("motion_answers.csv"),
            "motion_answer",
            "MotionAnswer",
            &["motion", "position"],
            &[
                text("motion"),
                number("position"),
                text("plan"),
                maybe_number("number"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "actions"], "actions.csv")],
        ..table(
            file!("proposals.csv"),
            "proposal",
            "Proposal",
            &["key"],
            &[
                text("key"),
                text("plan"),
                text("title_nl"),
                text("title_en"),
                code("outcome", &ProposalOutcome::CODES),
                list("actions"),
            ],
        )
    },
    table(
        file!("reference_citations.csv"),
        "reference_citation",
        "ReferenceCitation",
        &["key"],
        &[
            text("key"),
            code("kind", &CitationKind::CODES),
            text("text_nl"),
            maybe("dossier"),
            maybe("number"),
            maybe("session"),
            maybe("about_nl"),
            maybe("about_en"),
        ],
    ),
    table(
        file!("building_blocks.csv"),
        "building_block",
        "BuildingBlock",
        &["key"],
        &[
            text("key"),
            text("title_nl"),
            text("title_en"),
            code("state", &BuildingBlockState::CODES),
            maybe("date_text"),
        ],
    ),
];
