//! What is known of a policy: an unknown one makes nobody "not compliant", recording the decision
//! is part of handing in, and only a municipality's own word or an end says that there is none.

use acceptance::{
    App, Client, a_draft, a_period, a_reporting_region, a_submission, met, municipality, region,
    spawn_app, vng,
};
use serde_json::{Value, json};

use crate::{feeds::Read, recorded_policy::source};

/// The criteria that a municipality answers itself.
const ANSWERED: [&str; 22] = [
    "BB-03", "BB-04", "BB-05", "BB-06", "BB-07", "SV-01", "SV-02", "SV-03", "SV-04", "SV-05",
    "BW-01", "BW-02", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06", "OH-01", "OH-02", "OH-03",
    "OH-04", "OH-05",
];
const NOT_REGISTERED: &str = "Er is geen vaststellingsbesluit geregistreerd; of de gemeente \
    vastgesteld beleid heeft, is niet bekend.";

async fn an_open_period(app: &App) {
    let reviewer = app.with(&vng());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    a_period().sent_by(&reviewer).await;
}

/// The verdict with what it says of the policy.
async fn verdict(client: &Client) -> Value {
    let query = "{ verdict(municipality: \"GM0376\", period: \"2026-2\", basis: SUBMITTED) {
        status since judgedFrom ruleSet grounds {
            rule { nl } counts { met applicable unknown leftOut }
            criteria(missing: true) { criterion { code } answer reasons { nl } } } } }";
    client.ask(query).await.data()["verdict"].clone()
}

/// What is said of BB-01: the answer and its reasons.
fn bb01(verdict: &Value) -> Value {
    let criteria = verdict["grounds"]["criteria"].as_array().unwrap();
    let found = criteria
        .iter()
        .find(|one| one["criterion"]["code"] == "BB-01");
    found.map_or(Value::Null, |one| {
        json!([one["answer"], one["reasons"].as_array().unwrap()])
    })
}

async fn tasks(client: &Client) -> Value {
    let query = "{ openTasks(kind: RECORD_ADOPTION) { nodes {
        subjectKey label since due mutation municipality { code } } } }";
    client.ask(query).await.data()["openTasks"]["nodes"].clone()
}

fn adoption() -> Value {
    json!({
        "policy": "gooi-en-vechtstreek-2023", "body": "MUNICIPAL_EXECUTIVE",
        "adoptedOn": "2023-06-13", "source": source(),
    })
}

#[tokio::test]
async fn all_answers_met_and_no_decision_known_is_partly_compliant_with_a_task() {
    let app = spawn_app();
    an_open_period(&app).await;
    let (blaricum, gooi) = (app.with(&municipality("GM0376")), app.with(&region("VR14")));
    a_draft("GM0376", met(&ANSWERED)).sent_by(&blaricum).await;

    // Preview, what is missing, tasks and the sheet ask for the decision.
    let draft = "{ assessment(municipality: \"GM0376\", period: \"2026-2\") { draft {
        missing { code } preview { status } } } }";
    let draft = blaricum.ask(draft).await.data()["assessment"]["draft"].clone();
    assert_eq!(
        draft,
        json!({ "missing": [{ "code": "BB-01" }], "preview": { "status": "PARTLY_COMPLIANT" } })
    );
    let task = json!([{
        "subjectKey": "GM0376/2026-2", "label": "Vaststellingsbesluit met datum vastleggen",
        "since": "2026-11-01", "due": "2026-11-30", "mutation": "recordAdoption",
        "municipality": { "code": "GM0376" },
    }]);
    assert_eq!(tasks(&blaricum).await, task);
    let of_region = tasks(&gooi).await;
    assert_eq!(of_region.as_array().unwrap().len(), 6);
    assert!(of_region.as_array().unwrap().contains(&task[0]));
    assert_eq!(tasks(&app.with(&vng())).await, json!([]));
    let sheet = blaricum
        .get("/v1/assessments/GM0376/2026-2/answer-sheet.csv")
        .await
        .body;
    let row = |code: &str| {
        let mut rows = sheet.lines();
        rows.find(|row| row.starts_with(code)).unwrap().to_owned()
    };
    assert!(row("BB-01").contains("Leg het vaststellingsbesluit vast, met de datum ervan"));
    assert!(row("BB-02").contains(",,,REAL,"));

    let submitted = a_submission("GM0376")
        .read_by(&blaricum, "missing { code }")
        .await;
    assert_eq!(submitted["missing"], json!([{ "code": "BB-01" }]));
    let judged = verdict(&blaricum).await;
    assert_eq!(judged["status"], "PARTLY_COMPLIANT");
    assert_eq!(judged["ruleSet"], "VOORSTEL-2");
    assert_eq!(
        bb01(&judged),
        json!(["UNKNOWN", [{ "nl": NOT_REGISTERED }]])
    );
    assert_eq!(
        judged["grounds"]["counts"],
        json!({ "met": 15, "applicable": 18, "unknown": 3, "leftOut": 2 })
    );

    // One call brings the decision along: both come in together, and nothing is left to do.
    let submitted = a_submission("GM0376")
        .with("adoption", adoption())
        .read_by(&blaricum, "missing { code }")
        .await;
    assert_eq!(submitted["missing"], json!([]));
    assert_eq!(tasks(&blaricum).await, json!([]));
    let judged = verdict(&blaricum).await;
    assert_eq!(
        (&judged["status"], bb01(&judged)),
        (&json!("PARTLY_COMPLIANT"), Value::Null)
    );
    assert_eq!(judged["grounds"]["counts"]["met"], 17);
    let recorded = app
        .database
        .count(
            "select count(*) from ledger a join ledger s on s.recorded_at = a.recorded_at
             where a.operation = 'adoption.recorded' and s.operation = 'assessment.submitted'
               and a.subject_key = 'gooi-en-vechtstreek-2023/GM0376'
               and s.subject_key = 'GM0376/2026-2'",
        )
        .await;
    assert_eq!(recorded, 1);
}

