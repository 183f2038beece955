//! What the figures of a period give away together: those that are to be published with those that
//! were published before. Pure.
//!
//! Areas of different kinds lie across each other, and a later publication may withhold other
//! groups than an earlier one. So nobody looks at a group alone: from the sums of two regions and
//! of the province that they lie in, whoever can subtract has the rest of the province. Here every
//! figure is a sum over municipalities; what can be had from several is what is a linear
//! combination of them. Municipalities that no figure tells apart are one cell, and a set of cells
//! is given away when its indicator lies in the row space of the figures. It is unsafe when
//! [`super::rules::unsafe_alone`] says so of its verdicts.
//!
//! Earlier figures are measured by the verdicts of today. If nothing changed since, that is exact;
//! if something did, a difference mixes two days, and to withhold it is the careful side. What was
//! given away before cannot be taken back, and is no reason to withhold anything now. What this
//! does not know: combinations that are no sum over a set, such as the difference of two
//! overlapping areas.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::unsafe_alone;
use crate::{picture::rules::Verdicts, verdict::rules::VerdictStatus};

/// A figure: the municipalities that it is the sum of.
pub type Figure = BTreeSet<String>;

/// A prime below 2^61: ranks of matrices of zeros and ones are taken modulo it.
const PRIME: u64 = 2_305_843_009_213_693_951;
/// Cells up to which every combination is looked at. When more of them come into question, they are
/// taken to give something away.
const MOST_CELLS: usize = 12;

/// Whether figures, told together, give away the verdict of a municipality: `new` ones with the
/// total of the country, if that is told, and with those that are `known` already.
pub fn gives_away(
    known: &[Figure],
    new: &[Figure],
    total: Option<&Figure>,
    verdicts: &BTreeMap<String, VerdictStatus>,
) -> bool {
    let before: Vec<&Figure> = known.iter().chain(total).collect();
    let now: Vec<&Figure> = new.iter().chain(total).collect();
    let all: Vec<&Figure> = known.iter().chain(new).chain(total).collect();
    let cells = Cells::of(&all, verdicts);
    let [before, now, all] = [&before, &now, &all].map(|figures| cells.space(figures));
    let is_new = |set: &[usize]| {
        let indicator = cells.indicator(set);
        now.holds(&indicator) || (all.holds(&indicator) && !before.holds(&indicator))
    };
    let small = |cell: &Verdicts| cell.members() < super::rules::FEWEST_MEMBERS;
    let of_one_verdict = |at: usize| {
        move |cell: &Verdicts| {
            let same = cell.each().nth(at).map_or(0, |(_, count)| count);
            cell.members() - same <= 1
        }
    };
    let mut suspects = std::iter::once(cells.those(small))
        .chain((0..VerdictStatus::ALL.len()).map(|at| cells.those(of_one_verdict(at))));
    suspects.any(|suspects| {
        let involved = all.within(&suspects);
        if involved.len() > MOST_CELLS {
            return true;
        }
        subsets(&involved).any(|set| unsafe_alone(&cells.sum(&set)).is_some() && is_new(&set))
    })
}

/// Every set of some of these but the empty one.
fn subsets(of: &[usize]) -> impl Iterator<Item = Vec<usize>> + '_ {
    (1_u32..1 << of.len()).map(|chosen| {
        let is_chosen = |at: &usize| chosen & (1 << at) != 0;
        (0..of.len()).filter(is_chosen).map(|at| of[at]).collect()
    })
}

/// Municipalities that no figure tells apart.
struct Cells {
    verdicts: Vec<Verdicts>,
    /// The cell of each municipality.
    of: BTreeMap<String, usize>,
}

impl Cells {
    fn of(figures: &[&Figure], verdicts: &BTreeMap<String, VerdictStatus>) -> Self {
        let everybody: BTreeSet<&String> = figures.iter().copied().flatten().collect();
        let mut cells: BTreeMap<Vec<bool>, Vec<&String>> = BTreeMap::new();
        for municipality in everybody {
            let memberships = figures.iter().map(|figure| figure.contains(municipality));
            cells
                .entry(memberships.collect())
                .or_default()
                .push(municipality);
        }
        // Whoever has gone over into another since has no verdict any more.
        let status = |code: &String| {
            let found = verdicts.get(code).copied();
            found.unwrap_or(VerdictStatus::NotAssessed)
        };
        let of = cells.values().enumerate().flat_map(|(at, members)| {
            members
                .iter()
                .map(move |municipality| ((*municipality).clone(), at))
        });
        Self {
            of: of.collect(),
            verdicts: cells
                .values()
                .map(|members| Verdicts::count(members.iter().map(|code| status(code))))
                .collect(),
        }
    }

