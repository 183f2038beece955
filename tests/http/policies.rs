//! Policy documents, the decisions that adopt them, and what is registered of a municipality.

use acceptance::spawn_app;
use serde_json::{Value, json};

/// The municipalities of Gooi en Vechtstreek (VR14).
const GOOI: [(&str, &str); 6] = [
    ("GM0376", "Blaricum"),
    ("GM0402", "Hilversum"),
    ("GM0406", "Huizen"),
    ("GM0417", "Laren"),
    ("GM1696", "Wijdemeren"),
    ("GM1942", "Gooise Meren"),
];

fn keys(connection: &Value) -> Vec<&str> {
    let nodes = connection["nodes"].as_array().expect("nodes");
    nodes
        .iter()
        .map(|node| node["key"].as_str().expect("a key"))
        .collect()
}

#[tokio::test]
async fn the_policy_of_gooi_en_vechtstreek_counts_for_none_of_its_municipalities() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ policy(key: \"gooi-en-vechtstreek-2023\") { title level levelLabel areaName
                 areas { code } lastDay references
                 adoptions { municipality { code } }
                 adoptionsWithoutMunicipality { policy { key } municipality { code } countsForMunicipality
                 reason { nl en } body adoptedOn
                   inForceOn publishedOnText reference source { document { key } lines } } }
               region(code: \"VR14\") { municipalities { code name } } }",
        )
        .await
        .data();
    assert_eq!(
        data["policy"],
        json!({
            "title": "Beleid mensenhandel Gooi en Vechtstreek", "level": "REGIONAL",
            "levelLabel": "Regionaal", "areaName": "Gooi en Vechtstreek",
            "areas": [{ "code": "VR14" }], "lastDay": null, "references": [], "adoptions": [],
            "adoptionsWithoutMunicipality": [
                {
                    "policy": { "key": "gooi-en-vechtstreek-2023" }, "municipality": null,
                    "countsForMunicipality": false,
                    "reason": {
                        "nl": "De bron noemt niet welke gemeente dit besluit nam. Het telt daarom \
                        voor \
                        geen enkele gemeente mee.",
                        "en": "The source does not name the municipality that took this decision. \
                        It \
                        therefore counts for no municipality.",
                    },
                    "body": "MUNICIPAL_EXECUTIVE", "adoptedOn": "2023-05-23", "inForceOn": null,
                    "publishedOnText": null, "reference": null,
                    "source": {
                        "document": { "key": "policy-gooi-en-vechtstreek" }, "lines": "25-27",
                    },
                },
            ],
        })
    );
    let members: Vec<Value> = GOOI
        .iter()
        .map(|(code, name)| json!({ "code": code, "name": name }))
        .collect();
    assert_eq!(data["region"]["municipalities"], json!(members));
    for (code, name) in GOOI {
        let query = format!(
            "{{ policyState(municipality: \"{code}\") {{ municipality {{ name }} day state
                stateLabel adoptions {{ adoptedOn }} }}
                policies(filter: {{ municipality: \"{code}\" }}) {{ totalCount }} }}"
        );
        let data = public.ask(&query).await.data();
        assert_eq!(
            data,
            json!({
                "policyState": {
                    "municipality": { "name": name }, "day": "2026-11-22",
                    "state": "NOT_REGISTERED", "stateLabel": "Niet geregistreerd", "adoptions": [],
                },
                "policies": { "totalCount": 0 },
            })
        );
    }
}

