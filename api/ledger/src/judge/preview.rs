//! What a verdict would be: the same inputs and the same rules, and nothing of it is kept.

use super::{inputs, regional_answers};
use crate::judge::PURPOSE;
use database::{DbError, Session};
use domain::verdict::rules::{self, Basis, Inputs, Judgement, OwnAnswer, Version};

/// Judges answers of a municipality as if they were submitted today; none when nobody can judge by
/// the edition.
///
/// # Errors
/// When the database fails, or something stored cannot be read.
pub async fn preview(
    session: &Session,
    municipality: &str,
    edition: &str,
    answers: Vec<OwnAnswer>,
) -> Result<Option<Judgement>, DbError> {
    let codes = vec![municipality.to_owned()];
    // What other areas answer for it counts as well, and of that the caller learns what the verdict
    // itself will tell.
    let judging = session.for_purpose(PURPOSE).await?;
    let mut editions = inputs::editions(&judging, vec![edition.to_owned()]).await?;
    let adoptions = inputs::adoptions(&judging, codes.clone()).await?;
    let mut regional = regional_answers::find(&judging, codes).await?;
    judging.end().await?;
    let subject = (
        municipality.to_owned(),
        edition.to_owned(),
        Basis::Submitted,
    );
    let Some(edition) = editions.remove(edition) else {
        return Ok(None);
    };
    let inputs = Inputs {
        edition,
        basis: Basis::Submitted,
        version: Some(Version { number: 1, answers }),
        adoptions: adoptions.into_values().next().unwrap_or_default(),
        regional_answers: regional.remove(&subject).unwrap_or_default(),
    };
    Ok(Some(rules::judge(&inputs, session.today())))
}
