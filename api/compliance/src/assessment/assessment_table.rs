//! The table of many municipalities as it goes out to be filled in: a row for each municipality
//! that the caller fills in for, a column for each criterion that a municipality answers. It holds
//! no answers; `importAssessments` reads it back.

use chrono::NaiveDate;
use rust_xlsxwriter::XlsxError;
use sea_orm::{DbErr, FromQueryResult, Value};

use super::{
    history::{self, decided},
    repo::Subjects,
    sheet::MANY,
    target::NamedPeriod,
};
use crate::{
    table::{
        opened,
        outgoing::Form,
        parted,
        workbook::{text, titled},
        written,
    },
    workbook::NotOpened,
};
use database::{DbError, Session};
use domain::{
    assessment::life_cycle::State, error::chain, policy, territory::MunicipalityCode,
    verdict::rules::AnsweredBy,
};

/// The name of the page that is filled in.
const PAGE: &str = "Gemeenten";
/// Columns before the criteria, in English and in Dutch.
const BEFORE: [(&str, &str); 4] = [
    ("municipality", "Gemeente"),
    ("name", "Naam"),
    ("confirmed", "Bevestigd"),
    ("again", "Opnieuw"),
];
/// The column behind them, that says whether the database is real or a demo.
const DATABASE: (&str, &str) = ("database", "Gegevensbank");

/// The table that a workbook holds, as CSV, each row and column where it stood.
///
/// # Errors
/// When it cannot be opened, or holds no such table.
pub fn table_of_many(bytes: &[u8]) -> Result<String, NotOpened> {
    opened::table_of(bytes, MANY)
}

/// What there is for whoever wants a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssessmentTable {
    /// The table.
    File(Vec<u8>),
    /// No such period.
    NotFound,
    /// The role fills in for no others.
    NotForThisRole,
}

#[derive(Debug, FromQueryResult)]
struct Existing {
    code: String,
    name: String,
}

/// A table as it is written, its texts in the language of its form.
struct Rows {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The table of a period.
pub async fn of(session: &Session, period: &str, form: Form) -> Result<AssessmentTable, DbError> {
    if policy::may_import_assessments(session.mandate()).is_err() {
        return Ok(AssessmentTable::NotForThisRole);
    }
    let Some(period) = NamedPeriod::find(session, period).await? else {
        return Ok(AssessmentTable::NotFound);
    };
    let table = rows(session, &period, form != Form::Csv).await?;
    let file = match form {
        Form::Csv => {
            let lines = [&table.header].into_iter().chain(&table.rows);
            lines.map(written).collect::<String>().into_bytes()
        }
        Form::DutchCsv => {
            let lines = [&table.header].into_iter().chain(&table.rows);
            let lines = lines.map(|cells| parted(';', cells));
            format!("\u{feff}{}", lines.collect::<String>()).into_bytes()
        }
        Form::Workbook => workbook(&table, session.today())
            .map_err(|error| DbErr::Custom(chain(&error)))
            .map_err(DbError::doing("writing a table of assessments"))?,
    };
    Ok(AssessmentTable::File(file))
}

/// The municipalities of today that the caller fills in for, each with whether it is confirmed.
async fn rows(session: &Session, period: &NamedPeriod, is_dutch: bool) -> Result<Rows, DbError> {
    let word = |(en, nl): (&str, &str)| if is_dutch { nl } else { en }.to_owned();
    let criteria = period.edition.criteria.iter();
    let own: Vec<&str> = criteria
        .filter(|rule| rule.answered_by == AnsweredBy::Municipality)
        .map(|rule| rule.code.as_str())
        .collect();
    let explained = |code: &&str| {
        let explanation = word(("explanation", "toelichting"));
        [(*code).to_owned(), format!("{code}:{explanation}")]
    };
    let existing = municipalities(session).await?;
    let key = period.key.as_str();
    let of = Subjects::of(existing.iter().map(|one| (one.code.as_str(), key)));
    let latest = history::latest(session, &of).await?;
    let database = session.kind().code();
    let row = |one: &Existing| {
        let subject = format!("{}/{key}", one.code);
        let is_confirmed = latest.get(&subject).and_then(decided) == Some(State::Confirmed);
        let confirmed = if is_confirmed {
            word(("yes", "ja"))
        } else {
            String::new()
        };
        let before = [one.code.clone(), one.name.clone(), confirmed, String::new()];
        let open = own.iter().flat_map(|_| [String::new(), String::new()]);
        let cells = before.into_iter().chain(open);
        cells.chain([database.to_owned()]).collect()
    };
    let header = BEFORE.map(word).into_iter();
    let header = header.chain(own.iter().flat_map(explained));
    Ok(Rows {
        header: header.chain([word(DATABASE)]).collect(),
        rows: existing.iter().map(row).collect(),
    })
}

/// The municipalities of today that the caller fills in for, by code.
async fn municipalities(session: &Session) -> Result<Vec<Existing>, DbError> {
    let today: Vec<Existing> = session
        .rows(
            "reading the municipalities of today",
            "select distinct code, name from known.municipality
             where (valid_from is null or valid_from <= $1)
               and (valid_to is null or valid_to > $1)
             order by code",
            [Value::from(session.today())],
        )
        .await?;
    let mandate = session.mandate();
    let fills_in = |one: &Existing| {
        MunicipalityCode::parse(&one.code).is_some_and(|code| {
            policy::may_fill_on_behalf(mandate, &code).is_ok()
                || policy::may_fill_draft(mandate, &code).is_ok()
        })
    };
    Ok(today.into_iter().filter(fills_in).collect())
}

/// The table as a workbook: cells are texts, so that no program makes a date of one.
fn workbook(table: &Rows, made_on: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut book = titled(PAGE, made_on)?;
    let page = book.add_worksheet();
    page.set_name(PAGE)?;
    page.set_freeze_panes(1, 2)?;
    let top = text();
    let head = top.clone().set_bold();
    for (column, name) in (0..).zip(&table.header) {
        page.write_string_with_format(0, column, name.as_str(), &head)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            page.write_string_with_format(row, column, cell.as_str(), &top)?;
        }
    }
    book.save_to_buffer()
}
