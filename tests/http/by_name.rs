//! A publication by name says of every municipality what it handed in, and why it is told early.

use acceptance::{
    App, PERIOD, a_claim, a_confirmation, a_draft, a_publication, a_release, a_submission, met,
    ministry, municipality, vng,
};
use chrono::{DateTime, Utc};
use compliance::redaction;
use database::{Database, roles};
use domain::clock::Clock;
use serde_json::{Value, json};

use crate::{
    feeds::Read,
    publications::{BECAUSE, confirmed, spawn_with_period},
    recorded_policy::source,
};

const KEY: &str = "compliance-2026-2-1";
/// Handed in on time and waits, handed in late and waits, handed in late and was reviewed, did
/// nothing.
const WAITS: &str = "GM0310";
const LATE: &str = "GM0406";
const LATE_AND_REVIEWED: &str = "GM0363";
const NOTHING: &str = "GM0014";
const CONFIRMED: &str = "GM0402";

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn submitted(app: &App, code: &str) {
    let own = app.with(&municipality(code));
    a_draft(code, met(&["SV-01", "SV-02"])).sent_by(&own).await;
    a_submission(code).sent_by(&own).await;
}

/// One is confirmed, one waits since the twenty-second of November, two handed in after the
/// deadline of the thirtieth.
async fn spawn_with_queue() -> App {
    let app = spawn_with_period("ENDORSED").await;
    confirmed(&app, CONFIRMED, 1, &["SV-01", "SV-02"]).await;
    submitted(&app, WAITS).await;
    app.clock.set(instant("2026-12-02T09:00:00Z"));
    submitted(&app, LATE).await;
    submitted(&app, LATE_AND_REVIEWED).await;
    a_claim(LATE_AND_REVIEWED).sent_by(&app.with(&vng())).await;
    a_confirmation(LATE_AND_REVIEWED, 1)
        .sent_by(&app.with(&vng()))
        .await;
    app
}

fn by_name(key: &str) -> Value {
    json!({
        "kind": "COMPLIANCE_PICTURE", "about": PERIOD, "level": "BY_NAME", "idempotencyKey": key,
    })
}

/// What is to be read of a municipality.
#[derive(Clone, Copy)]
struct Expected {
    code: &'static str,
    state: &'static str,
    words: &'static str,
    since: Option<&'static str>,
}

/// Of four something is to be seen, and of one that it did nothing.
const EXPECTED: [Expected; 5] = [
    Expected {
        code: NOTHING,
        state: "MISSING",
        words: "Niet ingediend",
        since: None,
    },
    Expected {
        code: WAITS,
        state: "ON_TIME",
        words: "Op tijd ingediend, wacht sinds 22 november 2026 op controle door VNG",
        since: Some("2026-11-22"),
    },
    Expected {
        code: LATE_AND_REVIEWED,
        state: "LATE",
        words: "Te laat ingediend",
        since: None,
    },
    Expected {
        code: CONFIRMED,
        state: "ON_TIME",
        words: "Op tijd ingediend",
        since: None,
    },
    Expected {
        code: LATE,
        state: "LATE",
        words: "Te laat ingediend, wacht sinds 2 december 2026 op controle door VNG",
        since: Some("2026-12-02"),
    },
];

