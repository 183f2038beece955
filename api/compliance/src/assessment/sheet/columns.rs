//! The columns of the sheet of one municipality: what each is called, and by which other names it
//! is known again.

use crate::table::{columns::Heading, opened::Recognition};

/// Where the columns of a sheet stand in a table.
pub(in crate::assessment) type Columns = crate::table::columns::Columns<Column>;

/// By what the page of a workbook is known that is an answer sheet.
pub(in crate::assessment) const SHEET: Recognition = Recognition {
    is_header: is_of_sheet,
    columns: ("Criterium en Antwoord", "criterion and answer"),
};

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::assessment) enum Column {
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

impl Heading for Column {
    const ALL: &'static [Self] = &IN_BOTH;

    fn code(self) -> &'static str {
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

    fn dutch(self) -> &'static str {
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
}

impl Columns {
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
fn is_of_sheet(headers: &[&str]) -> bool {
    let headers = headers.iter();
    let found: Vec<Column> = headers.filter_map(|name| Column::of_header(name)).collect();
    let answers = [C::Answer, C::AnswerNl, C::AnswerEn];
    found.contains(&C::Criterion) && answers.iter().any(|column| found.contains(column))
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
