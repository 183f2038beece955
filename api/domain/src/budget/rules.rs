//! What follows from the cells of the budget, from facts alone: sums and comparisons.
//! [`super::promised`], [`super::signals`] and [`super::sentences`] go on from here.

use crate::code_list::code_list;
code_list! {
    /// What a cell of the budget says. NL: inhoud van een begrotingscel.
    pub enum BudgetState {
        /// An amount above 0. NL: bedrag.
        Amount = "AMOUNT", "bedrag", "amount",
            "Een bedrag boven 0.";
        /// A printed 0, or a sum of nothing but printed zeros. NL: gedrukte 0.
        Zero = "ZERO", "gedrukte 0", "printed 0",
            "Een gedrukte 0, of een som van alleen gedrukte nullen.";
        /// A printed dash: no amount, and not a 0. NL: streepje.
        Dash = "DASH", "streepje", "dash",
            "Een gedrukt streepje: geen bedrag, en ook geen 0.";
        /// An empty cell: no amount, and not a 0. NL: leeg.
        Blank = "BLANK", "leeg", "blank",
            "Een lege cel: geen bedrag, en ook geen 0.";
        /// No table has a cell for it, as in 2027: nothing is known. NL: niet in de bron.
        NotInSource = "NOT_IN_SOURCE", "niet in de bron", "not in the source",
            "Geen tabel heeft hiervoor een cel, zoals voor 2027: er is niets bekend.";
    }
}

code_list! {
    /// One of the two kinds of tables of the letter. NL: begrotingstabel.
    pub enum BudgetSheet {
        /// The overview of the programme, printed in millions of euros. NL: overzicht van het
        /// programma.
        Summary = "SUMMARY", "Overzicht van het programma", "Overview of the programme",
            "Het overzicht van het programma, gedrukt in miljoenen euro's.";
        /// The tables per line with a row per action, printed in units of 10,000 euros. NL: tabel
        /// per actielijn.
        Lines = "LINES", "Tabel per actielijn", "Table per line",
            "De tabellen per actielijn met een rij per actie, gedrukt in eenheden van 10.000 euro.";
    }
}

code_list! {
    /// What a row of the budget is of. NL: soort begrotingsrij.
    pub enum BudgetRowKind {
        /// The programme and no line: part of the total, of no line. NL: programmarij.
        Programme = "PROGRAMME", "Programmarij", "Programme row",
            "Het programma en geen actielijn: deel van het totaal en van geen lijn.";
        /// A line, in the overview. NL: actielijn.
        Line = "LINE", "Actielijn", "Action line",
            "Een actielijn in het overzicht.";
        /// One or more actions, in the table of their line. NL: actie.
        Action = "ACTION", "Actie", "Action",
            "Een of meer acties in de tabel van hun actielijn.";
        /// A printed total: of a line in its own table, of everything in the overview. NL: totaal.
        Total = "TOTAL", "Totaal", "Total",
            "Een gedrukt totaal: van een actielijn in haar eigen tabel, van alles in het \
             overzicht.";
    }
}

code_list! {
    /// Which printed figure is compared with a sum of ours. NL: soort vergelijking.
    pub enum BudgetComparisonKind {
        /// A line of the overview, with the rows of its actions in the other table. NL: overzicht
        /// tegen actierijen.
        LineOverview = "LINE_OVERVIEW",
            "Overzicht tegen actierijen",
            "Overview against rows of actions",
            "Een actielijn in het overzicht, naast de rijen van haar acties in de andere tabel.";
        /// The printed total of a line's own table, with the rows of its actions. NL: lijntotaal
        /// tegen actierijen.
        LineTotal = "LINE_TOTAL",
            "Lijntotaal tegen actierijen",
            "Total of the line against rows of actions",
            "Het gedrukte totaal in de tabel van een actielijn, naast de rijen van haar acties.";
        /// The printed total of the overview, with the rows above it. NL: totaal tegen rijen van
        /// het overzicht.
        ProgrammeTotal = "PROGRAMME_TOTAL",
            "Totaal tegen rijen van het overzicht",
            "Total against rows of the overview",
            "Het gedrukte totaal van het overzicht, naast de rijen erboven.";
    }
}

/// An amount in whole euros, or the name of its absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// What is printed: an amount, a 0, a dash, a blank, or no cell at all.
    pub state: BudgetState,
    /// The amount in whole euros; none unless `state` is `Amount` or `Zero`.
    pub euros: Option<i64>,
}

impl Figure {
    /// What no table has a cell for.
    pub const NOT_IN_SOURCE: Self = Self {
        state: BudgetState::NotInSource,
        euros: None,
    };

    /// A figure of this many whole euros; of 0 it is a printed 0.
    pub fn of(euros: i64) -> Self {
        let state = if euros == 0 {
            BudgetState::Zero
        } else {
            BudgetState::Amount
        };
        Self {
            state,
            euros: Some(euros),
        }
    }

