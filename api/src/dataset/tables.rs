//! What each file holds: its table, its key, its columns and what they refer to.

/// What a column holds, and how its text becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text as it stands.
    Text,
    /// One of these codes.
    Code(&'static [&'static str]),
    /// A whole number.
    Number,
    /// `yes` or `no`.
    YesNo,
    /// A day, `2026-11-22`.
    Day,
    /// Texts with `;` between them.
    List,
    /// A long text that is kept apart from the fact, in the column `explanation_text`.
    FreeText,
}

/// A column of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// A reference to the key of another file, made of columns of this one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub(super) columns: &'static [&'static str],
    pub(super) to: &'static str,
}

/// A file and the table that it fills.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) file: &'static str,
    pub(super) text: &'static str,
    pub(super) table: &'static str,
    pub(super) subject_kind: &'static str,
    pub(super) key: &'static [&'static str],
    pub(super) columns: &'static [Column],
    pub(super) references: &'static [Reference],
    /// Whether a row says itself from which day to which day it holds.
    pub(super) dated: bool,
    /// Whether the rows tell their document and lines; the documents themselves do not.
    pub(super) sourced: bool,
}

const fn text(name: &'static str) -> Column {
    column(name, Kind::Text, true)
}
const fn maybe(name: &'static str) -> Column {
    column(name, Kind::Text, false)
}
const fn code(name: &'static str, codes: &'static [&'static str]) -> Column {
    column(name, Kind::Code(codes), true)
}
const fn maybe_code(name: &'static str, codes: &'static [&'static str]) -> Column {
    column(name, Kind::Code(codes), false)
}
const fn number(name: &'static str) -> Column {
    column(name, Kind::Number, true)
}
const fn yes_no(name: &'static str) -> Column {
    column(name, Kind::YesNo, true)
}
const fn day(name: &'static str) -> Column {
    column(name, Kind::Day, true)
}
const fn maybe_day(name: &'static str) -> Column {
    column(name, Kind::Day, false)
}
const fn list(name: &'static str) -> Column {
    column(name, Kind::List, false)
}
const fn column(name: &'static str, kind: Kind, required: bool) -> Column {
    Column {
        name,
        kind,
        required,
    }
}
const fn refers(columns: &'static [&'static str], to: &'static str) -> Reference {
    Reference { columns, to }
}

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../data/", $name)))
    };
}

const fn table(
    file: (&'static str, &'static str),
    table: &'static str,
    subject_kind: &'static str,
    key: &'static [&'static str],
    columns: &'static [Column],
) -> Table {
    Table {
        file: file.0,
        text: file.1,
        table,
        subject_kind,
        key,
        columns,
        references: &[],
        dated: false,
        sourced: true,
    }
}

/// All files that become facts, in the order in which they refer to each other.
pub(super) const TABLES: &[Table] = &[
    Table {
        sourced: false,
        ..table(
            file!("source_documents.csv"),
            "source_document",
            "SourceDocument",
            &["key"],
            &[
                text("key"),
                text("kind"),
                text("title_nl"),
                text("title_en"),
                maybe_day("dated_on"),
                text("date_text"),
                maybe("reference"),
                maybe("file"),
            ],
        )
    },
    Table {
        dated: true,
        ..table(
            file!("municipalities.csv"),
            "municipality",
            "Municipality",
            &["code"],
            &[text("code"), text("name"), text("label"), list("aliases")],
        )
    },
    Table {
        references: &[
            refers(&["predecessor"], "municipalities.csv"),
            refers(&["successor"], "municipalities.csv"),
        ],
        ..table(
            file!("reorganisations.csv"),
            "reorganisation",
            "Reorganisation",
            &["effective_on", "predecessor", "successor"],
            &[
                day("effective_on"),
                code("kind", &["MERGER", "ABSORPTION", "SPLIT"]),
                text("predecessor"),
                text("successor"),
            ],
        )
    },
    Table {
        references: &[refers(&["parent"], "areas.csv")],
        ..table(
            file!("areas.csv"),
            "area",
            "Area",
            &["code"],
            &[
                text("code"),
                code(
                    "kind",
                    &[
                        "SAFETY_REGION",
                        "PROVINCE",
                        "POLICE_UNIT",
                        "RIEC",
                        "COOPERATION_AREA",
                    ],
                ),
                text("name"),
                maybe("parent"),
            ],
        )
    },
    Table {
        dated: true,
        references: &[
            refers(&["area"], "areas.csv"),
            refers(&["municipality"], "municipalities.csv"),
        ],
        ..table(
            file!("area_memberships.csv"),
            "area_membership",
            "AreaMembership",
            &["area", "municipality"],
            &[text("area"), text("municipality")],
        )
    },
    table(
        file!("plan_versions.csv"),
        "plan_version",
        "PlanVersion",
        &["key"],
        &[
            text("key"),
            text("title_nl"),
            text("title_en"),
            code(
                "state",
                &["PROPOSED", "DISCUSSED", "SENT", "IN_FORCE", "SUPERSEDED"],
            ),
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
                code("confidence", &["CERTAIN", "LIKELY"]),
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
                code(
                    "status",
                    &[
                        "COMPLETED",
                        "IN_PROGRESS",
                        "IN_PROGRESS_DELAYED",
                        "ONGOING",
                        "NOT_STARTED",
                    ],
                ),
                column("explanation_nl", Kind::FreeText, false),
                maybe("period_text"),
                maybe("delay_amount_text"),
                maybe("delay_cause_nl"),
                maybe_code("delay_cause_state", &["GIVEN", "NOT_IN_SOURCE"]),
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
    table(
        file!("framework_editions.csv"),
        "framework_edition",
        "FrameworkEdition",
        &["code"],
        &[
            text("code"),
            text("title_nl"),
            text("title_en"),
            code("state", &["PROPOSED", "ENDORSED", "RETIRED"]),
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
                code("level", &["BASIC", "ADVANCED"]),
                yes_no("required"),
                code("answered_by", &["MUNICIPALITY", "REGION", "COMPUTED"]),
                code(
                    "scope",
                    &[
                        "LOCAL_ONLY",
                        "REGIONAL_ALLOWED",
                        "REGIONAL_ONLY",
                        "REGIONAL_DOCUMENT_LOCAL_ADOPTION",
                    ],
                ),
                yes_no("not_applicable_allowed"),
                number("review_months"),
                text("title_nl"),
                text("title_en"),
                text("text_nl"),
                text("text_en"),
                list("evidence_kinds"),
                code(
                    "basis",
                    &["NEED_IN_SOURCE", "TOPIC_IN_SOURCE", "OUR_PROPOSAL"],
                ),
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
            code("level", &["LOCAL", "JOINT", "REGIONAL"]),
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

/// Differences that we know of, with the reason.
pub(super) const KNOWN_DIFFERENCES: (&str, &str) = file!("known_differences.csv");
/// How many municipalities there were, as published.
pub(super) const MUNICIPALITY_COUNTS: (&str, &str) = file!("published_municipality_counts.csv");
/// What the data set does not know.
pub(super) const KNOWN_GAPS: (&str, &str) = file!("known_gaps.csv");
