//! The sheet of one municipality as it comes back, beside what its draft says.
//!
//! What a sheet repeats says nothing: it saves nothing, and confirms no answer that was carried
//! over. To confirm is to say so, in the column for it. What it leaves out stays as it is.

use super::{
    Column, Columns, Given, Layout, Mistakes, Placed, TableMistake, cells, explanation, missing,
    read, unknown_answer,
};
use crate::table::{Row, cell_name};
use domain::{assessment::rules, framework::key::code_in, text::Text, verdict::rules::AnswerValue};
use graphql::{member::Member, warning::Warning};

/// An answer of the draft, as a sheet is held against it.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct Kept {
    pub criterion: String,
    pub answer: String,
    pub explanation: Option<String>,
    pub revision: i32,
    /// Whether it was carried over and waits to be confirmed.
    pub is_to_confirm: bool,
    /// Its evidence as the sheets show it.
    pub evidence: Text,
}

/// A cell that says something else than the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assessment) struct CellChange {
    pub criterion: String,
    pub row: u64,
    pub column: String,
    pub cell: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A sheet as it was read: what it changes, beside what is wrong with the rest.
#[derive(Debug)]
pub(in crate::assessment) struct SheetRead {
    pub layout: Layout,
    /// What is to be kept; where there are mistakes, also what is only to be checked.
    pub given: Vec<Given>,
    pub mistakes: Mistakes,
    pub warnings: Vec<Warning>,
    pub changes: Vec<CellChange>,
    /// Answers that were carried over and that the sheet repeats without confirming them.
    pub to_confirm: usize,
}

/// Reads a sheet back, beside what the draft has. A row without an answer says nothing.
pub(in crate::assessment) fn read_sheet(
    text: &str,
    edition: &str,
    kept: &[Kept],
) -> Result<SheetRead, Mistakes> {
    let table = read(text)?;
    let columns = Columns::find(&table, TableMistake::Unreadable)?;
    let mut absent = Vec::new();
    if columns.place(Column::Criterion).is_none() {
        absent.extend(missing(&["criterion"], &table));
    }
    if columns.place(columns.of_answer()).is_none() {
        absent.extend(missing(&["answer"], &table));
    }
    if !absent.is_empty() {
        return Err(absent);
    }
    let mut sheet = SheetRead {
        warnings: columns.not_read(table.header),
        given: Vec::new(),
        mistakes: Vec::new(),
        changes: Vec::new(),
        to_confirm: 0,
        layout: Layout::One(columns.clone()),
    };
    for row in &table.rows {
        let criterion = row.cell(columns.place(Column::Criterion)).to_uppercase();
        let criterion = code_in(edition, &criterion).to_owned();
        let before = kept.iter().find(|one| one.criterion == criterion);
        let title = columns
            .place(Column::TitleNl)
            .or(columns.place(Column::TitleEn));
        let mut reader = RowReader {
            name: format!("{criterion} {}", row.cell(title)).trim().to_owned(),
            columns: &columns,
            row,
            before,
            mistakes: Vec::new(),
        };
        reader.read(criterion, &mut sheet);
        let found = std::mem::take(&mut reader.mistakes);
        sheet.mistakes.extend(found);
    }
    Ok(sheet)
}

/// Reads one row.
struct RowReader<'a> {
    name: String,
    columns: &'a Columns,
    row: &'a Row,
    before: Option<&'a Kept>,
    mistakes: Mistakes,
}

/// What a row says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stated {
    Nothing,
    Answer(AnswerValue),
    /// Something that is no answer, or more than one.
    Wrong,
}

