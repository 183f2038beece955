//! Closed lists of regional answers.

use crate::code_list::code_list;

code_list! {
    /// How far the review of a regional answer is. NL: stand van een regionaal antwoord.
    pub enum RegionalAnswerState {
        /// Submitted; VNG has not decided. NL: ingediend.
        Submitted = "SUBMITTED", "Ingediend", "Submitted",
            "Het antwoord is ingediend; VNG heeft nog niet beslist.";
        /// VNG asked something; the region replies with a new version. NL: vraag gesteld.
        Questioned = "QUESTIONED", "Vraag gesteld", "Question asked",
            "VNG heeft iets gevraagd; de regio reageert met een nieuwe versie.";
        /// VNG returned it; it counts as submitted until a new version takes its place. NL:
        /// teruggestuurd.
        Returned = "RETURNED", "Teruggestuurd", "Returned",
            "VNG heeft het antwoord teruggestuurd; het telt als ingediend totdat een nieuwe \
             versie in de plaats komt.";
        /// VNG confirmed it. NL: bevestigd.
        Confirmed = "CONFIRMED", "Bevestigd", "Confirmed",
            "VNG heeft het antwoord bevestigd.";
    }
}
