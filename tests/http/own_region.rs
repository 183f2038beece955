//! "Submission state: own; own region counts": a municipality is told how many of its safety region
//! handed in now, where that tells the state of none of them, and of nobody else anything.

use acceptance::{
    App, Client, PERIOD, a_claim, a_confirmation, a_draft, a_release, a_submission, after_closing,
    met, municipality, partner, vng,
};
use serde_json::{Value, json};

use crate::{
    publications::{confirmed, spawn_with_period},
    rule_set::OWN,
};

const PICTURE: &str = "{ compliancePicture(period: \"2026-2\", by: SAFETY_REGION) {
    country { submissions { expected } } counts { count }
    groups { code availability counts { count } criteria { met }
    submissions { expected received onTime late missing exempt } submissionsWithheld }
    municipalities { municipality { code } submission status } } }";

/// The groups that tell what was handed in, or why they do not: the code, and expected, received, on
/// time, late, missing, exempt, or the reason.
fn observed(picture: &Value) -> Vec<Value> {
    let groups = picture["compliancePicture"]["groups"].as_array().unwrap();
    let shown = groups.iter().filter_map(|group| {
        let of = &group["submissions"];
        let names = [
            "expected", "received", "onTime", "late", "missing", "exempt",
        ];
        match (of.is_null(), group["submissionsWithheld"].as_str()) {
            (false, None) => Some(json!([group["code"], names.map(|name| of[name].clone())])),
            (true, Some(reason)) => Some(json!([group["code"], reason])),
            (true, None) => None,
            (false, Some(reason)) => panic!("told and withheld: {reason}"),
        }
    });
    shown.collect()
}

async fn asks(client: &Client, query: &str) -> Vec<Value> {
    observed(&client.ask(query).await.data())
}

async fn submits(app: &App, code: &str) {
    let own = app.with(&municipality(code));
    let answers = met(&["SV-01"]);
    a_draft(code, answers).sent_by(&own).await;
    a_submission(code).sent_by(&own).await;
}

/// What is told of VR14.
fn six(numbers: [i64; 6]) -> Vec<Value> {
    vec![json!(["VR14", numbers])]
}

/// That nothing is told of VR14, and why.
fn withheld(reason: &str) -> Vec<Value> {
    vec![json!(["VR14", reason])]
}

/// Huizen hands in and is confirmed, and in other regions Utrecht and Amsterdam; after the deadline
/// Laren follows. Before Laren did, the ledger was at this number.
async fn two_of_six_hand_in(app: &App) -> i64 {
    confirmed(app, "GM0406", 1, &["SV-01"]).await;
    for elsewhere in ["GM0344", "GM0363"] {
        confirmed(app, elsewhere, 1, &["SV-01"]).await;
    }
    let one = app.database.count("select number from ledger_head").await;
    app.clock.set("2026-12-05T12:00:00Z".parse().unwrap());
    submits(app, "GM0417").await;
    one
}

#[tokio::test]
async fn a_municipality_sees_how_many_of_its_own_region_handed_in() {
    let app = spawn_with_period("PROPOSED").await;
    let (hilversum, laren) = (
        app.with(&municipality("GM0402")),
        app.with(&municipality("GM0417")),
    );
    // Nobody handed in: the number would tell that of each.
    assert_eq!(asks(&hilversum, PICTURE).await, withheld("REVEALING"));
    let one = two_of_six_hand_in(&app).await;
    let after = six([6, 2, 1, 1, 4, 0]);
    assert_eq!(asks(&hilversum, PICTURE).await, after);
    // Laren knows that it is itself the one that was late: of the five others all but one are alike.
    assert_eq!(asks(&laren, PICTURE).await, withheld("REVEALING"));
    // At no earlier moment: beside the present one it would tell who handed in between.
    let number = format!("ledger: {one}");
    let moments = [
        number.as_str(),
        "instant: \"2026-11-23T00:00:00Z\"",
        "day: \"2026-11-22\"",
        "day: \"2022-03-23\"",
    ];
    for moment in moments {
        let known = PICTURE.replace("by:", &format!("at: {{ {moment} }}, by:"));
        let expected = withheld("OTHER_MOMENT");
        assert_eq!(asks(&hilversum, &known).await, expected, "{moment}");
    }
}

