//! The plan in full: versions, filters, timeline, relations, results.

use acceptance::spawn_app;
use serde_json::{Value, json};

fn numbers(list: &Value) -> Vec<i64> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|each| each["number"].as_i64().expect("a number"))
        .collect()
}

#[tokio::test]
async fn the_strengthened_plan_adds_a_line_and_fifteen_actions() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ planDifference { from { key knownActions } to { key knownActions state }
                 addedLines { key title { nl } } addedActions { number }
                 renumberedActions { before { number } after { number } confidence } caveat { en } }
               planVersions { key state steps { kind } } }",
        )
        .await
        .data();
    let difference = &data["planDifference"];
    assert_eq!(
        difference["from"],
        json!({ "key": "2023", "knownActions": 10 })
    );
    assert_eq!(
        difference["to"],
        json!({ "key": "2024", "knownActions": 46, "state": "IN_FORCE" })
    );
    assert_eq!(
        difference["addedLines"],
        json!([
            {
                "key": "2024/6",
                "title": { "nl": "Versterken van de positie van minderjarige slachtoffers" },
            },
        ])
    );
    assert_eq!(
        numbers(&difference["addedActions"]),
        [6, 7, 8, 9, 18, 19, 20, 21, 24, 28, 39, 43, 44, 45, 46]
    );
    let renumbered = difference["renumberedActions"].as_array().unwrap();
    let pairs: Vec<(i64, i64)> = renumbered
        .iter()
        .map(|pair| {
            let number = |side: &str| pair[side]["number"].as_i64().unwrap();
            (number("before"), number("after"))
        })
        .collect();
    assert_eq!(
        pairs,
        (20..30)
            .map(|number| (number, number + 9))
            .collect::<Vec<_>>()
    );
    assert_eq!(data["planVersions"][0]["state"], "SUPERSEDED");
}

