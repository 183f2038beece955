//! Reads entries of the ledger, as far as the scope reaches.

use chrono::{DateTime, Utc};
use sea_orm::{FromQueryResult, Value};

use database::{DbError, Session};
use domain::{
    ledger::position::Position,
    policy::{LedgerScope, Rows},
};

/// An entry as it is told.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct EntryRow {
    pub(super) number: i64,
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) actor_role: String,
    pub(super) actor_organisation: Option<String>,
    pub(super) operation: String,
    pub(super) subject_kind: String,
    pub(super) subject_key: String,
    pub(super) source_document: Option<String>,
    pub(super) source_place: Option<String>,
    pub(super) hash: Vec<u8>,
    pub(super) state_hash: i64,
}

impl EntryRow {
    /// The position of the entry.
    pub(super) fn position(&self) -> Position {
        Position::of_stored(self.number, Some(self.state_hash))
    }
}

/// Which entries to list.
#[derive(Debug, Clone, Default)]
pub(super) struct EntryFilter {
    pub(super) subject_kind: Option<String>,
    pub(super) subject_key: Option<String>,
    /// Only entries before this number: the list goes back in time.
    pub(super) before: Option<i64>,
    pub(super) limit: i64,
}

/// Which entries of the ledger are seen: `$1` to `$7` are those of [`seen_values`].
macro_rules! seen {
    ($select:literal, $rest:literal) => {
        concat!(
            $select,
            " from ledger where number <= $1
              and ($2::text is null or subject_kind = $2) and ($3::text is null or subject_key = $3)
              and (part = 'PUBLIC' or (part = 'PLAN' and $4)
                or (part = 'COMPLIANCE' and ($5 or municipality = any ($6)
                    or municipality || '/' || period = any ($7))))",
            $rest
        )
    };
}

fn seen_values(session: &Session, scope: &LedgerScope, requested: &EntryFilter) -> Vec<Value> {
    let (all, municipalities, subjects) = match scope.compliance() {
        Rows::All | Rows::Confirmed => (true, Vec::new(), Vec::new()),
        Rows::Own {
            municipalities,
            subjects,
        } => (false, municipalities.clone(), subjects.clone()),
        Rows::Hidden(_) => (false, Vec::new(), Vec::new()),
    };
    vec![
        Value::from(session.moment().ledger),
        Value::from(requested.subject_kind.clone()),
        Value::from(requested.subject_key.clone()),
        Value::from(scope.plan()),
        Value::from(all),
        Value::from(municipalities),
        Value::from(subjects),
    ]
}

/// A page of entries, the latest first, and one more when there is a next page.
pub(super) async fn page(
    session: &Session,
    scope: &LedgerScope,
    requested: &EntryFilter,
) -> Result<Vec<EntryRow>, DbError> {
    let mut values = seen_values(session, scope, requested);
    values.extend([Value::from(requested.before), Value::from(requested.limit)]);
    session
        .rows(
            "reading the ledger",
            seen!(
                "select number, recorded_at, actor_role, actor_organisation, operation,
                     subject_kind, subject_key,
                    source_document, source_place, hash,
                    (select hash_start(i.hash) from ledger_instant i where i.number >= ledger.number
                        order by i.number limit 1) as state_hash",
                " and ($8::bigint is null or number < $8) order by number desc limit $9"
            ),
            values,
        )
        .await
}

/// Since when changes are told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Since {
    /// After a ledger number.
    Number(i64),
    /// After an instant.
    Instant(DateTime<Utc>),
}

/// Which changes to list.
#[derive(Debug, Clone)]
pub(super) struct ChangeFilter {
    pub(super) since: Since,
    /// Only changes after this number: the list goes forward in time.
    pub(super) after: Option<i64>,
    pub(super) subject_kind: Option<String>,
    pub(super) limit: i64,
}

fn change_values(session: &Session, scope: &LedgerScope, requested: &ChangeFilter) -> Vec<Value> {
    let mut values = seen_values(
        session,
        scope,
        &EntryFilter {
            subject_kind: requested.subject_kind.clone(),
            ..EntryFilter::default()
        },
    );
    let (number, instant) = match requested.since {
        Since::Number(number) => (Some(number), None),
        Since::Instant(instant) => (None, Some(instant)),
    };
    values.extend([Value::from(number), Value::from(instant)]);
    values
}

/// A page of entries since a number or an instant, the earliest first, and one more when there is a
/// next page.
pub(super) async fn changes(
    session: &Session,
    scope: &LedgerScope,
    requested: &ChangeFilter,
) -> Result<Vec<EntryRow>, DbError> {
    let mut values = change_values(session, scope, requested);
    values.extend([Value::from(requested.after), Value::from(requested.limit)]);
    session
        .rows(
            "reading changes",
            seen!(
                "select number, recorded_at, actor_role, actor_organisation, operation,
                     subject_kind, subject_key,
                    source_document, source_place, hash,
                    (select hash_start(i.hash) from ledger_instant i where i.number >= ledger.number
                        order by i.number limit 1) as state_hash",
                " and ($8::bigint is null or number > $8)
                    and ($9::timestamptz is null or recorded_at > $9)
                  and ($10::bigint is null or number > $10) order by number limit $11"
            ),
            values,
        )
        .await
}

/// How many changes there are on all pages.
pub(super) async fn count_changes(
    session: &Session,
    scope: &LedgerScope,
    requested: &ChangeFilter,
) -> Result<i64, DbError> {
    let total: Option<Total> = session
        .row(
            "counting changes",
            seen!(
                "select count(*) as total",
                " and ($8::bigint is null or number > $8)
                    and ($9::timestamptz is null or recorded_at > $9)"
            ),
            change_values(session, scope, requested),
        )
        .await?;
    Ok(total.map_or(0, |row| row.total))
}

/// What a status was and became.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct StatusChange {
    pub(super) ledger_no: i64,
    pub(super) before: Option<String>,
    pub(super) after: String,
}

/// The statuses among some entries, with what they were before.
pub(super) async fn status_changes(
    session: &Session,
    numbers: Vec<i64>,
) -> Result<Vec<StatusChange>, DbError> {
    session
        .rows(
            "reading changed statuses",
            "select f.ledger_no, b.status as before, f.status as after
             from fact.status_report f left join fact.status_report b on b.id = f.corrects
             where f.ledger_no = any ($1) and not f.withdrawn",
            [Value::from(numbers)],
        )
        .await
}

#[derive(FromQueryResult)]
struct Total {
    total: i64,
}

/// How many entries there are on all pages.
pub(super) async fn count(
    session: &Session,
    scope: &LedgerScope,
    requested: &EntryFilter,
) -> Result<i64, DbError> {
    let total: Option<Total> = session
        .row(
            "counting the ledger",
            seen!("select count(*) as total", ""),
            seen_values(session, scope, requested),
        )
        .await?;
    Ok(total.map_or(0, |row| row.total))
}
