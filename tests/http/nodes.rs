//! `node`: whatever has an id is found by it, as the list that gave the id out tells of it.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    App, Client, a_period, a_release, a_round, ministry, municipality, region, spawn_app, vng,
};
use serde_json::{Value, json};

/// What is asked for ids: of everything that everybody sees.
const OF_ALL: [&str; 4] = [
    "{ planVersions { ...N lines { ...N actions { ...N line { ...N } budget { ...N } }
            goals { ...N measurements { ...N } } effects { ...N indicators { ...N } } } }
        monitoringRounds { ...N } planThemes { ...N } motions { nodes { ...N } } proposals { ...N }
        budget { funding { ...N } cells { ...N } } }
     fragment N on Node { __typename id }",
    "{ nationalFigures { figures { ...N } } exploitationForms { ...N }
        sourceDocuments { nodes { ...N citations { ...N } decisions { ...N } } }
        about { knownGaps { ...N } }
        partners { nodes { ...N } } events { nodes { ...N } } policies { nodes { ...N } } }
     fragment N on Node { __typename id }",
    "{ functions { nodes { ...N assignments { ...N } } } reportingRoutes { ...N }
        reportingPoints { ...N }
        coverage(role: DESIGNATED_OFFICER) { vacancies { ...N } }
        buildingBlocks { blocks { ...N } } adjacentPolicies { ...N }
        municipalities(first: 20) { nodes { ...N } } areas { nodes { ...N } } }
     fragment N on Node { __typename id }",
    "{ framework { ...N themes { ...N criteria { ...N } } } reportingPeriods { ...N }
        openRounds { nodes { ...N } } publications { nodes { ...N } }
        regionalAnswers(area: \"VR14\") { nodes { ...N } }
        assessment(municipality: \"GM0402\", period: \"2026-2\") { ...N } }
     fragment N on Node { __typename id }",
];

fn collect(value: &Value, found: &mut BTreeMap<String, BTreeSet<String>>) {
    if let (Some(kind), Some(id)) = (value["__typename"].as_str(), value["id"].as_str()) {
        found
            .entry(kind.to_owned())
            .or_default()
            .insert(id.to_owned());
    }
    match value {
        Value::Object(fields) => fields.values().for_each(|one| collect(one, found)),
        Value::Array(values) => values.iter().for_each(|one| collect(one, found)),
        _ => {}
    }
}

/// The ids that a client sees, by type.
async fn ids(client: &Client) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for query in OF_ALL {
        collect(&client.ask(query).await.data(), &mut found);
    }
    found
}

async fn prepared() -> App {
    let app = spawn_app();
    let reviewer = app.with(&vng());
    acceptance::a_reporting_region("VR14")
        .sent_by(&reviewer)
        .await;
    a_period().sent_by(&reviewer).await;
    let of_ministry = app.with(&ministry());
    a_round().sent_by(&of_ministry).await;
    acceptance::a_publication("BUDGET", "2024")
        .sent_by(&of_ministry)
        .await;
    a_release("budget-2024-1").sent_by(&of_ministry).await;
    let answer = json!({
        "area": "VR14", "criterion": "OH-01", "answer": "MET", "from": "2026-01-01",
        "idempotencyKey": "regional",
    });
    app.with(&region("VR14"))
        .change("submitRegionalAnswer", answer)
        .await;
    let vacancy = json!({
        "key": "officer-vacant-hilversum", "role": "DESIGNATED_OFFICER",
        "place": { "municipality": "GM0402" }, "from": "2026-06-01",
        "text": "De functie is vacant.", "idempotencyKey": "vacant",
        "source": { "document": "monitoring-2025", "place": "7" },
    });
    app.with(&municipality("GM0402"))
        .change("declareFunctionVacancy", vacancy)
        .await;
    acceptance::a_draft("GM0402", acceptance::met(&["SV-01"]))
        .sent_by(&app.with(&region("VR14")))
        .await;
    app
}

#[tokio::test]
async fn whatever_has_an_id_is_found_by_it() {
    let app = prepared().await;
    let client = app.with(&region("VR14"));
    let found = ids(&client).await;
    let types = client
        .ask("{ __type(name: \"Node\") { possibleTypes { name } } }")
        .await
        .data()["__type"]["possibleTypes"]
        .clone();
    let names = types.as_array().unwrap().iter();
    let types: BTreeSet<&str> = names.filter_map(|one| one["name"].as_str()).collect();
    let seen: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(seen, types);
    for (kind, ids) in &found {
        for id in ids.iter().take(3) {
            let query = format!("{{ node(id: \"{id}\") {{ __typename id }} }}");
            let shown = client.ask(&query).await.data()["node"].clone();
            assert_eq!(shown, json!({ "__typename": kind, "id": id }));
        }
    }
}

#[tokio::test]
async fn what_only_some_see_is_a_node_for_them_alone() {
    let app = prepared().await;
    let found = ids(&app.with(&region("VR14"))).await;
    for kind in ["RegionalAnswer", "Assessment"] {
        let id = found[kind].first().unwrap();
        let query = format!("{{ node(id: \"{id}\") {{ id }} }}");
        for client in [app.public(), app.with(&region("VR13"))] {
            assert_eq!(
                client.ask(&query).await.data(),
                json!({ "node": null }),
                "{kind}"
            );
        }
    }
}
