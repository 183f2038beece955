//! The log: which lines are written, and how they look. They go to standard error; standard output
//! is for answers.

use std::io::IsTerminal as _;

use tracing_subscriber::{EnvFilter, filter::ParseError};

use crate::config::LogFormat;

/// What every filter starts from; a filter may say otherwise.
///
/// - A filter for one part of the program does not silence the others.
/// - The libraries that migrate and serve, and the notices of Postgres, only repeat what our own
///   lines say.
/// - Privileged reads are logged however quiet the rest is.
const USUAL: &str =
    "info,actix_server=warn,sea_orm_migration=warn,sqlx::postgres::notice=warn,audit=info";

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
        .with_env_filter(directives(filter)?)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.with_ansi(std::io::stderr().is_terminal()).try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    }
    .map_err(TelemetryError::Twice)
}

fn directives(filter: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::try_new(format!("{USUAL},{filter}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_say_how_much_one_part_tells_does_not_silence_the_others() {
        let shown = |filter: &str| {
            let directives = directives(filter).unwrap().to_string();
            let mut directives: Vec<String> = directives.split(',').map(str::to_owned).collect();
            directives.sort_unstable();
            directives.join(" ")
        };
        let usual = "actix_server=warn audit=info info sea_orm_migration=warn \
                     sqlx::postgres::notice=warn";
        assert_eq!(shown("info"), usual);
        assert_eq!(shown("sqlx=debug"), format!("{usual} sqlx=debug"));
        assert_eq!(shown("error"), usual.replace(" info ", " error "));
        assert_eq!(
            shown("sea_orm_migration=info"),
            usual.replace("migration=warn", "migration=info")
        );
    }
}
