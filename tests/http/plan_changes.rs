//! The ministry changes the plan, owners tell what they reached, and every reader sees it at once;
//! what was known before stays what it was.

use acceptance::{
    Answer, App, Client, edited, ministry, municipality, partner, region, spawn_app, vng,
};
use serde_json::{Value, json};

pub(crate) fn source() -> Value {
    json!({ "document": "letter-28638-249", "place": "bijlage 2" })
}

/// An action of line 6 that no document knows.
fn forty_seven() -> Value {
    json!({
        "number": 47, "line": 6, "titleNl": "Landelijke leerkring jeugdzorg",
        "titleEn": "National learning circle of youth care",
        "years": [{ "year": 2026, "isPlanned": true }, { "year": 2027, "isPlanned": false }],
        "goals": [1], "source": source(), "idempotencyKey": "47",
    })
}

async fn entries(app: &App) -> i64 {
    app.database.count("select count(*) from ledger").await
}

/// An action starts after others, and no longer after yet others.
fn link(action: i32, to: &[&str], gone: &[&str], key: &str) -> Value {
    json!({
        "action": action, "kind": "STARTS_AFTER", "to": to, "noLongerTo": gone,
        "source": source(), "idempotencyKey": key,
    })
}

/// A result of action 47.
fn result(key: &str) -> Value {
    json!({
        "action": 47, "kind": "FIGURE", "value": 12, "valueTo": 15, "qualifier": "RANGE",
        "unit": { "nl": "bijeenkomsten", "en": "meetings" },
        "explanation": "Tussen twaalf en vijftien bijeenkomsten gehouden.",
        "summary": "Between twelve and fifteen meetings held.", "idempotencyKey": key,
    })
}

/// CoMensha owns action 47.
fn assignment(last_day: Value, version: Value, key: &str) -> Value {
    json!({
        "action": 47, "partner": "comensha", "role": "OWNER", "from": "2026-11-01",
        "lastDay": last_day, "text": "CoMensha trekt deze actie.", "source": source(),
        "expectedVersion": version, "idempotencyKey": key,
    })
}

const SEEN: &str = "{ action(number: 47) { ledger } }";

#[tokio::test]
async fn an_action_is_planned_linked_owned_reported_on_and_ended() {
    let app = spawn_app();
    let (public, ministry) = (app.public(), app.with(&ministry()));
    let before = public
        .ask("{ actions { totalCount } dashboard { actionsInPlan } }")
        .await;
    assert_eq!(
        before.data(),
        json!({ "actions": { "totalCount": 46 }, "dashboard": { "actionsInPlan": 46 } })
    );

    let version = is_planned(&app, &before).await;
    is_linked(&ministry).await;
    let role_version = is_owned(&app).await;
    is_owned_no_longer(&app, role_version).await;
    is_ended(&app, &version).await;
}

