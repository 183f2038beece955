//! Printed figures beside sums of ours: lines, totals, the reconciliation, and what is new beside
//! the extra money.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::known_difference;
use graphql::{coded::Coded, known::known, text::LocalizedText};

use super::cell::{BudgetAmount, BudgetCell, Table, find_cell};
use crate::{
    plan::schema::{ActionLine, find_line},
    sources::schema::Source,
};
use domain::budget::rules::{self, BudgetComparisonKind, Cell, Comparison, Figure};

/// The money of a line in one year, in whole euros, by both tables. NL: begroting van een actielijn
/// in een jaar.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct BudgetLineYear {
    /// The year. NL: jaar.
    year: i32,
    /// The amount by the overview of the programme, in whole euros. NL: gepubliceerd in het
    /// overzicht.
    published: BudgetAmount,
    /// The total that the line's own table prints, in whole euros. NL: gedrukt totaal van de
    /// lijntabel.
    published_in_line_table: BudgetAmount,
    /// The sum of the rows of its actions, in whole euros; a shared row counts once. NL: opgeteld
    /// uit de acties.
    computed: BudgetAmount,
    /// `computed` minus `published`, in whole euros; a dash and a blank count as no money. Null
    /// when one of them is not in the source. NL: verschil in euro's.
    difference_euros: Option<i64>,
    /// Where the line of the overview stands; null when it is not in the source. NL: bron.
    source: Option<Source>,
}

impl BudgetLineYear {
    pub(super) fn of(table: &Table<'_>, line: i32, year: i32) -> Self {
        let cells = &table.cells;
        let printed = |kind| rules::printed(cells, kind, Some(line), year);
        let published = printed(BudgetComparisonKind::LineOverview);
        let computed = rules::sum_of_line(cells, line, year);
        let row = table
            .rows
            .iter()
            .find(|row| row.line == Some(line) && row.year == year && row.kind == "LINE");
        Self {
            year,
            published: published.into(),
            published_in_line_table: printed(BudgetComparisonKind::LineTotal).into(),
            computed: computed.into(),
            difference_euros: computed.more_than(published),
            source: row.and_then(|row| crate::source_of!(row)),
        }
    }
}

/// The money of a line, year by year. NL: begroting van een actielijn.
#[derive(Debug, Clone)]
pub(crate) struct BudgetLine {
    pub(super) plan: String,
    pub(super) line: ActionLine,
    pub(super) number: i32,
    pub(super) years: Vec<BudgetLineYear>,
}

/// The money of a line, year by year, in whole euros. NL: begroting van een actielijn.
#[Object]
impl BudgetLine {
    /// The line. NL: actielijn.
    async fn line(&self) -> &ActionLine {
        &self.line
    }

    /// The years that the sources speak of, one without a column included. NL: jaren.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn years(&self) -> &Vec<BudgetLineYear> {
        &self.years
    }

    /// One year; a year without a column is `NOT_IN_SOURCE`. NL: jaar.
    async fn year(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The year, as in 2025. From 1950 to 2099. NL: jaar.")] year: i32,
    ) -> Result<BudgetLineYear> {
        let table = Table::read(ctx, &self.plan).await?;
        Ok(BudgetLineYear::of(&table, self.number, year))
    }
}

/// The total of a year, in whole euros, printed and added up. NL: totaal van een jaar.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct BudgetTotal {
    /// The year. NL: jaar.
    year: i32,
    /// The total that the overview prints, in whole euros. NL: gepubliceerd.
    published: BudgetAmount,
    /// The sum of the rows of the overview, rows of the programme included, in whole euros. NL:
    /// opgeteld.
    computed: BudgetAmount,
    /// `computed` minus `published`, in whole euros; null when one of them is not in the source.
    /// NL: verschil in euro's.
    difference_euros: Option<i64>,
    /// Where the printed total stands; null when it is not in the source. NL: bron.
    source: Option<Source>,
}

impl BudgetTotal {
    pub(super) fn of(table: &Table<'_>, year: i32) -> Self {
        let published = printed_total(&table.cells, year);
        let computed = rules::sum_of_overview(&table.cells, year);
        let row = table
            .rows
            .iter()
            .find(|row| row.sheet == "SUMMARY" && row.kind == "TOTAL" && row.year == year);
        Self {
            year,
            published: published.into(),
            computed: computed.into(),
            difference_euros: computed.more_than(published),
            source: row.and_then(|row| crate::source_of!(row)),
        }
    }
}

/// The total that the overview prints for a year.
pub(super) fn printed_total(cells: &[Cell<'_>], year: i32) -> Figure {
    rules::printed(cells, BudgetComparisonKind::ProgrammeTotal, None, year)
}

/// Rows of actions added up, in whole euros. NL: som van actierijen.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct BudgetSum {
    /// The sum, in whole euros; a row that several of the actions share counts once. NL: bedrag.
    pub(super) amount: BudgetAmount,
    /// Rows that were added up, each counted once however many years it has. NL: aantal rijen.
    pub(super) rows: i32,
}

/// A printed figure beside the sum of the rows that it stands for, in whole euros. NL:
/// vergelijking.
#[derive(Debug, Clone)]
pub(crate) struct BudgetComparison {
    plan: String,
    key: String,
    kind: BudgetComparisonKind,
    line: Option<i32>,
    year: i32,
    subject: LocalizedText,
    published: Figure,
    computed: Figure,
    difference: Option<i64>,
    is_different: bool,
    source: Option<Source>,
}

