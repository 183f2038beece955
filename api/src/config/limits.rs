//! What a caller may take.

use std::{num::NonZeroU32, ops::RangeInclusive, path::PathBuf};

use transport::limits::Limits;

use super::given::Given;

/// The most megabytes, and the most files.
const MOST: u32 = 65_535;
/// The most open sockets of an instance.
const MOST_SOCKETS: u32 = 1_000_000;

impl Given {
    /// What a caller may take, by default what [`Limits`] says.
    pub(super) fn limits(&mut self) -> Limits {
        let usual = Limits::default();
        Limits {
            public_per_minute: self
                .parsed("STM_RATE_PUBLIC", rate)
                .unwrap_or(usual.public_per_minute),
            signed_in_per_minute: self
                .parsed("STM_RATE_SIGNED_IN", rate)
                .unwrap_or(usual.signed_in_per_minute),
            proxies: self.parsed("STM_PROXIES", proxies).unwrap_or(usual.proxies),
            sockets: self.parsed("STM_SOCKETS", sockets).unwrap_or(usual.sockets),
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

/// A whole number in a range, which a wrong one is told.
fn whole(text: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    match text.parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        Ok(_) | Err(_) => Err(format!(
            "not a whole number from {} to {}",
            range.start(),
            range.end()
        )),
    }
}

fn rate(text: &str) -> Result<NonZeroU32, String> {
    let requests = whole(text, 1..=u32::MAX)?;
    NonZeroU32::new(requests).ok_or_else(|| "not a whole number above 0".to_owned())
}

fn proxies(text: &str) -> Result<u8, String> {
    let proxies = whole(text, 0..=u32::from(u8::MAX))?;
    Ok(u8::try_from(proxies).unwrap_or(u8::MAX))
}

fn sockets(text: &str) -> Result<usize, String> {
    let sockets = whole(text, 0..=MOST_SOCKETS)?;
    Ok(usize::try_from(sockets).unwrap_or(usize::MAX))
}

/// Bytes of whole megabytes.
fn megabytes(text: &str) -> Result<usize, String> {
    let megabytes = whole(text, 0..=MOST)?;
    Ok(usize::try_from(megabytes).map_or(usize::MAX, |whole| whole * 1024 * 1024))
}

/// Bytes of whole megabytes, one at least: without room no file is ever sent.
fn some_megabytes(text: &str) -> Result<u64, String> {
    Ok(u64::from(whole(text, 1..=MOST)?) * 1024 * 1024)
}

/// One file at least.
fn some_files(text: &str) -> Result<usize, String> {
    let files = whole(text, 1..=MOST)?;
    Ok(usize::try_from(files).unwrap_or(usize::MAX))
}

fn public_only(text: &str) -> Result<(), String> {
    match text {
        "public" => Ok(()),
        _ => Err("it must be \"public\", or absent".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ConfigError, Task, tests::config};

    #[test]
    fn a_number_out_of_its_range_is_answered_by_the_range() {
        let problem = |name, text| {
            let ConfigError(problems) = config(Task::Serve, [(name, text)]).unwrap_err();
            problems[0].what.clone()
        };
        for (name, range) in [
            ("STM_RATE_PUBLIC", "1 to 4294967295"),
            ("STM_RATE_SIGNED_IN", "1 to 4294967295"),
            ("STM_PROXIES", "0 to 255"),
            ("STM_SOCKETS", "0 to 1000000"),
            ("STM_KEPT_MEGABYTES", "0 to 65535"),
            ("STM_TMP_MEGABYTES", "1 to 65535"),
            ("STM_TMP_FILES", "1 to 65535"),
        ] {
            let expected = format!("is \"-1\": not a whole number from {range}");
            assert_eq!(problem(name, "-1"), expected);
            let (least, most) = range.split_once(" to ").unwrap();
            assert!(config(Task::Serve, [(name, least)]).is_ok(), "{name}");
            assert!(config(Task::Serve, [(name, most)]).is_ok(), "{name}");
        }
    }
}