/// The action is planned: everybody finds it, everywhere, and what was known before stays. Gives
/// its version.
async fn is_planned(app: &App, before: &Answer) -> Value {
    let (public, ministry) = (app.public(), app.with(&ministry()));
    let planned = ministry
        .change_and_read(
            "planAction",
            "action { key isNew line { key }
            title { en } titles { title source { lines document { key } } }
            goals { goal { key } } timeline { year planned basis } monitoring { state } ledger
            source { lines } }",
            forty_seven(),
        )
        .await;
    let version = planned["action"]["ledger"].clone();
    assert_eq!(
        planned["action"],
        json!({
            "key": "2024/47", "isNew": true, "line": { "key": "2024/6" },
            "title": { "en": "National learning circle of youth care" },
            "titles": [
                {
                    "title": "Landelijke leerkring jeugdzorg",
                    "source": { "lines": "bijlage 2", "document": { "key": "letter-28638-249" } },
                },
            ],
            "goals": [{ "goal": { "key": "2024/6/1" } }],
            "timeline": [
                { "year": 2024, "planned": "UNKNOWN", "basis": "NONE" },
                { "year": 2025, "planned": "UNKNOWN", "basis": "NONE" },
                { "year": 2026, "planned": "YES", "basis": "PRINTED" },
                { "year": 2027, "planned": "NO", "basis": "PRINTED" },
            ],
            "monitoring": { "state": "NO_REPORT" }, "ledger": version, "source": { "lines": "bijlage 2" },
        })
    );
    let seen = public
        .ask(&format!(
            "{{ actions {{ totalCount }} dashboard {{ actionsInPlan notReported {{ number }} }}
                goal(key: \"2024/6/1\") {{ actions {{ action {{ number }} }} }}
                planDifference {{ addedActions {{ number }} }}
                actionLines {{ number actions {{ number }} }}
                search(text: \"leerkring jeugdzorg\") {{ nodes {{ kind key }} }}
                changes(since: {{ ledger: {} }}, subjectKind: \"Action\") {{
                nodes {{ sentence {{ nl en }} sourceDocument {{ key }} sourcePlace }} }} }}",
            before.ledger()
        ))
        .await
        .data();
    assert_eq!(seen["actions"]["totalCount"], 47);
    assert_eq!(seen["dashboard"]["actionsInPlan"], 47);
    assert!(
        seen["dashboard"]["notReported"]
            .as_array()
            .unwrap()
            .contains(&json!({ "number": 47 }))
    );
    assert!(
        seen["goal"]["actions"]
            .as_array()
            .unwrap()
            .contains(&json!({ "action": { "number": 47 } }))
    );
    assert!(
        seen["planDifference"]["addedActions"]
            .as_array()
            .unwrap()
            .contains(&json!({ "number": 47 }))
    );
    assert!(
        seen["actionLines"][5]["actions"]
            .as_array()
            .unwrap()
            .contains(&json!({ "number": 47 }))
    );
    assert_eq!(
        seen["search"]["nodes"][0],
        json!({ "kind": "ACTION", "key": "2024/47" })
    );
    assert_eq!(
        seen["changes"]["nodes"],
        json!([{ "sentence": { "nl": "Actie 47 (Landelijke leerkring jeugdzorg) is gepland.",
            "en": "Action 47 (National learning circle of youth care) was planned." },
            "sourceDocument": { "key": "letter-28638-249" }, "sourcePlace": "bijlage 2" }])
    );
    stays_as_it_was(&public, before).await;
    version
}

/// What was known before is as it was, by number and by instant.
async fn stays_as_it_was(public: &Client, before: &Answer) {
    for moment in [
        format!("at: {{ ledger: {} }}", before.ledger()),
        "at: { instant: \"2026-11-22T11:59:59Z\" }".to_owned(),
    ] {
        let then = public
            .ask(&format!(
                "{{ actions({moment}) {{ totalCount }} dashboard({moment}) {{ actionsInPlan }} }}"
            ))
            .await;
        assert_eq!(then.data(), before.data(), "{moment}");
        let unknown = public
            .ask(&format!("{{ action(number: 47, {moment}) {{ key }} }}"))
            .await;
        assert_eq!(unknown.codes(), ["NOT_FOUND"]);
    }
}

