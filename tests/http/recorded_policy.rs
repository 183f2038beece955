//! Policy that people record: documents, adoptions, what is said of how far one is, and what
//! follows from the dates without any write.

use acceptance::{App, a_reporting_region, edited, municipality, region, spawn_app, vng};
use serde_json::{Value, json};

/// A place in a document that is registered.
pub(crate) fn source() -> Value {
    json!({ "document": "monitoring-2025", "place": "7" })
}

async fn state(app: &App, code: &str, day: &str) -> Value {
    let query = format!(
        "{{ policyState(municipality: \"{code}\", at: {{ day: \"{day}\" }}) {{ state }} }}"
    );
    app.public().ask(&query).await.data()["policyState"]["state"].clone()
}

fn adoption(key: &str) -> Value {
    json!({
        "policy": "hilversum-2026", "municipality": "GM0402", "body": "MUNICIPAL_EXECUTIVE",
        "adoptedOn": "2026-11-20", "inForceOn": "2027-01-01", "reference": "gmb-2026-1",
        "source": { "document": "besluit-hilversum", "place": "1" }, "idempotencyKey": key,
    })
}

#[tokio::test]
async fn a_municipality_registers_its_decision_and_it_counts_from_its_day() {
    let app = spawn_app();
    let hilversum = app.with(&municipality("GM0402"));
    let document = json!({
        "key": "besluit-hilversum", "kind": "ADMINISTRATIVE_DECISION",
        "titleNl": "Besluit van het college", "datedOn": "2026-11-20", "idempotencyKey": "document",
    });
    let registered = "document { key kind title { nl en } dateText { nl } }";
    assert_eq!(
        hilversum
            .change_and_read("registerSourceDocument", registered, document)
            .await["document"],
        json!({
            "key": "besluit-hilversum", "kind": "ADMINISTRATIVE_DECISION",
            "dateText": { "nl": "20 november 2026" },
            "title": { "nl": "Besluit van het college", "en": "Besluit van het college" },
        })
    );
    let policy = json!({
        "key": "hilversum-2026", "place": { "municipality": "GM0402" }, "level": "LOCAL",
        "title": "Beleid Hilversum", "lastDay": "2027-03-31",
        "source": { "document": "besluit-hilversum", "place": "1" }, "idempotencyKey": "policy",
    });
    let recorded = hilversum
        .change_and_read(
            "recordPolicy",
            "policy { key level municipality { name } lastDay ledger }",
            policy,
        )
        .await;
    assert_eq!(recorded["policy"]["municipality"]["name"], "Hilversum");
    let selection = "adoption { countsForMunicipality adoptedOn inForceOn body reference ledger
        source { document { key } } municipality { code } term { lastDayPrinted lastDayByNorm normEndorsed \
        state stateLabel since } }";
    let adopted = hilversum
        .change_and_read("recordAdoption", selection, adoption("a"))
        .await;
    assert_eq!(
        adopted["adoption"]["term"],
        json!({
            "lastDayPrinted": "2027-03-31", "lastDayByNorm": "2030-11-20", "normEndorsed": false,
            "state": "ENDS_WITHIN_SIX_MONTHS", "stateLabel": "Loopt binnen zes maanden af",
            "since": "2026-09-30",
        })
    );
    assert_eq!(
        adopted["adoption"]["source"]["document"]["key"],
        "besluit-hilversum"
    );
    assert_eq!(state(&app, "GM0402", "2026-11-19").await, "NOT_REGISTERED");
    assert_eq!(state(&app, "GM0402", "2026-11-20").await, "ADOPTED");

    // The same call changes nothing twice; the same key for another input, and a change without its
    // version, are told.
    let head = "select number from ledger_head";
    let before = app.database.count(head).await;
    assert_eq!(
        hilversum
            .change_and_read("recordAdoption", selection, adoption("a"))
            .await,
        adopted
    );
    let mut later = adoption("a");
    later["adoptedOn"] = json!("2026-11-21");
    assert_eq!(
        hilversum.mistakes("recordAdoption", later.clone()).await,
        ["KEY_REUSED idempotencyKey"]
    );
    later["idempotencyKey"] = json!("b");
    assert_eq!(
        hilversum.mistakes("recordAdoption", later.clone()).await,
        ["CONFLICT expectedVersion"]
    );
    assert_eq!(app.database.count(head).await, before);
    later["expectedVersion"] = adopted["adoption"]["ledger"].clone();
    later["until"] = json!("2026-12-01");
    hilversum.change("recordAdoption", later).await;
    assert_eq!(state(&app, "GM0402", "2026-11-20").await, "NOT_REGISTERED");
    assert_eq!(state(&app, "GM0402", "2026-11-30").await, "ADOPTED");
    assert_eq!(state(&app, "GM0402", "2026-12-01").await, "NOT_REGISTERED");
}

