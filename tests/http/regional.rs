//! A region answers once for its members: what that does to their verdicts, from the first preview
//! to the day on which the answer ends, and who learns of it.

use acceptance::{
    Answer, App, Client, PERIOD, a_draft, a_reporting_region, edited, ministry, municipality,
    region, spawn_app, vng,
};
use serde_json::{Value, json};

use crate::verdicts::{confirm, open_period, submit};

const OH_01: &str = "VOORSTEL-1/OH-01";

/// VR14 is a reporting region, Hilversum has adopted policy, and the period is open. Hilversum
/// answers six criteria as met, Huizen the same and OH-01 as not met.
pub(crate) async fn prepare(app: &App) {
    let from = "gooi-en-vechtstreek-2023,,MUNICIPAL_EXECUTIVE";
    let to = "gooi-en-vechtstreek-2023,GM0402,MUNICIPAL_EXECUTIVE";
    app.database
        .import(&edited(&[("policy_adoptions.csv", from, to)]))
        .await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    open_period(app, "2026-12-31", "2027-01-31").await;
    let six = ["BB-03", "BB-04", "BB-05", "BB-07", "SV-01", "SV-02"];
    submit(app, "GM0402", &six).await;
}

fn answer(key: &str, more: Value) -> Value {
    let mut input = json!({
        "area": "VR14", "criterion": OH_01, "answer": "MET", "from": "2026-01-01",
        "explanation": "De regio heeft een zorgcoördinator.", "idempotencyKey": key,
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

/// The verdict on what was submitted or confirmed, with the ground of OH-01.
fn verdict(code: &str, basis: &str, more: &str) -> String {
    format!(
        "{{ verdict(municipality: \"{code}\", period: \"{PERIOD}\", basis: {basis}{more}) {{
            status since grounds {{ criteria {{ criterion {{ code }} answer answeredBy area {{ code }}
            reasons {{ nl }} }} }} }} }}"
    )
}

async fn stands(client: &Client, code: &str, basis: &str) -> Value {
    let verdict = client.ask(&verdict(code, basis, "")).await.data()["verdict"].clone();
    let criteria = verdict["grounds"]["criteria"].as_array().cloned();
    let ground = criteria
        .iter()
        .flatten()
        .find(|ground| ground["criterion"]["code"] == "OH-01");
    json!([
        verdict["status"],
        ground.map(|ground| json!([
            ground["answer"],
            ground["answeredBy"],
            ground["area"]["code"]
        ]))
    ])
}

/// What was told, byte for byte, without how many statements it took: at the head one less is
/// needed.
fn observed(answer: &Answer) -> String {
    let end = answer.body.find(",\"extensions\"").unwrap();
    answer.body[..end].to_owned()
}

/// The answers of VR14 with their state, as a reader sees them.
async fn answers(client: &Client) -> Value {
    let query =
        "{ regionalAnswers(area: \"VR14\") { nodes { key number answer state until remarks { state text }
        earlier { number state remarks { text } } } } }";
    client.ask(query).await.data()["regionalAnswers"]["nodes"].clone()
}

/// What VNG sees of a day at a ledger number: the picture that must stay.
fn picture(ledger: i64) -> String {
    let at = format!("at: {{ ledger: {ledger}, day: \"2026-11-22\" }}");
    format!(
        "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: SUBMITTED, {at}) {{
                status since grounds {{ counts {{ met }}
                criteria {{ criterion {{ code }} answer answeredBy }} }} }}
            compliancePicture(period: \"{PERIOD}\", basis: CONFIRMED, {at}) {{
                counts {{ status count }} }}
            regionalAnswers(area: \"VR14\", {at}) {{
                nodes {{ key number answer state until }} }} }}"
    )
}

/// The picture of now, with the number that it is of.
async fn seen(reviewer: &Client) -> (i64, String) {
    let now = "{ about { version } viewer { role } \
        regionalAnswers(area: \"VR14\") { nodes { key } } }";
    let ledger = reviewer.ask(now).await.ledger();
    (ledger, observed(&reviewer.ask(&picture(ledger)).await))
}