/// Action 13 starts after 11, and 11 may not start after 13, nor by way of 47.
async fn is_linked(ministry: &Client) {
    let linked = ministry
        .change_and_read(
            "linkActions",
            "action { relations(kind: STARTS_AFTER) { \
                side action { number } source { lines } } } warnings { code }",
            link(47, &["2024/13"], &[], "l1"),
        )
        .await;
    assert_eq!(
        linked,
        json!({
            "warnings": [],
            "action": {
                "relations": [
                    {
                        "side": "OUTGOING", "action": { "number": 13 },
                        "source": { "lines": "bijlage 2" },
                    },
                ],
            },
        })
    );
    let circle = ministry
        .send_mutation("linkActions", "", link(11, &["2024/47"], &[], "l2"))
        .await;
    assert_eq!(
        circle.data()["linkActions"]["errors"],
        json!([
            {
                "code": "CYCLE", "field": ["to"],
                "message": {
                    "nl": "Deze acties zouden op elkaar wachten: 2024/11 → 2024/47 → 2024/13 → \
                        2024/11.",
                    "en": "These actions would wait for each other: 2024/11 → 2024/47 → 2024/13 → \
                        2024/11.",
                },
            },
        ])
    );
    // Action 12 has begun and action 11 is not completed: linked, with a warning. Then the link
    // moves.
    let early = ministry
        .change_and_read(
            "linkActions",
            "warnings { code message { nl } }",
            link(12, &["2024/11"], &[], "l3"),
        )
        .await;
    assert_eq!(
        early["warnings"],
        json!([
            {
                "code": "STARTED_BEFORE_PREDECESSOR",
                "message": { "nl": "Deze actie is al begonnen, en actie 11 is nog niet afgerond." },
            },
        ])
    );
    let moved = ministry
        .change_and_read(
            "linkActions",
            "action { relations(kind: STARTS_AFTER) { action { number } } }",
            link(47, &["2024/12"], &["2024/13"], "l4"),
        )
        .await;
    assert_eq!(
        moved["action"]["relations"],
        json!([{ "action": { "number": 12 } }])
    );
}

/// The partner may not report before it owns the action; from then on it may, and it is read at the
/// same instant. Gives the version of its role.
async fn is_owned(app: &App) -> Value {
    let (public, ministry) = (app.public(), app.with(&ministry()));
    let owner = app.with(&partner("comensha"));
    assert_eq!(
        owner
            .send_mutation("recordResult", "", result("r"))
            .await
            .codes(),
        ["FORBIDDEN"]
    );
    let assigned = ministry
        .change_and_read(
            "assignPartner",
            "role { role from lastDay ledger partner { key } source { lines } } warnings { code }",
            assignment(Value::Null, Value::Null, "a1"),
        )
        .await;
    let role_version = assigned["role"]["ledger"].clone();
    assert_eq!(
        assigned,
        json!({
            "warnings": [],
            "role": {
                "role": "OWNER", "from": "2026-11-01", "lastDay": null, "ledger": role_version,
                "partner": { "key": "comensha" }, "source": { "lines": "bijlage 2" },
            },
        })
    );
    let may = owner
        .ask("{ viewer { may(operation: recordResult) { allowed of } } }")
        .await
        .data();
    assert_eq!(
        may["viewer"]["may"],
        json!([{ "allowed": true, "of": ["2024/47"] }])
    );
    let recorded = owner
        .change_and_read(
            "recordResult",
            "result { position kind value valueTo \
        qualifier unit { nl } explanation reportedBy { code } source { lines } ledger } warnings { code }",
            result("r"),
        )
        .await;
    let result_version = recorded["result"]["ledger"].clone();
    assert_eq!(
        recorded["result"],
        json!({
            "position": 1, "kind": "FIGURE", "value": 12, "valueTo": 15, "qualifier": "RANGE",
            "unit": { "nl": "bijeenkomsten" },
            "explanation": "Tussen twaalf en vijftien bijeenkomsten gehouden.",
            "reportedBy": { "code": "comensha" }, "source": null, "ledger": result_version,
        })
    );
    let page = public
        .ask(
            "{ partner(name: \"CoMensHa\") { roles { role action { number } } }
            search(text: \"vijftien bijeenkomsten\") { nodes { key } }
            action(number: 47) { partners { role partner { key } }
            results { value reportedBy { code } } } }",
        )
        .await
        .data();
    assert!(
        page["partner"]["roles"]
            .as_array()
            .unwrap()
            .contains(&json!({ "role": "OWNER", "action": { "number": 47 } }))
    );
    assert_eq!(page["search"]["nodes"], json!([{ "key": "2024/47" }]));
    assert_eq!(
        page["action"],
        json!({
            "partners": [{ "role": "OWNER", "partner": { "key": "comensha" } }],
            "results": [{ "value": 12, "reportedBy": { "code": "comensha" } }],
        })
    );
    // Told anew, with the version; and once more with the old one.
    let mut anew = result("r2");
    for (name, value) in [
        ("position", json!(1)),
        ("value", json!(13)),
        ("expectedVersion", result_version),
    ] {
        anew[name] = value;
    }
    let shown = owner
        .change_and_read("recordResult", "result { position value }", anew.clone())
        .await;
    assert_eq!(shown["result"], json!({ "position": 1, "value": 13 }));
    anew["idempotencyKey"] = json!("r3");
    assert_eq!(
        owner.mistakes("recordResult", anew).await,
        ["CONFLICT expectedVersion"]
    );
    role_version
}

