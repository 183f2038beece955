//! What can be wrong with an edition of the framework, and with a period under one.

use domain::framework::rules::Wrong;
use graphql::user_error;

user_error! {
    /// A mistake in an edition of the framework. NL: fout bij een editie.
    FrameworkEditionError,
    /// What can be wrong with an edition of the framework. NL: foutcode.
    FrameworkEditionErrorCode {
        /// A code is not made of capitals, digits and hyphens. NL: verkeerde code.
        InvalidCode,
        /// There is an edition of that code. NL: bestaat al.
        AlreadyExists,
        /// There is no edition of that code. NL: onbekende editie.
        UnknownEdition,
        /// The old edition has no such criterion. NL: onbekend criterium.
        UnknownCriterion,
        /// A criterion of the old edition stands in two places of the new one. NL: dubbel
        /// overgenomen.
        MappedTwice,
        /// A criterion of the old edition is neither carried nor replaced nor dropped. NL: criterium
        /// nergens genoemd.
        UnaccountedCriterion,
        /// The source document is not registered, or its place is empty or too long. NL: onbekende
        /// bron.
        UnknownSource,
        /// A code stands twice in the new edition. NL: dubbel.
        DuplicateCriterion,
        /// The new edition has no such theme. NL: onbekend thema.
        UnknownTheme,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// A term is too short or too long. NL: verkeerde termijn.
        MonthsOutOfRange,
        /// Who answers and at which level contradict each other. NL: reikwijdte spreekt zichzelf
        /// tegen.
        ScopeContradicts,
        /// The rule set computes other criteria. NL: niet te berekenen.
        NotComputable,
        /// No criterion is required. NL: niets vereist.
        NothingRequired,
        /// BB-02 is required and BB-01 is not. NL: vastgesteld beleid niet vereist.
        PolicyNotRequired,
        /// There are more than 100 criteria. NL: te veel criteria.
        TooManyCriteria,
        /// The edition is endorsed already, and its term as you say. NL: al vastgesteld.
        AlreadyEndorsed,
        /// The edition is retired. NL: vervallen editie.
        EditionRetired,
        /// A term that was endorsed stays endorsed. NL: termijn al vastgesteld.
        NormStaysEndorsed,
        /// An edition cannot take the place of itself. NL: dezelfde editie.
        ReplacesItself,
        /// It was changed since the version that you name, or there is none. NL: intussen
        /// gewijzigd.
        Conflict,
        /// It is endorsed or retired; only a proposal can be changed or withdrawn. NL: geen
        /// voorstel meer.
        EditionNotProposed,
        /// A period, an answer of a region or another edition rests on it. NL: editie in gebruik.
        EditionInUse,
        /// It came with the data set and is corrected there. NL: editie uit de gegevensset.
        EditionOfDataSet,
        /// The last day of a consultation lies in the past. NL: datum in het verleden.
        DateInPast,
        /// It is not laid open for comment, or not any more. NL: ligt niet ter consultatie.
        NotOpenForComment,
        /// A period under the edition that would retire is to come or open. NL: periode nog niet
        /// gesloten.
        PeriodNotClosed,
    }
}

impl From<Wrong> for FrameworkEditionErrorCode {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::InvalidCode => Self::InvalidCode,
            Wrong::TextLength => Self::TextLength,
            Wrong::MonthsOutOfRange => Self::MonthsOutOfRange,
            Wrong::UnknownCriterion => Self::UnknownCriterion,
            Wrong::MappedTwice => Self::MappedTwice,
            Wrong::UnaccountedCriterion => Self::UnaccountedCriterion,
            Wrong::DuplicateCriterion => Self::DuplicateCriterion,
            Wrong::UnknownTheme => Self::UnknownTheme,
            Wrong::ScopeContradicts => Self::ScopeContradicts,
            Wrong::NotComputable => Self::NotComputable,
            Wrong::NothingRequired => Self::NothingRequired,
            Wrong::PolicyNotRequired => Self::PolicyNotRequired,
            Wrong::TooManyCriteria => Self::TooManyCriteria,
        }
    }
}

user_error! {
    /// A mistake in a reporting period. NL: fout bij een rapportageperiode.
    ReportingPeriodError,
    /// What can be wrong with a reporting period. NL: foutcode.
    ReportingPeriodErrorCode {
        /// The key is not a year, a hyphen and a number. NL: verkeerde sleutel.
        InvalidKey,
        /// There is a period of that key. NL: bestaat al.
        AlreadyExists,
        /// There is no period of that key. NL: onbekende periode.
        UnknownPeriod,
        /// There is no such edition, or no rules for it. NL: onbekende editie.
        UnknownEdition,
        /// A later edition has taken its place. NL: vervallen editie.
        EditionRetired,
        /// The period has closed. NL: al gesloten.
        AlreadyClosed,
        /// No day is named that is another than now. NL: geen wijziging.
        NothingChanges,
        /// Opening, deadline and closing are not in that order. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// The closing of a new period lies in the past; or a day that has passed would change, or
        /// become one that has. NL: datum in het verleden.
        DateInPast,
        /// The reason is empty or longer than 500 characters. NL: verkeerde lengte.
        TextLength,
    }
}
