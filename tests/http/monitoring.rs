//! A monitoring round from opening to closing, and what nobody else sees of it before.

use acceptance::{
    Answer, App, Client, edited, ministry, municipality, noon, partner, region, spawn_app, vng,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::feeds::{Read, everybody, listed};

/// CoMensha owns action 33, VNG action 30: as the ministry would assign them.
async fn spawn_with_owners() -> App {
    let app = spawn_app();
    let owner = |number: i32, partner: &str| {
        format!(
            "2024,{number},{partner},OWNER,,Aangewezen door het ministerie.,monitoring-2025,7,\n"
        )
    };
    let first = "2024,7,om,EXECUTOR,";
    let set = edited(&[(
        "action_partners.csv",
        first,
        &(owner(33, "comensha") + &owner(30, "vng") + first),
    )]);
    app.database.import(&set).await;
    app
}

async fn open(app: &App) {
    let input = json!({
        "key": "2026-1", "titleNl": "Monitoringsoverzicht 2026",
        "titleEn": "Monitoring overview 2026", "dateEarliest": "2026-05-01",
        "dateLatest": "2026-10-31", "idempotencyKey": "open",
    });
    let opened = app
        .with(&ministry())
        .send_mutation("openMonitoringRound", "round { key plan { key } }", input)
        .await;
    assert_eq!(
        opened.data()["openMonitoringRound"],
        json!({ "round": { "key": "2026-1", "plan": { "key": "2024" } }, "errors": [] })
    );
}

fn delayed(action: i32) -> Value {
    json!({
        "round": "2026-1", "action": action, "status": "IN_PROGRESS_DELAYED",
        "explanation": "Vertrouwelijk tot sluiting.",
        "delay": { "amount": "2 maanden", "cause": "Personeelstekort bij de uitvoerder" },
        "idempotencyKey": format!("report {action}"),
    })
}

/// Tables whose rows a report would be in, or change, if it counted.
const OF_REPORTS: [&str; 5] = [
    "fact_action_status_current",
    "fact_action_status_history",
    "total_dashboard",
    "dim_round",
    "dim_action",
];

/// Conditions under which a row of a report, and no other, would be counted.
const PROBES: [(&str, &str); 5] = [
    ("fact_action_status_history", "round_key eq '2026-1'"),
    (
        "fact_action_status_history",
        "contains(explanation_nl,'Vertrouwelijk')",
    ),
    (
        "fact_action_status_history",
        "contains(delay_cause_nl,'Personeelstekort')",
    ),
    (
        "fact_action_status_current",
        "action_key eq '2024/33' and status eq 'IN_PROGRESS_DELAYED'",
    ),
    ("dim_round", "round_key eq '2026-1'"),
];

/// What BI tools could notice: how many rows each table has, by the list and by OData, and the rows
/// of those of reports, in both formats, as they are, as of the end of the year and since the
/// beginning.
async fn pulled(client: &Client, root: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for table in listed(client).await {
        shown.push(format!("{} {:?}", table.name, table.rows));
        if table.rows.is_some() {
            let count = client.get(&format!("{root}/{}/$count", table.name)).await;
            shown.push(count.body);
        }
    }
    for table in OF_REPORTS {
        let mut queries = vec![".csv", ".ndjson", ".csv?dialect=nl"];
        queries.push(if table.ends_with("_history") {
            ".ndjson?since=0"
        } else {
            ".csv?day=2026-12-31"
        });
        for query in queries {
            let answer = client.get(&format!("/v1/feeds/{table}{query}")).await;
            assert_eq!(answer.status, 200, "{table}{query}");
            shown.push(answer.body);
        }
        let rows = client
            .get(&format!(
                "{root}/{table}?$orderby=recorded_at%20desc&$top=2000"
            ))
            .await;
        shown.push(rows.json()["value"].to_string());
    }
    for (table, probe) in PROBES {
        let probe = probe.replace(' ', "%20");
        let count = client
            .get(&format!("{root}/{table}/$count?$filter={probe}"))
            .await;
        assert_eq!(count.body, "0", "{probe}");
    }
    shown
}

/// That no table in any format holds a word of the report.
async fn holds_nothing(client: &Client, root: &str) {
    for table in listed(client).await {
        if table.rows.is_none() {
            continue;
        }
        for path in [
            format!("/v1/feeds/{}.csv", table.name),
            format!("/v1/feeds/{}.ndjson", table.name),
            format!("{root}/{}?$top=2000", table.name),
        ] {
            let shown = client.get(&path).await;
            assert_eq!(shown.status, 200, "{path}");
            for word in [
                "Vertrouwelijk tot",
                "Personeelstekort",
                "2 maanden",
                "2026-1\"",
            ] {
                assert!(!shown.body.contains(word), "{path}: {word}");
            }
        }
    }
}

/// What any reader could notice of a report: everything that tells of the plan.
const TRACES: &str = "query ($at: Moment) { dashboard(at: $at) {
    round { key } total { actions statuses { count } } delayed { number } }
    action(number: 33, at: $at) { status explanation delay { cause } statusHistory { status }
    changedAtLedger }
    changes(since: { ledger: 0 }, subjectKind: \"RoundReport\", at: $at) {
    totalCount nodes { subjectKey } }
    statuses: changes(since: { ledger: 0 }, subjectKind: \"StatusReport\", at: $at) { totalCount }
    ledger(subjectKind: \"RoundReport\", at: $at) { totalCount nodes { subjectKey } }
    search(text: \"vertrouwelijk tot sluiting\", at: $at) { totalCount nodes { key } }
    cause: search(text: \"personeelstekort\", at: $at) { totalCount }
    dataQuality(at: $at) { counts { equal known unexpected } }
    monitoringRounds(at: $at) { key }
    compareRounds(earlier: \"2025-1\", later: \"2025-1\", at: $at) { countChanges { after } }
    partner(name: \"comensha\", at: $at) { roles { action { status } } }
    actions(filter: { text: \"Vertrouwelijk\" }, at: $at) { totalCount } }";

#[tokio::test]
async fn a_report_in_an_open_round_exists_for_its_reporter_and_the_ministry_alone() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let others = [
        app.public(),
        app.with(&partner("fairwork")),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&vng()),
    ];
    let mut before = Vec::new();
    for client in &others {
        before.push(client.ask_again(TRACES).await);
    }
    // BI tools too, those of the reporter and of the ministry not excepted: before it is accepted
    // there is no fact to pull.
    let everybody = everybody(&app);
    let root = |role: &str| match role {
        "public" => "/v1/odata/public",
        _ => "/v1/odata",
    };
    let mut tables = Vec::new();
    for (role, client) in &everybody {
        tables.push(pulled(client, root(role)).await);
    }
    let owner = app.with(&partner("comensha"));
    let reported = owner
        .send_mutation(
            "reportStatus",
            "report { status explanation reportedBy { code } action { key } } warnings { code }",
            delayed(33),
        )
        .await;
    assert_eq!(
        reported.data()["reportStatus"],
        json!({
            "report": {
                "status": "IN_PROGRESS_DELAYED", "explanation": "Vertrouwelijk tot sluiting.",
                "reportedBy": { "code": "comensha" }, "action": { "key": "2024/33" },
            },
            "warnings": [], "errors": [],
        })
    );
    for ((role, client), before) in everybody.iter().zip(tables) {
        assert!(pulled(client, root(role)).await == before, "{role}");
    }
    holds_nothing(&everybody[0].1, "/v1/odata/public").await;
    holds_nothing(&app.with(&vng()), "/v1/odata").await;
    for (client, before) in others.iter().zip(before) {
        let after = client.ask_again(TRACES).await;
        assert_eq!(after.data(), before.data());
        assert_eq!(after.statements(), before.statements());
        let open = client
            .ask("{ openRounds { nodes { key reports { explanation } } } }")
            .await;
        assert!(!open.body.contains("Vertrouwelijk"), "{}", open.body);
    }
    let withheld = app
        .public()
        .ask("{ openRounds { nodes { key reports { explanation } } } }")
        .await;
    assert_eq!(
        withheld.data(),
        json!({ "openRounds": { "nodes": [{ "key": "2026-1", "reports": null }] } })
    );
    assert_eq!(
        withheld.json()["extensions"]["withheld"][0]["rule"],
        "READ_OPEN_REPORTS"
    );
    for client in [owner, app.with(&ministry())] {
        let open = client
            .ask("{ openRounds { nodes { reports { explanation delayCause delayCauseState } } } }")
            .await;
        assert_eq!(
            open.data(),
            json!({
                "openRounds": { "nodes": [
                    {
                        "reports": [
                            {
                                "explanation": "Vertrouwelijk tot sluiting.",
                                "delayCause": "Personeelstekort bij de uitvoerder",
                                "delayCauseState": "GIVEN",
                            },
                        ],
                    },
                ] },
            })
        );
    }
}

/// CoMensha reports on 33, VNG on 30 and the ministry on 13, which begins before the action that it
/// follows has ended.
async fn report_on_three(app: &App) {
    let reported = app
        .with(&partner("comensha"))
        .send_mutation("reportStatus", "", delayed(33))
        .await
        .data();
    assert_eq!(reported["reportStatus"]["errors"], json!([]));
    let seen = app
        .with(&vng())
        .send_mutation(
            "reportStatus",
            "report { ledger }",
            json!({
                "round": "2026-1", "action": 30, "status": "COMPLETED", "idempotencyKey": "30",
            }),
        )
        .await;
    assert_eq!(seen.data()["reportStatus"]["errors"], json!([]));
    let early = app
        .with(&ministry())
        .send_mutation(
            "reportStatus",
            "warnings { code message { nl } }",
            json!({
                "round": "2026-1", "action": 13, "status": "IN_PROGRESS", "idempotencyKey": "13",
            }),
        )
        .await;
    assert_eq!(
        early.data()["reportStatus"],
        json!({ "errors": [], "warnings": [{ "code": "STARTED_BEFORE_PREDECESSOR",
            "message": { "nl": "Deze actie start na actie 11, en die is nog niet afgerond." } }] })
    );
}

/// The reports that were accepted are the status of their actions; no other is told of.
async fn everybody_reads_what_was_closed(app: &App) {
    let shown = app
        .public()
        .ask(
            "{ dashboard { round { key } total { actions statuses { count } }
               delayed { number delay { cause } } outsideRound { number } }
               action(number: 33) { status explanation statusReportedBy { code } statusSource { lines }
                    statusOrigin { reportedBy { code } reportedOn round { key } correctionReason
                    statement { nl } }
                    statusHistory { round { key } status reportedBy { code } source { lines } } }
               other: action(number: 13) { status monitoring { state status } } openRounds { nodes { key } }
               search: actions(filter: { text: \"vertrouwelijk sluiting\" }) {
               nodes { number } } }",
        )
        .await
        .data();
    assert_eq!(
        shown,
        json!({
            "dashboard": { "round": { "key": "2026-1" },
                "total": { "actions": 2, "statuses": [{ "count": 1 }, { "count": 0 }, { "count": 1 }, { "count": 0 }, { "count": 0 }] },
                "delayed": [{ "number": 33, "delay": { "cause": "Personeelstekort bij de \
                    uitvoerder" } }],
                "outsideRound": [{ "number": 42 }] },
            // No document says it: the reporter is the source, and is named with day and round.
            "action": { "status": "IN_PROGRESS_DELAYED", "explanation": "Vertrouwelijk tot \
                sluiting.", "statusReportedBy": { "code": "comensha" },
                "statusSource": null,
                "statusOrigin": {
                    "reportedBy": { "code": "comensha" }, "reportedOn": "2026-11-22",
                    "round": { "key": "2026-1" }, "correctionReason": null,
                    "statement": { "nl": "Gemeld door CoMensha op 22 november 2026, bij het \
                        Monitoringsoverzicht 2026." },
                },
                "statusHistory": [
                    { "round": { "key": "2026-1" }, "status": "IN_PROGRESS_DELAYED",
                        "reportedBy": { "code": "comensha" }, "source": null },
                    { "round": { "key": "2025-1" }, "status": "IN_PROGRESS",
                        "reportedBy": null, "source": { "lines": "419-433;435" } }] },
            "other": {
                "status": "NOT_STARTED", "monitoring": { "state": "NO_REPORT", "status": null },
            },
            "openRounds": { "nodes": [] },
            "search": { "nodes": [{ "number": 33 }] },
        })
    );
}

#[tokio::test]
async fn closing_a_round_brings_its_reports_to_everybody() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let ministry = app.with(&ministry());
    report_on_three(&app).await;
    // The report on 13 is not accepted and stays unseen; 42 is left out and said so.
    let closing = json!({
        "round": "2026-1", "actions": [30, 33], "leftOut": [42], "idempotencyKey": "close",
    });
    let closed = ministry
        .send_mutation("closeMonitoringRound", "round { key }", closing.clone())
        .await;
    assert_eq!(
        closed.data()["closeMonitoringRound"],
        json!({ "round": { "key": "2026-1" }, "errors": [] })
    );
    everybody_reads_what_was_closed(&app).await;
    let again = ministry
        .send_mutation("closeMonitoringRound", "round { key }", closing)
        .await;
    assert_eq!(again.data(), closed.data());
    let late = app
        .with(&partner("comensha"))
        .send_mutation(
            "reportStatus",
            "",
            json!({
                "round": "2026-1", "action": 33, "status": "COMPLETED", "idempotencyKey": "late",
            }),
        )
        .await;
    assert_eq!(
        late.data()["reportStatus"]["errors"][0]["code"],
        "ROUND_CLOSED"
    );
}

#[tokio::test]
async fn an_embargo_hides_what_was_decided_until_its_instant() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let (public, ministry) = (app.public(), app.with(&ministry()));
    let owner = app.with(&partner("comensha"));
    let _ = owner
        .send_mutation("reportStatus", "", delayed(33))
        .await
        .data();
    let before = public.ask(TRACES).await;
    let until = noon() + TimeDelta::hours(20);
    let closing = |until: &str, key: &str| {
        json!({
            "round": "2026-1", "leftOut": [42], "embargoUntil": until, "idempotencyKey": key,
        })
    };
    for wrong in [
        "2026-11-22T12:00:00Z",
        "2027-12-22T12:00:00Z",
        "2026-11-22T13:00:01Z",
    ] {
        let answer = ministry
            .send_mutation("closeMonitoringRound", "", closing(wrong, wrong))
            .await;
        assert_eq!(
            answer.data()["closeMonitoringRound"]["errors"][0]["code"],
            "INVALID_EMBARGO"
        );
    }
    // Decided once, and then again for a later instant.
    for (at, key) in [(noon() + TimeDelta::hours(1), "soon"), (until, "later")] {
        let answer = ministry
            .send_mutation(
                "closeMonitoringRound",
                "round { key } embargoUntil",
                closing(&at.to_rfc3339(), key),
            )
            .await;
        assert_eq!(
            answer.data()["closeMonitoringRound"],
            json!({
                "round": { "key": "2026-1" }, "embargoUntil": at.to_rfc3339(), "errors": [],
            })
        );
    }
    let mut late = delayed(33);
    late["idempotencyKey"] = json!("late");
    late["delay"]["cause"] = json!("iets anders");
    let late = owner.send_mutation("reportStatus", "", late).await;
    assert_eq!(
        late.data()["reportStatus"]["errors"][0]["code"],
        "ROUND_CLOSED"
    );
    app.clock.set(until - TimeDelta::microseconds(1));
    assert_eq!(public.ask(TRACES).await.data(), before.data());

    app.clock.set(until);
    let after = public
        .ask(
            "{ dashboard { round { key } outsideRound { number } \
                delayed { number delay { cause } } } openRounds { nodes { key } } \
                action(number: 33) { statusReportedBy { code } } }",
        )
        .await;
    assert_eq!(
        after.data(),
        json!({
            "dashboard": {
                "round": { "key": "2026-1" }, "outsideRound": [{ "number": 42 }],
                "delayed": [
                    { "number": 33, "delay": { "cause": "Personeelstekort bij de uitvoerder" } },
                ],
            },
            "openRounds": { "nodes": [] }, "action": { "statusReportedBy": { "code": "comensha" } },
        })
    );
    let shown = ministry
        .send_mutation(
            "closeMonitoringRound",
            "round { key } embargoUntil",
            closing(&until.to_rfc3339(), "later"),
        )
        .await;
    assert_eq!(
        shown.data()["closeMonitoringRound"],
        json!({ "round": { "key": "2026-1" }, "embargoUntil": null, "errors": [] })
    );
    let then = public
        .send(TRACES, json!({ "at": { "ledger": before.ledger() } }))
        .await;
    assert_eq!(then.data(), before.data());
}

#[tokio::test]
async fn each_reporter_has_a_report_of_its_own_and_the_ministry_has_the_last_word() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let (owner, ministry) = (app.with(&partner("comensha")), app.with(&ministry()));
    let report = |status: &str, key: &str| {
        json!({
            "round": "2026-1", "action": 33, "status": status, "idempotencyKey": key,
        })
    };
    let statuses = |answer: Answer| answer.data()["openRounds"]["nodes"][0]["reports"].clone();
    let query = "{ openRounds { nodes { reports { status reportedBy { code } } } } }";
    for (client, status, key) in [
        (&ministry, "NOT_STARTED", "a"),
        (&owner, "IN_PROGRESS", "b"),
        (&ministry, "COMPLETED", "c"),
        (&owner, "ONGOING", "d"),
    ] {
        let answer = client
            .send_mutation("reportStatus", "", report(status, key))
            .await;
        assert_eq!(answer.data()["reportStatus"]["errors"], json!([]), "{key}");
    }
    assert_eq!(
        statuses(owner.ask(query).await),
        json!([{ "status": "ONGOING", "reportedBy": { "code": "comensha" } }])
    );
    assert_eq!(
        statuses(ministry.ask(query).await)
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let input = json!({ "round": "2026-1", "leftOut": [1, 1], "idempotencyKey": "close" });
    let closed = ministry
        .send_mutation("closeMonitoringRound", "", input)
        .await;
    assert_eq!(closed.data()["closeMonitoringRound"]["errors"], json!([]));
    let shown = app
        .public()
        .ask(
            "{ dashboard { total { actions } outsideRound { number } notReported { number } } \
                action(number: 33) { status } }",
        )
        .await
        .data();
    assert_eq!(shown["dashboard"]["total"]["actions"], 1);
    assert_eq!(shown["dashboard"]["outsideRound"], json!([{ "number": 1 }]));
    assert_eq!(
        shown["dashboard"]["notReported"].as_array().unwrap().len(),
        44
    );
    assert_eq!(shown["action"]["status"], "COMPLETED");
    assert_eq!(
        app.database
            .count("select count(*) from fact.round_exclusion where round = '2026-1'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_round_is_not_closed_before_its_last_day() {
    let app = spawn_app();
    let ministry = app.with(&ministry());
    let input = json!({
        "key": "2026-2", "titleNl": "x", "titleEn": "x", "dateEarliest": "2026-11-01",
        "dateLatest": "2026-12-31", "idempotencyKey": "open",
    });
    ministry
        .send_mutation("openMonitoringRound", "", input)
        .await;
    let report =
        json!({ "round": "2026-2", "action": 1, "status": "COMPLETED", "idempotencyKey": "r" });
    ministry.send_mutation("reportStatus", "", report).await;
    let close = json!({ "round": "2026-2", "idempotencyKey": "close" });
    let closed = ministry
        .send_mutation("closeMonitoringRound", "", close)
        .await;
    assert_eq!(
        closed.data()["closeMonitoringRound"]["errors"][0]["code"],
        "NOT_OVER_YET"
    );
}

#[tokio::test]
async fn only_the_owner_and_the_ministry_report_and_only_the_ministry_runs_rounds() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let before = app.database.count("select count(*) from ledger").await;
    let report = |action: i32| {
        json!({
            "round": "2026-1", "action": action, "status": "ONGOING", "idempotencyKey": "x",
        })
    };
    for (client, action) in [
        (app.public(), 33),
        (app.with(&partner("comensha")), 30),
        (app.with(&partner("fairwork")), 33),
        (app.with(&municipality("GM0402")), 33),
        (app.with(&region("VR14")), 33),
        (app.with(&vng()), 33),
    ] {
        let answer = client
            .send_mutation("reportStatus", "", report(action))
            .await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "{}", answer.body);
    }
    for client in [
        app.public(),
        app.with(&partner("comensha")),
        app.with(&municipality("GM0402")),
        app.with(&region("VR14")),
        app.with(&vng()),
    ] {
        let close = client
            .send_mutation(
                "closeMonitoringRound",
                "",
                json!({ "round": "2026-1", "idempotencyKey": "x" }),
            )
            .await;
        assert_eq!(close.codes(), ["FORBIDDEN"]);
        let correct = client
            .send_mutation(
                "correctStatusReport",
                "",
                json!({
                    "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "x",
                    "idempotencyKey": "x",
                }),
            )
            .await;
        assert_eq!(correct.codes(), ["FORBIDDEN"]);
    }
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        before
    );
}

#[tokio::test]
async fn all_mistakes_of_a_report_are_named_at_once_and_nothing_is_changed() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let before = app.database.count("select count(*) from ledger").await;
    let ministry = app.with(&ministry());
    let answer = ministry
        .send_mutation(
            "reportStatus",
            "report { status }",
            json!({
                "round": "2026-1", "action": 99, "status": "IN_PROGRESS_DELAYED",
                "explanation": " ",
                "delay": { "amount": " ", "cause": "x".repeat(501), "causeIsUnknown": true },
                "expectedVersion": 7, "idempotencyKey": "wrong",
            }),
        )
        .await;
    let shown = answer.data()["reportStatus"].clone();
    let codes: Vec<(String, String)> = shown["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            let field = error["field"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect::<Vec<_>>();
            (error["code"].as_str().unwrap().to_owned(), field.join("."))
        })
        .collect();
    let expected = [
        ("CAUSE_CONTRADICTS", "delay.causeIsUnknown"),
        ("TEXT_LENGTH", "explanation"),
        ("TEXT_LENGTH", "delay.amount"),
        ("TEXT_LENGTH", "delay.cause"),
        ("UNKNOWN_ACTION", "action"),
        ("CONFLICT", "expectedVersion"),
    ]
    .map(|(code, field)| (code.to_owned(), field.to_owned()));
    assert_eq!(codes, expected);
    assert_eq!(shown["report"], Value::Null);
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        before
    );
}

