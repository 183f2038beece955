//! What a document comes to, rule by rule and row by row.

mod executor;
mod ready;
mod rules;
mod values;

use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

use crate::{Document, Mistake, Operation, Rule, Schema};

/// A small schema with every kind of type.
pub(crate) static SMALL: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let sdl = "
        directive @oneOf on INPUT_OBJECT
        directive @visible(to: String) on FIELD_DEFINITION
        type Query {
            about: About action(number: Int!, plan: String! = \"2024\"): Action
            actions(first: Int = 50, order: Order = NUMBER, tags: [[String!]!]): [Action!]!
            node(id: ID!): Node thing: Thing place(in: Place!): About
            take(
                input: Input, day: Date, at: DateTime, key: Key, share: Float, flag: Boolean,
                id: ID, text: String, list: [Int!], number: Int
            ): Boolean
        }
        type Mutation { end(number: Int!): Action! begin(number: Int!): Action! }
        type Subscription { changed(of: Int): Action! }
        type About { version: String! license: String }
        interface Node { id: ID! parent: Node worded(words: String): String }
        type Action implements Node {
            id: ID! parent: Node worded(words: String): String key: String! owner: Person! deadlineOn: Date
            notes(first: Int = 5): [String!]!
        }
        type Person implements Node { id: ID! parent: Node worded(words: String): String name: String! born: Date }
        type Region implements Node { id: ID! parent: Node worded(words: String): String name: String! code: String! }
        union Thing = Action | Person
        enum Order { NUMBER DEADLINE }
        input Input {
            number: Int! text: String = \"x\" order: Order days: [Date!]
            inner: Input share: Float flag: Boolean place: Place
            \"The first day. From 2018-01-01 to 2099-12-31.\" since: Date
            \"From 1950 to 2099.\" year: Int
        }
        input Place @oneOf { code: String number: Int }
        scalar Date scalar DateTime scalar Key";
    Arc::new(Schema::parse(sdl).unwrap())
});

fn variables(json: Value) -> Map<String, Value> {
    match json {
        Value::Object(members) => members,
        other => panic!("{other} is no object"),
    }
}

fn ready(text: &str, values: Value) -> Result<Operation, Vec<Mistake>> {
    let document = Document::prepare(&SMALL, text)?;
    document.operation(None, &variables(values))
}

/// The rules that a document breaks, each with line and column.
fn broken(text: &str) -> Vec<(Rule, usize, usize)> {
    let mistakes = Document::prepare(&SMALL, text).err().unwrap_or_default();
    let places = mistakes.iter().map(|mistake| {
        let at = mistake.location.unwrap_or_default();
        (mistake.rule, at.line, at.column)
    });
    places.collect()
}

/// What is wrong, in Dutch and in English.
fn sentences(result: Result<impl Sized, Vec<Mistake>>) -> Vec<(String, String)> {
    let mistakes = result.err().unwrap_or_default();
    let texts = mistakes.into_iter().map(|mistake| mistake.message);
    texts.map(|text| (text.nl, text.en)).collect()
}
