//! The ministry sets the budget and registers partners, owners measure: sums, reconciliation,
//! progress and pages follow at once.

use acceptance::{App, Client, ministry, municipality, partner, region, spawn_app, vng};
use serde_json::{Value, json};

use crate::plan_changes::source;

/// Row and cells of a budget to set.
fn budget(row: Value, cells: Value, key: &str) -> Value {
    json!({ "row": row, "cells": cells, "source": source(), "idempotencyKey": key })
}

fn existing(sheet: &str, code: &str) -> Value {
    json!({ "existing": { "sheet": sheet, "code": code } })
}

const SUMS: &str = "{ budget { line(number: 1) { year(year: 2024) { published { euros }
    computed { euros state } differenceEuros } }
    totalOfActions(line: 1, year: 2024) { amount { euros } rows }
    reconciliation { differences { cell { key } } }
    cells(CELLS) }}";

#[tokio::test]
async fn a_cell_that_is_set_moves_every_sum_and_zero_blank_and_absent_stay_apart() {
    let app = spawn_app();
    let (public, ministry) = (app.public(), app.with(&ministry()));
    sums_move(&public, &ministry).await;
    states_stay_apart(&public, &ministry).await;
    mistakes_change_nothing(&app, &ministry).await;
}

/// A cell that is set moves every sum, and what was known before stays.
async fn sums_move(public: &Client, ministry: &Client) {
    let sums = SUMS.replace("cells(CELLS)", "years");
    let before = public.ask(&sums).await;
    assert_eq!(
        before.data()["budget"]["line"]["year"],
        json!({
            "published": { "euros": 380_000 }, "computed": { "euros": 470_000, "state": "AMOUNT" },
            "differenceEuros": 90_000,
        })
    );
    // Actions 3 and 4 share a row: 10,000 euros of 100,000 remain, and they count once.
    let cell = "cells { key year state amount { euros label(language: EN) } printed \
        printedUnitEuros isShared ledger source { lines } }";
    let set = ministry
        .change_and_read(
            "setBudget",
            cell,
            budget(
                existing("LINES", "1/3-4"),
                json!([{ "year": 2024, "state": "AMOUNT", "euros": 10_000 }]),
                "a",
            ),
        )
        .await;
    let version = set["cells"][1]["ledger"].clone();
    assert_eq!(
        set["cells"][1],
        json!({
            "key": "2024/LINES/1/3-4/2024", "year": 2024, "state": "AMOUNT",
            "amount": { "euros": 10_000, "label": "10,000 euros" }, "printed": "10000",
            "printedUnitEuros": 1, "isShared": true, "ledger": version,
            "source": { "lines": "bijlage 2" },
        })
    );
    let after = public.ask(&sums).await.data();
    assert_eq!(
        after["budget"]["line"]["year"],
        json!({
            "published": { "euros": 380_000 }, "computed": { "euros": 380_000, "state": "AMOUNT" },
            "differenceEuros": 0,
        })
    );
    assert_eq!(
        after["budget"]["totalOfActions"]["amount"]["euros"],
        380_000
    );
    // The overview now agrees; the printed total of the line's own table does not.
    assert_eq!(
        after["budget"]["reconciliation"]["differences"],
        json!([{ "cell": { "key": "2024/LINES/1/TOTAL/2024" } },
            { "cell": { "key": "2024/SUMMARY/TOTAL/2026" } }])
    );
    let shown = public
        .ask(&format!(
            "{{ changes(since: {{ ledger: {} }}) {{ nodes {{ sentence {{ nl en }} }} }} }}",
            before.ledger()
        ))
        .await;
    assert_eq!(
        shown.data()["changes"]["nodes"],
        json!([
            {
                "sentence": {
                    "nl": "Het bedrag voor 2024 bij “3 en 4. Een gerichte communicatiestrategie \
                        (in 2024 gericht op seksuele uitbuiting en in 2025 gericht op arbeids- en \
                        criminele uitbuiting)” is vastgelegd.",
                    "en": "The amount for 2024 at “3 en 4. Een gerichte communicatiestrategie \
                        (in 2024 gericht op seksuele uitbuiting en in 2025 gericht op arbeids- en \
                        criminele uitbuiting)” was set.",
                },
            },
        ])
    );
    let then = public
        .ask(&sums.replace(
            "{ budget",
            &format!("{{ budget(at: {{ ledger: {} }})", before.ledger()),
        ))
        .await;
    assert_eq!(then.data(), before.data());
}

