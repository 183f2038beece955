//! `stm verify`: computes every hash of the ledger again, as the auditor.

use std::process::ExitCode;

use secrecy::SecretString;

use super::{CliError, print, private};
use crate::config::Config;
use database::roles;
use ledger::{self, Anchor, Report};

/// Tells that the ledger is whole, or everything that is not.
pub(super) async fn run(config: &Config, anchor: Option<&Anchor>) -> Result<ExitCode, CliError> {
    let report = match &config.database_auditor_url {
        Some(url) => verify(url, anchor).await?,
        None => {
            private::with(config, async |cluster| {
                verify(&cluster.url(roles::AUDITOR), anchor).await
            })
            .await?
        }
    };
    if report.findings.is_empty() {
        print(&format!(
            "green: {} entries, {} facts, {}, head {}:{}\n",
            report.entries,
            report.facts,
            redacted(&report),
            report.entries,
            report.hash
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&(report.findings.join("\n") + "\n"))?;
    Ok(ExitCode::FAILURE)
}

/// How many texts are redacted, and by which entries.
fn redacted(report: &Report) -> String {
    let mut entries: Vec<i64> = report.redacted.iter().map(|(_, entry)| *entry).collect();
    entries.sort_unstable();
    entries.dedup();
    let entries: Vec<String> = entries.iter().map(i64::to_string).collect();
    match (report.redacted.len(), entries.join(", ")) {
        (0, _) => "0 texts redacted".to_owned(),
        (1, entry) => format!("1 text redacted (entry {entry})"),
        (texts, entries) => format!("{texts} texts redacted (entries {entries})"),
    }
}

async fn verify(auditor: &SecretString, anchor: Option<&Anchor>) -> Result<Report, CliError> {
    let auditor = private::connect(auditor).await?;
    roles::check_auditor(&auditor).await??;
    Ok(ledger::verify(&auditor, anchor).await?)
}