#[tokio::test]
async fn a_municipality_sees_nothing_of_anybody_and_of_no_other_division() {
    let app = spawn_with_period("PROPOSED").await;
    let hilversum = app.with(&municipality("GM0402"));
    two_of_six_hand_in(&app).await;
    let after = six([6, 2, 1, 1, 4, 0]);
    assert_eq!(asks(&hilversum, PICTURE).await, after);
    // It is told that, and neither verdicts, nor answers, nor other groups, nor who it was.
    let seen = hilversum.ask(PICTURE).await.data()["compliancePicture"].clone();
    assert_eq!(seen["counts"], json!(null));
    assert_eq!(seen["country"], json!({ "submissions": null }));
    let gooi = seen["groups"]
        .as_array()
        .unwrap()
        .iter()
        .find(|group| group["code"] == "VR14")
        .unwrap();
    assert_eq!(
        (&gooi["availability"], &gooi["counts"], &gooi["criteria"]),
        (&json!("NOT_PUBLISHED"), &Value::Null, &Value::Null)
    );
    let states = seen["municipalities"].as_array().unwrap().iter();
    let known: Vec<&Value> = states.filter(|row| !row["submission"].is_null()).collect();
    assert_eq!(
        known,
        [&json!({
            "municipality": { "code": "GM0402" }, "submission": "MISSING",
            "status": "NOT_ASSESSED",
        })]
    );
    // By no other division.
    for by in [
        "PROVINCE",
        "POLICE_UNIT",
        "RIEC",
        "COOPERATION_AREA",
        "SIZE_CLASS",
        "COUNTRY",
    ] {
        let query = PICTURE.replace("SAFETY_REGION", by);
        assert_eq!(asks(&hilversum, &query).await, [Value::Null; 0], "{by}");
    }
}

#[tokio::test]
async fn each_reader_sees_its_own_region_alone() {
    let app = spawn_with_period("PROPOSED").await;
    two_of_six_hand_in(&app).await;
    // Of the region of Amsterdam no other handed in; whoever has no region is told of none, and VNG
    // of all 25.
    let amsterdam = app.with(&municipality("GM0363"));
    assert_eq!(
        asks(&amsterdam, PICTURE).await,
        [json!(["VR13", "REVEALING"])]
    );
    for client in [app.public(), app.with(&partner("comensha"))] {
        assert_eq!(asks(&client, PICTURE).await, [Value::Null; 0]);
    }
    let of_vng = asks(&app.with(&vng()), PICTURE).await;
    assert_eq!(of_vng.len(), 25);
    assert!(of_vng.contains(&six([6, 2, 1, 1, 4, 0])[0]));
}

#[tokio::test]
async fn a_published_region_reads_as_published() {
    let app = spawn_with_period("PROPOSED").await;
    let (hilversum, laren) = (
        app.with(&municipality("GM0402")),
        app.with(&municipality("GM0417")),
    );
    two_of_six_hand_in(&app).await;
    assert_eq!(asks(&hilversum, PICTURE).await, six([6, 2, 1, 1, 4, 0]));

    // One statement more than any other picture, however many handed in.
    let costs = async |query: &str| hilversum.ask_again(query).await.statements();
    let other = costs(&PICTURE.replace("SAFETY_REGION", "PROVINCE")).await;
    assert_eq!(costs(PICTURE).await, other + 1);
    let before = costs(PICTURE).await;
    confirmed(&app, "GM0376", 1, &OWN).await;
    assert_eq!(costs(PICTURE).await, before);
    assert_eq!(asks(&hilversum, PICTURE).await, six([6, 3, 1, 2, 3, 0]));

    // Published by region, after the last day, the group is told as published: two of its members
    // are compliant in part and two are not, and so it is elsewhere.
    let reviewer = app.with(&vng());
    a_claim("GM0417").sent_by(&reviewer).await;
    a_confirmation("GM0417", 1).sent_by(&reviewer).await;
    for code in ["GM1696", "GM1706", "GM1950"] {
        confirmed(&app, code, 1, &OWN).await;
    }
    app.clock.set(after_closing());
    let requested = json!({
        "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "by": "SAFETY_REGION", "level": "AREA",
        "idempotencyKey": "p",
    });
    let of_ministry = app.with(&acceptance::ministry());
    let prepared = of_ministry
        .call("preparePublication", "publication { key }", requested)
        .await;
    a_release(prepared["publication"]["key"].as_str().unwrap())
        .sent_by(&of_ministry)
        .await;
    let published = asks(&app.public(), PICTURE).await;
    assert_eq!(published, six([6, 4, 1, 3, 2, 0]));
    assert_eq!(asks(&hilversum, PICTURE).await, published);

    // A region of four is not told of, as three others would be too few to hide among: what is told
    // is what was published.
    let members = json!({
        "area": "VR14", "from": "2026-12-01", "members": ["GM0402", "GM0406", "GM0417", "GM0376"],
        "source": { "document": "reference-regions", "place": "15" }, "idempotencyKey": "four",
    });
    reviewer.change("setAreaMembers", members).await;
    for client in [&hilversum, &laren] {
        assert_eq!(asks(client, PICTURE).await, published);
    }
}

/// Three others are too few to hide among.
#[tokio::test]
async fn of_a_region_of_four_nothing_is_shown() {
    let app = spawn_with_period("PROPOSED").await;
    two_of_six_hand_in(&app).await;
    let members = json!({
        "area": "VR14", "from": "2026-12-01", "members": ["GM0402", "GM0406", "GM0417", "GM0376"],
        "source": { "document": "reference-regions", "place": "15" }, "idempotencyKey": "four",
    });
    app.with(&vng()).change("setAreaMembers", members).await;
    for code in ["GM0402", "GM0417"] {
        let own = app.with(&municipality(code));
        assert_eq!(asks(&own, PICTURE).await, withheld("FEWER_THAN_FIVE"));
    }
}
