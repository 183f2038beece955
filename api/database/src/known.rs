//! What a request knows: what it has read or computed is kept until it ends, so that it is read or
//! computed once, however often its document asks for it.
//!
//! A table that is bounded by nature is read whole, in one statement.
//!
//! The plan, the partners, the territory and the framework are some dozens to some hundreds of rows
//! each. Whatever a query asks of them, for one action or for all, it costs the same few
//! statements. Tables that grow with use (assessments, verdicts, the ledger) have repositories of
//! their own.

use std::{
    any::{Any, TypeId},
    cmp::Ordering,
    fmt,
    future::Future,
    pin::Pin,
    str::FromStr as _,
};

use elsa::sync::FrozenMap;
use sea_orm::{EntityTrait, ModelTrait, Value};
use tokio::sync::OnceCell;

use super::{DbError, Session};

/// A table of facts, by its entity.
pub trait Facts: EntityTrait<Model: Send + Sync + 'static> {}

impl<E: EntityTrait<Model: Send + Sync + 'static>> Facts for E {}

type Cell = OnceCell<Box<dyn Any + Send + Sync>>;

/// What [`Memo::once`] gives.
pub type Once<'a, T, E> = Pin<Box<dyn Future<Output = Result<&'a T, E>> + Send + 'a>>;

/// What one transaction has read or computed, by its type and a key.
#[derive(Default)]
pub struct Memo(FrozenMap<(TypeId, String), Box<Cell>>);

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
        let key = (TypeId::of::<T>(), key.to_owned());
        let cell = match self.0.get(&key) {
            Some(cell) => cell,
            None => self.0.insert(key, Box::default()),
        };
        Box::pin(async move {
            let kept = cell
                .get_or_try_init(|| async {
                    let computed: Box<dyn Any + Send + Sync> = Box::new(compute.await?);
                    Ok(computed)
                })
                .await?;
            Ok(kept.downcast_ref().expect("its type is part of its key"))
        })
    }

    /// All rows of a table that are known at the moment of a session, in the order of their keys,
    /// numbers in them compared as numbers.
    pub async fn rows<'a, E: Facts>(
        &'a self,
        session: &'a Session,
    ) -> Result<&'a [E::Model], DbError> {
        let read = async {
            let mut rows = E::find()
                .all(session)
                .await
                .map_err(DbError::doing("reading a table of facts"))?;
            rows.sort_by(in_order);
            Ok::<_, DbError>(Rows::<E>(rows))
        };
        Ok(&self.once("", read).await?.0)
    }
}

/// The rows of one table: apart from any other list of such rows.
struct Rows<E: Facts>(Vec<E::Model>);

/// By key, then by first day, then by the time of recording.
fn in_order<M: ModelTrait>(a: &M, b: &M) -> Ordering {
    let (text_a, text_b) = (text(a, "subject_key"), text(b, "subject_key"));
    natural(&text_a, &text_b)
        .then_with(|| text(a, "valid_from").cmp(&text(b, "valid_from")))
        .then_with(|| text(a, "id").cmp(&text(b, "id")))
}

fn text<M: ModelTrait>(row: &M, column: &str) -> String {
    let Ok(column) = <M::Entity as EntityTrait>::Column::from_str(column) else {
        return String::new();
    };
    match row.get(column) {
        Value::String(Some(text)) => text.to_string(),
        Value::ChronoDate(Some(day)) => day.to_string(),
        Value::Uuid(Some(id)) => id.to_string(),
        _ => String::new(),
    }
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
