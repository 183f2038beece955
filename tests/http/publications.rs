//! The second half of the main job: the ministry prepares the verdicts by name, a municipality
//! responds, the embargo passes, and from that instant on everybody reads what was frozen, whatever
//! changes later.

use acceptance::{
    Answer, App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_publication,
    a_release, a_submission, after_closing, edited, ministry, municipality, noon, partner, region,
    spawn_app, vng,
};
use chrono::{DateTime, TimeDelta, Utc};
use compliance::redaction::{self, Sought};
use database::{Database, roles};
use domain::clock::Clock;
use serde_json::{Value, json};

use crate::{feeds::Read, rule_set::OWN};

const KEY: &str = "compliance-2026-2-1";
/// Why it is told by name while the period is open.
pub(crate) const BECAUSE: &str = "De Tweede Kamer heeft om een tussenstand gevraagd.";
/// De Bilt: it adopted a policy of its own, so its answers decide.
const DE_BILT: &str = "GM0310";

/// The service with an endorsed edition or a proposed one, and an open period.
pub(crate) async fn spawn_with_period(state: &str) -> App {
    let app = spawn_app();
    let state = format!(",{state},");
    let set = edited(&[
        ("framework_editions.csv", ",PROPOSED,", &state),
        (
            "areas.csv",
            "VR01,SAFETY_REGION,",
            "SG01,COOPERATION_AREA,Twee gemeenten,,reference-regions,2,\nVR01,SAFETY_REGION,",
        ),
        (
            "area_memberships.csv",
            "VR01,GM0003,",
            "SG01,GM0310,,,reference-regions,2,\nSG01,GM0402,,,reference-regions,2,\nVR01,GM0003,",
        ),
    ]);
    app.database.import(&set).await;
    a_period().sent_by(&app.with(&vng())).await;
    app
}

/// A municipality answers these criteria as met, submits, and VNG confirms.
pub(crate) async fn confirmed(app: &App, code: &str, version: i32, met: &[&str]) {
    let own = app.with(&municipality(code));
    let answers: Vec<Value> = met
        .iter()
        .map(|criterion| {
            json!({
                "criterion": criterion, "answer": "MET", "explanation": "Vertrouwelijk.",
            })
        })
        .collect();
    a_draft(code, answers).sent_by(&own).await;
    let mut submission = a_submission(code);
    if version > 1 {
        submission = submission.with("reason", "Verbeterd na bevestiging.");
    }
    submission.sent_by(&own).await;
    let reviewer = app.with(&vng());
    a_claim(code).sent_by(&reviewer).await;
    a_confirmation(code, version).sent_by(&reviewer).await;
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// What anybody reads of what was published.
const PICTURE: &str =
    "{ compliancePicture(period: \"2026-2\") { availability counts { status count }
        country { publication { key } }
        standings(filter: { status: [NOT_COMPLIANT] }) {
        nodes { municipality { code } availability label response } } }
        verdict(municipality: \"GM0402\", period: \"2026-2\") { status label response ledger
        grounds { versionNumber } publication { key } } }";

/// Everything by which somebody could notice a publication about Hilversum.
const TRACES: [&str; 6] = [
    "{ publication(key: \"compliance-2026-2-1\") { key state } }",
    "{ publications { totalCount nodes { key } } }",
    "{ verdict(municipality: \"GM0402\", period: \"2026-2\") { status label since response } }",
    "{ compliancePicture(period: \"2026-2\", by: SAFETY_REGION) { counts { count }
        groups { availability counts { count } submissions { received } }
        standings(filter: { status: [NOT_COMPLIANT] }) { totalCount } trend { counts { count } }
        municipalities { availability status submission response } } }",
    "{ ledger(subjectKind: \"Publication\") { totalCount nodes { subjectKey } } }",
    "{ openTasks(kind: RESPOND_TO_VERDICT) { totalCount } }",
];

