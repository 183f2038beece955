//! Each rule of `rules` once where it holds and once where it just does not, with exact values.
//! Dates of policy have their cases in `adoption`; what holds for every municipality stands in
//! `laws`.

use super::{fixtures::*, rules::*};

use AnswerValue::{Met, NotApplicable, NotMet, PartlyMet, Unknown};
use VerdictStatus::{Compliant, NotAssessed, NotCompliant, PartlyCompliant};

const TODAY: &str = "2026-11-22";

fn today(inputs: &Inputs) -> Judgement {
    judge(inputs, day(TODAY))
}

fn verdict(inputs: &Inputs) -> (VerdictStatus, RuleThatFitted) {
    let judgement = today(inputs);
    (judgement.status, judgement.grounds.rule)
}

/// Effective answer, source, area and reasons of one criterion.
fn stands(inputs: &Inputs, code: &str) -> (AnswerValue, AnswerSource, Option<String>, Vec<Reason>) {
    let judgement = today(inputs);
    let ground = judgement.of(code).clone();
    (ground.effective, ground.from, ground.area, ground.reasons)
}

fn area(code: &str) -> Option<String> {
    Some(code.to_owned())
}

#[test]
fn the_fixture_is_the_edition_of_the_reference() {
    let edition = voorstel_1();
    assert_eq!(edition.criteria.len(), 25);
    assert_eq!(
        edition.criteria.iter().filter(|rule| rule.required).count(),
        18
    );
}

#[test]
fn rule_1_without_a_version_nothing_is_assessed() {
    let inputs = Inputs {
        version: None,
        ..all_met()
    };
    let judgement = today(&inputs);
    assert_eq!(verdict(&inputs), (NotAssessed, RuleThatFitted::NoVersion));
    assert_eq!(
        judgement.grounds.counts,
        Counts {
            required: 18,
            applicable: 18,
            unknown: 18,
            left_out: 2,
            ..Counts::default()
        }
    );
    assert_eq!(judgement.grounds.version, None);
    assert_eq!(judgement.grounds.next, None);
    assert_eq!(
        stands(&inputs, "BB-01"),
        (
            Unknown,
            AnswerSource::Nobody,
            None,
            vec![Reason::NotSubmitted]
        )
    );
}

#[test]
fn rule_1_an_empty_version_is_assessed() {
    let mut inputs = all_met();
    inputs.version = Some(Version {
        number: 3,
        answers: vec![],
    });
    let judgement = today(&inputs);
    assert_eq!(
        verdict(&inputs),
        (NotCompliant, RuleThatFitted::FewerThanHalfMet)
    );
    assert_eq!(judgement.grounds.version, Some(3));
    let counts = Counts {
        required: 18,
        applicable: 18,
        met: 3,
        unknown: 15,
        ..Counts::default()
    };
    assert_eq!(judgement.grounds.counts, counts);
}

#[test]
fn rule_2_without_adopted_policy_all_else_met_does_not_help() {
    let inputs = all_met().declaring_none("2026-01-01");
    assert_eq!(
        verdict(&inputs),
        (NotCompliant, RuleThatFitted::PolicyMissing)
    );
    let reasons = vec![Reason::NoneDeclared];
    assert_eq!(
        stands(&inputs, "BB-01"),
        (NotMet, AnswerSource::Computed, None, reasons.clone())
    );
    assert_eq!(
        stands(&inputs, "BB-02"),
        (NotMet, AnswerSource::Computed, None, reasons)
    );
}

#[test]
fn rule_2_leaves_out_policy_of_which_nothing_is_known() {
    let inputs = all_met().with_adoptions([]);
    assert_eq!(
        verdict(&inputs),
        (PartlyCompliant, RuleThatFitted::Otherwise)
    );
    let reasons = vec![Reason::NoAdoptionRegistered];
    for code in ["BB-01", "BB-02"] {
        assert_eq!(
            stands(&inputs, code),
            (Unknown, AnswerSource::Computed, None, reasons.clone())
        );
    }
    let counts = Counts {
        required: 18,
        applicable: 18,
        met: 16,
        unknown: 2,
        left_out: 2,
        ..Counts::default()
    };
    assert_eq!(today(&inputs).grounds.counts, counts);
    // 8 of 16 are half, where 8 of 18 would not be; 7 of 16 are not.
    let silent = |count| with_first(count, NotMet).with_adoptions([]);
    assert_eq!(verdict(&silent(8)).0, PartlyCompliant);
    assert_eq!(
        verdict(&silent(9)),
        (NotCompliant, RuleThatFitted::FewerThanHalfMet)
    );
    // A decision that is in force, though overdue, makes it 9 of 18.
    let overdue = silent(8).with_adoptions([an_adoption("plan", "2019-01-01")]);
    assert_eq!(verdict(&overdue).0, PartlyCompliant);
    // Nothing known at all is not fewer than half of it.
    let mut alone = all_met().with_adoptions([]);
    alone
        .edition
        .criteria
        .retain(|rule| ["BB-01", "BB-02"].contains(&rule.code.as_str()));
    assert_eq!(verdict(&alone).0, PartlyCompliant);
}

