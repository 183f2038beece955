//! A new edition of the framework over HTTP: nothing of the old one goes by silence, and it stands in
//! the order of the old one.

use acceptance::{Client, spawn_app, vng};
use serde_json::{Value, json};

/// The criteria of the first edition, in its order.
const FIRST: [&str; 25] = [
    "BB-01", "BB-02", "BB-03", "BB-04", "BB-05", "BB-06", "BB-07", "SV-01", "SV-02", "SV-03",
    "SV-04", "SV-05", "BW-01", "BW-02", "SK-01", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06",
    "OH-01", "OH-02", "OH-03", "OH-04", "OH-05",
];

/// The criteria of the first edition but for these, the last one first.
fn others(than: &[&str]) -> Vec<&'static str> {
    let mut others = FIRST.to_vec();
    others.retain(|code| !than.contains(code));
    others.reverse();
    others
}

fn criterion(code: &str, theme: &str, replaces: &[&str]) -> Value {
    json!({
        "code": code, "replaces": replaces, "theme": theme, "level": "BASIC", "required": true,
        "answeredBy": "MUNICIPALITY", "scope": "LOCAL_ONLY", "reviewMonths": 24,
        "basis": "ADOPTED_BY_VNG", "titleNl": "Titel", "titleEn": "Title", "textNl": "Tekst",
        "textEn": "Text",
    })
}

/// A second edition that carries the first as it stands, but for what is said.
fn second(key: &str, more: Value) -> Value {
    let mut input = json!({
        "code": "VOORSTEL-2", "from": "VOORSTEL-1", "titleNl": "Tweede", "titleEn": "Second",
        "normMonths": 48, "inheritanceGraceMonths": 24, "carried": others(&[]), "criteria": [],
        "idempotencyKey": key,
    });
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    input
}

/// The codes of the criteria of an edition, in its order.
async fn codes(client: &Client, edition: &str) -> Vec<String> {
    let query = format!("{{ framework(edition: \"{edition}\") {{ criteria {{ code }} }} }}");
    let data = client.ask(&query).await.data();
    let criteria = data["framework"]["criteria"].as_array();
    let criteria = criteria.expect("criteria").iter();
    criteria
        .map(|one| one["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[tokio::test]
async fn what_is_named_nowhere_is_refused_and_not_dropped() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let one = second("one", json!({ "carried": ["BB-01"] }));
    let refused = reviewer.mistakes("proposeEdition", one.clone()).await;
    assert_eq!(refused, ["UNACCOUNTED_CRITERION carried"; 24]);
    let payload = reviewer
        .call("proposeEdition", "errors { message { nl en } }", one)
        .await;
    assert_eq!(
        payload["errors"][0]["message"],
        json!({
            "nl": "BB-02 staat nergens: neem het over, laat een ander criterium ervoor in de plaats \
                   komen of noem het bij wat vervalt.",
            "en": "BB-02 stands nowhere: carry it, let another criterion take its place, or name it \
                   among what is dropped.",
        })
    );
    let data = reviewer.ask("{ framework { code } }").await.data();
    assert_eq!(data["framework"], json!({ "code": "VOORSTEL-1" }));
    let kept = ["BB-01", "SV-01"];
    let on_purpose = second("one", json!({ "carried": kept, "dropped": others(&kept) }));
    reviewer.change("proposeEdition", on_purpose).await;
    assert_eq!(codes(&reviewer, "VOORSTEL-2").await, kept);
}

#[tokio::test]
async fn criteria_keep_the_order_of_the_edition_before() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let changed = json!({
        "carried": others(&["BB-03", "BB-05", "SV-02", "SK-06"]),
        "dropped": ["SK-06"],
        "criteria": [
            criterion("OH-06", "OH", &[]),
            criterion("SV-06", "SV", &["SV-02"]),
            criterion("BB-08", "BB", &["BB-05", "BB-03"]),
            criterion("BB-09", "BB", &[]),
        ],
        "source": { "document": "framework-proposal-1", "place": "27" },
    });
    let selection = "edition { source { document { key } lines } criteria { code basis } }";
    let proposed = reviewer
        .change_and_read("proposeEdition", selection, second("one", changed))
        .await;
    assert_eq!(
        codes(&reviewer, "VOORSTEL-2").await,
        [
            "BB-01", "BB-02", "BB-08", "BB-04", "BB-06", "BB-07", "BB-09", "SV-01", "SV-06",
            "SV-03", "SV-04", "SV-05", "BW-01", "BW-02", "SK-01", "SK-02", "SK-03", "SK-04",
            "SK-05", "OH-01", "OH-02", "OH-03", "OH-04", "OH-05", "OH-06"
        ]
    );
    let source = json!({ "document": { "key": "framework-proposal-1" }, "lines": "27" });
    assert_eq!(proposed["edition"]["source"], source);
    assert_eq!(
        proposed["edition"]["criteria"][2],
        json!({ "code": "BB-08", "basis": "ADOPTED_BY_VNG" })
    );
    // Its texts still stand there when it is endorsed.
    let endorsed = reviewer
        .change_and_read(
            "endorseEdition",
            "edition { state source { document { key } lines } }",
            json!({ "edition": "VOORSTEL-2", "normEndorsed": false, "idempotencyKey": "endorse" }),
        )
        .await;
    assert_eq!(
        endorsed["edition"],
        json!({ "state": "ENDORSED", "source": source })
    );
}
