//! What can be wrong with actions and with what they reached.

use graphql::user_error;

user_error! {
    /// A mistake in an action, its end or its links. NL: fout bij een actie.
    ActionError,
    /// What can be wrong with an action, its end or its links. NL: foutcode.
    ActionErrorCode {
        /// There is no such plan version. NL: onbekende planversie.
        UnknownPlan,
        /// The plan has no line of that number. NL: onbekende actielijn.
        UnknownLine,
        /// The plan has no action of that number, or there is none of that key. NL: onbekende
        /// actie.
        UnknownAction,
        /// The line has no goal of that number. NL: onbekend doel.
        UnknownGoal,
        /// The number is not between 1 and 999. NL: verkeerd nummer.
        InvalidNumber,
        /// There is an action of that number, and no version of it was expected. NL: bestaat al.
        AlreadyExists,
        /// The action has an end already, and no version of it was expected. NL: al beëindigd.
        AlreadyEnded,
        /// The year or the last day lies outside the plan. NL: buiten het plan.
        OutsidePlan,
        /// The year, the goal or the action stands there twice. NL: dubbel.
        Repeated,
        /// Nothing is to be linked and nothing to be taken away. NL: niets te doen.
        NothingToDo,
        /// The actions are linked so already. NL: al gekoppeld.
        AlreadyLinked,
        /// The actions are not linked so. NL: niet gekoppeld.
        NotLinked,
        /// An action is linked to itself. NL: aan zichzelf gekoppeld.
        LinkedToItself,
        /// Actions would wait for each other in a circle; the message tells which. NL: kring.
        Cycle,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The action was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}

user_error! {
    /// A mistake in a result of an action. NL: fout bij een resultaat.
    ActionResultError,
    /// What can be wrong with a result of an action. NL: foutcode.
    ActionResultErrorCode {
        /// The plan has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// The action has no result at that place. NL: onbekend resultaat.
        UnknownResult,
        /// Another organisation, or a document, told this result; only the ministry changes it. NL:
        /// resultaat van een ander.
        NotYours,
        /// A FIGURE has a value from 0 up and a unit, and nothing else has one. NL: waarde past
        /// niet bij soort.
        ValueAndKind,
        /// A figure has a qualifier, and nothing else has one. NL: nauwkeurigheid past niet bij
        /// soort.
        QualifierAndKind,
        /// A RANGE has an upper end above its lower end, and nothing else has one. NL: verkeerd
        /// bereik.
        InvalidRange,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The result was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}

user_error! {
    /// A mistake in a version of the plan. NL: fout bij een planversie.
    PlanVersionError,
    /// What can be wrong with a version of the plan. NL: foutcode.
    PlanVersionErrorCode {
        /// The key is not a year of four digits. NL: verkeerde sleutel.
        InvalidKey,
        /// There is a version of that key, and no version of it was expected. NL: bestaat al.
        AlreadyExists,
        /// There is no such plan version. NL: onbekende planversie.
        UnknownPlan,
        /// Lines, actions, monitoring rounds or money rest on it, or a motion is answered in it. NL: in
        /// gebruik.
        InUse,
        /// It came with the data set, would come back from it, and is corrected there. NL: uit de
        /// gegevensset.
        OfDataSet,
        /// A title is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The version was changed since the one that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}

user_error! {
    /// A mistake in a line of the plan. NL: fout bij een actielijn.
    ActionLineError,
    /// What can be wrong with a line of the plan. NL: foutcode.
    ActionLineErrorCode {
        /// There is no such plan version. NL: onbekende planversie.
        UnknownPlan,
        /// The plan has no line of that number. NL: onbekende actielijn.
        UnknownLine,
        /// The number is not between 1 and 99. NL: verkeerd nummer.
        InvalidNumber,
        /// There is a line of that number, and no version of it was expected. NL: bestaat al.
        AlreadyExists,
        /// Actions, goals, intended effects or money rest on it. NL: in gebruik.
        InUse,
        /// It came with the data set, would come back from it, and is corrected there. NL: uit de
        /// gegevensset.
        OfDataSet,
        /// A text is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The line was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}
