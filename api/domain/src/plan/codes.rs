//! The lists of the plan: versions and their making, the order of actions, what a round tells of
//! them, how they hang together, and what they reached. NL: codelijsten van het actieplan.

use crate::code_list::code_list;

code_list! {
    /// How far a version of the plan itself is. NL: stand van de versie.
    pub enum PlanState {
        /// It is proposed. NL: voorgesteld.
        Proposed = "PROPOSED", "Voorgesteld", "Proposed",
            "Het plan is voorgesteld.";
        /// It is discussed in the council of ministers. NL: besproken.
        Discussed = "DISCUSSED",
            "Besproken in de ministerraad",
            "Discussed in the council of ministers",
            "Het plan is besproken in de ministerraad.";
        /// It is sent to the House of Representatives. NL: verzonden.
        Sent = "SENT", "Verzonden aan de Tweede Kamer", "Sent to the House of Representatives",
            "Het plan is naar de Tweede Kamer gestuurd.";
        /// It is in force. NL: van kracht.
        InForce = "IN_FORCE", "Van kracht", "In force",
            "Het plan is van kracht.";
        /// A later version took its place. NL: vervangen.
        Superseded = "SUPERSEDED",
            "Vervangen door een latere versie",
            "Replaced by a later version",
            "Een latere versie is in de plaats gekomen.";
    }
}

code_list! {
    /// What a step in the making of a version is. NL: soort stap.
    pub enum PlanStepKind {
        /// The version came into a state, or is announced to. NL: stand.
        State = "STATE", "Stand van de versie", "State of the version",
            "De versie kreeg een nieuwe stand, of die is aangekondigd.";
        /// A method of work. NL: methode.
        Method = "METHOD", "Methode", "Method of work",
            "Een werkwijze.";
        /// A group that was consulted. NL: geraadpleegd.
        Consulted = "CONSULTED", "Geraadpleegde groep", "Group consulted",
            "Een groep die is geraadpleegd.";
    }
}

code_list! {
    /// How sure a link between two versions is. NL: zekerheid.
    pub enum Confidence {
        /// The words are the same, or nearly. NL: zeker.
        Certain = "CERTAIN", "Zeker", "Certain",
            "De woorden zijn gelijk, of bijna gelijk.";
        /// The subject is the same, the words differ. NL: waarschijnlijk.
        Likely = "LIKELY", "Waarschijnlijk", "Likely",
            "Het onderwerp is hetzelfde, de woorden verschillen.";
    }
}

code_list! {
    /// The order of a list of actions; ties in the order of the numbers. NL: volgorde.
    pub enum ActionOrder {
        /// By number. NL: op nummer.
        Number = "NUMBER", "Op nummer", "By number",
            "Op volgorde van het nummer.";
        /// By Dutch title, accents and capitals aside. NL: op titel.
        Title = "TITLE", "Op titel", "By title",
            "Op Nederlandse titel; accenten en hoofdletters tellen niet.";
        /// By status in the order of the dashboard; those without status last. NL: op status.
        Status = "STATUS", "Op status", "By status",
            "Op status, in de volgorde van het dashboard; acties zonder status staan achteraan.";
        /// What changed last comes first. NL: laatst gewijzigd eerst.
        Changed = "CHANGED", "Laatst gewijzigd eerst", "Last changed first",
            "Wat het laatst is gewijzigd, staat vooraan.";
    }
}

code_list! {
    /// Whether a monitoring round tells of an action. NL: plaats in de monitoring.
    pub enum ActionMonitoring {
        /// The round tells its status. NL: opgenomen in de monitoring.
        Reported = "REPORTED", "Opgenomen in de monitoring", "Reported",
            "De ronde vermeldt de status.";
        /// The round leaves the action out and says so. NL: buiten deze monitoringsronde.
        OutsideRound = "OUTSIDE_ROUND", "Buiten deze monitoringsronde", "Outside this round",
            "De ronde laat de actie weg en zegt dat erbij.";
        /// There is no report and no word about it. NL: geen rapportage bekend.
        NoReport = "NO_REPORT", "Geen rapportage bekend", "No report known",
            "Er is geen rapportage, en er wordt ook niets over gezegd.";
    }
}

