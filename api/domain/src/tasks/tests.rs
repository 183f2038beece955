//! Tasks in words, and in their order.

use chrono::NaiveDate;

use super::rules::*;
use crate::text::Text;

#[test]
fn a_task_is_called_by_the_titles_of_its_subject() {
    let titled = |kind, subject: &str| {
        let found = Found {
            kind,
            subject: subject.to_owned(),
            municipality: None,
            since: NaiveDate::MIN,
            due: None,
        };
        let titles = found.names().into_iter().map(|name| {
            let title = format!("<{}>", name.key);
            (name, Text::new(title.as_str(), title.as_str()))
        });
        found.title(&titles.collect()).nl
    };
    assert_eq!(
        titled(TaskKind::SubmitAssessment, "GM0402/2026-2"),
        "De beoordeling van <GM0402> over rapportageperiode 2026-2"
    );
    assert_eq!(
        titled(TaskKind::AnswerQuestion, "GM0402/2026-2/1"),
        "Vraag 1 over de beoordeling van <GM0402> over rapportageperiode 2026-2"
    );
    assert_eq!(
        titled(TaskKind::RenewEvidence, "GM0402/2026-2/SV-01"),
        "Het bewijs bij SV-01 in de beoordeling van <GM0402> over rapportageperiode 2026-2"
    );
    assert_eq!(
        titled(TaskKind::RespondToVerdict, "compliance-2026-2-1/GM0402"),
        "Het oordeel over <GM0402> in de publicatie <compliance-2026-2-1>"
    );
    assert_eq!(
        titled(TaskKind::ReviewRegionalAnswer, "VR14/VOORSTEL-1/OH-01"),
        "Het antwoord van <VR14> op criterium OH-01 (<VOORSTEL-1/OH-01>)"
    );
    assert_eq!(
        titled(TaskKind::ReportStatus, "2026-1/2024/33"),
        "De rapportage over actie 33 (<2024/33>) in de open monitoringsronde “<2026-1>”"
    );
    assert_eq!(
        titled(TaskKind::HoldRegionalMeeting, "VR14/2026/OFFICIAL"),
        "Het ambtelijk overleg van <VR14> in 2026"
    );
    assert_eq!(
        titled(TaskKind::SubmitRegionalReport, "VR14/2026-2"),
        "De halfjaarrapportage 2026-2 van <VR14>"
    );
    assert_eq!(
        titled(TaskKind::ResolveRegionalBottleneck, "VR14/1"),
        "Knelpunt 1 van <VR14>"
    );
}

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
