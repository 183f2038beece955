//! The kinds of partners and what they do in an action, with their labels.

use async_graphql::Enum;

/// What kind of organisation a partner is. Where no source tells it, the note of its source says so. NL: soort partner.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartnerKind {
    /// A ministry. NL: ministerie.
    Ministry,
    /// An agency of the national government. NL: uitvoeringsorganisatie van het Rijk.
    GovernmentAgency,
    /// One municipality. NL: gemeente.
    Municipality,
    /// An association of municipalities. NL: vereniging van gemeenten.
    MunicipalAssociation,
    /// A region in which municipalities work together. NL: regio.
    Region,
    /// An investigation service, the police among them. NL: opsporing.
    Investigation,
    /// The public prosecution service. NL: vervolging.
    Prosecution,
    /// A regional information and expertise centre. NL: RIEC.
    Riec,
    /// A centre that coordinates the approach to human trafficking. NL: coördinatiecentrum.
    CoordinationCentre,
    /// An organisation that gives care or shelter. NL: zorgaanbieder.
    CareProvider,
    /// A non-governmental organisation. NL: maatschappelijke organisatie.
    Ngo,
    /// A research institute. NL: onderzoeksinstituut.
    Research,
    /// A consultancy. NL: adviesbureau.
    Consultancy,
    /// The independent national rapporteur. NL: rapporteur.
    Rapporteur,
    /// Several organisations that a source names together and does not list, as in `gemeenten`. NL: groep organisaties.
    Group,
    /// Another kind, or one that no source tells. NL: overig.
    Other,
}

impl PartnerKind {
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Ministry => ("Ministerie", "Ministry"),
            Self::GovernmentAgency => ("Uitvoeringsorganisatie van het Rijk", "Government agency"),
            Self::Municipality => ("Gemeente", "Municipality"),
            Self::MunicipalAssociation => {
                ("Vereniging van gemeenten", "Association of municipalities")
            }
            Self::Region => ("Regio", "Region"),
            Self::Investigation => ("Opsporing", "Investigation"),
            Self::Prosecution => ("Vervolging", "Prosecution"),
            Self::Riec => ("RIEC", "Regional information and expertise centre (RIEC)"),
            Self::CoordinationCentre => ("Coördinatiecentrum", "Coordination centre"),
            Self::CareProvider => ("Zorgaanbieder", "Care provider"),
            Self::Ngo => (
                "Maatschappelijke organisatie",
                "Non-governmental organisation",
            ),
            Self::Research => ("Onderzoeksinstituut", "Research institute"),
            Self::Consultancy => ("Adviesbureau", "Consultancy"),
            Self::Rapporteur => ("Rapporteur", "Rapporteur"),
            Self::Group => ("Groep organisaties", "Group of organisations"),
            Self::Other => ("Overig", "Other"),
        }
    }
}

/// What a partner does in an action. NL: rol van een partner.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartnerRole {
    /// Answers for the action. Only the ministry assigns it: the sources name no owner of any action, and nobody is taken
    /// for one because of another role. NL: eigenaar.
    Owner,
    /// Carries the action out, or a part of it. NL: uitvoerder.
    Executor,
    /// Has it done by somebody else. NL: opdrachtgever.
    Commissioner,
    /// Does it for a commissioner, or was asked to. NL: opdrachtnemer.
    Contractor,
    /// Makes something for the action. NL: ontwikkelaar.
    Developer,
    /// Brings in its expertise. NL: expert.
    Expert,
    /// Was heard on what is made. NL: klankbord.
    SoundingBoard,
    /// Supplies data or files. NL: gegevensleverancier.
    DataSupplier,
    /// Takes part in meetings or a pilot. NL: deelnemer.
    Participant,
    /// Is whom the action is for. NL: doelgroep.
    TargetGroup,
    /// Is to put the result into its own practice; see `implementation`. NL: toepasser in eigen praktijk.
    Implementer,
}

impl PartnerRole {
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Owner => ("Eigenaar", "Owner"),
            Self::Executor => ("Uitvoerder", "Executor"),
            Self::Commissioner => ("Opdrachtgever", "Commissioner"),
            Self::Contractor => ("Opdrachtnemer", "Contractor"),
            Self::Developer => ("Ontwikkelaar", "Developer"),
            Self::Expert => ("Expert", "Expert"),
            Self::SoundingBoard => ("Klankbord", "Sounding board"),
            Self::DataSupplier => ("Gegevensleverancier", "Data supplier"),
            Self::Participant => ("Deelnemer", "Participant"),
            Self::TargetGroup => ("Doelgroep", "Target group"),
            Self::Implementer => ("Toepasser in eigen praktijk", "Implementer"),
        }
    }
}

/// Whether a source reports that an `IMPLEMENTER` has put the result into practice. NL: uitvoering gemeld.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImplementationState {
    /// A source reports it. NL: gemeld.
    Reported,
    /// No source reports it, which does not say that it was not done. NL: niet gemeld.
    NotReported,
    /// The role is another one, so the question does not arise. NL: niet van toepassing.
    NotApplicable,
}

/// Why a region is named with a partner. NL: grond voor een regio.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartnerRegionBasis {
    /// It is the area of the partner. NL: eigen gebied.
    OwnArea,
    /// It lies in the area of the partner, as in that of a police unit. NL: deel van het eigen gebied.
    PartOfArea,
    /// The partner is a municipality of this region. NL: gemeente in de regio.
    Municipality,
    /// The policy of the region names the partner in its chain. NL: genoemd in de keten van de regio.
    Chain,
}
