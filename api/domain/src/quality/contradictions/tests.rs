//! Each check once where it finds something and once where it finds nothing.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_verdict_agrees_with_what_is_registered_of_the_policy() {
    use AnswerValue::{Met, NotMet, Unknown};
    use PolicyState::{Adopted, BeingUpdated, InDevelopment, NoneDeclared, NotRegistered};
    let contradicts = |state, adopted_policy, is_inherited| {
        let one = PolicyBesideVerdict {
            subject: "GM0402/2026-2",
            state,
            adopted_policy,
            is_inherited,
        };
        one.contradiction().is_some()
    };
    for (state, answer) in [
        (NoneDeclared, Unknown),
        (NoneDeclared, Met),
        (Adopted, NotMet),
        (BeingUpdated, NotMet),
        (NotRegistered, Met),
    ] {
        assert!(contradicts(state, answer, false), "{state:?} {answer:?}");
    }
    for (state, answer) in [
        (NoneDeclared, NotMet),
        (Adopted, Met),
        (Adopted, Unknown),
        (BeingUpdated, Met),
        (NotRegistered, Unknown),
        (NotRegistered, NotMet),
        (InDevelopment, NotMet),
    ] {
        assert!(!contradicts(state, answer, false), "{state:?} {answer:?}");
    }
    assert!(!contradicts(NotRegistered, Met, true));
}

#[test]
fn a_feed_computes_what_the_graph_computes() {
    let one = |in_feed, in_graph| FeedBesideGraph {
        subject: "2024/SUMMARY/c/2024",
        in_feed,
        in_graph,
    };
    assert_eq!(one(Some(90_000), Some(90_000)).contradiction(), None);
    assert_eq!(one(None, None).contradiction(), None);
    let found = one(Some(0), Some(90_000)).contradiction().unwrap();
    assert_eq!(
        found.text.nl,
        "Het verschil is in de tabel total_budget 0 en in GraphQL 90000."
    );
    assert!(one(Some(0), None).contradiction().is_some());
}

#[test]
fn a_sentence_says_what_the_cells_say() {
    let one = |in_cell| SentenceBesideCell {
        round: "2025-1",
        status: ActionStatus::Completed,
        in_sentence: 8,
        in_cell,
    };
    assert_eq!(one(8).contradiction(), None);
    assert_eq!(one(9).contradiction().unwrap().subject, "2025-1/COMPLETED");
}

#[test]
fn a_label_rests_on_a_document_that_can_say_so() {
    use SourceDocumentKind::{FrameworkProposal, ParliamentaryLetter, RegionalPolicy, Statement};
    let contradicts = |label, source| {
        let one = LabelBesideSource {
            subject: "x",
            label,
            source,
        };
        one.contradiction().is_some()
    };
    let endorsed = Labelled::Edition(EditionState::Endorsed);
    let proposed = Labelled::Edition(EditionState::Proposed);
    let carried_out = Labelled::Motion(MotionOutcome::CarriedOut);
    assert!(contradicts(endorsed, Some(FrameworkProposal)));
    assert!(contradicts(carried_out, Some(RegionalPolicy)));
    assert!(!contradicts(endorsed, Some(Statement)));
    assert!(!contradicts(endorsed, None));
    assert!(!contradicts(proposed, Some(FrameworkProposal)));
    assert!(!contradicts(carried_out, Some(ParliamentaryLetter)));
}

#[test]
fn who_is_covered_has_a_source_of_its_own() {
    use SourceDocumentKind::{RegionalPolicy, Statement};
    let contradicts = |area, source| {
        let one = CoverageBesideSource {
            subject: "x",
            area,
            source,
        };
        one.contradiction().is_some()
    };
    assert!(contradicts(
        Some(AreaKind::PoliceUnit),
        Some(RegionalPolicy)
    ));
    assert!(contradicts(None, None));
    assert!(!contradicts(
        Some(AreaKind::SafetyRegion),
        Some(RegionalPolicy)
    ));
    assert!(!contradicts(Some(AreaKind::PoliceUnit), Some(Statement)));
    assert!(!contradicts(None, Some(Statement)));
}

#[test]
fn only_a_round_after_the_deadline_can_lack_a_report() {
    let contradicts = |progress, last_round: Option<&str>| {
        let one = ProgressBesideRound {
            subject: "2024/2/1",
            progress,
            when: When {
                deadline: Some(day("2025-12-31")),
                as_of: day("2026-11-22"),
                last_round: last_round.map(day),
            },
        };
        one.contradiction().is_some()
    };
    let not_reported = GoalProgress::DeadlinePassedNotReported;
    assert!(contradicts(not_reported, Some("2025-06-30")));
    assert!(contradicts(not_reported, None));
    assert!(!contradicts(not_reported, Some("2026-10-31")));
    assert!(!contradicts(
        GoalProgress::DeadlinePassedNoRoundSince,
        Some("2025-06-30")
    ));
}

#[test]
fn a_trend_has_two_figures_or_the_word_of_its_source() {
    let figure = |year, value| YearValue { year, value };
    let falls = [figure(2019, 1334), figure(2020, 984)];
    let contradicts = |kind, direction, figures: &[YearValue], text: &str| {
        let one = TrendBesideFigures {
            subject: "x",
            kind,
            direction: Some(direction),
            figures,
            text,
        };
        one.contradiction().is_some()
    };
    use FigureKind::{Trend, Visibility};
    use TrendDirection::{Fall, MoreVisible, Rise, StrongFall};
    assert!(contradicts(
        Trend,
        Rise,
        &[],
        "steeds nadrukkelijker in beeld"
    ));
    assert!(contradicts(Trend, Rise, &falls, ""));
    assert!(contradicts(Trend, Fall, &falls[..1], ""));
    assert!(!contradicts(Trend, Fall, &falls, ""));
    assert!(!contradicts(Trend, StrongFall, &[], "aanzienlijk gedaald"));
    assert!(!contradicts(Visibility, MoreVisible, &[], "in beeld"));
}
