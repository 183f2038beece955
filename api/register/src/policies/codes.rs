//! The codes of documents, decisions and provisions, with their labels.

use async_graphql::Enum;

/// Whose plan a document is. NL: niveau van het beleid.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PolicyLevel {
    /// That of one municipality. NL: lokaal.
    Local,
    /// That of several municipalities together. NL: gezamenlijk.
    Joint,
    /// That of a region. NL: regionaal.
    Regional,
}

impl PolicyLevel {
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Local => ("Lokaal", "Local"),
            Self::Joint => ("Gezamenlijk", "Joint"),
            Self::Regional => ("Regionaal", "Regional"),
        }
    }
}

/// Who took a decision. NL: orgaan.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AdoptionBody {
    /// The mayor and aldermen. NL: college van B&W.
    MunicipalExecutive,
    /// The municipal council. NL: gemeenteraad.
    MunicipalCouncil,
    /// The source does not say. NL: niet in de bron.
    NotInSource,
}

/// A form of exploitation that a policy deals with or leaves out. NL: vorm van uitbuiting.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExploitationKind {
    /// Sexual exploitation. NL: seksuele uitbuiting.
    SexualExploitation,
    /// Labour exploitation. NL: arbeidsuitbuiting.
    LabourExploitation,
    /// Criminal exploitation. NL: criminele uitbuiting.
    CriminalExploitation,
    /// Forced removal of organs. NL: gedwongen orgaanverwijdering.
    ForcedOrganRemoval,
}

/// What kind of thing a document says. NL: soort bepaling.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PolicyProvisionKind {
    /// A goal of the policy, apart from those of the action plan. NL: doel.
    Goal,
    /// A line of the policy, apart from those of the action plan. NL: lijn.
    Line,
    /// A track along which a goal is worked at. NL: spoor.
    Track,
    /// A way to prevent. NL: preventie.
    Prevention,
    /// A group that runs more risk. NL: risicogroep.
    RiskGroup,
    /// Something promised that recurs. NL: toezegging.
    Commitment,
    /// How often people meet. NL: overlegritme.
    Cadence,
    /// When the policy is evaluated. NL: evaluatie.
    Evaluation,
    /// How it is paid for. NL: financiën.
    Finance,
    /// A form of exploitation that the policy deals with. NL: vorm binnen het beleid.
    FormInScope,
    /// A form of exploitation that the policy leaves out. NL: vorm buiten het beleid.
    FormOutOfScope,
    /// A party of the chain. NL: ketenpartner.
    ChainPartner,
    /// A function at the core of the cooperation. NL: kern van de samenwerking.
    CoreTeam,
    /// A duty that the document speaks of. NL: plicht.
    Duty,
    /// What a report to the administrators holds. NL: inhoud van de rapportage.
    ReportContent,
    /// An annex. NL: bijlage.
    Annex,
}

impl PolicyProvisionKind {
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Goal => ("Doel", "Goal"),
            Self::Line => ("Lijn", "Line"),
            Self::Track => ("Spoor", "Track"),
            Self::Prevention => ("Preventie", "Prevention"),
            Self::RiskGroup => ("Risicogroep", "Group at risk"),
            Self::Commitment => ("Toezegging", "Commitment"),
            Self::Cadence => ("Overlegritme", "Cadence of meetings"),
            Self::Evaluation => ("Evaluatie", "Evaluation"),
            Self::Finance => ("Financiën", "Finance"),
            Self::FormInScope => ("Vorm binnen het beleid", "Form in scope"),
            Self::FormOutOfScope => ("Vorm buiten het beleid", "Form out of scope"),
            Self::ChainPartner => ("Ketenpartner", "Chain partner"),
            Self::CoreTeam => ("Kern van de samenwerking", "Core team"),
            Self::Duty => ("Plicht", "Duty"),
            Self::ReportContent => ("Inhoud van de rapportage", "Content of the report"),
            Self::Annex => ("Bijlage", "Annex"),
        }
    }
}
