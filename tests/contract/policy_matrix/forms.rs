//! The forms of the workplace as one more surface of the matrix: every form of every page, as each
//! role, about its own and about another.
//!
//! Pages come from the one list of the routes, forms from the pages, and what a role may from the
//! mandate table, so no page and no form that is added escapes. A form gets the input that the
//! matrix sends to the API, in the same order of a working day. Where a form cannot make that whole
//! input the API is called instead for whoever may, and everybody else is tried all the same.

use std::collections::BTreeSet;

use acceptance::{App, Client, PERIOD, region, spawn_app_trying_out};
use domain::policy;
use serde_json::{Value, json};
use workplace::{Form, Given};

use super::{
    Outcome, Subject, Who,
    inputs::{FIRST_MUTATION, MUTATIONS, input, regional_answer, secret},
    mandate::row_of,
    measure::{fingerprint, name_feed_key},
    prepare::{make_ready, prepare},
    visitor::{Shown, Visitor},
};

/// The routes of the workplace.
const ROUTES: &str = include_str!("../../../api/transport/src/workplace/mod.rs");
/// The sheet comes back as a file, with a form of its own.
const SHEET: &str = "/werkplek/beoordelingen/{municipality}/{period}/blad";
/// Files and what they are asked with, each with the surface and the operation of the mandate table
/// that it goes by.
const FILES: [(&str, &str, &str, &str); 2] = [
    (
        "/werkplek/bladen/{municipality}/{period}.{form}",
        "",
        "/v1/assessments/GM0402/2026-2/answer-sheet.xlsx",
        "assessment: draft",
    ),
    (
        "/werkplek/ontvangstbewijzen/{municipality}/{period}.json",
        "?versie=1",
        "/v1/assessments/GM0402/2026-2/receipt.json",
        "assessment: receipt",
    ),
];
/// What forms ask for and the API does not need.
const MORE: [(&str, &str, &str); 3] = [
    ("registerSourceDocument", "datedOn", "2026-11-20"),
    ("recordAdoption", "body", "MUNICIPAL_COUNCIL"),
    ("recordAdoption", "adoptedOn", "2026-11-20"),
];
/// Mutations whose forms are filled in on their pages by tests/http/workplace: they go with the
/// version that the page showed, or take less than the matrix sends.
const ON_THEIR_PAGES: [&str; 5] = [
    "acceptOnBehalf",
    "askQuestions",
    "declarePolicyState",
    "reportStatus",
    "submitRegionalAnswer",
];

/// The addresses of pages with forms, as the routes list them.
fn places() -> Vec<&'static str> {
    let list = ROUTES.split("const PLACES").nth(1).expect("the list");
    let list = list.split("];").next().expect("its end");
    let named = list.split('"').skip(1).step_by(2);
    named.chain([workplace::HOME]).collect()
}

/// Where that is for a subject.
fn address(place: &str, subject: Subject) -> String {
    let named = [
        ("{municipality}", subject.municipality()),
        ("{period}", PERIOD),
        ("{round}", "2026-1"),
        ("{area}", subject.area()),
        ("{form}", "xlsx"),
    ];
    let named = named.into_iter();
    let path = named.fold(place.to_owned(), |path, (name, value)| {
        path.replace(name, value)
    });
    assert!(!path.contains('{'), "{place}: what is put there?");
    path
}

/// One way to send a mutation at the workplace: a form on a page, or the sheet.
struct Way {
    path: String,
    form: Option<Form>,
}

impl Way {
    /// Whether it makes the whole input of what is typed, and nothing that says which version of it
    /// was seen.
    fn is_whole(&self, typed: &[(String, String)], input: &Value) -> bool {
        let Some(form) = &self.form else {
            return true;
        };
        let Ok(variables) = form.variables(&Given::new(typed.to_vec())) else {
            return false;
        };
        let made = &variables["input"];
        made.get("expectedVersion").is_none() && includes(made, input)
    }

    async fn send(&self, visitor: &Visitor, typed: &[(String, String)], input: &Value) -> Shown {
        match &self.form {
            Some(_) => visitor.post(&self.path, typed).await,
            None => visitor.upload(&self.path, input).await,
        }
    }
}

/// The ways in which a mutation is sent at the workplace.
fn ways(mutation: &str, subject: Subject) -> Vec<Way> {
    let on_pages = places().into_iter().filter_map(|place| {
        let path = address(place, subject);
        let page = workplace::find(&path);
        let page = page.unwrap_or_else(|| panic!("{place} is routed and has no page"));
        let form = Some(page.form(mutation)?);
        Some(Way { path, form })
    });
    let sheet = (mutation == "importAnswerSheet").then(|| Way {
        path: address(SHEET, subject),
        form: None,
    });
    on_pages.chain(sheet).collect()
}

