//! What one transaction read of others by privilege, told in one line when it ends: who by
//! organisation and never by person, of whom, and no words of theirs. [`policy::is_privileged`]
//! says what a privilege is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use super::Session;
use domain::policy::{self, Rule};

/// Subjects that a line names; the others it counts.
const NAMED: usize = 20;

/// The subjects that were read, by the code of the rule.
#[derive(Debug, Default)]
pub(super) struct Privileged(Mutex<BTreeMap<&'static str, BTreeSet<String>>>);

impl Session {
    /// Notes that rows of others were read under a rule, when that is privileged: `subjects` are
    /// theirs, as in `GM0402/2026-2`.
    pub fn note_read(&self, rule: Rule, subjects: impl IntoIterator<Item = String>) {
        if policy::is_privileged(self.mandate(), rule) {
            let mut read = self
                .privileged
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            read.entry(rule.code()).or_default().extend(subjects);
        }
    }

    /// Writes one line for each rule under which rows of others were read.
    pub(super) fn log_privileged(&self) {
        let mut read = self
            .privileged
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let role = self.mandate().role();
        for (rule, subjects) in std::mem::take(&mut *read) {
            let first: Vec<&str> = subjects.iter().take(NAMED).map(String::as_str).collect();
            tracing::info!(
                target: "audit",
                role = role.kind().code(),
                organisation = role.organisation().unwrap_or_default(),
                rule,
                subjects = subjects.len(),
                first = first.join(" "),
                ledger = self.moment().ledger,
                "privileged read"
            );
        }
    }
}
