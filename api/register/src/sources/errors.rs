//! What can be wrong with source documents.

use graphql::user_error;

user_error! {
    /// A mistake in a source document. NL: fout bij een brondocument.
    SourceDocumentError,
    /// What can be wrong with a source document. NL: foutcode.
    SourceDocumentErrorCode {
        /// The key is no key. NL: verkeerde sleutel.
        InvalidKey,
        /// There is a document of that key. NL: bestaat al.
        AlreadyExists,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// The document is dated after today. NL: datum in de toekomst.
        DateInFuture,
    }
}

user_error! {
    /// A mistake in a motion, commitment, amendment or request. NL: fout bij een motie of
    /// toezegging.
    MotionError,
    /// What can be wrong with a motion. NL: foutcode.
    MotionErrorCode {
        /// The key is no key. NL: verkeerde sleutel.
        InvalidKey,
        /// There is a motion of that key, and no version of it was expected. NL: bestaat al.
        AlreadyExists,
        /// There is no motion of that key. NL: onbekende motie.
        UnknownMotion,
        /// There is no such plan version. NL: onbekende planversie.
        UnknownPlan,
        /// The plan has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// It came with the data set, would come back from it, and is corrected there. NL: uit de
        /// gegevensset.
        OfDataSet,
        /// The amount is below 0. NL: verkeerd bedrag.
        InvalidAmount,
        /// There are more than 50 answers. NL: te veel onderdelen.
        TooManyAnswers,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The motion was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}
