//! The lists of the sources: kinds of documents and of what they cite, motions, proposals. NL:
//! codelijsten van de bronnen.

use crate::code_list::code_list;

code_list! {
    /// A kind of document. NL: soort document.
    pub enum SourceDocumentKind {
        /// A version of the action plan, or pages of it. NL: actieplan.
        Plan = "PLAN", "Actieplan", "Action plan",
            "Een versie van het actieplan, of bladzijden daarvan.";
        /// An overview of how far the actions are. NL: monitoringsoverzicht.
        MonitoringOverview = "MONITORING_OVERVIEW", "Monitoringsoverzicht", "Monitoring overview",
            "Een overzicht van hoe ver de acties zijn.";
        /// A letter of the government to the House of Representatives. NL: Kamerbrief.
        ParliamentaryLetter = "PARLIAMENTARY_LETTER", "Kamerbrief", "Letter to parliament",
            "Een brief van de regering aan de Tweede Kamer.";
        /// The policy of a region or of its municipalities. NL: regionaal beleid.
        RegionalPolicy = "REGIONAL_POLICY", "Regionaal beleid", "Regional policy",
            "Het beleid van een regio of van haar gemeenten.";
        /// Our own compilation of public records. NL: referentietabel.
        ReferenceTable = "REFERENCE_TABLE", "Referentietabel", "Reference table",
            "Een eigen samenstelling uit openbare registers.";
        /// Our own proposal for criteria of the framework. NL: voorstel voor criteria.
        FrameworkProposal = "FRAMEWORK_PROPOSAL", "Voorstel voor criteria", "Proposed criteria",
            "Een eigen voorstel voor criteria van het kader.";
        /// A decision of a municipality, a region or another authority. NL: besluit van een
        /// bestuursorgaan.
        AdministrativeDecision = "ADMINISTRATIVE_DECISION",
            "Besluit van een bestuursorgaan",
            "Decision of an authority",
            "Een besluit van een gemeente, een regio of een ander bestuursorgaan.";
        /// A letter or message of an organisation to this service. NL: opgave van een organisatie.
        Statement = "STATEMENT", "Opgave van een organisatie", "Statement of an organisation",
            "Een brief of bericht van een organisatie aan deze dienst.";
        /// A kind that this version of the service has no name for. NL: overig.
        Other = "OTHER", "Overig", "Other",
            "Een soort waarvoor deze versie van de dienst geen naam heeft.";
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
        ParliamentaryPaper = "PARLIAMENTARY_PAPER", "Kamerstuk", "Parliamentary paper",
            "Een Kamerstuk.";
        /// A report. NL: rapport.
        Report = "REPORT", "Rapport", "Report",
            "Een rapport.";
        /// A report that comes out again and again. NL: periodieke rapportage.
        PeriodicReport = "PERIODIC_REPORT", "Periodieke rapportage", "Periodic report",
            "Een rapport dat steeds opnieuw verschijnt.";
        /// A law or an article of it. NL: wet.
        Law = "LAW", "Wet", "Law",
            "Een wet of een artikel daarvan.";
        /// A website. NL: website.
        Website = "WEBSITE", "Website", "Website",
            "Een website.";
    }
}

code_list! {
    /// What the House did or was promised. NL: soort kameruitspraak.
    pub enum MotionKind {
        /// A motion of members of the House. NL: motie.
        Motion = "MOTION", "Motie", "Motion",
            "Een motie van leden van de Tweede Kamer.";
        /// A promise by a member of the government. NL: toezegging.
        Commitment = "COMMITMENT", "Toezegging", "Commitment",
            "Een toezegging van een lid van de regering.";
        /// A change of a bill or of a budget. NL: amendement.
        Amendment = "AMENDMENT", "Amendement", "Amendment",
            "Een wijziging van een wetsvoorstel of van een begroting.";
        /// A request that the source calls neither. NL: verzoek.
        Request = "REQUEST", "Verzoek", "Request",
            "Een verzoek dat de bron geen motie en geen toezegging noemt.";
    }
}

code_list! {
    /// What became of it by the source. NL: uitkomst.
    pub enum MotionOutcome {
        /// The State Secretary says in a letter that it was carried out; the House may see it
        /// otherwise. NL: uitgevoerd volgens de staatssecretaris.
        CarriedOut = "CARRIED_OUT",
            "Uitgevoerd volgens de staatssecretaris",
            "Carried out, according to the State Secretary",
            "De staatssecretaris schrijft dat het is uitgevoerd; de Kamer kan daar anders over \
             denken.";
        /// It was rejected. NL: verworpen.
        Rejected = "REJECTED", "Verworpen", "Rejected",
            "Het is verworpen.";
        /// The source does not say. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown",
            "De bron zegt het niet.";
    }
}

code_list! {
    /// What became of a proposal. NL: uitkomst van een voorstel.
    pub enum ProposalOutcome {
        /// It became part of the plan. NL: overgenomen.
        Adopted = "ADOPTED", "Overgenomen", "Adopted",
            "Het voorstel is in het plan opgenomen.";
        /// It was not taken over. NL: afgewezen.
        Rejected = "REJECTED", "Afgewezen", "Rejected",
            "Het voorstel is niet overgenomen.";
        /// The source does not say. NL: onbekend.
        Unknown = "UNKNOWN", "Onbekend", "Unknown",
            "De bron zegt het niet.";
    }
}
