//! Whom PostgreSQL runs as, and the folders that this account needs.
//!
//! `postgres` and `initdb` refuse root, so as root we hand them to an unprivileged account; as
//! anyone else we run them as ourselves. The folder of the cluster stays ours, so that what runs as
//! that account can replace neither the lock nor the programs; only what is in it is given away.

use std::{
    fs::{self, DirBuilder, File, Metadata, Permissions},
    hash::Hasher,
    io::{self, ErrorKind},
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, PermissionsExt, fchown, lchown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rustix::process::{getegid, geteuid};

use super::error::{EmbeddedError, failed_to};

/// The user and group that run PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    gid: u32,
    /// We are root and this is somebody else.
    switch: bool,
}

impl Account {
    /// Ourselves; as root the owner of the cluster that is in `folder`, else `postgres` or
    /// `nobody`.
    pub(super) fn for_folder(folder: &Path) -> Result<Account, EmbeddedError> {
        if !geteuid().is_root() {
            return Ok(Account {
                uid: geteuid().as_raw(),
                gid: getegid().as_raw(),
                switch: false,
            });
        }
        // Root may be asked once (sudo) for a cluster that an ordinary user made; it stays that
        // user's.
        if let Ok(data) = fs::metadata(folder.join("data"))
            && data.uid() != 0
        {
            return Ok(Account {
                uid: data.uid(),
                gid: data.gid(),
                switch: true,
            });
        }
        let passwd = Path::new("/etc/passwd");
        let list = fs::read_to_string(passwd).map_err(failed_to("read", passwd))?;
        ["postgres", "nobody"]
            .iter()
            .find_map(|name| entry(&list, name))
            .map(|(uid, gid)| Account {
                uid,
                gid,
                switch: true,
            })
            .ok_or(EmbeddedError::NoAccount)
    }

    /// A command that runs as this account and knows nothing of our environment and working folder:
    /// the one may hold secrets and `PG…` settings, the other may be closed to the account.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .current_dir("/")
            .stdin(Stdio::null());
        if self.switch {
            // Without a word about groups, the standard library drops the supplementary ones.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// The first folder from the root down to `folder` that this account cannot enter. Folders that
    /// are not there yet are no barrier: we shall make them.
    fn barrier(&self, folder: &Path) -> io::Result<Option<PathBuf>> {
        let mut way: Vec<&Path> = folder.ancestors().collect();
        way.reverse();
        for step in way {
            match fs::metadata(step) {
                Ok(found) if !self.may_enter(&found) => return Ok(Some(step.to_path_buf())),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => break,
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    fn may_enter(&self, folder: &Metadata) -> bool {
        let bit = if folder.uid() == self.uid {
            0o100
        } else if folder.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        folder.mode() & bit != 0
    }

    /// Makes the folder of the cluster with all above it, such that the account can reach it.
    pub(super) fn make_reachable(&self, folder: &Path) -> Result<(), EmbeddedError> {
        if !self.switch {
            let mut builder = DirBuilder::new();
            builder.recursive(true).mode(0o700);
            return builder.create(folder).map_err(failed_to("create", folder));
        }
        if let Some(barrier) = self.barrier(folder).map_err(failed_to("look up", folder))? {
            let uid = self.uid;
            return Err(EmbeddedError::Unreachable { barrier, uid });
        }
        let mut missing: Vec<&Path> = folder.ancestors().take_while(|a| !a.exists()).collect();
        missing.reverse();
        for step in missing {
            fs::create_dir(step).map_err(failed_to("create", step))?;
            // Whatever root's umask says: a closed folder would be a barrier.
            fs::set_permissions(step, Permissions::from_mode(0o755))
                .map_err(failed_to("open up", step))?;
        }
        Ok(())
    }

    /// Makes `folder`, or takes an existing one, as this account's own and closed to others (0700).
    pub(super) fn make_private(&self, folder: &Path) -> Result<(), EmbeddedError> {
        match DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(failed_to("create", folder)(error));
            }
            _ => {}
        }
        // Not following links: in /tmp anybody may have been here first.
        let found = fs::symlink_metadata(folder).map_err(failed_to("look up", folder))?;
        if !found.is_dir() {
            return Err(failed_to("use", folder)(ErrorKind::NotADirectory.into()));
        }
        let unfinished = self.switch && found.uid() == 0;
        if found.uid() != self.uid && !unfinished {
            return Err(EmbeddedError::Owner {
                path: folder.to_path_buf(),
                owner: found.uid(),
                uid: self.uid,
            });
        }
        fs::set_permissions(folder, Permissions::from_mode(0o700))
            .map_err(failed_to("close", folder))?;
        if unfinished {
            lchown(folder, Some(self.uid), Some(self.gid))
                .map_err(failed_to("give away", folder))?;
        }
        Ok(())
    }

    /// Gives a file that we made to this account: it may read its log, and who asked root once for
    /// a cluster of their own can start it without root the next time.
    pub(super) fn give(&self, file: &File, path: &Path) -> Result<(), EmbeddedError> {
        if !self.switch {
            return Ok(());
        }
        fchown(file, Some(self.uid), Some(self.gid)).map_err(failed_to("give away", path))
    }

    /// Refuses a cluster that another user owns, before PostgreSQL does so in less helpful words.
    pub(super) fn must_own(&self, data: &Path) -> Result<(), EmbeddedError> {
        let owner = fs::metadata(data)
            .map_err(failed_to("look up", data))?
            .uid();
        if owner == self.uid {
            return Ok(());
        }
        Err(EmbeddedError::Owner {
            path: data.to_path_buf(),
            owner,
            uid: self.uid,
        })
    }

    /// Whether files that we make need opening up before this account can read them.
    pub(super) fn is_other(&self) -> bool {
        self.switch
    }
}

/// Uid and gid of `name` in the text of `/etc/passwd`.
fn entry(passwd: &str, name: &str) -> Option<(u32, u32)> {
    // macOS writes nobody's id as -2.
    let id = |text: &str| {
        text.parse::<u32>()
            .ok()
            .or_else(|| text.parse::<i32>().ok().map(i32::cast_unsigned))
    };
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next()? != name {
            return None;
        }
        Some((id(fields.nth(1)?)?, id(fields.next()?)?))
    })
}

