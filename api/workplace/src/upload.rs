//! A form with a file: what the file is read as, the mutation that it becomes, and what came of it.

use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    FORM, HOME, KEY, Page, TOKEN, Unmade, Visit, edition_book,
    form::Form,
    region, round_sheet,
    sheet::{FILE, RowError, TRIAL, Warning, rows, wrong},
    table, view,
};

/// What a file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// The table of the statuses of a round.
    StatusSheet,
    /// The table of the answers of many municipalities.
    AssessmentTable,
    /// The workbook of an edition of the framework.
    Edition,
}

/// A form with a file.
#[derive(Debug)]
pub struct Upload {
    /// The form, of the values beside the file.
    pub form: Form,
    /// What the file is read as.
    pub kind: FileKind,
    /// What is selected of the payload.
    pub(crate) selection: &'static str,
}

/// The form with a file on the page at an address; none where there is none.
#[must_use]
pub fn find_upload(path: &str) -> Option<Upload> {
    let rest = path.strip_prefix(HOME)?;
    let parts: Vec<&str> = rest.split('/').skip(1).collect();
    match parts.as_slice() {
        ["rondes", _, "blad"] => Some(round_sheet::upload()),
        ["perioden", _, "tabel"] => Some(table::upload()),
        ["regio", _, "tabel", _] => Some(region::table::upload()),
        ["edities", "werkboek"] => Some(edition_book::upload()),
        _ => None,
    }
}

impl Upload {
    /// The document that is sent.
    #[must_use]
    pub fn document(&self) -> String {
        let name = self.form.mutation;
        let input = view::capitalised(name);
        let selection = self.selection;
        format!(
            "mutation Workplace($input: {input}Input!) {{ {name}(input: $input) {{ {selection} }} }}"
        )
    }

    /// The form on a page, with the values that the page puts in.
    pub(crate) fn view(
        &self,
        (page, visit): (&Page, &Visit<'_>),
        fixed: &[(&str, &str)],
    ) -> Markup {
        let id = self.form.mutation;
        let attempt = visit.attempt.filter(|attempt| attempt.form == id);
        let mistakes = attempt.map(|attempt| attempt.mistakes.as_slice());
        let wrong = view::wrong(FILE, mistakes.unwrap_or_default());
        let (label, accept) = match self.kind {
            FileKind::StatusSheet | FileKind::AssessmentTable => {
                ("Bestand (.xlsx of CSV in UTF-8, tot 2 MB)", ".xlsx,.csv")
            }
            FileKind::Edition => ("Bestand (.xlsx, tot 2 MB)", ".xlsx"),
        };
        html! {
            form.stm-form method="post" enctype="multipart/form-data" action=(page.path) id=(id) {
                input type="hidden" name=(TOKEN) value=(visit.form_token);
                input type="hidden" name=(FORM) value=(id);
                input type="hidden" name=(KEY) value={ (visit.key) "-" (id) };
                (self.form.fields(id, fixed, attempt))
                div.stm-field.stm-wrong[wrong.is_some()] {
                    label for=(FILE) { (label) }
                    @if let Some((_, text)) = &wrong { (text) }
                    input type="file" id=(FILE) name=(FILE) accept=(accept) aria-describedby=[wrong.as_ref().map(|(id, _)| id)] aria-invalid=[wrong.as_ref().map(|_| "true")];
                }
                button.stm-button type="submit" name=(TRIAL) value="ja" { "Proef" }
                " "
                button.stm-button type="submit" { (self.form.button) }
            }
        }
    }
}

/// What came of a file.
#[derive(Debug)]
pub struct Outcome {
    /// Whether it was only looked at.
    pub is_trial: bool,
    pub(crate) payload: Value,
    common: Common,
}

/// What every payload tells.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Common {
    errors: Vec<RowError>,
    #[serde(default)]
    left_out: Vec<RowError>,
    warnings: Vec<Warning>,
}

impl Outcome {
    /// Reads the answer to [`Upload::document`].
    ///
    /// # Errors
    /// When it has another shape.
    pub fn parse(upload: &Upload, mut data: Value, is_trial: bool) -> Result<Self, Unmade> {
        let payload = data[upload.form.mutation].take();
        let common = Common::deserialize(&payload)?;
        Ok(Self {
            is_trial,
            payload,
            common,
        })
    }

    /// Whether nothing was wrong with it.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.common.errors.is_empty()
    }

    /// Whether rows were left out of it.
    #[must_use]
    pub fn has_left_out(&self) -> bool {
        !self.common.left_out.is_empty()
    }
}

/// What came of the file that was sent from this page: its mistakes, each beside its row, or what
/// the page says of it.
pub(crate) fn outcome(
    visit: &Visit<'_>,
    right: impl FnOnce(&Outcome) -> Result<Markup, Unmade>,
) -> Result<Markup, Unmade> {
    let Some(outcome) = visit.outcome else {
        return Ok(html! {});
    };
    let common = &outcome.common;
    let main = if outcome.is_right() {
        right(outcome)?
    } else {
        wrong(&common.errors)
    };
    Ok(html! {
        (main)
        @if outcome.has_left_out() {
            h3.utrecht-heading-3 { "Overgeslagen regels" }
            (rows(&common.left_out))
        }
        @for warning in &common.warnings { p.utrecht-paragraph { (warning.message.nl) } }
    })
}
