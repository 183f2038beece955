//! Whom to remind as a table: CSV in English and Dutch, CSV as Dutch spreadsheets open it, and a
//! workbook.

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, XlsxError};
use sea_orm::DbErr;

use super::{
    find::{Filter, Reminded, find},
    repo::are_known,
};
pub use crate::table::outgoing::{Form, Sheet};
use crate::table::{parted, workbook::titled, written};
use database::{DbError, Session};
use domain::{error::chain, policy};

/// The names of the columns: in CSV, in Dutch, and how wide they are in a workbook.
const COLUMNS: [(&str, &str, u16); 13] = [
    ("kind", "Soort", 24),
    ("label_nl", "Wat te doen", 36),
    ("label_en", "What to do", 36),
    ("organisation", "Organisatie", 14),
    ("organisation_name", "Naam", 28),
    ("safety_region", "Veiligheidsregio", 12),
    ("safety_region_name", "Naam veiligheidsregio", 28),
    ("subject", "Onderwerp", 20),
    ("title_nl", "Onderwerp in woorden", 60),
    ("title_en", "Subject in words", 60),
    ("since", "Sinds", 12),
    ("due", "Uiterlijk", 12),
    ("overdue", "Te laat", 9),
];
/// The columns in English, which a Dutch table leaves out, and the code of the kind.
const NOT_IN_DUTCH: [&str; 3] = ["kind", "label_en", "title_en"];
/// The column that says whether the database is real or a demo.
const DATABASE: (&str, &str) = ("database", "Gegevensbank");

/// The table of whom somebody may remind.
///
/// # Errors
/// When the database fails, or a workbook cannot be written.
pub async fn sheet(session: &Session, filter: &Filter, form: Form) -> Result<Sheet, DbError> {
    let Ok(reminders) = policy::reminders(session.mandate()) else {
        return Ok(Sheet::NotForThisRole);
    };
    let (period, area) = (filter.period.as_deref(), filter.area.as_deref());
    if !are_known(session, period, area).await? {
        return Ok(Sheet::NotFound);
    }
    let found = find(session, &reminders, filter).await?;
    let (today, database) = (session.today(), session.kind().code());
    let bytes = match form {
        Form::Csv => csv(&found, today, database).into_bytes(),
        Form::DutchCsv => dutch_csv(&found, today, database).into_bytes(),
        Form::Workbook => workbook(&found, today, database).map_err(|error| {
            let why = DbErr::Custom(chain(&error));
            DbError::doing("writing a workbook of whom to remind")(why)
        })?,
    };
    Ok(Sheet::File(bytes))
}

/// The cells of a row in the order of the columns.
fn cells(one: &Reminded, today: NaiveDate, (yes, no): (&str, &str)) -> [String; 13] {
    let found = &one.found;
    let (label_nl, label_en) = found.kind.label();
    let (area, area_name) = one.area.clone().unwrap_or_default();
    let late = if found.is_overdue(today) { yes } else { no };
    [
        found.kind.code().to_owned(),
        label_nl.to_owned(),
        label_en.to_owned(),
        one.organisation.clone().unwrap_or_default(),
        one.name.clone(),
        area,
        area_name,
        found.subject.clone(),
        one.title.nl.clone(),
        one.title.en.clone(),
        found.since.to_string(),
        found.due.map(|due| due.to_string()).unwrap_or_default(),
        late.to_owned(),
    ]
}

fn csv(found: &[Reminded], today: NaiveDate, database: &str) -> String {
    let names = COLUMNS.iter().map(|(name, _, _)| *name);
    let mut text = written(names.chain([DATABASE.0]));
    for one in found {
        let cells = cells(one, today, ("yes", "no")).into_iter();
        text += &written(cells.chain([database.to_owned()]));
    }
    text
}

/// The places of the columns that a Dutch table has.
fn in_dutch() -> impl Iterator<Item = usize> {
    let columns = COLUMNS.iter().enumerate();
    columns.filter_map(|(at, (name, _, _))| (!NOT_IN_DUTCH.contains(name)).then_some(at))
}

fn dutch_csv(found: &[Reminded], today: NaiveDate, database: &str) -> String {
    let names = in_dutch().map(|at| COLUMNS[at].1);
    let mut text = "\u{feff}".to_owned() + &parted(';', names.chain([DATABASE.1]));
    for one in found {
        let cells = cells(one, today, ("ja", "nee"));
        let cells = in_dutch().map(|at| cells[at].as_str());
        text += &parted(';', cells.chain([database]));
    }
    text
}

/// A day as workbooks have it.
fn day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    let [month, day] = [day.month(), day.day()].map(|part| u8::try_from(part).unwrap_or_default());
    ExcelDateTime::from_ymd(year, month, day)
}

fn workbook(found: &[Reminded], today: NaiveDate, database: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = titled("Te herinneren", today)?;
    let page = book.add_worksheet();
    page.set_name("Te herinneren")?;
    page.set_freeze_panes(1, 0)?;
    let top = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = top.clone().set_bold();
    let of_day = top.clone().set_num_format("yyyy-mm-dd");
    for (at, column) in (0..).zip(in_dutch()) {
        let (name, dutch, width) = COLUMNS[column];
        page.set_column_width(at, width)?;
        page.write_string_with_format(0, at, dutch, &head)?;
        for (line, one) in (1..).zip(found) {
            let date = match name {
                "since" => Some(one.found.since),
                "due" => one.found.due,
                _ => None,
            };
            if let Some(date) = date {
                page.write_datetime_with_format(line, at, day(date)?, &of_day)?;
            } else {
                let cells = cells(one, today, ("ja", "nee"));
                page.write_string_with_format(line, at, cells[column].as_str(), &top)?;
            }
        }
    }
    let last = u16::try_from(in_dutch().count()).unwrap_or_default();
    page.write_string_with_format(0, last, DATABASE.1, &head)?;
    for (line, _) in (1..).zip(found) {
        page.write_string_with_format(line, last, database, &top)?;
    }
    let lines = u32::try_from(found.len()).unwrap_or(u32::MAX - 1);
    page.autofilter(0, 0, lines, last)?;
    book.save_to_buffer()
}