code_list! {
    /// Whether the cause of a delay is known. NL: bekendheid van de oorzaak.
    pub enum CauseState {
        /// The source gives a cause. NL: gegeven.
        Given = "GIVEN", "Oorzaak gegeven", "Cause given",
            "De bron noemt een oorzaak.";
        /// The source gives none, and we infer none. NL: niet in de bron.
        NotInSource = "NOT_IN_SOURCE", "Oorzaak niet in de bron", "Cause not in the source",
            "De bron noemt geen oorzaak, en wij leiden er geen af.";
    }
}

code_list! {
    /// What happened to the status of an action between two rounds. NL: soort verandering.
    pub enum StatusChangeKind {
        /// Both rounds tell the same status. NL: ongewijzigd.
        Same = "SAME", "Ongewijzigd", "Unchanged",
            "Beide rondes melden dezelfde status.";
        /// Both rounds tell a status, and they differ. NL: gewijzigd.
        Changed = "CHANGED", "Gewijzigd", "Changed",
            "Beide rondes melden een status, en die verschilt.";
        /// Only the earlier round tells of the action. NL: alleen in de eerste ronde.
        OnlyBefore = "ONLY_BEFORE", "Alleen in de eerste ronde", "Only in the first round",
            "Alleen de eerste ronde meldt iets over de actie.";
        /// Only the later round tells of the action. NL: alleen in de tweede ronde.
        OnlyAfter = "ONLY_AFTER", "Alleen in de tweede ronde", "Only in the second round",
            "Alleen de tweede ronde meldt iets over de actie.";
    }
}

code_list! {
    /// How one action hangs together with another. NL: soort samenhang.
    pub enum RelationKind {
        /// It starts when the other is completed. NL: start na.
        StartsAfter = "STARTS_AFTER", "Start na", "Starts after",
            "De actie begint als de andere is afgerond.";
        /// It is done together with the other. NL: valt samen met.
        CoincidesWith = "COINCIDES_WITH", "Valt samen met", "Coincides with",
            "De actie wordt samen met de andere uitgevoerd.";
        /// It is linked to the other. NL: gekoppeld aan.
        RelatedTo = "RELATED_TO", "Gekoppeld aan", "Linked to",
            "De actie is aan de andere gekoppeld.";
        /// Its outcome feeds the other. NL: voedt.
        Informs = "INFORMS", "Voedt", "Feeds into",
            "De uitkomst van de actie wordt gebruikt in de andere.";
    }
}

code_list! {
    /// From which side a relation is told. NL: richting.
    pub enum RelationSide {
        /// The source says it of this action: this one starts after the other. NL: uitgaand.
        Outgoing = "OUTGOING", "Uitgaand", "Outgoing",
            "De bron zegt het van deze actie: deze begint na de andere.";
        /// The source says it of the other: the other starts after this one. NL: inkomend.
        Incoming = "INCOMING", "Inkomend", "Incoming",
            "De bron zegt het van de andere actie: de andere begint na deze.";
    }
}

code_list! {
    /// What a milestone is. NL: soort mijlpaal.
    pub enum MilestoneKind {
        /// It is expected. NL: verwacht.
        Expected = "EXPECTED", "Verwacht", "Expected",
            "De mijlpaal wordt verwacht.";
        /// A start that was made. NL: gestart.
        Started = "STARTED", "Gestart", "Started",
            "Er is een begin gemaakt.";
        /// It is reached. NL: bereikt.
        Reached = "REACHED", "Bereikt", "Reached",
            "De mijlpaal is bereikt.";
        /// A deadline. NL: uiterste datum.
        Deadline = "DEADLINE", "Uiterste datum", "Deadline",
            "Een uiterste datum.";
    }
}

