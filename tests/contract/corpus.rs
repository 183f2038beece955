//! A corpus of documents with the verdict that each should get: valid, or which rule it breaks.
//!
//! Each file of `corpus` is a list of entries `{ document, variables?, valid, rule? }`, or with
//! `rules` where the reference implementation names several. A rule is
//! named as the reference implementation names it (`FieldsOnCorrectType`) or as our clients see it.

use std::{fs, path::Path, sync::Arc};

use documents::{Document, Mistake, Schema};
use serde_json::{Map, Value};

/// The folder of the corpus.
fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("contract/corpus")
}

/// `FieldsOnCorrectTypeRule` as `FIELDS_ON_CORRECT_TYPE`.
fn code_of(rule: &str) -> String {
    let mut code = String::new();
    for character in rule.trim_end_matches("Rule").chars() {
        let is_word = character.is_ascii_uppercase()
            && code.ends_with(|last: char| last.is_ascii_lowercase());
        if is_word {
            code.push('_');
        }
        code.push(character);
    }
    code.to_ascii_uppercase()
}

/// What is wrong with an entry's document, or with the variables that it brings.
fn mistakes(schema: &Arc<Schema>, entry: &Value) -> Vec<Mistake> {
    let text = entry["document"].as_str().expect("a document");
    let document = match Document::prepare(schema, text) {
        Ok(document) => document,
        Err(mistakes) => return mistakes,
    };
    let Some(variables) = entry.get("variables") else {
        return Vec::new();
    };
    let variables: Map<String, Value> = variables.as_object().cloned().unwrap_or_default();
    let names = document.operation_names();
    let wrong = names.filter_map(|name| document.operation(name, &variables).err());
    wrong.flatten().collect()
}

/// What an entry expects and does not get.
fn difference(schema: &Arc<Schema>, entry: &Value) -> Option<String> {
    let found = mistakes(schema, entry);
    let codes: Vec<&str> = found.iter().map(|mistake| mistake.rule.code()).collect();
    let of_one = entry["rule"].as_str().into_iter();
    let of_all = entry["rules"].as_array().into_iter().flatten();
    let mut rules = of_one.chain(of_all.filter_map(Value::as_str)).peekable();
    let is_right = match (entry["valid"].as_bool()?, rules.peek()) {
        (true, _) => codes.is_empty(),
        (false, None) => !codes.is_empty(),
        // One mistake may break several rules: each side may name another of them.
        (false, Some(_)) => rules.any(|rule| codes.contains(&&*code_of(rule))),
    };
    (!is_right).then(|| format!("{codes:?} of {entry}"))
}

#[test]
fn every_document_of_the_corpus_gets_its_verdict() {
    let schema = Arc::new(Schema::parse(&transport::schema::sdl()).unwrap());
    let mut differences = Vec::new();
    let (mut valid, mut refused) = (0, 0);
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let entries: Vec<Value> = serde_json::from_str(&text).unwrap();
        for entry in &entries {
            match entry["valid"].as_bool() {
                Some(true) => valid += 1,
                Some(false) => refused += 1,
                None => panic!("{}: {entry}", path.display()),
            }
            differences.extend(difference(&schema, entry));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(valid >= 150 && refused >= 150, "{valid} and {refused}");
    let executions = include_str!("../clients/corpus/execute.mjs");
    let (_, rest) = executions.split_once("\nconst DOCUMENTS = ").unwrap();
    let (executions, _) = rest.split_once(';').unwrap();
    assert!(
        executions.parse::<u32>().unwrap() >= 150,
        "{executions} executions"
    );
}

/// What a document in a script begins with, behind its quote.
const BEGINNINGS: [&str; 8] = [
    "{ ",
    "query(",
    "query (",
    "query {",
    "mutation (",
    "mutation {",
    "subscription (",
    "subscription {",
];

/// The text from behind a quote to the next one, without the backslashes before other quotes.
fn quoted(text: &str, quote: char) -> String {
    let mut letters = text.chars();
    let mut inside = String::new();
    while let Some(letter) = letters.next().filter(|letter| *letter != quote) {
        inside.extend(if letter == '\\' {
            letters.next()
        } else {
            Some(letter)
        });
    }
    inside
}

/// The documents that stand in a script as they are.
fn documents_of(script: &str) -> Vec<String> {
    let quotes = script.match_indices(['"', '\'', '`']);
    quotes
        .filter_map(|(at, quote)| {
            let rest = &script[at + 1..];
            let is_document = BEGINNINGS.iter().any(|begin| rest.starts_with(begin));
            let quote = quote.chars().next()?;
            is_document.then(|| quoted(rest, quote))
        })
        .filter(|document| !document.contains("${"))
        .collect()
}

#[test]
fn every_document_of_the_scripts_of_clients_is_valid() {
    let schema = Arc::new(Schema::parse(&transport::schema::sdl()).unwrap());
    // A subscription that is refused stands in the first of them.
    let scripts = [
        (include_str!("../clients/sockets.mjs"), 2, 1),
        (include_str!("../clients/browser.mjs"), 1, 0),
        (include_str!("../clients/caches.mjs"), 10, 0),
        (include_str!("../clients/curl.sh"), 3, 0),
        (include_str!("../clients/guides.mjs"), 3, 0),
        (include_str!("../clients/load.mjs"), 2, 0),
        (include_str!("../clients/nasty.mjs"), 2, 0),
        (include_str!("../clients/open-period.mjs"), 1, 0),
        (include_str!("../clients/outage.mjs"), 2, 0),
        (include_str!("../clients/python/operations.py"), 4, 0),
    ];
    for (script, fits, fails) in scripts {
        let documents = documents_of(script);
        let wrong = documents.iter().filter_map(|document| {
            let mistakes = Document::prepare(&schema, document).err()?;
            Some(format!("{mistakes:?} in {document}"))
        });
        let wrong: Vec<String> = wrong.collect();
        assert_eq!(wrong.len(), fails, "{}", wrong.join("\n"));
        assert!(documents.len() >= fits + fails, "{documents:?}");
    }
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let schema = Arc::new(Schema::parse("type Query { a: Int }").unwrap());
    let entry = |document: &str, valid, rule: Value| serde_json::json!({ "document": document, "valid": valid, "rule": rule });
    assert_eq!(
        difference(&schema, &entry("{ a }", true, Value::Null)),
        None
    );
    assert!(difference(&schema, &entry("{ a }", false, Value::Null)).is_some());
    assert!(difference(&schema, &entry("{ b }", true, Value::Null)).is_some());
    let rule = Value::from("FieldsOnCorrectTypeRule");
    assert_eq!(difference(&schema, &entry("{ b }", false, rule)), None);
    let other = Value::from("ScalarLeafs");
    assert!(difference(&schema, &entry("{ b }", false, other)).is_some());
}
