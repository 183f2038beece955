//! What stories begin with: a period, a draft, a submission, a round, a publication. Each is a
//! mutation whose input is good as it stands; a story sets what matters to it.

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::Client;

/// The reporting period in which stories play.
pub const PERIOD: &str = "2026-2";

/// A mutation with its input, ready to be sent.
#[derive(Debug, Clone)]
#[must_use]
pub struct Change {
    mutation: &'static str,
    input: Value,
}

impl Change {
    /// Sets a field of the input.
    pub fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.input[field] = value.into();
        self
    }

    /// Sends it; it is accepted.
    ///
    /// # Panics
    /// When it is refused or has mistakes.
    pub async fn sent_by(self, client: &Client) {
        client.change(self.mutation, self.input).await;
    }

    /// Sends it; the rules may refuse it.
    ///
    /// # Panics
    /// When the call is refused.
    pub async fn tried_by(self, client: &Client) {
        client.call(self.mutation, "", self.input).await;
    }

    /// Sends it, and gives this selection of its payload; it is accepted.
    ///
    /// # Panics
    /// When it is refused or has mistakes.
    pub async fn read_by(self, client: &Client, selection: &str) -> Value {
        let (mutation, input) = (self.mutation, self.input);
        client.change_and_read(mutation, selection, input).await
    }
}

/// A key that no other mutation of this process has.
fn key() -> String {
    static USED: AtomicUsize = AtomicUsize::new(0);
    format!("key {}", USED.fetch_add(1, Ordering::Relaxed))
}

/// Opens the reporting period on the first of November; it closes on the fifteenth of December.
pub fn a_period() -> Change {
    Change {
        mutation: "openReportingPeriod",
        input: json!({
            "key": PERIOD, "edition": "VOORSTEL-1", "idempotencyKey": key(),
            "opensOn": "2026-11-01", "deadlineOn": "2026-11-30", "lastDay": "2026-12-15",
        }),
    }
}

/// The morning after the last day of [`a_period`].
pub fn after_closing() -> DateTime<Utc> {
    "2026-12-16T09:00:00Z".parse().expect("an instant")
}

/// Registers an area as reporting region, since the beginning of the year.
pub fn a_reporting_region(area: &str) -> Change {
    Change {
        mutation: "registerReportingRegion",
        input: json!({ "area": area, "from": "2026-01-01", "idempotencyKey": key() }),
    }
}

/// Answers that these criteria are met.
#[must_use]
pub fn met(criteria: &[&str]) -> Value {
    let answers = criteria.iter();
    answers
        .map(|code| json!({ "criterion": code, "answer": "MET" }))
        .collect()
}

/// Saves answers in the draft of a municipality.
pub fn a_draft(municipality: &str, answers: impl Into<Value>) -> Change {
    let answers: Value = answers.into();
    Change {
        mutation: "saveDraft",
        input: json!({ "municipality": municipality, "period": PERIOD, "answers": answers }),
    }
}

/// Submits the assessment of a municipality.
pub fn a_submission(municipality: &str) -> Change {
    Change {
        mutation: "submitAssessment",
        input: json!({
            "municipality": municipality, "period": PERIOD, "idempotencyKey": key(),
            "approvedByFunction": "Portefeuillehouder veiligheid", "approvedOn": "2026-11-20",
        }),
    }
}

/// Claims the review of an assessment.
pub fn a_claim(municipality: &str) -> Change {
    Change {
        mutation: "claimReview",
        input: json!({ "municipality": municipality, "period": PERIOD, "idempotencyKey": key() }),
    }
}

/// Confirms a version of an assessment.
pub fn a_confirmation(municipality: &str, version: i32) -> Change {
    Change {
        mutation: "confirmAssessment",
        input: json!({
            "municipality": municipality, "period": PERIOD, "version": version,
            "idempotencyKey": key(),
        }),
    }
}

/// Opens the monitoring round of 2026.
pub fn a_round() -> Change {
    Change {
        mutation: "openMonitoringRound",
        input: json!({
            "key": "2026-1", "idempotencyKey": key(),
            "titleNl": "Monitoringsoverzicht 2026", "titleEn": "Monitoring overview 2026",
            "dateEarliest": "2026-05-01", "dateLatest": "2026-10-31",
        }),
    }
}

/// Reports the status of an action in the monitoring round of 2026.
pub fn a_report(action: i32, status: &str) -> Change {
    Change {
        mutation: "reportStatus",
        input: json!({
            "round": "2026-1", "action": action, "status": status, "idempotencyKey": key(),
        }),
    }
}

/// Prepares a publication of a kind about a period, a round or a plan.
pub fn a_publication(kind: &str, about: &str) -> Change {
    Change {
        mutation: "preparePublication",
        input: json!({ "kind": kind, "about": about, "idempotencyKey": key() }),
    }
}

/// Publishes what was prepared.
pub fn a_release(publication: &str) -> Change {
    Change {
        mutation: "publish",
        input: json!({ "publication": publication, "idempotencyKey": key() }),
    }
}
