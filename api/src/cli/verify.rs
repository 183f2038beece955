//! `stm verify`: computes every hash of the ledger again, as the auditor.

use std::process::ExitCode;

use secrecy::SecretString;

use super::{CliError, print, private};
use crate::config::Config;
use database::{
    DbError,
    catalogue::{self, Difference},
    roles,
};
use domain::{
    clock::{Clock, day_of},
    quality::contradictions::Contradiction,
};
use ledger::{self, Anchor, Report};

/// What was looked at.
struct Verified {
    /// What was found of the ledger.
    ledger: Report,
    /// What the service says in two ways; none where it was not looked for.
    contradictions: Option<Vec<Contradiction>>,
    /// What was added to the database beside what this release makes, and opens nothing.
    added: Vec<Difference>,
}

/// Tells that the ledger is whole and, with `data`, that nothing contradicts itself, or everything
/// that is not so.
pub(super) async fn run(
    config: &Config,
    anchor: Option<&Anchor>,
    data: bool,
) -> Result<ExitCode, CliError> {
    let Verified {
        ledger: report,
        contradictions,
        added,
    } = match &config.database_auditor_url {
        Some(url) => verify(url, anchor, data).await?,
        None => {
            private::with(config, async |cluster| {
                verify(&cluster.url(roles::AUDITOR), anchor, data).await
            })
            .await?
        }
    };
    for one in added {
        print(&format!("NOTE  {one}\n"))?;
    }
    let is_consistent = contradictions.as_ref().is_none_or(Vec::is_empty);
    if let Some(found) = contradictions {
        print(&(lines(&found).join("\n") + "\n"))?;
    }
    if report.findings.is_empty() && !is_consistent {
        return Ok(ExitCode::FAILURE);
    }
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

/// The contradictions as lines for people, or that there are none.
fn lines(found: &[Contradiction]) -> Vec<String> {
    if found.is_empty() {
        return vec!["green: the data contradict themselves nowhere".to_owned()];
    }
    let line = |one: &Contradiction| {
        let Contradiction {
            kind,
            subject,
            text,
        } = one;
        format!("CONTRADICTION  {} {subject}: {}", kind.code(), text.en)
    };
    found.iter().map(line).collect()
}

async fn verify(
    auditor: &SecretString,
    anchor: Option<&Anchor>,
    data: bool,
) -> Result<Verified, CliError> {
    let auditor = private::connect(auditor).await?;
    roles::check_auditor(&auditor).await??;
    let now = Clock::system().now();
    let contradictions = if data {
        let today = day_of(now);
        let snapshot = ledger::snapshot_at_head(&auditor, today).await?;
        let found = dataset::contradictions(&snapshot, today).await?;
        snapshot
            .rollback()
            .await
            .map_err(DbError::doing("closing the snapshot"))?;
        Some(found)
    } else {
        None
    };
    let mut report = ledger::verify(&auditor, anchor).await?;
    let (changed, added): (Vec<_>, Vec<_>) = catalogue::differences(&auditor)
        .await?
        .into_iter()
        .partition(Difference::is_tampering);
    report
        .findings
        .extend(changed.iter().map(Difference::to_string));
    let future = ledger::first_in_the_future(&auditor, now).await?;
    report
        .findings
        .extend(future.map(|entry| entry.to_string()));
    Ok(Verified {
        ledger: report,
        contradictions,
        added,
    })
}
