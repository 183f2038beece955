//! Closed lists of assessments.

use crate::code_list::code_list;

use super::life_cycle::State;

code_list! {
    /// How far an assessment is: the state of its latest version. NL: stand van de beoordeling.
    pub enum AssessmentState {
        /// Nothing was submitted. NL: concept.
        Draft = "DRAFT", "Concept", "Draft",
            "Er is nog niets ingediend.";
        /// A version was submitted and VNG has not decided. NL: ingediend.
        Submitted = "SUBMITTED", "Ingediend", "Submitted",
            "Er is een versie ingediend en VNG heeft nog niet beslist.";
        /// A reviewer of VNG has the latest version in hand. NL: in behandeling.
        Claimed = "CLAIMED", "In behandeling", "Under review",
            "Een beoordelaar van VNG heeft de laatste versie in behandeling.";
        /// A question of VNG about the latest version is open. NL: vragen gesteld.
        Questioned = "QUESTIONED", "Vragen gesteld", "Questions asked",
            "Een vraag van VNG over de laatste versie staat open.";
        /// VNG has returned the latest version. NL: teruggegeven.
        Returned = "RETURNED", "Teruggegeven", "Returned",
            "VNG heeft de laatste versie teruggegeven.";
        /// VNG has confirmed the latest version. NL: bevestigd.
        Confirmed = "CONFIRMED", "Bevestigd", "Confirmed",
            "VNG heeft de laatste versie bevestigd.";
        /// The latest version was withdrawn. NL: ingetrokken.
        Withdrawn = "WITHDRAWN", "Ingetrokken", "Withdrawn",
            "De laatste versie is ingetrokken.";
    }
}

impl From<State> for AssessmentState {
    fn from(state: State) -> Self {
        match state {
            State::Absent | State::Draft => Self::Draft,
            State::Submitted => Self::Submitted,
            State::Claimed => Self::Claimed,
            State::Questioned => Self::Questioned,
            State::Returned => Self::Returned,
            State::Confirmed => Self::Confirmed,
            State::Withdrawn => Self::Withdrawn,
        }
    }
}

code_list! {
    /// How a municipality told VNG what to fill in. NL: kanaal.
    pub enum FillingChannel {
        /// By telephone. NL: telefoon.
        Telephone = "TELEPHONE", "Telefoon", "Telephone",
            "Per telefoon.";
        /// By e-mail. NL: e-mail.
        Email = "EMAIL", "E-mail", "E-mail",
            "Per e-mail.";
        /// By letter. NL: brief.
        Letter = "LETTER", "Brief", "Letter",
            "Per brief.";
        /// In a meeting. NL: overleg.
        Meeting = "MEETING", "Overleg", "Meeting",
            "In een overleg.";
        /// In a table, as of a spreadsheet. NL: tabel.
        Table = "TABLE", "Tabel", "Table",
            "In een tabel, zoals een spreadsheet.";
    }
}
