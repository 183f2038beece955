//! Documents and territory.

use domain::territory::codes::{AreaKind, ReorganisationKind};

use super::{Table, code, day, file, list, maybe, maybe_day, number, refers, table, text};

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
                code("kind", &ReorganisationKind::CODES),
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
                code("kind", &AreaKind::CODES),
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
        file!("tiles.csv"),
        "tile",
        "Tile",
        &["kind", "code"],
        &[
            code("kind", &["REGION", "MUNICIPALITY"]),
            text("code"),
            number("tile_row"),
            number("tile_column"),
        ],
    ),
    Table {
        references: &[
            refers(&["predecessor"], "municipalities.csv"),
            refers(&["successor"], "municipalities.csv"),
        ],
        ..table(
            file!("reorganisations_planned.csv"),
            "planned_reorganisation",
            "PlannedReorganisation",
            &["effective_on", "predecessor", "successor"],
            &[
                day("effective_on"),
                code("kind", &ReorganisationKind::CODES),
                text("predecessor"),
                text("successor"),
                code("state", &["PLANNED"]),
            ],
        )
    },
];
