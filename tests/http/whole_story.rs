//! The question that the plan promised parliament an answer to, from the framework to the figure in
//! the newspaper, as one story: VNG endorses an edition and opens a period, a municipality and its
//! region fill in, VNG asks and confirms, the ministry publishes by name under an embargo, and an
//! answer of the region ends. What was known at each step is told byte for byte for ever after.

use acceptance::{
    Answer, App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_period, a_publication,
    a_release, a_reporting_region, a_submission, edited, met, ministry, municipality, region,
    spawn_app, vng,
};
use chrono::{DateTime, TimeDelta, Utc};
use database::roles;
use reqwest::header;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const KEY: &str = "compliance-2026-2-1";
const OH_01: &str = "VOORSTEL-1/OH-01";
const RESPONSE: &str = "Wij delen dit oordeel.";

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn with(mut base: Value, more: Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        base[name] = value.clone();
    }
    base
}

/// Hilversum in the period, under a key that is used once.
fn hilversum(key: &str, more: Value) -> Value {
    let base = json!({ "municipality": "GM0402", "period": PERIOD, "idempotencyKey": key });
    with(base, more)
}

/// The picture of a day: the counts by region with what was handed in and answered, every
/// municipality, and what stands behind one verdict. `more` says as of when it is known.
fn picture(day: &str, more: &str) -> String {
    let at = format!("at: {{ day: \"{day}\"{more} }}");
    let of_basis = |alias: &str, basis: &str| {
        format!(
            "{alias}: compliancePicture(period: \"{PERIOD}\", basis: {basis}, by: SAFETY_REGION,
                {at}) {{
                referenceDate members availability counts {{ status count label }}
                publicationOfCountry: country {{ publication {{ key }} }}
                groups {{ code members availability counts {{ count }}
                submissions {{ received onTime late missing exempt }}
                    criteria {{ criterion {{ code }} met partlyMet notMet unknown }} }}
                standings(first: 100, filter: {{ status:
                [NOT_COMPLIANT, PARTLY_COMPLIANT, COMPLIANT] }}) {{ nodes {{
                    municipality {{ code }} availability status since submission response
                    label }} }} }}"
        )
    };
    let verdict = |alias: &str, basis: &str| {
        format!(
            "{alias}: verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: {basis},
                {at}) {{ status label since response
                grounds {{ versionNumber counts {{ met unknown }}
                criteria {{ criterion {{ code }} answer answeredBy area {{ code }} }} }} publication {{ key }} }}"
        )
    };
    format!(
        "{{ {} {} {} {} }}",
        of_basis("submitted", "SUBMITTED"),
        of_basis("confirmed", "CONFIRMED"),
        verdict("own", "SUBMITTED"),
        verdict("checked", "CONFIRMED"),
    )
}

/// What was told, byte for byte, without at which ledger number and by how many statements.
fn observed(answer: &Answer) -> String {
    assert_eq!(answer.json().get("errors"), None, "{}", answer.body);
    let end = answer.body.find(",\"extensions\"").unwrap();
    answer.body[..end].to_owned()
}

/// A picture that was seen, and how to ask for it again.
struct Seen {
    step: &'static str,
    day: String,
    known_at: DateTime<Utc>,
    by_vng: String,
    by_everybody: String,
}

/// Those who look on, and what they have seen.
struct Album<'a> {
    app: &'a App,
    reviewer: Client,
    public: Client,
    seen: Vec<Seen>,
}

impl Album<'_> {
    /// Keeps the picture after a step, and lets a minute pass.
    async fn keep(&mut self, step: &'static str) {
        let now = self.app.clock.now();
        let day = now.date_naive().to_string();
        let query = picture(&day, "");
        self.seen.push(Seen {
            step,
            day,
            known_at: now + TimeDelta::seconds(30),
            by_vng: observed(&self.reviewer.ask(&query).await),
            by_everybody: observed(&self.public.ask(&query).await),
        });
        self.app.clock.set(now + TimeDelta::minutes(1));
    }
}