async fn traces(client: &Client) -> Vec<Answer> {
    let mut shown = Vec::new();
    for query in TRACES {
        shown.push(client.ask(query).await);
    }
    for extension in ["json", "csv"] {
        shown.push(
            client
                .get(&format!("/v1/publications/{KEY}.{extension}"))
                .await,
        );
    }
    for table in [
        "published_verdict",
        "published_verdict_count",
        "published_criterion_count",
    ] {
        for path in [
            format!("/v1/feeds/{table}.csv"),
            format!("/v1/feeds/{table}.ndjson"),
            format!("/v1/odata/public/{table}/$count"),
        ] {
            shown.push(client.get(&path).await);
        }
    }
    shown
}

/// Published verdicts as BI tools read them: code and status, by code.
async fn by_name(client: &Client) -> Vec<[String; 2]> {
    let feed = client.get("/v1/feeds/published_verdict.csv").await;
    let feed = Read::csv(&feed.body);
    let codes = feed.column("municipality_code").into_iter();
    codes
        .zip(feed.column("status"))
        .map(|(code, status)| [code.to_owned(), status.to_owned()])
        .collect()
}

/// The address of the file.
fn file() -> String {
    format!("/v1/publications/{KEY}.json")
}

/// Whoever may not see the publication notices nothing of it.
async fn see_nothing(strangers: &[Client], before: &[Vec<Answer>]) {
    for (stranger, before) in strangers.iter().zip(before) {
        let after = traces(stranger).await;
        assert_eq!(statement_of(&after), statement_of(before));
    }
}

/// What Hilversum says to its verdict.
fn response(text: &str, key: &str) -> Value {
    json!({
        "publication": KEY, "municipality": "GM0402", "text": text, "idempotencyKey": key,
    })
}

/// What was said, without the moment at which it was read.
fn statement_of(answers: &[Answer]) -> Vec<String> {
    answers
        .iter()
        .map(|answer| match answer.body.split_once(",\"extensions\"") {
            Some((data, _)) => format!("{} {data}", answer.status),
            None => format!("{} {}", answer.status, answer.body),
        })
        .collect()
}

#[tokio::test]
async fn by_name_from_preparing_to_withdrawal() {
    let app = spawn_with_period("ENDORSED").await;
    let few = ["SV-01", "SV-02"];
    confirmed(&app, "GM0402", 1, &few).await;
    confirmed(&app, DE_BILT, 1, &few).await;
    let strangers = [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&region("VR13")),
    ];
    let mut before = Vec::new();
    for stranger in &strangers {
        before.push(traces(stranger).await);
    }

    // Whoever is named sees its own verdict and may respond, nobody else sees anything.
    is_prepared(&app).await;
    see_nothing(&strangers, &before).await;
    is_responded_to(&app).await;
    // To the microsecond not before the end of the embargo.
    let until = instant("2026-12-07T08:00:00Z");
    is_under_embargo(&app, until).await;
    app.clock.set(until - TimeDelta::microseconds(1));
    see_nothing(&strangers, &before).await;
    app.clock.set(until);
    let released = is_released(&app).await;
    is_a_file(&app, &released).await;
    let at_release = is_in_the_graph(&app).await;
    app.clock.set(until + TimeDelta::hours(1));
    stays(&app, &released, &at_release).await;
    is_withdrawn(&app, &at_release).await;
}

