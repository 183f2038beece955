//! `setBudget`.

use async_graphql::{InputObject, OneofObject, SimpleObject};
use entity::{action, budget_cell, funding, plan_version};
use graphql::{
    change::{Call, Change, Stopped, seen_version, stop_at},
    coded::Coded,
    context::RequestContext,
    member::Member,
    payload::IdempotencyKey,
};

use super::{
    cell::BudgetCell,
    errors::{BudgetError, BudgetErrorCode},
    repo::{self, Content, NewCells, Row},
};
use crate::sources::input::{SourceInput, source_mistakes};
use domain::{
    budget::rules::{BudgetSheet, BudgetState},
    mistake::{Mistake, outdated, text_mistakes},
    plan::{CURRENT_PLAN, timeline::YEARS},
    policy::{self, MayManagePlan},
};

/// Characters of a title at most.
const LONGEST_TITLE: usize = 500;
/// Whole euros of a cell at most.
const MOST_EUROS: i32 = 2_000_000_000;

/// A row that a table has. NL: bestaande begrotingsrij.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct ExistingRowInput {
    /// The table. NL: tabel.
    sheet: Coded<BudgetSheet>,
    /// The row in its table, as in `c` or `1/3-4`. NL: rij.
    code: String,
}

/// A row for actions that have none yet, in the table of their line. NL: nieuwe begrotingsrij.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct RowOfActionsInput {
    /// The numbers of the actions, of one line; several share the money, which counts once. NL:
    /// acties.
    actions: Vec<i32>,
    /// The title of the row in Dutch, at most 500 characters. NL: titel.
    title: String,
    /// Whether the row is new in the strengthened plan. NL: nieuw.
    #[graphql(default = true)]
    is_new: bool,
}

/// The row to set: exactly one of the two. NL: begrotingsrij.
#[derive(OneofObject, Debug, Clone)]
pub(crate) enum BudgetRowInput {
    /// A row that the table has. NL: bestaande rij.
    Existing(ExistingRowInput),
    /// A row for actions that have none. NL: nieuwe rij.
    OfActions(RowOfActionsInput),
}

/// What a cell says from now on. NL: begrotingscel.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct BudgetCellInput {
    /// The year. From 1950 to 2099. NL: jaar.
    year: i32,
    /// An amount, a 0, a dash, a blank, or NOT_IN_SOURCE to take the cell away: five things. NL:
    /// inhoud.
    state: Coded<BudgetState>,
    /// Whole euros, 1 to 2,000,000,000; of an AMOUNT only. NL: bedrag in hele euro's.
    euros: Option<i32>,
    /// The `ledger` of the cell that you saw last; null when you saw none. Left out, the last word
    /// wins. NL: verwachte versie.
    expected_version: Member<i64>,
}

/// Cells of one row of the budget as they are from now on. NL: vast te stellen begroting.
#[derive(InputObject, Debug, Clone)]
pub(crate) struct SetBudgetInput {
    /// The plan version. NL: planversie.
    #[graphql(default_with = "CURRENT_PLAN.to_owned()")]
    plan: String,
    /// The row. NL: rij.
    row: BudgetRowInput,
    /// The cells, one a year; the other years of the row stay as they are. NL: cellen.
    cells: Vec<BudgetCellInput>,
    /// The document that says so. NL: bron.
    source: SourceInput,
    /// Repeat the call under the same key and nothing changes twice. NL: idempotentiesleutel.
    idempotency_key: IdempotencyKey,
}

/// What became of a budget. NL: resultaat.
#[derive(SimpleObject, Debug)]
#[graphql(complex)]
pub(crate) struct SetBudgetPayload {
    /// All cells of the row, by year, in whole euros; empty when nothing was set. NL: cellen.
    pub(super) cells: Vec<BudgetCell>,
    /// What to repair; empty when it was set. NL: fouten.
    pub(super) errors: Vec<BudgetError>,
}

graphql::warned! { SetBudgetPayload }

type Code = BudgetErrorCode;

