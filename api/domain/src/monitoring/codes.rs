//! Closed lists of monitoring rounds.

use crate::code_list::code_list;

code_list! {
    /// How far an open round is. NL: stand van de open ronde.
    pub enum OpenRoundState {
        /// The round takes in reports. NL: rapporteren kan.
        TakingReports = "TAKING_REPORTS", "Rapporteren kan", "Taking reports",
            "De ronde neemt rapportages aan.";
        /// The round takes in no more reports: its closing is decided and waits for the end of the
        /// embargo. NL: sluiting onder embargo.
        ClosingDecided = "CLOSING_DECIDED", "Sluiting onder embargo", "Closing under embargo",
            "De ronde neemt geen rapportages meer aan: tot sluiten is besloten, en dat wordt bekend \
             aan het einde van het embargo.";
    }
}
