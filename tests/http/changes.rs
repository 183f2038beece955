//! What changes after the fact: a status is corrected, a second round is closed, and what was known
//! before stays what it was.

use acceptance::{App, Client, edited, spawn_app};
use serde_json::{Value, json};

/// Action 44 turns out to be completed: the report of the round is corrected, and the published
/// figures then differ for a reason that is told.
pub(crate) async fn correct_44(app: &App) -> i64 {
    let known = |cell: &str, published: i32, computed: i32| {
        format!(
            "dashboard,2025-1/{cell},{published},{computed},Stand van actie 44 later \
             gecorrigeerd.,Status of action 44 \
             corrected later.,monitoring-2025,283-285,\n"
        )
    };
    let reasons = known("6/IN_PROGRESS", 2, 1)
        + &known("6/COMPLETED", 0, 1)
        + &known("TOTAL/IN_PROGRESS", 18, 17)
        + &known("TOTAL/COMPLETED", 8, 9);
    let set = edited(&[
        (
            "status_reports.csv",
            "2025-1,2024,44,IN_PROGRESS,",
            "2025-1,2024,44,COMPLETED,",
        ),
        (
            "known_differences.csv",
            "action_title,2024/7,",
            &(reasons + "action_title,2024/7,"),
        ),
    ]);
    let imported = app.database.import(&set).await;
    assert_eq!(
        (imported.added, imported.corrected, imported.withdrawn),
        (4, 1, 0)
    );
    imported.ledger
}

const DASHBOARD: &str = "{ dashboard(KNOWN) { day statement
    total { actions statuses { status count published share } }
    lines { line { key } counts { statuses { count } } } }
    action(number: 44, KNOWN) { statusLabel explanation } }";

#[tokio::test]
async fn a_corrected_status_changes_the_dashboard_and_not_what_was_known() {
    let app = spawn_app();
    let public = app.public();
    let now = public.ask(&DASHBOARD.replace("KNOWN", "at: null")).await;
    let head = now.ledger();
    correct_44(&app).await;

    let after = public
        .ask(&DASHBOARD.replace("KNOWN", "at: null"))
        .await
        .data();
    let counts = |data: &Value| -> Vec<i64> {
        let statuses = data["dashboard"]["total"]["statuses"].as_array().unwrap();
        statuses
            .iter()
            .map(|each| each["count"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(counts(&now.data()), [8, 18, 8, 5, 4]);
    assert_eq!(counts(&after), [9, 17, 8, 5, 4]);
    assert_eq!(after["action"]["statusLabel"], "Afgerond");

    for moment in [
        "at: { instant: \"2026-11-22T11:59:59Z\" }".to_owned(),
        format!("at: {{ ledger: {head} }}"),
    ] {
        let then = public.ask(&DASHBOARD.replace("KNOWN", &moment)).await;
        assert_eq!(then.ledger(), head);
        assert_eq!(then.data().to_string(), now.data().to_string(), "{moment}");
    }
}

#[tokio::test]
async fn changes_are_sentences_since_a_number_or_an_instant() {
    let app = spawn_app();
    let public = app.public();
    let head = public.ask("{ dashboard { day } }").await.ledger();
    let last = correct_44(&app).await;
    let ask = |since: &str| {
        format!(
            "{{ changes(since: {{ {since} }}, subjectKind: \"StatusReport\") {{ totalCount
                nodes {{ ledger subjectKey operation
                sentence {{ nl en }} sourceDocument {{ key }} }} }} }}"
        )
    };
    let expected = json!({ "totalCount": 1, "nodes": [{
        "ledger": head + 1,
        "subjectKey": "2025-1/2024/44",
        "operation": "data.corrected",
        "sentence": {
            "nl": "De stand van actie 44 (Onderzoek minderjarige slachtoffers) in de monitoringsronde \
                “Monitoringsoverzicht 2025” is gecorrigeerd, van “In uitvoering” naar “Afgerond”.",
            "en": "The status of action 44 (Research on underage victims) in the monitoring round \
                “Monitoring overview 2025” was corrected, from “In progress” to “Completed”.",
        },
        "sourceDocument": { "key": "monitoring-2025" },
    }] });
    for since in [
        format!("ledger: {head}"),
        "time: \"2026-11-22T11:00:00Z\"".to_owned(),
    ] {
        assert_eq!(
            public.ask(&ask(&since)).await.data()["changes"],
            expected,
            "{since}"
        );
    }
    let all = public
        .ask(&format!(
            "{{ changes(since: {{ ledger: {head} }}, first: 2) {{ totalCount \
            nodes {{ subjectKind }} pageInfo {{ hasNextPage }} }} }}"
        ))
        .await;
    assert_eq!(
        all.data()["changes"],
        json!({
            "totalCount": 5,
            "nodes": [{ "subjectKind": "StatusReport" }, { "subjectKind": "KnownDifference" }],
            "pageInfo": { "hasNextPage": true },
        })
    );
    assert_eq!(last, head + 5);
    let changed = public
        .ask(&format!(
            "{{ actions(filter: {{ changedSince: {head} }}, orderBy: CHANGED) {{ \
            nodes {{ number }} }} }}"
        ))
        .await;
    assert_eq!(
        changed.data()["actions"],
        json!({ "nodes": [{ "number": 44 }] })
    );
    for (since, code) in [
        ("ledger: -1", "BAD_REQUEST"),
        ("ledger: 1, time: \"2026-11-22T11:00:00Z\"", "BAD_REQUEST"),
    ] {
        assert_eq!(public.ask(&ask(since)).await.codes(), [code], "{since}");
    }
}

