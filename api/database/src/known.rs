//! What a request knows: what it has read or computed is kept until it ends, so that it is read or
//! computed once, however often its document asks for it.
//!
//! A table that is bounded by nature is read whole, in one statement; one that everybody may read
//! once for all requests that read at one ledger number, see `snapshot`.
//!
//! The plan, the partners, the territory and the framework are some dozens to some hundreds of rows
//! each. Whatever a query asks of them, for one action or for all, it costs the same few
//! statements. Tables that grow with use (assessments, verdicts, the ledger) have repositories of
//! their own.

use std::{any::Any, cmp::Ordering, fmt, future::Future, marker::PhantomData, str::FromStr as _};

use chrono::NaiveDate;
use sea_orm::{EntityTrait, ModelTrait as _, Value, prelude::Uuid};

use super::{
    DbError, Session,
    snapshot::{Cells, Names, Once, Snapshot, Tables, name_of},
};

/// A table of facts, by its entity.
pub trait Facts: EntityTrait<Model: Send + Sync + 'static> {}

impl<E: EntityTrait<Model: Send + Sync + 'static>> Facts for E {}

/// What one transaction has read or computed, by its type and a key.
#[derive(Default)]
pub struct Memo(Cells);

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

impl Memo {
    /// What is kept of this type under a key, computed when it is first asked for. The key names
    /// everything that it depends on beside the transaction. Whoever asks meanwhile waits for it; a
    /// failure is not kept. It stands on the heap: whoever asks may be deep in others already.
    pub fn once<'a, T: Any + Send + Sync, E: Send + 'a>(
        &'a self,
        key: &str,
        compute: impl Future<Output = Result<T, E>> + Send + 'a,
    ) -> Once<'a, T, E> {
        let computed = async { compute.await.map(|computed| (computed, Names::new())) };
        self.0.once(key, computed)
    }

    /// All rows of a table that are known at the moment of a session, in the order of their keys,
    /// numbers in them compared as numbers. Of a table that everybody may read they are those of
    /// the snapshot, and cost no statement once somebody has read them.
    pub async fn rows<'a, E: Facts>(
        &'a self,
        session: &'a Session,
    ) -> Result<&'a [E::Model], DbError> {
        let open = open_to_all::<E>(session).await?;
        if let Some((_, snapshot)) = open
            && let Some(rows) = snapshot.cells.get::<Rows<E>>("")
        {
            return Ok(&rows.0);
        }
        let Some((name, snapshot)) = open.filter(|(_, snapshot)| snapshot.has_room()) else {
            return Ok(&self.once("", read::<E>(session)).await?.0);
        };
        let read = async move {
            let rows = read::<E>(session).await?;
            snapshot.note_rows(rows.0.len());
            Ok::<_, DbError>((rows, vec![name]))
        };
        Ok(&snapshot.cells.once("", read).await?.0)
    }

    /// What is derived from the rows of one table, and from nothing else that the key does not name:
    /// kept with them. Of a table that everybody may read that is for every request, as long as its
    /// rows stay as they are, so the keys are few.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn derived<'a, E: Facts, T: Any + Send + Sync>(
        &'a self,
        session: &'a Session,
        key: &str,
        derive: impl FnOnce(&[E::Model]) -> T + Send + 'a,
    ) -> Result<&'a T, DbError> {
        let open = open_to_all::<E>(session).await?;
        if let Some((_, snapshot)) = open
            && let Some(derived) = snapshot.cells.get::<Derived<E, T>>(key)
        {
            return Ok(&derived.0);
        }
        let rows = self.rows::<E>(session).await?;
        let tables = open.iter().map(|(name, _)| *name).collect();
        let cells = open.and_then(|(_, snapshot)| room_in(snapshot));
        let deriving = async move {
            let derived = Derived::<E, T>(derive(rows), PhantomData);
            Ok::<_, DbError>((derived, tables))
        };
        Ok(&cells.unwrap_or(&self.0).once(key, deriving).await?.0)
    }

    /// What is derived from tables that everybody may read, and from nothing else that the key does
    /// not name: kept with their rows, for every request, as long as these stay as they are, so
    /// the keys are few.
    pub fn shared<'a, T, F>(
        &'a self,
        session: &'a Session,
        key: &str,
        derive: impl FnOnce(Tables<'a>) -> F + Send + 'a,
    ) -> Once<'a, T, DbError>
    where
        T: Any + Send + Sync,
        F: Future<Output = Result<T, DbError>> + Send + 'a,
    {
        let key = key.to_owned();
        Box::pin(async move {
            let snapshot = session.snapshot().await?;
            if let Some(found) = snapshot.and_then(|snapshot| snapshot.cells.get(&key)) {
                return Ok(found);
            }
            let cells = snapshot.and_then(room_in).unwrap_or(&self.0);
            let tables = Tables::new(self, session);
            let deriving = async move {
                let derived = derive(tables.clone()).await?;
                Ok::<_, DbError>((derived, tables.names()))
            };
            cells.once(&key, deriving).await
        })
    }
}

/// The snapshot that holds a table, and its name; none of a table that a wall guards.
async fn open_to_all<E: Facts>(
    session: &Session,
) -> Result<Option<(&'static str, &Snapshot)>, DbError> {
    let Some(name) = name_of::<E>() else {
        return Ok(None);
    };
    let snapshot = session.snapshot().await?;
    Ok(snapshot.map(|snapshot| (name, snapshot)))
}

