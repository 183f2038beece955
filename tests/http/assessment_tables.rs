//! Assessments as tables over HTTP: an answer sheet that is fetched, filled in and read back, and a
//! table of many municipalities. All mistakes at once, with row and column; all or nothing.

use std::fmt::Write as _;

use acceptance::{
    App, Client, PERIOD, a_draft, a_period, a_reporting_region, met, ministry, municipality,
    partner, region, spawn_app, vng,
};
use serde_json::{Value, json};

const SHEET: &str = "/v1/assessments/GM0402/2026-2/answer-sheet.csv";

async fn prepared() -> App {
    let app = spawn_app();
    a_period().sent_by(&app.with(&vng())).await;
    a_reporting_region("VR14").sent_by(&app.with(&vng())).await;
    app
}

async fn import_sheet(client: &Client, table: &str, dry_run: bool, key: &str) -> Value {
    let input = json!({
        "municipality": "GM0402", "period": PERIOD, "table": table, "dryRun": dry_run,
        "idempotencyKey": key,
    });
    client
        .send(
            "mutation ($input: ImportAnswerSheetInput!) { importAnswerSheet(input: $input) {
                changed errors { code row column } } }",
            json!({ "input": input }),
        )
        .await
        .data()["importAnswerSheet"]
        .clone()
}

async fn import_many(client: &Client, table: &str, more: Value) -> Value {
    let mut input = json!({ "period": PERIOD, "table": table, "reason": "Opgave per e-mail" });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    client
        .send(
            "mutation ($input: ImportAssessmentsInput!) { importAssessments(input: $input) {
                municipalities answers errors { code row column } } }",
            json!({ "input": input }),
        )
        .await
        .data()["importAssessments"]
        .clone()
}

#[tokio::test]
async fn a_sheet_goes_out_and_comes_back() {
    let app = prepared().await;
    let own = app.with(&municipality("GM0402"));
    let answers = json!([
        { "criterion": "SV-01", "answer": "MET", "explanation": "=HYPERLINK(\"x\")" },
        { "criterion": "SV-03", "answer": "NOT_MET" },
    ]);
    a_draft("GM0402", answers).sent_by(&own).await;
    let sheet = own.get(SHEET).await;
    assert_eq!(sheet.status, 200);
    let line = |code: &str| {
        let mut lines = sheet.body.lines();
        lines
            .find(|line| line.starts_with(code))
            .unwrap()
            .to_owned()
    };
    assert_eq!(sheet.body.lines().count(), 26);
    assert_eq!(
        line("SV-01"),
        "SV-01,Aandachtsfunctionaris aangewezen,Designated officer \
         appointed,yes,MUNICIPALITY,MET,Voldaan,Met,\
         \"'=HYPERLINK(\"\"x\"\")\",1,,,,REAL,De gemeente heeft een aandachtsfunctionaris \
         mensenhandel aangewezen die intern en extern bekend is.,\"The municipality has appointed \
         a designated officer for human trafficking, who is known inside and outside the \
         organisation.\",\"Basis; bewijs is 12 maanden actueel\",\"Basic; evidence is fresh for 12 \
         months\",,,"
    );
    assert!(
        line("BB-01").contains(",COMPUTED,,,,,,"),
        "{}",
        line("BB-01")
    );

    // As it came it changes nothing; with two cells changed it changes two.
    assert_eq!(
        import_sheet(&own, &sheet.body, false, "same").await,
        json!({ "changed": 0, "errors": [] })
    );
    let filled = sheet
        .body
        .replace("NOT_MET,Niet voldaan,Not met", "PARTLY_MET,,");
    let empty = line("SV-05");
    let filled = filled.replace(
        &empty,
        &empty.replace(",MUNICIPALITY,", ",MUNICIPALITY,Deels voldaan"),
    );
    assert_eq!(
        import_sheet(&own, &filled, true, "dry").await,
        json!({ "changed": 2, "errors": [] })
    );
    assert_eq!(
        app.database
            .count("select count(*) from work.draft_answer")
            .await,
        2
    );
    assert_eq!(
        import_sheet(&own, &filled, false, "filled").await,
        json!({ "changed": 2, "errors": [] })
    );
    let query = format!(
        "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ \
            draft {{ answers {{ criterion {{ code }} answer revision }} }} }} }}"
    );
    assert_eq!(
        own.ask(&query).await.data()["assessment"]["draft"]["answers"],
        json!([{ "criterion": { "code": "SV-01" }, "answer": "MET", "revision": 1 },
            { "criterion": { "code": "SV-03" }, "answer": "PARTLY_MET", "revision": 2 },
            { "criterion": { "code": "SV-05" }, "answer": "PARTLY_MET", "revision": 1 }])
    );
    // The old sheet is stale where somebody saved since; all its mistakes come with their places,
    // and nothing is kept.
    let wrong = "criterion;answer;explanation;revision\nSV-03;Voldaan;;1\nSV-04;MET;Bel \
        111222333;\nBB-01;MET;;\nXX-01;MET;;\n";
    assert_eq!(
        import_sheet(&own, wrong, false, "wrong").await["errors"],
        json!([{ "code": "STALE_REVISION", "row": 2, "column": "revision" },
            { "code": "PERSONAL_DATA", "row": 3, "column": "explanation" },
            { "code": "NOT_YOURS_TO_ANSWER", "row": 4, "column": "criterion" },
            { "code": "UNKNOWN_CRITERION", "row": 5, "column": "criterion" }])
    );
    assert_eq!(
        app.database
            .count("select sum(revision)::bigint from work.draft_answer")
            .await,
        4
    );
}

