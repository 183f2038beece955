//! `may`: what the viewer may do with one thing now. In each state and for each role, a mutation
//! that is listed is carried out and one that is not listed is refused.

use std::collections::BTreeSet;

use acceptance::{
    App, Client, PERIOD, a_claim, a_draft, a_period, a_reporting_region, a_submission, met,
    ministry, municipality, partner, region, spawn_app, vng, vng_as,
};
use serde_json::{Value, json};

/// The mutations of an assessment.
const OF_ASSESSMENTS: [&str; 13] = [
    "acceptOnBehalf",
    "answerQuestion",
    "askQuestions",
    "claimReview",
    "confirmAssessment",
    "extendDeadline",
    "fillOnBehalf",
    "importAnswerSheet",
    "returnAssessment",
    "saveDraft",
    "startDraft",
    "submitAssessment",
    "withdrawAssessment",
];

/// The municipalities of one safety region.
const MEMBERS: [&str; 6] = ["GM0376", "GM0402", "GM0406", "GM0417", "GM1696", "GM1942"];

/// Others; each call that is carried out uses one up.
const OTHERS: [&str; 20] = [
    "GM0014", "GM0034", "GM0080", "GM0106", "GM0114", "GM0118", "GM0119", "GM0141", "GM0147",
    "GM0150", "GM0153", "GM0158", "GM0160", "GM0163", "GM0164", "GM0166", "GM0168", "GM0200",
    "GM0202", "GM0203",
];

/// How far an assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Draft,
    FilledOnBehalf,
    Submitted,
    Claimed,
    Questioned,
    Returned,
    Confirmed,
    Withdrawn,
    Closed,
}

const STAGES: [Stage; 9] = [
    Stage::Draft,
    Stage::FilledOnBehalf,
    Stage::Submitted,
    Stage::Claimed,
    Stage::Questioned,
    Stage::Returned,
    Stage::Confirmed,
    Stage::Withdrawn,
    Stage::Closed,
];

fn with(code: &str, key: &str, more: Value) -> Value {
    let mut input = json!({ "municipality": code, "period": PERIOD, "idempotencyKey": key });
    let fields = input.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    input
}

/// An input of a mutation that is right in itself.
fn input(mutation: &str, code: &str, key: &str) -> Value {
    let approval = json!({ "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20" });
    let answers = json!([{ "criterion": "VOORSTEL-1/SV-02", "answer": "MET" }]);
    let more = match mutation {
        "acceptOnBehalf" => {
            let mut more = approval;
            more["filling"] = json!(1);
            more["reason"] = json!("Beter ingevuld.");
            more
        }
        "answerQuestion" => json!({ "question": 1, "reply": "Sinds maart." }),
        "askQuestions" => json!({ "version": 1, "questions": [{ "question": "Sinds wanneer?" }] }),
        "confirmAssessment" => json!({ "version": 1 }),
        "extendDeadline" => json!({ "deadlineOn": "2026-12-15", "reason": "Ziekte." }),
        "fillOnBehalf" => json!({ "reason": "Per telefoon.", "channel": "TELEPHONE",
            "answers": answers }),
        "importAnswerSheet" => json!({ "table": "criterion,answer\nVOORSTEL-1/SV-03,MET\n" }),
        "returnAssessment" => json!({ "version": 1, "reason": "Onvolledig." }),
        "submitAssessment" => {
            let mut more = approval;
            more["reason"] = json!("Beter ingevuld.");
            more
        }
        "withdrawAssessment" => json!({ "reason": "Vergissing." }),
        "saveDraft" => {
            return json!({ "municipality": code, "period": PERIOD, "answers": answers });
        }
        _ => json!({}),
    };
    with(code, key, more)
}