/// The role ends: the partner may no longer report, and is found among the ended roles.
async fn is_owned_no_longer(app: &App, role_version: Value) {
    let (public, ministry) = (app.public(), app.with(&ministry()));
    let owner = app.with(&partner("comensha"));
    ministry
        .change(
            "assignPartner",
            assignment(json!("2026-11-21"), role_version, "a2"),
        )
        .await;
    assert_eq!(
        owner
            .send_mutation("recordResult", "", result("r4"))
            .await
            .codes(),
        ["FORBIDDEN"]
    );
    let roles = public
        .ask(
            "{ action(number: 47) { partners { role } ended: \
                partners(ended: true) { role from lastDay } } \
                actionsWithoutPartner { action { number } } }",
        )
        .await
        .data();
    assert_eq!(
        roles["action"],
        json!({
            "partners": [],
            "ended": [{ "role": "OWNER", "from": "2026-11-01", "lastDay": "2026-11-21" }],
        })
    );
    assert!(
        roles["actionsWithoutPartner"]
            .as_array()
            .unwrap()
            .contains(&json!({ "action": { "number": 47 } }))
    );
}

/// The action ends, with what waits for it and what money stays; planned anew it runs again.
async fn is_ended(app: &App, version: &Value) {
    let (public, ministry) = (app.public(), app.with(&ministry()));
    ministry
        .change("linkActions", link(45, &["2024/47"], &[], "l5"))
        .await;
    ministry
        .change(
            "setBudget",
            json!({
                "row": { "ofActions": { "actions": [47], "title": "Leerkring jeugdzorg" } },
                "cells": [{ "year": 2027, "state": "AMOUNT", "euros": 50_000 }], "source": source(),
                "idempotencyKey": "b",
            }),
        )
        .await;
    let ended = ministry.change_and_read("endAction", "action { ending { lastDay reason { nl en } \
        source { lines } } } warnings { code field message { nl } }", json!({
            "action": 47, "lastDay": "2026-11-20", "reasonNl": "Opgegaan in actie 45.",
            "reasonEn": "Merged into action 45.", "source": source(), "expectedVersion": version,
            "idempotencyKey": "e",
        }))
    .await;
    assert_eq!(
        ended,
        json!({
            "action": {
                "ending": {
                    "lastDay": "2026-11-20",
                    "reason": { "nl": "Opgegaan in actie 45.", "en": "Merged into action 45." },
                    "source": { "lines": "bijlage 2" },
                },
            },
            "warnings": [
                {
                    "code": "ANOTHER_STARTS_AFTER", "field": ["action"],
                    "message": { "nl": "Actie 45 start na deze actie, en die is niet afgerond." },
                },
                {
                    "code": "MONEY_AFTER_END", "field": ["lastDay"],
                    "message": { "nl": "De begroting heeft in 2027 geld voor deze actie." },
                },
            ],
        })
    );
    let plan = public
        .ask(
            "{ dashboard { actionsInPlan } \
                actions(filter: { hasEnded: true }) { nodes { number } } }",
        )
        .await
        .data();
    assert_eq!(
        plan,
        json!({ "dashboard": { "actionsInPlan": 46 }, "actions": { "nodes": [{ "number": 47 }] } })
    );
    // Planned anew it runs again.
    let head = public.ask(SEEN).await.data()["action"]["ledger"].clone();
    let mut again = forty_seven();
    again["expectedVersion"] = head;
    again["idempotencyKey"] = json!("again");
    let again = ministry
        .change_and_read(
            "planAction",
            "action { ending { lastDay } titles { title } }",
            again,
        )
        .await;
    assert_eq!(
        again["action"],
        json!({ "ending": null, "titles": [{ "title": "Landelijke leerkring jeugdzorg" }] })
    );
}

