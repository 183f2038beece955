//! Which PostgreSQL programs run the cluster.
//!
//! Searched are the setting alone, or, without one, whatever `pg_config` says, `PATH`, the folders
//! of the usual packages and a bundle fetched earlier. The newest released version wins, but a
//! cluster that exists is run by the major version that made it: PostgreSQL reads no other.

use std::{
    cmp::Reverse,
    fs,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{ClusterSettings, account::Account, bundle, error::EmbeddedError};

/// The SQL of this project needs nothing newer.
const OLDEST: u16 = 15;

/// Where packages put their versions: parent, start of the version's name, and the way from there
/// to the programs.
const PACKAGES: [(&str, &str, &str); 7] = [
    ("/usr/lib/postgresql", "", "bin"), // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),          // PGDG on Fedora and its kin
    ("/usr/lib", "postgresql", "bin"),  // openSUSE
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/opt/local/lib", "postgresql", "bin"), // MacPorts
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// A folder that holds `postgres` and `initdb` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) dir: PathBuf,
    pub(super) major: u16,
}

impl Binaries {
    /// Asks `postgres` for its version; None when it is not there or the account cannot run it.
    fn probe(dir: &Path, account: Account) -> Option<Binaries> {
        // Often only links to the programs are on the path.
        let real = dir.join("postgres").canonicalize().ok()?;
        let dir = [real.parent()?, dir]
            .into_iter()
            .find(|dir| dir.join("postgres").is_file() && dir.join("initdb").is_file())?
            .to_path_buf();
        let output = account
            .command(&dir.join("postgres"))
            .arg("--version")
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let major = major_of(&String::from_utf8_lossy(&output.stdout))?;
        Some(Binaries { dir, major })
    }
}

/// The programs for the cluster in `folder`, which was made by `made_by` or is yet to be made.
pub(super) fn find(
    settings: &ClusterSettings,
    folder: &Path,
    account: Account,
    made_by: Option<u16>,
) -> Result<Binaries, EmbeddedError> {
    let mut found: Vec<Binaries> = Vec::new();
    for dir in candidates(settings, folder) {
        if let Some(one) = Binaries::probe(&dir, account)
            && !found.contains(&one)
        {
            found.push(one);
        }
    }
    if let Some(chosen) = choose(&mut found, made_by) {
        return Ok(chosen);
    }
    let uid = account.uid;
    if let (Some(bin_dir), true) = (&settings.bin_dir, found.is_empty() || made_by.is_none()) {
        return Err(EmbeddedError::BinDir {
            bin_dir: bin_dir.clone(),
            oldest: OLDEST,
            uid,
        });
    }
    let wanted = made_by.is_none_or(|major| major == bundle::MAJOR);
    if settings.fetch && settings.bin_dir.is_none() && wanted {
        bundle::fetch(settings.search_path.as_deref(), folder, account)?;
        return Binaries::probe(&bundle::bin_dir(folder), account)
            .filter(|fetched| fetched.major == bundle::MAJOR)
            .ok_or_else(|| EmbeddedError::BundleUnfit {
                folder: bundle::bin_dir(folder),
            });
    }
    found.dedup_by_key(|one| one.major);
    let majors: Vec<String> = found.iter().map(|one| one.major.to_string()).collect();
    let found = if majors.is_empty() {
        "none".to_owned()
    } else {
        majors.join(", ")
    };
    Err(match made_by {
        Some(made_by) => EmbeddedError::OtherMajor {
            data: folder.join("data"),
            made_by,
            found,
        },
        None => EmbeddedError::NoBinaries {
            oldest: OLDEST,
            found,
        },
    })
}

/// Sorts the newest first and takes the first that will do.
fn choose(found: &mut [Binaries], made_by: Option<u16>) -> Option<Binaries> {
    found.sort_by_key(|one| Reverse(one.major));
    found
        .iter()
        .find(|one| made_by.map_or(one.major >= OLDEST, |major| one.major == major))
        .cloned()
}

fn candidates(settings: &ClusterSettings, folder: &Path) -> Vec<PathBuf> {
    if let Some(set) = &settings.bin_dir {
        return vec![set.clone()];
    }
    let path: Vec<PathBuf> = settings
        .search_path
        .iter()
        .flat_map(std::env::split_paths)
        .filter(|dir| dir.is_absolute())
        .collect();
    let mut dirs: Vec<PathBuf> = pg_config_bindir(settings).into_iter().collect();
    dirs.extend(path);
    for (parent, start, bin) in PACKAGES {
        let Ok(entries) = fs::read_dir(parent) else {
            continue;
        };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(start) {
                dirs.push(entry.path().join(bin));
            }
        }
    }
    dirs.push(bundle::bin_dir(folder));
    dirs.retain(|dir| dir.join("postgres").is_file());
    dirs
}

/// What `pg_config` says; it may be one without a server (the header files' package brings it
/// along).
fn pg_config_bindir(settings: &ClusterSettings) -> Option<PathBuf> {
    let path = settings.search_path.as_deref()?;
    let mut requested = Command::new(on_path(path, "pg_config")?);
    requested.arg("--bindir").env("PATH", path);
    let output = requested.stdin(Stdio::null()).output().ok()?;
    let line = output.stdout.split(|byte| *byte == b'\n').next()?.to_vec();
    Some(PathBuf::from(std::ffi::OsString::from_vec(line))).filter(|dir| dir.is_absolute())
}

/// The first file of that name on a search path.
pub(super) fn on_path(search_path: &std::ffi::OsStr, program: &str) -> Option<PathBuf> {
    std::env::split_paths(search_path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_absolute() && file.is_file())
}

/// The major version in the answer of `postgres --version`. None for previews (`19beta1`), whose
/// files the release will not read.
fn major_of(answer: &str) -> Option<u16> {
    let version = answer.split_once("(PostgreSQL) ")?.1;
    version.split_once('.')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(majors: &[u16]) -> Vec<Binaries> {
        majors
            .iter()
            .map(|major| Binaries {
                dir: PathBuf::from(format!("/pg/{major}")),
                major: *major,
            })
            .collect()
    }

    fn chosen(majors: &[u16], made_by: Option<u16>) -> Option<u16> {
        choose(&mut here(majors), made_by).map(|one| one.major)
    }

    #[test]
    fn versions_are_read_and_previews_are_not() {
        let debian = "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n";
        assert_eq!(major_of(debian), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18.6\n"), Some(18));
        assert_eq!(major_of("postgres (PostgreSQL) 19beta1\n"), None);
        assert_eq!(major_of("command not found"), None);
    }

    #[test]
    fn a_new_cluster_gets_the_newest() {
        assert_eq!(chosen(&[15, 18, 16], None), Some(18));
        assert_eq!(chosen(&[13, 14], None), None);
        assert_eq!(chosen(&[], None), None);
    }

    #[test]
    fn an_existing_cluster_gets_its_own_version() {
        assert_eq!(chosen(&[15, 18], Some(15)), Some(15));
        assert_eq!(chosen(&[18], Some(15)), None);
    }

    #[test]
    fn of_one_version_the_first_found_wins() {
        let mut found = here(&[16]);
        found.push(Binaries {
            dir: PathBuf::from("/later"),
            major: 16,
        });
        assert_eq!(
            choose(&mut found, None).map(|one| one.dir),
            Some(PathBuf::from("/pg/16"))
        );
    }
}
