//! The lists of guidance: functions and whether they are filled, reporting points, building blocks.
//! NL: codelijsten van functies en hulpmiddelen.

use crate::code_list::code_list;

code_list! {
    /// A function in the approach to human trafficking. NL: functie.
    pub enum FunctionCode {
        /// The chain coordinator: makes organisations work together, and does no casework. NL:
        /// ketenregisseur.
        ChainCoordinator = "CHAIN_COORDINATOR", "Ketenregisseur", "Chain coordinator",
            "De ketenregisseur zorgt dat organisaties samenwerken en behandelt geen casussen.";
        /// The care coordinator: the first point of contact of a victim. NL: zorgcoördinator.
        CareCoordinator = "CARE_COORDINATOR", "Zorgcoördinator", "Care coordinator",
            "De zorgcoördinator is het eerste aanspreekpunt van een slachtoffer.";
        /// The designated officer of a municipality. NL: aandachtsfunctionaris.
        DesignatedOfficer = "DESIGNATED_OFFICER", "Aandachtsfunctionaris", "Designated officer",
            "De aandachtsfunctionaris van een gemeente.";
    }
}

code_list! {
    /// The level at which a function works. NL: niveau van een functie.
    pub enum FunctionLevel {
        /// A region. NL: regio.
        Region = "REGION", "Regio", "Region",
            "Een regio.";
        /// Above single municipalities. NL: bovenlokaal.
        Supralocal = "SUPRALOCAL", "Bovenlokaal", "Supra-local",
            "Boven het niveau van een enkele gemeente.";
        /// One municipality. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality",
            "Eén gemeente.";
    }
}

code_list! {
    /// What a source says of whoever fills a function. NL: antwoord over een invulling.
    pub enum AssignmentAnswer {
        /// It says so. NL: ja.
        Yes = "YES", "Ja", "Yes",
            "De bron zegt het.";
        /// It says that it is not so. NL: nee.
        No = "NO", "Nee", "No",
            "De bron zegt dat het niet zo is.";
        /// No source says anything, which is not no. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown",
            "Geen bron zegt er iets over, en dat is geen nee.";
    }
}

code_list! {
    /// For whom an assignment counts. NL: geldt voor.
    pub enum AssignmentCounts {
        /// For the area that it names. NL: gebied.
        Area = "AREA", "Gebied", "Area",
            "Telt voor het gebied dat de bron noemt.";
        /// For the municipality that it names. NL: gemeente.
        Municipality = "MUNICIPALITY", "Gemeente", "Municipality",
            "Telt voor de gemeente die de bron noemt.";
        /// For nobody, because the source names neither. NL: niemand.
        Nobody = "NOBODY", "Niemand", "Nobody",
            "Telt voor niemand, omdat de bron geen gebied en geen gemeente noemt.";
    }
}

code_list! {
    /// How a function comes to serve an area. NL: grond voor een functie in een gebied.
    pub enum AreaFunctionBasis {
        /// The function is of the area itself. NL: eigen gebied.
        OwnArea = "OWN_AREA", "Eigen gebied", "Own area",
            "De functie is van het gebied zelf.";
        /// The function is of a larger area that this one lies in; whether it serves this one in
        /// practice the source need not say. NL: groter gebied.
        HigherArea = "HIGHER_AREA", "Groter gebied", "Larger area",
            "De functie is van een groter gebied waarin dit gebied ligt; of zij hier in de \
             praktijk werkt, hoeft de bron niet te zeggen.";
    }
}

code_list! {
    /// Whether a function is filled for a municipality. NL: dekking.
    pub enum CoverageState {
        /// Somebody fills it for the municipality, or for an area that it is a member of. NL:
        /// ingevuld.
        Covered = "COVERED", "Ingevuld", "Filled",
            "Iemand vervult de functie voor de gemeente, of voor een gebied waarvan zij lid is.";
        /// Whoever filled it stopped and nobody is known to have followed, or it was declared that
        /// nobody fills it. NL: niet ingevuld.
        NotCovered = "NOT_COVERED", "Niet ingevuld", "Not filled",
            "Wie de functie vervulde is gestopt en van een opvolger is niets bekend, of gemeld is \
             dat niemand haar vervult.";
        /// No source tells of it, which is not no. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown",
            "Geen bron zegt er iets over, en dat is geen nee.";
    }
}

code_list! {
    /// For whom a reporting point is. NL: doelgroep.
    pub enum ReportingAudience {
        /// Victims, and those who may be. NL: slachtoffer.
        Victim = "VICTIM", "Slachtoffer", "Victim",
            "Slachtoffers, en wie dat misschien is.";
        /// Anybody who sees something. NL: burger.
        Citizen = "CITIZEN", "Burger", "Member of the public",
            "Iedereen die iets ziet.";
        /// People who meet it in their work. NL: professional.
        Professional = "PROFESSIONAL", "Professional", "Professional",
            "Mensen die er in hun werk mee te maken krijgen.";
    }
}

code_list! {
    /// How a reporting point stands. NL: stand van een meldpunt.
    pub enum ReportingPointState {
        /// It works: somebody checked it on the day of `checkedOn`. NL: actief.
        Active = "ACTIVE", "Actief", "Active",
            "Het meldpunt werkt: op de dag van `checkedOn` heeft iemand dat gecontroleerd.";
        /// It went over into another, its `successor`. NL: opgegaan in een ander.
        Merged = "MERGED", "Opgegaan in een ander", "Merged into another",
            "Het is opgegaan in een ander meldpunt, de `successor`.";
        /// It is planned and does not exist yet. NL: gepland.
        Planned = "PLANNED", "Gepland", "Planned",
            "Het is gepland en bestaat nog niet.";
        /// A source tells of it, and nobody checked it for this service. NL: niet gecontroleerd.
        NotVerified = "NOT_VERIFIED", "Niet gecontroleerd", "Not verified",
            "Een bron noemt het, en voor deze dienst heeft niemand het gecontroleerd.";
    }
}

code_list! {
    /// How far a building block is. NL: stand van een bouwsteen.
    pub enum BuildingBlockState {
        /// It was adopted. NL: vastgesteld.
        Adopted = "ADOPTED", "Vastgesteld", "Adopted",
            "De bouwsteen is vastgesteld.";
        /// It is being made. NL: in ontwikkeling.
        InDevelopment = "IN_DEVELOPMENT", "In ontwikkeling", "In development",
            "Er wordt aan de bouwsteen gewerkt.";
    }
}
