//! Decides what follows from counts: exactly, by propagating bounds until nothing moves and trying
//! out what is left open. Nothing here knows the service.

use std::collections::BTreeSet;

/// The values that an unknown may have, as bits.
type Values = u8;

/// Of these unknowns so many have each value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Count {
    members: BTreeSet<usize>,
    of: Vec<usize>,
}

/// What somebody knows of some unknowns, each of which has one of a few values.
#[derive(Debug, Clone)]
pub(super) struct Knowledge {
    possible: Vec<Values>,
    given: Vec<Count>,
    /// Those that were given, and what is left of them without one another.
    counts: Vec<Count>,
}

impl Count {
    /// What is left of it without a part; none where that is no part of it, or all of it.
    fn less(&self, part: &Self) -> Option<Self> {
        let is_part =
            part.members.len() < self.members.len() && part.members.is_subset(&self.members);
        is_part.then(|| Self {
            members: &self.members - &part.members,
            of: self
                .of
                .iter()
                .zip(&part.of)
                .map(|(all, some)| {
                    let rest = all.checked_sub(*some);
                    rest.expect("a part has no more than the whole")
                })
                .collect(),
        })
    }
}

impl Knowledge {
    /// Nothing is known of so many unknowns with so many values.
    pub(super) fn none(unknowns: usize, values: usize) -> Self {
        Self {
            possible: vec![(1 << values) - 1; unknowns],
            given: Vec::new(),
            counts: Vec::new(),
        }
    }

    /// An unknown has this value.
    pub(super) fn is(&mut self, unknown: usize, value: usize) {
        self.possible[unknown] = 1 << value;
    }

    /// An unknown has not this value.
    pub(super) fn is_not(&mut self, unknown: usize, value: usize) {
        self.possible[unknown] &= !(1 << value);
    }

    /// A count becomes known, and with it what is left of a count when others of some of
    /// its members are taken from it. That is for speed: what follows is decided by trying out.
    pub(super) fn learn(&mut self, members: impl IntoIterator<Item = usize>, of: &[usize]) {
        let count = Count {
            members: members.into_iter().collect(),
            of: of.to_vec(),
        };
        assert_eq!(count.members.len(), of.iter().sum::<usize>(), "{count:?}");
        if count.members.is_empty() || self.given.contains(&count) {
            return;
        }
        let mut new: Vec<Count> = self
            .counts
            .iter()
            .filter_map(|all| all.less(&count))
            .collect();
        self.given.push(count.clone());
        new.push(count);
        while let Some(count) = new.pop() {
            if !self.counts.contains(&count) {
                new.extend(self.given.iter().filter_map(|part| count.less(part)));
                self.counts.push(count);
            }
        }
    }

    /// The unknowns whose value is certain, and was not before anything was counted.
    pub(super) fn follows(&self) -> BTreeSet<usize> {
        let first = self.solution(self.possible.clone());
        let mut seen = first.expect("what was told does not contradict itself");
        let counted: BTreeSet<usize> = self
            .counts
            .iter()
            .flat_map(|count| count.members.clone())
            .collect();
        let mut certain = BTreeSet::new();
        for unknown in counted {
            let others = self.possible[unknown] & !seen[unknown];
            if seen[unknown].count_ones() > 1 || self.possible[unknown].count_ones() == 1 {
                continue;
            }
            let other = bits(others).find_map(|value| {
                let mut tried = self.possible.clone();
                tried[unknown] = value;
                self.solution(tried)
            });
            match other {
                Some(other) => seen
                    .iter_mut()
                    .zip(other)
                    .for_each(|(all, one)| *all |= one),
                None => {
                    certain.insert(unknown);
                }
            }
        }
        certain
    }

    /// One way in which everything that was told is so.
    fn solution(&self, mut possible: Vec<Values>) -> Option<Vec<Values>> {
        if !self.propagate(&mut possible) {
            return None;
        }
        let mut counted = self.counts.iter().flat_map(|count| &count.members);
        let Some(open) = counted.find(|unknown| possible[**unknown].count_ones() > 1) else {
            return Some(possible);
        };
        bits(possible[*open]).find_map(|value| {
            let mut tried = possible.clone();
            tried[*open] = value;
            self.solution(tried)
        })
    }

    /// Takes away what cannot be, until nothing changes; whether anything is left.
    fn propagate(&self, possible: &mut [Values]) -> bool {
        let mut changes = true;
        while changes {
            changes = false;
            for count in &self.counts {
                for (value, of) in count.of.iter().enumerate() {
                    let bit: Values = 1 << value;
                    let those = |fits: &dyn Fn(Values) -> bool| {
                        let members = count.members.iter();
                        members.filter(|unknown| fits(possible[**unknown])).count()
                    };
                    let sure = those(&|values| values == bit);
                    let perhaps = those(&|values| values & bit != 0);
                    if sure > *of || perhaps < *of {
                        return false;
                    }
                    if sure == perhaps {
                        continue;
                    }
                    for unknown in &count.members {
                        let values = &mut possible[*unknown];
                        if *values == bit || *values & bit == 0 {
                            continue;
                        }
                        if perhaps == *of {
                            (*values, changes) = (bit, true);
                        } else if sure == *of {
                            (*values, changes) = (*values & !bit, true);
                        }
                    }
                }
            }
        }
        possible.iter().all(|values| *values != 0)
    }
}

