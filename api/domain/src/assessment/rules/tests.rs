use super::*;
use crate::verdict::rules::{CriterionRule, CriterionScope, EditionState};

fn edition() -> Edition {
    let rule = |code: &str, answered_by| CriterionRule {
        code: code.to_owned(),
        required: true,
        scope: CriterionScope::RegionalAllowed,
        answered_by,
        not_applicable_allowed: code == "OH-03",
        review_months: None,
    };
    Edition {
        code: "E".to_owned(),
        state: EditionState::Proposed,
        rule_set: "VOORSTEL-2".to_owned(),
        norm_months: 48,
        norm_endorsed: false,
        inheritance_grace_months: 24,
        criteria: vec![
            rule("BB-01", AnsweredBy::Computed),
            rule("BB-03", AnsweredBy::Municipality),
            rule("OH-03", AnsweredBy::Municipality),
            rule("SK-01", AnsweredBy::Region),
        ],
    }
}

fn request_of(criterion: &str, answer: AnswerValue) -> GivenAnswer<'_> {
    GivenAnswer {
        criterion,
        answer,
        explanation: None,
        evidence: None,
        revision: None,
        kept: None,
    }
}

fn codes(answers: &[GivenAnswer<'_>]) -> Vec<(AnswerMistake, String)> {
    let edition = edition();
    let measure = Measure {
        edition: &edition,
        kinds: &[("BB-03".to_owned(), vec!["POLICY_DOCUMENT".to_owned()])],
        today: "2026-11-22".parse().unwrap(),
    };
    check_answers(measure, answers)
        .into_iter()
        .map(|mistake| (mistake.code, mistake.field.join(".")))
        .collect()
}

#[test]
fn good_answers_pass() {
    let answers = [
        request_of("BB-03", AnswerValue::Met),
        request_of("OH-03", AnswerValue::NotApplicable),
    ];
    assert_eq!(codes(&answers), []);
}

#[test]
fn every_mistake_comes_at_once_with_its_place() {
    let long = "x".repeat(LONGEST_EXPLANATION + 1);
    let answers = [
        request_of("XX-01", AnswerValue::Met),
        request_of("BB-01", AnswerValue::Met),
        request_of("SK-01", AnswerValue::Met),
        request_of("BB-03", AnswerValue::NotApplicable),
        GivenAnswer {
            explanation: Some("bel anna@gemeente.nl"),
            revision: Some(1),
            kept: Some(2),
            ..request_of("BB-03", AnswerValue::Met)
        },
        GivenAnswer {
            explanation: Some(&long),
            ..request_of("OH-03", AnswerValue::Met)
        },
    ];
    assert_eq!(
        codes(&answers),
        [
            (
                AnswerMistake::UnknownCriterion,
                "answers.0.criterion".to_owned()
            ),
            (
                AnswerMistake::NotYoursToAnswer,
                "answers.1.criterion".to_owned()
            ),
            (
                AnswerMistake::NotYoursToAnswer,
                "answers.2.criterion".to_owned()
            ),
            (
                AnswerMistake::NotApplicableNotAllowed,
                "answers.3.answer".to_owned()
            ),
            (
                AnswerMistake::AnsweredTwice,
                "answers.4.criterion".to_owned()
            ),
            (
                AnswerMistake::PersonalData,
                "answers.4.explanation".to_owned()
            ),
            (
                AnswerMistake::StaleRevision,
                "answers.4.revision".to_owned()
            ),
            (
                AnswerMistake::ExplanationTooLong,
                "answers.5.explanation".to_owned()
            ),
        ]
    );
}

#[test]
fn deadlines_are_whole_days_and_inclusive() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let days = Days {
        opens_on: day("2026-10-01"),
        deadline_on: day("2026-11-30"),
        closes_on: day("2026-12-15"),
    };
    let on = |text: &str| (days.accepts(day(text)), days.on_time(day(text)));
    assert_eq!(on("2026-09-30"), (false, true));
    assert_eq!(on("2026-10-01"), (true, true));
    assert_eq!(on("2026-11-30"), (true, true));
    assert_eq!(on("2026-12-01"), (true, false));
    assert_eq!(on("2026-12-15"), (true, false));
    assert_eq!(on("2026-12-16"), (false, false));
    let due = |text: &str| days.due_since(day(text)).to_string();
    assert_eq!(due("2026-11-30"), "2026-11-30");
    assert_eq!(due("2026-12-01"), "2026-12-15");
}

#[test]
fn an_approval_names_a_function_and_a_past_day() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let today = day("2026-11-22");
    assert!(check_approval("Portefeuillehouder", today, today).is_empty());
    let codes: Vec<_> = check_approval(" ", day("2026-11-23"), today)
        .into_iter()
        .map(|mistake| mistake.code)
        .collect();
    assert_eq!(
        codes,
        [ApprovalMistake::FunctionEmpty, ApprovalMistake::InTheFuture]
    );
}
