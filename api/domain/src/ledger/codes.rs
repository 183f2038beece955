//! Closed lists of the ledger.

use crate::code_list::code_list;

code_list! {
    /// What happened to a fact. NL: soort wijziging.
    pub enum FactChange {
        /// It is new. NL: toegevoegd.
        Added = "ADDED", "Toegevoegd", "Added",
            "Het gegeven is nieuw.";
        /// It takes the place of an earlier one. NL: gecorrigeerd.
        Corrected = "CORRECTED", "Gecorrigeerd", "Corrected",
            "Het gegeven komt in de plaats van een eerder gegeven.";
        /// It holds no longer, nor did it ever. NL: ingetrokken.
        Withdrawn = "WITHDRAWN", "Ingetrokken", "Withdrawn",
            "Het gegeven geldt niet meer en heeft nooit gegolden.";
    }
}
