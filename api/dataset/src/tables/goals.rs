//! Goals with their targets, effects, and figures.

use super::{
    Kind, Table, code, column, file, list, maybe, maybe_code, maybe_day, maybe_number, number,
    refers, table, text, yes_no,
};

pub(super) const TABLES: &[Table] = &[
    Table {
        references: &[refers(&["plan", "line"], "action_lines.csv")],
        ..table(
            file!("operational_goals.csv"),
            "operational_goal",
            "OperationalGoal",
            &["plan", "line", "number"],
            &[
                text("plan"),
                number("line"),
                number("number"),
                yes_no("is_overarching"),
                text("text_nl"),
                text("text_en"),
                maybe("starts_text"),
                maybe_day("starts_on"),
                maybe("deadline_text"),
                maybe_day("deadline_on"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "line", "goal"], "operational_goals.csv")],
        ..table(
            file!("goal_targets.csv"),
            "goal_target",
            "GoalTarget",
            &["plan", "line", "goal", "position"],
            &[
                text("plan"),
                number("line"),
                number("goal"),
                number("position"),
                code("kind", &["PERCENT_INCREASE", "COUNT"]),
                code("direction", &["AT_LEAST", "BETWEEN", "EXACTLY"]),
                number("value"),
                maybe_number("value_to"),
                text("unit_nl"),
                text("unit_en"),
                text("text_nl"),
                code(
                    "baseline_state",
                    &["NOT_IN_SOURCE", "RUNNING", "NOT_NEEDED"],
                ),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan", "action"], "actions.csv"),
            refers(&["plan", "line", "goal"], "operational_goals.csv"),
            refers(&["plan", "line", "goal", "target"], "goal_targets.csv"),
        ],
        ..table(
            file!("measurements.csv"),
            "measurement",
            "Measurement",
            &["key"],
            &[
                text("key"),
                text("plan"),
                maybe_number("action"),
                maybe_number("line"),
                maybe_number("goal"),
                maybe_number("target"),
                code("kind", &["BASELINE", "INTERIM", "FINAL"]),
                maybe("group_nl"),
                maybe("group_en"),
                code("state", &["RUNNING", "REPORTED", "HARD_TO_MEASURE"]),
                maybe_number("value"),
                maybe("unit_nl"),
                maybe("unit_en"),
                maybe_day("measured_on"),
                maybe("date_text"),
                column("explanation_nl", Kind::FreeText, false),
                text("summary_en"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "line"], "action_lines.csv")],
        ..table(
            file!("intended_effects.csv"),
            "intended_effect",
            "IntendedEffect",
            &["plan", "line", "number"],
            &[
                text("plan"),
                number("line"),
                number("number"),
                text("text_nl"),
                text("text_en"),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan", "line", "effect"], "intended_effects.csv"),
            refers(&["counted_by"], "partners.csv"),
        ],
        ..table(
            file!("effect_indicators.csv"),
            "effect_indicator",
            "EffectIndicator",
            &["key"],
            &[
                text("key"),
                text("plan"),
                number("line"),
                number("effect"),
                text("text_nl"),
                text("text_en"),
                list("counted_by"),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan", "number"], "actions.csv"),
            refers(&["plan", "line", "goal"], "operational_goals.csv"),
        ],
        ..table(
            file!("action_goals.csv"),
            "action_goal",
            "ActionGoal",
            &["plan", "number", "line", "goal"],
            &[
                text("plan"),
                number("number"),
                number("line"),
                number("goal"),
            ],
        )
    },
    Table {
        references: &[
            refers(
                &["from_plan", "from_line", "from_goal"],
                "operational_goals.csv",
            ),
            refers(&["to_plan", "to_line", "to_goal"], "operational_goals.csv"),
        ],
        ..table(
            file!("goal_lineage.csv"),
            "goal_lineage",
            "GoalLineage",
            &[
                "from_plan",
                "from_line",
                "from_goal",
                "to_plan",
                "to_line",
                "to_goal",
            ],
            &[
                text("from_plan"),
                number("from_line"),
                number("from_goal"),
                text("to_plan"),
                number("to_line"),
                number("to_goal"),
                text("change_nl"),
                text("change_en"),
            ],
        )
    },
    table(
        file!("national_figures.csv"),
        "national_figure",
        "NationalFigure",
        &["key"],
        &[
            text("key"),
            text("series"),
            text("title_nl"),
            text("title_en"),
            code(
                "kind",
                &["COUNT", "ESTIMATE", "TREND", "VISIBILITY", "UNKNOWN"],
            ),
            text("area"),
            maybe("period_text"),
            maybe_number("year_from"),
            maybe_number("year_to"),
            maybe_number("value"),
            maybe_number("value_to"),
            code(
                "qualifier",
                &["EXACT", "AT_LEAST", "RANGE", "PROPORTION", "NONE"],
            ),
            maybe_code(
                "direction",
                &[
                    "RISE",
                    "FALL",
                    "STRONG_FALL",
                    "MORE_VISIBLE",
                    "HARDLY_VISIBLE",
                ],
            ),
            maybe("unit_nl"),
            maybe("unit_en"),
            maybe("stated_by"),
            maybe_code(
                "form",
                &[
                    "SEXUAL_EXPLOITATION",
                    "LABOUR_EXPLOITATION",
                    "CRIMINAL_EXPLOITATION",
                    "FORCED_ORGAN_REMOVAL",
                ],
            ),
            text("text_nl"),
            maybe("reason_nl"),
            maybe("reason_en"),
        ],
    ),
    table(
        file!("exploitation_forms.csv"),
        "exploitation_form",
        "ExploitationForm",
        &["code"],
        &[
            code(
                "code",
                &[
                    "SEXUAL_EXPLOITATION",
                    "LABOUR_EXPLOITATION",
                    "CRIMINAL_EXPLOITATION",
                    "FORCED_ORGAN_REMOVAL",
                ],
            ),
            number("position"),
            text("title_nl"),
            text("title_en"),
            text("text_nl"),
            text("text_en"),
        ],
    ),
];
