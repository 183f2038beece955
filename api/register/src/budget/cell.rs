//! The cells of the tables, and the amounts in them.

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use entity::budget_cell;
use graphql::{
    coded::{self, Coded},
    id::{self, NodeKind},
    known::known,
};

use crate::{
    plan::schema::{Action, ActionLine, find_action, find_line},
    sources::schema::Source,
};
use domain::{
    budget::rules::{BudgetRowKind, BudgetSheet, BudgetState, Cell, Figure},
    text::{Language, number, pick},
};

/// The cells of a plan version in the order of print, as rows and as plain values.
pub(super) struct Table<'a> {
    pub(super) rows: Vec<&'a budget_cell::Model>,
    pub(super) cells: Vec<Cell<'a>>,
}

impl<'a> Table<'a> {
    pub(super) async fn read(ctx: &'a Context<'_>, plan: &str) -> Result<Self> {
        let mut rows: Vec<&budget_cell::Model> = known::<budget_cell::Entity>(ctx)
            .await?
            .iter()
            .filter(|row| row.plan == plan)
            .collect();
        rows.sort_by_key(|row| (row.position, row.year));
        let cells = rows.iter().map(|row| plain(row)).collect::<Result<_>>()?;
        Ok(Self { rows, cells })
    }

    /// The row of a key that one of the cells has.
    pub(super) fn row(&self, key: &str) -> Option<&'a budget_cell::Model> {
        self.rows.iter().find(|row| row.subject_key == key).copied()
    }

    /// The cell of each row in each of the years, one that no table has included.
    pub(super) fn in_years(&self, years: &[i32]) -> Result<Vec<BudgetCell>> {
        let mut found = Vec::new();
        for rows in self.rows.chunk_by(|a, b| a.position == b.position) {
            for &year in years {
                let cell = match rows.iter().find(|row| row.year == year) {
                    Some(row) => BudgetCell::of(row)?,
                    None => BudgetCell::of(rows[0])?.without_column(year),
                };
                found.push(cell);
            }
        }
        Ok(found)
    }
}

/// A cell by its key, also one of a year for which its table has no column.
pub async fn find_cell(ctx: &Context<'_>, key: &str) -> Result<Option<BudgetCell>> {
    let rows = known::<budget_cell::Entity>(ctx).await?;
    if let Some(row) = rows.iter().find(|row| row.subject_key == key) {
        return BudgetCell::of(row).map(Some);
    }
    let Some((of_row, year)) = key.rsplit_once('/') else {
        return Ok(None);
    };
    let beside = rows.iter().find(|row| {
        let other = row.subject_key.rsplit_once('/');
        other.is_some_and(|(other, _)| other == of_row)
    });
    let years = |year: &i32| rows.iter().any(|row| row.year == *year);
    match (beside, year.parse().ok().filter(years)) {
        (Some(row), Some(year)) => Ok(Some(BudgetCell::of(row)?.without_column(year))),
        _ => Ok(None),
    }
}

fn plain(row: &budget_cell::Model) -> Result<Cell<'_>> {
    Ok(Cell {
        key: &row.subject_key,
        sheet: coded::of_row(&row.sheet)?,
        kind: coded::of_row(&row.kind)?,
        line: row.line,
        actions: row
            .actions
            .iter()
            .map(|number| number.parse())
            .collect::<Result<_, _>>()?,
        is_new: row.is_new,
        year: row.year,
        figure: Figure {
            state: coded::of_row(&row.state)?,
            euros: row.amount_euros.map(i64::from),
        },
    })
}

/// An amount of money in whole euros, or the name of its absence: never 0 for what is not known.
/// NL: bedrag.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(complex)]
pub(crate) struct BudgetAmount {
    /// The amount in whole euros; null for a dash, a blank and what is not in the source. NL:
    /// bedrag in hele euro's.
    euros: Option<i64>,
    /// Whether there is an amount, a printed 0, a dash, a blank, or nothing in the source. NL:
    /// inhoud.
    state: Coded<BudgetState>,
}

#[ComplexObject]
impl BudgetAmount {
    /// The amount in words with its unit, or why there is none. NL: bedrag in woorden.
    async fn label(
        &self,
        #[graphql(
            desc = "The language of the label. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> String {
        match (self.euros, language.0) {
            (Some(euros), Language::Nl) => format!("{} euro", number(language.0, euros)),
            (Some(euros), Language::En) => format!("{} euros", number(language.0, euros)),
            (None, _) => pick(language.0, self.state.label()),
        }
    }
}

