//! The columns of the sheet of one municipality: what each is called, and by which other names it
//! is known again.

use super::{Placed, TableMistake};
use crate::assessment::table::Table;

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Criterion,
    TitleNl,
    TitleEn,
    Required,
    AnsweredBy,
    Answer,
    AnswerNl,
    AnswerEn,
    Explanation,
    Revision,
    CarriedFrom,
    ToDoNl,
    ToDoEn,
    Database,
    QuestionNl,
    QuestionEn,
    NormNl,
    NormEn,
    Evidence,
    QuestionChanged,
    Confirmed,
}

use Column as C;

/// The columns of the sheet in English and Dutch, in their order; later ones came later.
pub(super) const IN_BOTH: [Column; 21] = [
    C::Criterion,
    C::TitleNl,
    C::TitleEn,
    C::Required,
    C::AnsweredBy,
    C::Answer,
    C::AnswerNl,
    C::AnswerEn,
    C::Explanation,
    C::Revision,
    C::CarriedFrom,
    C::ToDoNl,
    C::ToDoEn,
    C::Database,
    C::QuestionNl,
    C::QuestionEn,
    C::NormNl,
    C::NormEn,
    C::Evidence,
    C::QuestionChanged,
    C::Confirmed,
];

/// The columns of the sheet in Dutch, in the order in which somebody fills it in.
pub(super) const IN_DUTCH: [Column; 15] = [
    C::Criterion,
    C::TitleNl,
    C::QuestionNl,
    C::NormNl,
    C::Required,
    C::AnsweredBy,
    C::AnswerNl,
    C::Explanation,
    C::Evidence,
    C::CarriedFrom,
    C::QuestionChanged,
    C::Confirmed,
    C::ToDoNl,
    C::Revision,
    C::Database,
];

impl Column {
    /// What it is called in the sheet in English and Dutch.
    pub(super) fn code(self) -> &'static str {
        match self {
            C::Criterion => "criterion",
            C::TitleNl => "title_nl",
            C::TitleEn => "title_en",
            C::Required => "required",
            C::AnsweredBy => "answered_by",
            C::Answer => "answer",
            C::AnswerNl => "answer_nl",
            C::AnswerEn => "answer_en",
            C::Explanation => "explanation",
            C::Revision => "revision",
            C::CarriedFrom => "carried_from",
            C::ToDoNl => "to_do_nl",
            C::ToDoEn => "to_do_en",
            C::Database => "database",
            C::QuestionNl => "question_nl",
            C::QuestionEn => "question_en",
            C::NormNl => "norm_nl",
            C::NormEn => "norm_en",
            C::Evidence => "evidence",
            C::QuestionChanged => "question_changed",
            C::Confirmed => "confirmed",
        }
    }

    /// What it is called in the sheet in Dutch.
    pub(super) fn dutch(self) -> &'static str {
        match self {
            C::Criterion => "Criterium",
            C::TitleNl => "Titel",
            C::Required => "Telt mee",
            C::AnsweredBy => "Wie antwoordt",
            C::AnswerNl => "Antwoord",
            C::Explanation => "Toelichting",
            C::Revision => "Revisie",
            C::CarriedFrom => "Overgenomen uit",
            C::ToDoNl => "Nog te doen",
            C::Database => "Gegevensbank",
            C::QuestionNl => "Vraag",
            C::NormNl => "Norm",
            C::Evidence => "Bewijs",
            C::QuestionChanged => "Vraag gewijzigd",
            C::Confirmed => "Bevestigd",
            C::TitleEn | C::Answer | C::AnswerEn | C::ToDoEn | C::QuestionEn | C::NormEn => {
                self.code()
            }
        }
    }

    /// The column that a header means, in whatever case, with whatever blanks and signs between
    /// its words.
    fn of_header(header: &str) -> Option<Self> {
        let header = plain(header);
        let is_name =
            |column: &Self| plain(column.code()) == header || plain(column.dutch()) == header;
        IN_BOTH.into_iter().find(is_name)
    }
}

