//! The codes of goals, measurements and figures, with the words for them.

use async_graphql::Enum;

/// How far a goal or a target is. NL: voortgang van een doel.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GoalProgress {
    /// By the last reported measurements the target is reached; of a goal, all of its targets are. NL: gehaald.
    Met,
    /// By the last reported measurement a target is not reached; before the deadline that is only how it stands. NL: niet
    /// gehaald.
    NotMet,
    /// Nothing is reported, and the deadline has not passed or is not in the source. NL: niet gerapporteerd.
    NotReported,
    /// The deadline lies before the day asked for and nothing is reported: that says nothing about the work itself. NL:
    /// termijn verstreken, niet gerapporteerd.
    DeadlinePassedNotReported,
    /// There is no reported baseline to compare a percentage with, what is reported is that it is hard to measure, or
    /// there is a figure and no target value to hold it against. NL: niet te berekenen.
    NotComputable,
}

/// A part of a goal that is formulated by SMART. NL: onderdeel van een SMART-doel.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SmartPart {
    /// Lacking when the sources print no target value for any part of the goal. NL: streefwaarde.
    TargetValue,
    /// Lacking when no later measurement than a baseline is reported for the goal by the day asked for. NL:
    /// prestatiegegevens.
    PerformanceData,
    /// Lacking when no intended effect of the goal's line has an indicator: the sources tie indicators to effects of a
    /// line, never to one goal. NL: effectindicator.
    EffectIndicator,
    /// Lacking when a target is a percentage and no baseline of it is reported by the day asked for; one that is still
    /// being measured lacks as well. Never lacking for a count. NL: nulmeting.
    Baseline,
    /// Lacking when the sources print no day or year by which to reach the goal. NL: termijn.
    Deadline,
}

/// What kind of target it is. NL: soort streefwaarde.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TargetKind {
    /// A rise in per cent: there must be a baseline to compare with. NL: stijging in procenten.
    PercentIncrease,
    /// A number. NL: aantal.
    Count,
}

/// How the value of a target is meant. NL: richting van een streefwaarde.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TargetDirection {
    /// The value or more. NL: ten minste.
    AtLeast,
    /// From the value to the upper end, both included. NL: tussen.
    Between,
    /// The value and no other. NL: precies.
    Exactly,
}

/// Which measurement it is. NL: soort meting.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MeasurementKind {
    /// What later measurements are compared with. NL: nulmeting.
    Baseline,
    /// A measurement under way. NL: tussenmeting.
    Interim,
    /// The measurement at the end. NL: eindmeting.
    Final,
}

/// How far a measurement is. NL: stand van een meting.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MeasurementState {
    /// It is being measured; there is no figure yet. NL: loopt.
    Running,
    /// There is a figure. NL: gerapporteerd.
    Reported,
    /// The source says that it is hard to measure; there is no figure. NL: lastig meetbaar.
    HardToMeasure,
}

/// Whether there is a baseline to compare with, by the sources. NL: stand van de nulmeting.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BaselineState {
    /// The sources name none. NL: niet in de bron.
    NotInSource,
    /// It is being measured. NL: loopt.
    Running,
    /// A count needs none. NL: niet nodig.
    NotNeeded,
}

/// What kind of figure it is. NL: soort cijfer.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FigureKind {
    /// It was counted. NL: telling.
    Count,
    /// It was estimated; never to be mixed with counts. NL: schatting.
    Estimate,
    /// A direction without a number. NL: trend.
    Trend,
    /// The source says that there is no figure. NL: onbekend.
    Unknown,
}

/// How the number of a figure is meant. NL: nauwkeurigheid.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FigureQualifier {
    /// The number itself. NL: precies.
    Exact,
    /// The number or more. NL: minstens.
    AtLeast,
    /// From `value` to `valueTo`. NL: bereik.
    Range,
    /// `value` of every `valueTo`. NL: verhouding.
    Proportion,
    /// There is no number. NL: geen getal.
    None,
}

/// Where a trend goes. NL: richting van een trend.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrendDirection {
    /// It rises. NL: stijging.
    Rise,
    /// It falls. NL: daling.
    Fall,
    /// It falls considerably, in the words of the source. NL: sterke daling.
    StrongFall,
}

impl GoalProgress {
    pub(crate) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Met => ("Gehaald", "Met"),
            Self::NotMet => ("Niet gehaald", "Not met"),
            Self::NotReported => ("Niet gerapporteerd", "Not reported"),
            Self::DeadlinePassedNotReported => (
                "Termijn verstreken, niet gerapporteerd",
                "Deadline passed, not reported",
            ),
            Self::NotComputable => ("Niet te berekenen", "Not computable"),
        }
    }

    /// What several come to: a goal is met when all are, and not met as soon as one is not.
    pub(super) fn all(parts: impl Iterator<Item = Self>) -> Self {
        let parts: Vec<Self> = parts.collect();
        [
            Self::NotMet,
            Self::NotComputable,
            Self::DeadlinePassedNotReported,
            Self::NotReported,
        ]
        .into_iter()
        .find(|one| parts.contains(one))
        .unwrap_or(Self::Met)
    }
}

impl SmartPart {
    pub(crate) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::TargetValue => ("streefwaarde", "target value"),
            Self::PerformanceData => ("prestatiegegevens", "performance data"),
            Self::EffectIndicator => ("effectindicator", "effect indicator"),
            Self::Baseline => ("nulmeting", "baseline"),
            Self::Deadline => ("termijn", "deadline"),
        }
    }
}
