//! The settings: read once, checked whole, every missing or wrong one told by name at the start.
//!
//! A setting is a variable of the environment, or a line of the TOML file that `STM_CONFIG` names,
//! under the same name; the environment wins. Nothing else in the program reads the environment,
//! and values are never repeated where they may hold a password. What a setting is needed for
//! depends on the [`Task`]: an import wants no key for pseudonyms. An empty value is a mistake and
//! not an absence, because an empty `DATABASE_URL` would else start a private database where
//! somebody meant a real one. The issuers of tokens are tables, so they stand in a TOML file: one
//! of their own (`STM_ISSUERS`), or beside the other settings; [`auth`] says what is right in them.
//! Who publishes is a table as well, `[publisher]`, beside the other settings.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
    value::{Dict, Value},
};
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

use auth::{self, IssuerSettings};
use database::DatabaseKind;
use domain::publication::publisher::{Missing, Publisher};
use transport::limits::Limits;

/// Every setting there is, apart from `STM_CONFIG` and `PATH`.
pub(crate) const NAMES: [&str; 21] = [
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_AUDITOR_URL",
    "STM_LISTEN",
    "STM_PUBLIC_URL",
    "STM_DATA_DIR",
    "STM_PG_BIN_DIR",
    "STM_LOG",
    "STM_LOG_FORMAT",
    "STM_PSEUDONYM_KEY_FILE",
    "STM_ISSUERS",
    "STM_DEV_ISSUER",
    "STM_TOKEN_HOURS",
    "STM_POOL",
    "STM_RATE_PUBLIC",
    "STM_RATE_SIGNED_IN",
    "STM_PROXIES",
    "STM_SOCKETS",
    "STM_TRUSTED_DOCUMENTS",
    "STM_TRUSTED_ONLY",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];
/// Names the TOML file; a setting of the environment only.
const FILE: &str = "STM_CONFIG";
/// The tables of issuers, in the file of `STM_ISSUERS` or in that of `STM_CONFIG`.
const ISSUER: &str = "issuer";
/// The table of who publishes, in the file of `STM_CONFIG`.
const PUBLISHER: &str = "publisher";
/// What `STM_DEV_ISSUER` must say.
const NOT_PRODUCTION: &str = "i-know-this-is-not-production";
/// Why a token of the development issuer wants `STM_DEV_ISSUER`.
const REFUSES: &str =
    "\"i-know-this-is-not-production\": without it the service refuses these tokens";
/// Why a login like that of the auditor is wanted.
const SEES_EVERYTHING: &str =
    "the same database as stm_auditor; the login of DATABASE_URL does not see everything";
/// Why the login of the service is wanted.
const AS_APP: &str =
    "the same database as stm_app; without any address of a database there would be a private one";
/// The address of the service when none is set.
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
/// Connections to Postgres when no number is set.
const POOL: u16 = 8;
/// The most connections that one instance may be given.
const LARGEST_POOL: u16 = 200;

/// The most hours that an end of a token may be away, if so it is set: a year.
const LONGEST_TOKEN_HOURS: i64 = 8784;

/// What a filter of the log may say of a part of the program.
const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];

