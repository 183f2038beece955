//! A demo database: invented by a seed, judged by the real rules, called a demo everywhere, and
//! never anything else.

use acceptance::{
    App, Client, TestDatabase, a_publication, a_release, ministry, municipality, spawn_app,
    spawn_app_on, vng,
};
use database::{Database, roles};
use dataset::{DataSet, ImportError, demo, import};
use migration::{Migrator, MigratorTrait as _};
use serde_json::{Value, json};
use std::collections::BTreeSet;

use crate::feeds::Read;

/// The last day of each period of the demo, or today while it is open.
const PERIODS: [(&str, &str); 3] = [
    ("2025-2", "2025-12-15"),
    ("2026-1", "2026-06-15"),
    ("2026-2", "2026-11-22"),
];

/// A verdict of the demo beside the state of the policy of that day.
struct Standing {
    state: String,
    verdict: Value,
}

impl Standing {
    async fn of(client: &Client, code: &str, period: &str, day: &str) -> Self {
        let query = format!(
            "{{ policyState(municipality: \"{code}\", at: {{ day: \"{day}\" }}) {{ state }}
               verdict(municipality: \"{code}\", period: \"{period}\", basis: SUBMITTED,
                 at: {{ day: \"{day}\" }}) {{ status label grounds {{
                    counts {{ met applicable unknown leftOut }}
                    criteria {{ criterion {{ code }} answer reasons {{ nl }} }} }} }} }}"
        );
        let data = client.ask(&query).await.data();
        Self {
            state: data["policyState"]["state"].as_str().unwrap().to_owned(),
            verdict: data["verdict"].clone(),
        }
    }

    fn is_assessed(&self) -> bool {
        self.verdict["status"] != "NOT_ASSESSED"
    }

    fn count(&self, name: &str) -> i64 {
        self.verdict["grounds"]["counts"][name].as_i64().unwrap()
    }

    /// The answer to a criterion, with its reasons in Dutch.
    fn criterion(&self, code: &str) -> (&str, Vec<&str>) {
        let criteria = self.verdict["grounds"]["criteria"].as_array().unwrap();
        let found = criteria
            .iter()
            .find(|one| one["criterion"]["code"] == code)
            .unwrap();
        let reasons = found["reasons"].as_array().unwrap().iter();
        let reasons = reasons.map(|one| one["nl"].as_str().unwrap()).collect();
        (found["answer"].as_str().unwrap(), reasons)
    }

    /// What holds of every municipality of the demo in every period.
    fn holds(&self, about: &str) {
        let (bb01, reasons) = self.criterion("BB-01");
        let is_inherited = reasons.iter().any(|reason| reason.contains("voorganger"));
        match self.state.as_str() {
            "NONE_DECLARED" => assert_eq!(bb01, "NOT_MET", "{about}"),
            "ADOPTED" | "BEING_UPDATED" => assert_ne!(bb01, "NOT_MET", "{about}"),
            "NOT_REGISTERED" if !is_inherited => assert_ne!(bb01, "MET", "{about}"),
            _ => {}
        }
        if self.verdict["status"] == "NOT_COMPLIANT" {
            let known = self.count("applicable") - self.count("leftOut");
            let is_fewer = 2 * self.count("met") < known;
            assert!(bb01 == "NOT_MET" || is_fewer, "{about}: {}", self.verdict);
        }
        if bb01 == "UNKNOWN" {
            assert_ne!(self.verdict["status"], "COMPLIANT", "{about}");
        }
    }
}

/// Every verdict of the demo is true, and four municipalities show what is not known.
async fn every_verdict_is_true(app: &App) {
    let reviewer = app.with(&vng());
    let codes = reviewer.get("/v1/feeds/dim_municipality.csv").await.body;
    let codes = Read::csv(&codes);
    let codes: BTreeSet<&str> = codes.column("municipality_code").into_iter().collect();
    let (mut states, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for code in codes {
        for (period, day) in PERIODS {
            let query = format!(
                "{{ municipality(code: \"{code}\", at: {{ day: \"{day}\" }}) {{ code }} }}"
            );
            if reviewer.ask(&query).await.data()["municipality"].is_null() {
                continue;
            }
            let standing = Standing::of(&reviewer, code, period, day).await;
            if !standing.is_assessed() {
                continue;
            }
            standing.holds(&format!("{code} {period}"));
            states.insert(standing.state.clone());
            let not_registered = "Er is geen vaststellingsbesluit geregistreerd; of de gemeente \
                vastgesteld beleid heeft, is niet bekend.";
            let without_date = "Er is een vaststellingsbesluit geregistreerd, maar de datum ervan \
                is niet bekend.";
            let expected = match code {
                "GM0473" | "GM0331" => without_date,
                "GM0402" | "GM0376" => not_registered,
                _ => continue,
            };
            assert_eq!(
                standing.criterion("BB-01"),
                ("UNKNOWN", vec![expected]),
                "{code} {period}"
            );
            assert_eq!(standing.criterion("BB-02").0, "UNKNOWN", "{code} {period}");
            shown.insert(code);
        }
    }
    assert_eq!(
        states.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            "ADOPTED",
            "BEING_UPDATED",
            "IN_DEVELOPMENT",
            "NONE_DECLARED",
            "NOT_REGISTERED"
        ]
    );
    assert_eq!(shown.len(), 4, "{shown:?}");
}

