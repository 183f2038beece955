//! The sheet of an open round: its actions with what was reported on each last, as a table to fill
//! in. For the ministry.

use super::{
    repo,
    sheet::{
        columns::SHEET,
        shown,
        workbook::{self, About},
        write,
    },
};
use crate::table::{opened, outgoing::unwritten};
pub use crate::{
    table::outgoing::{Form, Sheet},
    workbook::NotOpened,
};
use database::{DbError, Session};
use domain::policy;

/// Which sheet somebody wants.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The key of the round.
    pub round: String,
    /// How it is written.
    pub form: Form,
}

/// The table that a workbook holds, as CSV, each row and column where it stood.
///
/// # Errors
/// When it cannot be opened, or holds no sheet of a round.
pub fn table_of(bytes: &[u8]) -> Result<String, NotOpened> {
    opened::table_of(bytes, SHEET)
}

/// The sheet of an open round.
///
/// # Errors
/// When the database fails, or the workbook cannot be written.
pub async fn of(session: &Session, wanted: &Wanted) -> Result<Sheet, DbError> {
    if policy::may_manage_plan(session.mandate()).is_err() {
        return Ok(Sheet::NotForThisRole);
    }
    let round = repo::find_round(session, &wanted.round).await?;
    let Some(round) = round.filter(|round| round.state == "OPEN") else {
        return Ok(Sheet::NotFound);
    };
    let mut rows = shown::of_round(session, &round).await?;
    rows.retain(|row| row.ended_on.is_none());
    let database = session.kind().code();
    let file = match wanted.form {
        Form::Csv => write::sheet(&rows, database).into_bytes(),
        Form::DutchCsv => write::sheet_in_dutch(&rows, database).into_bytes(),
        Form::Workbook => {
            let about = About {
                round: round.key,
                title: round.title_nl,
                last_day: round.date_latest,
                database,
                made_on: session.today(),
            };
            workbook::workbook(&rows, &about).map_err(unwritten)?
        }
    };
    Ok(Sheet::File(file))
}
