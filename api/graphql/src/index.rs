//! Rows of a table by a key, so that a field of one object among many goes through the rows of its
//! own key and not through the whole table.
//!
//! An index holds the places of rows and no row. It is derived from the rows that [`known`] gives,
//! when it is first needed, and kept with them; the rows of one key come in their order. Reading an
//! index reads its table, also where a key has no rows, so that a list costs the same statements
//! for any of its objects.

use std::{
    borrow::Borrow,
    fmt,
    hash::{BuildHasher as _, Hash, RandomState},
    iter,
    marker::PhantomData,
    sync::Arc,
};

use async_graphql::{Context, Result};
use database::Facts;
use sea_orm::EntityTrait;

use super::known::{derived, known, shared};

/// A row of the table of a key.
pub type RowOf<K> = <<K as IndexKey>::Table as EntityTrait>::Model;

/// What the rows of a table are looked up by. [`index_key`](crate::index_key) makes one.
pub trait IndexKey: Sized + 'static {
    /// The table.
    type Table: Facts;
    /// The value of the key.
    type Of<'a>: Hash + Eq;
    /// The key of a row.
    fn of(row: &RowOf<Self>) -> Self::Of<'_>;
}

/// Makes an [`IndexKey`]: its name, the table, the type of the key and the key of a row.
#[macro_export]
macro_rules! index_key {
    ($(
        $(#[$doc:meta])*
        $visible:vis $name:ident<$life:lifetime> of $table:ident by $of:ty = |$row:ident| $key:expr;
    )+) => {$(
        $(#[$doc])*
        $visible enum $name {}

        impl $crate::index::IndexKey for $name {
            type Table = entity::$table::Entity;
            type Of<$life> = $of;

            fn of($row: &entity::$table::Model) -> Self::Of<'_> {
                $key
            }
        }
    )+};
}

/// The rows of a table by a key, as they are or to be shared.
pub struct Index<'a, K: IndexKey, R = RowOf<K>> {
    rows: &'a [R],
    places: &'a Places<K>,
}

impl<K: IndexKey, R> Clone for Index<'_, K, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: IndexKey, R> Copy for Index<'_, K, R> {}

impl<K: IndexKey, R> fmt::Debug for Index<'_, K, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Index")
    }
}

impl<'a, K: IndexKey, R: Borrow<RowOf<K>>> Index<'a, K, R> {
    /// The rows of a key, in the order of the table.
    pub fn rows_of<'k>(self, key: K::Of<'k>) -> impl Iterator<Item = &'a R>
    where
        'a: 'k,
    {
        let Self { rows, places } = self;
        let alike = places.like(&key).map(move |place| &rows[place]);
        alike.filter(move |row| {
            let row: &'a R = row;
            let own: K::Of<'k> = K::of(row.borrow());
            own == key
        })
    }

    /// The first row of a key; none when there is no such row.
    pub fn first_of<'k>(self, key: K::Of<'k>) -> Option<&'a R>
    where
        'a: 'k,
    {
        self.rows_of(key).next()
    }
}

/// The index of a table by a key.
pub async fn index<'a, K: IndexKey>(ctx: &'a Context<'_>) -> Result<Index<'a, K>> {
    let rows = known::<K::Table>(ctx).await?;
    let places = derived::<K::Table, _>(ctx, Places::<K>::of).await?;
    Ok(Index { rows, places })
}

/// The index of a table by a key, whose rows many objects share.
pub async fn index_of_shared<'a, K: IndexKey>(
    ctx: &'a Context<'_>,
) -> Result<Index<'a, K, Arc<RowOf<K>>>> {
    let rows = shared::<K::Table>(ctx).await?;
    let places = derived::<K::Table, _>(ctx, Places::<K>::of).await?;
    Ok(Index { rows, places })
}

/// The places of the rows of a table by their keys.
struct Places<K> {
    hasher: RandomState,
    chains: Chains,
    key: PhantomData<fn() -> K>,
}

impl<K: IndexKey> Places<K> {
    fn of(rows: &[RowOf<K>]) -> Self {
        let hasher = RandomState::new();
        let hashes = rows.iter().map(|row| hasher.hash_one(K::of(row)));
        Self {
            chains: Chains::of(hashes),
            hasher,
            key: PhantomData,
        }
    }

    /// The places of the rows of a key, and perhaps of some others.
    fn like<'s>(&'s self, key: &K::Of<'_>) -> impl Iterator<Item = usize> + use<'s, K> {
        self.chains.like(self.hasher.hash_one(key))
    }
}

/// Places by their hashes: those of one remainder hang together, in their order.
struct Chains {
    first: Vec<Option<usize>>,
    next: Vec<Option<usize>>,
}

impl Chains {
    fn of(hashes: impl ExactSizeIterator<Item = u64> + DoubleEndedIterator) -> Self {
        let mut chains = Self {
            first: vec![None; hashes.len().next_power_of_two()],
            next: vec![None; hashes.len()],
        };
        for (place, hash) in hashes.enumerate().rev() {
            let chain = chains.chain(hash);
            chains.next[place] = chains.first[chain].replace(place);
        }
        chains
    }

    fn chain(&self, hash: u64) -> usize {
        let remainder = hash % self.first.len() as u64;
        usize::try_from(remainder).expect("less than a length")
    }

    /// The places of a hash, and of those that share its remainder.
    fn like(&self, hash: u64) -> impl Iterator<Item = usize> {
        iter::successors(self.first[self.chain(hash)], move |place| self.next[*place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(hashes: &[u64], hash: u64) -> Vec<usize> {
        let chains = Chains::of(hashes.iter().copied());
        let places = chains.like(hash);
        places.filter(|place| hashes[*place] == hash).collect()
    }

    #[test]
    fn the_places_of_a_hash_come_in_their_order() {
        // Four share the remainder of eight, and one has it alone.
        let hashes = [3, 11, 4, 3, 19, 3, 7];
        assert_eq!(like(&hashes, 3), [0, 3, 5]);
        assert_eq!(like(&hashes, 11), [1]);
        assert_eq!(like(&hashes, 7), [6]);
    }

    #[test]
    fn what_is_not_there_has_no_place() {
        assert_eq!(like(&[3, 11], 5), [0_usize; 0]);
        assert_eq!(like(&[], 5), [0_usize; 0]);
    }
}
