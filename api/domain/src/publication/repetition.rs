//! Of a reporting period there is one publication of counts. Pure.
//!
//! Two tables of one period, before and after one confirmation, tell by their difference the
//! verdict of a municipality and most of its answers. So there is a second one only after the first
//! was withdrawn, and it repeats what everybody has read, except errors that are named: each cell
//! by itself, and each of them must be another than it was.

use super::{
    lines::{Change, Line},
    rules::difference,
};

/// A cell that is named as an error: the key of a line, as in `VR14`, and a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The key of the line.
    pub key: &'a str,
    /// The column.
    pub column: &'a str,
}

impl Named<'_> {
    fn is_of(&self, change: &Change) -> bool {
        self.key == change.key && self.column == change.column
    }
}

/// What speaks against a repetition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deviation {
    /// Cells that are others than they were and are not named.
    pub unnamed: Vec<Change>,
    /// Places, in what is named, of cells that are as they were, or are named twice.
    pub idle: Vec<usize>,
}

/// Looks at what is to repeat an earlier publication, except the cells that are named.
pub fn deviation(before: &[Line], after: &[Line], named: &[Named<'_>]) -> Deviation {
    let changes = difference(before, after);
    let is_idle = |at: &usize| {
        let differs = changes.iter().any(|change| named[*at].is_of(change));
        !differs || named[..*at].contains(&named[*at])
    };
    Deviation {
        idle: (0..named.len()).filter(is_idle).collect(),
        unnamed: changes
            .iter()
            .filter(|change| !named.iter().any(|one| one.is_of(change)))
            .cloned()
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::lines::Part, *};
    use crate::publication::lines::Withheld;

    fn table(compliant: i64) -> Vec<Line> {
        vec![
            Line::new(Part::Group, "VR14", "Gooi")
                .number("members", 6)
                .number("not_compliant", 6 - compliant)
                .number("compliant", compliant),
            Line::new(Part::Group, "VR15", "Haaglanden").without(Withheld::Revealing),
        ]
    }

    fn named<'a>(of: &[(&'a str, &'a str)]) -> Vec<Named<'a>> {
        let cells = of.iter();
        cells.map(|(key, column)| Named { key, column }).collect()
    }

    /// The cells that differ and are not named, and the places of those that are named for nothing.
    fn found(before: &[Line], after: &[Line], cells: &[(&str, &str)]) -> (Vec<String>, Vec<usize>) {
        let Deviation { unnamed, idle } = deviation(before, after, &named(cells));
        let cells = unnamed.iter();
        let cells = cells.map(|change| format!("{} {}", change.key, change.column));
        (cells.collect(), idle)
    }

    #[test]
    fn a_repetition_is_equal_but_for_the_cells_that_are_named() {
        let (first, second) = (table(2), table(3));
        let nothing = (Vec::new(), Vec::new());
        assert_eq!(found(&first, &first, &[]), nothing);
        let both = [("VR14", "not_compliant"), ("VR14", "compliant")];
        assert_eq!(found(&first, &second, &both), nothing);
        assert_eq!(
            found(&first, &second, &both[..1]),
            (vec!["VR14 compliant".to_owned()], Vec::new())
        );
        assert_eq!(
            found(&first, &second, &[]),
            (
                vec!["VR14 not_compliant".to_owned(), "VR14 compliant".to_owned()],
                Vec::new()
            )
        );
    }

    #[test]
    fn what_is_named_is_an_error_and_is_named_once() {
        let (first, second) = (table(2), table(3));
        let cells = [
            ("VR14", "members"),
            ("VR14", "not_compliant"),
            ("VR14", "compliant"),
            ("VR14", "compliant"),
            ("VR99", "compliant"),
        ];
        assert_eq!(found(&first, &second, &cells), (Vec::new(), vec![0, 3, 4]));
        assert_eq!(
            found(&first, &first, &cells[..1]),
            (Vec::new(), vec![0]),
            "nothing differs"
        );
    }

    #[test]
    fn a_line_that_is_withheld_now_differs_in_each_of_its_columns() {
        let first = table(2);
        let mut second = first.clone();
        second[0] = Line::new(Part::Group, "VR14", "Gooi").without(Withheld::Revealing);
        let columns = ["members", "not_compliant", "compliant"];
        let expected = columns.map(|column| format!("VR14 {column}"));
        assert_eq!(found(&first, &second, &[]), (expected.to_vec(), Vec::new()));
        assert_eq!(found(&second, &first, &[]).0, expected);
    }
}