#[tokio::test]
async fn nobody_changes_the_policy_of_another() {
    let app = spawn_app();
    let hilversum = app.with(&municipality("GM0402"));
    let policy = json!({
        "key": "hilversum-2026", "place": { "municipality": "GM0402" }, "level": "LOCAL",
        "title": "Beleid Hilversum", "lastDay": "2027-03-31",
        "source": { "document": "monitoring-2025", "place": "1" }, "idempotencyKey": "policy",
    });
    hilversum.change("recordPolicy", policy.clone()).await;
    // Neither a stranger nor, of an imported one, anybody but VNG.
    for client in [app.with(&municipality("GM0363")), app.with(&region("VR14"))] {
        let answer = client
            .send(
                "mutation ($input: RecordPolicyInput!) { \
                    recordPolicy(input: $input) { errors { code } } }",
                json!({ "input": policy }),
            )
            .await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        assert_eq!(
            answer.json()["errors"][0]["extensions"]["rule"],
            "RECORD_POLICY"
        );
    }
    let theirs = json!({
        "key": "de-bilt-2024", "place": { "municipality": "GM0402" }, "level": "LOCAL",
        "title": "Van ons", "source": source(), "idempotencyKey": "theirs",
    });
    let document =
        "mutation ($input: RecordPolicyInput!) { recordPolicy(input: $input) { errors { code } } }";
    let answer = hilversum.send(document, json!({ "input": theirs })).await;
    assert_eq!(answer.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn all_mistakes_are_named_at_once_and_nothing_is_changed() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    let before = app.database.count("select number from ledger_head").await;
    let adoption = json!({
        "policy": "geen", "municipality": "GM0457", "adoptedOn": "2026-11-23",
        "inForceOn": "2026-11-01", "until": "2026-11-02", "reference": " ",
        "source": { "document": "geen", "place": " " }, "expectedVersion": 7,
        "idempotencyKey": "adoption",
    });
    assert_eq!(
        reviewer.mistakes("recordAdoption", adoption).await,
        [
            "DATE_IN_FUTURE adoptedOn",
            "DATES_OUT_OF_ORDER inForceOn",
            "DATES_OUT_OF_ORDER until",
            "TEXT_LENGTH reference",
            "UNKNOWN_PLACE municipality",
            "UNKNOWN_POLICY policy",
            "UNKNOWN_SOURCE source.place",
            "UNKNOWN_SOURCE source.document",
            "CONFLICT expectedVersion",
        ]
    );
    let policy = json!({
        "key": "Geen Sleutel", "place": { "area": "VR99" }, "level": "LOCAL", "title": "",
        "revisedOn": "2027-01-01", "source": { "document": "geen", "place": "1" },
        "idempotencyKey": "policy",
    });
    assert_eq!(
        reviewer.mistakes("recordPolicy", policy).await,
        [
            "INVALID_KEY key",
            "LEVEL_AND_PLACE level",
            "TEXT_LENGTH title",
            "DATE_IN_FUTURE revisedOn",
            "UNKNOWN_PLACE place.area",
            "UNKNOWN_SOURCE source.document",
        ]
    );
    let word = json!({
        "municipality": "GM0310", "state": "IN_DEVELOPMENT", "from": "2026-11-23",
        "until": "2026-11-23", "idempotencyKey": "word",
    });
    assert_eq!(
        reviewer.mistakes("declarePolicyState", word).await,
        [
            "DATE_IN_FUTURE from",
            "DATES_OUT_OF_ORDER until",
            "POLICY_IS_ADOPTED state",
            "SOURCE_REQUIRED source",
        ]
    );
    let document = json!({
        "key": "monitoring-2025", "kind": "PLAN", "titleNl": " ", "titleEn": "",
        "datedOn": "2026-11-23", "idempotencyKey": "document",
    });
    assert_eq!(
        reviewer.mistakes("registerSourceDocument", document).await,
        [
            "ALREADY_EXISTS key",
            "TEXT_LENGTH titleNl",
            "TEXT_LENGTH titleEn",
            "DATE_IN_FUTURE datedOn",
        ]
    );
    assert_eq!(
        app.database.count("select number from ledger_head").await,
        before
    );
}

#[tokio::test]
async fn that_there_is_none_says_the_municipality_itself_and_each_word_has_its_days() {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    a_reporting_region("VR14").sent_by(&reviewer).await;
    let word = |state: &str, from: &str, key: &str| {
        json!({
            "municipality": "GM0402", "state": state, "from": from, "source": source(),
            "idempotencyKey": key,
        })
    };
    let document = "mutation ($input: DeclarePolicyStateInput!) { \
        declarePolicyState(input: $input) { errors { code } } }";
    for client in [&reviewer, &app.with(&region("VR14"))] {
        let input = json!({ "input": word("NONE_DECLARED", "2026-01-01", "none") });
        let refused = client.send(document, input).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(
            refused.json()["errors"][0]["extensions"]["rule"],
            "DECLARE_NO_POLICY"
        );
    }
    assert_eq!(state(&app, "GM0402", "2026-11-22").await, "NOT_REGISTERED");
    let hilversum = app.with(&municipality("GM0402"));
    let mut own = word("NONE_DECLARED", "2026-01-01", "none");
    own["source"] = Value::Null;
    let selection = "policy { state stateLabel declarationLedger }";
    let declared = hilversum
        .change_and_read("declarePolicyState", selection, own)
        .await;
    assert_eq!(declared["policy"]["state"], "NONE_DECLARED");
    let version = declared["policy"]["declarationLedger"].clone();
    let mut next = word("IN_DEVELOPMENT", "2026-06-01", "next");
    next["expectedVersion"] = version.clone();
    let declared = app
        .with(&region("VR14"))
        .change_and_read("declarePolicyState", selection, next)
        .await;
    assert_eq!(declared["policy"]["stateLabel"], "In ontwikkeling");
    let mut stale = word("IN_DEVELOPMENT", "2026-07-01", "stale");
    stale["expectedVersion"] = version;
    assert_eq!(
        hilversum.mistakes("declarePolicyState", stale).await,
        ["CONFLICT expectedVersion"]
    );
    assert_eq!(
        hilversum
            .mistakes(
                "declarePolicyState",
                word("BEING_UPDATED", "2026-11-22", "update")
            )
            .await,
        ["NOTHING_TO_UPDATE state"]
    );
    for (day, expected) in [
        ("2025-12-31", "NOT_REGISTERED"),
        ("2026-01-01", "NONE_DECLARED"),
        ("2026-05-31", "NONE_DECLARED"),
        ("2026-06-01", "IN_DEVELOPMENT"),
    ] {
        assert_eq!(state(&app, "GM0402", day).await, expected, "{day}");
    }
    // De Bilt renews what it has.
    let update = json!({
        "municipality": "GM0310", "state": "BEING_UPDATED", "source": source(),
        "idempotencyKey": "bilt",
    });
    reviewer.change("declarePolicyState", update).await;
    assert_eq!(state(&app, "GM0310", "2026-11-21").await, "ADOPTED");
    assert_eq!(state(&app, "GM0310", "2026-11-22").await, "BEING_UPDATED");
}

#[tokio::test]
async fn a_policy_becomes_overdue_at_midnight_by_no_write_of_anybody() {
    let app = spawn_app();
    // Zandvoort: the plan prints its end, 31 December 2026. Bergen (L.): decided on 12 April 2022,
    // and no end is printed.
    let term = "{ zandvoort: policyState(municipality: \"GM0473\") { state
        adoptions { term { state since lastDayByNorm } } }
        bergen: policyState(municipality: \"GM0893\") { state
        adoptions { term { state since lastDayByNorm normEditionCode } } } }";
    let public = app.public();
    let shown = |answer: Value| {
        json!([
            answer["zandvoort"]["state"],
            answer["zandvoort"]["adoptions"][0]["term"]["state"],
            answer["zandvoort"]["adoptions"][0]["term"]["since"]
        ])
    };
    let head = app.database.count("select number from ledger_head").await;
    app.clock.set("2026-12-31T22:59:59Z".parse().unwrap());
    let before = public.ask_again(term).await;
    assert_eq!(
        shown(before.data()),
        json!(["ADOPTED", "ENDS_WITHIN_SIX_MONTHS", "2026-06-30"])
    );
    app.clock.set("2026-12-31T23:00:00Z".parse().unwrap());
    let after = public.ask(term).await;
    assert_eq!(
        shown(after.data()),
        json!(["ADOPTED", "OVERDUE", "2027-01-01"])
    );
    assert_eq!(after.statements(), before.statements());
    // By a norm that nobody endorsed the public is told its day and no more.
    let bergen = json!({
        "state": "ADOPTED",
        "adoptions": [
            {
                "term": {
                    "state": "UNDETERMINED", "since": null, "lastDayByNorm": "2026-04-12",
                    "normEditionCode": "VOORSTEL-1",
                },
            },
        ],
    });
    assert_eq!(after.data()["bergen"], bergen);
    assert_eq!(
        app.database.count("select number from ledger_head").await,
        head
    );

    // Once VNG has endorsed the norm, it is said.
    let set = edited(&[(
        "framework_editions.csv",
        "VOORSTEL-2,48,no,24",
        "VOORSTEL-2,48,yes,24",
    )]);
    app.database.import(&set).await;
    assert_eq!(
        public.ask(term).await.data()["bergen"]["adoptions"][0]["term"]["state"],
        "OVERDUE"
    );
}
