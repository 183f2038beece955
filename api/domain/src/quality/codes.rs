//! The lists of the quality of the data: comparisons, how they come out, decisions on the data. NL:
//! codelijsten van de gegevenskwaliteit.

use crate::code_list::code_list;

code_list! {
    /// What is compared. NL: controle.
    pub enum DataCheckKind {
        /// The figures of the dashboard that an overview prints, beside those computed from the
        /// reports. NL: dashboard.
        Dashboard = "DASHBOARD", "Dashboard", "Dashboard";
        /// The number of municipalities as Statistics Netherlands published it, beside those that
        /// exist on that day. NL: aantal gemeenten.
        Municipalities = "MUNICIPALITIES", "Aantal gemeenten", "Number of municipalities";
        /// The title of an action in the letter, beside the title of that number in the overview.
        /// NL: titel van een actie.
        ActionTitle = "ACTION_TITLE", "Titel van een actie", "Title of an action";
        /// The reported status, beside the one that the explanation tells of. NL: status en
        /// toelichting.
        StatusText = "STATUS_TEXT", "Status en toelichting", "Status and explanation";
        /// The reported status, beside the period that the overview prints with it. NL: status en
        /// looptijd.
        StatusPeriod = "STATUS_PERIOD", "Status en looptijd", "Status and period";
        /// A printed amount or total, beside the sum of the rows below it, in euros. NL: begroting.
        Budget = "BUDGET", "Begroting", "Budget";
        /// The year columns of the first plan, beside the years in its sentences. NL: jaarkolom.
        YearColumn = "YEAR_COLUMN", "Jaarkolom", "Year column";
        /// The years in which the budget has money for an action, beside those in which it runs.
        /// NL: begrotingsjaar.
        BudgetYear = "BUDGET_YEAR", "Begrotingsjaar", "Budget year";
        /// The lines of a printed list of participants, beside the organisations among them. NL:
        /// deelnemers.
        Participants = "PARTICIPANTS", "Deelnemers", "Participants";
        /// A difference that was explained, and is not there. NL: bekend verschil.
        KnownDifference = "KNOWN_DIFFERENCE", "Bekend verschil", "Known difference";
        /// A comparison that this version of the service has no name for. NL: overig.
        Other = "OTHER", "Overig", "Other";
    }
}

impl DataCheckKind {
    /// The kind of the comparison that the validation report calls by this name, in small letters.
    #[must_use]
    pub fn of_check(name: &str) -> Self {
        Self::from_code(&name.to_uppercase()).unwrap_or(Self::Other)
    }
}

code_list! {
    /// How a comparison came out. NL: uitkomst van een controle.
    pub enum CheckOutcome {
        /// As published. NL: gelijk.
        Equal = "EQUAL", "Gelijk", "Equal";
        /// A difference that we know, with its reason. NL: bekend verschil.
        Known = "KNOWN", "Bekend verschil", "Known difference";
        /// A difference that nobody has explained. NL: onverwacht verschil.
        Unexpected = "UNEXPECTED", "Onverwacht verschil", "Unexpected difference";
    }
}

code_list! {
    /// What was decided on when a source was read. NL: soort gegevensbeslissing.
    pub enum DataDecisionKind {
        /// The unit of a figure. NL: eenheid.
        Unit = "UNIT", "Eenheid", "Unit";
        /// A repair of damaged text. NL: herstelde tekst.
        Repair = "REPAIR", "Herstelde tekst", "Repaired text";
        /// The order of mixed text. NL: volgorde.
        Order = "ORDER", "Volgorde", "Order";
        /// Which of two sources that contradict each other stands where. NL: conflict tussen
        /// bronnen.
        Conflict = "CONFLICT", "Conflict tussen bronnen", "Conflict between sources";
        /// That something stays open, because nothing in the sources decides it. NL: onbeslist.
        Unresolved = "UNRESOLVED", "Onbeslist", "Undecided";
    }
}
