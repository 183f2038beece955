//! What can be wrong with a regional answer.

use domain::{assessment::evidence::EvidenceMistake, regional::rules::Wrong};
use graphql::user_error;

user_error! {
    /// A mistake in a regional answer, or in what VNG says of it. NL: fout bij een regionaal
    /// antwoord.
    RegionalAnswerError,
    /// What can be wrong with a regional answer, or with what VNG says of it. NL: foutcode.
    RegionalAnswerErrorCode {
        /// There is no such criterion in an edition that is in use. NL: onbekend criterium.
        UnknownCriterion,
        /// The criterion is named without its edition, and no edition is in use. NL: editie
        /// ontbreekt.
        EditionNotNamed,
        /// The criterion exists, in an edition that has been retired. NL: editie vervallen.
        EditionRetired,
        /// The criterion exists, and municipalities answer it themselves. NL: geen regionaal
        /// criterium.
        NotForRegions,
        /// The criterion exists, and follows from registered adoptions: nobody answers it. NL:
        /// berekend criterium.
        ComputedCriterion,
        /// UNKNOWN is no answer; NOT_APPLICABLE is one only where the criterion allows it. NL:
        /// antwoord niet toegestaan.
        AnswerNotAllowed,
        /// The answer would hold on no day. NL: datums in de verkeerde volgorde.
        DatesOutOfOrder,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There are more than 20 pieces of evidence. NL: te veel bewijsstukken.
        TooMuchEvidence,
        /// The criterion knows no evidence of this kind. NL: onbekende soort bewijs.
        UnknownEvidenceKind,
        /// The address is not a whole address over https. NL: ongeldig adres.
        InvalidAddress,
        /// Neither an address nor a reference says where the evidence stands. NL: vindplaats
        /// ontbreekt.
        EvidenceNowhere,
        /// The date of the evidence lies in the future. NL: datum in de toekomst.
        DateInFuture,
        /// The day on which an answer is to end lies in the past: what counted until today counted.
        /// NL: datum in het verleden.
        DateInPast,
        /// The area gave no answer to this criterion, or it is over by that day. NL: niets te
        /// beëindigen.
        NothingToEnd,
        /// There is no such answer, or no version of that number. NL: onbekende versie.
        UnknownVersion,
        /// The region submitted a later version. NL: niet de laatste versie.
        NotTheLatest,
        /// It was returned or confirmed already. NL: al besloten.
        AlreadyDecided,
        /// There is a later version than the one that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}

impl From<Wrong> for RegionalAnswerErrorCode {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::NotForRegions => Self::NotForRegions,
            Wrong::Computed => Self::ComputedCriterion,
            Wrong::AnswerNotAllowed => Self::AnswerNotAllowed,
            Wrong::DatesOutOfOrder => Self::DatesOutOfOrder,
            Wrong::TextLength => Self::TextLength,
        }
    }
}

impl From<EvidenceMistake> for RegionalAnswerErrorCode {
    fn from(mistake: EvidenceMistake) -> Self {
        match mistake {
            EvidenceMistake::TooMuch => Self::TooMuchEvidence,
            EvidenceMistake::UnknownKind => Self::UnknownEvidenceKind,
            EvidenceMistake::Text => Self::TextLength,
            EvidenceMistake::PersonalData => Self::PersonalData,
            EvidenceMistake::InvalidAddress => Self::InvalidAddress,
            EvidenceMistake::Nowhere => Self::EvidenceNowhere,
            EvidenceMistake::InTheFuture => Self::DateInFuture,
        }
    }
}
