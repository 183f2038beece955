//! Where somebody looks who is told of a task.

use crate::tasks::rules::TaskKind;

/// The path of the page of what a task is about, in Dutch: within the workplace where it is done
/// there, else of what has no public page of its own that of what it belongs to.
#[must_use]
pub fn path_of(kind: TaskKind, subject: &str) -> String {
    let mut parts = subject.split('/');
    let first = parts.next().unwrap_or_default();
    let second = parts.next().unwrap_or_default();
    match kind {
        TaskKind::AcceptOnBehalf
        | TaskKind::AnswerQuestion
        | TaskKind::FillDraft
        | TaskKind::RenewEvidence
        | TaskKind::ResolveConflict
        | TaskKind::ResubmitAssessment
        | TaskKind::SubmitAssessment => format!("/werkplek/beoordelingen/{first}/{second}"),
        TaskKind::RecordAdoption => format!("/werkplek/beoordelingen/{first}/{second}/besluit"),
        TaskKind::ReviewAssessment => format!("/werkplek/controle/{second}/{first}"),
        TaskKind::AmendRegionalAnswer
        | TaskKind::ConfirmRegionalReport
        | TaskKind::HoldRegionalMeeting
        | TaskKind::RenewRegionalAnswer
        | TaskKind::RenewRegionalEvidence
        | TaskKind::ResolveRegionalBottleneck
        | TaskKind::ReviewRegionalAnswer
        | TaskKind::SubmitRegionalReport => format!("/regios/{first}"),
        // What is not published yet has no page.
        TaskKind::Publish | TaskKind::RespondToVerdict => "/publicaties".to_owned(),
        TaskKind::ReportStatus => match subject.split('/').collect::<Vec<_>>()[..] {
            [_round, plan, number] => format!("/plannen/{plan}/acties/{number}"),
            _ => "/".to_owned(),
        },
        TaskKind::CloseRound | TaskKind::CompleteRound => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_leads_to_the_page_of_what_it_is_about() {
        for (kind, subject, path) in [
            (
                TaskKind::SubmitAssessment,
                "GM0402/2026-2",
                "/werkplek/beoordelingen/GM0402/2026-2",
            ),
            (
                TaskKind::AnswerQuestion,
                "GM0402/2026-2/1",
                "/werkplek/beoordelingen/GM0402/2026-2",
            ),
            (
                TaskKind::RecordAdoption,
                "GM0402/2026-2",
                "/werkplek/beoordelingen/GM0402/2026-2/besluit",
            ),
            (
                TaskKind::ReviewAssessment,
                "GM0402/2026-2",
                "/werkplek/controle/2026-2/GM0402",
            ),
            (
                TaskKind::HoldRegionalMeeting,
                "VR14/2026/OFFICIAL",
                "/regios/VR14",
            ),
            (
                TaskKind::ReportStatus,
                "2026-1/2024/33",
                "/plannen/2024/acties/33",
            ),
            (
                TaskKind::RespondToVerdict,
                "compliance-2026-2-1/GM0402",
                "/publicaties",
            ),
            (TaskKind::CloseRound, "2026-1", "/"),
        ] {
            assert_eq!(path_of(kind, subject), path, "{kind:?}");
        }
    }
}
