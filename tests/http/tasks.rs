//! A task for each thing that waits, for whoever must do it and for nobody else, gone when it is
//! done.

use acceptance::{
    App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_report, a_reporting_region,
    a_round, a_submission, edited, met, ministry, municipality, partner, region, spawn_app, vng,
};
use serde_json::{Value, json};

const TASKS: &str = "{ openTasks { totalCount nodes { kind label subjectKey municipality { code } \
    since due isOverdue mutation } } }";

async fn observed(client: &Client) -> Vec<Value> {
    let nodes = client.ask(TASKS).await.data()["openTasks"]["nodes"].clone();
    let task = |task: &Value| {
        json!([
            task["kind"],
            task["subjectKey"],
            task["since"],
            task["due"],
            task["isOverdue"],
            task["mutation"]
        ])
    };
    nodes.as_array().unwrap().iter().map(task).collect()
}

async fn spawn_with_work() -> App {
    let app = spawn_app();
    let first = "2024,7,om,EXECUTOR,";
    let owner = format!("2024,33,comensha,OWNER,,Aangewezen.,monitoring-2025,7,\n{first}");
    app.database
        .import(&edited(&[("action_partners.csv", first, &owner)]))
        .await;
    let reviewer = app.with(&vng());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    a_period()
        .with("deadlineOn", "2026-11-20")
        .sent_by(&reviewer)
        .await;
    a_round().sent_by(&app.with(&ministry())).await;
    app
}

/// That it is not known whether Hilversum has adopted policy.
fn record() -> Value {
    json!([
        "RECORD_ADOPTION",
        "GM0402/2026-2",
        "2026-11-01",
        "2026-11-20",
        true,
        "recordAdoption"
    ])
}

#[tokio::test]
async fn every_role_sees_what_waits_for_it() {
    let app = spawn_with_work().await;
    let (hilversum, gooi, comensha) = (
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&partner("comensha")),
    );
    let (reviewer, of_ministry) = (app.with(&vng()), app.with(&ministry()));
    let submit = json!([
        "SUBMIT_ASSESSMENT",
        "GM0402/2026-2",
        "2026-11-01",
        "2026-11-20",
        true,
        "submitAssessment"
    ]);
    assert_eq!(observed(&hilversum).await, [submit, record()]);
    let members = observed(&gooi).await;
    // Of each of six members two, and four duties of its own.
    assert_eq!(members.len(), 16);
    assert!(members.contains(&record()));
    assert!(members.contains(&json!([
        "FILL_DRAFT",
        "GM0402/2026-2",
        "2026-11-01",
        "2026-11-20",
        true,
        "saveDraft"
    ])));
    assert_eq!(
        observed(&comensha).await,
        [json!([
            "REPORT_STATUS",
            "2026-1/2024/33",
            "2026-05-01",
            "2026-10-31",
            true,
            "reportStatus"
        ])]
    );
    assert_eq!(
        observed(&of_ministry).await,
        [
            json!([
                "COMPLETE_ROUND",
                "2026-1",
                "2026-05-01",
                "2026-10-31",
                true,
                "importStatusReports"
            ]),
            json!([
                "CLOSE_ROUND",
                "2026-1",
                "2026-10-31",
                null,
                false,
                "closeMonitoringRound"
            ])
        ]
    );
    for nobody in [
        app.public(),
        app.with(&partner("fairwork")),
        reviewer.clone(),
    ] {
        assert_eq!(observed(&nobody).await, [Value::Null; 0]);
    }
}

/// Both are about the same assessment.
#[tokio::test]
async fn a_task_says_in_words_what_it_is_about() {
    let app = spawn_with_work().await;
    let hilversum = app.with(&municipality("GM0402"));
    let of_hilversum = json!({ "title": {
        "nl": "De beoordeling van Hilversum over rapportageperiode 2026-2",
        "en": "The assessment of Hilversum for reporting period 2026-2",
    } });
    let titles = "{ openTasks { nodes { title { nl en } } } }";
    assert_eq!(
        hilversum.ask(titles).await.data()["openTasks"]["nodes"],
        json!([of_hilversum, of_hilversum])
    );
}

