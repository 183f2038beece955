//! A mistake with its place in a table, and what is wrong with a text that is no table.

use domain::{csv_cell::LooseQuote, mistake::Mistake, text::Text};

use super::{Unreadable, cell_name};

/// The input field that holds a table.
pub(crate) const TABLE: &str = "table";
/// Parts of the place of a mistake in a table: the input field, the row and the column; the cell
/// comes behind them.
const PLACE: usize = 3;

/// A mistake with its place in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed<C> {
    pub code: C,
    /// The row as a spreadsheet numbers it.
    pub row: u64,
    /// The name of the column; none when the row is wrong as a whole.
    pub column: Option<String>,
    /// The cell as a spreadsheet names it, as in `C7`; none when its column is not there.
    pub cell: Option<String>,
    pub message: Text,
}

impl<C> Placed<C> {
    pub(crate) fn at(
        code: C,
        row: u64,
        column: &str,
        nl: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            code,
            row,
            column: (!column.is_empty()).then(|| column.to_owned()),
            cell: None,
            message: Text::new(nl, en),
        }
    }

    /// The same with the place of its column.
    pub(crate) fn in_cell(self, column: usize) -> Self {
        Self {
            cell: Some(cell_name(column, self.row)),
            ..self
        }
    }

    /// The same, its message after the cell and the name of what it is about.
    pub(crate) fn about(mut self, name: &str) -> Self {
        let cell = self.cell.as_deref();
        let place: Vec<&str> = cell
            .into_iter()
            .chain((!name.is_empty()).then_some(name))
            .collect();
        if !place.is_empty() {
            let place = place.join(", ");
            let Text { nl, en } = &self.message;
            self.message = Text::new(format!("{place}: {nl}"), format!("{place}: {en}"));
        }
        self
    }
}

/// A mistake with its place in a table, as one of the input field that holds the table.
pub(crate) fn in_table<C: Into<D>, D>(placed: Placed<C>) -> Mistake<D> {
    let place = [TABLE.to_owned(), placed.row.to_string()].into_iter();
    // A cell without the name of its column cannot stand in its place.
    let cell = placed.cell.filter(|_| placed.column.is_some());
    Mistake {
        code: placed.code.into(),
        field: place.chain(placed.column).chain(cell).collect(),
        message: placed.message,
    }
}

/// The place of a mistake, as the errors of a payload tell it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// The path of the input field; in a table the row and the column.
    pub field: Vec<String>,
    pub row: Option<i32>,
    pub column: Option<String>,
    pub cell: Option<String>,
}

impl Place {
    /// Reads the path of a mistake, whose last part is the cell where it is one in a table.
    pub(crate) fn of(mut field: Vec<String>) -> Self {
        let is_of_table = field.first().is_some_and(|name| name == TABLE);
        let cell = if is_of_table && field.len() > PLACE {
            field.pop()
        } else {
            None
        };
        let place = field.get(1..).filter(|_| is_of_table).unwrap_or_default();
        Self {
            row: place.first().and_then(|row| row.parse().ok()),
            column: place.get(1).cloned(),
            cell,
            field,
        }
    }
}

impl Unreadable {
    /// The same as a mistake of a noun.
    pub(crate) fn placed<C>(self, code: C) -> Placed<C> {
        match self {
            Self::From(row) => Placed::at(
                code,
                row,
                "",
                "Vanaf deze regel is dit geen tabel met een kopregel.",
                "From this line on this is no table with a header.",
            ),
            Self::LooseQuote(LooseQuote { line, column }) => Placed::at(
                code,
                line,
                "",
                format!(
                    "In cel {column} van deze regel begint een aanhalingsteken dat niet aan het \
                     einde van de cel eindigt; de regels erna zouden daardoor verloren gaan."
                ),
                format!(
                    "In cell {column} of this row a quote begins that does not end at the end of \
                     the cell; the rows after it would be lost by it."
                ),
            ),
            Self::CellTooMany(row) => Placed::at(
                code,
                row,
                "",
                "Deze regel heeft meer cellen dan er kolommen zijn. Zet een tekst met een \
                 scheidingsteken tussen aanhalingstekens.",
                "This row has more cells than there are columns. Put a text with a separator \
                 between quotes.",
            ),
            Self::ColumnTwice(name) => Placed::at(
                code,
                1,
                &name,
                format!("De kolom {name} staat er twee keer in."),
                format!("The column {name} stands there twice."),
            ),
        }
    }
}

/// That a table has more rows than it may.
pub(crate) fn too_many_rows<C>(code: C, most: usize) -> Placed<C> {
    Placed::at(
        code,
        1,
        "",
        format!("Een tabel heeft ten hoogste {most} regels."),
        format!("A table has at most {most} rows."),
    )
}

/// That a table lacks a column that it must have.
pub(crate) fn column_missing<C>(code: C, name: &str) -> Placed<C> {
    Placed::at(
        code,
        1,
        name,
        format!("De kolom {name} ontbreekt."),
        format!("The column {name} is missing."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_from_the_path_of_a_mistake() {
        let placed = Placed::at("X", 3, "answer", "fout", "wrong").in_cell(2);
        let mistake: Mistake<&str> = in_table(placed);
        assert_eq!(mistake.field, ["table", "3", "answer", "C3"]);
        let place = Place::of(mistake.field);
        assert_eq!(place.field, ["table", "3", "answer"]);
        assert_eq!(
            (place.row, place.column.as_deref(), place.cell.as_deref()),
            (Some(3), Some("answer"), Some("C3"))
        );
        let other = Place::of(vec!["period".to_owned(), "1".to_owned()]);
        assert_eq!((other.row, other.column, other.cell), (None, None, None));
    }

    #[test]
    fn a_message_begins_with_the_cell_and_what_it_is_about() {
        let placed = Placed::at((), 2, "Stand", "fout", "wrong").in_cell(1);
        let message = placed.about("32 Titel").message;
        assert_eq!(message.nl, "B2, 32 Titel: fout");
    }
}