/// Sets cells of a row; gives the plan and the row, as in `2024/LINES/1/3-4`.
pub(super) async fn set(
    request: &RequestContext,
    input: &SetBudgetInput,
) -> Result<String, Stopped<Code>> {
    let call = Call::of("setBudget", &input.idempotency_key, input);
    let mut change = Change::begin(request, call, policy::may_manage_plan).await?;
    let mut mistakes = Vec::new();
    let versions = change.known::<plan_version::Entity>().await?;
    let keys = versions.iter().map(|row| row.key.as_str());
    let what = ("planversie", "plan version");
    mistakes.extend(Mistake::unknown(
        Code::UnknownPlan,
        &["plan"],
        what,
        &input.plan,
        keys,
    ));
    let all = change.known::<budget_cell::Entity>().await?;
    let cells: Vec<&budget_cell::Model> =
        all.iter().filter(|cell| cell.plan == input.plan).collect();
    let row = match &input.row {
        BudgetRowInput::Existing(row) => existing(row, &cells, &mut mistakes),
        BudgetRowInput::OfActions(row) => {
            let actions = change.known::<action::Entity>().await?;
            of_actions(&input.plan, row, actions, &cells, &mut mistakes)
        }
    };
    let years = years(&change, &input.plan, &cells).await?;
    let contents = contents(input, row.as_ref(), &cells, &years, &mut mistakes);
    mistakes
        .extend(source_mistakes(change.session(), Some(&input.source), Code::UnknownSource).await?);
    stop_at(mistakes)?;
    let Some(row) = row else {
        return Err(Stopped::Wrong(Vec::new()));
    };
    let outcome = format!("{}/{}/{}", row.plan, row.sheet, row.row_code);
    let new = NewCells {
        row,
        contents,
        source: input.source.pair(),
    };
    repo::append_cells(&mut change.writer, &change.permit, &new).await?;
    Ok(change.seal(request, outcome).await?)
}

/// The row of a code.
fn existing(
    requested: &ExistingRowInput,
    cells: &[&budget_cell::Model],
    mistakes: &mut Vec<Mistake<Code>>,
) -> Option<Row> {
    let mut of_sheet = cells
        .iter()
        .filter(|cell| cell.sheet == requested.sheet.code());
    let keys = of_sheet.clone().map(|cell| cell.row_code.as_str());
    let what = ("begrotingsrij", "row of the budget");
    let at = ["row", "existing", "code"];
    mistakes.extend(Mistake::unknown(
        Code::UnknownRow,
        &at,
        what,
        &requested.code,
        keys,
    ));
    of_sheet
        .find(|cell| cell.row_code == requested.code)
        .map(|cell| Row::of(cell))
}

/// A new row for actions, after the other rows.
fn of_actions(
    plan: &str,
    requested: &RowOfActionsInput,
    actions: &[action::Model],
    cells: &[&budget_cell::Model],
    mistakes: &mut Vec<Mistake<Code>>,
) -> Option<Row> {
    let line = line_of(plan, &requested.actions, actions, mistakes);
    let title = Some(requested.title.as_str());
    mistakes.extend(text_mistakes(
        &["row", "ofActions", "title"],
        title,
        LONGEST_TITLE,
        Code::TextLength,
    ));
    let mut numbers = requested.actions.clone();
    numbers.sort_unstable();
    let numbers: Vec<String> = numbers.iter().map(i32::to_string).collect();
    if let Some(row) = cells
        .iter()
        .find(|cell| cell.kind == "ACTION" && cell.actions == numbers)
    {
        mistakes.push(Mistake::at(
            Code::AlreadyExists,
            &["row", "ofActions", "actions"],
            format!("Deze acties hebben al een rij: {}.", row.row_code),
            format!("These actions have a row already: {}.", row.row_code),
        ));
    }
    let line = line?;
    let last = cells.iter().map(|cell| cell.position).max();
    Some(Row {
        plan: plan.to_owned(),
        sheet: BudgetSheet::Lines.code().to_owned(),
        row_code: format!("{line}/{}", numbers.join("-")),
        position: last.unwrap_or_default() + 1,
        kind: "ACTION".to_owned(),
        line: Some(line),
        actions: numbers,
        title_nl: requested.title.trim().to_owned(),
        is_new: requested.is_new,
    })
}

/// The line of the actions of a row, with what is wrong with the actions.
fn line_of(
    plan: &str,
    numbers: &[i32],
    actions: &[action::Model],
    mistakes: &mut Vec<Mistake<Code>>,
) -> Option<i32> {
    let at = ["row", "ofActions", "actions"];
    let mut lines = Vec::new();
    for (i, number) in numbers.iter().enumerate() {
        let at = [at[0], at[1], at[2], &i.to_string()];
        let key = format!("{plan}/{number}");
        match actions.iter().find(|row| row.subject_key == key) {
            Some(action) => lines.push(action.line),
            None => {
                let keys = actions.iter().map(|row| row.subject_key.as_str());
                let what = ("actie", "action");
                mistakes.extend(Mistake::unknown(Code::UnknownAction, &at, what, &key, keys));
            }
        }
        if numbers[..i].contains(number) {
            mistakes.push(repeated(&at));
        }
    }
    lines.dedup();
    if numbers.is_empty() || lines.len() > 1 {
        mistakes.push(Mistake::at(
            Code::ActionsOfOneLine,
            &at,
            "Een rij is van een of meer acties van één actielijn.",
            "A row is of one or more actions of one line.",
        ));
    }
    lines.first().copied()
}

