//! A second evaluator, written from the text of the rule set and from nothing else: it shares no
//! line with [`super::rules`], knows no grounds, and looks at one day at a time. Both must say the
//! same of ten thousand invented municipalities.
//!
//! The text is the module documentation of `rules`: the rule set, and the choices that it leaves.

use chrono::{Months, NaiveDate};
use proptest::prelude::*;

use super::{
    facts::{
        Adoption, AnswerValue, AnsweredBy, CriterionRule, CriterionScope, Edition, Inputs,
        VerdictStatus,
    },
    laws::{a_day, submitted},
    rules,
};

/// The first day that is so many months after another.
fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap()
}

/// "A plan counts for a municipality from the day of its own decision to adopt it, and never
/// without one"; of a predecessor, from the first day of the successor until the grace ends.
fn counts(adoption: &Adoption, edition: &Edition, day: NaiveDate) -> bool {
    let in_grace = match &adoption.inherited {
        None => true,
        Some(from) => {
            let first = from.reorganised_on;
            first <= day && day < months_after(first, edition.inheritance_grace_months)
        }
    };
    let is_decided = adoption.adopted_on.is_some_and(|on| on <= day);
    let is_withdrawn = adoption.withdrawn_on.is_some_and(|on| on <= day);
    in_grace && is_decided && !is_withdrawn
}

/// "A policy is overdue from the day after the earlier of its own printed end and its adoption or
/// last revision plus the norm of the edition."
fn is_overdue(adoption: &Adoption, edition: &Edition, day: NaiveDate) -> bool {
    let renewed = [adoption.adopted_on, adoption.revised_on]
        .into_iter()
        .flatten()
        .filter(|on| *on <= day)
        .max()
        .unwrap();
    let past = |last: NaiveDate| last < day;
    past(months_after(renewed, edition.norm_months)) || adoption.ends_on.is_some_and(past)
}

/// "The answer that counts for a criterion, the first of these that there is."
fn answer(inputs: &Inputs, rule: &CriterionRule, day: NaiveDate) -> AnswerValue {
    use AnswerValue::{Met, NotApplicable, NotMet, Unknown};
    let edition = &inputs.edition;
    if rule.answered_by == AnsweredBy::Computed {
        let mut counting = inputs
            .adoptions
            .iter()
            .filter(|one| counts(one, edition, day));
        let is_met = match rule.code.as_str() {
            "BB-01" => counting.next().is_some(),
            "BB-02" => counting.any(|one| !is_overdue(one, edition, day)),
            _ => return Unknown,
        };
        return if is_met { Met } else { NotMet };
    }
    let exists = |value: &AnswerValue| *value != NotApplicable || rule.not_applicable_allowed;
    let own = inputs.version.iter().flat_map(|version| &version.answers);
    let own = own
        .filter(|one| one.criterion == rule.code && one.value != Unknown)
        .map(|one| one.value)
        .find(exists);
    if let Some(own) = own
        && rule.scope != CriterionScope::RegionalOnly
    {
        return own;
    }
    let is_regional = [
        CriterionScope::RegionalAllowed,
        CriterionScope::RegionalOnly,
    ];
    if !is_regional.contains(&rule.scope) {
        return Unknown;
    }
    // Of each area the latest of its answers that hold on the day; UNKNOWN is none, and contradicts
    // nobody.
    let holding: Vec<_> = inputs
        .regional_answers
        .iter()
        .filter(|one| one.criterion == rule.code && one.from <= day)
        .filter(|one| one.until.is_none_or(|until| day < until))
        .collect();
    let latest = holding.iter().filter(|one| {
        holding
            .iter()
            .all(|other| other.area != one.area || other.from <= one.from)
    });
    let given: Vec<AnswerValue> = latest
        .map(|one| one.value)
        .filter(|value| *value != Unknown && exists(value))
        .collect();
    match given.first() {
        Some(first) if given.iter().all(|other| other == first) => *first,
        Some(_) | None => Unknown,
    }
}

/// "The verdict, the first rule that fits, over the required criteria that are not NOT_APPLICABLE."
fn status(inputs: &Inputs, day: NaiveDate) -> VerdictStatus {
    if inputs.version.is_none() {
        return VerdictStatus::NotAssessed;
    }
    let answers: Vec<(&str, AnswerValue)> = inputs
        .edition
        .criteria
        .iter()
        .filter(|rule| rule.required)
        .map(|rule| (rule.code.as_str(), answer(inputs, rule, day)))
        .filter(|(_, value)| *value != AnswerValue::NotApplicable)
        .collect();
    let met = answers
        .iter()
        .filter(|(_, value)| *value == AnswerValue::Met)
        .count();
    let is_half = 2 * met >= answers.len();
    if answers.contains(&("BB-01", AnswerValue::NotMet)) || !is_half {
        VerdictStatus::NotCompliant
    } else if met == answers.len() {
        VerdictStatus::Compliant
    } else {
        VerdictStatus::PartlyCompliant
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn two_evaluators_agree(
        inputs in submitted(), on in a_day(), is_submitted in prop::bool::weighted(0.95),
    ) {
        let inputs = Inputs { version: inputs.version.filter(|_| is_submitted), ..inputs };
        let judgement = rules::judge(&inputs, on);
        prop_assert_eq!(judgement.status, status(&inputs, on));
        for (rule, ground) in inputs.edition.criteria.iter().zip(&judgement.grounds.criteria) {
            let expected = if is_submitted {
                answer(&inputs, rule, on)
            } else {
                AnswerValue::Unknown
            };
            prop_assert_eq!(ground.effective, expected, "{}", &rule.code);
        }
    }
}
