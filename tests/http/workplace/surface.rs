//! The forms as one more surface of the policy: each role sends each form, and none is accepted that
//! the API would refuse.

use std::collections::BTreeMap;

use acceptance::{
    App, a_claim, a_draft, a_period, a_round, a_submission, met, ministry, municipality,
    spawn_app_trying_out, vng,
};

use super::{browser::Browser, municipality_forms, office_forms, region_forms};

const ROLES: [&str; 5] = ["MUNICIPALITY", "REGION", "PARTNER", "VNG", "MINISTRY"];

/// A form, made by hand: where it is sent to, which it is, its values, and who may send it.
pub(super) struct Sent {
    pub(super) path: &'static str,
    pub(super) form: &'static str,
    pub(super) fields: &'static [(&'static str, &'static str)],
    pub(super) by: &'static [&'static str],
}

const OTHER: &str = "/werkplek/beoordelingen/GM0376/2026-2";
const OTHER_ANSWERS: &str = "/werkplek/beoordelingen/GM0376/2026-2/antwoorden";
const OTHER_DECISION: &str = "/werkplek/beoordelingen/GM0376/2026-2/besluit";
const OF_OTHER: [(&str, &str); 2] = [("municipality", "GM0376"), ("period", "2026-2")];

/// Forms about a municipality that is nobody's own here, and those of the other roles.
const FORMS: [Sent; 12] = [
    Sent {
        path: "/werkplek/beleid/GM0376",
        form: "declarePolicyState",
        fields: &[OF_OTHER[0], ("state", "NONE_DECLARED")],
        by: &[],
    },
    Sent {
        path: OTHER,
        form: "startDraft",
        fields: &OF_OTHER,
        by: &[],
    },
    Sent {
        path: OTHER,
        form: "submitAssessment",
        fields: &[
            OF_OTHER[0],
            OF_OTHER[1],
            ("approvedByFunction", "Secretaris"),
            ("approvedOn", "2026-11-20"),
        ],
        by: &[],
    },
    Sent {
        path: OTHER,
        form: "withdrawAssessment",
        fields: &[OF_OTHER[0], OF_OTHER[1], ("reason", "Zo maar.")],
        by: &[],
    },
    Sent {
        path: OTHER_ANSWERS,
        form: "saveDraft-SV-01",
        fields: &[
            OF_OTHER[0],
            OF_OTHER[1],
            ("answers.0.criterion", "SV-01"),
            ("answers.0.answer", "MET"),
        ],
        by: &[],
    },
    Sent {
        path: OTHER_DECISION,
        form: "recordAdoption",
        fields: &[
            OF_OTHER[0],
            ("source.document", "plan-2024"),
            ("source.place", "1"),
            ("policy", "gooi-en-vechtstreek-2023"),
            ("body", "MUNICIPAL_COUNCIL"),
            ("adoptedOn", "2026-10-06"),
        ],
        by: &[],
    },
    Sent {
        path: "/werkplek/controle",
        form: "claimReviews-2026-2",
        fields: &[("period", "2026-2"), ("rij", "GM0406/1")],
        by: &["VNG"],
    },
    Sent {
        path: "/werkplek/controle",
        form: "confirmAssessments-2026-2",
        fields: &[("period", "2026-2"), ("rij", "GM0376/1")],
        by: &["VNG"],
    },
    Sent {
        path: "/werkplek/controle/2026-2/GM0417",
        form: "claimReview",
        fields: &[("municipality", "GM0417"), ("period", "2026-2")],
        by: &["VNG"],
    },
    Sent {
        path: "/werkplek/rondes/2026-1",
        form: "reportStatus-33",
        fields: &[("round", "2026-1"), ("action", "33"), ("status", "ONGOING")],
        by: &["MINISTRY"],
    },
    Sent {
        path: "/werkplek/publicaties",
        form: "preparePublication",
        fields: &[("kind", "BUDGET"), ("about", "2024")],
        by: &["MINISTRY"],
    },
    Sent {
        path: "/werkplek/rondes/2026-1",
        form: "closeMonitoringRound",
        fields: &[("round", "2026-1")],
        by: &["MINISTRY"],
    },
];

/// A period and a round are open; three municipalities, none of them Hilversum, have handed in.
async fn prepared() -> App {
    let app = spawn_app_trying_out();
    a_period().sent_by(&app.with(&vng())).await;
    a_round().sent_by(&app.with(&ministry())).await;
    for code in ["GM0376", "GM0406", "GM0417"] {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    app
}

/// Numbers by which any change would be seen.
async fn state(app: &App) -> [i64; 3] {
    let count = async |table: &str| {
        let count = format!("select count(*) from {table}");
        app.database.count(&count).await
    };
    [
        count("ledger").await,
        count("work.draft_answer").await,
        count("work.claim").await,
    ]
}

#[tokio::test]
async fn no_form_does_what_its_sender_may_not() {
    let app = prepared().await;
    let mut browsers = BTreeMap::new();
    for role in ROLES {
        let mut browser = Browser::at(app.address());
        browser.try_as(role).await;
        browsers.insert(role, browser);
    }
    // What could be confirmed is claimed before.
    a_claim("GM0376").sent_by(&app.with(&vng())).await;
    let forms = FORMS.iter().chain(&municipality_forms::FORMS);
    let forms = forms.chain(&office_forms::FORMS);
    for sent in forms.chain(&region_forms::FORMS) {
        for role in ROLES.iter().filter(|role| !sent.by.contains(role)) {
            let before = state(&app).await;
            let browser = browsers.get_mut(role).unwrap();
            let token = browser.get("/werkplek").await.hidden("_token");
            let mut fields = vec![
                ("_token", token.as_str()),
                ("_formulier", sent.form),
                ("_sleutel", "een sleutel"),
            ];
            fields.extend(sent.fields);
            let shown = browser.post(sent.path, &fields).await;
            let what = format!("{role} {} {}", sent.form, shown.status);
            assert!(matches!(shown.status, 404 | 422), "{what}");
            assert_eq!(state(&app).await, before, "{what}");
        }
    }
    // Whoever may does it with the very same form.
    let forms = FORMS.iter().chain(&municipality_forms::FORMS);
    for sent in forms.filter(|sent| sent.by == ["MINISTRY"]) {
        let browser = browsers.get_mut("MINISTRY").unwrap();
        let token = browser.get("/werkplek").await.hidden("_token");
        let mut fields = vec![
            ("_token", token.as_str()),
            ("_formulier", sent.form),
            ("_sleutel", sent.form),
        ];
        fields.extend(sent.fields);
        let shown = browser.post(sent.path, &fields).await;
        assert_eq!(shown.status, 303, "{} {}", sent.form, shown.body);
    }
}