#[tokio::test]
async fn by_name_early_needs_a_reason_and_later_takes_none() {
    let app = spawn_with_queue().await;
    let of_ministry = app.with(&ministry());
    let selection = "publication { key }";
    let errors = "errors { code field message { nl en } }";
    let refused = of_ministry
        .ask(&format!(
            "mutation {{ preparePublication(input: {{ kind: COMPLIANCE_PICTURE, about: \
             \"{PERIOD}\", level: BY_NAME, idempotencyKey: \"early\" }}) {{ {selection} \
             {errors} }} }}"
        ))
        .await
        .data();
    assert_eq!(
        refused["preparePublication"],
        json!({ "publication": null, "errors": [{
            "code": "INCOMPLETE", "field": ["incompleteBecause"],
            "message": {
                "nl": "Deze publicatie met naam is onvolledig: de periode loopt tot en met 15 \
                    december 2026 en 2 gemeenten wachten op controle door VNG. Geef de reden om \
                    haar toch uit te brengen; die wordt erin afgedrukt.",
                "en": "This publication by name is incomplete: the period runs until 15 December \
                    2026, inclusive and 2 municipalities wait for review by VNG. Give the reason \
                    to publish it all the same; it is printed in it.",
            },
        }] })
    );
    let codes = async |mut input: Value, reason: Option<&str>| {
        input["incompleteBecause"] = json!(reason);
        of_ministry.mistake_codes("preparePublication", input).await
    };
    assert_eq!(codes(by_name("empty"), Some(" ")).await, ["TEXT_LENGTH"]);
    assert_eq!(
        codes(by_name("mail"), Some("Vraag anna@vng.nl")).await,
        ["PERSONAL_DATA"]
    );
    // Over, and two still wait.
    app.clock.set(instant("2026-12-16T09:00:00Z"));
    assert_eq!(codes(by_name("waits"), None).await, ["INCOMPLETE"]);
    // Nobody waits any more: a reason would be untrue.
    let reviewer = app.with(&vng());
    for code in [WAITS, LATE] {
        a_claim(code).sent_by(&reviewer).await;
        a_confirmation(code, 1).sent_by(&reviewer).await;
    }
    assert_eq!(
        codes(by_name("done"), Some(BECAUSE)).await,
        ["NOT_INCOMPLETE"]
    );
    let mut areas = by_name("areas");
    areas["level"] = json!("AREA");
    assert_eq!(codes(areas, Some(BECAUSE)).await, ["NOT_INCOMPLETE"]);
    let budget = json!({ "kind": "BUDGET", "about": "2024", "idempotencyKey": "budget" });
    assert_eq!(codes(budget, Some(BECAUSE)).await, ["NOT_INCOMPLETE"]);
    let prepared = of_ministry
        .change_and_read(
            "preparePublication",
            "publication { key incompleteBecause }",
            by_name("whole"),
        )
        .await;
    assert_eq!(
        prepared["publication"],
        json!({ "key": KEY, "incompleteBecause": null })
    );
}

/// What a publication that is prepared so says of municipalities: state, verdict and words.
async fn prepared(app: &App, input: Value, codes: &[&str]) -> Vec<Value> {
    let prepared = app
        .with(&ministry())
        .change_and_read(
            "preparePublication",
            "publication { verdicts { municipality { code } submission status submissionLabel \
             waitingSince } }",
            input,
        )
        .await;
    let verdicts = prepared["publication"]["verdicts"].as_array().unwrap();
    let of_code = |code: &&str| {
        let mut all = verdicts.iter();
        let one = all.find(|one| one["municipality"]["code"] == *code);
        let one = one.unwrap();
        json!([
            one["submission"],
            one["status"],
            one["submissionLabel"],
            one["waitingSince"]
        ])
    };
    codes.iter().map(of_code).collect()
}

