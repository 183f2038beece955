//! Partners by any spelling, who does what both ways, and the meeting of 5 March 2024.

use acceptance::spawn_app;
use serde_json::{Value, json};

/// The texts at a pointer of each element.
fn each(list: &Value, pointer: &str) -> Vec<String> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one.pointer(pointer).and_then(Value::as_str))
        .map(|text| text.expect("a text").to_owned())
        .collect()
}

fn numbers(list: &Value, pointer: &str) -> Vec<i64> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one.pointer(pointer).and_then(Value::as_i64))
        .map(|number| number.expect("a number"))
        .collect()
}

#[tokio::test]
async fn comensha_is_one_partner_by_every_spelling_with_mentions_apart() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ a: partner(name: \"CoMensha\") { ...p } b: partner(name: \"Comensha\") { ...p }
               c: partner(name: \"CoMensHa\") { ...p } d: partner(name: \"comensha\") { ...p }
               e: partner(name: \"landelijk coordinatiecentrum tegen mensenhandel\") { ...p } }
             fragment p on Partner { key name { nl } kind kindLabel(language: EN)
               roles { action { key } role roleLabel implementation source { lines } }
               mentions { action { key } printed source { document { key } } }
               events { key } chains { policy { key } group text { nl } }
               regions { region { code } bases }
               municipality { code } area { code } website }",
        )
        .await
        .data();
    let role = |action: &str, role: &str, label: &str, lines: &str| {
        json!({ "action": { "key": action }, "role": role, "roleLabel": label,
            "implementation": "NOT_APPLICABLE", "source": { "lines": lines } })
    };
    let mention = |document: &str| {
        json!({ "action": { "key": "2024/10" }, "printed": "CoMensha",
            "source": { "document": { "key": document } } })
    };
    let expected = json!({
        "key": "comensha", "name": { "nl": "CoMensha" }, "kind": "COORDINATION_CENTRE",
        "kindLabel": "Coordination centre",
        "roles": [
            role("2024/33", "COMMISSIONER", "Opdrachtgever", "419-422"),
            role("2024/33", "SOUNDING_BOARD", "Klankbord", "425-427"),
            role("2024/41", "EXECUTOR", "Uitvoerder", "517-521"),
        ],
        "mentions": [mention("letter-28638-249"), mention("monitoring-2025")],
        "events": [{ "key": "brede-sessie-2024-03-05" }],
        "chains": [
            {
                "policy": { "key": "gooi-en-vechtstreek-2023" }, "group": "Partners mensenhandel",
                "text": { "nl": "Landelijk Coördinatiecentrum tegen mensenhandel (Comensha)" },
            },
        ],
        "regions": [{ "region": { "code": "VR14" }, "bases": ["CHAIN"] }], "municipality": null,
        "area": null, "website": null,
    });
    for spelling in ["a", "b", "c", "d", "e"] {
        assert_eq!(data[spelling], expected, "{spelling}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_is_answered_with_the_ones_that_look_like_it() {
    let app = spawn_app();
    let public = app.public();
    for (name, hints) in [
        ("Comencha", vec!["comensha"]),
        (
            "Veilig Thuis",
            vec!["veilig-thuis-gooi-en-vechtstreek", "veilig-thuis-utrecht"],
        ),
        ("zzzzzzzz", vec![]),
        ("", vec![]),
    ] {
        let query = format!("{{ partner(name: \"{name}\") {{ key }} }}");
        let answer = public.ask(&query).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"], "{name}");
        let error = &answer.json()["errors"][0];
        assert_eq!(error["extensions"]["didYouMean"], json!(hints), "{name}");
        assert_eq!(answer.json()["data"], json!({ "partner": null }), "{name}");
    }
}

#[tokio::test]
async fn partners_are_listed_by_kind_role_text_and_whether_they_act() {
    let app = spawn_app();
    let public = app.public();
    let keys = async |filter: &str| {
        let query = format!("{{ partners(filter: {filter}, first: 100) {{ nodes {{ key }} }} }}");
        each(
            &public.ask(&query).await.data()["partners"]["nodes"],
            "/key",
        )
    };
    assert_eq!(
        keys("{ kind: RIEC }").await,
        ["riec-den-haag", "riec-midden-nederland", "riec-rotterdam"]
    );
    assert_eq!(
        keys("{ role: COMMISSIONER }").await,
        ["ccv", "comensha", "vng"]
    );
    assert_eq!(
        keys("{ role: OWNER }").await,
        [""; 0],
        "no source names one"
    );
    assert_eq!(keys("{ text: \"HVO-q\" }").await, ["hvo-querido"]);
    assert_eq!(keys("{ text: \"coordinatie\" }").await, ["acm", "comensha"]);
    assert_eq!(
        keys("{ kind: [INVESTIGATION, PROSECUTION], hasActions: false }").await,
        ["avim"]
    );
    assert_eq!(keys("{ hasActions: true }").await.len(), 23);
    assert_eq!(keys("{}").await.len(), 65);
}

#[tokio::test]
async fn a_partner_is_found_by_its_id_and_knows_its_regions() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ amsterdam: partner(name: \"gemeente amsterdam\") { id municipality { code }
               regions { region { code } bases } }
               riec: partner(name: \"RIEC Midden Nederland\") { area { code }
               regions { region { code } bases }
                 chains { group } }
               veilig: partner(name: \"veilig-thuis-gooi-en-vechtstreek\") {
               regions { region { code } bases } } }",
        )
        .await
        .data();
    let region = |code: &str, bases: &[&str]| json!({ "region": { "code": code }, "bases": bases });
    assert_eq!(
        data["amsterdam"]["regions"],
        json!([region("VR13", &["MUNICIPALITY"])])
    );
    assert_eq!(data["amsterdam"]["municipality"]["code"], "GM0363");
    assert_eq!(
        data["riec"],
        json!({
            "area": { "code": "PE03" },
            "regions": [
                region("VR09", &["PART_OF_AREA"]), region("VR14", &["PART_OF_AREA", "CHAIN"]),
                region("VR25", &["PART_OF_AREA"]),
            ],
            "chains": [
                { "group": "Partners veiligheidsketen" }, { "group": "Partners mensenhandel" },
            ],
        })
    );
    assert_eq!(
        data["veilig"]["regions"],
        json!([region("VR14", &["OWN_AREA", "CHAIN"])])
    );
    let id = data["amsterdam"]["id"].as_str().expect("an id");
    let query = format!("{{ node(id: \"{id}\") {{ id ... on Partner {{ key }} }} }}");
    assert_eq!(
        public.ask(&query).await.data()["node"],
        json!({ "id": id, "key": "gemeente-amsterdam" })
    );
}

