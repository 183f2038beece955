//! The words of publications in the contract: kinds, levels, states, and how a line is told.

use async_graphql::{Enum, SimpleObject};

use domain::publication::lines::{self, Line};

/// What a publication is of. NL: soort publicatie.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PublicationKind {
    /// Which municipalities meet the framework, in a reporting period. NL: beeld van gemeenten die aan het kader voldoen.
    CompliancePicture,
    /// How far the actions of the plan are, by one closed round. NL: monitoringsoverzicht.
    MonitoringOverview,
    /// The budget tables of a plan version. NL: begroting.
    Budget,
}

/// How far a publication goes into detail. NL: publicatieniveau.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PublicationLevel {
    /// The country alone, or the whole plan. NL: landelijk.
    Country,
    /// The country and its areas; a group that would give away its members is withheld. NL: per gebied.
    Area,
    /// Each municipality by name; only under an endorsed edition, and after a term to respond. NL: met naam.
    ByName,
}

/// How far a publication is. NL: stand van de publicatie.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PublicationState {
    /// Its content is frozen; it is not public. NL: voorbereid.
    Prepared,
    /// Its files are written; it becomes public at its instant. NL: onder embargo.
    Embargoed,
    /// Everybody may read it. NL: openbaar.
    Released,
    /// It was taken back; its files are gone and the fact stays. NL: ingetrokken.
    Withdrawn,
}

impl PublicationState {
    /// The state in words.
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Prepared => ("Voorbereid", "Prepared"),
            Self::Embargoed => ("Onder embargo", "Under embargo"),
            Self::Released => ("Openbaar", "Released"),
            Self::Withdrawn => ("Ingetrokken", "Withdrawn"),
        }
    }
}

impl PublicationKind {
    /// The kind in words.
    pub(super) fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::CompliancePicture => (
                "Beeld van gemeenten en het VNG-kader",
                "Picture of municipalities and the VNG framework",
            ),
            Self::MonitoringOverview => ("Monitoringsoverzicht", "Monitoring overview"),
            Self::Budget => ("Begroting", "Budget"),
        }
    }
}

/// What a line of a publication is of. NL: soort regel.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "domain::publication::lines::Part", name = "PublicationPart")]
pub(crate) enum PartCode {
    /// The whole country, or the whole plan. NL: totaal.
    Total,
    /// An area. NL: gebied.
    Group,
    /// A criterion of the framework. NL: criterium.
    Criterion,
    /// A municipality by name. NL: gemeente.
    Municipality,
    /// An action line. NL: actielijn.
    ActionLine,
    /// An action. NL: actie.
    Action,
    /// A row of a budget table in a year. NL: begrotingscel.
    BudgetCell,
}

/// Why a line is told without its values. NL: reden van weglaten.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(
    remote = "domain::publication::lines::Withheld",
    name = "WithheldReason"
)]
pub(crate) enum WithheldCode {
    /// The group has fewer than five members. NL: minder dan vijf.
    FewerThanFive,
    /// It would tell a member the verdict of another: alone, or by subtracting what else is published. Which of the two is not said,
    /// because that would tell as much. NL: onthullend.
    Revealing,
}

/// A value of a line. NL: waarde.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationValue {
    /// The column, as in the CSV file. NL: kolom.
    column: String,
    /// The number; null of a text. NL: getal.
    number: Option<i64>,
    /// The value as it stands in the CSV file. NL: tekst.
    text: String,
}

/// A line of a publication, as it stands in its files. NL: regel van een publicatie.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationLine {
    /// What it is of. NL: soort regel.
    part: PartCode,
    /// The key of that, as in `VR14`. NL: sleutel.
    key: String,
    /// Its name. NL: naam.
    name: String,
    /// Its values; empty when they are withheld. NL: waarden.
    values: Vec<PublicationValue>,
    /// Why its values are withheld; null when they are told. NL: reden van weglaten.
    withheld: Option<WithheldCode>,
}

impl From<Line> for PublicationLine {
    fn from(line: Line) -> Self {
        Self {
            part: line.part.into(),
            values: line
                .cells
                .iter()
                .map(|cell| PublicationValue {
                    column: cell.column.clone(),
                    number: line.number_in(&cell.column),
                    text: cell.value.text(),
                })
                .collect(),
            withheld: line.withheld.map(WithheldCode::from),
            key: line.key,
            name: line.name,
        }
    }
}

/// What differs between two publications in one column of one line. NL: verschil.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationChange {
    /// What the line is of. NL: soort regel.
    part: PartCode,
    /// The key of that. NL: sleutel.
    key: String,
    /// Its name. NL: naam.
    name: String,
    /// The column. NL: kolom.
    column: String,
    /// What stood in the earlier publication; null when nothing did. NL: eerder.
    before: Option<String>,
    /// What stands in this one; null when nothing does. NL: nu.
    after: Option<String>,
}

impl From<lines::Change> for PublicationChange {
    fn from(change: lines::Change) -> Self {
        Self {
            part: change.part.into(),
            key: change.key,
            name: change.name,
            column: change.column,
            before: change.before,
            after: change.after,
        }
    }
}
