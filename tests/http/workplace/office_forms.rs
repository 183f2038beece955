//! The forms of VNG and the ministry alone, made by hand, for the walk of roles and forms.

use super::surface::Sent;

const FILLING: &str = "/werkplek/namens/2026-2/GM0406";
const EDITIONS: &str = "/werkplek/edities";
const REGION: &str = "/werkplek/regios/VR14";
const OF_FILLING: [(&str, &str); 2] = [("municipality", "GM0406"), ("period", "2026-2")];
const OF_ANSWER: [(&str, &str); 3] = [
    ("area", "VR14"),
    ("criterion", "VOORSTEL-1/SK-01"),
    ("version", "1"),
];

pub(super) const FORMS: [Sent; 11] = [
    Sent {
        path: FILLING,
        form: "fillOnBehalf",
        fields: &[
            OF_FILLING[0],
            OF_FILLING[1],
            ("reason", "Zo maar."),
            ("channel", "LETTER"),
            ("antwoord.SV-01", "MET"),
        ],
        by: &["VNG"],
    },
    Sent {
        path: FILLING,
        form: "extendDeadline",
        fields: &[
            OF_FILLING[0],
            OF_FILLING[1],
            ("deadlineOn", "2026-12-11"),
            ("reason", "Zo maar."),
        ],
        by: &["VNG"],
    },
    Sent {
        path: EDITIONS,
        form: "openEditionForComment-VOORSTEL-1",
        fields: &[("edition", "VOORSTEL-1"), ("lastDay", "2026-12-20")],
        by: &["VNG"],
    },
    Sent {
        path: EDITIONS,
        form: "endorseEdition-VOORSTEL-1",
        fields: &[("edition", "VOORSTEL-1"), ("normEndorsed", "ja")],
        by: &["VNG"],
    },
    Sent {
        path: EDITIONS,
        form: "withdrawEdition-VOORSTEL-1",
        fields: &[("edition", "VOORSTEL-1"), ("expectedVersion", "1")],
        by: &["VNG"],
    },
    Sent {
        path: REGION,
        form: "confirmRegionalAnswer-SK-01",
        fields: &OF_ANSWER,
        by: &["VNG"],
    },
    Sent {
        path: REGION,
        form: "returnRegionalAnswer-SK-01",
        fields: &[
            OF_ANSWER[0],
            OF_ANSWER[1],
            OF_ANSWER[2],
            ("text", "Zo maar."),
        ],
        by: &["VNG"],
    },
    Sent {
        path: REGION,
        form: "confirmRegionalReport-2026-1",
        fields: &[OF_ANSWER[0], ("half", "2026-1"), OF_ANSWER[2]],
        by: &["VNG"],
    },
    Sent {
        path: "/werkplek/rondes",
        form: "openMonitoringRound",
        fields: &[
            ("key", "2027-1"),
            ("titleNl", "Ronde"),
            ("titleEn", "Round"),
            ("dateEarliest", "2027-01-01"),
            ("dateLatest", "2027-06-30"),
        ],
        by: &["MINISTRY"],
    },
    Sent {
        path: "/werkplek/rondes/2025-1/correcties",
        form: "correctStatusReport-33",
        fields: &[
            ("round", "2025-1"),
            ("action", "33"),
            ("status", "ONGOING"),
            ("reason", "Zo maar."),
        ],
        by: &["MINISTRY"],
    },
    Sent {
        path: "/werkplek/publicaties/budget-2024-1",
        form: "publish",
        fields: &[("publication", "budget-2024-1")],
        by: &["MINISTRY"],
    },
];
