//! Partners, their roles and meetings.

use super::{Table, code, file, list, maybe, maybe_code, maybe_day, number, refers, table, text};

pub(super) const TABLES: &[Table] = &[
    Table {
        references: &[
            refers(&["municipality"], "municipalities.csv"),
            refers(&["area"], "areas.csv"),
        ],
        ..table(
            file!("partners.csv"),
            "partner",
            "Partner",
            &["key"],
            &[
                text("key"),
                text("name"),
                text("name_en"),
                code(
                    "kind",
                    &[
                        "MINISTRY",
                        "GOVERNMENT_AGENCY",
                        "MUNICIPALITY",
                        "MUNICIPAL_ASSOCIATION",
                        "REGION",
                        "INVESTIGATION",
                        "PROSECUTION",
                        "RIEC",
                        "COORDINATION_CENTRE",
                        "CARE_PROVIDER",
                        "NGO",
                        "RESEARCH",
                        "CONSULTANCY",
                        "RAPPORTEUR",
                        "GROUP",
                        "OTHER",
                    ],
                ),
                list("aliases"),
                maybe("municipality"),
                maybe("area"),
                maybe("website"),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan", "number"], "actions.csv"),
            refers(&["partner"], "partners.csv"),
        ],
        ..table(
            file!("action_partners.csv"),
            "action_partner",
            "ActionPartner",
            &["plan", "number", "partner", "role"],
            &[
                text("plan"),
                number("number"),
                text("partner"),
                code(
                    "role",
                    &[
                        "OWNER",
                        "EXECUTOR",
                        "COMMISSIONER",
                        "CONTRACTOR",
                        "DEVELOPER",
                        "EXPERT",
                        "SOUNDING_BOARD",
                        "DATA_SUPPLIER",
                        "PARTICIPANT",
                        "TARGET_GROUP",
                        "IMPLEMENTER",
                        "REQUESTED",
                    ],
                ),
                maybe_code("implementation", &["REPORTED", "NOT_REPORTED"]),
                text("text_nl"),
            ],
        )
    },
    Table {
        references: &[
            refers(&["plan", "number"], "actions.csv"),
            refers(&["partner"], "partners.csv"),
        ],
        ..table(
            file!("partner_mentions.csv"),
            "partner_mention",
            "PartnerMention",
            &["plan", "number", "partner", "source_document"],
            &[
                text("plan"),
                number("number"),
                text("partner"),
                text("printed"),
                text("text_nl"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan", "number"], "actions.csv")],
        ..table(
            file!("unnamed_parties.csv"),
            "unnamed_party",
            "UnnamedParty",
            &["plan", "number", "position"],
            &[
                text("plan"),
                number("number"),
                number("position"),
                text("printed"),
                text("text_nl"),
            ],
        )
    },
    table(
        file!("events.csv"),
        "event",
        "Event",
        &["key"],
        &[
            text("key"),
            text("title_nl"),
            text("title_en"),
            maybe_day("held_on"),
            text("date_text"),
            maybe("text_nl"),
            maybe("printed_participants_text"),
        ],
    ),
    Table {
        references: &[
            refers(&["event"], "events.csv"),
            refers(&["partner"], "partners.csv"),
        ],
        ..table(
            file!("event_participants.csv"),
            "event_participant",
            "EventParticipant",
            &["event", "position"],
            &[
                text("event"),
                number("position"),
                text("printed"),
                maybe("partner"),
            ],
        )
    },
];