/// What the program is about to do: each task has settings that it cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Answers requests.
    Serve,
    /// Changes the structure of the database.
    Migrate,
    /// Imports the data set.
    Import,
    /// Verifies the ledger.
    Verify,
    /// Writes the ledger and its facts out, for an auditor.
    Export,
    /// Blanks a text.
    Redact,
    /// Makes an empty database a demo.
    Demo,
    /// Makes a token of the development issuer.
    Token,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`: the database as `stm_app`. Without it the program runs a private PostgreSQL
    /// of its own.
    pub database_url: Option<SecretString>,
    /// `DATABASE_OWNER_URL`: the same database as `stm_owner`, to migrate.
    pub database_owner_url: Option<SecretString>,
    /// `DATABASE_AUDITOR_URL`: the same database as `stm_auditor`, to verify.
    pub database_auditor_url: Option<SecretString>,
    /// `STM_LISTEN`: the address to take requests at; port 0 is any free one.
    pub listen: SocketAddr,
    /// `STM_DATA_DIR`: the folder of the private database and of the keys that the program makes
    /// itself.
    pub data_dir: Option<PathBuf>,
    /// `STM_PG_BIN_DIR`: where `postgres` and `initdb` are, for the private database.
    pub pg_bin_dir: Option<PathBuf>,
    /// `STM_LOG`: which log lines are written, as in `info` or `info,database=debug`.
    pub log: String,
    /// `STM_LOG_FORMAT`: how they look. JSON with a `DATABASE_URL`, text without.
    pub log_format: LogFormat,
    /// `STM_PSEUDONYM_KEY_FILE`: the master key of the pseudonyms in the ledger.
    pub pseudonym_key_file: Option<PathBuf>,
    /// `STM_ISSUERS`, or the tables `[[issuer]]` of the settings file: whose tokens are accepted.
    /// Read for tasks that have to do with tokens.
    pub issuers: Vec<IssuerSettings>,
    /// The table `[publisher]` of the settings file: what publications name of who publishes.
    pub publisher: Publisher,
    /// `STM_DEV_ISSUER`: whether tokens of the development issuer are accepted. Always with the
    /// private database, unless issuers are configured: who has real ones must say that tokens made
    /// here hold as well.
    pub dev_issuer: bool,
    /// `STM_TOKEN_HOURS`: how far away the end of a token may be.
    pub token_lifetime: TimeDelta,
    /// `STM_POOL`: the most connections to Postgres.
    pub pool: u16,
    /// `STM_RATE_PUBLIC`, `STM_RATE_SIGNED_IN`, `STM_PROXIES`, `STM_SOCKETS`, `STM_TRUSTED_ONLY`:
    /// what a caller may take.
    pub limits: Limits,
    /// `STM_TRUSTED_DOCUMENTS`: a folder of queries that may be asked by their hash.
    pub trusted_documents: Option<PathBuf>,
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`: the collector of traces, without a slash at the end.
    pub trace_collector: Option<String>,
    /// `PATH`, to look for the programs of PostgreSQL.
    pub search_path: Option<OsString>,
    /// Variables that are named as settings are, and are none.
    pub strangers: Vec<String>,
    public_url: Option<String>,
}

/// A setting that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its name.
    pub name: String,
    /// What is wrong with it, and what would be right.
    pub what: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.what)
    }
}

/// The settings cannot be used, with everything that is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{} missing or wrong: {}",
    if .0.len() == 1 { "a setting is" } else { "settings are" },
    listed(.0)
)]
pub struct ConfigError(pub Vec<Problem>);

fn listed(problems: &[Problem]) -> String {
    let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
    shown.join("; ")
}

