//! The columns of publications: of each kind one list, whatever a publication of it contains, so
//! that its table can be read by whoever read the one before.

use domain::publication::{codes::PublicationKind, lines::EXPLANATION};

/// The columns of a kind of publication, in the order of the files.
pub(super) fn of(kind: PublicationKind) -> Vec<String> {
    let columns = match kind {
        PublicationKind::CompliancePicture => PICTURE.as_slice(),
        PublicationKind::MonitoringOverview => OVERVIEW.as_slice(),
        PublicationKind::Budget => BUDGET.as_slice(),
    };
    columns.iter().map(|&column| column.to_owned()).collect()
}

/// Those of a picture.
const PICTURE: [&str; 24] = [
    "members",
    "not_assessed",
    "not_compliant",
    "partly_compliant",
    "compliant",
    "on_time",
    "late",
    "missing",
    "exempt",
    "met",
    "partly_met",
    "not_met",
    "not_applicable",
    "unknown",
    "status",
    "status_label_nl",
    "status_label_en",
    "since",
    "judged_from",
    "submission",
    "submission_label_nl",
    "submission_label_en",
    "waiting_since",
    "response",
];

/// Those of an overview.
const OVERVIEW: [&str; 33] = [
    "line",
    "title_nl",
    "title_en",
    "actions",
    "completed",
    "in_progress",
    "in_progress_delayed",
    "ongoing",
    "not_started",
    "monitoring",
    "monitoring_label_nl",
    "monitoring_label_en",
    "status",
    "status_label_nl",
    "status_label_en",
    EXPLANATION,
    "period",
    "delay_amount",
    "delay_cause",
    "delay_cause_state",
    "delay_cause_label_nl",
    "delay_cause_label_en",
    "years",
    "relations",
    "relations_nl",
    "relations_en",
    "deadline",
    "deadline_on",
    "reported_by",
    "source_document",
    "source_title_nl",
    "source_title_en",
    "source_lines",
];

/// Those of a budget.
const BUDGET: [&str; 7] = ["year", "sheet", "row", "kind", "state", "printed", "euros"];