/// The status on what was submitted and on what was confirmed.
async fn stands(client: &Client) -> [Value; 2] {
    let ask = async |basis: &str| {
        let query = format!(
            "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\", basis: {basis}) {{ \
                status }} }}"
        );
        client.ask(&query).await.data()["verdict"]["status"].clone()
    };
    [ask("SUBMITTED").await, ask("CONFIRMED").await]
}

/// Everything by which the public could notice the verdict on Hilversum.
async fn public_sees(app: &App) -> Vec<String> {
    let public = app.public();
    let queries = [
        format!(
            "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\") {{ status response }} }}"
        ),
        format!(
            "{{ compliancePicture(period: \"{PERIOD}\", by: PROVINCE) {{ availability
                counts {{ count }} groups {{ counts {{ count }} }}
                municipalities {{ availability status response }}
                trend {{ counts {{ count }} }} }} }}"
        ),
        "{ publications { totalCount nodes { key } } }".to_owned(),
        "{ ledger(subjectKind: \"Publication\") { totalCount } }".to_owned(),
        "{ search(text: \"compliance-2026-2-1\") { totalCount } }".to_owned(),
    ];
    let mut seen = Vec::new();
    for query in queries {
        seen.push(observed(&public.ask(&query).await));
    }
    for path in [
        format!("/v1/publications/{KEY}.json"),
        format!("/v1/publications/{KEY}.csv"),
    ] {
        let answer = public.get(&path).await;
        seen.push(format!("{} {}", answer.status, answer.body));
    }
    seen
}

/// Asks a question by GET as a cache does, with the version that it holds.
pub(crate) async fn by_get(
    app: &App,
    query: &str,
    token: Option<&str>,
    known: &str,
) -> (u16, String) {
    let mut request = acceptance::http()
        .get(format!("{}/v1/graphql", app.address()))
        .query(&[("query", query)])
        .header(header::IF_NONE_MATCH, known);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.unwrap();
    let etag = response.headers()[header::ETAG]
        .to_str()
        .unwrap()
        .to_owned();
    (response.status().as_u16(), etag)
}

#[tokio::test]
async fn from_the_framework_to_the_newspaper() {
    let app = spawn_app();
    // The college of Hilversum adopted the policy of its region; the data set does not name whose
    // college it was.
    let nobody = "gooi-en-vechtstreek-2023,,MUNICIPAL_EXECUTIVE";
    let named = "gooi-en-vechtstreek-2023,GM0402,MUNICIPAL_EXECUTIVE";
    app.database
        .import(&edited(&[("policy_adoptions.csv", nobody, named)]))
        .await;
    let reviewer = app.with(&vng());
    let mut album = Album {
        app: &app,
        reviewer: reviewer.clone(),
        public: app.public(),
        seen: Vec::new(),
    };

    // VNG endorses the edition, opens a period, and lets the region report.
    let edition =
        json!({ "edition": "VOORSTEL-1", "normEndorsed": false, "idempotencyKey": "endorse" });
    reviewer.change("endorseEdition", edition).await;
    a_period()
        .with("deadlineOn", "2026-12-31")
        .with("lastDay", "2027-01-31")
        .sent_by(&reviewer)
        .await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    album.keep("nothing is handed in").await;

    submit_twice(&mut album).await;
    answer_for_the_members(&mut album).await;
    review(&mut album).await;
    let before_release = publish_under_embargo(&mut album).await;
    // At the instant everybody sees it, by the clock alone: picture, verdict, feed, files, and a
    // cache learns of it.
    app.clock.set(instant(RELEASED_AT));
    everybody_sees(&app, &before_release).await;
    let at_release = Published::of(&app).await;
    album.keep("published").await;

    end_the_answer(&mut album).await;
    // What was published stays as it was published, to the byte.
    assert_eq!(Published::of(&app).await, at_release);

    show_each_picture(&album).await;
}

