//! `stm import`: checks the data set and appends what is new, changed or gone.

use std::{path::Path, process::ExitCode};

use secrecy::{ExposeSecret as _, SecretString};

use super::{CliError, print, private, serve::must_be_migrated};
use crate::config::Config;
use database::{Database, endpoint, roles};
use dataset::{self, DataSet, Imported, ValidationReport};
use domain::clock::Clock;

/// Imports the files of a folder, or those that the program carries.
pub(super) async fn run(config: &Config, folder: Option<&Path>) -> Result<ExitCode, CliError> {
    let set = match folder {
        // Else every file would be told apart as missing.
        Some(folder) if !folder.is_dir() => return Err(CliError::NoFolder(folder.to_owned())),
        Some(folder) => DataSet::from_folder(folder)?,
        None => DataSet::built_in()?,
    };
    let (imported, report) = match &config.database_url {
        Some(url) => import(url, &set).await?,
        None => {
            private::with(config, async |cluster| {
                import(&cluster.url(roles::APP), &set).await
            })
            .await?
        }
    };
    let mut lines = report.lines();
    lines.extend(set.decided());
    lines.extend(set.signs_of_a_person());
    lines.extend(of_verdicts(&imported));
    lines.push(format!(
        "{} rows added, {} corrected, {} withdrawn; the ledger stands at {}",
        imported.added, imported.corrected, imported.withdrawn, imported.ledger
    ));
    print(&(lines.join("\n") + "\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// How many verdicts changed from what to what, and what stands beside publications since.
fn of_verdicts(imported: &Imported) -> Vec<String> {
    let judged = &imported.judged;
    let mut lines = Vec::new();
    if judged.anew + judged.beside > 0 {
        lines.push(format!(
            "{} verdicts of periods that are not closed judged anew; beside {} of closed periods \
             stands a re-run",
            judged.anew, judged.beside
        ));
    }
    lines.extend(judged.moved.iter().map(|one| {
        let (before, after) = (one.before.code(), one.after.code());
        format!("  {} from {before} to {after}", one.count)
    }));
    lines.extend(
        imported
            .noted
            .iter()
            .map(|key| format!("{key}: noted that the rules of today tell its figures otherwise")),
    );
    lines
}

async fn import(
    app: &SecretString,
    set: &DataSet,
) -> Result<(Imported, ValidationReport), CliError> {
    endpoint::check(app.expose_secret()).await??;
    let db = Database::connect(app.expose_secret(), 1, Clock::system()).await?;
    roles::check_login(db.pool()).await??;
    must_be_migrated(db.pool()).await?;
    Ok(dataset::import(&db, set).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::verdict::rules::VerdictStatus;
    use ledger::judge::{Judged, Moved};

    #[test]
    fn it_says_how_many_verdicts_changed_from_what_to_what() {
        let nothing = Imported {
            added: 0,
            corrected: 0,
            withdrawn: 0,
            judged: Judged::default(),
            noted: Vec::new(),
            ledger: 1,
        };
        assert_eq!(of_verdicts(&nothing), [""; 0]);
        let judged = Judged {
            anew: 41,
            beside: 12,
            moved: vec![Moved {
                before: VerdictStatus::NotCompliant,
                after: VerdictStatus::PartlyCompliant,
                count: 30,
            }],
        };
        let noted = vec!["compliance-2026-1-1".to_owned()];
        let imported = Imported {
            judged,
            noted,
            ..nothing
        };
        assert_eq!(
            of_verdicts(&imported),
            [
                "41 verdicts of periods that are not closed judged anew; beside 12 of closed \
                 periods stands a re-run",
                "  30 from NOT_COMPLIANT to PARTLY_COMPLIANT",
                "compliance-2026-1-1: noted that the rules of today tell its figures otherwise",
            ]
        );
    }
}
