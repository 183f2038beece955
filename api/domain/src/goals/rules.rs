//! How far a goal is and what it lacks, from facts alone. [`super::sentences`] puts targets and
//! figures into words.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::codes::{
    GoalProgress, MeasurementKind, MeasurementState, SmartPart, TargetDirection, TargetKind,
};

/// The deadline of a goal, and the day that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The last day on which it can be reached in time; none when the sources name none.
    pub deadline: Option<NaiveDate>,
    /// The day that is asked for: later measurements are not known yet. NL: peildatum.
    pub as_of: NaiveDate,
    /// The last day of the latest monitoring round that was closed by then; none before the first.
    pub last_round: Option<NaiveDate>,
}

impl When {
    fn is_passed(self) -> bool {
        is_passed(self.deadline, self.as_of)
    }

    fn unreported(self) -> GoalProgress {
        if !self.is_passed() {
            return GoalProgress::NotReported;
        }
        // A round counts from its last day, as its statuses do.
        let followed = self.last_round.zip(self.deadline);
        if followed.is_some_and(|(round, deadline)| deadline < round) {
            GoalProgress::DeadlinePassedNotReported
        } else {
            GoalProgress::DeadlinePassedNoRoundSince
        }
    }
}

/// Whether a deadline lies before a day: it is a whole day and inclusive.
pub fn is_passed(deadline: Option<NaiveDate>, as_of: NaiveDate) -> bool {
    deadline.is_some_and(|deadline| deadline < as_of)
}

/// A target value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The place within the goal, from 1.
    pub number: i32,
    /// Whether `value` is a number or a rise in per cent.
    pub kind: TargetKind,
    /// How the value is meant: at least, exactly, or between two. NL: richting.
    pub direction: TargetDirection,
    /// The value, or the lower end of a range: per cent for a rise, else in the unit of the target.
    pub value: i64,
    /// The upper end of a range, included; none for any other target. NL: bovengrens.
    pub value_to: Option<i64>,
}

impl Target {
    fn needs_baseline(&self) -> bool {
        self.kind == TargetKind::PercentIncrease
    }

    /// Whether a number reaches it; of a percentage both sides are a hundred times the rise over
    /// the baseline.
    fn is_reached(&self, number: i64, scale: i64) -> bool {
        let low = self.value * scale;
        match self.direction {
            TargetDirection::AtLeast => number >= low,
            TargetDirection::Exactly => number == low,
            TargetDirection::Between => {
                number >= low && self.value_to.is_none_or(|high| number <= high * scale)
            }
        }
    }
}

/// A measurement of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured<'a> {
    /// The target that it is of; none when it is of the goal as a whole.
    pub target: Option<i32>,
    /// Which measurement it is, as the baseline. NL: soort meting.
    pub kind: MeasurementKind,
    /// How far it is; it says nothing of a target before it is reported.
    pub state: MeasurementState,
    /// The group that is measured, as printed in Dutch; none when the source names none.
    pub group: Option<&'a str>,
    /// What `value` counts, in Dutch; none when there is none. NL: eenheid.
    pub unit: Option<&'a str>,
    /// The figure, in `unit`; none while it is not reported.
    pub value: Option<i64>,
    /// The day of the measurement; one without a day counts on every day.
    pub on: Option<NaiveDate>,
}

impl Measured<'_> {
    fn is_known(&self, when: When) -> bool {
        self.on.is_none_or(|day| day <= when.as_of)
    }

    fn is_reported(&self) -> bool {
        self.state == MeasurementState::Reported && self.value.is_some()
    }

    fn is_baseline(&self) -> bool {
        self.kind == MeasurementKind::Baseline
    }
}

