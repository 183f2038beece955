//! Why a document is refused: a code, the number that was too high with its limit, and what the
//! caller can do.

use thiserror::Error;

/// The longest part of a client's fragment name that a refusal repeats.
pub(super) const NAME_SHOWN: usize = 64;

/// Why a document does not get to the parser.
///
/// Counting stops at the first number that is too high, so `found` means "at least".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Refusal {
    /// The text is too long to be looked at.
    #[error("the document has {found} bytes, the limit is {limit}")]
    TooManyBytes {
        /// Length of the text.
        found: usize,
        /// [`Limits::bytes`](super::Limits::bytes).
        limit: usize,
    },
    /// More tokens than [`Limits::tokens`](super::Limits::tokens).
    #[error("the document has more than {limit} tokens")]
    TooManyTokens {
        /// Tokens read so far.
        found: usize,
        /// [`Limits::tokens`](super::Limits::tokens).
        limit: usize,
    },
    /// Brackets nest deeper than [`Limits::depth`](super::Limits::depth), or than a JSON body may.
    #[error("brackets are nested {found} deep or more, the limit is {limit}")]
    TooDeep {
        /// Depth reached so far.
        found: usize,
        /// The highest depth that passes.
        limit: usize,
    },
    /// More selections than [`Limits::expanded_fields`](super::Limits::expanded_fields).
    #[error("with its fragments expanded the document selects more than {limit} fields")]
    TooManyFieldsAfterExpansion {
        /// [`Limits::expanded_fields`](super::Limits::expanded_fields).
        limit: u64,
    },
    /// More tokens than [`Limits::expanded_tokens`](super::Limits::expanded_tokens).
    #[error("with its fragments expanded the document has more than {limit} tokens")]
    TooManyTokensAfterExpansion {
        /// [`Limits::expanded_tokens`](super::Limits::expanded_tokens).
        limit: u64,
    },
    /// A fragment that reaches itself has no expansion.
    #[error("fragment {fragment} spreads itself, directly or through other fragments")]
    FragmentCycle {
        /// One fragment of the circle; a very long name is cut.
        fragment: String,
    },
    /// More aliases than [`Limits::aliases`](super::Limits::aliases).
    #[error("the document has more than {limit} aliases")]
    TooManyAliases {
        /// Aliases read so far.
        found: usize,
        /// [`Limits::aliases`](super::Limits::aliases).
        limit: usize,
    },
    /// More directives than [`Limits::directives`](super::Limits::directives).
    #[error("the document uses more than {limit} directives")]
    TooManyDirectives {
        /// Directives read so far.
        found: usize,
        /// [`Limits::directives`](super::Limits::directives).
        limit: usize,
    },
    /// A string without its closing quotes: what follows could be read in two ways.
    #[error("the string that starts at line {line}, column {column} does not end")]
    UnterminatedString {
        /// Line of the opening quote, from 1.
        line: usize,
        /// Column of the opening quote in characters, from 1.
        column: usize,
    },
    /// A bracket that is never closed, never opened, or closed by one of another kind.
    #[error("the bracket at line {line}, column {column} has no counterpart")]
    UnbalancedBrackets {
        /// Line of the bracket, from 1.
        line: usize,
        /// Column of the bracket in characters, from 1.
        column: usize,
    },
}

impl Refusal {
    /// What the caller can do about it, in Dutch and in English.
    pub(crate) fn hint(&self) -> (&'static str, &'static str) {
        match self {
            Self::TooManyBytes { .. } => (
                "Verdeel de vraag over meer verzoeken en zet lange waarden in de variabelen.",
                "Split the query over more requests and put long values in the variables.",
            ),
            Self::TooManyTokens { .. } => (
                "Verdeel de vraag over meer verzoeken, of herhaal minder met fragmenten.",
                "Split the query over more requests, or repeat less by using fragments.",
            ),
            Self::TooDeep { .. } => (
                "Nest minder diep; fragmenten tellen mee waar ze gebruikt worden.",
                "Nest less deeply; fragments count where they are used.",
            ),
            Self::TooManyFieldsAfterExpansion { .. } => (
                "Gebruik fragmenten minder vaak binnen elkaar, of vraag minder velden tegelijk.",
                "Use fragments inside one another less often, or ask for fewer fields at once.",
            ),
            Self::TooManyTokensAfterExpansion { .. } => (
                "Gebruik grote fragmenten minder vaak, of verdeel de vraag over meer verzoeken.",
                "Use large fragments less often, or split the query over more requests.",
            ),
            Self::FragmentCycle { .. } => (
                "Haal de verwijzing van het fragment naar zichzelf weg.",
                "Remove the reference of the fragment to itself.",
            ),
            Self::TooManyAliases { .. } => (
                "Vraag een lijst op in plaats van hetzelfde veld onder vele namen.",
                "Ask for a list instead of the same field under many names.",
            ),
            Self::TooManyDirectives { .. } => (
                "Zet een directive op een groep velden in plaats van op elk veld.",
                "Put a directive on a group of fields instead of on every field.",
            ),
            Self::UnterminatedString { .. } => (
                "Sluit de tekst met dezelfde aanhalingstekens als waarmee zij begint.",
                "Close the string with the same quotes as it starts with.",
            ),
            Self::UnbalancedBrackets { .. } => (
                "Geef elk haakje een tegenhanger van dezelfde soort.",
                "Give every bracket a counterpart of the same kind.",
            ),
        }
    }

    /// What there is too much of: its unit in Dutch and in English, how many as far as they were
    /// counted, and how many would have passed. None where nothing was counted, and the document is
    /// simply wrong.
    pub(crate) fn too_much(&self) -> Option<((&'static str, &'static str), u64, u64)> {
        let (unit, found, limit) = match self {
            Self::TooManyBytes { found, limit } => (("bytes", "bytes"), *found, *limit),
            Self::TooManyTokens { found, limit } => (("tokens", "tokens"), *found, *limit),
            Self::TooDeep { found, limit } => (("niveaus diep", "levels of depth"), *found, *limit),
            Self::TooManyAliases { found, limit } => (("aliassen", "aliases"), *found, *limit),
            Self::TooManyDirectives { found, limit } => {
                (("directives", "directives"), *found, *limit)
            }
            Self::TooManyFieldsAfterExpansion { limit } => {
                let unit = ("velden", "fields");
                return Some((unit, limit.saturating_add(1), *limit));
            }
            Self::TooManyTokensAfterExpansion { limit } => {
                let unit = ("tokens", "tokens");
                return Some((unit, limit.saturating_add(1), *limit));
            }
            Self::FragmentCycle { .. }
            | Self::UnterminatedString { .. }
            | Self::UnbalancedBrackets { .. } => return None,
        };
        Some((unit, found as u64, limit as u64))
    }
}