/// Whether an input that was made has all of another one.
fn includes(made: &Value, wanted: &Value) -> bool {
    match (made, wanted) {
        (Value::Object(made), Value::Object(wanted)) => wanted.iter().all(|(name, wanted)| {
            let found = made.get(name);
            name == "idempotencyKey" || found.is_some_and(|made| includes(made, wanted))
        }),
        (Value::Array(made), Value::Array(wanted)) => {
            let mut pairs = made.iter().zip(wanted);
            made.len() == wanted.len() && pairs.all(|(made, wanted)| includes(made, wanted))
        }
        (made, wanted) => made == wanted,
    }
}

/// An input as it is typed: each value at its path, and of rows that are chosen their names.
fn typed(mutation: &str, input: &Value) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    put(&mut fields, "", input);
    for item in input["items"].as_array().into_iter().flatten() {
        let code = item["municipality"].as_str().unwrap_or_default();
        let version = item["version"].as_i64().unwrap_or(1);
        fields.push(("rij".to_owned(), format!("{code}/{version}")));
        if let Some(reason) = item["reason"].as_str() {
            fields.push(("reason".to_owned(), reason.to_owned()));
        }
    }
    let more = MORE.iter().filter(|(of, _, _)| *of == mutation);
    fields.extend(more.map(|(_, name, value)| ((*name).to_owned(), (*value).to_owned())));
    let key = input["idempotencyKey"].as_str().unwrap_or_default();
    fields.push((workplace::FORM.to_owned(), mutation.to_owned()));
    fields.push((workplace::KEY.to_owned(), key.to_owned()));
    fields
}

fn put(fields: &mut Vec<(String, String)>, path: &str, value: &Value) {
    let within = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    match value {
        Value::Null => {}
        Value::Object(values) => {
            for (name, value) in values {
                put(fields, &within(name), value);
            }
        }
        Value::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                put(fields, &within(&at.to_string()), value);
            }
        }
        Value::String(text) => fields.push((path.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => fields.push((path.to_owned(), value.to_string())),
    }
}

/// The sentence by which a page says that a role may not.
fn sentence(mutation: &str) -> String {
    let operation = policy::Operation::from_code(mutation).expect("an operation");
    let (nl, _) = operation.rule().text();
    nl.replace('&', "&amp;").replace('"', "&quot;")
}

/// The walk through all forms, and what is wrong with how they were answered.
struct Walk {
    app: App,
    clients: [Client; 6],
    visitors: Vec<Visitor>,
    forms: BTreeSet<&'static str>,
    accepted: BTreeSet<&'static str>,
    mistakes: Vec<String>,
}

impl Walk {
    async fn begin(app: App) -> Self {
        let mut visitors = Vec::new();
        for who in Who::ALL {
            visitors.push(Visitor::sign_in(&app, who).await);
        }
        Self {
            clients: Who::ALL.map(|who| who.client(&app)),
            app,
            visitors,
            forms: BTreeSet::new(),
            accepted: BTreeSet::new(),
            mistakes: Vec::new(),
        }
    }

    /// Sends a mutation in every way and as each role.
    async fn send(&mut self, mutation: &'static str) {
        let row = row_of(mutation).expect("a row of the mandate table");
        for &subject in row.subjects {
            let ways = ways(mutation, subject);
            if ways.iter().any(|way| way.form.is_some()) {
                self.forms.insert(mutation);
            }
            for who in Who::ALL {
                let mut input = input(mutation, who, subject);
                if mutation.ends_with("FeedKey") {
                    name_feed_key(&self.app, &mut input).await;
                }
                let cell = format!("{who:?} × {mutation} × {}", subject.label());
                if row.expected(who, subject) == Outcome::Allowed {
                    self.accept((mutation, who, &cell), &ways, input).await;
                } else {
                    self.refuse((mutation, who, &cell), &ways, &input).await;
                }
            }
        }
    }

