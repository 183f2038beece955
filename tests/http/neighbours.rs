//! In an area of two whoever knows its own verdict must not be able to compute that of its
//! neighbour. Two worlds differ in nothing but that verdict: De Bilt has it in the one, and
//! Utrecht, elsewhere in the same region, in the other. Whatever Hilversum asks, it is told the
//! same in both, byte for byte: so nothing that it is told depends on its neighbour's verdict. In
//! its own region it is told how many handed in, and not who: there the two worlds differ in
//! whether it was Huizen or Laren.

use acceptance::{
    App, Client, PERIOD, a_publication, a_release, after_closing, ministry, municipality, region,
};
use serde_json::json;

use crate::{
    publications::{confirmed, spawn_with_period},
    verdicts::submit,
};

const GROUPINGS: [&str; 7] = [
    "COUNTRY",
    "PROVINCE",
    "SAFETY_REGION",
    "POLICE_UNIT",
    "RIEC",
    "COOPERATION_AREA",
    "SIZE_CLASS",
];

/// Hilversum and the neighbour (or Utrecht in its place) have a confirmed verdict.
async fn world(other: &str) -> App {
    let app = spawn_with_period("PROPOSED").await;
    confirmed(&app, "GM0402", 1, &["SV-01"]).await;
    confirmed(&app, other, 1, &["SV-01"]).await;
    app
}

/// The period closes, and it is published by the area of the two.
async fn publish(app: &App) {
    app.clock.set(after_closing());
    let of_ministry = app.with(&ministry());
    a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("by", "COOPERATION_AREA")
        .sent_by(&of_ministry)
        .await;
    a_release("compliance-2026-2-1").sent_by(&of_ministry).await;
}

