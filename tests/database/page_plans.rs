//! How a page of a table is read: walked by the index of its key, from its beginning and from where
//! the page before ended, and nothing is sorted. The statement of a page of any size and place is
//! the same text, so its plan is kept. What is made of many rows, as the answers that count now, is
//! walked by the first parts of its key, and sorted within them.

use std::collections::BTreeSet;

use acceptance::{
    TestDatabase, a_draft, a_period, a_submission, http, met, municipality, spawn_app_on, vng,
};
use database::roles;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

use crate::{
    plan_starts::{SETTINGS, Statements},
    texts,
};

/// The plan of a statement that is prepared, whatever its values.
async fn plan(app: &DatabaseConnection, statement: &str) -> String {
    let prepared = app
        .execute_unprepared(&format!("prepare one as {statement}"))
        .await;
    if let Err(error) = prepared {
        panic!("{statement}: {error}");
    }
    let parameters = texts(
        app,
        "select coalesce('(' || nullif(array_to_string(
            array_fill('null'::text, array[cardinality(parameter_types)]), ','), '') || ')', '')
         from pg_prepared_statements where name = 'one'",
    )
    .await
    .remove(0);
    let plan = texts(app, &format!("explain execute one {parameters}")).await;
    app.execute_unprepared("deallocate one").await.unwrap();
    plan.join("\n")
}

/// Asks as VNG, and lets the service keep nothing.
async fn get(address: &str, size: &str) -> serde_json::Value {
    let request = http().get(address).bearer_auth(vng());
    let request = request.header("cache-control", "no-store");
    let response = request
        .header("prefer", format!("odata.maxpagesize={size}"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200, "{address}");
    response.json().await.unwrap()
}

#[tokio::test]
async fn pages_of_answers_and_verdicts_are_walked_and_never_sorted() {
    let database = TestDatabase::with_data();
    let mut logged = Statements::of(&database).await;
    let app = spawn_app_on(database);
    a_period().sent_by(&app.with(&vng())).await;
    for code in ["GM0402", "GM0363"] {
        let own = app.with(&municipality(code));
        a_draft(code, met(&["SV-01"])).sent_by(&own).await;
        a_submission(code).sent_by(&own).await;
    }
    let connection = app.database.connect(roles::APP).await;
    connection.execute_unprepared(SETTINGS).await.unwrap();
    // There are few rows: a sort is as cheap as it gets, so it is forbidden where there is another
    // way, and what is sorted all the same has none.
    connection
        .execute_unprepared("set enable_sort = off; set enable_incremental_sort = off")
        .await
        .unwrap();
    for (table, index) in [
        (
            "fact_answer_history",
            "answer_municipality_period_version_criterion_key",
        ),
        (
            "fact_verdict_history",
            "verdict_span_municipality_period_basis_ledger_no_valid_from_key",
        ),
    ] {
        logged.skip().await;
        let set = format!("{}/v1/odata/{table}", app.address());
        let mut next = Some(set.clone());
        while let Some(address) = next {
            let page = get(&address, "1").await;
            next = page["@odata.nextLink"].as_str().map(str::to_owned);
        }
        for top in [1, 2, 300, 499] {
            get(&format!("{set}?$top={top}"), "500").await;
        }
        let pages: BTreeSet<String> = logged
            .since()
            .await
            .into_iter()
            .filter(|statement| statement.contains(table))
            .collect();
        assert_eq!(pages.len(), 2, "first pages and next ones: {pages:?}");
        for statement in &pages {
            let plan = plan(&connection, statement).await;
            assert!(!plan.contains("Sort  ("), "{table}: {plan}");
            assert!(plan.contains(index), "{table}: {plan}");
        }
    }
    // The answers that count now come version by version, and only those of one are sorted.
    connection
        .execute_unprepared("set enable_incremental_sort = on")
        .await
        .unwrap();
    logged.skip().await;
    let set = format!("{}/v1/odata/fact_answer_current", app.address());
    let mut next = Some(set);
    let mut walked = 0;
    while let Some(address) = next {
        let page = get(&address, "1").await;
        walked += page["value"].as_array().map_or(0, Vec::len);
        next = page["@odata.nextLink"].as_str().map(str::to_owned);
    }
    assert_eq!(walked, 2, "an answer of each municipality");
    let pages: BTreeSet<String> = logged
        .since()
        .await
        .into_iter()
        .filter(|statement| statement.contains("fact_answer_current"))
        .collect();
    assert_eq!(pages.len(), 2, "first pages and next ones: {pages:?}");
    for statement in &pages {
        let plan = plan(&connection, statement).await;
        let sorts = plan.lines().filter(|line| line.contains("Sort  ("));
        let whole = sorts.filter(|line| !line.contains("Incremental Sort  ("));
        assert_eq!(whole.collect::<Vec<_>>(), Vec::<&str>::new(), "{plan}");
        assert!(plan.contains("Incremental Sort  ("), "{plan}");
    }
    let next = pages.iter().filter(|text| text.contains("\" >= $"));
    assert_eq!(next.count(), 1, "what comes before is not read: {pages:?}");
    // What is seen of a sort is a sort.
    let sorted = "select * from fact.answer order by answer, criterion";
    assert!(plan(&connection, sorted).await.contains("Sort  ("));
    connection.close().await.unwrap();
    logged.superuser.close().await.unwrap();
}

/// A database that was just filled has no statistics, as this one has none: there all verdicts were
/// gone through once more for each of them.
#[tokio::test]
async fn the_first_day_of_a_verdict_is_found_for_that_verdict_alone() {
    let database = TestDatabase::with_data();
    let connection = database.connect(roles::APP).await;
    connection.execute_unprepared(SETTINGS).await.unwrap();
    let plan = plan(&connection, "select * from bi.fact_verdict_current").await;
    assert!(plan.contains("WindowAgg"), "{plan}");
    assert!(!plan.contains("h.municipality"), "{plan}");
    connection.close().await.unwrap();
}
