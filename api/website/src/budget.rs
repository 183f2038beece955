//! The page of the budget: by year and line what the overview prints, what stands for no line, and where the printed
//! figures and their sums differ.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    Language, Page, Unmade,
    address::PLAN,
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
                "Een gedrukte 0, een streepje, een lege cel en “niet in de bron” zijn vier verschillende dingen. Een ster staat bij een bedrag dat afwijkt van de som van zijn regels.",
                "A printed 0, a dash, a blank cell and “not in the source” are four different things. A star stands with an amount that differs from the sum of its rows.",
            ))
        }
        (shared::source(language, source))
        (differences(language, &budget.reconciliation.differences))
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

fn table(page: &Page, budget: &Budget) -> Markup {
    let language = page.language;
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
                                a.utrecht-link href=(page.to(&format!("/plannen/{PLAN}/lijnen/{}", one.line.number))) {
                                    (one.line.number) ". " (language.of(&one.line.title))
                                }
                            }
                            @for year in &one.years { (amount(&year.published, year.difference_euros)) }
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
                        strong { (language.of(&one.subject)) } ": "
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
