//! What can be wrong with functions: with who fills one, and with who may record that.

use graphql::user_error;

user_error! {
    /// A mistake in who fills a function, or in who may record it. NL: fout bij een functie.
    FunctionError,
    /// What can be wrong with who fills a function, or with who may record it. NL: foutcode.
    FunctionErrorCode {
        /// The key is no key. NL: verkeerde sleutel.
        InvalidKey,
        /// There is no such municipality on the first day, or no such area. NL: onbekende gemeente
        /// of onbekend gebied.
        UnknownPlace,
        /// There is no partner of that key. NL: onbekende partner.
        UnknownPartner,
        /// The organisation reads as a person: this service keeps functions and organisations. NL:
        /// persoon in plaats van organisatie.
        NamesAPerson,
        /// There is no vacancy of that key for that place. NL: onbekende witte vlek.
        UnknownVacancy,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// It no longer holds before it does. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// It is recorded already, or was changed since the version that you name. NL: intussen
        /// gewijzigd.
        Conflict,
    }
}