fn room_in(snapshot: &Snapshot) -> Option<&Cells> {
    snapshot.has_room().then_some(&snapshot.cells)
}

/// The rows of one table: apart from any other list of such rows.
struct Rows<E: Facts>(Vec<E::Model>);

/// What is derived from the rows of one table: apart from the same of another.
struct Derived<E, T>(T, PhantomData<fn() -> E>);

async fn read<E: Facts>(session: &Session) -> Result<Rows<E>, DbError> {
    let rows = E::find().all(session).await;
    let rows = rows.map_err(DbError::doing("reading a table of facts"))?;
    Ok(Rows(in_order::<E>(rows)))
}

/// By key, then by first day, then by the time of recording.
fn in_order<E: Facts>(rows: Vec<E::Model>) -> Vec<E::Model> {
    let column = |name| E::Column::from_str(name).ok();
    let (key, first_day, id) = (column("subject_key"), column("valid_from"), column("id"));
    let of = |row: &E::Model, column: Option<E::Column>| column.map(|column| row.get(column));
    let keys = |row: &E::Model| -> (String, Option<NaiveDate>, Option<Uuid>) {
        let key = match of(row, key) {
            Some(Value::String(Some(key))) => key,
            _ => String::new(),
        };
        let first_day = match of(row, first_day) {
            Some(Value::ChronoDate(day)) => day,
            _ => None,
        };
        let id = match of(row, id) {
            Some(Value::Uuid(id)) => id,
            _ => None,
        };
        (key, first_day, id)
    };
    let mut keyed: Vec<_> = rows.into_iter().map(|row| (keys(&row), row)).collect();
    keyed.sort_by(|((key_a, day_a, id_a), _), ((key_b, day_b, id_b), _)| {
        natural(key_a, key_b).then_with(|| (day_a, id_a).cmp(&(day_b, id_b)))
    });
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// Texts in the order in which people count: `2024/9` before `2024/10`.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (x, rest_a) = piece(a);
        let (y, rest_b) = piece(b);
        let order = match (x.parse::<u64>(), y.parse::<u64>()) {
            (Ok(x), Ok(y)) => x.cmp(&y),
            _ => x.cmp(y),
        };
        if order.is_ne() || (x.is_empty() && y.is_empty()) {
            return order;
        }
        (a, b) = (rest_a, rest_b);
    }
}

/// The digits, or the other letters, that a text begins with, and what follows.
fn piece(text: &str) -> (&str, &str) {
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text
        .find(|c: char| c.is_ascii_digit() != digits)
        .unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_thing_is_computed_once_and_a_failure_is_not_kept() {
        let memo = Memo::default();
        let failed = memo.once::<u8, _>("a", async { Err("failed") }).await;
        assert_eq!(failed, Err("failed"));
        let first = memo.once("a", async { Ok::<_, &str>(1_u8) }).await;
        let again = memo.once("a", async { Ok::<_, &str>(2_u8) }).await;
        assert_eq!((first, again), (Ok(&1), Ok(&1)));
        let other_key = memo.once("b", async { Ok::<_, &str>(3_u8) }).await;
        let other_type = memo.once("a", async { Ok::<_, &str>(4_u16) }).await;
        assert_eq!((other_key, other_type), (Ok(&3), Ok(&4)));
    }

    #[test]
    fn rows_are_ordered_by_key_then_day_then_id() {
        let row = |key: &str, day: Option<&str>, id: u128| entity::tile::Model {
            id: Uuid::from_u128(id),
            ledger_no: 1,
            subject_key: key.to_owned(),
            valid_from: day.map(|day| day.parse().unwrap()),
            valid_to: None,
            corrects: None,
            withdrawn: false,
            source_document: None,
            source_lines: None,
            note: None,
            kind: String::new(),
            code: String::new(),
            tile_row: 0,
            tile_column: 0,
        };
        let rows = vec![
            row("t/10", None, 1),
            row("t/9", Some("2026-02-01"), 3),
            row("t/9", Some("2026-02-01"), 2),
            row("t/9", None, 4),
            row("t/9", Some("2025-12-01"), 5),
        ];
        let ordered = in_order::<entity::tile::Entity>(rows);
        let ids: Vec<u128> = ordered.iter().map(|row| row.id.as_u128()).collect();
        assert_eq!(ids, [4, 5, 2, 3, 1]);
        let texts = ["b", "a"].map(|body| entity::public_text::Model {
            id: Uuid::from_u128(u128::from(body.as_bytes()[0])),
            ledger_no: 1,
            body: Some(body.to_owned()),
        });
        let ordered = in_order::<entity::public_text::Entity>(texts.to_vec());
        assert_eq!(ordered[0].body.as_deref(), Some("a"), "by id alone");
    }

    #[test]
    fn keys_are_ordered_as_people_count() {
        let mut keys = [
            "2024/10",
            "2024/9/2",
            "2023/20",
            "2024/9",
            "2024/9/10",
            "a",
            "",
        ];
        keys.sort_by(|a, b| natural(a, b));
        assert_eq!(
            keys,
            [
                "",
                "2023/20",
                "2024/9",
                "2024/9/2",
                "2024/9/10",
                "2024/10",
                "a"
            ]
        );
    }
}