/// A header in lowercase, its words parted by one sign: spreadsheets and statistical programs write
/// `answer_nl`, `Answer NL` and `answer.nl`.
fn plain(header: &str) -> String {
    let lower = header.trim_start_matches('\u{feff}').to_lowercase();
    let words = lower.split(|sign: char| !sign.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// Where the columns of a sheet stand in a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::assessment) struct Columns {
    found: Vec<(usize, Column, String)>,
    /// Headers that are no column of the sheet, with their places.
    pub(super) unknown: Vec<(usize, String)>,
}

impl Columns {
    /// Finds the columns; a column that stands there under two names is a mistake.
    pub(super) fn of(table: &Table) -> Result<Self, Vec<Placed<TableMistake>>> {
        let mut columns = Self::default();
        let mut mistakes = Vec::new();
        for (at, header) in table.columns.iter().enumerate() {
            match Column::of_header(header) {
                None if is_index(header) => {}
                None => columns.unknown.push((at, header.clone())),
                Some(column) if columns.place(column).is_some() => mistakes.push(
                    Placed::at(
                        TableMistake::Unreadable,
                        table.header,
                        header,
                        format!("De kolom {header} staat er onder twee namen in."),
                        format!("The column {header} stands there under two names."),
                    )
                    .in_cell(at),
                ),
                Some(column) => columns.found.push((at, column, header.clone())),
            }
        }
        if mistakes.is_empty() {
            Ok(columns)
        } else {
            Err(mistakes)
        }
    }

    /// The place of a column.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        let mut found = self.found.iter();
        found.find(|(_, one, _)| *one == column).map(|(at, ..)| *at)
    }

    /// What a column is called in the table, and otherwise in the sheet.
    pub(super) fn name(&self, column: Column) -> &str {
        let mut found = self.found.iter();
        found
            .find(|(_, one, _)| *one == column)
            .map_or(column.code(), |(_, _, name)| name.as_str())
    }

    /// The column in which a field of an answer stands.
    pub(super) fn of_field(&self, field: &str) -> Column {
        match field {
            "explanation" => C::Explanation,
            "revision" => C::Revision,
            "answer" => self.of_answer(),
            "evidence" => C::Evidence,
            _ => C::Criterion,
        }
    }

    /// The first column of the table that holds answers.
    pub(super) fn of_answer(&self) -> Column {
        let mut columns = [C::Answer, C::AnswerNl, C::AnswerEn].into_iter();
        columns
            .find(|column| self.place(*column).is_some())
            .unwrap_or(C::Answer)
    }
}

/// Whether these are headers of an answer sheet: they name criteria and answers.
pub(super) fn is_of_sheet<'a>(headers: impl IntoIterator<Item = &'a str>) -> bool {
    let found: Vec<Column> = headers.into_iter().filter_map(Column::of_header).collect();
    let answers = [C::Answer, C::AnswerNl, C::AnswerEn];
    found.contains(&C::Criterion) && answers.iter().any(|column| found.contains(column))
}

/// Whether a header is the one that statistical programs give to the numbers of rows.
fn is_index(header: &str) -> bool {
    matches!(plain(header).as_str(), "" | "unnamed_0" | "x" | "index")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_known_in_every_form() {
        for (header, column) in [
            ("criterion", C::Criterion),
            ("\u{feff}Criterium ", C::Criterion),
            ("ANSWER", C::Answer),
            ("Answer NL", C::AnswerNl),
            ("answer.nl", C::AnswerNl),
            ("Antwoord", C::AnswerNl),
            ("toelichting", C::Explanation),
            ("Vraag  gewijzigd", C::QuestionChanged),
        ] {
            assert_eq!(Column::of_header(header), Some(column), "{header:?}");
        }
        assert_eq!(Column::of_header("explanaton"), None);
    }

    #[test]
    fn every_name_means_one_column() {
        for column in IN_BOTH {
            assert_eq!(Column::of_header(column.code()), Some(column));
            assert_eq!(Column::of_header(column.dutch()), Some(column));
        }
    }
}
