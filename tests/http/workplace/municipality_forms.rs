//! The forms of a municipality and of a partner about what is nobody's own here, as every role would
//! send them.

use super::surface::Sent;

const OF_OTHER: (&str, &str) = ("municipality", "GM0376");
/// Where what is recorded stands, in forms about it.
const SOURCE: [(&str, &str); 2] = [
    ("source.document", "monitoring-2025"),
    ("source.place", "7"),
];

/// Forms about functions, mandates, consultations and actions that are nobody's own here. VNG records
/// functions everywhere.
pub(super) const FORMS: [Sent; 8] = [
    Sent {
        path: "/werkplek/acties/33",
        form: "recordMeasurement",
        fields: &[
            ("key", "meting-33"),
            ("action", "33"),
            ("kind", "BASELINE"),
            ("state", "RUNNING"),
            ("explanation", "Loopt."),
            ("summary", "Under way."),
        ],
        by: &["MINISTRY"],
    },
    Sent {
        path: "/werkplek/acties/33",
        form: "recordResult",
        fields: &[
            ("action", "33"),
            ("kind", "PRODUCT"),
            ("qualifier", "NONE"),
            ("explanation", "Een handreiking."),
            ("summary", "A guide."),
        ],
        by: &["MINISTRY"],
    },
    Sent {
        path: "/werkplek/consultaties/VOORSTEL-1",
        form: "remarkOnCriterion-SV-01-GM0376",
        fields: &[
            OF_OTHER,
            ("edition", "VOORSTEL-1"),
            ("criterion", "SV-01"),
            ("text", "Akkoord."),
        ],
        by: &[],
    },
    Sent {
        path: "/werkplek/functies/GM0363",
        form: "assignFunction",
        fields: &[
            ("key", "functie-amsterdam"),
            ("place.municipality", "GM0363"),
            ("role", "DESIGNATED_OFFICER"),
            ("organisation", "Team Veiligheid"),
            ("text", "Aangewezen."),
            SOURCE[0],
            SOURCE[1],
        ],
        by: &["VNG"],
    },
    Sent {
        path: "/werkplek/functies/GM0363",
        form: "declareFunctionVacancy",
        fields: &[
            ("key", "vacature-amsterdam"),
            ("place.municipality", "GM0363"),
            ("role", "DESIGNATED_OFFICER"),
            ("from", "2026-06-01"),
            ("text", "Vacant."),
            SOURCE[0],
            SOURCE[1],
        ],
        by: &["VNG"],
    },
    Sent {
        path: "/werkplek/functies/GM0363",
        form: "withdrawFunctionVacancy",
        fields: &[
            ("key", "vacature-amsterdam"),
            ("place.municipality", "GM0363"),
            SOURCE[0],
            SOURCE[1],
        ],
        by: &[],
    },
    Sent {
        path: "/werkplek/mandaten/GM0376",
        form: "endSubmissionMandate-VR14",
        fields: &[OF_OTHER, ("area", "VR14"), ("lastDay", "2026-11-30")],
        by: &[],
    },
    Sent {
        path: "/werkplek/mandaten/GM0376",
        form: "giveSubmissionMandate",
        fields: &[OF_OTHER, ("area", "VR14"), ("from", "2026-11-23")],
        by: &[],
    },
];
