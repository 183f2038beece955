//! What can be wrong with areas and with reorganisations.

use graphql::user_error;

user_error! {
    /// A mistake in an area, its members or its registration. NL: fout bij een gebied.
    AreaError,
    /// What can be wrong with an area, its members or its registration. NL: foutcode.
    AreaErrorCode {
        /// The code is not two letters and two digits. NL: verkeerde code.
        InvalidCode,
        /// There is no such area. NL: onbekend gebied.
        UnknownArea,
        /// There is no such municipality on the first day. NL: onbekende gemeente.
        UnknownMunicipality,
        /// The kind of a registered area does not change. NL: soort ligt vast.
        KindIsFixed,
        /// There is no such area to lie in, or it lies in this one; or one of the two is a size
        /// class, which lies in nothing. NL: verkeerd bovenliggend gebied.
        InvalidParent,
        /// It is a size class, which is no body that can act. NL: gebied kan niet optreden.
        CannotAct,
        /// On some day a municipality would lie in two provinces or two safety regions, be of two
        /// size classes, or have two reporting regions; or the area is registered for those days
        /// already. NL: overlapt.
        Overlaps,
        /// It no longer acts before it does. NL: verkeerde volgorde.
        DatesOutOfOrder,
        /// The name is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// It is registered already, or it or its members were changed since the version that you
        /// name. NL: intussen gewijzigd.
        Conflict,
    }
}

user_error! {
    /// A mistake in a reorganisation. NL: fout bij een herindeling.
    ReorganisationError,
    /// What can be wrong with a reorganisation. NL: foutcode.
    ReorganisationErrorCode {
        /// Nobody goes over. NL: niets te doen.
        NothingToDo,
        /// The same step stands there twice. NL: dubbel.
        Repeated,
        /// No such municipality exists on the day before and would still exist on the day. NL:
        /// onbekende voorganger.
        UnknownPredecessor,
        /// The successor neither exists on the day nor begins then. NL: onbekende opvolger.
        UnknownSuccessor,
        /// More than one predecessor of a successor is called the largest. NL: meer dan een
        /// grootste voorganger.
        SeveralLargest,
        /// The code of a new municipality is not `GM` and four digits. NL: verkeerde code.
        InvalidCode,
        /// A municipality of that code exists on the day or later, and does not end then. NL: code
        /// in gebruik.
        CodeInUse,
        /// Nobody goes over into the new municipality. NL: zonder voorganger.
        WithoutPredecessor,
        /// A new municipality lies in exactly one province and one safety region, and in areas that
        /// exist. NL: gebieden kloppen niet.
        InvalidAreas,
        /// On some day a municipality would lie in two provinces or two safety regions, be of two
        /// size classes, or have two reporting regions. NL: overlapt.
        Overlaps,
        /// A municipality handed in an assessment on a day on which it would not exist. NL: heeft
        /// nog ingediend.
        HasActed,
        /// No such reorganisation is recorded. NL: onbekende herindeling.
        UnknownReorganisation,
        /// What was recorded with it was changed since, or it is of the data set. NL: intussen
        /// gewijzigd.
        ChangedSince,
        /// Other municipalities would exist again than those that are named. NL: andere gemeenten
        /// heropend.
        ReopensOthers,
        /// A name is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
    }
}