#[tokio::test]
async fn the_state_follows_from_dates_alone() {
    let app = spawn_app();
    let public = app.public();
    let state = async |code: &str, day: &str| {
        let query = format!(
            "{{ policyState(municipality: \"{code}\", at: {{ day: \"{day}\" }}) {{ state \
                adoptions {{ policy {{ lastDay }} }} }} }}"
        );
        let data = public.ask(&query).await.data();
        let adoptions = data["policyState"]["adoptions"].as_array();
        let count = adoptions.map(Vec::len);
        (
            data["policyState"]["state"].as_str().map(str::to_owned),
            count,
        )
    };
    let adopted = (Some("ADOPTED".to_owned()), Some(1));
    let nothing = (Some("NOT_REGISTERED".to_owned()), Some(0));
    // De Bilt: decided on 13 February 2024.
    assert_eq!(state("GM0310", "2024-02-12").await, nothing);
    assert_eq!(state("GM0310", "2024-02-13").await, adopted);
    assert_eq!(state("GM0310", "2026-11-22").await, adopted);
    // Lopik: in force on 8 May 2025, no day of decision in the source.
    assert_eq!(state("GM0331", "2025-05-07").await, nothing);
    assert_eq!(state("GM0331", "2025-05-08").await, adopted);
    // Zoeterwoude: published on 16 October 2023, neither of the other days in the source.
    assert_eq!(state("GM0638", "2023-10-15").await, nothing);
    assert_eq!(state("GM0638", "2023-10-16").await, adopted);
    // Zandvoort: the plan itself ends with 2026, which makes it overdue and ends no decision.
    assert_eq!(state("GM0473", "2026-12-31").await, adopted);
    assert_eq!(state("GM0473", "2027-01-01").await, adopted);
    // Weesp went over into Amsterdam on 24 March 2022.
    assert_eq!(state("GM0457", "2022-03-23").await, nothing);
    assert_eq!(state("GM0457", "2022-03-24").await, (None, None));
    let answer = public
        .ask("{ policyState(municipality: \"GM0311\") { state } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND"]);
    assert_eq!(
        answer.json()["errors"][0]["extensions"]["didYouMean"],
        json!(["GM0301", "GM0310", "GM0312"])
    );
}

#[tokio::test]
async fn the_duty_of_2022_stands_beside_the_decision_of_23_may_2023() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ policy(key: \"gooi-en-vechtstreek-2023\") { duties { dueYear dueOn source { lines }
                 comparisons { timing daysAfterDue statement { nl en }
                 adoption { countsForMunicipality adoptedOn } } } } }",
        )
        .await
        .data();
    assert_eq!(
        data["policy"]["duties"],
        json!([
            { "dueYear": 2022, "dueOn": "2022-12-31", "source": { "lines": "3-7" },
              "comparisons": [{
                  "timing": "AFTER_DUE_DAY", "daysAfterDue": 143,
                  "statement": {
                      "nl": "Vastgesteld op 23 mei 2023, 143 dagen na 31 december 2022.",
                      "en": "Adopted on 23 May 2023, 143 days after 31 December 2022.",
                  },
                  "adoption": { "countsForMunicipality": false, "adoptedOn": "2023-05-23" },
              }] },
            { "dueYear": null, "dueOn": null, "source": { "lines": "519-521" }, "comparisons": [] },
            { "dueYear": null, "dueOn": null, "source": { "lines": "132-133" }, "comparisons": [] },
        ])
    );
}

#[tokio::test]
async fn a_policy_tells_its_aim_sectors_risks_measures_consultations_and_care() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ policy(key: \"gooi-en-vechtstreek-2023\") {
                 aim: provisions(kinds: [AIM]) { text { nl } source { lines } }
                 findings: provisions(kinds: [FINDING]) { text { nl } source { lines } }
                 commitments: provisions(kinds: [COMMITMENT]) { source { lines } }
                 duties: provisions(kinds: [DUTY]) { text { nl } source { lines } }
                 sectors: provisions(kinds: [SECTOR]) { group text { nl } source { lines } }
                 factors: provisions(kinds: [RISK_FACTOR]) { source { lines } }
                 measures: provisions(kinds: [MEASURE]) { source { lines } }
                 bodies: provisions(kinds: [CONSULTATION_BODY]) { group source { lines } }
                 care: provisions(kinds: [CARE_PROVISION]) { partner { key } source { lines } } } }",
        )
        .await
        .data();
    let policy = &data["policy"];
    let each = |list: &str, path: &str| -> Vec<Value> {
        let rows = policy[list].as_array().unwrap().iter();
        rows.map(|row| row.pointer(path).unwrap().clone()).collect()
    };
    assert_eq!(each("aim", "/source/lines"), ["33;35;37"]);
    assert_eq!(
        policy["findings"],
        json!([{
            "text": {
                "nl": "De meldroutes zijn nog onvoldoende bekend, ook niet binnen het ambtelijk \
                    apparaat.",
            },
            "source": { "lines": "227-228" },
        }])
    );
    assert_eq!(
        each("commitments", "/source/lines")[2..],
        ["230", "103;429"]
    );
    assert_eq!(
        policy["duties"][2],
        json!({
            "text": { "nl": "Gemeenten zijn wettelijk verplicht om daar beleid voor te maken." },
            "source": { "lines": "132-133" },
        })
    );
    assert_eq!(
        each("sectors", "/text/nl"),
        [
            "illegale prostitutie",
            "land- en tuinbouw",
            "horeca",
            "industrie",
            "huishoudelijk werk",
            "prostitutie",
            "horeca",
            "schoonmaak",
            "land- en tuinbouw"
        ]
    );
    assert_eq!(
        each("factors", "/source/lines"),
        ["237", "239", "241", "243", "245"]
    );
    assert_eq!(each("measures", "/source/lines"), ["314", "315", "316"]);
    assert_eq!(
        each("bodies", "/group"),
        [
            "Regionale ondermijningstafel (RTO)",
            "Regionale signalentafel mensenhandel",
            "Stuurgroep Zorg en Veiligheid"
        ]
    );
    assert_eq!(
        json!(each("care", "/partner")),
        json!([null, { "key": "ggd" }, { "key": "ggz" }, { "key": "mee" },
            { "key": "centrumgemeenten" }])
    );
}

