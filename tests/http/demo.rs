//! A demo database: invented by a seed, judged by the real rules, called a demo everywhere, and
//! never anything else.

use acceptance::{TestDatabase, municipality, spawn_app_on, vng};
use database::{Database, roles};
use dataset::{DataSet, ImportError, demo, import};
use migration::{Migrator, MigratorTrait as _};
use serde_json::json;

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

    // Neither a second demo nor anything real gets in.
    let again = demo::make(&connect, &set, 1, 2).await;
    assert!(matches!(again, Err(ImportError::OtherKind(_))), "{again:?}");
    let db = connect(domain::clock::Clock::settable(acceptance::noon()))
        .await
        .unwrap();
    let real = import(&db, &set).await;
    assert!(matches!(real, Err(ImportError::OtherKind(_))), "{real:?}");
    let real = TestDatabase::with_data();
    let url = real.url(roles::APP);
    let refused = demo::make(
        async |clock| Database::connect(&url, 1, clock).await,
        &set,
        1,
        1,
    )
    .await;
    assert!(matches!(refused, Err(ImportError::OtherKind(_))));

    let auditor = database.connect(roles::AUDITOR).await;
    let report = ledger::verify(&auditor, None).await.unwrap();
    assert_eq!((report.findings, report.entries), (vec![], made.ledger));
    auditor.close().await.unwrap();

    let app = spawn_app_on(database);
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

    // Tables that are pulled say so in their name, in the list, in every row and in what is
    // filtered.
    let feeds = format!("{}/v1/feeds", app.address());
    for (extension, sign) in [("csv", ",DEMO\r\n"), ("ndjson", "\"database\":\"DEMO\"}\n")] {
        let file = reqwest::get(format!("{feeds}/dim_action.{extension}"))
            .await
            .unwrap();
        assert_eq!(
            file.headers()["content-disposition"],
            format!("attachment; filename=\"DEMO-dim_action.{extension}\"")
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
    assert_eq!(counted("").await, made.answers.to_string());
    assert_eq!(
        counted("?$filter=database%20eq%20'DEMO'").await,
        made.answers.to_string()
    );
    assert_eq!(counted("?$filter=database%20eq%20'REAL'").await, "0");
}
