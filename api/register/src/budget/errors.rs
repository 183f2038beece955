//! What can be wrong with the budget.

use graphql::user_error;

user_error! {
    /// A mistake in the budget. NL: fout bij de begroting.
    BudgetError,
    /// What can be wrong with the budget. NL: foutcode.
    BudgetErrorCode {
        /// There is no such plan version. NL: onbekende planversie.
        UnknownPlan,
        /// The table has no row of that code. NL: onbekende rij.
        UnknownRow,
        /// There is a row of these actions already: name it by its code. NL: bestaat al.
        AlreadyExists,
        /// The plan has no action of that number. NL: onbekende actie.
        UnknownAction,
        /// A row is of actions of one line, at least one. NL: acties van meer lijnen.
        ActionsOfOneLine,
        /// The action or the year stands there twice. NL: dubbel.
        Repeated,
        /// No cell is given. NL: niets te doen.
        NothingToDo,
        /// The plan has no money in that year. NL: buiten het plan.
        OutsidePlan,
        /// An AMOUNT has euros from 1 to 2,000,000,000, a ZERO has none or 0, and nothing else has
        /// any. NL: bedrag past niet bij inhoud.
        AmountAndState,
        /// The cell is not there, so it cannot be taken away. NL: cel staat er niet.
        NothingThere,
        /// The title is empty or too long. NL: verkeerde lengte.
        TextLength,
        /// There is no source document of that key, or the place in it is no place. NL: onbekende
        /// bron.
        UnknownSource,
        /// The cell was changed since the version that you expected. NL: intussen gewijzigd.
        Conflict,
    }
}
