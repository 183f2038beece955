//! The rows of a form that are chosen among many: a municipality, and the version that was seen of it.

use std::fmt;

use crate::{Mistake, form::Given};

/// The field of a row, as in `GM0402/1`.
pub(crate) const ROW: &str = "rij";

/// A row that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row<'a> {
    pub(crate) municipality: &'a str,
    pub(crate) version: i32,
}

impl<'a> Row<'a> {
    /// Reads a row as it is sent; none where it is no row.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (municipality, version) = text.split_once('/')?;
        let version = version.parse::<i32>().ok().filter(|version| *version > 0)?;
        (!municipality.is_empty()).then_some(Self {
            municipality,
            version,
        })
    }

    /// The id of its field on the page, where a municipality may stand under several periods.
    pub(crate) fn id(self, given: &Given) -> String {
        let period = given.value("period").unwrap_or_default();
        format!("{ROW}.{period}.{}/{}", self.municipality, self.version)
    }
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, versie {}", self.municipality, self.version)
    }
}

/// The rows that were chosen, in the order in which they were sent: all of them, as a form with one
/// that is no row is not sent.
pub(crate) fn rows(given: &Given) -> impl Iterator<Item = Row<'_>> {
    given.values(ROW).filter_map(Row::parse)
}

/// Why what was chosen cannot be sent: nothing was, or something is no row.
pub(crate) fn mistakes(given: &Given) -> Vec<Mistake> {
    let texts: Vec<String> = if given.values(ROW).next().is_none() {
        vec!["Kies een of meer beoordelingen.".to_owned()]
    } else {
        let unread = given.values(ROW).filter(|row| Row::parse(row).is_none());
        unread
            .map(|row| {
                format!(
                    "‘{row}’ is geen beoordeling uit deze lijst. Er is niets gedaan; kies opnieuw."
                )
            })
            .collect()
    };
    let texts = texts.into_iter();
    texts.map(Mistake::of_no_field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_municipality_with_a_version() {
        let row = Row::parse("GM0402/12").unwrap();
        assert_eq!((row.municipality, row.version), ("GM0402", 12));
        assert_eq!(row.to_string(), "GM0402, versie 12");
        for wrong in [
            "",
            "GM0402",
            "/1",
            "GM0402/",
            "GM0402/x",
            "GM0402/0",
            "GM0402/1/2",
        ] {
            assert_eq!(Row::parse(wrong), None, "{wrong}");
        }
    }
}
