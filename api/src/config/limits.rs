//! What a caller may take.

use std::{num::NonZeroU16, path::PathBuf};

use transport::limits::Limits;

use super::given::Given;

impl Given {
    /// What a caller may take, by default what [`Limits`] says.
    pub(super) fn limits(&mut self) -> Limits {
        let usual = Limits::default();
        Limits {
            public_per_minute: self
                .parsed("STM_RATE_PUBLIC", number)
                .unwrap_or(usual.public_per_minute),
            signed_in_per_minute: self
                .parsed("STM_RATE_SIGNED_IN", number)
                .unwrap_or(usual.signed_in_per_minute),
            proxies: self.parsed("STM_PROXIES", number).unwrap_or(usual.proxies),
            sockets: self.parsed("STM_SOCKETS", number).unwrap_or(usual.sockets),
            kept_bytes: self
                .parsed("STM_KEPT_MEGABYTES", megabytes)
                .unwrap_or(usual.kept_bytes),
            tmp_folder: self
                .text("STM_TMP_DIR")
                .map_or(usual.tmp_folder, PathBuf::from),
            tmp_bytes: self
                .parsed("STM_TMP_MEGABYTES", some_megabytes)
                .unwrap_or(usual.tmp_bytes),
            tmp_files: self
                .parsed("STM_TMP_FILES", some_files)
                .unwrap_or(usual.tmp_files),
            public_trusted_only: self.parsed("STM_TRUSTED_ONLY", public_only).is_some(),
            ..usual
        }
    }
}

/// A number in the range of its type.
fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse()
        .map_err(|_| "not a number, or not one that makes sense here".to_owned())
}

/// Bytes of whole megabytes.
fn megabytes(text: &str) -> Result<usize, String> {
    let whole: u16 = number(text)?;
    Ok(usize::from(whole) * 1024 * 1024)
}

/// Bytes of whole megabytes, one at least: without room no file is ever sent.
fn some_megabytes(text: &str) -> Result<u64, String> {
    let whole: NonZeroU16 = number(text)?;
    Ok(u64::from(whole.get()) * 1024 * 1024)
}

/// One file at least.
fn some_files(text: &str) -> Result<usize, String> {
    let files: NonZeroU16 = number(text)?;
    Ok(usize::from(files.get()))
}

fn public_only(text: &str) -> Result<(), String> {
    match text {
        "public" => Ok(()),
        _ => Err("it must be \"public\", or absent".to_owned()),
    }
}
