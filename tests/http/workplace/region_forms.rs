//! The forms of a region, as another region, and every other role, would send them.

use super::surface::Sent;

const ANSWERS: &str = "/werkplek/regio/VR13";
const DUTIES: &str = "/werkplek/regio/VR13/taken";
const FUNCTIONS: &str = "/werkplek/regio/VR13/functies";
const REPORT: &str = "/werkplek/regio/VR13/rapportages/2026-2";
const AREA: (&str, &str) = ("area", "VR13");

/// Forms of an area that is nobody's own here.
pub(super) const FORMS: [Sent; 12] = [
    Sent {
        path: ANSWERS,
        form: "submitRegionalAnswer",
        fields: &[
            AREA,
            ("criterion", "SK-01"),
            ("answer", "MET"),
            ("from", "2026-11-22"),
        ],
        by: &[],
    },
    Sent {
        path: ANSWERS,
        form: "endRegionalAnswer-SK-01",
        fields: &[
            AREA,
            ("criterion", "SK-01"),
            ("expectedVersion", "1"),
            ("until", "2026-12-01"),
        ],
        by: &[],
    },
    Sent {
        path: DUTIES,
        form: "recordRegionalMeeting",
        fields: &[AREA, ("kind", "OFFICIAL"), ("heldOn", "2026-11-05")],
        by: &[],
    },
    Sent {
        path: DUTIES,
        form: "withdrawRegionalMeeting-2026-11-05-OFFICIAL",
        fields: &[AREA, ("kind", "OFFICIAL"), ("heldOn", "2026-11-05")],
        by: &[],
    },
    Sent {
        path: DUTIES,
        form: "raiseRegionalBottleneck",
        fields: &[AREA, ("text", "Geen opvang."), ("since", "2026-08-01")],
        by: &[],
    },
    Sent {
        path: DUTIES,
        form: "resolveRegionalBottleneck-knelpunt-1",
        fields: &[AREA, ("number", "1"), ("resolvedOn", "2026-11-20")],
        by: &[],
    },
    Sent {
        path: DUTIES,
        form: "withdrawRegionalBottleneck-knelpunt-1",
        fields: &[AREA, ("number", "1")],
        by: &[],
    },
    Sent {
        path: DUTIES,
        form: "recordRegionalDecision",
        fields: &[
            AREA,
            ("text", "Eén meldpunt."),
            ("decidedOn", "2026-11-05"),
            ("needsRatification", "nee"),
        ],
        by: &[],
    },
    Sent {
        path: DUTIES,
        form: "withdrawRegionalDecision-besluit-1",
        fields: &[AREA, ("number", "1")],
        by: &[],
    },
    // VNG may record this, and the next, of every area.
    Sent {
        path: FUNCTIONS,
        form: "assignFunction",
        fields: &[
            ("key", "functie-van-een-ander"),
            ("place.area", "VR13"),
            ("role", "CHAIN_COORDINATOR"),
            ("organisation", "Team Veiligheid"),
            ("text", "Team Veiligheid is aangewezen."),
            ("source.document", "plan-2024"),
            ("source.place", "1"),
        ],
        by: &["VNG"],
    },
    Sent {
        path: "/werkplek/regio/VR13/beleid",
        form: "recordPolicy",
        fields: &[
            ("key", "beleid-van-een-ander"),
            ("place.area", "VR13"),
            ("title", "Beleid van een ander"),
            ("level", "REGIONAL"),
            ("source.document", "plan-2024"),
            ("source.place", "1"),
        ],
        by: &["VNG"],
    },
    Sent {
        path: REPORT,
        form: "submitRegionalReport",
        fields: &[
            AREA,
            ("half", "2026-2"),
            ("progress", "Geen."),
            ("particulars", "Geen."),
            ("bottlenecks", "Geen."),
        ],
        by: &[],
    },
];
