//! What has happened before the matrix is measured, and between its rows.

use acceptance::{
    App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_publication, a_release,
    a_report, a_round, a_submission, edited, met, ministry, municipality, noon, partner, region,
    vng,
};
use chrono::TimeDelta;
use serde_json::json;

use super::{
    OTHER, OWN, Subject, Who,
    inputs::{OWN_PERIOD, REGION_PERIOD, half_year_report, input, regional_answer, secret, source},
};

/// The ministry assigns two owners and opens a round, and CoMensha reports in it. VNG names
/// CoMensha to record functions and opens the period; both municipalities fill in and submit; VNG
/// confirms Hilversum's. Both regions answer OH-01 and report on a half year; VNG confirms VR14's.
pub(super) async fn prepare(app: &App) {
    assign_owners(app).await;
    a_round().sent_by(&app.with(&ministry())).await;
    let comensha = app.with(&partner("comensha"));
    a_report(33, "ONGOING").sent_by(&comensha).await;
    let reviewer = app.with(&vng());
    for key in [PERIOD, OWN_PERIOD, REGION_PERIOD] {
        a_period().with("key", key).sent_by(&reviewer).await;
    }
    let named = json!({
        "partner": "comensha", "from": "2026-01-01", "source": source(), "idempotencyKey": "named",
    });
    reviewer.change("nameFunctionRegistrar", named).await;
    for (code, area) in [(OWN, "VR14"), (OTHER, "VR13")] {
        submit(app, code, area).await;
    }
    create_feed_keys(app).await;
    register_mailboxes(app).await;
    a_confirmation(OWN, 1).sent_by(&reviewer).await;
    publish(&app.with(&ministry())).await;
    for area in ["VR14", "VR13"] {
        let client = app.with(&region(area));
        let answer = regional_answer(area, "OH-01");
        client.change("submitRegionalAnswer", answer).await;
        let report = half_year_report(area, "2026-2");
        client.change("submitRegionalReport", report).await;
    }
    let report =
        json!({ "area": "VR14", "half": "2026-2", "version": 1, "idempotencyKey": "regional" });
    reviewer.change("confirmRegionalReport", report).await;
    let version = json!({
        "area": "VR14", "criterion": "VOORSTEL-1/OH-01", "version": 1, "idempotencyKey": "regional",
    });
    reviewer.change("confirmRegionalAnswer", version).await;
}

/// Action 33 is CoMensha's and action 30 VNG's, and the edition is endorsed.
async fn assign_owners(app: &App) {
    let first = "2024,7,om,EXECUTOR,";
    let owner = |action: i32, partner: &str| {
        format!("2024,{action},{partner},OWNER,,Aangewezen.,monitoring-2025,7,\n")
    };
    let owners = owner(33, "comensha") + &owner(30, "vng") + first;
    let endorsed = ("framework_editions.csv", ",PROPOSED,", ",ENDORSED,");
    let set = edited(&[("action_partners.csv", first, &owners), endorsed]);
    app.database.import(&set).await;
}

/// A municipality gives its region a mandate, fills in and submits; VNG asks and is answered.
async fn submit(app: &App, code: &str, area: &str) {
    let (client, reviewer) = (app.with(&municipality(code)), app.with(&vng()));
    let mandate = json!({
        "municipality": code, "area": area, "from": "2026-11-22", "lastDay": "2026-12-31",
        "idempotencyKey": "mandate",
    });
    client.change("giveSubmissionMandate", mandate).await;
    let answer = json!({ "criterion": "SV-01", "answer": "NOT_MET", "explanation": secret(code) });
    a_draft(code, json!([answer])).sent_by(&client).await;
    a_submission(code).sent_by(&client).await;
    a_claim(code).sent_by(&reviewer).await;
    let questions = json!({
        "municipality": code, "period": PERIOD, "version": 1, "idempotencyKey": code,
        "questions": [{ "criterion": "SV-01", "question": "Waarom niet?" }],
    });
    reviewer.change("askQuestions", questions).await;
    let reply = json!({
        "municipality": code, "period": PERIOD, "question": 1, "reply": "Vacature.",
        "idempotencyKey": "reply",
    });
    client.change("answerQuestion", reply).await;
}

/// A feed key for each organisation, and one for Amsterdam.
async fn create_feed_keys(app: &App) {
    for who in Who::ALL.into_iter().filter(|who| *who != Who::Public) {
        let mut key = input("createFeedKey", who, Subject::Nobody);
        key["idempotencyKey"] = "first key".into();
        who.client(app).change("createFeedKey", key).await;
    }
    let mut key = input("createFeedKey", Who::Municipality, Subject::Nobody);
    key["label"] = "Van Amsterdam".into();
    let amsterdam = app.with(&municipality(OTHER));
    amsterdam.change("createFeedKey", key).await;
}

/// A functional mailbox for each organisation.
async fn register_mailboxes(app: &App) {
    for who in Who::ALL.into_iter().filter(|who| *who != Who::Public) {
        let mailbox = json!({ "mailboxAddress": "info@example.nl", "idempotencyKey": "first" });
        who.client(app).change("registerMailbox", mailbox).await;
    }
}

/// One publication under way that names everybody, one to publish, and one that is released.
async fn publish(client: &Client) {
    for (kind, about, level) in [
        ("COMPLIANCE_PICTURE", PERIOD, "BY_NAME"),
        ("MONITORING_OVERVIEW", "2025-1", "COUNTRY"),
        ("BUDGET", "2024", "COUNTRY"),
    ] {
        let mut publication = a_publication(kind, about).with("level", level);
        if level == "BY_NAME" {
            publication = publication.with("incompleteBecause", "De Kamer vroeg erom.");
        }
        publication.sent_by(client).await;
    }
    a_release("budget-2024-1").sent_by(client).await;
}

/// What has to happen between two operations, so that what is allowed can succeed.
pub(super) async fn make_ready(app: &App, reviewer: &Client, mutation: &str) {
    match mutation {
        // The claim of before has ended, so that claiming anew changes something.
        "claimReview" => app.clock.set(noon() + TimeDelta::hours(3)),
        "claimReviews" | "confirmAssessment" | "confirmAssessments" => {
            for code in [OWN, OTHER] {
                let client = app.with(&municipality(code));
                // The version before may be confirmed.
                let submission = a_submission(code).with("reason", "Beter ingevuld.");
                submission.sent_by(&client).await;
                if mutation != "claimReviews" {
                    a_claim(code).sent_by(reviewer).await;
                }
            }
        }
        "withdrawAssessment" => {
            let client = app.with(&municipality(OWN));
            for period in [OWN_PERIOD, REGION_PERIOD] {
                let draft = a_draft(OWN, met(&["SV-05"])).with("period", period);
                draft.sent_by(&client).await;
                let submission = a_submission(OWN).with("period", period);
                submission.sent_by(&client).await;
            }
        }
        _ => {}
    }
}