#[tokio::test]
async fn what_waits_for_what_and_what_was_reached() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ eleven: action(number: 11) { relations(kind: STARTS_AFTER) { side text
               action { number } } }
               seventeen: action(number: 17) {
               relations(kind: COINCIDES_WITH) { side action { number } }
                 statusHistory { signals } }
               training: action(number: 46) {
               results { kind value qualifier unit { nl } explanation source { lines } } }
               shelter: action(number: 26) { results { value qualifier qualifierText }
               obligations { kind value unit { nl } } }
               days: action(number: 8) { obligations { kind value years { year state } } }
               rate: action(number: 28) { phases { position } references { footnote } }
               survey: action(number: 2) {
               milestones { kind dateText dateEarliest dateLatest } } }",
        )
        .await
        .data();
    let waiting = data["eleven"]["relations"].as_array().unwrap();
    let waiting: Vec<(&str, i64)> = waiting
        .iter()
        .map(|relation| {
            (
                relation["side"].as_str().unwrap(),
                relation["action"]["number"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(waiting, [("INCOMING", 13), ("INCOMING", 14)]);
    assert_eq!(
        data["seventeen"],
        json!({ "relations": [{ "side": "OUTGOING", "action": { "number": 15 } }],
            "statusHistory": [{ "signals": ["DELAY_IN_TEXT"] }] })
    );
    let learned = data["training"]["results"].as_array().unwrap();
    assert!(
        learned.contains(&json!({
            "kind": "FIGURE", "value": 1655, "qualifier": "EXACT", "unit": { "nl": "personen" },
            "explanation": "E-learning door 1.655 personen gevolgd.", "source": { "lines": "604" },
        })),
        "{learned:#?}"
    );
    assert_eq!(
        data["shelter"],
        json!({ "results": [{ "value": 60, "qualifier": "MORE_THAN", "qualifierText": "ruim" }],
            "obligations": [{ "kind": "SERVICE_NORM", "value": 36, "unit": { "nl": "uur" } }] })
    );
    assert_eq!(data["days"]["obligations"][0]["kind"], "TIMES_PER_YEAR");
    assert_eq!(
        data["days"]["obligations"][0]["years"],
        json!([{ "year": 2024, "state": "REPORTED" }, { "year": 2025, "state": "NOT_REPORTED" },
            { "year": 2026, "state": "NOT_REPORTED" }, { "year": 2027, "state": "NOT_REPORTED" }])
    );
    assert_eq!(
        data["rate"]["phases"],
        json!([{ "position": 1 }, { "position": 2 }])
    );
    assert_eq!(
        data["rate"]["references"][0]["footnote"],
        "Bijlage 2, actie 28."
    );
    assert_eq!(
        data["survey"]["milestones"],
        json!([
            {
                "kind": "EXPECTED", "dateText": "eind Q2 2025", "dateEarliest": "2025-04-01",
                "dateLatest": "2025-06-30",
            },
        ])
    );
}

#[tokio::test]
async fn the_timeline_tells_what_each_source_says() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ a: action(number: 34) { timeline { year planned basis isConflicting
               claims { planned place action { key } source { document { key } } } } }
               b: action(number: 36) { timeline { year planned basis } }
               c: action(number: 1) { timeline { year planned basis isConflicting } } }",
        )
        .await
        .data();
    let years = |action: &str| -> Vec<(i64, &str, &str)> {
        let years = data[action]["timeline"].as_array().unwrap();
        years
            .iter()
            .map(|year| {
                (
                    year["year"].as_i64().unwrap(),
                    year["planned"].as_str().unwrap(),
                    year["basis"].as_str().unwrap(),
                )
            })
            .collect()
    };
    assert_eq!(
        years("a"),
        [
            (2024, "NO", "PRINTED"),
            (2025, "NO", "PRINTED"),
            (2026, "YES", "PRINTED"),
            (2027, "UNKNOWN", "NONE")
        ]
    );
    assert_eq!(
        years("b"),
        [2024, 2025, 2026, 2027].map(|year| (year, "YES", "PRINTED"))
    );
    assert_eq!(
        years("c"),
        [
            (2024, "YES", "FROM_BUDGET"),
            (2025, "UNKNOWN", "NONE"),
            (2026, "UNKNOWN", "NONE"),
            (2027, "UNKNOWN", "NONE")
        ]
    );
    // The letter has money in 2024; the first plan says 2025 in words and 2026 in its column.
    let of_34 = &data["a"]["timeline"];
    assert_eq!(
        of_34[0]["claims"],
        json!([
            {
                "planned": "NO", "place": "TEXT", "action": { "key": "2024/34" },
                "source": { "document": { "key": "monitoring-2025" } },
            },
            {
                "planned": "YES", "place": "BUDGET", "action": { "key": "2024/34" },
                "source": { "document": { "key": "letter-28638-249" } },
            },
        ])
    );
    assert_eq!(of_34[0]["isConflicting"], true);
    assert_eq!(
        of_34[1]["claims"],
        json!([
            {
                "planned": "YES", "place": "TEXT", "action": { "key": "2023/25" },
                "source": { "document": { "key": "plan-2023-action-line-4" } },
            },
            {
                "planned": "NO", "place": "TEXT", "action": { "key": "2024/34" },
                "source": { "document": { "key": "monitoring-2025" } },
            },
        ])
    );
    assert_eq!(of_34[2]["claims"][0]["place"], "COLUMN");
    assert_eq!(data["c"]["timeline"][0]["isConflicting"], false);
}