#[tokio::test]
async fn what_was_handed_in_is_of_the_day_of_the_verdict() {
    let app = spawn_with_queue().await;
    let reviewer = app.with(&vng());
    let codes = [WAITS, LATE, LATE_AND_REVIEWED, CONFIRMED];
    let earlier = |key: &str| {
        let mut input = by_name(key);
        input["referenceDate"] = json!("2026-11-25");
        input["incompleteBecause"] = json!(BECAUSE);
        input
    };
    // On the twenty-fifth of November two of the four had handed in, and one waited.
    let later = json!(["MISSING", "NOT_ASSESSED", "Niet ingediend", null]);
    let confirmed = json!(["ON_TIME", "NOT_COMPLIANT", "Op tijd ingediend", null]);
    assert_eq!(
        prepared(&app, earlier("first"), &codes).await,
        [
            json!([
                "ON_TIME",
                "NOT_ASSESSED",
                "Op tijd ingediend, wacht sinds 22 november 2026 op controle door VNG",
                "2026-11-22"
            ]),
            later.clone(),
            later.clone(),
            confirmed.clone(),
        ]
    );
    // A review of today does not change the verdict of that day, and is told.
    a_claim(WAITS).sent_by(&reviewer).await;
    a_confirmation(WAITS, 1).sent_by(&reviewer).await;
    assert_eq!(
        prepared(&app, earlier("second"), &codes).await,
        [
            json!([
                "ON_TIME",
                "NOT_ASSESSED",
                "Op tijd ingediend, na 25 november 2026 door VNG gecontroleerd",
                null
            ]),
            later.clone(),
            later,
            confirmed.clone(),
        ]
    );
    // The same of a review after the closing: the queue is empty, and the verdict is of the closing.
    app.clock.set(instant("2026-12-16T09:00:00Z"));
    a_claim(LATE).sent_by(&reviewer).await;
    a_confirmation(LATE, 1).sent_by(&reviewer).await;
    assert_eq!(
        prepared(&app, by_name("closed"), &codes).await,
        [
            json!(["ON_TIME", "NOT_COMPLIANT", "Op tijd ingediend", null]),
            json!([
                "LATE",
                "NOT_ASSESSED",
                "Te laat ingediend, na 15 december 2026 door VNG gecontroleerd",
                null
            ]),
            json!(["LATE", "NOT_COMPLIANT", "Te laat ingediend", null]),
            confirmed,
        ]
    );
}

#[tokio::test]
async fn every_name_has_what_was_handed_in_wherever_it_is_read() {
    let app = spawn_with_queue().await;
    let of_ministry = app.with(&ministry());
    // Judged anew on the second of December, and not compliant as before.
    let adoption = json!({
        "municipality": CONFIRMED, "policy": "gooi-en-vechtstreek-2023",
        "body": "MUNICIPAL_EXECUTIVE", "adoptedOn": "2023-06-13", "source": source(),
        "idempotencyKey": "adoption",
    });
    let confirmed = app.with(&municipality(CONFIRMED));
    confirmed.change("recordAdoption", adoption).await;
    a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("level", "BY_NAME")
        .with("incompleteBecause", BECAUSE)
        .sent_by(&of_ministry)
        .await;
    let fields = "municipality { code } submission submissionLabel waitingSince";
    let prepared = format!("{{ publication(key: \"{KEY}\") {{ verdicts {{ {fields} }} }} }}");
    let own = app.with(&municipality(WAITS)).ask(&prepared).await.data();
    assert_eq!(own["publication"]["verdicts"], row(WAITS));
    app.clock.set(instant("2026-12-18T09:00:00Z"));
    a_release(KEY).sent_by(&of_ministry).await;

    let public = app.public();
    let released = public.ask(&prepared).await.data();
    let picture = format!(
        "{{ compliancePicture(period: \"{PERIOD}\") {{ municipalities {{ {fields} }} }} }}"
    );
    let seen = public.ask(&picture).await.data();
    let live = app.with(&vng()).ask(&picture).await.data();
    for list in [
        &released["publication"]["verdicts"],
        &seen["compliancePicture"]["municipalities"],
        &live["compliancePicture"]["municipalities"],
    ] {
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), 342);
        for Expected { code, .. } in EXPECTED {
            let of_code = |one: &&Value| one["municipality"]["code"] == code;
            assert_eq!(json!([list.iter().find(of_code).unwrap()]), row(code));
        }
    }
    in_the_files(&app).await;
    in_the_feed(&app).await;
    since_is_that_of_the_ledger(&app).await;
}