#[test]
fn rule_2_only_not_met_counts_as_missing_policy() {
    let mut inputs = all_met().with_adoptions([an_adoption("plan", "2019-01-01")]);
    assert_eq!(
        verdict(&inputs),
        (PartlyCompliant, RuleThatFitted::Otherwise)
    );
    // In an edition that asks instead of computes, nobody answering is not "no policy".
    inputs.rule_mut("BB-01").answered_by = AnsweredBy::Municipality;
    assert_eq!(stands(&inputs, "BB-01").0, Unknown);
    assert_eq!(
        verdict(&inputs),
        (PartlyCompliant, RuleThatFitted::Otherwise)
    );
    let inputs = inputs.answering("BB-01", NotMet);
    assert_eq!(
        verdict(&inputs),
        (NotCompliant, RuleThatFitted::PolicyMissing)
    );
}

#[test]
fn rule_2_speaks_of_a_required_criterion() {
    let mut inputs = all_met().declaring_none("2026-01-01");
    inputs.rule_mut("BB-01").required = false;
    assert_eq!(
        verdict(&inputs),
        (PartlyCompliant, RuleThatFitted::Otherwise)
    );
}

#[test]
fn rule_2_half_is_enough_and_one_fewer_is_not() {
    assert_eq!(
        verdict(&with_first(9, NotMet)),
        (PartlyCompliant, RuleThatFitted::Otherwise)
    );
    assert_eq!(
        verdict(&with_first(10, NotMet)),
        (NotCompliant, RuleThatFitted::FewerThanHalfMet)
    );
    assert_eq!(
        verdict(&with_first(10, PartlyMet)),
        (NotCompliant, RuleThatFitted::FewerThanHalfMet)
    );
}

#[test]
fn rule_3_everything_met_and_nothing_less() {
    assert_eq!(verdict(&all_met()), (Compliant, RuleThatFitted::AllMet));
    for value in [PartlyMet, NotMet, Unknown] {
        assert_eq!(
            verdict(&with_first(1, value)),
            (PartlyCompliant, RuleThatFitted::Otherwise)
        );
    }
}

#[test]
fn advanced_criteria_are_shown_and_not_counted() {
    let inputs = all_met().answering("OH-05", NotMet);
    let judgement = today(&inputs);
    assert_eq!(judgement.status, Compliant);
    assert_eq!(
        judgement.grounds.counts,
        Counts {
            required: 18,
            applicable: 18,
            met: 18,
            ..Counts::default()
        }
    );
    assert_eq!(judgement.grounds.criteria.len(), 25);
    let ground = judgement.of("OH-05");
    assert_eq!((ground.required, ground.effective), (false, NotMet));
}

#[test]
fn not_applicable_where_allowed_leaves_the_count() {
    let mut inputs = with_first(9, NotMet).answering("OH-02", NotApplicable);
    inputs.rule_mut("OH-02").not_applicable_allowed = true;
    // 8 of 17 met: below half, where 8 of 16 would not be.
    assert_eq!(
        verdict(&inputs),
        (NotCompliant, RuleThatFitted::FewerThanHalfMet)
    );
    let counts = Counts {
        required: 18,
        applicable: 17,
        met: 8,
        not_met: 9,
        not_applicable: 1,
        ..Counts::default()
    };
    assert_eq!(today(&inputs).grounds.counts, counts);
    inputs.rule_mut("BB-03").not_applicable_allowed = true;
    let inputs = inputs.answering("BB-03", NotApplicable);
    assert_eq!(
        verdict(&inputs),
        (PartlyCompliant, RuleThatFitted::Otherwise)
    );
}

#[test]
fn not_applicable_where_not_allowed_counts_as_unknown() {
    let inputs = all_met().answering("OH-02", NotApplicable);
    let reasons = vec![Reason::NobodyAnswered, Reason::NotApplicableNotAllowed];
    assert_eq!(
        stands(&inputs, "OH-02"),
        (Unknown, AnswerSource::Nobody, None, reasons.clone())
    );
    assert_eq!(
        verdict(&inputs),
        (PartlyCompliant, RuleThatFitted::Otherwise)
    );
    let inputs = inputs.with_regional(regional("VR14", "OH-02", NotApplicable));
    assert_eq!(
        stands(&inputs, "OH-02"),
        (Unknown, AnswerSource::Nobody, None, reasons)
    );
    let inputs = inputs.with_regional(regional("VR15", "OH-02", Met));
    let reasons = vec![Reason::NotApplicableNotAllowed];
    assert_eq!(
        stands(&inputs, "OH-02"),
        (Met, AnswerSource::Regional, area("VR15"), reasons)
    );
}

