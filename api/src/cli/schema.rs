//! `stm schema`: prints the public contract, exactly as `schema.graphql` holds it.

use std::process::ExitCode;

use super::{CliError, print};

/// Prints the schema; needs neither settings nor a database.
pub(super) fn run() -> Result<ExitCode, CliError> {
    print(&transport::schema::sdl())?;
    Ok(ExitCode::SUCCESS)
}
