//! The main job of the service, once through: VNG opens a period, a municipality fills in and
//! submits, VNG confirms, the verdict stands, a BI tool pulls it. And nobody learns it who may not.

use acceptance::{
    App, Client, PERIOD, a_period, a_reporting_region, a_submission, met, municipality, region,
    spawn_app, vng, vng_as,
};
use serde_json::{Value, json};

async fn open_period(app: &App) {
    let opened = a_period().with("idempotencyKey", "open-2026-2");
    let opened = opened
        .read_by(&app.with(&vng()), "period { key state }")
        .await;
    assert_eq!(
        opened,
        json!({ "period": { "key": PERIOD, "state": "OPEN" } })
    );
}

async fn save(client: &Client, code: &str, answers: Value) -> Value {
    client
        .send(
            "mutation ($input: SaveDraftInput!) { saveDraft(input: $input) {
                assessment { state draft { answers { criterion { code } answer revision changedByRole }
                missing { code } } }
                errors { code field message { nl } } } }",
            json!({ "input": { "municipality": code, "period": PERIOD, "answers": answers } }),
        )
        .await
        .data()["saveDraft"]
        .clone()
}

async fn submit(client: &Client, code: &str, key: &str) -> Value {
    let selection =
        "version { number onTime receipt hash answers { criterion { code } answer explanation } }
        missing { code }";
    let submission = a_submission(code).with("idempotencyKey", key);
    submission.read_by(client, selection).await
}

fn verdict_query(code: &str, basis: &str) -> String {
    format!(
        "{{ verdict(municipality: \"{code}\", period: \"{PERIOD}\", basis: {basis}) {{ status
            label since
            grounds {{ rule {{ nl }} counts {{ applicable met notMet unknown }}
                criteria(missing: true) {{ criterion {{ code }} answer answeredBy reasons {{ nl }} }}
                next {{ status allOf {{ code }} atLeast {{ n of {{ code }} }} }} }} }} }}"
    )
}

const CLAIM: &str = "mutation ($input: ClaimReviewInput!) { \
    claimReview(input: $input) { expiresAt errors { code } } }";
const CONFIRM: &str = "mutation ($input: ConfirmAssessmentInput!) {
    confirmAssessment(input: $input) { assessment { state latestVersion { confirmedAt } }
    errors { code } } }";

fn confirmation() -> Value {
    json!({ "input": {
        "municipality": "GM0402", "period": PERIOD, "version": 1, "idempotencyKey": "confirm-1",
    } })
}

#[tokio::test]
async fn from_draft_to_verdict() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    is_filled_in(&hilversum).await;
    is_submitted(&hilversum).await;
    is_judged_as_submitted(&hilversum).await;
    let done = is_confirmed(&app).await;
    stands(&app, &done).await;
    is_counted(&app).await;
    is_pulled(&app).await;
}

/// It is filled in, in two parts, and shows what is missing.
async fn is_filled_in(hilversum: &Client) {
    let first = save(
        hilversum,
        "GM0402",
        json!([
            {
                "criterion": "SV-01", "answer": "MET",
                "explanation": "Twee aandachtsfunctionarissen zijn aangewezen.",
            },
            { "criterion": "SV-02", "answer": "PARTLY_MET" },
        ]),
    )
    .await;
    assert_eq!(first["errors"], json!([]));
    assert_eq!(first["assessment"]["state"], "DRAFT");
    assert_eq!(
        first["assessment"]["draft"]["missing"]
            .as_array()
            .unwrap()
            .len(),
        14
    );
    let rest = [
        "BB-03", "BB-04", "BB-05", "BB-07", "SV-03", "SV-04", "BW-01", "SK-02", "SK-03", "SK-04",
        "SK-05", "OH-01",
    ];
    let second = save(hilversum, "GM0402", met(&rest)).await;
    assert_eq!(
        second["assessment"]["draft"]["missing"],
        json!([{ "code": "BB-01" }, { "code": "OH-02" }])
    );
}

