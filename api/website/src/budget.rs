//! The page of the budget: by year and line what the overview prints, as figures with bars, what stands for no line, and
//! where the sources contradict themselves: printed figures and their sums, new actions and the money for them, and money
//! in a year in which its action does not run.

use domain::plan::CURRENT_PLAN;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    frame::Body,
    language::Text,
    shared::{self, Citation, heading},
};

pub(crate) const DOCUMENT: &str = include_str!("../documents/budget.graphql");

#[derive(Debug, Deserialize)]
struct Answer {
    budget: Option<Budget>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Budget {
    statement: String,
    years: Vec<u16>,
    totals: Vec<Total>,
    lines: Vec<LineOfBudget>,
    programme_rows: Vec<Row>,
    reconciliation: Reconciliation,
    new_actions: Vec<NewActions>,
    money_outside_execution: Vec<Outside>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Total {
    published: Amount,
    computed: Amount,
    difference_euros: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Amount {
    /// Whole euros; none where there is no amount, or where it is not drawn.
    #[serde(default)]
    euros: Option<i64>,
    label: String,
}

#[derive(Debug, Deserialize)]
struct LineOfBudget {
    line: Line,
    years: Vec<Year>,
}

#[derive(Debug, Deserialize)]
struct Line {
    number: u16,
    title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Year {
    published: Amount,
    difference_euros: Option<i64>,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Row {
    title: String,
    cells: Vec<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    year: u16,
    amount: Amount,
}

#[derive(Debug, Deserialize)]
struct Reconciliation {
    differences: Vec<Difference>,
}

#[derive(Debug, Deserialize)]
struct Difference {
    subject: Text,
    reason: Option<Text>,
    published: Amount,
    computed: Amount,
    source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewActions {
    year: u16,
    cost: Amount,
    extra: Amount,
    difference_euros: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outside {
    action: Action,
    year: u16,
    reason_label: String,
    cell: OutsideCell,
    reason_source: Option<Citation>,
}

#[derive(Debug, Deserialize)]
struct Action {
    number: u16,
    title: Text,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct OutsideCell {
    amount: Amount,
    is_shared: bool,
}

pub(crate) fn body(page: &Page, data: Value) -> Result<Body, Unmade> {
    let answer: Answer = serde_json::from_value(data)?;
    let budget = answer.budget.ok_or(Unmade::NotThere)?;
    let language = page.language;
    let title = language.pick("Begroting", "Budget");
    let mut years = budget.lines.iter().flat_map(|line| &line.years);
    let source = years.find_map(|year| year.source.as_ref());
    let content = html! {
        p.stm-lead { (budget.statement) }
        (table(page, &budget))
        p.utrecht-paragraph {
            (language.pick(
                "Een gedrukte 0, een streepje, een lege cel en “niet in de bron” zijn vier verschillende dingen. Een sterretje staat bij een bedrag dat afwijkt van de som van de onderliggende regels.",
                "A printed 0, a dash, a blank cell and “not in the source” are four different things. An asterisk marks an amount that differs from the sum of its rows.",
            ))
        }
        (shared::source(language, source))
        (differences(language, &budget.reconciliation.differences))
        (new_actions(language, &budget.new_actions))
        (outside(page, &budget.money_outside_execution))
    };
    Ok(Body {
        title: title.to_owned(),
        description: budget.statement.clone(),
        content,
    })
}

/// A printed amount, with a star where the sum of its rows differs.
fn amount(amount: &Amount, difference: Option<i64>) -> Markup {
    let differs = difference.is_some_and(|euros| euros != 0);
    html! {
        td.utrecht-table__cell.stm-number { (amount.label) @if differs { " *" } }
    }
}

/// A printed amount of a line, with a bar of its size beside the largest.
fn drawn(year: &Year, largest: i64) -> Markup {
    let euros = year.published.euros.unwrap_or_default().max(0);
    // In thousandths of the largest amount, so that no rounding is seen.
    let width = euros.saturating_mul(1000) / largest.max(1);
    let differs = year.difference_euros.is_some_and(|euros| euros != 0);
    html! {
        td.utrecht-table__cell.stm-number {
            (year.published.label) @if differs { " *" }
            svg.stm-amount aria-hidden="true" focusable="false" viewBox="0 0 1000 60" preserveAspectRatio="none" {
                rect.stm-fill-money width=(width) height="60" {}
            }
        }
    }
}

fn table(page: &Page, budget: &Budget) -> Markup {
    let language = page.language;
    let amounts = budget.lines.iter().flat_map(|line| &line.years);
    let largest = amounts.filter_map(|year| year.published.euros).max();
    let largest = largest.unwrap_or_default();
    html! {
        div.stm-scroll tabindex="0" role="region" aria-label=(language.pick("Tabel: begroting per lijn en jaar", "Table: budget by line and year")) {
            table.utrecht-table {
                caption.utrecht-table__caption { (language.pick("Begroting per lijn en jaar, zoals gedrukt in het overzicht", "Budget by line and year, as printed in the overview")) }
                thead.utrecht-table__header { tr {
                    th.utrecht-table__header-cell scope="col" { (language.pick("Post", "Item")) }
                    @for year in &budget.years { th.utrecht-table__header-cell.stm-number scope="col" { (year) } }
                } }
                tbody.utrecht-table__body {
                    @for one in &budget.lines {
                        tr {
                            th.utrecht-table__cell scope="row" {
                                a.utrecht-link href=(page.to(&format!("/plannen/{CURRENT_PLAN}/lijnen/{}", one.line.number))) {
                                    (one.line.number) ". " (language.of(&one.line.title))
                                }
                            }
                            @for year in &one.years { (drawn(year, largest)) }
                        }
                    }
                    @for row in &budget.programme_rows {
                        tr {
                            th.utrecht-table__cell scope="row" lang="nl" { (row.title) }
                            @for year in &budget.years {
                                @match row.cells.iter().find(|cell| cell.year == *year) {
                                    Some(cell) => { (amount(&cell.amount, None)) }
                                    None => td.utrecht-table__cell.stm-number { (language.pick("niet in de bron", "not in the source")) },
                                }
                            }
                        }
                    }
                    tr {
                        th.utrecht-table__cell scope="row" { (language.pick("Totaal, zoals gedrukt", "Total, as printed")) }
                        @for total in &budget.totals { (amount(&total.published, total.difference_euros)) }
                    }
                    tr {
                        th.utrecht-table__cell scope="row" { (language.pick("Totaal, opgeteld", "Total, added up")) }
                        @for total in &budget.totals { (amount(&total.computed, None)) }
                    }
                }
            }
        }
    }
}

fn differences(language: Language, differences: &[Difference]) -> Markup {
    html! {
        (heading(language.pick("Waar de bron zichzelf tegenspreekt", "Where the source contradicts itself")))
        @if differences.is_empty() {
            p.utrecht-paragraph { (language.pick("Gedrukte en opgetelde bedragen zijn gelijk.", "Printed amounts and sums are equal.")) }
        } @else {
            ul.utrecht-unordered-list {
                @for one in differences {
                    li.utrecht-unordered-list__item {
                        strong { (shared::capital(language.of(&one.subject))) } ": "
                        (language.pick("gedrukt ", "printed ")) (one.published.label)
                        (language.pick(", opgeteld ", ", added up ")) (one.computed.label) ". "
                        @if let Some(reason) = &one.reason { (language.of(reason)) }
                        (shared::source(language, one.source.as_ref()))
                    }
                }
            }
        }
    }
}

/// What the new actions cost beside the extra money that was promised for them.
fn new_actions(language: Language, years: &[NewActions]) -> Markup {
    let caption = language.pick(
        "Nieuwe acties en het extra geld daarvoor",
        "New actions and the extra money for them",
    );
    let heads = [
        language.pick("Jaar", "Year"),
        language.pick("Kosten van nieuwe acties", "Cost of new actions"),
        language.pick("Extra middelen", "Extra money"),
        language.pick("Verschil in euro’s", "Difference in euros"),
    ];
    let unknown = language.pick("onbekend", "unknown");
    let rows = html! {
        @for year in years {
            tr {
                th.utrecht-table__cell scope="row" { (year.year) }
                td.utrecht-table__cell.stm-number { (year.cost.label) }
                td.utrecht-table__cell.stm-number { (year.extra.label) }
                td.utrecht-table__cell.stm-number {
                    (year.difference_euros.map_or_else(|| unknown.to_owned(), |euros| grouped(language, euros)))
                }
            }
        }
    };
    html! {
        @if !years.is_empty() {
            (shared::headed_table(caption, &heads, 1, &rows))
        }
    }
}

/// A number as people write it, with its thousands apart.
pub(crate) fn grouped(language: Language, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(language.pick(".", ","));
        }
        text.push(digit);
    }
    let sign = if number < 0 { "−" } else { "" };
    format!("{sign}{text}")
}

/// Money in a year in which its action does not run, by a statement or by the status of its round.
fn outside(page: &Page, cells: &[Outside]) -> Markup {
    let language = page.language;
    html! {
        @if !cells.is_empty() {
            (heading(language.pick("Geld in een jaar waarin de actie niet loopt", "Money in a year in which the action does not run")))
            ul.utrecht-unordered-list {
                @for one in cells {
                    li.utrecht-unordered-list__item {
                        (shared::action_of_plan(page, one.action.number, &one.action.title)) ", " (one.year) ": "
                        (one.cell.amount.label)
                        @if one.cell.is_shared { (language.pick(" (samen met andere acties)", " (with other actions)")) }
                        ". " (one.reason_label.trim_end_matches('.')) "."
                        (shared::source(language, one.reason_source.as_ref()))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (number, dutch, english) in [
            (0, "0", "0"),
            (-455_000, "−455.000", "−455,000"),
            (2_500_000, "2.500.000", "2,500,000"),
        ] {
            assert_eq!(grouped(Language::Dutch, number), dutch);
            assert_eq!(grouped(Language::English, number), english);
        }
    }

    #[test]
    fn a_bar_is_as_long_as_its_part_of_the_largest_amount() {
        let year = |euros: Option<i64>| Year {
            published: Amount {
                euros,
                label: "x".to_owned(),
            },
            difference_euros: None,
            source: None,
        };
        for (euros, width) in [(Some(380_000), "500"), (Some(760_000), "1000"), (None, "0")] {
            let cell = drawn(&year(euros), 760_000).into_string();
            assert!(cell.contains(&format!("width=\"{width}\"")), "{cell}");
        }
    }
}
