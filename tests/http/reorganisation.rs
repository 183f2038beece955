//! Areas, their members, and municipalities that go over into others: recorded once, and true on
//! each side of the day.

use acceptance::{App, a_draft, a_submission, met, municipality, spawn_app, vng};
use serde_json::{Value, json};

use crate::recorded_policy::source;

async fn ask(app: &App, query: &str) -> Value {
    app.public().ask(query).await.data()
}

async fn number_on(app: &App, day: &str) -> Value {
    let query = format!(
        "{{ municipalities(at: {{ day: \"{day}\" }}) {{ totalCount }}
            area(code: \"VR14\", at: {{ day: \"{day}\" }}) {{ municipalities {{ code }} }} }}"
    );
    let data = ask(app, &query).await;
    let members = data["area"]["municipalities"].as_array().map(Vec::len);
    json!([data["municipalities"]["totalCount"], members])
}

#[tokio::test]
async fn a_planned_reorganisation_is_recorded_and_happens_on_its_day_without_any_write() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let planned = "{ plannedReorganisations { predecessorCode successorCode } }";
    assert_eq!(
        ask(&app, planned).await["plannedReorganisations"],
        json!([{ "predecessorCode": "GM1696", "successorCode": "GM0402" }])
    );
    let input = json!({
        "effectiveOn": "2027-01-01", "steps": [{ "predecessor": "gm1696", "successor": "GM0402" }],
        "source": source(), "idempotencyKey": "wijdemeren",
    });
    let selection = "reorganisations { effectiveOn kind predecessorCode successorCode isLargest source { \
        document { key } } }";
    let recorded = reviewer
        .change_and_read("recordReorganisation", selection, input.clone())
        .await;
    assert_eq!(
        recorded["reorganisations"],
        json!([
            {
                "effectiveOn": "2027-01-01", "kind": "ABSORPTION", "predecessorCode": "GM1696",
                "successorCode": "GM0402", "isLargest": null,
                "source": { "document": { "key": "monitoring-2025" } },
            },
        ])
    );
    assert_eq!(
        ask(&app, planned).await["plannedReorganisations"],
        json!([])
    );
    let head = app.database.count("select number from ledger_head").await;
    assert_eq!(
        reviewer
            .change_and_read("recordReorganisation", selection, input)
            .await,
        recorded
    );
    assert_eq!(number_on(&app, "2026-12-31").await, json!([342, 6]));
    assert_eq!(number_on(&app, "2027-01-01").await, json!([341, 5]));
    let count = "{ municipalities { totalCount } wijdemeren:
        municipality(code: \"GM1696\") { validUntil region { code }
        continuedAs { name } } gone: policyState(municipality: \"GM1696\") { state } }";
    app.clock.set("2026-12-31T22:59:59Z".parse().unwrap());
    let before = ask(&app, count).await;
    assert_eq!(before["municipalities"]["totalCount"], 342);
    assert_eq!(before["gone"], json!({ "state": "NOT_REGISTERED" }));
    app.clock.set("2026-12-31T23:00:00Z".parse().unwrap());
    assert_eq!(
        ask(&app, count).await,
        json!({
            "municipalities": { "totalCount": 341 }, "gone": null,
            "wijdemeren": {
                "validUntil": "2027-01-01", "region": { "code": "VR14" },
                "continuedAs": [{ "name": "Hilversum" }],
            },
        })
    );
    assert_eq!(
        app.database.count("select number from ledger_head").await,
        head
    );
    // What people have changed, an import of the same data does not bring back.
    let import = acceptance::edited(&[]);
    let done = app.database.import(&import).await;
    assert_eq!((done.added, done.corrected, done.withdrawn), (0, 0, 0));
    assert_eq!(number_on(&app, "2027-01-01").await, json!([341, 5]));
}

/// What Blaricum, and the municipality after it, answer as met.
const CRITERIA: [&str; 7] = [
    "BB-03", "BB-04", "BB-05", "BB-07", "SV-01", "SV-02", "SV-03",
];

/// Blaricum, the larger, and Laren become one municipality that bears the code of Laren.
async fn spawn_with_merger() -> App {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let period = json!({
        "key": "2026-2", "edition": "VOORSTEL-1", "opensOn": "2026-11-01",
        "deadlineOn": "2029-05-30", "lastDay": "2029-06-30", "idempotencyKey": "period",
    });
    reviewer.change("openReportingPeriod", period).await;
    for (policy, code, day) in [
        ("de-bilt-2024", "GM0376", "2025-01-01"),
        ("lopik-2025", "GM0417", "2025-06-01"),
    ] {
        let adoption = json!({
            "policy": policy, "municipality": code, "adoptedOn": day, "source": source(),
            "idempotencyKey": code,
        });
        reviewer.change("recordAdoption", adoption).await;
    }
    // Blaricum hands in while it is there: 9 of 18 are met.
    let blaricum = app.with(&municipality("GM0376"));
    a_draft("GM0376", met(&CRITERIA)).sent_by(&blaricum).await;
    a_submission("GM0376").sent_by(&blaricum).await;
    let merger = json!({
        "effectiveOn": "2027-01-01", "source": source(), "idempotencyKey": "merger",
        "steps": [
            { "predecessor": "GM0376", "successor": "GM0417", "isLargest": true },
            { "predecessor": "GM0417", "successor": "GM0417" },
        ],
        "newMunicipalities": [
            { "code": "GM0417", "name": "Eemland", "areas": ["VR14", "PV27", "PE03"] },
        ],
    });
    let kinds = "reorganisations { kind predecessorCode }";
    let recorded = reviewer
        .change_and_read("recordReorganisation", kinds, merger)
        .await;
    assert_eq!(
        recorded["reorganisations"],
        json!([
            { "kind": "MERGER", "predecessorCode": "GM0376" },
            { "kind": "MERGER", "predecessorCode": "GM0417" },
        ])
    );
    app
}

/// The verdict on the municipality that came of the merger.
fn verdict(day: &str) -> String {
    format!(
        "{{ verdict(municipality: \"GM0417\", period: \"2026-2\", basis: SUBMITTED,
                at: {{ day: \"{day}\" }}) {{ status since }} }}"
    )
}

#[tokio::test]
async fn two_municipalities_merge_under_an_old_code_and_both_stay_on_their_days() {
    let app = spawn_with_merger().await;
    assert_eq!(number_on(&app, "2026-12-31").await, json!([342, 6]));
    assert_eq!(number_on(&app, "2027-01-01").await, json!([341, 5]));
    let before =
        "{ old: municipality(code: \"GM0417\", at: { day: \"2026-12-31\" }) { name validUntil
        policies { policy { key } } policyState }
        other: municipality(code: \"GM0376\", at: { day: \"2026-12-31\" }) { name policyState } }";
    assert_eq!(
        ask(&app, before).await,
        json!({
            "old": {
                "name": "Laren", "validUntil": "2027-01-01",
                "policies": [{ "policy": { "key": "lopik-2025" } }], "policyState": "ADOPTED",
            },
            "other": { "name": "Blaricum", "policyState": "ADOPTED" },
        })
    );
    let after =
        "{ new: municipality(code: \"GM0417\", at: { day: \"2027-01-01\" }) { name validFrom
        policies { policy { key } } policyState
            predecessors { predecessor { name } isLargest } region { code }
            province { code } }
        none: policyState(municipality: \"GM0376\", at: { day: \"2027-01-01\" }) { state } }";
    assert_eq!(
        ask(&app, after).await,
        json!({
            "new": {
                "name": "Eemland", "validFrom": "2027-01-01", "policies": [],
                "policyState": "NOT_REGISTERED",
                "predecessors": [
                    { "predecessor": { "name": "Blaricum" }, "isLargest": true },
                    { "predecessor": { "name": "Laren" }, "isLargest": null },
                ],
                "region": { "code": "VR14" }, "province": { "code": "PV27" },
            },
            "none": null,
        })
    );
}

/// The picture by the borders of each side of the day: 342 and 341, and the verdict of Blaricum on
/// its own days.
#[tokio::test]
async fn the_picture_is_drawn_by_the_borders_of_the_day() {
    let app = spawn_with_merger().await;
    app.clock.set("2027-01-04T12:00:00Z".parse().unwrap());
    let reviewer = app.with(&vng());
    let side = async |day: &str| {
        let picture = format!(
            "{{ compliancePicture(period: \"2026-2\", basis: SUBMITTED, by: SAFETY_REGION,
                at: {{ day: \"{day}\" }}) {{
                members counts {{ count }}
                groups {{ code members counts {{ count }} }} }} }}"
        );
        let data = reviewer.ask(&picture).await.data();
        let picture = &data["compliancePicture"];
        let count = |counts: &Value| {
            let counts = counts.as_array().unwrap().iter();
            counts
                .map(|one| one["count"].as_i64().unwrap())
                .collect::<Vec<_>>()
        };
        let groups = picture["groups"].as_array().unwrap();
        let gooi = groups.iter().find(|group| group["code"] == "VR14").unwrap();
        let members: i64 = groups
            .iter()
            .map(|group| group["members"].as_i64().unwrap())
            .sum();
        assert_eq!(members, picture["members"]);
        (
            picture["members"].clone(),
            count(&picture["counts"]),
            count(&gooi["counts"]),
        )
    };
    assert_eq!(
        side("2026-12-31").await,
        (json!(342), vec![341, 0, 1, 0], vec![5, 0, 1, 0])
    );
    assert_eq!(
        side("2027-01-01").await,
        (json!(341), vec![341, 0, 0, 0], vec![5, 0, 0, 0])
    );
}

/// The municipality that came after it reads what Blaricum handed in, and writes nothing into it.
#[tokio::test]
async fn a_successor_reads_what_was_handed_in_and_writes_nothing_into_it() {
    let app = spawn_with_merger().await;
    app.clock.set("2027-01-04T12:00:00Z".parse().unwrap());
    let eemland = app.with(&municipality("GM0417"));
    let history = "{ assessment(municipality: \"GM0376\", period: \"2026-2\",
            at: { day: \"2026-12-31\" }) { versions { number submittedBy { code } } }
        verdict(municipality: \"GM0376\", period: \"2026-2\", basis: SUBMITTED,
            at: { day: \"2026-12-31\" }) { status } }";
    assert_eq!(
        eemland.ask(history).await.data(),
        json!({
            "assessment": { "versions": [{ "number": 1, "submittedBy": { "code": "GM0376" } }] },
            "verdict": { "status": "PARTLY_COMPLIANT" },
        })
    );
    let late = "mutation { saveDraft(input: { municipality: \"GM0376\", period: \"2026-2\",
        answers: [{ criterion: \"SV-04\", answer: MET }] }) { errors { code } } }";
    assert_eq!(eemland.ask(late).await.codes(), ["FORBIDDEN"]);
}

/// The new municipality has the policy of the larger for two years: 9 of 18 are met with it and 7
/// without. An own decision takes its place.
#[tokio::test]
async fn the_policy_of_the_larger_counts_for_two_years() {
    let app = spawn_with_merger().await;
    app.clock.set("2027-01-04T12:00:00Z".parse().unwrap());
    let (eemland, reviewer) = (app.with(&municipality("GM0417")), app.with(&vng()));
    a_draft("GM0417", met(&CRITERIA)).sent_by(&eemland).await;
    a_submission("GM0417")
        .with("approvedOn", "2027-01-04")
        .sent_by(&eemland)
        .await;
    let shown = eemland.ask(&verdict("2028-12-31")).await.data();
    assert_eq!(shown["verdict"]["status"], "PARTLY_COMPLIANT");
    let shown = eemland.ask(&verdict("2029-01-01")).await.data();
    assert_eq!(
        shown["verdict"],
        json!({ "status": "NOT_COMPLIANT", "since": "2029-01-01" })
    );
    let grounds = "{ verdict(municipality: \"GM0417\", period: \"2026-2\", basis: SUBMITTED) {
        grounds { criteria { criterion { code } answer reasons { en } } } } }";
    let body = eemland.ask(grounds).await.body;
    assert!(
        body.contains("predecessor Blaricum") && body.contains("1 January 2029"),
        "{body}"
    );
    // The total of the picture is that of the day.
    let picture =
        "{ compliancePicture(period: \"2026-2\", basis: SUBMITTED) { counts { count } } }";
    let picture = reviewer.ask(picture).await.data();
    let counts = picture["compliancePicture"]["counts"].as_array().unwrap();
    let total: i64 = counts
        .iter()
        .filter_map(|each| each["count"].as_i64())
        .sum();
    assert_eq!(total, 341);
    // An own decision takes its place.
    let own = json!({
        "policy": "de-bilt-2024", "municipality": "GM0417", "adoptedOn": "2027-01-04",
        "source": source(), "idempotencyKey": "own",
    });
    eemland.change("recordAdoption", own).await;
    let shown = eemland.ask(&verdict("2029-01-01")).await.data();
    assert_eq!(shown["verdict"]["status"], "PARTLY_COMPLIANT");
}

/// The area that the stories register.
fn area() -> Value {
    json!({
        "code": "SG01", "kind": "COOPERATION_AREA", "name": "Het Gooi", "parent": "PE03",
        "source": source(), "idempotencyKey": "area",
    })
}

/// The members of the area from a day on.
fn set(members: Value, from: &str, key: &str) -> Value {
    json!({
        "area": "SG01", "from": from, "members": members, "source": source(),
        "idempotencyKey": key,
    })
}

/// The area as a reporting region from a day on.
fn register(area: &str, from: &str, until: Option<&str>) -> Value {
    json!({
        "area": area, "from": from, "until": until, "source": source(),
        "idempotencyKey": format!("{area} {from}"),
    })
}

#[tokio::test]
async fn an_area_is_registered_and_renamed_by_whoever_saw_it() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let registered = reviewer
        .change_and_read(
            "registerArea",
            "area { code name ledger parent { code } }",
            area(),
        )
        .await;
    assert_eq!(registered["area"]["parent"]["code"], "PE03");
    let mut renamed = area();
    renamed["name"] = json!("Gooi");
    renamed["idempotencyKey"] = json!("renamed");
    assert_eq!(
        reviewer.mistakes("registerArea", renamed.clone()).await,
        ["CONFLICT expectedVersion"]
    );
    renamed["expectedVersion"] = registered["area"]["ledger"].clone();
    let renamed = reviewer
        .change_and_read("registerArea", "area { name }", renamed)
        .await;
    assert_eq!(renamed["area"]["name"], "Gooi");
}

#[tokio::test]
async fn members_are_set_from_a_day_on() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    reviewer.change("registerArea", area()).await;
    let selection = "area { membersLedger municipalities { code } }";
    let first = set(json!(["GM0402", "GM0363"]), "2026-01-01", "first");
    let first = reviewer
        .change_and_read("setAreaMembers", selection, first)
        .await;
    let mut second = set(json!(["GM0402", "GM0376"]), "2026-12-01", "second");
    second["expectedVersion"] = first["area"]["membersLedger"].clone();
    reviewer.change("setAreaMembers", second.clone()).await;
    second["idempotencyKey"] = json!("stale");
    assert_eq!(
        reviewer.mistakes("setAreaMembers", second).await,
        ["CONFLICT expectedVersion"]
    );
    for (day, members) in [
        ("2025-12-31", json!([])),
        (
            "2026-01-01",
            json!([{ "code": "GM0363" }, { "code": "GM0402" }]),
        ),
        (
            "2026-11-30",
            json!([{ "code": "GM0363" }, { "code": "GM0402" }]),
        ),
        (
            "2026-12-01",
            json!([{ "code": "GM0376" }, { "code": "GM0402" }]),
        ),
    ] {
        let query = format!(
            "{{ area(code: \"SG01\", at: {{ day: \"{day}\" }}) {{ municipalities {{ code }} }} }}"
        );
        assert_eq!(
            ask(&app, &query).await["area"]["municipalities"],
            members,
            "{day}"
        );
    }
}

/// VR14 reports for Hilversum from 2026 to 2027; SG01, which shares Hilversum, may do so only after
/// that.
#[tokio::test]
async fn a_municipality_has_one_reporting_region() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    reviewer.change("registerArea", area()).await;
    let first = set(json!(["GM0402", "GM0363"]), "2026-01-01", "first");
    let selection = "area { membersLedger }";
    let first = reviewer
        .change_and_read("setAreaMembers", selection, first)
        .await;
    let mut second = set(json!(["GM0402", "GM0376"]), "2026-12-01", "second");
    second["expectedVersion"] = first["area"]["membersLedger"].clone();
    reviewer.change("setAreaMembers", second).await;
    let vr14 = register("VR14", "2026-01-01", Some("2027-01-01"));
    reviewer.change("registerReportingRegion", vr14).await;
    assert_eq!(
        reviewer
            .mistakes(
                "registerReportingRegion",
                register("SG01", "2026-12-31", None)
            )
            .await,
        ["OVERLAPS area"]
    );
    reviewer
        .change(
            "registerReportingRegion",
            register("SG01", "2027-01-01", None),
        )
        .await;
    assert_eq!(
        reviewer
            .mistakes(
                "registerReportingRegion",
                register("VR14", "2027-06-01", None)
            )
            .await,
        ["OVERLAPS area"]
    );
    // Bussum's neighbours: Amsterdam's own region is registered, so SG01 cannot have it as well.
    reviewer
        .change(
            "registerReportingRegion",
            register("VR13", "2026-01-01", None),
        )
        .await;
    assert_eq!(
        reviewer
            .mistakes(
                "setAreaMembers",
                set(json!(["GM0363"]), "2027-02-01", "third")
            )
            .await,
        ["OVERLAPS members"]
    );
    // Nor does a municipality lie in two provinces or safety regions.
    let moved = json!({
        "area": "VR13", "from": "2027-02-01", "members": ["GM0402", "GM9999"], "source": source(),
        "idempotencyKey": "moved",
    });
    assert_eq!(
        reviewer.mistakes("setAreaMembers", moved).await,
        [
            "UNKNOWN_MUNICIPALITY members.1",
            "OVERLAPS members",
            "OVERLAPS members",
        ]
    );
}

#[tokio::test]
async fn mistakes_in_the_territory_are_named_at_once_and_change_nothing() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let before = app.database.count("select number from ledger_head").await;
    let input = json!({
        "effectiveOn": "2027-01-01", "idempotencyKey": "x",
        "source": { "document": "geen", "place": "1" },
        "steps": [
            { "predecessor": "GM0457", "successor": "GM0402" },
            { "predecessor": "GM0376", "successor": "GM9999" },
            { "predecessor": "GM0376", "successor": "GM9999" },
            { "predecessor": "GM0376", "successor": "GM0363", "isLargest": true },
            { "predecessor": "GM0417", "successor": "GM0363", "isLargest": true },
        ],
        "newMunicipalities": [
            { "code": "GM0402", "name": "", "areas": ["VR14", "VR13"] },
            { "code": "Gooi", "name": "Gooi", "areas": ["VR14", "PV27"] },
        ],
    });
    assert_eq!(
        reviewer.mistakes("recordReorganisation", input).await,
        [
            "UNKNOWN_PREDECESSOR steps.0.predecessor",
            "UNKNOWN_SUCCESSOR steps.1.successor",
            "REPEATED steps.2.successor",
            "UNKNOWN_SUCCESSOR steps.2.successor",
            "SEVERAL_LARGEST steps.4.isLargest",
            "CODE_IN_USE newMunicipalities.0.code",
            "INVALID_AREAS newMunicipalities.0.areas",
            "TEXT_LENGTH newMunicipalities.0.name",
            "INVALID_CODE newMunicipalities.1.code",
            "WITHOUT_PREDECESSOR newMunicipalities.1.code",
            "UNKNOWN_SOURCE source.document",
            "OVERLAPS newMunicipalities",
            "OVERLAPS newMunicipalities",
        ]
    );
    let area = json!({
        "code": "VR140", "kind": "PROVINCE", "name": " ", "parent": "XX01", "expectedVersion": 1,
        "source": source(), "idempotencyKey": "area",
    });
    assert_eq!(
        reviewer.mistakes("registerArea", area).await,
        [
            "TEXT_LENGTH name",
            "CONFLICT expectedVersion",
            "INVALID_CODE code",
            "INVALID_PARENT parent",
        ]
    );
    // PE03 holds VR14, so it does not lie in it.
    let version = ask(&app, "{ area(code: \"PE03\") { ledger } }").await["area"]["ledger"].clone();
    let inside_out = json!({
        "code": "PE03", "kind": "RIEC", "name": "Midden-Nederland", "parent": "VR14",
        "expectedVersion": version, "source": source(), "idempotencyKey": "inside out",
    });
    assert_eq!(
        reviewer.mistakes("registerArea", inside_out).await,
        ["KIND_IS_FIXED kind", "INVALID_PARENT parent"]
    );
    assert_eq!(
        app.database.count("select number from ledger_head").await,
        before
    );
}

