//! An edition from a workbook: the input of `proposeEdition`. Every mistake names its page and its
//! cell; a criterion that is called carried over and was changed is one, so that no word of it goes
//! by silence.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    columns::{ABOUT, COLUMNS, CRITERIA, Column, EDITION, THEME, THEMES, code_of, is_named},
    write::Stored,
};
use crate::{table::cell_name, workbook::Page};
use domain::{
    framework::codes::{Change, CriterionBasis, CriterionLevel},
    text::Text,
    verdict::rules::{AnsweredBy, CriterionScope},
};

/// Words for yes and for no, with what programs make of a truth value.
const YES: [&str; 5] = ["ja", "yes", "waar", "true", "1"];
const NO: [&str; 5] = ["nee", "no", "onwaar", "false", "0"];

/// The pages of a workbook that hold an edition.
#[derive(Debug)]
pub(super) struct Pages {
    pub(super) edition: Option<Page>,
    pub(super) themes: Option<Page>,
    pub(super) criteria: Page,
}

impl Pages {
    /// Finds the pages; none when there is none of criteria.
    pub(super) fn find(pages: Vec<(String, Page)>) -> Option<Self> {
        let mut pages: BTreeMap<String, Page> = pages.into_iter().collect();
        let mut take = |name: &str| {
            let name = pages.keys().find(|one| is_named(one, name))?.clone();
            pages.remove(&name)
        };
        let criteria = take(CRITERIA)?;
        let has = |column: Column| header(&criteria, column.dutch()).is_some();
        (has(Column::Code) && has(Column::Change)).then_some(())?;
        Some(Self {
            edition: take(EDITION),
            themes: take(THEMES),
            criteria,
        })
    }

    /// The code of the edition that it comes from.
    pub(super) fn from(&self) -> Option<&str> {
        let edition = self.edition.as_ref()?;
        let (_, name) = ABOUT.iter().find(|(member, _)| *member == "from")?;
        Some(value(edition, name)?.1)
    }
}

/// The place of a column by its header, which stands in the first row.
fn header(page: &Page, name: &str) -> Option<u32> {
    let mut cells = page.get(&0)?.iter();
    let found = cells.find(|(_, cell)| is_named(cell, name));
    found.map(|(at, _)| *at)
}

/// What stands beside a name in the first column, with its row from 0.
fn value<'a>(page: &'a Page, name: &str) -> Option<(u32, &'a str)> {
    let is_row = |cells: &BTreeMap<u32, String>| cells.get(&0).is_some_and(|c| is_named(c, name));
    let (row, cells) = page.iter().find(|(_, cells)| is_row(cells))?;
    let text = cells.get(&1)?.trim();
    (!text.is_empty()).then_some((*row, text))
}

/// A cell as a spreadsheet names it, with its page.
fn place(page: &str, row: u32, column: u32) -> String {
    let column = usize::try_from(column).unwrap_or_default();
    format!("{page}!{}", cell_name(column, u64::from(row) + 1))
}

/// What is read of a workbook, and what is wrong with the rest.
pub(super) struct Reading<'a> {
    /// The edition before, as the beginning of the next.
    old: &'a Stored,
    mistakes: Vec<Text>,
}

/// A row of criteria.
struct Cells<'a> {
    page: &'a Page,
    row: u32,
}

impl Cells<'_> {
    fn place(&self, column: Column) -> String {
        let at = header(self.page, column.dutch()).unwrap_or_default();
        place(CRITERIA, self.row, at)
    }

    fn text(&self, column: Column) -> &str {
        let at = header(self.page, column.dutch());
        let cells = self.page.get(&self.row);
        let cell = at.and_then(|at| cells.and_then(|cells| cells.get(&at)));
        cell.map_or("", |cell| cell.trim())
    }

    /// What is listed in a cell, parted by commas.
    fn list(&self, column: Column) -> Vec<&str> {
        let parts = self.text(column).split([',', ';']).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    }
}

impl<'a> Reading<'a> {
    /// The input that the pages hold for the edition of this code, or all that is wrong with them.
    pub(super) fn read(
        pages: &Pages,
        old: &'a Stored,
        code: &str,
    ) -> Result<Map<String, Value>, Vec<Text>> {
        let mut reading = Self {
            old,
            mistakes: Vec::new(),
        };
        let mut input = reading.about(pages.edition.as_ref());
        input.insert("code".to_owned(), code.into());
        if let Some(page) = &pages.themes {
            input.insert("themes".to_owned(), themes(page).into());
        }
        let (mut carried, mut dropped, mut criteria) = (Vec::new(), Vec::new(), Vec::new());
        for row in pages.criteria.keys().copied().filter(|row| *row > 0) {
            let cells = Cells {
                page: &pages.criteria,
                row,
            };
            match code_of::<Change>(cells.text(Column::Change)).and_then(Change::from_code) {
                Some(Change::Carried) => carried.push(reading.carried(&cells)),
                Some(Change::Dropped) => {
                    dropped.extend(cells.list(Column::From).into_iter().map(str::to_owned));
                }
                Some(change @ (Change::Changed | Change::Added)) => {
                    criteria.push(reading.criterion(&cells, change));
                }
                None => reading.wrong(
                    &cells.place(Column::Change),
                    "kies Overgenomen, Gewijzigd, Vervallen of Nieuw.",
                    "choose Carried over, Changed, Dropped or New.",
                ),
            }
        }
        input.insert("carried".to_owned(), carried.into());
        input.insert("dropped".to_owned(), dropped.into());
        input.insert("criteria".to_owned(), criteria.into());
        if reading.mistakes.is_empty() {
            Ok(input)
        } else {
            Err(reading.mistakes)
        }
    }

