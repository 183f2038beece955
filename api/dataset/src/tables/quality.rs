//! What is known of the data themselves.

use super::{Table, code, day, file, number, table, text};

/// The kinds of decisions on the data.
pub(crate) const DECISIONS: [&str; 5] = ["UNIT", "REPAIR", "ORDER", "CONFLICT", "UNRESOLVED"];

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
            code("kind", &DECISIONS),
            text("subject"),
            text("printed"),
            text("taken_as"),
            text("reason_nl"),
            text("reason_en"),
        ],
    ),
];
