//! What can be wrong with a publication.

use graphql::user_error;

user_error! {
    /// A mistake in a publication, or in a response to be printed in one. NL: fout bij een
    /// publicatie.
    PublicationError,
    /// What can be wrong with a publication, or with a response to be printed in one. NL: foutcode.
    PublicationErrorCode {
        /// There is no period, no round that is closed or decided to close, or no plan version of
        /// that key. NL: onbekend onderwerp.
        UnknownSubject,
        /// Only a compliance picture has a level below the country. NL: niveau past niet.
        LevelNotForKind,
        /// The edition is not endorsed, so nobody is published by name. NL: voorlopige criteria.
        ProvisionalCriteria,
        /// A municipality is in two areas of the kind, so the groups do not add up. NL: gebieden
        /// overlappen.
        AreasOverlap,
        /// The areas of a publication are those of a kind. NL: verkeerde indeling.
        GroupingNotForLevel,
        /// The day is before the period opened, is not the last of the round or (without names) of
        /// the period, or has not come. NL: verkeerde peildatum.
        InvalidReferenceDate,
        /// Without names, the period is still open; by name it may be told with a reason. NL:
        /// periode loopt.
        PeriodOpen,
        /// Without names there is one publication of a period, and one stands: withdraw it first.
        /// NL: al in tellingen gepubliceerd.
        AlreadyPublished,
        /// It is to repeat the publication without names that was withdrawn, and tells something
        /// else that is not named as a correction. NL: geen herhaling.
        NotARepetition,
        /// What is named as a correction is as it was, is named twice, or there is nothing to
        /// correct. NL: geen correctie.
        NotACorrection,
        /// The term to respond is for a publication by name, and its last day is to come. NL:
        /// verkeerde reactietermijn.
        InvalidResponseTerm,
        /// There is no such publication; for a response, none under way that names the
        /// municipality. NL: onbekende publicatie.
        UnknownPublication,
        /// The code is no municipality's. NL: onbekende gemeente.
        UnknownMunicipality,
        /// By name, the period is open or reviews wait, and no reason is given. NL: onvolledig.
        Incomplete,
        /// A reason is given for a publication that is not incomplete. NL: niet onvolledig.
        NotIncomplete,
        /// The round was decided otherwise since the overview was prepared. NL: verouderd.
        Outdated,
        /// The term to respond is over. NL: reactietermijn voorbij.
        ResponseTermOver,
        /// Municipalities may still respond. NL: reactietermijn loopt.
        ResponseTermRuns,
        /// It is published already, or was withdrawn. NL: niet in voorbereiding.
        NotPrepared,
        /// It was withdrawn already. NL: al ingetrokken.
        AlreadyWithdrawn,
        /// The embargo ends in the past, more than a year ahead, or before that of the round that
        /// it tells of. NL: verkeerd embargo.
        InvalidEmbargo,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
    }
}
