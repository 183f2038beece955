//! The lists of the quality of the data: comparisons, how they come out, decisions on the data. NL:
//! codelijsten van de gegevenskwaliteit.

use crate::code_list::code_list;

code_list! {
    /// What is compared. NL: controle.
    pub enum DataCheckKind {
        /// The figures of the dashboard that an overview prints, beside those computed from the
        /// reports. NL: dashboard.
        Dashboard = "DASHBOARD", "Dashboard", "Dashboard",
            "De cijfers van het dashboard in een overzicht, naast de cijfers die uit de \
             rapportages zijn berekend.";
        /// The number of municipalities as Statistics Netherlands published it, beside those that
        /// exist on that day. NL: aantal gemeenten.
        Municipalities = "MUNICIPALITIES", "Aantal gemeenten", "Number of municipalities",
            "Het aantal gemeenten dat het CBS noemt, naast het aantal dat op die dag bestaat.";
        /// The title of an action in the letter, beside the title of that number in the overview.
        /// NL: titel van een actie.
        ActionTitle = "ACTION_TITLE", "Titel van een actie", "Title of an action",
            "De titel van een actie in de brief, naast de titel van dat nummer in het overzicht.";
        /// The reported status, beside the one that the explanation tells of. NL: status en
        /// toelichting.
        StatusText = "STATUS_TEXT", "Status en toelichting", "Status and explanation",
            "De gemelde status, naast de status die uit de toelichting blijkt.";
        /// The reported status, beside the period that the overview prints with it. NL: status en
        /// looptijd.
        StatusPeriod = "STATUS_PERIOD", "Status en looptijd", "Status and period",
            "De gemelde status, naast de looptijd die het overzicht erbij vermeldt.";
        /// A printed amount or total, beside the sum of the rows below it, in euros. NL: begroting.
        Budget = "BUDGET", "Begroting", "Budget",
            "Een gedrukt bedrag of totaal, naast de som van de rijen eronder, in euro's.";
        /// The year columns of the first plan, beside the years in its sentences. NL: jaarkolom.
        YearColumn = "YEAR_COLUMN", "Jaarkolom", "Year column",
            "De jaarkolommen van het eerste plan, naast de jaren in zijn zinnen.";
        /// The years in which the budget has money for an action, beside those in which it runs.
        /// NL: begrotingsjaar.
        BudgetYear = "BUDGET_YEAR", "Begrotingsjaar", "Budget year",
            "De jaren waarin de begroting geld voor een actie heeft, naast de jaren waarin de \
             actie loopt.";
        /// The lines of a printed list of participants, beside the organisations among them. NL:
        /// deelnemers.
        Participants = "PARTICIPANTS", "Deelnemers", "Participants",
            "De regels van een gedrukte deelnemerslijst, naast de organisaties die erop staan.";
        /// A difference that was explained, and is not there. NL: bekend verschil.
        KnownDifference = "KNOWN_DIFFERENCE", "Bekend verschil", "Known difference",
            "Een verschil dat eerder is verklaard en er niet meer is.";
        /// A comparison that this version of the service has no name for. NL: overig.
        Other = "OTHER", "Overig", "Other",
            "Een vergelijking waarvoor deze versie van de dienst geen naam heeft.";
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
    /// Which two statements of the service are held against each other. NL: soort tegenspraak.
    pub enum ContradictionKind {
        /// The verdict, beside what is registered of the policy. NL: oordeel en beleid.
        VerdictAndPolicyState = "VERDICT_AND_POLICY_STATE",
            "Oordeel en beleid",
            "Verdict and policy",
            "Wat het oordeel voor BB-01 telt, naast wat van het beleid is geregistreerd.";
        /// A figure in a table of analysts, beside the same figure in GraphQL. NL: tabel en
        /// GraphQL.
        FeedAndGraph = "FEED_AND_GRAPH", "Tabel en GraphQL", "Feed and GraphQL",
            "Een cijfer in een tabel voor analisten, naast hetzelfde cijfer in GraphQL.";
        /// A sentence, beside the cells that it is made of. NL: kernzin en cellen.
        StatementAndCells = "STATEMENT_AND_CELLS", "Kernzin en cellen", "Statement and cells",
            "Een aantal in een kernzin, naast de cel van het dashboard.";
        /// A label, beside the kind of its source. NL: label en bron.
        LabelAndSource = "LABEL_AND_SOURCE", "Label en bron", "Label and source",
            "Een label, naast de soort van het document waarop het rust.";
        /// A municipality is covered, and no source says so of its own area. NL: ingevuld zonder
        /// eigen bron.
        CoveredWithoutSource = "COVERED_WITHOUT_SOURCE",
            "Ingevuld zonder eigen bron",
            "Covered without a source of its own",
            "Een functie geldt als ingevuld zonder dat een bron dat van het eigen gebied zegt.";
        /// A goal is not reported, and no round was held after its deadline. NL: termijn na de
        /// laatste ronde.
        DeadlineAfterLastRound = "DEADLINE_AFTER_LAST_ROUND",
            "Termijn na de laatste ronde",
            "Deadline after the last round",
            "Een doel geldt als niet gerapporteerd, terwijl na de termijn geen ronde is geweest.";
        /// A trend, without two figures and without the word of a source. NL: trend zonder twee
        /// cijfers.
        TrendWithoutFigures = "TREND_WITHOUT_FIGURES",
            "Trend zonder twee cijfers",
            "Trend without two figures",
            "Een richting zonder twee cijfers, die ook de bron niet noemt.";
    }
}

code_list! {
    /// How a comparison came out. NL: uitkomst van een controle.
    pub enum CheckOutcome {
        /// As published. NL: gelijk.
        Equal = "EQUAL", "Gelijk", "Equal",
            "Gelijk aan wat is gepubliceerd.";
        /// A difference that we know, with its reason. NL: bekend verschil.
        Known = "KNOWN", "Bekend verschil", "Known difference",
            "Een verschil dat wij kennen, met de reden.";
        /// A difference that nobody has explained. NL: onverwacht verschil.
        Unexpected = "UNEXPECTED", "Onverwacht verschil", "Unexpected difference",
            "Een verschil dat niemand heeft verklaard.";
    }
}

code_list! {
    /// What was decided on when a source was read. NL: soort gegevensbeslissing.
    pub enum DataDecisionKind {
        /// The unit of a figure. NL: eenheid.
        Unit = "UNIT", "Eenheid", "Unit",
            "De eenheid van een cijfer.";
        /// A repair of damaged text. NL: herstelde tekst.
        Repair = "REPAIR", "Herstelde tekst", "Repaired text",
            "Het herstel van een beschadigde tekst.";
        /// The order of mixed text. NL: volgorde.
        Order = "ORDER", "Volgorde", "Order",
            "De volgorde van een tekst die door elkaar stond.";
        /// Which of two sources that contradict each other stands where. NL: conflict tussen
        /// bronnen.
        Conflict = "CONFLICT", "Conflict tussen bronnen", "Conflict between sources",
            "Welke van twee bronnen die elkaar tegenspreken, op welke plaats is gevolgd.";
        /// That something stays open, because nothing in the sources decides it. NL: onbeslist.
        Unresolved = "UNRESOLVED", "Onbeslist", "Undecided",
            "Dat iets open blijft, omdat niets in de bronnen het beslist.";
    }
}
