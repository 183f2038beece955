//! Laws that hold for every municipality under every edition of this rule set, checked on invented
//! ones.
//!
//! Editions here are random parts of VOORSTEL-1 with other settings, so that small denominators
//! occur too.

use chrono::{Days, Months, NaiveDate};
use proptest::{
    option::weighted,
    prelude::*,
    sample::{Index, select},
};

use super::{fixtures::*, rules::*};
use crate::policies::rules::{Declared, PolicyState, state};

const START: &str = "2020-01-01";
const DAYS: u64 = 3000;

pub(super) fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0..DAYS).prop_map(|days| day(START) + Days::new(days))
}

fn a_value(met: u32) -> impl Strategy<Value = AnswerValue> {
    prop_oneof![
        met => Just(AnswerValue::Met),
        1 => select(&AnswerValue::ALL),
    ]
}

fn an_edition() -> impl Strategy<Value = Edition> {
    let small = prop::collection::vec(any::<bool>(), 25);
    let kept = prop_oneof![2 => Just(vec![true; 25]), 1 => small];
    let allowed = prop::collection::vec(any::<bool>(), 25);
    (
        kept,
        allowed,
        select(vec![12, 24, 48]),
        select(vec![12, 24]),
    )
        .prop_map(|(kept, allowed, norm_months, inheritance_grace_months)| {
            let mut edition = Edition {
                norm_months,
                inheritance_grace_months,
                ..voorstel_1()
            };
            for (rule, allowed) in edition.criteria.iter_mut().zip(allowed) {
                rule.not_applicable_allowed = allowed;
            }
            let mut kept = kept.into_iter();
            edition.criteria.retain(|_| kept.next().unwrap_or_default());
            edition
        })
}

fn some_adoption() -> impl Strategy<Value = Adoption> {
    let dates = (
        weighted(0.8, a_day()),
        weighted(0.4, a_day()),
        weighted(0.3, a_day()),
        weighted(0.3, a_day()),
        weighted(0.2, a_day()),
    );
    (
        (select(vec!["a", "b"]), any::<bool>()),
        dates,
        weighted(0.3, a_day()),
    )
        .prop_map(
            |(
                (policy, regional),
                (adopted_on, proven_on, revised_on, ends_on, withdrawn_on),
                reorganised_on,
            )| Adoption {
                policy: policy.into(),
                adopted_on,
                proven_on,
                revised_on,
                ends_on,
                withdrawn_on,
                passed_on: None,
                regional,
                inherited: reorganised_on.map(|reorganised_on| Inheritance {
                    from_municipality: "GM0402".into(),
                    reorganised_on,
                }),
            },
        )
}

fn some_regional_answer() -> impl Strategy<Value = RegionalAnswer> {
    let codes = vec!["SK-01", "SK-01", "SV-03", "BW-01", "SV-01", "BB-01"];
    (
        select(vec!["VR14", "VR15"]),
        select(codes),
        a_value(2),
        a_day(),
        weighted(0.5, a_day()),
    )
        .prop_map(|(area, code, value, from, until)| RegionalAnswer {
            from,
            until,
            ..regional(area, code, value)
        })
}

fn some_word() -> impl Strategy<Value = Declared> {
    use PolicyState::{BeingUpdated, InDevelopment, NoneDeclared};
    let states = vec![NoneDeclared, NoneDeclared, InDevelopment, BeingUpdated];
    (select(states), a_day(), weighted(0.5, a_day())).prop_map(|(state, from, until)| Declared {
        state,
        from,
        until,
    })
}

fn some_answers() -> impl Strategy<Value = Vec<OwnAnswer>> {
    let answers = |met| prop::collection::vec(a_value(met), 25);
    prop_oneof![answers(1), answers(60)].prop_map(|values| {
        let codes = voorstel_1().criteria.into_iter().map(|rule| rule.code);
        codes
            .zip(values)
            .map(|(criterion, value)| OwnAnswer { criterion, value })
            .collect()
    })
}

pub(super) fn submitted() -> impl Strategy<Value = Inputs> {
    let adoptions = prop::collection::vec(some_adoption(), 0..4);
    let regional = prop::collection::vec(some_regional_answer(), 0..6);
    let declared = prop::collection::vec(some_word(), 0..3);
    (an_edition(), some_answers(), adoptions, regional, declared).prop_map(
        |(edition, answers, adoptions, regional_answers, declared)| Inputs {
            edition,
            basis: Basis::Submitted,
            version: Some(Version { number: 1, answers }),
            adoptions,
            declared,
            regional_answers,
        },
    )
}

