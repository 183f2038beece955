//! Functions, the reporting route, reporting points, building blocks, adjacent policy.

use acceptance::{spawn_app, vng};
use serde_json::{Value, json};

use crate::recorded_policy::source;

fn keys(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one["key"].as_str().expect("a key"))
        .collect()
}

#[tokio::test]
async fn three_functions_say_what_they_do_not_do_and_who_fills_them() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ functions { nodes { code title { en } level levelLabel doesNot { nl en }
                 assignments { key function { code } area { code }
                 municipality { code } countsFor reason { nl en } organisation partner { key }
                 trained enoughTime
                 from source { lines } } } } }",
        )
        .await
        .data();
    let assignment = |key: &str, code: &str, area: Value, counts: &str, reason: Value| {
        json!({
            "key": key, "function": { "code": code }, "area": area, "municipality": null,
            "countsFor": counts, "reason": reason, "trained": "UNKNOWN", "enoughTime": "UNKNOWN",
            "from": null,
        })
    };
    let mut chain = assignment(
        "chain-coordinator-midden-nederland",
        "CHAIN_COORDINATOR",
        json!({ "code": "VR14" }),
        "AREA",
        json!(null),
    );
    chain["organisation"] = json!("RIEC Eenheid Midden Nederland");
    chain["partner"] = json!({ "key": "riec-midden-nederland" });
    chain["source"] = json!({ "lines": "493" });
    let mut care = assignment(
        "care-coordinator-gooi-en-vechtstreek",
        "CARE_COORDINATOR",
        json!({ "code": "VR14" }),
        "AREA",
        json!(null),
    );
    care["organisation"] = json!("Regio Gooi en Vechtstreek");
    care["partner"] = json!({ "key": "regio-gooi-en-vechtstreek" });
    care["source"] = json!({ "lines": "41-43" });
    let mut officers = assignment(
        "designated-officers-unnamed-municipality",
        "DESIGNATED_OFFICER",
        json!(null),
        "NOBODY",
        json!({
            "nl": "De bron noemt niet om welke gemeente het gaat. Deze invulling telt daarom voor \
                niemand mee.",
            "en": "The source does not name the municipality. This assignment therefore counts for \
                nobody.",
        }),
    );
    officers["organisation"] = json!("Interventieteam en OOV");
    officers["partner"] = json!(null);
    officers["source"] = json!({ "lines": "47-49" });
    assert_eq!(
        data["functions"]["nodes"],
        json!([
            {
                "code": "CHAIN_COORDINATOR", "title": { "en": "Chain coordinator" },
                "level": "REGION", "levelLabel": "Regio",
                "doesNot": {
                    "nl": "De ketenregisseur houdt zich niet bezig met casuïstiek.",
                    "en": "The chain coordinator does not deal with cases.",
                },
                "assignments": [chain],
            },
            {
                "code": "CARE_COORDINATOR", "title": { "en": "Care coordinator" },
                "level": "SUPRALOCAL", "levelLabel": "Bovenlokaal", "doesNot": null,
                "assignments": [care],
            },
            {
                "code": "DESIGNATED_OFFICER",
                "title": { "en": "Designated officer for human trafficking" },
                "level": "MUNICIPALITY", "levelLabel": "Gemeente", "doesNot": null,
                "assignments": [officers],
            },
        ])
    );
}

#[tokio::test]
async fn a_function_of_a_larger_area_serves_the_regions_in_it() {
    let app = spawn_app();
    let public = app.public();
    // No source tells of the other regions of the police unit; VNG records one of the unit.
    let unit = json!({
        "key": "chain-coordinator-unit", "role": "CHAIN_COORDINATOR",
        "place": { "area": "PE03" }, "organisation": "RIEC Midden-Nederland",
        "text": "Voor de hele politie-eenheid.", "source": source(), "idempotencyKey": "unit",
    });
    app.with(&vng()).change("assignFunction", unit).await;
    let data = public
        .ask(
            "{ gooi: functionsInArea(area: \"vr14\") { nodes { basis assignment { key } } }
               flevoland: functionsInArea(area: \"VR25\") { nodes { basis assignment { key } } }
               amsterdam: functionsInArea(area: \"VR13\") { nodes { basis } } }",
        )
        .await
        .data();
    let chain = json!({
        "basis": "HIGHER_AREA", "assignment": { "key": "chain-coordinator-unit" },
    });
    assert_eq!(
        data,
        json!({
            "gooi": { "nodes": [
                {
                    "basis": "OWN_AREA",
                    "assignment": { "key": "care-coordinator-gooi-en-vechtstreek" },
                },
                {
                    "basis": "OWN_AREA",
                    "assignment": { "key": "chain-coordinator-midden-nederland" },
                },
                chain,
            ] },
            "flevoland": { "nodes": [chain] }, "amsterdam": { "nodes": [] },
        })
    );
    let answer = public
        .ask("{ functionsInArea(area: \"VR26\") { nodes { basis } } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND"]);
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["didYouMean"],
        json!(["VR06", "VR16", "VR20"])
    );
}

