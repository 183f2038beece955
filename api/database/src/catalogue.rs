//! What the migrations of this release make of the database, as its catalogue tells it, and what is
//! otherwise in a database: walls that are missing, rights that were given, things that somebody
//! added.
//!
//! `catalogue.txt` is that of this release; a test makes it and holds it to the migrations. `serve`
//! refuses only what opens a wall: a policy that is missing or differs, row security that is off or
//! not forced, a view that reads as its owner, a right beyond those of this release. What belongs
//! to a later migration, which the database says has run, is told and not refused, and so is what
//! opens nothing: an index of an operator, a table beside ours. `verify` names all of it.
//!
//! Versions of Postgres write the expression of one policy in different ways. On another version
//! than that of `catalogue.txt` two expressions are taken for one, unless the one in the database
//! lets everything through.

use std::{collections::BTreeSet, fmt};

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use super::DbError;

/// The query for the catalogue of a database.
const QUERY: &str = include_str!("catalogue.sql");
/// The catalogue of this release.
const RELEASE: &str = include_str!("catalogue.txt");

/// Something that is otherwise in a database than the migrations of this release make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The database lacks it, or has it otherwise.
    Missing(String),
    /// The database has it beside what this release makes, or instead of it.
    Beyond(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(line) => write!(f, "the database lacks: {line}"),
            Self::Beyond(line) => write!(f, "the database has beside this release: {line}"),
        }
    }
}

impl Difference {
    /// Whether it opens a wall. Of a database that a later release migrated, what stands beside
    /// this release is taken to be of that one.
    #[must_use]
    pub fn opens_a_wall(&self, is_migrated_later: bool) -> bool {
        match self {
            Self::Missing(line) => {
                line.starts_with("policy ")
                    || (line.starts_with("table ") && line.contains(" walled"))
                    || (line.starts_with("view ") && line.ends_with(" invoker"))
            }
            Self::Beyond(line) => {
                !is_migrated_later
                    && (line.starts_with("policy ")
                        || line.starts_with("right ")
                        || (line.starts_with("view ") && line.ends_with(" owner")))
            }
        }
    }

    /// Whether it says that somebody changed what this release made, or opened a wall; what was
    /// only added is no such thing.
    #[must_use]
    pub fn is_tampering(&self) -> bool {
        self.opens_a_wall(false) || matches!(self, Self::Missing(_))
    }
}

/// A wall of the database is open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a wall of the database is open, so nothing is served: {}. Find out who opened it, close it, \
     and run `stm verify`",
    .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
)]
pub struct OpenWall(Vec<Difference>);

#[derive(FromQueryResult)]
struct Line {
    line: String,
}

/// The catalogue of a database, a line for each thing, in their order.
///
/// # Errors
/// When the database fails.
pub async fn read(database: &impl ConnectionTrait) -> Result<BTreeSet<String>, DbError> {
    let statement = Statement::from_string(DbBackend::Postgres, QUERY);
    let lines = Line::find_by_statement(statement)
        .all(database)
        .await
        .map_err(DbError::doing("reading the catalogue"))?;
    Ok(lines.into_iter().map(|one| one.line).collect())
}

/// The catalogue that the migrations of this release make.
#[must_use]
pub fn of_this_release() -> BTreeSet<String> {
    RELEASE.lines().map(str::to_owned).collect()
}

/// Every difference between a database and this release.
///
/// # Errors
/// When the database fails.
pub async fn differences(database: &impl ConnectionTrait) -> Result<Vec<Difference>, DbError> {
    let (is, of_release) = (read(database).await?, of_this_release());
    Ok(compare(&is, &of_release))
}

