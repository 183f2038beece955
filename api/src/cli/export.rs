//! `stm export`: writes the ledger with its facts out, for an auditor.

use std::{
    io::{self, BufWriter, Write as _},
    process::ExitCode,
};

use secrecy::SecretString;

use super::{CliError, private};
use crate::config::Config;
use database::roles;
use ledger;

/// Writes to standard output, one JSON object a line.
pub(super) async fn run(config: &Config) -> Result<ExitCode, CliError> {
    match &config.database_auditor_url {
        Some(url) => export(url).await?,
        None => {
            private::with(config, async |cluster| {
                export(&cluster.url(roles::AUDITOR)).await
            })
            .await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn export(auditor: &SecretString) -> Result<(), CliError> {
    let auditor = private::connect(auditor).await?;
    roles::check_auditor(&auditor).await??;
    let mut out = BufWriter::new(io::stdout());
    ledger::export(&auditor, &mut out).await?;
    out.flush().map_err(CliError::Output)
}
