//! Whose eyes a free text is for: row-level security goes by its kind.

/// Whose eyes a free text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Everybody's.
    Public,
    /// Those who see the answer that it explains.
    Answer,
    /// Those who see the report in an open round that it explains.
    Report,
    /// Those who see the response of a municipality; everybody, once it is published.
    Response,
    /// Those who may read the publication whose file it is.
    Publication,
    /// Those who may read the publication that it says of why it is incomplete.
    Incomplete,
    /// Everybody's, of who fills a function.
    Function,
    /// Nobody's: the digest of words that were blanked where they stood in a fact.
    Redacted,
}

impl TextKind {
    /// The kind as the table holds it.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Answer => "ANSWER",
            Self::Report => "REPORT",
            Self::Response => "RESPONSE",
            Self::Publication => "PUBLICATION",
            Self::Incomplete => "INCOMPLETE",
            Self::Function => "FUNCTION",
            Self::Redacted => "REDACTED",
        }
    }
}