fn bits(values: Values) -> impl Iterator<Item = Values> {
    (0..Values::BITS)
        .map(|at| 1 << at)
        .filter(move |bit| values & bit != 0)
}

/// With any one protection taken out something follows, so the solver can see it.
mod protections {
    use chrono::{Days, NaiveDate};
    use domain::{
        picture::mondays::{self, Recorded},
        verdict::rules::VerdictStatus::{Compliant, NotCompliant},
    };

    use super::*;

    /// Of four groups how many are not assessed, do not comply and comply in part.
    const GROUPS: [[usize; 3]; 4] = [[2, 4, 4], [1, 5, 0], [3, 2, 3], [3, 2, 1]];

    /// The members of a group, in the order of their values.
    fn members(group: usize) -> Vec<(usize, usize)> {
        let size = |group: &[usize; 3]| group.iter().sum::<usize>();
        let before: usize = GROUPS[..group].iter().map(size).sum();
        let values = GROUPS[group].iter().enumerate();
        let values = values.flat_map(|(value, count)| std::iter::repeat_n(value, *count));
        (before..).zip(values).collect()
    }

    /// What a table says that tells these groups and the total, to somebody of this knowledge.
    fn found(groups: &[usize], known: &[(usize, usize)]) -> BTreeSet<usize> {
        let mut knowledge = Knowledge::none(30, 3);
        for (unknown, value) in known {
            knowledge.is(*unknown, *value);
        }
        let total: [usize; 3] =
            [0, 1, 2].map(|value| GROUPS.iter().map(|group| group[value]).sum());
        knowledge.learn(0..30, &total);
        for group in groups {
            let of = members(*group).into_iter().map(|(unknown, _)| unknown);
            knowledge.learn(of, &GROUPS[*group]);
        }
        knowledge.follows()
    }

    #[test]
    fn a_table_with_all_protections_tells_no_verdict() {
        let everybody: Vec<(usize, usize)> = (0..4).flat_map(members).collect();
        let shown = [0, 2];
        assert_eq!(found(&shown, &[]), BTreeSet::new());
        for (at, one) in everybody.iter().enumerate() {
            assert_eq!(found(&shown, &[*one]), BTreeSet::new(), "{one:?}");
            for other in &everybody[at + 1..] {
                let found = found(&shown, &[*one, *other]);
                assert_eq!(found, BTreeSet::new(), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn without_uniformity_or_complement_one_member_knows_the_others() {
        // Who is not assessed knows that the five others do not comply: from the group itself, and
        // from the total and all other groups.
        let (insider, others) = (members(1)[0], (11..16).collect::<BTreeSet<usize>>());
        assert_eq!(found(&[0, 1, 2, 3], &[insider]), others);
        assert_eq!(found(&[0, 2, 3], &[insider]), others);
        assert_eq!(found(&[0, 2], &[insider]), BTreeSet::new());
    }

    #[test]
    fn counts_of_the_own_region_that_are_uniform_tell_every_neighbour() {
        let mut knowledge = Knowledge::none(6, 4);
        knowledge.is(0, 0);
        knowledge.learn(0..6, &[1, 0, 5, 0]);
        assert_eq!(knowledge.follows(), (1..6).collect());
        let mut knowledge = Knowledge::none(6, 4);
        knowledge.is(0, 0);
        knowledge.learn(0..6, &[3, 0, 3, 0]);
        assert_eq!(knowledge.follows(), BTreeSet::new());
    }

    #[test]
    fn two_counts_around_one_change_tell_it() {
        // A group before and after the last of its members was assessed, whose day is known.
        let mut knowledge = Knowledge::none(6, 3);
        knowledge.learn(0..5, &[0, 2, 3]);
        knowledge.learn(0..6, &[0, 3, 3]);
        assert_eq!(knowledge.follows(), BTreeSet::from([5]));
    }

    #[test]
    fn totals_that_are_walked_tell_every_verdict_and_those_of_mondays_none() {
        let first: NaiveDate = "2026-11-02".parse().unwrap();
        let last = first + Days::new(30);
        let days: Vec<NaiveDate> = first.iter_days().take(31).collect();
        // One hands in each day.
        let recorded: Vec<Recorded> = (0..20)
            .map(|at| Recorded {
                municipality: format!("GM{at:04}"),
                number: at,
                recorded_on: days[usize::try_from(at).unwrap()],
                from: days[usize::try_from(at).unwrap()],
                status: if at % 3 == 0 { Compliant } else { NotCompliant },
            })
            .collect();
        let counted = |handed_in: usize| {
            let of = recorded[..handed_in].iter();
            let compliant = of.filter(|one| one.status == Compliant).count();
            [handed_in - compliant, compliant]
        };
        let mut walked = Knowledge::none(20, 2);
        let mut by_monday = Knowledge::none(20, 2);
        for (at, day) in days.iter().enumerate() {
            let handed_in = at.min(20);
            walked.learn(0..handed_in, &counted(handed_in));
            if let Some((_, verdicts)) = mondays::given_until(&recorded, last, *day) {
                by_monday.learn(0..verdicts.len(), &counted(verdicts.len()));
            }
        }
        assert_eq!(walked.follows(), (0..20).collect());
        assert_eq!(by_monday.follows(), BTreeSet::new());
    }
}
