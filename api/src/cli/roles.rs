//! `stm roles`: prints the SQL that makes the database roles and gives them a database, for a
//! superuser to run.

use std::process::ExitCode;

use super::{CliError, print};
use database::roles::SQL;

/// Prints the SQL; needs neither settings nor a database.
pub(super) fn run() -> Result<ExitCode, CliError> {
    print(SQL)?;
    Ok(ExitCode::SUCCESS)
}
