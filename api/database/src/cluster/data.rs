//! The data folder: whose cluster it holds, and making a new one.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::{
    SUPERUSER,
    account::Account,
    binaries::Binaries,
    error::{EmbeddedError, failed_to},
    log::last_lines,
};

/// The major version that made the cluster; None when there is none yet.
pub(super) fn version_of(data: &Path, account: Account) -> Result<Option<u16>, EmbeddedError> {
    let not_a_cluster = || EmbeddedError::NotACluster {
        data: data.to_path_buf(),
    };
    let file = data.join("PG_VERSION");
    match fs::read_to_string(&file) {
        Ok(text) => text.trim().parse().map(Some).map_err(|_| not_a_cluster()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let occupied = fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some());
            if occupied {
                Err(not_a_cluster())
            } else {
                Ok(None)
            }
        }
        Err(error) => {
            account.must_own(data)?;
            Err(failed_to("read", &file)(error))
        }
    }
}

pub(super) fn initialise(
    folder: &Path,
    binaries: &Binaries,
    account: Account,
    durable: bool,
) -> Result<(), EmbeddedError> {
    let data = folder.join("data");
    let new = fresh(folder, "data")?;
    account.make_private(&new)?;
    let initdb = binaries.dir.join("initdb");
    let mut command = account.command(&initdb);
    command
        .arg(format!("--username={SUPERUSER}"))
        .args(["--auth-local=trust", "--auth-host=reject"])
        .args(["--encoding=UTF8", "--locale=C"]);
    if !durable {
        command.arg("--no-sync");
    }
    let output = command
        .arg("-D")
        .arg(&new)
        .output()
        .map_err(|source| EmbeddedError::Spawn {
            program: initdb,
            uid: account.uid,
            source,
        })?;
    if !output.status.success() {
        fs::remove_dir_all(&new).ok();
        return Err(EmbeddedError::Initdb {
            data,
            output: last_lines(&[output.stdout, output.stderr].concat()),
        });
    }
    fs::rename(&new, &data).map_err(failed_to("put in place", &data))
}

/// A path in `folder` at which to prepare what will be renamed to `name`. What interrupted attempts
/// left is removed; the path differs by process, because a program started by a killed attempt may
/// still be writing to its own.
pub(super) fn fresh(folder: &Path, name: &str) -> Result<PathBuf, EmbeddedError> {
    let start = format!("{name}.new-");
    for entry in fs::read_dir(folder)
        .map_err(failed_to("read", folder))?
        .flatten()
    {
        if entry.file_name().to_string_lossy().starts_with(&start) {
            // What cannot be removed now goes next time.
            fs::remove_dir_all(entry.path()).ok();
        }
    }
    Ok(folder.join(format!("{start}{}", std::process::id())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_no_cluster_is_left_alone() {
        let data = std::env::temp_dir().join(format!("stm-version-{}", std::process::id()));
        let account = Account::for_folder(&data).unwrap();
        assert!(matches!(version_of(&data, account), Ok(None)));
        fs::create_dir_all(&data).unwrap();
        assert!(matches!(version_of(&data, account), Ok(None)));
        fs::write(data.join("thesis.txt"), "").unwrap();
        assert!(matches!(
            version_of(&data, account),
            Err(EmbeddedError::NotACluster { .. })
        ));
        fs::write(data.join("PG_VERSION"), "15\n").unwrap();
        assert!(matches!(version_of(&data, account), Ok(Some(15))));
        fs::remove_dir_all(&data).unwrap();
    }
}
