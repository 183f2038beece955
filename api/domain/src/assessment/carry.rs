//! What of an earlier assessment goes on into a new draft: its answers, through what became of each
//! criterion. Pure.
//!
//! An answer that is carried over waits to be confirmed: it counts only once somebody saves it. A
//! question that changed on the way is asked anew: what was answered to another one is no answer to
//! it.

use super::evidence::Evidence;
use crate::verdict::rules::{AnswerValue, AnsweredBy, Edition};

/// An answer of an earlier period, or one that is carried over from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The code of the criterion, as in `BB-01`, in the edition that the answer is of.
    pub criterion: String,
    /// The answer. NL: antwoord.
    pub answer: AnswerValue,
    /// The explanation; none when there is none. NL: toelichting.
    pub explanation: Option<String>,
    /// Its evidence, in the order in which it was given. NL: bewijs.
    pub evidence: Vec<Evidence>,
}

/// That a criterion of an edition takes the place of one of an earlier edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follows {
    /// The code of the later edition, as in `VOORSTEL-2`.
    pub edition: String,
    /// The code of the criterion in the later edition.
    pub criterion: String,
    /// The code of the edition just before it.
    pub from_edition: String,
    /// The code of the criterion in that earlier edition.
    pub from_criterion: String,
    /// Whether it says something else than the one that it takes the place of.
    pub is_changed: bool,
}

/// A criterion of an edition, by their codes.
#[derive(Debug, Clone, Copy)]
struct CriterionOf<'a> {
    edition: &'a str,
    code: &'a str,
}

/// The criteria of an earlier edition that a criterion goes back to, across the editions between.
fn origins<'a>(criterion: CriterionOf<'a>, earlier: &str, lineage: &'a [Follows]) -> Vec<&'a str> {
    if criterion.edition == earlier {
        return vec![criterion.code];
    }
    let before = lineage
        .iter()
        .filter(|row| row.edition == criterion.edition && row.criterion == criterion.code)
        .map(|row| CriterionOf {
            edition: &row.from_edition,
            code: &row.from_criterion,
        });
    before
        .flat_map(|criterion| origins(criterion, earlier, lineage))
        .collect()
}

/// Whether a criterion says something else than the ones of an earlier edition that it goes back
/// to. One that is new goes back to none, and did not change.
pub fn is_changed(edition: &str, code: &str, earlier: &str, lineage: &[Follows]) -> bool {
    if edition == earlier {
        return false;
    }
    let mut before = lineage
        .iter()
        .filter(|row| row.edition == edition && row.criterion == code);
    before.any(|row| {
        row.is_changed || is_changed(&row.from_edition, &row.from_criterion, earlier, lineage)
    })
}

