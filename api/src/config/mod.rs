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
//!
//! A name in the settings file that is no setting is a mistake. Among the variables it is one where
//! anything else is wrong, and for `stm config check`; alone it is a warning, because platforms add
//! variables of their own (Kubernetes adds `STM_PORT` beside a service called `stm`), and a service
//! that runs should not fail on its next start for it.

mod addresses;
mod given;
mod issuers;
mod limits;
mod logging;
mod mail;
mod problems;
mod publisher;
mod show;
mod task;

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    path::PathBuf,
};

use chrono::TimeDelta;
use figment::providers::Env;
use secrecy::SecretString;

use auth::{IssuerSettings, trial_roles};
use domain::publication::publisher::Publisher;
use transport::limits::Limits;

pub use self::{
    addresses::Listen,
    issuers::issuers_of,
    logging::LogFormat,
    mail::MailSettings,
    problems::{ConfigError, Problem},
    task::Task,
};
use self::{
    addresses::{listen, pool, service_url, usual_pool, usual_workers, workers},
    given::{Given, unknown_setting},
    issuers::{dev_issuer, token_hours},
    logging::{log, log_format},
};

/// Every setting there is, apart from `STM_CONFIG` and `PATH`.
pub(crate) const NAMES: [&str; 39] = [
    "DATABASE_URL",
    "DATABASE_URL_FILE",
    "DATABASE_LISTEN_URL",
    "DATABASE_LISTEN_URL_FILE",
    "DATABASE_READ_URL",
    "DATABASE_READ_URL_FILE",
    "DATABASE_OWNER_URL",
    "DATABASE_OWNER_URL_FILE",
    "DATABASE_AUDITOR_URL",
    "DATABASE_AUDITOR_URL_FILE",
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
    "STM_WORKERS",
    "STM_RATE_PUBLIC",
    "STM_RATE_SIGNED_IN",
    "STM_PROXIES",
    "STM_SOCKETS",
    "STM_KEPT_MEGABYTES",
    "STM_TMP_DIR",
    "STM_TMP_MEGABYTES",
    "STM_TMP_FILES",
    "STM_TRUSTED_DOCUMENTS",
    "STM_TRUSTED_ONLY",
    "STM_SMTP_HOST",
    "STM_SMTP_PORT",
    "STM_SMTP_SECURITY",
    "STM_SMTP_USER",
    "STM_SMTP_PASSWORD_FILE",
    "STM_SMTP_FROM",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];
/// What a name is that is not among them.
const NO_SETTING: &str = "is no setting";
/// Names the TOML file; a setting of the environment only.
const FILE: &str = "STM_CONFIG";

/// What the variable of a token is called; behind it stands its role.
const TOKEN: &str = "STM_TOKEN";

