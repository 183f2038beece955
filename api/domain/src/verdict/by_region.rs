//! The other way to meet the goal of the plan, "every municipality *or region*": whether a
//! municipality counts as compliant by its region, under the counting rule MUNICIPALITY_OR_REGION.
//! Pure, and no verdict: the verdict on the municipality itself stays what it is.
//!
//! # The rule
//!
//! A member counts where its region answered, as MET, every required criterion that a region may
//! answer, and the member itself adopted a regional plan.
//!
//! - *Its region*: one area of which it is a member on the day. Two areas that each answered a part
//!   do not make a whole; where another area of the member answers one of the criteria otherwise,
//!   they disagree, and nobody counts by either.
//! - *Every required criterion that a region may answer*: of scope REGIONAL_ALLOWED or
//!   REGIONAL_ONLY, and not computed. An edition without any has nothing by which a region could
//!   comply.
//! - *Adopted a regional plan*: an adoption counts on the day, as for BB-01, of a document of level
//!   REGIONAL, and the member has not declared that it has none. Whether the plan is overdue is
//!   asked by BB-02 of the municipality and not here. What it inherited counts until the grace
//!   ends.
//! - *What the member answers itself* is not read, and neither is whether it handed in anything: an
//!   own answer, better or worse, changes its own verdict and never this count. The rule asks what
//!   the region did.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    adoption,
    facts::{AnswerValue, AnsweredBy, CriterionRule, CriterionScope, Inputs},
    rules::answers_of_areas,
};

/// Whether a municipality counts as compliant by its region on a day.
pub fn counts_by_region(inputs: &Inputs, day: NaiveDate) -> bool {
    adoption::has_regional_plan(inputs, day) && is_answered_by_one_region(inputs, day)
}

/// Whether one area answered all that a region may answer as met, and no other area answered any of
/// it otherwise.
fn is_answered_by_one_region(inputs: &Inputs, day: NaiveDate) -> bool {
    let mut criteria = inputs
        .edition
        .criteria
        .iter()
        .filter(|rule| is_required_of_region(rule));
    let met_by = |rule: &CriterionRule| -> BTreeSet<&str> {
        let answers = answers_of_areas(rule, inputs, day);
        let all_met = answers.iter().all(|(_, value)| *value == AnswerValue::Met);
        let areas = answers.into_iter().map(|(area, _)| area);
        if all_met {
            areas.collect()
        } else {
            BTreeSet::new()
        }
    };
    let first = criteria.next().map(met_by).unwrap_or_default();
    let areas = criteria.fold(first, |areas, rule| &areas & &met_by(rule));
    !areas.is_empty()
}

