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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use calamine::{Data, Reader as _, Xlsx};
    use zip::ZipArchive;

    use super::*;
    use domain::text::Text;

    fn row(criterion: &str) -> SheetRow {
        SheetRow {
            criterion: criterion.to_owned(),
            title: Text::new("Titel", "Title"),
            question: Text::new("Is het er?", "Is it there?"),
            level: "BASIC".to_owned(),
            review_months: 48,
            not_applicable_allowed: false,
            required: true,
            answered_by: "MUNICIPALITY".to_owned(),
            answer: None,
            explanation: String::new(),
            evidence: Text::new("", ""),
            revision: None,
            carried_from: String::new(),
            is_changed: None,
            to_do: Text::new("", ""),
        }
    }

    /// A workbook of three criteria: one whose answer waits to be confirmed, one that nobody
    /// answered, and one that is computed.
    fn file(version: Option<i32>) -> Vec<u8> {
        let waiting = SheetRow {
            answer: Some(AnswerValue::Met),
            not_applicable_allowed: true,
            carried_from: "2026-1".to_owned(),
            ..row("BB-03")
        };
        let computed = SheetRow {
            answered_by: "COMPUTED".to_owned(),
            ..row("BB-01")
        };
        let about = About {
            municipality: "GM0402".to_owned(),
            period: "2026-2".to_owned(),
            version,
            database: "REAL",
            made_on: "2026-11-22".parse().unwrap(),
        };
        workbook(&[waiting, row("BB-04"), computed], &about).unwrap()
    }

    /// A file within a workbook, as a text.
    fn part_of(file: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
        let mut text = String::new();
        let mut part = archive.by_name(name).unwrap();
        part.read_to_string(&mut text).unwrap();
        text
    }

    /// What stands between two marks, wherever they stand.
    fn between<'a>(text: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
        let parts = text.split(begin).skip(1);
        let found = parts.filter_map(|part| part.split_once(end));
        found.map(|(part, _)| part).collect()
    }

    /// The cells of a page that have choices, with where these stand.
    fn choices_of(page: &str) -> Vec<(&str, &str)> {
        let lists = between(page, "<dataValidation ", "</dataValidation>").into_iter();
        let mut found: Vec<(&str, &str)> = lists
            .map(|list| {
                let cell = between(list, "sqref=\"", "\"");
                let range = between(list, "<formula1>", "</formula1>");
                (cell[0], range[0])
            })
            .collect();
        found.sort_unstable();
        found
    }

    /// The cells of a page that somebody may write in although it is protected.
    fn open_cells(page: &str, styles: &str) -> Vec<String> {
        let formats = between(styles, "<cellXfs", "</cellXfs>");
        let formats = formats[0].split("<xf ").skip(1);
        let is_open: Vec<bool> = formats
            .map(|format| format.contains("locked=\"0\""))
            .collect();
        let cells = between(page, "<c r=\"", ">").into_iter();
        let cells = cells.filter_map(|cell| {
            let (name, rest) = cell.split_once("\" s=\"")?;
            let (format, _) = rest.split_once('"')?;
            let format: usize = format.parse().unwrap();
            is_open[format].then(|| name.to_owned())
        });
        cells.collect()
    }

    #[test]
    fn answers_are_picked_from_lists_and_the_rest_is_protected() {
        let draft = file(None);
        let page = part_of(&draft, "xl/worksheets/sheet2.xml");
        assert!(page.contains("<sheetProtection sheet=\"1\""), "{page}");
        assert_eq!(
            choices_of(&page),
            [
                ("G2", "Keuzen!$A$1:$A$5"),
                ("G3", "Keuzen!$A$1:$A$4"),
                ("L2", "Keuzen!$B$1:$B$2"),
            ]
        );
        let styles = part_of(&draft, "xl/styles.xml");
        assert_eq!(open_cells(&page, &styles), ["G2", "H2", "L2", "G3", "H3"]);
        // What was submitted is only read.
        let submitted = file(Some(1));
        let page = part_of(&submitted, "xl/worksheets/sheet2.xml");
        assert!(page.contains("<sheetProtection sheet=\"1\""), "{page}");
        assert_eq!(choices_of(&page), [("", ""); 0]);
        let styles = part_of(&submitted, "xl/styles.xml");
        assert_eq!(open_cells(&page, &styles), [""; 0]);
    }

    #[test]
    fn the_choices_stand_in_dutch_on_a_hidden_page() {
        let file = file(None);
        let book = part_of(&file, "xl/workbook.xml");
        let hidden = "<sheet name=\"Keuzen\" sheetId=\"3\" state=\"hidden\"";
        assert!(book.contains(hidden), "{book}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let range = book.worksheet_range("Keuzen").unwrap();
        let column = |at: usize| -> Vec<String> {
            let cells = range.rows().filter_map(|row| row.get(at));
            let cells = cells.filter(|cell| !matches!(cell, Data::Empty));
            cells.map(ToString::to_string).collect()
        };
        assert_eq!(
            column(0),
            [
                "Voldaan",
                "Deels voldaan",
                "Niet voldaan",
                "Onbekend",
                "Niet van toepassing"
            ]
        );
        assert_eq!(column(1), ["ja", "nee"]);
    }
}
