//! What the service writes to its log, kept for tests to read.

use std::{
    io,
    sync::{Mutex, OnceLock, PoisonError},
};

use serde_json::Value;
use tracing_subscriber::{
    Layer as _, filter::LevelFilter, filter::Targets, fmt::MakeWriter, layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// The target of the lines for auditors.
const AUDIT: &str = "audit";

static KEPT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Keeps what is written.
#[derive(Debug, Clone, Copy)]
struct Kept;

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        KEPT.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

/// Keeps the lines of this process from now on: those for auditors, and the warnings and errors for
/// whoever runs the service. All its tests write them, so look for your own.
///
/// # Panics
/// When somebody else listens already.
pub fn keep_log_lines() {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        let targets = Targets::new()
            .with_target(AUDIT, LevelFilter::TRACE)
            .with_default(LevelFilter::WARN);
        let lines = tracing_subscriber::fmt::layer()
            .json()
            .flatten_event(true)
            .with_writer(Kept)
            .with_filter(targets);
        tracing_subscriber::registry()
            .with(lines)
            .try_init()
            .expect("nobody else listens");
    });
}

/// The lines for auditors kept so far that name a subject, as JSON.
#[must_use]
pub fn audit_lines(subject: &str) -> Vec<Value> {
    lines(subject, |target| target == AUDIT)
}

/// The warnings and errors kept so far that hold a text, as JSON.
#[must_use]
pub fn log_lines(text: &str) -> Vec<Value> {
    lines(text, |target| target != AUDIT)
}

fn lines(text: &str, of: impl Fn(&str) -> bool) -> Vec<Value> {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    String::from_utf8_lossy(&kept)
        .lines()
        .filter(|line| line.contains(text))
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &Value| line["target"].as_str().is_some_and(&of))
        .collect()
}
