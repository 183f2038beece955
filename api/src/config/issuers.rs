//! The issuers of tokens: tables in a TOML file, and the development issuer beside them.

use std::path::Path;

use chrono::TimeDelta;
use figment::{
    Figment,
    providers::{Format as _, Toml},
    value::{Dict, Value},
};

use auth::{self, IssuerSettings};

use super::{ConfigError, Problem, Task, given::Given};

/// The tables of issuers, in the file of `STM_ISSUERS` or in that of `STM_CONFIG`.
pub(super) const ISSUER: &str = "issuer";
/// What `STM_DEV_ISSUER` must say.
pub(super) const NOT_PRODUCTION: &str = "i-know-this-is-not-production";
/// The most hours that the end of a token may be set to be away: a year.
const LONGEST_TOKEN_HOURS: i64 = 8784;

impl Given {
    /// The issuers of their own file or of the settings file. An import or a migration has no use
    /// for them, and may run where their file is not.
    pub(super) fn issuers(&mut self, task: Task) -> Vec<IssuerSettings> {
        let inline = self.values.get(ISSUER).cloned();
        let file = self.text("STM_ISSUERS");
        if !matches!(task, Task::Serve | Task::Token | Task::Sandbox) {
            return Vec::new();
        }
        let tables = match (file, inline) {
            (None, None) => return Vec::new(),
            (Some(_), Some(_)) => {
                self.wrong(
                    "STM_ISSUERS",
                    "names a file with issuers, and the settings file has tables [[issuer]]: use \
                     one of the two",
                );
                return Vec::new();
            }
            (None, Some(tables)) => tables,
            (Some(file), None) => match issuer_file(&file) {
                Ok(tables) => tables,
                Err(what) => {
                    self.wrong("STM_ISSUERS", format!("names the file {file:?}: {what}"));
                    return Vec::new();
                }
            },
        };
        issuers(&tables).unwrap_or_else(|ConfigError(problems)| {
            self.problems.extend(problems);
            Vec::new()
        })
    }
}

/// The tables of a file that has nothing else.
fn issuer_file(file: &str) -> Result<Value, String> {
    if !Path::new(file).is_file() {
        return Err("it does not exist or may not be read".to_owned());
    }
    issuer_tables(&Figment::from(Toml::file_exact(file)))
}

fn issuer_tables(figment: &Figment) -> Result<Value, String> {
    let mut values: Dict = figment.extract().map_err(|error| {
        let error = error.to_string();
        let what = error.lines().next().unwrap_or_default();
        format!("it cannot be read: {what}")
    })?;
    let tables = values.remove(ISSUER).ok_or("it has no table [[issuer]]")?;
    match values.keys().next() {
        Some(name) => Err(format!("it has {name:?} beside the tables [[issuer]]")),
        None => Ok(tables),
    }
}

/// Issuers of tokens, from the text of a file as `STM_ISSUERS` names one.
///
/// # Errors
/// With everything that is wrong with them, by issuer and field.
pub fn issuers_of(toml: &str) -> Result<Vec<IssuerSettings>, ConfigError> {
    let tables = issuer_tables(&Figment::from(Toml::string(toml))).map_err(|what| {
        ConfigError(vec![Problem {
            name: "STM_ISSUERS".to_owned(),
            what,
        }])
    })?;
    issuers(&tables)
}

fn issuers(tables: &Value) -> Result<Vec<IssuerSettings>, ConfigError> {
    let problem = |mistake: auth::Mistake| Problem {
        name: mistake.issuer,
        what: mistake.what,
    };
    // A value of TOML always has a form in JSON; if ever not, it is no table either, and told as
    // that.
    let tables = serde_json::to_value(tables).unwrap_or_default();
    auth::read_issuers(&tables)
        .map_err(|mistakes| ConfigError(mistakes.into_iter().map(problem).collect()))
}

pub(super) fn dev_issuer(text: &str) -> Result<(), String> {
    if text == NOT_PRODUCTION {
        Ok(())
    } else {
        Err(format!("it must be exactly {NOT_PRODUCTION:?}, or absent"))
    }
}