/// It is prepared with a term of ten working days.
async fn is_prepared(app: &App) {
    let of_ministry = app.with(&ministry());
    let prepared = of_ministry
        .call(
            "preparePublication",
            "publication { key state level \
        lastResponseDay manifest { edition { code } editionState ruleSet countingRule grouping label { nl } \
        withheld { key } files { format } } }",
            json!({
                "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "level": "BY_NAME",
                "incompleteBecause": BECAUSE, "idempotencyKey": "prepare",
            }),
        )
        .await;
    let withheld_criteria = prepared["publication"]["manifest"]["withheld"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(withheld_criteria, 25, "two assessments are fewer than five");
    assert_eq!(
        json!([
            prepared["publication"]["key"],
            prepared["publication"]["state"],
            prepared["publication"]["lastResponseDay"],
            prepared["publication"]["manifest"]["editionState"],
            prepared["publication"]["manifest"]["grouping"],
            prepared["publication"]["manifest"]["label"],
            prepared["publication"]["manifest"]["files"]
        ]),
        json!([
            KEY,
            "PREPARED",
            "2026-12-04",
            "ENDORSED",
            "SAFETY_REGION",
            null,
            []
        ])
    );
}

/// Whoever is named sees its own verdict and may respond.
async fn is_responded_to(app: &App) {
    let hilversum = app.with(&municipality("GM0402"));
    let own = hilversum
        .ask(
            "{ publication(key: \"compliance-2026-2-1\") { state lines { key }
            manifest { files { sha256 } } verdicts { municipality { code } status since response } }
            openTasks(kind: RESPOND_TO_VERDICT) {
            nodes { subjectKey due isOverdue mutation municipality { name } } } }",
        )
        .await;
    assert_eq!(
        own.data(),
        json!({
            "publication": {
                "state": "PREPARED", "lines": [], "manifest": { "files": [] },
                "verdicts": [
                    {
                        "municipality": { "code": "GM0402" }, "status": "NOT_COMPLIANT",
                        "since": "2026-11-22", "response": null,
                    },
                ],
            },
            "openTasks": {
                "nodes": [
                    {
                        "subjectKey": "compliance-2026-2-1/GM0402", "due": "2026-12-04",
                        "isOverdue": false, "mutation": "respondToVerdict",
                        "municipality": { "name": "Hilversum" },
                    },
                ],
            },
        })
    );
    let wrong = hilversum
        .call(
            "respondToVerdict",
            "publication { key }",
            response("Bel anna@hilversum.nl", "wrong"),
        )
        .await;
    assert_eq!(
        wrong,
        json!({ "publication": null, "errors": [{ "code": "PERSONAL_DATA", "field": ["text"] }] })
    );
    hilversum
        .change("respondToVerdict", response("Eerste reactie.", "one"))
        .await;
    hilversum
        .change(
            "respondToVerdict",
            response("Wij stellen in januari beleid vast.", "two"),
        )
        .await;
    let tasks = hilversum
        .ask("{ openTasks(kind: RESPOND_TO_VERDICT) { totalCount } }")
        .await;
    assert_eq!(tasks.data()["openTasks"]["totalCount"], 0);
    let amsterdam = app
        .with(&municipality("GM0363"))
        .ask("{ publications { nodes { verdicts { municipality { code } status response } } } }")
        .await;
    assert_eq!(
        amsterdam.data(),
        json!({
            "publications": {
                "nodes": [
                    {
                        "verdicts": [
                            {
                                "municipality": { "code": "GM0363" }, "status": "NOT_ASSESSED",
                                "response": null,
                            },
                        ],
                    },
                ],
            },
        })
    );
}

/// It is not published before the term is over, and then under an embargo.
async fn is_under_embargo(app: &App, until: DateTime<Utc>) {
    let hilversum = app.with(&municipality("GM0402"));
    let of_ministry = app.with(&ministry());
    let publish = json!({ "publication": KEY, "embargoUntil": until, "idempotencyKey": "publish" });
    let early = of_ministry
        .call("publish", "publication { key }", publish.clone())
        .await;
    assert_eq!(
        early,
        json!({
            "publication": null,
            "errors": [{ "code": "RESPONSE_TERM_RUNS", "field": ["publication"] }],
        })
    );
    app.clock.set(instant("2026-12-05T09:00:00Z"));
    let late = hilversum
        .call("respondToVerdict", "", response("Te laat.", "late"))
        .await;
    assert_eq!(late["errors"][0]["code"], "RESPONSE_TERM_OVER");
    let waiting = of_ministry
        .ask("{ openTasks { nodes { kind subjectKey since mutation } } }")
        .await;
    assert_eq!(
        waiting.data()["openTasks"]["nodes"],
        json!([{ "kind": "PUBLISH", "subjectKey": KEY, "since": "2026-12-05", "mutation": "publish" }])
    );
    of_ministry.change("publish", publish).await;
}

