//! The life of an assessment over HTTP: a municipality and its region fill in, VNG asks and
//! returns, a mandate lets the region submit, VNG fills in on behalf, editions come and go. What
//! was submitted never changes.

use acceptance::{
    App, Client, PERIOD, a_claim, a_draft, a_period, a_reporting_region, a_submission, met,
    municipality, region, spawn_app, vng, vng_as,
};
use serde_json::{Value, json};

fn with(mut base: Value, more: Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        base[name] = value.clone();
    }
    base
}

/// Hilversum in the period, with more fields.
fn hilversum(more: Value) -> Value {
    with(json!({ "municipality": "GM0402", "period": PERIOD }), more)
}

fn keyed(key: &str, more: Value) -> Value {
    hilversum(with(json!({ "idempotencyKey": key }), more))
}

fn approved(key: &str, more: Value) -> Value {
    let approval = json!({
        "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
    });
    keyed(key, with(approval, more))
}

async fn prepared() -> App {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    app
}

async fn state(client: &Client) -> Value {
    let query =
        format!("{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ state }} }}");
    client.ask(&query).await.data()["assessment"]["state"].clone()
}

const REST: [&str; 12] = [
    "BB-04", "BB-05", "BB-07", "SV-02", "SV-03", "SV-04", "BW-01", "SK-02", "SK-03", "SK-04",
    "SK-05", "OH-02",
];

/// Two questions about a version.
fn questions(key: &str, version: i32) -> Value {
    keyed(
        key,
        json!({
            "version": version,
            "questions": [
                {
                    "criterion": "VOORSTEL-1/SV-01",
                    "question": "Sinds wanneer is er een tweede aandachtsfunctionaris?",
                },
                { "question": "Wie gaf akkoord?" },
            ],
        }),
    )
}

/// The confirmation of a version.
fn confirm(key: &str, version: i32) -> Value {
    keyed(key, json!({ "version": version }))
}

/// What the review of Hilversum shows.
fn review() -> String {
    format!(
        "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ state
            questions {{ number criterion {{ code }} question reply repliedBy {{ code }} }}
            latestVersion {{ returnReason confirmedAt }} }} }}"
    )
}

#[tokio::test]
async fn from_three_saves_to_a_confirmed_correction() {
    let app = prepared().await;
    let own = app.with(&municipality("GM0402"));
    let colleague = app.with(&vng_as("colleague"));
    is_saved(&app, &own).await;
    is_submitted_twice(&own).await;
    // VNG claims, asks, is answered, returns.
    is_questioned(&app, &own).await;
    is_answered_and_returned(&own, &app.with(&vng())).await;
    is_seen_in_part(&own, &app.with(&acceptance::ministry())).await;
    // Again, and confirmed.
    a_submission("GM0402").sent_by(&own).await;
    a_claim("GM0402").sent_by(&colleague).await;
    colleague
        .change("confirmAssessment", confirm("c3", 3))
        .await;
    assert_eq!(state(&own).await, "CONFIRMED");

    is_corrected(&own).await;
    counts_again(&own).await;
}

/// Three saves by the municipality, one by its region; evidence with an answer.
async fn is_saved(app: &App, own: &Client) {
    let gooi = app.with(&region("VR14"));
    let evidence = json!([{ "kind": "APPOINTMENT_DECISION", "title": "Aanwijzingsbesluit",
        "address": "https://www.hilversum.nl/besluit", "effectiveOn": "2025-11-01" }]);
    let first = json!({
        "answers": [{ "criterion": "SV-01", "answer": "PARTLY_MET", "evidence": evidence }],
    });
    own.change("saveDraft", hilversum(first)).await;
    a_draft("GM0402", met(&["BB-03"])).sent_by(own).await;
    a_draft("GM0402", met(&["OH-01"])).sent_by(&gooi).await;
    let requested = "assessment { draft {
        answers { criterion { code } changedByRole revision
        evidence { kind title address isStale lastFreshDay receivedAt } }
        missing { code } preview { status label
        grounds { counts { met unknown } next { status allOf { code } } } } } }";
    let saved = a_draft("GM0402", met(&REST)).read_by(own, requested).await;
    let draft = &saved["assessment"]["draft"];
    let by_region: Vec<&Value> = draft["answers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["changedByRole"] == "REGION")
        .map(|one| &one["criterion"]["code"])
        .collect();
    assert_eq!(by_region, [&json!("OH-01")]);
    let appointed = draft["answers"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["criterion"]["code"] == "SV-01")
        .unwrap();
    // Twelve months of review: stale since 2 November 2026, and counted.
    assert_eq!(
        appointed["evidence"],
        json!([
            {
                "kind": "APPOINTMENT_DECISION", "title": "Aanwijzingsbesluit",
                "address": "https://www.hilversum.nl/besluit", "isStale": true,
                "lastFreshDay": "2026-11-01", "receivedAt": "2026-11-22T12:00:00+00:00",
            },
        ])
    );
    assert_eq!(draft["missing"], json!([{ "code": "BB-01" }]));
    assert_eq!(
        draft["preview"],
        json!({ "status": "PARTLY_COMPLIANT",
            "label": "Voldoet deels, volgens voorlopige criteria (niet gecontroleerd)",
            "grounds": { "counts": { "met": 14, "unknown": 3 },
                "next": { "status": "COMPLIANT",
                    "allOf": [{ "code": "BB-01" }, { "code": "BB-02" }, { "code": "SV-01" },
                        { "code": "SK-01" }] } } })
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.verdict_span")
            .await,
        0
    );
}