/// The years in which the plan may have money: those of its tables, of its promises and of its
/// timeline.
async fn years(
    change: &Change<MayManagePlan>,
    plan: &str,
    cells: &[&budget_cell::Model],
) -> Result<Vec<i32>, Stopped<Code>> {
    let funding = change.known::<funding::Entity>().await?;
    let own = funding
        .iter()
        .filter(|row| row.plan.as_deref() == Some(plan));
    let promised = own.flat_map(|row| [row.year_from, row.year_to]).flatten();
    let printed = cells.iter().map(|cell| cell.year);
    Ok(printed.chain(promised).chain(YEARS).collect())
}

/// What each cell says from now on.
fn contents(
    input: &SetBudgetInput,
    row: Option<&Row>,
    cells: &[&budget_cell::Model],
    years: &[i32],
    mistakes: &mut Vec<Mistake<Code>>,
) -> Vec<Content> {
    if input.cells.is_empty() {
        mistakes.push(Mistake::at(
            Code::NothingToDo,
            &["cells"],
            "Geef ten minste één cel.",
            "Give at least one cell.",
        ));
    }
    let mut contents = Vec::with_capacity(input.cells.len());
    for (i, cell) in input.cells.iter().enumerate() {
        let i_text = i.to_string();
        let at = |field| ["cells", i_text.as_str(), field];
        if !years.contains(&cell.year) {
            mistakes.push(Mistake::at(
                Code::OutsidePlan,
                &at("year"),
                format!("Het plan heeft in {} geen geld.", cell.year),
                format!("The plan has no money in {}.", cell.year),
            ));
        }
        if input.cells[..i].iter().any(|other| other.year == cell.year) {
            mistakes.push(repeated(&at("year")));
        }
        mistakes.extend(amount_mistake(cell, &at("euros")));
        let key = row.map(|row| row.key(cell.year));
        let before = cells
            .iter()
            .find(|row| Some(&row.subject_key) == key.as_ref());
        let version = before.map_or(0, |row| row.ledger_no);
        let conflict = outdated(
            seen_version(&cell.expected_version),
            version,
            Code::Conflict,
        );
        mistakes.extend(conflict.map(|mistake| Mistake {
            field: at("expectedVersion").map(str::to_owned).to_vec(),
            ..mistake
        }));
        if cell.state.0 == BudgetState::NotInSource && before.is_none() && row.is_some() {
            mistakes.push(Mistake::at(
                Code::NothingThere,
                &at("state"),
                "Deze cel staat er niet en kan dus niet worden weggehaald.",
                "This cell is not there, so it cannot be taken away.",
            ));
        }
        contents.push(Content {
            year: cell.year,
            state: cell.state.0,
            euros: match cell.state.0 {
                BudgetState::Zero => Some(0),
                BudgetState::Amount
                | BudgetState::Dash
                | BudgetState::Blank
                | BudgetState::NotInSource => cell.euros,
            },
            before: before.map(|row| (*row).clone()),
        });
    }
    contents
}

/// That the amount of a cell does not fit what the cell says.
fn amount_mistake(cell: &BudgetCellInput, at: &[&str]) -> Option<Mistake<Code>> {
    let fits = match cell.state.0 {
        BudgetState::Amount => cell
            .euros
            .is_some_and(|euros| (1..=MOST_EUROS).contains(&euros)),
        BudgetState::Zero => matches!(cell.euros, None | Some(0)),
        BudgetState::Dash | BudgetState::Blank | BudgetState::NotInSource => cell.euros.is_none(),
    };
    (!fits).then(|| {
        Mistake::at(
            Code::AmountAndState,
            at,
            "Geef van een bedrag 1 tot 2.000.000.000 hele euro's, en van iets anders geen bedrag.",
            "Give 1 to 2,000,000,000 whole euros of an AMOUNT, and none of anything else.",
        )
    })
}

fn repeated(at: &[&str]) -> Mistake<Code> {
    Mistake::at(
        Code::Repeated,
        at,
        "Dit staat er al.",
        "This stands there already.",
    )
}