/// A 0, a dash, a blank and no cell at all are four things.
async fn states_stay_apart(public: &Client, ministry: &Client) {
    let four = ministry
        .change_and_read(
            "setBudget",
            "cells { year state amount { euros label } printed ledger }",
            budget(
                existing("LINES", "4/30"),
                json!([
                    { "year": 2023, "state": "BLANK" }, { "year": 2024, "state": "ZERO" },
                    { "year": 2025, "state": "DASH" }, { "year": 2026, "state": "NOT_IN_SOURCE" },
                ]),
                "b",
            ),
        )
        .await;
    let states: Vec<(&str, Option<i64>, &str, Option<&str>)> = four["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| {
            (
                cell["state"].as_str().unwrap(),
                cell["amount"]["euros"].as_i64(),
                cell["amount"]["label"].as_str().unwrap(),
                cell["printed"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        states,
        [
            ("BLANK", None, "leeg", None),
            ("ZERO", Some(0), "0 euro", Some("0")),
            ("DASH", None, "streepje", Some("–"))
        ]
    );
    let absent = public
        .ask(
            "{ budget(filter: { action: 30, year: 2026 }) { \
                cells { state amount { euros } ledger } } }",
        )
        .await;
    assert_eq!(
        absent.data()["budget"]["cells"],
        json!([{ "state": "NOT_IN_SOURCE", "amount": { "euros": null }, "ledger": 0 }])
    );
    // A year that the sources do not speak of is refused, and not answered with nothing.
    let refused = public
        .ask("{ budget(filter: { year: 1999 }) { cells { state } } }")
        .await;
    assert_eq!(refused.codes(), ["BAD_REQUEST"]);
    assert!(
        refused.body.contains(
            "`filter.year` moet een jaar zijn waarvan de bronnen spreken: \
                2023, 2024, 2025, 2026, 2027."
        ),
        "{}",
        refused.body
    );
}

/// Whoever saw the older cell is told, with all other mistakes, and nothing changes.
async fn mistakes_change_nothing(app: &App, ministry: &Client) {
    let entries = app.database.count("select count(*) from ledger").await;
    let wrong = budget(
        existing("LINES", "1/3-4"),
        json!([
            { "year": 2024, "state": "ZERO", "euros": 5, "expectedVersion": 7 },
            { "year": 2024, "state": "AMOUNT" }, { "year": 1999, "state": "BLANK" },
            { "year": 2027, "state": "NOT_IN_SOURCE" },
        ]),
        "c",
    );
    assert_eq!(
        ministry.mistakes("setBudget", wrong).await,
        [
            "AMOUNT_AND_STATE cells.0.euros",
            "CONFLICT cells.0.expectedVersion",
            "REPEATED cells.1.year",
            "AMOUNT_AND_STATE cells.1.euros",
            "OUTSIDE_PLAN cells.2.year",
            "NOTHING_THERE cells.3.state"
        ]
    );
    let of_actions = json!({ "ofActions": { "actions": [4, 3, 32, 99, 3], "title": "" } });
    assert_eq!(
        ministry
            .mistakes("setBudget", budget(of_actions, json!([]), "d"))
            .await,
        [
            "UNKNOWN_ACTION row.ofActions.actions.3",
            "REPEATED row.ofActions.actions.4",
            "ACTIONS_OF_ONE_LINE row.ofActions.actions",
            "TEXT_LENGTH row.ofActions.title",
            "NOTHING_TO_DO cells"
        ]
    );
    let known = json!({ "ofActions": { "actions": [4, 3], "title": "x" } });
    assert_eq!(
        ministry
            .mistakes(
                "setBudget",
                budget(known, json!([{ "year": 2024, "state": "BLANK" }]), "e")
            )
            .await,
        ["ALREADY_EXISTS row.ofActions.actions"]
    );
    assert_eq!(
        ministry
            .mistakes(
                "setBudget",
                budget(
                    existing("SUMMARY", "z"),
                    json!([{ "year": 2024, "state": "BLANK" }]),
                    "f"
                )
            )
            .await,
        ["UNKNOWN_ROW row.existing.code"]
    );
    for stranger in [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&vng()),
    ] {
        let input = budget(
            existing("LINES", "4/30"),
            json!([{ "year": 2024, "state": "AMOUNT", "euros": 1 }]),
            "g",
        );
        assert_eq!(
            stranger.send_mutation("setBudget", "", input).await.codes(),
            ["FORBIDDEN"]
        );
    }
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        entries
    );
}