#[tokio::test]
async fn a_task_that_is_done_passes_on_to_whoever_is_next() {
    let app = spawn_with_work().await;
    let (hilversum, gooi, comensha) = (
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&partner("comensha")),
    );
    let reviewer = app.with(&vng());
    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    a_report(33, "ONGOING").sent_by(&comensha).await;
    assert_eq!(observed(&hilversum).await, [record()]);
    assert_eq!(observed(&comensha).await, [Value::Null; 0]);
    assert_eq!(observed(&gooi).await.len(), 15);
    assert_eq!(
        observed(&reviewer).await,
        [json!([
            "REVIEW_ASSESSMENT",
            "GM0402/2026-2",
            "2026-11-22",
            "2026-12-15",
            false,
            "claimReview"
        ])]
    );
    a_claim("GM0402").sent_by(&reviewer).await;
    a_confirmation("GM0402", 1).sent_by(&reviewer).await;
    assert_eq!(observed(&reviewer).await, [Value::Null; 0]);
}

#[tokio::test]
async fn the_queue_is_of_reviewers_and_tells_what_is_claimed() {
    let app = spawn_with_work().await;
    let (hilversum, reviewer) = (app.with(&municipality("GM0402")), app.with(&vng()));
    let withheld = hilversum.ask("{ reviewQueue { totalCount } }").await;
    assert_eq!(withheld.data(), json!({ "reviewQueue": null }));
    assert_eq!(
        withheld.json()["extensions"]["withheld"][0]["rule"],
        "REVIEW"
    );

    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    app.clock.set("2026-11-25T12:00:00Z".parse().unwrap());
    let queue = "{ reviewQueue { totalCount nodes { period { key } versionNumber onTime waitingDays \
        isClaimed isClaimedByMe municipality { name } } } }";
    let item = |claimed: bool, by_me: bool| {
        json!({
            "reviewQueue": {
                "totalCount": 1,
                "nodes": [
                    {
                        "period": { "key": "2026-2" }, "versionNumber": 1, "onTime": false,
                        "waitingDays": 3,
                        "isClaimed": claimed, "isClaimedByMe": by_me,
                        "municipality": { "name": "Hilversum" },
                    },
                ],
            },
        })
    };
    assert_eq!(reviewer.ask(queue).await.data(), item(false, false));
    a_claim("GM0402").sent_by(&reviewer).await;
    assert_eq!(reviewer.ask(queue).await.data(), item(true, true));
    assert_eq!(
        app.with(&acceptance::vng_as("colleague"))
            .ask(queue)
            .await
            .data(),
        item(true, false)
    );
}

