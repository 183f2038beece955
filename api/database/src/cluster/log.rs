//! The log file of the server: bounded, and quoted in our errors.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use rustix::fs::OFlags;

use super::{
    account::Account,
    error::{EmbeddedError, failed_to},
};

/// A log longer than this is begun anew at the next start.
const LONGEST: u64 = 10 * 1024 * 1024;

/// `postgres.log` in the folder of the cluster.
pub(super) struct Log {
    pub(super) path: PathBuf,
}

impl Log {
    pub(super) fn of(folder: &Path) -> Log {
        Log {
            path: folder.join("postgres.log"),
        }
    }

    /// Opens it for the server to add to.
    pub(super) fn open(&self, account: Account) -> Result<File, EmbeddedError> {
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .mode(0o640)
            .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
            .open(&self.path)
            .map_err(failed_to("open", &self.path))?;
        if file.metadata().is_ok_and(|found| found.len() > LONGEST) {
            file.set_len(0).map_err(failed_to("shorten", &self.path))?;
        }
        account.give(&file, &self.path)?;
        Ok(file)
    }

    /// Its length now.
    pub(super) fn length(&self) -> u64 {
        self.path.metadata().map_or(0, |found| found.len())
    }

    /// What was added from `begin` on, the first part of it; nothing when it cannot be read: this
    /// only explains another error.
    pub(super) fn since(&self, begin: u64) -> Vec<u8> {
        let mut text = Vec::new();
        if let Ok(mut file) = File::open(&self.path)
            && file.seek(SeekFrom::Start(begin)).is_ok()
        {
            file.take(LONGEST).read_to_end(&mut text).ok();
        }
        text
    }
}

/// The last twenty lines of what a program said.
pub(super) fn last_lines(given: &[u8]) -> String {
    let text = String::from_utf8_lossy(given);
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_twenty_lines_are_quoted() {
        let given: String = (1..=30).map(|n| format!("line {n}\n")).collect();
        let quoted = last_lines(given.as_bytes());
        assert!(quoted.starts_with("line 11\n") && quoted.ends_with("line 30"));
        assert_eq!(last_lines(b""), "");
    }

    #[test]
    fn a_long_log_begins_anew() {
        let folder = std::env::temp_dir().join(format!("stm-log-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let log = Log::of(&folder);
        let account = Account::for_folder(&folder).unwrap();
        log.open(account).unwrap().set_len(LONGEST).unwrap();
        log.open(account).unwrap();
        assert_eq!(log.length(), LONGEST);
        log.open(account).unwrap().set_len(LONGEST + 1).unwrap();
        log.open(account).unwrap();
        assert_eq!(log.length(), 0);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