/// From that instant on there is a file, and BI tools have what the graph tells, row by row. Gives
/// the file.
async fn is_released(app: &App) -> Answer {
    let public = app.public();
    let file = file();
    let released = public.get(&file).await;
    assert_eq!(released.status, 200);
    // BI tools have from that instant on what the graph tells, row by row.
    let query = format!(
        "{{ compliancePicture(period: \"{PERIOD}\") {{ \
            municipalities {{ municipality {{ code }} availability status }} }} }}"
    );
    let picture = public.ask(&query).await.data();
    let shown = picture["compliancePicture"]["municipalities"]
        .as_array()
        .unwrap()
        .iter();
    let shown = shown.filter(|one| one["availability"] == "PUBLISHED");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let shown: Vec<[String; 2]> = shown
        .map(|one| [text(&one["municipality"]["code"]), text(&one["status"])])
        .collect();
    assert_eq!(shown.len(), 342);
    assert_eq!(by_name(&public).await, shown);
    released
}

/// The file has a tag, its hash stands in the manifest, and it says what was said last.
async fn is_a_file(app: &App, released: &Answer) {
    let public = app.public();
    let file = file();
    let http = acceptance::http();
    let address = format!("{}{file}", app.address());
    let first = http.get(&address).send().await.unwrap();
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    assert_eq!(first.headers()["cache-control"], "public, no-cache");
    let known = http.get(&address).header("if-none-match", &tag);
    let known = known.send().await.unwrap();
    assert_eq!(known.status().as_u16(), 304);
    assert_eq!(known.text().await.unwrap(), "");
    let files = public
        .ask(
            "{ publication(key: \"compliance-2026-2-1\") { \
                manifest { files { format sha256 path } } } }",
        )
        .await
        .data();
    assert_eq!(
        files["publication"]["manifest"]["files"][0],
        json!({ "format": "JSON", "sha256": tag.trim_matches('"'), "path": file })
    );
    let shown: Value = serde_json::from_str(&released.body).unwrap();
    let line = |code: &str| {
        let lines = shown["lines"].as_array().unwrap();
        lines.iter().find(|line| line["key"] == code).unwrap()["cells"].clone()
    };
    assert_eq!(
        line("GM0402"),
        json!([
            { "column": "status", "value": "NOT_COMPLIANT" },
            { "column": "status_label_nl", "value": "Voldoet niet" },
            { "column": "status_label_en", "value": "Not compliant" },
            { "column": "since", "value": "2026-11-22" },
            { "column": "submission", "value": "ON_TIME" },
            { "column": "submission_label_nl", "value": "Op tijd ingediend" },
            { "column": "submission_label_en", "value": "Submitted on time" },
            { "column": "judged_from", "value": "2026-11-22" },
            { "column": "response", "value": "Wij stellen in januari beleid vast." },
        ])
    );
    assert!(!released.body.contains("Vertrouwelijk") && !released.body.contains("Eerste reactie"));
    let csv = public.get(&format!("/v1/publications/{KEY}.csv")).await;
    assert!(
        csv.body.contains(&format!(
            "{KEY},2026-11-22,MUNICIPALITY,GM0310,De Bilt,,,,,,,,,,,,,,,,,"
        )) || csv.body.contains("MUNICIPALITY,GM0310,De Bilt,"),
        "{}",
        csv.body
    );
}

/// The graph shows what was published, and nothing behind it.
async fn is_in_the_graph(app: &App) -> Answer {
    let public = app.public();
    let at_release = public.ask(PICTURE).await;
    let counts = json!([
        { "status": "NOT_ASSESSED", "count": 340 }, { "status": "NOT_COMPLIANT", "count": 2 },
        { "status": "PARTLY_COMPLIANT", "count": 0 }, { "status": "COMPLIANT", "count": 0 },
    ]);
    let response_of_hilversum = "Wij stellen in januari beleid vast.";
    assert_eq!(
        at_release.data(),
        json!({
            "compliancePicture": {
                "availability": "PUBLISHED", "counts": counts,
                "country": { "publication": { "key": KEY } },
                "standings": {
                    "nodes": [
                        {
                            "municipality": { "code": "GM0310" }, "availability": "PUBLISHED",
                            "label": "Voldoet niet", "response": null,
                        },
                        {
                            "municipality": { "code": "GM0402" }, "availability": "PUBLISHED",
                            "label": "Voldoet niet", "response": response_of_hilversum,
                        },
                    ],
                },
            },
            "verdict": {
                "status": "NOT_COMPLIANT", "label": "Voldoet niet", "response": response_of_hilversum,
                "ledger": null, "grounds": null, "publication": { "key": KEY },
            },
        })
    );
    at_release
}