#[tokio::test]
async fn the_reporting_route_has_five_steps_with_branches_and_takes_no_signals() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ reportingRoutes { key } reportingRoute(key:
                 \"gooi-en-vechtstreek-professionals\") { notice { en }
                 steps { number branch text { nl } audience { nl } address
                 contactFunctions { code } contactPartners { key }
                   branches { branch audience { nl } contactFunctions { code }
                   contactPartners { key } } } } }",
        )
        .await
        .data();
    assert_eq!(
        keys(&data["reportingRoutes"]),
        ["gooi-en-vechtstreek-professionals"]
    );
    let route = &data["reportingRoute"];
    assert_eq!(
        route["notice"]["en"],
        "Information only: this service takes no signals."
    );
    let steps = route["steps"].as_array().expect("steps");
    let shown: Vec<_> = steps
        .iter()
        .map(|step| (step["number"].as_i64(), step["text"]["nl"].as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (Some(1), Some("Breng signalen van mensenhandel in kaart")),
            (Some(2), Some("Vraag advies")),
            (Some(3), Some("Praat met de cliënt")),
            (
                Some(4),
                Some("Weeg aard en ernst van de situatie en het risico op mensenhandel")
            ),
            (Some(5), Some("Beslis")),
        ]
    );
    let branch = |number: i32, audience: Value, functions: &[&str], partners: &[&str]| {
        let functions: Vec<Value> = functions
            .iter()
            .map(|code| json!({ "code": code }))
            .collect();
        let partners: Vec<Value> = partners.iter().map(|key| json!({ "key": key })).collect();
        json!({
            "branch": number, "audience": audience, "contactFunctions": functions,
            "contactPartners": partners,
        })
    };
    assert_eq!(
        steps[1]["branches"],
        json!([
            branch(
                1,
                json!({ "nl": "medewerkers van de gemeente" }),
                &["DESIGNATED_OFFICER"],
                &[]
            ),
            branch(
                2,
                json!({ "nl": "overige professionals" }),
                &["CHAIN_COORDINATOR", "CARE_COORDINATOR"],
                &[]
            ),
            branch(3, json!(null), &[], &["veilig-thuis-gooi-en-vechtstreek"]),
        ])
    );
    assert_eq!(
        steps[4]["branches"],
        json!([
            branch(1, json!(null), &[], &[]),
            branch(
                2,
                json!(null),
                &["CARE_COORDINATOR", "DESIGNATED_OFFICER"],
                &[]
            ),
        ])
    );
    assert_eq!(
        steps[4]["address"],
        "https://www.wegwijzermensenhandel.nl/zorgcoordinatoren"
    );
    let answer = public
        .ask("{ reportingRoute(key: \"gooi-en-vechtstreek-professional\") { key } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND"]);
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["didYouMean"],
        json!(["gooi-en-vechtstreek-professionals"])
    );
}