#[tokio::test]
async fn every_mistake_of_a_change_of_the_plan_is_named_at_once_and_changes_nothing() {
    let app = spawn_app();
    let ministry = app.with(&ministry());
    let before = entries(&app).await;
    // Five mistakes and more in one mutation, each coded, with its path, in both languages.
    let input = json!({
        "number": 0, "line": 6, "titleNl": "", "titleEn": "",
        "years": [
            { "year": 2031, "isPlanned": true }, { "year": 2026, "isPlanned": true },
            { "year": 2026, "isPlanned": false },
        ],
        "goals": [1, 99], "source": { "document": "letter-28638-248", "place": "x" },
        "idempotencyKey": "wrong",
    });
    let answer = ministry
        .send_mutation("planAction", "action { key }", input.clone())
        .await;
    let errors = answer.data()["planAction"]["errors"].clone();
    let messages: Vec<(&str, &str)> = errors
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            (
                error["message"]["nl"].as_str().unwrap(),
                error["message"]["en"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        messages[0],
        (
            "Een actie heeft een nummer van 1 tot 999.",
            "An action has a number from 1 to 999."
        )
    );
    assert!(
        messages
            .iter()
            .all(|(nl, en)| nl.ends_with('.') || nl.ends_with('?') && en.len() > 5)
    );
    assert_eq!(
        ministry.mistakes("planAction", input).await,
        [
            "INVALID_NUMBER number",
            "TEXT_LENGTH titleNl",
            "TEXT_LENGTH titleEn",
            "OUTSIDE_PLAN years.0.year",
            "REPEATED years.2.year",
            "UNKNOWN_GOAL goals.1",
            "UNKNOWN_SOURCE source.document",
        ]
    );
    assert_eq!(entries(&app).await, before);
}

/// A mutation with an input that is wrong, and its mistakes.
type Wrong<'a> = (&'a str, Value, &'a [&'a str]);