/// Sterk Huis, as it is registered.
fn sterk_huis(aliases: Value, version: Value, key: &str) -> Value {
    json!({
        "key": "sterk-huis", "name": "Sterk Huis", "nameEn": "Sterk Huis",
        "kind": "CARE_PROVIDER", "aliases": aliases, "area": "VR20",
        "website": "https://www.sterkhuis.nl", "source": source(), "expectedVersion": version,
        "idempotencyKey": key,
    })
}

#[tokio::test]
async fn a_partner_has_its_names_alone_and_is_found_by_each_of_them() {
    let app = spawn_app();
    let (public, ministry) = (app.public(), app.with(&ministry()));
    let head = public.ask("{ partners { totalCount } }").await;
    let registered = ministry
        .change_and_read(
            "registerPartner",
            "partner { key kindLabel aliases area { code } website ledger source { lines } }",
            sterk_huis(
                json!(["STERK-huis!", "Stichting Sterk Huis"]),
                Value::Null,
                "a",
            ),
        )
        .await;
    let version = registered["partner"]["ledger"].clone();
    assert_eq!(
        registered["partner"],
        json!({
            "key": "sterk-huis", "kindLabel": "Zorgaanbieder",
            "aliases": ["STERK-huis!", "Stichting Sterk Huis"], "area": { "code": "VR20" },
            "website": "https://www.sterkhuis.nl", "ledger": version,
            "source": { "lines": "bijlage 2" },
        })
    );
    for name in ["sterk huis", "stichting  STERK huis", "sterk-huis"] {
        let found = public
            .ask(&format!("{{ partner(name: \"{name}\") {{ key }} }}"))
            .await;
        assert_eq!(
            found.data(),
            json!({ "partner": { "key": "sterk-huis" } }),
            "{name}"
        );
    }
    let seen = public
        .ask(
            "{ partners { totalCount } search(text: \"Stichting Sterk Huis\") { \
                nodes { kind key } } }",
        )
        .await
        .data();
    assert_eq!(
        seen["partners"]["totalCount"],
        head.data()["partners"]["totalCount"].as_i64().unwrap() + 1
    );
    assert_eq!(
        seen["search"]["nodes"][0],
        json!({ "kind": "PARTNER", "key": "sterk-huis" })
    );
    let then = public
        .ask(&format!(
            "{{ partners(at: {{ ledger: {} }}) {{ totalCount }} }}",
            head.ledger()
        ))
        .await;
    assert_eq!(then.data(), head.data());
    assert_eq!(
        ministry
            .mistakes("registerPartner", sterk_huis(json!([]), Value::Null, "c"))
            .await,
        ["ALREADY_EXISTS key"]
    );
    assert_eq!(
        ministry
            .mistakes("registerPartner", sterk_huis(json!([]), json!(1), "d"))
            .await,
        ["CONFLICT expectedVersion"]
    );
    let changed = ministry
        .change_and_read(
            "registerPartner",
            "partner { aliases }",
            sterk_huis(json!(["SH"]), version, "e"),
        )
        .await;
    assert_eq!(changed["partner"], json!({ "aliases": ["SH"] }));
    let gone = public
        .ask("{ partner(name: \"Stichting Sterk Huis\") { key } }")
        .await;
    assert_eq!(gone.codes(), ["NOT_FOUND"]);
}

