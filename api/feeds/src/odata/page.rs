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
    repo,
    selection::{Selection, Start},
    tables::Table,
};
use database::{Known, Moment, PrivilegedReads, Session};

/// A page of rows, with how many there are in all when that was asked, and the place of the next
/// page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The rows as objects of JSON, with commas between them.
    pub(crate) objects: String,
    /// How many rows there are in all; none when that was not asked.
    pub count: Option<i64>,
    /// The token of the next page; none when this is the last.
    pub next: Option<String>,
    /// The ledger number that was read at.
    pub ledger: i64,
    /// The moment at which it was read.
    pub moment: Moment,
    /// What of others it tells by privilege.
    pub privileged: PrivilegedReads,
}

impl Options {
    /// The ledger number that a page tells of when the head is this one; none where an instant is
    /// named, of which the ledger says which number it is.
    pub fn ledger_at(&self, head: &Moment) -> Option<i64> {
        match self.moment.known {
            Known::Head => Some(head.head),
            Known::Ledger(number) => Some(number),
            Known::Instant(_) => None,
        }
    }
}

/// What is read of an entity set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Rows, at most so many on a page.
    Rows(i64),
    /// Their number alone.
    Count,
}

/// Reads a page. Where no filter of the client's is in its statement, that is planned once.
pub async fn read(
    opening: &Opening,
    caller: &Caller,
    table: &'static Table,
    options: &Options,
    wanted: Wanted,
) -> Result<Page, NoFeed> {
    let mut opening = opening.clone();
    if options.filter.is_none() {
        opening = opening.planning_once();
    }
    let (session, pin) = begin(&opening, caller, table, options.moment).await?;
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
        objects: String::new(),
        count,
        next: None,
        ledger: pin.at.number,
        moment: session.moment(),
        privileged: PrivilegedReads::default(),
    };
    if let Wanted::Rows(most) = wanted {
        let size = options.top.unwrap_or(i64::MAX).min(most.clamp(1, PAGE));
        let next = rows(&session, &mut selection, size, &mut page.objects).await?;
        let top = options.top.map(|top| top - size);
        if let Some(start) = next.filter(|_| top != Some(0)) {
            let place = Place { pin, top, start };
            page.next = Some(place.token(&session, table));
        }
    }
    page.privileged = session.privileged_reads();
    session.close().await?;
    Ok(page)
}

/// Reads so many rows of a selection as objects; where the next page begins, if there is one.
async fn rows(
    session: &Session,
    selection: &mut Selection,
    size: i64,
    out: &mut String,
) -> Result<Option<Start>, NoFeed> {
    // One more than wanted tells whether there is a next page.
    selection.limit = size + 1;
    let records = repo::records(session, selection).await?;
    out.reserve(3 * records.bytes());
    let mut row = records.cursor();
    for read in 1..=size {
        if !row.advance()? {
            break;
        }
        out.push_str(if read > 1 { ",{" } else { "{" });
        json::members(out, &selection.columns, row.cells());
        out.push('}');
        if read == size && !row.is_last() {
            return Ok(Some(selection.start_behind(row.cells())?));
        }
    }
    Ok(None)
}

/// The page as the body of an answer. `context` and `next` are addresses.
pub fn body(page: &Page, context: Option<&str>, next: Option<&str>) -> String {
    let mut out = String::with_capacity(page.objects.len() + 1_000);
    out.push('{');
    if let Some(context) = context {
        out.push_str("\"@odata.context\":");
        json::string(&mut out, context);
        out.push(',');
    }
    if let Some(count) = page.count {
        out.push_str(&format!("\"@odata.count\":{count},"));
    }
    out.push_str("\"value\":[");
    out.push_str(&page.objects);
    out.push(']');
    if let Some(next) = next {
        out.push_str(",\"@odata.nextLink\":");
        json::string(&mut out, next);
    }
    out.push('}');
    out
}

/// The first row of a page as the body of an answer about one row; none where there is no row.
pub fn row(page: &Page, context: &str) -> Option<String> {
    let members = page.objects.strip_prefix('{')?;
    let mut out = String::from("{\"@odata.context\":");
    json::string(&mut out, context);
    out.push(',');
    out.push_str(members);
    Some(out)
}
