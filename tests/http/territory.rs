//! The territory over time: how many municipalities there were, which region they belonged to, what
//! became of them.

use acceptance::{Client, spawn_app};
use serde_json::json;

async fn count(client: &Client, day: &str) -> i64 {
    let query =
        format!("{{ municipalities(at: {{ day: \"{day}\" }}, first: 1) {{ totalCount }} }}");
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
    let before =
        "{ region(code: \"VR14\", at: { day: \"2022-03-23\" }) { municipalities { name } } }";
    let before = app.public().ask(before).await.data();
    assert_eq!(
        names(&before["region"]),
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
            "{ former: municipality(code: \"GM0457\") { validUntil
               successors { effectiveOn kind successorCode } }
               amsterdam: municipality(code: \"GM0363\") { predecessors { predecessorCode } } }",
        )
        .await
        .data();
    assert_eq!(
        data,
        json!({
            "former": {
                "validUntil": "2022-03-24",
                "successors": [
                    { "effectiveOn": "2022-03-24", "kind": "ABSORPTION", "successorCode": "GM0363" },
                ],
            },
            "amsterdam": { "predecessors": [{ "predecessorCode": "GM0457" }] },
        })
    );
    for (day, expected) in [
        (
            "2022-03-23",
            json!({ "name": "Weesp", "region": { "code": "VR14" } }),
        ),
        ("2022-03-24", json!(null)),
        ("2022-03-25", json!(null)),
    ] {
        let query = format!(
            "{{ municipality(code: \"GM0457\", at: {{ day: \"{day}\" }}) {{
                name region {{ code }} }} }}"
        );
        let shown = app.public().ask(&query).await.data();
        assert_eq!(shown["municipality"], expected, "{day}");
    }
}

#[tokio::test]
async fn an_old_number_leads_to_the_new_one() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ action(number: 23, plan: \"2023\") { key \
            successors { confidence action { key title { nl } } } } }",
        )
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
            1,
            "{ actions(first: FIRST) { nodes { title { nl } monitoring { state } statusLabel explanation
                delay { cause } line { key }
                titles { title source { document { key } } } } } }",
        ),
        (
            2,
            "{ actions(first: FIRST) { nodes { plan { title { nl } } may } } }",
        ),
        (
            1,
            "{ municipalities(first: FIRST) { totalCount \
                nodes { name region { name } province { name } } } }",
        ),
        (
            1,
            "{ areas(first: FIRST) { nodes { name parent { name } children { name } \
                municipalities { code } tile { row } } } }",
        ),
        (
            1,
            "{ municipalities(first: FIRST) { nodes { tile { row } continuedAs { name }
                successors { successor {
                name } } } } }",
        ),
        (
            1,
            "{ reorganisations(first: FIRST) { nodes { predecessor { name } \
                successor { name } } } }",
        ),
        (
            3,
            "{ ledger(first: FIRST) { totalCount nodes { number operation } } }",
        ),
        (2, "{ ledger(first: FIRST) { nodes { number operation } } }"),
    ] {
        let one = public.ask_again(&query.replace("FIRST", "1")).await;
        let many = public.ask_again(&query.replace("FIRST", "100")).await;
        assert_eq!(
            (one.statements(), many.statements()),
            (expected, expected),
            "{query}"
        );
    }
    let dashboard = public
        .ask_again(
            "{ dashboard { total { statuses { count published } } \
            lines { counts { statuses { count } } } } }",
        )
        .await;
    assert_eq!(dashboard.statements(), 1);
}

#[tokio::test]
async fn areas_are_a_tree_and_a_police_unit_has_the_members_of_its_regions() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ areas(kind: POLICE_UNIT, first: 1) { totalCount
               nodes { code name kindLabel(language: EN) } }
               all: areas(first: 1) { totalCount }
               unit: area(code: \"pe03\") { parent { code } children { code name }
               municipalities { code } }
               region: area(code: \"VR14\") { kind parent { code kindLabel } children { code } }
               municipalities(area: \"PE03\", first: 1) { totalCount } }",
        )
        .await
        .data();
    assert_eq!(
        data["areas"],
        json!({ "totalCount": 10, "nodes": [
            { "code": "PE01", "name": "Noord-Nederland", "kindLabel": "Regional police unit" }] })
    );
    assert_eq!(data["all"]["totalCount"], 52);
    assert_eq!(data["unit"]["parent"], json!(null));
    assert_eq!(
        data["unit"]["children"],
        json!([
            { "code": "VR09", "name": "Utrecht" },
            { "code": "VR14", "name": "Gooi en Vechtstreek" },
            { "code": "VR25", "name": "Flevoland" },
        ])
    );
    let members = |area: &serde_json::Value| area["municipalities"].as_array().unwrap().len();
    // The 26 of Utrecht, the 6 of Gooi en Vechtstreek, the 6 of Flevoland; before, Weesp as well.
    assert_eq!(members(&data["unit"]), 38);
    let before =
        "{ area(code: \"PE03\", at: { day: \"2022-03-23\" }) { municipalities { code } } }";
    let before = app.public().ask(before).await.data();
    assert_eq!(members(&before["area"]), 39);
    assert_eq!(data["municipalities"]["totalCount"], 38);
    assert_eq!(
        data["region"],
        json!({
            "kind": "SAFETY_REGION",
            "parent": { "code": "PE03", "kindLabel": "Regionale politie-eenheid" }, "children": [],
        })
    );
}