/// A later fact changes what VNG sees, and nothing of what was published.
async fn stays(app: &App, released: &Answer, at_release: &Answer) {
    let public = app.public();
    let (reviewer, of_ministry) = (app.with(&vng()), app.with(&ministry()));
    let file = file();
    let all = [
        "BB-03", "BB-04", "BB-05", "BB-07", "SV-03", "SV-04", "BW-01", "SK-02", "SK-03", "SK-04",
        "SK-05", "OH-01", "OH-02",
    ];
    confirmed(app, DE_BILT, 2, &all).await;
    let seen = reviewer
        .ask("{ verdict(municipality: \"GM0310\", period: \"2026-2\") { status } }")
        .await;
    assert_eq!(seen.data()["verdict"]["status"], "PARTLY_COMPLIANT");
    assert_eq!(public.ask(PICTURE).await.data(), at_release.data());
    assert_eq!(public.get(&file).await, *released);
    a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("level", "BY_NAME")
        .with("incompleteBecause", BECAUSE)
        .sent_by(&of_ministry)
        .await;
    let difference = reviewer
        .ask(
            "{ publication(key: \"compliance-2026-2-2\") { \
                difference(with: \"compliance-2026-2-1\") { part key column before after } } }",
        )
        .await;
    let changes = difference.data()["publication"]["difference"].clone();
    assert_eq!(
        changes.as_array().unwrap()[..2],
        [
            json!({
                "part": "TOTAL", "key": "NL", "column": "not_compliant", "before": "2",
                "after": "1",
            }),
            json!({
                "part": "TOTAL", "key": "NL", "column": "partly_compliant", "before": "0",
                "after": "1",
            }),
        ]
    );
}

/// Withdrawn: the files and the figures are gone, for the moment at which it was public too; the
/// fact and its reason are there, and that it was released then.
async fn is_withdrawn(app: &App, at_release: &Answer) {
    let public = app.public();
    let of_ministry = app.with(&ministry());
    let file = file();
    let number = public
        .ask("{ about { version } publications { totalCount } }")
        .await
        .ledger();
    of_ministry
        .change(
            "withdrawPublication",
            json!({ "publication": KEY, "reason": "Een telfout.", "idempotencyKey": "withdraw" }),
        )
        .await;
    let gone = public.get(&file).await;
    assert_eq!(gone.status, 410);
    assert_eq!(by_name(&public).await, [[""; 2]; 0]);
    assert!(!gone.body.contains("Hilversum"));
    let after = public
        .ask(
            "{ publication(key: \"compliance-2026-2-1\") { state withdrawalReason
        lines { key } verdicts { status } manifest { files { sha256 } } }
        compliancePicture(period: \"2026-2\") { counts { count } municipalities { status } }
        verdict(municipality: \"GM0402\", period: \"2026-2\") { status } }",
        )
        .await;
    let data = after.data();
    assert_eq!(
        data["publication"],
        json!({
            "state": "WITHDRAWN", "withdrawalReason": "Een telfout.", "lines": [], "verdicts": [],
            "manifest": { "files": [] },
        })
    );
    assert_eq!(data["compliancePicture"]["counts"], Value::Null);
    assert!(
        data["compliancePicture"]["municipalities"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["status"].is_null())
    );
    assert_eq!(data["verdict"], Value::Null);
    // Who may read it is asked of now, whatever moment is told of.
    let then = |query: &str| {
        let moment = format!("\"2026-2\", at: {{ ledger: {number} }})");
        query.replace("\"2026-2\")", &moment)
    };
    let gone = public.ask(PICTURE).await.data();
    assert_ne!(gone, at_release.data());
    assert_eq!(gone["compliancePicture"]["availability"], "NOT_PUBLISHED");
    assert_eq!(public.ask(&then(PICTURE)).await.data(), gone);
    let publication = format!(
        "{{ publication(key: \"{KEY}\", at: {{ ledger: {number} }}) {{ state lines {{ key }}
            verdicts {{ status }} manifest {{ files {{ sha256 }} }} }} }}"
    );
    for stranger in [&public, &app.with(&partner("comensha"))] {
        assert_eq!(
            stranger.ask(&publication).await.data()["publication"],
            json!({
                "state": "RELEASED", "lines": [], "verdicts": [], "manifest": { "files": [] },
            })
        );
    }
}

