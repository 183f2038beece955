//! The pages of a feed as cells, for the forms that are written as a file.
//!
//! Each page is read in a transaction of its own at the moment and under the scope of the first, as
//! those of the streamed forms are.

use super::{
    feed::{Feed, NoFeed},
    reach::reach,
    repo,
    selection::{Row, Selection, Start},
    tables::{Column, Table},
};

/// Rows of a page.
const PAGE: i64 = 10_000;

/// A page of rows.
#[derive(Debug)]
pub struct Rows {
    pub(crate) rows: Vec<Row>,
    next: Option<Vec<String>>,
}

impl Rows {
    /// The key after which the next page begins; none when this is the last.
    pub fn next(&self) -> Option<Vec<String>> {
        self.next.clone()
    }
}

impl Feed {
    /// The table.
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// The columns, in the order of the answer.
    pub fn columns(&self) -> &[&'static Column] {
        &self.columns
    }

    /// The rows after a key; those of the beginning when it is empty.
    ///
    /// # Errors
    /// When the database fails, or the caller may not read them any more.
    pub async fn rows(&self, after: Vec<String>) -> Result<Rows, NoFeed> {
        let opened = self.opening.session(&self.caller, self.pin.into()).await?;
        let session = opened.ok_or(NoFeed::Refused)?;
        repo::prepare(&session, self.table).await?;
        let reached = reach(self.table, session.mandate()).map_err(NoFeed::Hidden)?;
        let mut selection = Selection::of(self.table, reached, PAGE);
        selection.columns.clone_from(&self.columns);
        selection.filters.extend(self.filter.clone());
        selection.start = Start::After(after);
        let rows = repo::page(&session, &selection).await?;
        session.close().await?;
        let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows == PAGE);
        let last = rows.last().filter(|_| is_full);
        let next = last.map(|row| selection.key_of(row)).transpose()?;
        Ok(Rows { rows, next })
    }
}