/// It is submitted: the gap is accepted and shown, the receipt is kept.
async fn is_submitted(hilversum: &Client) {
    let submitted = submit(hilversum, "GM0402", "submit-1").await;
    assert_eq!(
        submitted["missing"],
        json!([{ "code": "BB-01" }, { "code": "OH-02" }])
    );
    assert_eq!(submitted["version"]["number"], 1);
    assert_eq!(submitted["version"]["onTime"], true);
    let hash = submitted["version"]["hash"].as_str().unwrap();
    assert_eq!(
        submitted["version"]["receipt"],
        format!("STM-2026-2-GM0402-1-{}", &hash[..12])
    );
    assert_eq!(
        submitted["version"]["answers"].as_array().unwrap().len(),
        14
    );
}

/// Submitted is not confirmed.
async fn is_judged_as_submitted(hilversum: &Client) {
    let confirmed = hilversum
        .ask(&verdict_query("GM0402", "CONFIRMED"))
        .await
        .data();
    assert_eq!(
        confirmed["verdict"],
        json!({
            "status": "NOT_ASSESSED", "label": "Niet beoordeeld, volgens voorlopige criteria",
            "since": null, "grounds": null,
        })
    );
    let verdict = hilversum
        .ask(&verdict_query("GM0402", "SUBMITTED"))
        .await
        .data()["verdict"]
        .clone();
    assert_eq!(verdict["status"], "PARTLY_COMPLIANT");
    assert_eq!(
        verdict["label"],
        "Voldoet deels, volgens voorlopige criteria (niet gecontroleerd)"
    );
    assert_eq!(verdict["since"], "2026-11-22");
    assert_eq!(
        verdict["grounds"]["counts"],
        json!({ "applicable": 18, "met": 13, "notMet": 0, "unknown": 4 })
    );
    let missing: Vec<&str> = verdict["grounds"]["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ground| ground["criterion"]["code"].as_str().unwrap())
        .collect();
    assert_eq!(missing, ["BB-01", "BB-02", "SV-02", "SK-01", "OH-02"]);
    assert_eq!(
        verdict["grounds"]["next"],
        json!({
            "status": "COMPLIANT", "allOf": [{ "code": "BB-01" }, { "code": "BB-02" },
                { "code": "SV-02" }, { "code": "SK-01" }, { "code": "OH-02" }],
            "atLeast": null,
        })
    );
}

/// VNG claims it, nobody else can, and confirms. Gives what was answered.
async fn is_confirmed(app: &App) -> Value {
    let reviewer = app.with(&vng());
    let target = json!({
        "input": { "municipality": "GM0402", "period": PERIOD, "idempotencyKey": "claim" },
    });
    let claimed = reviewer.send(CLAIM, target.clone()).await.data();
    assert_eq!(
        claimed["claimReview"],
        json!({ "expiresAt": "2026-11-22T14:00:00+00:00", "errors": [] })
    );
    let colleague = app.with(&vng_as("colleague"));
    let refused = colleague.send(CLAIM, target).await.data();
    assert_eq!(
        refused["claimReview"]["errors"],
        json!([{ "code": "CLAIMED_BY_ANOTHER" }])
    );
    let refused = colleague.send(CONFIRM, confirmation()).await.data();
    assert_eq!(
        refused["confirmAssessment"]["errors"],
        json!([{ "code": "CLAIMED_BY_ANOTHER" }])
    );
    let done = reviewer.send(CONFIRM, confirmation()).await.data();
    assert_eq!(done["confirmAssessment"]["errors"], json!([]));
    assert_eq!(
        done["confirmAssessment"]["assessment"]["state"],
        "CONFIRMED"
    );
    done
}

/// The verdict stands, and the same call again changes nothing.
async fn stands(app: &App, done: &Value) {
    let hilversum = app.with(&municipality("GM0402"));
    let reviewer = app.with(&vng());
    let entries = app.database.count("select count(*) from ledger").await;
    let again = reviewer.send(CONFIRM, confirmation()).await.data();
    assert_eq!(again, *done);
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        entries
    );
    let verdict = hilversum
        .ask(&verdict_query("GM0402", "CONFIRMED"))
        .await
        .data()["verdict"]
        .clone();
    assert_eq!(verdict["status"], "PARTLY_COMPLIANT");
    assert_eq!(
        verdict["label"],
        "Voldoet deels, volgens voorlopige criteria"
    );
}

