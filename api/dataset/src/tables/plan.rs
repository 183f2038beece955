//! The plan: versions, lines, actions, rounds and their reports.

use domain::plan::codes::{CauseState, Confidence, PlanState};
use domain::plan::rules::ActionStatus;

use super::{
    Kind, Table, code, column, day, file, maybe, maybe_code, number, refers, table, text, yes_no,
};

pub(super) const TABLES: &[Table] = &[
    table(
        file!("plan_versions.csv"),
        "plan_version",
        "PlanVersion",
        &["key"],
        &[
            text("key"),
            text("title_nl"),
            text("title_en"),
            code("state", &PlanState::CODES),
        ],
    ),
    Table {
        references: &[refers(&["plan"], "plan_versions.csv")],
        ..table(
            file!("action_lines.csv"),
            "action_line",
            "ActionLine",
            &["plan", "number"],
            &[
                text("plan"),
                number("number"),
                text("title_nl"),
                text("title_en"),
                maybe("short_title_nl"),
                maybe("narrative_nl"),
                yes_no("is_new"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "line"], "action_lines.csv")],
        ..table(
            file!("actions.csv"),
            "action",
            "Action",
            &["plan", "number"],
            &[
                text("plan"),
                number("number"),
                number("line"),
                text("title_nl"),
                text("title_en"),
                yes_no("is_new"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("action_titles.csv"),
            "action_title",
            "ActionTitle",
            &["plan", "number", "source_document"],
            &[text("plan"), number("number"), text("title_nl")],
        )
    },
    Table {
        references: &[
            refers(&["from_plan", "from_number"], "actions.csv"),
            refers(&["to_plan", "to_number"], "actions.csv"),
        ],
        ..table(
            file!("action_lineage.csv"),
            "action_lineage",
            "ActionLineage",
            &["from_plan", "from_number", "to_plan", "to_number"],
            &[
                text("from_plan"),
                number("from_number"),
                text("to_plan"),
                number("to_number"),
                code("confidence", &Confidence::CODES),
            ],
        )
    },
    Table {
        references: &[refers(&["plan"], "plan_versions.csv")],
        ..table(
            file!("monitoring_rounds.csv"),
            "monitoring_round",
            "MonitoringRound",
            &["key"],
            &[
                text("key"),
                text("plan"),
                text("title_nl"),
                text("title_en"),
                day("date_earliest"),
                day("date_latest"),
                text("date_text"),
                code("state", &["OPEN", "CLOSED"]),
            ],
        )
    },
    Table {
        references: &[
            refers(&["round"], "monitoring_rounds.csv"),
            refers(&["plan", "action"], "actions.csv"),
        ],
        ..table(
            file!("status_reports.csv"),
            "status_report",
            "StatusReport",
            &["round", "plan", "action"],
            &[
                text("round"),
                text("plan"),
                number("action"),
                code("status", &ActionStatus::CODES),
                column("explanation_nl", Kind::FreeText, false),
                maybe("period_text"),
                maybe("delay_amount_text"),
                maybe("delay_cause_nl"),
                maybe_code("delay_cause_state", &CauseState::CODES),
            ],
        )
    },
    Table {
        references: &[
            refers(&["round"], "monitoring_rounds.csv"),
            refers(&["plan", "action"], "actions.csv"),
        ],
        ..table(
            file!("round_exclusions.csv"),
            "round_exclusion",
            "RoundExclusion",
            &["round", "plan", "action"],
            &[text("round"), text("plan"), number("action")],
        )
    },
    Table {
        references: &[refers(&["round"], "monitoring_rounds.csv")],
        ..table(
            file!("published_counts.csv"),
            "published_count",
            "PublishedCount",
            &["round", "line", "measure"],
            &[
                text("round"),
                text("line"),
                code(
                    "measure",
                    &[
                        "TOTAL",
                        "COMPLETED",
                        "IN_PROGRESS",
                        "IN_PROGRESS_DELAYED",
                        "ONGOING",
                        "NOT_STARTED",
                    ],
                ),
                number("value"),
            ],
        )
    },
];

#[cfg(test)]
mod tests {
    use domain::plan::{CURRENT_PLAN, PREVIOUS_PLAN};

    use crate::DataSet;

    #[test]
    fn the_plan_that_is_meant_where_none_is_named_is_the_one_in_force() {
        let set = DataSet::built_in().unwrap();
        let plans = set.rows("plan_versions.csv").iter();
        let plans: Vec<(&str, &str)> = plans
            .map(|plan| (plan.text("key"), plan.text("state")))
            .collect();
        let last = [(PREVIOUS_PLAN, "SUPERSEDED"), (CURRENT_PLAN, "IN_FORCE")];
        assert_eq!(plans.last_chunk(), Some(&last));
        let in_force = plans.iter().filter(|(_, state)| *state == "IN_FORCE");
        assert_eq!(in_force.count(), 1);
    }
}
