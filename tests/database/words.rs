//! What the service takes for a word to look for is what Postgres does.

use acceptance::TestDatabase;
use domain::search::words::LITTLE_NL;

use crate::texts;

#[tokio::test]
async fn the_words_that_carry_nothing_are_those_of_postgres() {
    let database = TestDatabase::with_data();
    let superuser = database.superuser().await;
    let file = "select pg_read_file(setting || '/tsearch_data/dutch.stop') from pg_config
         where name = 'SHAREDIR'";
    let file = texts(&superuser, file).await.concat();
    let mut of_postgres: Vec<&str> = file.split_whitespace().collect();
    let mut ours = LITTLE_NL.to_vec();
    of_postgres.sort_unstable();
    ours.sort_unstable();
    assert_eq!(ours, of_postgres);
    // As the search of the service reads them: none is left.
    let words = LITTLE_NL.join(",");
    let left = format!(
        "select word from unnest(string_to_array('{words}', ',')) word
         where numnode(to_tsquery('stm_dutch', plain_words(word) || ':*')) > 0"
    );
    assert_eq!(texts(&superuser, &left).await, [""; 0]);
    superuser.close().await.unwrap();
}