/// It is submitted early, and better.
async fn is_submitted_twice(own: &Client) {
    a_submission("GM0402").sent_by(own).await;
    let better = json!({ "answers": [{ "criterion": "SV-01", "answer": "MET", "revision": 1 }] });
    own.change("saveDraft", hilversum(better)).await;
    let requested = "version { number submittedBy { code } receipt \
        answers { criterion { code } evidence { title effectiveOn } } }";
    let second = a_submission("GM0402").read_by(own, requested).await;
    assert_eq!(second["version"]["number"], 2);
    assert_eq!(second["version"]["submittedBy"]["code"], "GM0402");
    let kept = second["version"]["answers"].as_array().unwrap();
    let kept = kept
        .iter()
        .find(|one| one["criterion"]["code"] == "SV-01")
        .unwrap();
    assert_eq!(
        kept["evidence"],
        json!([{ "title": "Aanwijzingsbesluit", "effectiveOn": "2025-11-01" }])
    );
}

/// VNG claims and asks, and nobody without a claim does. Nobody confirms while a question is open.
async fn is_questioned(app: &App, own: &Client) {
    let (reviewer, colleague) = (app.with(&vng()), app.with(&vng_as("colleague")));
    assert_eq!(
        reviewer
            .mistake_codes("askQuestions", questions("q", 2))
            .await,
        ["NOT_CLAIMED"]
    );
    a_claim("GM0402").sent_by(&reviewer).await;
    assert_eq!(state(own).await, "CLAIMED");
    let ministry = app.with(&acceptance::ministry());
    assert_eq!(state(&ministry).await, "SUBMITTED");
    for (mutation, input) in [
        ("claimReview", keyed("k", json!({}))),
        ("askQuestions", questions("q", 2)),
        (
            "returnAssessment",
            keyed("r", json!({ "version": 2, "reason": "Nee" })),
        ),
        ("confirmAssessment", keyed("c", json!({ "version": 2 }))),
    ] {
        assert_eq!(
            colleague.mistake_codes(mutation, input).await,
            ["CLAIMED_BY_ANOTHER"],
            "{mutation}"
        );
    }
    assert_eq!(
        reviewer
            .mistake_codes("askQuestions", questions("q", 1))
            .await,
        ["NOT_THE_LATEST"]
    );
    reviewer.change("askQuestions", questions("q", 2)).await;
    assert_eq!(state(own).await, "QUESTIONED");
    assert_eq!(
        reviewer
            .mistake_codes("confirmAssessment", confirm("c2", 2))
            .await,
        ["QUESTIONS_OPEN"]
    );
}

/// Each question is answered, and VNG returns the version with a reason.
async fn is_answered_and_returned(own: &Client, reviewer: &Client) {
    let reply = |key: &str, question: i32, text: &str| {
        keyed(key, json!({ "question": question, "reply": text }))
    };
    assert_eq!(
        own.mistake_codes("answerQuestion", reply("a0", 9, "Ja"))
            .await,
        ["NO_OPEN_QUESTION"]
    );
    assert_eq!(
        own.mistake_codes("answerQuestion", reply("a0", 1, "Bel anna@hilversum.nl"))
            .await,
        ["PERSONAL_DATA"]
    );
    own.change("answerQuestion", reply("a1", 1, "Sinds juni."))
        .await;
    assert_eq!(state(own).await, "QUESTIONED");
    own.change("answerQuestion", reply("a2", 2, "De portefeuillehouder."))
        .await;
    assert_eq!(state(own).await, "CLAIMED");
    let returned = keyed(
        "r",
        json!({ "version": 2, "reason": "Voeg het tweede besluit toe." }),
    );
    reviewer.change("returnAssessment", returned).await;
}