    /// The sum of what is printed. Without any amount or 0 among them it is a dash or a blank, as
    /// they are; of nothing at all it is not in the source.
    pub fn sum(figures: impl Iterator<Item = Self>) -> Self {
        let figures: Vec<Self> = figures.collect();
        let amounts: Vec<i64> = figures.iter().filter_map(|figure| figure.euros).collect();
        if !amounts.is_empty() {
            return Self::of(amounts.iter().sum());
        }
        let has = |state| figures.iter().any(|figure| figure.state == state);
        let state = [BudgetState::Dash, BudgetState::Blank]
            .into_iter()
            .find(|state| has(*state));
        Self {
            state: state.unwrap_or(BudgetState::NotInSource),
            euros: None,
        }
    }

    /// How much more this is than another, in euros. A dash and a blank say that there is no money,
    /// so they differ from a sum only when there is some; what is not in the source cannot be
    /// compared.
    pub fn more_than(self, other: Self) -> Option<i64> {
        let known = |figure: Self| {
            (figure.state != BudgetState::NotInSource).then(|| figure.euros.unwrap_or_default())
        };
        Some(known(self)? - known(other)?)
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The key: plan version, table, row and year, as in `2024/LINES/1/3-4/2024`.
    pub key: &'a str,
    /// The kind of table that it stands in.
    pub sheet: BudgetSheet,
    /// What its row is of.
    pub kind: BudgetRowKind,
    /// The number of the line; none for a row of the programme and for the total of everything.
    pub line: Option<i32>,
    /// The numbers of the actions of the row; empty for a row that is of no action.
    pub actions: Vec<i32>,
    /// Whether the row is printed as new in the strengthened plan. NL: nieuw.
    pub is_new: bool,
    /// The calendar year of its column.
    pub year: i32,
    /// What it says, in whole euros.
    pub figure: Figure,
}

impl Cell<'_> {
    /// Whether it is of a row of actions; a row that several share is one cell.
    pub fn is_row_of_actions(&self) -> bool {
        self.kind == BudgetRowKind::Action
    }

    /// Which of the printed figures that we compare this is.
    fn compared_as(&self) -> Option<BudgetComparisonKind> {
        match (self.sheet, self.kind) {
            (BudgetSheet::Summary, BudgetRowKind::Line) => Some(BudgetComparisonKind::LineOverview),
            (BudgetSheet::Lines, BudgetRowKind::Total) => Some(BudgetComparisonKind::LineTotal),
            (BudgetSheet::Summary, BudgetRowKind::Total) => {
                Some(BudgetComparisonKind::ProgrammeTotal)
            }
            (
                BudgetSheet::Summary | BudgetSheet::Lines,
                BudgetRowKind::Programme | BudgetRowKind::Line | BudgetRowKind::Action,
            ) => None,
        }
    }
}

/// The rows of actions that fit, summed. A row that several actions share is one cell, so it counts
/// once.
pub fn sum_of_actions(cells: &[Cell<'_>], fits: impl Fn(&Cell<'_>) -> bool) -> Figure {
    let rows = cells.iter().filter(|cell| cell.is_row_of_actions());
    Figure::sum(rows.filter(|cell| fits(cell)).map(|cell| cell.figure))
}

/// What the rows of the actions of a line come to.
pub fn sum_of_line(cells: &[Cell<'_>], line: i32, year: i32) -> Figure {
    sum_of_actions(cells, |cell| cell.line == Some(line) && cell.year == year)
}

/// What the rows of the overview come to.
pub fn sum_of_overview(cells: &[Cell<'_>], year: i32) -> Figure {
    let rows = cells.iter().filter(|cell| {
        cell.sheet == BudgetSheet::Summary && cell.kind != BudgetRowKind::Total && cell.year == year
    });
    Figure::sum(rows.map(|cell| cell.figure))
}

/// What one printed figure is, in a year.
pub fn printed(
    cells: &[Cell<'_>],
    kind: BudgetComparisonKind,
    line: Option<i32>,
    year: i32,
) -> Figure {
    cells
        .iter()
        .find(|cell| cell.compared_as() == Some(kind) && cell.line == line && cell.year == year)
        .map_or(Figure::NOT_IN_SOURCE, |cell| cell.figure)
}

/// A printed figure beside the sum of the rows that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// The printed cell.
    pub key: &'a str,
    /// Which printed figure is compared with which sum.
    pub kind: BudgetComparisonKind,
    /// The number of the line; none for a total of the overview.
    pub line: Option<i32>,
    /// The calendar year of both figures.
    pub year: i32,
    /// The printed figure, in whole euros. NL: gepubliceerd.
    pub published: Figure,
    /// The sum of the rows, in whole euros. NL: opgeteld.
    pub computed: Figure,
}

impl Comparison<'_> {
    /// Computed minus published, in euros.
    pub fn difference(&self) -> Option<i64> {
        self.computed.more_than(self.published)
    }

    /// Whether both are known and are not the same amount.
    pub fn differs(&self) -> bool {
        self.difference().is_some_and(|euros| euros != 0)
    }

    /// What the comparison is of, in Dutch and English.
    pub fn subject(&self) -> (String, String) {
        let year = self.year;
        match (self.kind, self.line) {
            (BudgetComparisonKind::LineTotal, Some(line)) => (
                format!("totaal van de tabel van actielijn {line} in {year}"),
                format!("total of the table of line {line} in {year}"),
            ),
            (_, Some(line)) => (
                format!("actielijn {line} in {year}"),
                format!("line {line} in {year}"),
            ),
            (_, None) => (format!("totaal van {year}"), format!("total of {year}")),
        }
    }
}

/// Every comparison, line by line and year by year; the totals of the overview come last.
pub fn compare<'a>(cells: &[Cell<'a>]) -> Vec<Comparison<'a>> {
    let kinds = [
        BudgetComparisonKind::LineOverview,
        BudgetComparisonKind::LineTotal,
        BudgetComparisonKind::ProgrammeTotal,
    ];
    let of = |kind| {
        let printed = cells
            .iter()
            .filter(move |cell| cell.compared_as() == Some(kind));
        printed.map(move |cell| Comparison {
            key: cell.key,
            kind,
            line: cell.line,
            year: cell.year,
            published: cell.figure,
            computed: match cell.line {
                Some(line) => sum_of_line(cells, line, cell.year),
                None => sum_of_overview(cells, cell.year),
            },
        })
    };
    let mut found: Vec<Comparison<'a>> = kinds.into_iter().flat_map(of).collect();
    found.sort_by_key(|one| {
        (
            kinds.iter().position(|kind| *kind == one.kind),
            one.line,
            one.year,
        )
    });
    found
}