/// The answers that go on into a draft under an edition. Left out is what a municipality does not
/// answer itself, what nobody answered, a criterion that changed, and one that takes the place of
/// several that were answered differently.
pub fn carry_over(
    edition: &Edition,
    earlier: &str,
    answers: &[Carried],
    lineage: &[Follows],
) -> Vec<Carried> {
    let own = edition
        .criteria
        .iter()
        .filter(|rule| rule.answered_by == AnsweredBy::Municipality);
    own.filter_map(|rule| {
        let criterion = CriterionOf {
            edition: &edition.code,
            code: &rule.code,
        };
        if is_changed(criterion.edition, criterion.code, earlier, lineage) {
            return None;
        }
        let from = origins(criterion, earlier, lineage);
        let given: Vec<&Carried> = from
            .iter()
            .filter_map(|code| answers.iter().find(|answer| answer.criterion == *code))
            .collect();
        let first = given.first()?;
        let agree = given.len() == from.len() && given.iter().all(|one| one.answer == first.answer);
        let exists = match first.answer {
            AnswerValue::Unknown => false,
            AnswerValue::NotApplicable => rule.not_applicable_allowed,
            AnswerValue::Met | AnswerValue::PartlyMet | AnswerValue::NotMet => true,
        };
        (agree && exists).then(|| Carried {
            criterion: rule.code.clone(),
            answer: first.answer,
            explanation: first.explanation.clone(),
            evidence: given.iter().flat_map(|one| one.evidence.clone()).collect(),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::rules::{CriterionRule, CriterionScope, EditionState};

    fn edition(code: &str, criteria: &[&str]) -> Edition {
        let rule = |code: &&str| CriterionRule {
            code: (*code).to_owned(),
            required: true,
            scope: CriterionScope::RegionalAllowed,
            answered_by: if code.starts_with("SK") {
                AnsweredBy::Region
            } else {
                AnsweredBy::Municipality
            },
            not_applicable_allowed: false,
            review_months: None,
        };
        Edition {
            code: code.to_owned(),
            state: EditionState::Proposed,
            rule_set: "VOORSTEL-2".to_owned(),
            norm_months: 48,
            norm_endorsed: false,
            inheritance_grace_months: 24,
            criteria: criteria.iter().map(rule).collect(),
        }
    }

    fn answer(criterion: &str, answer: AnswerValue) -> Carried {
        Carried {
            criterion: criterion.to_owned(),
            answer,
            explanation: Some(format!("toelichting {criterion}")),
            evidence: Vec::new(),
        }
    }

    /// Both as `edition/criterion`.
    fn follows(to: &str, from: &str) -> Follows {
        let [to, from] = [to, from].map(|text| text.split_once('/').unwrap());
        Follows {
            edition: to.0.to_owned(),
            criterion: to.1.to_owned(),
            from_edition: from.0.to_owned(),
            from_criterion: from.1.to_owned(),
            is_changed: false,
        }
    }

    fn to_view(carried: &[Carried]) -> Vec<(&str, AnswerValue)> {
        let pairs = carried.iter();
        pairs
            .map(|one| (one.criterion.as_str(), one.answer))
            .collect()
    }

    #[test]
    fn under_the_same_edition_answers_go_on_as_they_are() {
        let edition = edition("A", &["X-1", "X-2", "X-3", "SK-1"]);
        let answers = [
            answer("X-1", AnswerValue::Met),
            answer("X-2", AnswerValue::Unknown),
            answer("X-3", AnswerValue::NotApplicable),
            answer("SK-1", AnswerValue::Met),
        ];
        let carried = carry_over(&edition, "A", &answers, &[]);
        assert_eq!(carried, [answer("X-1", AnswerValue::Met)]);
    }

    #[test]
    fn a_new_edition_is_reached_through_those_between() {
        let edition = edition("C", &["Y-1", "Y-2", "Y-3", "Y-4"]);
        let lineage = [
            follows("B/M-1", "A/X-1"),
            follows("C/Y-1", "B/M-1"),
            follows("C/Y-2", "B/X-2"),
            follows("B/X-2", "A/X-2"),
            follows("B/X-2", "A/X-3"),
            follows("C/Y-3", "B/M-4"),
            follows("B/M-4", "A/X-1"),
            follows("B/M-4", "A/X-2"),
        ];
        let answers = [
            answer("X-1", AnswerValue::Met),
            answer("X-2", AnswerValue::NotMet),
            answer("X-3", AnswerValue::NotMet),
        ];
        let carried = carry_over(&edition, "A", &answers, &lineage);
        // Y-1 by way of M-1; Y-2 joins two that agree; Y-3 joins two that do not; Y-4 is new.
        assert_eq!(
            to_view(&carried),
            [("Y-1", AnswerValue::Met), ("Y-2", AnswerValue::NotMet)]
        );
    }
    #[test]
    fn what_was_answered_to_another_question_does_not_go_on() {
        let edition = edition("C", &["Y-1", "Y-2"]);
        let changed = Follows {
            is_changed: true,
            ..follows("B/M-1", "A/X-1")
        };
        let lineage = [
            changed,
            follows("C/Y-1", "B/M-1"),
            follows("B/M-2", "A/X-2"),
            follows("C/Y-2", "B/M-2"),
        ];
        let answers = [
            answer("X-1", AnswerValue::Met),
            answer("X-2", AnswerValue::NotMet),
        ];
        let carried = carry_over(&edition, "A", &answers, &lineage);
        assert_eq!(to_view(&carried), [("Y-2", AnswerValue::NotMet)]);
        // It changed before B, so that what was answered under B is an answer to it.
        let carried = carry_over(&edition, "B", &[answer("M-1", AnswerValue::Met)], &lineage);
        assert_eq!(to_view(&carried), [("Y-1", AnswerValue::Met)]);
        assert!(is_changed("C", "Y-1", "A", &lineage));
        assert!(!is_changed("C", "Y-2", "A", &lineage));
        assert!(!is_changed("C", "Y-3", "A", &lineage));
    }
}
