//! What clients ask of the budget.

use async_graphql::{Context, Object, Result};
use domain::{
    budget::{
        codes::BudgetUnit,
        promised,
        rules::{self, BudgetRowKind},
        sentences,
    },
    plan::CURRENT_PLAN,
    text::Language,
};
use entity::action_line;
use graphql::{
    coded::Coded,
    context::today,
    error::{Failure, fail_with_all},
    known::known,
    moment::Moment,
    text::LocalizedText,
};

pub(crate) use super::comparison::BudgetLineYear;
pub use super::{
    cell::{BudgetCell, find_cell},
    funding::Funding,
};
use super::{
    cell::{BudgetFilter, BudgetRow, Table},
    comparison::{BudgetLine, BudgetReconciliation, BudgetSum, BudgetTotal, NewActionsYear},
    execution::{MoneyOutsideExecution, money_outside},
    funding::{FundingYear, Money},
};
use crate::plan::{
    codes::Codes,
    schema::{ActionLine, PlanVersion, plan_of},
};

/// Actions that can be added up in one call.
const MOST_ACTIONS: usize = 100;

/// All that the sources say of the money of a plan version.
struct Facts<'a> {
    table: Table<'a>,
    money: Money,
    years: Vec<i32>,
}

impl<'a> Facts<'a> {
    async fn read(ctx: &'a Context<'_>, plan: &str) -> Result<Self> {
        let table = Table::read(ctx, plan).await?;
        let money = Money::read(ctx, plan).await?;
        Ok(Self {
            years: money.years(&table),
            table,
            money,
        })
    }
}

/// The budget of a plan version. NL: begroting.
#[derive(Debug, Clone)]
pub struct Budget {
    plan: String,
    filter: BudgetFilter,
}

impl Budget {
    fn line_of(&self, table: &Table<'_>, years: &[i32], row: &action_line::Model) -> BudgetLine {
        let of = |year: &i32| BudgetLineYear::of(table, row.number, *year);
        BudgetLine {
            plan: self.plan.clone(),
            line: ActionLine::from(row),
            number: row.number,
            years: years.iter().map(of).collect(),
        }
    }

    async fn all_lines(&self, ctx: &Context<'_>) -> Result<Vec<BudgetLine>> {
        let Facts { table, years, .. } = Facts::read(ctx, &self.plan).await?;
        Ok(known::<action_line::Entity>(ctx)
            .await?
            .iter()
            .filter(|row| row.plan == self.plan)
            .map(|row| self.line_of(&table, &years, row))
            .collect())
    }
}

/// The budget of a plan version, in whole euros. A printed 0, a dash, a blank and what is not in
/// the source are four things; none but the first is 0. NL: begroting.
#[Object]
impl Budget {
    /// The version of the plan. NL: planversie.
    async fn plan(&self, ctx: &Context<'_>) -> Result<PlanVersion> {
        plan_of(ctx, &self.plan).await
    }

    /// The unit of every amount. NL: eenheid.
    async fn unit(&self) -> Coded<BudgetUnit> {
        BudgetUnit::WholeEuro.into()
    }

    /// The years that the sources speak of: those with a column, and those of promised money
    /// (2027). NL: jaren.
    async fn years(&self, ctx: &Context<'_>) -> Result<Vec<i32>> {
        Ok(Facts::read(ctx, &self.plan).await?.years)
    }

    /// The cells of both tables that the filter leaves, in the order of print: one per row and
    /// year, a year without a column included, in whole euros. Do not add up cells of both tables:
    /// they tell of the same money. NL: cellen.
    #[graphql(complexity = "1 + 300 * child_complexity")]
    async fn cells(&self, ctx: &Context<'_>) -> Result<Vec<BudgetCell>> {
        let Facts { table, years, .. } = Facts::read(ctx, &self.plan).await?;
        let requested = self.filter.year.map_or(years, |year| vec![year]);
        let mut cells = table.in_years(&requested)?;
        cells.retain(|cell| self.filter.fits(cell));
        Ok(cells)
    }

