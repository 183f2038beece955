//! Versions of the plan, lines, goals, motions and commitments, as the ministry records them: each
//! with a source, changed by its version, and taken back where nothing rests on it.

use acceptance::{App, Client, ministry, municipality, partner, region, spawn_app, vng};
use serde_json::{Value, json};

fn source() -> Value {
    json!({ "document": "monitoring-2025", "place": "7" })
}

fn spawn() -> (App, Client) {
    let app = spawn_app();
    let own = app.with(&ministry());
    (app, own)
}

async fn head(app: &App) -> i64 {
    app.database.count("select number from ledger_head").await
}

/// An input with its source and a key of its own.
fn with(mut input: Value, key: &str) -> Value {
    input["source"] = source();
    input["idempotencyKey"] = key.into();
    input
}

fn version() -> Value {
    json!({ "key": "2027", "titleNl": "Actieplan 2027", "titleEn": "Action plan 2027",
        "state": "PROPOSED" })
}

fn line() -> Value {
    json!({ "plan": "2027", "number": 1, "titleNl": "Bewustwording", "titleEn": "Awareness",
        "narrativeNl": "Meer mensen herkennen mensenhandel." })
}

fn goal() -> Value {
    json!({
        "plan": "2027", "line": 1, "number": 1, "textNl": "Tien trainingen per jaar.",
        "textEn": "Ten courses a year.", "deadlineOn": "2028-12-31",
        "targets": [
            { "kind": "COUNT", "direction": "AT_LEAST", "value": 10,
                "unit": { "nl": "trainingen", "en": "courses" }, "text": "Tien trainingen.",
                "baseline": "NOT_NEEDED" },
            { "kind": "PERCENT_INCREASE", "direction": "BETWEEN", "value": 5, "valueTo": 10,
                "unit": { "nl": "meldingen", "en": "reports" }, "text": "Vijf tot tien procent.",
                "baseline": "NOT_IN_SOURCE" },
        ],
    })
}

fn commitment() -> Value {
    json!({
        "key": "toezegging-voortgang", "kind": "COMMITMENT", "titleNl": "Toezegging voortgang",
        "titleEn": "Commitment on progress", "asksNl": "De Kamer krijgt elk jaar een brief.",
        "asksEn": "The House gets a letter each year.", "reference": "28 638, nr. 300",
        "answers": [
            { "action": 33, "textNl": "De brief gaat mee met het overzicht.",
                "textEn": "The letter comes with the overview." },
            { "textNl": "Het plan wordt versterkt.", "textEn": "The plan is strengthened." },
        ],
    })
}

/// The new version with a line and a goal.
async fn with_outline(own: &Client) {
    own.change("recordPlanVersion", with(version(), "version"))
        .await;
    own.change("recordActionLine", with(line(), "line")).await;
    own.change("recordGoal", with(goal(), "goal")).await;
}

#[tokio::test]
async fn a_version_its_line_and_its_goal_are_recorded_with_their_source() {
    let (app, own) = spawn();
    let before = head(&app).await;
    with_outline(&own).await;
    // The version, the line, the goal and its two target values.
    assert_eq!(head(&app).await, before + 5);
    let query = "{
        planVersions { key state title { nl } source { document { key } lines }
            lines { key title { nl } shortTitle narrative isNew
                goals { key text isOverarching deadline { text day }
                    targets { number kind direction value valueTo unit { nl }
                        baselineState } } } }
        ledger(subjectKind: \"OperationalGoal\", subjectKey: \"2027/1/1\") {
            nodes { operation } } }";
    let shown = app.public().ask(query).await.data();
    let versions = shown["planVersions"].as_array().unwrap();
    assert_eq!(versions.len(), 3);
    assert_eq!(
        versions[2],
        json!({
            "key": "2027", "state": "PROPOSED", "title": { "nl": "Actieplan 2027" },
            "source": { "document": { "key": "monitoring-2025" }, "lines": "7" },
            "lines": [{
                "key": "2027/1", "title": { "nl": "Bewustwording" }, "shortTitle": null,
                "narrative": "Meer mensen herkennen mensenhandel.", "isNew": true,
                "goals": [{
                    "key": "2027/1/1", "text": "Tien trainingen per jaar.",
                    "isOverarching": false, "deadline": { "text": null, "day": "2028-12-31" },
                    "targets": [
                        { "number": 1, "kind": "COUNT", "direction": "AT_LEAST", "value": 10,
                            "valueTo": null, "unit": { "nl": "trainingen" },
                            "baselineState": "NOT_NEEDED" },
                        { "number": 2, "kind": "PERCENT_INCREASE", "direction": "BETWEEN",
                            "value": 5, "valueTo": 10, "unit": { "nl": "meldingen" },
                            "baselineState": "NOT_IN_SOURCE" },
                    ],
                }],
            }],
        })
    );
    let entries = shown["ledger"]["nodes"].as_array().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["operation"], "operationalGoal.recorded");
}

