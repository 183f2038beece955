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
use crate::policies::rules::PolicyState;

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

/// "BB-01 is MET where a decision with a date is in force; NOT_MET where the municipality itself
/// declared that it has no policy, or its last policy was withdrawn or ended and nothing followed;
/// UNKNOWN in all other cases."
fn has_policy(inputs: &Inputs, day: NaiveDate) -> AnswerValue {
    let own = || {
        inputs
            .adoptions
            .iter()
            .filter(|one| one.inherited.is_none())
    };
    let is_over = |one: &Adoption| one.withdrawn_on.is_some_and(|on| on <= day);
    let first_day = |one: &Adoption| one.adopted_on.into_iter().chain(one.proven_on).min();
    let is_there = |one: &Adoption| first_day(one).is_some_and(|on| on <= day) && !is_over(one);
    // Its last word, unless that has ended or a decision came on its day or later, or one whose
    // printed end has not passed speaks against it.
    let word = inputs.declared.iter().filter(|word| word.from <= day);
    let declares_none = word.max_by_key(|word| word.from).is_some_and(|word| {
        let decided = own().filter_map(first_day);
        let mut since = decided.filter(|on| word.from <= *on && *on <= day);
        let lasts = |one: &Adoption| one.ends_on.is_none_or(|end| day <= end);
        word.state == PolicyState::NoneDeclared
            && word.until.is_none_or(|until| day < until)
            && since.next().is_none()
            && !own().any(|one| is_there(one) && lasts(one))
    });
    let is_counted = |one: &Adoption| counts(one, &inputs.edition, day);
    let may_hold = |one: &Adoption| !is_over(one) && first_day(one).is_none();
    if declares_none {
        AnswerValue::NotMet
    } else if inputs.adoptions.iter().any(is_counted) {
        AnswerValue::Met
    } else if own().any(is_over) && !own().any(|one| is_there(one) || may_hold(one)) {
        AnswerValue::NotMet
    } else {
        AnswerValue::Unknown
    }
}

/// "The answer that counts for a criterion, the first of these that there is."
fn answer(inputs: &Inputs, rule: &CriterionRule, day: NaiveDate) -> AnswerValue {
    use AnswerValue::{Met, NotApplicable, NotMet, Unknown};
    let edition = &inputs.edition;
    if rule.answered_by == AnsweredBy::Computed {
        let bb01 = has_policy(inputs, day);
        let mut counting = inputs
            .adoptions
            .iter()
            .filter(|one| counts(one, edition, day));
        return match rule.code.as_str() {
            "BB-01" => bb01,
            "BB-02" if bb01 != Met => bb01,
            "BB-02" if counting.any(|one| !is_overdue(one, edition, day)) => Met,
            "BB-02" => NotMet,
            _ => Unknown,
        };
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
    let unknown = ["BB-01", "BB-02"].map(|code| (code, AnswerValue::Unknown));
    let known = answers
        .iter()
        .filter(|answer| !unknown.contains(answer))
        .count();
    let is_half = 2 * met >= known;
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