    /// Whoever may sends it once.
    async fn accept(
        &mut self,
        (mutation, who, cell): (&'static str, Who, &str),
        ways: &[Way],
        input: Value,
    ) {
        let typed = typed(mutation, &input);
        let before = fingerprint(&self.app).await;
        let Some(way) = ways.iter().find(|way| way.is_whole(&typed, &input)) else {
            let client = &self.clients[who as usize];
            let answer = client.send_mutation(mutation, "", input).await;
            if answer.json()["data"][mutation] != json!({ "errors": [] }) {
                self.mistakes.push(format!("{cell}: {}", answer.body));
            }
            return;
        };
        let shown = way.send(&self.visitors[who as usize], &typed, &input).await;
        let is_changed = fingerprint(&self.app).await != before;
        if shown.status == 303 && is_changed {
            self.accepted.insert(mutation);
        } else {
            let (path, status, why) = (&way.path, shown.status, shown.mistakes());
            self.mistakes
                .push(format!("{cell}: {path}: {status} {is_changed} {why}"));
        }
    }

    /// Whoever may not sends it in every way: nothing changes, and where all of it arrives the page
    /// says by which rule.
    async fn refuse(
        &mut self,
        (mutation, who, cell): (&str, Who, &str),
        ways: &[Way],
        input: &Value,
    ) {
        let typed = typed(mutation, input);
        let visitor = &self.visitors[who as usize];
        for way in ways {
            let before = fingerprint(&self.app).await;
            let shown = way.send(visitor, &typed, input).await;
            let is_refused = match visitor.who {
                Who::Public => shown.status == 401,
                _ => matches!(shown.status, 404 | 422),
            };
            // There is no sheet of another.
            let is_sheet = way.form.is_none() && shown.status == 404;
            let is_explained = who == Who::Public
                || is_sheet
                || !way.is_whole(&typed, input)
                || shown.body.contains(&sentence(mutation));
            let is_changed = fingerprint(&self.app).await != before;
            if !is_refused || !is_explained || is_changed {
                let (path, status, why) = (&way.path, shown.status, shown.mistakes());
                self.mistakes
                    .push(format!("{cell}: {path}: {status} {is_changed} {why}"));
            }
        }
    }

    /// Opens every page as each role: it tells nobody what the mandate table withholds.
    async fn look(&mut self) {
        let texts = [
            (Subject::Own, secret(Subject::Own.municipality())),
            (Subject::Other, secret(Subject::Other.municipality())),
        ];
        let mut shown_to_reviewer = BTreeSet::new();
        for place in places().into_iter().chain([SHEET]) {
            for subject in [Subject::Own, Subject::Other] {
                let path = address(place, subject);
                for visitor in &self.visitors {
                    let who = visitor.who;
                    let shown = visitor.get(&path).await;
                    let is_answered = match who {
                        Who::Public => shown.status == 303,
                        _ => matches!(shown.status, 200 | 404),
                    };
                    if !is_answered {
                        self.mistakes
                            .push(format!("{who:?} × {path}: {}", shown.status));
                    }
                    for (of, text) in &texts {
                        let is_told = shown.body.contains(text);
                        if is_told && !may_read(who, *of) {
                            self.mistakes.push(format!("{who:?} × {path}: {text}"));
                        }
                        if is_told && who == Who::Vng {
                            shown_to_reviewer.insert(text);
                        }
                    }
                }
            }
        }
        assert_eq!(
            shown_to_reviewer.len(),
            texts.len(),
            "{shown_to_reviewer:?}"
        );
    }

    /// Fetches every file as each role.
    async fn fetch(&mut self) {
        for (place, query, surface, operation) in FILES {
            let surface = row_of(surface).expect("a surface");
            let operation = row_of(operation).expect("an operation");
            for subject in [Subject::Own, Subject::Other] {
                let path = address(place, subject);
                for visitor in &self.visitors {
                    let who = visitor.who;
                    let may = surface.expected(who, Subject::Nobody) == Outcome::Allowed
                        && operation.expected(who, subject) == Outcome::Allowed;
                    let expected = match (who, may) {
                        (Who::Public, _) => 303,
                        (_, true) => 200,
                        (_, false) => 404,
                    };
                    let shown = visitor.get(&format!("{path}{query}")).await;
                    if shown.status != expected {
                        self.mistakes
                            .push(format!("{who:?} × {path}: {}", shown.status));
                    }
                }
            }
        }
    }
}

/// Whether somebody may read what stands in the draft or in the answers of a subject.
fn may_read(who: Who, subject: Subject) -> bool {
    ["assessment: draft", "assessment: answers"]
        .into_iter()
        .filter_map(row_of)
        .any(|row| row.expected(who, subject) == Outcome::Allowed)
}

#[test]
fn every_address_of_the_workplace_is_walked() {
    let named: BTreeSet<&str> = ROUTES
        .split("web::resource(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let walked: BTreeSet<&str> = FILES
        .iter()
        .map(|(path, ..)| *path)
        .chain([SHEET])
        .collect();
    assert_eq!(named, walked, "which operation does a new address go by?");
}

#[tokio::test]
async fn the_forms_of_the_workplace_do_what_the_mandate_table_says() {
    let mut walk = Walk::begin(spawn_app_trying_out()).await;
    walk.send(FIRST_MUTATION).await;
    prepare(&walk.app).await;
    walk.look().await;
    walk.fetch().await;
    // Two more, for VNG to return.
    for area in ["VR14", "VR13"] {
        let client = walk.app.with(&region(area));
        let answer = regional_answer(area, "SK-01");
        client.change("submitRegionalAnswer", answer).await;
    }
    for mutation in MUTATIONS {
        make_ready(&walk.app, mutation).await;
        walk.send(mutation).await;
    }
    let mistakes = &walk.mistakes;
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
    // A form that nobody could send whole is filled in by a test of its own.
    let left: BTreeSet<&str> = walk.forms.difference(&walk.accepted).copied().collect();
    assert_eq!(left, BTreeSet::from(ON_THEIR_PAGES));
}