#[tokio::test]
async fn no_partner_takes_the_name_of_another() {
    let app = spawn_app();
    let ministry = app.with(&ministry());
    let aliases = json!(["STERK-huis!", "Stichting Sterk Huis"]);
    ministry
        .change("registerPartner", sterk_huis(aliases, Value::Null, "a"))
        .await;
    // In whatever spelling.
    assert_eq!(
        ministry.mistakes("registerPartner", json!({
            "key": "Sterk Huis", "name": "CoMensHa.", "nameEn": "", "kind": "MUNICIPALITY",
            "aliases": ["sterk huis", "Nieuw", "Nieuw"], "area": "VR99", "website": "http://x",
            "source": { "document": "x", "place": "x" }, "idempotencyKey": "b",
        }))
        .await,
        [
            "INVALID_KEY key", "TEXT_LENGTH nameEn", "ALIAS_REPEATED aliases.2", "MUNICIPALITY_AND_KIND municipality",
            "INVALID_WEBSITE website", "NAME_TAKEN key", "NAME_TAKEN name", "NAME_TAKEN aliases.0", "UNKNOWN_AREA \
                area",
            "UNKNOWN_SOURCE source.document",
        ]
    );
}

/// A measurement of action 2, as it is recorded.
fn measured(key: &str, kind: &str, value: i32, version: Value) -> Value {
    json!({
        "key": key, "action": 2, "of": { "goal": "2024/1/1", "target": 1 }, "kind": kind,
        "state": "REPORTED", "group": { "nl": "hotelpersoneel", "en": "hotel staff" },
        "value": value, "unit": { "nl": "procent", "en": "per cent" },
        "measuredOn": "2026-06-01", "explanation": "Enquête onder hotelpersoneel.",
        "summary": "Survey among hotel staff.", "expectedVersion": version,
        "idempotencyKey": format!("{key} {value}"),
    })
}

/// Only the ministry puts its word in the place of the baselines that a document tells of.
async fn baselines_are_of_the_ministry(app: &App, groups: [&str; 3]) {
    let (owner, ministry) = (app.with(&partner("ccv")), app.with(&ministry()));
    let versions = app
        .public()
        .ask("{ action(number: 2) { measurements { ledger } } }")
        .await
        .data();
    let version = |i: usize| versions["action"]["measurements"][i]["ledger"].clone();
    assert_eq!(
        owner
            .mistakes(
                "recordMeasurement",
                measured(groups[0], "BASELINE", 40, version(0))
            )
            .await,
        ["NOT_YOURS key"]
    );
    for (i, key) in groups.iter().enumerate() {
        let mut input = measured(key, "BASELINE", 40, version(i));
        // One group for all: the law of progress asks a later figure of each.
        input["measuredOn"] = json!("2025-06-01");
        let recorded = ministry
            .change_and_read(
                "recordMeasurement",
                "measurement { key state value reportedBy { code } source { lines } }",
                input,
            )
            .await;
        assert_eq!(
            recorded["measurement"],
            json!({
                "key": key, "state": "REPORTED", "value": 40, "reportedBy": { "code": "MINISTRY" },
                "source": null,
            })
        );
    }
}

