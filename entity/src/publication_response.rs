//! What a municipality says beside its verdict. NL: reactie van de gemeente.

fact_table! {
    "publication_response":

    /// The key of the publication, as in `compliance-2026-2-1`. NL: publicatie.
    pub publication: String,
    /// The CBS code of the municipality, as in `GM0402`. NL: gemeentecode.
    pub municipality: String,
    /// The response, a free text. NL: reactie.
    pub response_text: Uuid,
}
