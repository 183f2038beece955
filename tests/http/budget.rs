//! The budget: both tables side by side, what differs between them, and what no source tells.

use acceptance::{Client, spawn_app};
use serde_json::{Value, json};

async fn budget(client: &Client, fields: &str) -> Value {
    let query = format!("{{ budget {{ {fields} }} }}");
    client.ask(&query).await.data()["budget"].clone()
}

/// The values of a path in each element of a list.
fn each(list: &Value, path: &str) -> Vec<Value> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one.pointer(path).expect("the path exists").clone())
        .collect()
}

#[tokio::test]
async fn a_line_has_its_amounts_by_both_tables() {
    let app = spawn_app();
    let shown = budget(
        &app.public(),
        "unit years
         four: line(number: 4) { line { key } year(year: 2025) { published { euros state label } \
         computed { euros } } }
         two: line(number: 2) { years {
            year published { euros state } publishedInLineTable { euros state } computed { euros \
            state } differenceEuros } }
         lines { line { number } year(year: 2024) { published { euros } computed { euros } \
         differenceEuros } }",
    )
    .await;
    assert_eq!(shown["unit"], "WHOLE_EURO");
    assert_eq!(shown["years"], json!([2023, 2024, 2025, 2026, 2027]));
    assert_eq!(
        shown["four"],
        json!({ "line": { "key": "2024/4" }, "year": {
            "published": { "euros": 400_000, "state": "AMOUNT", "label": "400.000 euro" },
            "computed": { "euros": 400_000 } } })
    );
    let amount = |euros: i64| json!({ "euros": euros, "state": "AMOUNT" });
    let same = |year: i32, euros: i64| {
        json!({ "year": year, "published": amount(euros), "publishedInLineTable": amount(euros),
            "computed": amount(euros), "differenceEuros": 0 })
    };
    let absent = |state: &str| json!({ "euros": null, "state": state });
    assert_eq!(
        shown["two"]["years"],
        json!([
            {
                "year": 2023, "published": absent("DASH"),
                "publishedInLineTable": { "euros": 0, "state": "ZERO" },
                "computed": absent("BLANK"), "differenceEuros": 0,
            },
            same(2024, 270_000), same(2025, 400_000), same(2026, 350_000),
            {
                "year": 2027, "published": absent("NOT_IN_SOURCE"),
                "publishedInLineTable": absent("NOT_IN_SOURCE"),
                "computed": absent("NOT_IN_SOURCE"), "differenceEuros": null,
            },
        ])
    );
    assert_eq!(
        each(&shown["lines"], "/year/published/euros"),
        [380_000, 270_000, 650_000, 400_000, 100_000, 100_000]
    );
    assert_eq!(
        each(&shown["lines"], "/year/computed/euros"),
        [470_000, 270_000, 650_000, 400_000, 100_000, 100_000]
    );
    assert_eq!(
        each(&shown["lines"], "/year/differenceEuros"),
        [90_000, 0, 0, 0, 0, 0]
    );
}

#[tokio::test]
async fn the_reconciliation_names_exactly_two_differences() {
    let app = spawn_app();
    let shown = budget(
        &app.public(),
        "reconciliation {
            comparisons { kind }
            differences { cell { key } kind subject { nl en } line { number } year published { euros } \
            computed { euros }
                differenceEuros isDifferent reason { nl en } source { document { key } lines } } }",
    )
    .await["reconciliation"]
        .clone();
    let kinds = each(&shown["comparisons"], "/kind");
    let count = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
    assert_eq!(
        ["LINE_OVERVIEW", "LINE_TOTAL", "PROGRAMME_TOTAL"].map(count),
        [24, 24, 4]
    );
    assert_eq!(
        shown["differences"],
        json!([
            {
                "cell": { "key": "2024/SUMMARY/c/2024" }, "kind": "LINE_OVERVIEW", "line": { "number": 1 },
                "year": 2024, "subject": { "nl": "actielijn 1 in 2024", "en": "line 1 in 2024" },
                "published": { "euros": 380_000 }, "computed": { "euros": 470_000 },
                "differenceEuros": 90_000, "isDifferent": true,
                "reason": {
                    "nl": "Het overzicht noemt voor actielijn 1 in 2024 een bedrag van 380.000 \
                        euro; de acties tellen op tot 470.000 euro.",
                    "en": "The overview gives 380,000 euros for line 1 in 2024; its actions add up \
                        to 470,000 euros.",
                },
                "source": { "document": { "key": "letter-28638-249" }, "lines": "157;170-179" },
            },
            {
                "cell": { "key": "2024/SUMMARY/TOTAL/2026" }, "kind": "PROGRAMME_TOTAL", "line": null,
                "year": 2026, "subject": { "nl": "totaal van 2026", "en": "total of 2026" },
                "published": { "euros": 2_500_000 }, "computed": { "euros": 2_505_000 },
                "differenceEuros": 5_000, "isDifferent": true,
                "reason": {
                    "nl": "De regels tellen op tot 2.505.000 euro, het gedrukte totaal is 2,5 \
                        miljoen; de brief verklaart het verschil niet.",
                    "en": "The rows add up to 2,505,000 euros, the printed total is 2.5 million; \
                        the letter does not explain the difference.",
                },
                "source": { "document": { "key": "letter-28638-249" }, "lines": "155-164" },
            },
        ])
    );
}

