//! Feeds: a table as a stream of short pages, each read in a transaction of its own at the ledger
//! number, the day and the scope of the first. Nothing is open while we wait for a client, and two
//! pages are all that is held: the one that is on its way, and the next.
//!
//! `since` gives what changed after a position in the ledger: first the keys of rows that are no
//! longer there (or no longer to be seen), then the rows that changed. It needs no memory of ours:
//! what was there then is what the same view shows at that number. Rows that somebody gained or
//! lost by another scope cannot be told so; then the fingerprint in `since` differs and the whole
//! table must be loaded again. So it must after a backup was restored, if the position was of a
//! future that is lost, and after words were blanked by law in any fact: rows that print them are
//! others since, under the numbers that they had, and a copy would keep the words.

use std::collections::HashSet;

use futures_util::{Stream, stream};

use super::{
    caller::{Caller, Opening},
    choice::Choice,
    csv::Dialect,
    filter::Filter,
    json,
    reach::reach,
    repo,
    selection::{Row, Selection, Start},
    tables::{Column, Table},
};
use database::{DbError, Moment, Pin, RequestedMoment, Session};
use domain::{ledger::position::Position, policy::Rule};

/// Rows of the first page: few, so that a client soon hears something.
const FIRST_PAGE: i64 = 500;
/// Rows of every page after it: what a page costs beside its rows is paid less often.
const PAGE: i64 = 10_000;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv(Dialect),
    /// A JSON object per line.
    Ndjson,
}

/// A point in time to go on from, as `stm-since` told it: a position in the ledger, and of a scoped
/// table the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The position; what changed after it is wanted.
    pub at: Position,
    pub(crate) scope: Option<u64>,
}

impl Since {
    /// A position, and behind it of a scoped table the scope: `123.0123456789abcdef`, or
    /// `123.0123456789abcdef-fedcba9876543210`. Of 1.0.0-rc.1 the position is a bare number.
    pub fn parse(text: &str) -> Option<Self> {
        let (at, scope) = match text.split_once('-') {
            Some((at, scope)) => (at, Some(scope)),
            None => (text, None),
        };
        let scope = match scope {
            Some(hex) if hex.len() == 16 => Some(u64::from_str_radix(hex, 16).ok()?),
            Some(_) => return None,
            None => None,
        };
        Some(Self {
            at: Position::parse(at)?,
            scope,
        })
    }

    /// The point that a feed of this moment and scope can be gone on from.
    pub fn of(pin: Pin) -> Self {
        Self {
            at: pin.at,
            scope: pin.scope,
        }
    }
}

impl std::fmt::Display for Since {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.scope {
            Some(scope) => write!(f, "{}-{scope:016x}", self.at),
            None => write!(f, "{}", self.at),
        }
    }
}

/// What is asked of a feed.
#[derive(Debug, Clone)]
pub struct FeedRequest {
    /// The table.
    pub table: &'static Table,
    /// How its rows are written.
    pub format: Format,
    /// The columns and rows that are wanted.
    pub choice: Choice,
    /// The moment that is asked for.
    pub moment: RequestedMoment,
    /// The point to go on from; none for the whole table.
    pub since: Option<Since>,
}

/// Why there is no feed.
#[derive(Debug)]
pub enum NoFeed {
    /// The database failed.
    Db(DbError),
    /// The role reaches nothing of the table.
    Hidden(Rule),
    /// The key is no longer one.
    Refused,
    /// Incremental loading cannot go on from there.
    FullReload,
    /// The place of the page is not as it was handed out.
    ForeignPlace,
}

