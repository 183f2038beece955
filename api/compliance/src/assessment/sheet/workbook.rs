//! The sheet of one municipality as a workbook of Excel: a page that explains, the rows with
//! choices to pick from, and a hidden page with the choices.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::{
    columns::{Column, IN_DUTCH},
    write::{About, SheetRow},
};
use crate::table::{
    columns::Heading as _,
    workbook::{self, Formats, NotWritten},
};
use domain::verdict::rules::AnswerValue;

/// The name of the page that is filled in.
const ANSWERS: &str = "Antwoorden";

/// The bytes of the workbook.
pub(in crate::assessment) fn workbook(
    rows: &[SheetRow],
    about: &About,
) -> Result<Vec<u8>, NotWritten> {
    let title = format!("Antwoordblad {} {}", about.municipality, about.period);
    let mut book = workbook::titled(&title, about.made_on)?;
    workbook::explain(book.add_worksheet(), &explanation(about))?;
    fill(book.add_worksheet(), rows, about)?;
    let answers = answers().into_iter().map(|answer| answer.label().0);
    let lists = [answers.collect(), vec!["ja", "nee"]];
    workbook::choices(book.add_worksheet(), &lists)?;
    Ok(book.save_to_buffer()?)
}

fn explanation(about: &About) -> Vec<String> {
    let About {
        municipality,
        period,
        version,
        database,
        ..
    } = about;
    let of = match version {
        Some(version) => format!("ingediende versie {version}, om te lezen"),
        None => "concept".to_owned(),
    };
    vec![
        format!("Antwoordblad van {municipality} over {period}: {of}"),
        format!("Gegevensbank: {database}"),
        String::new(),
        format!("1. Vul op het blad {ANSWERS} de gekleurde cellen in; de andere zijn beveiligd."),
        "2. Kies bij Antwoord uit de lijst. Een lege cel laat een antwoord zoals het was; met \
         Onbekend neemt u het terug."
            .to_owned(),
        "3. Schrijf in Toelichting geen namen, telefoonnummers of e-mailadressen van personen. Maakt \
         u de cel leeg, dan vervalt de toelichting."
            .to_owned(),
        "4. Staat er iets bij Overgenomen uit, dan komt het antwoord uit een vorige periode en telt \
         het nog niet. Zet Bevestigd op ja als het nog klopt, of kies een ander antwoord. Een \
         gewijzigde vraag is leeg en beantwoordt u opnieuw."
            .to_owned(),
        "5. Laat de kolommen Criterium en Revisie zoals zij zijn: daaraan ziet de dienst of een \
         collega intussen iets heeft opgeslagen."
            .to_owned(),
        "6. Bewijs staat erbij om te lezen; vastleggen en wijzigen gaat buiten dit blad.".to_owned(),
        "7. Stuur het bestand terug naar hetzelfde adres, eerst met dryRun=true: dan ziet u per cel \
         wat er zou veranderen. Alle fouten komen in één keer terug, met de cel erbij."
            .to_owned(),
    ]
}

/// How wide a column is, in characters.
fn width(column: Column) -> u16 {
    match column {
        Column::QuestionNl => 50,
        Column::Explanation | Column::Evidence | Column::ToDoNl => 40,
        Column::TitleNl | Column::NormNl => 28,
        Column::AnswerNl => 20,
        _ => 13,
    }
}

/// Whether a column of a row is filled in.
fn is_open(row: &SheetRow, column: Column) -> bool {
    match column {
        Column::AnswerNl | Column::Explanation => row.is_own(),
        Column::Confirmed => row.is_own() && row.waits(),
        _ => false,
    }
}

fn fill(page: &mut Worksheet, rows: &[SheetRow], about: &About) -> Result<(), XlsxError> {
    workbook::begin(page, ANSWERS, 2)?;
    let Formats { head, top, open } = Formats::new();
    for (at, column) in (0..).zip(IN_DUTCH) {
        page.set_column_width(at, width(column))?;
        page.write_string_with_format(0, at, column.dutch(), &head)?;
        for (line, row) in (1..).zip(rows) {
            let text = match column {
                Column::Database => about.database.to_owned(),
                other => row.in_dutch(other).replace("\r\n", "\n"),
            };
            let is_open = about.version.is_none() && is_open(row, column);
            let format = if is_open { &open } else { &top };
            match (column, row.revision) {
                (Column::Revision, Some(revision)) => {
                    page.write_number_with_format(line, at, revision, format)?;
                }
                _ => {
                    page.write_string_with_format(line, at, text, format)?;
                }
            }
            if let Some(list) = list_of(row, column).filter(|_| is_open) {
                page.add_data_validation(line, at, line, at, &list?)?;
            }
        }
    }
    Ok(())
}

/// The choices of a cell, where it has any.
fn list_of(row: &SheetRow, column: Column) -> Option<Result<DataValidation, XlsxError>> {
    let range = match column {
        Column::AnswerNl if row.not_applicable_allowed => "$A$1:$A$5",
        Column::AnswerNl => "$A$1:$A$4",
        Column::Confirmed => "$B$1:$B$2",
        _ => return None,
    };
    Some(workbook::chosen_from(range))
}

/// The answers in the order of the lists: the one that not every criterion takes comes last.
fn answers() -> Vec<AnswerValue> {
    let (last, mut first): (Vec<_>, Vec<_>) = AnswerValue::ALL
        .into_iter()
        .partition(|answer| *answer == AnswerValue::NotApplicable);
    first.extend(last);
    first
}