#[tokio::test]
async fn the_merged_point_names_its_successor_and_nobody_says_that_one_was_checked() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ reportingPoints { key state stateLabel audiences address successor { key }
               partner { key } checkedOn }
               victims: reportingPoints(audience: VICTIM) { key }
               professionals: reportingPoints(audience: PROFESSIONAL) { key } }",
        )
        .await
        .data();
    let points = data["reportingPoints"].as_array().expect("points");
    assert_eq!(points.len(), 6);
    let merged: Vec<_> = points
        .iter()
        .filter(|point| point["state"] == "MERGED")
        .collect();
    assert_eq!(
        merged,
        [&json!({
            "key": "wegwijzer-mensenhandel", "state": "MERGED",
            "stateLabel": "Opgegaan in een ander", "audiences": [], "address": null,
            "successor": { "key": "comensha" }, "partner": null, "checkedOn": null,
        })]
    );
    assert!(points.iter().all(|point| point["checkedOn"].is_null()));
    assert_eq!(keys(&data["victims"]), ["centraal-informatiepunt"]);
    assert_eq!(
        keys(&data["professionals"]),
        [
            "centraal-informatiepunt",
            "veilig-thuis-gooi-en-vechtstreek",
            "zorgcoordinatoren-lijst"
        ]
    );
}

#[tokio::test]
async fn eight_building_blocks_are_counted_and_four_named() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ buildingBlocks { counted countedIn { key } countedSource { document { key } lines } named
                 statement { nl }
                 blocks { key state } } }",
        )
        .await
        .data();
    assert_eq!(
        data["buildingBlocks"],
        json!({
            "counted": 8, "countedIn": { "key": "2025-1" },
            "countedSource": { "document": { "key": "monitoring-2025" }, "lines": "486-487" },
            "named": 4,
            "statement": { "nl":
                "De bronnen tellen 8 vastgestelde bouwstenen en noemen de onderwerpen van 4 \
                    daarvan." },
            "blocks": [
                { "key": "bestuurlijke-aanjaging", "state": "ADOPTED" },
                { "key": "gemeentelijke-professionalisering", "state": "ADOPTED" },
                { "key": "monitoring-en-evaluatie", "state": "IN_DEVELOPMENT" },
                { "key": "regionale-regie", "state": "ADOPTED" },
                { "key": "slachtoffercoordinatie", "state": "ADOPTED" },
            ],
        })
    );
}

#[tokio::test]
async fn adjacent_policy_touches_the_plan_or_a_policy() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ all: adjacentPolicies { key } plan:
               adjacentPolicies(plan: \"2024\") { key plan { key } policy { key } }
               policy: adjacentPolicies(policy: \"gooi-en-vechtstreek-2023\") { key lastDay
               periodText policy { key } } }",
        )
        .await
        .data();
    assert_eq!(
        keys(&data["all"]),
        [
            "bescherming-en-opvang-2022-2025",
            "cosm",
            "goc-midden-nederland",
            "ivp-2023-2026",
            "online-inzet",
            "preventie-met-gezag",
            "roemeragenda",
            "veiligheidsagenda"
        ]
    );
    assert_eq!(
        keys(&data["plan"]),
        [
            "cosm",
            "online-inzet",
            "preventie-met-gezag",
            "veiligheidsagenda"
        ]
    );
    assert_eq!(
        data["policy"][2],
        json!({ "key": "ivp-2023-2026", "lastDay": "2026-12-31", "periodText": "2023 - 2026",
            "policy": { "key": "gooi-en-vechtstreek-2023" } })
    );
    let answer = public
        .ask("{ adjacentPolicies(plan: \"2025\", policy: \"gooi-en-vechtstreek-2024\") { key } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND", "NOT_FOUND"]);
}

#[tokio::test]
async fn each_list_costs_a_constant_number_of_statements() {
    let app = spawn_app();
    let public = app.public();
    for (expected, query) in [
        (
            1,
            "{ functions { nodes { does { nl } assignments { area { name } municipality { name }
                partner { key }
                source { document { key } } } } } }",
        ),
        (
            1,
            "{ reportingRoute(key: \"gooi-en-vechtstreek-professionals\") {
                steps { contactFunctions { code }
                contactPartners { key } branches { contactFunctions { code }
                contactPartners { key } } } } }",
        ),
        (
            1,
            "{ reportingPoints { partner { key } successor { key partner { key } } } }",
        ),
        (
            1,
            "{ reportingPoints(audience: VICTIM) { partner { key } \
            successor { key partner { key } } } }",
        ),
    ] {
        assert_eq!(
            public.ask_again(query).await.statements(),
            expected,
            "{query}"
        );
    }
}
