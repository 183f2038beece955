//! What answers at the address of the database, looked at before the service begins. Standbys and
//! poolers are tried in `tests/clients` (`operation`).

use acceptance::TestDatabase;
use database::{endpoint, roles};

#[tokio::test]
async fn a_primary_will_do() {
    let database = TestDatabase::with_data();
    let looked = endpoint::check(&database.url(roles::APP)).await.unwrap();
    assert_eq!(looked, Ok(()));
}

#[tokio::test]
async fn where_nobody_answers_it_cannot_be_looked_at() {
    // Port 1 is taken by nobody.
    let url = "postgres://stm_app:hush@127.0.0.1:1/stm";
    let error = endpoint::check(url).await.unwrap_err();
    assert!(error.is_unavailable());
    assert_eq!(
        error.to_string(),
        "the database failed while looking at what answers there"
    );
}
