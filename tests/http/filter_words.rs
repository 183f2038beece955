//! Filters that find by words refuse what a search refuses.

use acceptance::spawn_app;
use serde_json::json;

/// A filter finds by words as `search` does, so it refuses the same texts with the same sentences.
#[tokio::test]
async fn a_filter_without_a_word_is_refused_as_a_search_is() {
    let app = spawn_app();
    let public = app.public();
    let find = "query ($t: String!) { search(text: $t) { totalCount } }";
    for text in [
        "",
        " ",
        "de",
        "De van HET een",
        "the of a",
        "dát",
        "a b c",
        "?!:&|()",
        "\u{b7}",
    ] {
        let refused = public.send(find, json!({ "t": text })).await;
        assert_eq!(refused.codes(), ["BAD_REQUEST"], "{text:?}");
        let refused = refused.json()["errors"][0].clone();
        for filtered in ["actions", "partners"] {
            let query = format!(
                "query ($t: String!) {{ {filtered}(filter: {{ text: $t }}) {{ totalCount }} }}"
            );
            let answer = public.send(&query, json!({ "t": text })).await;
            assert_eq!(answer.codes(), ["BAD_REQUEST"], "{filtered} {text:?}");
            let error = answer.json()["errors"][0].clone();
            assert_eq!(error["message"], refused["message"], "{filtered} {text:?}");
            let messages = [&error, &refused].map(|one| one["extensions"]["messageNl"].clone());
            assert_eq!(messages[0], messages[1], "{filtered} {text:?}");
        }
    }
    // Beside a word that counts the others may stand.
    let query = "{ partners(filter: { text: \"CoMensha\" }) { totalCount }
        actions(filter: { text: \"de inventarisatie\" }) { totalCount } }";
    let data = public.ask(query).await.data();
    assert!(data["partners"]["totalCount"].as_i64().unwrap() > 0);
    assert!(data["actions"]["totalCount"].is_i64());
}