    fn those(&self, fits: impl Fn(&Verdicts) -> bool) -> Vec<usize> {
        let all = 0..self.verdicts.len();
        all.filter(|at| fits(&self.verdicts[*at])).collect()
    }

    fn sum(&self, set: &[usize]) -> Verdicts {
        set.iter()
            .fold(Verdicts::default(), |sum, at| sum.plus(&self.verdicts[*at]))
    }

    fn indicator(&self, set: &[usize]) -> Vec<u64> {
        let is_in = |at: usize| u64::from(set.contains(&at));
        (0..self.verdicts.len()).map(is_in).collect()
    }

    fn space(&self, figures: &[&Figure]) -> Space {
        let rows = figures.iter().map(|figure| {
            let mut row = vec![0; self.verdicts.len()];
            for municipality in figure.iter() {
                if let Some(at) = self.of.get(municipality) {
                    row[*at] = 1;
                }
            }
            row
        });
        Space::of(rows, self.verdicts.len())
    }
}

/// The linear combinations of some rows, by a reduced basis: each row begins with a one where all
/// others have a zero.
struct Space {
    rows: Vec<Vec<u64>>,
    columns: usize,
}

impl Space {
    fn of(rows: impl IntoIterator<Item = Vec<u64>>, columns: usize) -> Self {
        let mut space = Self {
            rows: Vec::new(),
            columns,
        };
        for row in rows {
            let mut rest = space.reduced(row);
            let Some(pivot) = first(&rest) else { continue };
            let inverse = power(rest[pivot], PRIME - 2);
            for value in &mut rest {
                *value = times(*value, inverse);
            }
            for other in &mut space.rows {
                subtract(other, &rest, pivot);
            }
            space.rows.push(rest);
        }
        space
    }

    /// What is left of a row once the basis is subtracted from it.
    fn reduced(&self, mut row: Vec<u64>) -> Vec<u64> {
        for basis in &self.rows {
            if let Some(pivot) = first(basis) {
                subtract(&mut row, basis, pivot);
            }
        }
        row
    }

    fn holds(&self, row: &[u64]) -> bool {
        first(&self.reduced(row.to_vec())).is_none()
    }

    /// The columns, of these, that occur in a combination of nothing but these.
    fn within(&self, columns: &[usize]) -> Vec<usize> {
        // With the other columns in front, a basis row without any of those is a combination of
        // these alone.
        let is_other = |at: &usize| !columns.contains(at);
        let others: Vec<usize> = (0..self.columns).filter(is_other).collect();
        let order: Vec<usize> = others.iter().chain(columns).copied().collect();
        let turned = self
            .rows
            .iter()
            .map(|row| order.iter().map(|at| row[*at]).collect());
        let turned = Self::of(turned, self.columns);
        let inside: Vec<&Vec<u64>> = turned
            .rows
            .iter()
            .filter(|row| first(row).is_some_and(|pivot| pivot >= others.len()))
            .collect();
        let occurs = |at: &usize| inside.iter().any(|row| row[*at] != 0);
        (others.len()..self.columns)
            .filter(occurs)
            .map(|at| order[at])
            .collect()
    }
}

fn first(row: &[u64]) -> Option<usize> {
    row.iter().position(|value| *value != 0)
}

/// Takes from a row so much of another, which has a one there, that a zero is left at the pivot.
fn subtract(row: &mut [u64], other: &[u64], pivot: usize) {
    let factor = row[pivot];
    if factor != 0 {
        for (value, of_other) in row.iter_mut().zip(other) {
            let less = times(factor, *of_other);
            *value = (*value + PRIME - less) % PRIME;
        }
    }
}

