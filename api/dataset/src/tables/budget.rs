//! The budget tables and the money behind them.

use domain::budget::codes::FundingKind;
use domain::budget::rules::{BudgetRowKind, BudgetSheet};

use super::{Table, code, file, list, maybe, maybe_number, number, refers, table, text, yes_no};

pub(super) const TABLES: &[Table] = &[
    Table {
        references: &[
            refers(&["plan", "line"], "action_lines.csv"),
            refers(&["plan", "actions"], "actions.csv"),
        ],
        ..table(
            file!("budget_cells.csv"),
            "budget_cell",
            "BudgetCell",
            &["plan", "sheet", "row_code", "year"],
            &[
                text("plan"),
                code("sheet", &BudgetSheet::CODES),
                text("row_code"),
                number("position"),
                code("kind", &BudgetRowKind::CODES),
                maybe_number("line"),
                list("actions"),
                text("title_nl"),
                yes_no("is_new"),
                number("year"),
                maybe("printed"),
                code("state", &["AMOUNT", "ZERO", "DASH", "BLANK"]),
                maybe_number("amount_euros"),
                number("unit_euros"),
            ],
        )
    },
    Table {
        references: &[refers(&["plan"], "plan_versions.csv")],
        ..table(
            file!("funding.csv"),
            "funding",
            "Funding",
            &["key"],
            &[
                text("key"),
                maybe("plan"),
                code("kind", &FundingKind::CODES),
                yes_no("counts"),
                text("title_nl"),
                text("title_en"),
                number("amount_euros"),
                maybe_number("year_from"),
                maybe_number("year_to"),
                text("text_nl"),
            ],
        )
    },
];
