//! `stm licenses`: what the program is made of by others, and on what terms.

use std::process::ExitCode;

use super::{CliError, print};

/// Prints the crates with their licences, and the texts of these.
pub(super) fn run() -> Result<ExitCode, CliError> {
    print(transport::licences::text())?;
    Ok(ExitCode::SUCCESS)
}