/// The picture counts it, for those who may see counts.
async fn is_counted(app: &App) {
    let reviewer = app.with(&vng());
    let picture = "{ compliancePicture(period: \"2026-2\") { members counts { status count } } }";
    let counts = json!({ "members": 342, "counts": [
        { "status": "NOT_ASSESSED", "count": 341 }, { "status": "NOT_COMPLIANT", "count": 0 },
        { "status": "PARTLY_COMPLIANT", "count": 1 }, { "status": "COMPLIANT", "count": 0 } ] });
    assert_eq!(
        reviewer.ask(picture).await.data()["compliancePicture"],
        counts
    );
    let ministry = app.with(&acceptance::ministry());
    assert_eq!(
        ministry.ask(picture).await.data()["compliancePicture"],
        counts
    );
    let public = app.public().ask(picture).await;
    assert_eq!(
        public.data()["compliancePicture"],
        json!({ "members": 342, "counts": null })
    );
    assert_eq!(
        public.json()["extensions"]["withheld"][0]["rule"],
        "READ_TOTALS"
    );
}

/// The BI tool pulls the same.
async fn is_pulled(app: &App) {
    let hilversum = app.with(&municipality("GM0402"));
    let reviewer = app.with(&vng());
    let ministry = app.with(&acceptance::ministry());
    let entries = app.database.count("select count(*) from ledger").await;
    let header = "municipality_code,period_key,basis,municipality_name,status,status_label_nl,\
        status_label_en,\
        edition_code,is_provisional,assessment_version,verdict_from,recorded_at,ledger_no,\
        database,judged_from,rule_set\r\n";
    let feed = "/v1/feeds/fact_verdict_current.csv";
    let own = hilversum.get(feed).await.body;
    let ledger = entries;
    assert_eq!(
        own,
        format!(
            "{header}GM0402,2026-2,CONFIRMED,Hilversum,PARTLY_COMPLIANT,\
             \"Voldoet deels, volgens voorlopige criteria\",\
             \"Partly compliant, by provisional criteria\",\
             VOORSTEL-1,TRUE,1,2026-11-22,2026-11-22T12:00:00.000002Z,{ledger},REAL,2026-11-22,\
             VOORSTEL-2\r\n\
             GM0402,2026-2,SUBMITTED,Hilversum,PARTLY_COMPLIANT,\
             \"Voldoet deels, volgens voorlopige criteria (niet gecontroleerd)\",\
             \"Partly compliant, by provisional criteria (not checked)\",\
             VOORSTEL-1,TRUE,1,2026-11-22,2026-11-22T12:00:00.000001Z,{},REAL,2026-11-22,\
             VOORSTEL-2\r\n",
            ledger - 1
        )
    );
    let lines = |body: &str| body.lines().count() - 1;
    assert_eq!(lines(&reviewer.get(feed).await.body), 684);
    assert_eq!(lines(&ministry.get(feed).await.body), 342);
    let refused = app.public().get(feed).await;
    assert_eq!(refused.status, 401);
    assert!(!refused.body.contains("GM0402"));
}

#[tokio::test]
async fn what_is_hidden_is_absent_byte_for_byte() {
    let app = spawn_app();
    open_period(&app).await;
    a_reporting_region("VR13").sent_by(&app.with(&vng())).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-01"])).await;
    submit(&hilversum, "GM0402", "submit-1").await;
    assert!(
        !hilversum
            .ask(&verdict_query("GM0402", "SUBMITTED"))
            .await
            .data()["verdict"]
            .is_null()
    );

    let strangers = [
        app.public(),
        app.with(&municipality("GM0363")),
        app.with(&region("VR13")),
        app.with(&acceptance::partner("comensha")),
    ];
    let assessment = |code: &str| {
        format!(
            "{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\") {{ state \
                versions {{ number }} }} }}"
        )
    };
    for stranger in &strangers {
        // Huizen (GM0406) has no assessment; Hilversum has one.
        let pairs = [
            (assessment("GM0402"), assessment("GM0406")),
            (
                verdict_query("GM0402", "SUBMITTED"),
                verdict_query("GM0406", "SUBMITTED"),
            ),
            (
                verdict_query("GM0402", "CONFIRMED"),
                verdict_query("GM0406", "CONFIRMED"),
            ),
        ];
        for (hidden, absent) in pairs {
            let hidden = stranger.ask_again(&hidden).await;
            assert_eq!(hidden, stranger.ask_again(&absent).await);
            assert!(hidden.body.contains("null"), "{}", hidden.body);
        }
    }
}

