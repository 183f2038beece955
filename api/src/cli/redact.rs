//! `stm redact`: blanks a text by law, wherever it was copied to.

use std::{collections::BTreeSet, process::ExitCode};

use clap::Args;
use sea_orm::DatabaseConnection;
use secrecy::{ExposeSecret as _, SecretString};
use uuid::Uuid;

use super::{CliError, print, private};
use crate::config::Config;
use compliance::redaction::{self, Sought, Text};
use database::{Database, DbError, roles};
use domain::clock::Clock;

/// Letters of a text that are shown, so that it can be told from others.
const SHOWN: usize = 60;

/// Which text, and why.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Kind of the thing that the text tells of, as in StatusReport or Assessment
    #[arg(
        value_name = "KIND",
        requires = "key",
        required_unless_present = "text"
    )]
    kind: Option<String>,
    /// Key of the thing, as in 2025-1/2024/44 or GM0402/2026-2
    #[arg(value_name = "KEY")]
    key: Option<String>,
    /// Where the text stands there: a criterion as in SV-01, or a field as in explanation or note
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// The text itself, by the id that this command tells; with --field of one with several
    #[arg(long, value_name = "ID", conflicts_with = "kind")]
    text: Option<Uuid>,
    /// Why the law wants it gone; without it nothing is changed
    #[arg(long, value_name = "WHY")]
    reason: Option<String>,
}

impl Arguments {
    fn sought(&self) -> Result<Sought, CliError> {
        match (self.text, &self.kind, &self.key) {
            (Some(id), _, _) => Ok(Sought::Id(id, self.field.clone())),
            (None, Some(kind), Some(key)) => Ok(Sought::Of {
                kind: kind.clone(),
                key: key.clone(),
                field: self.field.clone(),
            }),
            (None, _, _) => Err(CliError::Usage("give KIND and KEY, or --text")),
        }
    }
}

/// Tells which texts there are, or blanks the one that is meant.
pub(super) async fn run(config: &Config, arguments: Arguments) -> Result<ExitCode, CliError> {
    match (&config.database_auditor_url, &config.database_owner_url) {
        (Some(auditor), Some(owner)) => redact(auditor, owner, &arguments).await,
        _ => {
            private::with(config, async |cluster| {
                let (auditor, owner) = (cluster.url(roles::AUDITOR), cluster.url(roles::OWNER));
                redact(&auditor, &owner, &arguments).await
            })
            .await
        }
    }
}

async fn redact(
    auditor: &SecretString,
    owner: &SecretString,
    arguments: &Arguments,
) -> Result<ExitCode, CliError> {
    let auditor = private::connect(auditor).await?;
    roles::check_auditor(&auditor).await??;
    let found = redaction::find_texts(&auditor, &arguments.sought()?).await?;
    let left: BTreeSet<&str> = found
        .iter()
        .filter_map(|text| text.body.as_deref())
        .collect();
    let copies = match left.first() {
        Some(words) if left.len() == 1 => redaction::copies(&auditor, words).await?,
        _ => Vec::new(),
    };
    let reason = match &arguments.reason {
        Some(reason) if !copies.is_empty() => reason,
        reason => {
            close(auditor).await?;
            // Of one text all that would go with it, of several those that can be named.
            print(&list(if copies.is_empty() { &found } else { &copies }))?;
            let is_answer = reason.is_none() && !found.is_empty();
            if left.len() > 1 && reason.is_some() {
                print("there are several; name one with --text ID, --field FIELD or both\n")?;
            }
            return Ok(ExitCode::from(u8::from(!is_answer)));
        }
    };
    let owner = Database::connect(owner.expose_secret(), 1, Clock::system()).await?;
    let entries = redaction::redact(&owner, &copies, reason).await?;
    close(auditor).await?;
    owner.close().await?;
    let entries: Vec<String> = entries.iter().map(i64::to_string).collect();
    print(&list(&copies))?;
    print(&format!(
        "redacted: {} texts, by {} {}; backups made before still hold them\n",
        copies.len(),
        if entries.len() == 1 {
            "entry"
        } else {
            "entries"
        },
        entries.join(", ")
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Ends a connection before the private database ends under it.
async fn close(connection: DatabaseConnection) -> Result<(), DbError> {
    connection.close().await.map_err(DbError::doing("closing"))
}

/// One line a text: where it stands, its id, and how it begins.
fn list(texts: &[Text]) -> String {
    if texts.is_empty() {
        return "there is no such text\n".to_owned();
    }
    let line = |text: &Text| {
        let start = text.body.as_ref().map_or_else(
            || "redacted".to_owned(),
            |body| format!("{:?}", body.chars().take(SHOWN).collect::<String>()),
        );
        format!(
            "{} {} {} {} (entry {}): {start}\n",
            text.id, text.subject_kind, text.subject_key, text.field, text.entry
        )
    };
    texts.iter().map(line).collect()
}