#[tokio::test]
async fn whoever_may_not_fill_in_learns_nothing_from_a_sheet() {
    let app = prepared().await;
    let own = app.with(&municipality("GM0402"));
    a_draft("GM0402", met(&["SV-01"])).sent_by(&own).await;
    // The same bytes with a draft and without.
    let absent = SHEET.replace("GM0402", "GM0417");
    let strangers = [
        municipality("GM0363"),
        region("VR13"),
        vng(),
        ministry(),
        partner("comensha"),
    ];
    for stranger in strangers.map(|token| app.with(&token)) {
        let shown = stranger.get(SHEET).await;
        assert_eq!(shown.status, 404);
        assert_eq!(shown, stranger.get(&absent).await);
    }
    let shown = app.public().get(SHEET).await;
    assert_eq!(shown.status, 401);
    assert!(!shown.body.contains("SV-01"), "{}", shown.body);
    assert_eq!(app.with(&region("VR14")).get(SHEET).await.status, 200);
}

async fn everybody(app: &App) -> Vec<String> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let query = format!(
            "{{ municipalities(first: 100{after}) {{ nodes {{ code }} \
                pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let page = app.public().ask(&query).await.data()["municipalities"].clone();
        let nodes = page["nodes"].as_array().unwrap();
        all.extend(
            nodes
                .iter()
                .map(|node| node["code"].as_str().unwrap().to_owned()),
        );
        if page["pageInfo"]["hasNextPage"] == false {
            return all;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
}

/// What a municipality answers itself in VOORSTEL-1.
const OWN: [&str; 22] = [
    "BB-03", "BB-04", "BB-05", "BB-06", "BB-07", "SV-01", "SV-02", "SV-03", "SV-04", "SV-05",
    "BW-01", "BW-02", "SK-02", "SK-03", "SK-04", "SK-05", "SK-06", "OH-01", "OH-02", "OH-03",
    "OH-04", "OH-05",
];

#[tokio::test]
async fn three_hundred_and_forty_two_good_ones_cost_a_statement_per_thousand_rows() {
    let app = prepared().await;
    let vng = app.with(&vng());
    let codes = everybody(&app).await;
    assert_eq!(codes.len(), 342);
    let mut table = format!("municipality,name,{},SV-01:explanation\n", OWN.join(","));
    for code in &codes {
        let answers = ["MET"; 22].join(",");
        writeln!(table, "{code},x,{answers},Opgegeven door de gemeente").unwrap();
    }
    let counts = json!({ "municipalities": 342, "answers": 342 * 22, "errors": [] });
    let dry = json!({ "dryRun": true, "idempotencyKey": "dry" });
    assert_eq!(import_many(&vng, &table, dry).await, counts);
    assert_eq!(
        app.database
            .count("select count(*) from fact.on_behalf_filling")
            .await,
        0
    );
    assert_eq!(
        import_many(&vng, &table, json!({ "idempotencyKey": "all" })).await,
        counts
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.on_behalf_answer")
            .await,
        342 * 22
    );
    // The same call again changes nothing, and each municipality finds its own.
    assert_eq!(
        import_many(&vng, &table, json!({ "idempotencyKey": "all" })).await,
        counts
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.on_behalf_filling")
            .await,
        342
    );
    let query = format!(
        "{{ assessment(municipality: \"GM0402\", period: \"{PERIOD}\") {{ \
            onBehalf {{ number channel answers {{ criterion {{ code }} explanation }} }} }} }}"
    );
    let own = app.with(&municipality("GM0402")).ask(&query).await.data()["assessment"]["onBehalf"]
        .clone();
    assert_eq!(
        (&own["number"], &own["channel"]),
        (&json!(1), &json!("TABLE"))
    );
    assert_eq!(own["answers"].as_array().unwrap().len(), 22);
    let stranger = app.with(&municipality("GM0402"));
    let other = query.replace("GM0402", "GM0363");
    assert_eq!(stranger.ask(&other).await.data()["assessment"], Value::Null);

    // How long that takes is the machine's to say (0.7 seconds in a release build); how many
    // statements, this program's: fourteen for one municipality, and one more for each thousand
    // rows.
    let statements = async |table: &str, key: &str| {
        let input = json!({
            "period": PERIOD, "table": table, "reason": "Opgave per e-mail", "idempotencyKey": key,
        });
        let document = "mutation ($input: ImportAssessmentsInput!) { \
            importAssessments(input: $input) { municipalities errors { code } } }";
        vng.send(document, json!({ "input": input }))
            .await
            .statements()
    };
    let one: String = table
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(statements(&one, "one").await, 14);
    assert_eq!(statements(&table, "again").await, 21);
}

#[tokio::test]
async fn forty_mistakes_are_forty_places_and_nothing_is_kept() {
    let app = prepared().await;
    let client = app.with(&vng());
    let codes = everybody(&app).await;
    // Good rows between the bad ones; each bad row has its own kind of mistake, in turn.
    let mut table = "municipality,SV-01,SV-03,SV-03:explanation,BB-01\n".to_owned();
    let mut expected = Vec::new();
    for (i, code) in codes.iter().take(80).enumerate() {
        let row = i + 2;
        if i % 2 == 0 {
            writeln!(table, "{code},MET,NOT_MET,,").unwrap();
            continue;
        }
        let (line, mistake, column) = match (i / 2) % 5 {
            0 => (format!("{code},ja,MET,,"), "UNKNOWN_ANSWER", "SV-01"),
            1 => (
                format!("{code},MET,MET,Mail a@b.nl,"),
                "PERSONAL_DATA",
                "SV-03:explanation",
            ),
            2 => (format!("{code},MET,,,MET"), "NOT_YOURS_TO_ANSWER", "BB-01"),
            3 => (
                format!("{code},MET,NOT_APPLICABLE,,"),
                "NOT_APPLICABLE_NOT_ALLOWED",
                "SV-03",
            ),
            _ => (
                format!("GM9{i:03},MET,,,"),
                "UNKNOWN_MUNICIPALITY",
                "municipality",
            ),
        };
        writeln!(table, "{line}").unwrap();
        expected.push(json!({ "code": mistake, "row": row, "column": column }));
    }
    assert_eq!(expected.len(), 40);
    let before = app.database.count("select number from ledger_head").await;
    let shown = import_many(&client, &table, json!({ "idempotencyKey": "wrong" })).await;
    assert_eq!(
        shown,
        json!({ "municipalities": null, "answers": null, "errors": expected })
    );
    assert_eq!(
        app.database.count("select number from ledger_head").await,
        before
    );
    assert_eq!(
        app.database
            .count("select count(*) from fact.on_behalf_filling")
            .await,
        0
    );
    assert_eq!(
        app.database
            .count("select count(*) from work.idempotency_key where field = 'importAssessments'")
            .await,
        0
    );

    // A region fills in for its members and for nobody else, and overwrites nothing.
    let gooi = app.with(&region("VR14"));
    let table = "municipality;SV-01\nGM0402;MET\nGM0363;MET\n";
    assert_eq!(
        import_many(&gooi, table, json!({ "idempotencyKey": "gooi" })).await["errors"],
        json!([{ "code": "NOT_YOURS", "row": 3, "column": "municipality" }])
    );
    assert_eq!(
        app.database
            .count("select count(*) from work.draft_answer")
            .await,
        0
    );
    let table = "municipality;SV-01\nGM0402;MET\nGM0417;Deels voldaan\n";
    assert_eq!(
        import_many(&gooi, table, json!({ "idempotencyKey": "gooi" })).await,
        json!({ "municipalities": 2, "answers": 2, "errors": [] })
    );
    assert_eq!(
        import_many(&gooi, table, json!({ "idempotencyKey": "gooi-2" })).await["errors"],
        json!([{ "code": "ALREADY_ANSWERED", "row": 2, "column": "SV-01" },
            { "code": "ALREADY_ANSWERED", "row": 3, "column": "SV-01" }])
    );
    assert_eq!(
        app.database
            .count(
                "select count(*) from work.draft_answer where changed_by_role = 'REGION' and \
                revision = 1"
            )
            .await,
        2
    );
}