impl Config {
    /// Reads the environment and the file that it names.
    ///
    /// # Errors
    /// With every setting that is missing for this task, or wrong.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one reader of the environment"
    )]
    pub fn read(task: Task) -> Result<Self, ConfigError> {
        let strangers = strangers(
            Env::raw()
                .lowercase(false)
                .iter()
                .map(|(name, _)| name.to_string()),
        );
        // By name and as they stand: figment alone would read "0123" as a number, and would take
        // any case.
        let mut variables: BTreeMap<String, String> = Env::raw()
            .lowercase(false)
            .iter()
            .map(|(name, value)| (name.to_string(), value))
            .filter(|(name, _)| name == FILE || NAMES.contains(&name.as_str()))
            .collect();
        let mut figment = Figment::new();
        if let Some(file) = variables.remove(FILE) {
            if !Path::new(&file).is_file() {
                return Err(ConfigError(vec![Problem {
                    name: FILE.to_owned(),
                    what: format!("names the file {file:?}, which does not exist"),
                }]));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        let figment = figment.merge(Serialized::defaults(variables));
        let config = Self::of(&figment, task, std::env::var_os("PATH"))?;
        Ok(Self {
            strangers,
            ..config
        })
    }

    /// Checks settings, wherever they come from.
    fn of(
        figment: &Figment,
        task: Task,
        search_path: Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let mut given = Given::read(figment)?;
        let database_url = given.address("DATABASE_URL");
        let embedded = database_url.is_none();
        let issuers = given.issuers(task);
        let config = Self {
            publisher: given.publisher(),
            database_owner_url: given.address("DATABASE_OWNER_URL"),
            database_auditor_url: given.address("DATABASE_AUDITOR_URL"),
            listen: given.parsed("STM_LISTEN", listen).unwrap_or(LISTEN),
            public_url: given.parsed("STM_PUBLIC_URL", public_url),
            data_dir: given.text("STM_DATA_DIR").map(PathBuf::from),
            pg_bin_dir: given.text("STM_PG_BIN_DIR").map(PathBuf::from),
            log: given
                .parsed("STM_LOG", log)
                .unwrap_or_else(|| "info".to_owned()),
            log_format: given
                .parsed("STM_LOG_FORMAT", log_format)
                .unwrap_or(if embedded {
                    LogFormat::Text
                } else {
                    LogFormat::Json
                }),
            pseudonym_key_file: given.text("STM_PSEUDONYM_KEY_FILE").map(PathBuf::from),
            dev_issuer: given.parsed("STM_DEV_ISSUER", dev_issuer).is_some()
                || (embedded && issuers.is_empty()),
            issuers,
            token_lifetime: given
                .parsed("STM_TOKEN_HOURS", token_hours)
                .unwrap_or(auth::LONGEST_LIFETIME),
            pool: given.parsed("STM_POOL", pool).unwrap_or(POOL),
            limits: given.limits(),
            trusted_documents: given.text("STM_TRUSTED_DOCUMENTS").map(PathBuf::from),
            trace_collector: given.parsed("OTEL_EXPORTER_OTLP_ENDPOINT", public_url),
            search_path,
            strangers: Vec::new(),
            database_url,
        };
        config.require(task, &mut given);
        given.finish()?;
        Ok(config)
    }

    /// Asks for what the task needs. The private database needs nothing, except to make tokens
    /// beside real issuers. It is for whoever names no database at all: who names a real one for
    /// another task must not get a private one for this.
    fn require(&self, task: Task, given: &mut Given) {
        if self.database_url.is_none() && task == Task::Token {
            if !self.dev_issuer {
                given.require("STM_DEV_ISSUER", REFUSES);
            }
            return;
        }
        let addresses = [
            &self.database_url,
            &self.database_owner_url,
            &self.database_auditor_url,
        ];
        if addresses.iter().all(|address| address.is_none()) {
            return;
        }
        match task {
            Task::Serve | Task::Import | Task::Demo if self.database_url.is_none() => {
                given.require("DATABASE_URL", AS_APP);
            }
            Task::Serve => {
                if self.dev_issuer {
                    given.require(
                        "STM_DATA_DIR",
                        "the folder for the key of the development issuer",
                    );
                }
                if !self.dev_issuer || !self.issuers.is_empty() {
                    given.require(
                        "STM_PSEUDONYM_KEY_FILE",
                        "a file of at least 32 secret random bytes (openssl rand -out FILE 32), \
                         the same one for ever",
                    );
                }
            }
            Task::Migrate => given.require(
                "DATABASE_OWNER_URL",
                "the same database as stm_owner; the login of DATABASE_URL may not change its \
                 structure",
            ),
            Task::Verify | Task::Export => given.require("DATABASE_AUDITOR_URL", SEES_EVERYTHING),
            Task::Redact => {
                given.require("DATABASE_AUDITOR_URL", SEES_EVERYTHING);
                given.require(
                    "DATABASE_OWNER_URL",
                    "the same database as stm_owner; the login of DATABASE_URL blanks nothing",
                );
            }
            Task::Token => {
                given.require("STM_DEV_ISSUER", REFUSES);
                given.require(
                    "STM_DATA_DIR",
                    "the folder in which the service keeps the key of the development issuer",
                );
            }
            Task::Import | Task::Demo => {}
        }
    }

    /// The address of the service for its users where one is set, without a slash at the end.
    #[must_use]
    pub fn known_as(&self) -> Option<&str> {
        self.public_url.as_deref()
    }

    /// What a service should name of its publisher and does not. Only a real one with a public https
    /// address must: whoever tries it out publishes nothing.
    #[must_use]
    pub fn publisher_gaps(&self, database: DatabaseKind) -> Vec<Missing> {
        let is_public = self
            .known_as()
            .is_some_and(|address| address.starts_with("https://"));
        match database {
            DatabaseKind::Real if is_public => self.publisher.missing(),
            DatabaseKind::Real | DatabaseKind::Demo => Vec::new(),
        }
    }

    /// The address of the service for its users, without a slash at the end. Unless it is set, it
    /// follows from the address that the service got.
    #[must_use]
    pub fn public_url(&self, bound: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.clone(),
            // Any address of this machine, so also this one; 0.0.0.0 is no address to go to.
            None if bound.ip().is_unspecified() => format!("http://localhost:{}", bound.port()),
            None => format!("http://{bound}"),
        }
    }
}

