//! A task for each thing that waits, for whoever must do it and for nobody else, gone when it is
//! done.

use acceptance::{
    App, Client, a_claim, a_confirmation, a_draft, a_period, a_report, a_reporting_region, a_round,
    a_submission, edited, met, ministry, municipality, partner, region, spawn_app, vng,
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
    assert_eq!(members.len(), 12);
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
        [json!([
            "CLOSE_ROUND",
            "2026-1",
            "2026-10-31",
            null,
            false,
            "closeMonitoringRound"
        ])]
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
    assert_eq!(observed(&gooi).await.len(), 11);
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