impl From<Figure> for BudgetAmount {
    fn from(figure: Figure) -> Self {
        Self {
            euros: figure.euros,
            state: figure.state.into(),
        }
    }
}

/// One cell of a budget table: a row in a year. NL: begrotingscel.
#[derive(Debug, Clone)]
pub struct BudgetCell {
    key: String,
    row: budget_cell::Model,
    year: i32,
    sheet: BudgetSheet,
    pub(super) kind: BudgetRowKind,
    figure: Figure,
    printed: Option<String>,
}

impl BudgetCell {
    pub(super) fn of(row: &budget_cell::Model) -> Result<Self> {
        let cell = plain(row)?;
        Ok(Self {
            key: row.subject_key.clone(),
            year: row.year,
            sheet: cell.sheet,
            kind: cell.kind,
            figure: cell.figure,
            printed: row.printed.clone(),
            row: row.clone(),
        })
    }

    /// The cell of the same row in a year that the table has no column for.
    fn without_column(self, year: i32) -> Self {
        let row = &self.row;
        Self {
            key: format!("{}/{}/{}/{year}", row.plan, row.sheet, row.row_code),
            year,
            figure: Figure::NOT_IN_SOURCE,
            printed: None,
            ..self
        }
    }

    pub(super) fn row_of(&self) -> &str {
        &self.row.row_code
    }

    pub(super) fn title_nl(&self) -> &str {
        &self.row.title_nl
    }

    pub(super) fn is_of_action(&self, number: i32) -> bool {
        self.row.actions.contains(&number.to_string())
    }
}

/// One cell of a budget table: a row in a year. Amounts are in whole euros. NL: begrotingscel.
#[Object]
impl BudgetCell {
    /// An opaque id for `node`. NL: id.
    pub async fn id(&self, ctx: &Context<'_>) -> Result<ID> {
        id::id(ctx, NodeKind::BudgetCell, &self.key).await
    }

    /// The key: plan version, table, row and year, as in `2024/LINES/1/3-4/2024`. NL: sleutel.
    async fn key(&self) -> &str {
        &self.key
    }

    /// Which of the two kinds of tables it stands in. NL: tabel.
    async fn sheet(&self) -> Coded<BudgetSheet> {
        self.sheet.into()
    }

    /// The row in its table, as in `c`, `1/5`, `1/3-4` or `1/TOTAL`. NL: rij.
    async fn row_code(&self) -> &str {
        &self.row.row_code
    }

    /// What the row is of. NL: soort rij.
    async fn kind(&self) -> Coded<BudgetRowKind> {
        self.kind.into()
    }

    /// The line of the row; null for a row of the programme and for the total of everything. NL:
    /// actielijn.
    async fn line(&self, ctx: &Context<'_>) -> Result<Option<ActionLine>> {
        // Asked whatever the row is of, so that a list costs the same for any of its rows.
        let line = self.row.line.unwrap_or_default();
        find_line(ctx, &format!("{}/{line}", self.row.plan)).await
    }

