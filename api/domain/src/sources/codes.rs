//! The lists of the sources: kinds of documents and of what they cite, motions, proposals. NL:
//! codelijsten van de bronnen.

use crate::code_list::code_list;

code_list! {
    /// A kind of document. NL: soort document.
    pub enum SourceDocumentKind {
        /// A version of the action plan, or pages of it. NL: actieplan.
        Plan = "PLAN", "Actieplan", "Action plan";
        /// An overview of how far the actions are. NL: monitoringsoverzicht.
        MonitoringOverview = "MONITORING_OVERVIEW", "Monitoringsoverzicht", "Monitoring overview";
        /// A letter of the government to the House of Representatives. NL: Kamerbrief.
        ParliamentaryLetter = "PARLIAMENTARY_LETTER", "Kamerbrief", "Letter to parliament";
        /// The policy of a region or of its municipalities. NL: regionaal beleid.
        RegionalPolicy = "REGIONAL_POLICY", "Regionaal beleid", "Regional policy";
        /// Our own compilation of public records. NL: referentietabel.
        ReferenceTable = "REFERENCE_TABLE", "Referentietabel", "Reference table";
        /// Our own proposal for criteria of the framework. NL: voorstel voor criteria.
        FrameworkProposal = "FRAMEWORK_PROPOSAL", "Voorstel voor criteria", "Proposed criteria";
        /// A decision of a municipality, a region or another authority. NL: besluit van een
        /// bestuursorgaan.
        AdministrativeDecision = "ADMINISTRATIVE_DECISION",
            "Besluit van een bestuursorgaan",
            "Decision of an authority";
        /// A letter or message of an organisation to this service. NL: opgave van een organisatie.
        Statement = "STATEMENT", "Opgave van een organisatie", "Statement of an organisation";
        /// A kind that this version of the service has no name for. NL: overig.
        Other = "OTHER", "Overig", "Other";
    }
}

impl SourceDocumentKind {
    /// The kind of a row: `OTHER` for one that a later version of the service wrote.
    #[must_use]
    pub fn of_row(code: &str) -> Self {
        Self::from_code(code).unwrap_or(Self::Other)
    }
}

code_list! {
    /// A kind of thing that a document cites. NL: soort verwijzing.
    pub enum CitationKind {
        /// A parliamentary paper. NL: Kamerstuk.
        ParliamentaryPaper = "PARLIAMENTARY_PAPER", "Kamerstuk", "Parliamentary paper";
        /// A report. NL: rapport.
        Report = "REPORT", "Rapport", "Report";
        /// A report that comes out again and again. NL: periodieke rapportage.
        PeriodicReport = "PERIODIC_REPORT", "Periodieke rapportage", "Periodic report";
        /// A law or an article of it. NL: wet.
        Law = "LAW", "Wet", "Law";
        /// A website. NL: website.
        Website = "WEBSITE", "Website", "Website";
    }
}

code_list! {
    /// A kind of motion. NL: soort motie.
    pub enum MotionKind {
        /// A motion of members of the House. NL: motie.
        Motion = "MOTION", "Motie", "Motion";
        /// A promise by a member of the government. NL: toezegging.
        Commitment = "COMMITMENT", "Toezegging", "Commitment";
        /// A change of a bill or of a budget. NL: amendement.
        Amendment = "AMENDMENT", "Amendement", "Amendment";
        /// A request that the source calls neither. NL: verzoek.
        Request = "REQUEST", "Verzoek", "Request";
    }
}

code_list! {
    /// What became of a motion by the source. NL: uitkomst van een motie.
    pub enum MotionOutcome {
        /// The government says that it has carried it out. NL: uitgevoerd.
        CarriedOut = "CARRIED_OUT", "Uitgevoerd", "Carried out";
        /// It was rejected. NL: verworpen.
        Rejected = "REJECTED", "Verworpen", "Rejected";
        /// The source does not say. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown";
    }
}

code_list! {
    /// What became of a proposal. NL: uitkomst van een voorstel.
    pub enum ProposalOutcome {
        /// It became part of the plan. NL: overgenomen.
        Adopted = "ADOPTED", "Overgenomen", "Adopted";
        /// It was not taken over. NL: afgewezen.
        Rejected = "REJECTED", "Afgewezen", "Rejected";
        /// The source does not say. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown";
    }
}
