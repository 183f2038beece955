//! The lists of policy: levels, who adopts, what documents say, what can be declared. NL:
//! codelijsten van het beleid.

use crate::code_list::code_list;

code_list! {
    /// Whose plan a document is. NL: niveau van het beleid.
    pub enum PolicyLevel {
        /// That of one municipality. NL: lokaal.
        Local = "LOCAL", "Lokaal", "Local";
        /// That of several municipalities together. NL: gezamenlijk.
        Joint = "JOINT", "Gezamenlijk", "Joint";
        /// That of a region. NL: regionaal.
        Regional = "REGIONAL", "Regionaal", "Regional";
    }
}

code_list! {
    /// Who took a decision. NL: orgaan.
    pub enum AdoptionBody {
        /// The mayor and aldermen. NL: college van B&W.
        MunicipalExecutive = "MUNICIPAL_EXECUTIVE", "College van B&W", "Mayor and aldermen";
        /// The municipal council. NL: gemeenteraad.
        MunicipalCouncil = "MUNICIPAL_COUNCIL", "Gemeenteraad", "Municipal council";
        /// The source does not say. NL: niet in de bron.
        NotInSource = "NOT_IN_SOURCE", "Niet in de bron", "Not in the source";
    }
}

code_list! {
    /// What can be said of the policy of a municipality. NL: verklaring over het beleid.
    pub enum DeclaredPolicyState {
        /// There is none; only the municipality itself says so. NL: geen beleid.
        NoneDeclared = "NONE_DECLARED", "Geen beleid", "No policy";
        /// One is being made. NL: in ontwikkeling.
        InDevelopment = "IN_DEVELOPMENT", "In ontwikkeling", "In development";
        /// The one that there is is being renewed. NL: wordt geactualiseerd.
        BeingUpdated = "BEING_UPDATED", "Wordt geactualiseerd", "Being updated";
    }
}

code_list! {
    /// A form of exploitation that a policy deals with or leaves out. NL: vorm van uitbuiting.
    pub enum ExploitationKind {
        /// Sexual exploitation. NL: seksuele uitbuiting.
        SexualExploitation = "SEXUAL_EXPLOITATION", "Seksuele uitbuiting", "Sexual exploitation";
        /// Labour exploitation. NL: arbeidsuitbuiting.
        LabourExploitation = "LABOUR_EXPLOITATION", "Arbeidsuitbuiting", "Labour exploitation";
        /// Criminal exploitation. NL: criminele uitbuiting.
        CriminalExploitation = "CRIMINAL_EXPLOITATION",
            "Criminele uitbuiting",
            "Criminal exploitation";
        /// Forced removal of organs. NL: gedwongen orgaanverwijdering.
        ForcedOrganRemoval = "FORCED_ORGAN_REMOVAL",
            "Gedwongen orgaanverwijdering",
            "Forced removal of organs";
    }
}

code_list! {
    /// What kind of thing a document says. NL: soort bepaling.
    pub enum PolicyProvisionKind {
        /// A goal of the policy, apart from those of the action plan. NL: doel.
        Goal = "GOAL", "Doel", "Goal";
        /// A line of the policy, apart from those of the action plan. NL: lijn.
        Line = "LINE", "Lijn", "Line";
        /// A track along which a goal is worked at. NL: spoor.
        Track = "TRACK", "Spoor", "Track";
        /// A way to prevent. NL: preventie.
        Prevention = "PREVENTION", "Preventie", "Prevention";
        /// A group that runs more risk. NL: risicogroep.
        RiskGroup = "RISK_GROUP", "Risicogroep", "Group at risk";
        /// Something promised that recurs. NL: toezegging.
        Commitment = "COMMITMENT", "Toezegging", "Commitment";
        /// How often people meet. NL: overlegritme.
        Cadence = "CADENCE", "Overlegritme", "Cadence of meetings";
        /// When the policy is evaluated. NL: evaluatie.
        Evaluation = "EVALUATION", "Evaluatie", "Evaluation";
        /// How it is paid for. NL: financiën.
        Finance = "FINANCE", "Financiën", "Finance";
        /// A form of exploitation that the policy deals with. NL: vorm binnen het beleid.
        FormInScope = "FORM_IN_SCOPE", "Vorm binnen het beleid", "Form in scope";
        /// A form of exploitation that the policy leaves out. NL: vorm buiten het beleid.
        FormOutOfScope = "FORM_OUT_OF_SCOPE", "Vorm buiten het beleid", "Form out of scope";
        /// A party of the chain. NL: ketenpartner.
        ChainPartner = "CHAIN_PARTNER", "Ketenpartner", "Chain partner";
        /// A function at the core of the cooperation. NL: kern van de samenwerking.
        CoreTeam = "CORE_TEAM", "Kern van de samenwerking", "Core team";
        /// A duty that the document speaks of. NL: plicht.
        Duty = "DUTY", "Plicht", "Duty";
        /// What a report to the administrators holds. NL: inhoud van de rapportage.
        ReportContent = "REPORT_CONTENT", "Inhoud van de rapportage", "Content of the report";
        /// An annex. NL: bijlage.
        Annex = "ANNEX", "Bijlage", "Annex";
    }
}
