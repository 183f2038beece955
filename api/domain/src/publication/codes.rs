//! Closed lists of publications. What a line is of stands in `lines`.

use crate::code_list::code_list;

code_list! {
    /// What a publication is of. NL: soort publicatie.
    pub enum PublicationKind {
        /// Which municipalities meet the framework, in a reporting period. NL: beeld van gemeenten
        /// die aan het kader voldoen.
        CompliancePicture = "COMPLIANCE_PICTURE",
            "Beeld van gemeenten en het VNG-kader",
            "Picture of municipalities and the VNG framework",
            "Welke gemeenten in een rapportageperiode aan het kader voldoen.";
        /// How far the actions of the plan are, by one closed round. NL: monitoringsoverzicht.
        MonitoringOverview = "MONITORING_OVERVIEW", "Monitoringsoverzicht", "Monitoring overview",
            "Hoe ver de acties van het plan zijn, volgens één gesloten ronde.";
        /// The budget tables of a plan version. NL: begroting.
        Budget = "BUDGET", "Begroting", "Budget",
            "De begrotingstabellen van een planversie.";
    }
}

code_list! {
    /// How far a publication goes into detail. NL: publicatieniveau.
    pub enum PublicationLevel {
        /// The country alone, or the whole plan. NL: landelijk.
        Country = "COUNTRY", "Landelijk", "National",
            "Alleen het land, of het hele plan.";
        /// The country and its areas; a group that would give away its members is withheld. NL: per
        /// gebied.
        Area = "AREA", "Per gebied", "By area",
            "Het land en zijn gebieden; een groep die het oordeel over haar leden zou prijsgeven, \
             wordt niet getoond.";
        /// Each municipality by name; only under an endorsed edition, and after a term to respond.
        /// NL: met naam.
        ByName = "BY_NAME", "Met naam", "By name",
            "Elke gemeente met naam; alleen onder een vastgestelde editie en na een \
             reactietermijn.";
    }
}

code_list! {
    /// How far a publication is. NL: stand van de publicatie.
    pub enum PublicationState {
        /// Its content is frozen; it is not public. NL: voorbereid.
        Prepared = "PREPARED", "Voorbereid", "Prepared",
            "De inhoud ligt vast; de publicatie is niet openbaar.";
        /// Its files are written; it becomes public at its instant. NL: onder embargo.
        Embargoed = "EMBARGOED", "Onder embargo", "Under embargo",
            "De bestanden zijn geschreven; op het aangegeven tijdstip wordt de publicatie \
             openbaar.";
        /// Everybody may read it. NL: openbaar.
        Released = "RELEASED", "Openbaar", "Released",
            "Iedereen mag de publicatie lezen.";
        /// It was taken back; its files are gone and the fact stays. NL: ingetrokken.
        Withdrawn = "WITHDRAWN", "Ingetrokken", "Withdrawn",
            "De publicatie is ingetrokken; de bestanden zijn verwijderd, en dat zij er was blijft \
             vermeld.";
    }
}

code_list! {
    /// Why a count of a publication is another than in the one that it takes the place of. NL: reden
    /// van een correctie.
    pub enum CorrectionReason as "PublicationCorrectionReason" {
        /// A verdict or an answer was wrong and was put right. NL: hersteld oordeel.
        VerdictCorrected = "VERDICT_CORRECTED", "Oordeel hersteld", "Verdict put right",
            "Een oordeel of een antwoord was fout en is hersteld.";
        /// A municipality was counted with the wrong area, or should not or should have been
        /// counted. NL: hersteld gebied.
        MembershipCorrected = "MEMBERSHIP_CORRECTED", "Gebied hersteld", "Membership put right",
            "Een gemeente was bij het verkeerde gebied geteld, of ten onrechte wel of niet.";
        /// The rules were applied wrongly, or counted wrongly. NL: herstelde telling.
        CountCorrected = "COUNT_CORRECTED", "Telling hersteld", "Count put right",
            "De regels waren fout toegepast, of er was fout geteld.";
    }
}
