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
