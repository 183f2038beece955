//! The content of a budget publication: every cell of the tables of a plan version, as printed and
//! in euros. A printed 0, a blank and a dash stay three things, so nothing is added up here: the
//! tables have rows of totals of their own.

use entity::{budget_cell, plan_version};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use database::{DbError, Session};
use domain::publication::lines::{Line, Part};

/// A plan version; none when there is none of this key.
pub(super) async fn plan(
    session: &Session,
    key: &str,
) -> Result<Option<plan_version::Model>, DbError> {
    plan_version::Entity::find()
        .filter(plan_version::Column::Key.eq(key))
        .one(session)
        .await
        .map_err(DbError::doing("reading a plan version"))
}

/// The lines of a budget, in the order of its tables.
pub(super) async fn compose(session: &Session, plan: &str) -> Result<Vec<Line>, DbError> {
    let cells = budget_cell::Entity::find()
        .filter(budget_cell::Column::Plan.eq(plan))
        .order_by_desc(budget_cell::Column::Sheet)
        .order_by_asc(budget_cell::Column::Position)
        .order_by_asc(budget_cell::Column::Year)
        .all(session)
        .await
        .map_err(DbError::doing("reading a budget"))?;
    Ok(cells
        .into_iter()
        .map(|cell| {
            let line = Line::new(Part::BudgetCell, cell.subject_key, cell.title_nl)
                .number("year", i64::from(cell.year))
                .text("sheet", Some(&cell.sheet))
                .text("row", Some(&cell.row_code))
                .text("kind", Some(&cell.kind))
                .text("state", Some(&cell.state))
                .text("printed", cell.printed.as_deref());
            match cell.amount_euros {
                Some(euros) => line.number("euros", i64::from(euros)),
                None => line,
            }
        })
        .collect())
}
