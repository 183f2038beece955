//! The lines of a publication that is no overview, as tables with words for people: of a compliance picture by area, by
//! criterion and by municipality, of a budget by row and year.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::frozen::FrozenLine;
use crate::{Language, shared};

/// A word in Dutch and in English.
type Word = (&'static str, &'static str);

/// A table of the lines of some parts: of each its name, and its cells of these columns.
struct Layout {
    parts: &'static [&'static str],
    caption: Word,
    subject: Word,
    columns: &'static [(&'static str, Word)],
    are_numbers: bool,
}

const AREA: Word = ("Gebied", "Area");
const AREAS: [&str; 2] = ["TOTAL", "GROUP"];

/// The tables of a compliance picture.
const PICTURE: [Layout; 4] = [
    Layout {
        parts: &AREAS,
        caption: ("Oordelen per gebied", "Verdicts by area"),
        subject: AREA,
        columns: &[
            ("members", ("Gemeenten", "Municipalities")),
            ("compliant", ("Voldoet", "Compliant")),
            ("partly_compliant", ("Voldoet deels", "Partly compliant")),
            ("not_compliant", ("Voldoet niet", "Not compliant")),
            ("not_assessed", ("Niet beoordeeld", "Not assessed")),
        ],
        are_numbers: true,
    },
    Layout {
        parts: &AREAS,
        caption: ("Ingediend per gebied", "Handed in by area"),
        subject: AREA,
        columns: &[
            ("on_time", ("Op tijd", "On time")),
            ("late", ("Te laat", "Late")),
            ("missing", ("Ontbreekt", "Missing")),
            ("exempt", ("Vrijgesteld", "Exempt")),
        ],
        are_numbers: true,
    },
    Layout {
        parts: &["CRITERION"],
        caption: (
            "Antwoorden van beoordeelde gemeenten per criterium",
            "Answers of assessed municipalities by criterion",
        ),
        subject: ("Criterium", "Criterion"),
        columns: &[
            ("met", ("Voldaan", "Met")),
            ("partly_met", ("Deels voldaan", "Partly met")),
            ("not_met", ("Niet voldaan", "Not met")),
            ("not_applicable", ("Niet van toepassing", "Not applicable")),
            ("unknown", ("Onbekend", "Unknown")),
        ],
        are_numbers: true,
    },
    Layout {
        parts: &["MUNICIPALITY"],
        caption: ("Oordeel per gemeente", "Verdict by municipality"),
        subject: ("Gemeente", "Municipality"),
        columns: &[
            ("status_label", ("Oordeel", "Verdict")),
            ("since", ("Sinds", "Since")),
            ("submission_label", ("Ingediend", "Handed in")),
        ],
        are_numbers: false,
    },
];

/// The sheets of a budget, with the unit of their amounts.
const SHEETS: [(&str, Word); 2] = [
    (
        "SUMMARY",
        (
            "Overzicht van het programma, in miljoenen euro, zoals gedrukt",
            "Overview of the programme in millions of euros, as printed",
        ),
    ),
    (
        "LINES",
        (
            "Per actielijn, in eenheden van 10.000 euro, zoals gedrukt",
            "By action line in units of 10,000 euros, as printed",
        ),
    ),
];

/// The tables of a compliance picture, each where it has lines.
pub(super) fn picture(language: Language, lines: &[FrozenLine]) -> Markup {
    html! {
        @for layout in &PICTURE { (layout.lay_out(language, lines)) }
    }
}

impl Layout {
    fn lay_out(&self, language: Language, lines: &[FrozenLine]) -> Markup {
        let pick = |(dutch, english): Word| language.pick(dutch, english);
        let lines = lines.iter();
        let lines = lines.filter(|line| self.parts.contains(&line.part()));
        let lines: Vec<&FrozenLine> = lines.collect();
        let mut heads = vec![pick(self.subject)];
        heads.extend(self.columns.iter().map(|(_, head)| pick(*head)));
        let rows = html! {
            @for line in &lines {
                tr {
                    th.utrecht-table__cell scope="row" lang="nl" { (line.name()) }
                    @if line.is_withheld() {
                        td.utrecht-table__cell colspan=(self.columns.len()) {
                            (language.pick("weggelaten, omdat er een oordeel over een gemeente uit af te leiden zou zijn", "withheld, because the verdict on a municipality could be derived from it"))
                        }
                    } @else {
                        @for (column, _) in self.columns {
                            td.utrecht-table__cell.stm-number[self.are_numbers] { (line.words(language, column)) }
                        }
                    }
                }
            }
        };
        let caption = pick(self.caption);
        let first_number = if self.are_numbers { 1 } else { heads.len() };
        html! {
            @if !lines.is_empty() {
                (shared::headed_table(caption, &heads, first_number, &rows))
            }
        }
    }
}

