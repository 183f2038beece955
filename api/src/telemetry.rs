//! The log: which lines are written, and how they look. They go to standard error; standard output is for answers.

use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, filter::ParseError};

use crate::config::LogFormat;

/// What a filter starts from: Postgres tells at every start that what is there is there, and privileged reads are told
/// however quiet the rest is. A filter may say otherwise.
const QUIET: &str = "sqlx::postgres::notice=warn,audit=info";

/// The log could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is no filter.
    #[error("the log filter cannot be read")]
    Filter(#[from] ParseError),
    /// There is a log already.
    #[error("the log cannot be set up twice")]
    Twice(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Sets up the log of this process.
///
/// # Errors
/// When the filter is wrong, or the log is set up already.
pub fn init(filter: &str, format: LogFormat) -> Result<(), TelemetryError> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(format!("{QUIET},{filter}"))?)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    }
    .map_err(TelemetryError::Twice)
}