impl RowReader<'_> {
    /// The text of a cell; none for an empty one.
    fn cell(&self, column: Column) -> Option<&str> {
        cells::text_of(self.row.cell(self.columns.place(column)))
    }

    fn wrong(&mut self, code: TableMistake, column: Column, nl: &str, en: &str) {
        let wrong = Placed::at(code, self.row.line, self.columns.name(column), nl, en);
        self.add(wrong, column);
    }

    fn add(&mut self, wrong: Placed<TableMistake>, column: Column) {
        let wrong = self.columns.placed(column, wrong);
        self.mistakes.push(wrong.about(&self.name));
    }

    fn change(&self, column: Column, before: Option<&str>, after: Option<&str>) -> CellChange {
        let at = self.columns.place(column);
        CellChange {
            criterion: self.name.split(' ').next().unwrap_or_default().to_owned(),
            row: self.row.line,
            column: self.columns.name(column).to_owned(),
            cell: at.map(|at| cell_name(at, self.row.line)),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        }
    }

    /// The answer by all columns that hold one: they agree, or it is no answer.
    fn answer(&mut self) -> Stated {
        let mut stated = Stated::Nothing;
        for column in [Column::Answer, Column::AnswerNl, Column::AnswerEn] {
            let Some(cell) = self.cell(column).map(str::to_owned) else {
                continue;
            };
            match (cells::value_of::<AnswerValue>(&cell), stated) {
                (None, _) => {
                    let name = self.columns.name(column);
                    let wrong = unknown_answer(self.row.line, name, &cell);
                    self.add(wrong, column);
                    stated = Stated::Wrong;
                }
                (Some(answer), Stated::Nothing) => stated = Stated::Answer(answer),
                (Some(answer), Stated::Answer(other)) if answer != other => {
                    let [(nl, en), (other_nl, other_en)] = [answer.label(), other.label()];
                    self.wrong(
                        TableMistake::AnswersContradict,
                        column,
                        &format!(
                            "Hier staat ‘{nl}’, en in een andere kolom van deze regel \
                             ‘{other_nl}’. Laat één antwoord staan en maak de andere cellen leeg."
                        ),
                        &format!(
                            "Here stands '{en}', and in another column of this row '{other_en}'. \
                             Leave one answer and empty the other cells."
                        ),
                    );
                    stated = Stated::Wrong;
                }
                (Some(_), Stated::Answer(_) | Stated::Wrong) => {}
            }
        }
        stated
    }

    /// The explanation: left out where it is the one that the draft has.
    fn explanation(&mut self) -> Member<String> {
        let column = self.columns.place(Column::Explanation);
        let raw = self.row.cell(column);
        let kept = self.before.and_then(|one| one.explanation.as_deref());
        let given = explanation(self.row, column);
        if column.is_none() || is_as_kept(raw, &given, kept) {
            return Member::LeftOut;
        }
        if let Some(spoilt) = cells::spoilt(raw) {
            let (nl, en) = spoilt.message();
            self.wrong(TableMistake::SpoiltCell, Column::Explanation, nl, en);
        }
        given
    }

    /// The revision that the sheet saw, and whether there is one that cannot be read.
    fn revision(&mut self) -> (Option<i32>, bool) {
        let Some(cell) = self.cell(Column::Revision).map(str::to_owned) else {
            return (None, false);
        };
        let revision = cells::whole_of::<i32>(&cell);
        if revision.is_none() {
            self.wrong(
                TableMistake::UnknownRevision,
                Column::Revision,
                &format!("{cell:?} is geen revisie; laat de kolom zoals zij was."),
                &format!("{cell:?} is no revision; leave the column as it was."),
            );
        }
        (revision, revision.is_none())
    }

    /// Whether the row confirms the answer that was carried over.
    fn confirms(&mut self) -> bool {
        let Some(cell) = self.cell(Column::Confirmed).map(str::to_owned) else {
            return false;
        };
        let stated = cells::yes_or_no(&cell);
        if stated.is_none() {
            self.wrong(
                TableMistake::UnknownConfirmation,
                Column::Confirmed,
                &format!("{cell:?} is geen bevestiging; schrijf ja, of laat de cel leeg."),
                &format!("{cell:?} is no confirmation; write yes, or leave the cell empty."),
            );
        }
        stated.unwrap_or_default()
    }

    /// Evidence is shown and not read: a cell that was changed is refused, so that nobody thinks it
    /// was kept. A kind may stand there by its label or by its code, as either sheet shows it.
    fn check_evidence(&mut self, seen: Option<i32>) {
        let Some(at) = self.columns.place(Column::Evidence) else {
            return;
        };
        let kept = self.before.map(|one| [&one.evidence.nl, &one.evidence.en]);
        let kept = kept.map_or(["", ""], |texts| texts.map(String::as_str));
        let is_of_now = self.before.is_none_or(|one| seen == Some(one.revision));
        let cell = cells::text_of(self.row.cell(Some(at))).unwrap_or_default();
        if is_of_now && !kept.iter().any(|text| cells::is_same_text(cell, text)) {
            self.wrong(
                TableMistake::EvidenceNotRead,
                Column::Evidence,
                "Bewijs wordt niet uit het blad gelezen. Leg het vast met saveDraft, en laat deze \
                 cel zoals zij was.",
                "Evidence is not read from the sheet. Record it with saveDraft, and leave this \
                 cell as it was.",
            );
        }
    }

    fn read(&mut self, criterion: String, sheet: &mut SheetRead) {
        let stated = self.answer();
        let explanation = self.explanation();
        let (revision, is_revision_unread) = self.revision();
        let confirms = self.confirms();
        self.check_evidence(revision);
        let answer = match stated {
            Stated::Answer(answer) => answer,
            // What else is wrong with the row is found beside it; nothing of it is kept.
            Stated::Wrong => AnswerValue::Unknown,
            Stated::Nothing => {
                if confirms || explanation.text().is_some() {
                    self.wrong(
                        TableMistake::AnswerMissing,
                        self.columns.of_answer(),
                        "Deze regel heeft een toelichting of een bevestiging, maar geen antwoord.",
                        "This row has an explanation or a confirmation, but no answer.",
                    );
                }
                return;
            }
        };
        let is_wrong = !self.mistakes.is_empty();
        let is_repeat =
            self.before.is_some_and(|one| one.answer == answer.code()) && explanation.is_left_out();
        let waits = self.before.is_some_and(|one| one.is_to_confirm);
        if is_repeat && !is_wrong && !(waits && confirms) {
            sheet.to_confirm += usize::from(waits);
            return;
        }
        self.note_changes(answer, &explanation, sheet);
        sheet.given.push(Given {
            line: self.row.line,
            name: self.name.clone(),
            criterion,
            answer,
            explanation,
            revision,
            is_revision_unread,
        });
    }

    /// Notes each cell that says something else than the draft.
    fn note_changes(&self, answer: AnswerValue, given: &Member<String>, sheet: &mut SheetRead) {
        let before = self.before.map(|one| one.answer.as_str());
        if before != Some(answer.code()) {
            let change = self.change(self.columns.of_answer(), before, Some(answer.code()));
            sheet.changes.push(change);
        }
        let words = self.before.and_then(|one| one.explanation.as_deref());
        if !given.is_left_out() {
            let change = self.change(Column::Explanation, words, given.text());
            sheet.changes.push(change);
        }
        if self.before.is_some_and(|one| one.is_to_confirm) {
            let change = self.change(Column::Confirmed, Some("no"), Some("yes"));
            sheet.changes.push(change);
        }
    }
}

/// Whether a cell says what the draft has: as it was written, as it is read, or as it is kept.
fn is_as_kept(raw: &str, given: &Member<String>, kept: Option<&str>) -> bool {
    match kept {
        None => rules::explanation(given.text()).is_none(),
        Some(kept) => {
            cells::is_same_text(raw, kept)
                || given
                    .text()
                    .is_some_and(|text| cells::is_same_text(text, kept))
        }
    }
}
