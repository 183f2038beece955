//! The lists of goals: progress and parts of a goal, targets, measurements, figures, forms of
//! exploitation. NL: codelijsten van de doelen.

use crate::code_list::code_list;

code_list! {
    /// How far a goal or a target is. NL: voortgang van een doel.
    pub enum GoalProgress {
        /// By the last reported measurements the target is reached; of a goal, all of its targets
        /// are. NL: gehaald.
        Met = "MET", "Gehaald", "Met";
        /// By the last reported measurement a target is not reached; before the deadline that is
        /// only how it stands. NL: niet gehaald.
        NotMet = "NOT_MET", "Niet gehaald", "Not met";
        /// Nothing is reported, and the deadline has not passed or is not in the source. NL: niet
        /// gerapporteerd.
        NotReported = "NOT_REPORTED", "Niet gerapporteerd", "Not reported";
        /// The deadline lies before the day asked for and nothing is reported: that says nothing
        /// about the work itself. NL: termijn verstreken, niet gerapporteerd.
        DeadlinePassedNotReported = "DEADLINE_PASSED_NOT_REPORTED",
            "Termijn verstreken, niet gerapporteerd",
            "Deadline passed, not reported";
        /// There is no reported baseline to compare a percentage with, what is reported is that it
        /// is hard to measure, or there is a figure and no target value to hold it against. NL:
        /// niet te berekenen.
        NotComputable = "NOT_COMPUTABLE", "Niet te berekenen", "Not computable";
    }
}

code_list! {
    /// A part of a goal that is formulated by SMART. NL: onderdeel van een SMART-doel.
    pub enum SmartPart {
        /// Lacking when the sources print no target value for any part of the goal. NL:
        /// streefwaarde.
        TargetValue = "TARGET_VALUE", "streefwaarde", "target value";
        /// Lacking when no later measurement than a baseline is reported for the goal by the day
        /// asked for. NL: prestatiegegevens.
        PerformanceData = "PERFORMANCE_DATA", "prestatiegegevens", "performance data";
        /// Lacking when no intended effect of the goal's line has an indicator: the sources tie
        /// indicators to effects of a line, never to one goal. NL: effectindicator.
        EffectIndicator = "EFFECT_INDICATOR", "effectindicator", "effect indicator";
        /// Lacking when a target is a percentage and no baseline of it is reported by the day asked
        /// for; one that is still being measured lacks as well. Never lacking for a count. NL:
        /// nulmeting.
        Baseline = "BASELINE", "nulmeting", "baseline";
        /// Lacking when the sources print no day or year by which to reach the goal. NL: termijn.
        Deadline = "DEADLINE", "termijn", "deadline";
    }
}

code_list! {
    /// What kind of target it is. NL: soort streefwaarde.
    pub enum TargetKind {
        /// A rise in per cent: there must be a baseline to compare with. NL: stijging in procenten.
        PercentIncrease = "PERCENT_INCREASE", "Stijging in procenten", "Rise in per cent";
        /// A number. NL: aantal.
        Count = "COUNT", "Aantal", "Number";
    }
}

code_list! {
    /// How the value of a target is meant. NL: richting van een streefwaarde.
    pub enum TargetDirection {
        /// The value or more. NL: ten minste.
        AtLeast = "AT_LEAST", "Ten minste", "At least";
        /// From the value to the upper end, both included. NL: tussen.
        Between = "BETWEEN", "Tussen", "Between";
        /// The value and no other. NL: precies.
        Exactly = "EXACTLY", "Precies", "Exactly";
    }
}

code_list! {
    /// Which measurement it is. NL: soort meting.
    pub enum MeasurementKind {
        /// What later measurements are compared with. NL: nulmeting.
        Baseline = "BASELINE", "Nulmeting", "Baseline";
        /// A measurement under way. NL: tussenmeting.
        Interim = "INTERIM", "Tussenmeting", "Interim measurement";
        /// The measurement at the end. NL: eindmeting.
        Final = "FINAL", "Eindmeting", "Final measurement";
    }
}

