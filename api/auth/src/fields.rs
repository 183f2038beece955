//! Reading tables of a configuration field by field. A wrong field is told and left out, and the
//! next one is read, so that an operator sees all mistakes at once.

use std::{collections::BTreeMap, fmt::Display};

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value};

use super::claims::ClaimPath;

/// How figment hands over a date of TOML that is not in quotes.
const TOML_DATE: &str = "$__toml_private_datetime";

/// A mistake in the configuration of an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Which issuer: its place in the list, from 1, and its name.
    pub issuer: String,
    /// The field, what is wrong with it, and what would be right.
    pub what: String,
}

/// A table of the configuration, and where mistakes in it are told.
pub(super) struct Fields<'a> {
    pub(super) place: &'a str,
    prefix: &'a str,
    table: &'a Map<String, Value>,
    pub(super) mistakes: &'a mut Vec<Mistake>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        place: &'a str,
        prefix: &'a str,
        table: &'a Map<String, Value>,
        mistakes: &'a mut Vec<Mistake>,
    ) -> Self {
        Self {
            place,
            prefix,
            table,
            mistakes,
        }
    }

    pub(super) fn wrong(&mut self, field: &str, what: impl Display) {
        let what = format!("{}{field} {what}", self.prefix);
        self.mistakes.push(Mistake {
            issuer: self.place.to_owned(),
            what,
        });
    }

    pub(super) fn known(&mut self, names: &[&str]) {
        let table = self.table;
        for name in table.keys().filter(|name| !names.contains(&name.as_str())) {
            self.wrong(name, format!("is no field; there are {}", names.join(", ")));
        }
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.table.contains_key(field)
    }

    pub(super) fn value(&self, field: &str) -> Option<&'a Value> {
        self.table.get(field)
    }

    pub(super) fn required(&mut self, field: &str) -> Option<&'a str> {
        match self.value(field) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            Some(_) => {
                self.wrong(field, "must be a text in quotes, and not empty");
                None
            }
            None => {
                self.wrong(field, "is missing");
                None
            }
        }
    }

    /// A text, or a list of them; not empty.
    pub(super) fn texts(&mut self, field: &str) -> Option<Vec<String>> {
        let value = self.value(field)?;
        match listed(value) {
            Some(texts) => Some(texts),
            None => {
                self.wrong(field, "must be a text or a list of texts, and not empty");
                None
            }
        }
    }

    pub(super) fn table(&mut self, field: &str) -> Option<&'a Map<String, Value>> {
        let value = self.value(field)?;
        if value.as_object().is_none() {
            self.wrong(field, "must be a table");
        }
        value.as_object()
    }

    pub(super) fn seconds(&mut self, field: &str, unset: i64, least: i64, most: i64) -> TimeDelta {
        let seconds = match self.value(field).map(Value::as_i64) {
            None => unset,
            Some(Some(seconds)) if (least..=most).contains(&seconds) => seconds,
            Some(_) => {
                self.wrong(
                    field,
                    format!("must be a whole number from {least} to {most}"),
                );
                unset
            }
        };
        TimeDelta::seconds(seconds)
    }

    pub(super) fn day(&mut self, field: &str) -> Option<NaiveDate> {
        let value = self.value(field)?;
        let text = value.as_str().or_else(|| value.get(TOML_DATE)?.as_str());
        let day = text.and_then(|text| text.parse().ok());
        if day.is_none() {
            self.wrong(field, "must be a day like 2026-01-01");
        }
        day
    }

    /// A claim: its path, a list of paths, or a table with `paths` and what the issuer calls things
    /// in `values`.
    pub(super) fn claim(
        &mut self,
        field: &str,
    ) -> Option<(Vec<ClaimPath>, BTreeMap<String, String>)> {
        let value = self.value(field)?;
        let prefix = format!("{}{field}.", self.prefix);
        let (paths, values) = match value {
            Value::Object(table) => {
                let mut own = Fields::new(self.place, &prefix, table, self.mistakes);
                own.known(&["paths", "values"]);
                if !own.has("paths") {
                    own.wrong(
                        "paths",
                        "is missing: where the claim stands, like \"realm_access.roles\"",
                    );
                }
                (own.texts("paths"), own.names("values"))
            }
            _ => (self.texts(field), BTreeMap::new()),
        };
        let mut found = Vec::new();
        for text in paths? {
            match ClaimPath::parse(&text) {
                Some(path) => found.push(path),
                None => self.wrong(
                    field,
                    format!(
                        "has the path {text:?}: it must be names with dots between them, or begin \
                         with / and have slashes"
                    ),
                ),
            }
        }
        Some((found, values))
    }

    /// A table from text to text.
    pub(super) fn names(&mut self, field: &str) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        for (name, value) in self.table(field).into_iter().flatten() {
            match value.as_str() {
                Some(text) => {
                    names.insert(name.clone(), text.to_owned());
                }
                None => self.wrong(field, format!("makes {name:?} something that is no text")),
            }
        }
        names
    }
}

fn listed(value: &Value) -> Option<Vec<String>> {
    let texts: Vec<String> = match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list
            .iter()
            .map(|value| value.as_str().map(str::to_owned))
            .collect::<Option<_>>()?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    let is_filled = !texts.is_empty() && texts.iter().all(|text| !text.is_empty());
    is_filled.then_some(texts)
}