#[tokio::test]
async fn rows_of_the_programme_are_part_of_the_total_and_of_no_line() {
    let app = spawn_app();
    let shown = budget(
        &app.public(),
        "programmeRows { rowCode title cells { year state amount { euros } line { key } } }
         totals { year published { euros state } computed { euros state } differenceEuros source { \
         lines } }",
    )
    .await;
    let rows = &shown["programmeRows"];
    assert_eq!(each(rows, "/rowCode"), ["a", "b", "i"]);
    assert_eq!(rows[1]["title"], "b. No Regrets");
    assert_eq!(
        each(&rows[1]["cells"], "/state"),
        ["AMOUNT", "DASH", "DASH", "DASH", "NOT_IN_SOURCE"]
    );
    assert_eq!(
        json!(each(&rows[2]["cells"], "/amount/euros")),
        json!([null, 300_000, 225_000, 1_165_000, null])
    );
    assert_eq!(rows[2]["cells"][1]["line"], Value::Null);
    let totals = &shown["totals"];
    assert_eq!(
        json!(each(totals, "/published/euros")),
        json!([2_000_000, 2_500_000, 2_500_000, 2_500_000, null])
    );
    assert_eq!(
        json!(each(totals, "/computed/euros")),
        json!([2_000_000, 2_500_000, 2_500_000, 2_505_000, null])
    );
    assert_eq!(
        json!(each(totals, "/differenceEuros")),
        json!([0, 0, 0, 5_000, null])
    );
    assert_eq!(totals[4]["published"]["state"], "NOT_IN_SOURCE");
    assert_eq!(totals[4]["source"], Value::Null);
}

#[tokio::test]
async fn a_printed_zero_a_blank_and_what_is_not_in_the_source_differ() {
    let app = spawn_app();
    let cells = |filter: &str| {
        format!(
            "{{ budget(filter: {{ {filter} }}) {{ cells {{
                key rowCode year state printed isShared amount {{ euros label(language: EN) }}
                actions {{ number }} }} }} }}"
        )
    };
    let requested = async |filter: &str| {
        app.public().ask(&cells(filter)).await.data()["budget"]["cells"].clone()
    };
    let thirty = requested("action: 30").await;
    assert_eq!(
        thirty[0],
        json!({
            "key": "2024/LINES/4/30/2023", "rowCode": "4/30", "year": 2023, "state": "ZERO",
            "printed": "0", "isShared": false, "amount": { "euros": 0, "label": "0 euros" },
            "actions": [{ "number": 30 }],
        })
    );
    let twenty_nine = requested("action: 29, year: 2023").await;
    assert_eq!(
        twenty_nine,
        json!([
            {
                "key": "2024/LINES/4/29/2023", "rowCode": "4/29", "year": 2023, "state": "BLANK",
                "printed": null, "isShared": false, "amount": { "euros": null, "label": "blank" },
                "actions": [{ "number": 29 }],
            },
        ])
    );
    let later = requested("line: 4, year: 2027").await;
    assert_eq!(
        later[0],
        json!({
            "key": "2024/SUMMARY/f/2027", "rowCode": "f", "year": 2027, "state": "NOT_IN_SOURCE",
            "printed": null, "isShared": false,
            "amount": { "euros": null, "label": "not in the source" }, "actions": [],
        })
    );
    assert_eq!(each(&later, "/state"), vec![json!("NOT_IN_SOURCE"); 13]);
    let of_three = requested("action: 3, year: 2024").await;
    let of_four = requested("action: 4, year: 2024").await;
    assert_eq!(of_three, of_four);
    assert_eq!(
        of_three[0],
        json!({
            "key": "2024/LINES/1/3-4/2024", "rowCode": "1/3-4", "year": 2024, "state": "AMOUNT",
            "printed": "10", "isShared": true,
            "amount": { "euros": 100_000, "label": "100,000 euros" },
            "actions": [{ "number": 3 }, { "number": 4 }],
        })
    );
    let new = requested("isNew: true, sheet: LINES, kind: ACTION, year: 2025, line: 6").await;
    assert_eq!(each(&new, "/rowCode"), ["6/43", "6/44", "6/45", "6/46"]);
    let all = requested("").await;
    assert_eq!(all.as_array().map(Vec::len), Some(61 * 5));
}

