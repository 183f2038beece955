//! The source that a change comes with.

use async_graphql::InputObject;

use super::repo;
use database::{DbError, Session};
use domain::mistake::{Mistake, text_mistakes};

/// Characters of a place in a document at most.
const LONGEST_PLACE: usize = 200;

/// The document that says so, and the place in it. NL: bron.
#[derive(InputObject, Debug, Clone)]
pub struct SourceInput {
    /// The key of a registered source document, as in `monitoring-2025`. NL: document.
    document: String,
    /// The place in it, at most 200 characters: line numbers as in `143-145` or `27;68`, or words
    /// as in `bijlage 2, tabel 1`. NL: plaats.
    place: String,
}

impl SourceInput {
    /// A document and the place in it, as a table gives them.
    pub fn of(document: &str, place: &str) -> Self {
        Self {
            document: document.to_owned(),
            place: place.to_owned(),
        }
    }

    /// The document and the place, as facts and entries of the ledger keep them.
    pub fn pair(&self) -> (String, String) {
        (self.document.clone(), self.place.trim().to_owned())
    }
}

/// What is wrong with a source, if one is given: a document that nobody registered, or a place that
/// is none. `code` is the mutation's own.
pub async fn source_mistakes<C: Copy>(
    session: &Session,
    source: Option<&SourceInput>,
    code: C,
) -> Result<Vec<Mistake<C>>, DbError> {
    let Some(source) = source else {
        return Ok(Vec::new());
    };
    let place = Some(source.place.as_str());
    let mut mistakes = text_mistakes(&["source", "place"], place, LONGEST_PLACE, code);
    if !repo::document_exists(session, &source.document).await? {
        mistakes.push(Mistake::at(
            code,
            &["source", "document"],
            "Dit brondocument is niet geregistreerd.",
            "This source document is not registered.",
        ));
    }
    Ok(mistakes)
}

/// That something came with the data set, so that it would come back from there: it is corrected in
/// its files, and not taken back. `subject` is its kind and key in the ledger.
pub(crate) async fn data_set_mistake<C>(
    session: &Session,
    subject: (&str, &str),
    field: &str,
    code: C,
) -> Result<Option<Mistake<C>>, DbError> {
    let is_of_data_set = repo::is_of_data_set(session, subject.0, subject.1).await?;
    Ok(is_of_data_set.then(|| {
        Mistake::at(
            code,
            &[field],
            "Dit komt uit de gegevensset en zou daaruit terugkomen; verbeter het daar.",
            "This came with the data set and would come back from it; correct it there.",
        )
    }))
}