/// The tables of a budget: a row with its amounts by year, as printed.
pub(super) fn budget(language: Language, lines: &[FrozenLine]) -> Markup {
    html! {
        @for (sheet, (dutch, english)) in &SHEETS { (amounts(language, lines, sheet, language.pick(dutch, english))) }
    }
}

fn amounts(language: Language, lines: &[FrozenLine], sheet: &str, caption: &str) -> Markup {
    let of_sheet = lines.iter();
    let of_sheet = of_sheet.filter(|line| line.cell("sheet") == Some(sheet));
    // Several rows have the same name; their codes tell them apart.
    let mut names: Vec<(&str, &str)> = Vec::new();
    let mut printed: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut years: BTreeSet<&str> = BTreeSet::new();
    for line in of_sheet {
        let row = line.cell("row").unwrap_or_default();
        let year = line.cell("year").unwrap_or_default();
        if !names.contains(&(row, line.name())) {
            names.push((row, line.name()));
        }
        years.insert(year);
        printed.insert((row, year), line.cell("printed").unwrap_or_default());
    }
    let mut heads = vec![language.pick("Post", "Item")];
    heads.extend(&years);
    let rows = html! {
        @for &(row, name) in &names {
            tr {
                th.utrecht-table__cell scope="row" lang="nl" {
                    (name)
                    @if let Some(line) = row.strip_suffix("/TOTAL") { " actielijn " (line) }
                }
                @for year in &years {
                    td.utrecht-table__cell.stm-number { (printed.get(&(row, *year)).copied().unwrap_or_default()) }
                }
            }
        }
    };
    html! {
        @if !names.is_empty() {
            (shared::headed_table(caption, &heads, 1, &rows))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn lines(value: Value) -> Vec<FrozenLine> {
        serde_json::from_value(value).unwrap()
    }

    fn cells(cells: &[(&str, &str)]) -> Vec<Value> {
        let cells = cells.iter();
        cells
            .map(|(column, text)| json!({ "column": column, "text": text }))
            .collect()
    }

    #[test]
    fn a_picture_has_words_and_says_what_is_withheld() {
        let counts = cells(&[
            ("members", "7"),
            ("compliant", "4"),
            ("partly_compliant", "2"),
            ("not_compliant", "1"),
            ("not_assessed", "0"),
        ]);
        let of_municipality = cells(&[
            ("status", "COMPLIANT"),
            ("status_label_nl", "Voldoet"),
            ("status_label_en", "Compliant"),
            ("since", "2026-11-20"),
        ]);
        let lines = lines(json!([
            { "part": "GROUP", "key": "VR14", "name": "Gooi en Vechtstreek", "withheld": null, "values": counts },
            { "part": "GROUP", "key": "VR15", "name": "Haaglanden", "withheld": "REVEALING", "values": [] },
            { "part": "MUNICIPALITY", "key": "GM0402", "name": "Hilversum", "withheld": null, "values": of_municipality },
        ]));
        let html = picture(Language::English, &lines).into_string();
        for part in [
            "<h2 class=\"utrecht-heading-2\">Verdicts by area</h2>",
            "lang=\"nl\">Gooi en Vechtstreek</th><td class=\"utrecht-table__cell stm-number\">7</td>",
            "lang=\"nl\">Haaglanden</th><td class=\"utrecht-table__cell\" colspan=\"5\">withheld",
            "lang=\"nl\">Hilversum</th><td class=\"utrecht-table__cell\">Compliant</td>\
             <td class=\"utrecht-table__cell\">20 November 2026</td>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        for absent in ["partly_compliant", "Answers of assessed"] {
            assert!(!html.contains(absent), "{absent} in {html}");
        }
    }

    #[test]
    fn a_budget_has_a_row_with_its_years_and_distinct_totals() {
        let cell = |row: &str, year: &str, printed: &str| {
            json!({
                "part": "BUDGET_CELL", "key": row, "name": "Totaal", "withheld": null,
                "values": cells(&[("sheet", "LINES"), ("row", row), ("year", year), ("printed", printed)]),
            })
        };
        let lines = lines(json!([
            cell("1/TOTAL", "2025", "40"),
            cell("1/TOTAL", "2026", ""),
            cell("2/TOTAL", "2025", "12"),
        ]));
        let html = budget(Language::Dutch, &lines).into_string();
        for part in [
            "stm-number\" scope=\"col\">2025</th>",
            ">Totaal actielijn 1</th><td class=\"utrecht-table__cell stm-number\">40</td>\
             <td class=\"utrecht-table__cell stm-number\"></td>",
            ">Totaal actielijn 2</th><td class=\"utrecht-table__cell stm-number\">12</td>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(html.matches("<table").count(), 1, "{html}");
    }
}
