//! What can be wrong with measurements.

use graphql::user_error;

user_error! {
    /// A mistake in a measurement. NL: fout bij een meting.
    MeasurementError,
    /// What can be wrong with a measurement. NL: foutcode.
    MeasurementErrorCode {
        /// The key is not lower-case letters, digits and hyphens, at most 64. NL: verkeerde
        /// sleutel.
        InvalidKey,
        /// There is a measurement of that key, and no version of it was expected. NL: bestaat al.
        AlreadyExists,
        /// The measurement of that key is of another action. NL: meting van een andere actie.
        OfAnotherAction,
        /// Another organisation, or a document, told this measurement; only the ministry changes
        /// it. NL: meting van een ander.
        NotYours,
        /// The plan has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// There is no goal of that key in the plan of the action. NL: onbekend doel.
        UnknownGoal,
        /// The goal has no target of that number, or none was named of it. NL: onbekende
        /// streefwaarde.
        UnknownTarget,
        /// What is REPORTED has a value from 0 up, a unit and a day, and nothing else has a value.
        /// NL: waarde past niet bij stand.
        ValueAndState,
        /// The day of the measurement is after today. NL: datum in de toekomst.
        DateInFuture,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The measurement was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}

user_error! {
    /// A mistake in a goal of the plan. NL: fout bij een operationeel doel.
    OperationalGoalError,
    /// What can be wrong with a goal. NL: foutcode.
    OperationalGoalErrorCode {
        /// The plan has no line of that number. NL: onbekende actielijn.
        UnknownLine,
        /// There is no goal of that key. NL: onbekend doel.
        UnknownGoal,
        /// The number is not between 0 and 99. NL: verkeerd nummer.
        InvalidNumber,
        /// There is a goal of that number, and no version of it was expected. NL: bestaat al.
        AlreadyExists,
        /// The last day is before the first. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// There are more than 20 target values. NL: te veel streefwaarden.
        TooManyTargets,
        /// A value is below 0, or a range has no upper end above its lower one, or something else
        /// has one. NL: verkeerd bereik.
        InvalidRange,
        /// A count needs no baseline, and a rise does. NL: nulmeting past niet bij soort.
        BaselineAndKind,
        /// An action, a measurement or another plan version rests on it. NL: in gebruik.
        InUse,
        /// It came with the data set, would come back from it, and is corrected there. NL: uit de
        /// gegevensset.
        OfDataSet,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The goal was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}