code_list! {
    /// How far a measurement is. NL: stand van een meting.
    pub enum MeasurementState {
        /// It is being measured; there is no figure yet. NL: loopt.
        Running = "RUNNING", "Loopt", "Running";
        /// There is a figure. NL: gerapporteerd.
        Reported = "REPORTED", "Gerapporteerd", "Reported";
        /// The source says that it is hard to measure; there is no figure. NL: lastig meetbaar.
        HardToMeasure = "HARD_TO_MEASURE", "Lastig meetbaar", "Hard to measure";
    }
}

code_list! {
    /// Whether there is a baseline to compare with, by the sources. NL: stand van de nulmeting.
    pub enum BaselineState {
        /// The sources name none. NL: niet in de bron.
        NotInSource = "NOT_IN_SOURCE", "Niet in de bron", "Not in the source";
        /// It is being measured. NL: loopt.
        Running = "RUNNING", "Loopt", "Being measured";
        /// A count needs none. NL: niet nodig.
        NotNeeded = "NOT_NEEDED", "Niet nodig", "Not needed";
    }
}

code_list! {
    /// What kind of figure it is. NL: soort cijfer.
    pub enum FigureKind {
        /// It was counted. NL: telling.
        Count = "COUNT", "Telling", "Count";
        /// It was estimated; never to be mixed with counts. NL: schatting.
        Estimate = "ESTIMATE", "Schatting", "Estimate";
        /// A direction without a number. NL: trend.
        Trend = "TREND", "Trend", "Trend";
        /// The source says that there is no figure. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown";
    }
}

code_list! {
    /// How the number of a figure is meant. NL: nauwkeurigheid.
    pub enum FigureQualifier {
        /// The number itself. NL: precies.
        Exact = "EXACT", "Precies", "Exact";
        /// The number or more. NL: minstens.
        AtLeast = "AT_LEAST", "Minstens", "At least";
        /// From `value` to `valueTo`. NL: bereik.
        Range = "RANGE", "Bereik", "Range";
        /// `value` of every `valueTo`. NL: verhouding.
        Proportion = "PROPORTION", "Verhouding", "Proportion";
        /// There is no number. NL: geen getal.
        None = "NONE", "Geen getal", "No number";
    }
}

code_list! {
    /// Where a trend goes. NL: richting van een trend.
    pub enum TrendDirection {
        /// It rises. NL: stijging.
        Rise = "RISE", "Stijging", "Rise";
        /// It falls. NL: daling.
        Fall = "FALL", "Daling", "Fall";
        /// It falls considerably, in the words of the source. NL: sterke daling.
        StrongFall = "STRONG_FALL", "Sterke daling", "Considerable fall";
    }
}

code_list! {
    /// A form of exploitation, by code. NL: code van een vorm van uitbuiting.
    pub enum ExploitationFormCode {
        /// Sexual exploitation. NL: seksuele uitbuiting.
        SexualExploitation = "SEXUAL_EXPLOITATION", "Seksuele uitbuiting", "Sexual exploitation";
        /// Criminal exploitation. NL: criminele uitbuiting.
        CriminalExploitation = "CRIMINAL_EXPLOITATION",
            "Criminele uitbuiting",
            "Criminal exploitation";
        /// Labour exploitation. NL: arbeidsuitbuiting.
        LabourExploitation = "LABOUR_EXPLOITATION", "Arbeidsuitbuiting", "Labour exploitation";
        /// Forced removal of organs. NL: gedwongen orgaanverwijdering.
        ForcedOrganRemoval = "FORCED_ORGAN_REMOVAL",
            "Gedwongen orgaanverwijdering",
            "Forced removal of organs";
    }
}

impl GoalProgress {
    /// What several come to: a goal is met when all are, and not met as soon as one is not.
    pub fn all(parts: impl Iterator<Item = Self>) -> Self {
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