/// The picture by areas in which municipalities work together: one has two members.
const COOPERATION: &str = "{ compliancePicture(period: \"2026-2\", by: COOPERATION_AREA) {
        counts { label count }
        groups { code availability counts { count } submissions { received }
        criteria { met } } } }";

/// Both municipalities of an area are confirmed under proposed criteria.
async fn spawn_with_an_area_of_two() -> App {
    let app = spawn_with_period("PROPOSED").await;
    confirmed(&app, "GM0402", 1, &["SV-01"]).await;
    confirmed(&app, DE_BILT, 1, &["SV-01"]).await;
    // Elsewhere two are compliant in part, so that the country can be told.
    for code in ["GM1706", "GM1950"] {
        confirmed(&app, code, 1, &OWN).await;
    }
    app
}

/// The ministry prepares the picture of the cooperation areas.
async fn prepare_areas(app: &App) -> Value {
    app.clock.set(after_closing());
    app.with(&ministry())
        .call(
            "preparePublication",
            "publication { key manifest { label { nl } withheld { key reason } } }",
            json!({
                "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "by": "COOPERATION_AREA",
                "idempotencyKey": "areas",
            }),
        )
        .await
}

#[tokio::test]
async fn under_proposed_criteria_nobody_is_named_and_every_mistake_is() {
    let app = spawn_with_an_area_of_two().await;
    let of_ministry = app.with(&ministry());
    let by_name = json!({
        "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "level": "BY_NAME",
        "incompleteBecause": BECAUSE, "idempotencyKey": "names",
    });
    let entries = app.database.count("select count(*) from ledger").await;
    let refused = of_ministry
        .call("preparePublication", "publication { key }", by_name)
        .await;
    assert_eq!(
        refused,
        json!({
            "publication": null, "errors": [{ "code": "PROVISIONAL_CRITERIA", "field": ["level"] }],
        })
    );
    let every = of_ministry.call("preparePublication", "publication { key }", json!({
        "kind": "BUDGET", "about": "1999", "level": "AREA", "by": "PROVINCE",
        "referenceDate": "2027-01-01", "lastResponseDay": "2026-12-31", "idempotencyKey": "every",
    })).await;
    let codes: Vec<&str> = every["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        [
            "LEVEL_NOT_FOR_KIND",
            "GROUPING_NOT_FOR_LEVEL",
            "INVALID_RESPONSE_TERM",
            "UNKNOWN_SUBJECT",
            "INVALID_REFERENCE_DATE"
        ]
    );
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        entries
    );
}

/// In an area of two a member learns nothing of its neighbour: not from the picture, and not from
/// what is published.
#[tokio::test]
async fn under_proposed_criteria_small_groups_are_withheld() {
    let app = spawn_with_an_area_of_two().await;
    let hilversum = app.with(&municipality("GM0402"));
    let groups = |answer: &Answer| answer.data()["compliancePicture"]["groups"].clone();
    let nothing = json!([
        {
            "code": "SG01", "availability": "NOT_PUBLISHED", "counts": null, "submissions": null,
            "criteria": null,
        },
        {
            "code": "REST", "availability": "NOT_PUBLISHED", "counts": null, "submissions": null,
            "criteria": null,
        },
    ]);
    assert_eq!(groups(&hilversum.ask(COOPERATION).await), nothing);
    let seen = groups(&app.with(&vng()).ask(COOPERATION).await);
    assert_eq!(
        seen[0]["counts"],
        json!([{ "count": 0 }, { "count": 2 }, { "count": 0 }, { "count": 0 }])
    );
    let prepared = prepare_areas(&app).await;
    let manifest = &prepared["publication"]["manifest"];
    assert_eq!(manifest["label"]["nl"], "volgens voorlopige criteria");
    assert_eq!(
        manifest["withheld"].as_array().unwrap()[..2],
        [
            json!({ "key": "SG01", "reason": "FEWER_THAN_FIVE" }),
            json!({ "key": "REST", "reason": "REVEALING" })
        ]
    );
    a_release(KEY).sent_by(&app.with(&ministry())).await;
    let shown = hilversum.ask(COOPERATION).await;
    assert_eq!(groups(&shown), nothing);
    assert_eq!(
        shown.data()["compliancePicture"]["counts"][1],
        json!({ "label": "Voldoet niet, volgens voorlopige criteria", "count": 2 })
    );
    let csv = app
        .public()
        .get(&format!("/v1/publications/{KEY}.csv"))
        .await;
    assert!(
        csv.body
            .contains("GROUP,SG01,Twee gemeenten,FEWER_THAN_FIVE,volgens voorlopige criteria,,"),
        "{}",
        csv.body
    );
    assert!(!csv.body.contains("GM0402"));
}