#[tokio::test]
async fn the_queue_is_narrowed() {
    let app = spawn_with_work().await;
    let reviewer = app.with(&vng());
    for code in ["GM0402", "GM0363"] {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    a_claim("GM0402").sent_by(&reviewer).await;
    let questions = json!({
        "municipality": "GM0402", "period": "2026-2", "version": 1, "idempotencyKey": "questions",
        "questions": [{ "question": "Sinds wanneer?" }],
    });
    reviewer.change("askQuestions", questions).await;
    let (both, hilversum, amsterdam, nobody) = (
        json!(["GM0402", "GM0363"]),
        json!(["GM0402"]),
        json!(["GM0363"]),
        json!([]),
    );
    for (arguments, expected) in [
        ("period: \"2026-2\"", &both),
        ("area: \"VR14\"", &hilversum),
        ("area: \"VR13\"", &amsterdam),
        ("claimed: true", &hilversum),
        ("claimed: false", &amsterdam),
        ("claimedByMe: true", &hilversum),
        ("claimedByMe: false", &amsterdam),
        ("claimed: true, claimedByMe: false", &nobody),
        ("awaitsReply: true", &hilversum),
        ("awaitsReply: false", &amsterdam),
        ("area: \"VR14\", claimed: false", &nobody),
    ] {
        let query =
            format!("{{ reviewQueue({arguments}) {{ nodes {{ municipality {{ code }} }} }} }}");
        let data = reviewer.ask(&query).await.data();
        let nodes = data["reviewQueue"]["nodes"].as_array().unwrap().iter();
        let codes: Value = nodes
            .map(|node| node["municipality"]["code"].clone())
            .collect();
        assert_eq!(&codes, expected, "{arguments}");
    }
    // Once it is answered nothing waits for the municipality.
    let reply = json!({
        "municipality": "GM0402", "period": "2026-2", "question": 1, "reply": "Sinds juni.",
        "idempotencyKey": "reply",
    });
    app.with(&municipality("GM0402"))
        .change("answerQuestion", reply)
        .await;
    let waiting = "{ reviewQueue(awaitsReply: true) { totalCount } }";
    assert_eq!(
        reviewer.ask(waiting).await.data(),
        json!({ "reviewQueue": { "totalCount": 0 } })
    );
    for unknown in ["period: \"2099-1\"", "area: \"VR99\""] {
        let query = format!("{{ reviewQueue({unknown}) {{ totalCount }} }}");
        assert_eq!(
            reviewer.ask(&query).await.codes(),
            ["NOT_FOUND"],
            "{unknown}"
        );
    }
}

/// Something of the region that is to be done.
fn duty(kind: &str, key: &str, since: &str, due: Value, mutation: &str) -> Value {
    let is_overdue = due.as_str().is_some_and(|due| due < "2026-11-22");
    json!([kind, key, since, due, is_overdue, mutation])
}

fn report(half: &str, since: &str, due: &str) -> Value {
    let key = format!("VR14/{half}");
    duty(
        "SUBMIT_REGIONAL_REPORT",
        &key,
        since,
        json!(due),
        "submitRegionalReport",
    )
}

/// Meetings of a table, which are due with the year.
fn meeting(table: &str, since: &str) -> Value {
    let (key, due) = (format!("VR14/2026/{table}"), json!("2026-12-31"));
    duty(
        "HOLD_REGIONAL_MEETING",
        &key,
        since,
        due,
        "recordRegionalMeeting",
    )
}

async fn records(region: &Client, mutation: &str, key: &str, more: Value) {
    let mut input = json!({ "area": "VR14", "idempotencyKey": key });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    region.change(mutation, input).await;
}

/// The policy of the region prints four meetings of officials a year and two of executives.
#[tokio::test]
async fn the_duties_of_a_region_wait_until_they_are_done() {
    let app = spawn_app();
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    assert_eq!(observed(&gooi).await, [Value::Null; 0]);
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let first = report("2026-1", "2026-01-01", "2026-06-30");
    let second = report("2026-2", "2026-07-01", "2026-12-31");
    let january = |table: &str| meeting(table, "2026-01-01");
    assert_eq!(
        observed(&gooi).await,
        [
            first,
            january("EXECUTIVE"),
            january("OFFICIAL"),
            second.clone()
        ]
    );
    for (key, day) in [("m1", "2026-03-10"), ("m2", "2026-05-12")] {
        let held = json!({ "heldOn": day, "kind": "OFFICIAL" });
        records(&gooi, "recordRegionalMeeting", key, held).await;
    }
    for (key, since) in [("b1", "2026-05-22"), ("b2", "2026-05-23")] {
        let bottleneck = json!({ "text": "Er is geen opvang voor mannen.", "since": since });
        records(&gooi, "raiseRegionalBottleneck", key, bottleneck).await;
    }
    let half = json!({
        "half": "2026-1", "progress": "Twee overleggen.", "particulars": "Geen.",
        "bottlenecks": "De opvang.",
    });
    records(&gooi, "submitRegionalReport", "h1", half).await;
    // Of four meetings the third waits from July on; of what stands for six months, the age counts.
    let official = meeting("OFFICIAL", "2026-07-01");
    let left = [january("EXECUTIVE"), official, second];
    let bottleneck = duty(
        "RESOLVE_REGIONAL_BOTTLENECK",
        "VR14/1",
        "2026-11-22",
        Value::Null,
        "resolveRegionalBottleneck",
    );
    let seen = observed(&gooi).await;
    assert_eq!(seen[..3], left);
    assert_eq!(seen[3..], [bottleneck]);
    let confirm = duty(
        "CONFIRM_REGIONAL_REPORT",
        "VR14/2026-1",
        "2026-11-22",
        Value::Null,
        "confirmRegionalReport",
    );
    assert_eq!(observed(&reviewer).await, [confirm]);

    let resolved = json!({ "number": 1, "resolvedOn": "2026-11-20" });
    records(&gooi, "resolveRegionalBottleneck", "r1", resolved).await;
    let confirmed = json!({ "half": "2026-1", "version": 1 });
    records(&reviewer, "confirmRegionalReport", "c1", confirmed).await;
    assert_eq!(observed(&gooi).await, left);
    assert_eq!(observed(&reviewer).await, [Value::Null; 0]);
}

/// Whoever may submit for a member hands in again what VNG returned.
#[tokio::test]
async fn a_region_hands_in_again_for_a_member_that_gave_it_a_mandate() {
    let app = spawn_with_work().await;
    let (hilversum, gooi) = (app.with(&municipality("GM0402")), app.with(&region("VR14")));
    let reviewer = app.with(&vng());
    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    a_claim("GM0402").sent_by(&reviewer).await;
    let returned = json!({
        "municipality": "GM0402", "period": PERIOD, "version": 1, "reason": "Onvolledig.",
        "idempotencyKey": "returned",
    });
    reviewer.change("returnAssessment", returned).await;
    let again = "{ openTasks(kind: RESUBMIT_ASSESSMENT) { nodes { subjectKey due mutation } } }";
    let nothing = json!({ "openTasks": { "nodes": [] } });
    assert_eq!(gooi.ask(again).await.data(), nothing);
    let mandate = json!({
        "municipality": "GM0402", "area": "VR14", "from": "2026-11-22", "idempotencyKey": "mandate",
    });
    hilversum.change("giveSubmissionMandate", mandate).await;
    let waits = json!({ "openTasks": { "nodes": [{
        "subjectKey": "GM0402/2026-2", "due": "2026-12-15", "mutation": "submitAssessment",
    }] } });
    assert_eq!(gooi.ask(again).await.data(), waits);
    assert_eq!(hilversum.ask(again).await.data(), waits);
}

fn evidenced(criterion: &str, revision: Option<i32>, days: &[&str]) -> Value {
    let pieces = days.iter().map(
        |day| json!({ "kind": "OTHER", "title": "Besluit", "reference": "12", "effectiveOn": day }),
    );
    let pieces: Vec<Value> = pieces.collect();
    let mut answer = json!({ "criterion": criterion, "answer": "MET", "evidence": pieces });
    if let Some(revision) = revision {
        answer["revision"] = revision.into();
    }
    answer
}

/// SV-01 is reviewed every twelve months, SV-02 every twenty-four.
#[tokio::test]
async fn evidence_waits_to_be_renewed_from_three_months_before_it_is_out_of_date() {
    let app = spawn_with_work().await;
    let hilversum = app.with(&municipality("GM0402"));
    let query =
        "{ openTasks(kind: RENEW_EVIDENCE) { nodes { subjectKey since due isOverdue mutation
        title { nl en } period { key } municipality { code } } } }";
    let waiting = async |client: &Client| {
        let nodes = client.ask(query).await.data()["openTasks"]["nodes"].clone();
        nodes.as_array().unwrap().clone()
    };
    let renew = |criterion: &str, since: &str, due: &str, is_overdue: bool| {
        json!({
            "subjectKey": format!("GM0402/2026-2/{criterion}"), "since": since, "due": due,
            "isOverdue": is_overdue, "mutation": "saveDraft", "period": { "key": "2026-2" },
            "municipality": { "code": "GM0402" },
            "title": {
                "nl": format!("Het bewijs bij {criterion} in de beoordeling van Hilversum over \
                    rapportageperiode 2026-2"),
                "en": format!("The evidence for {criterion} in the assessment of Hilversum for \
                    reporting period 2026-2"),
            },
        })
    };
    let answers = json!([
        evidenced("SV-01", None, &["2025-06-30", "2026-02-22"]),
        evidenced("SV-02", None, &["2025-02-23", "2024-01-01"]),
        evidenced("SV-04", None, &["2024-10-01"]),
        { "criterion": "SV-03", "answer": "MET" },
    ]);
    a_draft("GM0402", answers).sent_by(&hilversum).await;
    let stale = renew("SV-04", "2026-11-01", "2026-10-01", true);
    let expiring = renew("SV-01", "2026-11-22", "2027-02-22", false);
    let both = [stale.clone(), expiring.clone()];
    assert_eq!(waiting(&hilversum).await, both);
    // One day later SV-02 follows.
    app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    let next = renew("SV-02", "2026-11-23", "2027-02-23", false);
    let all = [stale.clone(), expiring.clone(), next];
    assert_eq!(waiting(&hilversum).await, all);
    for other in [
        app.with(&municipality("GM0376")),
        app.with(&region("VR14")),
        app.with(&vng()),
        app.public(),
    ] {
        assert_eq!(waiting(&other).await, [Value::Null; 0]);
    }
    // Of what was submitted it waits until something newer is submitted.
    a_submission("GM0402").sent_by(&hilversum).await;
    let renewed = json!([evidenced("SV-01", Some(1), &["2026-11-01"])]);
    a_draft("GM0402", renewed).sent_by(&hilversum).await;
    assert_eq!(waiting(&hilversum).await, all);
    a_submission("GM0402").sent_by(&hilversum).await;
    assert_eq!(waiting(&hilversum).await, [stale, all[2].clone()]);
    // A period that is closed takes in nothing.
    app.clock.set(acceptance::after_closing());
    assert_eq!(waiting(&hilversum).await, [Value::Null; 0]);
}