#[tokio::test]
async fn money_that_two_actions_share_counts_once() {
    let app = spawn_app();
    let shown = budget(
        &app.public(),
        "three: totalOfActions(actions: [3]) { amount { euros } rows }
         both: totalOfActions(actions: [3, 4]) { amount { euros } rows }
         year: totalOfActions(actions: [3, 4], year: 2024) { amount { euros } rows }
         line: totalOfActions(line: 1, year: 2024) { amount { euros } rows }
         later: totalOfActions(year: 2027) { amount { euros state } rows }",
    )
    .await;
    assert_eq!(
        shown,
        json!({
            "three": { "amount": { "euros": 200_000 }, "rows": 1 },
            "both": { "amount": { "euros": 200_000 }, "rows": 1 },
            "year": { "amount": { "euros": 100_000 }, "rows": 1 },
            "line": { "amount": { "euros": 470_000 }, "rows": 8 },
            "later": { "amount": { "euros": null, "state": "NOT_IN_SOURCE" }, "rows": 0 },
        })
    );
}

#[tokio::test]
async fn new_actions_are_held_against_the_extra_money() {
    let app = spawn_app();
    let shown = budget(
        &app.public(),
        "newActions { year cost { euros state } extra { euros state } differenceEuros }",
    )
    .await["newActions"]
        .clone();
    assert_eq!(
        json!(each(&shown, "/cost/euros")),
        json!([null, 740_000, 525_000, 390_000, null])
    );
    assert_eq!(
        each(&shown, "/cost/state"),
        ["BLANK", "AMOUNT", "AMOUNT", "AMOUNT", "NOT_IN_SOURCE"]
    );
    assert_eq!(
        json!(each(&shown, "/extra/euros")),
        json!([null, 500_000, 500_000, 500_000, 500_000])
    );
    assert_eq!(
        json!(each(&shown, "/differenceEuros")),
        json!([null, 240_000, 25_000, -110_000, null])
    );
}