fn compare(is: &BTreeSet<String>, of_release: &BTreeSet<String>) -> Vec<Difference> {
    let server = |lines: &BTreeSet<String>| lines.iter().find(|line| is_server(line)).cloned();
    let is_same_server = server(is) == server(of_release);
    let differ = |line: &&String, others: &BTreeSet<String>| {
        let is_written_otherwise = || others.iter().any(|other| are_one_policy(line, other));
        !is_server(line) && (is_same_server || !is_written_otherwise())
    };
    let missing = of_release.difference(is).filter(|line| differ(line, is));
    let beyond = is
        .difference(of_release)
        .filter(|line| differ(line, of_release));
    missing
        .cloned()
        .map(Difference::Missing)
        .chain(beyond.cloned().map(Difference::Beyond))
        .collect()
}

fn is_server(line: &str) -> bool {
    line.starts_with("server ")
}

/// Whether two lines are of one policy, apart from how its expressions are written.
fn are_one_policy(one: &str, other: &str) -> bool {
    fn parts(line: &str) -> (&str, bool, bool) {
        let (head, using) = match line.split_once(" using ") {
            Some((head, using)) => (head, Some(using)),
            None => (line, None),
        };
        let rest = using.unwrap_or(head);
        let (before, check) = match rest.split_once(" check ") {
            Some((before, check)) => (before, Some(check)),
            None => (rest, None),
        };
        let head = if using.is_some() { head } else { before };
        let reads = using.map(|_| before);
        (head, reads == Some("true"), check == Some("true"))
    }
    one.starts_with("policy ") && parts(one) == parts(other)
}

/// Refuses a database with an open wall; tells every other difference at warn.
///
/// # Errors
/// `Err(OpenWall)` inside when a wall is open; outside when the database fails.
pub async fn check(
    database: &impl ConnectionTrait,
    is_migrated_later: bool,
) -> Result<Result<(), OpenWall>, DbError> {
    let (open, other): (Vec<_>, Vec<_>) = differences(database)
        .await?
        .into_iter()
        .partition(|one| one.opens_a_wall(is_migrated_later));
    for one in other {
        tracing::warn!(difference = %one, "the database is otherwise than this release makes it");
    }
    Ok(if open.is_empty() {
        Ok(())
    } else {
        Err(OpenWall(open))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wall_is_opened_by_what_is_missing_or_beyond() {
        let missing = |line: &str| Difference::Missing(line.to_owned());
        let beyond = |line: &str| Difference::Beyond(line.to_owned());
        for (difference, opens, opens_after_a_later_migration) in [
            (missing("policy fact.answer app_reads …"), true, true),
            (missing("table fact.answer walled forced"), true, true),
            (missing("view known.answer invoker"), true, true),
            (beyond("policy fact.answer more …"), true, false),
            (beyond("right select on fact.x to PUBLIC"), true, false),
            (beyond("view known.x owner"), true, false),
            (
                missing("right select on fact.answer to stm_app"),
                false,
                false,
            ),
            (missing("table public.ledger_head open"), false, false),
            (beyond("table fact.x walled forced"), false, false),
            (beyond("index fact.x on fact.answer"), false, false),
            (
                missing("function public.app_role() invoker x"),
                false,
                false,
            ),
        ] {
            assert_eq!(difference.opens_a_wall(false), opens, "{difference}");
            assert_eq!(
                difference.opens_a_wall(true),
                opens_after_a_later_migration,
                "{difference}"
            );
        }
        let lines = |server: &str, policy: &str| {
            BTreeSet::from([
                server.to_owned(),
                format!("policy fact.x one ALL to stm_app{policy}"),
            ])
        };
        let release = lines("server 15", " using a=1 check b=2");
        for (is, differences) in [
            (lines("server 15", " using a=1 check b=2"), 0),
            (lines("server 15", " using x.a=1 check b=2"), 2),
            (lines("server 18", " using x.a=1 check b=2"), 0),
            (lines("server 18", " using true check b=2"), 2),
            (lines("server 18", " using a=1 check true"), 2),
            (lines("server 18", " using a=1 check b=2"), 0),
        ] {
            assert_eq!(compare(&is, &release).len(), differences, "{is:?}");
        }
        assert!(missing("function public.app_role() invoker x").is_tampering());
        assert!(!beyond("index fact.x on fact.answer").is_tampering());
    }
}