/// The names that look like settings and are none, as one that was mistyped. The tokens that are
/// printed at the start are none either, and are known.
fn strangers(names: impl Iterator<Item = String>) -> Vec<String> {
    let is_known =
        |name: &str| name == FILE || name.starts_with("STM_TOKEN") || NAMES.contains(&name);
    names
        .filter(|name| name.starts_with("STM_") && !is_known(name))
        .collect()
}

/// The settings as given, and what was found wrong with them.
struct Given {
    values: Dict,
    problems: Vec<Problem>,
}

impl Given {
    fn read(figment: &Figment) -> Result<Self, ConfigError> {
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

    fn wrong(&mut self, name: &str, what: impl Into<String>) {
        self.problems.push(Problem {
            name: name.to_owned(),
            what: what.into(),
        });
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
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

    fn parsed<T>(
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
    fn address(&mut self, name: &'static str) -> Option<SecretString> {
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

    /// The issuers of their own file or of the settings file. An import or a migration has no use
    /// for them, and may run where their file is not.
    fn issuers(&mut self, task: Task) -> Vec<IssuerSettings> {
        let inline = self.values.get(ISSUER).cloned();
        let file = self.text("STM_ISSUERS");
        if !matches!(task, Task::Serve | Task::Token) {
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

    /// Who publishes; what is not set is told by nobody. Everything that is wrong is named.
    fn publisher(&mut self) -> Publisher {
        let mut publisher = Publisher::default();
        let Some(table) = self.values.get(PUBLISHER).cloned() else {
            return publisher;
        };
        let Value::Dict(_, table) = table else {
            self.wrong(
                PUBLISHER,
                "is no table: write [publisher], and its lines below it",
            );
            return publisher;
        };
        for (name, value) in table {
            let setting = format!("{PUBLISHER}.{name}");
            let Value::String(_, text) = value else {
                self.wrong(&setting, "is no text");
                continue;
            };
            let member = match name.as_str() {
                "name" => &mut publisher.name,
                "identifier" => &mut publisher.identifier,
                "email" => &mut publisher.email,
                "telephone" => &mut publisher.telephone,
                "accessibility" => &mut publisher.accessibility,
                "privacy" => &mut publisher.privacy,
                "licence" => {
                    match named(&text) {
                        Ok(licence) => publisher.licence = licence,
                        Err(what) => self.wrong(&setting, what),
                    }
                    continue;
                }
                _ => {
                    self.wrong(&setting, "is no setting");
                    continue;
                }
            };
            let checked = match name.as_str() {
                "email" => email(&text),
                "accessibility" | "privacy" => public_address(&text),
                _ => named(&text),
            };
            match checked {
                Ok(text) => *member = Some(text),
                Err(what) => self.wrong(&setting, what),
            }
        }
        publisher
    }

    /// What a caller may take, by default what [`Limits`] says.
    fn limits(&mut self) -> Limits {
        let usual = Limits::default();
        Limits {
            public_per_minute: self
                .parsed("STM_RATE_PUBLIC", number)
                .unwrap_or(usual.public_per_minute),
            signed_in_per_minute: self
                .parsed("STM_RATE_SIGNED_IN", number)
                .unwrap_or(usual.signed_in_per_minute),
            proxies: self.parsed("STM_PROXIES", number).unwrap_or(usual.proxies),
            sockets: self.parsed("STM_SOCKETS", number).unwrap_or(usual.sockets),
            public_trusted_only: self.parsed("STM_TRUSTED_ONLY", public_only).is_some(),
            ..usual
        }
    }

    fn require(&mut self, name: &'static str, what: &str) {
        if !self.values.contains_key(name) {
            self.wrong(name, format!("is missing: {what}"));
        }
    }

    fn finish(self) -> Result<(), ConfigError> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(ConfigError(self.problems))
        }
    }
}

/// The tables of a file that has nothing else.
fn issuer_file(file: &str) -> Result<Value, String> {
    if !Path::new(file).is_file() {
        return Err("it does not exist".to_owned());
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

fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "not an IP address and a port, like 127.0.0.1:8080 or [::1]:8080".to_owned())
}

fn public_url(text: &str) -> Result<String, String> {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => {
            Ok(text.trim_end_matches('/').to_owned())
        }
        Some(_) | None => Err("not an address like https://monitor.example.nl".to_owned()),
    }
}

/// A text that is printed on one line.
fn named(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 200 || text.contains(char::is_control) {
        return Err("is not 1 to 200 characters on one line; remove it, or give it a value".into());
    }
    Ok(text.to_owned())
}

fn email(text: &str) -> Result<String, String> {
    let is_address = text.split_once('@').is_some_and(|(function, domain)| {
        !function.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace)
    });
    if is_address {
        named(text)
    } else {
        Err("is no e-mail address, like monitor@example.nl".to_owned())
    }
}

fn public_address(text: &str) -> Result<String, String> {
    match public_url(text) {
        Ok(_) if text.starts_with("https://") => named(text),
        Ok(_) | Err(_) => Err("is no address like https://example.nl/privacy".to_owned()),
    }
}

/// Each part of a filter is a level, or a part of the program with its level. A word of its own
/// that is no level would be the name of a part of the program: `inof` would silence everything
/// else.
fn log(text: &str) -> Result<String, String> {
    let is_level = |text: &str| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(text));
    let is_known = |part: &str| match part.rsplit_once('=') {
        Some((of, level)) => !of.is_empty() && is_level(level),
        None => is_level(part),
    };
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let filter = parts.join(",");
    match EnvFilter::try_new(&filter) {
        Ok(_) if parts.iter().all(|part| is_known(part)) => Ok(filter),
        Ok(_) | Err(_) => Err(format!(
            "not a level ({}) or a list like info,database=debug",
            LEVELS.join(", ")
        )),
    }
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("neither text nor json".to_owned()),
    }
}