/// `folder` as an absolute path whose existing part has no symbolic links, so that every step of it
/// can be judged.
pub(super) fn resolve(folder: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(folder)?;
    for existing in absolute.ancestors() {
        if let Ok(real) = existing.canonicalize() {
            let rest = absolute.strip_prefix(existing).unwrap_or(Path::new(""));
            // Joining an empty rest would add a slash, and PostgreSQL's command line is compared
            // with this path.
            return Ok(if rest.as_os_str().is_empty() {
                real
            } else {
                real.join(rest)
            });
        }
    }
    Ok(absolute)
}

/// Where the cluster of a project goes when no folder is set: `.stm` in the project; as root, when
/// the account that runs PostgreSQL cannot get there (`/root` is closed), a folder under
/// `/var/lib/stm` named after the project's path.
pub fn default_folder(project_folder: &Path) -> PathBuf {
    let project = resolve(project_folder).unwrap_or_else(|_| project_folder.to_path_buf());
    let inside = project.join(".stm");
    match Account::for_folder(&inside) {
        Ok(account) if account.switch && !matches!(account.barrier(&inside), Ok(None)) => {
            Path::new("/var/lib/stm").join(name_of(&project))
        }
        _ => inside,
    }
}

/// A file name for a path: readable, bounded, and different for paths that read alike.
fn name_of(path: &Path) -> String {
    let readable: String = path
        .to_string_lossy()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let end = readable.trim_matches('-');
    let end = &end[end.len().saturating_sub(100)..];
    format!("{}-{}", end.trim_start_matches('-'), short_hash(path))
}

/// Sixteen hexadecimal digits for a path, the same in every version of this program (FNV-1a).
pub(super) fn short_hash(path: &Path) -> String {
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.write(path.as_os_str().as_bytes());
    format!("{:016x}", hash.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read_from_passwd() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\npostgresql:x:7:7::/:\npostgres:x:101:104:,,,:/var/lib:/bin/sh\n\
            nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n";
        assert_eq!(entry(passwd, "postgres"), Some((101, 104)));
        assert_eq!(
            entry(passwd, "nobody"),
            Some((4_294_967_294, 4_294_967_294))
        );
        assert_eq!(entry(passwd, "somebody"), None);
    }

    #[test]
    fn names_of_paths_are_readable_and_distinct() {
        let one = name_of(Path::new("/home/anna/sla monitor"));
        assert!(one.starts_with("home-anna-sla-monitor-"), "{one}");
        assert_ne!(one, name_of(Path::new("/home/anna/sla-monitor")));
        let long = PathBuf::from(format!("/{}", "é/".repeat(300)));
        assert!(name_of(&long).len() <= 117);
    }

    #[test]
    fn hashes_do_not_change_between_versions() {
        assert_eq!(short_hash(Path::new("a")), "af63dc4c8601ec8c");
    }

    #[test]
    fn the_first_closed_folder_is_the_barrier() {
        let top = std::env::temp_dir().join(format!("stm-barrier-{}", std::process::id()));
        let closed = top.join("closed");
        fs::create_dir_all(&closed).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
        let stranger = Account {
            uid: 4_000_000_000,
            gid: 4_000_000_000,
            switch: true,
        };
        assert_eq!(
            stranger.barrier(&closed.join("not/yet")).unwrap(),
            Some(closed.clone())
        );
        fs::set_permissions(&closed, Permissions::from_mode(0o711)).unwrap();
        assert_eq!(stranger.barrier(&closed.join("not/yet")).unwrap(), None);
        fs::remove_dir_all(&top).unwrap();
    }
}
