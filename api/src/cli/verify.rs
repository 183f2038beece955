//! `stm verify`: computes every hash of the ledger again, as the auditor.

use std::process::ExitCode;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseConnection;
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
use ledger::{self, Anchor, Report, VerifyError};

/// What was looked at.
#[derive(Debug)]
pub struct Verified {
    /// What was found of the ledger.
    ledger: Report,
    /// What the service says in two ways; none where it was not looked for.
    contradictions: Option<Vec<Contradiction>>,
    /// What was added to the database beside what this release makes, and opens nothing.
    added: Vec<Difference>,
}

impl Verified {
    /// Computes every hash again, as the auditor, and compares the catalogue with that of this
    /// release; with `data`, looks also for what the service says in two ways today.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        auditor: &DatabaseConnection,
        anchor: Option<&Anchor>,
        now: DateTime<Utc>,
        data: bool,
    ) -> Result<Self, VerifyError> {
        let contradictions = if data {
            Some(contradictions_on(auditor, day_of(now)).await?)
        } else {
            None
        };
        let mut report = ledger::verify(auditor, anchor).await?;
        let (changed, added): (Vec<_>, Vec<_>) = catalogue::differences(auditor)
            .await?
            .into_iter()
            .partition(Difference::is_tampering);
        let changed = changed.iter().map(Difference::to_string);
        report.findings.extend(changed);
        let future = ledger::first_in_the_future(auditor, now).await?;
        let future = future.map(|entry| entry.to_string());
        report.findings.extend(future);
        Ok(Self {
            ledger: report,
            contradictions,
            added,
        })
    }

    /// Whether the ledger is whole and, where it was looked for, nothing contradicts itself.
    pub fn is_green(&self) -> bool {
        self.ledger.findings.is_empty() && self.contradictions.as_ref().is_none_or(Vec::is_empty)
    }

    /// What was found, a line each, as it is printed: that all is well, or everything that is not
    /// so.
    pub fn text(&self) -> String {
        let report = &self.ledger;
        let added = self.added.iter().map(|one| format!("NOTE  {one}"));
        let mut shown: Vec<String> = added.collect();
        shown.extend(self.contradictions.as_deref().into_iter().flat_map(lines));
        shown.extend(report.findings.iter().cloned());
        if self.is_green() {
            shown.push(format!(
                "green: {} entries, {} facts, {}, head {}:{}",
                report.entries,
                report.facts,
                redacted(report),
                report.entries,
                report.hash
            ));
        }
        shown.join("\n") + "\n"
    }
}

async fn contradictions_on(
    auditor: &DatabaseConnection,
    day: NaiveDate,
) -> Result<Vec<Contradiction>, DbError> {
    let snapshot = ledger::snapshot_at_head(auditor, day).await?;
    let found = dataset::contradictions(&snapshot, day).await?;
    snapshot
        .rollback()
        .await
        .map_err(DbError::doing("closing the snapshot"))?;
    Ok(found)
}

/// Tells that the ledger is whole and, with `data`, that nothing contradicts itself, or everything
/// that is not so.
pub(super) async fn run(
    config: &Config,
    anchor: Option<&Anchor>,
    data: bool,
) -> Result<ExitCode, CliError> {
    let verified = match &config.database_auditor_url {
        Some(url) => verify(url, anchor, data).await?,
        None => {
            private::with(config, async |cluster| {
                verify(&cluster.url(roles::AUDITOR), anchor, data).await
            })
            .await?
        }
    };
    print(&verified.text())?;
    Ok(if verified.is_green() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
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
    Ok(Verified::of(&auditor, anchor, Clock::system().now(), data).await?)
}