/// The municipality sees questions and reasons; the ministry sees the state, and neither of them.
async fn is_seen_in_part(own: &Client, ministry: &Client) {
    let seen = own.ask(&review()).await.data()["assessment"].clone();
    assert_eq!(
        seen,
        json!({
            "state": "RETURNED",
            "questions": [
                {
                    "number": 1, "criterion": { "code": "SV-01" },
                    "question": "Sinds wanneer is er een tweede aandachtsfunctionaris?",
                    "reply": "Sinds juni.", "repliedBy": { "code": "GM0402" },
                },
                {
                    "number": 2, "criterion": null, "question": "Wie gaf akkoord?",
                    "reply": "De portefeuillehouder.", "repliedBy": { "code": "GM0402" },
                },
            ],
            "latestVersion": {
                "returnReason": "Voeg het tweede besluit toe.", "confirmedAt": null,
            },
        })
    );
    // The ministry sees the state, and neither questions nor reasons.
    let shown = ministry.ask(&review()).await;
    let body = &shown.json()["data"]["assessment"];
    assert_eq!(
        (&body["state"], &body["questions"]),
        (&json!("RETURNED"), &Value::Null)
    );
    assert!(!shown.body.contains("besluit"), "{}", shown.body);
}

/// A confirmed version stays: it is not withdrawn, and corrected only with a reason.
async fn is_corrected(own: &Client) {
    let withdraw = |key: &str| keyed(key, json!({ "reason": "Vergissing" }));
    assert_eq!(
        own.mistake_codes("withdrawAssessment", withdraw("w")).await,
        ["ALREADY_DECIDED"]
    );
    assert_eq!(
        own.mistake_codes("submitAssessment", approved("correction", json!({})))
            .await,
        ["REASON_MISSING"]
    );
    let reason = json!({ "reason": "Een antwoord was verouderd." });
    let corrected = own
        .change_and_read(
            "submitAssessment",
            "version { number reason }",
            approved("correction", reason),
        )
        .await;
    assert_eq!(
        corrected["version"],
        json!({ "number": 4, "reason": "Een antwoord was verouderd." })
    );
    own.change("withdrawAssessment", withdraw("w")).await;
    assert_eq!(state(own).await, "WITHDRAWN");
    assert_eq!(
        own.mistake_codes("withdrawAssessment", withdraw("w2"))
            .await,
        ["WITHDRAWN"]
    );
}

/// After the withdrawal what was confirmed counts again, on both bases.
async fn counts_again(own: &Client) {
    for basis in ["SUBMITTED", "CONFIRMED"] {
        let query = format!(
            "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: {basis}) {{ \
                grounds {{ versionNumber }} }} }}"
        );
        assert_eq!(
            own.ask(&query).await.data()["verdict"]["grounds"]["versionNumber"],
            3,
            "{basis}"
        );
    }
    // Four versions stand as they were submitted.
    let query = format!(
        "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ \
            versions {{ number confirmedAt withdrawnAt }} }} }}"
    );
    let versions = own.ask(&query).await.data()["assessment"]["versions"].clone();
    let shown: Vec<(bool, bool)> = versions
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["confirmedAt"].is_null(), one["withdrawnAt"].is_null()))
        .collect();
    assert_eq!(
        shown,
        [(true, true), (true, true), (false, true), (true, false)]
    );
}