#[tokio::test]
async fn actions_are_found_by_what_people_ask() {
    let app = spawn_app();
    let public = app.public();
    for (arguments, expected) in [
        ("filter: { delayCause: [GIVEN] }", vec![15]),
        (
            "filter: { delayCause: [NOT_IN_SOURCE] }",
            vec![2, 6, 22, 28, 35, 40, 43],
        ),
        (
            "filter: { isNew: true }",
            vec![6, 7, 8, 9, 18, 19, 20, 21, 24, 28, 39, 43, 44, 45, 46],
        ),
        ("filter: { monitoring: [OUTSIDE_ROUND] }", vec![31, 34, 42]),
        ("filter: { year: 2027 }", vec![36, 37]),
        ("filter: { line: 5 }", vec![40, 41, 42]),
        (
            "filter: { text: \"inventarisatie MELDPUNTEN\" }",
            vec![1, 12],
        ),
        ("filter: { text: \"geidentificeerd\" }", vec![40]),
        ("filter: { theme: \"CLIENTS\" }", vec![6, 7, 8]),
        ("filter: { partner: \"Fairwork\" }", vec![18, 19, 20]),
        (
            "filter: { status: [NOT_STARTED] }, orderBy: TITLE",
            vec![38, 13, 14, 16],
        ),
        ("filter: { line: 6 }, orderBy: STATUS", vec![44, 45, 43, 46]),
    ] {
        let data = public
            .ask(&format!(
                "{{ actions({arguments}) {{ nodes {{ number }} }} }}"
            ))
            .await
            .data();
        assert_eq!(numbers(&data["actions"]["nodes"]), expected, "{arguments}");
    }
}