impl From<DbError> for NoFeed {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// The moment and scope of a table for a caller, with an open session.
pub async fn begin(
    opening: &Opening,
    caller: &Caller,
    table: &'static Table,
    moment: RequestedMoment,
) -> Result<(Session, Pin), NoFeed> {
    let session = opening
        .session(caller, moment)
        .await?
        .ok_or(NoFeed::Refused)?;
    if let Err(rule) = reach(table, session.mandate()) {
        session.close().await?;
        return Err(NoFeed::Hidden(rule));
    }
    repo::prepare(&session, table).await?;
    let mut pin = session.pin();
    if table.is_public() {
        pin.scope = None;
    }
    Ok((session, pin))
}

/// A feed that began.
#[derive(Debug)]
pub struct Feed {
    pub(crate) opening: Opening,
    pub(crate) caller: Caller,
    pub(crate) table: &'static Table,
    pub(crate) columns: Vec<&'static Column>,
    /// The rows that are wanted of those that the caller reaches; none for all.
    pub(crate) filter: Option<Filter>,
    format: Format,
    /// The ledger number, the day and the scope at which all of its pages are read.
    pub pin: Pin,
    /// The state of the ledger when it began: whatever it pins, an entry that blanks a text changes
    /// what is told.
    pub state: Position,
    /// The moment at which it began.
    pub moment: Moment,
    since: Option<i64>,
}

/// What comes next.
#[derive(Debug, Clone)]
enum Stage {
    /// Keys that are gone, after this key.
    Gone(Vec<String>),
    /// Rows, after this key.
    Rows(Vec<String>),
    End,
}

impl Feed {
    /// Begins a feed: finds its moment and scope.
    pub async fn begin(
        opening: Opening,
        caller: Caller,
        requested: FeedRequest,
    ) -> Result<Self, NoFeed> {
        let FeedRequest { table, moment, .. } = requested;
        // All of its statements are ours, but for the condition of a caller.
        let opening = if requested.choice.filter.is_some() {
            opening
        } else {
            opening.planning_once()
        };
        let moment = RequestedMoment {
            position: requested.since.map(|since| since.at),
            ..moment
        };
        let (session, pin) = begin(&opening, &caller, table, moment).await?;
        let moment = session.moment();
        // Who goes on from nothing has no words to keep.
        let is_blanked = match requested.since {
            Some(since) if since.at.number > 0 => {
                repo::words_blanked_after(&session, since.at.number).await?
            }
            Some(_) | None => false,
        };
        session.close().await?;
        if let Some(since) = requested.since
            && (is_blanked || since.scope != pin.scope || since.at.number > pin.at.number)
        {
            return Err(NoFeed::FullReload);
        }
        Ok(Self {
            opening,
            caller,
            table: requested.table,
            columns: requested.choice.columns,
            filter: requested.choice.filter,
            format: requested.format,
            pin,
            state: moment.state,
            moment,
            since: requested.since.map(|since| since.at.number),
        })
    }

    /// The first page, so that a failure is told by a status, and the pages after it.
    pub async fn start(
        self,
    ) -> Result<(String, impl Stream<Item = Result<String, NoFeed>>), NoFeed> {
        let mut out = self.header();
        let first = match self.since {
            Some(_) => Stage::Gone(Vec::new()),
            None => Stage::Rows(Vec::new()),
        };
        let next = self.step(first, FIRST_PAGE, &mut out).await?;
        let rest = stream::try_unfold((self, next), |(feed, stage)| async move {
            if matches!(stage, Stage::End) {
                return Ok(None);
            }
            let mut out = String::new();
            let next = feed.step(stage, PAGE, &mut out).await?;
            Ok(Some((out, (feed, next))))
        });
        Ok((out, rest))
    }