/// SK-01 is reviewed every twelve months.
#[tokio::test]
async fn a_region_renews_the_evidence_of_its_answers() {
    let app = spawn_with_work().await;
    let gooi = app.with(&region("VR14"));
    let answer = |key: &str, day: &str| {
        json!({
            "area": "VR14", "criterion": "SK-01", "answer": "MET", "from": "2026-11-01",
            "idempotencyKey": key,
            "evidence": [{
                "kind": "OTHER", "title": "Convenant", "reference": "12", "effectiveOn": day,
            }],
        })
    };
    let query = "{ openTasks(kind: RENEW_REGIONAL_EVIDENCE) { nodes { subjectKey since due mutation
        may } } }";
    let waiting = async |client: &Client| {
        let nodes = client.ask(query).await.data()["openTasks"]["nodes"].clone();
        nodes.as_array().unwrap().clone()
    };
    gooi.change("submitRegionalAnswer", answer("one", "2026-02-23"))
        .await;
    assert_eq!(waiting(&gooi).await, [Value::Null; 0]);
    app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    let expiring = json!({
        "subjectKey": "VR14/VOORSTEL-1/SK-01", "since": "2026-11-23", "due": "2027-02-23",
        "mutation": "submitRegionalAnswer", "may": ["submitRegionalAnswer"],
    });
    assert_eq!(waiting(&gooi).await, [expiring]);
    for other in [app.with(&municipality("GM0402")), app.with(&vng())] {
        assert_eq!(waiting(&other).await, [Value::Null; 0]);
    }
    gooi.change("submitRegionalAnswer", answer("two", "2026-11-20"))
        .await;
    assert_eq!(waiting(&gooi).await, [Value::Null; 0]);
}