code_list! {
    /// What an obligation asks. NL: soort verplichting.
    pub enum ObligationKind {
        /// At least so many times in each year. NL: aantal keer per jaar.
        TimesPerYear = "TIMES_PER_YEAR", "Aantal keer per jaar", "Number of times per year",
            "Ten minste zo vaak in elk jaar.";
        /// A norm of service. NL: servicenorm.
        ServiceNorm = "SERVICE_NORM", "Servicenorm", "Norm of service",
            "Een norm voor de dienstverlening.";
    }
}

code_list! {
    /// Whether anything is reported of an obligation in a year. NL: stand van een verplichting.
    pub enum ObligationState {
        /// Something is reported; whether it meets the obligation, the source does not say. NL:
        /// gemeld.
        Reported = "REPORTED", "Gemeld", "Reported",
            "Er is iets gemeld; of het aan de verplichting voldoet, zegt de bron niet.";
        /// Nothing is reported; that does not say that nothing was done. NL: niet gemeld.
        NotReported = "NOT_REPORTED", "Niet gemeld", "Not reported",
            "Er is niets gemeld; dat zegt niet dat er niets is gedaan.";
    }
}

code_list! {
    /// What was held or done. NL: soort activiteit.
    pub enum ActivityKind {
        /// A day of action by police and prosecution. NL: actiedag.
        ActionDay = "ACTION_DAY", "Actiedag", "Day of action",
            "Een actiedag van politie en Openbaar Ministerie.";
        /// A training. NL: training.
        Training = "TRAINING", "Training", "Training",
            "Een training.";
        /// An exercise. NL: oefening.
        Exercise = "EXERCISE", "Oefening", "Exercise",
            "Een oefening.";
        /// A campaign. NL: campagne.
        Campaign = "CAMPAIGN", "Campagne", "Campaign",
            "Een campagne.";
        /// A meeting. NL: bijeenkomst.
        Meeting = "MEETING", "Bijeenkomst", "Meeting",
            "Een bijeenkomst.";
        /// Support that was given. NL: ondersteuning.
        Support = "SUPPORT", "Ondersteuning", "Support",
            "Ondersteuning die is gegeven.";
        /// Something else. NL: overig.
        Other = "OTHER", "Overig", "Other",
            "Iets anders.";
    }
}

code_list! {
    /// What a result is. NL: soort resultaat.
    pub enum ResultKind {
        /// A figure with its unit. NL: cijfer.
        Figure = "FIGURE", "Cijfer", "Figure",
            "Een cijfer met zijn eenheid.";
        /// A thing that was made. NL: product.
        Product = "PRODUCT", "Product", "Product",
            "Iets dat is gemaakt.";
        /// The word of the source that it can hardly be measured. NL: lastig meetbaar.
        HardToMeasure = "HARD_TO_MEASURE", "Lastig meetbaar", "Hard to measure",
            "Volgens de bron is het nauwelijks te meten.";
    }
}

code_list! {
    /// How sure a figure is. NL: nauwkeurigheid.
    pub enum Qualifier {
        /// As printed, without qualifier. NL: exact.
        Exact = "EXACT", "Exact", "Exact",
            "Zoals het gedrukt staat, zonder bepaling.";
        /// More than this, as in `ruim 60`. NL: ruim.
        MoreThan = "MORE_THAN", "Ruim", "More than",
            "Meer dan dit, zoals in `ruim 60`.";
        /// About this, as in `ca. 25`. NL: circa.
        About = "ABOUT", "Circa", "About",
            "Ongeveer dit, zoals in `ca. 25`.";
        /// From `value` to `valueTo`. NL: bereik.
        Range = "RANGE", "Bereik", "Range",
            "Van `value` tot en met `valueTo`.";
        /// There is no figure. NL: geen cijfer.
        None = "NONE", "Geen cijfer", "No figure",
            "Er is geen cijfer.";
    }
}
