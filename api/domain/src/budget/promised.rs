//! Money that was made available, from facts alone: it stands apart from money that was planned.

use std::collections::BTreeSet;

use super::rules::{Cell, Figure};

/// Money that was made available for the programme: it counts in a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// The amount of each year in which it holds, in whole euros.
    pub euros: i64,
    /// Whether it is extra for the strengthened plan.
    pub is_extra: bool,
    /// The first year; none when the source names none.
    pub first: Option<i32>,
    /// The last year, included; none when the source names none.
    pub last: Option<i32>,
}

impl Promise {
    /// Whether the source says that it is money of this year: it names its years, or names none and
    /// the tables have a column for the year.
    pub fn holds_in(&self, year: i32, columns: &[i32]) -> bool {
        if self.is_undated() {
            return columns.contains(&year);
        }
        self.first.is_none_or(|first| first <= year) && self.last.is_none_or(|last| year <= last)
    }

    /// Whether the source names no first and no last year.
    pub fn is_undated(&self) -> bool {
        self.first.is_none() && self.last.is_none()
    }
}

/// The years that a table has a column for.
pub fn columns(cells: &[Cell<'_>]) -> Vec<i32> {
    let years: BTreeSet<i32> = cells.iter().map(|cell| cell.year).collect();
    years.into_iter().collect()
}

/// The years that the sources speak of: those with a column, and those of promised money.
pub fn years(cells: &[Cell<'_>], promises: &[Promise]) -> Vec<i32> {
    let mut years: BTreeSet<i32> = columns(cells).into_iter().collect();
    for promise in promises {
        if let (Some(first), Some(last)) = (promise.first, promise.last) {
            years.extend(first..=last);
        }
    }
    years.into_iter().collect()
}

/// What was promised in a year. Money of which the source names no years counts where the tables
/// have a column, and in no other year: whether it goes on there, the source does not say.
pub fn promised(promises: &[Promise], columns: &[i32], year: i32) -> Figure {
    let holding = promises
        .iter()
        .filter(|promise| promise.holds_in(year, columns));
    Figure::sum(holding.map(|promise| Figure::of(promise.euros)))
}

/// The money of which the source does not say whether it goes on in a year, added up.
pub fn undated(promises: &[Promise], columns: &[i32], year: i32) -> Figure {
    let undated = promises
        .iter()
        .filter(|promise| promise.is_undated() && !columns.contains(&year));
    Figure::sum(undated.map(|promise| Figure::of(promise.euros)))
}

/// The extra money of a year; not in the source where no extra money was promised for it.
pub fn extra(promises: &[Promise], columns: &[i32], year: i32) -> Figure {
    let extra: Vec<Promise> = promises
        .iter()
        .filter(|one| one.is_extra)
        .copied()
        .collect();
    promised(&extra, columns, year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::rules::fixture::row;

    #[test]
    fn promised_money_without_years_counts_where_the_tables_have_a_column() {
        let base = Promise {
            euros: 20,
            is_extra: false,
            first: None,
            last: None,
        };
        let extra_money = Promise {
            euros: 5,
            is_extra: true,
            first: Some(2024),
            last: Some(2027),
        };
        let promises = [base, extra_money];
        let cells = [row("a", &[1], 2023, Figure::of(0))];
        let years = years(&cells, &promises);
        assert_eq!(years, [2023, 2024, 2025, 2026, 2027]);
        let columns = columns(&cells);
        assert_eq!(columns, [2023]);
        assert_eq!(promised(&promises, &columns, 2023), Figure::of(20));
        assert_eq!(promised(&promises, &columns, 2027), Figure::of(5));
        assert_eq!(promised(&promises, &columns, 2028), Figure::NOT_IN_SOURCE);
        assert_eq!(undated(&promises, &columns, 2023), Figure::NOT_IN_SOURCE);
        assert_eq!(undated(&promises, &columns, 2027), Figure::of(20));
        assert_eq!(extra(&promises, &columns, 2023), Figure::NOT_IN_SOURCE);
        assert_eq!(extra(&promises, &columns, 2024), Figure::of(5));
    }
}
