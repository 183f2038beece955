//! Closed lists of notices.

use crate::code_list::code_list;

code_list! {
    /// What became of the digest of a day. NL: stand van het overzicht.
    pub enum DigestState {
        /// Nothing was open, so none was made. NL: niets open.
        NothingOpen = "NOTHING_OPEN", "Niets open", "Nothing open",
            "Er stond niets open, dus er is geen overzicht gemaakt.";
        /// It is made and not delivered yet; delivery is tried again until the next day's is made.
        /// NL: nog niet bezorgd.
        Waiting = "WAITING", "Nog niet bezorgd", "Not delivered yet",
            "Het overzicht is nog niet bezorgd; dat wordt opnieuw geprobeerd totdat er een nieuw \
             overzicht is.";
        /// The mail server of the receiver accepted it. NL: bezorgd.
        Sent = "SENT", "Bezorgd", "Delivered",
            "De mailserver heeft het overzicht aangenomen.";
        /// The mail server refused the mailbox; the next day's digest tries it again. NL:
        /// geweigerd.
        Refused = "REFUSED", "Geweigerd", "Refused",
            "De mailserver heeft het postvak geweigerd. Controleer het adres; het volgende \
             overzicht wordt weer verzonden.";
        /// It was not delivered before the next one took its place. NL: vervangen.
        Replaced = "REPLACED", "Vervangen", "Replaced",
            "Het overzicht was niet bezorgd toen er een nieuw overzicht kwam.";
        /// The mailbox was withdrawn before it was delivered. NL: afgemeld.
        Withdrawn = "WITHDRAWN", "Afgemeld", "Withdrawn",
            "Het postvak is afgemeld voordat het overzicht was bezorgd.";
    }
}
