//! A new edition of the framework over HTTP: nothing of the old one goes by silence, and it stands in
//! the order of the old one.

use acceptance::{
    Client, a_draft, a_period, a_reporting_region, a_submission, met, municipality, region,
    spawn_app, vng,
};
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

#[tokio::test]
async fn a_dry_run_tells_what_becomes_of_each_criterion_and_keeps_nothing() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let entries = "select count(*) from ledger";
    let before = app.database.count(entries).await;
    let tried = |more: Value| {
        let kept = ["BB-01", "BB-02"];
        let mut input = second("one", json!({ "carried": kept, "dryRun": true }));
        input["criteria"] = json!([
            criterion("SV-06", "SV", &["SV-02"]),
            criterion("BB-08", "BB", &[]),
        ]);
        input["dropped"] = json!(others(&["BB-01", "BB-02", "SV-02"]));
        for (name, value) in more.as_object().expect("an object") {
            input[name] = value.clone();
        }
        input
    };
    let selection = "edition { code } changes { change criterion from }";
    let shown = reviewer
        .change_and_read("proposeEdition", selection, tried(json!({})))
        .await;
    assert_eq!(shown["edition"], Value::Null);
    let changes = shown["changes"].as_array().expect("changes");
    assert_eq!(changes.len(), 4 + 22);
    assert_eq!(
        changes[..5],
        [
            json!({ "change": "CARRIED", "criterion": "BB-01", "from": "BB-01" }),
            json!({ "change": "CARRIED", "criterion": "BB-02", "from": "BB-02" }),
            json!({ "change": "ADDED", "criterion": "BB-08", "from": null }),
            json!({ "change": "CHANGED", "criterion": "SV-06", "from": "SV-02" }),
            json!({ "change": "DROPPED", "criterion": null, "from": "BB-03" }),
        ]
    );
    assert_eq!(app.database.count(entries).await, before);
    assert_eq!(
        reviewer
            .mistakes("proposeEdition", tried(json!({ "dropped": [] })))
            .await
            .len(),
        22
    );
    // Its key is free, and a call that is kept tells no changes.
    let kept = reviewer
        .change_and_read(
            "proposeEdition",
            selection,
            tried(json!({ "dryRun": false })),
        )
        .await;
    assert_eq!(
        kept,
        json!({ "edition": { "code": "VOORSTEL-2" }, "changes": [] })
    );
}

#[tokio::test]
async fn a_proposal_is_proposed_once_more_as_a_whole() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let selection = "edition { ledger title { nl } themes { code } criteria { code } \
        lineage { change criterion { code } from { code } } }";
    let first = json!({
        "carried": others(&["SV-02", "OH-05"]), "dropped": ["OH-05"],
        "criteria": [criterion("SV-06", "SV", &["SV-02"])],
    });
    let proposed = reviewer
        .change_and_read("proposeEdition", selection, second("one", first))
        .await;
    let version = proposed["edition"]["ledger"].clone();
    let again = |key: &str, more: Value| {
        let kept = ["BB-01", "BB-02", "SK-01"];
        let mut input = second(
            key,
            json!({
                "titleNl": "Tweede, verbeterd", "carried": kept, "expectedVersion": version,
            }),
        );
        input["criteria"] = json!([
            criterion("SV-06", "SV", &["SV-03"]),
            criterion("SV-07", "SV", &["SV-02"]),
        ]);
        input["dropped"] = json!(others(&["BB-01", "BB-02", "SK-01", "SV-02", "SV-03"]));
        input["themes"] = json!([
            { "code": "SK", "titleNl": "Samenwerking", "titleEn": "Cooperation" },
            { "code": "BB", "titleNl": "Beleid", "titleEn": "Policy" },
            { "code": "SV", "titleNl": "Signaleren", "titleEn": "Detection" },
        ]);
        for (name, value) in more.as_object().expect("an object") {
            input[name] = value.clone();
        }
        input
    };
    let mistakes = [
        (json!({ "expectedVersion": null }), "ALREADY_EXISTS code"),
        (json!({ "expectedVersion": 1 }), "CONFLICT expectedVersion"),
        (json!({ "code": "VOORSTEL-3" }), "CONFLICT expectedVersion"),
    ];
    for (more, mistake) in mistakes {
        let refused = reviewer
            .mistakes("proposeEdition", again("two", more))
            .await;
        assert_eq!(refused, [mistake]);
    }
    let changed = reviewer
        .change_and_read("proposeEdition", selection, again("two", json!({})))
        .await;
    assert_eq!(changed["edition"]["title"]["nl"], "Tweede, verbeterd");
    let of = |field: &str| -> Vec<String> {
        let rows = changed["edition"][field].as_array().expect("a list").iter();
        rows.map(|row| row["code"].as_str().expect("a code").to_owned())
            .collect()
    };
    assert_eq!(of("themes"), ["SK", "BB", "SV"]);
    let now = ["BB-01", "BB-02", "SV-07", "SV-06", "SK-01"];
    assert_eq!(of("criteria"), now);
    let lineage = changed["edition"]["lineage"].as_array().expect("a list");
    assert_eq!(lineage.len(), 5 + 20);
    assert_eq!(
        lineage[2],
        json!({ "change": "CHANGED", "criterion": { "code": "SV-07" }, "from": { "code": "SV-02" } })
    );
    // What rests on it, and what is endorsed, is no longer changed.
    let version = changed["edition"]["ledger"].clone();
    let endorse = json!({ "edition": "VOORSTEL-2", "normEndorsed": false, "idempotencyKey": "e" });
    reviewer.change("endorseEdition", endorse).await;
    let late = again("three", json!({ "expectedVersion": version }));
    assert_eq!(
        reviewer.mistakes("proposeEdition", late).await,
        ["CONFLICT expectedVersion", "EDITION_NOT_PROPOSED code"]
    );
}

