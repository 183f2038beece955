//! What is left out of a table of counts, so that it tells nobody the verdict or the answers of a
//! municipality. Pure.
//!
//! Of a reporting period there is one such table (see [`super::repetition`]), so what is left out
//! is decided within it and by no history. The words are those of the *Handbook on Statistical
//! Disclosure Control* (second edition, 2024), for tables of counts:
//!
//! - **Threshold rule**: a group of fewer than five members is sensitive.
//! - **Group disclosure**: so is a group of which all members have the same verdict, as the count
//!   tells that of each; and one of which all but one have, as the one that knows itself then knows
//!   the others. That is the dominance rule of a table of counts. The same is looked at among the
//!   *assessed*: who handed in can be known to others, and of a province of 26 in which 10 are not
//!   assessed and 16 are not compliant, the count tells all 16.
//! - **Primary suppression**: sensitive groups are withheld.
//! - **Secondary suppression**: the total is told, so what is withheld could be had by subtracting
//!   the rest. The withheld groups together must therefore be as safe as a group that is told, and
//!   be two at least; while they are not, another one is withheld with them. Were that the smallest
//!   one left, a larger one that is withheld would be known to be sensitive itself. So they are
//!   taken in an order that a secret of the database decides, once for a period; and what was
//!   withheld once stays so in every later publication of the period.
//!
//! **What this does not protect against.** Two members that put together what they know: a group is
//! told when two are unlike the others. Whoever knows more than its own verdict from elsewhere.
//! What a count makes likely and does not prove. What was handed in, on time or late, is counted
//! beside the verdicts and is no reason to withhold. The counts of answers are looked at criterion
//! by criterion, and not together with each other or with the verdicts that follow from them. A
//! correction that is named tells by how much a count was wrong.

use super::lines::Withheld;
use crate::picture::rules::Verdicts;

/// Members below which a group is withheld.
pub const FEWEST_MEMBERS: i64 = 5;

/// Why this group may not be told, looked at alone.
pub fn unsafe_alone(verdicts: &Verdicts) -> Option<Withheld> {
    if verdicts.members() < FEWEST_MEMBERS {
        Some(Withheld::FewerThanFive)
    } else if verdicts.is_almost_uniform() {
        Some(Withheld::Revealing)
    } else {
        None
    }
}

/// Why the answers to a criterion may not be told, each with how many gave it. An answer that all
/// gave, or all but one, tells that of each, if not to everybody then to the one.
pub fn unsafe_answers(counts: &[i64]) -> Option<Withheld> {
    let assessed: i64 = counts.iter().sum();
    if assessed < FEWEST_MEMBERS {
        Some(Withheld::FewerThanFive)
    } else if counts.iter().any(|count| assessed - count <= 1) {
        Some(Withheld::Revealing)
    } else {
        None
    }
}