/// The instant at which the embargo ends.
const RELEASED_AT: &str = "2026-12-07T08:00:00Z";
/// The feed in which verdicts stand once they are published.
const FEED: &str = "/v1/feeds/published_verdict.csv";

/// What everybody asks of the picture.
fn public_picture() -> String {
    format!("{{ compliancePicture(period: \"{PERIOD}\") {{ counts {{ status count }} }} }}")
}

/// What was published of Hilversum, to the byte.
#[derive(Debug, PartialEq)]
struct Published {
    verdict: Value,
    file: Answer,
    checksums: Value,
}

impl Published {
    async fn of(app: &App) -> Self {
        let named = format!(
            "{{ verdict(municipality: \"GM0402\", period: \"{PERIOD}\") {{ status response \
            publication {{ key }} }} }}"
        );
        let manifest = format!(
            "{{ publication(key: \"{KEY}\") {{ manifest {{ files {{ format sha256 }} }} }} }}"
        );
        Self {
            verdict: app.public().ask(&named).await.data(),
            file: app
                .public()
                .get(&format!("/v1/publications/{KEY}.json"))
                .await,
            checksums: app.public().ask(&manifest).await.data(),
        }
    }
}

/// The ministry prepares the verdicts by name; Hilversum responds within the term; under an embargo
/// nobody sees a thing, and a cache keeps what it has: the tag of that.
async fn publish_under_embargo(album: &mut Album<'_>) -> String {
    let app = album.app;
    let (own, of_ministry) = (app.with(&municipality("GM0402")), app.with(&ministry()));
    let hidden = public_sees(app).await;
    a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("level", "BY_NAME")
        .with("incompleteBecause", "De Kamer vroeg om een tussenstand.")
        .sent_by(&of_ministry)
        .await;
    let response = json!({
        "publication": KEY, "municipality": "GM0402", "text": RESPONSE, "idempotencyKey": "respond",
    });
    own.change("respondToVerdict", response).await;
    assert_eq!(public_sees(app).await, hidden);
    app.clock.set(instant("2026-12-05T09:00:00Z"));
    let until = instant(RELEASED_AT);
    a_release(KEY)
        .with("embargoUntil", json!(until))
        .sent_by(&of_ministry)
        .await;
    album.keep("under embargo").await;
    app.clock.set(until - TimeDelta::seconds(1));
    let public_picture = public_picture();
    let (_, before_release) = by_get(app, &public_picture, None, "").await;
    app.clock.set(until - TimeDelta::microseconds(1));
    let feed_before = app.public().get(FEED).await;
    assert!(!feed_before.body.contains("GM0402"), "{}", feed_before.body);
    assert_eq!(public_sees(app).await, hidden);
    let known = by_get(app, &public_picture, None, &before_release).await;
    assert_eq!(known, (304, before_release.clone()));
    before_release
}

/// The picture, the verdict, the feed and the files tell it, and a cache of before learns of it.
async fn everybody_sees(app: &App, before_release: &str) {
    let public_picture = public_picture();
    let (status, _) = by_get(app, &public_picture, None, before_release).await;
    assert_eq!(status, 200);
    let published = Published::of(app).await;
    assert_eq!(
        published.verdict,
        json!({
            "verdict": {
                "status": "PARTLY_COMPLIANT", "response": RESPONSE, "publication": { "key": KEY },
            },
        })
    );
    assert_eq!(
        app.public().ask(&public_picture).await.data()["compliancePicture"]["counts"],
        json!([
            { "status": "NOT_ASSESSED", "count": 341 }, { "status": "NOT_COMPLIANT", "count": 0 },
            { "status": "PARTLY_COMPLIANT", "count": 1 }, { "status": "COMPLIANT", "count": 0 },
        ])
    );
    let of_feed = app.public().get(FEED).await.body;
    let line = of_feed
        .lines()
        .find(|line| line.contains("GM0402"))
        .unwrap();
    assert!(
        line.contains("PARTLY_COMPLIANT") && line.contains(RESPONSE),
        "{line}"
    );
    let sum: String = Sha256::digest(&published.file.body)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(
        published.checksums["publication"]["manifest"]["files"][0],
        json!({ "format": "JSON", "sha256": sum })
    );
}