#[tokio::test]
async fn a_proposal_on_which_nothing_rests_is_withdrawn() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let withdrawal = |edition: &str| json!({ "edition": edition, "idempotencyKey": format!("withdraw {edition}") });
    let refused = async |edition: &str| {
        let input = withdrawal(edition);
        reviewer.mistakes("withdrawEdition", input).await
    };
    assert_eq!(refused("VOORSTEL-9").await, ["UNKNOWN_EDITION edition"]);
    assert_eq!(refused("VOORSTEL-1").await, ["EDITION_OF_DATA_SET edition"]);
    reviewer
        .change("proposeEdition", second("one", json!({})))
        .await;
    let third = json!({ "code": "VOORSTEL-3", "from": "VOORSTEL-2" });
    reviewer
        .change("proposeEdition", second("two", third))
        .await;
    // The third comes from the second.
    assert_eq!(refused("VOORSTEL-2").await, ["EDITION_IN_USE edition"]);
    let wrong_version = json!({
        "edition": "VOORSTEL-3", "expectedVersion": 1, "idempotencyKey": "wrong",
    });
    assert_eq!(
        reviewer.mistakes("withdrawEdition", wrong_version).await,
        ["CONFLICT expectedVersion"]
    );
    let withdrawn = reviewer
        .change_and_read("withdrawEdition", "withdrawn", withdrawal("VOORSTEL-3"))
        .await;
    assert_eq!(withdrawn, json!({ "withdrawn": "VOORSTEL-3" }));
    for table in [
        "framework_edition",
        "theme",
        "criterion",
        "criterion_lineage",
    ] {
        let column = if table == "framework_edition" {
            "code"
        } else {
            "edition"
        };
        let current = format!(
            "select count(*) from fact.{table} f where {column} = 'VOORSTEL-3' and not withdrawn
             and not exists (select from fact.{table} c where c.corrects = f.id)"
        );
        assert_eq!(app.database.count(&current).await, 0, "{table}");
    }
    // The same call once more is a repeat.
    assert_eq!(refused("VOORSTEL-3").await, [""; 0]);
    // A period rests on the second.
    a_period()
        .with("edition", "VOORSTEL-2")
        .sent_by(&reviewer)
        .await;
    assert_eq!(refused("VOORSTEL-2").await, ["EDITION_IN_USE edition"]);
    assert_eq!(codes(&reviewer, "VOORSTEL-2").await, FIRST);
}