#[tokio::test]
async fn a_region_submits_with_a_mandate_and_on_its_days() {
    let app = prepared().await;
    let (own, gooi) = (app.with(&municipality("GM0402")), app.with(&region("VR14")));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&gooi).await;
    let submit = async |key: &str| {
        gooi.send(
            "mutation ($input: SubmitAssessmentInput!) { submitAssessment(input: $input) {
                version { number submittedBy { code } } errors { code } } }",
            json!({ "input": approved(key, json!({})) }),
        )
        .await
    };
    assert_eq!(submit("one").await.codes(), ["FORBIDDEN"]);

    let mandate = |key: &str, more: Value| {
        let base = json!({
            "municipality": "GM0402", "area": "VR14", "from": "2026-11-22", "idempotencyKey": key,
        });
        with(base, more)
    };
    let wrong = json!({ "area": "VR13", "from": "2026-11-21", "lastDay": "2026-11-20" });
    assert_eq!(
        own.mistake_codes("giveSubmissionMandate", mandate("m0", wrong))
            .await,
        [
            "NOT_ITS_REPORTING_REGION",
            "DATES_OUT_OF_ORDER",
            "DATE_IN_PAST"
        ]
    );
    let requested = "mandate { area { code } from lastDay isValid }";
    let given = json!({ "lastDay": "2026-11-30" });
    let given = own
        .change_and_read("giveSubmissionMandate", requested, mandate("m1", given))
        .await;
    assert_eq!(
        given["mandate"],
        json!({
            "area": { "code": "VR14" }, "from": "2026-11-22", "lastDay": "2026-11-30",
            "isValid": true,
        })
    );
    assert_eq!(
        own.mistake_codes("giveSubmissionMandate", mandate("m2", json!({})))
            .await,
        ["ALREADY_GIVEN"]
    );
    let submitted = submit("one").await.data()["submitAssessment"].clone();
    assert_eq!(
        submitted,
        json!({ "version": { "number": 1, "submittedBy": { "code": "VR14" } }, "errors": [] })
    );
    // Another member gave none.
    let laren = json!({ "municipality": "GM0417", "period": PERIOD, "idempotencyKey": "laren",
        "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20" });
    let refusal = gooi
        .send(
            "mutation ($input: SubmitAssessmentInput!) { \
                submitAssessment(input: $input) { errors { code } } }",
            json!({ "input": laren }),
        )
        .await;
    assert_eq!(refusal.codes(), ["FORBIDDEN"]);

    // It ends at once, and what was submitted stands.
    let end = json!({
        "municipality": "GM0402", "area": "VR14", "lastDay": "2026-11-22", "idempotencyKey": "end",
    });
    let ended = own
        .change_and_read("endSubmissionMandate", "mandate { lastDay isValid }", end)
        .await;
    assert_eq!(
        ended["mandate"],
        json!({ "lastDay": "2026-11-22", "isValid": true })
    );
    app.clock.set("2026-11-23T08:00:00Z".parse().unwrap());
    assert_eq!(submit("two").await.codes(), ["FORBIDDEN"]);
    assert_eq!(
        app.database
            .count("select count(*) from fact.assessment_version")
            .await,
        1
    );
    // Strangers see no mandate.
    let query = "{ submissionMandates(municipality: \"GM0402\") { nodes { area { code } } } }";
    let none = json!({ "nodes": [] });
    for (stranger, seen) in [
        (app.public(), json!(null)),
        (app.with(&municipality("GM0363")), none.clone()),
        (app.with(&region("VR13")), none),
    ] {
        assert_eq!(stranger.ask(query).await.data()["submissionMandates"], seen);
    }
    assert_eq!(
        gooi.ask(query).await.data()["submissionMandates"],
        json!({ "nodes": [{ "area": { "code": "VR14" } }] })
    );
}

#[tokio::test]
async fn vng_fills_in_the_municipality_accepts_and_the_filler_never_confirms() {
    let app = prepared().await;
    let (own, filler, colleague) = (
        app.with(&municipality("GM0402")),
        app.with(&vng()),
        app.with(&vng_as("colleague")),
    );
    let fill = |key: &str, answers: Value| {
        keyed(
            key,
            json!({
                "reason": "De gemeente heeft geen toegang.", "channel": "TELEPHONE",
                "answers": answers,
            }),
        )
    };
    let wrong = json!([
        { "criterion": "BB-01", "answer": "MET" },
        { "criterion": "SV-01", "answer": "NOT_APPLICABLE" },
    ]);
    assert_eq!(
        filler
            .mistake_codes("fillOnBehalf", fill("f0", wrong))
            .await,
        ["NOT_YOURS_TO_ANSWER", "NOT_APPLICABLE_NOT_ALLOWED"]
    );
    let requested =
        "assessment { state onBehalf { number } draft { answers { criterion { code } } } }";
    let filled = filler
        .change_and_read(
            "fillOnBehalf",
            requested,
            fill("f1", met(&["SV-01", "SV-03"])),
        )
        .await;
    assert_eq!(
        filled["assessment"],
        json!({ "state": "DRAFT", "onBehalf": { "number": 1 }, "draft": null })
    );
    // It does not count.
    assert_eq!(
        own.mistake_codes("submitAssessment", approved("s", json!({})))
            .await,
        ["NOTHING_TO_SUBMIT"]
    );
    assert_eq!(
        own.mistake_codes("acceptOnBehalf", approved("a", json!({ "filling": 2 })))
            .await,
        ["NOTHING_TO_SUBMIT"]
    );
    let requested = "version { number onBehalf answers { criterion { code } } } \
        assessment { onBehalf { number } draft { answers { criterion { code } } } }";
    let accepted = own
        .change_and_read(
            "acceptOnBehalf",
            requested,
            approved("a", json!({ "filling": 1 })),
        )
        .await;
    let both = json!([{ "criterion": { "code": "SV-01" } }, { "criterion": { "code": "SV-03" } }]);
    assert_eq!(
        accepted["version"],
        json!({ "number": 1, "onBehalf": 1, "answers": both })
    );
    assert_eq!(
        accepted["assessment"],
        json!({ "onBehalf": null, "draft": { "answers": both } })
    );
    a_claim("GM0402").sent_by(&filler).await;
    let confirm = keyed("c", json!({ "version": 1 }));
    assert_eq!(
        filler
            .mistake_codes("confirmAssessment", confirm.clone())
            .await,
        ["FILLED_IN_BY_YOU"]
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.review_decision")
            .await,
        0
    );
    app.clock
        .set(acceptance::noon() + chrono::TimeDelta::hours(2));
    a_claim("GM0402").sent_by(&colleague).await;
    colleague.change("confirmAssessment", confirm).await;
    assert_eq!(state(&own).await, "CONFIRMED");
}

