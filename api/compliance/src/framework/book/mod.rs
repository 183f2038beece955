//! An edition as a workbook of Excel: out, to read and to change, and in, as the input of
//! `proposeEdition`. Public as the framework is; who proposes is asked by that mutation.

use sea_orm::DbErr;
use serde_json::{Map, Value};

use self::{
    read::{Pages, Reading},
    write::Stored,
};
use super::repo;
use crate::workbook::{NotOpened, pages};
use database::{DbError, Session};
use domain::{error::chain, text::Text};

mod columns;
mod read;
mod write;

/// An edition as a workbook; none when there is none of that code. With `is_next` as the beginning
/// of the next one, which carries all; so is one that takes the place of none.
///
/// # Errors
/// When the database fails.
pub async fn of(session: &Session, code: &str, is_next: bool) -> Result<Option<Vec<u8>>, DbError> {
    let Some(stored) = stored(session, code, is_next).await? else {
        return Ok(None);
    };
    let file = write::workbook(&stored, session.today(), session.kind().code())
        .map_err(|error| DbErr::Custom(chain(&error)))
        .map_err(DbError::doing("writing an edition"))?;
    Ok(Some(file))
}

async fn stored(session: &Session, code: &str, is_next: bool) -> Result<Option<Stored>, DbError> {
    let Some(edition) = repo::find_edition(session, code).await? else {
        return Ok(None);
    };
    let lineage = repo::lineage(session, code).await?;
    Ok(Some(Stored {
        themes: repo::themes(session, code).await?,
        criteria: repo::criteria(session, code).await?,
        lineage: (!is_next && !lineage.is_empty()).then_some(lineage),
        edition,
    }))
}

/// A workbook that was opened and holds criteria.
#[derive(Debug)]
pub struct Opened(Pages);

/// Opens a workbook.
///
/// # Errors
/// When it cannot be opened, or holds no criteria.
pub fn open(bytes: &[u8]) -> Result<Opened, NotOpened> {
    let pages = Pages::find(pages(bytes)?);
    pages.map(Opened).ok_or(NotOpened::NoTable(
        "Criterium en Verandering",
        "criterion and change",
    ))
}

/// The input of `proposeEdition` for the edition of this code that a workbook holds, but for its
/// key and whether it is tried.
///
/// # Errors
/// When the database fails; all that is wrong with the cells stands in the answer.
pub async fn input_of(
    session: &Session,
    opened: &Opened,
    code: &str,
) -> Result<Result<Map<String, Value>, Vec<Text>>, DbError> {
    let old = match opened.0.from() {
        Some(from) => stored(session, from, true).await?,
        None => None,
    };
    let Some(old) = old else {
        return Ok(Err(vec![Text::new(
            "Noem op het blad Editie achter Vorige editie een editie die er is.",
            "Name on the page Editie behind Vorige editie an edition that there is.",
        )]));
    };
    Ok(Reading::read(&opened.0, &old, code))
}