#[test]
fn two_own_answers_that_differ_are_no_answer() {
    let mut inputs = all_met();
    inputs
        .version
        .as_mut()
        .unwrap()
        .answers
        .push(own("SV-01", NotMet));
    assert_eq!(
        stands(&inputs, "SV-01"),
        (
            Unknown,
            AnswerSource::Nobody,
            None,
            vec![Reason::NobodyAnswered]
        )
    );
}

#[test]
fn an_own_answer_goes_before_the_region() {
    let inputs = all_met().with_regional(regional("VR14", "SV-03", NotMet));
    assert_eq!(
        stands(&inputs, "SV-03"),
        (Met, AnswerSource::Own, None, vec![])
    );
    let inputs = inputs.answering("SV-03", PartlyMet);
    let reasons = vec![Reason::AnsweredPartlyMet];
    assert_eq!(
        stands(&inputs, "SV-03"),
        (PartlyMet, AnswerSource::Own, None, reasons)
    );
}

#[test]
fn the_region_answers_for_who_is_silent_or_does_not_know() {
    let inputs = all_met().with_regional(regional("VR14", "SV-03", NotMet));
    let expected = (
        NotMet,
        AnswerSource::Regional,
        area("VR14"),
        vec![Reason::AnsweredNotMet],
    );
    assert_eq!(
        stands(&inputs.clone().silent_on("SV-03"), "SV-03"),
        expected
    );
    assert_eq!(
        stands(&inputs.answering("SV-03", Unknown), "SV-03"),
        expected
    );
}

#[test]
fn nobody_answered_is_unknown() {
    let expected = (
        Unknown,
        AnswerSource::Nobody,
        None,
        vec![Reason::NobodyAnswered],
    );
    let inputs = all_met().silent_on("SV-03");
    assert_eq!(stands(&inputs, "SV-03"), expected);
    assert_eq!(
        stands(
            &inputs.with_regional(regional("VR14", "SV-03", Unknown)),
            "SV-03"
        ),
        expected
    );
}

#[test]
fn a_regional_answer_counts_from_its_first_day_until_the_day_before_its_end() {
    let window = RegionalAnswer {
        from: day("2026-02-01"),
        until: Some(day("2026-05-01")),
        ..regional("VR14", "SV-03", Met)
    };
    let inputs = all_met().silent_on("SV-03").with_regional(window);
    let on = |text| judge(&inputs, day(text)).of("SV-03").effective;
    assert_eq!(
        [
            on("2026-01-31"),
            on("2026-02-01"),
            on("2026-04-30"),
            on("2026-05-01")
        ],
        [Unknown, Met, Met, Unknown]
    );
}

#[test]
fn areas_that_disagree_answer_nothing() {
    let inputs = all_met()
        .silent_on("SV-03")
        .with_regional(regional("VR15", "SV-03", Met))
        .with_regional(regional("VR14", "SV-03", NotMet));
    let reasons = vec![Reason::ConflictingRegions {
        areas: vec!["VR14".into(), "VR15".into()],
    }];
    assert_eq!(
        stands(&inputs, "SV-03"),
        (Unknown, AnswerSource::Nobody, None, reasons)
    );
    assert_eq!(
        stands(&inputs.answering("SV-03", Met), "SV-03"),
        (Met, AnswerSource::Own, None, vec![])
    );
}

#[test]
fn areas_that_agree_or_are_silent_do_not_conflict() {
    let inputs = all_met()
        .silent_on("SV-03")
        .with_regional(regional("VR15", "SV-03", Met))
        .with_regional(regional("VR14", "SV-03", Met))
        .with_regional(regional("RIEC", "SV-03", Unknown));
    assert_eq!(
        stands(&inputs, "SV-03"),
        (Met, AnswerSource::Regional, area("VR14"), vec![])
    );
}

#[test]
fn of_one_area_the_latest_answer_speaks() {
    let later = RegionalAnswer {
        from: day("2026-06-01"),
        ..regional("VR14", "SV-03", NotMet)
    };
    let inputs = all_met()
        .silent_on("SV-03")
        .with_regional(regional("VR14", "SV-03", Met))
        .with_regional(later);
    assert_eq!(judge(&inputs, day("2026-05-31")).of("SV-03").effective, Met);
    assert_eq!(
        judge(&inputs, day("2026-06-01")).of("SV-03").effective,
        NotMet
    );
}