/// What the file says of a verdict and since when is what the ledger knew then.
async fn since_is_that_of_the_ledger(app: &App) {
    let file = app
        .public()
        .get(&format!("/v1/publications/{KEY}.json"))
        .await;
    let file: Value = serde_json::from_str(&file.body).unwrap();
    let number = &file["manifest"]["ledger_number"];
    let lines = file["lines"].as_array().unwrap();
    let feed = app.public().get("/v1/feeds/published_verdict.csv").await;
    let feed = Read::csv(&feed.body);
    let days = app
        .public()
        .ask(&format!(
            "{{ publication(key: \"{KEY}\") {{ verdicts {{ municipality {{ code }} since \
             judgedFrom }} }} }}"
        ))
        .await
        .data();
    let days = days["publication"]["verdicts"].as_array().unwrap();
    for (code, since) in [(CONFIRMED, "2026-11-22"), (LATE_AND_REVIEWED, "2026-12-02")] {
        let known = app
            .with(&vng())
            .ask(&format!(
                "{{ verdict(municipality: \"{code}\", period: \"{PERIOD}\", at: {{ ledger: \
                 {number}, day: \"2026-12-02\" }}) {{ status since judgedFrom }} }}"
            ))
            .await
            .data();
        let line = lines.iter().find(|line| line["key"] == code).unwrap();
        let cell = |column: &str| {
            let mut cells = line["cells"].as_array().unwrap().iter();
            cells.find(|cell| cell["column"] == column).unwrap()["value"].clone()
        };
        assert_eq!(known["verdict"]["status"], cell("status"), "{code}");
        assert_eq!(known["verdict"]["since"], cell("since"), "{code}");
        assert_eq!(cell("since"), since, "{code}");
        assert_eq!(known["verdict"]["judgedFrom"], "2026-12-02", "{code}");
        assert_eq!(cell("judged_from"), "2026-12-02", "{code}");
        let codes = feed.column("municipality_code");
        let at = codes.iter().position(|one| *one == code).unwrap();
        assert_eq!(feed.column("verdict_from")[at], since, "{code}");
        assert_eq!(feed.column("judged_from")[at], "2026-12-02", "{code}");
        let of_code = |one: &&Value| one["municipality"]["code"] == code;
        assert_eq!(
            days.iter().find(of_code).unwrap(),
            &json!({
                "municipality": { "code": code }, "since": since, "judgedFrom": "2026-12-02",
            })
        );
    }
}

/// A municipality as GraphQL tells it.
fn row(code: &str) -> Value {
    let mut all = EXPECTED.into_iter();
    let expected = all.find(|one| one.code == code).unwrap();
    json!([{
        "municipality": { "code": code }, "submission": expected.state,
        "submissionLabel": expected.words, "waitingSince": expected.since,
    }])
}

async fn in_the_files(app: &App) {
    let public = app.public();
    let file = public.get(&format!("/v1/publications/{KEY}.json")).await;
    let file: Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(file["manifest"]["incomplete_because"], BECAUSE);
    let csv = public.get(&format!("/v1/publications/{KEY}.csv")).await;
    let csv = Read::csv(&csv.body);
    assert!(
        csv.column("incomplete_because")
            .iter()
            .all(|one| *one == BECAUSE)
    );
    assert!(csv.column("database").iter().all(|one| *one == "REAL"));
    let shown = public
        .ask(&format!(
            "{{ publication(key: \"{KEY}\") {{ incompleteBecause lines {{ key values {{ column \
             text }} }} }} }}"
        ))
        .await
        .data();
    assert_eq!(shown["publication"]["incompleteBecause"], BECAUSE);
    for Expected {
        code,
        state,
        words,
        since,
    } in EXPECTED
    {
        let value = |cells: &Value, by: &str, of: &str, column: &str| {
            let found = cells
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one[by] == column);
            found.map(|one| one[of].as_str().unwrap().to_owned())
        };
        let lines = file["lines"].as_array().unwrap();
        let cells = &lines.iter().find(|line| line["key"] == code).unwrap()["cells"];
        let lines = shown["publication"]["lines"].as_array().unwrap();
        let values = &lines.iter().find(|line| line["key"] == code).unwrap()["values"];
        let at = csv
            .column("key")
            .iter()
            .position(|key| *key == code)
            .unwrap();
        for (column, text) in [
            ("submission", Some(state)),
            ("submission_label_nl", Some(words)),
            ("waiting_since", since),
        ] {
            let expected = text.map(str::to_owned);
            assert_eq!(value(cells, "column", "value", column), expected, "{code}");
            assert_eq!(value(values, "column", "text", column), expected, "{code}");
            assert_eq!(csv.column(column)[at], text.unwrap_or_default(), "{code}");
        }
    }
}