/// All settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`: the database as `stm_app`. Without it the program runs a private PostgreSQL
    /// of its own.
    pub database_url: Option<SecretString>,
    /// `DATABASE_LISTEN_URL`: the same database without a pooler before it, to listen there for
    /// what other instances record. By default `DATABASE_URL`.
    pub database_listen_url: Option<SecretString>,
    /// `DATABASE_READ_URL`: a standby of the same database as `stm_app`, to read from whenever it has
    /// all that the primary has.
    pub database_read_url: Option<SecretString>,
    /// `DATABASE_OWNER_URL`: the same database as `stm_owner`, to migrate.
    pub database_owner_url: Option<SecretString>,
    /// `DATABASE_AUDITOR_URL`: the same database as `stm_auditor`, to verify.
    pub database_auditor_url: Option<SecretString>,
    /// `STM_LISTEN`: where to take requests.
    pub listen: Listen,
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
    /// `STM_POOL`: the most connections to Postgres, by default two for each of those threads.
    pub pool: u16,
    /// `STM_WORKERS`: the threads that answer requests, by default one a core.
    pub workers: u16,
    /// `STM_RATE_PUBLIC`, `STM_RATE_SIGNED_IN`, `STM_PROXIES`, `STM_SOCKETS`, `STM_TRUSTED_ONLY`:
    /// what a caller may take; `STM_KEPT_MEGABYTES`: the room for answers that are kept;
    /// `STM_TMP_DIR`, `STM_TMP_MEGABYTES`, `STM_TMP_FILES`: the room for files that are written
    /// before they are sent.
    pub limits: Limits,
    /// `STM_TRUSTED_DOCUMENTS`: a folder of queries that may be asked by their hash.
    pub trusted_documents: Option<PathBuf>,
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`: the collector of traces, without a slash at the end.
    pub trace_collector: Option<String>,
    /// `STM_SMTP_…`: the mail server for digests of open tasks; none where none is named, and then
    /// no mail is sent.
    pub mail: Option<MailSettings>,
    /// `PATH`, to look for the programs of PostgreSQL.
    pub search_path: Option<OsString>,
    /// Variables that are named as settings are, and are none.
    pub strangers: Vec<Problem>,
    public_url: Option<String>,
    /// The names of what was given, by a variable or in the settings file.
    given: BTreeSet<String>,
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
        let variables: BTreeMap<String, String> = Env::raw()
            .lowercase(false)
            .iter()
            .map(|(name, value)| (name.to_string(), value))
            .collect();
        let strangers = strangers(variables.keys().map(String::as_str));
        let mut given = Given::of_variables(variables);
        given.look_at_files(task);
        match Self::of_given(given, task, std::env::var_os("PATH")) {
            Ok(config) => Ok(Self {
                strangers,
                ..config
            }),
            Err(ConfigError(mut problems)) => {
                problems.extend(strangers);
                Err(ConfigError(problems))
            }
        }
    }

    /// Checks settings, wherever they come from.
    fn of_given(
        mut given: Given,
        task: Task,
        search_path: Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let names = given.names();
        let database_url = given.address("DATABASE_URL");
        let embedded = database_url.is_none();
        let issuers = given.issuers(task);
        let answering = given
            .parsed("STM_WORKERS", workers)
            .unwrap_or_else(usual_workers);
        let config = Self {
            publisher: given.publisher(),
            database_listen_url: given.address("DATABASE_LISTEN_URL"),
            database_read_url: given.address("DATABASE_READ_URL"),
            database_owner_url: given.address("DATABASE_OWNER_URL"),
            database_auditor_url: given.address("DATABASE_AUDITOR_URL"),
            listen: given.parsed("STM_LISTEN", listen).unwrap_or_default(),
            public_url: given.parsed("STM_PUBLIC_URL", service_url),
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
            pool: given
                .parsed("STM_POOL", pool)
                .unwrap_or_else(|| usual_pool(answering)),
            workers: answering,
            limits: given.limits(),
            trusted_documents: given.text("STM_TRUSTED_DOCUMENTS").map(PathBuf::from),
            trace_collector: given.parsed("OTEL_EXPORTER_OTLP_ENDPOINT", service_url),
            mail: given.mail(),
            search_path,
            strangers: Vec::new(),
            given: names,
            database_url,
        };
        // What is missing may stand in a file that could not be read.
        if !given.is_incomplete {
            config.require(task, &mut given);
        }
        given.finish()?;
        Ok(config)
    }
}

/// The setting that names a file with the value of a setting which holds a secret; the other
/// secrets are given by a file alone.
fn file_of(name: &str) -> Option<&'static str> {
    match name {
        "DATABASE_URL" => Some("DATABASE_URL_FILE"),
        "DATABASE_LISTEN_URL" => Some("DATABASE_LISTEN_URL_FILE"),
        "DATABASE_READ_URL" => Some("DATABASE_READ_URL_FILE"),
        "DATABASE_OWNER_URL" => Some("DATABASE_OWNER_URL_FILE"),
        "DATABASE_AUDITOR_URL" => Some("DATABASE_AUDITOR_URL_FILE"),
        _ => None,
    }
}

/// The names that look like settings and are none, as one that was mistyped. Those that begin with
/// `DATABASE_` may be of other programs: only what comes near to a setting is meant. The tokens
/// that are printed at the start, and the one that the explorer names, are none either, and are
/// known.
fn strangers<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Problem> {
    let tokens = trial_roles().into_iter();
    let tokens = tokens.map(|role| format!("{TOKEN}_{}", role.kind().code()));
    let tokens: BTreeSet<String> = tokens.chain([TOKEN.to_owned()]).collect();
    let is_known = |name: &str| name == FILE || NAMES.contains(&name) || tokens.contains(name);
    let unknown = names.filter(|name| !is_known(name)).filter_map(|name| {
        let problem = unknown_setting(name);
        let is_near = problem.what != NO_SETTING;
        let is_ours = name.starts_with("STM_") || (name.starts_with("DATABASE_") && is_near);
        is_ours.then_some(problem)
    });
    unknown.collect()
}