#[tokio::test]
async fn a_deadline_is_extended_for_one_and_rescheduled_for_all() {
    let app = prepared().await;
    let (own, huizen, reviewer) = (
        app.with(&municipality("GM0402")),
        app.with(&municipality("GM0406")),
        app.with(&vng()),
    );
    let extend =
        |key: &str, day: &str| keyed(key, json!({ "deadlineOn": day, "reason": "Ziekte" }));
    assert_eq!(
        reviewer
            .mistake_codes("extendDeadline", extend("x", "2026-11-20"))
            .await,
        ["NOT_LATER", "DATE_IN_PAST"]
    );
    assert_eq!(
        reviewer
            .mistake_codes("extendDeadline", extend("x", "2026-12-16"))
            .await,
        ["AFTER_CLOSING"]
    );
    reviewer
        .change_and_read("extendDeadline", "deadlineOn", extend("x", "2026-12-05"))
        .await;
    app.clock.set("2026-12-05T12:00:00Z".parse().unwrap());
    let submit = async |client: &Client, code: &str, key: &str| {
        let of = |more: Value| with(json!({ "municipality": code, "period": PERIOD }), more);
        client
            .change("saveDraft", of(json!({ "answers": met(&["SV-01"]) })))
            .await;
        let approval = json!({
            "approvedByFunction": "Burgemeester", "approvedOn": "2026-11-20", "idempotencyKey": key,
        });
        let requested = "version { onTime } assessment { deadlineOn }";
        let payload = client
            .change_and_read("submitAssessment", requested, of(approval))
            .await;
        json!([
            payload["version"]["onTime"],
            payload["assessment"]["deadlineOn"]
        ])
    };
    assert_eq!(
        submit(&own, "GM0402", "own").await,
        json!([true, "2026-12-05"])
    );
    assert_eq!(
        submit(&huizen, "GM0406", "other").await,
        json!([false, "2026-11-30"])
    );

    // The days of the period change as facts; what has passed stays.
    let move_to = |key: &str, more: Value| {
        with(
            json!({ "period": PERIOD, "reason": "Feestdagen", "idempotencyKey": key }),
            more,
        )
    };
    assert_eq!(
        reviewer
            .mistake_codes(
                "rescheduleReportingPeriod",
                move_to("p", json!({ "deadlineOn": "2026-12-10" }))
            )
            .await,
        ["DATE_IN_PAST"]
    );
    let requested = "period { lastDay rescheduledBecause }";
    let moved = move_to("p", json!({ "lastDay": "2026-12-31" }));
    let moved = reviewer
        .change_and_read("rescheduleReportingPeriod", requested, moved)
        .await;
    assert_eq!(
        moved["period"],
        json!({ "lastDay": "2026-12-31", "rescheduledBecause": "Feestdagen" })
    );
    let periods = "{ reportingPeriods { key lastDay } }";
    assert_eq!(
        app.public().ask(periods).await.data()["reportingPeriods"],
        json!([{ "key": PERIOD, "lastDay": "2026-12-31" }])
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.reporting_period where corrects is not null")
            .await,
        1
    );
}

