//! What the process takes of its machine, as Linux tells it under `/proc`; nothing elsewhere.

use std::fs;

use super::text::{Text, counter, gauge};

/// The process.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Process {
    cpu_seconds: f64,
    resident_bytes: u64,
    threads: u64,
    open_files: usize,
    /// The most files that it may have open; none where there is no limit.
    most_files: Option<u64>,
    started_at: f64,
}

impl Process {
    pub(super) fn read() -> Option<Self> {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        let system = fs::read_to_string("/proc/stat").ok()?;
        let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let open_files = fs::read_dir("/proc/self/fd").ok()?.count();
        let boot = system
            .lines()
            .find_map(|line| line.strip_prefix("btime "))?
            .trim()
            .parse()
            .ok()?;
        let ticks = rustix::param::clock_ticks_per_second();
        let page = u64::try_from(rustix::param::page_size()).ok()?;
        let process = parse(&stat, Units { ticks, page, boot })?;
        Some(Self {
            open_files,
            most_files: most_files(&limits),
            ..process
        })
    }

    pub(super) fn write_to(&self, text: &mut Text) {
        text.metric(&counter(
            "process_cpu_seconds_total",
            "Seconds of processors that the process used.",
            self.cpu_seconds,
        ));
        text.metric(&gauge(
            "process_resident_memory_bytes",
            "Bytes of memory that the process holds.",
            self.resident_bytes,
        ));
        text.metric(&gauge(
            "process_threads",
            "Threads of the process.",
            self.threads,
        ));
        text.metric(&gauge(
            "process_open_fds",
            "Files and connections that the process has open.",
            self.open_files,
        ));
        if let Some(most) = self.most_files {
            text.metric(&gauge(
                "process_max_fds",
                "Files and connections that it may have open.",
                most,
            ));
        }
        text.metric(&gauge(
            "process_start_time_seconds",
            "When the process started.",
            self.started_at,
        ));
    }
}

/// In what Linux counts.
#[derive(Debug, Clone, Copy)]
struct Units {
    /// Ticks of a second.
    ticks: u64,
    /// Bytes of a page.
    page: u64,
    /// When the machine started, in seconds since 1970.
    boot: u64,
}

/// Reads `/proc/self/stat`: the name of the program stands in brackets and may hold anything, so
/// counting begins behind the last one.
fn parse(stat: &str, units: Units) -> Option<Process> {
    let (_, rest) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    // By `man proc`, of which field 3 is the first here.
    let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
    let seconds = |ticks: u64| ticks as f64 / units.ticks as f64;
    Some(Process {
        cpu_seconds: seconds(field(14)? + field(15)?),
        threads: field(20)?,
        started_at: units.boot as f64 + seconds(field(22)?),
        resident_bytes: field(24)? * units.page,
        open_files: 0,
        most_files: None,
    })
}

/// The soft limit in `/proc/self/limits`.
fn most_files(limits: &str) -> Option<u64> {
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_linux_tells_is_read() {
        let stat = "41 (stm) (x) S 1 41 41 0 -1 4194560 1 0 0 0 150 25 0 0 20 0 9 0 1000 \
                    900000 300 18446744073709551615";
        let units = Units {
            ticks: 100,
            page: 4096,
            boot: 1_800_000_000,
        };
        let process = parse(stat, units).unwrap();
        assert_eq!(
            process,
            Process {
                cpu_seconds: 1.75,
                resident_bytes: 300 * 4096,
                threads: 9,
                open_files: 0,
                most_files: None,
                started_at: 1_800_000_010.0,
            }
        );
        assert_eq!(parse("41 (stm) S 1", units), None);
        let limits = "Limit  Soft Limit  Hard Limit  Units\nMax open files  1024  524288  files\n";
        assert_eq!(most_files(limits), Some(1024));
        assert_eq!(
            most_files("Max open files  unlimited  unlimited  files"),
            None
        );
    }

    #[test]
    fn this_process_has_memory_and_files() {
        let process = Process::read().unwrap();
        assert!(process.resident_bytes > 1_000_000 && process.open_files > 2);
        assert!(process.threads > 0 && process.cpu_seconds >= 0.0);
    }
}
