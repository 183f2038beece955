//! Closed lists of the framework. Those that verdicts rest on stand in `verdict::facts`.

use crate::code_list::code_list;

code_list! {
    /// The level of a criterion. NL: plateau.
    pub enum CriterionLevel {
        /// For every municipality. NL: basis.
        Basic = "BASIC", "Basis", "Basic";
        /// For municipalities that want more. NL: verdieping.
        Advanced = "ADVANCED", "Verdieping", "Advanced";
    }
}

code_list! {
    /// What a criterion rests on. NL: grondslag van het criterium.
    pub enum CriterionBasis {
        /// A source states the need. NL: behoefte in de bron.
        NeedInSource = "NEED_IN_SOURCE", "Behoefte in de bron", "Need in the source";
        /// A source states the topic; the exact norm is ours. NL: onderwerp in de bron.
        TopicInSource = "TOPIC_IN_SOURCE", "Onderwerp in de bron", "Topic in the source";
        /// Our own proposal. NL: eigen voorstel.
        OurProposal = "OUR_PROPOSAL", "Eigen voorstel", "Our own proposal";
    }
}

code_list! {
    /// Whether municipalities can hand in. NL: stand van de periode.
    pub enum PeriodState {
        /// Not open yet. NL: nog niet open.
        Planned = "PLANNED", "Nog niet open", "Not open yet";
        /// Open, and the deadline has not passed. NL: open.
        Open = "OPEN", "Open", "Open";
        /// The deadline has passed; what is handed in now is late. NL: te laat indienen kan nog.
        Late = "LATE", "Te laat indienen kan nog", "Open for late submission";
        /// Closed. NL: gesloten.
        Closed = "CLOSED", "Gesloten", "Closed";
    }
}