async fn in_the_feed(app: &App) {
    let feed = app.public().get("/v1/feeds/published_verdict.csv").await;
    let feed = Read::csv(&feed.body);
    for Expected {
        code,
        state,
        words,
        since,
    } in EXPECTED
    {
        let codes = feed.column("municipality_code");
        let at = codes.iter().position(|one| *one == code).unwrap();
        assert_eq!(feed.column("submission")[at], state);
        assert_eq!(feed.column("submission_label_nl")[at], words);
        assert_eq!(feed.column("waiting_since")[at], since.unwrap_or_default());
    }
}

#[tokio::test]
async fn what_was_not_judged_is_not_called_unchecked() {
    let app = spawn_with_queue().await;
    let picture = "{ compliancePicture(period: \"2026-2\", basis: SUBMITTED) { \
        counts { status label } municipalities { municipality { code } label } } }";
    let shown = app.with(&vng()).ask(picture).await.data()["compliancePicture"].clone();
    assert_eq!(
        shown["counts"][0],
        json!({ "status": "NOT_ASSESSED", "label": "Niet beoordeeld" })
    );
    let municipalities = shown["municipalities"].as_array().unwrap();
    let label = |code: &str| {
        let mut all = municipalities.iter();
        all.find(|one| one["municipality"]["code"] == code).unwrap()["label"].clone()
    };
    assert_eq!(label(NOTHING), "Niet beoordeeld");
    assert!(
        label(WAITS)
            .as_str()
            .unwrap()
            .ends_with(" (niet gecontroleerd)")
    );
    let feed = app
        .with(&vng())
        .get("/v1/feeds/fact_verdict_current.csv")
        .await;
    assert!(!feed.body.contains("Niet beoordeeld (niet gecontroleerd)"));
    assert!(!feed.body.contains("Not assessed (not checked)"));
}

#[tokio::test]
async fn a_reason_that_the_law_wants_gone_is_gone_from_what_was_published() {
    const REMOVED: &str = "[op grond van de wet verwijderd / removed by law]";
    let app = spawn_with_queue().await;
    let of_ministry = app.with(&ministry());
    a_publication("COMPLIANCE_PICTURE", PERIOD)
        .with("level", "BY_NAME")
        .with("incompleteBecause", BECAUSE)
        .sent_by(&of_ministry)
        .await;
    app.clock.set(instant("2026-12-18T09:00:00Z"));
    a_release(KEY).sent_by(&of_ministry).await;
    let path = format!("/v1/publications/{KEY}.json");
    let before = app.public().get(&path).await.body;
    let auditor = app.database.connect(roles::AUDITOR).await;
    let sought = redaction::copies(&auditor, BECAUSE).await.unwrap();
    auditor.close().await.unwrap();
    let clock = Clock::settable(instant("2026-12-19T08:00:00Z"));
    let url = app.database.url(roles::OWNER);
    let owner = Database::connect(&url, 1, clock).await.unwrap();
    redaction::redact(&owner, &sought, "Verzoek om wissing")
        .await
        .unwrap();
    assert_eq!(
        app.public().get(&path).await.body,
        before.replace(BECAUSE, REMOVED)
    );
    let shown = app
        .public()
        .ask(&format!(
            "{{ publication(key: \"{KEY}\") {{ incompleteBecause }} }}"
        ))
        .await;
    assert_eq!(shown.data()["publication"]["incompleteBecause"], REMOVED);
}