/// What an answer of the region would do.
async fn preview(client: &Client, answer: &str) -> Answer {
    let query = format!(
        "{{ previewRegionalAnswer(input: {{ area: \"VR14\", criterion: \"{OH_01}\",
                answer: {answer}, from: \"2026-01-01\" }}) {{
                effects {{ municipality {{ code }} period {{ key }} before after hasOwnAnswer }}
                errors {{ code }} }} }}"
    );
    client.ask(&query).await
}

/// A decision on a version of the answer.
fn version(version: i32, key: &str) -> Value {
    json!({
        "area": "VR14", "criterion": OH_01, "version": version, "idempotencyKey": key,
    })
}

/// The end of the answer.
fn end(on: &str, key: &str) -> Value {
    json!({
        "area": "VR14", "criterion": OH_01, "until": on, "idempotencyKey": key,
    })
}

/// The answer that a region gave, by key.
const KEY: &str = "VR14/VOORSTEL-1/OH-01";

/// How Hilversum stands where nobody answered.
fn none() -> Value {
    json!(["NOT_COMPLIANT", ["UNKNOWN", "NOBODY", null]])
}

/// How Hilversum stands where its region answered.
fn regional() -> Value {
    json!(["PARTLY_COMPLIANT", ["MET", "REGIONAL", "VR14"]])
}

/// How Huizen stands by its own answer.
fn own() -> Value {
    json!(["NOT_COMPLIANT", ["NOT_MET", "OWN", null]])
}

/// Hilversum is confirmed and the region has not answered.
async fn spawn_confirmed() -> App {
    let app = spawn_app();
    prepare(&app).await;
    confirm(&app, "GM0402").await;
    app
}

/// The region answers, VNG asks, the region answers better and VNG confirms.
async fn spawn_with_answer() -> App {
    let app = spawn_confirmed().await;
    is_answered(&app).await;
    is_questioned(&app).await;
    is_confirmed_when_it_is_the_latest(&app).await;
    app
}

#[tokio::test]
async fn a_region_sees_beforehand_what_its_answer_would_do_and_nobody_else_does() {
    let app = spawn_confirmed().await;
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    let hilversum = app.with(&municipality("GM0402"));
    // Eight of eighteen are met, nine would be.
    let head = "select number from ledger_head";
    let ledger = app.database.count(head).await;
    let effect = |before: &str, after: &str| {
        json!({ "errors": [], "effects": [{ "municipality": { "code": "GM0402" }, "period": { "key": PERIOD },
            "before": before, "after": after, "hasOwnAnswer": false }] })
    };
    let tried = preview(&gooi, "MET").await.data();
    assert_eq!(
        tried["previewRegionalAnswer"],
        effect("NOT_COMPLIANT", "PARTLY_COMPLIANT")
    );
    assert_eq!(app.database.count(head).await, ledger);
    for stranger in [
        &hilversum,
        &reviewer,
        &app.public(),
        &app.with(&region("VR13")),
    ] {
        let shown = preview(stranger, "MET").await;
        assert_eq!(shown.data(), json!({ "previewRegionalAnswer": null }));
        let rule = &shown.json()["extensions"]["withheld"][0]["rule"];
        assert_eq!(rule, "KEEP_REGIONAL");
    }
}

/// It answers: the submitted verdict follows, the confirmed one waits for VNG.
async fn is_answered(app: &App) {
    let (gooi, hilversum) = (app.with(&region("VR14")), app.with(&municipality("GM0402")));
    assert_eq!(stands(&hilversum, "GM0402", "SUBMITTED").await, none());
    gooi.change("submitRegionalAnswer", answer("one", json!({})))
        .await;
    assert_eq!(stands(&hilversum, "GM0402", "SUBMITTED").await, regional());
    assert_eq!(stands(&hilversum, "GM0402", "CONFIRMED").await, none());
}

