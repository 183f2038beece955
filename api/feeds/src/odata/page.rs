//! A page of an entity set, as JSON.

use super::{
    options::{Options, PAGE},
    place::Place,
};
use crate::{
    caller::{Caller, Opening},
    feed::{NoFeed, begin},
    json,
    reach::reach,
    repo::{self, Row, Selection, Start},
    tables::Table,
};

/// A page of rows, with how many there are in all when that was asked, and the place of the next
/// page.
#[derive(Debug, Clone)]
pub struct Page {
    pub(crate) rows: Vec<Row>,
    /// How many rows there are in all; none when that was not asked.
    pub count: Option<i64>,
    /// The token of the next page; none when this is the last.
    pub next: Option<String>,
    /// The ledger number that was read at.
    pub ledger: i64,
}

/// What is read of an entity set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Rows, at most so many on a page.
    Rows(i64),
    /// Their number alone.
    Count,
}

/// Reads a page.
pub async fn read(
    opening: &Opening,
    caller: &Caller,
    table: &'static Table,
    options: &Options,
    wanted: Wanted,
) -> Result<Page, NoFeed> {
    let (session, pin) = begin(opening, caller, table, options.moment).await?;
    if session.check_seals(&options.sealed).is_err() {
        session.close().await?;
        return Err(NoFeed::ForeignPlace);
    }
    let reached = reach(table, session.mandate()).map_err(NoFeed::Hidden)?;
    let mut selection = Selection::of(table, reached, 0);
    selection.columns.clone_from(&options.columns);
    selection.filters.extend(options.filter.clone());
    selection.order.clone_from(&options.order);
    selection.start = options.start.clone();
    let requested = options.count || wanted == Wanted::Count;
    let count = if requested {
        Some(repo::count(&session, &selection).await?)
    } else {
        None
    };
    let mut page = Page {
        rows: Vec::new(),
        count,
        next: None,
        ledger: pin.at.number,
    };
    if let Wanted::Rows(most) = wanted {
        let size = options.top.unwrap_or(i64::MAX).min(most.clamp(1, PAGE));
        // One more than wanted tells whether there is a next page.
        selection.limit = size + 1;
        page.rows = repo::page(&session, &selection).await?;
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let more = page.rows.len() > size;
        page.rows.truncate(size);
        let read = i64::try_from(page.rows.len()).unwrap_or(i64::MAX);
        let top = options.top.map(|top| top - read);
        if more && top != Some(0) {
            let start = match &options.start {
                Start::Offset(offset) => Some(Start::Offset(offset + read)),
                Start::After(_) => {
                    let last = page.rows.last();
                    let key = last.map(|row| selection.key_of(row)).transpose()?;
                    key.map(Start::After)
                }
            };
            let place = start.map(|start| Place { pin, top, start });
            page.next = place.map(|place| place.token(&session, table));
        }
    }
    session.close().await?;
    Ok(page)
}

/// The page as the body of an answer. `context` and `next` are addresses.
pub fn body(page: &Page, options: &Options, context: Option<&str>, next: Option<&str>) -> String {
    let mut out = String::from("{");
    if let Some(context) = context {
        out.push_str("\"@odata.context\":");
        json::string(&mut out, context);
        out.push(',');
    }
    if let Some(count) = page.count {
        out.push_str(&format!("\"@odata.count\":{count},"));
    }
    out.push_str("\"value\":[");
    for (at, row) in page.rows.iter().enumerate() {
        out.push_str(if at > 0 { ",{" } else { "{" });
        json::members(&mut out, &options.columns, &row.cells);
        out.push('}');
    }
    out.push(']');
    if let Some(next) = next {
        out.push_str(",\"@odata.nextLink\":");
        json::string(&mut out, next);
    }
    out.push('}');
    out
}

/// The first row of a page as the body of an answer about one row; none where there is no row.
pub fn row(page: &Page, options: &Options, context: &str) -> Option<String> {
    let row = page.rows.first()?;
    let mut out = String::from("{\"@odata.context\":");
    json::string(&mut out, context);
    out.push(',');
    json::members(&mut out, &options.columns, &row.cells);
    out.push('}');
    Some(out)
}
