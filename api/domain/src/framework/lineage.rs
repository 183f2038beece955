//! What becomes of each criterion when an edition takes the place of another. Pure.
//!
//! An edition is proposed as a whole: every criterion of the old one is carried over as it stands,
//! is taken the place of by a changed one, or goes on purpose. Nothing is forgotten by silence: a
//! proposal that leaves one out is refused.

use super::{
    codes::Change,
    order::{Placed, order},
    rules::{Old, Proposed, ProposedCriterion},
};

/// What becomes of one criterion: the new code and the old one, where there is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lineage {
    /// What became of it.
    pub change: Change,
    /// Its code in the new edition; none when it goes.
    pub criterion: Option<String>,
    /// Its code in the old edition; none when it is new.
    pub from: Option<String>,
}

/// What becomes of every criterion, old and new, in the order of the new edition and then of the
/// old.
pub fn lineage(proposed: &Proposed<'_>, old: &Old<'_>) -> Vec<Lineage> {
    let places = order(proposed, old).into_iter();
    let kept: Vec<Lineage> = places
        .flat_map(|place| match place {
            Placed::Carried(index) => vec![Lineage {
                change: Change::Carried,
                criterion: Some(old[index].code.to_owned()),
                from: Some(old[index].code.to_owned()),
            }],
            Placed::Proposed(index) => of_proposed(&proposed.criteria[index]),
        })
        .collect();
    let is_kept = |code: &str| kept.iter().any(|row| row.from.as_deref() == Some(code));
    let dropped: Vec<Lineage> = old
        .iter()
        .filter(|row| !is_kept(row.code))
        .map(|row| Lineage {
            change: Change::Dropped,
            criterion: None,
            from: Some(row.code.to_owned()),
        })
        .collect();
    [kept, dropped].concat()
}

/// What becomes of each criterion that a changed one takes the place of, or that it is new.
fn of_proposed(one: &ProposedCriterion<'_>) -> Vec<Lineage> {
    let becomes = |change, from| Lineage {
        change,
        criterion: Some(one.code.to_owned()),
        from,
    };
    if one.replaces.is_empty() {
        return vec![becomes(Change::Added, None)];
    }
    let replaced = one.replaces.iter().cloned();
    replaced
        .map(|from| becomes(Change::Changed, Some(from)))
        .collect()
}