/// VNG asks about the answer. Who else reads it, and what.
async fn is_questioned(app: &App) {
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    let hilversum = app.with(&municipality("GM0402"));
    let mut question = version(1, "question");
    question["text"] = json!("Sinds wanneer is de functie bezet?");
    reviewer.change("questionRegionalAnswer", question).await;
    let remark = json!([{ "state": "QUESTIONED", "text": "Sinds wanneer is de functie bezet?" }]);
    assert_eq!(
        answers(&gooi).await,
        json!([{ "key": KEY, "number": 1, "answer": "MET", "state": "QUESTIONED", "until": null,
            "remarks": remark, "earlier": [] }])
    );
    // A member reads the answer that counts for it, and not what VNG asked its region; the ministry
    // waits.
    assert_eq!(
        answers(&hilversum).await,
        json!([{ "key": KEY, "number": 1, "answer": "MET", "state": "SUBMITTED", "until": null,
            "remarks": [], "earlier": [] }])
    );
    assert_eq!(answers(&app.with(&municipality("GM0363"))).await, json!([]));
    assert_eq!(answers(&app.with(&region("VR13"))).await, json!([]));
    assert_eq!(answers(&app.with(&ministry())).await, json!([]));
}

/// The region submits better, and only the latest version can be confirmed, once.
async fn is_confirmed_when_it_is_the_latest(app: &App) {
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    let hilversum = app.with(&municipality("GM0402"));
    let ledger = app
        .database
        .count(&format!(
            "select ledger_no from fact.regional_answer where subject_key = '{KEY}'"
        ))
        .await;
    let stale = answer("stale", json!({ "expectedVersion": ledger - 1 }));
    assert_eq!(
        gooi.mistakes("submitRegionalAnswer", stale).await,
        ["CONFLICT expectedVersion"]
    );
    let better = answer(
        "two",
        json!({ "expectedVersion": ledger, "from": "2026-03-01" }),
    );
    gooi.change("submitRegionalAnswer", better).await;
    assert_eq!(
        reviewer
            .mistakes("confirmRegionalAnswer", version(1, "old"))
            .await,
        ["NOT_THE_LATEST version"]
    );
    reviewer
        .change("confirmRegionalAnswer", version(2, "confirmed"))
        .await;
    assert_eq!(
        reviewer
            .mistakes("confirmRegionalAnswer", version(2, "again"))
            .await,
        ["ALREADY_DECIDED version"]
    );
    assert_eq!(stands(&hilversum, "GM0402", "CONFIRMED").await, regional());
    assert_eq!(
        answers(&app.with(&ministry())).await,
        json!([{ "key": KEY, "number": 2, "answer": "MET", "state": "CONFIRMED", "until": null,
            "remarks": [], "earlier": [] }])
    );
}

/// Huizen answers for itself, so it is not moved.
async fn huizen_answers_for_itself(app: &App) {
    let huizen = app.with(&municipality("GM0406"));
    a_draft(
        "GM0406",
        json!([{ "criterion": "OH-01", "answer": "NOT_MET" }]),
    )
    .sent_by(&huizen)
    .await;
    submit(app, "GM0406", &["SV-01"]).await;
    assert_eq!(stands(&huizen, "GM0406", "SUBMITTED").await, own());
    assert_eq!(
        stands(&huizen, "GM0402", "SUBMITTED").await,
        json!([null, null])
    );
}

#[tokio::test]
async fn a_region_answers_for_its_members_until_the_answer_ends() {
    let app = spawn_with_answer().await;
    let gooi = app.with(&region("VR14"));
    let (hilversum, huizen) = (
        app.with(&municipality("GM0402")),
        app.with(&municipality("GM0406")),
    );
    huizen_answers_for_itself(&app).await;

    // It ends on 1 December: the region sees beforehand whom that moves, and only they move, on
    // that day, by no write.
    let ends = preview(&gooi, "null").await.data();
    assert_eq!(
        ends["previewRegionalAnswer"]["effects"],
        json!([
            { "municipality": { "code": "GM0402" }, "period": { "key": PERIOD },
              "before": "PARTLY_COMPLIANT",
              "after": "NOT_COMPLIANT", "hasOwnAnswer": false },
            { "municipality": { "code": "GM0406" }, "period": { "key": PERIOD },
              "before": "NOT_COMPLIANT",
              "after": "NOT_COMPLIANT", "hasOwnAnswer": true },
        ])
    );
    assert_eq!(
        gooi.mistakes("endRegionalAnswer", end("2026-11-21", "past"))
            .await,
        ["DATE_IN_PAST until"]
    );
    gooi.change("endRegionalAnswer", end("2026-12-01", "end"))
        .await;
    assert_eq!(
        gooi.mistakes("endRegionalAnswer", end("2026-12-05", "late"))
            .await,
        ["NOTHING_TO_END criterion"]
    );
    assert_eq!(answers(&hilversum).await[0]["until"], "2026-12-01");
    let head = "select number from ledger_head";
    let ledger = app.database.count(head).await;
    app.clock.set("2026-11-30T22:59:59Z".parse().unwrap());
    assert_eq!(stands(&hilversum, "GM0402", "CONFIRMED").await, regional());
    app.clock.set("2026-11-30T23:00:00Z".parse().unwrap());
    for basis in ["SUBMITTED", "CONFIRMED"] {
        assert_eq!(stands(&hilversum, "GM0402", basis).await, none(), "{basis}");
    }
    assert_eq!(stands(&huizen, "GM0406", "SUBMITTED").await, own());
    assert_eq!(app.database.count(head).await, ledger);
}