    /// Each line of the plan version, by number, in whole euros. NL: per actielijn.
    #[graphql(complexity = "1 + 6 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<BudgetLine>> {
        self.all_lines(ctx).await
    }

    /// One line, in whole euros. `NOT_FOUND` when the plan version has no line of that number. NL:
    /// actielijn.
    async fn line(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number of the line. NL: nummer.")] number: i32,
    ) -> Result<Option<BudgetLine>> {
        let codes = Codes {
            plan: &self.plan,
            line: Some(number),
            actions: &[],
            theme: None,
        };
        codes.check(ctx).await?;
        let lines = self.all_lines(ctx).await?;
        Ok(lines.into_iter().find(|line| line.number == number))
    }

    /// Rows of the programme: programme costs, No Regrets, the reservation. They are part of the
    /// total and of no line; in whole euros. NL: programmarijen.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn programme_rows(&self, ctx: &Context<'_>) -> Result<Vec<BudgetRow>> {
        let Facts { table, years, .. } = Facts::read(ctx, &self.plan).await?;
        let mut cells = table.in_years(&years)?;
        cells.retain(|cell| cell.kind == BudgetRowKind::Programme);
        Ok(BudgetRow::of(cells))
    }

    /// The total of each year, printed and added up, in whole euros. NL: totalen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn totals(&self, ctx: &Context<'_>) -> Result<Vec<BudgetTotal>> {
        let Facts { table, years, .. } = Facts::read(ctx, &self.plan).await?;
        let of = |year: &i32| BudgetTotal::of(&table, *year);
        Ok(years.iter().map(of).collect())
    }

    /// The rows of actions that fit, added up in whole euros; a row that several of them share
    /// counts once. By default all rows of all years. `NOT_FOUND` for an unknown line or action,
    /// `BAD_REQUEST` for too many. NL: som van acties.
    #[expect(clippy::too_many_arguments, reason = "the arguments are the contract")]
    async fn total_of_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this year. From 1950 to 2099. NL: jaar.")] year: Option<i32>,
        #[graphql(desc = "Only of this line, by number. NL: actielijn.")] line: Option<i32>,
        #[graphql(desc = "Only of these actions, by number; at most 100. NL: acties.")]
        actions: Option<Vec<i32>>,
        #[graphql(
            desc = "Only rows that are printed as new, or only those that are not. NL: nieuw."
        )]
        is_new: Option<bool>,
    ) -> Result<Option<BudgetSum>> {
        let requested = actions.as_deref().unwrap_or_default();
        if requested.len() > MOST_ACTIONS {
            return Err(Failure::BadRequest(LocalizedText::new(
                format!("`actions` mag ten hoogste {MOST_ACTIONS} nummers bevatten."),
                format!("`actions` may hold at most {MOST_ACTIONS} numbers."),
            ))
            .into());
        }
        let codes = Codes {
            plan: &self.plan,
            line,
            actions: requested,
            theme: None,
        };
        codes.check(ctx).await?;
        let table = Table::read(ctx, &self.plan).await?;
        let fits = |cell: &rules::Cell<'_>| {
            year.is_none_or(|year| cell.year == year)
                && line.is_none_or(|line| cell.line == Some(line))
                && is_new.is_none_or(|is_new| cell.is_new == is_new)
                && actions.as_ref().is_none_or(|requested| {
                    cell.actions.iter().any(|action| requested.contains(action))
                })
        };
        let amount = rules::sum_of_actions(&table.cells, fits).into();
        let mut rows: Vec<i32> = table
            .rows
            .iter()
            .zip(&table.cells)
            .filter(|(_, cell)| cell.is_row_of_actions() && fits(cell))
            .map(|(row, _)| row.position)
            .collect();
        rows.dedup();
        let rows = i32::try_from(rows.len())?;
        Ok(Some(BudgetSum { amount, rows }))
    }

    /// Every printed figure that stands for rows beside their sum, and those that differ, in whole
    /// euros. NL: aansluiting.
    async fn reconciliation(&self, ctx: &Context<'_>) -> Result<BudgetReconciliation> {
        let table = Table::read(ctx, &self.plan).await?;
        Ok(BudgetReconciliation::of(&self.plan, &table))
    }

    /// What new actions cost beside the extra money, year by year, in whole euros. NL: nieuwe
    /// acties en extra middelen.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn new_actions(&self, ctx: &Context<'_>) -> Result<Vec<NewActionsYear>> {
        let Facts {
            table,
            money,
            years,
        } = Facts::read(ctx, &self.plan).await?;
        let columns = promised::columns(&table.cells);
        let of = |year: &i32| {
            let extra = promised::extra(&money.promises, &columns, *year);
            NewActionsYear::of(&table.cells, *year, extra)
        };
        Ok(years.iter().map(of).collect())
    }

    /// The programme's money, each source apart, in whole euros a year. NL: middelen van het
    /// programma.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn funding(&self, ctx: &Context<'_>) -> Result<Vec<Funding>> {
        Ok(Money::read(ctx, &self.plan).await?.programme)
    }

    /// Money that the sources name and that is no part of the programme's: other money and rejected
    /// proposals, in whole euros a year. It is in no sum. NL: andere en verworpen middelen.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn other_money(&self, ctx: &Context<'_>) -> Result<Vec<Funding>> {
        Ok(Money::read(ctx, &self.plan).await?.apart)
    }

    /// Promised money beside planned money, in whole euros: of each year that the sources speak of,
    /// or of the year asked. Money without a first and last year counts in each year that the
    /// tables have a column for; in other years it stands under `undated`. NL: middelen per jaar.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn funding_by_year(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this year, as in 2027. From 1950 to 2099. NL: jaar.")] year: Option<
            i32,
        >,
    ) -> Result<Vec<FundingYear>> {
        let Facts {
            table,
            money,
            years,
        } = Facts::read(ctx, &self.plan).await?;
        let requested = year.map_or_else(|| years.clone(), |year| vec![year]);
        let of = |year: &i32| FundingYear::of(&table, &money, &years, *year);
        Ok(requested.iter().map(of).collect())
    }

    /// Money in a year in which its action does not run by a printed statement, or that is of a
    /// year up to that of the latest closed monitoring round while that round says that the action
    /// has not started; by action and year, in whole euros. NL: geld buiten de uitvoering.
    #[graphql(complexity = "1 + 10 * child_complexity")]
    async fn money_outside_execution(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Vec<MoneyOutsideExecution>> {
        let today = today(ctx).await?;
        money_outside(ctx, &self.plan, today).await
    }

    /// The budget in words, ready to quote: the totals in euros, what differs, and what is not in
    /// the source. NL: kernzin.
    async fn statement(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The language of the sentence. NL: taal.",
            default_with = "Coded(Language::Nl)"
        )]
        language: Coded<Language>,
    ) -> Result<String> {
        let Facts {
            table,
            money,
            years,
        } = Facts::read(ctx, &self.plan).await?;
        let shown: Vec<_> = years
            .iter()
            .map(|&year| money.year_facts(&table, year))
            .collect();
        let mut differences = rules::compare(&table.cells);
        differences.retain(rules::Comparison::differs);
        Ok(sentences::statement(
            language.0,
            &self.plan,
            &shown,
            &differences,
        ))
    }
}