#[tokio::test]
async fn a_region_fills_in_for_its_members_and_does_not_submit() {
    let app = spawn_app();
    open_period(&app).await;
    let gooi = app.with(&region("VR14"));
    let input = json!({ "input": { "municipality": "GM0402", "period": PERIOD,
        "answers": [{ "criterion": "SV-03", "answer": "MET" }] } });
    let saving =
        "mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { errors { code } } }";

    // Not registered: it may not act.
    assert_eq!(
        gooi.send(saving, input.clone()).await.codes(),
        ["FORBIDDEN"]
    );
    assert_eq!(
        app.database
            .count("select count(*) from work.draft_answer")
            .await,
        0
    );

    let selection = "area { municipalities { name } }";
    let gooi_acts = a_reporting_region("VR14");
    let payload = gooi_acts.read_by(&app.with(&vng()), selection).await;
    let members: Vec<&str> = payload["area"]["municipalities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| member["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        members,
        [
            "Blaricum",
            "Hilversum",
            "Huizen",
            "Laren",
            "Wijdemeren",
            "Gooise Meren"
        ]
    );
    let saved = gooi.send(saving, input).await.data();
    assert_eq!(saved["saveDraft"]["errors"], json!([]));

    // The municipality sees who filled it in; the region does not submit without a mandate.
    let seen = app
        .with(&municipality("GM0402"))
        .ask(
            "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { \
                draft { answers { criterion { code } changedByRole } } } }",
        )
        .await
        .data();
    assert_eq!(
        seen["assessment"]["draft"]["answers"],
        json!([{ "criterion": { "code": "SV-03" }, "changedByRole": "REGION" }])
    );
    let refused = gooi
        .send(
            "mutation ($input: SubmitAssessmentInput!) { \
                submitAssessment(input: $input) { errors { code } } }",
            json!({ "input": { "municipality": "GM0402", "period": PERIOD, "idempotencyKey": "k",
                "approvedByFunction": "Ketenregisseur", "approvedOn": "2026-11-20" } }),
        )
        .await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert_eq!(
        app.database
            .count("select count(*) from fact.assessment_version")
            .await,
        0
    );
}

#[tokio::test]
async fn every_mistake_of_a_save_is_named_at_once_and_nothing_is_kept() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-03"])).await;
    let payload = save(
        &hilversum,
        "GM0402",
        json!([
            { "criterion": "BB-01", "answer": "MET" },
            { "criterion": "SK-01", "answer": "MET" },
            { "criterion": "XX-09", "answer": "MET" },
            { "criterion": "SV-03", "answer": "NOT_MET" },
            { "criterion": "SV-04", "answer": "MET", "explanation": "Bel 111222333" },
        ]),
    )
    .await;
    let shown: Vec<(&str, String)> = payload["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            let path: Vec<&str> = error["field"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect();
            (error["code"].as_str().unwrap(), path.join("."))
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("NOT_YOURS_TO_ANSWER", "answers.0.criterion".to_owned()),
            ("NOT_YOURS_TO_ANSWER", "answers.1.criterion".to_owned()),
            ("UNKNOWN_CRITERION", "answers.2.criterion".to_owned()),
            ("STALE_REVISION", "answers.3.revision".to_owned()),
            ("PERSONAL_DATA", "answers.4.explanation".to_owned()),
        ]
    );
    assert_eq!(payload["assessment"], json!(null));
    assert_eq!(
        app.database
            .count("select count(*) from work.draft_answer")
            .await,
        1
    );
}

#[tokio::test]
async fn a_key_is_for_one_input() {
    let app = spawn_app();
    open_period(&app).await;
    let payload = app
        .with(&vng())
        .send(
            "mutation ($input: OpenReportingPeriodInput!) {
                openReportingPeriod(input: $input) { period { key } errors { code } } }",
            json!({ "input": {
                "key": "2027-1", "edition": "VOORSTEL-1", "idempotencyKey": "open-2026-2",
                "opensOn": "2027-01-01", "deadlineOn": "2027-02-01", "lastDay": "2027-03-01",
            } }),
        )
        .await
        .data();
    assert_eq!(
        payload["openReportingPeriod"],
        json!({ "period": null, "errors": [{ "code": "KEY_REUSED" }] })
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.reporting_period")
            .await,
        1
    );
}

