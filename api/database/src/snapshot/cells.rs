//! What is computed once, by its type and a key: of one request, or of everybody.

use std::{
    any::{Any, TypeId},
    future::Future,
    pin::Pin,
    sync::Arc,
};

use elsa::sync::FrozenMap;
use tokio::sync::OnceCell;

/// What [`Memo::once`](super::super::Memo::once) gives.
pub type Once<'a, T, E> = Pin<Box<dyn Future<Output = Result<&'a T, E>> + Send + 'a>>;

/// The names of tables.
pub(crate) type Names = Vec<&'static str>;

type Key = (TypeId, String);

/// What was computed, and the tables that it was computed from.
struct Kept {
    value: Box<dyn Any + Send + Sync>,
    tables: Names,
}

type Cell = OnceCell<Kept>;

/// What was computed or is being computed.
#[derive(Default)]
pub(crate) struct Cells(FrozenMap<Key, Arc<Cell>>);

impl Cells {
    /// What was computed of this type under a key.
    pub(crate) fn get<T: Any>(&self, key: &str) -> Option<&T> {
        let cell = self.0.get(&(TypeId::of::<T>(), key.to_owned()))?;
        cell.get()?.value.downcast_ref()
    }

    /// What is kept of this type under a key, computed from tables when it is first wanted. Whoever
    /// wants it meanwhile waits for it; a failure is not kept, and where whoever computes gives up,
    /// the next who waits computes. It stands on the heap: the caller may be deep in others
    /// already.
    pub(crate) fn once<'a, T: Any + Send + Sync, E: Send + 'a>(
        &'a self,
        key: &str,
        compute: impl Future<Output = Result<(T, Names), E>> + Send + 'a,
    ) -> Once<'a, T, E> {
        let key = (TypeId::of::<T>(), key.to_owned());
        let cell = match self.0.get(&key) {
            Some(cell) => cell,
            None => self.0.insert(key, Arc::default()),
        };
        Box::pin(async move {
            let kept = cell
                .get_or_try_init(|| async {
                    let (value, tables) = compute.await?;
                    let value: Box<dyn Any + Send + Sync> = Box::new(value);
                    Ok(Kept { value, tables })
                })
                .await?;
            Ok(kept
                .value
                .downcast_ref()
                .expect("its type is part of its key"))
        })
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes over what was computed elsewhere from these tables alone.
    pub(crate) fn take_over(&self, from: &Self, is_same: impl Fn(&str) -> bool) {
        for key in from.0.keys_cloned() {
            let cell = from.0.map_get(&key, Arc::clone);
            let is_same =
                |cell: &Arc<Cell>| cell.get().is_some_and(|kept| all(&kept.tables, &is_same));
            if let Some(cell) = cell.filter(is_same) {
                self.0.insert(key, cell);
            }
        }
    }
}

fn all(tables: &Names, is_same: impl Fn(&str) -> bool) -> bool {
    tables.iter().all(|table| is_same(table))
}
