//! What can be wrong with a feed key.

use graphql::user_error;

user_error! {
    /// A mistake in a feed key. NL: fout bij een feedsleutel.
    FeedKeyError,
    /// What can be wrong with a feed key. NL: foutcode.
    FeedKeyErrorCode {
        /// The label is empty or longer than 100 characters. NL: verkeerde lengte.
        TextLength,
        /// No table is named, or one twice. NL: geen tabellen.
        NoTables,
        /// There is no table of that name, or none that your organisation may read. NL: onbekende
        /// tabel.
        UnknownTable,
        /// The last day is before today or more than a year away. NL: verkeerde einddatum.
        InvalidExpiry,
        /// There is no such key. NL: onbekende sleutel.
        UnknownKey,
        /// The key was revoked: make a new one. NL: ingetrokken.
        Revoked,
    }
}
