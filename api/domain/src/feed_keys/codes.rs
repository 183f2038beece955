//! Closed lists of feed keys.

use crate::code_list::code_list;

code_list! {
    /// Whether a feed key opens anything. NL: stand van een feedsleutel.
    pub enum FeedKeyState {
        /// It opens its tables. NL: geldig.
        Live = "LIVE", "Geldig", "Valid";
        /// Its last day has passed. NL: verlopen.
        Expired = "EXPIRED", "Verlopen", "Expired";
        /// It was revoked. NL: ingetrokken.
        Revoked = "REVOKED", "Ingetrokken", "Revoked";
    }
}
