//! What a caller may take of the service, and what the service takes of its machine; an operator
//! may set each of these.

use std::{num::NonZeroU32, path::PathBuf, time::Duration};

use feeds::file::room::Room;

/// Bounds on callers, their sockets and the streams in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Requests a minute of an address without a token (`STM_RATE_PUBLIC`).
    pub public_per_minute: NonZeroU32,
    /// Requests a minute of somebody signed in (`STM_RATE_SIGNED_IN`).
    pub signed_in_per_minute: NonZeroU32,
    /// Proxies of our own before the service (`STM_PROXIES`): how many of the last addresses in
    /// `X-Forwarded-For` are to be believed. With 0 neither it nor `X-Forwarded-Proto` is looked
    /// at, because anybody can send them.
    pub proxies: u8,
    /// Open sockets of this instance (`STM_SOCKETS`).
    pub sockets: usize,
    /// Open sockets of one address.
    pub sockets_of_an_address: usize,
    /// Streams of one socket.
    pub streams: usize,
    /// Bytes of answers that are kept ready (`STM_KEPT_MEGABYTES`), of all roles together; with 0
    /// each is computed.
    pub kept_bytes: usize,
    /// The folder of files that are written before they are sent (`STM_TMP_DIR`): workbooks and
    /// Parquet of feeds. They have no name there, and are gone when their answer ends.
    pub tmp_folder: PathBuf,
    /// Bytes of all these files together (`STM_TMP_MEGABYTES`).
    pub tmp_bytes: u64,
    /// How many of them are written or sent at once (`STM_TMP_FILES`).
    pub tmp_files: usize,
    /// How long a client may take to take in such a file before it is cut.
    pub file_within: Duration,
    /// Rows of a sheet of a workbook, its header included: as many as Excel opens.
    pub sheet_rows: u32,
    /// Whether the public may ask trusted documents only (`STM_TRUSTED_ONLY`).
    pub public_trusted_only: bool,
    /// How long a socket may be silent before its `connection_init`.
    pub init_within: Duration,
    /// How long a client may take to take in a message before it is cut.
    pub slowest_client: Duration,
}

impl Limits {
    /// The room for files that are written before they are sent.
    #[must_use]
    pub fn room(&self) -> Room {
        Room::new(&self.tmp_folder, self.tmp_files, self.tmp_bytes)
    }
}

impl Default for Limits {
    /// Room for a busy website behind one address, and for a thousand dashboards that stay open.
    fn default() -> Self {
        Self {
            public_per_minute: const { NonZeroU32::new(1_200).unwrap() },
            signed_in_per_minute: const { NonZeroU32::new(2_400).unwrap() },
            proxies: 0,
            sockets: 1_000,
            sockets_of_an_address: 100,
            streams: 20,
            kept_bytes: 48 * 1024 * 1024,
            tmp_folder: PathBuf::from("/tmp"),
            tmp_bytes: 512 * 1024 * 1024,
            tmp_files: 8,
            file_within: Duration::from_secs(10 * 60),
            sheet_rows: 1_048_576,
            public_trusted_only: false,
            init_within: Duration::from_secs(5),
            slowest_client: Duration::from_secs(10),
        }
    }
}