/// Each picture is told later as it was told then, byte for byte.
#[tokio::test]
async fn an_answer_of_a_region_changes_no_picture_of_before_it() {
    let app = spawn_confirmed().await;
    let reviewer = app.with(&vng());
    let mut pictures = vec![seen(&reviewer).await];
    is_answered(&app).await;
    pictures.push(seen(&reviewer).await);
    is_questioned(&app).await;
    is_confirmed_when_it_is_the_latest(&app).await;
    pictures.push(seen(&reviewer).await);
    huizen_answers_for_itself(&app).await;
    app.with(&region("VR14"))
        .change("endRegionalAnswer", end("2026-12-01", "end"))
        .await;
    pictures.push(seen(&reviewer).await);
    app.clock.set("2026-11-30T23:00:00Z".parse().unwrap());
    let hilversum = app.with(&municipality("GM0402"));
    assert_eq!(stands(&hilversum, "GM0402", "SUBMITTED").await, none());

    assert_eq!(pictures.len(), 4);
    app.clock.set(acceptance::noon());
    for (ledger, before) in pictures {
        let now = reviewer.ask(&picture(ledger)).await;
        assert_eq!(observed(&now), before, "{ledger}");
    }
}

#[tokio::test]
async fn two_areas_that_disagree_are_named_and_judging_all_members_costs_as_much_as_judging_one() {
    let app = spawn_app();
    prepare(&app).await;
    let (gooi, hilversum) = (app.with(&region("VR14")), app.with(&municipality("GM0402")));
    let document = "mutation ($input: SubmitRegionalAnswerInput!) { \
        submitRegionalAnswer(input: $input) { errors { code } } }";
    let cost = async |key: &str, value: &str| {
        let input = answer(key, json!({ "answer": value }));
        gooi.send(document, json!({ "input": input }))
            .await
            .statements()
    };
    let one = cost("one", "MET").await;
    for code in ["GM0376", "GM0406", "GM0417", "GM1696", "GM1942"] {
        submit(&app, code, &["SV-01"]).await;
    }
    assert_eq!(cost("six", "PARTLY_MET").await, one);
    assert_eq!(
        app.database
            .count("select count(*) from ledger where operation = 'verdict.judged'")
            .await,
        7
    );

    // Amsterdam-Amstelland answers the same criterion otherwise, and Hilversum turns out to be a
    // member of both.
    a_reporting_region("VR13").sent_by(&app.with(&vng())).await;
    let other = answer("other", json!({ "area": "VR13", "answer": "NOT_MET" }));
    app.with(&region("VR13"))
        .change("submitRegionalAnswer", other)
        .await;
    let set = edited(&[
        (
            "policy_adoptions.csv",
            "gooi-en-vechtstreek-2023,,",
            "gooi-en-vechtstreek-2023,GM0402,",
        ),
        (
            "area_memberships.csv",
            "VR14,GM0402,",
            "VR13,GM0402,2026-01-01,,reference-municipalities,123,\nVR14,GM0402,",
        ),
    ]);
    app.database.import(&set).await;
    let shown = hilversum
        .ask(&verdict("GM0402", "SUBMITTED", ""))
        .await
        .data();
    let criteria = shown["verdict"]["grounds"]["criteria"]
        .as_array()
        .unwrap()
        .clone();
    let ground = criteria
        .iter()
        .find(|ground| ground["criterion"]["code"] == "OH-01")
        .unwrap();
    assert_eq!(
        *ground,
        json!({ "criterion": { "code": "OH-01" }, "answer": "UNKNOWN", "answeredBy": "NOBODY", "area": null,
            "reasons": [{ "nl": "De antwoorden van veiligheidsregio \
                Amsterdam-Amstelland en veiligheidsregio Gooi en Vechtstreek spreken elkaar tegen." }] })
    );
}

