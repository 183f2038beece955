//! What can be wrong with a functional mailbox.

use graphql::user_error;

user_error! {
    /// A mistake in a functional mailbox. NL: fout bij een functioneel postvak.
    MailboxError,
    /// What can be wrong with a functional mailbox. NL: foutcode.
    MailboxErrorCode {
        /// It is no e-mail address. NL: geen adres.
        InvalidAddress,
        /// The organisation has registered none. NL: onbekend postvak.
        UnknownMailbox,
    }
}
