//! Where forms of the workplace stand, and how an input of the API is typed into one.
//!
//! Pages come from the lists of the routes, and forms from the pages.

use acceptance::PERIOD;
use serde_json::Value;
use workplace::{Form, Given};

use super::{
    Subject,
    visitor::{Shown, Visitor},
};

/// The routes of the workplace.
pub(super) const ROUTES: &str = include_str!("../../../api/transport/src/workplace/mod.rs");
/// The answer sheet comes back as a file, with a form of its own.
pub(super) const SHEET: &str = "/werkplek/beoordelingen/{municipality}/{period}/blad";
/// What forms ask for and the API does not need.
const MORE: [(&str, &str, &str); 2] = [
    ("importAssessments", "skipUnfit", "nee"),
    ("registerSourceDocument", "datedOn", "2026-11-20"),
];

/// The addresses that stand in a list of the routes.
fn listed(name: &str) -> impl Iterator<Item = &'static str> {
    let list = ROUTES.split(name).nth(1).unwrap_or_default();
    let list = list.split("];").next().unwrap_or_default();
    list.split('"').skip(1).step_by(2)
}

/// The addresses of pages with forms, as the routes list them, and whether a file goes with them.
pub(super) fn places() -> Vec<(&'static str, bool)> {
    let pages = listed("const PLACES").chain([workplace::HOME]);
    let uploads = listed("const UPLOADS").map(|place| (place, true));
    pages.map(|place| (place, false)).chain(uploads).collect()
}

/// Where that is for a subject.
pub(super) fn address(place: &str, subject: Subject) -> String {
    let named = [
        ("{area}", subject.area()),
        ("{criterion}", "SV-01"),
        ("{document}", "monitoring-2025"),
        ("{edition}", "VOORSTEL-1"),
        ("{form}", "xlsx"),
        ("{half}", "2026-1"),
        ("{key}", "compliance-2026-2-1"),
        ("{municipality}", subject.municipality()),
        ("{number}", subject.choose("33", "30")),
        ("{period}", PERIOD),
        ("{round}", "2026-1"),
        ("{version}", "1"),
    ];
    let named = named.into_iter();
    let path = named.fold(place.to_owned(), |path, (name, value)| {
        path.replace(name, value)
    });
    assert!(!path.contains('{'), "{place}: what is put there?");
    path
}

/// One way to send a mutation at the workplace: a form on a page, perhaps with a file, or the answer
/// sheet.
pub(super) struct Way {
    pub(super) path: String,
    pub(super) form: Option<Form>,
    has_file: bool,
}

impl Way {
    /// Whether it makes the whole input of what is typed, and nothing that says which version of it
    /// was seen.
    pub(super) fn is_whole(&self, typed: &[(String, String)], input: &Value) -> bool {
        let Some(form) = &self.form else {
            return true;
        };
        let Ok(variables) = form.variables(&Given::new(typed.to_vec())) else {
            return false;
        };
        let mut made = variables["input"].clone();
        if self.has_file && input["table"].is_string() {
            made["table"] = input["table"].clone();
        }
        made.get("expectedVersion").is_none() && includes(&made, input)
    }

    pub(super) async fn send(
        &self,
        visitor: &Visitor,
        typed: &[(String, String)],
        input: &Value,
    ) -> Shown {
        if self.has_file {
            let file = input["table"].as_str().unwrap_or("geen tabel");
            visitor.upload(&self.path, typed, file).await
        } else {
            visitor.post(&self.path, typed).await
        }
    }
}

/// The ways in which a mutation is sent at the workplace.
pub(super) fn ways(mutation: &str, subject: Subject) -> Vec<Way> {
    let on_pages = places().into_iter().filter_map(|(place, has_file)| {
        let path = address(place, subject);
        let page = workplace::find(&path, &|of: &str| of.to_owned());
        let page = page.unwrap_or_else(|| panic!("{place} is routed and has no page"));
        let form = Some(page.form(mutation)?);
        Some(Way {
            path,
            form,
            has_file,
        })
    });
    let sheet = (mutation == "importAnswerSheet").then(|| Way {
        path: address(SHEET, subject),
        form: None,
        has_file: true,
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
pub(super) fn typed(mutation: &str, input: &Value) -> Vec<(String, String)> {
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
