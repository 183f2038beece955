//! What one transaction read of others by privilege, told in one line when it ends: who by
//! organisation and never by person, of whom, and no words of theirs. [`policy::is_privileged`]
//! says what a privilege is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use super::Session;
use domain::policy::{self, Rule};

/// Subjects that a line names; the others it counts.
const NAMED: usize = 20;

/// The subjects that were read, by the code of the rule.
#[derive(Debug, Default)]
pub(super) struct Privileged(Mutex<Subjects>);

type Subjects = BTreeMap<&'static str, BTreeSet<String>>;

/// What was read of others by privilege, and by whom: logged when it is read, and again when an
/// answer that tells it is given again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrivilegedReads {
    role: &'static str,
    organisation: String,
    ledger: i64,
    subjects: Arc<Subjects>,
}

impl PrivilegedReads {
    /// Writes one line for each rule under which rows of others were read.
    pub fn log(&self) {
        for (rule, subjects) in self.subjects.iter() {
            let first: Vec<&str> = subjects.iter().take(NAMED).map(String::as_str).collect();
            tracing::info!(
                target: "audit",
                event = "privileged_read",
                role = self.role,
                organisation = self.organisation,
                rule,
                subjects = subjects.len(),
                first = first.join(" "),
                ledger = self.ledger,
                "privileged read"
            );
        }
    }

    /// How many bytes the names of those who were read take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let subjects = self.subjects.values().flatten();
        subjects.map(String::len).sum()
    }
}

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

    /// What was read of others by privilege so far.
    #[must_use]
    pub fn privileged_reads(&self) -> PrivilegedReads {
        let read = &self.privileged.0;
        let subjects = read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let role = self.mandate().role();
        PrivilegedReads {
            role: role.kind().code(),
            organisation: role.organisation().unwrap_or_default(),
            ledger: self.moment().ledger,
            subjects: Arc::new(subjects),
        }
    }

    /// Logs what was read of others by privilege, at the end of the transaction.
    pub(super) fn log_privileged(&self) {
        self.privileged_reads().log();
    }
}