/// Whether a region must have answered a criterion.
fn is_required_of_region(rule: &CriterionRule) -> bool {
    let takes_regional = match rule.scope {
        CriterionScope::RegionalAllowed | CriterionScope::RegionalOnly => true,
        CriterionScope::LocalOnly | CriterionScope::RegionalDocumentLocalAdoption => false,
    };
    rule.required && takes_regional && rule.answered_by != AnsweredBy::Computed
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::{
        option::weighted, prelude::*, sample::select, strategy::ValueTree as _,
        test_runner::TestRunner,
    };

    use crate::policies::rules::{PolicyState, state};

    use super::{
        super::{
            fixtures::*,
            laws::{a_day, submitted},
            rules::*,
        },
        *,
    };

    const DAY: &str = "2026-12-01";

    /// The required criteria of VOORSTEL-1 that a region may answer.
    const REGIONAL: [&str; 12] = [
        "BB-04", "BB-05", "BB-07", "SV-03", "SV-04", "BW-01", "SK-01", "SK-02", "SK-03", "SK-04",
        "OH-01", "OH-02",
    ];

    fn a_regional_plan(on: &str) -> Adoption {
        Adoption {
            regional: true,
            ..an_adoption("regional", on)
        }
    }

    /// A member that adopted the plan of its region and handed in nothing, in a region that
    /// answered everything as met.
    fn a_member() -> Inputs {
        Inputs {
            version: None,
            adoptions: vec![a_regional_plan("2024-01-15")],
            regional_answers: REGIONAL
                .into_iter()
                .map(|code| regional("VR14", code, AnswerValue::Met))
                .collect(),
            ..all_met()
        }
    }

    fn counts(inputs: &Inputs, on: &str) -> bool {
        counts_by_region(inputs, day(on))
    }

    #[test]
    fn a_member_that_handed_in_nothing_counts_by_its_region_and_is_not_assessed_itself() {
        let member = a_member();
        assert!(counts(&member, DAY));
        assert_eq!(judge(&member, day(DAY)).status, VerdictStatus::NotAssessed);
        let criteria = voorstel_1().criteria;
        let requested = criteria.iter().filter(|rule| is_required_of_region(rule));
        assert!(requested.map(|rule| rule.code.as_str()).eq(REGIONAL));
    }

    #[test]
    fn it_takes_the_members_own_decision_on_a_regional_plan() {
        let with = |adoption: Adoption| Inputs {
            adoptions: vec![adoption],
            ..a_member()
        };
        let local = an_adoption("local", "2024-01-15");
        assert!(!counts(&with(local.clone()), DAY));
        let undated = Adoption {
            adopted_on: None,
            ..a_regional_plan("2024-01-15")
        };
        assert!(!counts(&with(undated), DAY));
        let withdrawn = Adoption {
            withdrawn_on: Some(day(DAY)),
            ..a_regional_plan("2024-01-15")
        };
        assert!(counts(&with(withdrawn.clone()), "2026-11-30"));
        assert!(!counts(&with(withdrawn), DAY));
        assert!(!counts(&with(a_regional_plan(DAY)), "2026-11-30"));
        assert!(counts(&with(a_regional_plan(DAY)), DAY));
        // Overdue is asked elsewhere, and a local plan beside it changes nothing.
        assert!(counts(&with(a_regional_plan("2010-01-01")), DAY));
        let mut both = with(local);
        both.adoptions.push(a_regional_plan("2024-01-15"));
        assert!(counts(&both, DAY));
        // Of the largest predecessor, until the grace of 24 months ends.
        let inherited = Adoption {
            regional: true,
            ..inherited("regional", "2024-01-15", "2025-01-01")
        };
        assert!(counts(&with(inherited.clone()), "2026-12-31"));
        assert!(!counts(&with(inherited), "2027-01-01"));
    }

    #[test]
    fn it_takes_every_criterion_of_one_region_on_the_day() {
        for code in REGIONAL {
            for value in AnswerValue::ALL {
                let changed = a_member().with_area_answering(&regional("VR14", code, value));
                assert_eq!(
                    counts(&changed, DAY),
                    value == AnswerValue::Met,
                    "{code} {value:?}"
                );
            }
        }
        let ends = RegionalAnswer {
            until: Some(day(DAY)),
            ..regional("VR14", "SK-01", AnswerValue::Met)
        };
        let ends = a_member().with_area_answering(&ends);
        assert!(counts(&ends, "2026-11-30"));
        assert!(!counts(&ends, DAY));
        // Two areas that each answer a part are no region that answered all.
        let mut parts = a_member();
        parts.regional_answers[0].area = "RIEC".into();
        assert!(!counts(&parts, DAY));
        // Another area that says the same takes nothing away; one that says otherwise does, and one
        // that does not know says nothing.
        for (value, expected) in [
            (AnswerValue::Met, true),
            (AnswerValue::Unknown, true),
            (AnswerValue::PartlyMet, false),
        ] {
            let beside = a_member().with_area_answering(&regional("RIEC", "SK-01", value));
            assert_eq!(counts(&beside, DAY), expected, "{value:?}");
        }
        // What is not required, or only the municipality's own, is not asked for.
        let mut nothing = a_member();
        nothing
            .edition
            .criteria
            .retain(|rule| !is_required_of_region(rule));
        assert!(!counts(&nothing, DAY));
    }

    /// An edition of four criteria, answered by two areas now and then, so that both outcomes are
    /// common.
    fn small() -> impl Strategy<Value = Inputs> {
        let answer = (
            select(vec!["VR14", "VR14", "VR14", "RIEC"]),
            select(vec!["SV-03", "SK-01"]),
            prop_oneof![8 => Just(AnswerValue::Met), 1 => select(&AnswerValue::ALL)],
            0..600_u64,
            weighted(0.2, 0..3000_u64),
        );
        let answers = prop::collection::vec(answer, 0..6);
        (submitted(), answers).prop_map(|(mut inputs, answers)| {
            inputs.edition = Edition {
                criteria: voorstel_1().criteria,
                ..inputs.edition
            };
            let kept = ["BB-01", "SV-01", "SV-03", "SK-01"];
            inputs
                .edition
                .criteria
                .retain(|rule| kept.contains(&rule.code.as_str()));
            let start = day("2020-01-01");
            inputs.regional_answers = answers
                .into_iter()
                .map(|(area, code, value, from, length)| RegionalAnswer {
                    from: start + Days::new(from),
                    until: length.map(|days| start + Days::new(from + 1 + days)),
                    ..regional(area, code, value)
                })
                .collect();
            inputs
        })
    }

    #[test]
    fn invented_members_count_and_do_not_count() {
        let mut runner = TestRunner::deterministic();
        let mut invented = || (small(), a_day()).new_tree(&mut runner).unwrap().current();
        let counted = (0..2000).filter(|_| {
            let (inputs, on) = invented();
            counts_by_region(&inputs, on)
        });
        let counted = counted.count();
        assert!((40..1960).contains(&counted), "{counted}");
    }

    /// The rule once more, from its text alone and for this edition: in which two criteria are a
    /// region's to answer.
    fn from_the_text(inputs: &Inputs, on: NaiveDate) -> bool {
        let given = |area: &str, code: &str| {
            let valid = inputs.regional_answers.iter().filter(|one| {
                one.area == area
                    && one.criterion == code
                    && one.from <= on
                    && one.until.is_none_or(|until| on < until)
            });
            let latest = valid.clone().map(|one| one.from).max();
            let values: Vec<AnswerValue> = valid
                .filter(|one| Some(one.from) == latest)
                .map(|one| one.value)
                .filter(|value| *value != AnswerValue::Unknown)
                .collect();
            values
        };
        let met = |area: &str, code: &str| {
            let values = given(area, code);
            !values.is_empty() && values.iter().all(|value| *value == AnswerValue::Met)
        };
        let silent_or_met =
            |area: &str, code: &str| given(area, code).is_empty() || met(area, code);
        let whole = |area: &str, other: &str| {
            ["SV-03", "SK-01"]
                .iter()
                .all(|code| met(area, code) && silent_or_met(other, code))
        };
        let grace = |first: NaiveDate| {
            first <= on && on < later_by(first, inputs.edition.inheritance_grace_months)
        };
        let own = inputs
            .adoptions
            .iter()
            .filter(|one| one.inherited.is_none());
        let own: Vec<_> = own.map(Adoption::dates).collect();
        if state(&own, &inputs.declared, on) == PolicyState::NoneDeclared {
            return false;
        }
        let adopted = inputs.adoptions.iter().any(|one| {
            one.regional
                && one.adopted_on.is_some_and(|from| from <= on)
                && one.withdrawn_on.is_none_or(|end| on < end)
                && one
                    .inherited
                    .as_ref()
                    .is_none_or(|from| grace(from.reorganised_on))
        });
        adopted && (whole("VR14", "RIEC") || whole("RIEC", "VR14"))
    }

    fn later_by(on: NaiveDate, months: u32) -> NaiveDate {
        on.checked_add_months(chrono::Months::new(months)).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn it_is_the_rule_as_written(inputs in small(), on in a_day()) {
            prop_assert_eq!(counts_by_region(&inputs, on), from_the_text(&inputs, on));
        }

        /// What the member answered, and whether it handed in anything, changes nothing.
        #[test]
        fn own_answers_are_not_read(inputs in small(), on in a_day()) {
            let silent = Inputs { version: None, ..inputs.clone() };
            prop_assert_eq!(counts_by_region(&silent, on), counts_by_region(&inputs, on));
        }

        /// Where it counts, each of these criteria is met for a member without an answer of its
        /// own, and so is BB-01.
        #[test]
        fn a_member_that_left_it_the_answers_meets_them(inputs in small(), on in a_day()) {
            let version = Some(Version { number: 1, answers: Vec::new() });
            let left = Inputs { version, ..inputs };
            if counts_by_region(&left, on) {
                let judged = judge(&left, on);
                for code in ["BB-01", "SV-03", "SK-01"] {
                    let mut grounds = judged.grounds.criteria.iter();
                    let ground = grounds.find(|ground| ground.criterion == code);
                    prop_assert_eq!(ground.unwrap().effective, AnswerValue::Met);
                }
            }
        }
    }
}
