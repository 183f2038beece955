//! The answer sheet: to fetch, and to send back with every mistake beside its row.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    KEY, Mistake, TOKEN, Unmade, Visit,
    frame::{self, Body},
    view::{self, Text},
};

/// What is asked of the service when a sheet comes back.
pub const IMPORT: &str = "mutation WorkplaceSheet($input: ImportAnswerSheetInput!) { \
     importAnswerSheet(input: $input) { changed toConfirm \
     changes { criterion cell before after } \
     errors { code message { nl } row column cell } \
     warnings { message { nl } } } }";

/// The field of the form with the file.
pub const FILE: &str = "bestand";
/// The field that says to look only.
pub const TRIAL: &str = "proef";

/// A sheet that came back, as the service read it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Read {
    changed: Option<u32>,
    to_confirm: Option<u32>,
    changes: Vec<Change>,
    errors: Vec<RowError>,
    warnings: Vec<Warning>,
}

#[derive(Debug, Deserialize)]
struct Change {
    criterion: String,
    cell: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

/// A mistake in a file, beside its row.
#[derive(Debug, Deserialize)]
pub(crate) struct RowError {
    message: Text,
    row: Option<u32>,
    column: Option<String>,
    cell: Option<String>,
}

/// What to look at in a file although nothing is wrong.
#[derive(Debug, Deserialize)]
pub(crate) struct Warning {
    pub(crate) message: Text,
}

impl Read {
    /// Reads the answer to [`IMPORT`].
    ///
    /// # Errors
    /// When it has another shape.
    pub fn parse(mut data: Value) -> Result<Self, Unmade> {
        Ok(serde_json::from_value(data["importAnswerSheet"].take())?)
    }

    /// Whether nothing was wrong with it.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.errors.is_empty()
    }
}

/// The page of the sheet of a municipality in a period.
#[derive(Debug)]
pub struct SheetPage<'a> {
    /// The CBS code of the municipality.
    pub municipality: &'a str,
    /// What people call the municipality.
    pub name: &'a str,
    /// The key of the period.
    pub period: &'a str,
    /// What came of a sheet that was sent back to look at, or with mistakes.
    pub read: Option<&'a Read>,
    /// Why a file could not be read at all.
    pub mistakes: &'a [Mistake],
}

impl SheetPage<'_> {
    /// The whole page.
    #[must_use]
    pub fn lay_out(&self, visit: &Visit<'_>) -> String {
        let body = Body {
            title: format!("Antwoordblad van {}, periode {}", self.name, self.period),
            content: self.content(visit),
        };
        frame::lay_out(&body, visit)
    }

    fn content(&self, visit: &Visit<'_>) -> Markup {
        let Self {
            municipality,
            period,
            ..
        } = self;
        let up = format!("/werkplek/beoordelingen/{municipality}/{period}");
        let wrong = view::wrong(FILE, self.mistakes);
        html! {
            p.utrecht-paragraph { a.utrecht-link href=(up) { "Terug naar de beoordeling" } }
            (self.outcome())
            h2.utrecht-heading-2 { "Ophalen" }
            ul {
                li { a.utrecht-link href={ "/werkplek/bladen/" (municipality) "/" (period) ".xlsx" } { "Voor Excel (.xlsx)" } }
                li { a.utrecht-link href={ "/werkplek/bladen/" (municipality) "/" (period) ".csv" } { "Als CSV, voor Nederlandstalig Excel" } }
            }
            h2.utrecht-heading-2 { "Terugsturen" }
            p.utrecht-paragraph {
                "Een proef laat eerst zien wat er zou veranderen en bewaart niets. Zolang er een fout in staat, wordt niets opgeslagen."
            }
            form.stm-form method="post" enctype="multipart/form-data" action={ (up) (crate::SHEET_UPLOAD) } {
                input type="hidden" name=(TOKEN) value=(visit.form_token);
                input type="hidden" name=(KEY) value={ (visit.key) "-blad" };
                div.stm-field.stm-wrong[wrong.is_some()] {
                    label for=(FILE) { "Bestand (.xlsx of CSV in UTF-8, tot 2 MB)" }
                    @if let Some((_, text)) = &wrong { (text) }
                    input type="file" id=(FILE) name=(FILE) accept=".xlsx,.csv" aria-describedby=[wrong.as_ref().map(|(id, _)| id)] aria-invalid=[wrong.as_ref().map(|_| "true")];
                }
                button.stm-button type="submit" name=(TRIAL) value="ja" { "Proef" }
                " "
                button.stm-button type="submit" { "Opslaan" }
            }
        }
    }

    fn outcome(&self) -> Markup {
        html! {
            @if !self.mistakes.is_empty() {
                div.stm-errors role="alert" tabindex="-1" autofocus {
                    h2.utrecht-heading-2 { "Niet opgeslagen" }
                    ul {
                        @for mistake in self.mistakes {
                            li {
                                @match &mistake.field {
                                    Some(field) => { a.utrecht-link href={ "#" (field) } { (mistake.text) } }
                                    None => { (mistake.text) }
                                }
                            }
                        }
                    }
                }
            }
            @if let Some(read) = self.read {
                @if read.is_right() { (would_change(read)) } @else { (wrong(&read.errors)) }
                @for warning in &read.warnings { p.utrecht-paragraph { (warning.message.nl) } }
            }
        }
    }
}

/// The mistakes, in the order of the rows.
pub(crate) fn wrong(errors: &[RowError]) -> Markup {
    html! {
        div.stm-errors role="alert" tabindex="-1" autofocus {
            h2.utrecht-heading-2 { "Niet opgeslagen: " (errors.len()) (if errors.len() == 1 { " fout" } else { " fouten" }) }
            (rows(errors))
        }
    }
}

/// A table of mistakes, each beside its row.
pub(crate) fn rows(errors: &[RowError]) -> Markup {
    html! {
        div.stm-scroll tabindex="0" {
            table.utrecht-table {
                thead { tr {
                    th.utrecht-table__header-cell scope="col" { "Rij" }
                    th.utrecht-table__header-cell scope="col" { "Cel" }
                    th.utrecht-table__header-cell scope="col" { "Wat er mis is" }
                } }
                tbody {
                    @for error in errors {
                        tr {
                            td.utrecht-table__cell { @if let Some(row) = error.row { (row) } }
                            td.utrecht-table__cell { (error.cell.as_deref().or(error.column.as_deref()).unwrap_or_default()) }
                            td.utrecht-table__cell { (error.message.nl) }
                        }
                    }
                }
            }
        }
    }
}

fn would_change(read: &Read) -> Markup {
    let text = |value: &Option<String>| {
        let value = value.as_deref().unwrap_or("(leeg)");
        view::answer(value).to_owned()
    };
    html! {
        h2.utrecht-heading-2 { "Proef: er is niets opgeslagen" }
        p.utrecht-paragraph {
            "Antwoorden die dit blad zou veranderen: " (read.changed.unwrap_or_default()) "."
            @if let Some(count) = read.to_confirm.filter(|count| *count > 0) {
                " Daarna nog te bevestigen: " (count) "."
            }
        }
        @if !read.changes.is_empty() {
            ul {
                @for change in &read.changes {
                    li {
                        strong { (change.criterion) }
                        @if let Some(cell) = &change.cell { " (" (cell) ")" }
                        ": " (text(&change.before)) " wordt " (text(&change.after))
                    }
                }
            }
        }
    }
}