fn times(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other) % u128::from(PRIME);
    u64::try_from(product).unwrap_or_default()
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut square) = (1, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, square);
        }
        square = times(square, square);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Municipalities by number, each with a verdict by number.
    fn figure(members: impl IntoIterator<Item = usize>) -> Figure {
        members.into_iter().map(|at| format!("{at:03}")).collect()
    }

    fn verdicts(of: &[usize]) -> BTreeMap<String, VerdictStatus> {
        let statuses = of.iter().map(|status| VerdictStatus::ALL[*status]);
        let named = statuses.enumerate();
        named
            .map(|(at, status)| (format!("{at:03}"), status))
            .collect()
    }

    /// Thirty municipalities with verdicts 0, 1, 0, 1 and so on.
    fn mixed() -> BTreeMap<String, VerdictStatus> {
        verdicts(&(0..30).map(|at| at % 2).collect::<Vec<_>>())
    }

    #[test]
    fn a_region_in_a_province_gives_away_the_rest_of_it() {
        let (total, mixed) = (figure(0..30), mixed());
        let region = figure(0..10);
        // The rest of the province is seven municipalities, four, and all of one verdict.
        assert!(!gives_away(
            std::slice::from_ref(&region),
            &[figure(0..17)],
            Some(&total),
            &mixed
        ));
        assert!(gives_away(
            std::slice::from_ref(&region),
            &[figure(0..14)],
            Some(&total),
            &mixed
        ));
        let mut uniform = mixed.clone();
        for at in 10..17 {
            uniform.insert(format!("{at:03}"), VerdictStatus::ALL[2]);
        }
        let province = figure(0..17);
        assert!(gives_away(
            std::slice::from_ref(&region),
            std::slice::from_ref(&province),
            Some(&total),
            &uniform
        ));
        // In whichever order, and at once.
        assert!(gives_away(
            std::slice::from_ref(&province),
            std::slice::from_ref(&region),
            Some(&total),
            &uniform
        ));
        assert!(gives_away(&[], &[province, region], Some(&total), &uniform));
    }

    #[test]
    fn several_figures_give_away_what_no_two_of_them_do() {
        let (total, mixed) = (figure(0..30), mixed());
        let regions = [figure(0..7), figure(7..14)];
        let provinces = figure(0..16);
        // 0 to 6 and 7 to 13 make 0 to 13: of 0 to 15 two are left.
        assert!(!gives_away(
            &regions[..1],
            std::slice::from_ref(&provinces),
            Some(&total),
            &mixed
        ));
        assert!(gives_away(&regions, &[provinces], Some(&total), &mixed));
        // What is left of the country counts too.
        assert!(gives_away(
            &[],
            &[figure(0..14), figure(14..28)],
            Some(&total),
            &mixed
        ));
    }

    #[test]
    fn what_was_given_away_before_withholds_nothing_now() {
        let (total, mixed) = (figure(0..30), mixed());
        let before = [figure(0..10), figure(0..14)];
        assert!(!gives_away(
            &before,
            &[figure(15..25)],
            Some(&total),
            &mixed
        ));
        // Without the total there is no rest of the country.
        assert!(!gives_away(
            &[],
            &[figure(0..14), figure(14..28)],
            None,
            &mixed
        ));
        // Told anew it would be given away anew.
        assert!(gives_away(&before, &before.clone(), Some(&total), &mixed));
        // Before a merger there was one municipality more: that is known from the two totals.
        assert!(!gives_away(
            &[figure(0..31)],
            &[figure(0..10)],
            Some(&total),
            &mixed
        ));
    }

    proptest! {
        /// By an evaluator of its own: every sum and difference of up to three figures is safe when
        /// nothing is given away.
        #[test]
        fn no_sum_or_difference_is_unsafe_when_nothing_is_given_away(
            of in proptest::collection::vec(0_usize..4, 24),
            cuts in proptest::collection::vec((0_usize..24, 5_usize..18), 1..5),
        ) {
            let verdicts = verdicts(&of);
            let total = figure(0..24);
            let cut = |(from, length): &(usize, usize)| figure(*from..(from + length).min(24));
            let figures: Vec<Figure> = cuts.iter().map(cut).collect();
            let alone = |set: &Figure| {
                unsafe_alone(&Verdicts::count(set.iter().map(|code| verdicts[code])))
            };
            if !gives_away(&[], &figures, Some(&total), &verdicts) {
                let all: Vec<&Figure> = figures.iter().chain([&total]).collect();
                for one in &all {
                    prop_assert_eq!(alone(one), None);
                    for other in &all {
                        if other.is_subset(one) && other != one {
                            let rest: Figure = one.difference(other).cloned().collect();
                            prop_assert_eq!(alone(&rest), None);
                            for third in &all {
                                if third.is_subset(&rest) && **third != rest {
                                    let left = rest.difference(third).cloned().collect();
                                    prop_assert_eq!(alone(&left), None);
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