/// Hilversum fills in three parts and its region one; it submits early, and better.
async fn submit_twice(album: &mut Album<'_>) {
    let app = album.app;
    let (own, gooi) = (app.with(&municipality("GM0402")), app.with(&region("VR14")));
    a_draft("GM0402", met(&["BB-03", "BB-04"]))
        .sent_by(&own)
        .await;
    a_draft("GM0402", met(&["BB-05"])).sent_by(&own).await;
    a_draft("GM0402", met(&["SV-01"])).sent_by(&gooi).await;
    a_draft("GM0402", met(&["BB-07"])).sent_by(&own).await;
    let draft = "{ assessment(municipality: \"GM0402\", period: \"2026-2\") { \
        draft { answers { criterion { code } changedByRole } } } }";
    assert_eq!(
        own.ask(draft).await.data()["assessment"]["draft"]["answers"],
        json!([
            { "criterion": { "code": "BB-03" }, "changedByRole": "MUNICIPALITY" },
            { "criterion": { "code": "BB-04" }, "changedByRole": "MUNICIPALITY" },
            { "criterion": { "code": "BB-05" }, "changedByRole": "MUNICIPALITY" },
            { "criterion": { "code": "BB-07" }, "changedByRole": "MUNICIPALITY" },
            { "criterion": { "code": "SV-01" }, "changedByRole": "REGION" },
        ])
    );
    a_submission("GM0402").sent_by(&own).await;
    album.keep("submitted early").await;
    a_draft("GM0402", met(&["SV-02"])).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    assert_eq!(stands(&own).await, ["NOT_COMPLIANT", "NOT_ASSESSED"]);
    album.keep("submitted better").await;
}

/// The region answers care coordination for all its members: eight of eighteen were met, now nine.
async fn answer_for_the_members(album: &mut Album<'_>) {
    let app = album.app;
    let (own, gooi) = (app.with(&municipality("GM0402")), app.with(&region("VR14")));
    let reviewer = app.with(&vng());
    let regional = json!({
        "area": "VR14", "criterion": OH_01, "answer": "MET", "from": "2026-01-01",
        "explanation": "De regio heeft een zorgcoördinator.", "idempotencyKey": "regional",
    });
    gooi.change("submitRegionalAnswer", regional).await;
    let confirmation =
        json!({ "area": "VR14", "criterion": OH_01, "version": 1, "idempotencyKey": "regional" });
    reviewer.change("confirmRegionalAnswer", confirmation).await;
    assert_eq!(stands(&own).await, ["PARTLY_COMPLIANT", "NOT_ASSESSED"]);
    album.keep("the region answers").await;
}

/// VNG claims, asks and returns; Hilversum replies and submits again; VNG confirms.
async fn review(album: &mut Album<'_>) {
    let app = album.app;
    let own = app.with(&municipality("GM0402"));
    let reviewer = app.with(&vng());
    a_claim("GM0402").sent_by(&reviewer).await;
    let question = json!({
        "version": 2, "questions": [{ "criterion": "SV-01", "question": "Sinds wanneer?" }],
    });
    reviewer
        .change("askQuestions", hilversum("ask", question))
        .await;
    let reply = json!({ "question": 1, "reply": "Sinds juni." });
    own.change("answerQuestion", hilversum("reply", reply))
        .await;
    let reason = json!({ "version": 2, "reason": "Zet de datum in de toelichting." });
    reviewer
        .change("returnAssessment", hilversum("return", reason))
        .await;
    album.keep("returned").await;
    let explained = json!([
        { "criterion": "SV-01", "answer": "MET", "explanation": "Sinds juni.", "revision": 1 },
    ]);
    a_draft("GM0402", explained).sent_by(&own).await;
    a_submission("GM0402").sent_by(&own).await;
    a_claim("GM0402").sent_by(&reviewer).await;
    a_confirmation("GM0402", 3).sent_by(&reviewer).await;
    assert_eq!(stands(&own).await, ["PARTLY_COMPLIANT", "PARTLY_COMPLIANT"]);
    album.keep("confirmed").await;
}

