//! What is computed once, by its type and a key: of one request, or of everybody.

use std::{
    any::{Any, TypeId},
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
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

/// The place of one thing.
#[derive(Default)]
struct Cell {
    kept: OnceCell<Kept>,
    /// How often it could not be computed.
    failures: AtomicU32,
}

impl Cell {
    /// What is kept, computed by one of all who wait for it. Where that one fails, they do not fail
    /// one after another, each as slowly: each computes for itself, and the first is kept.
    async fn get_or_compute<E>(
        &self,
        compute: impl Future<Output = Result<Kept, E>>,
    ) -> Result<&Kept, E> {
        let failures = self.failures.load(Ordering::Relaxed);
        let mut compute = Some(compute);
        let computing = async {
            if self.failures.load(Ordering::Relaxed) != failures {
                return Err(None);
            }
            let Some(compute) = compute.take() else {
                return Err(None);
            };
            compute.await.map_err(|error| {
                self.failures.fetch_add(1, Ordering::Relaxed);
                Some(error)
            })
        };
        let computed = self.kept.get_or_try_init(|| computing).await;
        match computed {
            Ok(kept) => Ok(kept),
            Err(Some(error)) => Err(error),
            Err(None) => {
                let compute = compute.take().expect("nobody began it");
                let kept = compute.await?;
                Ok(self.kept.get_or_init(|| async { kept }).await)
            }
        }
    }
}

/// What was computed or is being computed.
#[derive(Default)]
pub(crate) struct Cells(FrozenMap<Key, Arc<Cell>>);

impl Cells {
    /// What was computed of this type under a key.
    pub(crate) fn get<T: Any>(&self, key: &str) -> Option<&T> {
        let cell = self.0.get(&(TypeId::of::<T>(), key.to_owned()))?;
        cell.kept.get()?.value.downcast_ref()
    }

    /// What is kept of this type under a key, computed from tables when it is first wanted. Whoever
    /// wants it meanwhile waits for it; a failure is not kept, and where whoever computes is given
    /// up, the next who waits computes. It stands on the heap: the caller may be deep in others
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
            let computed = async {
                let (value, tables) = compute.await?;
                let value: Box<dyn Any + Send + Sync> = Box::new(value);
                Ok::<_, E>(Kept { value, tables })
            };
            let kept = cell.get_or_compute(computed).await?;
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
            let cell = cell.filter(|cell| {
                let kept = cell.kept.get();
                kept.is_some_and(|kept| kept.tables.iter().all(|table| is_same(table)))
            });
            if let Some(cell) = cell {
                self.0.insert(key, cell);
            }
        }
    }
}