pub(super) fn token_hours(text: &str) -> Result<TimeDelta, String> {
    match text.parse() {
        Ok(hours) if (1..=LONGEST_TOKEN_HOURS).contains(&hours) => Ok(TimeDelta::hours(hours)),
        Ok(_) | Err(_) => Err(format!(
            "not a number of hours from 1 to {LONGEST_TOKEN_HOURS}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Config,
            tests::{DATABASE, config, wrong},
        },
        *,
    };

    const ISSUERS: &str = include_str!("../../../docker/issuers.example.toml");

    fn with_file(task: Task, toml: &str) -> Result<Config, ConfigError> {
        Config::of_given(Given::read(&Figment::from(Toml::string(toml))), task, None)
    }

    #[test]
    fn issuers_stand_in_a_file_of_their_own_or_in_the_settings() {
        let example = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../docker/issuers.example.toml"
        );
        assert_eq!(issuers_of(ISSUERS).unwrap().len(), 2);
        let own_file = config(Task::Serve, [("STM_ISSUERS", example)]).unwrap();
        assert_eq!(own_file.issuers.len(), 2);
        let inline = with_file(Task::Serve, &format!("STM_POOL = 4\n{ISSUERS}")).unwrap();
        assert_eq!((inline.issuers.len(), inline.pool), (2, 4));
        for (toml, name) in [
            (
                format!("STM_ISSUERS = \"{example}\"\n{ISSUERS}"),
                "STM_ISSUERS",
            ),
            ("STM_ISSUERS = \"/nowhere.toml\"".to_owned(), "STM_ISSUERS"),
            (
                concat!(
                    "STM_ISSUERS = \"",
                    env!("CARGO_MANIFEST_DIR"),
                    "/Cargo.toml\""
                )
                .to_owned(),
                "STM_ISSUERS",
            ),
            ("issuer = 7".to_owned(), "issuer"),
            ("[[issuer]]\nissuer = \"x\"".to_owned(), "issuer 1 (x)"),
        ] {
            let ConfigError(problems) = with_file(Task::Serve, &toml).unwrap_err();
            assert!(
                problems.iter().all(|problem| problem.name == name),
                "{problems:?}"
            );
            assert!(
                with_file(Task::Import, &toml).is_ok(),
                "an import does not look"
            );
        }
    }

    #[test]
    fn a_mistake_among_issuers_is_listed_with_the_other_mistakes() {
        let toml = ISSUERS
            .replacen("\"RS256\", \"PS256\"", "\"HS256\", \"none\"", 1)
            .replacen("from = 2024-01-01", "from = 2024-13-01", 1)
            .replacen("from = 2024-01-01", "from = \"soon\"", 1);
        let shown: Vec<String> = match with_file(
            Task::Serve,
            &toml.replace("2024-13-01", "2029-01-01\nuntil = 2028-01-01"),
        ) {
            Err(ConfigError(problems)) => problems.iter().map(Problem::to_string).collect(),
            Ok(_) => Vec::new(),
        };
        assert_eq!(
            shown,
            [
                "issuer 1 (https://login.example.nl/realms/stm) algorithms has \"HS256\": it must \
                 be a list of RS256, PS256 and ES256",
                "issuer 1 (https://login.example.nl/realms/stm) algorithms has \"none\": it must \
                 be a list of RS256, PS256 and ES256",
                "issuer 2 (https://toegang.example.nl) organisation 1, until is not after from; it \
                 is the first day on which the row no longer holds",
                "issuer 2 (https://toegang.example.nl) organisation 2, from must be a day like \
                 2026-01-01",
            ]
        );
    }

    #[test]
    fn who_has_real_issuers_must_ask_for_the_development_issuer() {
        let dev = ("STM_DEV_ISSUER", NOT_PRODUCTION);
        let example = (
            "STM_ISSUERS",
            concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../docker/issuers.example.toml"
            ),
        );
        let key = ("STM_PSEUDONYM_KEY_FILE", "/run/key");
        let data = ("STM_DATA_DIR", "/var/lib/stm");
        assert!(!config(Task::Serve, [example]).unwrap().dev_issuer);
        assert!(config(Task::Serve, [example, dev]).unwrap().dev_issuer);
        assert_eq!(wrong(Task::Token, [example]), ["STM_DEV_ISSUER"]);
        assert!(config(Task::Token, [example, dev]).is_ok());
        assert!(
            !config(Task::Serve, [DATABASE, example, key])
                .unwrap()
                .dev_issuer
        );
        assert_eq!(
            wrong(Task::Serve, [DATABASE, example, dev]),
            ["STM_DATA_DIR", "STM_PSEUDONYM_KEY_FILE"]
        );
        assert!(
            config(Task::Serve, [DATABASE, example, dev, key, data])
                .unwrap()
                .dev_issuer
        );
    }
}