/// A second round, in which 2 is completed, 13 has begun, 31 is told of for the first time and
/// nothing else is told.
pub(crate) async fn second_round(app: &App) {
    let round = "2026-1,2024,Monitoringsoverzicht 2026,Monitoring overview \
                 2026,2026-05-01,2026-06-30,juni 2026,CLOSED,\
                 monitoring-2025,7,\n2025-1,2024,";
    let report = |action: i32, status: &str| {
        format!("2026-1,2024,{action},{status},,,,,,monitoring-2025,7,\n")
    };
    let reports = report(2, "COMPLETED") + &report(13, "IN_PROGRESS") + &report(31, "NOT_STARTED");
    let set = edited(&[
        ("monitoring_rounds.csv", "2025-1,2024,", round),
        (
            "status_reports.csv",
            "2025-1,2024,1,",
            &(reports + "2025-1,2024,1,"),
        ),
    ]);
    app.database.import(&set).await;
}

#[tokio::test]
async fn a_later_round_stands_beside_the_earlier_one() {
    let app = spawn_app();
    second_round(&app).await;
    let data = app
        .public()
        .ask(
            "{ now: dashboard { round { key } total { actions } }
               named: dashboard(round: \"2025-1\") { round { key } total { actions }
               lines { line { actions { number status } } } }
               monitoringRounds { key }
               action(number: 2) { status statusHistory { round { key } status } }
               earlier: action(number: 2, round: \"2025-1\") { status }
               compareRounds(earlier: \"2025-1\", later: \"2026-1\") {
                 countChanges { status before after difference }
                 changes { kind before after action { number } } } }",
        )
        .await
        .data();
    assert_eq!(
        data["now"],
        json!({ "round": { "key": "2026-1" }, "total": { "actions": 3 } })
    );
    let before = app
        .public()
        .ask("{ dashboard(at: { day: \"2026-06-29\" }) { round { key } total { actions } } }")
        .await
        .data();
    assert_eq!(
        before["dashboard"],
        json!({ "round": { "key": "2025-1" }, "total": { "actions": 43 } })
    );
    assert_eq!(data["named"]["total"]["actions"], 43);
    // Below a dashboard everything is told by its round.
    assert_eq!(
        data["named"]["lines"][0]["line"]["actions"][1],
        json!({ "number": 2, "status": "IN_PROGRESS_DELAYED" })
    );
    assert_eq!(
        data["monitoringRounds"],
        json!([{ "key": "2025-1" }, { "key": "2026-1" }])
    );
    assert_eq!(
        data["action"],
        json!({ "status": "COMPLETED", "statusHistory": [
            { "round": { "key": "2026-1" }, "status": "COMPLETED" },
            { "round": { "key": "2025-1" }, "status": "IN_PROGRESS_DELAYED" }] })
    );
    assert_eq!(data["earlier"]["status"], "IN_PROGRESS_DELAYED");
    let comparison = &data["compareRounds"];
    assert_eq!(
        comparison["countChanges"][0],
        json!({ "status": "COMPLETED", "before": 8, "after": 1, "difference": -7 })
    );
    let of = |number: i32| {
        let changes = comparison["changes"].as_array().unwrap();
        changes
            .iter()
            .find(|change| change["action"]["number"] == number)
            .cloned()
    };
    assert_eq!(
        of(2),
        Some(json!({
            "kind": "CHANGED", "before": "IN_PROGRESS_DELAYED", "after": "COMPLETED",
            "action": { "number": 2 },
        }))
    );
    assert_eq!(
        of(31),
        Some(json!({
            "kind": "ONLY_AFTER", "before": null, "after": "NOT_STARTED",
            "action": { "number": 31 },
        }))
    );
    assert_eq!(
        of(1),
        Some(json!({
            "kind": "ONLY_BEFORE", "before": "COMPLETED", "after": null,
            "action": { "number": 1 },
        }))
    );
    assert_eq!(comparison["changes"].as_array().unwrap().len(), 44);
}