fn shuffled() -> impl Strategy<Value = (Inputs, Inputs)> {
    submitted().prop_flat_map(|inputs| {
        let answers = Just(inputs.version.clone().unwrap().answers).prop_shuffle();
        let adoptions = Just(inputs.adoptions.clone()).prop_shuffle();
        let regional = Just(inputs.regional_answers.clone()).prop_shuffle();
        (Just(inputs), answers, adoptions, regional).prop_map(
            |(inputs, answers, adoptions, regional_answers)| {
                let version = Some(Version { number: 1, answers });
                let other = Inputs {
                    version,
                    adoptions,
                    regional_answers,
                    ..inputs.clone()
                };
                (inputs, other)
            },
        )
    })
}

/// Makes this criterion met on the day in the way its kind allows; BB-01 without touching BB-02.
fn meet(mut inputs: Inputs, code: &str, on: NaiveDate) -> Inputs {
    let rule = inputs.rule_mut(code).clone();
    match (rule.answered_by, rule.scope) {
        (AnsweredBy::Computed, _) => {
            let lapsed = on - Months::new(inputs.edition.norm_months + 1);
            let decided = if code == ADOPTED_POLICY { lapsed } else { on };
            inputs
                .adoptions
                .push(an_adoption("met", &decided.to_string()));
            inputs
        }
        (_, CriterionScope::RegionalOnly) => {
            inputs
                .regional_answers
                .retain(|answer| answer.criterion != code);
            inputs.with_regional(RegionalAnswer {
                from: on,
                ..regional("VR14", code, AnswerValue::Met)
            })
        }
        _ => inputs.answering(code, AnswerValue::Met),
    }
}

fn meet_all<'a>(
    inputs: &Inputs,
    codes: impl IntoIterator<Item = &'a String>,
    on: NaiveDate,
) -> VerdictStatus {
    let met = codes
        .into_iter()
        .fold(inputs.clone(), |inputs, code| meet(inputs, code, on));
    judge(&met, on).status
}