    async fn step(&self, stage: Stage, size: i64, out: &mut String) -> Result<Stage, NoFeed> {
        let moment = self.pin.into();
        let opened = self.opening.session(&self.caller, moment).await?;
        let session = opened.ok_or(NoFeed::Refused)?;
        repo::prepare(&session, self.table).await?;
        let reached = reach(self.table, session.mandate()).map_err(NoFeed::Hidden)?;
        let mut selection = Selection::of(self.table, reached, size);
        selection.columns.clone_from(&self.columns);
        selection.filters.extend(self.filter.clone());
        match stage {
            Stage::Gone(after) => {
                selection.start = Start::After(after);
                self.gone(session, selection, out).await
            }
            Stage::Rows(after) => {
                selection.start = Start::After(after);
                selection.since = self.since;
                let records = repo::records(&session, &selection).await?;
                session.close().await?;
                out.reserve(2 * records.bytes());
                let (mut row, mut read) = (records.cursor(), 0);
                let mut next = None;
                while row.advance()? {
                    self.write(out, row.cells(), false);
                    read += 1;
                    if row.is_last() && read == size {
                        next = Some(selection.key_in(row.cells())?);
                    }
                }
                Ok(next.map_or(Stage::End, Stage::Rows))
            }
            Stage::End => Ok(Stage::End),
        }
    }

    /// Keys that were there at `since` and are not there now, among the next so many. Two pages of
    /// one range are compared; Postgres alone says what comes before what.
    async fn gone(
        &self,
        mut session: Session,
        mut selection: Selection,
        out: &mut String,
    ) -> Result<Stage, NoFeed> {
        selection.columns = self.table.key().collect();
        let now = repo::page(&session, &selection).await?;
        selection.until = next(&selection, &now)?;
        session.know_up_to(self.since.unwrap_or_default()).await?;
        let before = repo::page(&session, &selection).await?;
        session.close().await?;
        // Only the key was asked for, so the cells are the key.
        let there: HashSet<&[Option<String>]> =
            now.iter().map(|row| row.cells.as_slice()).collect();
        for row in before
            .iter()
            .filter(|row| !there.contains(row.cells.as_slice()))
        {
            let key = self.table.key().zip(&row.cells);
            let cells = self.columns.iter().map(|column| {
                let mut key = key.clone();
                let (_, cell) = key.find(|(key, _)| key.name == column.name)?;
                cell.clone()
            });
            let cells: Vec<Option<String>> = cells.collect();
            self.write(out, &cells, true);
        }
        let bound = next(&selection, &before)?.or(selection.until);
        Ok(bound.map_or(Stage::Rows(Vec::new()), Stage::Gone))
    }

    fn header(&self) -> String {
        match self.format {
            Format::Csv(dialect) => {
                let names = self.columns.iter().map(|column| column.name);
                let also = self.since.map(|_| "is_deleted");
                dialect.header(names.chain(also))
            }
            Format::Ndjson => String::new(),
        }
    }

    fn write<S: AsRef<str>>(&self, out: &mut String, cells: &[Option<S>], is_deleted: bool) {
        match self.format {
            Format::Csv(dialect) => {
                dialect.cells(out, &self.columns, cells);
                if self.since.is_some() {
                    dialect.also(out, is_deleted);
                }
                out.push_str("\r\n");
            }
            Format::Ndjson => {
                out.push('{');
                json::members(out, &self.columns, cells);
                if self.since.is_some() {
                    out.push_str(",\"is_deleted\":");
                    out.push_str(if is_deleted { "true" } else { "false" });
                }
                out.push_str("}\n");
            }
        }
    }
}

/// The key after which the next page begins, if there is one.
fn next(selection: &Selection, rows: &[Row]) -> Result<Option<Vec<String>>, DbError> {
    let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows == selection.limit);
    let last = rows.last().filter(|_| is_full);
    last.map(|row| selection.key_of(row)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_to_go_on_from_is_read_as_it_was_written() {
        for since in [
            Since {
                at: Position::default(),
                scope: None,
            },
            Since {
                at: Position::default(),
                scope: Some(0xff),
            },
            Since {
                at: Position::of_stored(4711, Some(-1)),
                scope: None,
            },
            Since {
                at: Position::of_stored(4711, Some(7)),
                scope: Some(0xff),
            },
        ] {
            assert_eq!(Since::parse(&since.to_string()), Some(since));
        }
        for wrong in ["", "-1", "1-", "1-ff", "x", "1-zzzzzzzzzzzzzzzz", "+1"] {
            assert_eq!(Since::parse(wrong), None, "{wrong}");
        }
    }
}