/// The answer of the region ends: on its day, and by no write, the verdict, the picture, the feed
/// and the version of the answer change.
async fn end_the_answer(album: &mut Album<'_>) {
    let app = album.app;
    let (own, gooi) = (app.with(&municipality("GM0402")), app.with(&region("VR14")));
    let reviewer = app.with(&vng());
    let end = json!({ "area": "VR14", "criterion": OH_01, "until": "2026-12-10", "idempotencyKey": "end" });
    gooi.change("endRegionalAnswer", end).await;
    app.clock.set(instant("2026-12-09T22:58:00Z"));
    album.keep("the last minute of the regional answer").await;
    let head = "select number from ledger_head";
    let number = app.database.count(head).await;
    let of_today =
        format!("{{ compliancePicture(period: \"{PERIOD}\") {{ counts {{ status count }} }} }}");
    let counts = async |client: &Client| {
        let data = client.ask(&of_today).await.data();
        let counts = data["compliancePicture"]["counts"]
            .as_array()
            .unwrap()
            .clone();
        counts
            .iter()
            .map(|one| one["count"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    let current = "/v1/feeds/fact_verdict_current.csv";
    let (_, etag) = by_get(app, &of_today, Some(&vng()), "").await;
    assert_eq!(stands(&own).await, ["PARTLY_COMPLIANT", "PARTLY_COMPLIANT"]);
    assert_eq!(counts(&reviewer).await, [341, 0, 1, 0]);
    assert!(
        own.get(current)
            .await
            .body
            .contains("CONFIRMED,Hilversum,PARTLY_COMPLIANT")
    );
    app.clock.set(instant("2026-12-09T23:00:00Z"));
    assert_eq!(stands(&own).await, ["NOT_COMPLIANT", "NOT_COMPLIANT"]);
    assert_eq!(counts(&reviewer).await, [341, 1, 0, 0]);
    assert!(
        own.get(current)
            .await
            .body
            .contains("CONFIRMED,Hilversum,NOT_COMPLIANT")
    );
    let (status, changed) = by_get(app, &of_today, Some(&vng()), &etag).await;
    assert_eq!((status, changed != etag), (200, true));
    assert_eq!(app.database.count(head).await, number);
    album.app.clock.set(instant("2026-12-10T12:00:00Z"));
    album.keep("the regional answer has ended").await;
}

/// Each earlier picture is told as it was told then, to VNG and to everybody.
async fn show_each_picture(album: &Album<'_>) {
    let app = album.app;
    let reviewer = app.with(&vng());
    assert_eq!(album.seen.len(), 10);
    for seen in &album.seen {
        let known_at = seen.known_at.to_rfc3339().replace("+00:00", "Z");
        let query = picture(&seen.day, &format!(", instant: \"{known_at}\""));
        assert_eq!(
            observed(&reviewer.ask(&query).await),
            seen.by_vng,
            "{}",
            seen.step
        );
        let everybody = app.public().ask(&query).await;
        assert_eq!(observed(&everybody), seen.by_everybody, "{}", seen.step);
    }
    // They are ten different pictures; only to return a version changes nothing that is counted.
    let pairs = album.seen.iter().zip(album.seen.iter().skip(1));
    let same = pairs.filter(|(before, after)| before.by_vng == after.by_vng);
    let same: Vec<&str> = same.map(|(_, after)| after.step).collect();
    assert_eq!(same, ["returned"]);
    // And the ledger adds up, with texts that later entries refer to.
    let auditor = app.database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    assert_eq!(report.findings, [""; 0]);
    auditor.close().await.unwrap();
}
