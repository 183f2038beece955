//! `stm verify`: computes every hash of the ledger again, as the auditor.

use std::process::ExitCode;

use chrono::NaiveDate;
use sea_orm::DatabaseConnection;
use secrecy::SecretString;

use super::{CliError, print, private};
use crate::config::Config;
use database::{DbError, roles};
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
}

impl Verified {
    /// Computes every hash again, as the auditor; with a day, looks also for what the service says
    /// in two ways on it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        auditor: &DatabaseConnection,
        anchor: Option<&Anchor>,
        day: Option<NaiveDate>,
    ) -> Result<Self, VerifyError> {
        let contradictions = match day {
            Some(day) => Some(contradictions_on(auditor, day).await?),
            None => None,
        };
        Ok(Self {
            ledger: ledger::verify(auditor, anchor).await?,
            contradictions,
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
        let mut shown = self.contradictions.as_deref().map_or_else(Vec::new, lines);
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
    let today = day_of(Clock::system().now());
    Ok(Verified::of(&auditor, anchor, data.then_some(today)).await?)
}