/// Brings the assessment of a municipality to a stage.
async fn bring(app: &App, code: &str, stage: Stage) {
    let (own, reviewer) = (app.with(&municipality(code)), app.with(&vng()));
    if stage == Stage::FilledOnBehalf {
        let filled = input("fillOnBehalf", code, &format!("fill {code}"));
        return app
            .with(&vng_as("filler"))
            .change("fillOnBehalf", filled)
            .await;
    }
    a_draft(code, met(&["SV-01"])).sent_by(&own).await;
    if stage == Stage::Draft {
        return;
    }
    a_submission(code).sent_by(&own).await;
    if [Stage::Submitted, Stage::Closed].contains(&stage) {
        return;
    }
    let mutation = match stage {
        Stage::Withdrawn => {
            let withdrawn = input("withdrawAssessment", code, &format!("w {code}"));
            return own.change("withdrawAssessment", withdrawn).await;
        }
        Stage::Questioned => Some("askQuestions"),
        Stage::Returned => Some("returnAssessment"),
        Stage::Confirmed => Some("confirmAssessment"),
        _ => None,
    };
    a_claim(code).sent_by(&reviewer).await;
    if let Some(mutation) = mutation {
        let key = format!("{mutation} {code}");
        reviewer.change(mutation, input(mutation, code, &key)).await;
    }
}

async fn at_stage(stage: Stage) -> App {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    a_period()
        .with("deadlineOn", "2026-12-01")
        .sent_by(&reviewer)
        .await;
    for code in MEMBERS.iter().chain(&OTHERS) {
        bring(&app, code, stage).await;
    }
    if stage == Stage::Closed {
        app.clock.set("2026-12-20T12:00:00Z".parse().unwrap());
    }
    app
}

/// What a role may do with the assessment of a municipality; none when it sees none.
async fn allowed(client: &Client, code: &str) -> Option<BTreeSet<String>> {
    let query =
        format!("{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\") {{ may }} }}");
    let shown = client.ask(&query).await.data()["assessment"]["may"].clone();
    let names = shown.as_array()?.iter().filter_map(Value::as_str);
    Some(names.map(str::to_owned).collect())
}

/// Whether a mutation is carried out.
async fn is_carried_out(client: &Client, mutation: &str, input: Value) -> bool {
    let answer = client.send_mutation(mutation, "", input).await;
    if answer.codes() == ["FORBIDDEN"] {
        return false;
    }
    answer.data()[mutation]["errors"] == json!([])
}

fn client_of(app: &App, role: &str, code: &str) -> Client {
    match role {
        "own" => app.with(&municipality(code)),
        "region" => app.with(&region("VR14")),
        "reviewer" => app.with(&vng()),
        "colleague" => app.with(&vng_as("colleague")),
        _ => app.with(&ministry()),
    }
}

/// Walks a stage: what no role lists is refused to it, then what each lists is carried out. Gives
/// how many calls that were.
async fn walk(stage: Stage) -> usize {
    const ROLES: [&str; 5] = ["own", "region", "reviewer", "colleague", "ministry"];
    let app = at_stage(stage).await;
    let first = MEMBERS[0];
    let mut walked = 0;
    let mut listed = Vec::new();
    for role in ROLES {
        let client = client_of(&app, role, first);
        let Some(may) = allowed(&client, first).await else {
            continue;
        };
        for mutation in OF_ASSESSMENTS.iter().filter(|one| !may.contains(**one)) {
            let given = input(mutation, first, "refused");
            let done = is_carried_out(&client, mutation, given).await;
            assert!(!done, "{stage:?}: {role}: {mutation} is not listed");
            walked += 1;
        }
        listed.extend(may.into_iter().map(|mutation| (role, mutation)));
    }
    let (mut members, mut others) = (MEMBERS[1..].iter(), OTHERS.iter());
    for (role, mutation) in listed {
        let left = if role == "region" {
            &mut members
        } else {
            &mut others
        };
        let code = left.next().expect("a municipality for each call");
        let client = client_of(&app, role, code);
        let given = input(&mutation, code, "listed");
        let done = is_carried_out(&client, &mutation, given).await;
        assert!(done, "{stage:?}: {role}: {mutation} is listed");
        walked += 1;
    }
    walked
}

#[tokio::test]
async fn what_is_listed_of_an_assessment_is_carried_out_and_the_rest_is_refused() {
    let mut walked = 0;
    for stage in STAGES {
        walked += walk(stage).await;
    }
    assert!(walked > 400, "{walked}");
}