#[tokio::test]
async fn a_reorganisation_is_found_by_municipality_and_period_and_a_planned_one_changes_nothing() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ reorganisations { totalCount }
               weesp: reorganisations(filter: { municipality: \"gm0457\" }) {
               nodes { effectiveOn kind
                   predecessor { name validUntil } successor { name } } }
               late: reorganisations(filter: { from: \"2022-03-25\", lastDay: \"2023-01-01\" }) { nodes {
                   predecessorCode successorCode } }
               plannedReorganisations { effectiveOn kind predecessor { name validUntil }
                   successor { name } } }",
        )
        .await
        .data();
    assert_eq!(data["reorganisations"]["totalCount"], 56);
    assert_eq!(
        data["weesp"]["nodes"],
        json!([{ "effectiveOn": "2022-03-24", "kind": "ABSORPTION",
            "predecessor": { "name": "Weesp", "validUntil": "2022-03-24" },
            "successor": { "name": "Amsterdam" } }])
    );
    assert_eq!(
        data["late"]["nodes"],
        json!([
            { "predecessorCode": "GM0501", "successorCode": "GM1992" },
            { "predecessorCode": "GM0530", "successorCode": "GM1992" },
            { "predecessorCode": "GM0614", "successorCode": "GM1992" },
        ])
    );
    assert_eq!(
        data["plannedReorganisations"],
        json!([{ "effectiveOn": "2027-01-01", "kind": "ABSORPTION",
            "predecessor": { "name": "Wijdemeren", "validUntil": null },
            "successor": { "name": "Hilversum" } }])
    );
    let after = "{ municipality(code: \"GM1696\", at: { day: \"2027-01-01\" }) { name } }";
    let after = app.public().ask(after).await.data();
    assert_eq!(after["municipality"], json!({ "name": "Wijdemeren" }));
}

#[tokio::test]
async fn a_former_municipality_leads_to_those_that_hold_its_territory() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ haaren: municipality(code: \"GM0788\") { tile { row }
                   continuedAs { name } }
               hilversum: municipality(code: \"GM0402\") { continuedAs { name }
                   tile { row column source { citation } } region { tile { row column } }
                   province { tile { row } } } }",
        )
        .await
        .data();
    assert_eq!(
        data["haaren"],
        json!({
            "tile": null,
            "continuedAs": [
                { "name": "Boxtel" }, { "name": "Oisterwijk" }, { "name": "Tilburg" },
                { "name": "Vught" },
            ],
        })
    );
    let before =
        "{ municipality(code: \"GM0788\", at: { day: \"2020-12-31\" }) { continuedAs { name } } }";
    let before = app.public().ask(before).await.data();
    assert_eq!(
        before["municipality"]["continuedAs"],
        json!([{ "name": "Haaren" }])
    );
    assert_eq!(
        data["hilversum"],
        json!({
            "continuedAs": [{ "name": "Hilversum" }],
            "tile": { "row": 10, "column": 13, "source": {
                "citation": "Tegelkaart van de gemeenten (zonder gedrukte datum), regel 127" } },
            "region": { "tile": { "row": 2, "column": 2 } },
            "province": { "tile": null },
        })
    );
}

#[tokio::test]
async fn unknown_codes_and_wrong_periods_of_the_territory_are_named() {
    let app = spawn_app();
    for (query, code, hints) in [
        (
            "{ area(code: \"VR26\") { name } }",
            "NOT_FOUND",
            json!(["VR06", "VR16", "VR20"]),
        ),
        (
            "{ region(code: \"PV27\") { name } }",
            "NOT_FOUND",
            json!([]),
        ),
        (
            "{ municipality(code: \"den haag\") { name } }",
            "NOT_FOUND",
            json!(["GM0518"]),
        ),
        (
            "{ reorganisations(filter: { municipality: \"GM9402\" }) { totalCount } }",
            "NOT_FOUND",
            json!(["GM0402", "GM0202", "GM0302"]),
        ),
    ] {
        let error = app.public().ask(query).await.json()["errors"][0]["extensions"].clone();
        assert_eq!(error["code"], code, "{query}");
        assert_eq!(error["didYouMean"], hints, "{query}");
    }
    let answer = app
        .public()
        .ask(
            "{ reorganisations(first: 0, filter: { from: \"2022-01-01\", lastDay: \"2021-12-31\" }) { \
            totalCount } }",
        )
        .await;
    assert_eq!(answer.codes(), ["BAD_REQUEST"]);
    assert_eq!(
        answer.json()["errors"][0]["message"],
        "`first` must be between 1 and 100. `lastDay` is before `from`."
    );
}