/// Blaricum answers everything as met, and the decision is all that is left to do.
async fn blaricum_has_a_task(app: &App) {
    let blaricum = app.with(&municipality("GM0376"));
    let standing = Standing::of(&blaricum, "GM0376", "2026-2", "2026-11-22").await;
    let criteria = standing.verdict["grounds"]["criteria"]
        .as_array()
        .unwrap_or_else(|| panic!("{}", standing.verdict));
    let of_region = ["BB-01", "BB-02", "SK-01"];
    let own = criteria
        .iter()
        .filter(|one| !of_region.contains(&one["criterion"]["code"].as_str().unwrap()));
    assert_eq!(own.filter(|one| one["answer"] == "MET").count(), 22);
    assert_eq!(standing.verdict["status"], "PARTLY_COMPLIANT");
    let tasks = blaricum
        .ask("{ openTasks(kind: RECORD_ADOPTION) { nodes { subjectKey mutation } } }")
        .await
        .data();
    assert_eq!(
        tasks["openTasks"]["nodes"],
        json!([{ "subjectKey": "GM0376/2026-2", "mutation": "recordAdoption" }])
    );
}

#[tokio::test]
async fn a_demo_is_invented_says_so_and_stays_one() {
    let database = TestDatabase::empty();
    let owner = database.connect(roles::OWNER).await;
    Migrator::up(&owner, None).await.unwrap();
    owner.close().await.unwrap();
    let url = database.url(roles::APP);
    let connect = async |clock| Database::connect(&url, 1, clock).await;
    let set = DataSet::built_in().unwrap();
    let made = demo::make(&connect, &set, 1, 1).await.unwrap();
    assert_eq!(made.answers, 22 * made.versions);
    assert!((700..850).contains(&made.versions), "{made:?}");
    assert!(made.confirmed > 400, "{made:?}");

    nothing_else_gets_in(&database, &set).await;

    let auditor = database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    assert_eq!((report.findings, report.entries), (vec![], made.ledger));
    auditor.close().await.unwrap();

    let app = spawn_app_on(database);
    shows_success(&app).await;
    every_verdict_is_true(&app).await;
    blaricum_has_a_task(&app).await;

    // Nobody learns of an invented municipality what nobody may learn of a real one.
    let neighbour = app
        .with(&municipality("GM0363"))
        .ask("{ assessment(municipality: \"GM0402\", period: \"2026-1\") { state } }")
        .await;
    assert_eq!(neighbour.data(), json!({ "assessment": null }));
    let page = reqwest::get(format!("{}/health/live", app.address()))
        .await
        .unwrap();
    assert_eq!(page.headers()["x-stm-database"], "DEMO");

    says_so_in_tables(&app, made.answers).await;
    says_so_on_pages(&app).await;
    says_so_to_the_municipality(&app).await;
    says_so_in_publications(&app).await;
}

/// Neither a second demo nor anything real gets in, and no demo into what is real.
async fn nothing_else_gets_in(database: &TestDatabase, set: &DataSet) {
    let url = database.url(roles::APP);
    let connect = async |clock| Database::connect(&url, 1, clock).await;
    let again = demo::make(&connect, set, 1, 2).await;
    assert!(matches!(again, Err(ImportError::OtherKind(_))), "{again:?}");
    let db = connect(domain::clock::Clock::settable(acceptance::noon()))
        .await
        .unwrap();
    let real = import(&db, set).await;
    assert!(matches!(real, Err(ImportError::OtherKind(_))), "{real:?}");
    let real = TestDatabase::with_data();
    let url = real.url(roles::APP);
    let refused = demo::make(
        async |clock| Database::connect(&url, 1, clock).await,
        set,
        1,
        1,
    )
    .await;
    assert!(matches!(refused, Err(ImportError::OtherKind(_))));
}

