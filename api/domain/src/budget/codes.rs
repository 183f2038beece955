//! The lists of the budget: kinds of money and the unit of amounts. NL: codelijsten van de
//! begroting.

use crate::code_list::code_list;

code_list! {
    /// What kind of money it is. NL: soort middelen.
    pub enum FundingKind {
        /// The programme's money of which the source names no years. NL: basismiddelen.
        Base = "BASE", "basismiddelen", "base money",
            "Het geld dat het programma per jaar heeft; de bron noemt geen eerste en laatste jaar.";
        /// Extra money for the strengthened plan. NL: extra middelen.
        Extra = "EXTRA", "extra middelen", "extra money",
            "Extra geld voor het versterkte plan.";
        /// Money for something beside the programme; in no sum. NL: andere middelen.
        Other = "OTHER", "andere middelen", "other money",
            "Geld voor iets naast het programma; het telt in geen som mee.";
        /// Money that was proposed and rejected: it covers nothing and is in no sum. NL: verworpen
        /// voorstel.
        Rejected = "REJECTED", "verworpen voorstel", "rejected proposal",
            "Geld dat is voorgesteld en verworpen: het is geen dekking en telt in geen som mee.";
    }
}

code_list! {
    /// The unit of every amount. NL: eenheid.
    pub enum BudgetUnit {
        /// Whole euros, whatever unit a table is printed in. NL: hele euro's.
        WholeEuro = "WHOLE_EURO", "Hele euro's", "Whole euros",
            "Hele euro's, in welke eenheid een tabel ook is gedrukt.";
    }
}