#[tokio::test]
async fn evidence_of_a_regional_answer_is_kept_with_its_version_and_seen_by_whoever_sees_that() {
    let app = spawn_app();
    prepare(&app).await;
    let (gooi, hilversum) = (app.with(&region("VR14")), app.with(&municipality("GM0402")));
    app.clock.set("2026-11-23T12:00:00Z".parse().unwrap());
    let decision = json!({
        "kind": "OTHER", "title": "Convenant zorgcoördinatie",
        "address": "https://www.regiogv.nl/convenant", "effectiveOn": "2026-02-01",
    });
    let report = json!({
        "kind": "OTHER", "title": "Jaarverslag", "reference": "Z/26/123",
        "effectiveOn": "2026-06-30",
    });
    let first = answer("one", json!({ "evidence": [decision] }));
    gooi.change("submitRegionalAnswer", first).await;
    app.clock.set("2026-11-25T12:00:00Z".parse().unwrap());
    let second = answer(
        "two",
        json!({ "evidence": [decision, report], "from": "2026-03-01" }),
    );
    gooi.change("submitRegionalAnswer", second).await;
    let query = "{ regionalAnswers(area: \"VR14\") { nodes { number
        evidence { title address reference receivedAt }
        earlier { number evidence { title receivedAt } } } } }";
    let shown = json!([{ "number": 2, "evidence": [
            // What was there already was received when it came.
            { "title": "Convenant zorgcoördinatie", "reference": null,
                "address": "https://www.regiogv.nl/convenant",
                "receivedAt": "2026-11-23T12:00:00+00:00" },
            { "title": "Jaarverslag", "address": null, "reference": "Z/26/123",
                "receivedAt": "2026-11-25T12:00:00+00:00" }],
        "earlier": [{ "number": 1, "evidence": [
            { "title": "Convenant zorgcoördinatie", "receivedAt": "2026-11-23T12:00:00+00:00" }] }] }]);
    for reader in [&gooi, &hilversum, &app.with(&vng())] {
        assert_eq!(
            reader.ask(query).await.data()["regionalAnswers"]["nodes"],
            shown
        );
    }
    for stranger in [
        app.with(&municipality("GM0363")),
        app.with(&region("VR13")),
        app.with(&ministry()),
        app.public(),
    ] {
        let shown = stranger.ask(query).await;
        assert!(
            !shown.body.contains("onvenant") && !shown.body.contains("Jaarverslag"),
            "{}",
            shown.body
        );
    }
    // Confirmed, the ministry reads the version and its evidence.
    let version =
        json!({ "area": "VR14", "criterion": OH_01, "version": 2, "idempotencyKey": "confirm" });
    app.with(&vng())
        .change("confirmRegionalAnswer", version)
        .await;
    let seen = app.with(&ministry()).ask(query).await.data();
    assert_eq!(
        seen["regionalAnswers"]["nodes"][0]["evidence"],
        shown[0]["evidence"]
    );
    assert_eq!(seen["regionalAnswers"]["nodes"][0]["earlier"], json!([]));

    let before = app.database.count("select count(*) from ledger").await;
    let wrong = answer(
        "wrong",
        json!({
            "evidence": [
                {
                    "kind": "POEM", "title": " ", "address": "http://regiogv.nl",
                    "effectiveOn": "2026-11-26",
                },
                { "kind": "OTHER", "title": "Jaarverslag", "effectiveOn": "2026-11-25" },
            ],
        }),
    );
    assert_eq!(
        gooi.mistakes("submitRegionalAnswer", wrong).await,
        [
            "UNKNOWN_EVIDENCE_KIND evidence.0.kind",
            "TEXT_LENGTH evidence.0.title",
            "INVALID_ADDRESS evidence.0.address",
            "DATE_IN_FUTURE evidence.0.effectiveOn",
            "EVIDENCE_NOWHERE evidence.1.address"
        ]
    );
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        before
    );
}