#[tokio::test]
async fn what_was_known_stays_known() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-01"])).await;
    submit(&hilversum, "GM0402", "submit-1").await;
    let at = |moment: &str| {
        format!(
            "{{ verdict(municipality: \"GM0402\", period: \"2026-2\", basis: SUBMITTED,
                at: {moment}) {{
                status grounds {{ versionNumber counts {{ met }} }} }} }}"
        )
    };
    let before = hilversum.ask(&at("null")).await;
    let ledger = before.ledger();
    let known = (acceptance::noon() + chrono::TimeDelta::minutes(1)).to_rfc3339();
    let known = known.replace("+00:00", "Z");
    app.clock
        .set(acceptance::noon() + chrono::TimeDelta::hours(1));
    let rest = [
        "BB-03", "BB-04", "BB-05", "BB-07", "SV-03", "SV-04", "BW-01", "SK-02", "SK-03",
    ];
    save(&hilversum, "GM0402", met(&rest)).await;
    submit(&hilversum, "GM0402", "submit-2").await;
    let now = hilversum.ask(&at("null")).await.data();
    assert_eq!(
        now["verdict"]["grounds"],
        json!({ "versionNumber": 2, "counts": { "met": 10 } })
    );
    assert_eq!(
        hilversum
            .ask(&at(&format!("{{ ledger: {ledger} }}")))
            .await
            .data(),
        before.data()
    );
    let by_instant = hilversum
        .ask(&at(&format!("{{ instant: \"{known}\" }}")))
        .await;
    assert_eq!(by_instant.ledger(), ledger);
    assert_eq!(by_instant.data(), before.data());
}

async fn submit_with(client: &Client, input: Value) -> Value {
    let mut whole = json!({ "municipality": "GM0402", "period": PERIOD,
        "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20" });
    for (name, value) in input.as_object().expect("an object") {
        whole[name] = value.clone();
    }
    client
        .send(
            "mutation ($input: SubmitAssessmentInput!) { submitAssessment(input: $input) {
                version { number receipt onTime } errors { code } } }",
            json!({ "input": whole }),
        )
        .await
        .data()["submitAssessment"]
        .clone()
}

#[tokio::test]
async fn a_repeat_answers_as_the_first_call_did_and_a_stale_caller_is_refused() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-01"])).await;
    let first = submit_with(
        &hilversum,
        json!({ "idempotencyKey": "one", "expectedVersion": null }),
    )
    .await;
    assert_eq!(first["version"]["number"], 1);
    save(&hilversum, "GM0402", met(&["SV-03"])).await;
    let stale = submit_with(
        &hilversum,
        json!({ "idempotencyKey": "two", "expectedVersion": null }),
    )
    .await;
    assert_eq!(
        stale,
        json!({ "version": null, "errors": [{ "code": "CONFLICT" }] })
    );
    let second = submit_with(&hilversum, json!({ "idempotencyKey": "two" })).await;
    assert_eq!(second["version"]["number"], 2);
    let again = submit_with(
        &hilversum,
        json!({ "idempotencyKey": "one", "expectedVersion": null }),
    )
    .await;
    assert_eq!(again, first);
    assert_eq!(
        app.database
            .count("select count(*) from fact.assessment_version")
            .await,
        2
    );
}

#[tokio::test]
async fn ten_equal_calls_at_once_change_once() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-01"])).await;
    let calls = (0..10).map(|_| {
        let client = hilversum.clone();
        tokio::spawn(async move { submit_with(&client, json!({ "idempotencyKey": "one" })).await })
    });
    let mut answers = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        answers.push(call.await.unwrap());
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    assert_eq!(answers[0]["version"]["number"], 1);
    assert_eq!(
        app.database
            .count("select count(*) from fact.assessment_version")
            .await,
        1
    );
}

