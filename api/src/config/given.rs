//! The settings as they are given, read one by one; what is wrong is kept until all are read.

use figment::{
    Figment,
    value::{Dict, Value},
};
use secrecy::SecretString;

use super::{ConfigError, FILE, NAMES, Problem, issuers::ISSUER, publisher::PUBLISHER};

/// The settings as given, and what was found wrong with them.
pub(super) struct Given {
    pub(super) values: Dict,
    pub(super) problems: Vec<Problem>,
}

impl Given {
    pub(super) fn read(figment: &Figment) -> Result<Self, ConfigError> {
        let values: Dict = figment.extract().map_err(|error| {
            // Only the first line: the next ones quote the file, and with it perhaps a password.
            let error = error.to_string();
            let what = error.lines().next().unwrap_or_default();
            ConfigError(vec![Problem {
                name: FILE.to_owned(),
                what: format!("names a file that cannot be read: {what}"),
            }])
        })?;
        let unknown = values
            .keys()
            .filter(|name| ![ISSUER, PUBLISHER].contains(&name.as_str()))
            .filter(|name| !NAMES.contains(&name.as_str()));
        let problems = unknown
            .map(|name| Problem {
                name: name.clone(),
                what: "is no setting".to_owned(),
            })
            .collect();
        Ok(Self { values, problems })
    }

    pub(super) fn wrong(&mut self, name: &str, what: impl Into<String>) {
        self.problems.push(Problem {
            name: name.to_owned(),
            what: what.into(),
        });
    }

    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        let text = match self.values.get(name)? {
            Value::String(_, text) => Some(text.clone()),
            number => number.to_i128().map(|number| number.to_string()),
        };
        match text {
            Some(text) if !text.is_empty() => Some(text),
            Some(_) => {
                self.wrong(name, "is empty: give it a value, or remove it");
                None
            }
            None => {
                self.wrong(name, "is no text");
                None
            }
        }
    }

    pub(super) fn parsed<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(name)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(what) => {
                self.wrong(name, format!("is {text:?}: {what}"));
                None
            }
        }
    }

    /// The address of a database; it holds a password, so a wrong one is not repeated.
    pub(super) fn address(&mut self, name: &'static str) -> Option<SecretString> {
        let text = self.text(name)?;
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            self.wrong(
                name,
                "is no address of a PostgreSQL database: \
                 postgres://user:password@host:5432/database",
            );
        }
        // Kept even so: the program must not go on as if there were none.
        Some(SecretString::from(text))
    }

    pub(super) fn require(&mut self, name: &'static str, what: &str) {
        if !self.values.contains_key(name) {
            self.wrong(name, format!("is missing: {what}"));
        }
    }

    pub(super) fn finish(self) -> Result<(), ConfigError> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(ConfigError(self.problems))
        }
    }
}
