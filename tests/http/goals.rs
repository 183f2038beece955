//! Goals with what they lack, effects, and figures: nothing is filled in that no source tells.

use acceptance::{Client, spawn_app};
use serde_json::{Value, json};

async fn request_of(client: &Client, query: &str) -> Value {
    client.ask(query).await.data()
}

/// The values of a path in each element of a list.
fn each(list: &Value, path: &str) -> Vec<Value> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one.pointer(path).expect("the path exists").clone())
        .collect()
}

/// The keys of goals that fit a filter.
async fn keys(client: &Client, arguments: &str) -> Vec<Value> {
    let query = format!("{{ goals({arguments}) {{ key }} }}");
    each(&request_of(client, &query).await["goals"], "/key")
}

#[tokio::test]
async fn progress_is_that_of_the_requested_day() {
    let app = spawn_app();
    let public = app.public();
    let data = request_of(
        &public,
        "{ goals { key progress isDeadlinePassed }
           one: goal(key: \"2024/2/1\") { day progress progressLabel deadline { text day } } }",
    )
    .await;
    let early = request_of(
        &public,
        "{ goals(at: { day: \"2025-06-01\" }) { key progress } }",
    )
    .await;
    let before = request_of(
        &public,
        "{ goal(key: \"2024/2/1\", at: { day: \"2025-12-31\" }) { progress
           progressLabel(language: EN) } }",
    )
    .await;
    let with = |list: &Value, progress: &str| -> Vec<Value> {
        let goals = list.as_array().unwrap().iter();
        let own = goals.filter(|goal| goal["progress"] == progress);
        own.map(|goal| goal["key"].clone()).collect()
    };
    assert_eq!(data["goals"].as_array().map(Vec::len), Some(21));
    assert_eq!(
        with(&data["goals"], "NOT_COMPUTABLE"),
        ["2024/1/1", "2024/2/0"]
    );
    // Only of these the deadline lies before the one round that there was.
    let passed = ["2024/5/1", "2024/6/1"];
    assert_eq!(with(&data["goals"], "DEADLINE_PASSED_NOT_REPORTED"), passed);
    let no_round = [
        "2024/2/1", "2024/2/2", "2024/3/1", "2024/3/3", "2024/4/3", "2024/6/2",
    ];
    assert_eq!(
        with(&data["goals"], "DEADLINE_PASSED_NO_ROUND_SINCE"),
        no_round
    );
    assert_eq!(with(&data["goals"], "NOT_REPORTED").len(), 11);
    // A month earlier that round had not been closed.
    assert_eq!(
        with(&early["goals"], "DEADLINE_PASSED_NO_ROUND_SINCE"),
        ["2024/5/1", "2024/6/1"]
    );
    assert_eq!(
        data["one"],
        json!({ "day": "2026-11-22", "progress": "DEADLINE_PASSED_NO_ROUND_SINCE",
            "progressLabel": "Termijn verstreken; sindsdien is er geen ronde geweest",
            "deadline": { "text": "In 2025", "day": "2025-12-31" } })
    );
    assert_eq!(
        before["goal"],
        json!({ "progress": "NOT_REPORTED", "progressLabel": "Not reported" })
    );
    assert_eq!(
        keys(
            &public,
            "filter: { progress: DEADLINE_PASSED_NOT_REPORTED }"
        )
        .await,
        passed
    );
    assert_eq!(
        keys(
            &public,
            "filter: { dueYear: 2025, progress: NOT_REPORTED }, at: { day: \"2025-06-01\" }"
        )
        .await,
        [
            "2024/2/1", "2024/2/2", "2024/3/1", "2024/3/3", "2024/4/3", "2024/6/2"
        ]
    );
    assert_eq!(
        keys(&public, "filter: { dueBy: \"2024-12-31\" }").await,
        ["2024/5/1", "2024/6/1"]
    );
    assert_eq!(
        keys(&public, "filter: { lacks: DEADLINE }").await,
        ["2024/3/4"]
    );
    assert_eq!(
        keys(&public, "filter: { lacks: BASELINE }").await,
        ["2024/1/1", "2024/2/0"]
    );
    assert_eq!(
        keys(&public, "plan: \"2023\"").await,
        ["2023/4/1", "2023/4/2"]
    );
}