#[tokio::test]
async fn what_is_recorded_is_changed_by_its_version_and_stays_readable() {
    let (app, own) = spawn();
    with_outline(&own).await;
    let before = head(&app).await;
    // Without its version it is taken for a new one.
    for (mutation, input, place) in [
        ("recordPlanVersion", version(), "key"),
        ("recordActionLine", line(), "number"),
        ("recordGoal", goal(), "number"),
    ] {
        let again = own.mistakes(mutation, with(input.clone(), "again")).await;
        assert_eq!(again, [format!("ALREADY_EXISTS {place}")]);
        let mut outdated = with(input, "outdated");
        outdated["expectedVersion"] = 1.into();
        let outdated = own.mistakes(mutation, outdated).await;
        assert_eq!(outdated, ["CONFLICT expectedVersion"]);
    }
    assert_eq!(head(&app).await, before);
    let goals = "{ goal(key: \"2027/1/1\") { ledger text targets { value } } }";
    let ledger = own.ask(goals).await.data()["goal"]["ledger"].clone();
    let mut changed = goal();
    changed["textNl"] = "Twaalf trainingen per jaar.".into();
    changed["targets"][0]["value"] = 12.into();
    changed["targets"].as_array_mut().unwrap().pop();
    changed["expectedVersion"] = ledger;
    own.change("recordGoal", with(changed, "changed")).await;
    assert_eq!(
        own.ask(goals).await.data()["goal"]["targets"],
        json!([{ "value": 12 }])
    );
    let earlier = format!(
        "{{ goal(key: \"2027/1/1\", at: {{ ledger: {before} }}) {{ text targets {{ value }} }} }}"
    );
    assert_eq!(
        own.ask(&earlier).await.data()["goal"],
        json!({ "text": "Tien trainingen per jaar.", "targets": [{ "value": 10 }, { "value": 5 }] })
    );
}

#[tokio::test]
async fn what_something_rests_on_is_not_taken_back() {
    let (app, own) = spawn();
    with_outline(&own).await;
    let before = head(&app).await;
    let version = || with(json!({ "key": "2027" }), "no version");
    let line = || with(json!({ "plan": "2027", "number": 1 }), "no line");
    let goal = || with(json!({ "goal": "2027/1/1" }), "no goal");
    assert_eq!(
        own.mistakes("withdrawPlanVersion", version()).await,
        ["IN_USE key"]
    );
    assert_eq!(
        own.mistakes("withdrawActionLine", line()).await,
        ["IN_USE number"]
    );
    // This one of the plan is measured.
    let served = with(json!({ "goal": "2024/1/1" }), "served");
    assert_eq!(
        own.mistakes("withdrawGoal", served).await,
        ["IN_USE goal", "OF_DATA_SET goal"]
    );
    // It would come back with the next import, whoever changed it since.
    let of_data_set = with(json!({ "key": "motie-bikker" }), "of data set");
    assert_eq!(
        own.mistakes("withdrawMotion", of_data_set).await,
        ["OF_DATA_SET key"]
    );
    assert_eq!(head(&app).await, before);
    let withdrawn = own
        .change_and_read("withdrawGoal", "withdrawn", goal())
        .await;
    assert_eq!(withdrawn, json!({ "withdrawn": "2027/1/1" }));
    // The goal and its two target values.
    assert_eq!(head(&app).await, before + 3);
    let withdrawn = own
        .change_and_read("withdrawActionLine", "withdrawn", line())
        .await;
    assert_eq!(withdrawn, json!({ "withdrawn": "2027/1" }));
    let withdrawn = own
        .change_and_read("withdrawPlanVersion", "withdrawn", version())
        .await;
    assert_eq!(withdrawn, json!({ "withdrawn": "2027" }));
    let left = app.public().ask("{ planVersions { key } }").await.data();
    assert_eq!(
        left["planVersions"],
        json!([{ "key": "2023" }, { "key": "2024" }])
    );
    assert_eq!(
        own.mistakes(
            "withdrawPlanVersion",
            with(json!({ "key": "2027" }), "gone")
        )
        .await,
        ["UNKNOWN_PLAN key"]
    );
}

