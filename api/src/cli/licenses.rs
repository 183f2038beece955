//! `stm licenses`: what of others is in the program, with the licences that go with it.

use std::process::ExitCode;

use super::{CliError, print};

/// Written by `tests/clients/packages/licenses.py`, and held to `Cargo.lock` by a test.
const LICENSES: &str = include_str!("../../assets/licenses.txt");

/// Prints them.
pub(super) fn run() -> Result<ExitCode, CliError> {
    print(LICENSES)?;
    Ok(ExitCode::SUCCESS)
}