#[tokio::test]
async fn a_percentage_without_a_baseline_is_not_computable() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ goal(key: \"2024/2/0\") { isOverarching text progress missingParts missingPartLabels
             line { number } start { text } source { document { key } lines }
             targets { number kind direction value valueTo unit { nl en } baselineState progress
               nl: statement en: statement(language: EN) measurements { key } } }
           staff: goal(key: \"2024/1/1\") { progress missingParts targets { baselineState progress }
             measurements { key kind state group { nl en } value measuredOn goal { key } targetNumber
             text translation action { number } } } }",
    )
    .await;
    assert_eq!(
        data["goal"],
        json!({
            "isOverarching": true,
            "text": "Voor deze Actielijn is het overkoepelende operationele doel dat er in 2026 \
                     tenminste 10% meer \
                     meldingen van mensenhandel worden gedaan.",
            "progress": "NOT_COMPUTABLE", "missingParts": ["PERFORMANCE_DATA", "BASELINE"],
            "missingPartLabels": ["prestatiegegevens", "nulmeting"], "line": { "number": 2 },
            "start": null,
            "source": { "document": { "key": "monitoring-2025" }, "lines": "196-197" },
            "targets": [
                {
                    "number": 1, "kind": "PERCENT_INCREASE", "direction": "AT_LEAST", "value": 10,
                    "valueTo": null,
                    "unit": {
                        "nl": "meldingen van mensenhandel", "en": "reports of human trafficking",
                    },
                    "baselineState": "NOT_IN_SOURCE", "progress": "NOT_COMPUTABLE",
                    "nl": "minstens 10% meer meldingen van mensenhandel",
                    "en": "at least 10% more reports of human trafficking", "measurements": [],
                },
            ],
        })
    );
    let staff = &data["staff"];
    assert_eq!(staff["progress"], "NOT_COMPUTABLE");
    assert_eq!(
        staff["missingParts"],
        json!(["PERFORMANCE_DATA", "EFFECT_INDICATOR", "BASELINE"])
    );
    assert_eq!(
        staff["targets"],
        json!([{ "baselineState": "RUNNING", "progress": "NOT_COMPUTABLE" }])
    );
    assert_eq!(
        each(&staff["measurements"], "/key"),
        [
            "nulmeting-hotelpersoneel",
            "nulmeting-schoolwerkers",
            "nulmeting-sociale-wijkteams"
        ]
    );
    assert_eq!(
        staff["measurements"][0],
        json!({ "key": "nulmeting-hotelpersoneel", "kind": "BASELINE", "state": "RUNNING",
            "group": { "nl": "hotelpers.", "en": "hotel staff" }, "value": null, "measuredOn": null,
            "goal": { "key": "2024/1/1" }, "targetNumber": 1,
            "text": "Enquête uitgezet onder drie beroeps groepen. Definitief rapport wordt eind Q2 \
                2025 verwacht.",
            "translation": "Survey sent out among three professional groups. The final report is \
                expected at the end of Q2 2025.",
            "action": { "number": 2 } })
    );
}