#[tokio::test]
async fn a_deadline_is_a_whole_day_in_amsterdam() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-01"])).await;
    for (instant, key, expected) in [
        // One minute before midnight in Amsterdam on the day of the deadline, and midnight.
        (
            "2026-11-30T22:59:00Z",
            "a",
            json!({ "number": 1, "onTime": true }),
        ),
        (
            "2026-11-30T23:00:00Z",
            "b",
            json!({ "number": 2, "onTime": false }),
        ),
        (
            "2026-12-15T22:59:00Z",
            "c",
            json!({ "number": 3, "onTime": false }),
        ),
    ] {
        app.clock.set(instant.parse().unwrap());
        let version =
            submit_with(&hilversum, json!({ "idempotencyKey": key })).await["version"].clone();
        assert_eq!(
            json!({ "number": version["number"], "onTime": version["onTime"] }),
            expected,
            "{instant}"
        );
    }
    app.clock.set("2026-12-15T23:00:00Z".parse().unwrap());
    let closed = submit_with(&hilversum, json!({ "idempotencyKey": "d" })).await;
    assert_eq!(closed["errors"], json!([{ "code": "PERIOD_NOT_OPEN" }]));
}

#[tokio::test]
async fn a_claim_ends_by_itself() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-01"])).await;
    submit(&hilversum, "GM0402", "one").await;
    let claim = async |client: &Client, key: &str| {
        let query = format!(
            "mutation {{ claimReview(input: {{ municipality: \"GM0402\", period: \"2026-2\",
                idempotencyKey: \"{key}\" }}) {{ errors {{ code }} }} }}"
        );
        client.ask(&query).await.data()["claimReview"]["errors"].clone()
    };
    let (reviewer, colleague) = (app.with(&vng()), app.with(&vng_as("colleague")));
    assert_eq!(claim(&reviewer, "first").await, json!([]));
    app.clock
        .set(acceptance::noon() + chrono::TimeDelta::minutes(119));
    assert_eq!(
        claim(&colleague, "early").await,
        json!([{ "code": "CLAIMED_BY_ANOTHER" }])
    );
    app.clock
        .set(acceptance::noon() + chrono::TimeDelta::minutes(120));
    assert_eq!(claim(&colleague, "late").await, json!([]));
    let confirm = "mutation { confirmAssessment(input: { municipality: \"GM0402\", period:
        \"2026-2\", version: 1,
        idempotencyKey: \"late\" }) { errors { code } } }";
    let refused = reviewer.ask(confirm).await.data();
    assert_eq!(
        refused["confirmAssessment"]["errors"],
        json!([{ "code": "CLAIMED_BY_ANOTHER" }])
    );
}

#[tokio::test]
async fn two_pictures_in_one_question_are_equal() {
    let app = spawn_app();
    open_period(&app).await;
    let hilversum = app.with(&municipality("GM0402"));
    save(&hilversum, "GM0402", met(&["SV-01"])).await;
    submit(&hilversum, "GM0402", "one").await;
    let aliases: Vec<String> = (0..8)
        .map(|i| {
            format!(
                "p{i}: compliancePicture(period: \"2026-2\", basis: SUBMITTED) {{ counts \
                    {{ status count label }} }}"
            )
        })
        .collect();
    let data = app
        .with(&acceptance::ministry())
        .ask(&format!(
            "{{ {} dashboard {{ total {{ actions }} }} }}",
            aliases.join(" ")
        ))
        .await
        .data();
    for i in 0..8 {
        assert_eq!(
            data[format!("p{i}")]["counts"][1],
            json!({ "status": "NOT_COMPLIANT", "count": 0,
                "label": "Voldoet niet, volgens voorlopige criteria (niet gecontroleerd)" })
        );
    }
}

#[tokio::test]
async fn every_mistake_of_a_period_is_named_at_once() {
    let app = spawn_app();
    let payload = app
        .with(&vng())
        .send(
            "mutation ($input: OpenReportingPeriodInput!) { openReportingPeriod(input: $input) {
                period { key } errors { code field } } }",
            json!({ "input": {
                "key": "2026-02", "edition": "VOORSTEL-9", "idempotencyKey": "wrong",
                "opensOn": "2026-03-01", "deadlineOn": "2026-02-01", "lastDay": "2026-02-02",
            } }),
        )
        .await
        .data();
    assert_eq!(
        payload["openReportingPeriod"],
        json!({ "period": null, "errors": [
            { "code": "INVALID_KEY", "field": ["key"] },
            { "code": "UNKNOWN_EDITION", "field": ["edition"] },
            { "code": "DATES_OUT_OF_ORDER", "field": ["deadlineOn"] },
            { "code": "DATE_IN_PAST", "field": ["lastDay"] },
        ] })
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.reporting_period")
            .await,
        0
    );
}