/// The cells of an action, in the order of print; a row that it shares included. Amounts are in
/// whole euros.
pub(crate) async fn of_action(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<BudgetCell>> {
    let Facts { table, years, .. } = Facts::read(ctx, plan).await?;
    let mut cells = table.in_years(&years)?;
    cells.retain(|cell| cell.is_of_action(number));
    Ok(cells)
}

/// The money of a line, year by year.
pub(crate) async fn of_line(
    ctx: &Context<'_>,
    plan: &str,
    number: i32,
) -> Result<Vec<BudgetLineYear>> {
    let Facts { table, years, .. } = Facts::read(ctx, plan).await?;
    let of = |year: &i32| BudgetLineYear::of(&table, number, *year);
    Ok(years.iter().map(of).collect())
}

/// The mistake of a year that the sources do not speak of.
fn unspoken_year(year: i32, years: &[i32]) -> Option<Failure> {
    let listed: Vec<String> = years.iter().map(i32::to_string).collect();
    let listed = listed.join(", ");
    (!years.contains(&year)).then(|| {
        Failure::BadRequest(LocalizedText::new(
            format!("`filter.year` moet een jaar zijn waarvan de bronnen spreken: {listed}."),
            format!("`filter.year` must be a year that the sources speak of: {listed}."),
        ))
    })
}

/// Queries of the budget.
#[derive(Default)]
pub struct BudgetQuery;

#[Object]
impl BudgetQuery {
    /// The budget of a plan version, in whole euros. `NOT_FOUND` for an unknown plan version, line
    /// or action, all told at once; `BAD_REQUEST` for a year that the sources do not speak of. NL:
    /// begroting.
    async fn budget(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The plan version. NL: planversie.",
            default_with = "CURRENT_PLAN.to_owned()"
        )]
        plan: String,
        #[graphql(
            desc = "Which cells to list in `cells`, by default all; sums and comparisons are \
             always of everything. NL: filter.",
            default
        )]
        filter: BudgetFilter,
        #[graphql(
            name = "at",
            desc = "The moment to tell of; by default now. NL: moment."
        )]
        _at: Option<Moment>,
    ) -> Result<Option<Budget>> {
        let actions: Vec<i32> = filter.action.into_iter().collect();
        let codes = Codes {
            plan: &plan,
            line: filter.line,
            actions: &actions,
            theme: None,
        };
        codes.check(ctx).await?;
        if let Some(year) = filter.year {
            let years = Facts::read(ctx, &plan).await?.years;
            fail_with_all(ctx, unspoken_year(year, &years))?;
        }
        Ok(Some(Budget { plan, filter }))
    }
}