#[tokio::test]
async fn a_picture_costs_the_same_whatever_it_is_counted_by_and_however_much_is_published() {
    let app = spawn_with_an_area_of_two().await;
    let of_ministry = app.with(&ministry());
    prepare_areas(&app).await;
    a_release(KEY).sent_by(&of_ministry).await;
    let hilversum = app.with(&municipality("GM0402"));
    let picture = hilversum.ask(COOPERATION).await.data();
    assert_eq!(picture["compliancePicture"]["groups"][0]["code"], "SG01");
    let statements = |answer: Answer| answer.statements();
    let readers = [
        (app.public(), false),
        (hilversum, true),
        (app.with(&vng()), false),
        (of_ministry, false),
    ];
    for (client, has_region) in readers {
        let by = |by: &str| {
            COOPERATION
                .replace("COOPERATION_AREA", by)
                .replace("criteria { met }", "criteria { met } publication { key }")
        };
        let few = statements(client.ask_again(&by("COOPERATION_AREA")).await);
        for kind in ["SIZE_CLASS", "PROVINCE"] {
            let same = client.ask_again(&by(kind)).await;
            assert_eq!(statements(same), few, "{kind}");
        }
        assert!(few <= 13, "{few}");
        // A municipality is also told how many of its own region handed in.
        let more = i64::from(has_region);
        assert_eq!(
            statements(client.ask_again(&by("SAFETY_REGION")).await),
            few + more
        );
    }
}

#[tokio::test]
async fn an_overview_and_a_budget_are_frozen_as_they_are_shown() {
    let app = spawn_app();
    let of_ministry = app.with(&ministry());
    for (kind, about) in [("MONITORING_OVERVIEW", "2025-1"), ("BUDGET", "2024")] {
        a_publication(kind, about).sent_by(&of_ministry).await;
    }
    for key in ["monitoring-2025-1-1", "budget-2024-1"] {
        a_release(key).sent_by(&of_ministry).await;
    }
    let public = app.public();
    let overview = public
        .get("/v1/publications/monitoring-2025-1-1.json")
        .await;
    let overview: Value = serde_json::from_str(&overview.body).unwrap();
    let dashboard = public
        .ask("{ dashboard { total { actions statuses { status count } } } }")
        .await
        .data();
    let total = &overview["lines"][0]["cells"];
    assert_eq!(
        total[0],
        json!({ "column": "actions", "value": dashboard["dashboard"]["total"]["actions"] })
    );
    for (cell, status) in total.as_array().unwrap()[1..].iter().zip(
        dashboard["dashboard"]["total"]["statuses"]
            .as_array()
            .unwrap(),
    ) {
        assert_eq!(cell["value"], status["count"]);
    }
    assert_eq!(overview["manifest"]["reference_date"], "2025-06-30");
    let number = overview["manifest"]["ledger_number"].as_i64().unwrap();
    let hash = format!(
        "select count(*) from ledger where number = {number} and encode(hash, 'hex') = '{}'",
        overview["manifest"]["ledger_hash"].as_str().unwrap()
    );
    assert_eq!(app.database.count(&hash).await, 1);
    let budget = public.get("/v1/publications/budget-2024-1.csv").await;
    let cells = app
        .database
        .count("select count(*) from fact.budget_cell where plan = '2024'")
        .await;
    assert_eq!(budget.body.matches("\r\n").count() as i64, cells + 1);
    assert!(budget.body.starts_with(
        "publication,reference_date,part,key,name,withheld,label_nl,\
            year,sheet,row,kind,state,printed,euros,database\r\n"
    ));
    assert_eq!(noon().date_naive().to_string(), "2026-11-22");
}