#[tokio::test]
async fn a_policy_tells_its_provisions_by_kind_and_its_chain_in_groups() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ policy(key: \"gooi-en-vechtstreek-2023\") { all: provisions { kind }
                 goals: provisions(kinds: [GOAL]) { position } lines:
                 provisions(kinds: [LINE]) { text { nl } }
                 cadence: provisions(kinds: CADENCE) { kindLabel timesPerYear atMostPerYear group }
                 forms: provisions(kinds: [FORM_OUT_OF_SCOPE, FORM_IN_SCOPE]) { kind form }
                 chain { name parties { partner { key } } } adjacentPolicies { key } } }",
        )
        .await
        .data();
    let policy = &data["policy"];
    let all = policy["all"].as_array().expect("provisions");
    assert_eq!(all.len(), 102);
    assert_eq!(
        (&all[0]["kind"], &all[101]["kind"]),
        (&json!("AIM"), &json!("ANNEX"))
    );
    assert_eq!(
        policy["goals"],
        json!([{ "position": 1 }, { "position": 2 }, { "position": 3 }])
    );
    assert_eq!(
        policy["lines"][3]["text"]["nl"],
        "effectieve (regionale) samenwerking"
    );
    assert_eq!(
        policy["cadence"],
        json!([
            {
                "kindLabel": "Overlegritme", "timesPerYear": 4, "atMostPerYear": 6,
                "group": "Ambtelijke borging",
            },
            {
                "kindLabel": "Overlegritme", "timesPerYear": 2, "atMostPerYear": null,
                "group": "Bestuurlijke borging",
            },
        ])
    );
    assert_eq!(
        policy["forms"],
        json!([
            { "kind": "FORM_IN_SCOPE", "form": "SEXUAL_EXPLOITATION" },
            { "kind": "FORM_IN_SCOPE", "form": "CRIMINAL_EXPLOITATION" },
            { "kind": "FORM_IN_SCOPE", "form": "LABOUR_EXPLOITATION" },
            { "kind": "FORM_OUT_OF_SCOPE", "form": "FORCED_ORGAN_REMOVAL" },
        ])
    );
    let groups: Vec<_> = policy["chain"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| {
            let parties = group["parties"].as_array().expect("parties");
            let partners = parties.iter().filter(|party| !party["partner"].is_null());
            (group["name"].as_str(), parties.len(), partners.count())
        })
        .collect();
    assert_eq!(
        groups,
        [
            (Some("Partners Sociaal domein en zorg"), 14, 7),
            (Some("Partners veiligheidsketen"), 9, 7),
            (Some("Partners mensenhandel"), 6, 3),
        ]
    );
    assert_eq!(
        policy["adjacentPolicies"],
        json!([
            { "key": "bescherming-en-opvang-2022-2025" }, { "key": "goc-midden-nederland" },
            { "key": "ivp-2023-2026" },
        ])
    );
}