#[tokio::test]
async fn every_kind_that_the_ledger_holds_can_be_read_and_a_misspelt_one_is_refused() {
    let app = spawn_app();
    let public = app.public();
    for query in [
        "{ changes(since: { ledger: 0 }, subjectKind: \"StatusReprt\") { totalCount } }",
        "{ ledger(subjectKind: \"StatusReprt\") { totalCount } }",
    ] {
        let answer = public.ask(query).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"], "{query}");
        assert!(answer.body.contains("\"StatusReport\""), "{}", answer.body);
    }
    let mut kinds: Vec<String> = Vec::new();
    let mut after = String::new();
    loop {
        let page = public
            .ask(&format!(
                "{{ ledger(first: 100{after}) {{ nodes {{ subjectKind }} \
                pageInfo {{ hasNextPage endCursor }} }} }}"
            ))
            .await
            .data();
        let nodes = page["ledger"]["nodes"].as_array().unwrap();
        kinds.extend(
            nodes
                .iter()
                .map(|node| node["subjectKind"].as_str().unwrap().to_owned()),
        );
        if page["ledger"]["pageInfo"]["hasNextPage"] != true {
            break;
        }
        let cursor = page["ledger"]["pageInfo"]["endCursor"].as_str().unwrap();
        after = format!(", after: \"{cursor}\"");
    }
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds.len(), 64);
    for kind in kinds {
        let answer = public
            .ask(&format!(
                "{{ ledger(subjectKind: \"{kind}\", first: 1) {{ totalCount }} }}"
            ))
            .await;
        assert!(
            answer.data()["ledger"]["totalCount"].as_i64().unwrap() > 0,
            "{kind}"
        );
    }
}

/// Every change of a kind since the beginning, page after page.
async fn every_change(client: &Client, kind: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut after = json!(null);
    loop {
        let query = "query ($kind: String, $after: String) { \
            changes(since: { ledger: 0 }, subjectKind: $kind, first: 100, after: $after) { \
            nodes { subjectKind subjectKey operation sentence { nl en } } \
            pageInfo { endCursor hasNextPage } } }";
        let kind = (!kind.is_empty()).then_some(kind);
        let variables = json!({ "kind": kind, "after": after });
        let page = client.send(query, variables).await.data()["changes"].clone();
        found.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

#[tokio::test]
async fn a_change_is_a_sentence_with_the_names_of_its_subject_and_of_what_it_is_tied_to() {
    let app = spawn_app();
    let public = app.public();
    for (kind, key, nl, en) in [
        (
            "ActionPartner",
            "2024/46/nidos/TARGET_GROUP",
            "Nidos is toegevoegd als doelgroep van actie 46 (Training professionals).",
            "Nidos was added as target group of action 46 (Training of professionals).",
        ),
        (
            "AreaMembership",
            "VR14/GM0402",
            "De indeling van Hilversum bij veiligheidsregio Gooi en Vechtstreek is toegevoegd.",
            "The membership of Hilversum in safety region Gooi en Vechtstreek was added.",
        ),
        (
            "Measurement",
            "nulmeting-schoolwerkers",
            "De meting bij actie 2 (Nulmeting signaleerders (soc. wijkteams, schoolwerkers, \
             hotelpers.)) is toegevoegd.",
            "The measurement for action 2 (Baseline measurement among those who detect signals \
             (social neighbourhood teams, school staff, hotel staff)) was added.",
        ),
    ] {
        let changes = every_change(&public, kind).await;
        let change = changes.iter().find(|change| change["subjectKey"] == key);
        let expected = json!({ "nl": nl, "en": en });
        assert_eq!(change.unwrap()["sentence"], expected, "{key}");
    }
}

#[tokio::test]
async fn no_sentence_of_the_data_set_speaks_in_keys() {
    let app = spawn_app();
    // These have no title: a row of the data set itself, and figures that stand for themselves.
    let without_title = [
        "DataDecision",
        "KnownDifference",
        "KnownGap",
        "PublishedCount",
        "Tile",
    ];
    let changes = every_change(&app.public(), "").await;
    assert!(changes.len() > 3000, "{}", changes.len());
    for change in changes {
        let [kind, key] = ["subjectKind", "subjectKey"].map(|name| change[name].as_str().unwrap());
        for language in ["nl", "en"] {
            let sentence = change["sentence"][language].as_str().unwrap();
            let has_key = sentence.contains(&format!("{kind} {key}"))
                || (key.contains('/') && sentence.contains(key))
                || (key.contains('-') && sentence.contains(&format!("“{key}”")));
            assert!(!has_key || without_title.contains(&kind), "{sentence}");
        }
    }
}
