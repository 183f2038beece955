//! What the ministry brings into the budget.

use entity::budget_cell;

use crate::sources::Sourced;
use database::DbError;
use domain::{budget::rules::BudgetState, policy::MayManagePlan};
use ledger::{EntryDraft, Writer, fact, fact_again};

/// The row of a table that cells are set in.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) plan: String,
    pub(super) sheet: String,
    pub(super) row_code: String,
    pub(super) position: i32,
    pub(super) kind: String,
    pub(super) line: Option<i32>,
    pub(super) actions: Vec<String>,
    pub(super) title_nl: String,
    pub(super) is_new: bool,
}

impl Row {
    /// The row of one of its cells.
    pub(super) fn of(cell: &budget_cell::Model) -> Self {
        Self {
            plan: cell.plan.clone(),
            sheet: cell.sheet.clone(),
            row_code: cell.row_code.clone(),
            position: cell.position,
            kind: cell.kind.clone(),
            line: cell.line,
            actions: cell.actions.clone(),
            title_nl: cell.title_nl.clone(),
            is_new: cell.is_new,
        }
    }

    /// The key of the cell of a year.
    pub(super) fn key(&self, year: i32) -> String {
        format!("{}/{}/{}/{year}", self.plan, self.sheet, self.row_code)
    }
}

/// What a cell says from now on.
#[derive(Debug, Clone)]
pub(super) struct Content {
    pub(super) year: i32,
    pub(super) state: BudgetState,
    /// Whole euros; none for a dash or a blank.
    pub(super) euros: Option<i32>,
    /// What the cell said before.
    pub(super) before: Option<budget_cell::Model>,
}

/// The cells of a row to set, with the document that says so and the place in it.
#[derive(Debug)]
pub(super) struct NewCells {
    pub(super) row: Row,
    pub(super) contents: Vec<Content>,
    pub(super) source: Sourced,
}

/// Sets cells of a row, each an entry of its own. A cell that is not in the source is taken away.
pub(super) async fn append_cells(
    writer: &mut Writer,
    _permit: &MayManagePlan,
    new: &NewCells,
) -> Result<(), DbError> {
    let row = &new.row;
    let (mut set, mut gone) = (Vec::new(), Vec::new());
    for content in &new.contents {
        let (key, source) = (row.key(content.year), Some(new.source.clone()));
        let state = match content.state {
            BudgetState::Amount => "AMOUNT",
            BudgetState::Zero => "ZERO",
            BudgetState::Dash => "DASH",
            BudgetState::Blank => "BLANK",
            BudgetState::NotInSource => {
                if let Some(before) = &content.before {
                    let draft =
                        EntryDraft::sourced("budgetCell.withdrawn", "BudgetCell", key, source);
                    let head = writer.open_entry(draft);
                    gone.push(fact_again!(budget_cell, head, before, { withdrawn: true }));
                }
                continue;
            }
        };
        let draft = EntryDraft::sourced("budgetCell.set", "BudgetCell", key, source);
        set.push(fact!(budget_cell, writer.open_entry(draft), {
            corrects: content.before.as_ref().map(|before| before.id),
            plan: row.plan.clone(),
            sheet: row.sheet.clone(),
            row_code: row.row_code.clone(),
            position: row.position,
            kind: row.kind.clone(),
            line: row.line,
            actions: row.actions.clone(),
            title_nl: row.title_nl.clone(),
            is_new: row.is_new,
            year: content.year,
            printed: printed(content),
            state: state.to_owned(),
            amount_euros: content.euros,
            // A decision of the ministry is in whole euros.
            unit_euros: 1,
        }));
    }
    writer.append("setting cells of the budget", set).await?;
    writer.append("taking cells of the budget away", gone).await
}

/// The cell as it stands in a table of whole euros.
fn printed(content: &Content) -> Option<String> {
    match content.state {
        BudgetState::Amount | BudgetState::Zero => content.euros.map(|euros| euros.to_string()),
        BudgetState::Dash => Some("\u{2013}".to_owned()),
        BudgetState::Blank | BudgetState::NotInSource => None,
    }
}
