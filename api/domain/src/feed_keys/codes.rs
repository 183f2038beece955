//! Closed lists of feed keys.

use crate::code_list::code_list;

code_list! {
    /// Whether a feed key opens anything. NL: stand van een feedsleutel.
    pub enum FeedKeyState {
        /// It opens its tables. NL: geldig.
        Live = "LIVE", "Geldig", "Valid",
            "De sleutel geeft toegang tot zijn tabellen.";
        /// Its last day has passed. NL: verlopen.
        Expired = "EXPIRED", "Verlopen", "Expired",
            "De laatste dag van de sleutel is voorbij.";
        /// It was revoked. NL: ingetrokken.
        Revoked = "REVOKED", "Ingetrokken", "Revoked",
            "De sleutel is ingetrokken.";
    }
}
