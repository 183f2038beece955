//! What can be wrong with a monitoring round, and with a report in one.

use domain::monitoring::rules::Wrong;
use graphql::user_error;

user_error! {
    /// A mistake in a monitoring round. NL: fout bij een monitoringsronde.
    MonitoringRoundError,
    /// What can be wrong with a monitoring round. NL: foutcode.
    MonitoringRoundErrorCode {
        /// The key is not a year, a hyphen and a number. NL: verkeerde sleutel.
        InvalidKey,
        /// There is a round of that key. NL: bestaat al.
        AlreadyExists,
        /// Another round of the plan is open. NL: er is al een ronde open.
        AnotherIsOpen,
        /// There is no such plan version. NL: onbekende planversie.
        UnknownPlan,
        /// The first day is after the last. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// A title is empty or longer than 500 characters. NL: verkeerde lengte.
        TextLength,
        /// There is no such round. NL: onbekende ronde.
        UnknownRound,
        /// The round is closed already. NL: al gesloten.
        AlreadyClosed,
        /// The last day of the round has not passed. NL: ronde loopt nog.
        NotOverYet,
        /// There is no report in the round to accept. NL: geen rapportage.
        NoReport,
        /// The plan of the round has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// An action is both accepted and left out. NL: opgenomen en uitgezonderd.
        AcceptedAndLeftOut,
        /// The embargo ends in the past, or more than a year ahead. NL: verkeerd embargo.
        InvalidEmbargo,
        /// An overview of what was decided is under embargo: it is withdrawn before anything else
        /// is decided. NL: overzicht onder embargo.
        OverviewUnderEmbargo,
    }
}

user_error! {
    /// A mistake in a report on an action, or in its correction. NL: fout in een rapportage.
    StatusReportError,
    /// What can be wrong with a report on an action, or with its correction. NL: foutcode.
    StatusReportErrorCode {
        /// There is no round of that key; for a correction, no closed one. NL: onbekende ronde.
        UnknownRound,
        /// The round is closed, or takes in no more reports. NL: ronde gesloten.
        RoundClosed,
        /// The plan of the round has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// The action had ended before the round began. NL: actie beëindigd.
        ActionEnded,
        /// The round tells no status of that action, so there is none to correct. NL: geen stand.
        NoReport,
        /// A delay without the status IN_PROGRESS_DELAYED. NL: vertraging zonder status.
        DelayWithoutStatus,
        /// The status IN_PROGRESS_DELAYED without a cause, or the word that it is not known. NL:
        /// vertraging zonder oorzaak.
        DelayWithoutCause,
        /// A cause is given and called unknown. NL: oorzaak spreekt zichzelf tegen.
        CauseContradicts,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The status was reported or corrected since the version that you expected. NL: intussen
        /// gewijzigd.
        Conflict,
    }
}

impl From<Wrong> for StatusReportErrorCode {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::DelayWithoutStatus => Self::DelayWithoutStatus,
            Wrong::DelayWithoutCause => Self::DelayWithoutCause,
            Wrong::CauseContradicts => Self::CauseContradicts,
            Wrong::TextLength => Self::TextLength,
        }
    }
}