#[tokio::test]
async fn a_measurement_moves_the_progress_of_its_goal() {
    let app = spawn_app();
    let (public, ministry) = (app.public(), app.with(&ministry()));
    let goal = "{ goal(key: \"2024/1/1\", at: null) { progress missingParts \
        targets { progress measurements { key } } } \
        action(number: 2, at: null) { measurements { key state } } }";
    let before = public.ask(goal).await;
    assert_eq!(before.data()["goal"]["progress"], "NOT_COMPUTABLE");
    let owner = app.with(&partner("ccv"));
    ministry.change("assignPartner", json!({
        "action": 2, "partner": "ccv", "role": "OWNER", "from": "2026-01-01", "text": "Aangewezen.",
        "source": source(), "idempotencyKey": "o",
    }))
    .await;
    // The baselines that a document tells of are running.
    let groups = [
        "nulmeting-hotelpersoneel",
        "nulmeting-schoolwerkers",
        "nulmeting-sociale-wijkteams",
    ];
    let listed = before.data()["action"]["measurements"].clone();
    assert_eq!(
        listed,
        json!(groups.map(|key| json!({ "key": key, "state": "RUNNING" })))
    );
    baselines_are_of_the_ministry(&app, groups).await;
    let later = owner
        .change_and_read(
            "recordMeasurement",
            "measurement { key reportedBy { code } goal { key } \
                targetNumber measuredOn text translation } warnings { code }",
            measured("tussenmeting-2026", "INTERIM", 43, Value::Null),
        )
        .await;
    assert_eq!(
        later,
        json!({
            "warnings": [],
            "measurement": {
                "key": "tussenmeting-2026", "reportedBy": { "code": "ccv" }, "goal": { "key": "2024/1/1" },
                "targetNumber": 1, "measuredOn": "2026-06-01",
                "text": "Enquête onder hotelpersoneel.", "translation": "Survey among hotel staff.",
            },
        })
    );
    // From 40 to 43 is a rise of 7.5 per cent: not yet the 10 that is aimed at; 44 is.
    assert_eq!(public.ask(goal).await.data()["goal"]["progress"], "NOT_MET");
    let version = public
        .ask("{ action(number: 2) { measurements { key ledger } } }")
        .await
        .data();
    let own = version["action"]["measurements"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["key"] == "tussenmeting-2026")
        .unwrap()["ledger"]
        .clone();
    owner
        .change(
            "recordMeasurement",
            measured("tussenmeting-2026", "INTERIM", 44, own),
        )
        .await;
    let after = public.ask(goal).await.data();
    assert_eq!(after["goal"]["progress"], "MET");
    let then = public
        .ask(&goal.replace(
            "at: null",
            &format!("at: {{ ledger: {} }}", before.ledger()),
        ))
        .await;
    assert_eq!(then.data(), before.data());
}

#[tokio::test]
async fn every_mistake_of_a_measurement_is_named() {
    let app = spawn_app();
    let ministry = app.with(&ministry());
    let wrong = json!({
        "key": "Key", "action": 99, "of": { "goal": "2024/1/9" }, "kind": "FINAL",
        "state": "RUNNING", "value": -1, "measuredOn": "2027-01-01", "explanation": " ",
        "summary": "", "source": { "document": "x", "place": "" }, "idempotencyKey": "w",
    });
    assert_eq!(
        ministry.mistakes("recordMeasurement", wrong).await,
        [
            "INVALID_KEY key",
            "VALUE_AND_STATE value",
            "DATE_IN_FUTURE measuredOn",
            "TEXT_LENGTH explanation",
            "TEXT_LENGTH summary",
            "UNKNOWN_ACTION action",
            "UNKNOWN_GOAL of.goal",
            "UNKNOWN_SOURCE source.place",
            "UNKNOWN_SOURCE source.document"
        ]
    );
    let other = json!({
        "key": "nulmeting-hotelpersoneel", "action": 3, "kind": "FINAL", "state": "RUNNING",
        "explanation": "x", "summary": "x", "idempotencyKey": "x",
    });
    assert_eq!(
        ministry.mistakes("recordMeasurement", other).await,
        ["ALREADY_EXISTS key", "OF_ANOTHER_ACTION action"]
    );
    let target = json!({
        "key": "m", "action": 2, "of": { "goal": "2024/1/1", "target": 7 }, "kind": "FINAL",
        "state": "RUNNING", "explanation": "x", "summary": "x", "idempotencyKey": "y",
    });
    assert_eq!(
        ministry.mistakes("recordMeasurement", target).await,
        ["UNKNOWN_TARGET of.target"]
    );
}

#[tokio::test]
async fn nobody_but_the_owner_and_the_ministry_records_a_measurement() {
    let app = spawn_app();
    for stranger in [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&vng()),
    ] {
        let input = measured("stiekem", "INTERIM", 1, Value::Null);
        assert_eq!(
            stranger
                .send_mutation("recordMeasurement", "", input)
                .await
                .codes(),
            ["FORBIDDEN"]
        );
    }
}
