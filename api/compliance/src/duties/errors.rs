//! What can be wrong with what a region records of its duties.

use graphql::user_error;

user_error! {
    /// A mistake in what a region records of its duties. NL: fout bij een taak van de regio.
    RegionalDutyError,
    /// What can be wrong with what a region records of its duties. NL: foutcode.
    RegionalDutyErrorCode {
        /// The day has not come yet. NL: datum in de toekomst.
        DateInFuture,
        /// The meeting stands there already. NL: al vastgelegd.
        AlreadyRecorded,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// The area has no bottleneck of that number. NL: onbekend knelpunt.
        UnknownBottleneck,
        /// The bottleneck was resolved already. NL: al opgelost.
        AlreadyResolved,
        /// The bottleneck would have ended on the day on which it arose, or before. NL: datums in
        /// de verkeerde volgorde.
        DatesOutOfOrder,
        /// A half year is `2026-1` or `2026-2`, and has begun. NL: onbekend halfjaar.
        UnknownHalf,
        /// The area submitted no report of that half year, or no version of that number. NL:
        /// onbekende versie.
        UnknownVersion,
        /// The region submitted a later version. NL: niet de laatste versie.
        NotTheLatest,
        /// The report was confirmed already. NL: al bevestigd.
        AlreadyConfirmed,
        /// There is a later version than the one that you expected. NL: intussen gewijzigd.
        Conflict,
        /// No meeting of that kind was recorded of that day. NL: onbekende bijeenkomst.
        UnknownMeeting,
        /// The area has no decision of that number. NL: onbekend besluit.
        UnknownDecision,
        /// No plan has the action. NL: onbekende actie.
        UnknownAction,
        /// The partner is not known. NL: onbekende partner.
        UnknownPartner,
    }
}
