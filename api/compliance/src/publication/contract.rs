//! The words of publications in the contract: kinds, levels, states, and how a line is told.

use async_graphql::SimpleObject;

use domain::publication::lines::{self, Line, Part, Withheld};
use graphql::coded::Coded;

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
    part: Coded<Part>,
    /// The key of that, as in `VR14`. NL: sleutel.
    key: String,
    /// Its name. NL: naam.
    name: String,
    /// Its values; empty when they are withheld. NL: waarden.
    values: Vec<PublicationValue>,
    /// Why its values are withheld; null when they are told. NL: reden van weglaten.
    withheld: Option<Coded<Withheld>>,
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
            withheld: line.withheld.map(Coded),
            key: line.key,
            name: line.name,
        }
    }
}

/// What differs between two publications in one column of one line. NL: verschil.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct PublicationChange {
    /// What the line is of. NL: soort regel.
    part: Coded<Part>,
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
