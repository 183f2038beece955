//! What becomes of each criterion when an edition takes the place of another. Pure.
//!
//! An edition is proposed as a whole: every criterion of the old one is carried over as it stands,
//! is taken the place of by a changed one, or goes. Nothing is forgotten by silence: what is
//! neither carried nor replaced is told as dropped.

use super::{
    codes::Change,
    rules::{Old, Proposed},
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
    let carried = proposed.carried.iter().map(|code| Lineage {
        change: Change::Carried,
        criterion: Some(code.clone()),
        from: Some(code.clone()),
    });
    let changed = proposed.criteria.iter().flat_map(|one| {
        let replaced = one.replaces.iter().map(|from| Lineage {
            change: Change::Changed,
            criterion: Some(one.code.to_owned()),
            from: Some(from.clone()),
        });
        let added = one.replaces.is_empty().then(|| Lineage {
            change: Change::Added,
            criterion: Some(one.code.to_owned()),
            from: None,
        });
        replaced.chain(added)
    });
    let kept: Vec<Lineage> = carried.chain(changed).collect();
    let is_kept = |code: &str| kept.iter().any(|row| row.from.as_deref() == Some(code));
    let dropped: Vec<Lineage> = old
        .iter()
        .filter(|(code, _)| !is_kept(code))
        .map(|(code, _)| Lineage {
            change: Change::Dropped,
            criterion: None,
            from: Some((*code).to_owned()),
        })
        .collect();
    [kept, dropped].concat()
}