#[tokio::test]
async fn a_version_in_which_a_commitment_is_answered_is_not_taken_back() {
    let (app, own) = spawn();
    own.change("recordPlanVersion", with(version(), "version"))
        .await;
    let mut answered = commitment();
    answered["answers"] = json!([{ "plan": "2027", "textNl": "Het plan wordt versterkt.",
        "textEn": "The plan is strengthened." }]);
    own.change("recordMotion", with(answered, "new")).await;
    let before = head(&app).await;
    let gone = |key: &str| with(json!({ "key": "2027" }), key);
    assert_eq!(
        own.mistakes("withdrawPlanVersion", gone("no version"))
            .await,
        ["IN_USE key"]
    );
    assert_eq!(head(&app).await, before);
    // So every motion can still be read with what answers it.
    let query = "{ motions { nodes { key answers { plan { key } } } } }";
    let shown = app.public().ask(query).await.data();
    let motions = shown["motions"]["nodes"].as_array().unwrap();
    let found = motions
        .iter()
        .find(|one| one["key"] == "toezegging-voortgang");
    assert_eq!(
        found.unwrap()["answers"],
        json!([{ "plan": { "key": "2027" } }])
    );
    let motion = with(json!({ "key": "toezegging-voortgang" }), "no motion");
    own.change("withdrawMotion", motion).await;
    own.change("withdrawPlanVersion", gone("gone")).await;
}

#[tokio::test]
async fn a_commitment_is_recorded_with_what_answers_it_and_taken_back() {
    let (app, own) = spawn();
    let before = head(&app).await;
    own.change("recordMotion", with(commitment(), "new")).await;
    assert_eq!(head(&app).await, before + 3);
    let query = "{ action(number: 33) { motions { motion { key kindLabel outcome reference
        answers { position text { nl } action { number } } source { document { key } } } } } }";
    let shown = app.public().ask(query).await.data();
    assert_eq!(
        shown["action"]["motions"],
        json!([{ "motion": {
            "key": "toezegging-voortgang", "kindLabel": "Toezegging", "outcome": "UNKNOWN",
            "reference": "28 638, nr. 300",
            "answers": [
                { "position": 1, "text": { "nl": "De brief gaat mee met het overzicht." },
                    "action": { "number": 33 } },
                { "position": 2, "text": { "nl": "Het plan wordt versterkt." }, "action": null },
            ],
            "source": { "document": { "key": "monitoring-2025" } },
        } }])
    );
    // The outcome changes; what answers it was not given and stays, without an entry of its own.
    let motion = "{ motions { nodes { key ledger } } }";
    let motions = own.ask(motion).await.data()["motions"]["nodes"].clone();
    let motions = motions.as_array().unwrap().iter();
    let mut found = motions.filter(|one| one["key"] == "toezegging-voortgang");
    let ledger = found.next().unwrap()["ledger"].clone();
    let mut changed = commitment();
    changed.as_object_mut().unwrap().remove("answers");
    changed["outcome"] = "CARRIED_OUT".into();
    changed["expectedVersion"] = ledger;
    let selection = "motion { outcome answers { position } }";
    let payload = own
        .change_and_read("recordMotion", selection, with(changed, "done"))
        .await;
    assert_eq!(
        payload["motion"],
        json!({ "outcome": "CARRIED_OUT", "answers": [{ "position": 1 }, { "position": 2 }] })
    );
    assert_eq!(head(&app).await, before + 4);
    let gone = with(json!({ "key": "toezegging-voortgang" }), "gone");
    own.change("withdrawMotion", gone).await;
    assert_eq!(head(&app).await, before + 7);
    let shown = app.public().ask(query).await.data();
    assert_eq!(shown["action"]["motions"], json!([]));
    let unknown = with(json!({ "key": "toezegging-voortgang" }), "unknown");
    assert_eq!(
        own.mistakes("withdrawMotion", unknown).await,
        ["UNKNOWN_MOTION key"]
    );
}