#[tokio::test]
async fn an_edition_is_proposed_endorsed_and_carries_answers_over() {
    let app = prepared().await;
    let (own, reviewer) = (app.with(&municipality("GM0402")), app.with(&vng()));
    let answers = json!({
        "answers": [
            { "criterion": "SV-01", "answer": "MET", "explanation": "Twee functionarissen." },
            { "criterion": "SV-03", "answer": "NOT_MET" },
            { "criterion": "BB-03", "answer": "MET" },
        ],
    });
    own.change("saveDraft", hilversum(answers)).await;
    a_submission("GM0402").sent_by(&own).await;

    is_endorsed(&own, &reviewer).await;
    is_followed_by_another(&reviewer).await;
    app.clock.set("2027-01-10T12:00:00Z".parse().unwrap());
    carries_answers_over(&own, &reviewer).await;
    retires(&reviewer, &app.public()).await;
}

/// Under a proposed edition the verdict says so; once it is endorsed it no longer does.
async fn is_endorsed(own: &Client, reviewer: &Client) {
    let verdict = format!(
        "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: SUBMITTED) {{
            label grounds {{ editionState }} }} }}"
    );
    assert_eq!(
        own.ask(&verdict).await.data()["verdict"],
        json!({ "label": "Voldoet niet, volgens voorlopige criteria (niet gecontroleerd)",
            "grounds": { "editionState": "PROPOSED" } })
    );
    let endorse = |key: &str, more: Value| {
        let base = json!({ "edition": "VOORSTEL-1", "normEndorsed": false, "idempotencyKey": key });
        with(base, more)
    };
    let endorsed = reviewer
        .change_and_read(
            "endorseEdition",
            "edition { state normEndorsed }",
            endorse("e1", json!({})),
        )
        .await;
    assert_eq!(
        endorsed["edition"],
        json!({ "state": "ENDORSED", "normEndorsed": false })
    );
    assert_eq!(
        own.ask(&verdict).await.data()["verdict"],
        json!({
            "label": "Voldoet niet (niet gecontroleerd)", "grounds": { "editionState": "ENDORSED" },
        })
    );
    assert_eq!(
        reviewer
            .mistake_codes("endorseEdition", endorse("e2", json!({})))
            .await,
        ["ALREADY_ENDORSED"]
    );
    let norm = endorse("e2", json!({ "normEndorsed": true }));
    reviewer.change("endorseEdition", norm).await;
    assert_eq!(
        reviewer
            .mistake_codes("endorseEdition", endorse("e3", json!({})))
            .await,
        ["NORM_STAYS_ENDORSED"]
    );
}

/// The criteria of the first edition that the second one drops.
const DROPPED: [&str; 21] = [
    "BB-03", "BB-04", "BB-05", "BB-06", "BB-07", "SV-02", "SV-04", "SV-05", "BW-01", "BW-02",
    "SK-01", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06", "OH-01", "OH-02", "OH-03", "OH-04",
    "OH-05",
];