    fn wrong(&mut self, place: &str, nl: &str, en: &str) {
        self.mistakes.push(Text::new(
            format!("{place}: {nl}"),
            format!("{place}: {en}"),
        ));
    }

    /// What the page of the edition says.
    fn about(&mut self, page: Option<&Page>) -> Map<String, Value> {
        let mut input = Map::new();
        let mut source = Map::new();
        for (member, name) in ABOUT {
            let found = page.and_then(|page| value(page, name));
            match (member, found) {
                ("document" | "place", Some((_, text))) => {
                    source.insert(member.to_owned(), text.into());
                }
                (
                    "normMonths" | "inheritanceGraceMonths" | "expectedVersion",
                    Some((row, text)),
                ) => match text.parse::<i64>() {
                    Ok(number) => {
                        input.insert(member.to_owned(), number.into());
                    }
                    Err(_) => self.wrong(
                        &place(EDITION, row, 1),
                        "schrijf een geheel getal.",
                        "write a whole number.",
                    ),
                },
                (_, Some((_, text))) => {
                    input.insert(member.to_owned(), text.into());
                }
                ("document" | "place" | "expectedVersion", None) => {}
                (_, None) => self.wrong(
                    EDITION,
                    &format!("vul achter {name} iets in."),
                    &format!("fill in something behind {name}."),
                ),
            }
        }
        if !source.is_empty() {
            input.insert("source".to_owned(), Value::Object(source));
        }
        input
    }

    /// The code of a criterion that is carried over; wrong where it says something else than the
    /// edition before.
    fn carried(&mut self, cells: &Cells<'_>) -> String {
        let code = cells.text(Column::Code).to_owned();
        let old = self.old;
        let rows = old.rows();
        let before = rows
            .iter()
            .find(|row| row.criterion.is_some_and(|one| one.code == code));
        let Some(before) = before else {
            // Which of these codes there is, the mutation says.
            return code;
        };
        let compared = COLUMNS.into_iter();
        let compared = compared.filter(|column| !matches!(column, Column::Change | Column::From));
        for column in compared {
            let is_same = plain(&before.cell(column)) == plain(cells.text(column));
            if header(cells.page, column.dutch()).is_some() && !is_same {
                self.wrong(
                    &cells.place(column),
                    "dit wijkt af van de vorige editie; zet Verandering op Gewijzigd.",
                    "this differs from the edition before; set Verandering to Gewijzigd.",
                );
            }
        }
        code
    }

    /// A criterion that changes or comes.
    fn criterion(&mut self, cells: &Cells<'_>, change: Change) -> Value {
        let mut one = Map::new();
        for column in COLUMNS {
            let (text, member) = (cells.text(column), column.member());
            let read = match column {
                Column::Change => continue,
                Column::From if change == Change::Added => json!([]),
                Column::From | Column::EvidenceKinds => json!(cells.list(column)),
                Column::Level => json!(code_of::<CriterionLevel>(text)),
                Column::AnsweredBy => json!(code_of::<AnsweredBy>(text)),
                Column::Scope => json!(code_of::<CriterionScope>(text)),
                Column::Basis => json!(code_of::<CriterionBasis>(text)),
                Column::Required | Column::NotApplicable => json!(yes_or_no(text)),
                Column::ReviewMonths => json!(text.parse::<i32>().ok()),
                Column::Code
                | Column::Theme
                | Column::TitleNl
                | Column::TitleEn
                | Column::TextNl
                | Column::TextEn => json!(text),
            };
            if read.is_null() {
                self.wrong(
                    &cells.place(column),
                    "dit woord kent de dienst hier niet, of de cel is leeg.",
                    "the service does not know this word here, or the cell is empty.",
                );
            }
            one.insert(member.to_owned(), read);
        }
        Value::Object(one)
    }
}

/// A text as programs may have written it: ends of lines and blanks around it aside.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn yes_or_no(cell: &str) -> Option<bool> {
    let stated = cell.to_lowercase();
    match (
        YES.contains(&stated.as_str()),
        NO.contains(&stated.as_str()),
    ) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        (false, false) => None,
    }
}

/// The themes of their page.
fn themes(page: &Page) -> Vec<Value> {
    let columns = THEME.map(|(member, name)| (member, header(page, name)));
    let rows = page.iter().filter(|(row, _)| **row > 0);
    let theme = |cells: &BTreeMap<u32, String>| {
        let members = columns.iter().map(|(member, at)| {
            let cell = at.and_then(|at| cells.get(&at));
            let text = cell.map_or("", |cell| cell.trim());
            ((*member).to_owned(), Value::from(text))
        });
        Value::Object(members.collect())
    };
    rows.map(|(_, cells)| theme(cells)).collect()
}
