//! The codes of functions, assignments, reporting points and building blocks, with their labels.

use async_graphql::Enum;

/// A function in the approach to human trafficking. NL: functie.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FunctionCode {
    /// The chain coordinator: makes organisations work together, and does no casework. NL: ketenregisseur.
    ChainCoordinator,
    /// The care coordinator: the first point of contact of a victim. NL: zorgcoördinator.
    CareCoordinator,
    /// The designated officer of a municipality. NL: aandachtsfunctionaris.
    DesignatedOfficer,
}

/// The level at which a function works. NL: niveau van een functie.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FunctionLevel {
    /// A region. NL: regio.
    Region,
    /// Above single municipalities. NL: bovenlokaal.
    Supralocal,
    /// One municipality. NL: gemeente.
    Municipality,
}

impl FunctionLevel {
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Region => ("Regio", "Region"),
            Self::Supralocal => ("Bovenlokaal", "Supra-local"),
            Self::Municipality => ("Gemeente", "Municipality"),
        }
    }
}

/// What a source says of whoever fills a function. NL: antwoord over een invulling.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AssignmentAnswer {
    /// It says so. NL: ja.
    Yes,
    /// It says that it is not so. NL: nee.
    No,
    /// No source says anything, which is not no. NL: onbekend.
    Unknown,
}

/// For whom an assignment counts. NL: geldt voor.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AssignmentCounts {
    /// For the area that it names. NL: gebied.
    Area,
    /// For the municipality that it names. NL: gemeente.
    Municipality,
    /// For nobody, because the source names neither. NL: niemand.
    Nobody,
}

/// How a function comes to serve an area. NL: grond voor een functie in een gebied.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AreaFunctionBasis {
    /// The function is of the area itself. NL: eigen gebied.
    OwnArea,
    /// The function is of a larger area that this one lies in; whether it serves this one in practice the source need not
    /// say. NL: groter gebied.
    HigherArea,
}

/// For whom a reporting point is. NL: doelgroep.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportingAudience {
    /// Victims, and those who may be. NL: slachtoffer.
    Victim,
    /// Anybody who sees something. NL: burger.
    Citizen,
    /// People who meet it in their work. NL: professional.
    Professional,
}

/// How a reporting point stands. NL: stand van een meldpunt.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReportingPointState {
    /// It works: somebody checked it on the day of `checkedOn`. NL: actief.
    Active,
    /// It went over into another, its `successor`. NL: opgegaan in een ander.
    Merged,
    /// It is planned and does not exist yet. NL: gepland.
    Planned,
    /// A source tells of it, and nobody checked it for this service. NL: niet gecontroleerd.
    NotVerified,
}

impl ReportingPointState {
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Active => ("Actief", "Active"),
            Self::Merged => ("Opgegaan in een ander", "Merged into another"),
            Self::Planned => ("Gepland", "Planned"),
            Self::NotVerified => ("Niet gecontroleerd", "Not verified"),
        }
    }
}

/// How far a building block is. NL: stand van een bouwsteen.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BuildingBlockState {
    /// It was adopted. NL: vastgesteld.
    Adopted,
    /// It is being made. NL: in ontwikkeling.
    InDevelopment,
}
