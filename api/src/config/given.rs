//! The settings as they are given, read one by one; what is wrong is kept until all are read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use figment::{
    Figment,
    providers::{Format as _, Serialized, Toml},
    value::{Dict, Value},
};
use secrecy::SecretString;

use auth::PseudonymKey;
use domain::{error::chain, mistake::did_you_mean};

use super::{
    ConfigError, FILE, NAMES, NO_SETTING, Problem, Task, addresses::database_url, file_of,
    issuers::ISSUER, publisher::PUBLISHER,
};

/// The settings as given, and what was found wrong with them.
pub(super) struct Given {
    pub(super) values: Dict,
    pub(super) problems: Vec<Problem>,
    /// Whether the settings file could not be read, so that what is missing may stand in it.
    pub(super) is_incomplete: bool,
}

impl Given {
    /// The settings among the variables, and of the file that `STM_CONFIG` names among them; the
    /// variables win.
    pub(super) fn of_variables(mut variables: BTreeMap<String, String>) -> Self {
        let file = variables.remove(FILE);
        // By name and as they stand: figment alone would read "0123" as a number, and would take
        // any case.
        variables.retain(|name, _| NAMES.contains(&name.as_str()));
        let variables = Serialized::defaults(variables);
        let Some(file) = file else {
            return Self::read(&Figment::from(variables));
        };
        if Path::new(&file).is_file() {
            let whole = Figment::from(Toml::file_exact(&file)).merge(&variables);
            let given = Self::read(&whole);
            if !given.is_incomplete {
                return given;
            }
            let mut rest = Self::read(&Figment::from(variables));
            rest.problems.splice(0..0, given.problems);
            rest.is_incomplete = true;
            return rest;
        }
        let mut given = Self::read(&Figment::from(variables));
        given.wrong(
            FILE,
            format!("names the file {file:?}, which does not exist or may not be read"),
        );
        given.is_incomplete = true;
        given
    }

    pub(super) fn read(figment: &Figment) -> Self {
        let values: Dict = match figment.extract() {
            Ok(values) => values,
            Err(error) => {
                // Only the first line: the next ones quote the file, and with it perhaps a
                // password.
                let error = error.to_string();
                let what = error.lines().next().unwrap_or_default();
                return Self {
                    values: Dict::new(),
                    problems: vec![Problem {
                        name: FILE.to_owned(),
                        what: format!("names a file that cannot be read: {what}"),
                    }],
                    is_incomplete: true,
                };
            }
        };
        let unknown = values
            .keys()
            .filter(|name| ![ISSUER, PUBLISHER].contains(&name.as_str()))
            .filter(|name| !NAMES.contains(&name.as_str()));
        let problems = unknown.map(|name| unknown_setting(name)).collect();
        Self {
            values,
            problems,
            is_incomplete: false,
        }
    }

    /// The names of what is given.
    pub(super) fn names(&self) -> BTreeSet<String> {
        self.values.keys().cloned().collect()
    }

    /// Looks whether the files and folders that the task will need are there: a mistake that would
    /// else come to light one by one, at the end of a start.
    pub(super) fn look_at_files(&mut self, task: Task) {
        if task == Task::Serve {
            self.folder("STM_TMP_DIR");
            self.folder("STM_TRUSTED_DOCUMENTS");
            if let Some(file) = self.path("STM_PSEUDONYM_KEY_FILE")
                && let Err(error) = PseudonymKey::read(Path::new(&file))
            {
                let what = if is_whole_path(&file) {
                    format!("is no key: {}", chain(&error))
                } else {
                    "is no whole path of a file with a key".to_owned()
                };
                self.wrong("STM_PSEUDONYM_KEY_FILE", what);
            }
        }
        if matches!(task, Task::Serve | Task::Notify)
            && let Some(file) = self.path("STM_SMTP_PASSWORD_FILE")
            && let Err(what) = secret_of(&file)
        {
            self.wrong("STM_SMTP_PASSWORD_FILE", what);
        }
        self.folder("STM_PG_BIN_DIR");
    }

    fn folder(&mut self, name: &'static str) {
        if let Some(folder) = self.path(name)
            && !Path::new(&folder).is_dir()
        {
            self.wrong(
                name,
                format!("names the folder {folder:?}, which does not exist or may not be read"),
            );
        }
    }

    /// A path that is given; what is no text is told where the setting is read.
    fn path(&self, name: &str) -> Option<String> {
        match self.values.get(name)? {
            Value::String(_, text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        }
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
            // A login may stand there with its password, or a key.
            Err(what) if text.contains("://") && text.contains(['@', '?', '#']) => {
                self.wrong(name, format!("is an address with more in it: {what}"));
                None
            }
            Err(what) => {
                self.wrong(name, format!("is {text:?}: {what}"));
                None
            }
        }
    }

    /// The address of a database, or of the file that holds it; it holds a password, so a wrong one
    /// is not repeated.
    pub(super) fn address(&mut self, name: &'static str) -> Option<SecretString> {
        let in_file = file_of(name);
        let file = in_file.and_then(|file| self.text(file));
        let text = match (self.text(name), file, in_file) {
            (Some(_), Some(_), Some(in_file)) => {
                self.wrong(in_file, format!("stands beside {name}: use one of the two"));
                return Some(SecretString::default());
            }
            (None, Some(file), Some(in_file)) => match secret_of(&file) {
                Ok(text) => text,
                Err(what) => {
                    self.wrong(in_file, what);
                    return Some(SecretString::default());
                }
            },
            (text, _, _) => text?,
        };
        if let Err(what) = database_url(&text) {
            self.wrong(name, what);
        }
        // Kept even so: the program must not go on as if there were none.
        Some(SecretString::from(text))
    }

    pub(super) fn require(&mut self, name: &'static str, what: &str) {
        let is_given = |name: &str| self.values.contains_key(name);
        if !is_given(name) && !file_of(name).is_some_and(is_given) {
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

/// That a name is no setting, with the settings that it looks like.
pub(super) fn unknown_setting(name: &str) -> Problem {
    let near = did_you_mean(name, NAMES.into_iter().chain([FILE]));
    let what = if near.is_empty() {
        NO_SETTING.to_owned()
    } else {
        format!("{NO_SETTING}; did you mean {}?", near.join(" or "))
    };
    Problem {
        name: name.to_owned(),
        what,
    }
}

/// Whether a text is one that may be repeated where a secret has a file: what is no whole path may be
/// the secret itself, in the place of that file.
fn is_whole_path(text: &str) -> bool {
    text.starts_with('/')
}

/// What a file holds, without the end of its line.
fn secret_of(file: &str) -> Result<String, String> {
    let shown = if is_whole_path(file) {
        format!("names the file {file:?}, which")
    } else {
        "names a file (give its whole path, not what it holds), which".to_owned()
    };
    let text =
        fs::read_to_string(file).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(format!("{shown} is empty"));
    }
    Ok(secret.to_owned())
}