/// A new edition as a whole: SV-01 is carried, SV-03 becomes SV-10, BB-03 goes, SV-11 comes.
async fn is_followed_by_another(reviewer: &Client) {
    let criterion = |code: &str, replaces: &[&str]| {
        json!({
            "code": code, "replaces": replaces, "theme": "SV", "level": "BASIC", "required": true,
            "answeredBy": "MUNICIPALITY", "scope": "REGIONAL_ALLOWED", "reviewMonths": 24,
            "basis": "OUR_PROPOSAL", "titleNl": "Titel", "titleEn": "Title", "textNl": "Tekst",
            "textEn": "Text",
        })
    };
    let proposal = |key: &str, more: Value| {
        let base = json!({
            "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second",
            "normMonths": 48, "inheritanceGraceMonths": 24, "carried": ["BB-01", "BB-02", "SV-01"],
            "criteria": [criterion("SV-10", &["SV-03"]), criterion("SV-11", &[])],
            "dropped": DROPPED, "idempotencyKey": key,
        });
        with(base, more)
    };
    let wrong = json!({
        "code": "voorstel", "carried": ["SV-01", "XX-01"],
        "criteria": [criterion("SV-01", &["SV-01"])],
    });
    assert_eq!(
        reviewer
            .mistake_codes("proposeEdition", proposal("n", wrong))
            .await,
        [
            "INVALID_CODE",
            "UNKNOWN_CRITERION",
            "MAPPED_TWICE",
            "UNACCOUNTED_CRITERION",
            "UNACCOUNTED_CRITERION",
            "UNACCOUNTED_CRITERION",
            "DUPLICATE_CRITERION"
        ]
    );
    // Where up to date policy is required, adopted policy is required too.
    let mut with_adoption = DROPPED.to_vec();
    with_adoption.push("BB-01");
    let without = json!({ "carried": ["BB-02", "SV-01"], "dropped": with_adoption });
    assert_eq!(
        reviewer
            .mistakes("proposeEdition", proposal("n", without))
            .await,
        ["POLICY_NOT_REQUIRED criteria"]
    );
    // What is not named is refused, each by its name; nothing goes by silence.
    let silent = json!({ "dropped": DROPPED[2..] });
    assert_eq!(
        reviewer
            .mistakes("proposeEdition", proposal("n", silent))
            .await,
        [
            "UNACCOUNTED_CRITERION carried",
            "UNACCOUNTED_CRITERION carried"
        ]
    );
    // Nothing goes and goes on at once.
    let twice = json!({ "carried": ["BB-01", "BB-02", "SV-01", "BB-03"] });
    assert_eq!(
        reviewer
            .mistakes("proposeEdition", proposal("n", twice))
            .await,
        ["MAPPED_TWICE dropped.0"]
    );
    let nowhere = json!({ "source": { "document": "nergens", "place": "1" } });
    assert_eq!(
        reviewer
            .mistakes("proposeEdition", proposal("n", nowhere))
            .await,
        ["UNKNOWN_SOURCE source.document"]
    );
    let requested =
        "edition { state criteria { code } lineage { change criterion { key } from { key } } }";
    let proposed = reviewer
        .change_and_read("proposeEdition", requested, proposal("n", json!({})))
        .await;
    assert_eq!(proposed["edition"]["state"], "PROPOSED");
    let codes: Vec<&str> = proposed["edition"]["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["BB-01", "BB-02", "SV-01", "SV-10", "SV-11"]);
    let lineage = proposed["edition"]["lineage"].as_array().unwrap();
    assert_eq!(lineage.len(), 5 + 21);
    assert_eq!(
        lineage[3..5],
        [
            json!({
                "change": "CHANGED", "criterion": { "key": "VOORSTEL-2/SV-10" },
                "from": { "key": "VOORSTEL-1/SV-03" },
            }),
            json!({ "change": "ADDED", "criterion": { "key": "VOORSTEL-2/SV-11" }, "from": null }),
        ]
    );
    assert_eq!(
        reviewer
            .mistake_codes(
                "endorseEdition",
                json!({ "edition": "VOORSTEL-2", "normEndorsed": false,
            "retires": ["VOORSTEL-1"], "idempotencyKey": "e4" })
            )
            .await,
        ["PERIOD_NOT_CLOSED"]
    );
}

/// The next period begins with what was answered, each to be confirmed before it counts; SV-10 says
/// something else than SV-03 did and is asked anew.
async fn carries_answers_over(own: &Client, reviewer: &Client) {
    a_period()
        .with("key", "2027-1")
        .with("edition", "VOORSTEL-2")
        .with("opensOn", "2027-01-01")
        .with("deadlineOn", "2027-02-01")
        .with("lastDay", "2027-03-01")
        .sent_by(reviewer)
        .await;
    let next = |more: Value| {
        with(
            json!({ "municipality": "GM0402", "period": "2027-1" }),
            more,
        )
    };
    let requested = "assessment { draft { answers { criterion { code } answer explanation \
        isToConfirm carriedFrom { key } revision } missing { code } } }";
    let started = own
        .change_and_read(
            "startDraft",
            requested,
            next(json!({ "idempotencyKey": "start" })),
        )
        .await;
    assert_eq!(
        started["assessment"]["draft"],
        json!({
            "answers": [
                {
                    "criterion": { "code": "SV-01" }, "answer": "MET",
                    "explanation": "Twee functionarissen.", "isToConfirm": true,
                    "carriedFrom": { "key": PERIOD }, "revision": 1,
                },
            ],
            "missing": [
                { "code": "BB-01" }, { "code": "SV-01" }, { "code": "SV-10" }, { "code": "SV-11" },
            ],
        })
    );
    let submission = json!({
        "approvedByFunction": "Burgemeester", "approvedOn": "2027-01-05", "idempotencyKey": "s",
    });
    assert_eq!(
        own.mistake_codes("submitAssessment", next(submission.clone()))
            .await,
        ["NOTHING_TO_SUBMIT"]
    );
    let confirmed =
        json!({ "answers": [{ "criterion": "SV-01", "answer": "MET", "revision": 1 }] });
    own.change("saveDraft", next(confirmed)).await;
    let submitted = own
        .change_and_read(
            "submitAssessment",
            "version { answers { criterion { code } } }",
            next(submission),
        )
        .await;
    assert_eq!(
        submitted["version"]["answers"],
        json!([{ "criterion": { "code": "SV-01" } }])
    );
}

/// The old edition retires once no period under it is open, and no period opens under it any more.
async fn retires(reviewer: &Client, public: &Client) {
    let retire = json!({
        "edition": "VOORSTEL-2", "normEndorsed": false, "retires": ["VOORSTEL-1"],
        "idempotencyKey": "e5",
    });
    reviewer.change("endorseEdition", retire).await;
    assert_eq!(
        public
            .ask("{ framework(edition: \"VOORSTEL-1\") { state } }")
            .await
            .data()["framework"]["state"],
        "RETIRED"
    );
    let late = json!({ "key": "2027-2", "edition": "VOORSTEL-1", "idempotencyKey": "late",
        "opensOn": "2027-06-01", "deadlineOn": "2027-07-01", "lastDay": "2027-08-01" });
    assert_eq!(
        reviewer.mistake_codes("openReportingPeriod", late).await,
        ["EDITION_RETIRED"]
    );
}

#[tokio::test]
async fn of_many_reviewers_at_once_one_has_it() {
    let app = prepared().await;
    let own = app.with(&municipality("GM0402"));
    let draft = hilversum(json!({ "answers": met(&["SV-01"]) }));
    own.change("saveDraft", draft).await;
    a_submission("GM0402").sent_by(&own).await;
    let calls: Vec<_> = (0..12)
        .map(|number| {
            let reviewer = app.with(&vng_as(&format!("reviewer-{number}")));
            tokio::spawn(async move {
                reviewer
                    .call("claimReview", "expiresAt", keyed("claim", json!({})))
                    .await
            })
        })
        .collect();
    let mut shown = Vec::new();
    for call in calls {
        shown.push(call.await.unwrap());
    }
    let has_it = json!({ "expiresAt": "2026-11-22T14:00:00+00:00", "errors": [] });
    assert_eq!(shown.iter().filter(|one| **one == has_it).count(), 1);
    let has_not = shown.iter().filter(|one| {
        one["expiresAt"].is_null() && one["errors"][0]["code"] == "CLAIMED_BY_ANOTHER"
    });
    assert_eq!(has_not.count(), 11, "{shown:?}");
}

#[tokio::test]
async fn all_municipalities_save_at_once_and_none_is_lost() {
    let app = prepared().await;
    let codes = app
        .public()
        .ask("{ a: municipalities(first: 100) { nodes { code } pageInfo { endCursor } } }")
        .await
        .data()["a"]
        .clone();
    let mut all: Vec<String> = Vec::new();
    let mut page = codes;
    loop {
        let nodes = page["nodes"].as_array().unwrap();
        all.extend(
            nodes
                .iter()
                .map(|node| node["code"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["pageInfo"]["endCursor"]
            .as_str()
            .filter(|_| nodes.len() == 100)
        else {
            break;
        };
        let query = format!(
            "{{ a: municipalities(first: 100, after: \"{cursor}\") {{ nodes {{ code }} \
                pageInfo {{ endCursor }} }} }}"
        );
        page = app.public().ask(&query).await.data()["a"].clone();
    }
    assert_eq!(all.len(), 342);
    let save = |client: Client, code: String, answer: &'static str| async move {
        let answers = json!([{ "criterion": "SV-01", "answer": answer }]);
        let input = json!({ "municipality": code, "period": PERIOD, "answers": answers });
        client
            .call(
                "saveDraft",
                "current { criterion { code } answer revision }",
                input,
            )
            .await
    };
    let calls: Vec<_> = all
        .iter()
        .map(|code| tokio::spawn(save(app.with(&municipality(code)), code.clone(), "MET")))
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), json!({ "current": [], "errors": [] }));
    }
    assert_eq!(
        app.database
            .count("select count(*) from work.draft_answer where answer = 'MET' and revision = 1")
            .await,
        342
    );
    // Whoever saw nothing of it is refused, and told what is there.
    let calls: Vec<_> = all
        .iter()
        .map(|code| tokio::spawn(save(app.with(&municipality(code)), code.clone(), "NOT_MET")))
        .collect();
    for call in calls {
        assert_eq!(
            call.await.unwrap(),
            json!({ "current": [{ "criterion": { "code": "SV-01" }, "answer": "MET", "revision": 1 }],
                "errors": [{ "code": "STALE_REVISION", "field": ["answers", "0", "revision"] }] })
        );
    }
    assert_eq!(
        app.database
            .count("select count(*) from work.draft_answer where answer = 'MET' and revision = 1")
            .await,
        342
    );
}
