//! The command line: what a person or a container can ask of the program, one small file per
//! subcommand.
//!
//! Answers go to standard output, the log and the last word about a failure to standard error. Exit
//! code 0 is done, 1 is failed (or found something), 2 is asked wrongly: an argument or a setting.

mod anchors;
mod demo;
mod export;
mod health;
mod help;
mod import;
mod licences;
mod listening;
mod migrate;
mod notices;
mod private;
mod redact;
mod roles;
mod sandbox;
mod schema;
mod serve;
mod sessions;
mod settings;
mod token;
pub mod verify;

use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use crate::{
    config::{Config, ConfigError, Problem, Task},
    telemetry::{self, TelemetryError},
};
use auth::{DevIssuerError, KeysError, PseudonymKeyError};
use compliance::redaction::RedactError;
use database::{
    DbError,
    catalogue::OpenWall,
    cluster::EmbeddedError,
    endpoint::UnfitEndpoint,
    roles::{NoAuditor, TooMighty},
};
use dataset::{DataError, ImportError};
use domain::error::chain;
use ledger::{Anchor, ExportError, VerifyError};

/// The monitor of the Dutch action plan "Samen tegen mensenhandel" (together against human
/// trafficking).
///
/// A GraphQL service over PostgreSQL: the actions of the plan and how far they are, and which
/// municipalities meet the framework of norms for their approach. Every change is kept in a ledger
/// that can be verified.
///
/// Without a subcommand it serves. Without DATABASE_URL it does so from a private PostgreSQL of its
/// own, with the real data and with a token for each role to try it with; nothing else needs to be
/// installed or set.
#[derive(Debug, Parser)]
#[command(name = "stm", version, after_long_help = help::SETTINGS)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests until told to stop (SIGINT or SIGTERM); the default
    Serve,
    /// Bring the structure of the database up to date with this program
    ///
    /// Runs the migrations that have not run yet, as stm_owner (DATABASE_OWNER_URL). Running it
    /// again changes nothing.
    Migrate {
        /// Name the migrations that would run, in their order, and run none
        #[arg(long)]
        dry_run: bool,
    },
    /// Import the data set through the ledger
    ///
    /// Checks the files, compares what follows from them with what was published, and appends what
    /// is new, changed or gone: everything or, after any mistake, nothing. Importing the same files
    /// again changes nothing.
    Import {
        /// Folder with the CSV files of the data set; default: the files that are built into this
        /// program
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// Make an empty database a demo: the real territory, framework and plan, with invented
    /// assessments
    ///
    /// A database is real or a demo for ever: a demo takes no import and trusts no issuer of
    /// production, and a database that is not empty becomes none. Every answer from a demo says
    /// DEMO.
    Demo(demo::Arguments),
    /// Serve a demo to build against: invented assessments, on a day that never passes, with tokens
    /// to copy at /sandbox
    ///
    /// Has a private database in a folder of its own, sandbox in that of STM_DATA_DIR, and makes it
    /// at the first start. Ends with 2, and does nothing, where an issuer of tokens or the address
    /// of a database is set.
    Sandbox(sandbox::Arguments),
    /// Make a token of the development issuer, to try the service with, and print it
    ///
    /// Only an installation with the same data folder accepts it, and only while its development
    /// issuer is on.
    Token(token::Arguments),
    /// Print the GraphQL schema, in the schema definition language
    Schema,
    /// Print what this program is made of by others: each crate with its version and licence, and the
    /// texts of these licences
    Licenses,
    /// Print the SQL that makes the three database roles and gives them a database
    ///
    /// For a superuser who is connected to that database: stm roles | psql --dbname=stm. Running it
    /// again changes nothing.
    Roles,
    /// Compute every hash of the ledger again, and tell what was changed behind the service's back
    ///
    /// Reads everything, as stm_auditor (DATABASE_AUDITOR_URL). Ends with 1 when anything does not
    /// hold.
    Verify {
        /// A number and hash that were noted earlier (the service logs one an hour): finds a ledger
        /// that was rewritten as a whole
        #[arg(long, value_name = "NUMBER:HASH")]
        against: Option<Anchor>,
        /// Look also for what the service says in two ways that cannot both be true: verdicts and
        /// policies, feeds and GraphQL, sentences and cells, labels and sources
        #[arg(long)]
        data: bool,
    },
    /// Write the whole ledger with its facts, one JSON object a line, for an auditor
    ///
    /// Reads one snapshot, as stm_auditor (DATABASE_AUDITOR_URL). The last line is the manifest:
    /// how many entries and facts there are, number and hash of the last entry, and the SHA-256 of
    /// all lines before it. Redacted texts are absent, with the entry that says why.
    Export,
    /// Blank a text by law, wherever it was copied to, and say so in the ledger
    ///
    /// Without --reason it only tells which texts there are. Works as stm_auditor
    /// (DATABASE_AUDITOR_URL) to find and as stm_owner (DATABASE_OWNER_URL) to blank. Every hash
    /// still holds. Backups made before still hold the text.
    Redact(redact::Arguments),
    /// Send the digests of open tasks that are due now, by the mail server of STM_SMTP_HOST, and
    /// tell how many
    ///
    /// A running service with these settings does so by itself; this is one turn of it. Ends with 1
    /// when a digest is to be tried again.
    Notify,
    /// End the sessions of browsers that are signed in at the workplace
    ///
    /// Works as stm_owner (DATABASE_OWNER_URL). Tokens in programs go on.
    Sessions {
        #[command(subcommand)]
        deed: sessions::Deed,
    },
    /// Check the settings, or show them as they hold
    Config {
        #[command(subcommand)]
        deed: settings::Deed,
    },
    /// Ask a running service whether it is well; for health checks of containers
    ///
    /// Ends with 0 when the answer is 2xx within 8 seconds, and else with 1.
    Health {
        /// Address to ask: plain http, or unix:/path/to/socket
        #[arg(
            long,
            value_name = "URL",
            default_value = "http://127.0.0.1:8080/health/ready"
        )]
        url: String,
    },
}

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
enum CliError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("wrong arguments: {0}")]
    Usage(&'static str),
    #[error(transparent)]
    Telemetry(#[from] TelemetryError),
    #[error(transparent)]
    TrustedDocuments(#[from] transport::TrustedDocumentsError),
    #[error("cannot write to standard output")]
    Output(#[source] io::Error),
    #[error("cannot tell the current folder; set STM_DATA_DIR")]
    CurrentFolder(#[source] io::Error),
    #[error(transparent)]
    Embedded(#[from] EmbeddedError),
    #[error("a task of the program ended before it was done")]
    Unfinished(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error("DATABASE_URL cannot be used")]
    TooMighty(#[from] TooMighty),
    #[error("DATABASE_URL cannot be used")]
    Unfit(#[from] UnfitEndpoint),
    #[error("DATABASE_READ_URL cannot be used")]
    MightyReplica(#[source] TooMighty),
    #[error("DATABASE_READ_URL cannot be used")]
    UnfitReplica(#[source] UnfitEndpoint),
    #[error("DATABASE_LISTEN_URL is no address of a database")]
    ListenUrl(#[source] sea_orm::SqlxError),
    #[error(transparent)]
    OpenWall(#[from] OpenWall),
    #[error("the private PostgreSQL server ended by itself; its log in the data folder tells why")]
    ClusterEnded,
    #[error("DATABASE_AUDITOR_URL cannot be used")]
    NoAuditor(#[from] NoAuditor),
    #[error(
        "the database lacks {lacking} of this program's migrations (first {first}): run `stm \
         migrate`"
    )]
    NotMigrated { lacking: usize, first: String },
    #[error(
        "the ledger cannot be read: run `stm migrate`, and see that DATABASE_URL logs in as stm_app"
    )]
    NoLedger(#[source] DbError),
    #[error("cannot listen at {address}: {}", hint(.source))]
    Listen {
        address: String,
        #[source]
        source: io::Error,
    },
    #[error("no file can be written in the folder of STM_TMP_DIR")]
    TmpFolder(#[source] io::Error),
    #[error("the service stopped by itself")]
    Serve(#[source] io::Error),
    #[error(transparent)]
    DevIssuer(#[from] DevIssuerError),
    #[error("an issuer of tokens cannot be used")]
    Issuer(#[source] KeysError),
    #[error(transparent)]
    PseudonymKey(#[from] PseudonymKeyError),
    #[error(transparent)]
    Data(#[from] DataError),
    #[error("there is no folder {}", .0.display())]
    NoFolder(PathBuf),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(
        "this is a DEMO database: it trusts tokens made here and no other; serve it without \
         STM_ISSUERS"
    )]
    DemoIssuers,
    #[error(transparent)]
    Sandbox(#[from] sandbox::SandboxError),
    #[error(transparent)]
    Verify(#[from] VerifyError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Redact(#[from] RedactError),
    #[error(transparent)]
    Mail(#[from] notices::MailError),
    #[error(transparent)]
    Health(#[from] health::HealthError),
}

fn hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program does; stop it, or set STM_LISTEN (as in 127.0.0.1:8081)"
        }
        io::ErrorKind::PermissionDenied => {
            "ports below 1024 are for root, and a folder of sockets for its owner; set STM_LISTEN \
             (as in 127.0.0.1:8081)"
        }
        _ => "set STM_LISTEN to an address of this machine (as in 127.0.0.1:8081)",
    }
}

/// Reads the arguments, does what they ask, and says how that ended.
#[must_use]
pub fn run() -> ExitCode {
    let command = Cli::parse().command.unwrap_or(Command::Serve);
    match obey(command) {
        Ok(code) => code,
        Err(error) => write_to(&error),
    }
}

fn obey(command: Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Schema => schema::run(),
        Command::Roles => roles::run(),
        Command::Licenses => licences::run(),
        Command::Health { url } => health::run(&url),
        Command::Config { deed } => settings::run(deed),
        Command::Token(arguments) => token::run(&Config::read(Task::Token)?, arguments),
        Command::Serve => {
            let config = settings(Task::Serve)?;
            block_on(serve::run(&config))
        }
        Command::Migrate { dry_run } => {
            let config = settings(Task::Migrate)?;
            if dry_run {
                return block_on(migrate::name_pending(&config));
            }
            block_on(migrate::run(&config))
        }
        Command::Import { data } => {
            let config = settings(Task::Import)?;
            block_on(import::run(&config, data.as_deref()))
        }
        Command::Demo(arguments) => {
            let config = settings(Task::Demo)?;
            block_on(demo::run(&config, arguments))
        }
        Command::Sandbox(arguments) => {
            let config = settings(Task::Sandbox)?;
            block_on(sandbox::run(&config, arguments))
        }
        Command::Export => {
            let config = settings(Task::Export)?;
            block_on(export::run(&config))
        }
        Command::Notify => {
            let config = settings(Task::Notify)?;
            block_on(notices::run(&config))
        }
        Command::Redact(arguments) => {
            let config = settings(Task::Redact)?;
            block_on(redact::run(&config, arguments))
        }
        Command::Sessions { deed } => {
            let config = settings(Task::Sessions)?;
            block_on(sessions::run(&config, &deed))
        }
        Command::Verify { against, data } => {
            let config = settings(Task::Verify)?;
            block_on(verify::run(&config, against.as_ref(), data))
        }
    }
}

/// The settings of a task that keeps a log.
fn settings(task: Task) -> Result<Config, CliError> {
    let config = Config::read(task)?;
    telemetry::init(&config.log, config.log_format)?;
    for Problem { name, what } in &config.strangers {
        tracing::warn!(name, "a variable is named as a setting is, and {what}");
    }
    Ok(config)
}

fn block_on<F: Future>(work: F) -> F::Output {
    actix_web::rt::System::new().block_on(work)
}

/// Tells what went wrong: details that make a list one a line, then the failure with its causes in
/// one line.
fn write_to(error: &CliError) -> ExitCode {
    let (details, code): (Vec<String>, u8) = match error {
        CliError::Config(ConfigError(problems)) => {
            let shown = problems
                .iter()
                .map(|problem| format!("{problem}\n"))
                .collect();
            return last_words(
                shown,
                "stm: nothing was done; see above, and `stm --help` for all settings",
                2,
            );
        }
        CliError::Usage(_) | CliError::NoFolder(_) => (Vec::new(), 2),
        CliError::Data(DataError(mistakes)) => (
            mistakes
                .iter()
                .map(|mistake| format!("{mistake}\n"))
                .collect(),
            1,
        ),
        CliError::Import(ImportError::Unexpected(report)) => (
            report.lines().into_iter().map(|line| line + "\n").collect(),
            1,
        ),
        _ => (Vec::new(), 1),
    };
    last_words(details, &format!("stm: {}", chain(error)), code)
}

fn last_words(details: Vec<String>, failure: &str, code: u8) -> ExitCode {
    let mut stderr = io::stderr().lock();
    // When nobody can be told, the exit code still says it.
    write!(stderr, "{}", details.concat()).ok();
    writeln!(stderr, "{failure}").ok();
    ExitCode::from(code)
}

/// Prints an answer. That its reader went away (`stm schema | head`) is no failure.
fn print(text: &str) -> Result<(), CliError> {
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
        assert!(Cli::parse_from(["stm"]).command.is_none());
    }

    #[test]
    fn the_help_names_every_setting() {
        let help = Cli::command().render_long_help().to_string();
        for name in crate::config::NAMES {
            assert!(help.contains(name), "{name}");
        }
    }
}
