//! What a verdict would be: the same inputs and the same rules, and nothing of it is kept.

use super::{
    inputs,
    rules::{self, Basis, Inputs, Judgement, OwnAnswer, Version},
};
use crate::db::{DbError, Session};

/// Judges answers of a municipality as if they were submitted today; none when nobody can judge by the edition.
///
/// # Errors
/// When the database fails, or something stored cannot be read.
pub(crate) async fn preview(
    session: &Session,
    municipality: &str,
    edition: &str,
    answers: Vec<OwnAnswer>,
) -> Result<Option<Judgement>, DbError> {
    let mut editions = inputs::editions(session, vec![edition.to_owned()]).await?;
    let Some(edition) = editions.remove(edition) else {
        return Ok(None);
    };
    let adoptions = inputs::adoptions(session, vec![municipality.to_owned()]).await?;
    let inputs = Inputs {
        edition,
        basis: Basis::Submitted,
        version: Some(Version { number: 1, answers }),
        adoptions: adoptions.into_values().next().unwrap_or_default(),
        regional_answers: Vec::new(),
    };
    Ok(Some(rules::judge(&inputs, session.today())))
}
