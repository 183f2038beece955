//! The sheet of a round as a workbook of Excel: a page that explains, the actions with choices to
//! pick from, and a hidden page with the choices.

use chrono::NaiveDate;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    columns::{Column, IN_DUTCH},
    shown::Shown,
};
use crate::table::{
    columns::Heading as _,
    workbook::{self, Formats, NotWritten},
};
use domain::plan::rules::ActionStatus;

/// The name of the page that is filled in.
const ACTIONS: &str = "Acties";

/// Which round a sheet is of.
#[derive(Debug, Clone)]
pub(in crate::monitoring) struct About {
    pub round: String,
    pub title: String,
    /// The last day of the round.
    pub last_day: NaiveDate,
    /// Whether the database is real or a demo.
    pub database: &'static str,
    /// The day on which it is written.
    pub made_on: NaiveDate,
}

/// The bytes of the workbook.
pub(in crate::monitoring) fn workbook(
    rows: &[Shown],
    about: &About,
) -> Result<Vec<u8>, NotWritten> {
    let mut book = workbook::titled(&format!("Standen {}", about.round), about.made_on)?;
    workbook::explain(book.add_worksheet(), &explanation(about))?;
    fill(book.add_worksheet(), rows, about.database)?;
    let statuses = ActionStatus::ALL.map(|status| status.label().0);
    let lists = [statuses.to_vec(), vec!["ja", "nee"]];
    workbook::choices(book.add_worksheet(), &lists)?;
    Ok(book.save_to_buffer()?)
}

fn explanation(about: &About) -> Vec<String> {
    let About {
        round,
        title,
        last_day,
        database,
        ..
    } = about;
    vec![
        format!("Standen van de acties in monitoringsronde {round}: {title}"),
        format!("Gegevensbank: {database}. De ronde loopt tot en met {last_day}."),
        String::new(),
        format!("1. Vul op het blad {ACTIONS} de gekleurde cellen in; de andere zijn beveiligd."),
        "2. Bij elke actie staat wat er het laatst over is gemeld, in deze ronde of in een eerdere; \
         Laatst gemeld in en Gemeld door zeggen waar en door wie."
            .to_owned(),
        "3. Een regel die u wijzigt, wordt gerapporteerd zoals zij er dan staat. Een ongewijzigde \
         regel rapporteert niets, tenzij u Rapporteren op ja zet: dan geldt dezelfde stand ook voor \
         deze ronde."
            .to_owned(),
        "4. Kies bij Stand uit de lijst. Maakt u de cel leeg, dan zegt de regel niets.".to_owned(),
        "5. Alleen bij In uitvoering, vertraging hoort een vertraging: noem de oorzaak, of zet \
         Oorzaak onbekend op ja. Bij een andere stand blijven die cellen leeg."
            .to_owned(),
        "6. Schrijf in Toelichting geen namen, telefoonnummers of e-mailadressen van personen."
            .to_owned(),
        "7. Zegt een document het, noem dan bij Brondocument de sleutel en bij Plaats in bron waar \
         het staat. Anders is het ministerie de bron."
            .to_owned(),
        "8. Laat Actie en Versie zoals zij zijn: daaraan ziet de dienst of iemand intussen iets \
         heeft gemeld."
            .to_owned(),
        "9. Stuur het bestand terug naar hetzelfde adres, eerst met dryRun=true: dan ziet u per cel \
         wat er zou veranderen. Alle fouten komen in één keer terug, met de cel erbij."
            .to_owned(),
    ]
}

/// How wide a column is, in characters.
fn width(column: Column) -> u16 {
    match column {
        Column::TitleNl | Column::Explanation => 50,
        Column::DelayCause => 40,
        Column::Owner | Column::StatusNl | Column::ReportedBy => 24,
        Column::DelayAmount | Column::SourceDocument | Column::SourcePlace => 18,
        _ => 11,
    }
}

/// Whether a column is filled in.
fn is_open(column: Column) -> bool {
    matches!(
        column,
        Column::StatusNl
            | Column::Explanation
            | Column::DelayAmount
            | Column::DelayCause
            | Column::DelayCauseUnknown
            | Column::SourceDocument
            | Column::SourcePlace
            | Column::Report
    )
}

fn fill(page: &mut Worksheet, rows: &[Shown], database: &str) -> Result<(), XlsxError> {
    workbook::begin(page, ACTIONS, 2)?;
    let Formats { head, top, open } = Formats::new();
    let statuses = format!("$A$1:$A${}", ActionStatus::ALL.len());
    for (at, column) in (0..).zip(IN_DUTCH) {
        page.set_column_width(at, width(column))?;
        page.write_string_with_format(0, at, column.dutch(), &head)?;
        let list = match column {
            Column::StatusNl => Some(workbook::chosen_from(&statuses)?),
            Column::DelayCauseUnknown | Column::Report => Some(workbook::chosen_from("$B$1:$B$2")?),
            _ => None,
        };
        let format = if is_open(column) { &open } else { &top };
        for (line, row) in (1..).zip(rows) {
            match column {
                Column::Action => {
                    page.write_number_with_format(line, at, row.action, format)?;
                }
                Column::Database => {
                    page.write_string_with_format(line, at, database, format)?;
                }
                other => {
                    let text = row.in_dutch(other).replace("\r\n", "\n");
                    page.write_string_with_format(line, at, text, format)?;
                }
            }
            if let Some(list) = &list {
                page.add_data_validation(line, at, line, at, list)?;
            }
        }
    }
    Ok(())
}
