//! What one call recorded of a reorganisation, and its way back: each of its rows is corrected into
//! the row that it corrected, or taken back where it corrected none.

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use crate::sources::Sourced;
use database::{DbError, Session};
use domain::policy::MayManageFramework;
use ledger::{EntryDraft, Writer};

/// The operation of an entry of a reorganisation that a call recorded.
pub(super) const RECORDED: &str = "reorganisation.recorded";

/// A reorganisation as it was recorded, with the entries of the same transaction.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Recorded {
    pub(super) effective_on: NaiveDate,
    operation: String,
    first: i64,
    last: i64,
}

impl Recorded {
    /// Whether a call recorded it, and not an import, whose transaction holds everything else too.
    pub(super) fn is_of_a_call(&self) -> bool {
        self.operation == RECORDED
    }
}

/// A row that goes back.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Undone {
    number: i64,
    subject_kind: String,
    subject_key: String,
    /// Whether somebody corrected it since.
    pub(super) is_changed: bool,
    /// The municipality that it ended.
    pub(super) ended: Option<String>,
    /// The municipality that it began.
    pub(super) begun: Option<String>,
}

impl Undone {
    /// The municipalities that its subject names.
    pub(super) fn municipalities(&self) -> Vec<String> {
        let mut parts = self.subject_key.split('/');
        match self.subject_kind.as_str() {
            // A day, the predecessor and the successor.
            "Reorganisation" => parts.skip(1).map(str::to_owned).collect(),
            // An area and a municipality.
            "AreaMembership" => parts.next_back().map(str::to_owned).into_iter().collect(),
            _ => vec![self.subject_key.clone()],
        }
    }
}

/// The latest reorganisation of two municipalities that is known.
pub(super) async fn recorded(
    session: &Session,
    predecessor: &str,
    successor: &str,
) -> Result<Option<Recorded>, DbError> {
    session
        .row(
            "looking for a reorganisation",
            "select r.effective_on, l.operation, min(o.number) as first, max(o.number) as last
             from known.reorganisation r join ledger l on l.number = r.ledger_no
             join ledger o on o.recorded_at = l.recorded_at
             where r.predecessor = $1 and r.successor = $2
             group by r.id, r.effective_on, l.operation
             order by r.effective_on desc limit 1",
            [Value::from(predecessor), Value::from(successor)],
        )
        .await
}

/// Its rows and those of the municipalities and memberships that it ended and began.
pub(super) async fn rows(session: &Session, of: &Recorded) -> Result<Vec<Undone>, DbError> {
    if !of.is_of_a_call() {
        return Ok(Vec::new());
    }
    session
        .rows(
            "reading what a reorganisation recorded",
            "select l.number, l.subject_kind, l.subject_key, t.is_changed, t.ended, t.begun
             from ledger l join (
                select f.ledger_no, exists (
                    select from fact.reorganisation c where c.corrects = f.id) as is_changed,
                    null::text as ended, null::text as begun
                from fact.reorganisation f where f.ledger_no between $1 and $2
                union all
                select f.ledger_no, exists (
                    select from fact.municipality c where c.corrects = f.id),
                    case when f.corrects is not null then f.code end,
                    case when f.corrects is null then f.code end
                from fact.municipality f where f.ledger_no between $1 and $2
                union all
                select f.ledger_no, exists (
                    select from fact.area_membership c where c.corrects = f.id), null, null
                from fact.area_membership f where f.ledger_no between $1 and $2
             ) t on t.ledger_no = l.number
             order by l.number, t.ended nulls last",
            [Value::from(of.first), Value::from(of.last)],
        )
        .await
}

/// The way back of the rows of one entry of a table.
macro_rules! way_back {
    ($table:literal) => {
        concat!(
            "insert into fact.",
            $table,
            " select n.* from fact.",
            $table,
            " f left join fact.",
            $table,
            " p on p.id = f.corrects
             cross join lateral jsonb_populate_record(null::fact.",
            $table,
            ", case when p.id is null then to_jsonb(f) else to_jsonb(p) end
                || jsonb_build_object('id', gen_random_uuid(), 'ledger_no', $2::bigint,
                    'corrects', f.id, 'withdrawn', p.id is null or p.withdrawn,
                    'source_document', $3::text, 'source_lines', $4::text)) n
             where f.ledger_no = $1"
        )
    };
}

/// Appends the way back, an entry for each subject.
pub(super) async fn append(
    writer: &mut Writer,
    _permit: &MayManageFramework,
    rows: &[Undone],
    source: &Sourced,
) -> Result<(), DbError> {
    // Rows of one entry go back together.
    for of_entry in rows.chunk_by(|one, other| one.number == other.number) {
        let Some(row) = of_entry.first() else {
            continue;
        };
        let (operation, kind, sql) = match row.subject_kind.as_str() {
            "Reorganisation" => (
                "reorganisation.withdrawn",
                "Reorganisation",
                way_back!("reorganisation"),
            ),
            "Municipality" => (
                "municipality.reorganised",
                "Municipality",
                way_back!("municipality"),
            ),
            _ => (
                "areaMembership.set",
                "AreaMembership",
                way_back!("area_membership"),
            ),
        };
        let key = row.subject_key.clone();
        let draft = EntryDraft::sourced(operation, kind, key, Some(source.clone()));
        let number = writer.entry(draft);
        let values = [
            Value::from(row.number),
            Value::from(number),
            Value::from(source.0.clone()),
            Value::from(source.1.clone()),
        ];
        let session = writer.session();
        session
            .change("taking back a reorganisation", sql, values)
            .await?;
    }
    Ok(())
}