#[tokio::test]
async fn who_does_what_keeps_roles_mentions_and_unnamed_parties_apart() {
    let app = spawn_app();
    let public = app.public();
    let data = public
        .ask(
            "{ whoDoesWhat(line: 4) { action { number } hasNamedPartner hasMentions
                 hasUnnamedParties
                 roles { partner { key } role implementation } mentions { partner { key } }
                 unnamedParties { printed } }
               shelter: whoDoesWhat(theme: \"SHELTER\") { action { number } }
               old: whoDoesWhat(plan: \"2023\") { action { number } hasNamedPartner } }",
        )
        .await
        .data();
    let line = &data["whoDoesWhat"];
    assert_eq!(
        numbers(line, "/action/number"),
        [29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39]
    );
    let role = |partner: &str, role: &str| {
        json!({ "partner": { "key": partner }, "role": role, "implementation":
            if role == "IMPLEMENTER" { "NOT_REPORTED" } else { "NOT_APPLICABLE" } })
    };
    assert_eq!(
        line[4],
        json!({
            "action": { "number": 33 }, "hasNamedPartner": true, "hasMentions": true,
            "hasUnnamedParties": true,
            "roles": [
                role("ccv", "COMMISSIONER"), role("comensha", "COMMISSIONER"),
                role("comensha", "SOUNDING_BOARD"), role("dsp-groep", "CONTRACTOR"),
                role("politie", "SOUNDING_BOARD"), role("riecs", "SOUNDING_BOARD"),
                role("vng", "COMMISSIONER"),
            ],
            "mentions": [{ "partner": { "key": "gemeenten" } }],
            "unnamedParties": [
                { "printed": "ketenpartners" }, { "printed": "een brede klankbordgroep" },
                { "printed": "partners" },
            ],
        })
    );
    assert_eq!(
        line[9]["roles"],
        json!([
            role("gemeenten", "IMPLEMENTER"),
            role("nla", "IMPLEMENTER"),
            role("politie", "IMPLEMENTER")
        ])
    );
    assert_eq!(
        line[2],
        json!({
            "action": { "number": 31 }, "hasNamedPartner": false, "hasMentions": false,
            "hasUnnamedParties": false, "roles": [], "mentions": [], "unnamedParties": [],
        })
    );
    assert_eq!(
        numbers(&data["shelter"], "/action/number"),
        [23, 24, 25, 26]
    );
    let old = data["old"].as_array().expect("a list");
    let named = old.iter().filter(|one| one["hasNamedPartner"] == true);
    assert_eq!(
        named
            .map(|one| &one["action"]["number"])
            .collect::<Vec<_>>(),
        [21]
    );
}

#[tokio::test]
async fn twenty_eight_actions_have_no_partner_with_a_role() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ actionsWithoutPartner { action { number } hasNamedPartner hasMentions \
            hasUnnamedParties roleStatement { nl } } }",
        )
        .await
        .data();
    let actions = data["actionsWithoutPartner"].as_array().expect("a list");
    let those = |field: &str| -> Vec<i64> {
        let found = actions.iter().filter(|action| action[field] == true);
        found
            .filter_map(|action| action["action"]["number"].as_i64())
            .collect()
    };
    assert_eq!(
        numbers(&data["actionsWithoutPartner"], "/action/number"),
        [
            1, 2, 3, 4, 5, 6, 10, 11, 13, 14, 15, 16, 17, 21, 23, 25, 27, 31, 34, 35, 36, 37, 39,
            40, 42, 43, 44, 45
        ]
    );
    let statement = |number: i64| {
        let mut found = actions.iter();
        let action = found.find(|action| action["action"]["number"] == number);
        action.unwrap()["roleStatement"]["nl"].clone()
    };
    assert_eq!(
        statement(10),
        "Actie 10 heeft geen partner met een vastgelegde rol; de tekst noemt wel CoMensha."
    );
    assert_eq!(
        statement(27),
        "Actie 27 heeft geen partner met een vastgelegde rol; de tekst noemt wel Spiegelgroep."
    );
    assert_eq!(
        statement(1),
        "Actie 1 heeft geen partner met een vastgelegde rol."
    );
    assert_eq!(those("hasNamedPartner"), [0; 0]);
    assert_eq!(those("hasMentions"), [10, 27]);
    assert_eq!(
        those("hasUnnamedParties"),
        [2, 3, 4, 5, 6, 11, 14, 15, 17, 21, 27, 36, 39, 43, 44, 45]
    );
}