#[tokio::test]
async fn all_mistakes_are_named_at_once_and_nothing_is_recorded() {
    let (app, own) = spawn();
    let before = head(&app).await;
    let nowhere = json!({ "document": "geen-document", "place": "1" });
    let wrong = json!({ "key": "27", "titleNl": " ", "titleEn": "x", "state": "SENT",
        "source": nowhere, "idempotencyKey": "a" });
    assert_eq!(
        own.mistakes("recordPlanVersion", wrong).await,
        [
            "INVALID_KEY key",
            "TEXT_LENGTH titleNl",
            "UNKNOWN_SOURCE source.document"
        ]
    );
    let wrong = json!({ "plan": "2031", "number": 0, "titleNl": "x", "titleEn": "x" });
    assert_eq!(
        own.mistakes("recordActionLine", with(wrong, "b")).await,
        ["INVALID_NUMBER number", "UNKNOWN_PLAN plan"]
    );
    let mut wrong = goal();
    wrong["line"] = 9.into();
    wrong["startsOn"] = "2029-01-01".into();
    wrong["targets"][0]["valueTo"] = 20.into();
    wrong["targets"][1]["baseline"] = "NOT_NEEDED".into();
    assert_eq!(
        own.mistakes("recordGoal", with(wrong, "c")).await,
        [
            "DATES_OUT_OF_ORDER deadlineOn",
            "INVALID_RANGE targets.0.value",
            "BASELINE_AND_KIND targets.1.baseline",
            "UNKNOWN_LINE line",
        ]
    );
    let mut wrong = commitment();
    wrong["key"] = "Toezegging!".into();
    wrong["amountEuros"] = (-1).into();
    wrong["answers"][0]["action"] = 99.into();
    wrong["answers"][1]["plan"] = "2031".into();
    assert_eq!(
        own.mistakes("recordMotion", with(wrong, "d")).await,
        [
            "INVALID_KEY key",
            "INVALID_AMOUNT amountEuros",
            "UNKNOWN_ACTION answers.0.action",
            "UNKNOWN_PLAN answers.1.plan",
        ]
    );
    // A measurement is of the second target value of this goal, which stays in its place.
    assert_eq!(head(&app).await, before);
}

#[tokio::test]
async fn a_target_value_that_was_measured_keeps_its_place() {
    let (_app, own) = spawn();
    let shown =
        own.ask("{ goal(key: \"2024/1/1\") { ledger text translation targets { number } } }");
    let goal = shown.await.data()["goal"].clone();
    let last = goal["targets"].as_array().unwrap().len();
    let measured = json!({
        "key": "meting-laatste", "action": 2, "of": { "goal": "2024/1/1", "target": last },
        "kind": "INTERIM", "state": "RUNNING", "explanation": "Loopt.", "summary": "Running.",
        "idempotencyKey": "measured",
    });
    own.change("recordMeasurement", measured).await;
    let without = json!({
        "line": 1, "number": 1, "textNl": goal["text"], "textEn": goal["translation"],
        "targets": null, "expectedVersion": goal["ledger"],
    });
    assert_eq!(
        own.mistakes("recordGoal", with(without, "without")).await,
        ["IN_USE targets"]
    );
}

#[tokio::test]
async fn only_the_ministry_records_the_plan() {
    let (app, own) = spawn();
    with_outline(&own).await;
    own.change("recordMotion", with(commitment(), "new")).await;
    let before = head(&app).await;
    for other in [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&vng()),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
    ] {
        for (mutation, input) in [
            ("recordPlanVersion", version()),
            ("recordActionLine", line()),
            ("recordGoal", goal()),
            ("recordMotion", commitment()),
            ("withdrawGoal", json!({ "goal": "2027/1/1" })),
            ("withdrawActionLine", json!({ "plan": "2027", "number": 1 })),
            ("withdrawPlanVersion", json!({ "key": "2027" })),
            ("withdrawMotion", json!({ "key": "toezegging-voortgang" })),
        ] {
            let refused = other.send_mutation(mutation, "", with(input, "x")).await;
            assert_eq!(refused.codes(), ["FORBIDDEN"], "{mutation}");
            assert!(!refused.body.contains("trainingen"), "{}", refused.body);
        }
    }
    assert_eq!(head(&app).await, before);
}
