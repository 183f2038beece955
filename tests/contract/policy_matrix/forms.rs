//! The forms of the workplace as one more surface of the matrix: every form of every page, as each
//! role, about its own and about another.
//!
//! Pages come from the one list of the routes, forms from the pages, and what a role may from the
//! mandate table, so no page and no form that is added escapes. A form gets the input that the
//! matrix sends to the API, in the same order of a working day. Where a form cannot make that whole
//! input the API is called instead for whoever may, and everybody else is tried all the same.

use std::{collections::BTreeSet, fs, path::Path};

use acceptance::{App, Client, region, spawn_app_trying_out, vng_as};
use domain::policy;
use serde_json::{Value, json};

use super::{
    Outcome, Subject, Who,
    inputs::{FIRST_MUTATION, MUTATIONS, input, regional_answer, secret},
    mandate::row_of,
    measure::{fingerprint, name_feed_key},
    prepare::{make_ready, prepare},
    visitor::Visitor,
    ways::{ROUTES, SHEET, Way, address, places, typed, ways},
};

/// Whoever tries the workplace out is this person, in each role.
const TRIED_OUT_BY: &str = "developer";
/// The tests that fill in forms on their pages.
const FILLED_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/http/workplace");
/// Files and what they are asked with, each with the surface that the mandate table knows it by, and
/// the operation that says whose it is.
const FILES: [(&str, &str, &str, Option<&str>); 4] = [
    (
        "/werkplek/bladen/{municipality}/{period}.{form}",
        "",
        "/v1/assessments/GM0402/2026-2/answer-sheet.xlsx",
        Some("assessment: draft"),
    ),
    (
        "/werkplek/ontvangstbewijzen/{municipality}/{period}.json",
        "?versie=1",
        "/v1/assessments/GM0402/2026-2/receipt.json",
        Some("assessment: receipt"),
    ),
    (
        "/werkplek/invultabellen/{period}.{form}",
        "",
        "/v1/assessments/2026-2/table.xlsx",
        None,
    ),
    (
        "/werkplek/statusbladen/{round}.{form}",
        "",
        "/v1/monitoring-rounds/2026-1/status-reports.xlsx",
        None,
    ),
];

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
        let clients = Who::ALL.map(|who| match who {
            // A claim is of one person, by forms and by the API.
            Who::Vng => app.with(&vng_as(TRIED_OUT_BY)),
            _ => who.client(&app),
        });
        Self {
            clients,
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

    /// Whoever may sends it once: with a form that takes the whole input, and else by the API. A form
    /// may want a value otherwise, and says so on its page; no rule stands in its way.
    async fn accept(
        &mut self,
        (mutation, who, cell): (&'static str, Who, &str),
        ways: &[Way],
        input: Value,
    ) {
        let typed = typed(mutation, &input);
        if let Some(way) = ways.iter().find(|way| way.is_whole(&typed, &input)) {
            let before = fingerprint(&self.app).await;
            let visitor = &self.visitors[who as usize];
            let shown = way.send(visitor, &typed, &input).await;
            let is_changed = fingerprint(&self.app).await != before;
            if shown.status == 303 && is_changed {
                self.accepted.insert(mutation);
                return;
            }
            let is_about_values =
                shown.status == 422 && !is_changed && !shown.body.contains(&sentence(mutation));
            if !is_about_values {
                let (path, status, why) = (&way.path, shown.status, shown.mistakes());
                self.mistakes
                    .push(format!("{cell}: {path}: {status} {is_changed} {why}"));
                return;
            }
        }
        let client = &self.clients[who as usize];
        let answer = client.send_mutation(mutation, "", input).await;
        if answer.json()["data"][mutation] != json!({ "errors": [] }) {
            self.mistakes.push(format!("{cell}: {}", answer.body));
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

    /// Opens every page as each role: it tells nobody what the mandate table withholds, is kept by
    /// nobody and stands in no frame.
    async fn look(&mut self) {
        let texts = [
            (Subject::Own, secret(Subject::Own.municipality())),
            (Subject::Other, secret(Subject::Other.municipality())),
        ];
        let mut shown_to_reviewer = BTreeSet::new();
        let pages = places().into_iter().map(|(place, _)| place);
        for place in pages.chain([SHEET]) {
            for subject in [Subject::Own, Subject::Other] {
                let path = address(place, subject);
                for visitor in &self.visitors {
                    let who = visitor.who;
                    let shown = visitor.get(&path).await;
                    let is_answered = match who {
                        Who::Public => shown.status == 303,
                        _ => matches!(shown.status, 200 | 404) && shown.is_guarded,
                    };
                    if !is_answered {
                        self.mistakes
                            .push(format!("{who:?} × {path}: {}", shown.status));
                    }
                    for (of, text) in &texts {
                        let is_shown = shown.body.contains(text);
                        if is_shown && !may_read(who, *of) {
                            self.mistakes.push(format!("{who:?} × {path}: {text}"));
                        }
                        if is_shown && who == Who::Vng {
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
            if !ROUTES.contains(place) {
                continue;
            }
            let surface = row_of(surface).expect("a surface");
            let operation = operation.map(|name| row_of(name).expect("an operation"));
            for subject in [Subject::Own, Subject::Other] {
                let path = address(place, subject);
                for visitor in &self.visitors {
                    let who = visitor.who;
                    let is_of_them =
                        operation.is_none_or(|row| row.expected(who, subject) == Outcome::Allowed);
                    let may =
                        is_of_them && surface.expected(who, Subject::Nobody) != Outcome::Refused;
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
        .split("web::resource(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .collect();
    let files = FILES.iter().map(|(path, ..)| *path);
    let walked: BTreeSet<&str> = files.chain([SHEET]).collect();
    let left: Vec<&&str> = named.difference(&walked).collect();
    assert_eq!(left, [&""; 0], "which operation does it go by?");
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
        make_ready(&walk.app, &walk.clients[Who::Vng as usize], mutation).await;
        walk.send(mutation).await;
    }
    let mistakes = &walk.mistakes;
    assert!(mistakes.is_empty(), "\n{}\n", mistakes.join("\n"));
    // A form that takes less than the whole input, or goes with the version that was seen, is filled
    // in on its page.
    let tests = sources(Path::new(FILLED_IN));
    let left = walk.forms.difference(&walk.accepted);
    let untried: Vec<&&str> = left
        .filter(|mutation| !tests.contains(&format!("\"{mutation}")))
        .collect();
    assert_eq!(untried, [&""; 0], "which test fills it in?");
}

/// The text of all tests in a folder.
fn sources(folder: &Path) -> String {
    let files = fs::read_dir(folder).expect("a folder");
    let texts = files.map(|file| {
        let path = file.expect("a file").path();
        if path.is_dir() {
            sources(&path)
        } else {
            fs::read_to_string(&path).expect("a text")
        }
    });
    texts.collect()
}