/// It shows success, under an endorsed edition of its own.
async fn shows_success(app: &App) {
    let shown = app
        .with(&vng())
        .ask(
            "{ compliancePicture(period: \"2026-1\", basis: CONFIRMED) { \
            counts { status count } } reportingPeriods { key } }",
        )
        .await;
    assert_eq!(shown.json()["extensions"]["database"], "DEMO");
    assert_eq!(
        shown.data()["reportingPeriods"].as_array().unwrap().len(),
        3
    );
    let counts = shown.data()["compliancePicture"]["counts"].clone();
    let counts: Vec<i64> = counts
        .as_array()
        .unwrap()
        .iter()
        .map(|each| each["count"].as_i64().unwrap())
        .collect();
    assert_eq!(counts.iter().sum::<i64>(), 342);
    assert!(
        counts.iter().filter(|count| **count > 0).count() > 2,
        "{counts:?}"
    );
    let [not_assessed, _, _, compliant] = counts[..] else {
        panic!("{counts:?}");
    };
    assert!(compliant >= 5 && not_assessed < 200, "{counts:?}");
    let edition = "{ framework(edition: \"DEMO-1\") { state title { nl } ruleSet } }";
    assert_eq!(
        app.public().ask(edition).await.data()["framework"],
        json!({
            "state": "ENDORSED", "ruleSet": "VOORSTEL-2",
            "title": { "nl": "DEMO: verzonnen editie, vastgesteld" },
        })
    );
}

/// Tables that are pulled say so in their name, in the list, in every row and in what is filtered.
async fn says_so_in_tables(app: &App, answers: usize) {
    let feeds = format!("{}/v1/feeds", app.address());
    for (extension, sign) in [("csv", ",DEMO\r\n"), ("ndjson", "\"database\":\"DEMO\"}\n")] {
        let file = reqwest::get(format!("{feeds}/dim_criterion.{extension}"))
            .await
            .unwrap();
        assert_eq!(
            file.headers()["content-disposition"],
            format!("attachment; filename=\"DEMO-dim_criterion.{extension}\"")
        );
        assert_eq!(file.headers()["x-stm-database"], "DEMO");
        let rows = file.text().await.unwrap();
        let shown = rows.lines().count() - usize::from(extension == "csv");
        assert_eq!(rows.matches(sign).count(), shown, "{extension}");
    }
    assert_eq!(
        app.public().get("/v1/feeds/").await.json()["database"],
        "DEMO"
    );
    let odata = app.with(&vng());
    let counted = async |filter: &str| {
        let path = format!("/v1/odata/fact_answer_history/$count{filter}");
        odata.get(&path).await.body
    };
    assert_eq!(counted("").await, answers.to_string());
    assert_eq!(
        counted("?$filter=database%20eq%20'DEMO'").await,
        answers.to_string()
    );
    assert_eq!(counted("?$filter=database%20eq%20'REAL'").await, "0");
}

/// Every page begins with it, in both languages; that of a real service says nothing of it.
async fn says_so_on_pages(app: &App) {
    let real = spawn_app();
    for (path, words) in [
        (
            "/",
            "<strong>DEMO</strong>: alles over gemeenten is hier verzonnen.",
        ),
        (
            "/en",
            "<strong>DEMO</strong>: everything about municipalities is invented here.",
        ),
        (
            "/docs/gemeente",
            "<strong>DEMO</strong>: alles over gemeenten is hier verzonnen.",
        ),
        (
            "/docs/en/municipality",
            "<strong>DEMO</strong>: everything about municipalities is invented here.",
        ),
    ] {
        let page = app.public().get(path).await.body;
        assert!(page.contains(words), "{path}");
        assert!(
            !real
                .public()
                .get(path)
                .await
                .body
                .contains("<strong>DEMO</strong>"),
            "{path}"
        );
    }
    let picture = "/v1/pictures/map.svg";
    let words = "DEMO: alles over gemeenten is hier verzonnen.";
    assert!(app.public().get(picture).await.body.contains(words));
    assert!(!real.public().get(picture).await.body.contains("DEMO"));
    // No search engine shows what is invented.
    let robots = app.public().get("/robots.txt").await.body;
    assert_eq!(robots, "User-agent: *\nDisallow: /\n");
    for path in ["/explorer"] {
        let page = app.public().get(path).await.body;
        let (_, body) = page.split_once("<body>\n").unwrap();
        assert!(body.starts_with("<div role=\"note\""), "{path}");
        assert!(
            body.contains("<strong>DEMO</strong>: alles over gemeenten is hier verzonnen."),
            "{path}"
        );
        assert!(
            body.contains(
                "<strong>DEMO</strong>: everything about municipalities is invented here."
            ),
            "{path}"
        );
        let page = real.public().get(path).await.body;
        assert!(!page.contains("<strong>DEMO</strong>"), "{path}");
    }
}