#[tokio::test]
async fn targets_have_parts_ranges_and_starts() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ parts: goal(key: \"2024/6/3\") { progress missingParts
           targets { number value statement progress } }
           range: goal(key: \"2024/4/3\") { targets { direction value valueTo statement } }
           start: goal(key: \"2024/3/4\") { start { text day } deadline { day } isDeadlinePassed
           missingParts }
           plain: goal(key: \"2024/4/1\") { missingParts translation } }",
    )
    .await;
    assert_eq!(
        data,
        json!({
            "parts": {
                "progress": "NOT_REPORTED",
                "missingParts": ["PERFORMANCE_DATA", "EFFECT_INDICATOR"],
                "targets": [
                    {
                        "number": 1, "value": 5, "progress": "NOT_REPORTED",
                        "statement": "minstens 5 landelijke organisaties waarmee samenwerking is \
                            gerealiseerd",
                    },
                    {
                        "number": 2, "value": 10, "progress": "NOT_REPORTED",
                        "statement": "minstens 10 gemeenten waarmee samenwerking is gerealiseerd",
                    },
                ],
            },
            "range": {
                "targets": [
                    {
                        "direction": "BETWEEN", "value": 3, "valueTo": 5,
                        "statement": "3 tot en met 5 regio’s waarmee een trainingsprogramma is \
                            opgezet",
                    },
                ],
            },
            "start": {
                "start": { "text": "Vanaf 2025", "day": "2025-01-01" }, "deadline": null,
                "isDeadlinePassed": false,
                "missingParts": [
                    "TARGET_VALUE", "PERFORMANCE_DATA", "EFFECT_INDICATOR", "DEADLINE",
                ],
            },
            "plain": {
                "missingParts": ["TARGET_VALUE", "PERFORMANCE_DATA", "EFFECT_INDICATOR"],
                "translation": "In 2026 every municipality or region has a policy that meets the \
                    VNG framework, and it is carried out.",
            },
        })
    );
}

#[tokio::test]
async fn goals_are_tied_to_actions_and_to_each_other_where_a_source_shows_it() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ first: goal(key: \"2023/4/1\") { actions { action { key } } predecessors { goal { key } }
             successors { goal { key text } change { nl } source { lines } } }
           second: goal(key: \"2023/4/2\") { actions { action { number } }
           successors { goal { key } } }
           blocks: goal(key: \"2024/4/3\") { actions { action { key } source { lines } } }
           later: goal(key: \"2024/4/1\") { actions { action { key } }
           predecessors { goal { key } } successors { goal { key } } }
           nine: goal(key: \"2024/1/2\") { actions { action { number } source { note { nl en } } } } }",
    )
    .await;
    let first = &data["first"];
    assert_eq!(
        each(&first["actions"], "/action/key"),
        [
            "2023/20", "2023/21", "2023/22", "2023/23", "2023/24", "2023/25", "2023/26"
        ]
    );
    assert_eq!(first["predecessors"], json!([]));
    assert_eq!(first["successors"][0]["goal"]["key"], "2024/4/1");
    assert_eq!(first["successors"][0]["source"]["lines"], "3-7");
    assert_eq!(
        first["successors"][0]["change"]["nl"],
        "Korter geformuleerd: “iedere gemeente of iedere regio” is “elke gemeente of regio” \
         geworden, “VNG Kader voor \
         de aanpak mensenhandel” is “VNG-kader” geworden en “voert dit ook uit” is “wordt dit \
         uitgevoerd” geworden. \
         Termijn ongewijzigd: in 2026."
    );
    assert_eq!(
        data["second"],
        json!({
            "actions": [
                { "action": { "number": 27 } }, { "action": { "number": 28 } },
                { "action": { "number": 29 } },
            ],
            "successors": [{ "goal": { "key": "2024/4/3" } }],
        })
    );
    assert_eq!(
        data["later"],
        json!({
            "actions": [], "predecessors": [{ "goal": { "key": "2023/4/1" } }], "successors": [],
        })
    );
    assert_eq!(
        data["blocks"]["actions"],
        json!([
            { "action": { "key": "2024/33" }, "source": { "lines": "419-427;444" } },
            { "action": { "key": "2024/36" }, "source": { "lines": "444;486-487" } },
            { "action": { "key": "2024/39" }, "source": { "lines": "446-447;479-483" } },
        ])
    );
    assert_eq!(
        data["nine"]["actions"],
        json!([{ "action": { "number": 9 }, "source": { "note": {
            "nl": "De brief geeft het oogmerk van actie 9 bijna in de woorden van dit doel \
                (monitoring-2025, regels 122-124); het verband zelf staat in geen bron.",
            "en": "The letter gives the purpose of action 9 nearly in the words of this goal \
                (monitoring-2025, lines 122-124); no source prints the link itself.",
        } } }])
    );
}

