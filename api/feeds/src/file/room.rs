//! The room for files that are written before they are sent: one folder, so many files and so many
//! bytes at once.
//!
//! A file has no name from the moment it is made on, so nobody else opens it, and the system takes
//! its bytes back when the answer ends, when a client goes away and when the process is killed:
//! there is nothing to clear up at a start.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The room that a service has.
#[derive(Debug)]
pub struct Room {
    folder: PathBuf,
    most_files: usize,
    most_bytes: u64,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    files: usize,
    bytes: u64,
}

/// Why there is no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// As many files are being written and sent as may be.
    Files,
    /// Other files have the bytes.
    Bytes,
    /// The file alone is larger than all of the room.
    Larger,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    /// Room for so many files of together so many bytes in a folder.
    pub fn new(folder: &Path, most_files: usize, most_bytes: u64) -> Self {
        Self {
            folder: folder.to_owned(),
            most_files,
            most_bytes,
            used: Mutex::default(),
        }
    }

    /// That a file can be made in the folder.
    ///
    /// # Errors
    /// When it cannot.
    pub fn check(&self) -> io::Result<()> {
        tempfile::tempfile_in(&self.folder).map(drop)
    }

    /// Room for one more file.
    ///
    /// # Errors
    /// When there are as many as may be.
    pub fn reserve(self: &Arc<Self>) -> Result<Reserved, Full> {
        let mut used = locked(&self.used);
        if used.files >= self.most_files {
            return Err(Full::Files);
        }
        used.files += 1;
        Ok(Reserved(Arc::new(Share {
            room: self.clone(),
            taken: Mutex::default(),
        })))
    }

    /// How many files and bytes are in use.
    pub fn in_use(&self) -> (usize, u64) {
        let used = locked(&self.used);
        (used.files, used.bytes)
    }
}

/// The room of one file, which is given back when the last of its holders is dropped.
#[derive(Debug, Clone)]
pub struct Reserved(Arc<Share>);

#[derive(Debug)]
struct Share {
    room: Arc<Room>,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    bytes: u64,
    full: Option<Full>,
}

impl Reserved {
    /// Takes so many bytes more.
    pub(super) fn take(&self, bytes: u64) -> Result<(), Full> {
        let Share { room, taken } = &*self.0;
        let mut taken = locked(taken);
        let mut used = locked(&room.used);
        let full = if taken.bytes + bytes > room.most_bytes {
            Some(Full::Larger)
        } else if used.bytes + bytes > room.most_bytes {
            Some(Full::Bytes)
        } else {
            None
        };
        if let Some(full) = full {
            taken.full = Some(full);
            return Err(full);
        }
        taken.bytes += bytes;
        used.bytes += bytes;
        Ok(())
    }

    /// Gives so many bytes back.
    pub(super) fn give_back(&self, bytes: u64) {
        let Share { room, taken } = &*self.0;
        let mut taken = locked(taken);
        let bytes = bytes.min(taken.bytes);
        taken.bytes -= bytes;
        locked(&room.used).bytes -= bytes;
    }

    /// Why bytes were refused, if they were.
    pub(super) fn refused(&self) -> Option<Full> {
        locked(&self.0.taken).full
    }

    /// A file in the room, and the folder of it.
    pub(super) fn file(&self) -> io::Result<Counted> {
        Ok(Counted {
            file: tempfile::tempfile_in(self.folder())?,
            reserved: self.clone(),
        })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.0.room.folder
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let bytes = locked(&self.taken).bytes;
        let mut used = locked(&self.room.used);
        used.bytes -= bytes;
        used.files -= 1;
    }
}

/// A file of which each byte is counted before it is written.
#[derive(Debug)]
pub(super) struct Counted {
    file: File,
    reserved: Reserved,
}

impl Counted {
    pub(super) fn into_file(self) -> File {
        self.file
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let wanted = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if self.reserved.take(wanted).is_err() {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        let written = self.file.write(bytes)?;
        let less = wanted - u64::try_from(written).unwrap_or(wanted);
        self.reserved.give_back(less);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_bytes_are_bounded_together_and_given_back() {
        let room = Arc::new(Room::new(Path::new("/tmp"), 2, 100));
        let one = room.reserve().unwrap();
        let other = room.reserve().unwrap();
        assert_eq!(room.reserve().unwrap_err(), Full::Files);
        one.take(60).unwrap();
        assert_eq!(other.take(50), Err(Full::Bytes));
        assert_eq!(other.refused(), Some(Full::Bytes));
        assert_eq!(other.take(101), Err(Full::Larger));
        other.take(40).unwrap();
        assert_eq!(room.in_use(), (2, 100));
        one.give_back(10);
        assert_eq!(room.in_use(), (2, 90));
        let held = one.clone();
        drop(one);
        assert_eq!(room.in_use(), (2, 90));
        drop(held);
        assert_eq!(room.in_use(), (1, 40));
        drop(other);
        assert_eq!(room.in_use(), (0, 0));
    }

    #[test]
    fn a_counted_file_refuses_what_has_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let room = Arc::new(Room::new(folder.path(), 1, 10));
        room.check().unwrap();
        let reserved = room.reserve().unwrap();
        let mut file = reserved.file().unwrap();
        file.write_all(b"0123456789").unwrap();
        file.write_all(b"0").unwrap_err();
        assert_eq!(reserved.refused(), Some(Full::Larger));
        // What is written has no name.
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
        assert!(Room::new(Path::new("/nowhere"), 1, 1).check().is_err());
    }
}