fn dev_issuer(text: &str) -> Result<(), String> {
    if text == NOT_PRODUCTION {
        Ok(())
    } else {
        Err(format!("it must be exactly {NOT_PRODUCTION:?}, or absent"))
    }
}

/// A number in the range of its type.
fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse()
        .map_err(|_| "not a number, or not one that makes sense here".to_owned())
}

fn public_only(text: &str) -> Result<(), String> {
    match text {
        "public" => Ok(()),
        _ => Err("it must be \"public\", or absent".to_owned()),
    }
}

fn token_hours(text: &str) -> Result<TimeDelta, String> {
    match text.parse() {
        Ok(hours) if (1..=LONGEST_TOKEN_HOURS).contains(&hours) => Ok(TimeDelta::hours(hours)),
        Ok(_) | Err(_) => Err(format!(
            "not a number of hours from 1 to {LONGEST_TOKEN_HOURS}"
        )),
    }
}

fn pool(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(connections) if (1..=LARGEST_POOL).contains(&connections) => Ok(connections),
        Ok(_) | Err(_) => Err(format!(
            "not a number of connections from 1 to {LARGEST_POOL}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    const DATABASE: (&str, &str) = ("DATABASE_URL", "postgres://stm_app:hush@db/stm");

    fn config<'a>(
        task: Task,
        variables: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Config, ConfigError> {
        let variables: BTreeMap<&str, &str> = variables.into_iter().collect();
        Config::of(&Figment::from(Serialized::defaults(variables)), task, None)
    }

    fn wrong<'a>(
        task: Task,
        variables: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Vec<String> {
        let ConfigError(problems) = config(task, variables).unwrap_err();
        problems.into_iter().map(|problem| problem.name).collect()
    }

    #[test]
    fn without_settings_everything_has_a_default() {
        for task in [
            Task::Serve,
            Task::Migrate,
            Task::Import,
            Task::Verify,
            Task::Token,
        ] {
            let config = config(task, []).unwrap();
            assert!(config.database_url.is_none() && config.dev_issuer);
            assert_eq!((config.listen, config.pool), (LISTEN, 8));
            assert_eq!(
                (config.log.as_str(), config.log_format),
                ("info", LogFormat::Text)
            );
            assert_eq!(config.public_url(config.listen), "http://127.0.0.1:8080");
        }
    }

    #[test]
    fn every_wrong_setting_is_named_at_once() {
        let all_wrong = [
            ("DATABASE_URL", "mysql://root:hush@db/stm"),
            ("STM_LISTEN", "localhost"),
            ("STM_PUBLIC_URL", "monitor.example.nl"),
            ("STM_DATA_DIR", ""),
            ("STM_LOG", "info,api=loud"),
            ("STM_LOG_FORMAT", "xml"),
            ("STM_DEV_ISSUER", "yes"),
            ("STM_TOKEN_HOURS", "0"),
            ("STM_POOL", "0"),
            ("STM_RATE_PUBLIC", "0"),
            ("STM_PROXIES", "-1"),
            ("STM_SOCKETS", "many"),
            ("STM_TRUSTED_ONLY", "yes"),
            ("STM_LISTN", "127.0.0.1:80"),
        ];
        let mut shown = wrong(Task::Import, all_wrong);
        shown.sort_unstable();
        let mut expected = all_wrong.map(|(name, _)| name);
        expected.sort_unstable();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_mistyped_level_of_the_log_is_a_mistake_and_no_part_of_the_program() {
        for filter in [
            "inof",
            "info,api",
            "api=",
            "=debug",
            "info,",
            "info,api=loud",
        ] {
            let ConfigError(problems) =
                config(Task::Serve, [("STM_LOG", filter), ("STM_POOL", "0")]).unwrap_err();
            let shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
            assert_eq!(
                shown,
                [
                    format!(
                        "STM_LOG is {filter:?}: not a level (error, warn, info, debug, trace, off) \
                         or a list like info,database=debug"
                    ),
                    "STM_POOL is \"0\": not a number of connections from 1 to 200".to_owned(),
                ]
            );
        }
        for (filter, read) in [
            ("WARN", "WARN"),
            ("info, database=debug", "info,database=debug"),
            ("sqlx::query=trace,off", "sqlx::query=trace,off"),
        ] {
            assert_eq!(
                config(Task::Serve, [("STM_LOG", filter)]).unwrap().log,
                read
            );
        }
    }

    fn of_file(toml: &str) -> Result<Config, ConfigError> {
        Config::of(&Figment::from(Toml::string(toml)), Task::Serve, None)
    }

    #[test]
    fn who_publishes_stands_in_one_table() {
        assert_eq!(of_file("").unwrap().publisher, Publisher::default());
        let whole = of_file(
            r#"
            [publisher]
            name = "Ministerie van Justitie en Veiligheid"
            identifier = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1058"
            email = "monitor@example.nl"
            telephone = "070 123 45 67"
            licence = "CC-BY-4.0"
            accessibility = "https://example.nl/toegankelijkheid"
            privacy = "https://example.nl/privacy"
            "#,
        )
        .unwrap()
        .publisher;
        assert_eq!(whole.missing(), []);
        assert_eq!(whole.licence, "CC-BY-4.0");
        assert_eq!(whole.email.as_deref(), Some("monitor@example.nl"));
        let ConfigError(problems) = of_file(
            r#"
            [publisher]
            name = ""
            email = "Anna"
            phone = "1"
            licence = 1
            privacy = "http://example.nl"
            "#,
        )
        .unwrap_err();
        let mut shown: Vec<String> = problems.iter().map(Problem::to_string).collect();
        shown.sort_unstable();
        assert_eq!(
            shown,
            [
                "publisher.email is no e-mail address, like monitor@example.nl",
                "publisher.licence is no text",
                "publisher.name is not 1 to 200 characters on one line; remove it, or give it a \
                 value",
                "publisher.phone is no setting",
                "publisher.privacy is no address like https://example.nl/privacy",
            ]
        );
        let ConfigError(problems) = of_file("publisher = \"JenV\"").unwrap_err();
        assert_eq!(problems[0].name, "publisher");
    }

    #[test]
    fn a_real_service_that_everybody_reads_is_warned_of_what_it_does_not_name() {
        let gaps = |toml: &str, database| {
            let gaps = of_file(toml).unwrap().publisher_gaps(database);
            gaps.into_iter().map(|one| one.setting).collect::<Vec<_>>()
        };
        let public = "STM_PUBLIC_URL = \"https://monitor.example.nl\"\n[publisher]\nname = \"JenV\"\n\
                      privacy = \"https://example.nl/privacy\"";
        assert_eq!(
            gaps(public, DatabaseKind::Real),
            ["identifier", "email", "telephone", "accessibility"]
        );
        assert_eq!(gaps(public, DatabaseKind::Demo), [""; 0]);
        let at_home = public.replace("https://monitor", "http://monitor");
        assert_eq!(gaps(&at_home, DatabaseKind::Real), [""; 0]);
        assert_eq!(gaps("", DatabaseKind::Real), [""; 0]);
    }

    #[test]
    fn a_mistyped_name_is_noticed() {
        let names = [
            "STM_PROXIS",
            "STM_PROXIES",
            "STM_CONFIG",
            "STM_TOKEN_VNG",
            "PATH",
        ];
        let noticed = strangers(names.into_iter().map(str::to_owned));
        assert_eq!(noticed, ["STM_PROXIS"]);
    }

    #[test]
    fn who_names_a_real_database_never_gets_a_private_one() {
        let owner = ("DATABASE_OWNER_URL", "postgres://stm_owner:hush@db/stm");
        let auditor = ("DATABASE_AUDITOR_URL", "postgres://stm_auditor:hush@db/stm");
        for task in [Task::Serve, Task::Import, Task::Demo] {
            assert_eq!(wrong(task, [owner]), ["DATABASE_URL"]);
            assert_eq!(wrong(task, [auditor]), ["DATABASE_URL"]);
        }
        assert_eq!(wrong(Task::Verify, [owner]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(wrong(Task::Export, [owner]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(wrong(Task::Migrate, [auditor]), ["DATABASE_OWNER_URL"]);
        assert_eq!(wrong(Task::Redact, [owner]), ["DATABASE_AUDITOR_URL"]);
        for (task, needed) in [
            (Task::Migrate, owner),
            (Task::Verify, auditor),
            (Task::Export, auditor),
            (Task::Token, owner),
        ] {
            assert!(config(task, [needed]).is_ok(), "{task:?}");
        }
    }

    #[test]
    fn each_task_asks_for_what_it_needs() {
        let dev = ("STM_DEV_ISSUER", NOT_PRODUCTION);
        assert_eq!(wrong(Task::Serve, [DATABASE]), ["STM_PSEUDONYM_KEY_FILE"]);
        assert_eq!(wrong(Task::Serve, [DATABASE, dev]), ["STM_DATA_DIR"]);
        assert_eq!(wrong(Task::Migrate, [DATABASE]), ["DATABASE_OWNER_URL"]);
        assert_eq!(wrong(Task::Verify, [DATABASE]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(wrong(Task::Export, [DATABASE]), ["DATABASE_AUDITOR_URL"]);
        assert_eq!(
            wrong(Task::Redact, [DATABASE]),
            ["DATABASE_AUDITOR_URL", "DATABASE_OWNER_URL"]
        );
        assert_eq!(
            wrong(Task::Token, [DATABASE]),
            ["STM_DEV_ISSUER", "STM_DATA_DIR"]
        );
        assert!(config(Task::Import, [DATABASE]).is_ok());
        let serves = config(
            Task::Serve,
            [DATABASE, dev, ("STM_DATA_DIR", "/var/lib/stm")],
        )
        .unwrap();
        assert!(serves.dev_issuer && serves.log_format == LogFormat::Json);
        let serves = config(
            Task::Serve,
            [DATABASE, ("STM_PSEUDONYM_KEY_FILE", "/run/key")],
        )
        .unwrap();
        assert!(!serves.dev_issuer);
    }

    #[test]
    fn passwords_are_not_shown() {
        let error =
            config(Task::Serve, [("DATABASE_URL", "mysql://root:hush@db/stm")]).unwrap_err();
        assert!(!error.to_string().contains("hush"), "{error}");
        let config = config(Task::Import, [DATABASE]).unwrap();
        assert!(!format!("{config:?}").contains("hush"));
        assert_eq!(config.database_url.unwrap().expose_secret(), DATABASE.1);
        let broken = Figment::from(Toml::string(
            "DATABASE_URL = postgres://stm_app:hush@db/stm",
        ));
        let ConfigError(problems) = Config::of(&broken, Task::Serve, None).unwrap_err();
        assert_eq!(problems[0].name, "STM_CONFIG");
        assert!(!problems[0].what.contains("hush"), "{}", problems[0]);
    }

    #[test]
    fn a_file_gives_settings_and_the_environment_wins() {
        let file = Toml::string("STM_POOL = 20\nSTM_LOG = \"warn\"\nstm_log = \"debug\"");
        let variables = BTreeMap::from([("STM_LOG", "error")]);
        let figment = Figment::from(file).merge(Serialized::defaults(variables));
        let ConfigError(problems) = Config::of(&figment, Task::Serve, None).unwrap_err();
        assert_eq!(
            problems
                .iter()
                .map(|problem| problem.name.as_str())
                .collect::<Vec<_>>(),
            ["stm_log"]
        );
        let file = Toml::string("STM_POOL = 20\nSTM_LOG = \"warn\"");
        let figment =
            Figment::from(file).merge(Serialized::defaults(BTreeMap::from([("STM_LOG", "error")])));
        let config = Config::of(&figment, Task::Serve, None).unwrap();
        assert_eq!((config.pool, config.log.as_str()), (20, "error"));
    }

    const ISSUERS: &str = include_str!("../../docker/issuers.example.toml");

    fn with_file(task: Task, toml: &str) -> Result<Config, ConfigError> {
        Config::of(&Figment::from(Toml::string(toml)), task, None)
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

    #[test]
    fn the_public_address_can_be_gone_to() {
        let bound = |address: &str| {
            config(Task::Serve, [])
                .unwrap()
                .public_url(address.parse().unwrap())
        };
        assert_eq!(bound("127.0.0.1:4711"), "http://127.0.0.1:4711");
        assert_eq!(bound("0.0.0.0:80"), "http://localhost:80");
        assert_eq!(bound("[::1]:80"), "http://[::1]:80");
        let set = config(
            Task::Serve,
            [("STM_PUBLIC_URL", "https://monitor.example.nl/")],
        )
        .unwrap();
        assert_eq!(set.public_url(LISTEN), "https://monitor.example.nl");
    }
}