#[tokio::test]
async fn nothing_may_be_done_with_what_is_of_another_moment() {
    let app = at_stage(Stage::Draft).await;
    let own = app.with(&municipality("GM0402"));
    let may = |at: &str| {
        format!("{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\"{at}) {{ may }} }}")
    };
    let now = own.ask(&may("")).await.data();
    assert_eq!(
        now["assessment"]["may"],
        json!([
            "importAnswerSheet",
            "saveDraft",
            "startDraft",
            "submitAssessment"
        ])
    );
    let then = own.ask(&may(", at: { day: \"2026-11-25\" }")).await.data();
    assert_eq!(then["assessment"]["may"], json!([]));
}

#[tokio::test]
async fn a_task_says_what_may_be_done_with_its_subject() {
    let app = at_stage(Stage::Submitted).await;
    let query = "{ openTasks(first: 1) { nodes { kind mutation may period { key }
        municipality { code } } } }";
    let shown = app.with(&vng()).ask(query).await.data();
    assert_eq!(
        shown["openTasks"]["nodes"],
        json!([{
            "kind": "REVIEW_ASSESSMENT", "mutation": "claimReview",
            "may": ["claimReview", "extendDeadline", "fillOnBehalf"],
            "period": { "key": PERIOD }, "municipality": { "code": "GM0014" },
        }])
    );
}

#[tokio::test]
async fn what_may_be_done_costs_as_much_for_many_tasks_as_for_one() {
    let app = at_stage(Stage::Submitted).await;
    let query = |kind: &str, first: usize| {
        format!(
            "{{ openTasks(kind: {kind}, first: {first}) {{
                nodes {{ may municipality {{ code }} }} }} }}"
        )
    };
    // VNG reviews each of them; of its members the region does not know what they adopted.
    for (client, kind, tasks) in [
        (app.with(&vng()), "REVIEW_ASSESSMENT", 26),
        (app.with(&region("VR14")), "RECORD_ADOPTION", 6),
    ] {
        let one = client.ask_again(&query(kind, 1)).await;
        let many = client.ask_again(&query(kind, 50)).await;
        assert_eq!(one.statements(), many.statements());
        let shown = many.data()["openTasks"]["nodes"].clone();
        let shown = shown.as_array().unwrap();
        assert_eq!(shown.len(), tasks);
        for task in &shown[..3] {
            let code = task["municipality"]["code"].as_str().unwrap();
            let may = task["may"].as_array().unwrap().iter();
            let may = may.filter_map(Value::as_str).map(str::to_owned).collect();
            assert_eq!(allowed(&client, code).await, Some(may), "{code}");
        }
    }
}

#[tokio::test]
async fn an_action_and_a_period_say_what_may_be_done() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_period().sent_by(&reviewer).await;
    a_draft("GM0402", met(&["SV-01"]))
        .sent_by(&app.with(&municipality("GM0402")))
        .await;
    let of_action = "{ action(number: 33) { may } }";
    let plans = json!([
        "assignPartner",
        "correctStatusReport",
        "endAction",
        "linkActions",
        "planAction",
        "recordMeasurement",
        "recordResult",
    ]);
    let of_ministry = app.with(&ministry());
    assert_eq!(
        of_ministry.ask(of_action).await.data()["action"]["may"],
        plans
    );
    acceptance::a_round().sent_by(&of_ministry).await;
    let mut reports = plans.as_array().unwrap().clone();
    reports.push(json!("reportStatus"));
    assert_eq!(
        of_ministry.ask(of_action).await.data()["action"]["may"],
        json!(reports)
    );
    for client in [app.public(), app.with(&partner("comensha")), reviewer] {
        assert_eq!(
            client.ask(of_action).await.data()["action"]["may"],
            json!([])
        );
    }
    let of_period = "{ reportingPeriods { may } }";
    for (client, expected) in [
        (
            app.with(&vng()),
            json!([
                "claimReviews",
                "confirmAssessments",
                "importAssessments",
                "rescheduleReportingPeriod",
                "returnAssessments",
            ]),
        ),
        (app.with(&ministry()), json!([])),
        (app.public(), json!([])),
    ] {
        let shown = client.ask(of_period).await.data();
        assert_eq!(shown["reportingPeriods"], json!([{ "may": expected }]));
    }
    app.clock.set("2026-12-20T12:00:00Z".parse().unwrap());
    let closed = app.with(&vng()).ask(of_period).await.data();
    let reviews = json!(["claimReviews", "confirmAssessments", "returnAssessments"]);
    assert_eq!(closed["reportingPeriods"], json!([{ "may": reviews }]));
}
