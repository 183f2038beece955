//! Tasks as plain values: which kinds there are, who does them by which mutation, in which order they are told.

use async_graphql::Enum;
use chrono::NaiveDate;

/// What is to be done. NL: soort taak.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TaskKind {
    /// A municipality has not handed in its assessment. NL: beoordeling indienen.
    SubmitAssessment,
    /// A member of a region has not handed in its assessment; the region may fill its draft. NL: concept invullen.
    FillDraft,
    /// A municipality may respond to the verdict that will be published. NL: reageren op oordeel.
    RespondToVerdict,
    /// VNG has not reviewed a version. NL: beoordeling behandelen.
    ReviewAssessment,
    /// The owner of an action has not reported on it in an open round. NL: stand rapporteren.
    ReportStatus,
    /// A round is over and not closed. NL: ronde sluiten.
    CloseRound,
    /// A publication is prepared and its term to respond, if it has one, is over. NL: publiceren.
    Publish,
}

impl TaskKind {
    /// The kind in words.
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::SubmitAssessment => ("Beoordeling indienen", "Submit the assessment"),
            Self::FillDraft => ("Concept invullen", "Fill the draft"),
            Self::RespondToVerdict => (
                "Reageren op het te publiceren oordeel",
                "Respond to the verdict to be published",
            ),
            Self::ReviewAssessment => ("Beoordeling behandelen", "Review the assessment"),
            Self::ReportStatus => ("Stand van de actie rapporteren", "Report on the action"),
            Self::CloseRound => ("Monitoringsronde sluiten", "Close the monitoring round"),
            Self::Publish => ("Publiceren", "Publish"),
        }
    }

    /// The mutation that clears it.
    pub(super) fn mutation(self) -> &'static str {
        match self {
            Self::SubmitAssessment => "submitAssessment",
            Self::FillDraft => "saveDraft",
            Self::RespondToVerdict => "respondToVerdict",
            Self::ReviewAssessment => "claimReview",
            Self::ReportStatus => "reportStatus",
            Self::CloseRound => "closeMonitoringRound",
            Self::Publish => "publish",
        }
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) kind: TaskKind,
    /// The key of what it is about, as in `GM0402/2026-2` or `2026-1/2024/33`.
    pub(super) subject: String,
    pub(super) municipality: Option<String>,
    pub(super) since: NaiveDate,
    pub(super) due: Option<NaiveDate>,
}

impl Found {
    /// Whether its last day has passed.
    pub(super) fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due.is_some_and(|due| due < today)
    }
}

/// What is due first stands first; what is never due stands by its age.
pub(super) fn in_order(mut tasks: Vec<Found>) -> Vec<Found> {
    tasks.sort_by(|a, b| {
        let place = |task: &Found| (task.due.unwrap_or(NaiveDate::MAX), task.since, task.kind);
        place(a)
            .cmp(&place(b))
            .then_with(|| a.subject.cmp(&b.subject))
    });
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_first_stands_first() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let task = |subject: &str, since: &str, due: Option<&str>| Found {
            kind: TaskKind::ReviewAssessment,
            subject: subject.to_owned(),
            municipality: None,
            since: day(since),
            due: due.map(day),
        };
        let tasks = in_order(vec![
            task("never, young", "2026-11-02", None),
            task("never, old", "2026-11-01", None),
            task("late", "2026-11-10", Some("2026-12-01")),
            task("soon", "2026-11-11", Some("2026-11-30")),
        ]);
        let subjects: Vec<&str> = tasks.iter().map(|task| task.subject.as_str()).collect();
        assert_eq!(subjects, ["soon", "late", "never, old", "never, young"]);
        assert!(tasks[0].is_overdue(day("2026-12-01")));
        assert!(!tasks[0].is_overdue(day("2026-11-30")));
        assert!(!tasks[2].is_overdue(day("2030-01-01")));
    }
}