#[tokio::test]
async fn effects_stand_apart_with_who_counts_them() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ intendedEffects(line: 2) { key number text
             indicators { key text { en } countedBy { key name { nl } } } }
           all: intendedEffects { key } first:
           intendedEffects(plan: \"2023\") { key line { key } } }",
    )
    .await;
    let effects = &data["intendedEffects"];
    assert_eq!(
        each(effects, "/key"),
        ["2024/2/1", "2024/2/2", "2024/2/3", "2024/2/4"]
    );
    assert_eq!(effects[0]["indicators"], json!([]));
    assert_eq!(
        each(&effects[2]["indicators"], "/key"),
        ["slachtoffers-in-beeld", "verdachten-in-beeld"]
    );
    assert_eq!(
        each(&effects[2]["indicators"][0]["countedBy"], "/key"),
        ["politie", "nla", "kmar"]
    );
    assert_eq!(
        effects[3],
        json!({
            "key": "2024/2/4", "number": 4, "text": "Verhoging meldingen bij CoMensha.",
            "indicators": [
                {
                    "key": "meldingen-bij-comensha", "text": { "en": "Reports to CoMensha" },
                    "countedBy": [{ "key": "comensha", "name": { "nl": "CoMensha" } }],
                },
            ],
        })
    );
    assert_eq!(data["all"].as_array().map(Vec::len), Some(16));
    assert_eq!(
        data["first"],
        json!([{ "key": "2023/4/1", "line": { "key": "2023/4" } }])
    );
}

#[tokio::test]
async fn figures_keep_their_qualifier_and_are_written_as_the_language_does() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ reports: nationalFigures(filter: { series: \"comensha-meldingen\" }) {
             missing { reason { nl } }
             figures { key kind value qualifier yearFrom area { code } statedBy statement en:
             statement(language: EN)
               source { document { key } lines } } } }",
    )
    .await;
    assert_eq!(
        data["reports"],
        json!({
            "missing": null,
            "figures": [
                {
                    "key": "comensha-meldingen-2019", "kind": "COUNT", "value": 1334,
                    "qualifier": "EXACT", "yearFrom": 2019, "area": null,
                    "statedBy": "CoMensha",
                    "statement": "Bij CoMensha aangemelde mogelijke slachtoffers van mensenhandel, \
                            2019: \
                            1.334 mogelijke \
                            slachtoffers, volgens CoMensha, aangehaald in Beleid mensenhandel Gooi \
                            en Vechtstreek (december 2022).",
                    "en": "Presumed victims of human trafficking reported to CoMensha, 2019: 1,334 \
                     presumed victims, \
                     according to CoMensha, quoted in Human trafficking policy Gooi en Vechtstreek \
                     (December 2022).",
                    "source": {
                        "document": { "key": "policy-gooi-en-vechtstreek" }, "lines": "177",
                    },
                },
                {
                    "key": "comensha-meldingen-2020", "kind": "COUNT", "value": 984,
                    "qualifier": "EXACT", "yearFrom": 2020, "area": null,
                    "statedBy": "CoMensha",
                    "statement": "Bij CoMensha aangemelde mogelijke slachtoffers van mensenhandel, \
                            2020: \
                            984 mogelijke \
                            slachtoffers, volgens CoMensha, aangehaald in Beleid mensenhandel Gooi \
                            en Vechtstreek (december 2022).",
                    "en": "Presumed victims of human trafficking reported to CoMensha, 2020: 984 \
                     presumed victims, \
                     according to CoMensha, quoted in Human trafficking policy Gooi en Vechtstreek \
                     (December 2022).",
                    "source": {
                        "document": { "key": "policy-gooi-en-vechtstreek" }, "lines": "177-179",
                    },
                },
            ],
        })
    );
}