/// Each call has exactly these mistakes, and changes nothing.
async fn mistakes_are(calls: &[Wrong<'_>]) {
    let app = spawn_app();
    let ministry = app.with(&ministry());
    let before = entries(&app).await;
    for (mutation, input, shown) in calls {
        let mut input = input.clone();
        input["source"] = source();
        input["idempotencyKey"] = json!("wrong");
        assert_eq!(
            ministry.mistakes(mutation, input).await,
            *shown,
            "{mutation}"
        );
    }
    assert_eq!(entries(&app).await, before);
}

#[tokio::test]
async fn every_mistake_of_planning_and_ending_an_action_is_named() {
    mistakes_are(&[
        (
            "planAction",
            json!({ "number": 32, "line": 9, "titleNl": "x", "titleEn": "x" }),
            &["UNKNOWN_LINE line", "ALREADY_EXISTS number"],
        ),
        (
            "planAction",
            json!({ "plan": "2042", "number": 1, "line": 1, "titleNl": "x", "titleEn": "x" }),
            &["UNKNOWN_PLAN plan"],
        ),
        (
            "planAction",
            json!({
                "number": 32, "line": 4, "titleNl": "x", "titleEn": "x", "expectedVersion": 3,
            }),
            &["CONFLICT expectedVersion"],
        ),
        (
            "endAction",
            json!({
                "action": 99, "lastDay": "2031-01-01", "reasonNl": " ", "reasonEn": "",
            }),
            &[
                "UNKNOWN_ACTION action",
                "OUTSIDE_PLAN lastDay",
                "TEXT_LENGTH reasonNl",
                "TEXT_LENGTH reasonEn",
            ],
        ),
        (
            "endAction",
            json!({
                "action": 1, "lastDay": "2026-01-01", "reasonNl": "x", "reasonEn": "x",
                "expectedVersion": 1,
            }),
            &["CONFLICT expectedVersion"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn every_mistake_of_links_is_named() {
    mistakes_are(&[
        (
            "linkActions",
            json!({
                "action": 13, "kind": "STARTS_AFTER", "to": ["2024/11", "2024/13", "2024/99"],
                "noLongerTo": ["2024/1"], "text": "",
            }),
            &[
                "LINKED_TO_ITSELF to.1",
                "TEXT_LENGTH text",
                "ALREADY_LINKED to.0",
                "UNKNOWN_ACTION to.2",
                "NOT_LINKED noLongerTo.0",
            ],
        ),
        (
            "linkActions",
            json!({ "action": 13, "kind": "INFORMS" }),
            &["NOTHING_TO_DO to"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn every_mistake_of_a_result_is_named() {
    mistakes_are(&[(
        "recordResult",
        json!({
            "action": 99, "position": 4, "kind": "PRODUCT", "value": 3, "valueTo": 2,
            "qualifier": "RANGE", "explanation": "", "summary": "x", "expectedVersion": 7,
        }),
        &[
            "VALUE_AND_KIND value",
            "QUALIFIER_AND_KIND qualifier",
            "INVALID_RANGE valueTo",
            "TEXT_LENGTH explanation",
            "UNKNOWN_ACTION action",
            "CONFLICT expectedVersion",
            "UNKNOWN_RESULT position",
        ],
    )])
    .await;
}

#[tokio::test]
async fn every_mistake_of_a_role_is_named() {
    mistakes_are(&[
        (
            "assignPartner",
            json!({
                "action": 99, "partner": "comensa", "role": "OWNER", "from": "2026-11-01",
                "lastDay": "2026-10-01", "implementation": "REPORTED", "text": "",
            }),
            &[
                "DATES_OUT_OF_ORDER lastDay",
                "IMPLEMENTATION_AND_ROLE implementation",
                "TEXT_LENGTH text",
                "UNKNOWN_ACTION action",
                "UNKNOWN_PARTNER partner",
            ],
        ),
        (
            "assignPartner",
            json!({
                "action": 7, "partner": "om", "role": "EXECUTOR", "from": "2026-11-01", "text": "x",
            }),
            &["ALREADY_ASSIGNED from"],
        ),
        (
            "assignPartner",
            json!({
                "action": 7, "partner": "om", "role": "EXECUTOR", "from": "2026-11-01", "text": "x",
                "expectedVersion": 4,
            }),
            &["CONFLICT expectedVersion"],
        ),
    ])
    .await;
}

#[tokio::test]
async fn ten_equal_plans_at_once_plan_once_and_strangers_plan_nothing() {
    let app = spawn_app();
    let client = app.with(&ministry());
    let before = entries(&app).await;
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                client
                    .send_mutation("planAction", "action { ledger }", forty_seven())
                    .await
                    .data()
            })
        })
        .collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap());
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    // The action, its title, two years and a goal.
    assert_eq!(entries(&app).await, before + 5);
    let mut other = forty_seven();
    other["titleEn"] = json!("Another");
    assert_eq!(
        client.mistakes("planAction", other).await,
        ["KEY_REUSED idempotencyKey"]
    );
    // Two at once with different keys: one plans, the other is told that it is there.
    let strangers = [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&vng()),
    ];
    for stranger in strangers {
        let mut input = forty_seven();
        input["number"] = json!(48);
        let answer = stranger
            .send_mutation("planAction", "action { key }", input)
            .await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
        assert!(!answer.body.contains("leerkring"), "{}", answer.body);
    }
    assert_eq!(entries(&app).await, before + 5);
}

#[tokio::test]
async fn an_import_brings_back_nothing_that_the_ministry_changed() {
    let app = spawn_app();
    let (public, ministry) = (app.public(), app.with(&ministry()));
    // A link of the documents is taken away, a role of theirs is given its last day, a cell of
    // theirs is taken away.
    ministry
        .change(
            "linkActions",
            json!({
                "action": 13, "kind": "STARTS_AFTER", "noLongerTo": ["2024/11"], "source": source(),
                "idempotencyKey": "a",
            }),
        )
        .await;
    let roles =
        "{ action(number: 7) { partners(ended: true) { role ledger lastDay partner { key } } } }";
    let before = public.ask(roles).await.data();
    let of_om = before["action"]["partners"]
        .as_array()
        .unwrap()
        .iter()
        .find(|role| role["partner"]["key"] == "om")
        .unwrap()
        .clone();
    ministry
        .change(
            "assignPartner",
            json!({
                "action": 7, "partner": "om", "role": "EXECUTOR", "from": "2024-01-01",
                "lastDay": "2026-06-30", "text": "Uitgevoerd tot medio 2026.", "source": source(),
                "expectedVersion": of_om["ledger"], "idempotencyKey": "b",
            }),
        )
        .await;
    ministry
        .change(
            "setBudget",
            json!({
                "row": { "existing": { "sheet": "LINES", "code": "4/30" } },
                "cells": [{ "year": 2024, "state": "NOT_IN_SOURCE" }], "source": source(),
                "idempotencyKey": "c",
            }),
        )
        .await;
    let query = "{ action(number: 13) { relations(kind: STARTS_AFTER) { action { number } } }
        seven: action(number: 7) { partners(ended: true) { role lastDay } }
        budget(filter: { action: 30, year: 2024 }) { cells { state } } }";
    let changed = public.ask(query).await;
    assert_eq!(changed.data()["action"]["relations"], json!([]));
    assert_eq!(
        changed.data()["budget"]["cells"],
        json!([{ "state": "NOT_IN_SOURCE" }])
    );
    let imported = app.database.import(&edited(&[])).await;
    assert_eq!(
        (imported.added, imported.corrected, imported.withdrawn),
        (0, 0, 0)
    );
    assert_eq!(public.ask(query).await.data(), changed.data());
}

#[tokio::test]
async fn signs_of_a_person_warn_and_a_result_of_a_document_is_the_ministrys_to_change() {
    let app = spawn_app();
    let ministry = app.with(&ministry());
    let owner = json!({
        "action": 1, "partner": "comensha", "role": "OWNER", "from": "2026-11-01",
        "text": "Toegezegd door mevr. De Vries, 06-12345678.", "source": source(),
        "idempotencyKey": "o",
    });
    let assigned = ministry
        .change_and_read(
            "assignPartner",
            "warnings { code field message { nl } }",
            owner,
        )
        .await;
    assert_eq!(
        assigned["warnings"],
        json!([{ "code": "POSSIBLE_PERSONAL_DATA", "field": ["text"], "message": {
            "nl": "Deze tekst lijkt een aanspreekvorm met een naam te bevatten. Deze dienst noemt \
                functies en organisaties, geen personen." } }])
    );
    let input = |key: &str| {
        json!({
            "action": 1, "position": 1, "kind": "FIGURE", "value": 55, "qualifier": "EXACT",
            "unit": { "nl": "campagnes", "en": "campaigns" },
            "explanation": "Nog een campagne gevonden.", "summary": "One more campaign found.",
            "idempotencyKey": key,
        })
    };
    assert_eq!(
        app.with(&partner("comensha"))
            .mistakes("recordResult", input("p"))
            .await,
        ["NOT_YOURS position"]
    );
    let result = ministry
        .change_and_read(
            "recordResult",
            "result { value reportedBy { code } }",
            input("m"),
        )
        .await;
    assert_eq!(
        result["result"],
        json!({ "value": 55, "reportedBy": { "code": "MINISTRY" } })
    );
}