#[tokio::test]
async fn the_task_of_a_question_says_what_may_be_done_with_its_assessment() {
    let app = spawn_with_work().await;
    let (hilversum, reviewer) = (app.with(&municipality("GM0402")), app.with(&vng()));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    a_submission("GM0402").sent_by(&hilversum).await;
    a_claim("GM0402").sent_by(&reviewer).await;
    let question = json!({
        "municipality": "GM0402", "period": PERIOD, "version": 1, "idempotencyKey": "question",
        "questions": [{ "criterion": "SV-01", "question": "Sinds wanneer?" }],
    });
    reviewer.change("askQuestions", question).await;
    let query = "{ openTasks(kind: ANSWER_QUESTION) { nodes { subjectKey mutation may } } }";
    let task = hilversum.ask(query).await.data()["openTasks"]["nodes"][0].clone();
    assert_eq!(task["subjectKey"], "GM0402/2026-2/1");
    assert_eq!(task["mutation"], "answerQuestion");
    let may = task["may"].as_array().unwrap();
    assert!(may.contains(&json!("answerQuestion")), "{task}");
}

/// What is missing and what would raise the verdict say who answers it and how.
#[tokio::test]
async fn a_criterion_says_by_which_mutations_it_is_answered() {
    let app = spawn_with_work().await;
    let hilversum = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&hilversum).await;
    let query = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { draft {
        missing { code mutations } } }
        framework(edition: \"VOORSTEL-1\") { criteria { code mutations } } }";
    let data = hilversum.ask(query).await.data();
    let missing = data["assessment"]["draft"]["missing"].as_array().unwrap();
    let of = |code: &str| {
        let found = missing.iter().find(|one| one["code"] == code);
        found.unwrap()["mutations"].clone()
    };
    assert_eq!(of("BB-01"), json!(["recordAdoption", "declarePolicyState"]));
    assert_eq!(of("SV-02"), json!(["saveDraft"]));
    assert_eq!(of("SV-04"), json!(["saveDraft", "submitRegionalAnswer"]));
    let criteria = data["framework"]["criteria"].as_array().unwrap();
    let regional = criteria.iter().find(|one| one["code"] == "SK-01").unwrap();
    assert_eq!(regional["mutations"], json!(["submitRegionalAnswer"]));
}
