//! The lists of policy: levels, who adopts, what documents say, what can be declared. NL:
//! codelijsten van het beleid.

use crate::code_list::code_list;

code_list! {
    /// Whose plan a document is. NL: niveau van het beleid.
    pub enum PolicyLevel {
        /// That of one municipality. NL: lokaal.
        Local = "LOCAL", "Lokaal", "Local",
            "Van één gemeente.";
        /// That of several municipalities together. NL: gezamenlijk.
        Joint = "JOINT", "Gezamenlijk", "Joint",
            "Van meerdere gemeenten samen.";
        /// That of a region. NL: regionaal.
        Regional = "REGIONAL", "Regionaal", "Regional",
            "Van een regio.";
    }
}

code_list! {
    /// Who took a decision. NL: orgaan.
    pub enum AdoptionBody {
        /// The mayor and aldermen. NL: college van B&W.
        MunicipalExecutive = "MUNICIPAL_EXECUTIVE", "College van B&W", "Mayor and aldermen",
            "Burgemeester en wethouders.";
        /// The municipal council. NL: gemeenteraad.
        MunicipalCouncil = "MUNICIPAL_COUNCIL", "Gemeenteraad", "Municipal council",
            "De gemeenteraad.";
        /// The source does not say. NL: niet in de bron.
        NotInSource = "NOT_IN_SOURCE", "Niet in de bron", "Not in the source",
            "De bron zegt het niet.";
    }
}

code_list! {
    /// What can be said of the policy of a municipality. NL: verklaring over het beleid.
    pub enum DeclaredPolicyState {
        /// There is none; only the municipality itself says so. NL: geen beleid.
        NoneDeclared = "NONE_DECLARED", "Geen beleid", "No policy",
            "Er is geen beleid; alleen de gemeente zelf kan dat opgeven.";
        /// One is being made. NL: in ontwikkeling.
        InDevelopment = "IN_DEVELOPMENT", "In ontwikkeling", "In development",
            "Er wordt beleid gemaakt.";
        /// The one that there is is being renewed. NL: wordt geactualiseerd.
        BeingUpdated = "BEING_UPDATED", "Wordt geactualiseerd", "Being updated",
            "Het bestaande beleid wordt vernieuwd.";
    }
}

code_list! {
    /// What kind of thing a document says. NL: soort bepaling.
    pub enum PolicyProvisionKind {
        /// The aim of the policy as a whole. NL: hoofddoel.
        Aim = "AIM", "Hoofddoel", "Aim",
            "Het doel van het beleid als geheel.";
        /// A goal of the policy, apart from those of the action plan. NL: doel.
        Goal = "GOAL", "Doel", "Goal",
            "Een doel van het beleid, los van de doelen van het actieplan.";
        /// A line of the policy, apart from those of the action plan. NL: lijn.
        Line = "LINE", "Lijn", "Line",
            "Een lijn van het beleid, los van de lijnen van het actieplan.";
        /// A track along which a goal is worked at. NL: spoor.
        Track = "TRACK", "Spoor", "Track",
            "Een spoor waarlangs aan een doel wordt gewerkt.";
        /// A way to prevent. NL: preventie.
        Prevention = "PREVENTION", "Preventie", "Prevention",
            "Een manier om mensenhandel te voorkomen.";
        /// A group that runs more risk. NL: risicogroep.
        RiskGroup = "RISK_GROUP", "Risicogroep", "Group at risk",
            "Een groep die meer risico loopt.";
        /// Something that makes people more vulnerable. NL: risicofactor.
        RiskFactor = "RISK_FACTOR", "Risicofactor", "Risk factor",
            "Iets dat mensen kwetsbaarder maakt.";
        /// A sector in which it occurs or may occur. NL: sector.
        Sector = "SECTOR", "Sector", "Sector",
            "Een sector waarin mensenhandel voorkomt of kan voorkomen.";
        /// What the document finds of the present situation. NL: bevinding.
        Finding = "FINDING", "Bevinding", "Finding",
            "Wat het document over de bestaande situatie vaststelt.";
        /// Something promised. NL: toezegging.
        Commitment = "COMMITMENT", "Toezegging", "Commitment",
            "Een toezegging.";
        /// A measure that can be taken. NL: maatregel.
        Measure = "MEASURE", "Maatregel", "Measure",
            "Een maatregel die kan worden genomen.";
        /// How often people meet. NL: overlegritme.
        Cadence = "CADENCE", "Overlegritme", "Cadence of meetings",
            "Hoe vaak er overleg is.";
        /// A consultation, and what it is for. NL: overleg.
        ConsultationBody = "CONSULTATION_BODY", "Overleg", "Consultation",
            "Een overleg, en waarvoor het dient.";
        /// When the policy is evaluated. NL: evaluatie.
        Evaluation = "EVALUATION", "Evaluatie", "Evaluation",
            "Wanneer het beleid wordt geëvalueerd.";
        /// How it is paid for. NL: financiën.
        Finance = "FINANCE", "Financiën", "Finance",
            "Hoe het wordt betaald.";
        /// A form of exploitation that the policy deals with. NL: vorm binnen het beleid.
        FormInScope = "FORM_IN_SCOPE", "Vorm binnen het beleid", "Form in scope",
            "Een vorm van uitbuiting waarover het beleid gaat.";
        /// A form of exploitation that the policy leaves out. NL: vorm buiten het beleid.
        FormOutOfScope = "FORM_OUT_OF_SCOPE", "Vorm buiten het beleid", "Form out of scope",
            "Een vorm van uitbuiting die het beleid buiten beschouwing laat.";
        /// A party of the chain. NL: ketenpartner.
        ChainPartner = "CHAIN_PARTNER", "Ketenpartner", "Chain partner",
            "Een partij in de keten.";
        /// A function at the core of the cooperation. NL: kern van de samenwerking.
        CoreTeam = "CORE_TEAM", "Kern van de samenwerking", "Core team",
            "Een functie in de kern van de samenwerking.";
        /// Who helps or shelters whom. NL: zorg en opvang.
        CareProvision = "CARE_PROVISION", "Zorg en opvang", "Care and shelter",
            "Wie aan wie hulp of opvang biedt.";
        /// A duty that the document speaks of. NL: plicht.
        Duty = "DUTY", "Plicht", "Duty",
            "Een plicht die het document noemt.";
        /// What a report to the administrators holds. NL: inhoud van de rapportage.
        ReportContent = "REPORT_CONTENT", "Inhoud van de rapportage", "Content of the report",
            "Wat een rapportage aan de bestuurders bevat.";
        /// An annex. NL: bijlage.
        Annex = "ANNEX", "Bijlage", "Annex",
            "Een bijlage.";
    }
}