#[tokio::test]
async fn an_estimate_keeps_its_qualifier_and_a_trend_its_direction() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ real: nationalFigures(filter: { series: \"slachtoffers-schatting\", kind: ESTIMATE }) {
             figures { value valueTo qualifier statement } }
           share: nationalFigures(filter: { series: \"slachtoffers-in-beeld\" }) {
             figures { value valueTo qualifier statement en: statement(language: EN) } }
           trend: nationalFigures(filter: { kind: TREND, year: 2018 }) {
           figures { value direction statement } }
           unit: nationalFigures(filter: { area: \"pe03\" }) {
           figures { area { name } direction statement } }
           visibility: nationalFigures(filter: { kind: VISIBILITY }) {
           figures { key direction statement } }
           shelter: nationalFigures(filter: { series: \"omm\" }) { figures { statement } }
           least: nationalFigures(filter: { series: \"digitaal-specialist-per-eenheid\" }) {
           figures { qualifier statement } } }",
    )
    .await;
    assert_eq!(
        data["real"]["figures"],
        json!([{ "value": 5000, "valueTo": 7500, "qualifier": "RANGE",
            "statement": "Geschat werkelijk aantal slachtoffers van mensenhandel per jaar: naar \
                          schatting 5.000 tot \
                          7.500 slachtoffers per jaar, volgens Nationaal Rapporteur, 2021, \
                          aangehaald in Beleid mensenhandel Gooi en Vechtstreek (december 2022)." }])
    );
    assert_eq!(
        data["share"]["figures"],
        json!([{ "value": 1, "valueTo": 5, "qualifier": "PROPORTION",
            "statement": "Geschat deel van de slachtoffers dat in beeld is bij CoMensha: naar \
                          schatting 1 op de 5 \
                          slachtoffers, volgens Nationaal Rapporteur, aangehaald in Beleid \
                          mensenhandel Gooi en Vechtstreek (december 2022).",
            "en": "Estimated share of victims known to CoMensha: an estimated 1 in 5 victims, \
                   according to Nationaal \
                   Rapporteur, quoted in Human trafficking policy Gooi en Vechtstreek (December \
                   2022)." }])
    );
    assert_eq!(
        data["trend"]["figures"],
        json!([{ "value": null, "direction": "STRONG_FALL",
            "statement": "Meldingen van minderjarige slachtoffers van mensenhandel, 2016–2020: \
                          aanzienlijke daling, zonder \
                          getal in de bron, volgens Brief van de Staatssecretaris van Justitie en \
                          Veiligheid over de versterking van het Actieplan programma Samen tegen \
                          mensenhandel (23 april 2024)." }])
    );
    assert_eq!(
        data["unit"]["figures"][0]["area"],
        json!({ "name": "Midden-Nederland" })
    );
    assert_eq!(
        data["visibility"]["figures"],
        json!([
            {
                "key": "goc-midden-nederland", "direction": "MORE_VISIBLE",
                "statement": "Mensenhandel binnen de aanpak georganiseerde en ondermijnende \
                    criminaliteit (GOC) in Midden-Nederland: steeds nadrukkelijker in beeld, \
                    zonder getal in de bron, volgens Beleid mensenhandel Gooi en Vechtstreek \
                    (december 2022).",
            },
            {
                "key": "minderjarigen-seksuele-uitbuiting-in-beeld", "direction": "HARDLY_VISIBLE",
                "statement": "Minderjarige slachtoffers van seksuele uitbuiting in de jaarcijfers \
                    van CoMensha: zo goed als uit beeld geraakt, zonder getal in de bron, volgens \
                    Nationaal Rapporteur Mensenhandel en Seksueel Geweld tegen Kinderen (Nationaal \
                    Rapporteur), aangehaald in Brief van de Staatssecretaris van Justitie en \
                    Veiligheid over de versterking van het Actieplan programma Samen tegen \
                    mensenhandel (23 april 2024).",
            },
        ])
    );
    assert_eq!(
        data["shelter"]["figures"],
        json!([
            "Instellingen die de OMM verzorgen: 4 instellingen, volgens Beleid mensenhandel Gooi en \
             Vechtstreek (december 2022).",
            "Steden met een opvanglocatie van de OMM: 6 steden met een opvanglocatie, volgens \
             Beleid mensenhandel Gooi en Vechtstreek (december 2022).",
            "Plaatsen in de Opvang voor slachtoffers van Mensenhandel met Multiproblematiek (OMM): \
             36 plaatsen, volgens Beleid mensenhandel Gooi en Vechtstreek (december 2022).",
        ].map(|statement| json!({ "statement": statement })))
    );
    assert_eq!(data["unit"]["figures"][0]["direction"], "MORE_VISIBLE");
    assert_eq!(
        data["least"]["figures"],
        json!([{ "qualifier": "AT_LEAST", "statement": "Digitaal specialisten mensenhandel per \
            eenheid van de politie: \
            minstens 1 (digitaal specialisten per eenheid), volgens Brief van de Staatssecretaris \
            van Justitie en Veiligheid over de versterking van het Actieplan programma Samen tegen \
            mensenhandel (23 april 2024)." }])
    );
}

#[tokio::test]
async fn what_is_missing_has_a_reason_and_is_never_zero() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ region: nationalFigures(filter: { area: \"VR14\" }) {
             figures { key kind value qualifier reason { nl en } statement area { code } }
             missing { reason { nl } } }
           split: nationalFigures(filter: { form: LABOUR_EXPLOITATION }) {
             figures { key } missing { reason { nl en } source { document { key } lines } } }
           series: nationalFigures(filter: { form: SEXUAL_EXPLOITATION, series:
           \"comensha-meldingen\" }) {
             figures { key } missing { reason { en } } }
           given: nationalFigures(filter: { form: FORCED_ORGAN_REMOVAL }) {
             figures { form { code name { nl } } statement } missing { reason { nl } } } }",
    )
    .await;
    assert_eq!(
        data["region"],
        json!({
            "missing": null,
            "figures": [
                {
                    "key": "slachtoffers-gooi-en-vechtstreek", "kind": "UNKNOWN", "value": null,
                    "qualifier": "NONE",
                    "reason": {
                        "nl": "Betrouwbare gegevens voor de regio ontbreken geheel; de bron geeft \
                    alleen \
                    het landelijke beeld.",
                        "en": "Reliable data for the region are missing altogether; the source \
                    only gives \
                    the national picture.",
                    },
                    "statement": "Cijfers over mensenhandel in de regio Gooi en Vechtstreek: \
                          onbekend. \
                          Betrouwbare gegevens voor \
                          de regio ontbreken geheel; de bron geeft alleen het landelijke beeld.",
                    "area": { "code": "VR14" },
                },
            ],
        })
    );
    assert_eq!(
        data["split"],
        json!({ "figures": [], "missing": {
            "reason": {
                "nl": "De bron verdeelt de landelijke cijfers en schattingen niet naar vorm van \
                    mensenhandel.",
                "en": "The source does not divide the national figures and estimates by form of \
                    human trafficking." },
            "source": { "document": { "key": "policy-gooi-en-vechtstreek" }, "lines": "182" } } })
    );
    assert_eq!(data["series"]["figures"], json!([]));
    assert_eq!(
        data["series"]["missing"]["reason"]["en"],
        "The source does not divide the national figures and estimates by form of human \
            trafficking."
    );
    assert_eq!(
        data["given"],
        json!({
            "missing": null,
            "figures": [
                {
                    "form": {
                        "code": "FORCED_ORGAN_REMOVAL",
                        "name": { "nl": "Gedwongen orgaanverwijdering" },
                    },
                    "statement": "Meldingen van gedwongen orgaanverwijdering bij CoMensha: 1 tot 2 \
                          meldingen per jaar, volgens \
                          CoMensha, aangehaald in Beleid mensenhandel Gooi en Vechtstreek (december \
                          2022).",
                },
            ],
        })
    );
}

#[tokio::test]
async fn what_no_source_says_of_a_region_or_year_has_a_reason() {
    let app = spawn_app();
    let data = request_of(
        &app.public(),
        "{ other: nationalFigures(filter: { area: \"VR01\" }) { figures { key }
           missing { reason { nl } source { lines } } }
           both: nationalFigures(filter: { area: \"VR14\", form: LABOUR_EXPLOITATION }) {
           figures { key } missing { reason { en } } }
           year: nationalFigures(filter: { year: 2025 }) { figures { key }
           missing { reason { nl } source { lines } } }
           exploitationForms { code name { nl } source { lines } } }",
    )
    .await;
    assert_eq!(
        data["other"],
        json!({ "figures": [], "missing": { "source": null, "reason": { "nl":
            "De bronnen bevatten geen cijfers over mensenhandel per regio. Alleen van Gooi en \
                Vechtstreek zegt een bron dat betrouwbare gegevens geheel ontbreken." } } })
    );
    assert_eq!(
        data["both"]["missing"]["reason"]["en"],
        "Reliable data for the region are missing altogether; the source only gives the national \
            picture."
    );
    assert_eq!(
        data["year"],
        json!({ "figures": [], "missing": { "source": null, "reason": { "nl":
            "De bronnen noemen geen cijfer dat bij deze vraag past." } } })
    );
    assert_eq!(
        each(&data["exploitationForms"], "/code"),
        [
            "SEXUAL_EXPLOITATION",
            "CRIMINAL_EXPLOITATION",
            "LABOUR_EXPLOITATION",
            "FORCED_ORGAN_REMOVAL"
        ]
    );
}

#[tokio::test]
async fn unknown_codes_of_goals_and_figures_are_named_all_at_once() {
    let app = spawn_app();
    let public = app.public();
    for (query, messages) in [
        (
            "{ goal(key: \"2024/2/9\") { key } }",
            &[
                "There is no operational goal \"2024/2/9\". Did you mean 2024/2/0, 2024/2/1, \
                    2024/2/2?",
            ][..],
        ),
        (
            "{ goals(filter: { line: 7 }) { key } }",
            &["There is no action line \"2024/7\". Did you mean 2024/1, 2024/2, 2024/3?"],
        ),
        (
            "{ intendedEffects(plan: \"2022\") { key } }",
            &["There is no plan version \"2022\". Did you mean 2023, 2024?"],
        ),
        (
            "{ nationalFigures(filter: { series: \"comensha-melding\", area: \"VR41\" }) { \
                figures { key } } }",
            &[
                "There is no series \"comensha-melding\". Did you mean comensha-meldingen?",
                "There is no area \"VR41\". Did you mean VR01, VR11, VR21?",
            ],
        ),
    ] {
        let answer = public.ask(query).await;
        assert_eq!(answer.codes(), vec!["NOT_FOUND"; messages.len()], "{query}");
        assert_eq!(
            each(&answer.json()["errors"], "/message"),
            messages,
            "{query}"
        );
    }
}

#[tokio::test]
async fn goals_cost_as_many_statements_for_one_as_for_all() {
    let app = spawn_app();
    let public = app.public();
    let goals = "{ goals(FILTER) { progress missingParts line { key } targets { progress }
        measurements { text action { key } }
        actions { action { key } source { note { nl } } } predecessors { goal { key } }
        source { document { key } } } }";
    let effects = "{ intendedEffects(FILTER) { line { key } \
        indicators { countedBy { name { nl } } } source { document { key } } } }";
    let figures = "{ nationalFigures(FILTER) { figures { statement area { name }
        form { name { nl } } source { document { key } } }
        missing { reason { nl } } } }";
    for (query, narrow, wide, rows, expected) in [
        (
            goals,
            "filter: { line: 1, lacks: BASELINE }",
            "",
            (1, 21),
            1,
        ),
        (effects, "line: 2", "", (4, 16), 1),
        (figures, "filter: { area: \"VR14\" }", "", (1, 18), 1),
    ] {
        let ask = |arguments: &str| {
            let arguments = if arguments.is_empty() {
                String::new()
            } else {
                format!("({arguments})")
            };
            query.replace("(FILTER)", &arguments)
        };
        for (arguments, rows) in [(narrow, rows.0), (wide, rows.1)] {
            let answer = public.ask_again(&ask(arguments)).await;
            let data = answer.data();
            let list = data.as_object().and_then(|fields| fields.values().next());
            let list = list.map(|list| list.get("figures").unwrap_or(list));
            let found = list.and_then(Value::as_array).map(Vec::len);
            assert_eq!(found, Some(rows), "{query}");
            assert_eq!(answer.statements(), expected, "{query}");
        }
    }
}
