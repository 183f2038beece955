//! The lists of goals: progress and parts of a goal, targets, measurements, figures, forms of
//! exploitation. NL: codelijsten van de doelen.

use crate::code_list::code_list;

code_list! {
    /// How far a goal or a target is. NL: voortgang van een doel.
    pub enum GoalProgress {
        /// By the last reported measurements the target is reached; of a goal, all of its targets
        /// are. NL: gehaald.
        Met = "MET", "Gehaald", "Met",
            "Volgens de laatst gerapporteerde metingen is de streefwaarde gehaald; bij een doel \
             geldt dat voor al zijn streefwaarden.";
        /// By the last reported measurement a target is not reached; before the deadline that is
        /// only how it stands. NL: niet gehaald.
        NotMet = "NOT_MET", "Niet gehaald", "Not met",
            "Volgens de laatst gerapporteerde meting is een streefwaarde niet gehaald; voor het \
             einde van de termijn is dat alleen de tussenstand.";
        /// Nothing is reported, and the deadline has not passed or is not in the source. NL: niet
        /// gerapporteerd.
        NotReported = "NOT_REPORTED", "Niet gerapporteerd", "Not reported",
            "Er is niets gerapporteerd, en de termijn is niet verstreken of staat niet in de bron.";
        /// The deadline lies before the day asked for, a monitoring round was closed since, and
        /// nothing is reported: that says nothing about the work itself. NL: termijn verstreken,
        /// niet gerapporteerd.
        DeadlinePassedNotReported = "DEADLINE_PASSED_NOT_REPORTED",
            "Termijn verstreken, niet gerapporteerd",
            "Deadline passed, not reported",
            "De termijn is op de gevraagde dag verstreken, sindsdien is er een monitoringsronde \
             gesloten, en er is niets gerapporteerd; over het werk zelf zegt dat niets.";
        /// The deadline lies before the day asked for, and no monitoring round was closed since:
        /// nobody could report it yet. NL: termijn verstreken, sindsdien geen ronde.
        DeadlinePassedNoRoundSince = "DEADLINE_PASSED_NO_ROUND_SINCE",
            "Termijn verstreken; sindsdien is er geen ronde geweest",
            "Deadline passed; there has been no round since",
            "De termijn is op de gevraagde dag verstreken en sindsdien is er geen \
             monitoringsronde gesloten: het kon nog niet worden gerapporteerd.";
        /// There is no reported baseline to compare a percentage with, what is reported is that it
        /// is hard to measure, or there is a figure and no target value to hold it against. NL:
        /// niet te berekenen.
        NotComputable = "NOT_COMPUTABLE", "Niet te berekenen", "Not computable",
            "Er is geen gerapporteerde nulmeting om een percentage mee te vergelijken, er is \
             alleen gerapporteerd dat het lastig te meten is, of er is een cijfer zonder \
             streefwaarde om het aan te toetsen.";
    }
}

code_list! {
    /// A part of a goal that is formulated by SMART. NL: onderdeel van een SMART-doel.
    pub enum SmartPart {
        /// Lacking when the sources print no target value for any part of the goal. NL:
        /// streefwaarde.
        TargetValue = "TARGET_VALUE", "streefwaarde", "target value",
            "Ontbreekt als de bronnen voor geen enkel deel van het doel een streefwaarde noemen.";
        /// Lacking when no later measurement than a baseline is reported for the goal by the day
        /// asked for. NL: prestatiegegevens.
        PerformanceData = "PERFORMANCE_DATA", "prestatiegegevens", "performance data",
            "Ontbreekt als op de gevraagde dag voor het doel geen latere meting dan een nulmeting \
             is gerapporteerd.";
        /// Lacking when no intended effect of the goal's line has an indicator: the sources tie
        /// indicators to effects of a line, never to one goal. NL: effectindicator.
        EffectIndicator = "EFFECT_INDICATOR", "effectindicator", "effect indicator",
            "Ontbreekt als geen beoogd effect van de actielijn een indicator heeft: de bronnen \
             verbinden indicatoren met effecten van een lijn, nooit met één doel.";
        /// Lacking when a target is a percentage and no baseline of it is reported by the day asked
        /// for; one that is still being measured lacks as well. Never lacking for a count. NL:
        /// nulmeting.
        Baseline = "BASELINE", "nulmeting", "baseline",
            "Ontbreekt als een streefwaarde een percentage is en op de gevraagde dag geen \
             nulmeting daarvan is gerapporteerd; ook een nulmeting die nog loopt, geldt als ontbrekend. Bij \
             een aantal ontbreekt zij nooit.";
        /// Lacking when the sources print no day or year by which to reach the goal. NL: termijn.
        Deadline = "DEADLINE", "termijn", "deadline",
            "Ontbreekt als de bronnen geen dag of jaar noemen waarop het doel bereikt moet zijn.";
    }
}