/// How far a target is, by the measurements of its goal.
pub fn target_progress(target: &Target, all: &[Measured<'_>], when: When) -> GoalProgress {
    let own: Vec<&Measured<'_>> = all
        .iter()
        .filter(|one| one.target == Some(target.number) && one.is_known(when))
        .collect();
    if target.needs_baseline() && !own.iter().any(|one| one.is_baseline() && one.is_reported()) {
        return GoalProgress::NotComputable;
    }
    let groups: BTreeSet<Option<&str>> = own.iter().map(|one| one.group).collect();
    if groups.is_empty() {
        return when.unreported();
    }
    GoalProgress::all(groups.into_iter().map(|group| {
        let of_group: Vec<&Measured<'_>> = own
            .iter()
            .filter(|one| one.group == group)
            .copied()
            .collect();
        group_progress(target, &of_group, when)
    }))
}

/// How far a target is in one of the groups that are measured.
fn group_progress(target: &Target, own: &[&Measured<'_>], when: When) -> GoalProgress {
    let latest = |baseline: bool| {
        own.iter()
            .filter(|one| one.is_baseline() == baseline && one.is_reported())
            .max_by_key(|one| (one.on, one.kind))
    };
    let Some(later) = latest(false) else {
        let is_hard = own
            .iter()
            .any(|one| one.state == MeasurementState::HardToMeasure);
        return if is_hard {
            GoalProgress::NotComputable
        } else {
            when.unreported()
        };
    };
    let number = later.value.unwrap_or_default();
    let is_reached = if target.needs_baseline() {
        let base = latest(true).filter(|base| base.unit == later.unit);
        let Some(base) = base.and_then(|base| base.value).filter(|base| *base > 0) else {
            return GoalProgress::NotComputable;
        };
        target.is_reached((number - base) * 100, base)
    } else {
        target.is_reached(number, 1)
    };
    if is_reached {
        GoalProgress::Met
    } else {
        GoalProgress::NotMet
    }
}

/// How far a goal is.
pub fn goal_progress(targets: &[Target], measured: &[Measured<'_>], when: When) -> GoalProgress {
    if targets.is_empty() {
        let has_answer = measured.iter().any(|one| {
            one.is_known(when) && !one.is_baseline() && one.state != MeasurementState::Running
        });
        return if has_answer {
            GoalProgress::NotComputable
        } else {
            when.unreported()
        };
    }
    GoalProgress::all(
        targets
            .iter()
            .map(|target| target_progress(target, measured, when)),
    )
}

/// What a goal lacks to be formulated and followed by SMART, in the order of [`SmartPart`].
pub fn missing_parts(
    targets: &[Target],
    measured: &[Measured<'_>],
    has_effect_indicator: bool,
    when: When,
) -> Vec<SmartPart> {
    let reported: Vec<&Measured<'_>> = measured
        .iter()
        .filter(|one| one.is_known(when) && one.is_reported())
        .collect();
    let lacks_baseline = |target: &Target| {
        target.needs_baseline()
            && !reported
                .iter()
                .any(|one| one.is_baseline() && one.target == Some(target.number))
    };
    [
        (SmartPart::TargetValue, targets.is_empty()),
        (
            SmartPart::PerformanceData,
            !reported.iter().any(|one| !one.is_baseline()),
        ),
        (SmartPart::EffectIndicator, !has_effect_indicator),
        (SmartPart::Baseline, targets.iter().any(lacks_baseline)),
        (SmartPart::Deadline, when.deadline.is_none()),
    ]
    .into_iter()
    .filter_map(|(part, is_missing)| is_missing.then_some(part))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn when(deadline: &str, as_of: &str) -> When {
        When {
            deadline: Some(day(deadline)),
            as_of: day(as_of),
            last_round: None,
        }
    }

    const SOON: (&str, &str) = ("2026-12-31", "2026-11-22");

    fn count(number: i32, direction: TargetDirection, value: i64, value_to: Option<i64>) -> Target {
        Target {
            number,
            kind: TargetKind::Count,
            direction,
            value,
            value_to,
        }
    }

    fn ten_per_cent() -> Target {
        Target {
            kind: TargetKind::PercentIncrease,
            ..count(1, TargetDirection::AtLeast, 10, None)
        }
    }

    fn reported(target: i32, kind: MeasurementKind, on: &str, value: i64) -> Measured<'static> {
        Measured {
            target: Some(target),
            kind,
            state: MeasurementState::Reported,
            group: None,
            unit: None,
            value: Some(value),
            on: Some(day(on)),
        }
    }

    #[test]
    fn a_deadline_is_passed_on_the_day_after() {
        let progress = |as_of| goal_progress(&[], &[], when("2025-12-31", as_of));
        assert_eq!(progress("2025-12-31"), GoalProgress::NotReported);
        assert_eq!(
            progress("2026-01-01"),
            GoalProgress::DeadlinePassedNoRoundSince
        );
        let open = When {
            deadline: None,
            as_of: day("2099-01-01"),
            last_round: Some(day("2098-12-31")),
        };
        assert_eq!(goal_progress(&[], &[], open), GoalProgress::NotReported);
    }

    #[test]
    fn only_a_round_after_the_deadline_could_have_reported() {
        let progress = |round: Option<&str>| {
            let when = When {
                last_round: round.map(day),
                ..when("2025-12-31", "2026-11-22")
            };
            goal_progress(&[], &[], when)
        };
        for no_round_since in [None, Some("2025-06-30"), Some("2025-12-31")] {
            assert_eq!(
                progress(no_round_since),
                GoalProgress::DeadlinePassedNoRoundSince
            );
        }
        assert_eq!(
            progress(Some("2026-01-01")),
            GoalProgress::DeadlinePassedNotReported
        );
    }

    #[test]
    fn a_percentage_needs_a_reported_baseline() {
        use MeasurementKind::{Baseline, Final};
        let target = [ten_per_cent()];
        let when = when(SOON.0, SOON.1);
        let progress = |measured: &[Measured<'_>]| goal_progress(&target, measured, when);
        assert_eq!(progress(&[]), GoalProgress::NotComputable);
        let running = Measured {
            state: MeasurementState::Running,
            value: None,
            ..reported(1, Baseline, "2025-06-30", 0)
        };
        assert_eq!(progress(&[running]), GoalProgress::NotComputable);
        let baseline = reported(1, Baseline, "2025-06-30", 200);
        assert_eq!(progress(&[baseline]), GoalProgress::NotReported);
        for (value, expected) in [(219, GoalProgress::NotMet), (220, GoalProgress::Met)] {
            let later = reported(1, Final, "2026-11-01", value);
            assert_eq!(progress(&[baseline, later]), expected);
        }
        let other_unit = Measured {
            unit: Some("%"),
            ..reported(1, Final, "2026-11-01", 500)
        };
        assert_eq!(
            progress(&[baseline, other_unit]),
            GoalProgress::NotComputable
        );
        let not_yet = reported(1, Final, "2026-12-01", 500);
        assert_eq!(progress(&[baseline, not_yet]), GoalProgress::NotReported);
    }

    #[test]
    fn a_goal_is_met_when_all_its_targets_are() {
        use TargetDirection::{AtLeast, Between, Exactly};
        let targets = [count(1, AtLeast, 5, None), count(2, AtLeast, 10, None)];
        let when = when(SOON.0, SOON.1);
        let of = |target, value| reported(target, MeasurementKind::Interim, "2026-10-01", value);
        let progress = |measured: &[Measured<'_>]| goal_progress(&targets, measured, when);
        assert_eq!(progress(&[of(1, 5)]), GoalProgress::NotReported);
        assert_eq!(progress(&[of(1, 5), of(2, 10)]), GoalProgress::Met);
        assert_eq!(progress(&[of(1, 4), of(2, 10)]), GoalProgress::NotMet);
        assert_eq!(progress(&[of(1, 4)]), GoalProgress::NotMet);
        let range = count(1, Between, 3, Some(5));
        let one = count(1, Exactly, 1, None);
        for (target, value, expected) in [
            (range, 2, GoalProgress::NotMet),
            (range, 3, GoalProgress::Met),
            (range, 5, GoalProgress::Met),
            (range, 6, GoalProgress::NotMet),
            (one, 1, GoalProgress::Met),
            (one, 2, GoalProgress::NotMet),
        ] {
            assert_eq!(
                target_progress(&target, &[of(1, value)], when),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn the_latest_measurement_counts_and_each_group_must_reach_it() {
        let target = count(1, TargetDirection::AtLeast, 5, None);
        let when = when(SOON.0, SOON.1);
        let early = reported(1, MeasurementKind::Interim, "2025-01-01", 5);
        let late = reported(1, MeasurementKind::Interim, "2026-01-01", 4);
        assert_eq!(
            target_progress(&target, &[late, early], when),
            GoalProgress::NotMet
        );
        let group = |group| Measured {
            group: Some(group),
            ..early
        };
        let hard = Measured {
            state: MeasurementState::HardToMeasure,
            value: None,
            ..group("b")
        };
        assert_eq!(
            target_progress(&target, &[group("a"), group("b")], when),
            GoalProgress::Met
        );
        assert_eq!(
            target_progress(&target, &[group("a"), hard], when),
            GoalProgress::NotComputable
        );
    }

    #[test]
    fn a_figure_without_a_target_decides_nothing() {
        let figure = Measured {
            target: None,
            ..reported(1, MeasurementKind::Interim, "2026-01-01", 5)
        };
        assert_eq!(
            goal_progress(&[], &[figure], when(SOON.0, SOON.1)),
            GoalProgress::NotComputable
        );
    }

    #[test]
    fn what_a_goal_lacks_is_listed_in_order() {
        use SmartPart::{Baseline, Deadline, EffectIndicator, PerformanceData, TargetValue};
        let open = When {
            deadline: None,
            as_of: day("2026-11-22"),
            last_round: None,
        };
        assert_eq!(
            missing_parts(&[], &[], false, open),
            [TargetValue, PerformanceData, EffectIndicator, Deadline]
        );
        let when = when(SOON.0, SOON.1);
        let target = [ten_per_cent()];
        assert_eq!(
            missing_parts(&target, &[], true, when),
            [PerformanceData, Baseline]
        );
        let measured = [
            reported(1, MeasurementKind::Baseline, "2025-06-30", 200),
            reported(1, MeasurementKind::Final, "2026-11-01", 200),
        ];
        assert_eq!(missing_parts(&target, &measured, true, when), []);
    }
}
