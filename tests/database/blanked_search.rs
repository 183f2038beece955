//! What search forgets of words that were blanked by law: every line that says them, and nothing of
//! other words.

use acceptance::TestDatabase;
use sea_orm::ConnectionTrait as _;

use crate::texts;

/// Makes a document of search, takes words out of all of them, and gives what is left of it: its
/// names, its text and what it is linked to, with `|` for a break.
async fn left_of(database: &TestDatabase, [names, body, terms]: [&str; 3], words: &str) -> String {
    let superuser = database.superuser().await;
    let quoted = |text: &str| format!("E'{}'", text.replace('|', "\\n"));
    let made = format!(
        "delete from search_document where kind = 'ACTION' and key = '2099/1';
         insert into search_document (kind, key, ledger_no, title_nl, title_en, names, body, terms,
            factor, words)
         values ('ACTION', '2099/1', 1, 'Titel', 'Title', {}, {}, {}, 1, '');
         select redact_in_search({})",
        quoted(names),
        quoted(body),
        quoted(terms),
        quoted(words)
    );
    superuser.execute_unprepared(&made).await.unwrap();
    let left = texts(
        &superuser,
        "select translate(concat_ws('; ', coalesce(names, '-'), coalesce(body, '-'),
            coalesce(terms, '-')), E'\\n', '|') from search_document
         where kind = 'ACTION' and key = '2099/1'",
    )
    .await;
    superuser.close().await.unwrap();
    left.concat()
}

#[tokio::test]
async fn search_forgets_whole_lines_and_whole_words() {
    let database = TestDatabase::with_data();
    for (document, words, left) in [
        // A name that is the same in both languages stands twice, one below the other.
        (
            [
                "2099/1|Stuurgroep|Stuurgroep",
                "Stuurgroep",
                "Stuurgroep|Stuurgroep opvang",
            ],
            "Stuurgroep",
            "2099/1; -; opvang",
        ),
        // A shorter word is part of a longer one, of a line and of another name.
        (
            [
                "Stuur|Stuurgroep|Stuur",
                "Stuur loopt.|Stuur",
                "Stuurgroep Stuur groep",
            ],
            "Stuur",
            "Stuurgroep; Stuur loopt.; Stuurgroep groep",
        ),
        // Signs that mean something to a search of patterns are signs, and letters are letters.
        (
            ["A.B. (x)+", "A.B. (x)+ blijft", "AxB. A.B. (x)+ café"],
            "A.B. (x)+",
            "-; A.B. (x)+ blijft; AxB. café",
        ),
        (["-", "-", "café caf"], "caf", "-; -; café"),
        // A text of several lines goes as one, and only as one.
        (
            ["-", "een|twee|drie|twee", "x"],
            "een|twee",
            "-; drie|twee; x",
        ),
    ] {
        assert_eq!(left_of(&database, document, words).await, left, "{words}");
    }
}