/// Everything that tells of verdicts, answers, states or work: lists, counts, pictures, histories,
/// tasks, previews, publications, errors.
fn questions(two: [&str; 2]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for by in GROUPINGS {
        for basis in ["SUBMITTED", "CONFIRMED"] {
            for rule in ["EVERY_MUNICIPALITY", "MUNICIPALITY_OR_REGION"] {
                all.push(format!(
                    "{{ compliancePicture(period: \"{PERIOD}\", basis: {basis}, by: {by},
                        countingRule: {rule}) {{ availability members
                        counts {{ status count label }}
                        country {{ counts {{ count }} submissions {{ received missing }}
                        criteria {{ criterion {{ code }} met }} }}
                        groups {{ code members availability counts {{ count }}
                        submissions {{ received onTime late missing exempt }}
                            criteria {{ criterion {{ code }} met notMet unknown }} publication {{ key }} }}
                        trend {{ period {{ key }} counts {{ count }} }} }} }}"
                ));
            }
        }
    }
    for status in ["NOT_ASSESSED", "NOT_COMPLIANT"] {
        all.push(format!(
            "{{ compliancePicture(period: \"{PERIOD}\") {{
                municipalities {{ municipality {{ code }} availability status submission response }}
                standings(first: 100, filter: {{ status: [{status}] }}) {{ totalCount
                nodes {{ municipality {{ code }} }} }}
                in: standings(filter: {{ area: \"SG01\" }}) {{ totalCount
                nodes {{ municipality {{ code }} status submission }} }}
                received: standings(filter: {{ submission: [ON_TIME, LATE] }}) {{
                totalCount }} }} }}"
        ));
    }
    for code in two {
        for basis in ["SUBMITTED", "CONFIRMED"] {
            all.push(format!(
                "{{ verdict(municipality: \"{code}\", period: \"{PERIOD}\", basis: {basis}) {{
                    status since grounds {{ versionNumber }} }}
                    verdictHistory(municipality: \"{code}\", basis: {basis}) {{ nodes {{ status }} }} }}"
            ));
        }
        all.push(format!(
            "{{ assessment(municipality: \"{code}\", period: \"{PERIOD}\") {{ state deadlineOn
                versions {{ number receipt }}
                draft {{ preview {{ status }} }} questions {{ question }}
                onBehalf {{ number }} }} }}"
        ));
        for mutation in [
            "withdrawAssessment(input: { municipality: \"CODE\", period: \"2026-2\", reason: \
                \"x\", idempotencyKey: \"w\" }) { errors { code message { en } } }",
            "saveDraft(input: { municipality: \"CODE\", period: \"2026-2\", answers: [{ criterion: \
                \"SV-01\", answer: MET }] }) { errors { code } }",
            "startDraft(input: { municipality: \"CODE\", period: \"2026-2\", \
                idempotencyKey: \"s\" }) { errors { code } }",
            "answerQuestion(input: { municipality: \"CODE\", period: \"2026-2\", question: 1, \
                reply: \"x\", idempotencyKey: \"a\" }) { errors { code } }",
            "claimReview(input: { municipality: \"CODE\", period: \"2026-2\", \
                idempotencyKey: \"c\" }) { errors { code } }",
            "confirmAssessment(input: { municipality: \"CODE\", period: \"2026-2\", version: 1, \
                idempotencyKey: \"c\" }) { errors { code } }",
            "respondToVerdict(input: { publication: \"compliance-2026-2-1\", municipality: \
                \"CODE\", text: \"x\", idempotencyKey: \"r\" }) { errors { code message { en } } }",
        ] {
            all.push(format!("mutation {{ {} }}", mutation.replace("CODE", code)));
        }
    }
    all.push(
        "{ publication(key: \"compliance-2026-2-1\") { state level
            lines { part key name withheld values { column text } }
            verdicts { municipality { code } status }
            manifest { withheld { key reason } label { nl } }
            difference(with: \"compliance-2026-2-1\") { key column before after } } }"
            .to_owned(),
    );
    all.extend(
        [
            "{ openTasks { totalCount nodes { kind subjectKey since due } } \
                reviewQueue { totalCount } acceptanceQueue { totalCount } }",
            "{ regionalAnswers(area: \"VR09\") { nodes { key } } \
                regionalDuties(area: \"VR09\") { meetings { heldOn } reports { half } } }",
            "{ previewRegionalAnswer(input: { area: \"VR09\", criterion: \"VOORSTEL-1/OH-01\", \
                answer: MET, from: \"2026-01-01\" }) { effects { before } } }",
            "{ publications { totalCount nodes { key } } search(text: \"De Bilt\") { totalCount } \
                bilt: search(text: \"oordeel\") { totalCount } }",
            "{ ledger(first: 100) { totalCount nodes { number operation subjectKey } } verdicts: \
                ledger(subjectKind: \"Verdict\") { totalCount } }",
            "{ municipality(code: \"GM0310\") { name policyState } \
                area(code: \"SG01\") { municipalities { code } } }",
        ]
        .map(str::to_owned),
    );
    all
}

const PATHS: [&str; 9] = [
    "/v1/feeds/fact_verdict_current.csv",
    "/v1/feeds/fact_verdict_history.csv",
    "/v1/feeds/fact_verdict_monthly.csv",
    "/v1/feeds/fact_submission_current.csv",
    "/v1/feeds/fact_answer_current.csv",
    "/v1/feeds/published_verdict.csv",
    "/v1/feeds/published_verdict_count.csv",
    "/v1/feeds/published_criterion_count.csv",
    "/v1/publications/compliance-2026-2-1.csv",
];

/// What is told, without at which number and by how many statements.
async fn observed(client: &Client, two: [&str; 2]) -> Vec<(String, String)> {
    let mut shown = Vec::new();
    for question in questions(two) {
        let answer = client.ask(&question).await;
        let mut json = answer.json();
        if let Some(extensions) = json["extensions"].as_object_mut() {
            extensions.remove("statements");
        }
        shown.push((question, format!("{} {json}", answer.status)));
    }
    let sheets = two.map(|code| format!("/v1/assessments/{code}/{PERIOD}/answer-sheet.csv"));
    for path in PATHS.map(str::to_owned).into_iter().chain(sheets) {
        let answer = client.get(&path).await;
        shown.push((path, format!("{} {}", answer.status, answer.body)));
    }
    shown
}