#[tokio::test]
async fn a_reorganisation_is_withdrawn_and_all_is_as_it_was() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let shown = "{ municipalities { nodes { code validUntil } }
        area(code: \"VR14\") { municipalities { code } }
        reorganisations(first: 100) { nodes { predecessorCode successorCode effectiveOn } } }";
    let before = ask(&app, shown).await;
    let record = |key: &str, day: &str| {
        json!({
            "effectiveOn": day, "steps": [{ "predecessor": "GM0376", "successor": "GM0402" }],
            "source": source(), "idempotencyKey": key,
        })
    };
    reviewer
        .change("recordReorganisation", record("wrong", "2019-01-01"))
        .await;
    let wrong = ask(&app, shown).await;
    assert_ne!(wrong, before);
    let head = app.database.count("select number from ledger_head").await;
    let withdrawal = |key: &str, reopens: &[&str]| {
        json!({
            "predecessor": "gm0376", "successor": "GM0402", "reopens": reopens,
            "source": source(), "idempotencyKey": key,
        })
    };
    // Whoever does not know what it opens again is told, and nothing is done.
    let others: [&[&str]; 3] = [&[], &["GM0402"], &["GM0376", "GM0402"]];
    for reopens in others {
        let answer = reviewer
            .send_mutation(
                "withdrawReorganisation",
                "reopened { code }",
                withdrawal("told", reopens),
            )
            .await;
        let payload = answer.data()["withdrawReorganisation"].clone();
        assert_eq!(payload["reopened"], json!([]));
        assert_eq!(payload["errors"][0]["code"], "REOPENS_OTHERS");
        assert_eq!(payload["errors"][0]["field"], json!(["reopens"]));
        let text = payload["errors"][0]["message"]["nl"].as_str().unwrap();
        assert!(text.contains("bestaan weer: GM0376."), "{text}");
    }
    assert_eq!(ask(&app, shown).await, wrong);
    assert_eq!(
        app.database.count("select number from ledger_head").await,
        head
    );
    let done = reviewer
        .change_and_read(
            "withdrawReorganisation",
            "reopened { code }",
            withdrawal("done", &["gm0376"]),
        )
        .await;
    assert_eq!(done, json!({ "reopened": [{ "code": "GM0376" }] }));
    assert_eq!(ask(&app, shown).await, before);
    // What was known before it stays so.
    let then =
        format!("{{ municipality(code: \"GM0376\", at: {{ ledger: {head} }}) {{ validUntil }} }}");
    assert_eq!(
        ask(&app, &then).await["municipality"],
        json!({ "validUntil": "2019-01-01" })
    );
    let auditor = app.database.connect(database::roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    auditor.close().await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    assert_eq!(
        reviewer
            .mistakes("withdrawReorganisation", withdrawal("again", &["GM0376"]))
            .await,
        ["UNKNOWN_REORGANISATION predecessor"]
    );
    // So it is corrected: withdrawn and recorded anew.
    reviewer
        .change("recordReorganisation", record("right", "2027-01-01"))
        .await;
    assert_eq!(number_on(&app, "2026-12-31").await, json!([342, 6]));
    assert_eq!(number_on(&app, "2027-01-01").await, json!([341, 5]));
}