#[tokio::test]
async fn unknown_codes_are_named_all_at_once() {
    let app = spawn_app();
    let public = app.public();
    let answer = public
        .ask("{ whoDoesWhat(line: 9, theme: \"SHELTR\") { hasMentions } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND", "NOT_FOUND"]);
    let hints = each(&answer.json()["errors"], "/extensions/didYouMean/0");
    assert_eq!(hints, ["2024/1", "SHELTER"]);
    for (query, hint) in [
        ("{ whoDoesWhat(plan: \"2025\") { hasMentions } }", "2023"),
        (
            "{ actionsWithoutPartner(plan: \"2025\") { hasMentions } }",
            "2023",
        ),
        (
            "{ event(key: \"brede-sessie-2024-03-06\") { key } }",
            "brede-sessie-2024-03-05",
        ),
    ] {
        let answer = public.ask(query).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"], "{query}");
        let hints = &answer.json()["errors"][0]["extensions"]["didYouMean"];
        assert_eq!(hints[0], hint, "{query}");
    }
    let page = public.ask("{ partners(first: 101) { totalCount } }").await;
    assert_eq!(page.codes(), ["BAD_REQUEST"]);
}

#[tokio::test]
async fn the_meeting_prints_36_participants_of_whom_35_are_organisations() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ events { nodes { key heldOn participantsText participantCount organisationCount
                 participants { position printed partner { key } source { lines } }
                 organisations { key } } } }",
        )
        .await
        .data();
    let [event] = data["events"]["nodes"]
        .as_array()
        .expect("a list")
        .as_slice()
    else {
        panic!("{data}");
    };
    assert_eq!(event["heldOn"], "2024-03-05");
    assert_eq!(event["participantsText"], "meer dan dertig organisaties");
    assert_eq!(event["participantCount"], 36);
    assert_eq!(event["organisationCount"], 35);
    let printed = event["participants"].as_array().expect("a list");
    assert_eq!(printed.len(), 36);
    let without = printed.iter().filter(|one| one["partner"].is_null());
    assert_eq!(
        without.collect::<Vec<_>>(),
        [&json!({
            "position": 4, "printed": "Ervaringsdeskundige", "partner": null,
            "source": { "lines": "238" },
        })]
    );
    let organisations = each(&event["organisations"], "/key");
    assert_eq!(organisations.len(), 35);
    assert_eq!(organisations[1], "comensha");
    assert_eq!(organisations[34], "vng");
}

#[tokio::test]
async fn one_partner_costs_as_many_statements_as_all() {
    let app = spawn_app();
    let public = app.public();
    for (expected, query) in [
        (
            1,
            "{ partners(first: FIRST) { totalCount
                nodes { name { nl } kindLabel roles { role action { key } }
                mentions { printed action { key } } events { key } chains { group policy { key } }
                municipality { name }
                area { name } regions { bases region { name } } source { document { key } } } } }",
        ),
        (
            1,
            "{ partners(first: FIRST) { nodes { key roles { role } } } }",
        ),
    ] {
        let one = public.ask_again(&query.replace("FIRST", "1")).await;
        let many = public.ask_again(&query.replace("FIRST", "65")).await;
        assert_eq!(many.json()["errors"], Value::Null, "{}", many.body);
        assert_eq!(
            (one.statements(), many.statements()),
            (expected, expected),
            "{query}"
        );
    }
    let whole = "{ whoDoesWhat { action { key } roles { role partner { name { nl } } }
        mentions { partner { key } }
        unnamedParties { printed } } }";
    let line = whole.replace("whoDoesWhat", "whoDoesWhat(line: 5)");
    assert_eq!(public.ask_again(whole).await.statements(), 1);
    assert_eq!(public.ask_again(&line).await.statements(), 1);
}