#[tokio::test]
async fn named_money_stands_apart_and_rejected_money_covers_nothing() {
    let app = spawn_app();
    let shown = budget(
        &app.public(),
        "funding { key kind isProgrammeMoney amountEuros from to } titles: funding { title { nl } kindLabel }
         otherMoney { key kind kindLabel isProgrammeMoney amountEuros from to source { document { key } \
         lines } }
         fundingByYear { year promised { euros } allocation { euros state } unallocatedEuros parts \
         { key } undated { key } }
         later: fundingByYear(year: 2030) { promised { euros state } allocation { state } parts { \
         key } undated { key } }",
    )
    .await;
    assert_eq!(
        shown["funding"],
        json!([
            {
                "key": "coalition-agreement", "kind": "BASE", "isProgrammeMoney": true,
                "amountEuros": 2_000_000, "from": null, "to": null,
            },
            {
                "key": "extra-2024", "kind": "EXTRA", "isProgrammeMoney": true, "amountEuros": 500_000,
                "from": 2024, "to": 2027,
            },
        ])
    );
    assert_eq!(
        shown["otherMoney"][0],
        json!({
            "key": "amendment-bikker", "kind": "REJECTED", "kindLabel": "verworpen voorstel",
            "isProgrammeMoney": false, "amountEuros": 2_000_000, "from": null, "to": null,
            "source": { "document": { "key": "letter-28638-249" }, "lines": "23" },
        })
    );
    assert_eq!(
        each(&shown["otherMoney"], "/key"),
        ["amendment-bikker", "omm-shelter"]
    );
    let years = &shown["fundingByYear"];
    assert_eq!(
        each(years, "/promised/euros"),
        [2_000_000, 2_500_000, 2_500_000, 2_500_000, 500_000]
    );
    assert_eq!(
        shown["titles"],
        json!([
            {
                "title": { "nl": "Middelen uit het coalitieakkoord Rutte-IV" },
                "kindLabel": "basismiddelen",
            },
            {
                "title": {
                    "nl": "Extra middelen binnen de begroting van het Ministerie van Justitie en \
                        Veiligheid",
                },
                "kindLabel": "extra middelen",
            },
        ])
    );
    assert_eq!(
        json!(each(years, "/unallocatedEuros")),
        json!([0, 0, 0, 0, null])
    );
    assert_eq!(
        years[4],
        json!({ "year": 2027, "promised": { "euros": 500_000 },
            "allocation": { "euros": null, "state": "NOT_IN_SOURCE" }, "unallocatedEuros": null,
            "parts": [{ "key": "extra-2024" }], "undated": [{ "key": "coalition-agreement" }] })
    );
    assert_eq!(
        shown["later"],
        json!([{ "promised": { "euros": null, "state": "NOT_IN_SOURCE" },
            "allocation": { "state": "NOT_IN_SOURCE" }, "parts": [], "undated": [] }])
    );
}

#[tokio::test]
async fn money_in_a_year_without_execution_has_its_reason() {
    let app = spawn_app();
    let shown = budget(
        &app.public(),
        "moneyOutsideExecution { action { number } year reason round { key } cell { amount { euros } }
            reasonSource { document { key } lines } }
         labels: moneyOutsideExecution { reasonLabel }",
    )
    .await;
    let signal = |action: i32, year: i32, euros: i64, reason: &str, lines: &str| {
        let round = (reason == "NOT_STARTED_AT_ROUND").then_some(json!({ "key": "2025-1" }));
        json!({ "action": { "number": action }, "year": year, "reason": reason, "round": round,
            "cell": { "amount": { "euros": euros } },
            "reasonSource": { "document": { "key": "monitoring-2025" }, "lines": lines } })
    };
    assert_eq!(
        shown["moneyOutsideExecution"],
        json!([
            signal(13, 2025, 300_000, "NOT_STARTED_AT_ROUND", "253-254;256"),
            signal(16, 2025, 50_000, "NOT_STARTED_AT_ROUND", "275-279;281"),
            signal(31, 2024, 100_000, "NOT_RUNNING_IN_YEAR", "11"),
            signal(34, 2024, 100_000, "NOT_RUNNING_IN_YEAR", "11"),
            signal(38, 2025, 100_000, "NOT_STARTED_AT_ROUND", "472-477"),
        ])
    );
    let before = "{ budget(at: { day: \"2025-06-29\" }) {
        moneyOutsideExecution { action { number } year } } }";
    let before = app.public().ask(before).await.data();
    assert_eq!(
        before["budget"]["moneyOutsideExecution"],
        json!([
            { "action": { "number": 31 }, "year": 2024 },
            { "action": { "number": 34 }, "year": 2024 },
        ])
    );
    assert_eq!(
        shown["labels"][0]["reasonLabel"],
        "De actie was volgens de laatste monitoring nog niet gestart."
    );
}