    /// The actions of the row; none for a row that is of no action. NL: acties.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn actions(&self, ctx: &Context<'_>) -> Result<Vec<Action>> {
        let mut actions = Vec::new();
        actions.extend(find_action(ctx, "").await?);
        for number in &self.row.actions {
            actions.extend(find_action(ctx, &format!("{}/{number}", self.row.plan)).await?);
        }
        Ok(actions)
    }

    /// Whether several actions share the row: its money is of all of them together and counts once.
    /// NL: gedeeld.
    async fn is_shared(&self) -> bool {
        self.row.actions.len() > 1
    }

    /// The title of the row, verbatim in Dutch. NL: titel.
    async fn title(&self) -> &str {
        &self.row.title_nl
    }

    /// Whether the row is printed as new in the strengthened plan. NL: nieuw.
    async fn is_new(&self) -> bool {
        self.row.is_new
    }

    /// The year of the column. NL: jaar.
    async fn year(&self) -> i32 {
        self.year
    }

    /// What the cell says: `NOT_IN_SOURCE` when its table has no column for the year. NL: inhoud
    /// van de cel.
    async fn state(&self) -> Coded<BudgetState> {
        self.figure.state.into()
    }

    /// The cell as printed, in the unit of its table; null when it is blank or not in the source.
    /// NL: zoals gedrukt.
    async fn printed(&self) -> Option<&str> {
        self.printed.as_deref()
    }

    /// How many euros one unit of `printed` is: 1,000,000 in the overview of the letter, 10,000 in
    /// its tables per line, 1 in a cell that the ministry set. NL: gedrukte eenheid in euro's.
    async fn printed_unit_euros(&self) -> i32 {
        self.row.unit_euros
    }

    /// The amount in whole euros. NL: bedrag.
    async fn amount(&self) -> BudgetAmount {
        self.figure.into()
    }

    /// The ledger number of the cell: hand it over as `expectedVersion`; 0 when it is not in the
    /// source. NL: nummer in het grootboek.
    async fn ledger(&self) -> i64 {
        match self.figure.state {
            BudgetState::NotInSource => 0,
            BudgetState::Amount | BudgetState::Zero | BudgetState::Dash | BudgetState::Blank => {
                self.row.ledger_no
            }
        }
    }

    /// Where the row stands. NL: bron.
    async fn source(&self) -> Option<Source> {
        crate::source_of!(self.row)
    }
}

/// The cells of a row that are in the source, by year; the row as in `2024/LINES/1/3-4`.
pub(super) async fn row_cells(ctx: &Context<'_>, row: &str) -> Result<Vec<BudgetCell>> {
    let (plan, _) = row.split_once('/').unwrap_or_default();
    let table = Table::read(ctx, plan).await?;
    let is_of_row = |cell: &&&budget_cell::Model| {
        cell.subject_key.strip_prefix(row) == Some(&format!("/{}", cell.year))
    };
    let own = table.rows.iter().filter(is_of_row);
    own.map(|cell| BudgetCell::of(cell)).collect()
}

/// Which cells to list; all conditions hold together. NL: filter op begrotingscellen.
#[derive(InputObject, Debug, Clone, Default)]
pub(crate) struct BudgetFilter {
    /// Only cells of this year, one of `years`; one that no table has gives cells that are
    /// `NOT_IN_SOURCE`. From 1950 to 2099. NL: jaar.
    pub(super) year: Option<i32>,
    /// Only rows of this line, by number. NL: actielijn.
    pub(super) line: Option<i32>,
    /// Only rows of this action, by number, a row that it shares included. NL: actie.
    pub(super) action: Option<i32>,
    /// Only rows that are printed as new, or only those that are not. NL: nieuw.
    pub(super) is_new: Option<bool>,
    /// Only rows of one of the two kinds of tables. NL: tabel.
    pub(super) sheet: Option<Coded<BudgetSheet>>,
    /// Only rows of this kind. NL: soort rij.
    pub(super) kind: Option<Coded<BudgetRowKind>>,
}

impl BudgetFilter {
    pub(super) fn fits(&self, cell: &BudgetCell) -> bool {
        self.year.is_none_or(|year| cell.year == year)
            && self.line.is_none_or(|line| cell.row.line == Some(line))
            && self.action.is_none_or(|action| cell.is_of_action(action))
            && self.is_new.is_none_or(|is_new| cell.row.is_new == is_new)
            && self.sheet.is_none_or(|sheet| cell.sheet == sheet.0)
            && self.kind.is_none_or(|kind| cell.kind == kind.0)
    }
}

/// A row of a budget table with its cells. NL: begrotingsrij.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct BudgetRow {
    /// The row in its table, as in `a`. NL: rij.
    row_code: String,
    /// The title, verbatim in Dutch. NL: titel.
    title: String,
    /// A cell for each year that the sources speak of, in whole euros. NL: cellen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    cells: Vec<BudgetCell>,
}

impl BudgetRow {
    /// The rows that cells belong to, in their order.
    pub(super) fn of(cells: Vec<BudgetCell>) -> Vec<Self> {
        cells
            .chunk_by(|a, b| a.row_of() == b.row_of())
            .map(|cells| Self {
                row_code: cells[0].row_of().to_owned(),
                title: cells[0].title_nl().to_owned(),
                cells: cells.to_vec(),
            })
            .collect()
    }
}