#[cfg(test)]
pub(super) mod fixture {
    use super::{BudgetRowKind, BudgetSheet, Cell, Figure};

    /// A cell of a row of actions of line 1.
    pub(in crate::budget) fn row(
        key: &'static str,
        actions: &[i32],
        year: i32,
        figure: Figure,
    ) -> Cell<'static> {
        Cell {
            key,
            sheet: BudgetSheet::Lines,
            kind: BudgetRowKind::Action,
            line: Some(1),
            actions: actions.to_vec(),
            is_new: false,
            year,
            figure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::rules::fixture::row;

    const BLANK: Figure = Figure {
        state: BudgetState::Blank,
        euros: None,
    };
    const DASH: Figure = Figure {
        state: BudgetState::Dash,
        euros: None,
    };

    #[test]
    fn absences_stay_apart_in_a_sum() {
        let sum = |figures: &[Figure]| Figure::sum(figures.iter().copied());
        assert_eq!(sum(&[]), Figure::NOT_IN_SOURCE);
        assert_eq!(sum(&[BLANK, BLANK]), BLANK);
        assert_eq!(sum(&[BLANK, DASH]), DASH);
        assert_eq!(sum(&[BLANK, Figure::of(0)]), Figure::of(0));
        assert_eq!(Figure::of(0).state, BudgetState::Zero);
        assert_eq!(sum(&[DASH, Figure::of(0), Figure::of(5)]), Figure::of(5));
    }

    #[test]
    fn a_blank_differs_only_from_money() {
        assert_eq!(BLANK.more_than(Figure::of(0)), Some(0));
        assert_eq!(DASH.more_than(BLANK), Some(0));
        assert_eq!(Figure::of(7).more_than(BLANK), Some(7));
        assert_eq!(Figure::of(7).more_than(Figure::NOT_IN_SOURCE), None);
    }

    #[test]
    fn a_shared_row_counts_once() {
        let cells = [
            row("a", &[3, 4], 2024, Figure::of(100)),
            row("b", &[5], 2024, Figure::of(10)),
        ];
        let of = |requested: &[i32]| {
            sum_of_actions(&cells, |cell| {
                cell.actions.iter().any(|action| requested.contains(action))
            })
        };
        assert_eq!(of(&[3]), Figure::of(100));
        assert_eq!(of(&[3, 4]), Figure::of(100));
        assert_eq!(of(&[3, 4, 5]), Figure::of(110));
        assert_eq!(of(&[6]), Figure::NOT_IN_SOURCE);
    }

    #[test]
    fn comparisons_name_what_differs() {
        let overview = |key, line, kind, figure| Cell {
            sheet: BudgetSheet::Summary,
            kind,
            line,
            ..row(key, &[], 2024, figure)
        };
        let cells = [
            overview("total", None, BudgetRowKind::Total, Figure::of(90)),
            overview("line", Some(1), BudgetRowKind::Line, Figure::of(90)),
            row("row", &[1], 2024, Figure::of(80)),
            Cell {
                kind: BudgetRowKind::Total,
                ..row("sum", &[], 2024, Figure::of(80))
            },
        ];
        let shown: Vec<(&str, Option<i64>, bool)> = compare(&cells)
            .iter()
            .map(|one| (one.key, one.difference(), one.differs()))
            .collect();
        assert_eq!(
            shown,
            [
                ("line", Some(-10), true),
                ("sum", Some(0), false),
                ("total", Some(0), false)
            ]
        );
    }
}