async fn assert_same_answers([one, other]: [&Client; 2], two: [&str; 2]) {
    let (in_one, in_other) = (observed(one, two).await, observed(other, two).await);
    for ((question, in_one), (_, in_other)) in in_one.iter().zip(&in_other) {
        assert_eq!(in_one, in_other, "{question}");
    }
}

#[tokio::test]
async fn a_municipality_sees_how_many_of_its_region_handed_in_and_not_who() {
    let two = ["GM0406", "GM0417"];
    let (one, other) = (world(two[0]).await, world(two[1]).await);
    // With one alone the number would tell of each neighbour what it did, and is not told.
    for app in [&one, &other] {
        submit(app, "GM0376", &["SV-01"]).await;
    }
    let readers = |app: &App| [app.with(&municipality("GM0402")), app.public()];
    for (in_one, in_other) in readers(&one).iter().zip(&readers(&other)) {
        assert_same_answers([in_one, in_other], two).await;
    }
    let query = format!(
        "{{ compliancePicture(period: \"{PERIOD}\", basis: SUBMITTED, by: SAFETY_REGION) {{
        groups {{ code submissions {{ received missing }} }} }} }}"
    );
    for app in [&one, &other] {
        let data = app.with(&municipality("GM0402")).ask(&query).await.data();
        let groups = data["compliancePicture"]["groups"].as_array().unwrap();
        let shown: Vec<_> = groups
            .iter()
            .filter(|group| !group["submissions"].is_null())
            .collect();
        let counts = json!({ "received": 3, "missing": 3 });
        assert_eq!(shown, [&json!({ "code": "VR14", "submissions": counts })]);
    }
}

#[tokio::test]
async fn no_answer_to_a_member_of_two_depends_on_the_verdict_of_the_other() {
    let (one, other) = (world("GM0310").await, world("GM0344").await);
    let who = |app: &App| {
        [
            app.with(&municipality("GM0402")),
            app.with(&region("VR14")),
            app.public(),
        ]
    };
    for (in_one, in_other) in who(&one).iter().zip(&who(&other)) {
        assert_same_answers([in_one, in_other], ["GM0310", "GM0344"]).await;
    }
    for app in [&one, &other] {
        publish(app).await;
    }
    for (in_one, in_other) in who(&one).iter().zip(&who(&other)) {
        assert_same_answers([in_one, in_other], ["GM0310", "GM0344"]).await;
    }
    // It is the question that is the same, and not the worlds: De Bilt itself is told otherwise.
    let own = format!("{{ verdict(municipality: \"GM0310\", period: \"{PERIOD}\") {{ status }} }}");
    let status = async |app: &App| {
        let data = app.with(&municipality("GM0310")).ask(&own).await.data();
        data["verdict"]["status"].clone()
    };
    assert_eq!(status(&one).await, "NOT_COMPLIANT");
    assert_eq!(status(&other).await, "NOT_ASSESSED");
    // And nothing of it was published: the country and the two areas are withheld for reasons that
    // are the same whatever their members are.
    let published = "{ publication(key: \"compliance-2026-2-1\") { \
        manifest { withheld { key reason } } } }";
    let published = one.public().ask(published).await.data();
    assert_eq!(
        published["publication"]["manifest"]["withheld"]
            .as_array()
            .unwrap()[..3],
        [
            json!({ "key": "NL", "reason": "REVEALING" }),
            json!({ "key": "SG01", "reason": "FEWER_THAN_FIVE" }),
            json!({ "key": "REST", "reason": "REVEALING" })
        ]
    );
}
