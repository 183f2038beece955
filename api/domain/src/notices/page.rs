//! Where somebody looks who is told of a task.

use crate::tasks::rules::TaskKind;

/// The path of the page of what a task is about, in Dutch; of what has no public page of its own,
/// that of what it belongs to.
#[must_use]
pub fn path_of(kind: TaskKind, subject: &str, municipality: Option<&str>) -> String {
    let first = subject.split('/').next().unwrap_or_default();
    match kind {
        TaskKind::AcceptOnBehalf
        | TaskKind::AnswerQuestion
        | TaskKind::FillDraft
        | TaskKind::RecordAdoption
        | TaskKind::ResolveConflict
        | TaskKind::ResubmitAssessment
        | TaskKind::ReviewAssessment
        | TaskKind::SubmitAssessment => {
            format!("/gemeenten/{}", municipality.unwrap_or(first))
        }
        TaskKind::AmendRegionalAnswer
        | TaskKind::ConfirmRegionalReport
        | TaskKind::HoldRegionalMeeting
        | TaskKind::RenewRegionalAnswer
        | TaskKind::ResolveRegionalBottleneck
        | TaskKind::ReviewRegionalAnswer
        | TaskKind::SubmitRegionalReport => format!("/regios/{first}"),
        // What is not published yet has no page.
        TaskKind::Publish | TaskKind::RespondToVerdict => "/publicaties".to_owned(),
        TaskKind::ReportStatus => match subject.split('/').collect::<Vec<_>>()[..] {
            [_round, plan, number] => format!("/plannen/{plan}/acties/{number}"),
            _ => "/".to_owned(),
        },
        TaskKind::CloseRound => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_leads_to_the_page_of_what_it_is_about() {
        for (kind, subject, municipality, path) in [
            (
                TaskKind::SubmitAssessment,
                "GM0402/2026-2",
                Some("GM0402"),
                "/gemeenten/GM0402",
            ),
            (
                TaskKind::AnswerQuestion,
                "GM0402/2026-2/1",
                None,
                "/gemeenten/GM0402",
            ),
            (
                TaskKind::HoldRegionalMeeting,
                "VR14/2026/OFFICIAL",
                None,
                "/regios/VR14",
            ),
            (
                TaskKind::ReportStatus,
                "2026-1/2024/33",
                None,
                "/plannen/2024/acties/33",
            ),
            (
                TaskKind::RespondToVerdict,
                "compliance-2026-2-1/GM0402",
                Some("GM0402"),
                "/publicaties",
            ),
            (TaskKind::CloseRound, "2026-1", None, "/"),
        ] {
            assert_eq!(path_of(kind, subject, municipality), path, "{kind:?}");
        }
    }
}