proptest! {
    #[test]
    fn the_order_of_facts_does_not_matter((inputs, other) in shuffled(), on in a_day()) {
        prop_assert_eq!(judge(&inputs, on), judge(&other, on));
    }

    #[test]
    fn one_more_criterion_met_never_worsens(
        inputs in submitted(), on in a_day(), pick in any::<Index>(),
    ) {
        prop_assume!(!inputs.edition.criteria.is_empty());
        let code = pick.get(&inputs.edition.criteria).code.clone();
        let better = judge(&meet(inputs.clone(), &code, on), on);
        prop_assert_eq!(better.of(&code).effective, AnswerValue::Met);
        prop_assert!(judge(&inputs, on).status <= better.status);
    }

    #[test]
    fn applying_next_gives_exactly_the_promised_status(
        inputs in submitted(), on in a_day(), turn in 0..25_usize,
    ) {
        let before = judge(&inputs, on);
        let Some(next) = before.grounds.next else {
            prop_assert_eq!(before.status, VerdictStatus::Compliant);
            return Ok(());
        };
        let chosen = next.at_least.map_or_else(Vec::new, |mut choice| {
            let n = choice.n as usize;
            assert!(0 < n && n < choice.of.len(), "a choice leaves something to choose");
            let turn = turn % choice.of.len();
            choice.of.rotate_left(turn);
            choice.of.truncate(n);
            choice.of
        });
        let needed: Vec<_> = next.all_of.iter().chain(&chosen).collect();
        prop_assert!(before.status < next.status);
        prop_assert_eq!(meet_all(&inputs, needed.iter().copied(), on), next.status);
        for left_out in &needed {
            // Whoever brings the policy up to date has one: BB-02 cannot be had without BB-01.
            let needs_up_to_date = needed.iter().any(|code| code.as_str() == POLICY_UP_TO_DATE);
            if left_out.as_str() == ADOPTED_POLICY && needs_up_to_date {
                continue;
            }
            let fewer = needed.iter().filter(|code| *code != left_out).copied();
            prop_assert_eq!(meet_all(&inputs, fewer, on), before.status, "without {}", left_out);
        }
    }

    #[test]
    fn a_regional_answer_moves_nobody_who_answered(
        inputs in submitted(), on in a_day(),
        code in select(vec!["SV-03", "BW-01", "SV-01"]),
        value in select(vec![AnswerValue::Met, AnswerValue::PartlyMet, AnswerValue::NotMet]),
    ) {
        let with = inputs.answering(code, value);
        let mut ended = with.clone();
        for answer in ended.regional_answers.iter_mut().filter(|answer| answer.criterion == code) {
            answer.until = Some(answer.from);
        }
        prop_assert_eq!(judge(&with, on), judge(&ended, on));
    }

    #[test]
    fn the_end_of_a_regional_answer_moves_those_without_an_own_one_from_that_day(
        inputs in submitted(), on in a_day(), end in a_day(),
        area in select(vec!["VR14", "VR15"]), code in select(vec!["SV-03", "BW-01", "SK-01"]),
    ) {
        let mut ended = inputs.clone();
        ended.regional_answers.retain_mut(|answer| {
            let is_it = answer.area == area && answer.criterion == code;
            if is_it {
                answer.until = Some(answer.until.map_or(end, |until| until.min(end)));
            }
            !is_it || answer.from < end
        });
        let (before, after) = (judge(&inputs, on), judge(&ended, on));
        if on < end {
            prop_assert_eq!(&before, &after);
        }
        let grounds = before.grounds.criteria.iter().zip(&after.grounds.criteria);
        for (rule, (before, after)) in inputs.edition.criteria.iter().zip(grounds) {
            // An own answer goes first wherever one is taken, and no other criterion is touched.
            let takes_own = rule.scope != CriterionScope::RegionalOnly;
            let is_own = before.from == AnswerSource::Own && takes_own;
            if is_own || rule.code != code {
                prop_assert_eq!(before, after);
            }
        }
    }

    /// Overdue or not, with a printed end or without one, alone or beside what was there.
    #[test]
    fn registering_a_decision_where_none_was_known_never_worsens(
        inputs in submitted(), on in a_day(), adopted_on in a_day(),
        dates in (weighted(0.3, a_day()), weighted(0.3, a_day()), any::<bool>()),
    ) {
        let mut inputs = inputs;
        let has = |code: &str| inputs.edition.criteria.iter().any(|rule| rule.code == code);
        if !has(ADOPTED_POLICY) {
            inputs.edition.criteria.retain(|rule| rule.code != POLICY_UP_TO_DATE);
        }
        prop_assume!(is_policy_unknown(&inputs, on) && adopted_on <= on);
        let before = judge(&inputs, on).status;
        let (revised_on, ends_on, regional) = dates;
        inputs.adoptions.push(Adoption {
            revised_on,
            ends_on,
            regional,
            ..an_adoption("new", &adopted_on.to_string())
        });
        prop_assert!(before <= judge(&inputs, on).status);
    }

    /// The state of the policy and BB-01 never contradict each other.
    #[test]
    fn the_state_of_a_policy_agrees_with_the_verdict(inputs in submitted(), on in a_day()) {
        let (adopted, inherited): (Vec<_>, Vec<_>) =
            inputs.adoptions.iter().partition(|one| one.inherited.is_none());
        let own: Vec<_> = adopted.into_iter().map(Adoption::dates).collect();
        let judged = judge(&inputs, on);
        let Some(bb01) = judged.grounds.criteria.iter().find(|one| one.criterion == "BB-01") else {
            return Ok(());
        };
        match state(&own, &inputs.declared, on) {
            PolicyState::NoneDeclared => prop_assert_eq!(bb01.effective, AnswerValue::NotMet),
            PolicyState::Adopted | PolicyState::BeingUpdated => {
                prop_assert_ne!(bb01.effective, AnswerValue::NotMet);
            }
            PolicyState::NotRegistered if inherited.is_empty() => {
                prop_assert_ne!(bb01.effective, AnswerValue::Met);
            }
            PolicyState::NotRegistered | PolicyState::InDevelopment => {}
        }
    }

    #[test]
    fn counts_add_up(inputs in submitted(), on in a_day()) {
        let counts = judge(&inputs, on).grounds.counts;
        prop_assert_eq!(
            counts.met
                + counts.partly_met
                + counts.not_met
                + counts.unknown
                + counts.not_applicable,
            counts.required
        );
        prop_assert_eq!(counts.applicable, counts.required - counts.not_applicable);
    }
}

proptest! {
    // Each case judges 500 days.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn spans_agree_with_judging_every_single_day(inputs in submitted(), from in a_day()) {
        let spans = spans(&inputs, from);
        prop_assert_eq!(spans[0].from, from);
        for pair in spans.windows(2) {
            prop_assert!(pair[0].from < pair[1].from);
            prop_assert_ne!(&pair[0].judgement, &pair[1].judgement);
        }
        for on in from.iter_days().take(500) {
            let holds = spans.iter().rfind(|span| span.from <= on).map(|span| &span.judgement);
            prop_assert_eq!(holds, Some(&judge(&inputs, on)), "on {}", on);
        }
    }
}