#[tokio::test]
async fn the_budget_has_one_sentence() {
    let app = spawn_app();
    let data = app
        .public()
        .ask(
            "{ budget { nl: statement en: statement(language: EN) }
               first: budget(plan: \"2023\") { years cells { key } statement
               lines { years { year } } } }",
        )
        .await
        .data();
    assert_eq!(
        data["budget"]["nl"],
        "De begroting bij planversie 2024 telt 2.000.000 euro in 2023, 2.500.000 euro in 2024, \
         2.500.000 euro in 2025 \
         en 2.500.000 euro in 2026; de \
         tabellen verschillen bij actielijn 1 in 2024 (380.000 gedrukt, 470.000 opgeteld) en \
         totaal van 2026 \
         (2.500.000 gedrukt, 2.505.000 opgeteld). Voor 2027 noemt de brief alleen de extra 500.000 \
         euro; of de 2 miljoen doorloopt en hoe die wordt verdeeld, staat niet in de bron."
    );
    assert_eq!(
        data["budget"]["en"],
        "The budget of plan version 2024 comes to 2,000,000 euros in 2023, 2,500,000 euros in \
         2024, 2,500,000 euros in \
         2025 and 2,500,000 euros in 2026; the tables differ for line 1 in 2024 (380,000 printed, \
         470,000 added up) and \
         total of 2026 (2,500,000 \
         printed, 2,505,000 added up). For 2027 the letter names only the extra 500,000 euros; \
         whether the 2 million goes on and how it is divided is not in the source."
    );
    assert_eq!(data["first"]["years"], json!([]));
    assert_eq!(data["first"]["cells"], json!([]));
    assert_eq!(
        data["first"]["statement"],
        "Van planversie 2023 staat geen begroting in de bronnen."
    );
    assert_eq!(
        data["first"]["lines"],
        json!(vec![json!({ "years": [] }); 5])
    );
}

#[tokio::test]
async fn unknown_codes_are_named_all_at_once() {
    let app = spawn_app();
    let public = app.public();
    let answer = public
        .ask("{ budget(filter: { line: 7, action: 47 }) { plan { key } } }")
        .await;
    assert_eq!(answer.codes(), ["NOT_FOUND", "NOT_FOUND"]);
    let errors = answer.json()["errors"].clone();
    assert_eq!(
        each(&errors, "/message"),
        [
            "There is no action line \"2024/7\". Did you mean 2024/1, 2024/2, 2024/3?",
            "There is no action \"2024/47\". Did you mean 2024/17, 2024/27, 2024/37?"
        ]
    );
    assert_eq!(
        each(&errors, "/path"),
        [json!(["budget"]), json!(["budget"])]
    );
    let plan = public
        .ask("{ budget(plan: \"2025\") { plan { key } } }")
        .await;
    assert_eq!(plan.codes(), ["NOT_FOUND"]);
    assert_eq!(
        plan.json()["errors"][0]["extensions"]["didYouMean"],
        json!(["2023", "2024"])
    );
    let many = format!(
        "{{ budget {{ totalOfActions(actions: {:?}) {{ rows }} }} }}",
        [1; 101]
    );
    assert_eq!(public.ask(&many).await.codes(), ["BAD_REQUEST"]);
    let line = public
        .ask("{ budget { line(number: 9) { years { year } } } }")
        .await;
    assert_eq!(line.codes(), ["NOT_FOUND"]);
}

#[tokio::test]
async fn a_budget_costs_as_many_statements_for_one_cell_as_for_all() {
    let app = spawn_app();
    let public = app.public();
    let query = "{ budget(filter: { FILTER }) { cells {
        state amount { euros } line { key } actions { key } source { document { key } } } } }";
    let one = public
        .ask_again(&query.replace("FILTER", "year: 2024, kind: TOTAL, sheet: SUMMARY"))
        .await;
    let all = public.ask_again(&query.replace("FILTER", "")).await;
    for (answer, cells) in [(&one, 1), (&all, 305)] {
        let shown = answer.data()["budget"]["cells"].clone();
        assert_eq!(shown.as_array().map(Vec::len), Some(cells));
        assert_eq!(answer.statements(), 1);
    }
    let whole = public
        .ask_again(
            "{ budget { years totals { year } lines { line { key } years { computed { euros } } }
                newActions { year }
                programmeRows { rowCode }
                reconciliation { comparisons { cell { key } } differences { reason { nl } } }
                moneyOutsideExecution { action { key } } funding { key } fundingByYear { year }
                statement } }",
        )
        .await;
    assert_eq!(whole.data()["budget"]["funding"][1]["key"], "extra-2024");
    assert_eq!(whole.statements(), 1);
}
