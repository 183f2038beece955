//! What people write: every mutation is called as the matrix calls it, with what would identify a
//! person in each of its strings in turn, with what feigns a redaction in each of its free texts,
//! and with a telephone number in all of them.

use acceptance::{App, Client, spawn_app, vng};
use serde_json::{Value, json};

use super::{
    Outcome, Who,
    inputs::{FIRST_MUTATION, MUTATIONS, input, regional_answer},
    mandate::row_of,
    measure::{fingerprint, name_feed_key},
    prepare::{make_ready, prepare},
};

/// A citizen service number that does not exist, and passes the eleven-test.
const CITIZEN: &str = "111222333";
const TELEPHONE: &str = "(bel 06-12345678)";
/// What stands in the place of words that were blanked by law, and nowhere else.
const FEIGNED: &str = "[geschrapt]";
/// The members in which people write what they like.
const FREE: [&str; 19] = [
    "bottlenecks",
    "explanation",
    "incompleteBecause",
    "label",
    "name",
    "nameEn",
    "particulars",
    "progress",
    "question",
    "reason",
    "reasonEn",
    "reasonNl",
    "reply",
    "summary",
    "text",
    "title",
    "titleEn",
    "titleNl",
    "place",
];
/// Members that are no free texts and in which nothing is looked up before the input is looked
/// through.
const LOOKED_THROUGH: [&str; 2] = ["approvedByFunction", "idempotencyKey"];

/// The places of all strings in an input.
fn places(input: &Value) -> Vec<Vec<String>> {
    let below = |part: String, value: &Value| {
        let rest = places(value).into_iter();
        rest.map(|rest| [vec![part.clone()], rest].concat())
            .collect::<Vec<_>>()
    };
    match input {
        Value::String(_) => vec![Vec::new()],
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(at, item)| below(at.to_string(), item))
                .collect()
        }
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| *name != "table")
            .flat_map(|(name, member)| below(name.clone(), member))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// The input with something else at a place.
fn with_text(input: &Value, place: &[String], write: impl FnOnce(&str) -> String) -> Value {
    let mut input = input.clone();
    let text = input.pointer_mut(&format!("/{}", place.join("/")));
    let text = text.expect("a string at its own place");
    *text = write(text.as_str().unwrap_or_default()).into();
    input
}

fn is_free(place: &[String]) -> bool {
    let name = place.last().map_or("", String::as_str);
    FREE.contains(&name)
}

/// Where it is told that a text would identify a person.
fn refused_at(answer: &Value, mutation: &str) -> Vec<Value> {
    let errors = answer["data"][mutation]["errors"].as_array();
    let errors = errors.into_iter().flatten();
    errors
        .filter(|error| error["code"] == "PERSONAL_DATA")
        .map(|error| error["field"].clone())
        .collect()
}

/// What identifies a person is refused in each string in turn, and nothing is kept of it.
async fn refuses(app: &App, client: &Client, mutation: &str, good: &Value) {
    let before = fingerprint(app).await;
    for place in places(good) {
        let name = place.last().map_or("", String::as_str);
        let mut wrong = vec![with_text(good, &place, |text| format!("{text} {CITIZEN}"))];
        if is_free(&place) {
            wrong.push(with_text(good, &place, |text| format!("{text} {FEIGNED}")));
        }
        if name.ends_with("Function") {
            wrong.push(with_text(good, &place, |_| "mr. J. de Vries".to_owned()));
        }
        for wrong in wrong {
            let answer = client.send_mutation(mutation, "", wrong).await;
            let json = answer.json();
            let is_made = json["data"][mutation]["errors"] == json!([]);
            assert!(!is_made, "{mutation} {place:?} {}", answer.body);
            if is_free(&place) || LOOKED_THROUGH.contains(&name) {
                let refused = refused_at(&json, mutation);
                assert_eq!(refused, [json!(place)], "{mutation} {}", answer.body);
                assert!(!answer.body.contains(CITIZEN), "{}", answer.body);
            }
        }
    }
    assert_eq!(fingerprint(app).await, before, "{mutation} kept something");
}

/// A telephone number in all free texts at once is warned of at each place, and the change stands.
async fn warns(client: &Client, mutation: &str, good: &Value) {
    let mut free: Vec<Vec<String>> = places(good);
    // What is the place in a document is of a form of its own.
    free.retain(|place| is_free(place) && place.last().is_none_or(|name| name != "place"));
    let written = free.iter().fold(good.clone(), |input, place| {
        with_text(&input, place, |text| format!("{text} {TELEPHONE}"))
    });
    let selection = "warnings { code field message { nl en } }";
    let answer = client.send_mutation(mutation, selection, written).await;
    let payload = answer.data()[mutation].clone();
    assert_eq!(payload["errors"], json!([]), "{mutation}: {}", answer.body);
    let warnings = payload["warnings"].as_array().expect("a list");
    let mut warned: Vec<Vec<String>> = warnings
        .iter()
        .filter(|warning| warning["code"] == "POSSIBLE_PERSONAL_DATA")
        .map(|warning| serde_json::from_value(warning["field"].clone()).expect("a path"))
        .collect();
    warned.sort();
    free.sort();
    assert_eq!(warned, free, "{mutation}");
}

/// Calls a mutation as everybody who may, as the matrix does.
async fn call(app: &App, mutation: &str) {
    let row = row_of(mutation).expect("a row of the mandate table");
    let mut is_first = true;
    for &subject in row.subjects {
        for who in Who::ALL {
            if row.expected(who, subject) != Outcome::Allowed {
                continue;
            }
            let client = who.client(app);
            let mut good = input(mutation, who, subject);
            if mutation.ends_with("FeedKey") {
                name_feed_key(app, &mut good).await;
            }
            if is_first {
                refuses(app, &client, mutation, &good).await;
                is_first = false;
            }
            warns(&client, mutation, &good).await;
        }
    }
    assert!(!is_first, "nobody may call {mutation}");
}

#[tokio::test]
async fn nothing_that_identifies_a_person_is_taken_in_by_any_mutation() {
    let app = spawn_app();
    call(&app, FIRST_MUTATION).await;
    prepare(&app).await;
    for area in ["VR14", "VR13"] {
        let answer = regional_answer(area, "SK-01");
        let client = app.with(&acceptance::region(area));
        client.change("submitRegionalAnswer", answer).await;
    }
    for mutation in MUTATIONS {
        make_ready(&app, &app.with(&vng()), mutation).await;
        call(&app, mutation).await;
    }
    // A call that is repeated changes nothing, and warns of nothing.
    let policy = json!({
        "key": "nieuw-beleid", "place": { "municipality": "GM0417" }, "level": "LOCAL",
        "title": "Beleid van dhr. Jansen", "source": super::inputs::source(),
        "idempotencyKey": "repeated",
    });
    for warned in [1, 0] {
        let selection = "policy { key } warnings { code }";
        let answer = app
            .with(&vng())
            .call("recordPolicy", selection, policy.clone())
            .await;
        assert_eq!(answer["policy"]["key"], "nieuw-beleid", "{answer}");
        assert_eq!(answer["warnings"].as_array().map(Vec::len), Some(warned));
    }
}
