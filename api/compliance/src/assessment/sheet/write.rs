//! The sheet of one municipality as it goes out: what each row says in each column, and CSV of it.

use chrono::NaiveDate;

use super::columns::{Column, IN_BOTH, IN_DUTCH};
use crate::table::{columns::Heading as _, parted, written};
use domain::{
    assessment::{evidence::Evidence, evidence_kind},
    clock::day_of,
    framework::codes::CriterionLevel,
    text::Text,
    verdict::rules::{AnswerValue, AnsweredBy},
};

/// Whose sheet it is.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct About {
    pub municipality: String,
    pub period: String,
    /// The version that it shows; none for the draft.
    pub version: Option<i32>,
    /// Whether the database is real or a demo.
    pub database: &'static str,
    /// The day on which it is written.
    pub made_on: NaiveDate,
}

/// A criterion with its answer, as a sheet tells it.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct SheetRow {
    pub criterion: String,
    pub title: Text,
    pub question: Text,
    pub level: String,
    pub review_months: i32,
    pub not_applicable_allowed: bool,
    pub required: bool,
    pub answered_by: String,
    pub answer: Option<AnswerValue>,
    pub explanation: String,
    pub evidence: Text,
    pub revision: Option<i32>,
    /// The period that the answer was carried over from, while nobody confirmed it; otherwise
    /// empty.
    pub carried_from: String,
    /// Whether the question says something else than in the assessment before; none where there is
    /// none before.
    pub is_changed: Option<bool>,
    /// What is to be done elsewhere before the criterion can be met; empty when nothing is.
    pub to_do: Text,
}

/// Evidence as a sheet shows it, a line for each piece: its kind by what people call it in the sheet
/// in Dutch, and by its code in the other.
pub(in crate::assessment) fn evidence_text(pieces: &[Evidence]) -> Text {
    let text = |kind: fn(&str) -> &str| {
        let lines = pieces.iter().map(|piece| {
            let place = [&piece.address, &piece.reference];
            let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
            format!(
                "{}: {} ({}), {}, ontvangen {}",
                kind(&piece.kind),
                piece.title,
                place.join(", "),
                piece.effective_on,
                day_of(piece.received_at),
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    Text::new(text(evidence_kind::label), text(|code| code))
}

impl SheetRow {
    /// Whether the municipality fills it in.
    pub(super) fn is_own(&self) -> bool {
        self.answered_by == AnsweredBy::Municipality.code()
    }

    /// Whether its answer was carried over and waits to be confirmed.
    pub(super) fn waits(&self) -> bool {
        !self.carried_from.is_empty()
    }

    fn norm(&self) -> Text {
        let level = CriterionLevel::ALL
            .into_iter()
            .find(|level| level.code() == self.level);
        let (nl, en) = level.map_or((self.level.as_str(), self.level.as_str()), |level| {
            level.label()
        });
        let months = self.review_months;
        let (or_nl, or_en) = if self.not_applicable_allowed {
            ("; mag niet van toepassing zijn", "; may be not applicable")
        } else {
            ("", "")
        };
        Text::new(
            format!("{nl}; bewijs is {months} maanden actueel{or_nl}"),
            format!("{en}; evidence is fresh for {months} months{or_en}"),
        )
    }

    /// What stands in a column of the sheet in Dutch.
    pub(super) fn in_dutch(&self, column: Column) -> String {
        let yes = |is: bool| if is { "ja" } else { "nee" }.to_owned();
        let answered_by = AnsweredBy::ALL.into_iter();
        match column {
            Column::Required => yes(self.required),
            Column::AnsweredBy => answered_by
                .filter(|one| one.code() == self.answered_by)
                .map(|one| one.label().0.to_owned())
                .collect(),
            Column::QuestionChanged => self.is_changed.map(yes).unwrap_or_default(),
            Column::Evidence => self.evidence.nl.clone(),
            Column::Confirmed if self.waits() => yes(false),
            other => self.in_both(other),
        }
    }

    /// What stands in a column of the sheet in English and Dutch.
    fn in_both(&self, column: Column) -> String {
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        let (nl, en) = self.answer.map_or(("", ""), AnswerValue::label);
        match column {
            Column::Criterion => self.criterion.clone(),
            Column::TitleNl => self.title.nl.clone(),
            Column::TitleEn => self.title.en.clone(),
            Column::Required => yes(self.required),
            Column::AnsweredBy => self.answered_by.clone(),
            Column::Answer => self.answer.map_or("", AnswerValue::code).to_owned(),
            Column::AnswerNl => nl.to_owned(),
            Column::AnswerEn => en.to_owned(),
            Column::Explanation => self.explanation.clone(),
            Column::Revision => self.revision.map(|n| n.to_string()).unwrap_or_default(),
            Column::CarriedFrom => self.carried_from.clone(),
            Column::ToDoNl => self.to_do.nl.clone(),
            Column::ToDoEn => self.to_do.en.clone(),
            Column::QuestionNl => self.question.nl.clone(),
            Column::QuestionEn => self.question.en.clone(),
            Column::NormNl => self.norm().nl,
            Column::NormEn => self.norm().en,
            Column::Evidence => self.evidence.en.clone(),
            Column::QuestionChanged => self.is_changed.map(yes).unwrap_or_default(),
            Column::Confirmed if self.waits() => yes(false),
            Column::Confirmed | Column::Database => String::new(),
        }
    }
}

/// The sheet in English and Dutch, by RFC 4180; every row says whether the database is real or a
/// demo.
pub(in crate::assessment) fn sheet(rows: &[SheetRow], database: &str) -> String {
    let mut text = written(IN_BOTH.map(Column::code));
    for row in rows {
        text += &written(IN_BOTH.map(|column| match column {
            Column::Database => database.to_owned(),
            other => row.in_both(other),
        }));
    }
    text
}

/// The sheet in Dutch as Dutch spreadsheets open it by a double click: semicolons, and a byte order
/// mark so that accents stay.
pub(in crate::assessment) fn sheet_in_dutch(rows: &[SheetRow], database: &str) -> String {
    let mut text = "\u{feff}".to_owned() + &parted(';', IN_DUTCH.map(Column::dutch));
    for row in rows {
        text += &parted(
            ';',
            IN_DUTCH.map(|column| match column {
                Column::Database => database.to_owned(),
                other => row.in_dutch(other),
            }),
        );
    }
    text
}
