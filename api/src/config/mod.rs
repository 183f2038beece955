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

mod addresses;
mod given;
mod issuers;
mod limits;
mod logging;
mod mail;
mod problems;
mod publisher;
mod task;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    ffi::OsString,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use secrecy::SecretString;

use auth::IssuerSettings;
use domain::publication::publisher::Publisher;
use transport::limits::Limits;

use self::{
    addresses::{LISTEN, listen, pool, public_url, usual_pool, usual_workers, workers},
    given::Given,
    issuers::{dev_issuer, token_hours},
    logging::{log, log_format},
};
pub use self::{
    issuers::issuers_of,
    logging::LogFormat,
    mail::MailSettings,
    problems::{ConfigError, Problem},
    task::Task,
};

/// Every setting there is, apart from `STM_CONFIG` and `PATH`.
pub(crate) const NAMES: [&str; 32] = [
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
/// Names the TOML file; a setting of the environment only.
const FILE: &str = "STM_CONFIG";

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
    pub strangers: Vec<String>,
    public_url: Option<String>,
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
        let answering = given
            .parsed("STM_WORKERS", workers)
            .unwrap_or_else(usual_workers);
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
            pool: given
                .parsed("STM_POOL", pool)
                .unwrap_or_else(|| usual_pool(answering)),
            workers: answering,
            limits: given.limits(),
            trusted_documents: given.text("STM_TRUSTED_DOCUMENTS").map(PathBuf::from),
            trace_collector: given.parsed("OTEL_EXPORTER_OTLP_ENDPOINT", public_url),
            mail: given.mail(),
            search_path,
            strangers: Vec::new(),
            database_url,
        };
        config.require(task, &mut given);
        given.finish()?;
        Ok(config)
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
