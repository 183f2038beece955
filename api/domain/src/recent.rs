//! Values by key that were asked for lately: bounded in number and in weight, and what was asked
//! for longest ago goes first.
//!
//! It knows nothing of what it holds: whether a value still means what it meant is known by whoever
//! asks for it. A value is handed out as a clone, so it is a small one or an `Arc`.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What is held at most.
#[derive(Debug, Clone, Copy)]
pub struct Capacity {
    /// Values.
    pub values: usize,
    /// Their weights together.
    pub weight: usize,
}

/// Values that were asked for lately.
pub struct Recent<K, V> {
    capacity: Capacity,
    held: Mutex<Held<K, V>>,
}

struct Held<K, V> {
    entries: HashMap<K, Entry<V>>,
    /// By the turn at which each was asked for last.
    turns: BTreeMap<u64, K>,
    turn: u64,
    weight: usize,
}

struct Entry<V> {
    turn: u64,
    weight: usize,
    value: V,
}

/// What is held may be a secret, so it is not shown.
impl<K, V> std::fmt::Debug for Recent<K, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recent")
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Recent<K, V> {
    /// An empty one.
    #[must_use]
    pub fn new(capacity: Capacity) -> Self {
        Self {
            capacity,
            held: Mutex::new(Held {
                entries: HashMap::new(),
                turns: BTreeMap::new(),
                turn: 0,
                weight: 0,
            }),
        }
    }

    /// The value of a key.
    pub fn find(&self, key: &K) -> Option<V> {
        let mut held = self.held();
        let turn = held.next_turn();
        let entry = held.entries.get_mut(key)?;
        let last = std::mem::replace(&mut entry.turn, turn);
        let value = entry.value.clone();
        if let Some(key) = held.turns.remove(&last) {
            held.turns.insert(turn, key);
        }
        Some(value)
    }

    /// Holds a value in place of the one that its key had, and lets go of others where there is no
    /// room. What is heavier than all may be together is not held.
    pub fn keep(&self, key: K, value: V, weight: usize) {
        let mut held = self.held();
        held.remove(&key);
        if weight > self.capacity.weight {
            return;
        }
        let turn = held.next_turn();
        held.turns.insert(turn, key.clone());
        let entry = Entry {
            turn,
            weight,
            value,
        };
        held.entries.insert(key, entry);
        held.weight += weight;
        while held.entries.len() > self.capacity.values || held.weight > self.capacity.weight {
            let Some((_, oldest)) = held.turns.pop_first() else {
                break;
            };
            held.remove(&oldest);
        }
    }

    /// Lets go of a value.
    pub fn forget(&self, key: &K) {
        self.held().remove(key);
    }

    /// How many values are held.
    pub fn count(&self) -> usize {
        self.held().entries.len()
    }

    fn held(&self) -> MutexGuard<'_, Held<K, V>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash, V> Held<K, V> {
    fn next_turn(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    fn remove(&mut self, key: &K) {
        if let Some(entry) = self.entries.remove(key) {
            self.turns.remove(&entry.turn);
            self.weight -= entry.weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recent(values: usize, weight: usize) -> Recent<&'static str, u8> {
        Recent::new(Capacity { values, weight })
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let recent = recent(2, 100);
        recent.keep("a", 1, 1);
        recent.keep("b", 2, 1);
        assert_eq!(recent.find(&"a"), Some(1));
        recent.keep("c", 3, 1);
        assert_eq!(recent.find(&"b"), None);
        assert_eq!((recent.find(&"a"), recent.find(&"c")), (Some(1), Some(3)));
        assert_eq!(recent.count(), 2);
    }

    #[test]
    fn weights_are_bounded_and_what_is_held_twice_counts_once() {
        let recent = recent(10, 100);
        recent.keep("a", 1, 90);
        recent.keep("a", 2, 90);
        assert_eq!(recent.find(&"a"), Some(2));
        recent.keep("b", 3, 20);
        assert_eq!((recent.find(&"a"), recent.find(&"b")), (None, Some(3)));
        recent.keep("b", 4, 101);
        assert_eq!((recent.find(&"b"), recent.count()), (None, 0));
        recent.keep("c", 5, 100);
        assert_eq!(recent.find(&"c"), Some(5));
    }

    #[test]
    fn what_is_forgotten_makes_room() {
        let recent = recent(2, 2);
        recent.keep("a", 1, 1);
        recent.keep("b", 2, 1);
        recent.forget(&"b");
        recent.forget(&"c");
        recent.keep("c", 3, 1);
        assert_eq!((recent.find(&"a"), recent.find(&"b")), (Some(1), None));
        assert_eq!(recent.find(&"c"), Some(3));
    }
}
