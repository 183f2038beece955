//! Closed lists as people read them: every code with its label and its meaning in both languages.

use acceptance::spawn_app;
use serde_json::json;

const LISTS: &str = "query ($names: [String!]) { codeLists(names: $names) {
    name values { code label { nl en } description { nl en } } } }";

#[tokio::test]
async fn a_list_tells_codes_labels_and_meanings_without_a_statement() {
    let app = spawn_app();
    let answer = app
        .public()
        .send(LISTS, json!({ "names": ["CriterionLevel"] }))
        .await;
    assert_eq!(
        answer.data()["codeLists"],
        json!([{ "name": "CriterionLevel", "values": [
            {
                "code": "BASIC",
                "label": { "nl": "Basis", "en": "Basic" },
                "description": {
                    "nl": "Geldt voor elke gemeente.",
                    "en": "For every municipality.",
                },
            },
            {
                "code": "ADVANCED",
                "label": { "nl": "Verdieping", "en": "Advanced" },
                "description": {
                    "nl": "Geldt voor gemeenten die verder willen gaan.",
                    "en": "For municipalities that want more.",
                },
            },
        ] }])
    );
    assert_eq!(answer.statements(), 0);
}

#[tokio::test]
async fn every_list_is_there_and_stands_once() {
    let app = spawn_app();
    let answer = app.public().send(LISTS, json!({})).await;
    let data = answer.data();
    let lists = data["codeLists"].as_array().expect("a list");
    let names: Vec<&str> = lists
        .iter()
        .map(|list| list["name"].as_str().unwrap())
        .collect();
    assert!(names.is_sorted_by(|a, b| a < b));
    assert!(names.contains(&"AnswerValue") && names.contains(&"VerdictStatus"));
}

#[tokio::test]
async fn unknown_names_are_listed_all_at_once_with_those_that_look_like_them() {
    let app = spawn_app();
    let names = json!({ "names": ["AnswerValeu", "CriterionLevel", "Nothing"] });
    let answer = app.public().send(LISTS, names).await;
    assert_eq!(answer.codes(), ["NOT_FOUND", "NOT_FOUND"]);
    let errors = answer.json()["errors"].clone();
    assert_eq!(
        errors[0]["extensions"]["didYouMean"],
        json!(["AnswerValue"])
    );
    assert_eq!(errors[1]["message"], "There is no code list \"Nothing\".");
}