code_list! {
    /// What kind of target it is. NL: soort streefwaarde.
    pub enum TargetKind {
        /// A rise in per cent: there must be a baseline to compare with. NL: stijging in procenten.
        PercentIncrease = "PERCENT_INCREASE", "Stijging in procenten", "Rise in per cent",
            "Een stijging in procenten: er moet een nulmeting zijn om mee te vergelijken.";
        /// A number. NL: aantal.
        Count = "COUNT", "Aantal", "Number",
            "Een aantal.";
    }
}

code_list! {
    /// How the value of a target is meant. NL: richting van een streefwaarde.
    pub enum TargetDirection {
        /// The value or more. NL: ten minste.
        AtLeast = "AT_LEAST", "Ten minste", "At least",
            "De waarde of meer.";
        /// From the value to the upper end, both included. NL: tussen.
        Between = "BETWEEN", "Tussen", "Between",
            "Vanaf de waarde tot en met de bovengrens.";
        /// The value and no other. NL: precies.
        Exactly = "EXACTLY", "Precies", "Exactly",
            "Precies de waarde en geen andere.";
    }
}

code_list! {
    /// Which measurement it is. NL: soort meting.
    pub enum MeasurementKind {
        /// What later measurements are compared with. NL: nulmeting.
        Baseline = "BASELINE", "Nulmeting", "Baseline",
            "De meting waarmee latere metingen worden vergeleken.";
        /// A measurement under way. NL: tussenmeting.
        Interim = "INTERIM", "Tussenmeting", "Interim measurement",
            "Een meting onderweg.";
        /// The measurement at the end. NL: eindmeting.
        Final = "FINAL", "Eindmeting", "Final measurement",
            "De meting aan het einde.";
    }
}

code_list! {
    /// How far a measurement is. NL: stand van een meting.
    pub enum MeasurementState {
        /// It is being measured; there is no figure yet. NL: loopt.
        Running = "RUNNING", "Loopt", "Running",
            "De meting loopt; er is nog geen cijfer.";
        /// There is a figure. NL: gerapporteerd.
        Reported = "REPORTED", "Gerapporteerd", "Reported",
            "Er is een cijfer.";
        /// The source says that it is hard to measure; there is no figure. NL: lastig meetbaar.
        HardToMeasure = "HARD_TO_MEASURE", "Lastig meetbaar", "Hard to measure",
            "Volgens de bron is het moeilijk te meten; er is geen cijfer.";
    }
}

code_list! {
    /// Whether there is a baseline to compare with, by the sources. NL: stand van de nulmeting.
    pub enum BaselineState {
        /// The sources name none. NL: niet in de bron.
        NotInSource = "NOT_IN_SOURCE", "Niet in de bron", "Not in the source",
            "De bronnen noemen geen nulmeting.";
        /// It is being measured. NL: loopt.
        Running = "RUNNING", "Loopt", "Being measured",
            "De nulmeting loopt.";
        /// A count needs none. NL: niet nodig.
        NotNeeded = "NOT_NEEDED", "Niet nodig", "Not needed",
            "Voor een aantal is geen nulmeting nodig.";
    }
}

