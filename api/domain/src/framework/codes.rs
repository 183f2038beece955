//! Closed lists of the framework. Those that verdicts rest on stand in `verdict::facts`.

use crate::code_list::code_list;

code_list! {
    /// The level of a criterion. NL: niveau (in het kader: plateau).
    pub enum CriterionLevel {
        /// For every municipality. NL: basis.
        Basic = "BASIC", "Basis", "Basic",
            "Geldt voor elke gemeente.";
        /// For municipalities that want more. NL: verdieping.
        Advanced = "ADVANCED", "Verdieping", "Advanced",
            "Geldt voor gemeenten die verder willen gaan.";
    }
}

code_list! {
    /// What a criterion rests on. NL: grondslag van het criterium.
    pub enum CriterionBasis {
        /// A source states the need. NL: behoefte in de bron.
        NeedInSource = "NEED_IN_SOURCE", "Behoefte in de bron", "Need in the source",
            "Een bron noemt de behoefte.";
        /// A source states the topic; the exact norm is ours. NL: onderwerp in de bron.
        TopicInSource = "TOPIC_IN_SOURCE", "Onderwerp in de bron", "Topic in the source",
            "Een bron noemt het onderwerp; de precieze norm is van ons.";
        /// Our own proposal. NL: eigen voorstel.
        OurProposal = "OUR_PROPOSAL", "Eigen voorstel", "Our own proposal",
            "Het is een eigen voorstel.";
        /// VNG has adopted it. NL: vastgesteld door VNG.
        AdoptedByVng = "ADOPTED_BY_VNG", "Vastgesteld door VNG", "Adopted by VNG",
            "VNG heeft het criterium vastgesteld.";
    }
}

code_list! {
    /// Whether municipalities can hand in. NL: stand van de periode.
    pub enum PeriodState {
        /// Not open yet. NL: nog niet open.
        Planned = "PLANNED", "Nog niet open", "Not open yet",
            "De periode is nog niet open.";
        /// Open, and the deadline has not passed. NL: open.
        Open = "OPEN", "Open", "Open",
            "De periode is open en de uiterste datum is nog niet voorbij.";
        /// The deadline has passed; what is handed in now is late. NL: te laat indienen kan nog.
        Late = "LATE", "Te laat indienen kan nog", "Open for late submission",
            "De uiterste datum is voorbij; wat nu wordt ingediend, is te laat.";
        /// Closed. NL: gesloten.
        Closed = "CLOSED", "Gesloten", "Closed",
            "De periode is gesloten.";
    }
}

code_list! {
    /// What became of a criterion from one edition to the next. NL: verandering van een criterium.
    pub enum Change as "CriterionChange" {
        /// It goes on as it stands. NL: overgenomen.
        Carried = "CARRIED", "Overgenomen", "Carried over",
            "Het criterium gaat ongewijzigd mee.";
        /// Another text or norm has taken its place. NL: gewijzigd.
        Changed = "CHANGED", "Gewijzigd", "Changed",
            "Een andere tekst of norm is in de plaats gekomen.";
        /// It goes. NL: vervallen.
        Dropped = "DROPPED", "Vervallen", "Dropped",
            "Het criterium vervalt.";
        /// It is new. NL: nieuw.
        Added = "ADDED", "Nieuw", "New",
            "Het criterium is nieuw.";
    }
}