impl BudgetComparison {
    fn of(plan: &str, table: &Table<'_>, one: &Comparison<'_>) -> Self {
        let (nl, en) = one.subject();
        Self {
            plan: plan.to_owned(),
            key: one.key.to_owned(),
            kind: one.kind,
            line: one.line,
            year: one.year,
            subject: LocalizedText::new(nl, en),
            published: one.published,
            computed: one.computed,
            difference: one.difference(),
            is_different: one.differs(),
            source: table.row(one.key).and_then(|row| crate::source_of!(row)),
        }
    }

    async fn explained<'a>(
        &self,
        ctx: &'a Context<'_>,
    ) -> Result<Option<&'a known_difference::Model>> {
        let known = known::<known_difference::Entity>(ctx).await?;
        let named = |figure: Figure| figure.euros.unwrap_or_default().to_string();
        // A reason explains the figures that it names, and no later ones.
        let (published, computed) = (named(self.published), named(self.computed));
        let own = known.iter().find(|row| {
            row.check == "budget"
                && row.subject == self.key
                && row.published == published
                && row.computed == computed
        });
        Ok(own.filter(|_| self.is_different))
    }
}

/// A printed figure beside the sum of the rows that it stands for, in whole euros. NL:
/// vergelijking.
#[Object]
impl BudgetComparison {
    /// The cell that prints the figure. NL: cel.
    async fn cell(&self, ctx: &Context<'_>) -> Result<Option<BudgetCell>> {
        find_cell(ctx, &self.key).await
    }

    /// Which figure is compared with which sum. NL: soort vergelijking.
    async fn kind(&self) -> Coded<BudgetComparisonKind> {
        self.kind.into()
    }

    /// What is compared, in words. NL: onderwerp.
    async fn subject(&self) -> &LocalizedText {
        &self.subject
    }

    /// The line; null for a total of everything. NL: actielijn.
    async fn line(&self, ctx: &Context<'_>) -> Result<Option<ActionLine>> {
        // Asked whatever is compared, so that a list costs the same for any of its rows.
        let line = self.line.unwrap_or_default();
        find_line(ctx, &format!("{}/{line}", self.plan)).await
    }

    /// The year. NL: jaar.
    async fn year(&self) -> i32 {
        self.year
    }

    /// The printed figure, in whole euros. NL: gepubliceerd.
    async fn published(&self) -> BudgetAmount {
        self.published.into()
    }

    /// The sum of the rows, in whole euros. NL: opgeteld.
    async fn computed(&self) -> BudgetAmount {
        self.computed.into()
    }

    /// `computed` minus `published`, in whole euros; a dash and a blank count as no money. Null
    /// when one of them is not in the source. NL: verschil in euro's.
    async fn difference_euros(&self) -> Option<i64> {
        self.difference
    }

    /// Whether the two differ. NL: wijkt af.
    async fn is_different(&self) -> bool {
        self.is_different
    }

    /// Why they differ; null when they do not, or when nobody has looked into it yet. NL: reden.
    async fn reason(&self, ctx: &Context<'_>) -> Result<Option<LocalizedText>> {
        let known = self.explained(ctx).await?;
        Ok(known.map(|row| LocalizedText::new(&row.reason_nl, &row.reason_en)))
    }

    /// Where both figures stand when they differ; else where the printed one stands. NL: bron.
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let known = self.explained(ctx).await?;
        Ok(known
            .and_then(|row| crate::source_of!(row))
            .or_else(|| self.source.clone()))
    }
}

/// Every printed figure that stands for rows beside the sum of those rows. NL: aansluiting.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct BudgetReconciliation {
    /// Every comparison, equal or not. NL: vergelijkingen.
    #[graphql(complexity = "1 + 50 * child_complexity")]
    comparisons: Vec<BudgetComparison>,
    /// Only those that differ. NL: verschillen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    differences: Vec<BudgetComparison>,
}

impl BudgetReconciliation {
    pub(super) fn of(plan: &str, table: &Table<'_>) -> Self {
        let comparisons: Vec<BudgetComparison> = rules::compare(&table.cells)
            .iter()
            .map(|one| BudgetComparison::of(plan, table, one))
            .collect();
        let differences = comparisons.iter().filter(|one| one.is_different);
        Self {
            differences: differences.cloned().collect(),
            comparisons,
        }
    }
}

/// What new actions cost in a year beside the extra money of that year, in whole euros. NL: nieuwe
/// acties en extra middelen.
#[derive(SimpleObject, Debug, Clone)]
pub(crate) struct NewActionsYear {
    /// The year. NL: jaar.
    year: i32,
    /// The sum of the rows that are printed as new, in whole euros. NL: kosten van nieuwe acties.
    cost: BudgetAmount,
    /// The extra money that was promised for the year, in whole euros. NL: extra middelen.
    extra: BudgetAmount,
    /// `cost` minus `extra`, in whole euros: above 0 the new actions cost more. Null when one of
    /// them is not in the source. NL: verschil in euro's.
    difference_euros: Option<i64>,
}

impl NewActionsYear {
    pub(super) fn of(cells: &[Cell<'_>], year: i32, extra: Figure) -> Self {
        let cost = rules::sum_of_actions(cells, |cell| cell.is_new && cell.year == year);
        Self {
            year,
            cost: cost.into(),
            extra: extra.into(),
            difference_euros: cost.more_than(extra),
        }
    }
}