#[tokio::test]
async fn a_joint_plan_is_adopted_by_each_for_itself() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ policy(key: \"oost-brabant-2023\") { references areas { code }
                 adoptions { municipality { name } body adoptedOn
                 inForceOn countsForMunicipality reason { nl } } }
               council: policy(key: \"zoeterwoude-2023\") { adoptions { body } }
               unknown: policy(key: \"lopik-2025\") { adoptions { body adoptedOn } }
               none: policy(key: \"drenthe-2025\") { adoptions { body } areas { code } } }",
        )
        .await
        .data();
    let adoption = |name: &str, adopted: Value, in_force: &str| {
        json!({
            "municipality": { "name": name }, "body": "MUNICIPAL_EXECUTIVE", "adoptedOn": adopted,
            "inForceOn": in_force, "countsForMunicipality": true, "reason": null,
        })
    };
    assert_eq!(
        data,
        json!({
            "policy": { "references": ["CVDR691757", "CVDR723775"], "areas": [{ "code": "PE09" }],
                "adoptions": [
                    adoption("Eersel", json!("2023-01-24"), "2023-02-02"),
                    adoption("Bergeijk", json!(null), "2024-08-17"),
                ] },
            "council": { "adoptions": [{ "body": "MUNICIPAL_COUNCIL" }] },
            "unknown": { "adoptions": [{ "body": "NOT_IN_SOURCE", "adoptedOn": null }] },
            "none": { "adoptions": [], "areas": [{ "code": "PV22" }, { "code": "VR03" }] },
        })
    );
}

#[tokio::test]
async fn policies_are_found_by_municipality_area_and_level() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ all: policies { totalCount } bilt:
               policies(filter: { municipality: \"gm0310\" }) { nodes { key } }
               gooi: policies(filter: { area: \"VR14\" }) { nodes { key } }
               kennemerland: policies(filter: { area: \"VR12\" }) { nodes { key } }
               utrecht: policies(filter: { area: \"VR09\" }) { nodes { key } }
               joint: policies(filter: { level: JOINT }) { nodes { key } }
               both: policies(filter: { area: \"VR09\", level: [REGIONAL, JOINT] }) {
               nodes { key } } }",
        )
        .await
        .data();
    assert_eq!(data["all"]["totalCount"], 14);
    assert_eq!(keys(&data["bilt"]), ["de-bilt-2024"]);
    assert_eq!(keys(&data["gooi"]), ["gooi-en-vechtstreek-2023"]);
    let three = ["heemstede-bloemendaal-zandvoort-2023"];
    assert_eq!(keys(&data["kennemerland"]), three);
    assert_eq!(keys(&data["utrecht"]), ["de-bilt-2024", "lopik-2025"]);
    assert_eq!(keys(&data["joint"]), three);
    assert_eq!(keys(&data["both"]), [""; 0]);
    let answer = public
        .ask("{ policies(filter: { municipality: \"Hilversum\", area: \"VR26\" }) { totalCount } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND", "NOT_FOUND"]);
    let unknown = public
        .ask("{ policy(key: \"de-bilt-2023\") { key } }")
        .await;
    assert_eq!(
        unknown.json()["errors"][0]["extensions"]["didYouMean"],
        json!(["de-bilt-2024"])
    );
}

#[tokio::test]
async fn one_policy_costs_as_many_statements_as_all() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ policies(first: FIRST) { nodes { title areas { name }
        adoptions { municipality { name } policy { key } }
        adoptionsWithoutMunicipality { reason { nl } } provisions { text { nl } partner { key } }
        duties { comparisons { statement { nl } } } adjacentPolicies { key }
        source { document { key } } } } }";
    let one = public.ask_again(&query.replace("FIRST", "1")).await;
    let many = public.ask_again(&query.replace("FIRST", "14")).await;
    assert_eq!(many.json()["errors"], Value::Null, "{}", many.body);
    assert_eq!((one.statements(), many.statements()), (1, 1));
    let state = "{ policyState(municipality: \"CODE\") { state \
        adoptions { policy { title } municipality { name } } } }";
    // Who asks. The municipalities, the adoptions, the documents and what was said of the policy
    // are everybody's.
    for code in ["GM0402", "GM0310"] {
        assert_eq!(
            public
                .ask_again(&state.replace("CODE", code))
                .await
                .statements(),
            1
        );
    }
}