/// What counts for Hilversum in a period of the second edition, on the basis SUBMITTED: the answer
/// and the area that gave it.
async fn ground(client: &Client, period: &str, code: &str) -> Value {
    let query = format!(
        "{{ verdict(municipality: \"GM0402\", period: \"{period}\", basis: SUBMITTED) {{
            grounds {{ criteria {{ criterion {{ key }} answer area {{ code }} }} }} }} }}"
    );
    let data = client.ask(&query).await.data();
    let grounds = data["verdict"]["grounds"]["criteria"].as_array().cloned();
    let key = format!("VOORSTEL-2/{code}");
    let of_code = |ground: &&Value| ground["criterion"]["key"] == key.as_str();
    let ground = grounds.iter().flatten().find(of_code);
    ground.map_or(Value::Null, |one| {
        json!([one["answer"], one["area"]["code"]])
    })
}

#[tokio::test]
async fn what_a_region_answered_goes_on_counting_where_it_is_carried_and_is_a_task_where_it_changed()
 {
    let app = spawn_app();
    let (reviewer, gooi) = (app.with(&vng()), app.with(&region("VR14")));
    a_period().sent_by(&reviewer).await;
    a_reporting_region("VR14").sent_by(&reviewer).await;
    for code in ["SK-01", "OH-01"] {
        let answer = json!({
            "area": "VR14", "criterion": format!("VOORSTEL-1/{code}"), "answer": "MET",
            "from": "2026-01-01", "explanation": "Geregeld voor de regio.", "idempotencyKey": code,
        });
        gooi.change("submitRegionalAnswer", answer).await;
    }
    // SK-01 goes on as it stands, OH-01 changes into OH-09.
    let mut changed = criterion("OH-09", "OH", &["OH-01"]);
    changed["scope"] = "REGIONAL_ALLOWED".into();
    let proposal = json!({ "carried": others(&["OH-01"]), "criteria": [changed] });
    reviewer
        .change("proposeEdition", second("two", proposal))
        .await;
    a_period()
        .with("key", "2026-3")
        .with("edition", "VOORSTEL-2")
        .sent_by(&reviewer)
        .await;
    let own = app.with(&municipality("GM0402"));
    let draft = a_draft("GM0402", met(&["SV-01"])).with("period", "2026-3");
    draft.sent_by(&own).await;
    let submission = a_submission("GM0402").with("period", "2026-3");
    submission.sent_by(&own).await;
    assert_eq!(
        ground(&own, "2026-3", "SK-01").await,
        json!(["MET", "VR14"])
    );
    assert_eq!(
        ground(&own, "2026-3", "OH-09").await,
        json!(["UNKNOWN", null])
    );
    // An answer that is given under the new edition takes its place from its first day.
    let renewed = json!({
        "area": "VR14", "criterion": "VOORSTEL-2/SK-01", "answer": "NOT_MET",
        "from": "2026-11-01", "explanation": "De functie is vacant.", "idempotencyKey": "renewed",
    });
    gooi.change("submitRegionalAnswer", renewed).await;
    assert_eq!(
        ground(&own, "2026-3", "SK-01").await,
        json!(["NOT_MET", "VR14"])
    );
    // What changed is a task of the region until it answers it anew.
    let query = "{ openTasks(kind: RENEW_REGIONAL_ANSWER) { nodes {
        subjectKey mutation may since due } } }";
    let waiting = gooi.ask(query).await.data()["openTasks"]["nodes"].clone();
    assert_eq!(
        waiting,
        json!([{
            "subjectKey": "VR14/VOORSTEL-2/OH-09", "mutation": "submitRegionalAnswer",
            "may": ["submitRegionalAnswer"], "since": "2026-11-01", "due": "2026-11-30",
        }])
    );
    let anew = json!({
        "area": "VR14", "criterion": "VOORSTEL-2/OH-09", "answer": "PARTLY_MET",
        "from": "2026-11-01", "explanation": "Deels geregeld.", "idempotencyKey": "anew",
    });
    gooi.change("submitRegionalAnswer", anew).await;
    assert_eq!(
        gooi.ask(query).await.data()["openTasks"]["nodes"],
        json!([])
    );
    assert_eq!(
        ground(&own, "2026-3", "OH-09").await,
        json!(["PARTLY_MET", "VR14"])
    );
}