#[tokio::test]
async fn unknown_codes_are_named_with_what_was_meant() {
    let app = spawn_app();
    let public = app.public();
    for (query, code, hint) in [
        ("{ dashboard(plan: \"2025\") { day } }", "NOT_FOUND", "2024"),
        (
            "{ dashboard(round: \"2025-2\") { day } }",
            "NOT_FOUND",
            "2025-1",
        ),
        (
            "{ actions(filter: { theme: \"CLIENT\" }) { totalCount } }",
            "NOT_FOUND",
            "CLIENTS",
        ),
        (
            "{ actions(filter: { partner: \"comensa\" }) { totalCount } }",
            "NOT_FOUND",
            "comensha",
        ),
        (
            "{ actions(filter: { line: 7 }) { totalCount } }",
            "NOT_FOUND",
            "2024/",
        ),
        (
            "{ actions(round: \"2024-1\") { totalCount } }",
            "NOT_FOUND",
            "2025-1",
        ),
        (
            "{ planDifference(from: \"2022\") { caveat { nl } } }",
            "NOT_FOUND",
            "2023",
        ),
        (
            "{ compareRounds(earlier: \"2025-1\", later: \"2026-1\") { countChanges { after } } }",
            "NOT_FOUND",
            "2025-1",
        ),
        (
            "{ actions(filter: { year: 2030 }) { totalCount } }",
            "BAD_REQUEST",
            "2024",
        ),
        (
            "{ actions(filter: { text: \" \" }) { totalCount } }",
            "BAD_REQUEST",
            "`text`",
        ),
        (
            "{ actions(filter: { changedSince: -1 }) { totalCount } }",
            "BAD_REQUEST",
            "`changedSince`",
        ),
        (
            "{ partners(filter: { text: \"\" }) { totalCount } }",
            "BAD_REQUEST",
            "`text`",
        ),
        (
            "{ actions(first: 0, after: \"x\") { totalCount } }",
            "BAD_REQUEST",
            "`first`",
        ),
    ] {
        let answer = public.ask(query).await;
        assert_eq!(answer.codes(), [code], "{query}");
        assert!(answer.body.contains(hint), "{query}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_text_to_look_for_has_a_bound() {
    let app = spawn_app();
    let public = app.public();
    let text = "x ".repeat(100_000);
    for query in [
        "query ($t: String!) { actions(filter: { text: $t }) { totalCount } }",
        "query ($t: String!) { actions(filter: { partner: $t }) { totalCount } }",
        "query ($t: String!) { partners(filter: { text: $t }) { totalCount } }",
        "query ($t: String!) { partner(name: $t) { key } }",
        "query ($t: String!) { search(text: $t) { totalCount } }",
    ] {
        let answer = public.send(query, json!({ "t": text })).await;
        assert_eq!(answer.codes(), ["BAD_REQUEST"], "{query}");
        assert!(
            answer.body.len() < 2_000,
            "{query}: the text is not told back"
        );
    }
}

#[tokio::test]
async fn the_letter_tells_what_actions_hold_and_what_they_rest_on() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ actions(first: 100) { nodes { number references { text source { document { key }
                 lines } } } } }",
        )
        .await
        .data();
    let places = |number: i64| -> Vec<String> {
        let mut actions = data["actions"]["nodes"].as_array().unwrap().iter();
        let action = actions.find(|action| action["number"] == number).unwrap();
        let references = action["references"].as_array().unwrap().iter();
        let lines = references.map(|one| one["source"]["lines"].as_str().unwrap().to_owned());
        lines.collect()
    };
    // The follow-up of each identified client; what 25 and 26 hold; the research behind 9 and 28.
    for number in [6, 7, 8] {
        assert_eq!(places(number)[2], "51;57", "{number}");
    }
    assert_eq!(places(25), ["87"]);
    assert_eq!(places(26), ["87"]);
    assert_eq!(places(9)[2], "101;103");
    assert_eq!(places(28)[2], "101;103");
    let steps = app
        .public()
        .ask(
            "{ planVersions { key steps { text { nl } source { lines } } }
               reportingPoints { key text { nl } }
               sourceDocument(key: \"policy-gooi-en-vechtstreek\") {
                 citations { key about { nl } } }
               adjacentPolicies(plan: \"2024\") { key source { lines } } }",
        )
        .await
        .data();
    let text = |plan: usize, position: usize| {
        let step = &steps["planVersions"][plan]["steps"][position - 1];
        step["text"]["nl"].as_str().unwrap().to_owned()
    };
    assert!(text(0, 9).ends_with(
        "Een grote meerderheid van de commissieleden benoemde dat er te weinig middelen \
         beschikbaar zijn voor het programma."
    ));
    assert!(text(1, 5).contains(
        "mede namens de Staatssecretaris van Volksgezondheid, Welzijn en Sport en de Ministers van \
         Sociale Zaken en Werkgelegenheid en van Buitenlandse Zaken"
    ));
    let about = |list: &Value, key: &str, path: &str| {
        let found = list
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["key"] == key);
        found
            .unwrap()
            .pointer(path)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(
        about(
            &steps["reportingPoints"],
            "gemeentelijke-meldpunten-gooi-en-vechtstreek",
            "/text/nl"
        )
        .ends_with(
            "De meldroutes zijn nog onvoldoende bekend, ook niet binnen het ambtelijk apparaat."
        )
    );
    assert_eq!(
        about(
            &steps["sourceDocument"]["citations"],
            "sr-273f",
            "/about/nl"
        ),
        "De omschrijving van mensenhandel: ‘het werven, vervoeren, overbrengen, opnemen of \
         huisvesten van een persoon, met gebruik van dwang en met het doel die persoon uit te \
         buiten’."
    );
    assert_eq!(
        about(&steps["adjacentPolicies"], "cosm", "/source/lines"),
        "85"
    );
}

/// A round is one of a plan: of the actions that an action was in another plan it says nothing, so
/// they are told by the latest round of their own.
#[tokio::test]
async fn a_round_is_not_carried_to_the_actions_of_another_plan() {
    let app = spawn_app();
    crate::changes::second_round(&app).await;
    let query = "{ of_round: action(number: 29, round: \"2025-1\") { id
            predecessors { action { key id successors { action { key id } } } } }
        plain: action(number: 20, plan: \"2023\") { id successors { action { id } } } }";
    let data = app.public().ask(query).await.data();
    let before = &data["of_round"]["predecessors"][0]["action"];
    assert_eq!(before["key"], "2023/20");
    assert_eq!(before["id"], data["plain"]["id"]);
    assert_eq!(before["successors"][0]["action"]["key"], "2024/29");
    assert_eq!(
        before["successors"][0]["action"]["id"],
        data["plain"]["successors"][0]["action"]["id"]
    );
    assert_ne!(
        data["of_round"]["id"],
        before["successors"][0]["action"]["id"]
    );
}
