//! What a verdict would be: the same inputs and the same rules, and nothing of it is kept.

use super::{inputs, policies, regional_answers};
use crate::judge::PURPOSE;
use database::{DbError, Session};
use domain::verdict::rules::{
    self, AnsweredBy, Basis, Edition, Inputs, Judgement, OwnAnswer, Version,
};

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
    let policies = policies::find(&judging, codes.clone()).await?;
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
        adoptions: policies.adoptions_of(municipality),
        declared: policies.declared_by(municipality),
        regional_answers: regional.remove(&subject).unwrap_or_default(),
    };
    Ok(Some(rules::judge(&inputs, session.today())))
}

/// Those of these municipalities of which it is unknown today whether they have adopted policy, so
/// that recording the decision is a task; none where the edition does not compute it.
///
/// # Errors
/// When the database fails, or something stored cannot be read.
pub async fn policy_unknown(
    session: &Session,
    municipalities: Vec<String>,
    edition: &Edition,
) -> Result<Vec<String>, DbError> {
    if !computes_policy(edition) {
        return Ok(Vec::new());
    }
    let judging = session.for_purpose(PURPOSE).await?;
    let policies = policies::find(&judging, municipalities.clone()).await?;
    judging.end().await?;
    let mut inputs = Inputs {
        edition: edition.clone(),
        basis: Basis::Submitted,
        version: None,
        adoptions: Vec::new(),
        declared: Vec::new(),
        regional_answers: Vec::new(),
    };
    let is_unknown = |code: &String| {
        inputs.adoptions = policies.adoptions_of(code);
        inputs.declared = policies.declared_by(code);
        rules::is_policy_unknown(&inputs, session.today())
    };
    Ok(municipalities.into_iter().filter(is_unknown).collect())
}

/// Whether an edition asks for adopted policy, and has it computed.
fn computes_policy(edition: &Edition) -> bool {
    let mut criteria = edition.criteria.iter();
    criteria
        .any(|rule| rule.code == rules::ADOPTED_POLICY && rule.answered_by == AnsweredBy::Computed)
}