#[tokio::test]
async fn a_submission_with_a_wrong_decision_keeps_neither() {
    let app = spawn_app();
    an_open_period(&app).await;
    let blaricum = app.with(&municipality("GM0376"));
    a_draft("GM0376", met(&ANSWERED)).sent_by(&blaricum).await;
    let entries = "select count(*) from ledger";
    let before = app.database.count(entries).await;
    let submission = |adoption: Value| {
        json!({
            "municipality": "GM0376", "period": "2026-2", "idempotencyKey": "wrong",
            "approvedByFunction": "Portefeuillehouder", "approvedOn": "2026-11-20",
            "adoption": adoption,
        })
    };
    let wrong = json!({
        "policy": "blaricum-2026", "adoptedOn": "2026-11-23", "inForceOn": "2026-11-22",
        "reference": " ", "expectedVersion": 1,
        "source": { "document": "nergens", "place": "1" },
    });
    assert_eq!(
        blaricum
            .mistakes("submitAssessment", submission(wrong))
            .await,
        [
            "DATE_IN_FUTURE adoption.adoptedOn",
            "DATES_OUT_OF_ORDER adoption.inForceOn",
            "TEXT_LENGTH adoption.reference",
            "UNKNOWN_POLICY adoption.policy",
            "UNKNOWN_SOURCE adoption.source.document",
            "CONFLICT adoption.expectedVersion",
        ]
    );
    assert_eq!(app.database.count(entries).await, before);
    // The same validation as `recordAdoption`, and a change of it names the version.
    let good = submission(adoption());
    blaricum.change("submitAssessment", good).await;
    let mut again = submission(adoption());
    again["idempotencyKey"] = json!("again");
    assert_eq!(
        blaricum.mistakes("submitAssessment", again).await,
        ["CONFLICT adoption.expectedVersion"]
    );
}

#[tokio::test]
async fn what_vng_filled_in_is_accepted_with_the_decision_or_not_at_all() {
    let app = spawn_app();
    an_open_period(&app).await;
    let blaricum = app.with(&municipality("GM0376"));
    let filled = json!({
        "municipality": "GM0376", "period": "2026-2", "reason": "De gemeente heeft geen toegang.",
        "channel": "TELEPHONE", "answers": met(&ANSWERED), "idempotencyKey": "filled",
    });
    app.with(&vng()).change("fillOnBehalf", filled).await;
    let acceptance = |adoption: Value| {
        json!({
            "municipality": "GM0376", "period": "2026-2", "filling": 1, "idempotencyKey": "accept",
            "approvedByFunction": "Portefeuillehouder", "approvedOn": "2026-11-20",
            "adoption": adoption,
        })
    };
    // A wrong decision: neither of the two is kept.
    let entries = "select count(*) from ledger";
    let before = app.database.count(entries).await;
    let mut wrong = adoption();
    wrong["adoptedOn"] = json!("2026-11-23");
    assert_eq!(
        blaricum.mistakes("acceptOnBehalf", acceptance(wrong)).await,
        ["DATE_IN_FUTURE adoption.adoptedOn"]
    );
    assert_eq!(app.database.count(entries).await, before);

    let accepted = blaricum
        .change_and_read(
            "acceptOnBehalf",
            "version { number onBehalf } missing { code }",
            acceptance(adoption()),
        )
        .await;
    assert_eq!(
        json!([accepted["version"], accepted["missing"]]),
        json!([{ "number": 1, "onBehalf": 1 }, []])
    );
    assert_eq!(tasks(&blaricum).await, json!([]));
    let judged = verdict(&blaricum).await;
    assert_eq!(bb01(&judged), Value::Null);
    assert_eq!(judged["grounds"]["counts"]["met"], 17);

    // Left out, the decision that is recorded stays.
    let mut again = json!({
        "municipality": "GM0376", "period": "2026-2", "reason": "Aanvulling.",
        "channel": "TELEPHONE", "answers": met(&ANSWERED), "idempotencyKey": "filled again",
    });
    let filled = app
        .with(&vng())
        .change_and_read("fillOnBehalf", "assessment { onBehalf { number } }", again)
        .await;
    again = acceptance(Value::Null);
    again.as_object_mut().unwrap().remove("adoption");
    again["filling"] = filled["assessment"]["onBehalf"]["number"].clone();
    again["idempotencyKey"] = json!("accept again");
    let accepted = blaricum
        .change_and_read("acceptOnBehalf", "missing { code }", again)
        .await;
    assert_eq!(accepted["missing"], json!([]));
    let state = "{ policyState(municipality: \"GM0376\") { state adoptions { adoptedOn } } }";
    assert_eq!(
        app.public().ask(state).await.data()["policyState"],
        json!({ "state": "ADOPTED", "adoptions": [{ "adoptedOn": "2023-06-13" }] })
    );
}

