//! Money planned in a year in which its action is not carried out, from facts alone.

use super::rules::{BudgetState, Cell};
use crate::code_list::code_list;

code_list! {
    /// Why money stands in a year in which the action is not carried out. NL: reden van het
    /// signaal.
    pub enum OutsideExecutionReason {
        /// A sentence or a status of a source says that the action does not run in that year.
        /// Displaced year columns do not count as such. NL: loopt niet in dit jaar.
        NotRunningInYear = "NOT_RUNNING_IN_YEAR",
            "De actie loopt volgens de bron niet in dit jaar.",
            "By the source the action does not run in this year.",
            "Volgens een zin of een status in een bron loopt de actie in dat jaar niet. \
             Verschoven jaarkolommen tellen hiervoor niet.";
        /// The money is of a year up to that of the latest closed monitoring round, which says
        /// `NOT_STARTED`. NL: nog niet gestart volgens de monitoring.
        NotStartedAtRound = "NOT_STARTED_AT_ROUND",
            "De actie was volgens de laatste monitoring nog niet gestart.",
            "By the latest monitoring the action had not started.",
            "Het geld is voor een jaar tot en met dat van de laatste gesloten monitoringsronde, \
             en die ronde zegt dat de actie nog niet is gestart.";
    }
}

/// Money of an action in a year in which it is not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside<'a> {
    /// The key of the cell that has the money, as in `2024/LINES/1/5/2024`.
    pub key: &'a str,
    /// The number of the action; a row that several actions share is told of each of them.
    pub action: i32,
    /// The calendar year of the money.
    pub year: i32,
    /// What says that the action is not carried out then.
    pub reason: OutsideExecutionReason,
}

/// What a monitoring round says about actions that have not begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotStarted {
    /// The last year that the round may be of.
    pub year: i32,
    /// The numbers of the actions that the round calls `NOT_STARTED`.
    pub actions: Vec<i32>,
}

/// Money outside the execution of its action, by action and year. `not_running` are the action and
/// year of printed statements.
pub fn outside_execution<'a>(
    cells: &[Cell<'a>],
    not_running: &[(i32, i32)],
    not_started: Option<&NotStarted>,
) -> Vec<Outside<'a>> {
    let mut found = Vec::new();
    let paid = cells
        .iter()
        .filter(|cell| cell.is_row_of_actions() && cell.figure.state == BudgetState::Amount);
    for cell in paid {
        for &action in &cell.actions {
            let mut add = |reason| {
                found.push(Outside {
                    key: cell.key,
                    action,
                    year: cell.year,
                    reason,
                });
            };
            if not_running.contains(&(action, cell.year)) {
                add(OutsideExecutionReason::NotRunningInYear);
            }
            if not_started
                .is_some_and(|round| cell.year <= round.year && round.actions.contains(&action))
            {
                add(OutsideExecutionReason::NotStartedAtRound);
            }
        }
    }
    found.sort_by_key(|one| (one.action, one.year));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::rules::{Figure, fixture::row};

    #[test]
    fn money_outside_execution_has_its_reason() {
        let cells = [
            row("late", &[31], 2024, Figure::of(10)),
            row("zero", &[31], 2025, Figure::of(0)),
            row("waits", &[13], 2025, Figure::of(30)),
            row("later", &[13], 2026, Figure::of(30)),
        ];
        let round = NotStarted {
            year: 2025,
            actions: vec![13],
        };
        let found = outside_execution(&cells, &[(31, 2024), (31, 2025)], Some(&round));
        let shown: Vec<(&str, OutsideExecutionReason)> =
            found.iter().map(|one| (one.key, one.reason)).collect();
        assert_eq!(
            shown,
            [
                ("waits", OutsideExecutionReason::NotStartedAtRound),
                ("late", OutsideExecutionReason::NotRunningInYear)
            ]
        );
        assert_eq!(outside_execution(&cells, &[], None), []);
    }
}
