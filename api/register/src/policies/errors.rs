//! What can be wrong with the policy of a municipality or an area.

use graphql::user_error;

user_error! {
    /// A mistake in a policy, its adoption, or what is declared of it. NL: fout bij beleid.
    PolicyError,
    /// What can be wrong with a policy, its adoption, or what is declared of it. NL: foutcode.
    PolicyErrorCode {
        /// The key is no key. NL: verkeerde sleutel.
        InvalidKey,
        /// There is no such municipality on the day that counts, or no such area. NL: onbekende
        /// gemeente of onbekend gebied.
        UnknownPlace,
        /// There is no policy document of that key. NL: onbekend beleidsdocument.
        UnknownPolicy,
        /// A local policy is of a municipality, a regional one of an area. NL: niveau past niet.
        LevelAndPlace,
        /// The day of the revision, of the decision or of the declaration is after today. NL: datum
        /// in de toekomst.
        DateInFuture,
        /// A day that follows on another is before it. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// An adopted policy holds on the first day: it can only be renewed. NL: er is vastgesteld
        /// beleid.
        PolicyIsAdopted,
        /// Nothing that could be renewed was adopted. NL: er is niets te actualiseren.
        NothingToUpdate,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// Who speaks for a municipality names a source. NL: bron ontbreekt.
        SourceRequired,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// It is recorded already, or was changed since the version that you name. NL: intussen
        /// gewijzigd.
        Conflict,
    }
}