#[tokio::test]
async fn an_unknown_round_is_named_with_all_the_rest() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let before = app.database.count("select count(*) from ledger").await;
    let ministry = app.with(&ministry());
    let unknown = ministry
        .send_mutation(
            "reportStatus",
            "",
            json!({
                "round": "2029-1", "action": 99, "status": "ONGOING", "delay": { "cause": "x" },
                "expectedVersion": 7, "source": { "document": "x", "place": "x" },
                "idempotencyKey": "unknown",
            }),
        )
        .await;
    let errors = unknown.data()["reportStatus"]["errors"].clone();
    let shown: Vec<&str> = errors
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        shown,
        [
            "DELAY_WITHOUT_STATUS",
            "UNKNOWN_SOURCE",
            "UNKNOWN_ROUND",
            "UNKNOWN_ACTION",
            "CONFLICT"
        ]
    );
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        before
    );
}

#[tokio::test]
async fn what_is_refused_before_a_report_is_read_is_refused_in_dutch_too() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let before = app.database.count("select count(*) from ledger").await;
    let ministry = app.with(&ministry());
    let library = ministry
        .send_mutation(
            "reportStatus",
            "",
            json!({ "round": "2026-1", "action": "drie" }),
        )
        .await;
    let message = library.json()["errors"][0]["extensions"]["messageNl"].clone();
    assert_eq!(
        message,
        "'$input.action' is \"drie\"; hier hoort een geheel getal van -2147483648 tot en met \
         2147483647 (Int)."
    );
    let key = ministry
        .send_mutation(
            "reportStatus",
            "",
            json!({ "round": "2026-1", "action": 1, "status": "ONGOING", "idempotencyKey": "" }),
        )
        .await;
    assert_eq!(
        key.json()["errors"][0]["extensions"]["messageNl"],
        "Een sleutel heeft 1 tot 200 tekens."
    );
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        before
    );
}