#[tokio::test]
async fn only_its_own_word_or_an_end_says_that_there_is_no_policy() {
    let app = spawn_app();
    an_open_period(&app).await;
    let blaricum = app.with(&municipality("GM0376"));
    a_draft("GM0376", met(&ANSWERED)).sent_by(&blaricum).await;
    a_submission("GM0376").sent_by(&blaricum).await;

    let declared = |state: &str, key: &str| json!({ "municipality": "GM0376", "state": state, "idempotencyKey": key });
    blaricum
        .change("declarePolicyState", declared("NONE_DECLARED", "none"))
        .await;
    let judged = verdict(&blaricum).await;
    assert_eq!(judged["status"], "NOT_COMPLIANT");
    assert_eq!(
        judged["grounds"]["rule"]["nl"],
        "Aan BB-01 (vastgesteld beleid) is niet voldaan."
    );
    let none = "De gemeente heeft opgegeven dat zij geen vastgesteld beleid heeft.";
    assert_eq!(bb01(&judged), json!(["NOT_MET", [{ "nl": none }]]));
    assert_eq!(tasks(&blaricum).await, json!([]));

    // That one is being made takes the word back, and nothing is known again.
    blaricum
        .change("declarePolicyState", declared("IN_DEVELOPMENT", "making"))
        .await;
    let judged = verdict(&blaricum).await;
    assert_eq!(judged["status"], "PARTLY_COMPLIANT");
    assert_eq!(
        bb01(&judged),
        json!(["UNKNOWN", [{ "nl": NOT_REGISTERED }]])
    );

    // A decision without its date is known, and when it was taken is not.
    let mut undated = adoption();
    undated.as_object_mut().unwrap().remove("adoptedOn");
    undated["municipality"] = json!("GM0376");
    undated["inForceOn"] = json!("2023-07-01");
    undated["idempotencyKey"] = json!("undated");
    let recorded = blaricum
        .change_and_read("recordAdoption", "adoption { ledger }", undated.clone())
        .await;
    let judged = verdict(&blaricum).await;
    let no_date = "Er is een vaststellingsbesluit geregistreerd, maar de datum ervan is niet \
        bekend.";
    assert_eq!(bb01(&judged), json!(["UNKNOWN", [{ "nl": no_date }]]));
    let state = "{ policyState(municipality: \"GM0376\") { state } }";
    let state = app.public().ask(state).await.data()["policyState"]["state"].clone();
    assert_eq!(state, "ADOPTED");

    // It ended, and nothing followed.
    undated["until"] = json!("2026-11-15");
    undated["expectedVersion"] = recorded["adoption"]["ledger"].clone();
    undated["idempotencyKey"] = json!("ended");
    blaricum.change("recordAdoption", undated).await;
    let judged = verdict(&blaricum).await;
    let ended = "Het vastgestelde beleid is op 15 november 2026 beëindigd en niet opgevolgd.";
    assert_eq!(judged["status"], "NOT_COMPLIANT");
    assert_eq!(bb01(&judged), json!(["NOT_MET", [{ "nl": ended }]]));
}

#[tokio::test]
async fn since_is_the_day_of_the_verdict_and_not_of_the_last_judgement() {
    let app = spawn_app();
    an_open_period(&app).await;
    let blaricum = app.with(&municipality("GM0376"));
    a_draft("GM0376", met(&ANSWERED)).sent_by(&blaricum).await;
    a_submission("GM0376").sent_by(&blaricum).await;
    // A decision ten days later is judged anew, and the verdict stays what it was.
    app.clock.set("2026-12-02T11:00:00Z".parse().unwrap());
    let mut recorded = adoption();
    recorded["municipality"] = json!("GM0376");
    recorded["idempotencyKey"] = json!("later");
    blaricum.change("recordAdoption", recorded).await;
    let judged = verdict(&blaricum).await;
    assert_eq!(
        json!([judged["status"], judged["since"], judged["judgedFrom"]]),
        json!(["PARTLY_COMPLIANT", "2026-11-22", "2026-12-02"])
    );
    let feed = blaricum
        .get("/v1/feeds/fact_verdict_current.csv")
        .await
        .body;
    let feed = Read::csv(&feed);
    let bases = feed.column("basis");
    let row = bases
        .iter()
        .position(|basis| *basis == "SUBMITTED")
        .unwrap();
    let cell = |name| feed.column(name)[row];
    assert_eq!(
        [cell("verdict_from"), cell("judged_from"), cell("rule_set")],
        ["2026-11-22", "2026-12-02", "VOORSTEL-2"]
    );
}