#[test]
fn a_local_criterion_takes_no_regional_answer() {
    let inputs = all_met()
        .silent_on("SV-01")
        .with_regional(regional("VR14", "SV-01", Met));
    assert_eq!(
        stands(&inputs, "SV-01"),
        (
            Unknown,
            AnswerSource::Nobody,
            None,
            vec![Reason::NobodyAnswered]
        )
    );
}

#[test]
fn local_adoption_of_a_regional_document_takes_no_regional_answer() {
    let mut inputs = all_met().with_regional(regional("VR14", "BB-02", Met));
    inputs.rule_mut("BB-02").answered_by = AnsweredBy::Municipality;
    assert_eq!(stands(&inputs, "BB-02").0, Unknown);
    assert_eq!(
        stands(&inputs.answering("BB-02", Met), "BB-02").1,
        AnswerSource::Own
    );
}

#[test]
fn a_regional_criterion_takes_no_own_answer() {
    let inputs = all_met().answering("SK-01", NotMet);
    let reasons = vec![Reason::OwnAnswerNotAllowed];
    assert_eq!(
        stands(&inputs, "SK-01"),
        (Met, AnswerSource::Regional, area("VR14"), reasons)
    );
    let inputs = Inputs {
        regional_answers: vec![],
        ..inputs
    };
    let reasons = vec![Reason::NobodyAnswered, Reason::OwnAnswerNotAllowed];
    assert_eq!(
        stands(&inputs, "SK-01"),
        (Unknown, AnswerSource::Nobody, None, reasons)
    );
}

#[test]
fn a_computed_criterion_takes_no_answer_at_all() {
    let inputs = all_met()
        .with_adoptions([])
        .answering("BB-01", Met)
        .with_regional(regional("VR14", "BB-01", Met));
    let reasons = vec![Reason::NoAdoptionRegistered, Reason::OwnAnswerNotAllowed];
    assert_eq!(
        stands(&inputs, "BB-01"),
        (Unknown, AnswerSource::Computed, None, reasons)
    );
}

#[test]
fn a_computed_criterion_that_these_rules_do_not_know_is_unknown() {
    let mut inputs = all_met();
    inputs.rule_mut("BB-03").answered_by = AnsweredBy::Computed;
    let reasons = vec![Reason::OwnAnswerNotAllowed, Reason::NoComputationKnown];
    assert_eq!(
        stands(&inputs, "BB-03"),
        (Unknown, AnswerSource::Nobody, None, reasons)
    );
}

#[test]
fn only_an_endorsed_edition_gives_a_final_verdict() {
    let provisional = EditionState::ALL.iter().map(|state| {
        let mut inputs = all_met();
        inputs.edition.state = *state;
        today(&inputs).grounds.provisional
    });
    assert_eq!(provisional.collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn an_edition_that_asks_nothing_is_met() {
    let mut inputs = all_met();
    inputs.edition.criteria.clear();
    assert_eq!(verdict(&inputs), (Compliant, RuleThatFitted::AllMet));
}

#[test]
fn spans_follow_a_policy_through_its_life() {
    let ending = RegionalAnswer {
        until: Some(day("2027-03-01")),
        ..regional("VR14", "SK-01", Met)
    };
    let inputs = Inputs {
        regional_answers: vec![ending],
        ..all_met().with_adoptions([an_adoption("plan", "2027-01-15")])
    };
    let shown: Vec<_> = spans(&inputs, day(TODAY))
        .into_iter()
        .map(|span| {
            (
                span.from,
                span.judgement.status,
                span.judgement.grounds.rule,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (
                day("2026-11-22"),
                PartlyCompliant,
                RuleThatFitted::Otherwise
            ),
            (day("2027-01-15"), Compliant, RuleThatFitted::AllMet),
            (
                day("2027-03-01"),
                PartlyCompliant,
                RuleThatFitted::Otherwise
            ),
            // The warning changes the grounds alone.
            (
                day("2030-07-15"),
                PartlyCompliant,
                RuleThatFitted::Otherwise
            ),
            (
                day("2031-01-16"),
                PartlyCompliant,
                RuleThatFitted::Otherwise
            ),
        ]
    );
}

#[test]
fn without_a_version_there_is_one_span() {
    let inputs = Inputs {
        version: None,
        ..all_met()
    };
    assert_eq!(spans(&inputs, day("2020-01-01")).len(), 1);
}