/// A receipt says so, and an answer sheet in its name and in every row.
async fn says_so_to_the_municipality(app: &App) {
    let own = app.with(&municipality("GM0402"));
    let versions = own
        .ask(
            "{ assessment(municipality: \"GM0402\", period: \"2026-1\") { latestVersion { receipt \
             } } }",
        )
        .await
        .data();
    let receipt = versions["assessment"]["latestVersion"]["receipt"].clone();
    assert!(
        receipt
            .as_str()
            .unwrap()
            .starts_with("DEMO-STM-2026-1-GM0402-"),
        "{receipt}"
    );
    let file = acceptance::http()
        .get(format!(
            "{}/v1/assessments/GM0402/2026-1/receipt.json",
            app.address()
        ))
        .bearer_auth(municipality("GM0402"))
        .send()
        .await
        .unwrap();
    let name = file.headers()["content-disposition"].to_str().unwrap();
    assert!(
        name.starts_with("attachment; filename=\"DEMO-receipt-GM0402-2026-1-"),
        "{name}"
    );
    let file: Value = serde_json::from_str(&file.text().await.unwrap()).unwrap();
    assert_eq!(
        (&file["database"], &file["receipt"]),
        (&json!("DEMO"), &receipt)
    );
    let path = "/v1/assessments/GM0402/2026-1/answer-sheet.csv";
    let token = municipality("GM0402");
    let sheet = acceptance::http()
        .get(format!("{}{path}", app.address()))
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    assert_eq!(
        sheet.headers()["content-disposition"],
        "attachment; filename=\"DEMO-answers-GM0402-2026-1.csv\""
    );
    let sheet = Read::csv(sheet.text().await.unwrap().trim_start_matches('\u{feff}'));
    assert!(sheet.column("database").iter().all(|one| *one == "DEMO"));
    for (path, token, name) in [
        (
            "/v1/assessments/2026-1/table.csv",
            vng(),
            "DEMO-assessments-2026-1.csv",
        ),
        (
            "/v1/editions/VOORSTEL-1.xlsx",
            vng(),
            "DEMO-edition-VOORSTEL-1.xlsx",
        ),
    ] {
        let file = acceptance::http()
            .get(format!("{}{path}", app.address()))
            .bearer_auth(token)
            .send()
            .await
            .unwrap();
        let expected = format!("attachment; filename=\"{name}\"");
        assert_eq!(file.headers()["content-disposition"], *expected);
        if name.ends_with(".csv") {
            let table = Read::csv(&file.text().await.unwrap());
            assert!(table.column("database").iter().all(|one| *one == "DEMO"));
        }
    }
}

/// A publication says so in its title, in its colophon, in each row, in its metadata and in the
/// names of its files.
async fn says_so_in_publications(app: &App) {
    let of_ministry = app.with(&ministry());
    a_publication("MONITORING_OVERVIEW", "2025-1")
        .sent_by(&of_ministry)
        .await;
    let key = "monitoring-2025-1-1";
    a_release(key).sent_by(&of_ministry).await;
    let shown = app
        .public()
        .ask(&format!(
            "{{ publication(key: \"{key}\") {{ colophon {{ database title {{ nl en }} }} }} }}"
        ))
        .await
        .data();
    assert_eq!(
        shown["publication"]["colophon"],
        json!({
            "database": "DEMO",
            "title": {
                "nl": "DEMO: Monitoringsoverzicht 2025", "en": "DEMO: Monitoring overview 2025",
            },
        })
    );
    for extension in ["json", "csv", "mdto.xml", "json.mdto.xml", "csv.mdto.xml"] {
        let file = reqwest::get(format!(
            "{}/v1/publications/{key}.{extension}",
            app.address()
        ))
        .await
        .unwrap();
        assert_eq!(
            file.headers()["content-disposition"],
            format!("attachment; filename=\"DEMO-{key}.{extension}\"")
        );
        let body = file.text().await.unwrap();
        match extension {
            "csv" => assert!(
                Read::csv(&body)
                    .column("database")
                    .iter()
                    .all(|one| *one == "DEMO")
            ),
            _ => assert!(body.contains("DEMO: Monitoringsoverzicht 2025"), "{body}"),
        }
    }
}