#[tokio::test]
async fn what_others_recorded_since_or_the_data_set_did_is_not_withdrawn() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let of_data = json!({
        "predecessor": "GM0457", "successor": "GM0363", "reopens": ["GM0457"],
        "source": source(), "idempotencyKey": "weesp",
    });
    assert_eq!(
        reviewer.mistakes("withdrawReorganisation", of_data).await,
        ["CHANGED_SINCE predecessor"]
    );
}

#[tokio::test]
async fn nobody_ends_before_it_handed_in() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    crate::verdicts::open_period(&app, "2026-11-30", "2026-12-15").await;
    let own = app.with(&municipality("GM0376"));
    a_draft("GM0376", met(&["SV-01"])).sent_by(&own).await;
    a_submission("GM0376").sent_by(&own).await;
    let record = |day: &str| {
        json!({
            "effectiveOn": day, "steps": [{ "predecessor": "GM0376", "successor": "GM0402" }],
            "source": source(), "idempotencyKey": day,
        })
    };
    for day in ["2018-01-01", "2026-11-22"] {
        assert_eq!(
            reviewer.mistakes("recordReorganisation", record(day)).await,
            ["HAS_ACTED effectiveOn"],
            "{day}"
        );
    }
    // And no day lies beyond the calendar of the service.
    for day in ["0000-01-01", "2017-12-31", "2100-01-01"] {
        let answer = reviewer
            .send_mutation("recordReorganisation", "", record(day))
            .await;
        assert_eq!(answer.codes(), ["BAD_REQUEST"], "{day}");
        assert!(answer.body.contains("2018-01-01"), "{}", answer.body);
    }
    reviewer
        .change("recordReorganisation", record("2026-11-23"))
        .await;
}