code_list! {
    /// What kind of figure it is. NL: soort cijfer.
    pub enum FigureKind {
        /// It was counted. NL: telling.
        Count = "COUNT", "Telling", "Count",
            "Het is geteld.";
        /// It was estimated; never to be mixed with counts. NL: schatting.
        Estimate = "ESTIMATE", "Schatting", "Estimate",
            "Het is geschat; schattingen en tellingen worden nooit bij elkaar opgeteld.";
        /// The source says that a number rose or fell, and gives none. NL: trend.
        Trend = "TREND", "Trend", "Trend",
            "Volgens de bron steeg of daalde een aantal; zij noemt geen getal.";
        /// The source says that something is more or less in view, which says nothing of how many
        /// there are. NL: zichtbaarheid.
        Visibility = "VISIBILITY", "Zichtbaarheid", "Visibility",
            "Volgens de bron is iets meer of minder in beeld; over het aantal zegt dat niets.";
        /// The source says that there is no figure. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown",
            "Volgens de bron is er geen cijfer.";
    }
}

code_list! {
    /// How the number of a figure is meant. NL: nauwkeurigheid.
    pub enum FigureQualifier {
        /// The number itself. NL: precies.
        Exact = "EXACT", "Precies", "Exact",
            "Het getal zelf.";
        /// The number or more. NL: minstens.
        AtLeast = "AT_LEAST", "Minstens", "At least",
            "Het getal of meer.";
        /// From `value` to `valueTo`. NL: bereik.
        Range = "RANGE", "Bereik", "Range",
            "Van `value` tot en met `valueTo`.";
        /// `value` of every `valueTo`. NL: verhouding.
        Proportion = "PROPORTION", "Verhouding", "Proportion",
            "`value` op elke `valueTo`.";
        /// There is no number. NL: geen getal.
        None = "NONE", "Geen getal", "No number",
            "Er is geen getal.";
    }
}

code_list! {
    /// Where a trend goes, or how something came in view. NL: richting van een trend.
    pub enum TrendDirection {
        /// It rises. NL: stijging.
        Rise = "RISE", "Stijging", "Rise",
            "Het stijgt.";
        /// It falls. NL: daling.
        Fall = "FALL", "Daling", "Fall",
            "Het daalt.";
        /// It falls considerably, in the words of the source. NL: aanzienlijke daling.
        StrongFall = "STRONG_FALL", "Aanzienlijke daling", "Considerable fall",
            "Het daalt aanzienlijk, in de woorden van de bron.";
        /// It is more clearly in view; of how many there are the source says nothing. NL:
        /// nadrukkelijker in beeld.
        MoreVisible = "MORE_VISIBLE", "Nadrukkelijker in beeld", "More clearly in view",
            "Het is nadrukkelijker in beeld; over het aantal zegt de bron niets.";
        /// It is as good as out of view; of how many there are the source says nothing. NL: zo goed
        /// als uit beeld.
        HardlyVisible = "HARDLY_VISIBLE", "Zo goed als uit beeld", "As good as out of view",
            "Het is zo goed als uit beeld; over het aantal zegt de bron niets.";
    }
}

code_list! {
    /// A form of exploitation. NL: vorm van uitbuiting.
    pub enum ExploitationKind {
        /// Sexual exploitation. NL: seksuele uitbuiting.
        SexualExploitation = "SEXUAL_EXPLOITATION", "Seksuele uitbuiting", "Sexual exploitation",
            "Seksuele uitbuiting.";
        /// Labour exploitation. NL: arbeidsuitbuiting.
        LabourExploitation = "LABOUR_EXPLOITATION", "Arbeidsuitbuiting", "Labour exploitation",
            "Arbeidsuitbuiting.";
        /// Criminal exploitation. NL: criminele uitbuiting.
        CriminalExploitation = "CRIMINAL_EXPLOITATION",
            "Criminele uitbuiting",
            "Criminal exploitation",
            "Criminele uitbuiting.";
        /// Forced removal of organs. NL: gedwongen orgaanverwijdering.
        ForcedOrganRemoval = "FORCED_ORGAN_REMOVAL",
            "Gedwongen orgaanverwijdering",
            "Forced removal of organs",
            "Gedwongen orgaanverwijdering.";
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
            Self::DeadlinePassedNoRoundSince,
            Self::NotReported,
        ]
        .into_iter()
        .find(|one| parts.contains(one))
        .unwrap_or(Self::Met)
    }
}