#[tokio::test]
async fn a_response_that_the_law_wants_gone_is_gone_from_what_was_published() {
    const RESPONSE: &str = "Mevrouw Zwart van de griffie werkt eraan.";
    const REMOVED: &str = "[op grond van de wet verwijderd / removed by law]";
    let app = spawn_with_period("ENDORSED").await;
    confirmed(&app, "GM0402", 1, &["SV-01", "SV-02"]).await;
    let (public, of_ministry) = (app.public(), app.with(&ministry()));
    a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("level", "BY_NAME")
        .with("incompleteBecause", BECAUSE)
        .sent_by(&of_ministry)
        .await;
    let response = json!({
        "publication": KEY, "municipality": "GM0402", "text": RESPONSE, "idempotencyKey": "one",
    });
    app.with(&municipality("GM0402"))
        .change("respondToVerdict", response)
        .await;
    app.clock.set(instant("2026-12-07T08:00:00Z"));
    a_release(KEY).sent_by(&of_ministry).await;
    let files = [
        format!("/v1/publications/{KEY}.json"),
        format!("/v1/publications/{KEY}.csv"),
    ];
    let sums = "{ publication(key: \"compliance-2026-2-1\") { state \
        manifest { ledger files { sha256 } } } }";
    let first = public.ask(sums).await;
    let mut before = Vec::new();
    for file in &files {
        let served = public.get(file).await;
        assert_eq!(served.body.matches(RESPONSE).count(), 1, "{file}");
        before.push(served.body);
    }

    let auditor = app.database.connect(roles::AUDITOR).await;
    let sought = redaction::copies(&auditor, RESPONSE).await.unwrap();
    let of_thing = Sought::Of {
        kind: sought[0].subject_kind.clone(),
        key: sought[0].subject_key.clone(),
        field: None,
    };
    assert!(
        redaction::find_texts(&auditor, &of_thing)
            .await
            .unwrap()
            .contains(&sought[0])
    );
    let owner = app.database.url(roles::OWNER);
    let clock = Clock::settable(instant("2026-12-08T08:00:00Z"));
    let owner = Database::connect(&owner, 1, clock).await.unwrap();
    let entries = redaction::redact(&owner, &sought, "Verzoek om wissing")
        .await
        .unwrap();
    assert_eq!(entries.len(), 2, "of the response, and of the publication");

    for (file, before) in files.iter().zip(&before) {
        let served = public.get(file).await;
        assert_eq!(served.status, 200);
        assert_eq!(served.body, before.replace(RESPONSE, REMOVED), "{file}");
    }
    let then = public.ask(sums).await;
    assert_eq!(
        then.data()["publication"]["state"],
        first.data()["publication"]["state"]
    );
    for (now, before) in [0, 1].map(|index| {
        let of = |answer: &Answer| {
            answer.data()["publication"]["manifest"]["files"][index]["sha256"].clone()
        };
        (of(&then), of(&first))
    }) {
        assert_ne!(now, before);
    }
    // What it was is told at no moment.
    let at_release = sums.replace(
        "\"compliance-2026-2-1\"",
        &format!(
            "\"compliance-2026-2-1\", at: {{ ledger: {} }}",
            first.ledger()
        ),
    );
    let at_release = public.ask(&at_release).await;
    assert_eq!(
        at_release.data()["publication"]["manifest"]["files"],
        json!([])
    );
    for answer in traces(&public)
        .await
        .iter()
        .chain(&traces(&of_ministry).await)
    {
        assert!(!answer.body.contains("griffie"), "{}", answer.body);
    }
    let report = ledger::verify(&auditor, None).await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    assert_eq!(report.redacted.len(), 6, "the response and five files");
    auditor.close().await.unwrap();
}