#[tokio::test]
async fn ten_equal_reports_at_once_change_once_and_a_reused_key_is_refused() {
    let app = spawn_with_owners().await;
    open(&app).await;
    let owner = app.with(&partner("comensha"));
    let before = app.database.count("select count(*) from ledger").await;
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let owner = owner.clone();
            tokio::spawn(async move {
                owner
                    .send_mutation("reportStatus", "report { ledger }", delayed(33))
                    .await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap().data());
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    assert_eq!(
        app.database.count("select count(*) from ledger").await,
        before + 1
    );
    let mut other = delayed(33);
    other["status"] = json!("COMPLETED");
    other["delay"] = Value::Null;
    let answer = owner.send_mutation("reportStatus", "", other.clone()).await;
    assert_eq!(
        answer.data()["reportStatus"]["errors"][0]["code"],
        "KEY_REUSED"
    );
    // A newer report takes the place of the older one; whoever expected the older one is told.
    let version = answers[0]["reportStatus"]["report"]["ledger"]
        .as_i64()
        .unwrap();
    other["idempotencyKey"] = json!("second");
    other["expectedVersion"] = json!(version);
    assert_eq!(
        owner
            .send_mutation("reportStatus", "", other.clone())
            .await
            .data()["reportStatus"]["errors"],
        json!([])
    );
    other["idempotencyKey"] = json!("third");
    let answer = owner.send_mutation("reportStatus", "", other).await;
    assert_eq!(
        answer.data()["reportStatus"]["errors"][0]["code"],
        "CONFLICT"
    );
    let open = owner
        .ask("{ openRounds { nodes { reports { status } } } }")
        .await
        .data();
    assert_eq!(
        open["openRounds"]["nodes"][0]["reports"],
        json!([{ "status": "COMPLETED" }])
    );
}

/// What is told of action 17 and of all, at a moment.
fn of_seventeen(moment: &str) -> String {
    format!(
        "{{ dashboard(at: {moment}) {{ total {{ statuses {{ count }} }} }} \
                action(number: 17, at: {moment}) {{ status explanation statusSource {{ note {{ nl en }} }} \
                statusHistory {{ ledger }} }} }}"
    )
}

/// The ministry corrects the status of action 17; the version that it saw.
async fn correct(app: &App) -> Value {
    let before = app.public().ask(&of_seventeen("null")).await;
    let version = before.data()["action"]["statusHistory"][0]["ledger"].clone();
    let input = json!({
        "round": "2025-1", "action": 17, "status": "IN_PROGRESS_DELAYED",
        "reason": "De toelichting meldt vertraging.",
        "delay": { "amount": "3 maanden", "cause": "latere start hoofdonderzoeker" },
        "expectedVersion": version, "idempotencyKey": "c",
    });
    let corrected = app
        .with(&ministry())
        .send_mutation(
            "correctStatusReport",
            "action { status explanation delay { amount cause } }",
            input,
        )
        .await;
    assert_eq!(
        corrected.data()["correctStatusReport"],
        json!({ "errors": [], "action": { "status": "IN_PROGRESS_DELAYED",
            "explanation": "Actie 17 valt samen met actie 15. Verkenning loopt 3 maanden langer \
                dan gepland door latere start hoofdonderzoeker.",
            "delay": { "amount": "3 maanden", "cause": "latere start hoofdonderzoeker" } } })
    );
    version
}

#[tokio::test]
async fn the_ministry_corrects_a_status_with_a_reason_and_the_old_word_stays_readable() {
    let app = spawn_app();
    let before = app.public().ask(&of_seventeen("null")).await;
    correct(&app).await;
    let counts = |data: &Value| -> Vec<i64> {
        let list = data["dashboard"]["total"]["statuses"].as_array().unwrap();
        list.iter()
            .map(|each| each["count"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(
        counts(&app.public().ask(&of_seventeen("null")).await.data()),
        [8, 17, 9, 5, 4]
    );
    let then = app
        .public()
        .ask(&of_seventeen(&format!("{{ ledger: {} }}", before.ledger())))
        .await;
    assert_eq!(then.data().to_string(), before.data().to_string());
}

#[tokio::test]
async fn a_corrected_status_names_its_origin_and_the_document_that_it_corrects() {
    let app = spawn_app();
    correct(&app).await;
    let origin = "{ action(number: 17) { statusOrigin { reportedBy { code }
        correctionReason statement { nl en } } }
        other: action(number: 18) { statusOrigin { reportedBy { code } } } }";
    assert_eq!(
        app.public().ask(origin).await.data(),
        json!({
            "action": {
                "statusOrigin": {
                    "reportedBy": { "code": "MINISTRY" }, "correctionReason": "De toelichting meldt vertraging.",
                    "statement": {
                        "nl": "Verbeterd door het ministerie op 22 november 2026, bij het \
                            Monitoringsoverzicht 2025. Reden: De toelichting meldt vertraging.",
                        "en": "Corrected by the ministry on 22 November 2026, for the Monitoring \
                            overview 2025. Reason (in Dutch): De toelichting meldt vertraging.",
                    },
                },
            },
            "other": { "statusOrigin": null },
        })
    );
    let source =
        "{ action(number: 17) { statusSource { lines note { nl en } document { key } } } }";
    assert_eq!(
        app.public().ask(source).await.data()["action"]["statusSource"],
        json!({
            "lines": "283-285",
            "note": {
                "nl": "De toelichting meldt vertraging.", "en": "De toelichting meldt vertraging.",
            },
            "document": { "key": "monitoring-2025" },
        })
    );
}

#[tokio::test]
async fn a_corrected_status_is_pulled_with_its_reason() {
    let app = spawn_app();
    correct(&app).await;
    let fed = app
        .public()
        .get("/v1/feeds/fact_action_status_current.csv")
        .await;
    let fed = Read::csv(&fed.body);
    let row = |name: &str| {
        let of = fed
            .column("action_key")
            .into_iter()
            .position(|key| key == "2024/17");
        fed.column(name)[of.unwrap()].to_owned()
    };
    assert_eq!(
        [
            "status_on",
            "status_earliest",
            "status_latest",
            "reported_by",
            "reported_on",
            "correction_reason_nl",
        ]
        .map(row),
        [
            "",
            "2025-04-01",
            "2025-06-30",
            "MINISTRY",
            "2026-11-22",
            "De toelichting meldt vertraging.",
        ]
    );
}

#[tokio::test]
async fn the_quality_of_the_data_tells_why_a_corrected_status_differs_from_its_publication() {
    let app = spawn_app();
    correct(&app).await;
    let quality = app
        .public()
        .ask(
            "{ dataQuality { counts { unexpected } \
                checks(filter: { outcome: KNOWN }) { \
                nodes { subject published computed reason { nl en } } } } }",
        )
        .await
        .data();
    assert_eq!(quality["dataQuality"]["counts"]["unexpected"], 0);
    let checks = quality["dataQuality"]["checks"]["nodes"]
        .as_array()
        .unwrap();
    let total = checks
        .iter()
        .find(|check| check["subject"] == "2025-1/TOTAL/IN_PROGRESS_DELAYED")
        .unwrap();
    assert_eq!(
        *total,
        json!({
            "subject": "2025-1/TOTAL/IN_PROGRESS_DELAYED", "published": "8", "computed": "9",
            "reason": {
                "nl": "Na de publicatie gewijzigd, 2025-1/2024/17: De toelichting meldt \
                    vertraging.",
                "en": "Changed after publication, 2025-1/2024/17: De toelichting meldt vertraging.",
            },
        })
    );
}

#[tokio::test]
async fn a_correction_that_cannot_be_is_refused() {
    let app = spawn_app();
    let version = correct(&app).await;
    let ministry = app.with(&ministry());
    let stale = json!({
        "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "x",
        "expectedVersion": version, "idempotencyKey": "d",
    });
    let answer = ministry
        .send_mutation("correctStatusReport", "", stale)
        .await;
    assert_eq!(
        answer.data()["correctStatusReport"]["errors"][0]["code"],
        "CONFLICT"
    );
    for (change, code) in [
        (json!({ "round": "2024-9" }), "UNKNOWN_ROUND"),
        (json!({ "action": 31 }), "NO_REPORT"),
        (json!({ "reason": "" }), "TEXT_LENGTH"),
    ] {
        let mut input = json!({
            "round": "2025-1", "action": 17, "status": "COMPLETED", "reason": "x",
            "idempotencyKey": "e",
        });
        input
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let answer = ministry
            .send_mutation("correctStatusReport", "", input)
            .await;
        assert_eq!(
            answer.data()["correctStatusReport"]["errors"][0]["code"],
            code
        );
    }
}

#[tokio::test]
async fn all_mistakes_of_a_round_are_named_at_once() {
    let app = spawn_app();
    open(&app).await;
    let ministry = app.with(&ministry());
    let input = json!({
        "key": "2026-01", "plan": "2025", "titleNl": "", "titleEn": " ",
        "dateEarliest": "2026-10-31", "dateLatest": "2026-05-01", "idempotencyKey": "wrong",
    });
    let answer = ministry
        .send_mutation("openMonitoringRound", "", input)
        .await;
    let errors = answer.data()["openMonitoringRound"]["errors"].clone();
    let codes: Vec<&str> = errors
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        codes,
        [
            "INVALID_KEY",
            "UNKNOWN_PLAN",
            "DATES_OUT_OF_ORDER",
            "TEXT_LENGTH",
            "TEXT_LENGTH"
        ]
    );
    for (key, codes) in [("2025-1", ["ALREADY_EXISTS", "ANOTHER_IS_OPEN"])] {
        let input = json!({
            "key": key, "titleNl": "x", "titleEn": "x", "dateEarliest": "2026-05-01",
            "dateLatest": "2026-05-02", "idempotencyKey": key,
        });
        let errors = ministry
            .send_mutation("openMonitoringRound", "", input)
            .await
            .data()["openMonitoringRound"]["errors"]
            .clone();
        let shown: Vec<&str> = errors
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["code"].as_str().unwrap())
            .collect();
        assert_eq!(shown, codes);
    }
    let empty = ministry
        .send_mutation(
            "closeMonitoringRound",
            "",
            json!({ "round": "2026-1", "idempotencyKey": "e" }),
        )
        .await;
    assert_eq!(
        empty.data()["closeMonitoringRound"]["errors"][0]["code"],
        "NO_REPORT"
    );
    let wrong = ministry
        .send_mutation(
            "closeMonitoringRound",
            "",
            json!({ "round": "2026-1", "actions": [1], "leftOut": [99], "idempotencyKey": "e" }),
        )
        .await;
    let errors = wrong.data()["closeMonitoringRound"]["errors"].clone();
    assert_eq!(
        (errors[0]["code"].as_str(), errors[1]["code"].as_str()),
        (Some("NO_REPORT"), Some("UNKNOWN_ACTION"))
    );
}

#[tokio::test]
async fn closing_costs_as_many_statements_for_one_report_as_for_many() {
    let mut costs = Vec::new();
    for reports in [1, 20] {
        let app = spawn_app();
        open(&app).await;
        let ministry = app.with(&ministry());
        for action in 1..=reports {
            let input = json!({
                "round": "2026-1", "action": action, "status": "ONGOING", "explanation": "Loopt.",
                "idempotencyKey": action.to_string(),
            });
            ministry.send_mutation("reportStatus", "", input).await;
        }
        let left_out: Vec<i32> = (40..=39 + reports.min(6)).collect();
        let input = json!({ "round": "2026-1", "leftOut": left_out, "idempotencyKey": "close" });
        let closed = ministry
            .send_mutation("closeMonitoringRound", "", input)
            .await;
        assert_eq!(closed.data()["closeMonitoringRound"]["errors"], json!([]));
        costs.push(closed.statements());
    }
    assert_eq!(costs[0], costs[1]);
}
