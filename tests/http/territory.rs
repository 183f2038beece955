//! The territory over time: how many municipalities there were, which region they belonged to, what became of them.

use acceptance::{Client, spawn_app};
use serde_json::json;

async fn count(client: &Client, day: &str) -> i64 {
    let query = format!("{{ municipalities(asOf: \"{day}\", first: 1) {{ totalCount }} }}");
    client.ask(&query).await.data()["municipalities"]["totalCount"]
        .as_i64()
        .expect("a number")
}

#[tokio::test]
async fn each_day_has_the_municipalities_of_that_day() {
    let app = spawn_app();
    let public = app.public();
    for (day, expected) in [
        ("2018-12-31", 380),
        ("2019-01-01", 355),
        ("2020-01-01", 355),
        ("2021-01-01", 352),
        ("2022-01-01", 345),
        ("2022-03-23", 345),
        ("2022-03-24", 344),
        ("2022-12-31", 344),
        ("2023-01-01", 342),
        ("2024-01-01", 342),
        ("2025-01-01", 342),
        ("2026-01-01", 342),
        ("2026-11-22", 342),
    ] {
        assert_eq!(count(&public, day).await, expected, "{day}");
    }
}

#[tokio::test]
async fn gooi_en_vechtstreek_has_six_members_and_eemnes_is_none_of_them() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ region(code: \"VR14\") { name kind municipalities { name } }
               before: region(code: \"VR14\", asOf: \"2022-03-23\") { municipalities { name } }
               eemnes: municipality(code: \"GM0317\") { name region { code } province { name } } }",
        )
        .await
        .data();
    let names = |members: &serde_json::Value| -> Vec<String> {
        let members = members["municipalities"].as_array().unwrap();
        members
            .iter()
            .map(|member| member["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names(&data["region"]),
        [
            "Blaricum",
            "Hilversum",
            "Huizen",
            "Laren",
            "Wijdemeren",
            "Gooise Meren"
        ]
    );
    assert_eq!(
        names(&data["before"]),
        [
            "Blaricum",
            "Hilversum",
            "Huizen",
            "Laren",
            "Weesp",
            "Wijdemeren",
            "Gooise Meren"
        ]
    );
    assert_eq!(
        data["eemnes"],
        json!({ "name": "Eemnes", "region": { "code": "VR09" }, "province": { "name": "Utrecht" } })
    );
}

#[tokio::test]
async fn weesp_exists_until_it_goes_over_into_amsterdam() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ last: municipality(code: \"GM0457\", asOf: \"2022-03-23\") { name region { code } }
               gone: municipality(code: \"GM0457\", asOf: \"2022-03-24\") { name }
               dayAfter: municipality(code: \"GM0457\", asOf: \"2022-03-25\") { name }
               former: municipality(code: \"GM0457\") { validTo successors { effectiveOn kind successor } }
               amsterdam: municipality(code: \"GM0363\") { predecessors { predecessor } } }",
        )
        .await
        .data();
    assert_eq!(
        data,
        json!({
            "last": { "name": "Weesp", "region": { "code": "VR14" } },
            "gone": null,
            "dayAfter": null,
            "former": { "validTo": "2022-03-24",
                "successors": [{ "effectiveOn": "2022-03-24", "kind": "ABSORPTION", "successor": "GM0363" }] },
            "amsterdam": { "predecessors": [{ "predecessor": "GM0457" }] },
        })
    );
}

#[tokio::test]
async fn an_old_number_leads_to_the_new_one() {
    let app = spawn_app();
    let data = app
        .public()
        .ask("{ action(number: 23, plan: \"2023\") { key successors { confidence action { key title { nl } } } } }")
        .await
        .data();
    assert_eq!(
        data["action"],
        json!({ "key": "2023/23", "successors": [{ "confidence": "CERTAIN", "action": {
            "key": "2024/32", "title": { "nl": "Landelijke rapportage voortgang VNG-kader" } } }] })
    );
}

#[tokio::test]
async fn a_list_costs_as_many_statements_for_one_row_as_for_a_hundred() {
    let app = spawn_app();
    let public = app.public();
    for (expected, query) in [
        (
            10,
            "{ actions(first: FIRST) { nodes { title { nl } monitoring statusLabel explanation delay { cause } line { key }
                titles { title source { document { key } } } } } }",
        ),
        (
            4,
            "{ municipalities(first: FIRST) { totalCount nodes { name region { name } province { name } } } }",
        ),
        (3, "{ ledger(first: FIRST) { totalCount nodes { number operation } } }"),
        (2, "{ ledger(first: FIRST) { nodes { number operation } } }"),
    ] {
        let one = public.ask(&query.replace("FIRST", "1")).await;
        let many = public.ask(&query.replace("FIRST", "100")).await;
        assert_eq!((one.statements(), many.statements()), (expected, expected), "{query}");
    }
    let dashboard = public
        .ask("{ dashboard { total { statuses { count published } } lines { counts { statuses { count } } } } }")
        .await;
    assert_eq!(dashboard.statements(), 7);
}