/// Which groups are withheld and why, in their order. The groups together are the country, none of
/// them twice. `before` are those that an earlier publication of the period withheld; others that
/// are safe are taken from `order`, which has every group once.
pub fn withheld(groups: &[Verdicts], before: &[usize], order: &[usize]) -> Vec<Option<Withheld>> {
    let mut reasons: Vec<Option<Withheld>> = groups.iter().map(unsafe_alone).collect();
    for at in before {
        reasons[*at].get_or_insert(Withheld::Revealing);
    }
    let mut order = order.iter();
    loop {
        let hidden = groups
            .iter()
            .zip(&reasons)
            .filter(|(_, withheld)| withheld.is_some())
            .map(|(group, _)| *group)
            .reduce(|sum, group| sum.plus(&group));
        let is_safe = hidden.is_none_or(|hidden| unsafe_alone(&hidden).is_none());
        // One alone is the difference of the total and the rest, however large it is.
        let is_alone = reasons.iter().flatten().count() == 1;
        if is_safe && !is_alone {
            return reasons;
        }
        match order.find(|at| reasons[**at].is_none()) {
            Some(at) => reasons[*at] = Some(Withheld::Revealing),
            None => return reasons,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        Withheld::{FewerThanFive, Revealing},
        *,
    };

    fn tables(groups: &[[i64; 4]]) -> Vec<Verdicts> {
        groups.iter().map(|counts| Verdicts::of(*counts)).collect()
    }

    fn reasons(groups: &[[i64; 4]], before: &[usize], order: &[usize]) -> Vec<Option<Withheld>> {
        withheld(&tables(groups), before, order)
    }

    #[test]
    fn a_group_is_sensitive_by_the_threshold_and_by_what_all_or_all_but_one_have_in_common() {
        for (counts, expected) in [
            ([1, 1, 1, 1], Some(FewerThanFive)),
            ([1, 2, 2, 0], None),
            ([0, 5, 0, 0], Some(Revealing)),
            ([0, 5, 0, 1], Some(Revealing)),
            ([0, 5, 0, 2], None),
            ([5, 0, 0, 0], Some(Revealing)),
            // Among the assessed: all, all but one, and two unlike the others.
            ([10, 16, 0, 0], Some(Revealing)),
            ([10, 15, 1, 0], Some(Revealing)),
            ([10, 14, 1, 1], None),
            ([10, 14, 2, 0], None),
            ([24, 1, 1, 0], Some(Revealing)),
            ([23, 1, 1, 1], None),
        ] {
            assert_eq!(unsafe_alone(&Verdicts::of(counts)), expected, "{counts:?}");
        }
    }

    #[test]
    fn answers_are_sensitive_in_the_same_way() {
        assert_eq!(unsafe_answers(&[2, 1, 1, 0, 0]), Some(FewerThanFive));
        assert_eq!(unsafe_answers(&[6, 0, 0, 0, 0]), Some(Revealing));
        assert_eq!(unsafe_answers(&[5, 0, 1, 0, 0]), Some(Revealing));
        assert_eq!(unsafe_answers(&[4, 0, 2, 0, 0]), None);
    }

    #[test]
    fn what_would_give_a_sensitive_group_away_is_withheld_in_the_order_of_the_period() {
        let three = [[1, 1, 0, 0], [3, 3, 3, 0], [2, 2, 2, 2]];
        assert_eq!(
            reasons(&three, &[], &[1, 2, 0]),
            [Some(FewerThanFive), Some(Revealing), None]
        );
        assert_eq!(
            reasons(&three, &[], &[0, 2, 1]),
            [Some(FewerThanFive), None, Some(Revealing)]
        );
        // Nothing is sensitive, so nothing is withheld, whatever the order.
        assert_eq!(
            reasons(&[[3, 2, 2, 0], [4, 4, 2, 1]], &[], &[1, 0]),
            [None, None]
        );
        // Two that are uniform in different verdicts hide each other; in the same verdict they do
        // not.
        assert_eq!(
            reasons(&[[0, 6, 0, 0], [0, 0, 6, 0], [3, 3, 2, 0]], &[], &[2, 1, 0]),
            [Some(Revealing), Some(Revealing), None]
        );
        assert_eq!(
            reasons(&[[0, 6, 0, 0], [0, 6, 0, 0], [3, 3, 2, 0]], &[], &[2, 1, 0]),
            [Some(Revealing), Some(Revealing), Some(Revealing)]
        );
    }

    #[test]
    fn what_was_withheld_before_stays_so() {
        let four = [[3, 3, 3, 0], [2, 2, 2, 2], [1, 4, 4, 0], [0, 3, 3, 3]];
        assert_eq!(reasons(&four, &[], &[0, 1, 2, 3]), [None; 4]);
        assert_eq!(
            reasons(&four, &[1, 3], &[0, 1, 2, 3]),
            [None, Some(Revealing), None, Some(Revealing)]
        );
        // One alone would be the total less the rest.
        assert_eq!(
            reasons(&four, &[3], &[2, 0, 1, 3]),
            [None, None, Some(Revealing), Some(Revealing)]
        );
    }

    /// Every way in which so many members can have the four verdicts, `assessed` of them assessed.
    fn counts(members: i64, assessed: i64) -> Vec<[i64; 4]> {
        let mut all = Vec::new();
        for one in 0..=assessed {
            for two in 0..=assessed - one {
                all.push([members - assessed, one, two, assessed - one - two]);
            }
        }
        all
    }

    /// Every way in which groups can make up the rest, when it is known of each how many of its
    /// members were assessed.
    fn worlds(groups: &[[i64; 4]], rest: [i64; 4]) -> Vec<Vec<[i64; 4]>> {
        let Some((first, others)) = groups.split_first() else {
            return if rest == [0; 4] {
                vec![Vec::new()]
            } else {
                Vec::new()
            };
        };
        let members: i64 = first.iter().sum();
        let mut all = Vec::new();
        for own in counts(members, members - first[0]) {
            let left = [0, 1, 2, 3].map(|at| rest[at] - own[at]);
            if left.iter().all(|count| *count >= 0) {
                for mut world in worlds(others, left) {
                    world.insert(0, own);
                    all.push(world);
                }
            }
        }
        all
    }

    /// The verdict that all assessed of a group have, when there is one; `own` is the verdict of
    /// one of them who looks at the others.
    fn uniform(group: &[i64; 4], own: Option<usize>) -> Option<usize> {
        let mut group = *group;
        if let Some(own) = own {
            group[own] -= 1;
        }
        let held: Vec<usize> = (1..4).filter(|at| group[*at] > 0).collect();
        match held[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Whether all worlds agree on the verdict of the assessed of a group.
    fn is_known(worlds: &[&Vec<[i64; 4]>], at: usize, own: Option<usize>) -> bool {
        let mut seen = worlds.iter().map(|world| uniform(&world[at], own));
        match seen.next().flatten() {
            Some(first) => seen.all(|one| one == Some(first)),
            None => false,
        }
    }

    proptest! {
        /// Whatever the groups and the order are, the total minus those that are told is nothing,
        /// or as safe as a group that is told, or everything.
        #[test]
        fn the_rest_is_never_unsafe(
            groups in proptest::collection::vec(proptest::array::uniform4(0_i64..6), 1..12),
            turn in 0_usize..12,
        ) {
            let groups: Vec<Verdicts> = groups.into_iter().map(Verdicts::of).collect();
            let mut order: Vec<usize> = (0..groups.len()).collect();
            order.rotate_left(turn % groups.len());
            let reasons = withheld(&groups, &[], &order);
            let hidden: Vec<Verdicts> = groups.iter().zip(&reasons)
                .filter(|(_, reason)| reason.is_some()).map(|(group, _)| *group).collect();
            for (group, reason) in groups.iter().zip(&reasons) {
                prop_assert!(reason.is_some() || unsafe_alone(group).is_none());
            }
            if !hidden.is_empty() && hidden.len() < groups.len() {
                let rest = hidden.iter().fold(Verdicts::default(), |sum, group| sum.plus(group));
                prop_assert!(hidden.len() > 1);
                prop_assert_eq!(unsafe_alone(&rest), None);
            }
            // What was withheld once and is withheld again needs no other group.
            let before = (0..groups.len()).filter(|at| reasons[*at].is_some());
            let before: Vec<usize> = before.collect();
            order.reverse();
            prop_assert_eq!(withheld(&groups, &before, &order), reasons);
        }

        /// Exactly, over every world that agrees with a small table: neither the public nor one
        /// insider of any group learns the verdict of an assessed municipality that is another.
        #[test]
        fn no_world_is_the_only_one(
            groups in proptest::collection::vec(
                (0_i64..3, 0_i64..4, 0_i64..4, 0_i64..3).prop_map(|(a, b, c, d)| [a, b, c, d]),
                2..4,
            ),
        ) {
            let order: Vec<usize> = (0..groups.len()).collect();
            let reasons = reasons(&groups, &[], &order);
            let shown: Vec<&[i64; 4]> = groups.iter().zip(&reasons)
                .filter(|(_, reason)| reason.is_none()).map(|(group, _)| group).collect();
            for group in &shown {
                prop_assert_eq!(uniform(group, None), None);
                for own in (1..4).filter(|at| group[*at] > 0) {
                    prop_assert_eq!(uniform(group, Some(own)), None);
                }
            }
            let total = groups
                .iter()
                .fold([0; 4], |sum, group| [0, 1, 2, 3].map(|at| sum[at] + group[at]));
            // Where the total is sensitive it is withheld, and nothing is left to subtract from.
            if unsafe_alone(&Verdicts::of(total)).is_none() {
                let rest = shown
                    .iter()
                    .fold(total, |sum, group| [0, 1, 2, 3].map(|at| sum[at] - group[at]));
                let hidden: Vec<[i64; 4]> = groups.iter().zip(&reasons)
                    .filter(|(_, reason)| reason.is_some()).map(|(group, _)| *group).collect();
                let all = worlds(&hidden, rest);
                let seen: Vec<&Vec<[i64; 4]>> = all.iter().collect();
                for at in 0..hidden.len() {
                    prop_assert!(!is_known(&seen, at, None), "{hidden:?}");
                    for own in (1..4).filter(|own| hidden[at][*own] > 0) {
                        let seen: Vec<&Vec<[i64; 4]>> =
                            all.iter().filter(|world| world[at][own] > 0).collect();
                        for other in 0..hidden.len() {
                            let own = (other == at).then_some(own);
                            prop_assert!(!is_known(&seen, other, own), "{hidden:?}");
                        }
                    }
                }
            }
        }
    }
}