#[tokio::test]
async fn every_mistake_of_a_regional_answer_is_named_at_once_and_nothing_is_kept() {
    let app = spawn_app();
    prepare(&app).await;
    let gooi = app.with(&region("VR14"));
    let before = app.database.count("select count(*) from ledger").await;
    let wrong = answer(
        "wrong",
        json!({ "criterion": "VOORSTEL-1/SV-01", "answer": "UNKNOWN", "until": "2025-01-01",
            "explanation": " " }),
    );
    assert_eq!(
        gooi.mistakes("submitRegionalAnswer", wrong).await,
        [
            "NOT_FOR_REGIONS criterion",
            "ANSWER_NOT_ALLOWED answer",
            "DATES_OUT_OF_ORDER until",
            "TEXT_LENGTH explanation"
        ]
    );
    let unknown = answer("unknown", json!({ "criterion": "VOORSTEL-1/XX-01" }));
    assert_eq!(
        gooi.mistakes("submitRegionalAnswer", unknown).await,
        ["UNKNOWN_CRITERION criterion"]
    );
    // What exists is not said to be unknown.
    for (criterion, code) in [
        ("VOORSTEL-1/BB-01", "COMPUTED_CRITERION criterion"),
        ("VOORSTEL-1/BB-03", "NOT_FOR_REGIONS criterion"),
        ("VOORSTEL-9/BB-03", "UNKNOWN_CRITERION criterion"),
    ] {
        let input = answer(criterion, json!({ "criterion": criterion }));
        assert_eq!(gooi.mistakes("submitRegionalAnswer", input).await, [code]);
    }
    // An area that is not its own, or not registered, answers nothing.
    let document = "mutation ($input: SubmitRegionalAnswerInput!) { \
        submitRegionalAnswer(input: $input) { errors { code } } }";
    let other = json!({ "input": answer("other", json!({ "area": "VR13" })) });
    assert_eq!(
        gooi.send(document, other.clone()).await.codes(),
        ["FORBIDDEN"]
    );
    assert_eq!(
        app.with(&region("VR13"))
            .send(document, other)
            .await
            .codes(),
        ["FORBIDDEN"]
    );
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        before
    );
}

#[tokio::test]
async fn a_criterion_is_named_by_its_code_or_by_its_key() {
    let app = spawn_app();
    prepare(&app).await;
    let (gooi, reviewer) = (app.with(&region("VR14")), app.with(&vng()));
    let named = |key: &str, criterion: &str, more: Value| {
        let mut input = json!({ "area": "VR14", "criterion": criterion, "idempotencyKey": key });
        let fields = input.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        input
    };
    let answer = json!({ "answer": "MET", "from": "2026-01-01" });
    let selection = "regionalAnswer { key number }";
    let submitted = gooi
        .change_and_read(
            "submitRegionalAnswer",
            selection,
            named("s", "OH-01", answer),
        )
        .await;
    let first = json!({ "regionalAnswer": { "key": "VR14/VOORSTEL-1/OH-01", "number": 1 } });
    assert_eq!(submitted, first);
    let confirmed = reviewer
        .change_and_read(
            "confirmRegionalAnswer",
            selection,
            named("c", "OH-01", json!({ "version": 1 })),
        )
        .await;
    assert_eq!(confirmed, first);
    let preview = |criterion: &str| {
        format!(
            "{{ previewRegionalAnswer(input: {{ area: \"VR14\", criterion: \"{criterion}\",
                answer: NOT_MET, from: \"2026-01-01\" }}) {{ effects {{ before after }}
                errors {{ code }} }} }}"
        )
    };
    let by_code = gooi.ask(&preview("OH-01")).await.data();
    assert_eq!(by_code, gooi.ask(&preview("VOORSTEL-1/OH-01")).await.data());
    assert_eq!(by_code["previewRegionalAnswer"]["errors"], json!([]));
    let ended = named("e", "OH-01", json!({ "until": "2026-12-01" }));
    assert_eq!(
        gooi.change_and_read("endRegionalAnswer", selection, ended)
            .await,
        first
    );
    assert_eq!(
        gooi.mistakes(
            "submitRegionalAnswer",
            named(
                "w",
                "XX-01",
                json!({
                    "answer": "MET", "from": "2026-01-01",
                })
            )
        )
        .await,
        ["UNKNOWN_CRITERION criterion"]
    );
}
