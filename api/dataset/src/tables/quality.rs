//! What is known of the data themselves.

use domain::quality::codes::DataDecisionKind;

use super::{Table, code, day, file, number, table, text};

pub(super) const TABLES: &[Table] = &[
    table(
        file!("published_municipality_counts.csv"),
        "published_municipality_count",
        "PublishedMunicipalityCount",
        &["day"],
        &[day("day"), number("count")],
    ),
    table(
        file!("known_differences.csv"),
        "known_difference",
        "KnownDifference",
        &["check", "subject"],
        &[
            text("check"),
            text("subject"),
            text("published"),
            text("computed"),
            text("reason_nl"),
            text("reason_en"),
        ],
    ),
    Table {
        sourced: false,
        ..table(
            file!("known_gaps.csv"),
            "known_gap",
            "KnownGap",
            &["key"],
            &[text("key"), text("text_nl"), text("text_en")],
        )
    },
    table(
        file!("data_decisions.csv"),
        "data_decision",
        "DataDecision",
        &["key"],
        &[
            text("key"),
            code("kind", &DataDecisionKind::CODES),
            text("subject"),
            text("printed"),
            text("taken_as"),
            text("reason_nl"),
            text("reason_en"),
        ],
    ),
];
